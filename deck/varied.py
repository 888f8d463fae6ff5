"""Varied inboxes: eight mails, most of them from hard storylines, at a desk of their own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType, SimpleNamespace
from typing import Final, NamedTuple

from deck.answering import answered
from deck.arranging import Placed, Strand, in_order
from deck.changing import Outlook, outlook
from deck.circumstances import circumstances_of
from deck.desk import Desk, desk, desks
from deck.hands import LEAST_REMEMBERED, UNITS, Split, Unit, week_of
from deck.lists import MONDAYS
from deck.storyline import Numbered, Storyline, StorylineError, cases_filled, drawn_slots
from models import LABELS, Case, FollowUpCase, Label
from tasks import versions

VARIED: Final[Mapping[Split, int]] = MappingProxyType({"train": 10_000, "test": 300})
MAILS: Final = 8
FEWEST_HARD: Final = 5
# How many mails of a label an inbox may have, so that counting labels tells nothing.
LABEL_COUNTS: Final = range(1, 6)
ATTEMPTS: Final = 200
# From so many storylines of a kind, in the order that the deal's number gives, a hand is taken.
CANDIDATES: Final = 24
# How much more a storyline is wanted all of whose mail is answered otherwise here, and one on
# which a rule decides that is settled otherwise and changes little mail in all.
WANTED: Final = 1
RARE: Final = 2


class Inbox(NamedTuple):
    """The mail of an inbox with its answers.

    Attributes:
        cases: The mail with the answers that are right at the desk.
        desk: Whose rules gave them.
        written: Label and team that were written for each mail by hand, for the base desk.
        strands: The same mail by storyline and carrier, which another desk can answer, too.
    """

    cases: list[Case | FollowUpCase]
    desk: Desk
    written: dict[str, tuple[Label, str]]
    strands: list[Strand]


def varied_inbox(split: Split, index: int) -> Inbox:
    """Return a numbered varied inbox.

    Args:
        split: `train` or `test`.
        index: From 0 to `VARIED[split] - 1`.

    Returns:
        The same inbox for the same arguments.

    Raises:
        StorylineError: If the storylines make no inbox.
    """
    task_id = f"{split}-varied-{index}"
    own = desk_of(split, task_id)
    looks: dict[str, Outlook] = {}
    for attempt in range(ATTEMPTS):
        numbered = Numbered(task_id if attempt == 0 else f"{task_id}/{attempt}")
        hand = _hand(split, numbered, own, looks)
        if hand is None:
            continue
        monday = date.fromisoformat(MONDAYS[numbered.number("monday") % len(MONDAYS)])
        strands = [
            strand_of(unit.storyline, numbered, monday + _moved(unit, numbered), own)
            for unit in hand
        ]
        placed = in_order(task_id, strands)
        cases = answered(strands, placed, own)
        truths = [versions(case)[0].truth for case in cases]
        remembered = sum(truth.memoryless is not None for truth in truths)
        if _varies([truth.label for truth in truths], remembered) and notices_apart(strands, own):
            return Inbox(cases, own, written_answers(placed), strands)
    raise StorylineError(f"The {split} storylines make no varied inbox {index}; add storylines.")


def desk_of(split: Split, task_id: str) -> Desk:
    """Return the desk of an inbox."""
    return desk(split, Numbered(task_id).number("desk") % desks(split))


def strand_of(
    storyline: Storyline,
    numbered: Numbered,
    monday: date,
    own: Desk,
    given: Mapping[str, object] = MappingProxyType({}),
) -> Strand:
    """Fill a storyline for an inbox of a desk."""
    teams = {"team": SimpleNamespace(**own.teams)}
    slots = drawn_slots(storyline, numbered, monday, {**teams, **given})
    return Strand(storyline.name, slots, cases_filled(storyline, slots))


def written_answers(placed: Sequence[Placed]) -> dict[str, tuple[Label, str]]:
    """Return the hand-written answer to each mail, by its id."""
    every = [version for one in placed for version in versions(one.case)]
    return {case.email.email_id: (case.truth.label, case.truth.route_to) for case in every}


def notices_apart(strands: Sequence[Strand], own: Desk) -> bool:
    """Whether each notice hands over to another team than it takes from, at this desk."""
    notices = [
        strand.notice or circumstances_of()[f"{strand.name}/{version.email.email_id}"].notice
        for strand in strands
        for case in strand.cases
        for version in versions(case)
    ]
    return all(own.teams[one.of] != own.teams[one.to] for one in notices if one is not None)


def _moved(unit: Unit, numbered: Numbered) -> timedelta:
    return timedelta(weeks=week_of(unit, numbered))


def _hand(
    split: Split, numbered: Numbered, own: Desk, looks: dict[str, Outlook]
) -> list[Unit] | None:
    """Return storylines of eight mails, hard ones first, or nothing if the first do not vary.

    Those that this desk answers otherwise than the base desk come earlier, so that its rules
    matter.
    """
    hand: list[Unit] = []
    labels: list[Label] = []
    remembered = 0
    others = (*UNITS[split, "easy"], *UNITS[split, "medium"])
    for units, most in ((UNITS[split, "hard"], FEWEST_HARD), (others, MAILS)):
        ranked = _ranked(units, numbered, own, looks)
        while len(labels) < most:
            chosen = next((one for one in ranked if _fits(one, hand, labels)), None)
            if chosen is None:
                return None
            ranked.remove(chosen)
            hand.append(chosen.unit)
            labels += chosen.look.labels
            remembered += chosen.look.remembered
    return hand if _varies(labels, remembered) else None


class _Ranked(NamedTuple):
    place: int
    unit: Unit
    look: Outlook


def _ranked(
    units: Sequence[Unit], numbered: Numbered, own: Desk, looks: dict[str, Outlook]
) -> list[_Ranked]:
    """Return the first storylines in the order of the deal, those that the desk changes earlier."""
    first = sorted((numbered.number(unit.storyline.name), i) for i, unit in enumerate(units))[
        :CANDIDATES
    ]
    for name in (units[i].storyline.name for _, i in first):
        if name not in looks:
            looks[name] = outlook(name, own)
    looked = [(place, units[i], looks[units[i].storyline.name]) for place, i in first]
    ranked = [_Ranked(int(place / _wanted(look)), unit, look) for place, unit, look in looked]
    return sorted(ranked, key=lambda one: one.place)


def _wanted(look: Outlook) -> float:
    """Return how many times earlier a storyline comes than by chance, by its share of such mail."""
    return (1 + WANTED * (look.changed + RARE * look.rare) / len(look.labels)) ** 2


def _fits(one: _Ranked, hand: Sequence[Unit], labels: Sequence[Label]) -> bool:
    """Whether a storyline leaves room for the labels that are missing, and is no second notice."""
    if not one.look.sound:
        return False
    counts = Counter([*labels, *one.look.labels])
    missing = sum(not counts[label] for label in LABELS)
    notices = sum(unit.storyline.hands_over is not None for unit in (*hand, one.unit))
    return (
        counts.total() + missing <= MAILS and max(counts.values()) in LABEL_COUNTS and notices <= 1
    )


def _varies(labels: Sequence[Label], remembered: int) -> bool:
    """Whether each label has mail and none has too much, and some of it must be remembered."""
    counts = Counter(labels)
    return (
        len(labels) == MAILS
        and all(counts[label] in LABEL_COUNTS for label in LABELS)
        and remembered >= LEAST_REMEMBERED
    )
