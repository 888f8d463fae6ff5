"""A review, action by action: budgets, results, what is told and what is not."""

from typing import Any

import pytest

from python_env.models import FIELDS, MAX_FINDINGS, MAX_HINTS, MAX_PATCHES, MAX_STEPS
from python_env.quality import key
from python_env.quality.forgeries import forged
from python_env.quality.playing import APPROVE, REQUEST, finding, play
from python_env.server.dealing import ReviewTask, deal
from python_env.server.facts import Facts
from python_env.server.observing import observed
from python_env.server.review import Review
from python_env.server.sandbox import Sandbox

NONE = Facts()


def task_with(defects: int, difficulty: str = "hard") -> ReviewTask:
    """Return the first deal with so many defects."""
    found = (deal("train", difficulty, i) for i in range(200))
    return next(task for task in found if len(task.defects) == defects)


def test_the_key_earns_all_there_is(sandbox: Sandbox) -> None:
    """On tasks with no, one, two and three defects."""
    for count in range(4):
        played = play(task_with(count), key.answer_key(sandbox), sandbox)
        assert played.evaluation.score == 1.0, played


def test_a_patch_pays_only_for_what_was_named(sandbox: Sandbox) -> None:
    """The mended module before any finding earns nothing, and after one its share."""
    task = task_with(2, "medium")
    review = Review(task)
    patch = {"operation": "submit_patch", "patch": task.mended()}
    assert review.act(patch, review.facts(patch, sandbox)).reward == 0.0
    named = key.found(task.defects[0])
    assert review.act(named, NONE).result == "matched"
    told = review.act(patch, review.facts(patch, sandbox))
    assert 0.0 < told.parts["patch"] < 0.35
    assert "mends 1 of the 1 defects" in told.feedback


def test_the_last_patch_counts(sandbox: Sandbox) -> None:
    """A worse patch after a good one takes its points away."""
    task = task_with(1, "easy")
    review = Review(task)
    review.act(key.found(task.defects[0]), NONE)
    for patch, points in ((task.mended(), 0.35), (task.code, -0.35)):
        action = {"operation": "submit_patch", "patch": patch}
        assert review.act(action, review.facts(action, sandbox)).parts["patch"] == points


def test_forged_patches_earn_nothing(sandbox: Sandbox) -> None:
    """At least twenty kinds, on a task whose defect is named."""
    task = task_with(1, "hard")
    patches = dict(forged(task))
    assert len(patches) >= 20
    for name, patch in patches.items():
        review = Review(task)
        review.act(key.found(task.defects[0]), NONE)
        action = {"operation": "submit_patch", "patch": patch}
        assert review.act(action, review.facts(action, sandbox)).parts["patch"] == 0.0, name


def test_results_of_findings() -> None:
    """Matched, duplicate, false, vague and no finding at all."""
    task = task_with(1)
    defect = task.defects[0]
    review = Review(task)
    right = key.found(defect)
    results = [
        review.act(action, NONE).result
        for action in (
            right, right, {**right, "kind": "ssrf" if defect.kind != "ssrf" else "off-by-one"},
            {**right, "rationale": "bad"}, {**right, "last_line": defect.first + 20},
        )
    ]  # fmt: skip
    assert results == ["matched", "duplicate", "false", "vague", "invalid"]
    assert review.actions[-1] is None
    assert review.evaluation.penalties == pytest.approx(-(3 * 0.12 + 0.03), abs=0.05)


def test_hints_cost_and_halve() -> None:
    """The first level names the function, the second the kind; a hinted defect is worth half."""
    task = task_with(1)
    defect, review = task.defects[0], Review(task)
    ask: dict[str, Any] = {"operation": "request_hint", "slot": 1, "level": 1}
    first = review.act(ask, NONE)
    assert defect.function in first.feedback
    assert defect.kind not in first.feedback
    assert defect.kind in review.act({**ask, "level": 2}, NONE).feedback
    assert review.act({**ask, "slot": 3}, NONE).result == "nothing"
    review.act(key.found(defect), NONE)
    assert review.evaluation.findings == pytest.approx(0.225)


