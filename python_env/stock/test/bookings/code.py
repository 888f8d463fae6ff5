"""Keeps the reservations of a house: overlaps, fees, waiting lists, reminders, calendar entries."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""Reservations of the $nouns of one house: who has which and when, who waits, what it costs."""

import logging
import math
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

log = logging.getLogger(__name__)

QUARTER = timedelta(minutes=15)
AHEAD = timedelta(days=1)
LONGEST_MINUTES = 14 * 24 * 60
LINE_BYTES = 75
PART = re.compile(r"([0-9]+) *(d|h|min) *")


class TakenError(Exception):
    """Somebody has the $noun at that time."""


class ForbiddenError(Exception):
    """Only the $guest of a stay or someone of the staff may do that."""


@dataclass(frozen=True)
class Reservation:
    """A $noun that a $guest has from `start` until just before `end`, both in UTC."""

    number: int
    $noun: str
    $guest: str
    start: datetime
    end: datetime
    paid: int


def minutes(text: str) -> int:
    """Return how many minutes a length such as "2 h", "1h30min" or "1 d 4 h" has.

    It is typed by a $guest: whole numbers of d (days), h or min, which add up. Any other text, no
    length and one above LONGEST_MINUTES are a ValueError, soon even where the text is long.
    """
    #@ minutes
    if not 0 < total <= LONGEST_MINUTES:
        raise ValueError(f"{text!r} is not a length that can be reserved.")
    return total


class $Class:
    """The reservations of one house, whose local time has a fixed offset to UTC.

    It holds those of one month and is used by one thread. The moments that come in have a fixed
    offset to UTC, whichever, and a stay starts before it ends; the caller sees to both.
    """

    def __init__(self, zone: timezone) -> None:
        self._zone = zone
        self._kept: dict[int, Reservation] = {}
        self._waiting: dict[str, list[str]] = {}
        self._reminded: set[int] = set()
        self._last = 0

    def reserve(self, $noun: str, $guest: str, start: datetime, end: datetime, paid: int) -> int:
        """Enter a stay, paid in cents, and return its number; a TakenError if it is not free."""
        if not self.is_free($noun, start, end):
            raise TakenError(f"The $noun {$noun!r} is taken.")
        self._last += 1
        span = start.astimezone(UTC), end.astimezone(UTC)
        self._kept[self._last] = Reservation(self._last, $noun, $guest, *span, paid)
        return self._last

    def is_free(self, $noun: str, start: datetime, end: datetime) -> bool:
        """Say whether nobody has the $noun at any moment from `start` until just before `end`."""
        #@ is_free

    def arrivals(self, day: date) -> list[int]:
        """Return the numbers of the stays that begin on this day of the house, earliest first."""
        #@ arrivals

    def $fee(self, start: datetime, end: datetime, rate: int, percent: int = 0) -> int:
        """Return what a stay costs in cents, at `rate` cents an hour less `percent` percent.

        A quarter of an hour counts in full once it has begun. Only the result is rounded, half a
        cent up.
        """
        #@ fee

    def cancel(
        self, number: int, by: str, staff: Collection[str], refund: Callable[[str, int], None]
    ) -> None:
        """Take a reservation back and return what was paid by one `refund($guest, cents)`.

        Its $guest may do that and whoever is named in `staff`; for others it is a ForbiddenError.
        If `refund` fails, its error reaches the caller and the reservation stands as before. An
        unknown number is a KeyError.
        """
        #@ cancel

    #@ wait

    def remind(self, now: datetime, send: Callable[[str, int], None]) -> list[int]:
        """Call `send($guest, number)` for all who arrive from `now` to AHEAD later.

        Nobody is reminded twice of one stay. Where `send` fails with an OSError, the others get
        theirs all the same, the number is among those returned, and the next run tries it again.
        Any other error is a bug and reaches the caller.
        """
        near = [one for one in self._kept.values() if now <= one.start <= now + AHEAD]
        due = [one for one in near if one.number not in self._reminded]
        failed: list[int] = []
        #@ remind
        return failed

    def entry(self, number: int, title: str) -> bytes:
        """Return a reservation as three properties of a calendar file: start, end and summary.

        The title is typed by the $guest; each CR and LF in it becomes a blank, the rest stays.
        Lines end in CRLF and have at most LINE_BYTES bytes of UTF-8 before it. What is longer goes
        on in the next line after one blank, and no character is cut in two.
        """
        one = self._kept[number]
        #@ entry
        head = [f"DTSTART:{one.start:%Y%m%dT%H%M%SZ}", f"DTEND:{one.end:%Y%m%dT%H%M%SZ}"]
        return "".join(f"{line}\\r\\n" for line in [*head, *lines]).encode()
