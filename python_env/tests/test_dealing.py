"""Deals: by number, the same everywhere, distinct, and as hard as their level says."""

import os
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from python_env.server.dealing import (
    DIFFICULTIES,
    MOST_DEFECTS,
    ReviewTask,
    deal,
    headline_task,
)
from python_env.server.splits import split_sizes, task_id_at
from python_env.stock.format import LOUD, RIGHT, WRONG_LOUD
from python_env.stock.headline import HEADLINE

FOLDER = Path(__file__).parents[1]
SOME = 250


def some(difficulty: str) -> list[ReviewTask]:
    """Return the first deals of a level."""
    return [deal("train", difficulty, i) for i in range(SOME)]


@pytest.mark.parametrize(("split", "size"), [("train", 10_000), ("test", 300)])
def test_deals_are_distinct(split: str, size: int) -> None:
    """No two deals of a split show the same code."""
    assert split_sizes()[split] == size
    digests: Counter[bytes] = Counter()
    for i in range(size):
        _, difficulty, number = task_id_at(split, i).split("-")
        code = deal.__wrapped__(split, difficulty, int(number)).code
        digests[sha256(code.encode()).digest()] += 1
    assert len(digests) == size


def test_the_same_bytes_in_another_process() -> None:
    """Another hash seed and another process deal the same."""
    program = (
        "from python_env.server.dealing import deal; "
        "print([deal('test', 'hard', i).code for i in range(40)])"
    )
    said = {
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", program], cwd=FOLDER, capture_output=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "77")
    }  # fmt: skip
    assert len(said) == 1


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_one_deal_in_eight_is_clean(difficulty: str) -> None:
    """On every level."""
    clean = sum(not task.defects for task in some(difficulty))
    assert SOME / 16 < clean < SOME * 3 / 16


def test_levels_have_their_defects() -> None:
    """One on easy, two on medium, one to three on hard."""
    counts = {level: {len(task.defects) for task in some(level)} for level in DIFFICULTIES}
    assert counts["easy"] == {0, 1}
    assert counts["medium"] == {0, 2}
    assert counts["hard"] == {0, *range(1, MOST_DEFECTS + 1)}


def test_easy_is_quiet() -> None:
    """Without decoys a loud defect would be the only loud place, so there is none."""
    for task in some("easy"):
        assert LOUD not in task.chosen.values()
        assert WRONG_LOUD not in task.chosen.values()


def test_loud_is_no_sign_of_a_defect() -> None:
    """Right and wrong sites are loud equally often where there are decoys."""
    loud: Counter[bool] = Counter()
    seen: Counter[bool] = Counter()
    for task in (*some("medium"), *some("hard")):
        for variant in task.chosen.values():
            right = variant in RIGHT
            seen[right] += 1
            loud[right] += variant in (LOUD, WRONG_LOUD)
    shares = {right: loud[right] / seen[right] for right in seen}
    assert abs(shares[True] - shares[False]) < 0.08


def test_a_defect_lies_where_it_says() -> None:
    """Its lines are in the code and differ from those of both right twins."""
    for task in some("hard"):
        lines = task.code.splitlines()
        for defect in task.defects:
            assert 1 <= defect.first <= defect.last <= len(lines)
            assert task.code not in task.twins(defect.site)
        assert task.mended() != task.code or not task.defects


def test_headline_tasks_hold_what_the_owner_names() -> None:
    """Sixteen on three levels, one of them clean, and each kind of the checklist."""
    tasks = [headline_task(one) for one in HEADLINE]
    assert len({task.task_id for task in tasks}) == 16
    assert {task.difficulty for task in tasks} == set(DIFFICULTIES)
    assert sum(not task.defects for task in tasks) == 1
    assert {defect.kind for task in tasks for defect in task.defects} >= {
        "sql-injection", "unsafe-deserialization", "resource-leak", "race-condition",
        "retry-misuse", "cache-misuse", "secret-exposure", "missing-timeout",
    }  # fmt: skip
