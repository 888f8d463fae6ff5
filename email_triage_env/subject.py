"""The email environment as the tools see it: where its server, its answers and the tools meet."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

from email_triage_env import VERSION, prompt
from email_triage_env.client import EmailTriageClient
from email_triage_env.evaluation import PASS_SCORE, ROWS, examine
from email_triage_env.models import MAX_STEPS, EmailTriageObservation
from email_triage_env.server import splits
from email_triage_env.server.rubric import LEAVES, TriageRubric
from environment import EmailTriageEnv
from models import (
    LABELS,
    EmailObservation,
    EnvironmentState,
    GroundTruth,
    Task,
    TriageAction,
)
from quality import canaries, digests, probes, report, shown
from quality.leaks import Answers
from quality.policies import Policy as Rule
from quality.policies import always, answer_key, keyword, memoryless, numbered_draw
from tasks import ROUTES
from tools.episodes.playing import ServerError
from tools.subject import Bench, Decide, Fields, Files, Policy, PolicyError, Subject

CONSTANT: Final = "constant:"
# What a policy gets that decides without the answer.
NO_ANSWER: Final = GroundTruth(label="normal", route_to="", facts=(), reference_summary="")


def deciding(rule: Rule, answers: Mapping[str, GroundTruth] | None = None) -> Decide:
    """Return a rule of `quality` as a policy that decides over the wire.

    Args:
        rule: A function of an email and its reviewed answer.
        answers: The answers of the inbox; without them the rule gets none.

    Returns:
        The policy; it raises `ServerError` if it is shown a mail that is none of the inbox.
    """

    def decide(_brief: Mapping[str, Any], observation: Any) -> Mapping[str, Any]:  # noqa: ANN401
        email_id = observation.email_id
        if answers is not None and email_id not in answers:
            raise ServerError(f"The server showed {email_id!r:.60}, which is not of this inbox.")
        action = rule(observation, NO_ANSWER if answers is None else answers[email_id])
        if not isinstance(action, TriageAction):
            return dict(action)
        # In the order in which the prompt asks for the fields.
        return {name: getattr(action, name) for name in ("label", "route_to", "summary")}

    return decide


def knowing(rule: Rule) -> Policy:
    """Return a rule that looks into the reviewed answers of this checkout."""
    return lambda task_id, _number: deciding(rule, _task(task_id).ground_truth)


def drawing(task_id: str, number: int) -> Decide:
    """Return who draws each answer, among the teams of the inbox's own desk."""
    return deciding(numbered_draw(number, tuple(_task(task_id).routes)))


def policy_from(name: str) -> Policy:
    """Return a constant policy by its name, such as `constant:normal/billing`.

    The team is one of the base desk. At a desk that has none of that name it is sent as it is, and
    is as wrong as any other.

    Args:
        name: The name.

    Returns:
        The policy.

    Raises:
        PolicyError: If it is no such name.
    """
    label, slash, route_to = name.removeprefix(CONSTANT).partition("/")
    if not name.startswith(CONSTANT) or not slash or label not in LABELS or route_to not in ROUTES:
        raise PolicyError(
            f"Unknown policy {name!r:.60}; a constant one is {CONSTANT}LABEL/TEAM, with one of "
            f"{json.dumps(LABELS)[1:-1]} and, of the base desk's teams, one of "
            f"{json.dumps(list(ROUTES))[1:-1]}."
        )
    action = TriageAction(label=label, summary="", route_to=route_to)
    return lambda _task_id, _number: deciding(always(action))


def erratic(task_id: str, number: int) -> Decide:
    """Return who is right, wrong, harmful, obedient and no decision by turns in an inbox."""
    return deciding(probes.erratic(number), _task(task_id).ground_truth)


def canary(name: str, task_id: str) -> list[Decide]:
    """Return who plays a canary in an inbox."""
    task = _task(task_id)
    return [deciding(rule, task.ground_truth) for rule in canaries.policies(name, task)]


def replay(task_id: str, actions: Sequence[Mapping[str, Any]]) -> list[float]:
    """Return what the root's own environment pays for some actions."""
    env = EmailTriageEnv.for_task(_task(task_id))
    # The environment itself validates what was sent.
    return [env.step(cast(TriageAction, action)).reward for action in actions]


def _task(task_id: str) -> Task:
    return splits.chosen_task(task_id=task_id)


BENCH: Final = Bench(
    oracle=knowing(answer_key),
    erratic=erratic,
    probing=(knowing(probes.bare), knowing(probes.contrary)),
    plain={"label": "normal", "summary": "", "route_to": "billing"},
    tool_calls=(
        {"name": "triage", "arguments": {}},
        {
            "name": "triage",
            "arguments": {"label": "spam", "summary": "", "route_to": "no team"},
        },
    ),
    invalid=canaries.INVALID,
    oversize=lambda size: {"label": "urgent", "summary": "x" * size, "route_to": "safety"},
    canary=canary,
    leaks=lambda task_ids: Answers(map(_task, task_ids)),
    replay=replay,
    recorded=lambda task_id, actions, told: shown.recorded(_task(task_id), actions, told),
    odd_reset=lambda task_id, seen, told: shown.odd_reset(_task(task_id), seen, told),
    odd_step=lambda task_id, seen, told: shown.odd_step(_task(task_id), seen, told),
    fields=Fields(
        task=frozenset({"task_id", "split", "index", "difficulty"}),
        observation=frozenset({"policy", *EmailObservation.model_fields}),
        brief=frozenset(
            {"task_id", "description", "labels", "routes", "difficulty", "points", "teams"}
        ),
        graded=frozenset(
            {
                "step", "task_id", "email_id", "score", "label_score", "route_score",
                "summary_score", "bonus", "penalty", "obeyed", "feedback", "rubric",
            }
        ),
        refused=frozenset({"step", "task_id", "error", "rubric"}),
        state=frozenset(
            {"episode_id", "step_count", "episode_score", *EnvironmentState.model_fields}
        ),
    ),
    leaves=LEAVES,
    rubric=TriageRubric,
    measured=digests.measured,
    regrade="quality.regrade",
)  # fmt: skip

SUBJECT: Final = Subject(
    name="email",
    environment="email_triage",
    version=VERSION,
    root=Path(__file__).parents[1],
    app="email_triage_env.server.app",
    client=EmailTriageClient,
    observation=EmailTriageObservation,
    prompt=prompt,
    splits=splits,
    max_steps=MAX_STEPS,
    policies={
        "keyword": lambda _task_id, _number: deciding(keyword),
        "random": drawing,
        "constant:normal/billing": policy_from("constant:normal/billing"),
        "answer-key": knowing(answer_key),
        "memoryless": knowing(memoryless),
    },
    policy_from=policy_from,
    knowing=frozenset({"answer-key", "memoryless"}),
    drawing=frozenset({"random"}),
    files=Files(
        dockerfile="email_triage_env/server/Dockerfile",
        requirements="email_triage_env/server/requirements.txt",
        sbom="email_triage_env/server/sbom.json",
        plan="email_triage_env/runtime.json",
        canaries=canaries.FILE,
        digests=digests.FILE,
        explaining=("README.md", "email_triage_env/server/rubric.py"),
        # torch is another file on another machine, with or without CUDA.
        unhashed=("training/requirements-torch.txt",),
    ),
    bench=BENCH,
    examine=examine,
    rows=ROWS,
    pass_score=PASS_SCORE,
    report=report.main,
)
