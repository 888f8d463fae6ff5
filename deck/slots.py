"""What may stand in a gap of a mail: dates, people, numbers and a storyline's own words.

A slot is written `{name}` in any text of a case: email, facts, reference summary, stale facts and
secrets alike, so that the answers always fit the mail.

    {d3}        a date: three days after the Monday on which the storyline's time begins, as in
                "5 March"; day 3 is a Thursday in every deal, so weekdays are written out
    {d3.iso}    the same as 2026-03-05; {d3.short} is "5 Mar", {d3.ordinal} is "5th", and
                {d3.weekday} is for mail that may arrive on any day
    {person1}   one of our invented people; also .first, .last, .mailbox and, like dates, .caps
    {order1}    a number that is used by nobody else in the deal; also po, vacancy, chamber, dock
    {team.billing}  what the desk calls the team that a base desk calls so
    {anything}  an entry of the storyline's own `slots`; a key with commas fills several at once
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from graders import MONTHS

WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip

_DAY: Final = re.compile(r"d(-?\d+)")
_NUMBERED: Final = re.compile(r"([a-z]+)[1-9]")
_TEENS: Final = range(11, 14)
_ENDINGS: Final = {1: "st", 2: "nd", 3: "rd"}


class UnknownSlotError(LookupError):
    """A text has a slot that nothing fills."""


class Day(NamedTuple):
    """A date as mail writes it."""

    day: int
    month: int
    iso: str

    @classmethod
    def of(cls, day: date) -> "Day":
        """Return a date as mail writes it."""
        return cls(day.day, day.month, day.isoformat())

    def __str__(self) -> str:
        """Write the date as in 5 March."""
        return f"{self.day} {MONTHS[self.month - 1].capitalize()}"

    @property
    def short(self) -> str:
        """The date as in 5 Mar."""
        return f"{self.day} {MONTHS[self.month - 1][:3].capitalize()}"

    @property
    def caps(self) -> str:
        """The date as in 5 MARCH."""
        return str(self).upper()

    @property
    def weekday(self) -> str:
        """The name of the day of the week."""
        return WEEKDAYS[date.fromisoformat(self.iso).weekday()]

    @property
    def weekday3(self) -> str:
        """The same in three letters, as headers of quoted mail have it."""
        return self.weekday[:3]

    @property
    def ordinal(self) -> str:
        """The day of the month as in 5th."""
        ending = "th" if self.day in _TEENS else _ENDINGS.get(self.day % 10, "th")
        return f"{self.day}{ending}"


class Person(NamedTuple):
    """Somebody whom a mail names."""

    first: str
    last: str

    def __str__(self) -> str:
        """Write the full name."""
        return f"{self.first} {self.last}"

    @property
    def caps(self) -> str:
        """The full name in capitals."""
        return str(self).upper()

    @property
    def mailbox(self) -> str:
        """What stands before the @ of an address."""
        return f"{self.first}.{self.last}".lower()


class Slots(dict[str, object]):
    """The slots of one storyline, each filled when a text first asks for it."""

    def __init__(
        self, given: Mapping[str, object], monday: date, choose: Callable[[str], object]
    ) -> None:
        """Begin with the given ones; `monday` is day 0, and `choose` fills all but dates."""
        super().__init__(given)
        self._monday = monday
        self._choose = choose

    def __missing__(self, name: str) -> object:
        day = _DAY.fullmatch(name)
        self[name] = value = self._day(int(day[1])) if day else self._choose(name)
        return value

    def _day(self, number: int) -> Day:
        return Day.of(self._monday + timedelta(days=number))


def kind_of(name: str) -> str:
    """Return what a numbered slot names: `person` of `person1`, nothing of another slot."""
    numbered = _NUMBERED.fullmatch(name)
    return numbered[1] if numbered else ""
