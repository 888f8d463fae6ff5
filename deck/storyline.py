"""A storyline: mails that belong together, with slots that each deal fills differently.

What a slot may be stands in deck/slots.py.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from itertools import count
from types import MappingProxyType, SimpleNamespace
from typing import Final

from pydantic import BaseModel, ConfigDict

from deck.lists import NUMBERS
from deck.names import NAMES_STRIDE, PLACES, full_name
from deck.slots import Day, Person, Slots, UnknownSlotError, kind_of
from deck.wrapping import flowing, wrapped
from models import Case, Email, FollowUpCase, GroundTruth
from tasks import ROUTES

# Numbers that follow each other in a deal lie this far apart in their list; a prime, so that every
# entry is drawn before one is drawn again.
STRIDE: Final = 31
# What `{team.billing}` and the like are filled with where no desk says otherwise.
BASE_TEAMS: Final = SimpleNamespace(**{team: team for team in ROUTES})


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

    def draw(self, what: str, length: int, stride: int = STRIDE) -> int:
        """Return a place in a list, another one at each call until all are used.

        Args:
            what: Names the list.
            length: How many entries it has.
            stride: How far the next place lies from this one; it has no divisor in common with
                the length.

        Returns:
            An index into it.
        """
        if what not in self._drawn:
            self._drawn[what] = count(self.number(what), stride).__next__
        return self._drawn[what]() % length


class Filling(BaseModel):
    """How the slots of a storyline were filled, so that they can be filled so again.

    Attributes:
        monday: Day 0.
        slots: What every other slot was filled with, by its name.
        days: The dates of a carrier that a month chooses, by the name of their slot.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    monday: date
    slots: dict[str, str]
    days: dict[str, date] = {}


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
    return cases_filled(storyline, drawn_slots(storyline, numbered, monday))


def filling_of(
    storyline: Storyline,
    numbered: Numbered,
    monday: date,
    given: Mapping[str, object] = MappingProxyType({}),
) -> Filling:
    """Return what `filled` fills the slots of a storyline with.

    Args:
        storyline: The mails with their slots.
        numbered: The choices of the deal.
        monday: Day 0 of the storyline.
        given: Slots that are filled already.

    Returns:
        The filling; `refilled` gives the same mails.

    Raises:
        UnknownSlotError: If a text has a slot that nothing fills.
    """
    slots = drawn_slots(storyline, numbered, monday, given)
    cases_filled(storyline, slots)
    days = {
        name: date.fromisoformat(value.iso)
        for name, value in given.items()
        if isinstance(value, Day)
    }
    texts = {
        name: str(value)
        for name, value in slots.items()
        if not isinstance(value, Day | SimpleNamespace)
    }
    return Filling(monday=monday, slots=texts, days=days)


def refilled(storyline: Storyline, filling: Filling) -> list[Case | FollowUpCase]:
    """Fill the slots of a storyline as they were filled once.

    Args:
        storyline: The mails with their slots, whose wording may have changed since.
        filling: What to fill them with.

    Returns:
        The mails, with the storyline's own ids.

    Raises:
        UnknownSlotError: If a text has a slot that the filling does not know.
    """

    def choose(name: str) -> object:
        raise UnknownSlotError(
            f"Storyline {storyline.name!r} has the slot {{{name}}}, which it had not when this "
            f"filling was written down; fill the storyline anew."
        )

    given: dict[str, object] = {"team": BASE_TEAMS}
    given |= {name: Day.of(day) for name, day in filling.days.items()}
    given |= {
        name: Person(*text.split()) if kind_of(name) == "person" else text
        for name, text in filling.slots.items()
    }
    return cases_filled(storyline, Slots(given, filling.monday, choose))


def drawn_slots(
    storyline: Storyline,
    numbered: Numbered,
    monday: date,
    given: Mapping[str, object] = MappingProxyType({}),
) -> Slots:
    """Return what fills the slots of a storyline; a slot is filled when a text asks for it.

    Args:
        storyline: The mails with their slots.
        numbered: The choices of the deal.
        monday: Day 0.
        given: Slots that are filled already; `team` says what a desk calls its teams.

    Returns:
        The slots by name.
    """
    own: dict[str, object] = {"team": BASE_TEAMS, **given}
    for key, entries in storyline.slots.items():
        entry = entries[numbered.number(f"{storyline.name}/{key}") % len(entries)]
        values = (entry,) if isinstance(entry, str) else entry
        own.update(zip(key.split(", "), values, strict=True))

    def choose(name: str) -> object:
        kind = kind_of(name)
        if kind == "person":
            return drawn_person(numbered)
        if kind in NUMBERS:
            return str(NUMBERS[kind][numbered.draw(kind, len(NUMBERS[kind]))])
        raise UnknownSlotError(
            f"Nothing fills {{{name}}} in storyline {storyline.name!r}; add it to its slots, "
            f"or use d<day>, person<n>, {'<n>, '.join(NUMBERS)}<n>."
        )

    return Slots(own, monday, choose)


def drawn_person(numbered: Numbered) -> Person:
    """Return somebody whom no other mail of the deal names."""
    place = numbered.draw("person", len(PLACES), NAMES_STRIDE)
    return Person(*full_name(place, numbered.number("names")))


def cases_filled(storyline: Storyline, slots: Slots) -> list[Case | FollowUpCase]:
    """Fill the texts of a storyline, for a caller that also fills others from the same slots."""
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

    def write(template: str) -> str:
        return wrapped(fill(flowing(template)))

    def fill_all(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(map(fill, texts))

    return Case(
        email=Email(
            email_id=email.email_id,
            sender=fill(email.sender),
            subject=fill(email.subject),
            body=write(email.body),
            timestamp=fill(email.timestamp),
            thread_history=tuple(map(write, email.thread_history)),
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
