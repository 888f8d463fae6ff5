"""How sure a mean over tasks is; numbers in, numbers out."""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy

RESAMPLES: Final = 2000
TAIL: Final = 0.025


class Interval(NamedTuple):
    """The ends of a 95 % interval; NaN where chance cannot be seen."""

    lower: float
    upper: float


def interval(values: Iterable[tuple[str, float]], seed: int = 0) -> Interval:
    """Return the percentile bootstrap interval of a mean, drawing whole tasks.

    Args:
        values: Each number with the task that it was measured on.
        seed: Of the draws, so that the same numbers give the same interval.

    Returns:
        The interval, NaN for a single task.
    """
    tasks: dict[str, list[float]] = defaultdict(list)
    # In no other order, because episodes end in a different one each time.
    for task, value in sorted(values):
        tasks[task].append(value)
    count = len(tasks)
    if count <= 1:
        return Interval(math.nan, math.nan)
    sums = numpy.array([math.fsum(group) for group in tasks.values()])
    sizes = numpy.array([len(group) for group in tasks.values()])
    draws = numpy.random.default_rng(seed)
    # One draw at a time: all at once would be gigabytes for tens of thousands of tasks.
    drawn = (draws.integers(0, count, count) for _ in range(RESAMPLES))
    means = [sums[chosen].sum() / sizes[chosen].sum() for chosen in drawn]
    lower, upper = numpy.quantile(means, [TAIL, 1 - TAIL])
    return Interval(float(lower), float(upper))
