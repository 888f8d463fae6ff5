"""Decides which features are on for whom, and keeps what was changed."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""Feature flags of the $shop: who has which feature, since when, and who may change that."""

import hashlib
import hmac
import json
import logging
import secrets
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

log = logging.getLogger(__name__)

BUCKETS = 10_000
SCHEMA = """
CREATE TABLE IF NOT EXISTS flags (name TEXT PRIMARY KEY, $team TEXT, token TEXT, percent REAL,
    revision INTEGER);
CREATE TABLE IF NOT EXISTS overrides (flag TEXT, $subject TEXT, value INTEGER,
    PRIMARY KEY (flag, $subject));
CREATE TABLE IF NOT EXISTS $journal (id INTEGER PRIMARY KEY, flag TEXT, percent REAL,
    note TEXT CHECK (note <> ''));
"""


class ConflictError(Exception):
    """The flag was changed since the caller looked at it."""


@dataclass(frozen=True)
class Actor:
    """Who is signed in, and where they belong."""

    name: str
    $team: str


def bucket(flag: str, $subject: str) -> int:
    """Return where a $subject stands in the roll-out of a flag, from 0 to BUCKETS - 1."""
    digest = hashlib.sha256(f"{flag}\\n{$subject}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % BUCKETS


def within(place: int, percent: float) -> bool:
    """Say whether a bucket belongs to so many percent of all: to the first of them.

    Percentages have up to two decimals; 0 is nobody and 100 is everybody.
    """
    #@ within


def running(now: datetime, first: str, last: str, zone: tzinfo) -> bool:
    """Say whether a campaign runs: on the days from `first` to `last`, both included.

    They are written like 2026-03-31 and are days of `zone`. `now` is aware, in whatever zone.
    """
    #@ running


def discounted(cents: int, points: int) -> int:
    """Return a price less a discount of so many hundredths of a percent, in cents.

    It is exact and then rounded once, half up. Neither is negative, and `points` at most 10000.
    """
    #@ discounted


class $Class:
    """All flags, for one event loop. A flag keeps its $team; methods take flags that were added.

    It lives as long as the process. The caller owns the connection, which is in its default mode;
    nobody else writes to the database. All texts are valid Unicode.
    """

    def __init__(
        self, db: sqlite3.Connection, notify: Callable[[str, str], Awaitable[None]]
    ) -> None:
        self._db, self._notify = db, notify
        self._db.executescript(SCHEMA)

    def _one(self, query: str, *values: str) -> Any:
        return self._db.execute(query, values).fetchone()

    def add(self, flag: str, $team: str, token: str = "") -> None:
        """Add a flag, at 0 percent and revision 0, with the token of its preview if it has one."""
        with self._db:
            self._db.execute("INSERT INTO flags VALUES (?, ?, ?, 0, 0)", (flag, $team, token))

    #@ is_on

    def previews(self, flag: str, given: str) -> bool:
        """Say whether a link with the token `given` opens the preview of this flag.

        Each flag has its own token, or an empty one if it has no preview. How long the answer
        takes tells a stranger nothing about the token.
        """
        #@ previews

    async def override(self, actor: Actor, flag: str, $subject: str, on: bool, seen: int) -> None:
        """Switch a flag on or off for one $subject, after `notify` has told its $team of it.

        PermissionError if the flag is not one of the actor's $team. ConflictError, and no change,
        if its revision is not `seen` any more, which may turn out after they were told. Each
        change makes it one more.
        """
        #@ override

    def change(self, flag: str, percent: float, note: str) -> None:
        """Set the percentage of a flag and add that to the $journal: both, or neither.

        The $journal refuses an empty note with sqlite3.IntegrityError.
        """
        #@ change

    def notes(self, flags: Sequence[str], text: str) -> list[str]:
        """Return the notes in the $journal on some flags that contain a text, newest first.

        Both are typed by whoever searches: at most 100 flags, and 1000 characters without NUL.
        ASCII letters match in upper and lower case; all other characters only match themselves.
        """
        #@ notes
'''

WITHIN: Final = Site(
    "within",
    quiet="""\
return place < round(percent * 100)
""",
    loud="""\
if percent == 100.0:
    return True
return place < round(percent * 100)
""",
    wrong_quiet=Wrong(
        """\
return place <= round(percent * 100)
""",
        kind="off-by-one",
        severity="medium",
        why="One bucket too many belongs to it, so a flag at 0 percent is on for some.",
    ),
    wrong_loud=Wrong(
        """\
if percent == 100.0:
    return True
return place < round(percent)
""",
        kind="unit-mismatch",
        severity="medium",
        why="Buckets are hundredths of a percent and are compared with percent, so a flag at 50 "
        "percent is on for half a percent.",
        subtle=True,
    ),
)

RUNNING: Final = Site(
    "running",
    quiet="""\
today = now.astimezone(zone).date()
return date.fromisoformat(first) <= today <= date.fromisoformat(last)
""",
    loud="""\
local = now.astimezone(UTC).replace(tzinfo=None) + now.astimezone(zone).utcoffset()
begin = datetime.strptime(first, "%Y-%m-%d").date()
end = datetime.strptime(last, "%Y-%m-%d").date()
return begin <= local.date() <= end
""",
    wrong_quiet=Wrong(
        """\
today = now.replace(tzinfo=zone).date()
return date.fromisoformat(first) <= today <= date.fromisoformat(last)
""",
        kind="time-zone",
        severity="medium",
        why="The hour is kept and only called one of `zone`, so the campaign begins and ends "
        "hours too early or too late.",
    ),
    wrong_loud=Wrong(
        """\
local = now.replace(tzinfo=None) + now.astimezone(zone).utcoffset()
begin = datetime.strptime(first, "%Y-%m-%d").date()
end = datetime.strptime(last, "%Y-%m-%d").date()
return begin <= local.date() <= end
""",
        kind="time-zone",
        severity="medium",
        why="The offset of the campaign is added to an hour that is not one of UTC unless `now` "
        "happens to be, so the campaign begins and ends at wrong hours.",
        subtle=True,
    ),
)

DISCOUNTED: Final = Site(
    "discounted",
    quiet="""\
exact = Decimal(cents) * (10_000 - points) / 10_000
return int(exact.quantize(Decimal(1), ROUND_HALF_UP))
""",
    loud="""\
rest = cents * (10_000 - points)
log.debug("%.4f cents", float(rest) / 10_000)
return (rest + 5_000) // 10_000
""",
    wrong_quiet=Wrong(
        """\
less = (Decimal(cents) * points / 10_000).quantize(Decimal("0.1"), ROUND_HALF_UP)
return int((cents - less).quantize(Decimal(1), ROUND_HALF_UP))
""",
        kind="money-rounding",
        severity="high",
        why="The discount is rounded to tenths of a cent before the price is, so a price just "
        "below half a cent is rounded up.",
    ),
    wrong_loud=Wrong(
        """\
rest = cents * (10_000 - points)
log.debug("%.4f cents", float(rest) / 10_000)
return cents - (cents * points + 5_000) // 10_000
""",
        kind="money-rounding",
        severity="high",
        why="The discount is rounded half up instead of the price, so a price that ends on half a"
        " cent is a cent too low.",
    ),
)

IS_ON: Final = Site(
    "is_on",
    quiet='''\
def _place(self, flag: str, $subject: str) -> int:
    return bucket(flag, $subject)

def is_on(self, flag: str, $subject: str) -> bool:
    """Say whether a $subject has a feature now: an override decides, or else the percentage."""
    query = "SELECT value FROM overrides WHERE flag = ? AND $subject = ?"
    row = self._one(query, flag, $subject)
    if row is not None:
        return bool(row[0])
    percent = self._one("SELECT percent FROM flags WHERE name = ?", flag)[0]
    return within(self._place(flag, $subject), percent)
''',
    loud='''\
@lru_cache(maxsize=1024)
def _place(self, flag: str, $subject: str) -> int:
    return bucket(flag, $subject)

def is_on(self, flag: str, $subject: str) -> bool:
    """Say whether a $subject has a feature now: an override decides, or else the percentage."""
    query = "SELECT value FROM overrides WHERE flag = ? AND $subject = ?"
    row = self._one(query, flag, $subject)
    if row is not None:
        return bool(row[0])
    percent = self._one("SELECT percent FROM flags WHERE name = ?", flag)[0]
    return within(self._place(flag, $subject), percent)
''',
    wrong_quiet=Wrong(
        '''\
def _place(self, flag: str, $subject: str) -> int:
    return bucket(flag, $subject)

def is_on(self, flag: str, $subject: str) -> bool:
    """Say whether a $subject has a feature now: an override decides, or else the percentage."""
    query = "SELECT value FROM overrides WHERE flag = ? AND $subject = ?"
    row = self._one(query, flag, $subject)
    if row and row[0]:
        return True
    percent = self._one("SELECT percent FROM flags WHERE name = ?", flag)[0]
    return within(self._place(flag, $subject), percent)
''',
        kind="wrong-condition",
        severity="medium",
        why="An override that says off counts as none, so a feature cannot be switched off for "
        "one person.",
    ),
    wrong_loud=Wrong(
        '''\
def _place(self, flag: str, $subject: str) -> int:
    return bucket(flag, $subject)

@lru_cache(maxsize=1024)
def is_on(self, flag: str, $subject: str) -> bool:
    """Say whether a $subject has a feature now: an override decides, or else the percentage."""
    query = "SELECT value FROM overrides WHERE flag = ? AND $subject = ?"
    row = self._one(query, flag, $subject)
    if row is not None:
        return bool(row[0])
    percent = self._one("SELECT percent FROM flags WHERE name = ?", flag)[0]
    return within(self._place(flag, $subject), percent)
''',
        kind="cache-misuse",
        severity="medium",
        why="The first answer is kept, so later overrides and changes of the percentage have no "
        "effect on whoever was asked for before.",
        subtle=True,
        lines=(4, 5),
    ),
)

PREVIEWS: Final = Site(
    "previews",
    quiet="""\
token = self._one("SELECT token FROM flags WHERE name = ?", flag)[0]
return bool(token) and hmac.compare_digest(token.encode(), given.encode())
""",
    loud="""\
token = self._one("SELECT token FROM flags WHERE name = ?", flag)[0]
blind = secrets.token_bytes(32)
right, told = (hmac.digest(blind, text.encode(), "sha256") for text in (token, given))
return token != "" and right == told
""",
    wrong_quiet=Wrong(
        """\
query = "SELECT token FROM flags WHERE $team = (SELECT $team FROM flags WHERE name = ?)"
tokens = [row[0].encode() for row in self._db.execute(query, (flag,))]
return bool(given) and any(hmac.compare_digest(token, given.encode()) for token in tokens)
""",
        kind="auth-bypass",
        severity="critical",
        why="The token is compared with those of all flags of the same team, so whoever has one "
        "link opens the previews of the others too.",
    ),
    wrong_loud=Wrong(
        """\
token = self._one("SELECT token FROM flags WHERE name = ?", flag)[0]
blind = secrets.token_hex(32)
right, told = (f"{blind}:{text}" for text in (token, given))
return token != "" and right == told
""",
        kind="timing-leak",
        severity="high",
        why="The comparison ends at the first character that differs, so its time tells how much "
        "of a guessed token is right.",
        lines=(3, 4),
    ),
)

OVERRIDE: Final = Site(
    "override",
    quiet="""\
if actor.$team != self._one("SELECT $team FROM flags WHERE name = ?", flag)[0]:
    raise PermissionError(f"{flag} is not one of {actor.$team}.")
await self._notify(actor.name, flag)
if seen != self._one("SELECT revision FROM flags WHERE name = ?", flag)[0]:
    raise ConflictError(f"{flag} was changed.")
with self._db:
    self._db.execute("UPDATE flags SET revision = revision + 1 WHERE name = ?", (flag,))
    self._db.execute("REPLACE INTO overrides VALUES (?, ?, ?)", (flag, $subject, on))
""",
    loud="""\
if getattr(actor, "$team") != self._one("SELECT $team FROM flags WHERE name = ?", flag)[0]:
    raise PermissionError(f"{flag} is not one of {actor.$team}.")
await self._notify(actor.name, flag)
if seen != self._one("SELECT revision FROM flags WHERE name = ?", flag)[0]:
    raise ConflictError(f"{flag} was changed.")
with self._db:
    self._db.execute("UPDATE flags SET revision = revision + 1 WHERE name = ?", (flag,))
    self._db.execute("REPLACE INTO overrides VALUES (?, ?, ?)", (flag, $subject, on))
""",
    wrong_quiet=Wrong(
        """\
if actor.$team != self._one("SELECT $team FROM flags WHERE name = ?", flag)[0]:
    raise PermissionError(f"{flag} is not one of {actor.$team}.")
if seen != self._one("SELECT revision FROM flags WHERE name = ?", flag)[0]:
    raise ConflictError(f"{flag} was changed.")
await self._notify(actor.name, flag)
with self._db:
    self._db.execute("UPDATE flags SET revision = revision + 1 WHERE name = ?", (flag,))
    self._db.execute("REPLACE INTO overrides VALUES (?, ?, ?)", (flag, $subject, on))
""",
        kind="race-condition",
        severity="high",
        why="While `notify` is awaited others can change the flag, so a change that was made "
        "meanwhile is overwritten without a ConflictError.",
        subtle=True,
        lines=(3, 5),
    ),
    wrong_loud=Wrong(
        """\
if getattr(actor, "$team") != flag.partition(".")[0]:
    raise PermissionError(f"{flag} is not one of {actor.$team}.")
await self._notify(actor.name, flag)
if seen != self._one("SELECT revision FROM flags WHERE name = ?", flag)[0]:
    raise ConflictError(f"{flag} was changed.")
with self._db:
    self._db.execute("UPDATE flags SET revision = revision + 1 WHERE name = ?", (flag,))
    self._db.execute("REPLACE INTO overrides VALUES (?, ?, ?)", (flag, $subject, on))
""",
        kind="auth-bypass",
        severity="critical",
        why="The owner is taken from the name of the flag instead of what was stored, so others "
        "than its team may change it, and its own may not.",
    ),
)

CHANGE: Final = Site(
    "change",
    quiet="""\
with self._db:
    update = "UPDATE flags SET percent = ?, revision = revision + 1 WHERE name = ?"
    self._db.execute(update, (percent, flag))
    insert = "INSERT INTO $journal (flag, percent, note) VALUES (?, ?, ?)"
    self._db.execute(insert, (flag, percent, note))
""",
    loud="""\
update = "UPDATE flags SET percent = ?, revision = revision + 1 WHERE name = ?"
insert = "INSERT INTO $journal (flag, percent, note) VALUES (?, ?, ?)"
try:
    self._db.execute(update, (percent, flag))
    self._db.execute(insert, (flag, percent, note))
    self._db.commit()
except BaseException as error:
    log.error("%s was not changed: %s", flag, error)
    self._db.rollback()
    raise
""",
    wrong_quiet=Wrong(
        """\
with self._db:
    update = "UPDATE flags SET percent = ?, revision = revision + 1 WHERE name = ?"
    self._db.execute(update, (percent, flag))
with self._db:
    insert = "INSERT INTO $journal (flag, percent, note) VALUES (?, ?, ?)"
    self._db.execute(insert, (flag, percent, note))
""",
        kind="partial-write",
        severity="high",
        why="The percentage is committed by itself, so if the journal refuses the note the change"
        " stays and there is no record of it.",
        lines=(3, 4),
    ),
    wrong_loud=Wrong(
        """\
update = "UPDATE flags SET percent = ?, revision = revision + 1 WHERE name = ?"
insert = "INSERT INTO $journal (flag, percent, note) VALUES (?, ?, ?)"
try:
    self._db.execute(update, (percent, flag))
    self._db.execute(insert, (flag, percent, note))
    self._db.commit()
except BaseException as error:
    log.error("%s was not changed: %s", flag, error)
    self._db.rollback()
""",
        kind="swallowed-error",
        severity="high",
        why="The error ends in the log, so the caller takes a change for done that was rolled "
        "back and is lost.",
        lines=(7, 9),
    ),
)

NOTES: Final = Site(
    "notes",
    quiet="""\
like = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
query = (
    "SELECT note FROM $journal WHERE flag IN (SELECT value FROM json_each(?))"
    " AND note LIKE ? ESCAPE '!' ORDER BY id DESC"
)
rows = self._db.execute(query, (json.dumps(list(flags)), f"%{like}%"))
return [row[0] for row in rows]
""",
    loud="""\
marks = ", ".join("?" for _ in flags)
query = (
    f"SELECT note FROM $journal WHERE flag IN ({marks})"
    " AND instr(lower(note), lower(?)) ORDER BY id DESC"
)
rows = self._db.execute(query, (*flags, text))
return [row[0] for row in rows]
""",
    wrong_quiet=Wrong(
        """\
like = text.replace("%", "%%").replace("_", "__")
query = (
    "SELECT note FROM $journal WHERE flag IN (SELECT value FROM json_each(?))"
    " AND note LIKE ? ORDER BY id DESC"
)
rows = self._db.execute(query, (json.dumps(list(flags)), f"%{like}%"))
return [row[0] for row in rows]
""",
        kind="text-encoding",
        severity="medium",
        why="Doubling does not escape in LIKE, so percent signs and underscores in the text match"
        " other characters.",
        lines=(1, 1),
    ),
    wrong_loud=Wrong(
        """\
names = ", ".join(f"'{flag}'" for flag in flags)
query = (
    f"SELECT note FROM $journal WHERE flag IN ({names})"
    " AND instr(lower(note), lower(?)) ORDER BY id DESC"
)
rows = self._db.execute(query, (text,))
return [row[0] for row in rows]
""",
        kind="sql-injection",
        severity="critical",
        why="The names that were typed become part of the statement, so a quotation mark in one "
        "lets anybody read the whole database.",
        lines=(1, 3),
    ),
)

CODE: Final = Code(
    name="flags",
    source=SOURCE,
    sites=(WITHIN, RUNNING, DISCOUNTED, IS_ON, PREVIEWS, OVERRIDE, CHANGE, NOTES),
    slots={
        "shop": (("shop",), ("app",), ("platform",), ("website",), ("marketplace",)),
        "subject": (("customer",), ("visitor",), ("member",), ("device",), ("account",)),
        "team": (("team",), ("squad",), ("unit",), ("crew",)),
        "journal": (("history",), ("journal",), ("changes",), ("trail",)),
        "Class": (("Flags",), ("Switches",), ("Rollouts",), ("Features",)),
    },
    interacting=(("is_on", "within"), ("override", "is_on"), ("change", "is_on")),
)
