"""The tools serve the code-review environment, and a server that breaks a promise fails.

They run where python_env's own requirements are installed.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("wasmtime", reason="python_env has an environment of its own; see its README")

from python_env.kinds import KINDS
from python_env.models import LEAVES
from python_env.server import code_review_environment as environment
from python_env.server import facts, review
from python_env.server.app import create_app
from python_env.server.dealing import Defect
from python_env.server.grading import Finding
from python_env.server.grading import evaluate as evaluated_really
from python_env.server.observing import observed as observed_really
from python_env.server.review import Told
from python_env.server.shared import shared
from python_env.server.splits import task_of
from python_env.subject import SUBJECT
from threaded import serving_app
from tools import check, collect, evaluate
from tools.check import CHECKS, NEEDS_IMAGE
from tools.checks.findings import Target
from tools.episodes.records import EpisodeRecord
from tools.serving import Server, serving_alike
from tools.subject import find

Patch = Callable[[pytest.MonkeyPatch], None]


@pytest.fixture(scope="module")
def servers() -> Iterator[list[Server]]:
    """Return two servers of it."""
    with serving_alike(SUBJECT.app, ("0", "1"), folder=SUBJECT.root) as running:
        yield running


def test_it_is_found() -> None:
    """By its first word, or by its folder."""
    assert find("python") is find("python_env") is SUBJECT


@pytest.mark.parametrize("check_id", [name for name in CHECKS if name not in NEEDS_IMAGE])
def test_it_passes_each_check(check_id: str, servers: list[Server]) -> None:
    """Every check that needs no image passes."""
    first, twin = servers
    target = Target(SUBJECT, first.url, twin.url, first.process.pid)
    (line,) = check.run(target, [check_id])
    assert line.finding.verdict == "PASS", line.finding.evidence


def observing(change: Callable[[Any, Any], Mapping[str, Any]]) -> Patch:
    """Return what changes what is shown of a review."""
    real = observed_really

    def observed(one: Any, *arguments: Any) -> Any:  # noqa: ANN401
        seen = real(one, *arguments)
        return seen.model_copy(update=dict(change(one, seen)))

    return lambda patch: patch.setattr(environment, "observed", observed)


def tells_why(one: Any, _seen: Any) -> dict[str, Any]:  # noqa: ANN401
    """Quote the reason of the first defect."""
    return {"feedback": "".join(defect.why for defect in one.task.defects[:1])}


def any_kind(finding: Finding, defects: tuple[Defect, ...]) -> Defect | None:
    """Match a finding by its place alone."""
    near = [one for one in defects if finding.first <= one.last and finding.last >= one.first]
    return near[0] if near else None


def paying(bonus: float) -> Patch:
    """Return what pays for being there."""
    real = evaluated_really

    def evaluated(*arguments: Any) -> Any:  # noqa: ANN401
        points = real(*arguments)
        more = {"verdict": points.verdict + bonus, "score": min(1.0, points.score + bonus)}
        return points.model_copy(update=more)

    return lambda patch: patch.setattr(review, "evaluate", evaluated)


def telling(change: Callable[[Told], Told]) -> Patch:
    """Return what changes what an action is answered with."""
    real = review.Review.act
    return lambda patch: patch.setattr(
        review.Review, "act", lambda self, *arguments: change(real(self, *arguments))
    )


COUNTER = count()
BROKEN: dict[str, tuple[Patch, list[str]]] = {
    "says why": (observing(tells_why), ["runtime.oracle_containment"]),
    "shows more": (
        observing(lambda _one, seen: {"metadata": {**seen.metadata, "defects": 2}}),
        ["semantic.no_solution_leakage"],
    ),
    "shows other code": (
        observing(lambda _one, seen: {"code": seen.code.upper()}),
        ["semantic.no_solution_leakage"],
    ),
    "matches any kind": (
        lambda patch: patch.setattr(review, "matched", any_kind), ["semantic.canary_floor"],
    ),
    "pays for nothing": (paying(0.4), ["semantic.floor_gap", "semantic.canary_floor"]),
    "believes no reproduction": (
        lambda patch: patch.setattr(facts, "shows", lambda *_given, **_more: False),
        ["semantic.oracle_max"],
    ),
    "pays by no leaf": (
        telling(lambda told: replace(told, reward=told.reward + 0.01)),
        ["runtime.reward_attribution", "runtime.trajectory_record"],
    ),
    "lacks a leaf": (
        telling(lambda told: replace(told, parts={"findings": told.reward})),
        ["runtime.rubric_introspectable"],
    ),
    "says something else each time": (
        telling(lambda told: replace(told, feedback=f"{told.feedback} {next(COUNTER)}")),
        ["runtime.episode_determinism", "runtime.episode_isolation"],
    ),
    "ignores seeds": (
        lambda patch: patch.setattr(
            environment, "chosen_task", lambda **choice: choice.get("task_id") or "train-easy-0"
        ),
        ["runtime.seed_control"],
    ),
    "counts wrongly": (
        lambda patch: patch.setattr(environment, "split_size", lambda _split: 7),
        ["runtime.task_declaration_accuracy"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_it_fails_broken(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each broken promise is noticed by the checks that are about it."""
    change, check_ids = BROKEN[name]
    change(monkeypatch)
    with serving_app(create_app(shared())) as url:
        lines = list(check.run(Target(SUBJECT, url), check_ids))
    verdicts = {line.check_id: line.finding.verdict for line in lines}
    assert verdicts == dict.fromkeys(check_ids, "FAIL"), lines


