"""A work queue in SQLite: claims, leases, retries, dead letters, idempotent adding."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""$Nouns that wait in SQLite until a $worker takes them.

Several processes open the same database. A $noun is "waiting", "done" or "dead"; who claims one
holds a lease on it for LEASE_MS. Columns ending in _ms count milliseconds since 1970 in UTC.
"""

import asyncio
import logging
import random
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import NamedTuple

import yaml

log = logging.getLogger(__name__)

Work = Callable[..., Awaitable[None]]
MALFORMED = (yaml.YAMLError, ValueError, TypeError, LookupError, AttributeError, RecursionError)
LEASE_MS, MAX_PAYLOAD_BYTES = 60_000, 4_096
FIRST_DELAY_MS, LONGEST_DELAY_MS, MAX_ATTEMPTS = 1_000, 60_000, 5
SCHEMA = """CREATE TABLE IF NOT EXISTS $table (
    id INTEGER PRIMARY KEY, $lane TEXT NOT NULL, key TEXT NOT NULL, payload BLOB NOT NULL,
    due_ms INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'waiting', token TEXT,
    leased_until_ms INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
    UNIQUE ($lane, key))"""


class ${Noun}Error(Exception):
    """Handling a $noun failed; later it may work."""


class PermanentError(${Noun}Error):
    """Handling a $noun failed and always will."""


class LeaseLostError(Exception):
    """The caller does not hold the lease, or not any more."""


class $Noun(NamedTuple):
    """A claimed $noun; `attempts` counts this one."""

    id: int
    payload: bytes
    attempts: int
    token: str


def epoch_ms(moment: datetime) -> int:
    """Return an aware moment as it stands in a column in _ms, rounded down."""
    #@ epoch


def decode(raw: bytes) -> object:
    """Return the plain data that a payload, posted by any service, holds as YAML in UTF-8.

    More than MAX_PAYLOAD_BYTES, no YAML, or a tag of another type is a PermanentError. The gateway
    refuses tabs, anchors, merges, nesting beyond a dozen and odd numbers before they get here.
    """
    #@ decode


class ${Noun}Store:
    """The $nouns of all ${lane}s; `db` has isolation_level=None and only short locks."""

    def __init__(self, db: sqlite3.Connection, clock_ms: Callable[[], int]) -> None:
        self._db = db
        self._db.execute(SCHEMA)
        self._clock_ms = clock_ms

    def add(self, $lane: str, key: str, payload: bytes, due_ms: int) -> bool:
        """Store a $noun and say if it was new; what cannot be stored is a sqlite3.Error.

        All arguments are of their types and within SQLite's ranges.
        A key stands for one $noun of its $lane for ever: adding it again changes nothing.
        """
        #@ add

    def claim(self, $lane: str) -> $Noun | None:
        """Lease what waits longest in a $lane, due from its due_ms on; None if nothing is due.

        No two callers hold the same $noun: it is free unless a lease runs.
        """
        #@ claim

    def settle(self, $noun: $Noun, state: str = "done", delay_ms: int = 0) -> None:
        """End a lease; `state` and a pause follow. LeaseLostError if it is not held now."""
        values = (state, self._clock_ms() + delay_ms)
        #@ settle

    def requeue(self, $lane: str, keys: Sequence[str]) -> None:
        """Let dead $nouns wait again, as new and due now: all whose keys support types, or none.

        A key of no dead $noun of the $lane is a KeyError. Up to 100 come, none of them twice.
        """
        now_ms = self._clock_ms()
        #@ requeue

    async def run(self, $noun: $Noun, handle: Work, watch: Work, limit: float) -> str:
        """Let `handle` have the payload for `limit` seconds, settle the $noun, return its state.

        A ${Noun}Error and a TimeoutError, its own or at the limit, are failures. Any other error
        reaches the caller, and the lease is left to run out. `watch()` runs for ever, as a task
        beside the handling, and is cancelled, without waiting for it, when that ends in any way.
        """
        result = ("done", 0)
        #@ run
        self.settle($noun, *result)
        return result[0]


def after_failure($noun: $Noun, error: Exception) -> tuple[str, int]:
    """Return the state that follows an error, and for how many milliseconds the $noun waits.

    A PermanentError or attempt MAX_ATTEMPTS makes it dead. Else it waits 1, 2, 4, ... seconds
    after the 1st, 2nd, 3rd, ... attempt, and perhaps up to a tenth longer, which may spread them.
    """
    #@ failure
