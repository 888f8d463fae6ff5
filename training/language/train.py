"""Train a language model on the environment with GRPO.

    python -m training.language.train --model MODEL --output DIR [--env-url URL]

MODEL is a hub id, or a directory such as `training.language.tiny` writes. A rollout is a whole
inbox, played through one WebSocket; the reward is in `training.rewards`. Killed in any way, the
same command goes on from the newest checkpoint. DIR gets log.jsonl, generations.txt, tensorboard/,
checkpoints/ and model/ or adapter/ (with --merge also merged/).
"""

import logging
import os
import sys
from functools import partial
from typing import Any, Final

# The interface by which the trainer drives an environment is young; its warning is known here.
os.environ.setdefault("TRL_EXPERIMENTAL_SILENCE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch
from datasets import Dataset
from peft import LoraConfig
from transformers import AutoTokenizer, BitsAndBytesConfig, PreTrainedTokenizerBase
from transformers.integrations import TensorBoardCallback
from trl import GRPOConfig, GRPOTrainer

from email_triage_env.models import MAX_STEPS
from training.command import RefusedError, parse_settings, status_of
from training.language.curriculum import Curriculum
from training.language.logbook import Logbook
from training.language.policy import ModelError, with_tool_parser
from training.language.saving import CHECKPOINTS, merge, newest_checkpoint, replay, save
from training.language.settings import TrainSettings
from training.output import held
from training.rewards import WEIGHTS
from training.triage_tool import InboxTool, close, reward_functions

LOGGER: Final = logging.getLogger(__name__)
# Rollouts that must not all earn nothing before a run may begin.
TRIAL_ROLLOUTS: Final = 10
KEPT_CHECKPOINTS: Final = 2
LORA_RANK: Final = 16
AGAIN: Final = "The same command goes on from the newest checkpoint."


class NoRewardError(RefusedError):
    """No rollout earned anything, so there is nothing to learn from."""

    status = 3


def inboxes(settings: TrainSettings) -> Dataset:
    """Return the rows of the trainer: which inboxes it plays.

    Args:
        settings: How many, and how difficult.

    Returns:
        A data set whose columns are what `InboxTool.reset` takes.
    """
    empty = [{"role": "user", "content": ""}]
    return Dataset.from_list(
        [
            {"prompt": empty, "split": "train", "index": i, "difficulty": settings.difficulty}
            for i in range(settings.inboxes)
        ]
    )


def trainer_arguments(settings: TrainSettings) -> GRPOConfig:
    """Translate the settings into TRL's.

    Args:
        settings: The run's settings.

    Returns:
        TRL's settings.
    """
    cuda = torch.cuda.is_available()
    return GRPOConfig(
        output_dir=str(settings.output / CHECKPOINTS),
        max_steps=settings.steps,
        per_device_train_batch_size=settings.micro_batch,
        gradient_accumulation_steps=settings.batch // settings.micro_batch,
        num_generations=settings.group,
        num_generations_eval=1,
        per_device_eval_batch_size=TRIAL_ROLLOUTS,
        max_completion_length=settings.max_completion_length,
        max_tool_calling_iterations=MAX_STEPS,
        # Without it one answer that never ends takes the tokens of the whole inbox.
        generation_kwargs={
            "max_tokens" if settings.vllm else "max_new_tokens": settings.max_answer_tokens
        },
        temperature=settings.temperature,
        learning_rate=settings.learning_rate,
        beta=settings.beta,
        reward_weights=list(WEIGHTS.values()),
        loss_type="dapo",
        scale_rewards="group",
        use_vllm=settings.vllm,
        vllm_mode="colocate",
        model_init_kwargs={"dtype": "bfloat16" if cuda else "float32"},
        use_cpu=not cuda,
        bf16=cuda,
        activation_checkpointing=cuda,
        # A step may be short on two cores: an average over several would hide what it earned.
        logging_steps=1,
        save_steps=settings.save_every,
        save_total_limit=KEPT_CHECKPOINTS,
        seed=settings.seed,
        report_to="wandb" if settings.wandb else "none",
    )


def build_trainer(
    settings: TrainSettings,
    tokenizer: PreTrainedTokenizerBase,
    logbook: Logbook,
    curriculum: Curriculum,
) -> GRPOTrainer:
    """Build the trainer; the model is loaded here.

    Args:
        settings: The run's settings.
        tokenizer: The model's tokenizer.
        logbook: Where the run is written down.
        curriculum: Chooses the difficulty of rows that leave it open.

    Returns:
        The trainer.
    """
    first, *others = reward_functions()
    options: dict[str, Any] = {}
    if settings.lora:
        options["peft_config"] = LoraConfig(
            r=LORA_RANK,
            lora_alpha=2 * LORA_RANK,
            target_modules="all-linear",
            task_type="CAUSAL_LM",
        )
    if settings.four_bit:
        options["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=torch.bfloat16
        )
    return GRPOTrainer(
        model=settings.model,
        args=trainer_arguments(settings),
        train_dataset=inboxes(settings),
        processing_class=tokenizer,
        reward_funcs=[logbook.watching(first), *others],
        environment_factory=partial(InboxTool, settings.env_url, curriculum.difficulty_of),
        callbacks=[logbook, TensorBoardCallback(tb_writer=logbook.writer)],
        **options,
    )


def check_inboxes(settings: TrainSettings) -> None:
    """Open the last inbox before a model is loaded: how many there are, the server knows.

    Args:
        settings: Where the server is, and how many inboxes are drawn from.

    Raises:
        LostEpisodeError: If the server does not answer, or has not that many.
    """
    tool = InboxTool(settings.env_url, Curriculum().difficulty_of)
    tool.reset(split="train", index=settings.inboxes - 1, difficulty=settings.difficulty)
    close(tool)


def check_reward(trainer: GRPOTrainer, rows: Dataset) -> float:
    """Play ten rollouts before a long run.

    Args:
        trainer: The trainer, untrained.
        rows: What it trains on.

    Returns:
        Their mean reward.

    Raises:
        NoRewardError: If none earned anything.
    """
    figures = trainer.evaluate(eval_dataset=rows.select(range(TRIAL_ROLLOUTS)))
    # No reward is negative, so a mean of zero means ten zeros.
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
    try:
        tokenizer = AutoTokenizer.from_pretrained(settings.model, padding_side="left")
    except (OSError, ValueError) as error:
        raise ModelError(
            f"There is no model {settings.model!r} ({error}); name a hub id, where there is a "
            f"network, or a directory such as training.language.tiny writes."
        ) from error
    with held(settings.output):
        settings.check_record()
        check_inboxes(settings)
        _train(settings, with_tool_parser(tokenizer))


def _train(settings: TrainSettings, tokenizer: PreTrainedTokenizerBase) -> None:
    curriculum = Curriculum()
    logbook = Logbook(settings.output, curriculum, tokenizer, settings.show, settings.show_every)
    trainer = build_trainer(settings, tokenizer, logbook, curriculum)
    checkpoint = newest_checkpoint(settings.output / CHECKPOINTS)
    if checkpoint is None:
        LOGGER.info("Mean reward before training: %.3f", check_reward(trainer, inboxes(settings)))
    else:
        LOGGER.info("Going on from %s", checkpoint)
    trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
    saved = save(trainer, tokenizer, settings.output, settings.lora)
    # Of several processes one is enough to show that what was saved can be loaded.
    if not trainer.is_world_process_zero():
        return
    if settings.merge:
        saved = merge(saved, settings.model, tokenizer, settings.output)
    score = replay(saved, settings.env_url, settings.max_answer_tokens).score
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
