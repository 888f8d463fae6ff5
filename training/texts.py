"""What a model reads of an episode: the policy, one email, and what became of an answer."""

from typing import Final

from email_triage_env.models import EmailTriageObservation
from email_triage_env.prompt import email_text
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
