"""What a model reads of an episode: the policy, one email, and what became of an answer."""

from typing import Final

from email_triage_env.models import EmailTriageObservation
from tools.episodes.playing import Step

INBOX_DONE: Final = "The inbox is done."
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


def email_text(observation: EmailTriageObservation) -> str:
    """Return one email as text, in the layout that the root's baseline shows to a model.

    Args:
        observation: The email.

    Returns:
        Its lines.
    """
    thread = "\n\n".join(observation.thread_history) or "(none)"
    return (
        f"Email {observation.step_number}, task {observation.task_id}\n"
        f"From: {observation.sender}\n"
        f"Date: {observation.timestamp}\n"
        f"Subject: {observation.subject}\n"
        f"Earlier messages of the thread:\n{thread}\n\n"
        f"{observation.body}"
    )


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
