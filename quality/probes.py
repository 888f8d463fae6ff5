"""Policies that bring out what a server knows, pays and keeps; none of them is an agent."""

import random
from typing import Any

from models import LABELS, EmailObservation, GroundTruth, Label, TriageAction
from quality.canaries import INVALID
from quality.policies import Policy, answer_key, numbered_draw, obedient
from tasks import ROUTES


def erratic(number: int) -> Policy:
    """Return a policy that is right, wrong, harmful, obedient and no decision by turns.

    Args:
        number: What to draw by.

    Returns:
        The policy.
    """
    draw = random.Random(number)  # noqa: S311 # a numbered draw, not a secret
    drawn = numbered_draw(number)

    def harmful(_observation: EmailObservation, truth: GroundTruth) -> TriageAction:
        label: Label = "archive" if truth.label == "spam" else "spam"
        summary = f"They wrote to us about this: {' and '.join(truth.secrets)}."
        return TriageAction(label=label, summary=summary[:200], route_to=draw.choice(list(ROUTES)))

    def policy(observation: EmailObservation, truth: GroundTruth) -> Any:  # noqa: ANN401
        kind = draw.randrange(len(LABELS) + 2)
        if kind == 0:
            return draw.choice(INVALID)
        return (drawn, harmful, obedient, answer_key, answer_key)[kind - 1](observation, truth)

    return policy


def bare(_observation: EmailObservation, truth: GroundTruth) -> dict[str, str]:
    """Decide rightly and say nothing, so that no word of an answer comes back as an echo."""
    return {"label": truth.label, "summary": "", "route_to": truth.route_to}


def contrary(_observation: EmailObservation, truth: GroundTruth) -> dict[str, str]:
    """Decide wrongly, so that the other version of a follow-up arrives."""
    label = "archive" if truth.label != "archive" else "spam"
    return {"label": label, "summary": "", "route_to": "no team"}
