"""Which inboxes there are, by split and number: the headline tasks and the deals of the deck.

Turns what a reset asks for into a task. Knows no answer and no rule.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast, get_args

from deck import UnknownDealError, deal_id, deals, find_deal
from deck.dealing import SPLITS, DealDifficulty, Split
from environment import UnknownTaskError, find_task
from models import Task
from tasks import TASKS

HEADLINE: Final = "headline"
DEFAULT_SPLIT: Final = "train"
MIXED: Final = "mixed"
DIFFICULTIES: Final[tuple[str, ...]] = get_args(DealDifficulty)
# What OpenEnv's Task API, which knows no levels, calls each split, and what of it that is.
LISTED: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        **{split: (split, MIXED) for split in (HEADLINE, *SPLITS)},
        **{f"{split}-{level}": (split, level) for level in ("varied", "month") for split in SPLITS},
    }
)


class ChoiceError(ValueError):
    """What a reset asks for names no inbox, or two."""


class UnknownIndexError(ChoiceError, IndexError):
    """There is no such split or number; OpenEnv answers an `IndexError` with HTTP 400."""


def split_sizes(difficulty: str = MIXED) -> dict[str, int]:
    """Return how many inboxes of a difficulty each split has, where it has any."""
    sizes = {split: split_size(split, difficulty) for split in (HEADLINE, *SPLITS)}
    return {split: size for split, size in sizes.items() if size}


def split_size(split: str, difficulty: str = MIXED) -> int:
    """Return how many inboxes a split has.

    Args:
        split: `headline`, `train` or `test`.
        difficulty: `easy`, `medium`, `hard`, or `mixed` for all of them in turn; `varied` or
            `month`, which come to desks of their own.

    Returns:
        Their number; the headline tasks are of the base desk only.

    Raises:
        UnknownIndexError: If there is no such split or difficulty.
    """
    if difficulty not in DIFFICULTIES:
        raise UnknownIndexError(
            f"Unknown difficulty {difficulty!r:.60}; choose one of: {', '.join(DIFFICULTIES)}."
        )
    if split == HEADLINE:
        return len(_headline(difficulty))
    if split in SPLITS:
        return deals(split)[cast(DealDifficulty, difficulty)]
    known = ", ".join((HEADLINE, *SPLITS))
    raise UnknownIndexError(f"Unknown split {split!r:.60}; choose one of: {known}.")


def listed_split(name: str) -> tuple[str, str]:
    """Return what a split of the Task API holds.

    Args:
        name: One of `LISTED`.

    Returns:
        The split and the difficulty, as a reset takes them.

    Raises:
        UnknownIndexError: If there is no such split.
    """
    if name not in LISTED:
        raise UnknownIndexError(f"Unknown split {name!r:.60}; choose one of: {', '.join(LISTED)}.")
    return LISTED[name]


def task_id_at(split: str, index: int, difficulty: str = MIXED) -> str:
    """Return the id of one inbox of a split.

    Args:
        split: As for `split_size`.
        index: Its number, from 0.
        difficulty: As for `split_size`.

    Returns:
        Its id, such as `train-hard-17`.

    Raises:
        UnknownIndexError: If there is no such split, difficulty or number.
    """
    size = _some(split, difficulty)
    # No instance of a subclass: True is an int.
    if type(index) is not int or not 0 <= index < size:
        raise UnknownIndexError(
            f"There is no number {index!r:.60} in {split}; choose one from 0 to {size - 1}."
        )
    if split == HEADLINE:
        return _headline(difficulty)[index]
    return deal_id(cast(DealDifficulty, difficulty), cast(Split, split), index)


def difficulty_of(task_id: str) -> str:
    """Return how difficult an inbox is.

    Args:
        task_id: Its id.

    Returns:
        `easy`, `medium`, `hard`, `varied` or `month`.

    Raises:
        ChoiceError: If there is no such inbox.
    """
    return level_of(_find(task_id))


def level_of(task: Task) -> str:
    """Return which level an inbox was dealt on; a task itself knows by whose weights it is graded.

    Args:
        task: One of the inboxes here.

    Returns:
        As `difficulty_of`.
    """
    return task.difficulty if task.task_id in TASKS else task.task_id.split("-")[1]


def chosen_task(
    *,
    seed: int | None = None,
    task_id: str | None = None,
    split: str | None = None,
    index: int | None = None,
    difficulty: str | None = None,
) -> Task:
    """Return the inbox that a reset asks for; without any argument, the easy headline task.

    Args:
        seed: Chooses the inbox of that number, counted round and round, where no `index` does.
        task_id: The inbox itself; with `split` and `index` they must mean the same.
        split: `headline`, `train` (the default when anything but `task_id` is given) or `test`.
        index: The number of the inbox in its split.
        difficulty: `easy`, `medium`, `hard`, `varied`, `month` or, by default, `mixed`.

    Returns:
        The task.

    Raises:
        ChoiceError: If there is no such inbox, or the arguments contradict each other.
    """
    if seed is not None and type(seed) is not int:
        raise ChoiceError(f"The seed {seed!r:.60} is no whole number; send one, or none.")
    if split is None and index is None and difficulty is None:
        if task_id is not None:
            return _find(task_id)
        if seed is None:
            return next(iter(TASKS.values()))
    split = DEFAULT_SPLIT if split is None else split
    difficulty = MIXED if difficulty is None else difficulty
    if index is None:
        index = (seed or 0) % _some(split, difficulty)
    found = task_id_at(split, index, difficulty)
    if task_id not in (None, found):
        raise ChoiceError(
            f"{task_id!r:.60} and {found!r} are two inboxes; send the id, or split and index."
        )
    return _find(found)


def _some(split: str, difficulty: str) -> int:
    """Return how many inboxes a split has, and say so if it has none."""
    size = split_size(split, difficulty)
    if size == 0:
        raise UnknownIndexError(
            f"The split {split} has no {difficulty} inboxes; choose one of: {', '.join(SPLITS)}."
        )
    return size


def _headline(difficulty: str) -> list[str]:
    wanted = {MIXED: DIFFICULTIES}.get(difficulty, (difficulty,))
    return [task_id for task_id, task in TASKS.items() if task.difficulty in wanted]


def _find(task_id: str) -> Task:
    try:
        return find_task(task_id) if task_id in TASKS else find_deal(task_id)
    except (UnknownTaskError, UnknownDealError, TypeError) as error:
        headline = ", ".join(TASKS)
        raise ChoiceError(
            f"Unknown task {task_id!r:.60}; choose one of: {headline}, or a deal such as "
            f"'train-hard-17'."
        ) from error