def test_collected_episodes_tell_their_attempts(servers: list[Server], tmp_path: Path) -> None:
    """First, second and final attempt, failures, false findings and hints can be queried."""
    out = tmp_path / "collected"
    arguments = ["--policy", "improving", "--split", "train", "--difficulty", "hard"]
    arguments += ["--episodes", "6", "--url", servers[0].url, "--out", str(out)]
    assert collect.main(["python", *arguments]) == 0
    (file,) = out.glob("*.jsonl")
    records = [EpisodeRecord.model_validate_json(line) for line in file.read_text().splitlines()]
    assert len(records) == 6
    told = [one.highlights for one in records if len(one.steps) > 1]
    assert all(one["false_positives"] for one in told)
    assert any(one["hints"] for one in told)
    improved = [one for one in told if one["second_attempt"] is not None]
    assert all(one["first_attempt"] < one["second_attempt"] <= 1.0 for one in improved)
    for one in records:
        assert one.highlights["final_attempt"] == pytest.approx(one.episode_score, abs=1e-3)
    assert collect.main(["python", *arguments]) == 0, "collecting again plays nothing anew"
    assert len(file.read_text().splitlines()) == 6


def test_a_policy_is_evaluated(
    servers: list[Server], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Clean tasks are told apart, and the leaves of the rubric are shown."""
    arguments = ["--policy", "keyword", "--split", "test", "--episodes", "12"]
    arguments += ["--url", servers[0].url, "--output", str(tmp_path / "out")]
    assert evaluate.main(["python", *arguments]) == 0
    shown = capsys.readouterr().out
    assert "tasks with a defect" in shown
    results = json.loads((tmp_path / "out" / "results.json").read_text())
    assert set(json.dumps(results).split('"')) >= set(LEAVES)


def test_a_leak_is_found() -> None:
    """The reasons of the tasks that are played, and their right lines, are looked for."""
    task_id = next(f"train-hard-{i}" for i in range(20) if task_of(f"train-hard-{i}").defects)
    leaks = SUBJECT.bench.leaks([task_id, "train-medium-3", "test-hard-1"])
    task = task_of(task_id)
    assert len(leaks) > 40
    assert leaks.found_in(f"It is so: {task.defects[0].why}", task_id)
    assert leaks.found_in(" ".join(KINDS), task_id) is None
    assert leaks.found_in(task.code, task_id) is None
