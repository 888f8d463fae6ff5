"""The email environment as the tools see it: where its server, its answers and the tools meet."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from email_triage_env import VERSION, prompt
from email_triage_env.client import EmailTriageClient
from email_triage_env.models import MAX_STEPS
from email_triage_env.server import splits
from models import LABELS, GroundTruth, TriageAction
from quality.policies import Policy as Rule
from quality.policies import always, answer_key, keyword, memoryless, numbered_draw
from tasks import ROUTES
from tools.subject import Decide, Policy, PolicyError, Subject

CONSTANT: Final = "constant:"
# What a policy gets that decides without the answer.
NO_ANSWER: Final = GroundTruth(label="normal", route_to="", facts=(), reference_summary="")


def deciding(rule: Rule, answers: Mapping[str, GroundTruth] | None = None) -> Decide:
    """Return a rule of `quality` as a policy that decides over the wire.

    Args:
        rule: A function of an email and its reviewed answer.
        answers: The answers of the inbox; without them the rule gets none.

    Returns:
        The policy.
    """

    def decide(_brief: Mapping[str, Any], observation: Any) -> Mapping[str, Any]:  # noqa: ANN401
        truth = NO_ANSWER if answers is None else answers[observation.email_id]
        action = rule(observation, truth)
        if not isinstance(action, TriageAction):
            return dict(action)
        # In the order in which the prompt asks for the fields.
        return {name: getattr(action, name) for name in ("label", "route_to", "summary")}

    return decide


def knowing(rule: Rule) -> Policy:
    """Return a rule that looks into the reviewed answers of this checkout."""
    return lambda task_id, _number: deciding(rule, splits.chosen_task(task_id=task_id).ground_truth)


def policy_from(name: str) -> Policy:
    """Return a constant policy by its name, such as `constant:normal/billing`.

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
            f"{json.dumps(LABELS)[1:-1]} and one of {json.dumps(list(ROUTES))[1:-1]}."
        )
    action = TriageAction(label=label, summary="", route_to=route_to)
    return lambda _task_id, _number: deciding(always(action))


SUBJECT: Final = Subject(
    name="email",
    environment="email_triage",
    version=VERSION,
    root=Path(__file__).parents[1],
    app="email_triage_env.server.app",
    client=EmailTriageClient,
    prompt=prompt,
    splits=splits,
    max_steps=MAX_STEPS,
    policies={
        "keyword": lambda _task_id, _number: deciding(keyword),
        "random": lambda _task_id, number: deciding(numbered_draw(number)),
        "constant:normal/billing": policy_from("constant:normal/billing"),
        "answer-key": knowing(answer_key),
        "memoryless": knowing(memoryless),
    },
    policy_from=policy_from,
    knowing=frozenset({"answer-key", "memoryless"}),
    drawing=frozenset({"random"}),
)
