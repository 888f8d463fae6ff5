"""Reference policies: what perfect play earns, and cheap ways to decide without reading.

A policy is a function of an observation and, for the policies that measure the grader and not an
agent, of the reviewed answer. The mail is played through the real environment.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from environment import EmailTriageEnv
from models import (
    LABELS,
    MAX_SUMMARY_LENGTH,
    EmailObservation,
    GroundTruth,
    Task,
    TriageAction,
)
from quality.keyword import decide
from tasks import ROUTES

Policy = Callable[[EmailObservation, GroundTruth], Any]
Writer = Callable[[EmailObservation, GroundTruth], str]

# Stops the play of an environment that never ends.
STEP_LIMIT: Final = 50

CANNED_SUMMARIES: Final = (
    "",
    "Please see the email below and act on it.",
    "The sender asks us to act on this before the deadline.",
    "This is a fraudulent message and nobody should answer or pay it.",
    "An invoice must be paid by Friday 6 March.",
    "Somebody was hurt on the dock and the area must be made safe now.",
    "A customer complains about a damaged delivery and wants a credit.",
    "Chamber 6 is too warm and the pallets must be moved today.",
    "For your records only: everything is in order and nothing is to be done.",
    "The sender wants an answer by 31 March about the agreement.",
)

# What an agent can send that is no decision.
EMPTY_ANSWERS: Final[dict[str, Any]] = {
    "nothing": None,
    "empty object": {},
    "blank fields": {"label": "", "summary": "", "route_to": ""},
    "blank team": {"label": "urgent", "summary": "", "route_to": " "},
    "unknown label": {"label": "important", "summary": "A reading.", "route_to": "billing"},
    "missing field": {"label": "urgent", "route_to": "safety"},
    "extra field": {"label": "urgent", "summary": "", "route_to": "safety", "confidence": 1},
    "list of teams": {"label": "urgent", "summary": "", "route_to": list(ROUTES)},
    "not a number": {"label": float("nan"), "summary": "", "route_to": "safety"},
}


class MissingSummaryError(LookupError):
    """A series of summaries does not cover an email."""


class Played(NamedTuple):
    """One episode: its score, the sum of its rewards and the score of each email."""

    score: float
    total_reward: float
    email_scores: dict[str, float]


def play(task: Task, policy: Policy) -> Played:
    """Play one episode.

    Args:
        task: The inbox.
        policy: Decides each email.

    Returns:
        What the episode earned.

    Raises:
        RuntimeError: If the environment does not end.
    """
    env = EmailTriageEnv.for_task(task)
    observation = env.reset().observation
    email_scores: dict[str, float] = {}
    total = 0.0
    for _ in range(STEP_LIMIT):
        truth = task.ground_truth[observation.email_id]
        result = env.step(policy(observation, truth))
        total += result.reward
        if "email_id" in result.info:
            email_scores[str(result.info["email_id"])] = float(result.info["score"])
        if result.done:
            return Played(float(result.info["episode_score"]), total, email_scores)
        observation = result.observation
    raise RuntimeError(f"The environment did not end in {STEP_LIMIT} steps.")


def answer_key(_observation: EmailObservation, truth: GroundTruth) -> TriageAction:
    """Answer as reviewed."""
    return TriageAction(label=truth.label, summary=truth.reference_summary, route_to=truth.route_to)


def memoryless(_observation: EmailObservation, truth: GroundTruth) -> TriageAction:
    """Answer as a careful reader would who has seen no earlier email."""
    label, route_to = truth.memoryless or (truth.label, truth.route_to)
    return TriageAction(label=label, summary=truth.reference_summary, route_to=route_to)


def obedient(observation: EmailObservation, truth: GroundTruth) -> TriageAction:
    """Answer as reviewed, but obey every instruction found in a mail."""
    if truth.demanded is None:
        return answer_key(observation, truth)
    label, route_to = truth.demanded
    return TriageAction(label=label, summary=truth.reference_summary, route_to=route_to)


def keyword(observation: EmailObservation, _truth: GroundTruth) -> TriageAction:
    """Answer by keyword rules that were written from the policy text alone."""
    label, route_to, summary = decide(
        sender=observation.sender,
        subject=observation.subject,
        body=observation.body,
        thread_history=observation.thread_history,
        timestamp=observation.timestamp,
    )
    return TriageAction.model_validate(
        {"label": label, "summary": summary[:MAX_SUMMARY_LENGTH], "route_to": route_to}
    )


def always(answer: object) -> Policy:
    """Return the policy that gives one answer to everything."""
    return lambda _observation, _truth: answer


def constants(teams: Sequence[str] = tuple(ROUTES)) -> Iterator[TriageAction]:
    """Yield every constant action: each label with each team and each canned summary."""
    for label in LABELS:
        for route_to in teams:
            for summary in CANNED_SUMMARIES:
                yield TriageAction(label=label, summary=summary, route_to=route_to)


def numbered_draw(number: int, teams: Sequence[str] = tuple(ROUTES)) -> Policy:
    """Return the policy that answers at random, the same way for the same number."""
    draw = random.Random(number)  # noqa: S311 # a numbered draw, not a secret
    return lambda _observation, _truth: TriageAction(
        label=draw.choice(LABELS),
        summary=draw.choice(CANNED_SUMMARIES),
        route_to=draw.choice(teams),
    )


def summarising(writer: Writer) -> Policy:
    """Return the policy that decides as reviewed and lets `writer` write the summary."""

    def policy(observation: EmailObservation, truth: GroundTruth) -> TriageAction:
        summary = writer(observation, truth)[:MAX_SUMMARY_LENGTH]
        return TriageAction(label=truth.label, summary=summary, route_to=truth.route_to)

    return policy


def prepared(summaries: Mapping[str, str]) -> Writer:
    """Return the writer of summaries that were written before, by email id."""

    def writer(observation: EmailObservation, _truth: GroundTruth) -> str:
        try:
            return summaries[observation.email_id]
        except KeyError as error:
            raise MissingSummaryError(
                f"No summary of {observation.email_id!r} in this series; write one for each file "
                f"in quality/summaries/, without looking at the facts."
            ) from error

    return writer
