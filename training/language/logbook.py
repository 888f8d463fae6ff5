"""What a run writes down: the parts of the reward, episodes by their end, and raw generations.

`log.jsonl` has one line a step and is what `training.evaluation.plots` reads; after a resume it is
written again from the trainer's own state, so that no step stands in it twice.
"""

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any, Final, NamedTuple

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
from training.rewards import WEIGHTS, Parts, parts_of
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


class Rollout(NamedTuple):
    """What became of one thing that the trainer drew: an inbox, or the answer to one mail.

    Attributes:
        parts: Of the reward.
        score: The environment's.
        answered: Whether it came to its end in a form that can be read; an inbox that was not
            finished, because the model fell silent, ran out of tokens or wasted its steps, did not.
    """

    parts: Parts
    score: float
    answered: bool


def rollouts_of(environments: Sequence[InboxTool], **_columns: Any) -> list[Rollout]:  # noqa: ANN401
    """Return what became of rollouts that played whole inboxes.

    Args:
        environments: Their tools, by the name that the trainer gives them.
        **_columns: Ignored.

    Returns:
        One each.
    """
    return [_rollout(tool) for tool in environments]


def _rollout(tool: InboxTool) -> Rollout:
    steps = steps_of(tool)
    due = steps[0].observation.total_emails if steps else 1
    scores = [float(step.info["score"]) for step in steps if "score" in step.info]
    finished = is_finished(tool) and len(scores) == due
    return Rollout(parts_of(brief_of(tool), steps), sum(scores) / due, finished)


def metrics(rollouts: Sequence[Rollout]) -> dict[str, float]:
    """Return the means over some rollouts, by series.

    A rollout is a success if it was answered and scores at least `PASS_SCORE`, and a timeout if it
    was not answered.

    Args:
        rollouts: What became of them.

    Returns:
        One figure for each series but the curriculum's.
    """
    figures = [
        {
            OVERALL: each.parts.overall(),
            **{f"reward/{name}": getattr(each.parts, name) for name in WEIGHTS},
            SCORE: each.score,
            SUCCESS_RATE: float(each.answered and each.score >= PASS_SCORE),
            TIMEOUT_RATE: float(not each.answered),
        }
        for each in rollouts
    ]
    return {name: fmean(each[name] for each in figures) for name in figures[0]}


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

    def watching(
        self, function: RewardFunction, rollouts: Callable[..., Sequence[Rollout]]
    ) -> RewardFunction:
        """Let a reward function report on the rollouts that it is shown.

        Args:
            function: One of the trainer's reward functions.
            rollouts: Says what became of them, from what the trainer passes.

        Returns:
            The same function, with the same name.
        """

        def reward(
            log_metric: Callable[[str, float], None],
            completion_ids: Sequence[Sequence[int]],
            trainer_state: TrainerState,
            **columns: Any,  # noqa: ANN401 # whatever else the trainer passes
        ) -> list[float]:
            seen = rollouts(**columns)
            for name, figure in metrics(seen).items():
                log_metric(name, figure)
            log_metric(UNLOCKED, float(len(self._curriculum.unlocked)))
            if trainer_state.global_step % self._show_every == 0:
                self._write_generations(trainer_state, completion_ids, seen)
            return function(**columns)

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
        rollouts: Sequence[Rollout],
    ) -> None:
        if not state.is_world_process_zero:
            return
        texts = [
            f"step {state.global_step}, reward {each.parts.overall():.3f}\n"
            f"{self._tokenizer.decode(list(tokens), skip_special_tokens=False)}\n\n"
            for tokens, each in list(zip(completions, rollouts, strict=True))[: self._show]
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
