"""Collects readings of meters and turns them into consumption, gaps and alarms."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = r'''
"""Reads the $medium meters of a $house and says what was used, when, and what was too much."""

import asyncio
import itertools
import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any

import yaml

ASK = b"READ\r\n"
SECONDS = 5.0
SIGNS = {"above": ">", "below": "<"}

Span = tuple[int, int]
Connect = Callable[[str], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]


@dataclass(frozen=True)
class Reading:
    """What the register of a meter showed at a moment, in Unix seconds."""

    meter: str
    shown: int
    at: int


def used(before: int | None, after: int | None, digits: int) -> int | None:
    """Return what was used between two readings of a register with so many decimal digits.

    After its highest value a register starts again at 0, at most once between two readings.
    None stands for a reading that is missing; if one is, what was used is None too.
    """
    #@ used


def parsed(block: str) -> list[Reading]:
    """Return the readings in a block that a device sent, each once, in the order of the block.

    A line is a meter (words with a dot between them), what it shows and when (decimal digits of
    any script), with blanks between and perhaps around. A line that is not is a ValueError, and so
    is a number too long for int(). Blocks have up to 100,000 lines, lines any length, and the time
    grows as the block does.
    """
    #@ parsed


def daily(rows: Iterable[tuple[int, int]], zone: tzinfo) -> Iterator[tuple[date, int]]:
    """Yield the days of `zone` that have rows, and what was used on each.

    Rows are Unix seconds and what was used, oldest first. They come from disk as they are needed:
    years of them, of which memory never holds more than a day.
    """
    #@ daily


def gaps(stamps: Sequence[int], every: float, pauses: Sequence[Span]) -> list[Span]:
    """Return the neighbouring stamps between which readings of a meter are missing.

    A meter is read every `every` seconds, whole or half ones, so it is missed if stamps are over
    one and a half times that apart. Stamps and the few planned pauses are in milliseconds, oldest
    first. What lies within one pause, both ends included, is not missing.
    """
    #@ gaps


class $Class:
    """The meters of one $house. All calls come from one thread.

    The caller owns the database, opened without autocommit, which has a table $table (meter TEXT,
    at INTEGER, shown INTEGER). `sheet` returns the sheet of a meter as a $person uploaded it.
    Each rule is "above" or "below", as is checked on entry, a blank and what the $person typed.
    """

    def __init__(
        self, db: sqlite3.Connection, sheet: Callable[[str], str], rules: Mapping[str, list[str]]
    ) -> None:
        self._db, self._sheet, self._rules = db, sheet, rules
        self._sheets: dict[str, Any] = {}
        self._held: dict[str, list[str]] = {}

    def replace(self, meter: str, rows: Iterable[Span]) -> None:
        """Put rows of (at, shown) in the place of all that is stored of a meter: all or none.

        `meter` is any text from a URL; who may do this is checked there. If `rows` or the
        database fail, everything stays as it was.
        """
        #@ replace

    async def ask(self, address: str, connect: Connect) -> bytes:
        """Return the line with which the device at an address, one of ours, answers ASK.

        If the device hangs up, it is what came before that, or empty; OSError if the connection
        breaks. TimeoutError if all that takes more than SECONDS. The connection is closed in any
        case, also if the caller gives up.
        """
        #@ ask

    def factor(self, meter: str, day: date) -> int:
        """Return by what to multiply the readings of a meter on a day.

        The sheet of a meter is YAML, a list of plain {since: date, factor: whole number}, newest
        first; it does not change, and is read once. LookupError for a day before the oldest. Of
        any other sheet some error comes.
        """
        #@ factor

    def alarms(self, meter: str, value: int) -> list[str]:
        """Note which of the meter's few rules hold for a value; return all that ever held.

        They come in the order in which they first held, in a list that is the caller's own.
        ValueError for a rule that does not end in a whole number; those before it are noted.
        """
        held = self._held.setdefault(meter, [])
        #@ alarms
'''

USED: Final = Site(
    "used",
    quiet="""\
if before is None or after is None:
    return None
values = 10**digits
return after - before if before <= after else values - before + after
""",
    loud="""\
if before is None or after is None:
    return None
elif before <= after:
    return after - before
