"""What a run writes down: the parts of the reward, episodes by their end, and raw generations.

`log.jsonl` has one line a step and is what `training.evaluation.plots` reads; after a resume it is
written again from the trainer's own state, so that no step stands in it twice.
"""

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from torch.utils.tensorboard import SummaryWriter
from transformers import (
    PreTrainedTokenizerBase,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
)

from email_triage_env.evaluation import PASS_SCORE
from training.language.curriculum import Curriculum
from training.output import whole
from training.rewards import WEIGHTS, parts_of
from training.triage_tool import InboxTool, brief_of, is_finished, steps_of

OVERALL: Final = "reward/overall"
SUCCESS_RATE: Final = "episode/success_rate"
TIMEOUT_RATE: Final = "episode/timeout_rate"
SCORE: Final = "episode/score"
UNLOCKED: Final = "curriculum/unlocked"
SERIES: Final = (
    OVERALL,
    *(f"reward/{name}" for name in WEIGHTS),
    SCORE,
    SUCCESS_RATE,
    TIMEOUT_RATE,
    UNLOCKED,
)
LOG: Final = "log.jsonl"
GENERATIONS: Final = "generations.txt"

RewardFunction = Callable[..., list[float]]


def episode_metrics(tools: Sequence[InboxTool]) -> dict[str, float]:
    """Return the means over some rollouts, by series.

    An episode is a success from `PASS_SCORE` on, and a timeout if its inbox was not finished,
    whether the model fell silent, ran out of tokens or wasted its steps.

    Args:
        tools: The tools of the rollouts.

    Returns:
        One figure for each series but the curriculum's.
    """
    values: dict[str, list[float]] = {}
    for tool in tools:
        steps = steps_of(tool)
        parts = parts_of(brief_of(tool), steps)
        score = sum(float(step.info.get("score", 0.0)) for step in steps) / _due(tool)
        decided = sum("score" in step.info for step in steps)
        figures = {
            OVERALL: parts.overall(),
            **{f"reward/{name}": getattr(parts, name) for name in WEIGHTS},
            SCORE: score,
            SUCCESS_RATE: float(is_finished(tool) and score >= PASS_SCORE),
            TIMEOUT_RATE: float(decided < _due(tool)),
        }
        for name, figure in figures.items():
            values.setdefault(name, []).append(figure)
    return {name: sum(figures) / len(figures) for name, figures in values.items()}


def _overall(tool: InboxTool) -> float:
    return parts_of(brief_of(tool), steps_of(tool)).overall()


def _due(tool: InboxTool) -> int:
    steps = steps_of(tool)
    return steps[0].observation.total_emails if steps else 1


class Logbook(TrainerCallback):
    """Watches the rollouts through a reward function and the trainer through its callbacks."""

    def __init__(
        self,
        output: Path,
        curriculum: Curriculum,
        tokenizer: PreTrainedTokenizerBase,
        show: int,
        show_every: int,
    ) -> None:
        """Open a run's logs.

        Args:
            output: The run's directory.
            curriculum: It learns of every logged reward.
            tokenizer: Turns generations into text.
            show: How many raw generations are kept at a time.
            show_every: After how many steps.
        """
        # Its thread tells whoever writes next what went wrong, and need not print it, too.
        threading.excepthook = _ignore_the_disk
        self.writer = SummaryWriter(str(output / "tensorboard"))
        self._log = output / LOG
        self._generations = output / GENERATIONS
        self._curriculum = curriculum
        self._tokenizer = tokenizer
        self._show = show
        self._show_every = show_every

    def watching(self, function: RewardFunction) -> RewardFunction:
        """Let a reward function report on the rollouts that it is shown.

        Args:
            function: One of the trainer's reward functions.

        Returns:
            The same function, with the same name.
        """

        def reward(
            environments: Sequence[InboxTool],
            log_metric: Callable[[str, float], None],
            completion_ids: Sequence[Sequence[int]],
            trainer_state: TrainerState,
            **columns: Any,  # noqa: ANN401 # whatever else the trainer passes
        ) -> list[float]:
            for name, figure in episode_metrics(environments).items():
                log_metric(name, figure)
            log_metric(UNLOCKED, float(len(self._curriculum.unlocked)))
            if trainer_state.global_step % self._show_every == 0:
                self._write_generations(trainer_state, completion_ids, environments)
            return function(environments=environments, **columns)

        reward.__name__ = function.__name__
        return reward

    def on_train_begin(
        self,
        args: TrainingArguments,  # noqa: ARG002
        state: TrainerState,
        control: TrainerControl,  # noqa: ARG002
        **_: Any,  # noqa: ANN401
    ) -> None:
        """Take up what a resumed run has logged; of what came after its checkpoint, nothing."""
        lines = [entry for entry in state.log_history if OVERALL in entry]
        self._curriculum.observe(float(entry[OVERALL]) for entry in lines)
        if state.is_world_process_zero:
            with whole(self._log) as part:
                part.write_text("".join(map(_line, lines)), encoding="utf-8")

    def on_log(
        self,
        args: TrainingArguments,  # noqa: ARG002
        state: TrainerState,
        control: TrainerControl,  # noqa: ARG002
        logs: Mapping[str, Any] | None = None,
        **_: Any,  # noqa: ANN401
    ) -> None:
        """Write a step down and tell the curriculum."""
        if not logs or OVERALL not in logs:
            return
        self._curriculum.observe([float(logs[OVERALL])])
        if state.is_world_process_zero:
            with self._log.open("a", encoding="utf-8") as log:
                log.write(_line({**logs, "step": state.global_step}))

    def _write_generations(
        self,
        state: TrainerState,
        completions: Sequence[Sequence[int]],
        tools: Sequence[InboxTool],
    ) -> None:
        if not state.is_world_process_zero:
            return
        texts = [
            f"step {state.global_step}, reward {_overall(tool):.3f}\n"
            f"{self._tokenizer.decode(list(tokens), skip_special_tokens=False)}\n\n"
            for tokens, tool in list(zip(completions, tools, strict=True))[: self._show]
        ]
        with self._generations.open("a", encoding="utf-8") as log:
            log.writelines(texts)
        self.writer.add_text("generations", "\n---\n".join(texts), state.global_step)


def _ignore_the_disk(failure: threading.ExceptHookArgs) -> None:
    if not issubclass(failure.exc_type, OSError):
        threading.__excepthook__(failure)


def _line(entry: Mapping[str, Any]) -> str:
    kept = {name: entry[name] for name in ("step", *SERIES) if name in entry}
    return f"{json.dumps(kept)}\n"
