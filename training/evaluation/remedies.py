"""Compare runs that learned from the reward with something changed: curves, gains, and a table.

    python -m training.evaluation.remedies --runs runs/plain runs/cooler --output plots/remedies

Each run is a folder of `training.language.train` that was evaluated before and after: train.json
and test.json of `training.evaluate` lie in it and in the folder of the adapter that it began from.
What is changed is told against the first run. OUT gets curves.png, results.json and the logs.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any, Final

from pydantic import Field

from training.command import CommandSettings, RefusedError, parse_settings, status_of
from training.evaluation.figures import curves
from training.evaluation.gains import Gain, gain, score_of
from training.evaluation.plots import read_result, read_run, write
from training.output import RECORD, held, whole, write_json

AGAIN: Final = "The same command draws again; figures that were there are still there."
LOG: Final = "log.jsonl"
RESULTS: Final = "results.json"
SETS: Final = ("train", "test")
# Of a run, what may be changed; and of the supervised learning before it.
TOLD: Final = (
    "difficulty", "batch", "group", "learning_rate", "beta", "temperature", "credit",
    "seed",
)  # fmt: skip
TOLD_BEFORE: Final = ("inboxes", "epochs", "letters", "layers")
QUARTER: Final = 4
DIGITS: Final = 4


class RemedySettings(CommandSettings):
    """What is compared, and where to."""

    runs: list[Path] = Field(description="folders of training.language.train", min_length=1)
    output: Path = Field(description="a folder for the figure, the figures and the logs")


class RunError(RefusedError):
    """A folder holds no run that was evaluated before and after."""


def main(arguments: list[str] | None = None) -> int:
    """Compare, draw, and print the table; return the exit status."""
    module = "training.evaluation.remedies"
    return status_of(
        lambda: run(parse_settings(RemedySettings, arguments, module, __doc__ or "")), AGAIN
    )


def run(settings: RemedySettings) -> None:
    """Compare runs.

    Args:
        settings: Which, and where to.

    Raises:
        RunError: If a folder holds no such run.
        PlotError: If its log or its evaluations cannot be read or compared.
        OutputError: If the folder cannot be written, or another process writes it.
    """
    found = [compared(folder) for folder in settings.runs]
    with held(settings.output):
        for folder, each in zip(settings.runs, found, strict=True):
            lines = (folder / LOG).read_text(encoding="utf-8")
            with whole(settings.output / f"{each['name']}.jsonl") as part:
                part.write_text(lines, encoding="utf-8")
        write_json(settings.output / RESULTS, found)
    draw(settings.output)
    sys.stdout.write(f"{table(found)}\n")


def draw(folder: Path) -> None:
    """Draw the curves of what was compared, from the figures and logs in its folder.

    Args:
        folder: The output of `run`.

    Raises:
        PlotError: If a log cannot be read.
        OutputError: If the folder cannot be written, or another process writes it.
    """
    found = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
    lines = {
        f"{each['name']}: {changes(each, found[0])}": {
            step * each["settings"]["batch"]: reward
            for step, reward in read_run(folder / f"{each['name']}.jsonl").items()
        }
        for each in found
    }
    write(folder, {"curves.png": curves(lines)})


def compared(folder: Path) -> dict[str, Any]:
    """Return what one run did.

    Args:
        folder: Of the run.

    Returns:
        Its name, its settings, the reward of its first and its last quarter, and on each set of
        inboxes the score before and after with the gain.

    Raises:
        RunError: If a file is missing.
    """
    settings = _json(folder / RECORD)
    before = Path(settings["model"]).parent
    warm = _json(before / RECORD)
    rewards = list(read_run(folder / LOG).values())
    part = max(1, len(rewards) // QUARTER)
    sets = {}
    for kind in SETS:
        earlier, later = (read_result(place / f"{kind}.json") for place in (before, folder))
        sets[kind] = {
            "inboxes": len(later["episodes"]),
            "before": score_of(earlier)["mean"],
            "after": score_of(later)["mean"],
            "gain": _gain(gain([earlier], [later])),
        }
    return {
        "name": folder.name,
        # How many steps a run takes may be changed under way; the log knows.
        "settings": {"steps": len(rewards)} | {name: settings[name] for name in TOLD},
        "warm": {name: warm[name] for name in TOLD_BEFORE},
        "first": round(fmean(rewards[:part]), DIGITS),
        "last": round(fmean(rewards[-part:]), DIGITS),
        "sets": sets,
    }


def changes(each: Mapping[str, Any], first: Mapping[str, Any]) -> str:
    """Return in words what one run has otherwise than another."""
    told = [
        f"{name.replace('_', ' ')} {value:g}" if isinstance(value, float) else f"{name} {value}"
        for part in ("warm", "settings")
        for name, value in each[part].items()
        if value != first[part][name]
    ]
    return ", ".join(told) or "to compare with"


def table(found: Sequence[Mapping[str, Any]]) -> str:
    """Write what was compared.

    Args:
        found: As `compared` returns it, the run to compare with first.

    Returns:
        A table of Markdown.
    """
    count = found[0]["sets"]["test"]["inboxes"]
    lines = [
        f"| run | otherwise | reward, first to last quarter | {count} fresh of train, gain "
        f"| {count} of test, gain |",
        "| --- | --- | --- | --- | --- |",
    ]
    for each in found:
        gains = [
            f"{part['before']:.2f} to {part['after']:.2f}, {_shown(part['gain'])}"
            for part in (each["sets"][kind] for kind in SETS)
        ]
        lines.append(
            f"| {each['name']} | {changes(each, found[0])} | {each['first']:.2f} to "
            f"{each['last']:.2f} | {' | '.join(gains)} |"
        )
    return "\n".join(lines)


def _gain(found: Gain) -> dict[str, Any]:
    return {"mean": round(found.mean, DIGITS), "interval": found.interval}


def _shown(found: Mapping[str, Any]) -> str:
    ends = found["interval"]
    return f"{found['mean']:+.2f}" + (f" ({ends[0]:+.2f} to {ends[1]:+.2f})" if ends else "")


def _json(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise RunError(
            f"{path} cannot be read ({error}); name folders of training.language.train that began "
            f"from an adapter, and evaluate both."
        ) from error


if __name__ == "__main__":
    sys.exit(main())
