"""What an agent is shown of a review: nothing that depends on defects which were not found."""

from typing import Any

from python_env.models import PythonReviewObservation
from python_env.server.briefing import INSTRUCTIONS, numbered
from python_env.server.review import Review

BEGUN = "The review begins."


def observed(
    review: Review,
    feedback: str = BEGUN,
    reward: float | None = None,
    metadata: dict[str, Any] | None = None,
) -> PythonReviewObservation:
    """Return what is shown of a review.

    Args:
        review: The review so far.
        feedback: What came of the last action, in a sentence.
        reward: What it earned; `None` after a reset.
        metadata: What is told beside it.

    Returns:
        The observation; the first of an episode has the instructions.
    """
    return PythonReviewObservation(
        task_id=review.task.task_id,
        difficulty=review.task.difficulty,
        code=numbered(review.task.code),
        instructions=INSTRUCTIONS if reward is None else "",
        feedback=feedback,
        past_actions=list(review.past),
        matched=review.matched_kinds(),
        areas_without_finding=review.areas_without_finding(),
        coverage=review.evaluation.leaves(),
        left=review.left(),
        score=review.evaluation.score,
        done=review.done,
        reward=reward,
        metadata=metadata or {},
    )
