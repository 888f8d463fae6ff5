"""The figures of a training, drawn from numbers that were measured elsewhere."""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any, Final, NamedTuple

import numpy
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tools.evaluation.bootstrap import Sample, interval
from tools.evaluation.figures import ALL
from training.command import RefusedError

# Colours that differ for every kind of colour blindness, and in grey.
BEFORE: Final = "#9aa5b1"
AFTER: Final = "#0072b2"
CURVES: Final = {
    "overall": ("#0072b2", "whole reward"),
    "primary": ("#d55e00", "right decisions alone"),
}
COMPONENTS: Final = {
    "label": "label",
    "route": "route",
    "summary": "summary",
    "efficiency": "bonus",
    "penalties": "emails with\na penalty\n(less is better)",
}
# From the widest to the narrowest; the first that a figure has is drawn.
INTERVALS: Final = ("storylines", "casts", "inboxes")
SMOOTHED_SHARE: Final = 0.05
BAR_WIDTH: Final = 0.38
HEADROOM: Final = 1.15
LABEL_GAP: Final = 0.015

Run = Mapping[int, Mapping[str, float]]


class PlotError(RefusedError):
    """What was measured cannot be drawn."""


class _Mail(NamedTuple):
    """One email: its difficulty, its storyline as one evaluation numbers it, a score per trial."""

    level: str
    storyline: int
    scores: list[float]


def reward_curve(runs: Sequence[Run], baseline: Mapping[str, Any]) -> Figure:
    """Draw the reward by training step.

    Args:
        runs: The histories, one per seed.
        baseline: The evaluation of the untrained policy.

    Returns:
        The mean over the seeds, a band from the lowest to the highest, and the baseline.

    Raises:
        PlotError: If the runs have no step in common.
    """
    steps = sorted(set.intersection(*(set(run) for run in runs)))
    if not steps:
        raise PlotError("The histories have no step in common; name runs of the same training.")
    window = max(1, round(SMOOTHED_SHARE * len(steps)))
    figure = Figure(figsize=(9, 5), layout="constrained")
    axes = figure.subplots()
    highest = 0.0
    for name, (colour, meaning) in CURVES.items():
        values = numpy.array([[run[step][name] for step in steps] for run in runs])
        smooth = numpy.array([_smoothed(row, window) for row in values])
        axes.plot(
            steps, smooth.mean(axis=0), color=colour, linewidth=2.2, label=f"{meaning}, training"
        )
        axes.fill_between(
            steps, smooth.min(axis=0), smooth.max(axis=0), color=colour, alpha=0.18, linewidth=0
        )
        level = baseline["levels"][ALL]["parts"][name]["mean"]
        axes.axhline(
            level, color=colour, linestyle=":", linewidth=1.8,
            label=f"{meaning}, untrained ({baseline['split']} inboxes)",
        )  # fmt: skip
        highest = max(highest, level, float(smooth.max()))
    axes.set(xlabel="Training Step", ylabel="Reward", ylim=(0, _ceiling(highest)))
    axes.margins(x=0)
    seeds = "one seed" if len(runs) == 1 else f"mean of {len(runs)} seeds; band: lowest to highest"
    axes.set_title(
        f"Reward while training on the inbox\n({seeds}; moving average of {window} step(s))"
    )
    _tidy(axes)
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    return figure


