"""The code-review environment as the tools see it: where its server, its answers and they meet."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from python_env import VERSION, prompt
from python_env.client import PythonEnv
from python_env.evaluation import PASS_SCORE, ROWS, examine, highlights
from python_env.models import (
    LEAVES,
    MAX_PATCH,
    MAX_STEPS,
    PythonReviewObservation,
    PythonReviewState,
)
from python_env.quality import canaries, digests, key, probes, report
from python_env.quality.keywords import keyword_rules
from python_env.quality.leaks import Answers
from python_env.quality.playing import APPROVE, REQUEST, finding, reading
from python_env.quality.playing import Policy as Rule
from python_env.server import splits
from python_env.server.briefing import numbered
from python_env.server.review import Review
from python_env.server.rubric import ReviewRubric
from python_env.server.sandbox import Sandbox
from tools.subject import Bench, Decide, Fields, Files, Policy, PolicyError, Subject

CONSTANT: Final = "constant:"


@cache
def sandbox() -> Sandbox:
    """Return the sandbox of whoever knows the answers; it starts when it is needed."""
    return Sandbox()


def deciding(rule: Callable[[PythonReviewObservation], Mapping[str, Any]]) -> Decide:
    """Return who decides from what is shown, over the wire."""
    return lambda _brief, observation: rule(observation)


def policy_of(rule: Rule) -> Policy:
    """Return a policy of the quality folder as one over the wire."""
    return lambda task_id, _number: deciding(rule(splits.task_of(task_id)))


def knowing(rule: Callable[[Sandbox], Rule]) -> Policy:
    """Return a policy that looks into the answers and runs what shall show them."""
    return lambda task_id, _number: deciding(rule(sandbox())(splits.task_of(task_id)))


def policy_from(name: str) -> Policy:
    """Return the policy that gives one verdict at once, such as `constant:approve`.

    Args:
        name: The name.

    Returns:
        The policy.

    Raises:
        PolicyError: If it is no such name.
    """
    verdicts = {"approve": APPROVE, "request_changes": REQUEST}
    action = verdicts.get(name.removeprefix(CONSTANT))
    if not name.startswith(CONSTANT) or action is None:
        raise PolicyError(
            f"Unknown policy {name!r:.60}; a constant one is {CONSTANT}approve or "
            f"{CONSTANT}request_changes."
        )
    return lambda _task_id, _number: lambda _brief, _observation: action


def canary(name: str, task_id: str) -> list[Decide]:
    """Return who plays a canary in a task; where silence is right, all ask for changes."""
    task = splits.task_of(task_id)
    chosen = canaries.policies(name, task)
    return [deciding(decide) for decide in (chosen if task.defects else chosen and [_changes()])]


def _changes() -> Callable[[Any], Mapping[str, Any]]:
    return lambda _seen: REQUEST


def replay(task_id: str, actions: Sequence[Mapping[str, Any]]) -> list[float]:
    """Return what a review pays for some actions, without a server."""
    review = Review(splits.task_of(task_id))
    return [review.act(action, review.facts(action, sandbox())).reward for action in actions]


def recorded(
    task_id: str, actions: Sequence[Mapping[str, Any]], _told: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what the state of a task must hold beside what all states do."""
    review = Review(splits.task_of(task_id))
    parsed = [review.parsed(action) for action in actions]
    return {
        "difficulty": review.task.difficulty,
        "feedback": "step",
        "action_history": [
            None if isinstance(sent, str) else dict(action)
            for sent, action in zip(parsed, actions, strict=True)
        ],
    }


def odd_reset(task_id: str, seen: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[str]:
    """Say what is shown of a task at its beginning that should not be."""
    yield from odd_step(task_id, seen, told)
    if seen["past_actions"] or seen["matched"] or seen["score"] or any(seen["coverage"].values()):
        yield "a review that begins has a past"
    if not seen["instructions"] or told.get("task_id") != task_id:
        yield "the instructions or the task are missing"


def odd_step(task_id: str, seen: Mapping[str, Any], _told: Mapping[str, Any]) -> Iterator[str]:
    """Say what is shown of a task that is not the task."""
    task = splits.task_of(task_id)
    if seen["code"] != numbered(task.code):
        yield "the code is not the task's"
    if seen["difficulty"] != task.difficulty:
        yield "the difficulty is not the task's"


BENCH: Final = Bench(
    oracle=knowing(key.answer_key),
    erratic=lambda task_id, number: deciding(probes.erratic(splits.task_of(task_id), number)),
    probing=(policy_of(probes.bare), policy_of(probes.contrary)),
    plain=finding("ssrf", 1, 1),
    invalid=probes.INVALID,
    oversize=lambda size: {"operation": "submit_patch", "patch": "x" * max(size, MAX_PATCH + 1)},
    canary=canary,
    leaks=Answers,
    replay=replay,
    recorded=recorded,
    odd_reset=odd_reset,
    odd_step=odd_step,
    fields=Fields(
        task=frozenset({"task_id", "split", "index"}),
        observation=frozenset(PythonReviewObservation.model_fields)
        - {"metadata", "done", "reward"},
        brief=frozenset({"task_id", "difficulty", "feedback", "episode_id", "instructions"}),
        graded=frozenset({"rubric", "result"}),
        refused=frozenset({"rubric", "result", "error"}),
        state=frozenset(PythonReviewState.model_fields),
    ),
    leaves=LEAVES,
    rubric=ReviewRubric,
    measured=digests.measured,
    regrade="python_env.quality.regrade",
    bodies={"/review": [{"code": "VALUE = eval('1')\n"}]},
)

SUBJECT: Final = Subject(
    name="python",
    environment="python_env",
    version=VERSION,
    root=Path(__file__).parent,
    app="server.app",
    client=PythonEnv,
    observation=PythonReviewObservation,
    prompt=prompt,
    splits=splits,
    max_steps=MAX_STEPS,
    policies={
        "keyword": policy_of(reading(keyword_rules(2))),
        "constant:approve": policy_from("constant:approve"),
        "constant:request_changes": policy_from("constant:request_changes"),
        "improving": knowing(key.improving),
        "hints": policy_of(key.hints_and_guesses),
        "answer-key": knowing(key.answer_key),
    },
    policy_from=policy_from,
    knowing=frozenset({"improving", "hints", "answer-key"}),
    drawing=frozenset(),
    files=Files(
        dockerfile="server/Dockerfile",
        requirements="server/requirements.txt",
        sbom="server/sbom.json",
        plan="runtime.json",
        canaries=canaries.FILE,
        digests=digests.FILE,
        explaining=("README.md", "server/rubric.py"),
    ),
    bench=BENCH,
    examine=examine,
    rows=ROWS,
    pass_score=PASS_SCORE,
    highlights=highlights,
    report=report.main,
)
