"""Runs recurring jobs by an injected clock."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""Recurring ${job}s: when they are due, who runs them, how they end and when they are tried again.

All moments are whole seconds of UNIX time and come from the caller, who has the clock.
"""

import asyncio
import random
import sqlite3
import traceback
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

DAY = 86_400
# After downtime so many of the due times that passed are made up for.
CATCH_UP = 3
# Outcomes of a $job that are kept.
KEEP = 20
LIMIT_SECONDS = 30.0
# Pauses after failures, in minutes.
FIRST_PAUSE = 1
LONGEST_PAUSE = 60


@dataclass(frozen=True)
class Daily:
    """A time of day on a clock that is `offset` minutes ahead of UTC, all year."""

    hour: int
    minute: int
    offset: int = 0

    @property
    def zone(self) -> timezone:
        """Return the zone of that clock."""
        return timezone(timedelta(minutes=self.offset)) if self.offset else UTC

    def next_due(self, after: int) -> int:
        """Return the first moment of that time of day that is later than `after`."""
        #@ next_due


class $Class:
    """The ${job}s in a database that several ${worker}s use at the same time.

    Each $worker has a connection of its own, in the default mode of sqlite3.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        """Create the tables if they are missing."""
        self._db = db
        self._runs: dict[str, list[str]] = {}
        db.executescript("""
            CREATE TABLE IF NOT EXISTS ${job}s (name TEXT PRIMARY KEY, $team TEXT, due INTEGER);
            CREATE TABLE IF NOT EXISTS locks (name TEXT PRIMARY KEY, $worker TEXT, until INTEGER);
        """)

    def plan(self, name: str, $team: str, due: int) -> None:
        """Say when a $job of a $team is due, for the first time or anew."""
        with self._db:
            self._db.execute("REPLACE INTO ${job}s VALUES (?, ?, ?)", (name, $team, due))

    def due(self, ${team}s: list[str], now: int) -> list[str]:
        """Return the names of ${job}s that are due, in order, of the ${team}s ticked in a form.

        A form holds what its sender likes, in at most 100 fields of UTF-8. If nothing is ticked,
        nothing is found.
        """
        #@ due

    def missed(self, due: int, every: int, now: int) -> list[int]:
        """Return when a $job should have run that is due at `due` and every `every` seconds on.

        That is up to and including `now`, oldest first, and no more than the latest CATCH_UP.
        Downtime may be months and `every` a second; no more is held in memory for it.
        """
        #@ missed

    def lock(self, name: str, $worker: str, now: int, hold: int) -> bool:
        """Take the lock of a $job for `hold` seconds, and say whether that worked.

        It fails while a lock is held, the same ${worker}'s too; one is free from its end on. Of
        ${worker}s who try at the same time only one gets it.
        """
        #@ lock

    def unlock(self, name: str, $worker: str) -> None:
        """Give back the lock of a $job, if this $worker has it."""
        with self._db:
            self._db.execute("DELETE FROM locks WHERE name = ? AND $worker = ?", (name, $worker))

    async def run(self, ${job}s: Mapping[str, Callable[[], Awaitable[None]]]) -> dict[str, str]:
        """Run one or more ${job}s side by side, and return by name how each ended.

        "late" if it took LIMIT_SECONDS and was cancelled, or raised TimeoutError; "failed" if it
        raised anything else; else "done", and then the caller deletes what it had to work on.
        Nothing else cancels a $job; then it ends at once, by CancelledError, which is raised for
        nothing else.
        """
        #@ run

    def retry_at(self, failures: int, now: int) -> int:
        """Return when to run a $job again that failed, for the first time or more in a row.

        The pause is FIRST_PAUSE, twice as long after each further failure, up to LONGEST_PAUSE;
        up to a tenth of it may be added, to spread ${job}s.
        """
        #@ retry_at

    def describe(self, name: str, error: Exception) -> str:
        """Return what the public status page says of a failure: $job, type, perhaps where.

        Texts of errors quote settings of the $job, passwords among them.
        """
        #@ describe

    def note(self, name: str, outcome: str) -> None:
        """Add an outcome to the history of a $job."""
        kept = self._runs.setdefault(name, [])
        kept.append(outcome)
        del kept[:-KEEP]

    def history(self, name: str) -> list[str]:
        """Return the latest KEEP outcomes of a $job, oldest first, in a list for the caller.

        The status page asks for any name that stands in an address, and that leaves no trace.
        """
        #@ history


def _ending(error: object) -> str:
    if isinstance(error, TimeoutError):
        return "late"
    return "failed" if isinstance(error, BaseException) else "done"
'''

NEXT_DUE: Final = Site(
    "next_due",
    quiet="""\
local = datetime.fromtimestamp(after, self.zone)
due = local.replace(hour=self.hour, minute=self.minute, second=0)
return int(due.timestamp()) + (DAY if due <= local else 0)
""",
    loud="""\
first = self.hour * 3600 + self.minute * 60 - self.offset * 60
wait = (first - after - 1) % 86_400 + 1
return after + wait
""",
    wrong_quiet=Wrong(
        """\