'''

MINUTES: Final = Site(
    "minutes",
    quiet="""\
units = {"d": 24 * 60, "h": 60, "min": 1}
place = total = 0
while place < len(text):
    part = PART.match(text, place)
    if part is None:
        raise ValueError(f"{text!r} is no length at its character {place + 1}.")
    total += int(part[1]) * units[part[2]]
    place = part.end()
""",
    loud="""\
units = {"d": 24 * 60, "h": 60, "min": 1}
if not re.fullmatch(r"(?:[0-9]+ *(?:d|h|min) *)+", text):
    raise ValueError(f"{text!r} is no length.")
total = sum(int(count) * units[unit] for count, unit in PART.findall(text))
""",
    wrong_quiet=Wrong(
        """\
units = {"d": 24 * 3600, "h": 60, "min": 1}
place = total = 0
while place < len(text):
    part = PART.match(text, place)
    if part is None:
        raise ValueError(f"{text!r} is no length at its character {place + 1}.")
    total += int(part[1]) * units[part[2]]
    place = part.end()
""",
        kind="unit-mismatch",
        severity="medium",
        why="Days are counted in seconds and the rest in minutes, so a stay of one day is refused.",
    ),
    wrong_loud=Wrong(
        """\
units = {"d": 24 * 60, "h": 60, "min": 1}
if not re.fullmatch(r"(?:(?:[0-9]+ *)+(?:d|h|min) *)+", text):
    raise ValueError(f"{text!r} is no length.")
total = sum(int(count) * units[unit] for count, unit in PART.findall(text))
""",
        kind="regex-backtracking",
        severity="high",
        why="A group of repeated digits is repeated, so a row of digits without a unit is tried in "
        "exponentially many ways and one typed text stops the service.",
    ),
)

IS_FREE: Final = Site(
    "is_free",
    quiet="""\
held = [one for one in self._kept.values() if one.$noun == $noun]
return all(one.end <= start or end <= one.start for one in held)
""",
    loud="""\
held = [one for one in self._kept.values() if one.$noun == $noun]
for i in range(len(held)):
    if held[i].start < end and start < held[i].end:
        return False
return True
""",
    wrong_quiet=Wrong(
        """\
held = [one for one in self._kept.values() if one.$noun == $noun]
return not any(one.start <= start < one.end or one.start < end <= one.end for one in held)
""",
        kind="wrong-condition",
        severity="high",
        why="A stay that begins before another and ends after it touches neither test, so the "
        "place is let twice for the same time.",
    ),
    wrong_loud=Wrong(
        """\
held = [one for one in self._kept.values() if one.$noun == $noun]
for i in range(len(held)):
    if held[i].start <= end and start <= held[i].end:
        return False
return True
""",
        kind="off-by-one",
        severity="medium",
        why="A stay lasts until just before its end, but one that begins at that moment is "
        "refused.",
    ),
)

ARRIVALS: Final = Site(
    "arrivals",
    quiet="""\
begun = [(one.start.astimezone(self._zone), one.number) for one in self._kept.values()]
return [number for start, number in sorted(begun) if start.date() == day]
""",
    loud="""\
first = datetime(day.year, day.month, day.day).replace(tzinfo=self._zone)
last = first + timedelta(days=1)
begun = [one for one in self._kept.values() if first <= one.start < last]
return [one.number for one in sorted(begun, key=lambda one: one.start)]
""",
    wrong_quiet=Wrong(
        """\
begun = [(one.start, one.number) for one in self._kept.values()]
return [number for start, number in sorted(begun) if start.date() == day]
""",
        kind="time-zone",
        severity="medium",
        why="The day is taken from a moment in UTC, so stays near midnight of the house stand on "
        "the list of the wrong day.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
first = datetime(day.year, day.month, day.day).replace(tzinfo=self._zone)
last = first + timedelta(days=1)
begun = [one for one in self._kept.values() if first <= one.start <= last]
return [one.number for one in sorted(begun, key=lambda one: one.start)]
""",
        kind="off-by-one",
        severity="medium",
        why="A stay that begins at midnight is among the arrivals of the day before as well.",
    ),
)

FEE: Final = Site(
    "fee",
    quiet="""\
quarters = -((start - end) // QUARTER)
due = Decimal(rate * quarters * (100 - percent)) / 400
return int(due.quantize(Decimal(1), ROUND_HALF_UP))
""",
    loud="""\
gross = rate * math.ceil((end - start) / QUARTER)
whole, rest = divmod(gross * (100 - percent), 400)
log.debug("$fee of about %.2f, %.1f %% off", float(whole) / 100, float(percent))
return whole + 1 if rest >= 200 else whole
""",
    wrong_quiet=Wrong(
        """\
quarters = -((start - end) // QUARTER)
each = (Decimal(rate * (100 - percent)) / 400).quantize(Decimal(1), ROUND_HALF_UP)
return int(each * quarters)
""",
        kind="money-rounding",
        severity="high",
        why="The price of one quarter is rounded and then multiplied, where only the result may "
        "be rounded, so long stays cost some cents too much or too little.",
    ),
    wrong_loud=Wrong(
        """\
gross = rate * math.ceil((end - start) / QUARTER)
whole, rest = divmod(gross * 100 - percent, 400)
log.debug("$fee of about %.2f, %.1f %% off", float(whole) / 100, float(percent))
return whole + 1 if rest >= 200 else whole
""",
        kind="unit-mismatch",
        severity="high",
        why="The percentage is taken off as if it were an amount, so a discount of half the price "
        "is worth less than a cent.",
    ),
)

CANCEL: Final = Site(
    "cancel",
    quiet="""\
one = self._kept[number]
if by != one.$guest and by not in staff:
    raise ForbiddenError(f"{by!r} may not cancel reservation {number}.")
refund(one.$guest, one.paid)
del self._kept[number]
""",
    loud="""\
one = self._kept[number]
assert one.number == number, "a reservation is kept under its number"
if by != one.$guest and by not in staff:
    raise ForbiddenError(f"{by!r} may not cancel reservation {number}.")
refund(one.$guest, one.paid)
del self._kept[number]
""",
    wrong_quiet=Wrong(
        """\
one = self._kept[number]
if by != one.$guest and by not in staff:
    raise ForbiddenError(f"{by!r} may not cancel reservation {number}.")
del self._kept[number]
refund(one.$guest, one.paid)
""",
        kind="partial-write",
        severity="high",
        why="The reservation is deleted before the money is returned, so a failed refund leaves "
        "the payer without either.",
        lines=(4, 5),
    ),
    wrong_loud=Wrong(
        """\
one = self._kept[number]
assert one.number == number, "a reservation is kept under its number"
if by not in one.$guest and by not in staff:
    raise ForbiddenError(f"{by!r} may not cancel reservation {number}.")
refund(one.$guest, one.paid)
del self._kept[number]
""",
        kind="auth-bypass",
        severity="critical",
        why="The name is looked for within the name of who reserved, so a part of it, or nothing "
        "at all, is enough to cancel what somebody else reserved.",
    ),
)

WAIT: Final = Site(
    "wait",
    quiet='''\
