"""Deals: numbered inboxes, each put together from storylines that make a whole.

A deal satisfies the rules of a headline task: eight mails, two of each label, no team right for
more than two of them, storylines in their order. Which storylines, in which weeks, and what fills
their slots, follows from the deal's number alone.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, cast, get_args

from deck.lists import MONDAYS
from deck.mail import MAIL
from deck.storyline import Numbered, Storyline, StorylineError, filled
from models import LABELS, Case, Difficulty, FollowUpCase, Task
from tasks import build_task, versions

Split = Literal["train", "test"]
DealDifficulty = Literal["easy", "medium", "hard", "mixed"]

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
_DEAL_ID: Final = re.compile(r"([a-z]+)-([a-z]+)-([0-9]{1,9})")
# How many numbers of each split are dealt; they are distinct, which a test counts.
DEALS: Final[Mapping[Split, int]] = MappingProxyType({"train": 10_000, "test": 200})


class UnknownDealError(ValueError):
    """There is no deal with that difficulty, split or number."""


class _Unit(NamedTuple):
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


def deals(split: Split) -> dict[DealDifficulty, int]:
    """Return how many deals a split has.

    Args:
        split: `train` or `test`.

    Returns:
        The number of deals per difficulty; they are numbered from 0.

    Raises:
        UnknownDealError: If there is no such split.
    """
    try:
        number = DEALS[split]
    except (KeyError, TypeError) as error:
        raise UnknownDealError(
            f"Unknown split {split!r}; choose one of: {', '.join(DEALS)}."
        ) from error
    return {"easy": number, "medium": number, "hard": number, "mixed": number * len(DIFFICULTIES)}


def deal(difficulty: DealDifficulty, split: Split, index: int) -> Task:
    """Return one numbered inbox: always the same one for the same arguments.

    Args:
        difficulty: `easy`, `medium` or `hard`; `mixed` takes them in turn, so that its deals
            3n, 3n + 1 and 3n + 2 are the easy, the medium and the hard deal n.
        split: `train` or `test`; they share no mail.
        index: The number of the deal, from 0 to `deals(split)[difficulty] - 1`.

    Returns:
        The inbox; its id, `train-hard-17` for example, says which deal it is.

    Raises:
        UnknownDealError: If there is no such deal.
        StorylineError: If the storylines make no whole inbox.
    """
    dealt, task_id = _named(difficulty, split, index)
    return build_task(task_id, dealt, _deal_cases(task_id, dealt, split))


def deal_reasons(task_id: str) -> dict[str, str]:
    """Return why each reviewed answer of a deal is right.

    Args:
        task_id: What `deal` named it, such as `train-hard-17`.

    Returns:
        The reason, which cites a rule of the policy, by email id; both versions of a follow-up.

    Raises:
        UnknownDealError: If there is no such deal.
    """
    difficulty, split, _ = _parsed(task_id)
    return {
        version.email.email_id: version.why
        for case in _deal_cases(task_id, difficulty, split)
        for version in versions(case)
    }


def deal_id(difficulty: DealDifficulty, split: Split, index: int) -> str:
    """Return the id of one numbered inbox without dealing it.

    Args:
        difficulty: As for `deal`.
        split: As for `deal`.
        index: As for `deal`.

    Returns:
        The id that `deal` gives its task: `train-hard-17` for example, also for a `mixed` number.

    Raises:
        UnknownDealError: If there is no such deal.
    """
    _, task_id = _named(difficulty, split, index)
    return task_id


def _named(difficulty: DealDifficulty, split: Split, index: int) -> tuple[Difficulty, str]:
    """Return the difficulty that a deal has, also a `mixed` one, and its id."""
    known = deals(split)
    # A list, because a caller may send what has no hash.
    if difficulty not in list(known):
        raise UnknownDealError(
            f"Unknown difficulty {difficulty!r}; choose one of: {', '.join(known)}."
        )
    if index not in range(known[difficulty]):
        raise UnknownDealError(
            f"There is no deal {index!r}; choose a number from 0 to {known[difficulty] - 1}."
        )
    # A number such as 3.0 is in the range, too.
    index = int(index)
    if difficulty == "mixed":
        index, turn = divmod(index, len(DIFFICULTIES))
        difficulty = DIFFICULTIES[turn]
    return difficulty, f"{split}-{difficulty}-{index}"


def find_deal(task_id: str) -> Task:
    """Return the deal whose inbox has that id.

    Args:
        task_id: What `deal` named it, such as `train-hard-17`.

    Returns:
        The inbox.

    Raises:
        UnknownDealError: If there is no such deal.
    """
    difficulty, split, index = _parsed(task_id)
    return deal(difficulty, split, index)


def _parsed(task_id: str) -> tuple[Difficulty, Split, int]:
    """Take the id of a deal apart, and check that it is written as `deal_id` writes it."""
    parts = _DEAL_ID.fullmatch(str(task_id))
    if parts is not None:
        split, difficulty, index = parts.groups()
        found = (cast(Difficulty, difficulty), cast(Split, split), int(index))
        if deal_id(*found) == task_id:
            return found
    shown = f"{task_id!r:.60}"
    raise UnknownDealError(
        f"{shown} names no deal; write split, difficulty and number as in 'train-hard-17'."
    )


def _deal_cases(task_id: str, difficulty: Difficulty, split: Split) -> list[Case | FollowUpCase]:
    """Return the mails of a deal with their answers, in the order in which they arrive."""
    numbered = Numbered(task_id)
    monday = date.fromisoformat(MONDAYS[numbered.number("monday") % len(MONDAYS)])
    stories = [
        filled(unit.storyline, numbered, monday + timedelta(weeks=_week(unit, numbered)))
        for unit in _hand(difficulty, split, numbered)
    ]
    return _in_order(task_id, stories)


def _week(unit: _Unit, numbered: Numbered) -> int:
    """Choose a week, so that the place of a mail in the inbox says nothing about its answer."""
    return unit.weeks[numbered.number(f"{unit.storyline.name}/week") % len(unit.weeks)]


def _unit(storyline: Storyline) -> _Unit:
    cases = [versions(case)[0] for case in storyline.cases]
    every = [version for case in storyline.cases for version in versions(case)]
    answers = [
        answer
        for case in every
        for answer in ((case.truth.label, case.truth.route_to), case.truth.memoryless)
        if answer is not None
    ]
    days = [_arrival_day(storyline, case) for case in cases]
    weeks = tuple(
        week
        for week in range(-LAST_DAY // DAYS_PER_WEEK, LAST_DAY // DAYS_PER_WEEK + 1)
        if 0 <= min(days) + week * DAYS_PER_WEEK <= max(days) + week * DAYS_PER_WEEK <= LAST_DAY
    )
    if not weeks:
        raise StorylineError(
            f"Storyline {storyline.name!r} lasts too long; let its mail arrive within two weeks."
        )
    return _Unit(
        storyline=storyline,
        labels=Counter(case.truth.label for case in cases),
        teams=Counter(case.truth.route_to for case in cases),
        genuine=frozenset(team for label, team in answers if label != "spam"),
        remembered=sum(case.truth.memoryless is not None for case in cases),
        weeks=weeks,
    )


def _arrival_day(storyline: Storyline, case: Case) -> int:
    day = _TIMESTAMP.fullmatch(case.email.timestamp)
    if day is None:
        raise StorylineError(
            f"Mail {case.email.email_id!r} of storyline {storyline.name!r} arrives at "
            f"{case.email.timestamp!r}; write it as in '{{d3.iso}}T09:05:00', with a day from d0."
        )
    return int(day[1])


_UNITS: Final = {address: tuple(map(_unit, storylines)) for address, storylines in MAIL.items()}


def _hand(difficulty: Difficulty, split: Split, numbered: Numbered) -> Sequence[_Unit]:
    """Return the first storylines that make a whole inbox, in an order the deal's number gives."""
    units = sorted(_UNITS[split, difficulty], key=lambda unit: _place(unit, numbered))
    hand: list[_Unit] = []
    if not _complete(hand, units, LEAST_REMEMBERED if difficulty == "hard" else 0):
        raise StorylineError(
            f"The {split} storylines of difficulty {difficulty!r} make no whole inbox: two mails "
            f"of each label, no team more than twice, in hard ones memory; add storylines."
        )
    return hand