@pytest.mark.parametrize(
    ("action", "budget"),
    [
        pytest.param(finding("ssrf", 1, 1), MAX_FINDINGS, id="findings"),
        pytest.param({"operation": "request_hint", "slot": 1, "level": 1}, MAX_HINTS, id="hints"),
        pytest.param({"operation": "submit_patch", "patch": "x"}, MAX_PATCHES, id="patches"),
    ],
)
def test_budgets(action: dict[str, Any], budget: int) -> None:
    """What is spent is refused, costs a step and nothing else."""
    review = Review(task_with(1))
    results = [review.act(action, Facts(refused="no")).result for _ in range(budget + 1)]
    assert "spent" not in results[:-1]
    assert results[-1] == "spent"


def test_an_episode_ends() -> None:
    """After the last step without a verdict, and nothing changes after the end."""
    review = Review(task_with(0))
    for _ in range(MAX_STEPS):
        review.act({}, NONE)
    assert review.done
    assert review.evaluation.score == 0.0
    told = review.act(APPROVE, NONE)
    assert told.error
    assert (told.reward, len(review.actions)) == (0.0, MAX_STEPS)


@pytest.mark.parametrize(
    "action",
    [
        pytest.param({}, id="empty"),
        pytest.param({"operation": "finalize"}, id="no-verdict"),
        pytest.param({**APPROVE, "patch": "x"}, id="field-of-another"),
        pytest.param({**APPROVE, "verdict": "maybe"}, id="no-such-verdict"),
        pytest.param({**APPROVE, "note": "x"}, id="unknown-field"),
        pytest.param({"operation": "submit_patch", "patch": "x" * 20_001}, id="too-long"),
        pytest.param({"operation": "request_hint", "slot": True, "level": 1}, id="bool"),
        pytest.param({"operation": "request_hint", "slot": 1.0, "level": 1}, id="float"),
        pytest.param({"operation": ["finalize"], "verdict": "approve"}, id="list"),
    ],
)
def test_what_is_no_action(action: dict[str, Any]) -> None:
    """It costs a step, earns nothing, and the error names what is wrong."""
    review = Review(task_with(1))
    told = review.act(action, NONE)
    assert (told.result, told.reward) == ("invalid", 0.0)
    assert told.error
    assert review.actions == [None]


def test_feedback_at_the_end_tells_nothing_before() -> None:
    """Right, false and repeated findings are answered alike, and the end pays for all."""
    task = task_with(2, "medium")
    review = Review(task, feedback="final")
    actions = [
        key.found(task.defects[0]), key.found(task.defects[0]), finding("ssrf", 1, 1), REQUEST,
    ]  # fmt: skip
    told = [review.act(action, NONE) for action in actions]
    assert {(one.result, one.feedback, one.reward) for one in told[:3]} == {
        ("noted", "It is noted, and graded at the end.", 0.0)
    }
    open_review = Review(task)
    assert told[3].reward == pytest.approx(
        sum(open_review.act(action, NONE).reward for action in actions)
    )


def test_an_observation_is_the_same_whatever_was_not_found() -> None:
    """Two tasks that differ in a defect nobody named show different code and nothing else."""
    shown = [observed(Review(task_with(count, "hard"))) for count in (0, 1, 2, 3)]
    hidden = [one.model_dump(exclude={"code", "task_id"}) for one in shown]
    assert all(one == hidden[0] for one in hidden)


def test_every_operation_has_its_fields() -> None:
    """The table of fields names fields that an action has."""
    review = Review(task_with(1))
    for operation, (needed, _) in FIELDS.items():
        told = review.act({"operation": operation}, NONE)
        assert all(name in told.error for name in needed)
