"""Train a language model on the environment with GRPO.

    python -m training.language.train --model MODEL --output DIR [--single-turn] [--env-url URL]

MODEL is a hub id, a directory of a model, or one of an adapter, which is then trained on. A rollout
is a whole inbox, played through one WebSocket; with --single-turn it is the answer to one mail,
after the decisions that the same model made before it. The reward is in `training.rewards`. Killed
in any way, the same command goes on from the newest checkpoint. DIR gets log.jsonl,
generations.txt, tensorboard/, checkpoints/ and model/ or adapter/ (with --merge also merged/).
"""

import logging
import os
import sys
from itertools import islice
from typing import Final

# The interface by which the trainer drives an environment is young; its warning is known here.
os.environ.setdefault("TRL_EXPERIMENTAL_SILENCE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from datasets import Dataset
from transformers import PreTrainedTokenizerBase
from trl import GRPOTrainer

from training.command import RefusedError, parse_settings, status_of
from training.language.building import TRIAL_ROLLOUTS, build_trainer
from training.language.curriculum import Curriculum
from training.language.logbook import OVERALL, Logbook
from training.language.policy import with_tool_parser
from training.language.progress import Progress, instead_of_a_bar
from training.language.saving import CHECKPOINTS, merge, newest_checkpoint, replay, save
from training.language.settings import TrainSettings
from training.language.weights import load_tokenizer
from training.output import held
from training.triage_tool import InboxTool, close

LOGGER: Final = logging.getLogger(__name__)
# What is told of each step; log.jsonl has the rest.
TOLD: Final = {OVERALL: "reward", "reward/primary": "right", "reward/format": "in form"}
AGAIN: Final = "The same command goes on from the newest checkpoint."


class NoRewardError(RefusedError):
    """No rollout earned anything, so there is nothing to learn from."""

    status = 3


def check_inboxes(settings: TrainSettings) -> None:
    """Open the last inbox before a model is loaded: how many there are, the server knows.

    Args:
        settings: Where the server is, and how many inboxes are drawn from.

    Raises:
        LostEpisodeError: If the server does not answer, or has not that many.
    """
    tool = InboxTool(settings.env_url, Curriculum().difficulty_of)
    last = settings.first_inbox + settings.inboxes - 1
    tool.reset(split="train", index=last, difficulty=settings.difficulty)
    close(tool)


def check_reward(trainer: GRPOTrainer) -> float:
    """Play ten rollouts before a long run.

    Args:
        trainer: The trainer, untrained.

    Returns:
        Their mean reward.

    Raises:
        NoRewardError: If none earned anything.
    """
    rows = Dataset.from_list(list(islice(iter(trainer.train_dataset), TRIAL_ROLLOUTS)))
    figures = trainer.evaluate(eval_dataset=rows)
    # A mail that did harm earns less than nothing, which is something to learn from.
    reward = float(figures["eval_reward"])
    if reward == 0:
        raise NoRewardError(
            f"All of {TRIAL_ROLLOUTS} rollouts earned 0: the model is too weak or the inboxes too "
            f"hard to learn anything. Begin at --difficulty easy, raise --max-completion-length if "
            f"generations.txt shows answers that are cut off, or take a larger or warm-started "
            f"--model."
        )
    return reward


def run(settings: TrainSettings) -> None:
    """Train, save, and play one inbox with what was saved.

    Args:
        settings: The run's settings.

    Raises:
        SettingsError: If the settings cannot be had.
        ModelError: If the model cannot be loaded or calls no tools.
        NoRewardError: If there is nothing to learn from.
        LostEpisodeError: If the server stops answering.
        OutputError: If the run's directory cannot be written, or another process writes it.
    """
    settings.check_machine()
    tokenizer = load_tokenizer(settings.model)
    with held(settings.output):
        settings.check_record()
        check_inboxes(settings)
        _train(settings, tokenizer if settings.single_turn else with_tool_parser(tokenizer))


def _train(settings: TrainSettings, tokenizer: PreTrainedTokenizerBase) -> None:
    curriculum = Curriculum()
    logbook = Logbook(settings.output, curriculum, tokenizer, settings.show, settings.show_every)
    trainer = build_trainer(settings, tokenizer, logbook, curriculum)
    instead_of_a_bar(trainer, Progress(settings.output, TOLD))
    checkpoint = newest_checkpoint(settings.output / CHECKPOINTS)
    if checkpoint is None:
        LOGGER.info("Mean reward before training: %.3f", check_reward(trainer))
    else:
        LOGGER.info("Going on from %s", checkpoint)
    trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
    saved = save(trainer, tokenizer, settings.output)
    # Of several processes one is enough to show that what was saved can be loaded.
    if not trainer.is_world_process_zero():
        return
    if settings.single_turn:
        settings.mail_prompt.save(saved)
    if settings.merge:
        saved = merge(saved, tokenizer, settings.output)
        if settings.single_turn:
            settings.mail_prompt.save(saved)
    score = replay(saved, settings.env_url).score
    LOGGER.info("Saved %s; loaded again it scores %.2f on a test inbox", saved, score)


def main(arguments: list[str] | None = None) -> int:
    """Train from the command line.

    Args:
        arguments: The command line, without the name of the program.

    Returns:
        The exit status: 0 if all went well, 1 without a server, 2 for what cannot be had, 3 if no
        rollout earned anything, 130 after an interrupt.
    """
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    module = "training.language.train"
    return status_of(
        lambda: run(parse_settings(TrainSettings, arguments, module, __doc__ or "")), AGAIN
    )


if __name__ == "__main__":
    sys.exit(main())
