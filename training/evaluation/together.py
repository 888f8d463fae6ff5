"""The files of a demonstration, of one folder or of several with a part of the seeds each."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from training.command import RefusedError
from training.evaluation import plots
from training.evaluation.figures import before_after, by_demonstrations, reward_curve
from training.evaluation.gains import Result
from training.evaluation.summary import STAGES, gain_figures, stage_figures
from training.output import RECORD

BASE: Final = "base"
TRAINED: Final = "reward"
CONSTANT: Final = "constant.json"
LOG: Final = "log.jsonl"
HELD_OUT: Final = "test"
SETS: Final = ("train", HELD_OUT, "varied")
SEED: Final = "seed"


class IncompleteError(RefusedError):
    """A folder does not hold a whole demonstration."""


def warm(count: int) -> str:
    """Return the folder, within that of a seed, of what so many demonstrated inboxes taught."""
    return f"warm{count}"


class Together:
    """What was measured, over all seeds."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Find the seeds.

        Args:
            folders: Where demonstrations of one scale lie.

        Raises:
            IncompleteError: If one holds none, or they differ in scale, or share a seed.
        """
        records = [_json(folder / RECORD) for folder in folders]
        if any(record != records[0] for record in records):
            raise IncompleteError(
                "The folders hold demonstrations of different scales or models; name those of one."
            )
        self._folders = folders
        self.scale = records[0]["scale"]
        self.seeds = {
            int(path.name.removeprefix(SEED)): path
            for folder in folders
            for path in sorted(folder.glob(f"{SEED}*"))
        }
        if not self.seeds or len(self.seeds) < sum(
            len(list(folder.glob(f"{SEED}*"))) for folder in folders
        ):
            raise IncompleteError("The folders hold no seed, or one of them twice; name others.")

    def stage(self, name: str, kind: str) -> list[Result]:
        """Return the evaluations of a stage.

        Args:
            name: One of `STAGES`.
            kind: One of `SETS`.

        Returns:
            One for each seed; of the base model, one for all.

        Raises:
            IncompleteError: If one is missing.
        """
        if name == "base":
            return [_json(self._folders[0] / BASE / f"{kind}.json")]
        within = TRAINED if name == "trained" else warm(self.scale["begin"])
        return [_json(path / within / f"{kind}.json") for path in self._by_seed()]

    def curve(self) -> dict[int, list[Result]]:
        """Return the held-out evaluations by the number of demonstrated inboxes, 0 first."""
        return {0: self.stage("base", HELD_OUT)} | {
            count: [_json(path / warm(count) / f"{HELD_OUT}.json") for path in self._by_seed()]
            for count in self.scale["demonstrated"]
        }

    def results(self, reader: Path | None = None) -> dict[str, Any]:
        """Return all figures in short.

        Args:
            reader: The results of the reader's demonstration, where they are a baseline.

        Returns:
            What `summary.page` shows.

        Raises:
            IncompleteError: If a file is missing.
        """
        return {
            "scale": self.scale,
            "seeds": sorted(self.seeds),
            "inboxes": self.scale["evaluated"],
            "constant": _json(self._folders[0] / CONSTANT),
            "stages": {
                name: {kind: stage_figures(self.stage(name, kind)) for kind in SETS}
                for name in STAGES
            },
            "gains": {
                kind: gain_figures(self.stage("warm", kind), self.stage("trained", kind))
                for kind in SETS
            },
            "demonstrations": {
                str(count): stage_figures(results) for count, results in self.curve().items()
            },
            **({"reader": _reader(reader)} if reader else {}),
        }

    def draw(self, output: Path) -> None:
        """Draw the figures.

        Args:
            output: A folder for them.

        Raises:
            IncompleteError: If a file is missing.
            OutputError: If the folder cannot be written, or another process writes it.
        """
        runs = {
            f"seed {seed}": plots.read_run(self.seeds[seed] / TRAINED / LOG)
            for seed in sorted(self.seeds)
        }
        levels = plots.untrained("base model, untrained", self.stage("base", "train"))
        levels |= plots.untrained("after demonstrations", self.stage("warm", "train"))
        stages = {name: self.stage(stage, HELD_OUT) for stage, name in STAGES.items()}
        trained = {self.scale["begin"]: self.stage("trained", HELD_OUT)}
        plots.write(
            output,
            {
                "reward_curve.png": reward_curve(runs, levels),
                "before_after.png": before_after(stages),
                "demonstrations.png": by_demonstrations(self.curve(), trained),
            },
        )

    def _by_seed(self) -> list[Path]:
        return [self.seeds[seed] for seed in sorted(self.seeds)]


def _reader(path: Path) -> dict[str, float]:
    """Return the mean score of the trained reader on the sets that it was played on."""
    runs = _json(path)["runs"]
    return {
        kind: sum(run["trained"][kind]["score"] for run in runs) / len(runs)
        for kind in ("train", HELD_OUT)
    }


def _json(path: Path) -> Any:  # noqa: ANN401 # whatever it holds
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IncompleteError(
            f"{path} cannot be read ({error}); let training.demonstration come to its end there."
        ) from error
