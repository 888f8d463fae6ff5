"""What a client must be shown of an inbox, and what a server must keep of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError

from graders import EASY_WEIGHTS, EXACT_BONUS, HARD_WEIGHTS, MEDIUM_WEIGHTS, SCORE_DIGITS
from models import LABELS, Task, TriageAction
from quality.leaks import emails_of
from tasks import TASKS

WEIGHTS: Final = {"easy": EASY_WEIGHTS, "medium": MEDIUM_WEIGHTS, "hard": HARD_WEIGHTS}
MAIL_FIELDS: Final = {"email_id", "sender", "subject", "body", "timestamp", "thread_history"}


def odd_reset(task: Task, seen: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[str]:
    """Say where a reset shows other than a mail, the policy, the teams and the points.

    Args:
        task: The inbox.
        seen: The observation.
        told: What the reset tells beside it.

    Yields:
        What is wrong.
    """
    yield from _odd_mail(task, seen, task.description)
    expected = {
        "task_id": task.task_id, "description": task.description, "labels": ", ".join(LABELS),
        "routes": ", ".join(task.routes), "difficulty": _level(task), "teams": dict(task.routes),
        "points": {**WEIGHTS[task.difficulty]._asdict(), "bonus": EXACT_BONUS},
    }  # fmt: skip
    for name, value in expected.items():
        if told.get(name) != value:
            yield f"{name!r} of the reset is {told.get(name)!r:.60}, not {value!r:.60}"


def odd_step(task: Task, seen: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[str]:
    """Say where a step shows other than a mail, or its feedback names what can be decided.

    Args:
        task: The inbox.
        seen: The observation.
        told: What the step tells beside it.

    Yields:
        What is wrong.
    """
    yield from _odd_mail(task, seen, "")
    named = {*LABELS, *task.routes}.intersection(re.findall(r"\w+", str(told.get("feedback", ""))))
    if named:
        yield f"the feedback names {min(named)!r}"


def recorded(
    task: Task, actions: Sequence[Mapping[str, Any]], told: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what follows from some steps for the state of an inbox.

    Args:
        task: The inbox.
        actions: What was sent.
        told: What each step told beside the mail.

    Returns:
        The fields that the state must have.
    """
    emails = len(task.emails)
    scores = [step.get("score") for step in told]
    total = sum(score for score in scores if isinstance(score, int | float))
    return {
        "current_step": len(actions),
        "total_steps": emails,
        "action_history": [_decision(action) for action in actions],
        "episode_score": round(total / emails, SCORE_DIGITS),
    }


def _level(task: Task) -> str:
    """Return what a reset calls the level: a deal's id says which, a headline task knows."""
    return task.difficulty if task.task_id in TASKS else task.task_id.split("-")[1]


def _odd_mail(task: Task, seen: Mapping[str, Any], policy: str) -> Iterator[str]:
    if seen.get("policy") != policy:
        yield f"the policy of an observation is {seen.get('policy')!r:.60}, not {policy!r:.60}"
    email_id = seen.get("email_id")
    if email_id == "":
        return
    email = next((email for email in emails_of(task) if email.email_id == email_id), None)
    if email is None:
        yield f"the mail {email_id!r:.60} is none of this inbox"
        return
    for name, value in email.model_dump(mode="json", include=MAIL_FIELDS).items():
        if seen.get(name) != value:
            yield f"{name!r} of {email_id} is not what was written"


def _decision(action: Mapping[str, Any]) -> dict[str, Any] | None:
    try:
        return TriageAction.model_validate(action).model_dump()
    except ValidationError:
        return None
