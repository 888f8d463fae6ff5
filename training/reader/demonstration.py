"""The reader from start to end on two processor cores: train, evaluate, draw.

    python -m training.reader.demonstration --output runs/reader            three seeds
    python -m training.reader.demonstration --output runs/reader --short    one seed, two minutes

Starts a server of its own. The reader learns from four demonstrated inboxes, then from the reward
of inboxes each used once, and is evaluated on inboxes of `train` that it has never played and on
`test`, whose stories are by other hands.
"""

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean, stdev
from typing import Any, Final, NamedTuple

from pydantic import Field

from tools.evaluation.figures import ALL
from tools.serving import serving
from training import demonstrations, evaluate
from training.command import CommandSettings, parse_settings, status_of
from training.evaluation import plots
from training.evaluation.constant import Inboxes, best_constant
from training.output import held, write_json
from training.reader.train import HISTORY_FILE, ReaderSettings, train

SERVER: Final = "email_triage_env.server.app"
SESSIONS: Final = 16
DEMONSTRATIONS: Final = 4
FIRST_DEMONSTRATION: Final = 20_000
# No seed trains on inboxes from here on.
FRESH: Final = 28_000
# Of Student's distribution for one and two degrees of freedom, both tails 2.5 %.
STUDENT: Final = {2: 12.706, 3: 4.303}
STAGES: Final = ("warm", "trained")
AGAIN: Final = "The same command goes on with the seed it was at."


class Scale(NamedTuple):
    """How much is done.

    Attributes:
        seeds: How many runs.
        deals: On how many inboxes each trains.
        attempts: How often it plays each.
        evaluated: On how many inboxes of each split it is evaluated.
    """

    seeds: int
    deals: int
    attempts: int
    evaluated: int


FULL: Final = Scale(seeds=3, deals=960, attempts=6, evaluated=150)
SHORT: Final = Scale(seeds=1, deals=160, attempts=4, evaluated=30)


class DemonstrationSettings(CommandSettings):
    """How much is done, and where to."""

    output: Path = Field(description="a folder for runs and figures; the same one resumes it")
    short: bool = Field(default=False, description="one seed and fewer inboxes")


def main(arguments: list[str] | None = None) -> int:
    """Do it all and print the table; return the exit status."""
    module = "training.reader.demonstration"
    return status_of(
        lambda: run(parse_settings(DemonstrationSettings, arguments, module, __doc__ or "")), AGAIN
    )


def run(settings: DemonstrationSettings) -> None:
    """Train, evaluate and draw.

    Args:
        settings: How much is done, and where to.

    Raises:
        OutputError: If the folder cannot be written, or another process writes it.
    """
    scale = SHORT if settings.short else FULL
    output, started = settings.output, time.monotonic()
    with held(output), serving(SERVER, output / "server.log") as server:
        constants = best_constant(
            server.url,
            {
                "train": Inboxes("train", evaluate.MAIL.splits.MIXED, FRESH, scale.evaluated),
                "test": Inboxes("test", evaluate.MAIL.splits.MIXED, 0, scale.evaluated),
            },
        )
        runs = [_run(server.url, output, seed, scale) for seed in range(scale.seeds)]
        seconds = round(time.monotonic() - started)
        results = {"constant": constants, "runs": runs, "seconds": seconds}
        sys.stdout.write(f"{table(results)}\n")
        write_json(output / "results.json", results)
        draw(output, scale)


def table(results: Mapping[str, Any]) -> str:
    """Write the figures as Markdown.

    Args:
        results: What `run` collected.

    Returns:
        Markdown: before and after by split, with the gain over the seeds and its interval.
    """
    runs = results["runs"]
    best = results["constant"]
    lines = [
        "| measured | fresh inboxes of train | test, other stories |",
        "| --- | --- | --- |",
        f"| best constant ({best['name']}) | {best['train']:.2f} | {best['test']:.2f} |",
    ]
    for stage, name in zip(STAGES, ("after 4 demonstrations", "after the reward"), strict=True):
        cells = [
            _spread([run[stage][split]["score"] for run in runs]) for split in ("train", "test")
        ]
        lines.append(f"| score {name} | {' | '.join(cells)} |")
    for figure, name in (
        ("score", "gain of score"),
        ("label", "gain of label credit"),
        ("route", "gain of team credit"),
        ("summary", "gain of summary credit"),
        ("format", "gain of format"),
        ("penalised", "change of mails penalised"),
    ):
        cells = [
            _spread(
                [run["trained"][split][figure] - run["warm"][split][figure] for run in runs], True
            )
            for split in ("train", "test")
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    lines += ["", f"{len(runs)} seeds, {results['seconds']} seconds in all."]
    return "\n".join(lines)


def draw(output: Path, scale: Scale) -> None:
    """Draw both figures from what lies in the output folder.

    Args:
        output: The folder.
        scale: What was done.
    """
    seeds = [output / f"seed{i}" for i in range(scale.seeds)]
    plots.draw(
        plots.PlotSettings(
            history=[seed / HISTORY_FILE for seed in seeds],
            before=[seed / "warm-test.json" for seed in seeds],
            after=[seed / "trained-test.json" for seed in seeds],
            baseline=seeds[0] / "warm-train.json",
            output=output / "plots",
        )
    )


def _run(url: str, output: Path, seed: int, scale: Scale) -> dict[str, Any]:
    folder = output / f"seed{seed}"
    first = FIRST_DEMONSTRATION + 100 * seed
    train(
        ReaderSettings(
            demonstrations=demonstrations.collect(
                url, folder / "demonstrations", DEMONSTRATIONS, start=first
            ),
            output=folder,
            env_url=url,
            deals=scale.deals,
            attempts=scale.attempts,
            seed=seed,
            sessions=SESSIONS,
        )
    )
    return {stage: _evaluated(url, folder, stage, scale) for stage in STAGES}


def _evaluated(url: str, folder: Path, stage: str, scale: Scale) -> dict[str, Any]:
    figures = {}
    for split, start in (("train", FRESH), ("test", 0)):
        result = evaluate.run(
            evaluate.EvaluationSettings(
                policy=str(folder / stage),
                env_url=url,
                split=split,
                start=start,
                episodes=scale.evaluated,
                sessions=SESSIONS,
            )
        )
        write_json(folder / f"{stage}-{split}.json", result)
        level = result["levels"][ALL]
        parts = level["components"]
        figures[split] = {
            "score": level["score"]["mean"],
            **{leaf: parts[leaf]["share"]["mean"] for leaf in ("label", "route", "summary")},
            "format": level["parts"]["format"]["mean"],
            "penalised": parts["penalties"]["share"]["mean"],
        }
    return figures


def _spread(values: Sequence[float], signed: bool = False) -> str:
    middle = mean(values)
    shown = f"{middle:+.2f}" if signed else f"{middle:.2f}"
    if len(values) not in STUDENT:
        return shown
    half = STUDENT[len(values)] * stdev(values) / len(values) ** 0.5
    return f"{shown} ({middle - half:.2f} to {middle + half:.2f})"


if __name__ == "__main__":
    sys.exit(main())
