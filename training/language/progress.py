"""One line for each step that a trainer logs, which says whose step it is."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from transformers import (
    PrinterCallback,
    ProgressCallback,
    Trainer,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
)

LOGGER: Final = logging.getLogger(__name__)
NAMED_FOLDERS: Final = 2


class Progress(TrainerCallback):
    """Tells of a run by the end of its folder's name, so that several can share a screen."""

    def __init__(self, output: Path, figures: Mapping[str, str]) -> None:
        """Take the run's folder.

        Args:
            output: Of the run.
            figures: What is told of a step: words, by what the trainer calls the figure.
        """
        self._name = "/".join(output.absolute().parts[-NAMED_FOLDERS:])
        self._figures = figures

    def on_log(
        self,
        args: TrainingArguments,  # noqa: ARG002
        state: TrainerState,
        control: TrainerControl,  # noqa: ARG002
        logs: Mapping[str, Any] | None = None,
        **_: Any,  # noqa: ANN401
    ) -> None:
        """Tell of a step."""
        told = [
            f"{words} {float(logs[name]):.3f}"
            for name, words in self._figures.items()
            if logs and name in logs
        ]
        # The trainer's last words are about the whole run.
        if len(told) == len(self._figures) and state.is_world_process_zero:
            LOGGER.info(
                "%s, step %d of %d: %s",
                *(self._name, state.global_step, state.max_steps, ", ".join(told)),
            )


def instead_of_a_bar(trainer: Trainer, progress: Progress) -> None:
    """Let a trainer tell its steps in lines.

    Args:
        trainer: It loses its own bar.
        progress: What tells instead.
    """
    for kind in (ProgressCallback, PrinterCallback):
        trainer.remove_callback(kind)
    trainer.add_callback(progress)
