"""The figures of a training, drawn from numbers that were measured elsewhere."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import cycle
from statistics import fmean
from typing import Any, Final

import numpy
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tools.evaluation.figures import ALL
from training.evaluation.gains import (
    Figures,
    PlotError,
    Result,
    gain,
    mean_estimate,
    score_of,
)

# Colours that differ for every kind of colour blindness, and in grey.
BEFORE: Final = "#9aa5b1"
AFTER: Final = "#0072b2"
BETWEEN: Final = "#56b4e9"
SEEDS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00")
LEVELS: Final = ("#444444", "#9aa5b1")
# By the number of bars that stand together: their colours, and the size of what is written on them.
LOOKS: Final = {2: ((BEFORE, AFTER), 9), 3: ((BEFORE, BETWEEN, AFTER), 7)}
REWARD: Final = "overall"
COMPONENTS: Final = {
    "label": "label",
    "route": "route",
    "summary": "summary",
    "efficiency": "bonus",
    "penalties": "emails with\na penalty\n(less is better)",
}
SMOOTHED_SHARE: Final = 0.05
# Single steps of different runs are about different mail.
WIDELY_SMOOTHED: Final = 0.25
GROUP_WIDTH: Final = 0.78
HEADROOM: Final = 1.15
BELOW_ZERO: Final = 0.03
LABEL_GAP: Final = 0.015

Run = Mapping[int, float]


def reward_curve(runs: Mapping[str, Run], levels: Mapping[str, float]) -> Figure:
    """Draw the reward by training step.

    Args:
        runs: The histories, by the name of each: `seed 0`, for example.
        levels: Rewards of policies that were not trained, by what they are.

    Returns:
        A line for each run, their mean where there are several, and the levels dotted.

    Raises:
        PlotError: If the runs have no step in common.
    """
    steps = sorted(set.intersection(*(set(run) for run in runs.values())))
    if not steps:
        raise PlotError("The histories have no step in common; name runs of the same training.")
    window = max(1, round(SMOOTHED_SHARE * len(steps)))
    figure = Figure(figsize=(9, 5), layout="constrained")
    axes = figure.subplots()
    curves = {name: _smoothed([run[step] for step in steps], window) for name, run in runs.items()}
    for (name, curve), colour in zip(curves.items(), cycle(SEEDS), strict=False):
        axes.plot(steps, curve, color=colour, linewidth=1.3, label=name)
    if len(curves) > 1:
        middle = [fmean(values) for values in zip(*curves.values(), strict=True)]
        axes.plot(steps, middle, color="black", linewidth=2.4, label=f"mean of {len(curves)} runs")
    for (name, level), colour in zip(levels.items(), LEVELS, strict=False):
        axes.axhline(level, color=colour, linestyle=":", linewidth=1.8, label=name)
    highest = max(*levels.values(), *(max(curve) for curve in curves.values()))
    # A little below, because a level of 0 would lie on the edge.
    ceiling = _ceiling(highest)
    axes.set(xlabel="Training Step", ylabel="Reward", ylim=(-BELOW_ZERO * ceiling, ceiling))
    axes.margins(x=0)
    axes.set_title(f"Reward while training\n(moving average of {window} step(s))")
    _tidy(axes)
    figure.legend(loc="outside lower center", ncols=3, frameon=False)
    return figure


def curves(runs: Mapping[str, Run]) -> Figure:
    """Draw the reward of runs that differ, each as long as it is.

    Args:
        runs: The reward by the number of answers so far, by what is said of each run.

    Returns:
        A line for each run.
    """
    figure = Figure(figsize=(9, 5.5), layout="constrained")
    axes = figure.subplots()
    for (name, run), colour in zip(runs.items(), cycle(SEEDS), strict=False):
        answers = sorted(run)
        window = max(1, round(WIDELY_SMOOTHED * len(answers)))
        axes.plot(answers, _smoothed([run[i] for i in answers], window), color=colour, label=name)
    share = f"{WIDELY_SMOOTHED:.0%} of each run"
    axes.set(xlabel="Answers that were judged", ylabel="Reward")
    axes.set_title(f"Reward while training, by what was changed\n(moving average over {share})")
    axes.margins(x=0)
    _tidy(axes)
    figure.legend(loc="outside lower center", ncols=1, frameon=False)
    return figure


def before_after(stages: Mapping[str, Sequence[Result]]) -> Figure:
    """Draw evaluations of what became of a policy side by side.

    Args:
        stages: The evaluations of each stage, one for each seed, by the stage's name; from the
            first stage to the last.

    Returns:
        The score by difficulty, and the share of each component; means over the seeds.

    Raises:
        PlotError: If they were not played on the same inboxes.
    """
    *_, before, last = stages.values()
    names = list(last[0]["levels"])
    gains = {name: _gain(before, last, name) for name in names}
    figure = Figure(figsize=(13, 5.8), layout="constrained")
    scores, components = figure.subplots(1, 2)
    used = _bars(
        scores, [f"{name}\n{gains[name]}" for name in names], stages,
        [partial(_level, name) for name in names],
    )  # fmt: skip
    used += _bars(
        components, list(COMPONENTS.values()), stages,
        [partial(_component, name) for name in COMPONENTS],
    )  # fmt: skip
    scores.set(title="Score of an inbox, by difficulty", ylabel="Mean score (1 = perfect)")
    components.set(title="Share of what each part of the reward can pay", ylabel="Share")
    highest = max(scores.dataLim.y1, components.dataLim.y1)
    for axes in (scores, components):
        axes.set_ylim(0, _ceiling(highest))
    inboxes, split = last[0]["levels"][ALL]["inboxes"], last[0]["split"]
    figure.suptitle(
        f"Before and after training, on {inboxes} {'held-out test' if split == 'test' else split} "
        f"inboxes",
        # On the left, where the legend is not.
        fontweight="bold",
        x=0.01,
        ha="left",
    )
    figure.supxlabel(
        f"Whiskers: 95 % bootstrap intervals, drawing whole {' or '.join(dict.fromkeys(used))}"
        f"{', mean over the seeds' if len(last) > 1 else ''}. "
        f"Below the bars: the gain by the last stage, and its interval over storylines.",
        fontsize=9, color="#444444",
    )  # fmt: skip
    figure.legend(
        *scores.get_legend_handles_labels(), loc="outside upper right", ncols=3, frameon=False
    )
    return figure


def by_demonstrations(
    curve: Mapping[int, Sequence[Result]], trained: Mapping[int, Sequence[Result]]
) -> Figure:
    """Draw the score against the number of demonstrated inboxes.

    Args:
        curve: The evaluations of each number, one for each seed; of 0, of the untrained model.
        trained: The same after the reward, by the number that it began from.

    Returns:
        The mean over the seeds with its whiskers, and a dot for each seed.
    """
    figure = Figure(figsize=(8, 5), layout="constrained")
    axes = figure.subplots()
    counts = sorted(curve)
    for results, colour, name, line in (
        (curve, BEFORE, "supervised alone", "-"),
        (trained, AFTER, "and then the reward", ""),
    ):
        # By their order: 0 has no place among powers.
        places = [counts.index(count) for count in sorted(results)]
        estimates = [mean_estimate(results[count], score_of) for count in sorted(results)]
        axes.plot(
            places, [each.mean for each in estimates], line, marker="o", color=colour,
            markersize=8, linewidth=2, label=name,
        )  # fmt: skip
        for place, count, each in zip(places, sorted(results), estimates, strict=True):
            axes.plot([place, place], [each.low, each.high], color="black", linewidth=1.2)
            seeds = [score_of(result)["mean"] for result in results[count]]
            axes.plot([place] * len(seeds), seeds, ".", color="black", markersize=4)
    used = mean_estimate(curve[counts[-1]], score_of).over or "inboxes"
    axes.set_xticks(range(len(counts)), [str(count) for count in counts])
    axes.set(xlabel="Demonstrated inboxes", ylabel="Mean score (1 = perfect)")
    axes.set_title(f"Score by demonstrations\n(dots: seeds; whiskers: 95 %, whole {used})")
    axes.set_ylim(0, _ceiling(axes.dataLim.y1))
    _tidy(axes)
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    return figure


def _level(name: str, result: Result) -> Mapping[str, Any]:
    estimate: Mapping[str, Any] = result["levels"][name]["score"]
    return estimate


def _component(name: str, result: Result) -> Mapping[str, Any]:
    estimate: Mapping[str, Any] = result["levels"][ALL]["components"][name]["share"]
    return estimate


def _bars(
    axes: Axes,
    ticks: Sequence[str],
    stages: Mapping[str, Sequence[Result]],
    figures: Sequence[Figures],
) -> list[str]:
    """Draw groups of bars with whiskers, and return over what the whiskers' intervals are."""
    used: list[str] = []
    width = GROUP_WIDTH / len(stages)
    colours, size = LOOKS[len(stages)]
    for side, ((name, results), colour) in enumerate(zip(stages.items(), colours, strict=True)):
        shift = (side - (len(stages) - 1) / 2) * width
        places = [place + shift for place in range(len(figures))]
        estimates = [mean_estimate(results, figure) for figure in figures]
        axes.bar(places, [each.mean for each in estimates], width, color=colour, label=name)
        for place, each in zip(places, estimates, strict=True):
            if each.over:
                used.append(each.over)
                axes.plot([place, place], [each.low, each.high], color="black", linewidth=1.2)
            axes.text(
                place, max(each.high, each.mean) + LABEL_GAP, f"{each.mean:.2f}",
                ha="center", va="bottom", fontsize=size,
            )  # fmt: skip
    axes.set_xticks(range(len(ticks)), ticks)
    axes.tick_params(axis="x", length=0)
    _tidy(axes)
    return used


def _gain(before: Sequence[Result], last: Sequence[Result], level: str) -> str:
    mean, ends = gain(before, last, level)
    return f"gain {mean:+.2f}" + (f"\n{ends[0]:+.2f} to {ends[1]:+.2f}" if ends else "")


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
