"""What several evaluations say together: means over seeds, and gains on the same mails."""

from collections.abc import Callable, Mapping, Sequence
from statistics import fmean
from typing import Any, Final, NamedTuple

from tools.evaluation.bootstrap import Sample, interval
from tools.evaluation.figures import ALL
from training.command import RefusedError

# From the widest to the narrowest; the first that a figure has is told.
INTERVALS: Final = ("storylines", "casts", "inboxes")

Result = Mapping[str, Any]
Figures = Callable[[Result], Mapping[str, Any]]


class PlotError(RefusedError):
    """What was measured cannot be drawn."""


class Gain(NamedTuple):
    """How much more is earned.

    Attributes:
        mean: By a mail.
        interval: Its ends, or None where chance cannot be seen.
    """

    mean: float
    interval: list[float] | None


class Estimate(NamedTuple):
    """A mean over seeds.

    Attributes:
        mean: Over them.
        low: The mean of the lower ends of their intervals.
        high: That of the upper ones.
        over: What those intervals draw whole, or None where there are none.
    """

    mean: float
    low: float
    high: float
    over: str | None


class _Mail(NamedTuple):
    """One email: its difficulty, its storyline as one evaluation numbers it, a score per trial."""

    level: str
    storyline: int
    scores: list[float]


def score_of(result: Result) -> Mapping[str, Any]:
    """Return the score of an evaluation with its intervals."""
    estimate: Mapping[str, Any] = result["levels"][ALL]["score"]
    return estimate


def mean_estimate(results: Sequence[Result], figure: Figures) -> Estimate:
    """Return the mean over seeds; its own interval is no wider than the mean of theirs.

    Args:
        results: The evaluations, one for each seed.
        figure: Finds the figure in each.

    Returns:
        The mean.
    """
    found = [figure(result) for result in results]
    mean = fmean(each["mean"] for each in found)
    over = next((kind for kind in INTERVALS if all(each.get(kind) for each in found)), None)
    if over is None:
        return Estimate(mean, mean, mean, None)
    low, high = (fmean(each[over][end] for each in found) for end in (0, 1))
    return Estimate(mean, low, high, over)


def gain(before: Sequence[Result], after: Sequence[Result], level: str = ALL) -> Gain:
    """Return how much more the same mails earn, over all seeds together.

    Args:
        before: The evaluations of one stage, one for each seed, or one for all.
        after: Those of a later stage.
        level: A difficulty, or all.

    Returns:
        The mean gain, and its 95 % interval over storylines, where there are enough of them.

    Raises:
        PlotError: If they were not played on the same inboxes.
    """
    earlier, later = _mails(before), _mails(after)
    if before[0]["split"] != after[0]["split"] or earlier.keys() != later.keys():
        raise PlotError(
            "Before and after were played on different inboxes; evaluate both with the same "
            "--split, --difficulty and --episodes."
        )
    samples = [
        Sample(fmean(later[mail].scores) - fmean(found.scores), found.level, found.storyline)
        for mail, found in earlier.items()
        if level in (ALL, found.level)
    ]
    return Gain(fmean(sample.value for sample in samples), interval(samples))


def _mails(results: Sequence[Result]) -> dict[tuple[str, int], _Mail]:
    """Return what is told of each email, by its inbox and its place there."""
    mails: dict[tuple[str, int], _Mail] = {}
    for line in (line for result in results for line in result["episodes"]):
        for place, (storyline, score) in enumerate(line["items"]):
            mail = mails.setdefault(
                (line["task_id"], place), _Mail(line["difficulty"], storyline, [])
            )
            mail.scores.append(score)
    return mails