else:
    return (after - before) % 10**digits
""",
    wrong_quiet=Wrong(
        """\
if before is None or after is None:
    return None
highest = 10**digits - 1
return after - before if before <= after else highest - before + after
""",
        kind="off-by-one",
        severity="high",
        why="The step from the highest value to 0 is not counted, so each turn of the register "
        "loses one unit.",
    ),
    wrong_loud=Wrong(
        """\
if not before or not after:
    return None
elif before <= after:
    return after - before
else:
    return (after - before) % 10**digits
""",
        kind="wrong-condition",
        severity="high",
        why="A register that shows 0 counts as a missing reading, so what was used before and "
        "after it is lost.",
    ),
)

PARSED: Final = Site(
    "parsed",
    quiet="""\
found: dict[Reading, None] = {}
for line in block.splitlines():
    meter, shown, at = line.split()
    if not all(meter.split(".")) or not (shown + at).isdecimal():
        raise ValueError(f"{line!r} is no reading.")
    reading = Reading(meter, int(shown), int(at))
    found.setdefault(reading)
return list(found)
""",
    loud="""\
pattern = re.compile(r"([^\\s.]+(?:\\.[^\\s.]+)*)\\s+(\\d+)\\s+(\\d+)")
found: dict[Reading, None] = {}
for line in block.splitlines():
    match = pattern.fullmatch(line.strip())
    if match is None:
        raise ValueError(f"{line!r} is no reading.")
    found[Reading(match[1], int(match[2]), int(match[3]))] = None
return list(found)
""",
    wrong_quiet=Wrong(
        """\
found: list[Reading] = []
for line in block.splitlines():
    meter, shown, at = line.split()
    if not all(meter.split(".")) or not (shown + at).isdecimal():
        raise ValueError(f"{line!r} is no reading.")
    reading = Reading(meter, int(shown), int(at))
    if reading not in found:
        found.append(reading)
return found
""",
        kind="quadratic-time",
        severity="low",
        why="Each reading is compared with all readings so far, so a large block takes hours.",
        subtle=True,
        lines=(7, 8),
    ),
    wrong_loud=Wrong(
        """\
pattern = re.compile(r"((?:[^\\s.]+\\.?)+)\\s+(\\d+)\\s+(\\d+)")
found: dict[Reading, None] = {}
for line in block.splitlines():
    match = pattern.fullmatch(line.strip())
    if match is None or match[1].endswith("."):
        raise ValueError(f"{line!r} is no reading.")
    found[Reading(match[1], int(match[2]), int(match[3]))] = None
return list(found)
""",
        kind="regex-backtracking",
        severity="high",
        why="With the dot optional, a long word can be cut up in exponentially many ways; one bad "
        "line stops the service.",
        lines=(1, 1),
    ),
)

DAILY: Final = Site(
    "daily",
    quiet="""\
local = ((datetime.fromtimestamp(at, zone), amount) for at, amount in rows)
for day, group in itertools.groupby(local, lambda row: row[0].date()):
    yield day, sum(amount for _, amount in group)
""",
    loud="""\
local = ((datetime.fromtimestamp(at, UTC).astimezone(zone), amount) for at, amount in rows)
for day, group in itertools.groupby(local, lambda row: row[0].date()):
    yield day, sum([amount for _, amount in group])
""",
    wrong_quiet=Wrong(
        """\
shift = datetime.now(zone).utcoffset()
local = ((datetime.fromtimestamp(at, UTC) + shift, amount) for at, amount in rows)
for day, group in itertools.groupby(local, lambda row: row[0].date()):
    yield day, sum(amount for _, amount in group)
""",
        kind="time-zone",
        severity="high",
        why="The zone's offset of today is used for all rows, so in the other half of the year an "
        "hour falls on the wrong day.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
local = [(datetime.fromtimestamp(at, UTC).astimezone(zone), amount) for at, amount in rows]
for day, group in itertools.groupby(local, lambda row: row[0].date()):
    yield day, sum([amount for _, amount in group])
""",
        kind="unbounded-memory",
        severity="low",
        why="All rows are put into a list before the first day is yielded, years of them instead "
        "of one day.",
    ),
)

