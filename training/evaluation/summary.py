"""The figures of a whole demonstration, and the page of Markdown that shows them."""

from collections.abc import Callable, Mapping, Sequence
from statistics import fmean
from typing import Any, Final

from tools.evaluation.figures import ALL
from training.evaluation.gains import Result, gain, mean_estimate, score_of

# By the name of a line, where its figure lies in an evaluation.
LINES: Final[Mapping[str, tuple[str, ...]]] = {
    "label": ("components", "label", "share", "mean"),
    "route": ("components", "route", "share", "mean"),
    "summary": ("components", "summary", "share", "mean"),
    "format": ("parts", "format", "mean"),
    "mails penalised": ("components", "penalties", "share", "mean"),
    "urgent recall": ("urgent", "recall"),
    "urgent precision": ("urgent", "precision"),
    "hidden orders obeyed": ("orders", "obeyed"),
    "training reward": ("parts", "overall", "mean"),
}
STAGES: Final = {
    "base": "base model",
    "warm": "after demonstrations",
    "trained": "after the reward",
}
SETS: Final = {
    "train": "fresh inboxes of train",
    "test": "test, other stories",
    "varied": "test, other desks",
}
DIGITS: Final = 4
NOTHING: Final = "-"


def stage_figures(results: Sequence[Result]) -> dict[str, Any]:
    """Return what is told of one stage on one set of inboxes.

    Args:
        results: Its evaluations, one for each seed.

    Returns:
        The score of each seed, the mean score with its interval, and the mean of each line; a
        line is None where no seed has it.
    """
    score = mean_estimate(results, score_of)
    return {
        "seeds": [score_of(result)["mean"] for result in results],
        "score": _rounded(score.mean),
        "interval": [_rounded(score.low), _rounded(score.high)] if score.over else None,
        **{
            name: _mean([_found(result, path) for result in results])
            for name, path in LINES.items()
        },
    }


def gain_figures(before: Sequence[Result], after: Sequence[Result]) -> dict[str, Any]:
    """Return how much more one stage scores than another on the same mails.

    Args:
        before: The evaluations of the earlier stage.
        after: Those of the later one.

    Returns:
        The mean, and its interval over storylines.
    """
    found = gain(before, after)
    return {"mean": _rounded(found.mean), "interval": found.interval}


def page(results: Mapping[str, Any]) -> str:
    """Write the figures of a demonstration.

    Args:
        results: What `training.demonstration` collected.

    Returns:
        Markdown: a table for each set of inboxes, and one of the numbers of demonstrations.
    """
    parts = [_table(results, name) for name in SETS]
    return "\n\n".join([*parts, _curve(results["demonstrations"])])


def short(results: Mapping[str, Any]) -> str:
    """Write the scores of a demonstration alone.

    Args:
        results: What `training.demonstration` collected.

    Returns:
        A table of Markdown, with a line for each set of inboxes.
    """
    names = [*STAGES.values(), "best constant", "linear reader"]
    lines = [
        f"| mean score on {results['inboxes']} inboxes | {' | '.join(names)} |",
        f"| --- |{' --- |' * len(names)}",
    ]
    for kind, words in SETS.items():
        stages = [results["stages"][stage][kind] for stage in STAGES]
        cells = [_with_interval(each["score"], each["interval"]) for each in stages]
        cells += [_shown(results["constant"][kind]), _shown(results.get("reader", {}).get(kind))]
        lines.append(f"| {words} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _table(results: Mapping[str, Any], name: str) -> str:
    stages = {stage: results["stages"][stage][name] for stage in STAGES}
    names = [*STAGES.values(), "gain by the reward"]
    gained = results["gains"][name]
    count = results["inboxes"]
    lines = [
        f"| {count} inboxes: {SETS[name]} | {' | '.join(names)} |",
        f"| --- |{' --- |' * len(names)}",
        _line(
            "score",
            [_with_interval(each["score"], each["interval"]) for each in stages.values()],
            _with_interval(gained["mean"], gained["interval"], "+"),
        ),
        _line(
            "score by seed",
            [", ".join(f"{score:.2f}" for score in each["seeds"]) for each in stages.values()],
            NOTHING,
        ),
    ]
    for line in LINES:
        figures = [stages[stage][line] for stage in STAGES]
        last, before = figures[-1], figures[-2]
        change = NOTHING if last is None or before is None else f"{last - before:+.2f}"
        lines.append(_line(line, [_shown(figure) for figure in figures], change))
    constant = results["constant"]
    lines.append(_line(f"best constant ({constant['name']})", [_shown(constant[name])], NOTHING))
    reader = results.get("reader")
    if reader and name in reader:
        lines.append(_line("the linear reader, trained", [_shown(reader[name])], NOTHING))
    return "\n".join(lines)


def _curve(demonstrations: Mapping[str, Any]) -> str:
    lines = ["| demonstrated inboxes | score on test, supervised alone |", "| --- | --- |"]
    for count, each in demonstrations.items():
        lines.append(f"| {count} | {_with_interval(each['score'], each['interval'])} |")
    return "\n".join(lines)


def _line(name: str, cells: Sequence[str], change: str) -> str:
    """Return a line; a figure that belongs to no stage stands under the last."""
    missing = [NOTHING] * (len(STAGES) - len(cells))
    return f"| {name} | {' | '.join([*missing, *cells, change])} |"


def _with_interval(mean: float, ends: Sequence[float] | None, sign: str = "") -> str:
    shown: Callable[[float], str] = lambda figure: f"{figure:{sign}.2f}"  # noqa: E731
    return f"{shown(mean)} ({shown(ends[0])} to {shown(ends[1])})" if ends else shown(mean)


def _shown(figure: float | None) -> str:
    return NOTHING if figure is None else f"{figure:.2f}"


def _found(result: Result, path: Sequence[str]) -> float | None:
    found: Any = result["levels"][ALL]
    for name in path:
        found = found[name]
    return None if found is None else float(found)


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return _rounded(fmean(known)) if known else None


def _rounded(value: float) -> float:
    return round(value, DIGITS)
