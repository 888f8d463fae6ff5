"""What a model reads of an episode, and what it writes: as one conversation, or mail by mail.

The conversation holds the policy, every email and every answer. Mail by mail a prompt holds no
policy, only which answers there are, what was decided before, and one email: few enough tokens for
a small model on a processor, which has to learn the policy from the reward.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from email_triage_env.models import EmailTriageObservation
from email_triage_env.prompt import email_text
from tools.episodes.playing import Step

INBOX_DONE: Final = "The inbox is done."
FIELDS: Final = ("label", "route_to", "summary")
NOTHING_YET: Final = "(nothing yet)"
HOW_TO_ANSWER: Final = (
    "Decide one email at a time: call the tool triage once for each, with a label, the team in "
    "route_to and your summary. It returns the next email."
)


def opening_text(description: str, observation: EmailTriageObservation) -> str:
    """Return the first message of an inbox.

    Args:
        description: The desk's policy, from the reset.
        observation: The first email.

    Returns:
        The policy, what to do, and the email.
    """
    return f"{description}\n\n{HOW_TO_ANSWER}\n\n{email_text(observation)}"


def after_step_text(step: Step, observation: EmailTriageObservation, done: bool) -> str:
    """Return what the tool answers; of the reward it tells nothing.

    Args:
        step: The decision.
        observation: What the environment shows now.
        done: Whether the episode is over.

    Returns:
        The next email, after the error if the decision was none, or that the inbox is done.
    """
    if done:
        return INBOX_DONE
    error = f"{step.info['error']}\n\n" if "error" in step.info else ""
    return f"{error}{email_text(observation)}"


def mail_messages(
    brief: Mapping[str, Any],
    observation: EmailTriageObservation,
    past: Sequence[Mapping[str, Any]],
    letters: int | None = None,
) -> list[dict[str, str]]:
    """Return the prompt for one email.

    Args:
        brief: What the reset told: the `labels` and `routes` of the desk.
        observation: The email.
        past: What was decided before, oldest first.
        letters: How much of the email's thread and body is shown; by default all of it.

    Returns:
        Chat messages.
    """
    system = (
        "You sort the mail of a shared inbox. Answer with one JSON object and nothing else:\n"
        f'{{"label": one of {brief["labels"]}; "route_to": one of {brief["routes"]}; '
        '"summary": one sentence of your own for that team, with the facts that it needs}'
    )
    decided = "\n".join(_decided(action) for action in past) or NOTHING_YET
    thread = "\n\n".join(observation.thread_history)
    text = f"{thread}\n\n{observation.body}" if thread else observation.body
    user = (
        f"Decided so far:\n{decided}\n\n"
        f"From: {observation.sender}\nDate: {observation.timestamp}\n"
        f"Subject: {observation.subject}\n\n{text[:letters]}"
    )
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]


def answer_text(action: Mapping[str, Any]) -> str:
    """Return an action as a model should write it.

    Args:
        action: The label, the team and the summary.

    Returns:
        One line of JSON.
    """
    return json.dumps({name: action[name] for name in FIELDS}, ensure_ascii=False)


def _decided(action: Mapping[str, Any]) -> str:
    """Return one earlier decision as a line; a field that was never sent is left empty."""
    label, team, summary = (str(action.get(name, "")) for name in FIELDS)
    return f"- {label}, {team}: {summary}"