local = datetime.fromtimestamp(after, UTC)
due = local.replace(hour=self.hour, minute=self.minute, second=0)
return int(due.timestamp()) + (DAY if due <= local else 0)
""",
        kind="time-zone",
        severity="medium",
        why="The time of day is taken on the clock of UTC instead of the one that is `offset` "
        "ahead, so it comes hours too early or too late.",
    ),
    wrong_loud=Wrong(
        """\
first = self.hour * 3600 + self.minute * 60 - self.offset * 60
wait = (first - after) % 86_400
return after + wait
""",
        kind="off-by-one",
        severity="medium",
        why="For a moment that is due itself the wait is 0 instead of a day, so the same moment "
        "is due again and the work is done twice.",
        subtle=True,
    ),
)

DUE: Final = Site(
    "due",
    quiet="""\
query = "SELECT name, $team FROM ${job}s WHERE due <= ? ORDER BY name"
rows = self._db.execute(query, (now,))
return [name for name, $team in rows if $team in ${team}s]
""",
    loud="""\
marks = ", ".join("?" for $team in ${team}s)
query = f"SELECT name FROM ${job}s WHERE due <= ? AND $team IN ({marks}) ORDER BY name"
return [row[0] for row in self._db.execute(query, (now, *${team}s))]
""",
    wrong_quiet=Wrong(
        """\
query = "SELECT name, $team FROM ${job}s WHERE due <= ? ORDER BY name"
rows = self._db.execute(query, (now,))
return [name for name, $team in rows if not ${team}s or $team in ${team}s]
""",
        kind="wrong-condition",
        severity="medium",
        why="An empty list counts as all, so what is due everywhere is found where nothing was "
        "ticked.",
    ),
    wrong_loud=Wrong(
        """\
marks = ", ".join(f"'{$team}'" for $team in ${team}s)
query = f"SELECT name FROM ${job}s WHERE due <= ? AND $team IN ({marks}) ORDER BY name"
return [row[0] for row in self._db.execute(query, (now,))]
""",
        kind="sql-injection",
        severity="critical",
        why="What a form holds becomes part of the statement between quotes, which it can end, so "
        "its sender reads whatever the database holds.",
        lines=(1, 2),
    ),
)

MISSED: Final = Site(
    "missed",
    quiet="""\
moments = range(due, now + 1, every)
return list(moments[-CATCH_UP:])
""",
    loud="""\
found: deque[int] = deque(maxlen=CATCH_UP)
while due <= now:
    found.append(due)
    due += every
return list(found)
""",
    wrong_quiet=Wrong(
        """\
moments = range(due, now, every)
return list(moments[-CATCH_UP:])
""",
        kind="off-by-one",
        severity="medium",
        why="A range ends before its end, so a moment that is due right now is left out where it "
        "is promised to be included.",
    ),
    wrong_loud=Wrong(
        """\
found: deque[int] = deque()
while due <= now:
    found.append(due)
    due += every
return list(found)[-CATCH_UP:]
""",
        kind="unbounded-memory",
        severity="low",
        why="Every moment of the downtime is kept though only the latest are returned, which are "
        "millions after a month of seconds.",
        subtle=True,
        lines=(1, 3),
    ),
)

LOCK: Final = Site(
    "lock",
    quiet="""\
query = (
    "INSERT INTO locks VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE"
    " SET $worker = excluded.$worker, until = excluded.until WHERE until <= ?"
)
with self._db:
    taken = self._db.execute(query, (name, $worker, now + hold, now))
return taken.rowcount == 1
""",
    loud="""\
query = "DELETE FROM locks WHERE name = ? AND until <= ?"
with self._db:
    self._db.execute(query, (name, now))
    try:
        self._db.execute("INSERT INTO locks VALUES (?, ?, ?)", (name, $worker, now + hold))
    except sqlite3.IntegrityError:
        return False
return True
""",
    wrong_quiet=Wrong(
        """\
query = "SELECT 1 FROM locks WHERE name = ? AND until > ?"
if self._db.execute(query, (name, now)).fetchone():
    return False
with self._db:
    self._db.execute("REPLACE INTO locks VALUES (?, ?, ?)", (name, $worker, now + hold))
return True
""",
        kind="race-condition",
        severity="medium",
        why="Between the look and the writing another can take the lock, which is then written "
        "over, so two have it and the work is done twice.",
        subtle=True,
        lines=(1, 5),
    ),
    wrong_loud=Wrong(
        """\
query = "DELETE FROM locks WHERE name = ? AND (until <= ? OR $worker = ?)"
with self._db:
    self._db.execute(query, (name, now, $worker))
    try:
        self._db.execute("INSERT INTO locks VALUES (?, ?, ?)", (name, $worker, now + hold))
    except sqlite3.IntegrityError:
        return False
return True
""",
        kind="wrong-condition",
        severity="medium",
        why="A lock that the same one holds counts as free, so it is given twice and the work is "
        "done twice.",
        lines=(1, 1),
    ),
)

RUN: Final = Site(
    "run",
    quiet="""\
