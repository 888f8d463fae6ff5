"""Imports the files of partners into a database."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""Imports the $nouns that ${party}s send, as CSV or as JSON lines, into SQLite.

All that is in a file comes from outside; no value of a table has more than 1000 characters, and
no YAML anchors. One worker imports for all ${party}s, in turn.
"""

import json
import logging
import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

log = logging.getLogger(__name__)

COLUMNS = ("$key", "name", "weight")
INSERT = "INSERT INTO $nouns ($party, $key, name, grams) VALUES (?, ?, ?, ?)"
NO_YAML = (yaml.YAMLError, ArithmeticError, AttributeError, LookupError, RecursionError, ValueError)
Row = dict[str, str]


class FormatError(ValueError):
    """A file is not as agreed: the text says, and may quote, what is wrong in which column."""

    def __init__(self, text: str, column: str = "") -> None:
        super().__init__(text)
        self.column = column


def decoded(raw: bytes) -> str:
    """Return the text of a file: UTF-8, with or without byte order mark, or else Windows-1252.

    The mark of UTF-8 is not part of the text. Bytes that Windows-1252 does not know become U+FFFD.
    """
    #@ decoded


def grams(text: str) -> int:
    """Return a weight such as "750 g", "1.5kg" or "2" in whole grams, the rest cut off.

    Without a unit it is in kilograms. Single blanks may group the digits before the point. What
    is no weight is a FormatError, and is refused quickly: all ${party}s wait meanwhile.
    """
    #@ grams


def renaming(text: str) -> Row:
    """Return their names of columns and ours from a ${party}'s YAML, or raise a FormatError."""
    #@ renaming
    return texts(found)


def read(path: Path) -> Iterator[tuple[int, Row]]:
    """Yield the objects of a file of JSON lines, each with its line number from 1.

    Empty lines are counted and passed over. Files may be larger than memory; their lines are
    short. The file is closed when it ends, a line is bad (FormatError) or the caller stops.
    """
    #@ read


def parsed(number: int, line: bytes) -> Row:
    """Return the object of texts on a line; FormatError if there is none."""
    try:
        return texts(json.loads(line))
    except (ValueError, RecursionError) as error:
        raise FormatError(f"line {number} is no object of texts") from error


def texts(found: object) -> Row:
    """Return what was loaded if it is a mapping of texts to texts; FormatError if not."""
    if isinstance(found, dict) and all(isinstance(text, str) for text in (*found, *found.values())):
        return found
    raise FormatError("no mapping of texts to texts")


def checked(table: Sequence[Sequence[str]]) -> list[Row]:
    """Turn the lines of a table, the header first, into rows, and leave out the bad ones.

    What is left out is logged with its line, the header being line 1, and its column. The values
    are private to the $party: support reads the log and must not see them.
    """
    header = [name.strip().lower() for name in (table[0] if table else ())]
    if sorted(header) != sorted(COLUMNS):
        raise FormatError(f"the columns must be {', '.join(COLUMNS)}")
    #@ checked


def row_of(header: Sequence[str], values: Sequence[str]) -> Row:
    """Return a row, or raise a FormatError that names the column."""
    if len(values) != len(header):
        raise FormatError(f"{len(values)} values: {values!r}", "any")
    row = dict(zip(header, values, strict=True))
    grams(row["weight"])
    return row


def latest(rows: Sequence[Row]) -> list[Row]:
    """Keep of the rows with one $key only the last, in order, a million rows within seconds."""
    #@ latest


class ${Noun}Importer:
    """Writes to a database that nobody else uses meanwhile."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        db.execute(
            "CREATE TABLE IF NOT EXISTS $nouns"
            " ($party TEXT, $key TEXT, name TEXT, grams INTEGER)"
        )

    def store(self, $party: str, rows: Sequence[Row]) -> int:
        """Store the rows of a file and return how many they are.

        All are stored or none: what fails reaches the caller, who corrects the file and sends
        all of it again. A row that is sent twice is stored twice.
        """
        #@ store

    def withdraw(self, $party: str, numbers: Sequence[str]) -> int:
        """Delete what a $party lists of its own $nouns, by $key, and return how many went.

        The list is as the $party wrote it, but at most 500 long.
        """
        #@ withdraw

    def _values(self, $party: str, row: Row) -> tuple[str, str, str, int]:
        return $party, row["$key"], row["name"], grams(row["weight"])
'''

DECODED: Final = Site(
    "decoded",
    quiet="""\
