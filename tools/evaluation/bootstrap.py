"""How sure a mean is, and how likely several trials all succeed; numbers in, numbers out."""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Final, NamedTuple

import numpy

RESAMPLES: Final = 2000
TAIL: Final = 0.025
FEWEST_CLUSTERS: Final = 2
DIGITS: Final = 4

Interval = list[float] | None


class Sample(NamedTuple):
    """One number, what it was measured on, and what it shares chance with.

    Attributes:
        value: The number.
        stratum: Drawn from apart: how many come from each is no chance.
        cluster: Numbers of one cluster are drawn together or not at all.
    """

    value: float
    stratum: str
    cluster: Hashable


def interval(samples: Iterable[Sample], seed: int = 0) -> Interval:
    """Return the 95 % percentile bootstrap interval of a mean, drawing whole clusters.

    Args:
        samples: The numbers.
        seed: Of the draws.

    Returns:
        Its ends, or None if some stratum has one cluster only and chance cannot be seen.
    """
    clusters: dict[str, dict[Hashable, list[float]]] = defaultdict(lambda: defaultdict(list))
    for sample in samples:
        clusters[sample.stratum][sample.cluster].append(sample.value)
    if not clusters or min(map(len, clusters.values())) < FEWEST_CLUSTERS:
        return None
    draws = numpy.random.default_rng(seed)
    totals, counts = numpy.zeros(RESAMPLES), numpy.zeros(RESAMPLES)
    for group in clusters.values():
        sums = numpy.array([math.fsum(values) for values in group.values()])
        sizes = numpy.array([len(values) for values in group.values()])
        drawn = draws.integers(0, len(group), (RESAMPLES, len(group)))
        totals += sums[drawn].sum(axis=1)
        counts += sizes[drawn].sum(axis=1)
    ends = numpy.quantile(totals / counts, [TAIL, 1 - TAIL])
    return [round(float(end), DIGITS) for end in ends]


def pass_power(successes: int, trials: int, power: int) -> float:
    """Return the unbiased estimate that `power` fresh trials all succeed.

    Args:
        successes: How many of the trials did.
        trials: How many there were.
        power: How many must; at most `trials`.

    Returns:
        The share of the ways to choose `power` trials that chooses successes only.
    """
    return math.comb(successes, power) / math.comb(trials, power)
