"""What every carrier of a month must satisfy, beside what it may not share (quality/sharing.py).

A rule yields what is wrong, as a sentence that says what to do about it.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import chain
from typing import Final

from deck.carriers.carrier import BOUND, Carrier
from deck.carriers.sample import sampled
from deck.hands import Split
from deck.listing import NAMES
from deck.lists import NUMBERS
from deck.month import _MONDAYS as MONDAYS
from deck.month import WEEKS
from deck.slots import UnknownSlotError, kind_of
from deck.storyline import Numbered, cases_filled, drawn_slots
from models import Case
from quality.data_rules import RULES_AT_ANY_LENGTH, Rule, about, prose, reference
from quality.deck_rules import (
    DAYS_NAMED,
    Complaint,
    cases_of,
    left_over,
    slot_lists,
    slots_used,
    texts_of,
)
from tasks import build_task

# Shorter than mail of storylines: the matter of a carrier lies in what came before it.
CARRIER_WORDS: Final = range(30, 96)
# The names on a list, of two or three words each, come on top.
LISTING_WORDS: Final = range(30 + 2 * NAMES, 96 + 3 * NAMES)
FILLINGS: Final = WEEKS * len(MONDAYS)
WORKING_WEEK: Final = 5
_ARRIVAL: Final = re.compile(r"\{d0\.iso\}T\d\d:\d\d:00")
_WEEKDAY: Final = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b", re.IGNORECASE)


def carrier_complaints(split: Split, carrier: Carrier) -> Iterator[Complaint]:
    """Hold one carrier against every rule, filled in many ways.

    Args:
        split: Where it is dealt.
        carrier: The mail with its slots.

    Yields:
        What is wrong, each complaint once.
    """
    name = f"{carrier.name}/1"
    rules = (single(carrier), slot_lists(carrier), bound(carrier), days(carrier))
    yield from ((carrier.name, said) for said in chain.from_iterable(rules))
    for case in cases_of(carrier):
        yield from ((name, said) for said in about(case))
    try:
        said_when_filled = dict.fromkeys(_when_filled(split, carrier))
    except UnknownSlotError as error:
        said_when_filled = {str(error): None}
    yield from ((name, said) for said in said_when_filled)


def single(carrier: Carrier) -> Iterator[str]:
    """A carrier is one mail, whose id is 1, and no reader needs memory to answer it alone."""
    (case, *others) = carrier.cases
    if others or not isinstance(case, Case):
        yield "A carrier is one mail; write a storyline for more, or two carriers."
    elif case.email.email_id != "1":
        yield f"Its mail has the id {case.email.email_id!r}; write '1'."


def bound(carrier: Carrier) -> Iterator[str]:
    """Every slot is bound by the role, the carrier's own, or one that all mail may use."""
    own = set(chain.from_iterable(key.split(", ") for key in carrier.slots))
    fillable = BOUND[carrier.role]
    for name in sorted(own & fillable):
        yield f"A month fills {{{name}}} in this role; call its own slot otherwise."
    for name in sorted(slots_used(carrier) - own - fillable - {"team"}):
        if not re.fullmatch(r"d-?\d+", name) and kind_of(name) not in ("person", *NUMBERS):
            yield (
                f"Nothing fills {{{name}}}; a month fills {', '.join(sorted(fillable))} in the "
                f"role {carrier.role!r}, and anything else stands in its `slots`."
            )


def days(carrier: Carrier) -> Iterator[str]:
    """It arrives on day 0, whatever weekday that is, and speaks of days not too far from it."""
    texts = [text for case in cases_of(carrier) for text in texts_of(case)]
    for case in cases_of(carrier):
        if not _ARRIVAL.fullmatch(case.email.timestamp):
            yield f"It arrives at {case.email.timestamp!r}; write it as in '{{d0.iso}}T09:05:00'."
    named = {int(day) for text in texts for day in re.findall(r"\{d(-?\d+)", text)}
    for day in sorted(named - set(DAYS_NAMED)):
        yield f"Day {{d{day}}} is too far; name days from {{d-20}} to {{d42}}."
    for entry in chain.from_iterable(carrier.slots.values()):
        texts += [entry] if isinstance(entry, str) else entry
    for found in dict.fromkeys(found[0] for text in texts for found in _WEEKDAY.finditer(text)):
        yield f"It may arrive on any day, so {found!r} may be wrong; write it as in {{d7.weekday}}."


def _when_filled(split: Split, carrier: Carrier) -> Iterator[str]:
    lengths = LISTING_WORDS if carrier.role == "listing" else CARRIER_WORDS
    rules: tuple[Rule, ...] = (partial(prose, lengths=lengths), *RULES_AT_ANY_LENGTH)
    for number in range(FILLINGS):
        week, place = divmod(number, len(MONDAYS))
        monday = date.fromisoformat(MONDAYS[place])
        day = monday + timedelta(weeks=week, days=number % WORKING_WEEK)
        numbered = Numbered(f"check-{number}")
        given = sampled(carrier, split, numbered, day)
        cases = cases_filled(carrier, drawn_slots(carrier, numbered, day, given))
        truths = build_task("check", "hard", cases).ground_truth
        for case in cases_of(carrier.model_copy(update={"cases": tuple(cases)})):
            for rule in rules:
                yield from rule(case)
            yield from reference("hard", truths[case.email.email_id])
            yield from left_over(case)