try:
    return raw.decode("utf-8-sig")
except UnicodeDecodeError:
    return raw.decode("cp1252", "replace")
""",
    loud="""\
for encoding in ("utf-8-sig", "cp1252"):
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        pass
return raw.decode("cp1252", "replace")
""",
    wrong_quiet=Wrong(
        """\
try:
    return raw.decode("utf-8")
except UnicodeDecodeError:
    return raw.decode("cp1252", "replace")
""",
        kind="text-encoding",
        severity="medium",
        why="A byte order mark stays in the text, so that the first column of such a file has an "
        "unknown name and the file is refused.",
    ),
    wrong_loud=Wrong(
        """\
for encoding in ("utf-8-sig", "latin-1"):
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        pass
return raw.decode("cp1252", "replace")
""",
        kind="text-encoding",
        severity="high",
        why="Latin-1 never fails, so files in Windows-1252 are stored with control characters "
        "where they have a euro sign, dashes or quotes.",
        subtle=True,
    ),
)

GRAMS: Final = Site(
    "grams",
    quiet="""\
number, unit = text.strip(), "kg"
for known in ("kg", "g"):
    if number.endswith(known):
        number, unit = number.removesuffix(known).rstrip(), known
        break
whole, point, rest = number.partition(".")
if not all(group.isdecimal() for group in [*whole.split(" "), *([rest] if point else [])]):
    raise FormatError(f"{text!r} is no weight", "weight")
return int(whole.replace(" ", "") + (f"{rest:0<3.3}" if unit == "kg" else ""))
""",
    loud="""\
found = re.fullmatch(r"(\\d+(?: \\d+)*)(?:\\.(\\d+))?\\s*(kg|g)?", text.strip())
if found is None:
    raise FormatError(f"{text!r} is no weight", "weight")
whole, rest, unit = found.groups("")
return int(whole.replace(" ", "") + ("" if unit == "g" else f"{rest:0<3.3}"))
""",
    wrong_quiet=Wrong(
        """\
number, unit = text.strip(), "g"
for known in ("kg", "g"):
    if number.endswith(known):
        number, unit = number.removesuffix(known).rstrip(), known
        break
whole, point, rest = number.partition(".")
if not all(group.isdecimal() for group in [*whole.split(" "), *([rest] if point else [])]):
    raise FormatError(f"{text!r} is no weight", "weight")
return int(whole.replace(" ", "") + (f"{rest:0<3.3}" if unit == "kg" else ""))
""",
        kind="unit-mismatch",
        severity="high",
        why="A weight without a unit is in kilograms but is taken as grams, so that a thousandth "
        "of it is stored.",
    ),
    wrong_loud=Wrong(
        """\
found = re.fullmatch(r"((?:\\d+ ?)+)(?:\\.(\\d+))?\\s*(kg|g)?", text.strip())
if found is None:
    raise FormatError(f"{text!r} is no weight", "weight")
whole, rest, unit = found.groups("")
return int(whole.replace(" ", "") + ("" if unit == "g" else f"{rest:0<3.3}"))
""",
        kind="regex-backtracking",
        severity="high",
        why="A run of digits can be divided into groups in exponentially many ways, so one value "
        "of some thirty digits and a letter stops the worker of everyone.",
    ),
)

RENAMING: Final = Site(
    "renaming",
    quiet="""\
try:
    found = yaml.safe_load(text)
except NO_YAML as error:
    raise FormatError("the renaming is no YAML") from error
""",
    loud="""\
