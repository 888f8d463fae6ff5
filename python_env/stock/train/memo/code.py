"""Remembers the answers of a slow store, and asks it once for all who want the same."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""Remembers $nouns of the $store, which is slow, and asks it once for all."""

import asyncio
import contextlib
import copy
import json
import logging
import time
import unicodedata
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

log = logging.getLogger(__name__)

DEFAULT_SECONDS = 300.0
MISSING_SECONDS = 30.0
MOST_LOADS = 4
LOAD_SECONDS = 5.0

# Asks the $store: for a $noun, or None, and for how many milliseconds that holds.
Fetch = Callable[[str], Awaitable[tuple[Any, int | None]]]


#@ question


def lifetime(value: Any, ttl_ms: int | None) -> float:
    """Return for how many seconds an answer of the $store is remembered.

    That is `ttl_ms`, where 0 means not at all and None means DEFAULT_SECONDS, but a missing
    $noun is never remembered longer than MISSING_SECONDS. `ttl_ms` is not negative.
    """
    #@ lifetime


class $Class:
    """The $nouns that one event loop asked for: what JSON can hold, and None if missing.

    Keys come from `question`, and a $owner is any text that came with a request. `announce` is
    awaited once for each load that `get` begins, is quick and never fails.
    """

    def __init__(
        self,
        capacity: int,
        announce: Callable[[str], Awaitable[None]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._capacity = capacity
        self._announce = announce
        self._clock = clock
        # By key: whose it is, the $noun, and when it is past. What was used last stands last.
        self._entries: OrderedDict[str, tuple[str, Any, float]] = OrderedDict()
        self._keys: dict[str, set[str]] = {}
        self._flights: dict[str, asyncio.Task[Any]] = {}
        self._places = asyncio.Semaphore(MOST_LOADS)

    def peek(self, key: str) -> Any:
        """Return what is remembered, for the caller to keep and change; KeyError if nothing is.

        An answer is past when the seconds given to `put` are over, however often it is used.
        """
        value, past = self._entries[key][1:]
        #@ peek

    def put(self, $owner: str, key: str, value: Any, seconds: float) -> None:
        """Remember an answer for so many seconds from now; 0 means not at all.

        At most `capacity` answers are kept, and nothing of those that went: the one that was
        used longest ago goes first.
        """
        self._drop(key)
        if seconds <= 0:
            return
        #@ put

    def forget(self, $owner: str) -> None:
        """Forget the answers of one $owner; what is on its way comes in all the same.

        One line is logged, of whom and how many, past ones too; keys and $nouns are private.
        """
        #@ forget

    async def get(self, $owner: str, key: str, fetch: Fetch) -> Any:
        """Return the $noun of a key, remembered or asked for, for the caller to keep.

        However many wait for a key, it is loaded once; all of them get what came, or the error.
        An error is not remembered. Who gives up waiting takes nothing from the others.
        """
        with contextlib.suppress(KeyError):
            return self.peek(key)
        #@ get

    async def load(self, key: str, fetch: Fetch) -> tuple[Any, int | None]:
        """Ask the $store, as soon as one of MOST_LOADS places is free.

        An answer that takes longer than LOAD_SECONDS is a TimeoutError. However it ends, the
        place is free again.
        """
        #@ load

    async def warm(self, $owner: str, keys: Iterable[str], fetch: Fetch) -> int:
        """Load each of the keys that is not remembered once, and return how many those were.

        If a load fails, its error reaches the caller, and others may go on. Apart from
        the loads the time grows with the number of keys, many thousands, often repeated.
        """
        #@ warm

    async def _fill(self, $owner: str, key: str, fetch: Fetch) -> Any:
        value, ttl_ms = await self.load(key, fetch)
        self.put($owner, key, value, lifetime(value, ttl_ms))
        return value

    def _fresh(self, key: str) -> bool:
        return key in self._entries and self._clock() < self._entries[key][2]

    def _drop(self, key: str) -> None:
        if key in self._entries:
            $owner = self._entries.pop(key)[0]
            self._keys[$owner].remove(key)
            if not self._keys[$owner]:
                del self._keys[$owner]
'''

QUESTION: Final = Site(
    "question",
    quiet='''\
def question($owner: str, name: str, options: dict[str, str] | None = None) -> str:
    """Return the key of what a $owner asks for; different questions never share one.

    A name is the same in any case and in composed or decomposed letters; $owner and options are
    taken as they are, options in any order.
    """
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())
    return json.dumps([$owner, folded, sorted((options or {}).items())])
''',
    loud='''\
def question($owner: str, name: str, options: dict[str, str] = {}) -> str:
    """Return the key of what a $owner asks for; different questions never share one.

    A name is the same in any case and in composed or decomposed letters; $owner and options are
    taken as they are, options in any order.
    """
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())
    return json.dumps([$owner, folded, options], sort_keys=True)
