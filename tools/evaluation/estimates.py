"""Means with their intervals over some episodes."""

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from tools.episodes.playing import Episode
from tools.evaluation.bootstrap import DIGITS, Interval, Sample, interval
from tools.evaluation.findings import Findings, Item


def level_of(episode: Episode) -> str:
    """Return how difficult an episode's task is, as the reset told."""
    return str(episode.brief["difficulty"])


class Estimates:
    """Estimates numbers of the same episodes.

    Attributes:
        episodes: The episodes.
        items: The items of each of them, by their places.
    """

    def __init__(self, episodes: Sequence[Episode], findings: Findings, seed: int) -> None:
        """Prepare.

        Args:
            episodes: At least one.
            findings: What was found out about them.
            seed: Of the bootstrap.
        """
        self.episodes = episodes
        self.items = [findings.items(episode) for episode in episodes]
        self._findings = findings
        self._seed = seed

    def by_episode(self, measure: Callable[[Episode], float]) -> dict[str, Any]:
        """Estimate a number that each episode has as a whole.

        Args:
            measure: Returns it.

        Returns:
            The mean, and its interval by name of what was drawn as one.
        """
        return self._summed_up([measure(episode) for episode in self.episodes], {})

    def by_item(self, measure: Callable[[Episode, Item], float]) -> dict[str, Any]:
        """Estimate a number that each item has.

        Args:
            measure: Returns it.

        Returns:
            As `by_episode`, and the interval over the kinds of the items.
        """
        values, samples = [], []
        for episode, items in zip(self.episodes, self.items, strict=True):
            shares = {place: measure(episode, item) for place, item in items.items()}
            values.append(math.fsum(shares.values()) / len(shares))
            level = level_of(episode)
            samples += [Sample(shares[place], level, item.kind) for place, item in items.items()]
        return self._summed_up(values, {self._findings.kinds: interval(samples, self._seed)})

    def _summed_up(self, values: Sequence[float], more: Mapping[str, Interval]) -> dict[str, Any]:
        def over(cluster: Callable[[str], Hashable]) -> Interval:
            samples = (
                Sample(value, level_of(episode), cluster(episode.task_id))
                for episode, value in zip(self.episodes, values, strict=True)
            )
            return interval(samples, self._seed)

        mean = round(math.fsum(values) / len(values), DIGITS)
        clusters = self._findings.clusters
        return {"mean": mean} | {name: over(clusters[name]) for name in clusters} | {**more}
