"""The whole demonstration on a machine without a GPU: train, evaluate, draw.

    python -m training.demonstration --output demonstration            three seeds, README's figures
    python -m training.demonstration --output demonstration --short    one seed, two minutes

Starts a server of its own. The reader (training/reader.py) learns from four demonstrated inboxes,
then from the reward of inboxes each used once, and is evaluated on inboxes of `train` that it has
never played and on `test`, whose stories are by other hands.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean, stdev
from typing import Any, Final, NamedTuple

from email_triage_env import EmailTriageClient
from email_triage_env.models import LABELS
from tools.episodes.playing import Sessions
from tools.evaluation.figures import ALL
from tools.serving import serving
from training import evaluate
from training.evaluation import plots
from training.players import load
from training.reader.train import HISTORY_FILE, Settings, train

ROOT: Final = Path(__file__).parents[1]
SERVER: Final = "email_triage_env.server.app"
SESSIONS: Final = 16
DEMONSTRATIONS: Final = 4
FIRST_DEMONSTRATION: Final = 20_000
# No seed trains on inboxes from here on.
FRESH: Final = 28_000
# Of Student's distribution for one and two degrees of freedom, both tails 2.5 %.
STUDENT: Final = {2: 12.706, 3: 4.303}
STAGES: Final = ("warm", "trained")


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Do it all and print the table of README; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--output", type=Path, required=True, help="a folder for runs and figures")
    parser.add_argument("--short", action="store_true", help="one seed and fewer inboxes")
    options = parser.parse_args(arguments)
    scale = SHORT if options.short else FULL
    started = time.monotonic()
    options.output.mkdir(parents=True, exist_ok=True)
    with serving(SERVER, options.output / "server.log") as server:
        constants = best_constant(server.url, scale)
        runs = [_run(server.url, options.output, seed, scale) for seed in range(scale.seeds)]
    results = {"constant": constants, "runs": runs, "seconds": round(time.monotonic() - started)}
    text = json.dumps(results, indent=1)
    (options.output / "results.json").write_text(f"{text}\n", encoding="utf-8")
    draw(options.output, scale)
    sys.stdout.write(f"{table(results)}\n")
    return 0


def best_constant(url: str, scale: Scale) -> dict[str, Any]:
    """Find the label and team that earn most on fresh inboxes of train when given to every mail.

    Args:
        url: Where the server is.
        scale: On how many inboxes.

    Returns:
        Its name, and its mean score on both splits.
    """
    with Sessions(EmailTriageClient, url, SESSIONS) as sessions:

        def score(label: str, team: str, split: str) -> float:
            start = FRESH if split == "train" else 0
            asked = evaluate.choices(split, evaluate.MAIL.splits.MIXED, scale.evaluated, start)
            policy = load(f"constant:{label}/{team}")
            episodes = sessions.play(lambda _place: policy, asked)
            return mean(episode.score for episode in episodes)

        any_policy = load("keyword")
        brief = sessions.play(lambda _place: any_policy, [{}])[0].brief
        tried = [
            (score(label, team, "train"), label, team)
            for label in LABELS
            for team in str(brief["routes"]).split(", ")
        ]
        best, label, team = max(tried)
        return {
            "name": f"{label}/{team}",
            "train": round(best, 4),
            "test": round(score(label, team, "test"), 4),
        }


def table(results: Mapping[str, Any]) -> str:
    """Write the figures as README shows them.

    Args:
        results: What `main` collected.

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
        scale: What was done; the figure of before and after shows seed 0.
    """
    history = [str(output / f"seed{i}" / HISTORY_FILE) for i in range(scale.seeds)]
    before, after, baseline = (
        str(output / "seed0" / f"{name}.json")
        for name in ("warm-test", "trained-test", "warm-train")
    )
    plots.main(
        [
            "--history", *history, "--before", before, "--after", after,
            "--baseline", baseline, "--output", str(output / "plots"),
        ]
    )  # fmt: skip


def _run(url: str, output: Path, seed: int, scale: Scale) -> dict[str, Any]:
    folder = output / f"seed{seed}"
    folder.mkdir(exist_ok=True)
    first = FIRST_DEMONSTRATION + 100 * seed
    subprocess.run(  # noqa: S603 # our own tool
        [
            sys.executable, "-m", "tools.collect", "email", "--url", url, "--split", "train",
            "--start", str(first), "--episodes", str(DEMONSTRATIONS), "--policy", "answer-key",
            "--out", str(folder / "demonstrations"),
        ],
        cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    demonstrations = folder / "demonstrations" / "episodes.jsonl"
    settings = Settings(str(demonstrations), "mixed", scale.deals, scale.attempts, seed)
    with Sessions(EmailTriageClient, url, SESSIONS) as sessions:
        train(settings, folder, sessions)
    return {stage: _evaluated(url, folder, stage, scale) for stage in STAGES}


def _evaluated(url: str, folder: Path, stage: str, scale: Scale) -> dict[str, Any]:
    figures = {}
    for split, start in (("train", FRESH), ("test", 0)):
        options = evaluate.command_line().parse_args(
            [
                "--policy", str(folder / stage), "--env-url", url, "--split", split,
                "--start", str(start), "--episodes", str(scale.evaluated),
                "--sessions", str(SESSIONS),
            ]
        )  # fmt: skip
        result = evaluate.run(options)
        text = json.dumps(result)
        (folder / f"{stage}-{split}.json").write_text(text, encoding="utf-8")
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
