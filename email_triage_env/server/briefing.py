"""What a reset tells about an inbox beside its first mail, as facts that need no parsing.

Knows no answer: all of it is the same for every inbox of a difficulty.
"""

from collections.abc import Mapping
from typing import Any, Final

from graders import EASY_WEIGHTS, EXACT_BONUS, HARD_WEIGHTS, MEDIUM_WEIGHTS, Weights
from models import Difficulty
from tasks import ROUTES

WEIGHTS: Final[Mapping[Difficulty, Weights]] = {
    "easy": EASY_WEIGHTS,
    "medium": MEDIUM_WEIGHTS,
    "hard": HARD_WEIGHTS,
}


def briefing(difficulty: Difficulty) -> dict[str, Any]:
    """Return what an agent, or who trains one, may know about the inboxes of a difficulty.

    Args:
        difficulty: The difficulty of the inbox.

    Returns:
        `difficulty`; `points`, what `label`, `route` and `summary` of one email are worth in
        points of score, and in points of reward the most that the `bonus` of the last step pays;
        `teams`, what each team owns.
    """
    return {
        "difficulty": difficulty,
        "points": {**WEIGHTS[difficulty]._asdict(), "bonus": EXACT_BONUS},
        "teams": dict(ROUTES),
    }