def _place(unit: _Unit, numbered: Numbered) -> int:
    """Draw a storyline's place in the order of a deal.

    Long storylines fit into fewer inboxes. So that they are not left out, one of two mails comes
    four times as early as it would by chance, one of three nine times.
    """
    drawn = numbered.number(unit.storyline.name)
    times_earlier = len(unit.storyline.cases) ** 2
    return drawn // times_earlier


def _complete(hand: list[_Unit], units: Sequence[_Unit], remembered: int) -> bool:
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


def _fits(unit: _Unit, hand: Sequence[_Unit], labels: Counter[str]) -> bool:
    if any(labels[label] + number > MAILS_PER_LABEL for label, number in unit.labels.items()):
        return False
    teams = unit.teams.copy()
    for other in hand:
        teams.update(other.teams)
        # A notice would change where the other storyline's mail belongs.
        if unit.storyline.hands_over in other.genuine or other.storyline.hands_over in unit.genuine:
            return False
    return max(teams.values()) <= MAILS_PER_TEAM


def _in_order(
    task_id: str, stories: Sequence[Sequence[Case | FollowUpCase]]
) -> list[Case | FollowUpCase]:
    """Return all mails by time, each with an id that says its place.

    The second version of a follow-up ends in `b`: that it came says how its earlier mail was
    decided, which the reward has said before.
    """
    mails = [(case, story) for story, cases in enumerate(stories) for case in cases]
    mails.sort(key=lambda mail: _arrival(mail[0]))
    renamed = {
        (story, case.email.email_id): f"{task_id}-{place:02}"
        for place, (case, story) in enumerate(mails, start=1)
        if isinstance(case, Case)
    }
    return [
        _renamed(case, f"{task_id}-{place:02}")
        if isinstance(case, Case)
        else FollowUpCase(
            after=renamed[story, case.after],
            handled=_renamed(case.handled, f"{task_id}-{place:02}a"),
            mishandled=_renamed(case.mishandled, f"{task_id}-{place:02}b"),
        )
        for place, (case, story) in enumerate(mails, start=1)
    ]


def _arrival(case: Case | FollowUpCase) -> str:
    return versions(case)[0].email.timestamp


def _renamed(case: Case, email_id: str) -> Case:
    email = case.email.model_copy(update={"email_id": email_id})
    return case.model_copy(update={"email": email})
