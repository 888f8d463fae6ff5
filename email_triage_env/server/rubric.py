"""The reward as a tree of OpenEnv rubrics that read what the root's grader has found.

Nothing is graded here: every leaf takes its number from the breakdown of the step that the
environment has just made, and the root of the tree adds them up.
"""

from collections.abc import Mapping
from typing import Final

from openenv.core.rubrics import Rubric

from graders import SCORE_DIGITS, STEP_COST
from models import Info

LEAVES: Final = ("label", "route", "summary", "efficiency", "penalties")
LOWEST: Final = -1.0
HIGHEST: Final = 1.0


def attributed(info: Info) -> dict[str, float]:
    """Split the reward of a step among the leaves.

    Args:
        info: What the root's `step` returned with the reward.

    Returns:
        By leaf, in points of reward: `label`, `route` and `summary` as graded, `efficiency` (the
        bonus of the last step less the cost of this one) and `penalties` (zero or less). All are
        zero where nothing was graded. Their sum, clipped to [-1, 1], is the reward.
    """
    if "score" not in info:
        return dict.fromkeys(LEAVES, 0.0)
    points = {
        "label": float(info["label_score"]),
        "route": float(info["route_score"]),
        "summary": float(info["summary_score"]),
        "efficiency": float(info["bonus"]) - STEP_COST * int(info["step"]),
        "penalties": 0.0 - float(info["penalty"]),
    }
    return {leaf: round(share, SCORE_DIGITS) for leaf, share in points.items()}


class Leaf(Rubric):
    """One component of the reward of the last step."""

    def __init__(self, name: str, points: Mapping[str, float]) -> None:
        """Read the component `name` of `points` whenever asked."""
        super().__init__()
        self._name = name
        self._points = points

    def forward(self, action: object, observation: object) -> float:  # noqa: ARG002
        """Return the points of this component."""
        return self._points[self._name]


class TriageRubric(Rubric):
    """The reward of the last step and, by name, what it is made of."""

    def __init__(self) -> None:
        """Start with nothing graded."""
        super().__init__()
        self._points = dict.fromkeys(LEAVES, 0.0)
        for name in LEAVES:
            setattr(self, name, Leaf(name, self._points))

    def read(self, info: Info) -> Mapping[str, float]:
        """Take over what the root says about its last step.

        Args:
            info: What `step` returned.

        Returns:
            The points by leaf.
        """
        self._points.update(attributed(info))
        return self._points

    def forward(self, action: object, observation: object) -> float:
        """Return the sum of the leaves, clipped as the reward is."""
        points: float = sum(leaf(action, observation) for leaf in self.children())
        return round(min(HIGHEST, max(LOWEST, points)), SCORE_DIGITS)

    def reset(self) -> None:
        """Forget the last step."""
        self.read({})
        for rubric in (self, *self.rubrics()):
            rubric.last_score = None