GAPS: Final = Site(
    "gaps",
    quiet="""\
limit = every * 1500
wide = [pair for pair in itertools.pairwise(stamps) if pair[1] - pair[0] > limit]
for begin, end in pauses:
    wide = [pair for pair in wide if pair[0] < begin or end < pair[1]]
return wide
""",
    loud="""\
wide: list[Span] = []
for earlier, later in itertools.pairwise(stamps):
    if (later - earlier) / 1000 > 1.5 * every:
        if not any(begin <= earlier and later <= end for begin, end in pauses):
            wide.append((earlier, later))
return wide
""",
    wrong_quiet=Wrong(
        """\
limit = every * 1.5
wide = [pair for pair in itertools.pairwise(stamps) if pair[1] - pair[0] > limit]
for begin, end in pauses:
    wide = [pair for pair in wide if pair[0] < begin or end < pair[1]]
return wide
""",
        kind="unit-mismatch",
        severity="medium",
        why="Stamps are in milliseconds and the limit is in seconds, so nearly all neighbours "
        "count as a gap.",
    ),
    wrong_loud=Wrong(
        """\
wide: list[Span] = []
for earlier, later in itertools.pairwise(stamps):
    if (later - earlier) / 1000 > 1.5 * every:
        if not any(begin <= later and earlier <= end for begin, end in pauses):
            wide.append((earlier, later))
return wide
""",
        kind="wrong-condition",
        severity="medium",
        why="Any overlap with a pause excuses a gap, though only one that lies within it is "
        "planned.",
    ),
)

REPLACE: Final = Site(
    "replace",
    quiet="""\
with self._db:
    self._db.execute("DELETE FROM $table WHERE meter = ?", (meter,))
    for at, shown in rows:
        self._db.execute("INSERT INTO $table VALUES (?, ?, ?)", (meter, at, shown))
""",
    loud="""\
names = ("meter", "at", "shown")
with self._db:
    self._db.execute(f"DELETE FROM $table WHERE {names[0]} = ?", (meter,))
    insert = f"INSERT INTO $table ({', '.join(names)}) VALUES (?, ?, ?)"
    self._db.executemany(insert, ((meter, at, shown) for at, shown in rows))
""",
    wrong_quiet=Wrong(
        """\
self._db.execute("DELETE FROM $table WHERE meter = ?", (meter,))
for at, shown in rows:
    self._db.execute("INSERT INTO $table VALUES (?, ?, ?)", (meter, at, shown))
self._db.commit()
""",
        kind="partial-write",
        severity="high",
        why="Nothing rolls back when a row fails: the deletion and the first rows stay pending, "
        "and the next call commits them.",
        subtle=True,
        lines=(1, 4),
    ),
    wrong_loud=Wrong(
        """\
names = ("meter", "at", "shown")
with self._db:
    self._db.execute(f"DELETE FROM $table WHERE {names[0]} = '{meter}'")
    insert = f"INSERT INTO $table ({', '.join(names)}) VALUES (?, ?, ?)"
    self._db.executemany(insert, ((meter, at, shown) for at, shown in rows))
""",
        kind="sql-injection",
        severity="critical",
        why="The meter, which is from a URL, becomes part of the statement, so anyone can delete "
        "the readings of all meters.",
    ),
)

ASK: Final = Site(
    "ask",
    quiet="""\
async with asyncio.timeout(SECONDS):
    reader, writer = await connect(address)
    try:
        writer.write(ASK)
        return await reader.readline()
    finally:
        writer.close()
""",
    loud="""\
async with asyncio.timeout(SECONDS):
    reader, writer = await connect(address)
    try:
        writer.write(ASK)
        line = await reader.readline()
    except BaseException:
        writer.close()
        raise
    writer.close()
    return line
""",
    wrong_quiet=Wrong(
        """\
async with asyncio.timeout(SECONDS):
    reader, writer = await connect(address)
try:
    writer.write(ASK)
    return await reader.readline()
finally:
    writer.close()
""",
        kind="missing-timeout",
        severity="high",
        why="Only connecting has a limit; a device that accepts and then stays silent is waited "
        "for for ever.",
        lines=(1, 5),
    ),
    wrong_loud=Wrong(
        """\
async with asyncio.timeout(SECONDS):
    reader, writer = await connect(address)
    try:
        writer.write(ASK)
        line = await reader.readline()
    except Exception:
        writer.close()
        raise
    writer.close()
    return line
""",
        kind="resource-leak",
        severity="low",
        why="A timeout arrives as CancelledError, which is no Exception, so the connections of "
        "silent devices stay open.",
        subtle=True,
    ),
)