'''

EPOCH: Final = Site(
    "epoch",
    quiet="""\
return (moment - datetime.fromtimestamp(0, UTC)) // timedelta(milliseconds=1)
""",
    loud="""\
since = moment.astimezone(UTC).replace(tzinfo=None) - datetime(1970, 1, 1)
return since // timedelta(milliseconds=1)
""",
    wrong_quiet=Wrong(
        """\
return (moment - datetime.fromtimestamp(0, UTC)) // timedelta(seconds=1)
""",
        kind="unit-mismatch",
        severity="medium",
        why="The _ms columns are promised to hold milliseconds, but this returns seconds, so what "
        "is scheduled for later counts as due since 1970 and runs at once.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
since = moment.replace(tzinfo=None) - datetime(1970, 1, 1)
return since // timedelta(milliseconds=1)
""",
        kind="time-zone",
        severity="medium",
        why="The offset of the moment is dropped instead of converted to UTC, so work becomes due "
        "hours too early or too late.",
    ),
)

DECODE: Final = Site(
    "decode",
    quiet="""\
if len(raw) > MAX_PAYLOAD_BYTES:
    raise PermanentError(f"A payload has at most {MAX_PAYLOAD_BYTES} bytes.")
try:
    return yaml.safe_load(raw.decode())
except MALFORMED as error:
    raise PermanentError("A payload must be YAML in UTF-8.") from error
""",
    loud="""\
if len(raw) > MAX_PAYLOAD_BYTES:
    raise PermanentError(f"A payload has at most {MAX_PAYLOAD_BYTES} bytes.")
loader = yaml.SafeLoader
try:
    return yaml.load(raw.decode(), Loader=loader)
except MALFORMED as error:
    raise PermanentError("A payload must be YAML in UTF-8.") from error
""",
    wrong_quiet=Wrong(
        """\
try:
    text = raw.decode()
    if len(text) > MAX_PAYLOAD_BYTES:
        raise PermanentError(f"A payload has at most {MAX_PAYLOAD_BYTES} bytes.")
    return yaml.safe_load(text)
except MALFORMED as error:
    raise PermanentError("A payload must be YAML in UTF-8.") from error
""",
        kind="text-encoding",
        severity="medium",
        why="The limit is promised in bytes but is checked against the number of characters, so a "
        "payload of up to four times the size is taken.",
        lines=(2, 3),
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
if len(raw) > MAX_PAYLOAD_BYTES:
    raise PermanentError(f"A payload has at most {MAX_PAYLOAD_BYTES} bytes.")
loader = yaml.Loader
try:
    return yaml.load(raw.decode(), Loader=loader)
except MALFORMED as error:
    raise PermanentError("A payload must be YAML in UTF-8.") from error
""",
        kind="unsafe-deserialization",
        severity="critical",
        why="This loader builds any Python object that a tag names, so whoever posts a payload "
        "runs code in the process.",
        lines=(3, 5),
    ),
)

ADD: Final = Site(
    "add",
    quiet="""\
done = self._db.execute(
    "INSERT INTO $table ($lane, key, payload, due_ms) SELECT ?, ?, ?, ?"
    " WHERE NOT EXISTS (SELECT 1 FROM $table WHERE $lane = ? AND key = ?)",
    ($lane, key, payload, due_ms, $lane, key),
)
return done.rowcount > 0
""",
    loud="""\
try:
    self._db.execute(
        "INSERT INTO $table ($lane, key, payload, due_ms) VALUES (?, ?, ?, ?)",
        ($lane, key, payload, due_ms),
    )
except sqlite3.IntegrityError:
    return False
return True
""",
    wrong_quiet=Wrong(
        """\
done = self._db.execute(
    "INSERT INTO $table ($lane, key, payload, due_ms) SELECT ?, ?, ?, ?"
    " WHERE NOT EXISTS (SELECT 1 FROM $table WHERE key = ?)",
    ($lane, key, payload, due_ms, key),
)
return done.rowcount > 0
""",
        kind="wrong-condition",
        severity="high",
        why="A key is promised to count within its $lane, but the check asks for the key alone, so "
        "what another $lane has under that key makes this one vanish.",
        lines=(3, 4),
    ),
    wrong_loud=Wrong(
        """\
try:
    self._db.execute(
        "INSERT INTO $table ($lane, key, payload, due_ms) VALUES (?, ?, ?, ?)",
        ($lane, key, payload, due_ms),
    )
except sqlite3.Error:
    return False
return True
""",
        kind="swallowed-error",
        severity="high",
        why="Every database error looks like a known key, so what a full or locked database could "
        "not store is lost and the caller believes that it is there.",
        lines=(6, 7),
    ),
)

CLAIM: Final = Site(
    "claim",
    quiet="""\
now_ms, token = self._clock_ms(), token_hex(8)
rows = self._db.execute(
    "UPDATE $table SET token = ?, leased_until_ms = ?, attempts = attempts + 1 WHERE id ="
    " (SELECT id FROM $table WHERE $lane = ? AND state = 'waiting' AND due_ms <= ? AND"
    " leased_until_ms <= ? ORDER BY due_ms, id LIMIT 1) RETURNING id, payload, attempts",
    (token, now_ms + LEASE_MS, $lane, now_ms, now_ms),
).fetchall()
return $Noun(*rows[0], token) if rows else None
""",
    loud="""\
with self._db:
    self._db.execute("BEGIN IMMEDIATE")
    now_ms, token = self._clock_ms(), token_hex(8)
    rows = self._db.execute(
        "SELECT id, payload, attempts + 1 FROM $table WHERE $lane = ? AND state ="
        " 'waiting' AND due_ms <= ? AND leased_until_ms <= ? ORDER BY due_ms, id LIMIT 1",
        ($lane, now_ms, now_ms),
    ).fetchall()
    self._db.executemany(
        "UPDATE $table SET token = ?, leased_until_ms = ?, attempts = ? WHERE id = ?",
        [(token, now_ms + LEASE_MS, attempts, number) for number, _, attempts in rows],
    )
return $Noun(*rows[0], token) if rows else None
""",
    wrong_quiet=Wrong(
        """\
now_ms, token = self._clock_ms(), token_hex(8)
rows = self._db.execute(
    "SELECT id, payload, attempts + 1 FROM $table WHERE $lane = ? AND state ="
    " 'waiting' AND due_ms <= ? AND leased_until_ms <= ? ORDER BY due_ms, id LIMIT 1",
    ($lane, now_ms, now_ms),
).fetchall()
self._db.executemany(
    "UPDATE $table SET token = ?, leased_until_ms = ?, attempts = ? WHERE id = ?",
    [(token, now_ms + LEASE_MS, attempts, number) for number, _, attempts in rows],
)
return $Noun(*rows[0], token) if rows else None
""",
        kind="race-condition",
        severity="medium",
        why="Between the SELECT and the UPDATE, which does not look again whether the row is free, "
        "another process can take the same one, so two callers hold it and the work is done twice.",
        lines=(7, 10),
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
with self._db:
    self._db.execute("BEGIN IMMEDIATE")
    now_ms, token = self._clock_ms(), token_hex(8)
    rows = self._db.execute(
        "SELECT id, payload, attempts + 1 FROM $table WHERE $lane = ? AND state ="
        " 'waiting' AND due_ms < ? AND leased_until_ms <= ? ORDER BY due_ms, id LIMIT 1",
        ($lane, now_ms, now_ms),
    ).fetchall()
    self._db.executemany(
        "UPDATE $table SET token = ?, leased_until_ms = ?, attempts = ? WHERE id = ?",
        [(token, now_ms + LEASE_MS, attempts, number) for number, _, attempts in rows],
    )
return $Noun(*rows[0], token) if rows else None
""",
        kind="off-by-one",
        severity="medium",
        why="What is due from due_ms on is only found after that millisecond, so a caller who "
        "comes exactly then is told that nothing is there.",
    ),
)

SETTLE: Final = Site(
    "settle",
    quiet="""\
done = self._db.execute(
    "UPDATE $table SET state = ?, due_ms = ?, leased_until_ms = 0"
    " WHERE id = ? AND token = ? AND leased_until_ms > ?",
    (*values, $noun.id, $noun.token, self._clock_ms()),
)
if done.rowcount == 0:
    raise LeaseLostError(f"{$noun.id} is no longer leased to {$noun.token}.")
""",
    loud="""\
held = "token = ? AND leased_until_ms > ?"
done = self._db.execute(
    f"UPDATE $table SET state = ?, due_ms = ?, leased_until_ms = 0 WHERE id = ? AND {held}",
    (*values, $noun.id, $noun.token, self._clock_ms()),
)
if done.rowcount == 0:
    raise LeaseLostError(f"{$noun.id} is no longer leased to {$noun.token}.")
""",
    wrong_quiet=Wrong(
        """\
done = self._db.execute(
    "UPDATE $table SET state = ?, due_ms = ?, leased_until_ms = 0"
    " WHERE id = ? AND token = ? AND leased_until_ms > ?",
    (*values, $noun.id, $noun.token, self._clock_ms()),
)
if done.rowcount == 0:
    log.info("%d is no longer leased to %s", $noun.id, $noun.token)
""",
        kind="swallowed-error",
        severity="medium",
        why="A lost lease is promised as LeaseLostError but is only logged, so the caller takes "
        "the work for settled although another holder does it again.",
        lines=(6, 7),
    ),
    wrong_loud=Wrong(
        """\
held = "token = ? AND leased_until_ms > ?"
lease = ($noun.id, $noun.token, self._clock_ms())
if not self._db.execute(f"SELECT id FROM $table WHERE id = ? AND {held}", lease).fetchall():
    raise LeaseLostError(f"{$noun.id} is no longer leased to {$noun.token}.")
self._db.execute(
    "UPDATE $table SET state = ?, due_ms = ?, leased_until_ms = 0 WHERE id = ?",
    (*values, $noun.id),
)
""",
        kind="race-condition",
        severity="medium",
        why="The lease is checked in one statement and the row changed in another that does not "
        "look at it, so a lease that ends in between lets a former holder settle what another "
        "process is working on.",
        lines=(2, 8),
        subtle=True,
    ),
)

FAILURE: Final = Site(
    "failure",
    quiet="""\
last = $noun.attempts >= MAX_ATTEMPTS or isinstance(error, PermanentError)
delay_ms = min(FIRST_DELAY_MS * 2 ** ($noun.attempts - 1), LONGEST_DELAY_MS)
return ("dead", 0) if last else ("waiting", delay_ms)
""",
    loud="""\
last = $noun.attempts >= MAX_ATTEMPTS or isinstance(error, PermanentError)
delay_ms = min(FIRST_DELAY_MS * 2 ** ($noun.attempts - 1), LONGEST_DELAY_MS)
delay_ms += random.randrange(delay_ms // 10 + 1)
return ("dead", 0) if last else ("waiting", delay_ms)
""",
    wrong_quiet=Wrong(
        """\
last = $noun.attempts >= MAX_ATTEMPTS
delay_ms = min(FIRST_DELAY_MS * 2 ** ($noun.attempts - 1), LONGEST_DELAY_MS)
return ("dead", 0) if last else ("waiting", delay_ms)
""",
        kind="retry-misuse",
        severity="medium",
        why="A PermanentError is promised to make it dead at once, but only the number of attempts "
        "counts, so what can never work is tried again.",
    ),
    wrong_loud=Wrong(
        """\
last = $noun.attempts >= MAX_ATTEMPTS or isinstance(error, PermanentError)
delay_ms = min(FIRST_DELAY_MS * 2 ** ($noun.attempts - 1), LONGEST_DELAY_MS)
delay_ms -= random.randrange(delay_ms // 2 + 1)
return ("dead", 0) if last else ("waiting", delay_ms)
""",
        kind="retry-misuse",
        severity="medium",
        why="The random part is promised on top of the pause but is taken off it, so it may be "
        "tried again after half the time.",
    ),
)

REQUEUE: Final = Site(
    "requeue",
    quiet="""\
with self._db:
    self._db.execute("BEGIN IMMEDIATE")
    for key in keys:
        done = self._db.execute(
            "UPDATE $table SET state = 'waiting', attempts = 0, due_ms = ?"
            " WHERE state = 'dead' AND $lane = ? AND key = ?",
            (now_ms, $lane, key),
        )
        if done.rowcount == 0:
            raise KeyError(key)
""",
    loud="""\
listed = ", ".join("?" for key in keys)
with self._db:
    self._db.execute("BEGIN IMMEDIATE")
    done = self._db.execute(
        "UPDATE $table SET state = 'waiting', attempts = 0, due_ms = ?"
        f" WHERE state = 'dead' AND $lane = ? AND key IN ({listed})",
        (now_ms, $lane, *keys),
    )
    if done.rowcount != len(keys):
        raise KeyError(f"Not all are dead: {keys!r}")
""",
    wrong_quiet=Wrong(
        """\
with self._db:
    for key in keys:
        done = self._db.execute(
            "UPDATE $table SET state = 'waiting', attempts = 0, due_ms = ?"
            " WHERE state = 'dead' AND $lane = ? AND key = ?",
            (now_ms, $lane, key),
        )
        if done.rowcount == 0:
            raise KeyError(key)
""",
        kind="partial-write",
        severity="medium",
        why="The connection commits each statement by itself (isolation_level=None) and no BEGIN "
        "opens a transaction, so a wrong key leaves those before it waiting again although all or "
        "none was promised.",
        lines=(1, 2),
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
listed = ", ".join(f"'{key}'" for key in keys)
with self._db:
    self._db.execute("BEGIN IMMEDIATE")
    done = self._db.execute(
        "UPDATE $table SET state = 'waiting', attempts = 0, due_ms = ?"
        f" WHERE state = 'dead' AND $lane = ? AND key IN ({listed})",
        (now_ms, $lane),
    )
    if done.rowcount != len(keys):
        raise KeyError(f"Not all are dead: {keys!r}")
""",
        kind="sql-injection",
        severity="critical",
        why="Typed keys are quoted by hand into the statement, so a key with a quote becomes SQL "
        "and reaches what belongs to another $lane.",
        lines=(1, 6),
    ),
)

RUN: Final = Site(
    "run",
    quiet="""\
watching = asyncio.ensure_future(watch())
try:
    async with asyncio.timeout(limit):
        handling = handle(decode($noun.payload))
        await handling
except (${Noun}Error, TimeoutError) as error:
    result = after_failure($noun, error)
finally:
    watching.cancel()
""",
    loud="""\
watching = asyncio.ensure_future(watch())
try:
    async with asyncio.timeout(limit):
        await handle(decode($noun.payload))
except BaseException as error:
    watching.cancel()
    if not isinstance(error, (${Noun}Error, TimeoutError)):
        raise
    result = after_failure($noun, error)
watching.cancel()
""",
    wrong_quiet=Wrong(
        """\
watching = asyncio.ensure_future(watch())
try:
    async with asyncio.timeout(limit):
        handling = handle(decode($noun.payload))
    await handling
except (${Noun}Error, TimeoutError) as error:
    result = after_failure($noun, error)
finally:
    watching.cancel()
""",
        kind="missing-timeout",
        severity="high",
        why="Only making the coroutine stands under the limit, awaiting it does not, so one "
        "handling that hangs stops the $worker for ever.",
        lines=(3, 5),
    ),
    wrong_loud=Wrong(
        """\
watching = asyncio.ensure_future(watch())
try:
    async with asyncio.timeout(limit):
        await handle(decode($noun.payload))
except BaseException as error:
    if not isinstance(error, (${Noun}Error, TimeoutError)):
        raise
    watching.cancel()
    result = after_failure($noun, error)
watching.cancel()
""",
        kind="resource-leak",
        severity="low",
        why="On an unexpected error or a cancellation the watching task is not cancelled before "
        "the raise, so each of them leaves one running for ever.",
        lines=(6, 8),
        subtle=True,
    ),
)

CODE: Final = Code(
    name="jobqueue",
    source=SOURCE,
    sites=(EPOCH, DECODE, ADD, CLAIM, SETTLE, FAILURE, REQUEUE, RUN),
    slots={
        "Noun Nouns noun nouns table": (
            ("Job", "Jobs", "job", "jobs", "jobs"),
            ("Task", "Tasks", "task", "tasks", "tasks"),
            ("Delivery", "Deliveries", "delivery", "deliveries", "deliveries"),
            ("Message", "Messages", "message", "messages", "outbox"),
            ("Export", "Exports", "export", "exports", "exports"),
            ("Import", "Imports", "item", "items", "imports"),
        ),
        "lane": (("queue",), ("lane",), ("topic",), ("tenant",), ("team",), ("account",)),
        "worker": (
            ("worker",),
            ("runner",),
            ("consumer",),
            ("carrier",),
            ("handler",),
            ("node",),
            ("daemon",),
        ),
    },
    interacting=(("settle", "claim"), ("run", "failure"), ("add", "epoch")),
)