try:
    found = yaml.load(text, Loader=yaml.SafeLoader)
except NO_YAML as error:
    raise FormatError("the renaming is no YAML") from error
""",
    wrong_quiet=Wrong(
        """\
try:
    found = yaml.safe_load(text)
except NO_YAML:
    found = {}
""",
        kind="swallowed-error",
        severity="medium",
        why="What is no YAML is taken as a renaming of nothing instead of being refused, so that "
        "the caller never hears of it.",
        lines=(3, 4),
    ),
    wrong_loud=Wrong(
        """\
try:
    found = yaml.load(text, Loader=yaml.Loader)
except NO_YAML as error:
    raise FormatError("the renaming is no YAML") from error
""",
        kind="unsafe-deserialization",
        severity="critical",
        why="The full loader builds any object that a tag names, so the text of an outsider can "
        "run any command.",
    ),
)

READ: Final = Site(
    "read",
    quiet="""\
with path.open("rb") as lines:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, parsed(number, line)
""",
    loud="""\
lines = path.open("rb")
try:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, parsed(number, line)
finally:
    lines.close()
""",
    wrong_quiet=Wrong(
        """\
lines = path.read_bytes().split(b"\\n")
for number, line in enumerate(lines, 1):
    if line.strip():
        yield number, parsed(number, line)
""",
        kind="unbounded-memory",
        severity="high",
        why="The whole file is read at once though it may be larger than memory, so one file "
        "ends the worker of everyone.",
    ),
    wrong_loud=Wrong(
        """\
lines = path.open("rb")
for number, line in enumerate(lines, 1):
    if line.strip():
        yield number, parsed(number, line)
lines.close()
""",
        kind="resource-leak",
        severity="low",
        why="The file is closed only at its end: it stays open if a line is bad or the caller "
        "stops before.",
        lines=(1, 2),
        subtle=True,
    ),
)

CHECKED: Final = Site(
    "checked",
    quiet="""\
rows = []
for line, values in enumerate(table[1:], 2):
    try:
        rows.append(row_of(header, values))
    except FormatError as error:
        log.warning("line %d left out, column %s", line, error.column)
return rows
""",
    loud="""\
rows = []
for line, values in enumerate(table[1:], 2):
    try:
        rows.append(row_of(header, values))
    except FormatError as error:
        log.warning(f"line {line} left out, column {error.column}")
return rows
""",
    wrong_quiet=Wrong(
        """\
rows = []
for line, values in enumerate(table[1:], 2):
    try:
        rows.append(row_of(header, values))
    except FormatError as error:
        log.warning("line %d left out, column %s: %s", line, error.column, error)
return rows
""",
        kind="secret-exposure",
        severity="high",
        why="The text of the error quotes the values of the line, which are private and so reach "
        "the log that support reads.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
rows = []
for line, values in enumerate(table[1:], 1):
    try:
        rows.append(row_of(header, values))
    except FormatError as error:
        log.warning(f"line {line} left out, column {error.column}")
return rows
""",
        kind="off-by-one",
        severity="medium",
        why="The header is line 1, so the first row is line 2, and each line is logged with the "
        "number of the line before.",
    ),
)

LATEST: Final = Site(
    "latest",
    quiet="""\
kept: dict[str, Row] = {}
for row in rows:
    kept.pop(row["$key"], None)
    kept[row["$key"]] = row
return list(kept.values())
""",
    loud="""\
kept: list[Row] = []
seen: set[str] = set()
for i in range(len(rows) - 1, -1, -1):
    if rows[i]["$key"] not in seen:
        seen.add(rows[i]["$key"])
        kept.append(rows[i])
return kept[::-1]
""",
    wrong_quiet=Wrong(
        """\
kept: list[Row] = []
for place, row in enumerate(rows, 1):
    if all(later["$key"] != row["$key"] for later in rows[place:]):
        kept.append(row)
return kept
""",
        kind="quadratic-time",
        severity="high",
        why="Each row is compared with all that follow, so that one file of a million rows holds "
        "up the worker of everyone for days.",
        lines=(2, 3),
    ),
    wrong_loud=Wrong(
        """\
kept: list[Row] = []
seen: set[str] = set()
for i in range(len(rows) - 1, 0, -1):
    if rows[i]["$key"] not in seen:
        seen.add(rows[i]["$key"])
        kept.append(rows[i])
return kept[::-1]
""",
        kind="off-by-one",
        severity="high",
        why="The way back ends before index 0, so the first row of each file is lost.",
    ),
)