FACTOR: Final = Site(
    "factor",
    quiet="""\
if meter not in self._sheets:
    self._sheets[meter] = yaml.safe_load(self._sheet(meter))
for row in self._sheets[meter]:
    if row["since"] <= day:
        return int(row["factor"])
raise LookupError(f"{meter} has no factor for {day}.")
""",
    loud="""\
loader = yaml.SafeLoader
if meter not in self._sheets:
    self._sheets[meter] = yaml.load(self._sheet(meter), Loader=loader)
fitting = [row["factor"] for row in self._sheets[meter] if row["since"] <= day]
if not fitting:
    raise LookupError(f"{meter} has no factor for {day}.")
return int(fitting[0])
""",
    wrong_quiet=Wrong(
        """\
if meter in self._sheets:
    return int(self._sheets[meter])
for row in yaml.safe_load(self._sheet(meter)):
    if row["since"] <= day:
        self._sheets[meter] = row["factor"]
        return int(row["factor"])
raise LookupError(f"{meter} has no factor for {day}.")
""",
        kind="cache-misuse",
        severity="high",
        why="The factor of one day is kept for the meter and returned for every other day too.",
        lines=(1, 5),
    ),
    wrong_loud=Wrong(
        """\
loader = yaml.Loader
if meter not in self._sheets:
    self._sheets[meter] = yaml.load(self._sheet(meter), Loader=loader)
fitting = [row["factor"] for row in self._sheets[meter] if row["since"] <= day]
if not fitting:
    raise LookupError(f"{meter} has no factor for {day}.")
return int(fitting[0])
""",
        kind="unsafe-deserialization",
        severity="critical",
        why="yaml.Loader builds any object that an uploaded sheet names, so whoever uploads one "
        "can run code.",
    ),
)

ALARMS: Final = Site(
    "alarms",
    quiet="""\
for rule in self._rules.get(meter, ()):
    word, _, bound = rule.partition(" ")
    holds = int(bound) < value if word == "above" else value < int(bound)
    if holds and rule not in held:
        held.append(rule)
return list(held)
""",
    loud="""\
for rule in self._rules.get(meter, ()):
    word, _, bound = rule.partition(" ")
    holds = eval(f"value {SIGNS[word]} {int(bound)}")
    if holds and rule not in held:
        held.append(rule)
return held[:]
""",
    wrong_quiet=Wrong(
        """\
for rule in self._rules.get(meter, ()):
    word, _, bound = rule.partition(" ")
    holds = int(bound) < value if word == "above" else value < int(bound)
    if holds and rule not in held:
        held.append(rule)
return held
""",
        kind="shared-state",
        severity="medium",
        why="The list that is kept is handed out, so a caller who empties or sorts it changes "
        "what held.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
for rule in self._rules.get(meter, ()):
    word, _, bound = rule.partition(" ")
    holds = eval(f"value {SIGNS[word]} {bound}")
    if holds and rule not in held:
        held.append(rule)
return held[:]
""",
        kind="code-injection",
        severity="critical",
        why="What a person typed behind the first word is evaluated as Python.",
    ),
)

CODE: Final = Code(
    name="meters",
    source=SOURCE,
    sites=(USED, PARSED, DAILY, GAPS, REPLACE, ASK, FACTOR, ALARMS),
    slots={
        "medium": (("water",), ("heat",), ("gas",), ("power",), ("steam",)),
        "house": (("building",), ("campus",), ("plant",), ("harbour",), ("district",)),
        "person": (("caretaker",), ("technician",), ("tenant",), ("fitter",)),
        "table": (("readings",), ("samples",), ("counts",), ("marks",)),
        "Class": (("Station",), ("Concentrator",), ("MeterHub",), ("Gauge",)),
    },
    interacting=(("used", "daily"), ("replace", "parsed")),
)