def wait(self, $noun: str, names: Iterable[str], barred: Collection[str] = ()) -> list[str]:
    """Add names to the waiting list of a $noun and return it for free use by the caller.

    Who stands on it keeps the place; of the names, those `barred` are left out. The time is
    proportional to the names, the list and those barred.
    """
    line = self._waiting.setdefault($noun, [])
    refused = frozenset(barred)
    line[:] = dict.fromkeys([*line, *(name for name in names if name not in refused)])
    return line.copy()
''',
    loud='''\
def wait(self, $noun: str, names: Iterable[str], barred: Collection[str] = []) -> list[str]:
    """Add names to the waiting list of a $noun and return it for free use by the caller.

    Who stands on it keeps the place; of the names, those `barred` are left out. The time is
    proportional to the names, the list and those barred.
    """
    line = self._waiting.setdefault($noun, [])
    known = {*line, *barred}
    line += [name for name in dict.fromkeys(names) if name not in known]
    return line[:]
''',
    wrong_quiet=Wrong(
        '''\
def wait(self, $noun: str, names: Iterable[str], barred: Collection[str] = ()) -> list[str]:
    """Add names to the waiting list of a $noun and return it for free use by the caller.

    Who stands on it keeps the place; of the names, those `barred` are left out. The time is
    proportional to the names, the list and those barred.
    """
    line = self._waiting.setdefault($noun, [])
    refused = frozenset(barred)
    for name in names:
        if name not in refused and name not in line:
            line.append(name)
    return line.copy()
''',
        kind="quadratic-time",
        severity="low",
        why="Each name is looked for in the whole list, so a long list takes time that grows with "
        "its square.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        '''\
