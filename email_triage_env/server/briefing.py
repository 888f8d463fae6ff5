"""What a reset tells about an inbox beside its first mail, as facts that need no parsing.

Knows no answer: all of it follows from the level and the desk of the inbox.
"""

from collections.abc import Mapping
from typing import Any, Final

from email_triage_env.server.splits import level_of
from graders import EASY_WEIGHTS, EXACT_BONUS, HARD_WEIGHTS, MEDIUM_WEIGHTS, Weights
from models import Difficulty, Task

WEIGHTS: Final[Mapping[Difficulty, Weights]] = {
    "easy": EASY_WEIGHTS,
    "medium": MEDIUM_WEIGHTS,
    "hard": HARD_WEIGHTS,
}


def briefing(task: Task) -> dict[str, Any]:
    """Return what an agent, or who trains one, may know about an inbox.

    Args:
        task: The inbox.

    Returns:
        `difficulty`, the level that it is of; `points`, what `label`, `route` and `summary` of one
        email are worth in points of score, and in points of reward the most that the `bonus` of
        the last step pays; `teams`, what each team of its desk owns.
    """
    return {
        "difficulty": level_of(task),
        "points": {**WEIGHTS[task.difficulty]._asdict(), "bonus": EXACT_BONUS},
        "teams": dict(task.routes),
    }
