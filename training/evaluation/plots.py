"""Draw what training did: the reward by step, and the held-out scores before and after.

    python -m training.evaluation.plots --history runs/seed0.jsonl runs/seed1.jsonl \
        --before before.json --after after.json --output plots

Reads what the trainers and `training.evaluate` wrote; measures nothing itself.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tools.evaluation.figures import ALL
from training.evaluation.figures import CURVES, PlotError, Run, before_after, reward_curve

DOTS_PER_INCH: Final = 150


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw both figures.

    Args:
        arguments: Those of the command line by default.
    """
    options = _parser().parse_args(arguments)
    try:
        before, after = _read(options.before), _read(options.after)
        baseline = _read(options.baseline) if options.baseline else before
        figures = {
            "reward_curve.png": reward_curve(
                [read_run(path) for path in options.history], baseline
            ),
            "before_after.png": before_after(before, after),
        }
    except PlotError as error:
        sys.exit(str(error))
    options.output.mkdir(parents=True, exist_ok=True)
    for name, figure in figures.items():
        figure.savefig(options.output / name, dpi=DOTS_PER_INCH)


def read_run(path: Path) -> Run:
    """Read what a trainer logged.

    Args:
        path: A file with one JSON object a line; of a step that is there twice the last counts.

    Returns:
        The numbers of each step.

    Raises:
        PlotError: If it is no such file.
    """
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        run = {
            int(line["step"]): {name: float(line[f"reward/{name}"]) for name in CURVES}
            for line in lines
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PlotError(
            f"{path} is no history of a trainer ({error!r}); name its JSONL."
        ) from error
    if not run:
        raise PlotError(f"{path} holds no step; name the history of a run that has begun.")
    return run


def _read(path: Path) -> dict[str, Any]:
    try:
        result: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        known = result["levels"][ALL]["score"]["mean"], result["split"], result["episodes"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PlotError(
            f"{path} is no evaluation ({error!r}); name what training.evaluate --json wrote."
        ) from error
    if not known[-1]:
        raise PlotError(f"{path} holds no episode; evaluate at least one.")
    return result


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Draw a training and its evaluations.")
    parser.add_argument("--history", type=Path, nargs="+", required=True, help="one JSONL per seed")
    parser.add_argument("--before", type=Path, required=True, help="JSON of the untrained policy")
    parser.add_argument("--after", type=Path, required=True, help="JSON of the trained policy")
    parser.add_argument(
        "--baseline", type=Path, help="JSON of the untrained policy on training inboxes"
    )
    parser.add_argument("--output", type=Path, default=Path("plots"))
    return parser


if __name__ == "__main__":
    main()