def wait(self, $noun: str, names: Iterable[str], barred: Collection[str] = []) -> list[str]:
    """Add names to the waiting list of a $noun and return it for free use by the caller.

    Who stands on it keeps the place; of the names, those `barred` are left out. The time is
    proportional to the names, the list and those barred.
    """
    line = self._waiting.setdefault($noun, [])
    known = {*line, *barred}
    line += [name for name in dict.fromkeys(names) if name not in known]
    return line
''',
        kind="shared-state",
        severity="high",
        why="The list itself is handed out, so what a caller takes off its copy is gone from the "
        "waiting list.",
    ),
)

REMIND: Final = Site(
    "remind",
    quiet="""\
for one in due:
    try:
        send(one.$guest, one.number)
    except OSError as error:
        log.warning("No reminder of reservation %d: %s", one.number, error)
        failed.append(one.number)
    else:
        self._reminded.add(one.number)
""",
    loud="""\
for one in due:
    try:
        send(one.$guest, one.number)
        self._reminded.add(one.number)
    except Exception as error:
        log.warning("No reminder of reservation %d: %s", one.number, error)
        if not isinstance(error, OSError):
            raise
        failed.append(one.number)
""",
    wrong_quiet=Wrong(
        """\
self._reminded.update(one.number for one in due)
for one in due:
    try:
        send(one.$guest, one.number)
    except OSError as error:
        log.warning("No reminder of reservation %d: %s", one.number, error)
        failed.append(one.number)
""",
        kind="retry-misuse",
        severity="medium",
        why="All who are due count as reminded before anything is sent, so a reminder that failed "
        "is not tried again by the next run.",
        subtle=True,
        lines=(1, 1),
    ),
    wrong_loud=Wrong(
        """\
for one in due:
    try:
        send(one.$guest, one.number)
        self._reminded.add(one.number)
    except Exception as error:
        log.warning("No reminder of reservation %d: %s", one.number, error)
        if isinstance(error, OSError):
            failed.append(one.number)
""",
        kind="swallowed-error",
        severity="medium",
        why="Errors other than an OSError go to the log only, where the contract promises that "
        "they reach the caller.",
        lines=(7, 8),
    ),
)

ENTRY: Final = Site(
    "entry",
    quiet="""\
text = f"SUMMARY:{title}".replace("\\r", " ").replace("\\n", " ")
lines = [""]
for letter in text:
    if len(f"{lines[-1]}{letter}".encode()) > LINE_BYTES:
        lines.append(" ")
    lines[-1] += letter
""",
    loud="""\
left = re.sub("[\\r\\n]", " ", f"SUMMARY:{title}").encode()
lines = []
while left:
    lead = " " if lines else ""
    piece = left[: LINE_BYTES - len(lead)].decode(errors="ignore")
    lines.append(lead + piece)
    left = left[len(piece.encode()) :]
""",
    wrong_quiet=Wrong(
        """\
text = " ".join(f"SUMMARY:{title}".split("\\n"))
lines = [""]
for letter in text:
    if len(f"{lines[-1]}{letter}".encode()) > LINE_BYTES:
        lines.append(" ")
    lines[-1] += letter
""",
        kind="header-injection",
        severity="high",
        why="A CR in the title stays, and a reader that ends lines at it sees properties which "
        "a stranger wrote.",
    ),
    wrong_loud=Wrong(
        """\
left = re.sub("[\\r\\n]", " ", f"SUMMARY:{title}").encode()
lines = []
while left:
    lead = " " if lines else ""
    piece = left[: LINE_BYTES - len(lead)].decode(errors="ignore")
    lines.append(lead + piece)
    left = left[LINE_BYTES - len(lead) :]
""",
        kind="text-encoding",
        severity="high",
        why="Decoding drops a character that the cut divides, and its rest is skipped, so letters "
        "of more than one byte vanish from the title.",
        subtle=True,
    ),
)

CODE: Final = Code(
    name="bookings",
    source=SOURCE,
    sites=(MINUTES, IS_FREE, ARRIVALS, FEE, CANCEL, WAIT, REMIND, ENTRY),
    slots={
        "noun nouns": (
            ("room", "rooms"),
            ("boat", "boats"),
            ("court", "courts"),
            ("van", "vans"),
            ("studio", "studios"),
            ("cabin", "cabins"),
            ("desk", "desks"),
        ),
        "guest": (("guest",), ("member",), ("hirer",), ("tenant",), ("visitor",)),
        "Class": (("Diary",), ("Planner",), ("Calendar",), ("Frontdesk",), ("Occupancy",)),
        "fee": (("fee",), ("charge",), ("rent",), ("cost",)),
    },
    interacting=(("cancel", "remind"),),
)
