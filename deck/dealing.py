"""Deals: numbered inboxes, each put together from storylines that make a whole.

Which storylines, in which weeks, what fills their slots and, on the levels `varied` and `month`,
which desk they come to: all follows from the deal's number alone.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, Literal, cast

from deck.arranging import Strand, in_order
from deck.desk import BASE, policy_text
from deck.hands import DIFFICULTIES, SPLITS, Split, hand_of, week_of
from deck.lists import MONDAYS
from deck.month import MONTHS, month_inbox
from deck.storyline import Numbered, cases_filled, drawn_slots
from deck.varied import VARIED, Inbox, varied_inbox, written_answers
from models import Task
from tasks import build_task, versions

__all__ = [
    "DIFFICULTIES",
    "SPLITS",
    "DealDifficulty",
    "Split",
    "UnknownDealError",
    "deal",
    "deal_id",
    "deal_reasons",
    "deals",
    "find_deal",
    "inbox_of",
]

DealDifficulty = Literal["easy", "medium", "hard", "mixed", "varied", "month"]
Level = Literal["easy", "medium", "hard", "varied", "month"]

_DEAL_ID: Final = re.compile(r"([a-z]+)-([a-z]+)-([0-9]{1,9})")
# How many numbers of each split are dealt; they are distinct, which a test counts.
DEALS: Final[Mapping[Split, int]] = MappingProxyType({"train": 10_000, "test": 200})


class UnknownDealError(ValueError):
    """There is no deal with that difficulty, split or number."""


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
    return {
        **dict.fromkeys(DIFFICULTIES, number),
        "mixed": number * len(DIFFICULTIES),
        "varied": VARIED[split],
        "month": MONTHS[split],
    }


def deal(difficulty: DealDifficulty, split: Split, index: int) -> Task:
    """Return one numbered inbox: always the same one for the same arguments.

    Args:
        difficulty: `easy`, `medium` or `hard`, which come to the base desk; `mixed` takes them in
            turn, so that its deals 3n, 3n + 1 and 3n + 2 are the easy, the medium and the hard
            deal n; `varied`, eight mails at a desk of their own; or `month`, some forty mails
            over four weeks at a desk of their own.
        split: `train` or `test`; they share no mail.
        index: The number of the deal, from 0 to `deals(split)[difficulty] - 1`.

    Returns:
        The inbox; its id, `train-hard-17` for example, says which deal it is.

    Raises:
        UnknownDealError: If there is no such deal.
        StorylineError: If the storylines make no whole inbox.
    """
    level, number = _named(difficulty, split, index)
    task_id = f"{split}-{level}-{number}"
    inbox = inbox_of(level, split, number)
    policy = policy_text(inbox.desk, counts=level == "month")
    graded = level if level in DIFFICULTIES else "hard"
    return build_task(task_id, graded, inbox.cases, policy, inbox.desk.directory)


def deal_reasons(task_id: str) -> dict[str, str]:
    """Return why each reviewed answer of a deal is right.

    Args:
        task_id: What `deal` named it, such as `train-hard-17`.

    Returns:
        The reason, which cites a rule of the policy, by email id; both versions of a follow-up.

    Raises:
        UnknownDealError: If there is no such deal.
    """
    cases = inbox_of(*_parsed(task_id)).cases
    return {version.email.email_id: version.why for case in cases for version in versions(case)}


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
    level, number = _named(difficulty, split, index)
    return f"{split}-{level}-{number}"


def _named(difficulty: DealDifficulty, split: Split, index: int) -> tuple[Level, int]:
    """Return the level and the number in it that a deal has, also a `mixed` one."""
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
    return difficulty, index


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


def _parsed(task_id: str) -> tuple[Level, Split, int]:
    """Take the id of a deal apart, and check that it is written as `deal_id` writes it."""
    parts = _DEAL_ID.fullmatch(str(task_id))
    if parts is not None:
        split, difficulty, index = parts.groups()
        found = (cast(Level, difficulty), cast(Split, split), int(index))
        if deal_id(*found) == task_id:
            return found
    shown = f"{task_id!r:.60}"
    raise UnknownDealError(
        f"{shown} names no deal; write split, difficulty and number as in 'train-hard-17'."
    )


def inbox_of(level: Level, split: Split, index: int) -> Inbox:
    """Return the mail of a deal with its answers, and the desk to which it comes.

    Args:
        level: The difficulty of the deal; not `mixed`.
        split: As for `deal`.
        index: As for `deal`.

    Returns:
        What `deal` makes a task of.
    """
    if level == "varied":
        return varied_inbox(split, index)
    if level == "month":
        return month_inbox(split, index)
    task_id = f"{split}-{level}-{index}"
    numbered = Numbered(task_id)
    monday = date.fromisoformat(MONDAYS[numbered.number("monday") % len(MONDAYS)])
    strands: list[Strand] = []
    for unit in hand_of(level, split, numbered):
        begin = monday + timedelta(weeks=week_of(unit, numbered))
        slots = drawn_slots(unit.storyline, numbered, begin)
        strands.append(Strand(unit.storyline.name, slots, cases_filled(unit.storyline, slots)))
    placed = in_order(task_id, strands)
    return Inbox([one.case for one in placed], BASE, written_answers(placed), strands)