tasks = {name: asyncio.ensure_future(call()) for name, call in ${job}s.items()}
await asyncio.wait(tasks.values(), timeout=LIMIT_SECONDS)
late = {name for name, task in tasks.items() if task.cancel()}
ends = {name: task.exception() for name, task in tasks.items() if name not in late}
return {name: _ending(ends[name]) if name in ends else "late" for name in tasks}
""",
    loud="""\
calls = [asyncio.wait_for(call(), LIMIT_SECONDS) for call in ${job}s.values()]
ends = await asyncio.gather(*calls, return_exceptions=True)
return {name: _ending(end) for name, end in zip(${job}s, ends, strict=True)}
""",
    wrong_quiet=Wrong(
        """\
tasks = {name: asyncio.ensure_future(call()) for name, call in ${job}s.items()}
await asyncio.wait(tasks.values())
late = {name for name, task in tasks.items() if task.cancel()}
ends = {name: task.exception() for name, task in tasks.items() if name not in late}
return {name: _ending(ends[name]) if name in ends else "late" for name in tasks}
""",
        kind="missing-timeout",
        severity="medium",
        why="The wait has no limit, so one that hangs holds up the answer for all others and is "
        "never cancelled.",
    ),
    wrong_loud=Wrong(
        """\
calls = [asyncio.wait_for(call(), LIMIT_SECONDS) for call in ${job}s.values()]
await asyncio.gather(*calls, return_exceptions=True)
return dict.fromkeys(${job}s, _ending(None))
""",
        kind="swallowed-error",
        severity="high",
        why="The errors that were gathered are not looked at, so what failed counts as done and "
        "what it had to work on is deleted.",
        lines=(2, 3),
    ),
)

RETRY_AT: Final = Site(
    "retry_at",
    quiet="""\
pause = min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE)
return now + pause * 60
""",
    loud="""\
pause = min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE)
return now + int(pause * 60 * random.uniform(1.0, 1.1))
""",
    wrong_quiet=Wrong(
        """\
pause = min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE)
return now + pause
""",
        kind="unit-mismatch",
        severity="medium",
        why="The pauses are minutes and are added to seconds, so what failed is tried again sixty "
        "times too early.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
pause = FIRST_PAUSE * 2 ** min(failures - 1, LONGEST_PAUSE)
return now + int(pause * 60 * random.uniform(1.0, 1.1))
""",
        kind="retry-misuse",
        severity="medium",
        why="The number of doublings is limited instead of the pause, so after a dozen failures "
        "the next try comes days later instead of within an hour.",
    ),
)

DESCRIBE: Final = Site(
    "describe",
    quiet="""\
kind = type(error).__name__
return f"{name}: {kind}"
""",
    loud="""\
frames = traceback.extract_tb(error.__traceback__, limit=-1)
where = "".join(f" in {frame.name}" for frame in frames)
return f"{name}: {type(error).__name__}{where}"
""",
    wrong_quiet=Wrong(
        """\
kind = repr(error)
return f"{name}: {kind}"
""",
        kind="secret-exposure",
        severity="high",
        why="The repr of an error holds its text, so passwords that it quotes stand on the public "
        "page.",
    ),
    wrong_loud=Wrong(
        """\
frames = traceback.format_exception(error, limit=-1)
where = "".join(f" in {frame.strip()}" for frame in frames)
return f"{name}: {type(error).__name__}{where}"
""",
        kind="secret-exposure",
        severity="high",
        why="A formatted exception ends with the text of the error, so passwords that it quotes "
        "stand on the public page.",
        subtle=True,
    ),
)

HISTORY: Final = Site(
    "history",
    quiet="""\
found = self._runs.get(name, ())
return list(found)
""",
    loud="""\
found = self._runs.get(name)
if found == None:
    return []
return found[:]
""",
    wrong_quiet=Wrong(
        """\
found = self._runs.setdefault(name, [])
return list(found)
""",
        kind="unbounded-memory",
        severity="low",
        why="Each name that is asked for is kept with an empty list for ever, and the names are "
        "whatever stands in an address.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
found = self._runs.get(name)
if found == None:
    return []
return found
""",
        kind="shared-state",
        severity="medium",
        why="The caller gets the list that is kept and not one of its own, so what it changes "
        "changes the history, and later outcomes appear in its list.",
    ),
)

CODE: Final = Code(
    name="scheduler",
    source=SOURCE,
    sites=(NEXT_DUE, DUE, MISSED, LOCK, RUN, RETRY_AT, DESCRIBE, HISTORY),
    slots={
        "job": (("job",), ("task",), ("routine",), ("chore",)),
        "team": (("team",), ("crew",), ("unit",), ("desk",)),
        "worker": (("worker",), ("node",), ("runner",), ("server",)),
        "Class": (("Scheduler",), ("Planner",), ("Timetable",), ("Roster",)),
    },
    interacting=(("next_due", "missed"), ("run", "retry_at")),
)
