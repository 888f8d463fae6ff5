"""The reward as a tree of OpenEnv rubrics that read what the root's grader has found.

Nothing is graded here: every leaf takes its number from the breakdown of the step that the
environment has just made, and the root of the tree adds them up.
"""

from collections.abc import Callable
from typing import Any, Final

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
    efficiency = float(info["bonus"]) - STEP_COST * int(info["step"])
    return {
        "label": round(float(info["label_score"]), SCORE_DIGITS),
        "route": round(float(info["route_score"]), SCORE_DIGITS),
        "summary": round(float(info["summary_score"]), SCORE_DIGITS),
        "efficiency": round(efficiency, SCORE_DIGITS),
        "penalties": round(0.0 - float(info["penalty"]), SCORE_DIGITS),
    }


class ReadingRubric(Rubric):
    """A rubric whose score is read from the points of the last step whenever somebody asks.

    OpenEnv's way is to evaluate every rubric at every step, and to ask each what kind of function
    it is and whom to tell. That takes half as long as the root's step, so it is left out until
    somebody registers a hook.
    """

    def __init__(self, points: dict[str, float]) -> None:
        """Read `points`, which are empty as long as nothing was graded."""
        super().__init__()
        self.is_watched = False
        self._points = points

    @property
    def last_score(self) -> float | None:
        """What the last step is worth; `None` before the first."""
        return self.forward(None, None) if self._points else None

    @last_score.setter
    def last_score(self, score: float | None) -> None:
        """Keep nothing: what OpenEnv writes down here after `forward` is what it returned."""

    def register_forward_hook(self, hook: Callable[..., Any]) -> None:
        """Register a hook called after `forward`, as OpenEnv does."""
        super().register_forward_hook(hook)
        self.is_watched = True

    def register_forward_pre_hook(self, hook: Callable[..., Any]) -> None:
        """Register a hook called before `forward`, as OpenEnv does."""
        super().register_forward_pre_hook(hook)
        self.is_watched = True


class Leaf(ReadingRubric):
    """One component of the reward of the last step."""

    def __init__(self, name: str, points: dict[str, float]) -> None:
        """Read the component `name` of `points`."""
        super().__init__(points)
        self._name = name

    def forward(self, action: object, observation: object) -> float:  # noqa: ARG002
        """Return the points of this component."""
        return self._points.get(self._name, 0.0)


class TriageRubric(ReadingRubric):
    """The reward of the last step and, by name, what it is made of."""

    def __init__(self) -> None:
        """Start with nothing graded."""
        super().__init__({})
        self._leaves = [Leaf(name, self._points) for name in LEAVES]
        for name, leaf in zip(LEAVES, self._leaves, strict=True):
            setattr(self, name, leaf)

    def read(self, info: Info) -> dict[str, float]:
        """Take over what the root says about its last step.

        Args:
            info: What `step` returned.

        Returns:
            The points by leaf.
        """
        points = attributed(info)
        self._points.update(points)
        return points

    def __call__(self, action: object, observation: object) -> float:
        """Return the sum of the leaves, and tell those who want to hear of it."""
        for leaf in self._leaves:
            if leaf.is_watched:
                leaf(action, observation)
        if not self.is_watched:
            return self.forward(action, observation)
        told: float = super().__call__(action, observation)
        return told

    def forward(self, action: object, observation: object) -> float:  # noqa: ARG002
        """Return the sum of the leaves, clipped as the reward is."""
        points = sum(self._points.values())
        return round(min(HIGHEST, max(LOWEST, points)), SCORE_DIGITS)

    def reset(self) -> None:
        """Forget the last step."""
        self._points.clear()
