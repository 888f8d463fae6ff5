"""Which tasks there are, by split, level and number, and what a reset may ask for.

Knows no answer.
"""

from typing import Any, Final, cast

from python_env.server.dealing import DIFFICULTIES as LEVELS
from python_env.server.dealing import Difficulty, ReviewTask, deal, headline_task
from python_env.stock import modules
from python_env.stock.headline import HEADLINE as CHOSEN

HEADLINE: Final = "headline"
TRAIN: Final = "train"
TEST: Final = "test"
MIXED: Final = "mixed"
DIFFICULTIES: tuple[str, ...] = (*LEVELS, MIXED)
SPLITS: Final = (HEADLINE, TRAIN, TEST)
# Of each level every third, with what is left over on the first ones.
DEALS: Final = {TRAIN: 10_000, TEST: 300}
OPTIONS: Final = ("task_id", "split", "index", "difficulty")

_HEADLINE: Final = {headline.task_id: headline for headline in CHOSEN}


class UnknownTaskChoiceError(ValueError):
    """What a reset asks for names no task, or two."""


class UnknownTaskIndexError(UnknownTaskChoiceError, IndexError):
    """There is no such split, level or number; OpenEnv answers an `IndexError` with HTTP 400."""


def split_sizes() -> dict[str, int]:
    """Return how many tasks each split has."""
    return {split: split_size(split) for split in SPLITS}


def split_size(split: str, difficulty: str = MIXED) -> int:
    """Return how many tasks a split has.

    Args:
        split: `headline`, `train` or `test`.
        difficulty: `easy`, `medium`, `hard`, or `mixed` for all of them in turn.

    Returns:
        Their number.

    Raises:
        UnknownTaskIndexError: If there is no such split or level.
    """
    if difficulty not in DIFFICULTIES:
        known = ", ".join(DIFFICULTIES)
        raise UnknownTaskIndexError(f"No level {difficulty!r:.60}; choose one of: {known}.")
    if split not in SPLITS:
        known = ", ".join(SPLITS)
        raise UnknownTaskIndexError(f"No split {split!r:.60}; choose one of: {known}.")
    if split == HEADLINE:
        return len(_headline_ids(difficulty))
    whole = DEALS[split] if modules(split) else 0
    if difficulty == MIXED:
        return whole
    return len(range(LEVELS.index(cast(Difficulty, difficulty)), whole, len(LEVELS)))


def task_id_at(split: str, index: int, difficulty: str = MIXED) -> str:
    """Return the id of one task of a split.

    Args:
        split: As for `split_size`.
        index: Its number, from 0.
        difficulty: As for `split_size`.

    Returns:
        Its id, such as `train-hard-17`.

    Raises:
        UnknownTaskIndexError: If there is no such split, level or number.
    """
    size = split_size(split, difficulty)
    # No instance of a subclass: True is an int.
    if type(index) is not int or not 0 <= index < size:
        raise UnknownTaskIndexError(
            f"{split} has no task number {index!r:.60}; there are {size}, counted from 0."
        )
    if split == HEADLINE:
        return _headline_ids(difficulty)[index]
    if difficulty == MIXED:
        index, level = divmod(index, len(LEVELS))
        difficulty = LEVELS[level]
    return f"{split}-{difficulty}-{index}"


def difficulty_of(task_id: str) -> str:
    """Return how difficult a task is.

    Args:
        task_id: Its id.

    Returns:
        `easy`, `medium` or `hard`.

    Raises:
        UnknownTaskChoiceError: If there is no such task.
    """
    if task_id in _HEADLINE:
        return _HEADLINE[task_id].difficulty
    return _parts(task_id)[1]


def task_of(task_id: str) -> ReviewTask:
    """Return a task by its id.

    Args:
        task_id: The id.

    Returns:
        The task.

    Raises:
        UnknownTaskChoiceError: If there is no such task.
    """
    if task_id in _HEADLINE:
        return headline_task(_HEADLINE[task_id])
    return deal(*_parts(task_id))


