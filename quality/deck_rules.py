"""What every storyline must satisfy.

A rule yields what is wrong, as a sentence that says what to do about it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from string import Formatter
from typing import Final

from deck.lists import MONDAYS
from deck.slots import UnknownSlotError
from deck.storyline import Numbered, Storyline, filled
from models import Case, Difficulty
from quality.data_rules import CASE_RULES, about, reference, whole_text
from tasks import build_task, versions

# A mail with a complaint about it; the mail is named as in `pass-key/1`.
Complaint = tuple[str, str]

FILLINGS: Final = 3 * len(MONDAYS)
FEWEST_ENTRIES: Final = 5
ARRIVAL_DAYS: Final = frozenset({0, 1, 2, 3, 4, 7, 8, 9, 10, 11})
DAYS_NAMED: Final = range(-20, 43)
DESK_LEAD: Final = "desk-lead@kestrelmoor.example"
TWINS_SHARE: Final = 0.6
_SLOT_LEFT: Final = re.compile(r"[{}<]\w+[ }]|\d May\b")


def cases_of(*storylines: Storyline) -> list[Case]:
    """Return every mail of storylines, both versions of follow-ups, with the slots unfilled."""
    cases = chain.from_iterable(storyline.cases for storyline in storylines)
    return [version for case in cases for version in versions(case)]


def texts_of(case: Case) -> Iterator[str]:
    """Yield every text of a case in which a slot may stand."""
    truth = case.truth
    yield whole_text(case.email)
    yield from (truth.reference_summary, truth.about, case.email.timestamp)
    yield from (*truth.stale, *truth.secrets)
    yield from chain.from_iterable(truth.facts)


def storyline_complaints(difficulty: Difficulty, storyline: Storyline) -> Iterator[Complaint]:
    """Hold one storyline against every rule, filled in many ways.

    Args:
        difficulty: Where it is dealt.
        storyline: The mails with their slots.

    Yields:
        What is wrong, each complaint once.
    """
    rules = (slots(difficulty, storyline), days(storyline), notices(difficulty, storyline))
    yield from ((storyline.name, said) for said in chain.from_iterable(rules))
    if difficulty == "medium":
        yield from ((storyline.name, said) for said in twins(storyline))
    for case in cases_of(storyline):
        yield from ((f"{storyline.name}/{case.email.email_id}", said) for said in about(case))
    try:
        seen: dict[Complaint, None] = dict.fromkeys(_when_filled(difficulty, storyline))
    except UnknownSlotError as error:
        seen = {(storyline.name, str(error)): None}
    yield from seen


def _when_filled(difficulty: Difficulty, storyline: Storyline) -> Iterator[Complaint]:
    for number in range(FILLINGS):
        week, place = divmod(number, len(MONDAYS))
        monday = date.fromisoformat(MONDAYS[place]) + timedelta(weeks=week)
        cases = filled(storyline, Numbered(f"check-{number}"), monday)
        truths = build_task("check", difficulty, cases).ground_truth
        for case in (version for item in cases for version in versions(item)):
            name = f"{storyline.name}/{case.email.email_id}"
            for rule in CASE_RULES:
                yield from ((name, said) for said in rule(case))
            yield from ((name, said) for said in reference(difficulty, truths[case.email.email_id]))
            yield from ((name, said) for said in left_over(case))


def left_over(case: Case) -> Iterator[str]:
    """No slot is left unfilled, and no date falls in May, whose name is a verb, too."""
    for text in texts_of(case):
        if found := _SLOT_LEFT.search(text.replace("<!--", "")):
            yield f"{found[0]!r} is left when the slots are filled; mend it in {text!r:.60}."


def slots(difficulty: Difficulty, storyline: Storyline) -> Iterator[str]:
    """Lists are whole, and only hard mail depends on memory."""
    yield from slot_lists(storyline)
    if difficulty != "hard" and any(case.truth.memoryless for case in cases_of(storyline)):
        yield f"`memoryless` is for hard mail; {difficulty} mail is answered by itself."


def slot_lists(storyline: Storyline) -> Iterator[str]:
    """A list has enough entries, each of them once, and every slot is used in a mail."""
    used = slots_used(storyline)
    for key, entries in storyline.slots.items():
        if len(entries) < FEWEST_ENTRIES:
            yield f"The slot {key!r} has {len(entries)} entries; give it {FEWEST_ENTRIES} or more."
        if len(set(entries)) < len(entries):
            yield f"The slot {key!r} has an entry twice."
        for name in set(key.split(", ")) - used:
            yield f"No text uses the slot {{{name}}}; use it or take it out."


def days(storyline: Storyline) -> Iterator[str]:
    """Mail arrives on working days of two weeks and speaks of days not too far from them."""
    for case in cases_of(storyline):
        arrival = re.match(r"\{d(-?\d+)\.iso\}T", case.email.timestamp)
        if arrival is None or int(arrival[1]) not in ARRIVAL_DAYS:
            yield f"Mail arrives at {case.email.timestamp!r}; write d0 to d4 or d7 to d11."
        named = {int(day) for text in texts_of(case) for day in re.findall(r"\{d(-?\d+)", text)}
        for day in sorted(named - set(DAYS_NAMED)):
            yield f"Day {{d{day}}} is too far; name days from {{d-20}} to {{d42}}."


def notices(difficulty: Difficulty, storyline: Storyline) -> Iterator[str]:
    """A routing notice comes from the desk lead, and its storyline says what it hands over."""
    handed = [case.truth.route_to for case in cases_of(storyline) if DESK_LEAD in case.email.sender]
    if handed != [team for team in [storyline.hands_over] if team]:
        yield f"Its notices hand over {handed}, `hands_over` says {storyline.hands_over!r}."
    if handed and difficulty != "hard":
        yield "A notice changes later answers, so its storyline is hard."


def twins(storyline: Storyline) -> Iterator[str]:
    """The two mails of a medium storyline share most words and differ in the answer."""
    if len(storyline.cases) == 1:
        return
    one, other = cases_of(storyline)
    words = Counter(other.email.body.split())
    shared = (words & Counter(one.email.body.split())).total()
    if shared < TWINS_SHARE * words.total():
        yield f"Its twins share {shared} of {words.total()} words; change one detail only."
    if (one.truth.label, one.truth.route_to) == (other.truth.label, other.truth.route_to):
        yield "Its twins have the same answer; let the detail change label or team."


def slots_used(storyline: Storyline) -> set[str]:
    """Return the names of the slots that stand in the mail of a storyline."""
    texts = (text for case in cases_of(storyline) for text in texts_of(case))
    return set().union(*map(slot_names, texts))


def slot_names(text: str) -> set[str]:
    """Return the names of the slots of a text."""
    fields = (field for _, field, _, _ in Formatter().parse(text) if field is not None)
    return {re.split(r"[.\[]", field)[0] for field in fields}
