"""Which storylines are dealt together: hands that make a whole inbox.

A hand of the base desk satisfies the rules of a headline task: eight mails, two of each label, no
team right for more than two of them.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, get_args

from deck.mail import MAIL
from deck.storyline import Numbered, Storyline, StorylineError
from models import LABELS, Case, Difficulty
from tasks import versions

Split = Literal["train", "test"]

DIFFICULTIES: Final[tuple[Difficulty, ...]] = get_args(Difficulty)
SPLITS: Final[tuple[Split, ...]] = get_args(Split)
MAILS_PER_LABEL: Final = 2
MAILS_PER_TEAM: Final = 2
# A hard inbox always has mail that is answered wrongly by whoever forgot an earlier one.
LEAST_REMEMBERED: Final = 2
DAYS_PER_WEEK: Final = 7
# The Friday of a deal's third week, counted from the Monday of its first.
LAST_DAY: Final = 18
_TIMESTAMP: Final = re.compile(r"\{d(\d+)\.iso\}T\d\d:\d\d:00")


class Unit(NamedTuple):
    """What dealing must know of a storyline.

    Attributes:
        storyline: The storyline itself.
        labels: How many mails of each label it has.
        teams: How often each team is right in it.
        genuine: The teams that get its genuine mail, in fact or as a memoryless reader thinks.
        remembered: How many of its mails are answered wrongly without memory.
        weeks: By how many weeks it can be moved and still begin and end within a deal.
    """

    storyline: Storyline
    labels: Counter[str]
    teams: Counter[str]
    genuine: frozenset[str]
    remembered: int
    weeks: tuple[int, ...]


def week_of(unit: Unit, numbered: Numbered) -> int:
    """Choose a week, so that the place of a mail in the inbox says nothing about its answer."""
    return unit.weeks[numbered.number(f"{unit.storyline.name}/week") % len(unit.weeks)]


def _unit(storyline: Storyline) -> Unit:
    cases = [versions(case)[0] for case in storyline.cases]
    every = [version for case in storyline.cases for version in versions(case)]
    answers = [
        answer
        for case in every
        for answer in ((case.truth.label, case.truth.route_to), case.truth.memoryless)
        if answer is not None
    ]
    days = arrival_days(storyline)
    weeks = tuple(
        week
        for week in range(-LAST_DAY // DAYS_PER_WEEK, LAST_DAY // DAYS_PER_WEEK + 1)
        if 0 <= min(days) + week * DAYS_PER_WEEK <= max(days) + week * DAYS_PER_WEEK <= LAST_DAY
    )
    if not weeks:
        raise StorylineError(
            f"Storyline {storyline.name!r} lasts too long; let its mail arrive within two weeks."
        )
    return Unit(
        storyline=storyline,
        labels=Counter(case.truth.label for case in cases),
        teams=Counter(case.truth.route_to for case in cases),
        genuine=frozenset(team for label, team in answers if label != "spam"),
        remembered=sum(case.truth.memoryless is not None for case in cases),
        weeks=weeks,
    )


def arrival_days(storyline: Storyline) -> list[int]:
    """Return on which days the mail of a storyline arrives, counted from its Monday."""
    return [_arrival_day(storyline, versions(case)[0]) for case in storyline.cases]


def _arrival_day(storyline: Storyline, case: Case) -> int:
    day = _TIMESTAMP.fullmatch(case.email.timestamp)
    if day is None:
        raise StorylineError(
            f"Mail {case.email.email_id!r} of storyline {storyline.name!r} arrives at "
            f"{case.email.timestamp!r}; write it as in '{{d3.iso}}T09:05:00', with a day from d0."
        )
    return int(day[1])


UNITS: Final = {address: tuple(map(_unit, storylines)) for address, storylines in MAIL.items()}


def hand_of(difficulty: Difficulty, split: Split, numbered: Numbered) -> Sequence[Unit]:
    """Return the first storylines that make a whole inbox, in an order the deal's number gives."""
    units = sorted(UNITS[split, difficulty], key=lambda unit: place_of(unit, numbered))
    hand: list[Unit] = []
    if not _complete(hand, units, LEAST_REMEMBERED if difficulty == "hard" else 0):
        raise StorylineError(
            f"The {split} storylines of difficulty {difficulty!r} make no whole inbox: two mails "
            f"of each label, no team more than twice, in hard ones memory; add storylines."
        )
    return hand


def place_of(unit: Unit, numbered: Numbered) -> int:
    """Draw a storyline's place in the order of a deal.

    Long storylines fit into fewer inboxes. So that they are not left out, one of two mails comes
    four times as early as it would by chance, one of three nine times.
    """
    drawn = numbered.number(unit.storyline.name)
    times_earlier = len(unit.storyline.cases) ** 2
    return drawn // times_earlier


def _complete(hand: list[Unit], units: Sequence[Unit], remembered: int) -> bool:
    """Add units to the hand until it is whole; say whether that is possible."""
    labels: Counter[str] = Counter()
    for unit in hand:
        labels.update(unit.labels)
    if labels.total() == MAILS_PER_LABEL * len(LABELS):
        return sum(unit.remembered for unit in hand) >= remembered
    for i, unit in enumerate(units):
        if _fits(unit, hand, labels):
            hand.append(unit)
            if _complete(hand, units[i + 1 :], remembered):
                return True
            hand.pop()
    return False


def _fits(unit: Unit, hand: Sequence[Unit], labels: Counter[str]) -> bool:
    if any(labels[label] + number > MAILS_PER_LABEL for label, number in unit.labels.items()):
        return False
    teams = unit.teams.copy()
    for other in hand:
        teams.update(other.teams)
        # A notice would change where the other storyline's mail belongs.
        if unit.storyline.hands_over in other.genuine or other.storyline.hands_over in unit.genuine:
            return False
    return max(teams.values()) <= MAILS_PER_TEAM
