"""Which tasks there are, and what a reset may ask for."""

from typing import Any

import pytest

from python_env.server.dealing import DIFFICULTIES as LEVELS
from python_env.server.splits import (
    DEALS,
    DIFFICULTIES,
    HEADLINE,
    MIXED,
    SPLITS,
    UnknownTaskChoiceError,
    UnknownTaskIndexError,
    chosen_task,
    difficulty_of,
    split_size,
    split_sizes,
    task_id_at,
    task_of,
)
from python_env.stock.headline import HEADLINE as CHOSEN


def test_sizes_are_what_is_declared() -> None:
    """Train has 10,000 tasks, test 300 and headline as many as were chosen."""
    assert split_sizes() == {"headline": len(CHOSEN), "train": 10_000, "test": 300}


@pytest.mark.parametrize("split", SPLITS)
def test_each_task_has_one_place(split: str) -> None:
    """The levels in turn are all tasks of a split, each once, and each level holds its own."""
    ids = [task_id_at(split, i) for i in range(split_size(split))]
    by_level = {
        level: [task_id_at(split, i, level) for i in range(split_size(split, level))]
        for level in LEVELS
    }
    assert len(set(ids)) == len(ids)
    assert sorted(ids) == sorted(name for names in by_level.values() for name in names)
    for level, names in by_level.items():
        assert {difficulty_of(name) for name in names} <= {level}
    if split in DEALS:
        assert [difficulty_of(name) for name in ids[:6]] == [*LEVELS, *LEVELS]


def test_an_id_is_its_task() -> None:
    """A task knows the id that it was asked for by."""
    for split in DEALS:
        task_id = task_id_at(split, 4)
        assert (task_of(task_id).task_id, task_of(task_id).difficulty) == (task_id, "medium")


@pytest.mark.parametrize(
    ("choice", "task_id"),
    [
        pytest.param({"seed": 0}, "train-easy-0", id="seed"),
        pytest.param({"seed": 10_005}, "train-hard-1", id="seed-goes-round"),
        pytest.param({"seed": -1}, "train-easy-3333", id="seed-below-zero"),
        pytest.param({"split": "test", "index": 4}, "test-medium-1", id="mixed"),
        pytest.param(
            {"split": "train", "difficulty": "hard", "index": 17}, "train-hard-17", id="level"
        ),
        pytest.param({"difficulty": "hard"}, "train-hard-0", id="level-alone"),
        pytest.param({"index": 2}, "train-hard-0", id="index-alone"),
        pytest.param({"task_id": "test-easy-9"}, "test-easy-9", id="id"),
        pytest.param({"task_id": "test-easy-9", "seed": 5}, "test-easy-9", id="id-and-seed"),
        pytest.param({"task_id": "test-easy-9", "split": "test"}, "test-easy-9", id="id-and-split"),
        pytest.param(
            {"task_id": "test-easy-1", "split": "test", "index": 3}, "test-easy-1", id="agreeing"
        ),
    ],
)  # fmt: skip
def test_what_is_asked_for_is_opened(choice: dict[str, Any], task_id: str) -> None:
    """Each way to ask for a task finds it."""
    assert chosen_task(**choice) == task_id


def test_nothing_asked_for_is_the_first_headline_task() -> None:
    """A bare reset opens the first headline task, or the first of train if there is none."""
    assert chosen_task() == (CHOSEN[0].task_id if CHOSEN else "train-easy-0")


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        pytest.param({"seed": "7"}, "whole number", id="seed-text"),
        pytest.param({"seed": True}, "whole number", id="seed-bool"),
        pytest.param({"task_id": "train-hard"}, "There is no task 'train-hard'", id="no-number"),
        pytest.param({"task_id": "train-hard-007"}, "There is no task", id="zeros"),
        pytest.param({"task_id": "train-hard-3333"}, "There is no task", id="too-far"),
        pytest.param({"task_id": f"train-hard-{'9' * 5000}"}, "There is no task", id="endless"),
        pytest.param({"task_id": "train-mixed-1"}, "There is no task", id="mixed-id"),
        pytest.param({"task_id": ["x"]}, "There is no task", id="list"),
        pytest.param({"split": "dev"}, "choose one of: headline, train, test", id="split"),
        pytest.param({"split": ["train"]}, "is no text", id="split-list"),
        pytest.param({"difficulty": "tiny"}, "one of: easy, medium, hard, mixed", id="level"),
        pytest.param({"difficulty": 3}, "is no text", id="level-number"),
        pytest.param({"split": "test", "index": 300}, "there are 300, counted from 0", id="index"),
        pytest.param({"split": "test", "index": -1}, "counted from 0", id="negative"),
        pytest.param({"split": "test", "index": True}, "counted from 0", id="bool"),
        pytest.param({"split": "test", "index": 1.0}, "counted from 0", id="float"),
        pytest.param(
            {"task_id": "train-easy-0", "split": "train", "index": 1}, "two tasks", id="two"
        ),
        pytest.param(
            {"task_id": "train-easy-0", "split": "test"}, "a task of train", id="other-split"
        ),
        pytest.param(
            {"task_id": "train-easy-0", "difficulty": "hard"}, "and easy; send", id="other-level"
        ),
    ],
)  # fmt: skip
def test_what_is_none_is_refused(choice: dict[str, Any], words: str) -> None:
    """What names no task, or two, is an error that names the remedy."""
    with pytest.raises(UnknownTaskChoiceError, match=words):
        chosen_task(**choice)


def test_indices_are_index_errors() -> None:
    """OpenEnv answers an IndexError by HTTP 400."""
    with pytest.raises(IndexError):
        task_id_at(HEADLINE, 10_000)
    with pytest.raises(UnknownTaskIndexError, match="no task number"):
        task_id_at("train", 10_000, MIXED)
    assert list(DIFFICULTIES) == [*LEVELS, "mixed"]
