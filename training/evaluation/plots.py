"""Draw what training did: the reward by step, scores before and after, scores by demonstrations.

    python -m training.evaluation.plots --history runs/seed0.jsonl runs/seed1.jsonl \
        --before before.json --after after0.json after1.json --output plots

Reads what the trainers and `training.evaluate` wrote; measures nothing itself.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from matplotlib.figure import Figure
from pydantic import Field

from tools.evaluation.figures import ALL
from training.command import CommandSettings, parse_settings, status_of
from training.evaluation.figures import REWARD, Run, before_after, reward_curve
from training.evaluation.gains import PlotError, Result
from training.output import held, whole

DOTS_PER_INCH: Final = 150
AGAIN: Final = "The same command draws again; figures that were there are still there."


class PlotSettings(CommandSettings):
    """What is drawn."""

    history: list[Path] = Field(description="one JSONL per seed", min_length=1)
    before: list[Path] = Field(description="JSON of the untrained policy", min_length=1)
    between: list[Path] = Field(
        default=[], description="the same after demonstrations, before the reward"
    )
    after: list[Path] = Field(description="JSON of the trained policy, per seed", min_length=1)
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
    stages = {
        name: [read_result(path) for path in paths]
        for name, paths in (
            ("before training", settings.before),
            ("after demonstrations", settings.between),
            ("after training", settings.after),
        )
        if paths
    }
    baseline = read_result(settings.baseline) if settings.baseline else stages["before training"][0]
    runs = {f"seed {seed}": read_run(path) for seed, path in enumerate(settings.history)}
    write(
        settings.output,
        {
            "reward_curve.png": reward_curve(runs, untrained("untrained", [baseline])),
            "before_after.png": before_after(stages),
        },
    )


def untrained(name: str, results: Sequence[Result]) -> dict[str, float]:
    """Return the reward of a policy that is not trained, by what it is.

    Args:
        name: What it is.
        results: Its evaluations, one for each seed.

    Returns:
        One level for `reward_curve`.
    """
    rewards = [result["levels"][ALL]["parts"][REWARD]["mean"] for result in results]
    return {f"{name} ({results[0]['split']} inboxes)": sum(rewards) / len(rewards)}


def write(folder: Path, figures: Mapping[str, Figure]) -> None:
    """Write figures, each of them whole.

    Args:
        folder: Where to.
        figures: By the names of their files.

    Raises:
        OutputError: If the folder cannot be written, or another process writes it.
    """
    with held(folder):
        for name, figure in figures.items():
            with whole(folder / name) as part:
                figure.savefig(part, dpi=DOTS_PER_INCH)


def read_run(path: Path) -> Run:
    """Read what a trainer logged.

    Args:
        path: A file with one JSON object a line; of a step that is there twice the last counts.

    Returns:
        The reward of each step.

    Raises:
        PlotError: If it is no such file.
    """
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        run = {int(line["step"]): float(line[f"reward/{REWARD}"]) for line in lines}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PlotError(
            f"{path} is no history of a trainer ({error!r}); name its JSONL."
        ) from error
    if not run:
        raise PlotError(f"{path} holds no step; name the history of a run that has begun.")
    return run


def read_result(path: Path) -> dict[str, Any]:
    """Read what `training.evaluate` measured.

    Args:
        path: Its file.

    Returns:
        The figures.

    Raises:
        PlotError: If it is no such file.
    """
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
