"""A storyline: mails that belong together, with slots that each deal fills differently.

A slot is written `{name}` in any text of a case: email, facts, reference summary, stale facts and
secrets alike, so that the answers always fit the mail.

    {d3}        a date: three days after the Monday on which the storyline's time begins, as in
                "5 March"; day 3 is a Thursday in every deal, so weekdays are written out
    {d3.iso}    the same as 2026-03-05; {d3.short} is "5 Mar", {d3.ordinal} is "5th"
    {person1}   one of our invented people; also .first, .last, .mailbox and, like dates, .caps
    {order1}    a number that is used by nobody else in the deal; also po, vacancy, chamber, dock
    {anything}  an entry of the storyline's own `slots`; a key with commas fills several at once
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from itertools import count
from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict

from deck.lists import FIRST_NAMES, LAST_NAMES, NUMBERS
from graders import MONTHS
from models import Case, Email, FollowUpCase, GroundTruth

# Names that follow each other in a deal lie this far apart in their list; a prime, so that every
# entry is drawn before one is drawn again.
STRIDE: Final = 31
_DAY: Final = re.compile(r"d(-?\d+)")
_NUMBERED: Final = re.compile(r"([a-z]+)[1-9]")
_TEENS: Final = range(11, 14)
_ENDINGS: Final = {1: "st", 2: "nd", 3: "rd"}


class UnknownSlotError(LookupError):
    """A text has a slot that nothing fills."""


class StorylineError(ValueError):
    """Storylines cannot be dealt as they are written."""


class Storyline(BaseModel):
    """Mails that belong together, in the order in which they arrive.

    Attributes:
        name: What it is about; unique, and never shown to an agent.
        cases: The mails with their answers. Ids are only for `FollowUpCase.after` to refer to.
        slots: Lists of the storyline's own. Under `"firm, domain"` each entry is a pair.
        hands_over: The team whose mail a notice in it hands to another team (Rule 12). Such a
            storyline is never dealt together with other genuine mail for that team.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    cases: tuple[Case | FollowUpCase, ...]
    slots: dict[str, tuple[str | tuple[str, ...], ...]] = {}
    hands_over: str | None = None


class Day(NamedTuple):
    """A date as mail writes it."""

    day: int
    month: int
    iso: str

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


class Numbered:
    """What the number of a deal decides: every choice in it, each from its own hash.

    A hash of the number and of what is chosen spreads the choices evenly and independently, and
    gives the same ones on every machine.
    """

    def __init__(self, deal: str) -> None:
        """Take the deal's own name, such as `train-hard-17`."""
        self._deal = deal
        self._drawn: dict[str, Callable[[], int]] = {}

    def number(self, what: str) -> int:
        """Return the deal's number for one choice, evenly spread over 64 bits.

        Args:
            what: Names the choice; each name gets a number of its own.

        Returns:
            The same number whenever the deal and the choice are the same.
        """
        digest = blake2b(f"{self._deal}/{what}".encode(), digest_size=8).digest()
        return int.from_bytes(digest)

    def draw(self, what: str, length: int) -> int:
        """Return a place in a list, another one at each call until all are used.

        Args:
            what: Names the list.
            length: How many entries it has.

        Returns:
            An index into it.
        """
        if what not in self._drawn:
            self._drawn[what] = count(self.number(what), STRIDE).__next__
        return self._drawn[what]() % length


class _Slots(dict[str, object]):
    """The slots of one storyline in one deal, each filled when a text first asks for it."""

    def __init__(self, storyline: Storyline, numbered: Numbered, monday: date) -> None:
        super().__init__()
        self._storyline = storyline
        self._numbered = numbered
        self._monday = monday
        for key, entries in storyline.slots.items():
            entry = entries[numbered.number(f"{storyline.name}/{key}") % len(entries)]
            values = (entry,) if isinstance(entry, str) else entry
            self.update(zip(key.split(", "), values, strict=True))

    def __missing__(self, name: str) -> object:
        value = self._shared(name)
        self[name] = value
        return value

    def _shared(self, name: str) -> object:
        if day := _DAY.fullmatch(name):
            when = self._monday + timedelta(days=int(day[1]))
            return Day(when.day, when.month, when.isoformat())
        numbered = _NUMBERED.fullmatch(name)
        kind = numbered[1] if numbered else ""
        if kind == "person":
            first = self._numbered.draw("first name", len(FIRST_NAMES))
            last = self._numbered.draw("last name", len(LAST_NAMES))
            return Person(FIRST_NAMES[first], LAST_NAMES[last])
        if kind in NUMBERS:
            return str(NUMBERS[kind][self._numbered.draw(kind, len(NUMBERS[kind]))])
        raise UnknownSlotError(
            f"Nothing fills {{{name}}} in storyline {self._storyline.name!r}; add it to its slots, "
            f"or use d<day>, person<n>, {'<n>, '.join(NUMBERS)}<n>."
        )


def filled(storyline: Storyline, numbered: Numbered, monday: date) -> list[Case | FollowUpCase]:
    """Fill the slots of a storyline.

    Args:
        storyline: The mails with their slots.
        numbered: The choices of the deal; other storylines of the deal share it.
        monday: Day 0 of the storyline.

    Returns:
        The mails as an agent may see them, still with the storyline's own ids.

    Raises:
        UnknownSlotError: If a text has a slot that nothing fills.
    """
    slots = _Slots(storyline, numbered, monday)
    return [
        _filled_case(case, slots)
        if isinstance(case, Case)
        else FollowUpCase(
            after=case.after,
            handled=_filled_case(case.handled, slots),
            mishandled=_filled_case(case.mishandled, slots),
        )
        for case in storyline.cases
    ]


def _filled_case(case: Case, slots: Mapping[str, object]) -> Case:
    email, truth = case.email, case.truth

    def fill(text: str) -> str:
        if "{" not in text:
            return text
        try:
            return text.format_map(slots)
        except (AttributeError, ValueError) as error:
            raise UnknownSlotError(
                f"A slot of mail {email.email_id!r} with subject {email.subject!r} cannot be "
                f"filled: {error}; see deck/README.md for the slots there are."
            ) from error

    def fill_all(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(map(fill, texts))

    return Case(
        email=Email(
            email_id=email.email_id,
            sender=fill(email.sender),
            subject=fill(email.subject),
            body=fill(email.body),
            timestamp=fill(email.timestamp),
            thread_history=fill_all(email.thread_history),
        ),
        truth=GroundTruth(
            label=truth.label,
            route_to=truth.route_to,
            second_route=truth.second_route,
            facts=tuple(map(fill_all, truth.facts)),
            reference_summary=fill(truth.reference_summary),
            stale=fill_all(truth.stale),
            secrets=fill_all(truth.secrets),
            about=fill(truth.about),
            demanded=truth.demanded,
            memoryless=truth.memoryless,
        ),
        why=fill(case.why),
    )
