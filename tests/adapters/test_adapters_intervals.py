"""The interval of a mean over inboxes."""

import math

import pytest

pytest.importorskip("numpy", reason="the adapters have environments of their own; see README")

from adapters.intervals import interval

SPREAD = [(f"inbox-{i}", i / 39) for i in range(40)]


def test_the_interval_holds_the_mean_and_is_as_wide_as_theory_says() -> None:
    """For forty inboxes the bootstrap agrees with 1.96 standard errors."""
    lower, upper = interval(SPREAD)
    deviation = math.sqrt(sum((value - 0.5) ** 2 for _, value in SPREAD) / len(SPREAD))
    half = 1.96 * deviation / math.sqrt(len(SPREAD))
    assert (lower, upper) == pytest.approx((0.5 - half, 0.5 + half), abs=0.01)


def test_the_same_numbers_give_the_same_interval() -> None:
    """Two people who play the same report the same, whichever inbox was played first."""
    assert interval(SPREAD) == interval(SPREAD[::-1])
    assert interval(SPREAD) != interval(SPREAD, seed=1)


def test_an_inbox_played_again_is_no_other_inbox() -> None:
    """Repetitions of the same inboxes do not make the interval narrower."""
    assert interval(SPREAD * 4) == pytest.approx(interval(SPREAD))
    others = [(f"{inbox}-{i}", value) for inbox, value in SPREAD for i in range(4)]
    lower, upper = interval(others)
    assert upper - lower < 0.6 * (interval(SPREAD).upper - interval(SPREAD).lower)


def test_the_interval_stays_within_the_scores() -> None:
    """A mean of scores is a score."""
    lower, upper = interval([("a", 1.0), ("b", 1.0), ("c", 0.0)])
    assert 0.0 <= lower < upper <= 1.0
    assert interval([("a", 0.25), ("b", 0.25)]) == (0.25, 0.25)


@pytest.mark.parametrize("values", [[], [("a", 0.5)], [("a", 0.5), ("a", 0.7)]])
def test_one_inbox_shows_no_chance(values: list[tuple[str, float]]) -> None:
    """Nothing is claimed where nothing can be known."""
    assert all(math.isnan(end) for end in interval(values))