def before_after(before: Mapping[str, Any], after: Mapping[str, Any]) -> Figure:
    """Draw two evaluations side by side.

    Args:
        before: That of the untrained policy.
        after: That of the trained one, on the same inboxes.

    Returns:
        The score by difficulty, and the share of each component.

    Raises:
        PlotError: If they were not played on the same inboxes.
    """
    gains = _gains(before, after)
    figure = Figure(figsize=(13, 5.8), layout="constrained")
    scores, components = figure.subplots(1, 2)
    names = list(before["levels"])
    used = _bars(
        scores, [f"{name}\n{gains[name]}" for name in names],
        *([result["levels"][name]["score"] for name in names] for result in (before, after)),
    )  # fmt: skip
    used += _bars(
        components, list(COMPONENTS.values()),
        *(
            [result["levels"][ALL]["components"][name]["share"] for name in COMPONENTS]
            for result in (before, after)
        ),
    )  # fmt: skip
    scores.set(title="Score of an inbox, by difficulty", ylabel="Mean score (1 = perfect)")
    components.set(title="Share of what each part of the reward can pay", ylabel="Share")
    highest = max(scores.dataLim.y1, components.dataLim.y1)
    for axes in (scores, components):
        axes.set_ylim(0, _ceiling(highest))
    inboxes = before["levels"][ALL]["inboxes"]
    held_out = "held-out test" if before["split"] == "test" else before["split"]
    figure.suptitle(
        f"Before and after training, on {inboxes} {held_out} inboxes", fontweight="bold"
    )
    figure.supxlabel(
        f"Whiskers: 95 % bootstrap intervals, drawing whole {' or '.join(dict.fromkeys(used))}. "
        f"Below the bars: the gain on the same inboxes, and its interval over storylines.",
        fontsize=9, color="#444444",
    )  # fmt: skip
    figure.legend(
        *scores.get_legend_handles_labels(), loc="outside upper right", ncols=2, frameon=False
    )
    return figure


def _bars(
    axes: Axes,
    ticks: Sequence[str],
    before: Sequence[Mapping[str, Any]],
    after: Sequence[Mapping[str, Any]],
) -> list[str]:
    """Draw pairs of bars with whiskers, and return over what the whiskers' intervals are."""
    used: list[str] = []
    for side, colour, name, figures in (
        (-0.5, BEFORE, "before training", before),
        (0.5, AFTER, "after training", after),
    ):
        places = [place + side * BAR_WIDTH for place in range(len(figures))]
        axes.bar(places, [each["mean"] for each in figures], BAR_WIDTH, color=colour, label=name)
        for place, each in zip(places, figures, strict=True):
            over = next((kind for kind in INTERVALS if each.get(kind)), None)
            low, high = each[over] if over else (each["mean"], each["mean"])
            if over:
                used.append(over)
                axes.plot([place, place], [low, high], color="black", linewidth=1.2)
            axes.text(
                place, max(high, each["mean"]) + LABEL_GAP, f"{each['mean']:.2f}",
                ha="center", va="bottom", fontsize=9,
            )  # fmt: skip
    axes.set_xticks(range(len(ticks)), ticks)
    axes.tick_params(axis="x", length=0)
    _tidy(axes)
    return used


def _gains(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    """Return, by difficulty, how much more the same inboxes earn, with its interval."""
    earlier, later = _mails(before), _mails(after)
    if before["split"] != after["split"] or earlier.keys() != later.keys():
        raise PlotError(
            "Before and after were played on different inboxes; evaluate both with the same "
            "--split, --difficulty and --episodes."
        )
    samples = [
        Sample(fmean(later[mail].scores) - fmean(found.scores), found.level, found.storyline)
        for mail, found in earlier.items()
    ]
    gains = {}
    for name in before["levels"]:
        chosen = [sample for sample in samples if name in (ALL, sample.stratum)]
        ends = interval(chosen)
        mean = fmean(sample.value for sample in chosen)
        gains[name] = f"gain {mean:+.2f}" + (f"\n{ends[0]:+.2f} to {ends[1]:+.2f}" if ends else "")
    return gains


def _mails(result: Mapping[str, Any]) -> dict[tuple[str, int], _Mail]:
    """Return what is told of each email, by its inbox and its place there."""
    mails: dict[tuple[str, int], _Mail] = {}
    for line in result["episodes"]:
        for place, (storyline, score) in enumerate(line["items"]):
            mail = mails.setdefault(
                (line["task_id"], place), _Mail(line["difficulty"], storyline, [])
            )
            mail.scores.append(score)
    return mails


def _smoothed(values: Sequence[float], window: int) -> list[float]:
    """Return the mean of each value and those before it, as many as the window holds."""
    return [float(numpy.mean(values[max(0, i - window + 1) : i + 1])) for i in range(len(values))]


def _ceiling(highest: float) -> float:
    """Return where an axis ends, so that what is written above a bar has room."""
    return min(1.0, highest or 1.0) * HEADROOM


def _tidy(axes: Axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", alpha=0.3)
    axes.set_axisbelow(True)