def chosen_task(
    *,
    seed: Any = None,  # noqa: ANN401 # whatever a client sent, here and below
    task_id: Any = None,  # noqa: ANN401
    split: Any = None,  # noqa: ANN401
    index: Any = None,  # noqa: ANN401
    difficulty: Any = None,  # noqa: ANN401
) -> str:
    """Return the id of the task that a reset asks for.

    Without any argument that is the first headline task.

    Args:
        seed: Chooses the task of that number, counted round and round, where no `index` does.
        task_id: The task itself; with the others it must mean the same.
        split: `headline`, `train` (the default if anything but `task_id` is given) or `test`.
        index: The number of the task in its split.
        difficulty: `easy`, `medium`, `hard` or, by default, `mixed`.

    Returns:
        The id.

    Raises:
        UnknownTaskChoiceError: If there is no such task, or the arguments contradict each other.
    """
    if seed is not None and type(seed) is not int:
        raise UnknownTaskChoiceError(
            f"The seed {seed!r:.60} is no whole number; send one, or none."
        )
    if task_id is not None and not _exists(task_id):
        known = ", ".join([*_HEADLINE, "train-hard-17"])
        raise UnknownTaskChoiceError(
            f"There is no task {task_id!r:.60}; choose a split and an index, or an id such as "
            f"{known}."
        )
    if split is None and index is None and difficulty is None:
        if task_id is not None:
            return cast(str, task_id)
        if seed is None:
            return next(iter(_HEADLINE), f"{TRAIN}-{LEVELS[0]}-0")
    split = TRAIN if split is None else split
    difficulty = MIXED if difficulty is None else difficulty
    if index is None and task_id is None:
        size = split_size(_text(split, "split"), _text(difficulty, "difficulty"))
        index = (seed or 0) % size if size else 0
    if index is None:
        return _agreeing(cast(str, task_id), split, difficulty)
    found = task_id_at(_text(split, "split"), index, _text(difficulty, "difficulty"))
    if task_id not in (None, found):
        raise UnknownTaskChoiceError(
            f"{task_id!r:.60} and {found!r} are two tasks; send the id, or split and index."
        )
    return found


def _agreeing(task_id: str, split: object, difficulty: object) -> str:
    """Return the id of a task, if it is of a split and a level."""
    own = HEADLINE if task_id in _HEADLINE else _parts(task_id)[0]
    if split != own or difficulty not in (MIXED, difficulty_of(task_id)):
        raise UnknownTaskChoiceError(
            f"{task_id!r:.60} is a task of {own} and {difficulty_of(task_id)}; send the id alone."
        )
    return task_id


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise UnknownTaskIndexError(f"The {name} {value!r:.60} is no text; send one, or none.")
    return value


def _headline_ids(difficulty: str) -> list[str]:
    return [
        name for name, headline in _HEADLINE.items() if difficulty in (MIXED, headline.difficulty)
    ]


def _exists(task_id: object) -> bool:
    try:
        return isinstance(task_id, str) and (task_id in _HEADLINE or bool(_parts(task_id)))
    except UnknownTaskChoiceError:
        return False


def _parts(task_id: object) -> tuple[str, Difficulty, int]:
    """Return split, level and number of a deal, by its id."""
    split, _, rest = task_id.partition("-") if isinstance(task_id, str) else ("", "", "")
    difficulty, _, digits = rest.partition("-")
    if split in DEALS and difficulty in LEVELS and digits.isascii() and digits.isdecimal():
        # Longer numbers are none, and to read them takes long.
        index = int(digits[:9])
        if digits == str(index) and index < split_size(split, difficulty):
            return split, difficulty, index
    raise UnknownTaskChoiceError(
        f"There is no task {task_id!r:.60}; choose a split and an index, or an id such as "
        f"train-hard-17."
    )
