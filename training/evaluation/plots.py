"""Draw what training did: the reward by step, and the held-out scores before and after.

    python -m training.evaluation.plots --history runs/seed0.jsonl runs/seed1.jsonl \
        --before before.json --after after.json --output plots

Reads what the trainers and `training.evaluate` wrote; measures nothing itself.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

from pydantic import Field

from tools.evaluation.figures import ALL
from training.command import CommandSettings, parse_settings, status_of
from training.evaluation.figures import CURVES, PlotError, Run, before_after, reward_curve
from training.output import held, whole

DOTS_PER_INCH: Final = 150
AGAIN: Final = "The same command draws again; figures that were there are still there."


class PlotSettings(CommandSettings):
    """What is drawn."""

    history: list[Path] = Field(description="one JSONL per seed", min_length=1)
    before: Path = Field(description="JSON of the untrained policy")
    after: Path = Field(description="JSON of the trained policy")
    baseline: Path | None = Field(
        default=None, description="JSON of the untrained policy on training inboxes"
    )
    output: Path = Field(default=Path("plots"), description="a folder for the figures")


def main(arguments: list[str] | None = None) -> int:
    """Draw both figures; return the exit status."""
    module = "training.evaluation.plots"
    return status_of(
        lambda: draw(parse_settings(PlotSettings, arguments, module, __doc__ or "")), AGAIN
    )


def draw(settings: PlotSettings) -> None:
    """Draw both figures.

    Args:
        settings: What from, and where to.

    Raises:
        PlotError: If what was measured cannot be drawn.
        OutputError: If the folder cannot be written, or another process writes it.
    """
    before, after = _read(settings.before), _read(settings.after)
    baseline = _read(settings.baseline) if settings.baseline else before
    figures = {
        "reward_curve.png": reward_curve([read_run(path) for path in settings.history], baseline),
        "before_after.png": before_after(before, after),
    }
    with held(settings.output):
        for name, figure in figures.items():
            with whole(settings.output / name) as part:
                figure.savefig(part, dpi=DOTS_PER_INCH)


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


if __name__ == "__main__":
    sys.exit(main())