''',
    wrong_quiet=Wrong(
        '''\
def question($owner: str, name: str, options: dict[str, str] | None = None) -> str:
    """Return the key of what a $owner asks for; different questions never share one.

    A name is the same in any case and in composed or decomposed letters; $owner and options are
    taken as they are, options in any order.
    """
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())
    told = json.dumps(sorted((options or {}).items()))
    return f"{$owner}/{folded}/{told}"
''',
        kind="cache-misuse",
        severity="critical",
        why="Parts are joined without escaping, so a name with a slash makes the key of another "
        "owner, whose answer is then handed out.",
    ),
    wrong_loud=Wrong(
        '''\
def question($owner: str, name: str, options: dict[str, str] = {}) -> str:
    """Return the key of what a $owner asks for; different questions never share one.

    A name is the same in any case and in composed or decomposed letters; $owner and options are
    taken as they are, options in any order.
    """
    folded = unicodedata.normalize("NFD", name).lower()
    return json.dumps([$owner, folded, options], sort_keys=True)
''',
        kind="text-encoding",
        severity="medium",
        why="Lower case is not case folding: upper and lower case of a name with ß or a final "
        "sigma get two keys, so the same is loaded twice.",
        subtle=True,
    ),
)

LIFETIME: Final = Site(
    "lifetime",
    quiet="""\
seconds = DEFAULT_SECONDS if ttl_ms is None else ttl_ms / 1000
return min(seconds, MISSING_SECONDS) if value is None else seconds
""",
    loud="""\
assert ttl_ms is None or ttl_ms >= 0
kept_ms = DEFAULT_SECONDS * 1000 if ttl_ms is None else ttl_ms
if value is None:
    kept_ms = min(kept_ms, MISSING_SECONDS * 1000)
return kept_ms / 1000
""",
    wrong_quiet=Wrong(
        """\
seconds = ttl_ms / 1000 if ttl_ms else DEFAULT_SECONDS
return min(seconds, MISSING_SECONDS) if value is None else seconds
""",
        kind="wrong-condition",
        severity="medium",
        why="A `ttl_ms` of 0 counts as none given, so what must not be remembered at all is "
        "remembered for DEFAULT_SECONDS.",
    ),
    wrong_loud=Wrong(
        """\
assert ttl_ms is None or ttl_ms >= 0
kept_ms = DEFAULT_SECONDS * 1000 if ttl_ms is None else ttl_ms
if value is None:
    kept_ms = min(kept_ms, MISSING_SECONDS)
return kept_ms / 1000
""",
        kind="unit-mismatch",
        severity="medium",
        why="Milliseconds are compared with MISSING_SECONDS, so a missing answer is remembered "
        "for 0.03 seconds and loaded again and again.",
        subtle=True,
    ),
)

PEEK: Final = Site(
    "peek",
    quiet="""\
if self._clock() >= past:
    self._drop(key)
    raise KeyError(key)
self._entries.move_to_end(key)
return copy.deepcopy(value)
""",
    loud="""\
over = lambda moment: moment <= self._clock()
if over(past):
    self._drop(key)
    raise KeyError(key)
self._entries.move_to_end(key)
return json.loads(json.dumps(value))
""",
    wrong_quiet=Wrong(
        """\
if self._clock() >= past:
    self._drop(key)
    raise KeyError(key)
self._entries.move_to_end(key)
return copy.copy(value)
""",
        kind="shared-state",
        severity="high",
        why="A shallow copy shares what is nested, so a caller who changes it changes what all "
        "later callers are given.",
    ),
    wrong_loud=Wrong(
        """\
over = lambda moment: moment <= self._clock()
if over(past):
    self._drop(key)
    raise KeyError(key)
self._entries.move_to_end(key)
self._entries[key] = (self._entries[key][0], value, self._clock() + MISSING_SECONDS)
return json.loads(json.dumps(value))
""",
        kind="cache-misuse",
        severity="medium",
        why="Each use puts the end off again, so an answer that is asked for often is never "
        "loaded anew, however old it is.",
    ),
)

PUT: Final = Site(
    "put",
    quiet="""\
self._entries[key] = ($owner, copy.deepcopy(value), self._clock() + seconds)
self._keys.setdefault($owner, set()).add(key)
while len(self._entries) > self._capacity:
    self._drop(next(iter(self._entries)))
""",
    loud="""\
self._entries[key] = ($owner, copy.deepcopy(value), self._clock() + seconds)
try:
    self._keys[$owner].add(key)
except KeyError:
    self._keys[$owner] = {key}
while len(self._entries) > self._capacity:
    self._drop(next(iter(self._entries)))
""",
    wrong_quiet=Wrong(
        """\
while len(self._entries) > self._capacity:
    self._drop(next(iter(self._entries)))
self._entries[key] = ($owner, copy.deepcopy(value), self._clock() + seconds)
self._keys.setdefault($owner, set()).add(key)
""",
        kind="off-by-one",
        severity="low",
        why="Room is made before the new answer is added, and only if there are already too many,"
        " so one more than `capacity` is kept.",
        lines=(1, 2),
    ),
    wrong_loud=Wrong(
        """\
self._entries[key] = ($owner, copy.deepcopy(value), self._clock() + seconds)
try:
    self._keys[$owner].add(key)
except KeyError:
    self._keys[$owner] = {key}
while len(self._entries) > self._capacity:
    self._entries.popitem(last=False)
""",
        kind="unbounded-memory",
        severity="low",
        why="What goes is taken from the entries but not from the keys of its owner, so every key"
        " that was ever used stays in memory.",
        subtle=True,
    ),
)

FORGET: Final = Site(
    "forget",
    quiet="""\
keys = self._keys.get($owner, set()).copy()
for key in keys:
    self._drop(key)
log.info("forgot %d $nouns of %r", len(keys), $owner)
""",
    loud="""\
keys = sorted(self._keys.get($owner, ()))
for key in keys:
    self._drop(key)
log.info(f"forgot {len(keys)} keys of {$owner!r}, and their $nouns")
""",
    wrong_quiet=Wrong(
        """\
keys = self._keys.get($owner, set()).copy()
for key in keys:
    self._drop(key)
log.info("forgot %d $nouns of %s", len(keys), $owner)
""",
        kind="header-injection",
        severity="medium",
        why="A owner with a line break in it writes further lines into the log, where one line "
        "was promised.",
    ),
    wrong_loud=Wrong(
        """\
keys = sorted(self._keys.get($owner, ()))
for key in keys:
    self._drop(key)
log.info(f"forgot {keys!r} of {$owner!r}, and their $nouns")
""",
        kind="secret-exposure",
        severity="high",
        why="The keys, which hold the names and options that were asked for, are private and "
        "stand in the log.",
        subtle=True,
    ),
)

GET: Final = Site(
    "get",
    quiet="""\
if key not in self._flights:
    flight = asyncio.create_task(self._fill($owner, key, fetch))
    self._flights[key] = flight
    flight.add_done_callback(lambda _: self._flights.pop(key, None))
    await self._announce(key)
    return copy.deepcopy(await asyncio.shield(flight))
return copy.deepcopy(await asyncio.shield(self._flights[key]))
""",
    loud="""\
flight = self._flights.get(key)
if flight is None:
    flight = asyncio.ensure_future(self._fill($owner, key, fetch))
    self._flights[key] = flight
    flight.add_done_callback(lambda _: self._flights.pop(key, None))
    await self._announce(key)
try:
    return copy.deepcopy(await asyncio.shield(flight))
except Exception as error:
    log.warning("no $noun: %s", type(error).__name__)
    raise
""",
    wrong_quiet=Wrong(
        """\
if key not in self._flights:
    await self._announce(key)
    flight = asyncio.create_task(self._fill($owner, key, fetch))
    self._flights[key] = flight
    flight.add_done_callback(lambda _: self._flights.pop(key, None))
    return copy.deepcopy(await asyncio.shield(flight))
return copy.deepcopy(await asyncio.shield(self._flights[key]))
""",
        kind="race-condition",
        severity="medium",
        why="Between the look for a flight and its entry `announce` is awaited, so everyone who "
        "asks meanwhile begins a load of their own.",
        lines=(1, 4),
    ),
    wrong_loud=Wrong(
        """\
flight = self._flights.get(key)
if flight is None:
    flight = asyncio.ensure_future(self._fill($owner, key, fetch))
    self._flights[key] = flight
    await self._announce(key)
try:
    value = await asyncio.shield(flight)
    self._flights.pop(key, None)
    return copy.deepcopy(value)
except Exception as error:
    log.warning("no $noun: %s", type(error).__name__)
    raise
""",
        kind="cache-misuse",
        severity="medium",
        why="A flight that failed is never taken out, so its error is remembered and given to all"
        " who ask later.",
        subtle=True,
    ),
)

LOAD: Final = Site(
    "load",
    quiet="""\
async with self._places, asyncio.timeout(LOAD_SECONDS):
    return await fetch(key)
""",
    loud="""\
await self._places.acquire()
try:
    return await asyncio.wait_for(fetch(key), LOAD_SECONDS)
finally:
    self._places.release()
""",
    wrong_quiet=Wrong(
        """\
async with self._places:
    answer = asyncio.create_task(fetch(key))
    await asyncio.wait({answer}, timeout=LOAD_SECONDS)
    return await answer
""",
        kind="missing-timeout",
        severity="high",
        why="`asyncio.wait` only stops waiting after its time, and the answer is then awaited "
        "without a limit, so a store that hangs takes all places for ever.",
        subtle=True,
        lines=(2, 4),
    ),
    wrong_loud=Wrong(
        """\
await self._places.acquire()
answer = await asyncio.wait_for(fetch(key), LOAD_SECONDS)
self._places.release()
return answer
""",
        kind="resource-leak",
        severity="high",
        why="A load that fails or is late keeps its place, so after MOST_LOADS errors nobody "
        "loads any more.",
    ),
)

WARM: Final = Site(
    "warm",
    quiet="""\
wanted = [key for key in dict.fromkeys(keys) if not self._fresh(key)]
return len(await asyncio.gather(*(self.get($owner, key, fetch) for key in wanted)))
""",
    loud="""\
wanted = {key for key in keys if not self._fresh(key)}
loads = [self.get($owner, key, fetch) for key in wanted]
results = await asyncio.gather(*loads, return_exceptions=True)
for result in results:
    if isinstance(result, BaseException):
        raise result
return len(results)
""",
    wrong_quiet=Wrong(
        """\
wanted: list[str] = []
for key in keys:
    if key not in wanted and not self._fresh(key):
        wanted.append(key)
return len(await asyncio.gather(*(self.get($owner, key, fetch) for key in wanted)))
""",
        kind="quadratic-time",
        severity="low",
        why="Each key is looked for in the list of all before it, so the time grows with the "
        "square of the number of keys.",
    ),
    wrong_loud=Wrong(
        """\
wanted = {key for key in keys if not self._fresh(key)}
loads = [self.get($owner, key, fetch) for key in wanted]
results = await asyncio.gather(*loads, return_exceptions=True)
for result in results:
    if isinstance(result, BaseException):
        log.warning("not warmed: %s", type(result).__name__)
return len(results)
""",
        kind="swallowed-error",
        severity="medium",
        why="Errors become results that are logged and counted as loaded, so the caller never "
        "learns that a load failed.",
    ),
)

CODE: Final = Code(
    name="memo",
    source=SOURCE,
    sites=(QUESTION, LIFETIME, PEEK, PUT, FORGET, GET, LOAD, WARM),
    slots={
        "noun nouns store": (
            ("quote", "quotes", "pricing service"),
            ("profile", "profiles", "directory"),
            ("forecast", "forecasts", "weather service"),
            ("listing", "listings", "catalogue"),
            ("route", "routes", "route planner"),
            ("permit", "permits", "permit office"),
            ("schedule", "schedules", "timetable service"),
        ),
        "owner": (("tenant",), ("team",), ("customer",), ("workspace",), ("shop",), ("branch",)),
        "Class": (
            ("Cache",),
            ("Memory",),
            ("ReadThrough",),
            ("NearCache",),
            ("Shelf",),
            ("Recall",),
        ),
    },
    interacting=(("put", "forget"), ("lifetime", "peek"), ("get", "load")),
)
