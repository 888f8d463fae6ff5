"""How sure a mean is: intervals that hold what they claim, and trials that all succeed."""

import random
from itertools import combinations

import pytest

pytest.importorskip("numpy", reason="numpy is in the tools' environment; see tools/README.md")

from tools.evaluation.bootstrap import Sample, interval, pass_power


@pytest.mark.parametrize("trials", range(1, 6))
def test_pass_power_is_the_share_of_choices(trials: int) -> None:
    """The estimator counts the ways to choose trials that chose successes only."""
    for successes in range(trials + 1):
        outcomes = [i < successes for i in range(trials)]
        for power in range(1, trials + 1):
            chosen = list(combinations(outcomes, power))
            share = sum(map(all, chosen)) / len(chosen)
            assert pass_power(successes, trials, power) == pytest.approx(share)


def test_interval_covers_the_mean() -> None:
    """About 95 of 100 intervals hold the mean that the numbers were drawn around."""
    draw = random.Random(1)  # noqa: S311 # a numbered draw
    held = 0
    for number in range(100):
        samples = [Sample(draw.gauss(0.5, 0.2), "easy", i) for i in range(40)]
        ends = interval(samples, seed=number)
        assert ends is not None
        held += ends[0] <= 0.5 <= ends[1]
    assert 88 <= held <= 99


def test_interval_is_wider_over_clusters() -> None:
    """Numbers that repeat each other say less than their count claims."""
    draw = random.Random(1)  # noqa: S311 # a numbered draw
    values = [draw.random() for _ in range(10)]
    apart = interval(Sample(values[i % 10], "easy", i) for i in range(100))
    together = interval(Sample(values[i % 10], "easy", i % 10) for i in range(100))
    assert apart is not None
    assert together is not None
    assert together[1] - together[0] > 2 * (apart[1] - apart[0])


def test_interval_of_one_cluster_is_none() -> None:
    """Where chance cannot be seen no interval is claimed."""
    assert interval([]) is None
    assert interval([Sample(0.1, "easy", 0), Sample(0.9, "easy", 0)]) is None
    assert interval([Sample(0.5, "easy", i) for i in range(3)]) == [0.5, 0.5]
