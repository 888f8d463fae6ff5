"""TRL's trainer for this environment, put together: the rows, the rewards, and its settings."""

from functools import partial
from typing import Any, Final

import torch
from datasets import Dataset, IterableDataset
from transformers import BitsAndBytesConfig, PreTrainedTokenizerBase
from transformers.integrations import TensorBoardCallback
from trl import GRPOConfig, GRPOTrainer

from email_triage_env.models import MAX_STEPS
from training.language.credit import FieldCredit
from training.language.curriculum import Curriculum
from training.language.logbook import Logbook, rollouts_of
from training.language.mail_rewards import MailRewards
from training.language.mails import Mails
from training.language.saving import CHECKPOINTS
from training.language.settings import TrainSettings
from training.language.shared_prompts import SharedPromptTrainer, score_answers_alone
from training.language.weights import computing, is_adapter, load_adapter, lora
from training.rewards import WEIGHTS
from training.triage_tool import CURRICULUM, InboxTool, reward_functions

# Rollouts that must not all earn nothing before a run may begin.
TRIAL_ROLLOUTS: Final = 10
KEPT_CHECKPOINTS: Final = 2
# What the model played to come to the mails that it learns from.
PLAYED: Final = "played"


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
    # Without a limit of its own one answer that never ends takes the tokens of the whole inbox.
    limit = {"max_tokens" if settings.vllm else "max_new_tokens": settings.max_answer_tokens}
    whole_inboxes: dict[str, Any] = {
        "max_completion_length": settings.max_completion_length,
        "max_tool_calling_iterations": MAX_STEPS,
        "generation_kwargs": limit,
    }
    single_mails: dict[str, Any] = {
        "max_completion_length": settings.mail_prompt.answer_tokens,
        "shuffle_dataset": False,
    }
    return GRPOConfig(
        output_dir=str(settings.output / CHECKPOINTS),
        max_steps=settings.steps,
        per_device_train_batch_size=settings.micro_batch,
        gradient_accumulation_steps=settings.batch // settings.micro_batch,
        num_generations=settings.group,
        num_generations_eval=1,
        per_device_eval_batch_size=TRIAL_ROLLOUTS,
        **(single_mails if settings.single_turn else whole_inboxes),
        temperature=settings.temperature,
        learning_rate=settings.learning_rate,
        # So that a run which is given more steps later goes on as if it had them from the start.
        lr_scheduler_type="constant",
        beta=settings.beta,
        reward_weights=list(WEIGHTS.values()),
        loss_type="dapo",
        scale_rewards=settings.scale_rewards,
        use_vllm=settings.vllm,
        vllm_mode="colocate",
        # Saves memory for a fifth of the time; a processor is not short of memory.
        activation_checkpointing=torch.cuda.is_available(),
        **_computing(settings),
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
    score_answers_alone()
    options: dict[str, Any] = {
        "args": trainer_arguments(settings),
        "processing_class": tokenizer,
        "callbacks": [logbook, TensorBoardCallback(tb_writer=logbook.writer)],
        **_weights(settings),
    }
    if not settings.single_turn:
        first, *others = reward_functions()
        return GRPOTrainer(
            train_dataset=inboxes(settings),
            reward_funcs=[logbook.watching(first, rollouts_of), *others],
            environment_factory=partial(InboxTool, settings.env_url, curriculum.difficulty_of),
            **options,
        )
    mails = mails_of(settings, curriculum)
    rewards = MailRewards(settings.env_url)
    first, *others = rewards.functions()
    # A GPU forgets what it computed and computes it again, which leaves nothing to share.
    kind = GRPOTrainer if torch.cuda.is_available() else SharedPromptTrainer
    if settings.credit == "field":
        kind = type("FieldCreditTrainer", (FieldCredit, kind), {})
    trainer = kind(
        train_dataset=IterableDataset.from_generator(mails),
        reward_funcs=[logbook.watching(first, rewards.rollouts), *others],
        **options,
    )
    mails.model, mails.tokenizer = trainer.model, tokenizer
    return trainer


def mails_of(settings: TrainSettings, curriculum: Curriculum) -> Mails:
    """Return the mails that a run of single turns trains on.

    Args:
        settings: The run's settings.
        curriculum: Chooses the difficulty of inboxes, where the settings leave it open.

    Returns:
        The mails; they need the model that plays before they can be read.
    """

    def difficulty(index: int) -> str:
        open_to_choice = settings.difficulty == CURRICULUM
        return curriculum.difficulty_of(index) if open_to_choice else settings.difficulty

    return Mails(
        settings.env_url,
        settings.mail_prompt,
        difficulty,
        first=settings.first_inbox,
        at_once=2 * max(1, settings.batch // settings.group),
        kept=settings.output / PLAYED,
    )


def _computing(settings: TrainSettings) -> dict[str, Any]:
    """Return how it computes; an adapter is loaded before the trainer, which would say so."""
    options = computing()
    return options | ({"model_init_kwargs": None} if is_adapter(settings.model) else {})


def _weights(settings: TrainSettings) -> dict[str, Any]:
    """Return the model for the trainer, and what is trained of it."""
    if is_adapter(settings.model):
        return {"model": load_adapter(settings.model)}
    options: dict[str, Any] = {"model": settings.model}
    if settings.lora:
        options["peft_config"] = lora(settings.model)
    if settings.four_bit:
        options["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=torch.bfloat16
        )
    return options