STORE: Final = Site(
    "store",
    quiet="""\
with self._db:
    for row in rows:
        self._db.execute(INSERT, self._values($party, row))
return len(rows)
""",
    loud="""\
try:
    for row in rows:
        self._db.execute(INSERT, self._values($party, row))
    self._db.commit()
except BaseException:
    self._db.rollback()
    raise
return len(rows)
""",
    wrong_quiet=Wrong(
        """\
for row in rows:
    with self._db:
        self._db.execute(INSERT, self._values($party, row))
return len(rows)
""",
        kind="partial-write",
        severity="high",
        why="Each row is committed by itself, so the rows before a bad one stay, and are stored "
        "a second time with the corrected file.",
        lines=(1, 3),
    ),
    wrong_loud=Wrong(
        """\
try:
    for row in rows:
        self._db.execute(INSERT, self._values($party, row))
    self._db.commit()
except BaseException:
    self._db.rollback()
    log.error("the file of %s was rolled back", $party)
return len(rows)
""",
        kind="swallowed-error",
        severity="high",
        why="A file that was rolled back is answered with the number of its rows, as if they were "
        "stored, so it is lost without the caller knowing.",
        lines=(6, 7),
    ),
)

WITHDRAW: Final = Site(
    "withdraw",
    quiet="""\
with self._db:
    done = self._db.executemany(
        "DELETE FROM $nouns WHERE $key = ? AND $party = ?",
        [(number, $party) for number in numbers],
    )
return max(done.rowcount, 0)
""",
    loud="""\
marks = ", ".join("?" * len(numbers))
query = f"DELETE FROM $nouns WHERE $key IN ({marks}) AND $party = ?"
with self._db:
    done = self._db.execute(query, (*numbers, $party))
return max(done.rowcount, 0)
""",
    wrong_quiet=Wrong(
        """\
with self._db:
    done = self._db.executemany(
        "DELETE FROM $nouns WHERE $key = ?",
        [(number,) for number in numbers],
    )
return max(done.rowcount, 0)
""",
        kind="auth-bypass",
        severity="critical",
        why="It is not asked whose they are, so a $party can delete the $nouns of another by "
        "their $key.",
    ),
    wrong_loud=Wrong(
        """\
marks = ", ".join(f"'{number}'" for number in numbers)
query = f"DELETE FROM $nouns WHERE $key IN ({marks}) AND $party = ?"
with self._db:
    done = self._db.execute(query, ($party,))
return max(done.rowcount, 0)
""",
        kind="sql-injection",
        severity="critical",
        lines=(1, 2),
        why="The listed texts become part of the statement, so a quote in one of them deletes "
        "what belongs to others.",
    ),
)

CODE: Final = Code(
    name="importer",
    source=SOURCE,
    sites=(DECODED, GRAMS, RENAMING, READ, CHECKED, LATEST, STORE, WITHDRAW),
    slots={
        "noun nouns": (
            ("article", "articles"),
            ("part", "parts"),
            ("product", "products"),
            ("sample", "samples"),
            ("item", "items"),
            ("tool", "tools"),
            ("device", "devices"),
        ),
        "party": (
            ("partner",),
            ("supplier",),
            ("dealer",),
            ("vendor",),
            ("publisher",),
            ("maker",),
        ),
        "key": (("sku",), ("ean",), ("code",), ("stock_no",), ("model",), ("part_no",)),
    },
    interacting=(("checked", "grams"), ("store", "grams")),
)
