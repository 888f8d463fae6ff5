"""Supervised learning from a few demonstrations, so that reinforcement has something to begin on.

    python -m training.language.warm_start --model runs/smollm2 --output runs/warm \
        --demonstrations runs/demonstrations/episodes.jsonl

Each demonstrated mail is one prompt and the answer to it, for TRL's SFTTrainer; the loss counts the
answer alone. DIR gets adapter/, which `training.language.train --single-turn` goes on from.
"""

import logging
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from datasets import Dataset
from pydantic import Field
from transformers import PreTrainedTokenizerBase
from trl import SFTConfig, SFTTrainer

from tools.episodes.playing import Episode
from training import demonstrations
from training.command import CommandSettings, parse_settings, status_of
from training.language.mail_prompt import ANSWER_TOKENS, SHOWN_LETTERS, MailPrompt
from training.language.progress import Progress, instead_of_a_bar
from training.language.saving import save
from training.language.shared_prompts import score_answers_alone
from training.language.weights import computing, load_tokenizer, lora
from training.output import check_record, held
from training.texts import answer_text

LOGGER: Final = logging.getLogger(__name__)
WARMUP_SHARE: Final = 0.1
LOGGING_STEPS: Final = 5
AGAIN: Final = "The same command begins anew; an adapter that was there is still there."


class WarmStartSettings(CommandSettings):
    """What is learned from, and how."""

    model: str = Field(description="hub id or directory of an instruction-tuned model")
    demonstrations: Path = Field(description="episodes.jsonl of tools.collect")
    output: Path = Field(description="a directory for the adapter")
    inboxes: int | None = Field(default=None, ge=1, description="how many are read at most")
    epochs: float = Field(default=3.0, gt=0, description="how often each mail is seen")
    batch: int = Field(default=16, ge=1, description="mails a step")
    micro_batch: int = Field(default=4, ge=1, description="mails in memory at once")
    learning_rate: float = Field(default=5e-4, gt=0)
    layers: int | None = Field(default=None, ge=1, description="the last so many learn, not all")
    seed: int = 0
    prompt_tokens: int = Field(default=640, ge=128, description="of a prompt, at most")
    answer_tokens: int = Field(default=ANSWER_TOKENS, ge=16, description="of an answer, at most")
    letters: int = Field(default=SHOWN_LETTERS, ge=100, description="of a mail, at most")


def main(arguments: list[str] | None = None) -> int:
    """Learn from demonstrations; return the exit status."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    module = "training.language.warm_start"
    return status_of(
        lambda: run(parse_settings(WarmStartSettings, arguments, module, __doc__ or "")), AGAIN
    )


def run(settings: WarmStartSettings) -> Path:
    """Learn from demonstrations.

    Args:
        settings: From which, and how.

    Returns:
        The directory of the adapter.

    Raises:
        DemonstrationError: If there are none.
        ModelError: If there is no such model.
        OutputError: If the directory cannot be written, or another process writes it.
    """
    episodes = demonstrations.read(settings.demonstrations, settings.inboxes)
    tokenizer = load_tokenizer(settings.model)
    prompt = MailPrompt(
        tokens=settings.prompt_tokens,
        answer_tokens=settings.answer_tokens,
        letters=settings.letters,
    )
    with held(settings.output):
        check_record(settings.output, settings.model_dump(mode="json"))
        rows = rows_of(episodes, tokenizer, prompt)
        LOGGER.info("%d mails of %d demonstrated inboxes", len(rows), len(episodes))
        trainer = build_trainer(settings, rows, tokenizer)
        progress = Progress(
            settings.output, {"loss": "loss", "mean_token_accuracy": "right tokens"}
        )
        instead_of_a_bar(trainer, progress)
        trainer.train()
        saved = save(trainer, tokenizer, settings.output)
        prompt.save(saved)
        return saved


def build_trainer(
    settings: WarmStartSettings,
    rows: Sequence[Mapping[str, Any]],
    tokenizer: PreTrainedTokenizerBase,
) -> SFTTrainer:
    """Build the trainer; the model is loaded here.

    Args:
        settings: How it learns.
        rows: What from.
        tokenizer: The model's.

    Returns:
        The trainer.
    """
    score_answers_alone()
    return SFTTrainer(
        model=settings.model,
        args=_arguments(settings, len(rows)),
        train_dataset=Dataset.from_list([dict(row) for row in rows]),
        processing_class=tokenizer,
        peft_config=lora(settings.model, settings.layers),
    )


def rows_of(
    episodes: Sequence[Episode], tokenizer: PreTrainedTokenizerBase, prompt: MailPrompt
) -> list[dict[str, Any]]:
    """Return demonstrated mails as rows for TRL.

    Args:
        episodes: The demonstrations.
        tokenizer: Of the model.
        prompt: How it is asked.

    Returns:
        A row a mail: `prompt` and `completion`, both as messages.
    """
    rows = []
    for episode in episodes:
        actions = [step.answer.action for step in episode.steps]
        for place, step in enumerate(episode.steps):
            messages = prompt.messages(tokenizer, episode.brief, step.observation, actions[:place])
            answer = {"role": "assistant", "content": answer_text(actions[place])}
            rows.append({"prompt": messages, "completion": [answer]})
    return rows


def _arguments(settings: WarmStartSettings, rows: int) -> SFTConfig:
    steps = max(1, round(settings.epochs * rows / settings.batch))
    return SFTConfig(
        output_dir=str(settings.output / "trainer"),
        max_steps=steps,
        per_device_train_batch_size=settings.micro_batch,
        gradient_accumulation_steps=max(1, settings.batch // settings.micro_batch),
        learning_rate=settings.learning_rate,
        lr_scheduler_type="cosine",
        warmup_steps=round(WARMUP_SHARE * steps),
        max_length=None,
        activation_checkpointing=False,
        **computing(),
        save_strategy="no",
        logging_steps=LOGGING_STEPS,
        report_to="none",
        seed=settings.seed,
    )


if __name__ == "__main__":
    sys.exit(main())
