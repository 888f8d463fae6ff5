"""The reward as a tree of OpenEnv rubrics that read what the review has come to.

Nothing is graded here: each leaf says its part of the reward of the last step, and the root of the
tree adds them up.
"""

from collections.abc import Mapping

from openenv.core.rubrics import Rubric

from python_env.models import LEAVES
from python_env.server.grading import SCORE_DIGITS


class Leaf(Rubric):
    """One part of the reward of the last step."""

    def __init__(self, name: str, parts: Mapping[str, float]) -> None:
        """Read one of some parts, which are there after the first step."""
        super().__init__()
        self._name = name
        self._parts = parts

    def forward(self, action: object, observation: object) -> float:  # noqa: ARG002
        """Return the points of this part."""
        return self._parts.get(self._name, 0.0)


class ReviewRubric(Rubric):
    """The reward of the last step, made of `findings, shown, patch, verdict, penalties`."""

    def __init__(self) -> None:
        """Begin with nothing graded."""
        super().__init__()
        self._parts: dict[str, float] = {}
        for name in LEAVES:
            setattr(self, name, Leaf(name, self._parts))

    def read(self, parts: Mapping[str, float]) -> None:
        """Take over what the last step came to, by leaf."""
        self._parts.update(parts)

    def forward(self, action: object, observation: object) -> float:
        """Return the sum of the leaves."""
        points = [float(getattr(self, name)(action, observation)) for name in LEAVES]
        return round(sum(points), SCORE_DIGITS)

    def reset(self) -> None:
        """Forget the last step."""
        self._parts.clear()
