"""What an environment finds out about played episodes, and all that an evaluation knows of it."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from tools.episodes.playing import Episode

# What a policy played: each trial holds the same tasks in the same order.
Trials = Sequence[Sequence[Episode]]


class Item(NamedTuple):
    """A part of a task that is scored for itself, such as one email of an inbox.

    Attributes:
        kind: What it has in common with items of other tasks, as a JSON value; items of one kind
            are drawn together or not at all.
        score: From 0 to 1, and 0 where it was never decided.
        parts: The points that it earned, by leaf of the environment's rubric.
    """

    kind: Any
    score: float
    parts: Mapping[str, float]


class Row(NamedTuple):
    """A line of the table: its name, and where its figure lies among those of a difficulty."""

    name: str
    path: tuple[str, ...]


class Estimating(Protocol):
    """Estimates numbers of the same episodes: means, with an interval by what was drawn as one."""

    def by_episode(self, measure: Callable[[Episode], float]) -> dict[str, Any]:
        """Estimate a number that each episode has as a whole."""

    def by_item(self, measure: Callable[[Episode, Item], float]) -> dict[str, Any]:
        """Estimate a number that each item has."""


class Findings(Protocol):
    """What probing has found out about the tasks that were played."""

    @property
    def clusters(self) -> Mapping[str, Callable[[str], Hashable]]:
        """By plural name, what tells by its id what a task shares chance with; itself first."""

    @property
    def kinds(self) -> str:
        """What the kinds of the items are called, in the plural."""

    def items(self, episode: Episode) -> Mapping[str, Item]:
        """Return all items of an episode's task by their places, decided or not."""

    def shares(self, estimates: Estimating) -> Mapping[str, Mapping[str, Any]]:
        """Estimate, by leaf of the rubric, how much of what it can pay or cost it does."""

    def figures(self, episodes: Sequence[Episode]) -> Mapping[str, Any]:
        """Return what else there is to know about some episodes."""


# Finds out about the tasks of some trials on a running server, with so many sessions at once, and
# tells of each episode that this takes.
Examine = Callable[[str, Trials, int, Callable[[Episode], None]], Findings]
