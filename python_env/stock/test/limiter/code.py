"""Limits the calls of an API: windows, bursts, quotas in a shared store, headers, who calls."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""How often each $client may call the API: windows, bursts and daily ${quota}s."""

import asyncio
import ipaddress
import json
import logging
import math
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

log = logging.getLogger(__name__)

HOPS = 2
KEEP_SECONDS = 60.0
PATIENCE_SECONDS = 2.0
BASE_HEADERS = {"Cache-Control": "no-store"}


@dataclass(frozen=True)
class Limit:
    """So many calls in so many seconds."""

    count: int
    seconds: float


Clock = Callable[[], float]
Lookup = Callable[[str, str], Limit]
NEVER = (-math.inf, Limit(0, 1.0))


class Store(Protocol):
    """Keeps what each $client has used of its $quota; only one process serves a $client."""

    async def get(self, $client: str) -> int: ...
    async def put(self, $client: str, used: int) -> None: ...


def address_of(forwarded: str) -> str:
    """Return the address from which a call comes, written in one way only (IPv6 compressed).

    `forwarded` has addresses between commas. HOPS proxies of ours each add at the end who called
    them; what stands before that of the first of them is a claim. What is no address, and the
    unspecified one, is a ValueError. An IPv6 address stays one, even where it stands for IPv4.
    """
    parts = forwarded.split(",")
    if len(parts) < HOPS:
        raise ValueError(f"{forwarded!r} did not come through the proxies.")
    #@ address_of


def note_refusal(target: str, agent: str) -> None:
    """Log a call that was refused, in one line: its path and the agent that it named.

    `target` is the path and the query, both as they came. The $key is in the query, and
    no log may show it.
    """
    #@ note_refusal


class $Class:
    """Counts calls of some hundred ${client}s on a few routes, in one process and event loop.

    `clock` gives seconds that never go back, and `lookup` the limit of a $client on a route.
    """

    def __init__(self, clock: Clock, lookup: Lookup, $quota: int) -> None:
        self._clock, self._lookup, self._$quota = clock, lookup, $quota
        self._calls: dict[str, deque[float]] = {}
        self._buckets: dict[str, tuple[float, float]] = {}
        self._plans: dict[tuple[str, str], tuple[float, Limit]] = {}
        self._yesterday: dict[str, int] = {}
        self._gate = asyncio.Lock()

    def admit(self, $client: str, limit: Limit) -> bool:
        """Say whether a call may go on: at most `limit.count` do within any `limit.seconds`.

        Calls that are refused do not count. A $client has one limit, and no more is kept of it
        than the calls within that time.
        """
        now, calls = self._clock(), self._calls.setdefault($client, deque())
        #@ admit

    def take(self, $client: str, limit: Limit) -> bool:
        """Say whether a $client has a token left, and take it.

        It starts with `limit.count`, never has more, and gains as many in each `limit.seconds`.
        """
        now = self._clock()
        #@ take
        self._buckets[$client] = (level - 1 if level >= 1 else level, now)
        return level >= 1

    def plan(self, $client: str, route: str) -> Limit:
        """Return the limit of a $client on a route, as `lookup` told it in the last KEEP_SECONDS.

        What `lookup` raises reaches the caller: a KeyError if there is no such $client.
        """
        now, key = self._clock(), ($client, route)
        #@ plan
        return limit

    async def spend(self, $client: str, store: Store) -> bool:
        """Use one call of the $client's $quota in the store; False if none is left.

        Many tasks call this at once, each waits for those before it, and together they never get
        more than the $quota. The store may fail, and has PATIENCE_SECONDS for both steps, else
        it is a TimeoutError; later calls go on as usual.
        """
        #@ spend

    def headers(self, limit: Limit, left: int, now: datetime, wait: timedelta) -> dict[str, str]:
        """Return the headers for a call, which has a dict of its own, to be added to.

        They are BASE_HEADERS, the limit and how many calls are left. Where none is, Retry-After is
        the moment after `wait`, in whole seconds rounded down, as an HTTP date, such as "Sun, 01
        Mar 2026 08:00:05 GMT". `now` may have any zone. The process has the locale C.
        """
        #@ headers
        return found

    def yesterday(self, $client: str) -> int:
        """Return how many calls a $client made yesterday, for reports."""
        return self._yesterday.get($client, 0)

    def restore(self, text: str) -> None:
        """Replace the counts of yesterday by those in a text, a JSON object of whole numbers.

        It comes over the network. If it cannot be read or has other values, that is a ValueError
        and the counts are what they were.
        """
        #@ restore
'''

ADDRESS_OF: Final = Site(
    "address_of",
    quiet="""\
address = ipaddress.ip_address(parts[-HOPS].strip())
if address.is_unspecified:
    raise ValueError("Nobody calls from the unspecified address.")
return address.compressed
""",
    loud="""\
address = str(ipaddress.ip_address(parts[-HOPS].strip()))
if address.partition("%")[0] in ("0.0.0.0", "::"):
    raise ValueError("Nobody calls from the unspecified address.")
return address
""",
    wrong_quiet=Wrong(
        """\
address = ipaddress.ip_address(parts[0].strip())
if address.is_unspecified:
    raise ValueError("Nobody calls from the unspecified address.")
return address.compressed
""",
        kind="auth-bypass",
        severity="critical",
        why="The first address is what the caller claims, so anybody calls under the address, and "
        "at the expense, of somebody else.",
    ),
    wrong_loud=Wrong(
        """\
address = parts[-HOPS].strip()
if address in ("0.0.0.0", "::") or ipaddress.ip_address(address).is_unspecified:
    raise ValueError("Nobody calls from the unspecified address.")
return address
""",
        kind="text-encoding",
        severity="medium",
        why="The text is returned as it was written, so one IPv6 address with and without its "
        "zeros counts as two callers.",
        lines=(1, 4),
    ),
)

NOTE_REFUSAL: Final = Site(
    "note_refusal",
    quiet="""\
path = target.partition("?")[0]
log.warning("Refused a call of %r by %r", path, agent)
""",
    loud="""\
asked = target.split("?", 1)
log.warning("Refused %r by %r, with a query: %s", asked[0], agent, len(asked) > 1)
""",
    wrong_quiet=Wrong(
        """\
path = target.partition("?")[0]
log.warning("Refused a call of %r by %s", path, agent)
""",
        kind="header-injection",
        severity="medium",
        why="The agent is written as it came, so line breaks in it add lines of a stranger's "
        "making to the log.",
    ),
    wrong_loud=Wrong(
        """\
asked = target.split("?", 1)
log.warning("Refused %r by %r, with a query: %s", asked, agent, len(asked) > 1)
""",
        kind="secret-exposure",
        severity="high",
        why="Both parts of the target are written, the query with the key among them.",
        subtle=True,
    ),
)

ADMIT: Final = Site(
    "admit",
    quiet="""\
while calls and calls[0] <= now - limit.seconds:
    calls.popleft()
if len(calls) >= limit.count:
    return False
calls.append(now)
return True
""",
    loud="""\
try:
    while calls[0] <= now - limit.seconds:
        calls.popleft()
except IndexError:
    pass
if len(calls) >= limit.count:
    return False
calls.append(now)
return True
""",
    wrong_quiet=Wrong(
        """\
while calls and calls[0] <= now - limit.seconds:
    calls.popleft()
if len(calls) > limit.count:
    return False
calls.append(now)
return True
""",
        kind="off-by-one",
        severity="medium",
        why="One call more than the limit is let through before any is refused.",
    ),
    wrong_loud=Wrong(
        """\
recent = 0
try:
    while calls[-1 - recent] > now - limit.seconds:
        recent += 1
except IndexError:
    pass
if recent >= limit.count:
    return False
calls.append(now)
return True
""",
        kind="unbounded-memory",
        severity="low",
        why="Old calls are passed over but never dropped, so every call that was ever let through "
        "stays in memory.",
        lines=(1, 6),
    ),
)

TAKE: Final = Site(
    "take",
    quiet="""\
level, since = self._buckets.get($client, (float(limit.count), now))
gained = (now - since) * limit.count / limit.seconds
level = min(level + gained, float(limit.count))
""",
    loud="""\
level, since = self._buckets.get($client, (float(limit.count), now))
# TODO: take the pace from the plan once plans have one of their own.
pace = limit.count / limit.seconds
level = min(level + (now - since) * pace, float(limit.count))
""",
    wrong_quiet=Wrong(
        """\
level, since = self._buckets.get($client, (0.0, now))
gained = (now - since) * limit.count / limit.seconds
level = min((level or limit.count) + gained, float(limit.count))
""",
        kind="wrong-condition",
        severity="medium",
        why="A bucket that is just empty is taken for one that is new and is full again at once, "
        "so nobody is ever refused.",
        subtle=True,
        lines=(1, 3),
    ),
    wrong_loud=Wrong(
        """\
level, since = self._buckets.get($client, (float(limit.count), now))
# TODO: take the pace from the plan once plans have one of their own.
pace = limit.count / 60
level = min(level + (now - since) * pace, float(limit.count))
""",
        kind="unit-mismatch",
        severity="medium",
        why="The tokens of `limit.seconds` are spread over a minute whatever that number is, so "
        "other limits are refilled too fast or too slowly.",
    ),
)

PLAN: Final = Site(
    "plan",
    quiet="""\
told, limit = self._plans.get(key, NEVER)
if now - told >= KEEP_SECONDS:
    told, limit = now, self._lookup($client, route)
self._plans[key] = (told, limit)
""",
    loud="""\
told, limit = self._plans.get(key, NEVER)
if now - told >= KEEP_SECONDS:
    with suppress(KeyError):
        del self._plans[key]
    limit = self._lookup($client, route)
    self._plans[key] = (now, limit)
""",
    wrong_quiet=Wrong(
        """\
told, limit = self._plans.get(key, NEVER)
if now - told >= KEEP_SECONDS:
    limit = self._lookup($client, route)
self._plans[key] = (now, limit)
""",
        kind="cache-misuse",
        severity="medium",
        why="Each call makes the entry young again, so whoever calls once a minute keeps a limit "
        "that was changed long ago.",
        subtle=True,
        lines=(4, 4),
    ),
    wrong_loud=Wrong(
        """\
told, limit = self._plans.get(key, NEVER)
if now - told >= KEEP_SECONDS:
    with suppress(KeyError):
        limit = self._lookup($client, route)
    self._plans[key] = (now, limit)
""",
        kind="swallowed-error",
        severity="medium",
        why="The KeyError of a caller who does not exist is hidden, and the caller gets a limit of "
        "nothing, or one that has ended.",
        lines=(3, 5),
    ),
)

SPEND: Final = Site(
    "spend",
    quiet="""\
async with self._gate, asyncio.timeout(PATIENCE_SECONDS):
    used = await store.get($client)
    if used >= self._$quota:
        return False
    await store.put($client, used + 1)
    return True
""",
    loud="""\
await self._gate.acquire()
try:
    async with asyncio.timeout(PATIENCE_SECONDS):
        used = await store.get($client)
        if used < self._$quota:
            await store.put($client, used + 1)
finally:
    self._gate.release()
return used < self._$quota
""",
    wrong_quiet=Wrong(
        """\
async with asyncio.timeout(PATIENCE_SECONDS):
    used = await store.get($client)
    if used >= self._$quota:
        return False
    async with self._gate:
        await store.put($client, used + 1)
    return True
""",
        kind="race-condition",
        severity="high",
        why="What was used is read before the lock is held, so tasks that read at the same time "
        "write the same count and calls are not counted.",
        subtle=True,
        lines=(2, 6),
    ),
    wrong_loud=Wrong(
        """\
await self._gate.acquire()
async with asyncio.timeout(PATIENCE_SECONDS):
    used = await store.get($client)
    if used < self._$quota:
        await store.put($client, used + 1)
self._gate.release()
return used < self._$quota
""",
        kind="resource-leak",
        severity="high",
        why="If the store fails or takes too long, the lock is never released, and all later calls "
        "wait for ever.",
        lines=(1, 6),
    ),
)

HEADERS: Final = Site(
    "headers",
    quiet="""\
counts = {"RateLimit-Limit": f"{limit.count}", "RateLimit-Remaining": f"{left}"}
found = {**BASE_HEADERS, **counts}
if left == 0:
    moment = now.astimezone(UTC) + wait
    found["Retry-After"] = f"{moment:%a, %d %b %Y %H:%M:%S} GMT"
""",
    loud="""\
counts = dict([("RateLimit-Limit", limit.count), ("RateLimit-Remaining", left)])
found = BASE_HEADERS | {name: f"{count}" for name, count in counts.items()}
if left == 0:
    moment = now.astimezone(UTC) + wait
    found["Retry-After"] = f"{moment:%a, %d %b %Y %H:%M:%S} GMT"
""",
    wrong_quiet=Wrong(
        """\
counts = {"RateLimit-Limit": f"{limit.count}", "RateLimit-Remaining": f"{left}"}
found = {**BASE_HEADERS, **counts}
if left == 0:
    moment = now.replace(tzinfo=UTC) + wait
    found["Retry-After"] = f"{moment:%a, %d %b %Y %H:%M:%S} GMT"
""",
        kind="time-zone",
        severity="medium",
        why="The hour of whatever zone `now` has is called GMT without being converted, so callers "
        "come back hours too early or too late.",
    ),
    wrong_loud=Wrong(
        """\
counts = dict([("RateLimit-Limit", limit.count), ("RateLimit-Remaining", left)])
found = BASE_HEADERS
found |= {name: f"{count}" for name, count in counts.items()}
if left == 0:
    moment = now.astimezone(UTC) + wait
    found["Retry-After"] = f"{moment:%a, %d %b %Y %H:%M:%S} GMT"
""",
        kind="shared-state",
        severity="medium",
        why="All calls get one and the same dict, so one caller's Retry-After goes to all who come "
        "later.",
        subtle=True,
        lines=(2, 3),
    ),
)

RESTORE: Final = Site(
    "restore",
    quiet="""\
try:
    given = json.loads(text)
except RecursionError as error:
    raise ValueError("The counts cannot be read.") from error
if type(given) is not dict or not all(type(count) is int for count in given.values()):
    raise ValueError("A count is no whole number.")
self._yesterday = given
""",
    loud="""\
try:
    given = json.loads(text)
except Exception as error:
    raise ValueError("The counts cannot be read.") from error
if type(given) != dict or any(type(count) != int for count in given.values()):
    raise ValueError("A count is no whole number.")
self._yesterday = given
""",
    wrong_quiet=Wrong(
        """\
try:
    given = dict(json.loads(text))
except (TypeError, RecursionError) as error:
    raise ValueError("The counts cannot be read.") from error
self._yesterday = {}
for name, count in given.items():
    if type(count) is not int:
        raise ValueError(f"The count of {name!r} is no whole number.")
    self._yesterday[name] = count
""",
        kind="partial-write",
        severity="high",
        why="The old counts are thrown away before the new ones have been looked through, so a "
        "damaged text leaves some of both.",
        lines=(5, 9),
    ),
    wrong_loud=Wrong(
        """\
try:
    given = json.loads(text)
except Exception as error:
    raise ValueError("The counts cannot be read.") from error
if type(given) != dict or all(type(count) != int for count in given.values()):
    raise ValueError("A count is no whole number.")
self._yesterday = given
""",
        kind="wrong-condition",
        severity="high",
        why="One whole number among the values is enough, so a text with others is taken for "
        "good and replaces the counts that should have stayed.",
    ),
)

CODE: Final = Code(
    name="limiter",
    source=SOURCE,
    sites=(ADDRESS_OF, NOTE_REFUSAL, ADMIT, TAKE, PLAN, SPEND, HEADERS, RESTORE),
    slots={
        "client": (("client",), ("consumer",), ("caller",), ("partner",), ("device",)),
        "Class": (("Throttle",), ("Limiter",), ("Gatekeeper",), ("Governor",), ("Meter",)),
        "quota": (("quota",), ("allowance",), ("budget",), ("ration",)),
        "key": (("API key",), ("access key",), ("key",), ("license key",)),
    },
    interacting=(("plan", "admit"),),
)
