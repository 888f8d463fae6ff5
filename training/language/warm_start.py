"""Supervised learning from a few demonstrations, so that reinforcement has something to begin on.

Knows nothing of how they were made or where they are kept (`training.demonstrations`).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import torch
from datasets import Dataset
from transformers import (
    DataCollatorForSeq2Seq,
    PreTrainedModel,
    PreTrainedTokenizerBase,
    Trainer,
    TrainingArguments,
)

from email_triage_env.prompt import email_text
from tools.episodes.playing import Episode
from training.texts import INBOX_DONE, opening_text
from training.triage_tool import TriageTool

FIELDS: Final = ("label", "route_to", "summary")
# What the loss does not count: all that the model did not write itself.
IGNORED: Final = -100
# The form without tools is short and nearly the same, so it needs fewer examples.
PLAIN_EVERY: Final = 3
WARMUP_STEPS: Final = 10
LOGGING_STEPS: Final = 25


def conversation_of(episode: Episode) -> list[dict[str, Any]]:
    """Return a demonstrated episode as a conversation with a tool.

    Args:
        episode: The demonstration.

    Returns:
        Its messages.
    """
    # The policy is left out by the template anyway.
    shown = [
        opening_text("", episode.steps[0].observation),
        *(email_text(step.observation) for step in episode.steps[1:]),
        INBOX_DONE,
    ]
    messages: list[dict[str, Any]] = [{"role": "user", "content": shown[0]}]
    for step, after in zip(episode.steps, shown[1:], strict=True):
        # The order in which the prompt of the root's baseline asks for them.
        fields = {name: step.answer.action[name] for name in FIELDS}
        call = {"type": "function", "function": {"name": "triage", "arguments": fields}}
        messages += [
            {"role": "assistant", "content": "", "tool_calls": [call]},
            {"role": "tool", "name": "triage", "content": after},
        ]
    return [*messages, {"role": "assistant", "content": ""}]


def _plain(conversation: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the first email and its answer without tools, as the root's baseline asks."""
    fields = conversation[1]["tool_calls"][0]["function"]["arguments"]
    answer = json.dumps(fields, ensure_ascii=False)
    return [dict(conversation[0]), {"role": "assistant", "content": answer}]


def warm_start(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    conversations: Sequence[list[dict[str, Any]]],
    output: Path,
    steps: int,
    batch: int,
    learning_rate: float,
    seed: int,
) -> None:
    """Train a model on demonstrations, so few that it stays clearly imperfect.

    Args:
        model: It is changed in place.
        tokenizer: Its tokenizer.
        conversations: The demonstrations.
        output: A directory for what the trainer writes.
        steps: How long.
        batch: How many demonstrations are in a step.
        learning_rate: Falls to zero towards the end.
        seed: Of the order.
    """
    tools = [TriageTool().triage]
    # Tokens and not messages: a table of messages gives each of them the fields of all.
    rows = [_marked(tokenizer, each, tools) for each in conversations]
    rows += [_marked(tokenizer, _plain(each), None) for each in conversations[::PLAIN_EVERY]]
    arguments = TrainingArguments(
        output_dir=str(output),
        max_steps=steps,
        per_device_train_batch_size=batch,
        learning_rate=learning_rate,
        lr_scheduler_type="cosine",
        warmup_steps=WARMUP_STEPS,
        train_sampling_strategy="group_by_length",
        use_cpu=not torch.cuda.is_available(),
        report_to="none",
        save_strategy="no",
        logging_steps=LOGGING_STEPS,
        seed=seed,
    )
    trainer = Trainer(
        model=model,
        args=arguments,
        train_dataset=Dataset.from_list(rows),
        data_collator=DataCollatorForSeq2Seq(tokenizer),
    )
    trainer.train()


def _marked(
    tokenizer: PreTrainedTokenizerBase,
    messages: Sequence[Mapping[str, Any]],
    tools: list[Callable[..., str]] | None,
) -> dict[str, list[int]]:
    """Return the tokens of a conversation and which of them the model writes itself."""
    rendered = tokenizer.apply_chat_template(
        list(messages),
        tools=tools,
        return_dict=True,
        return_assistant_tokens_mask=True,
        tokenize=True,
    )
    marks = rendered["assistant_masks"]
    labels = [
        token if own else IGNORED for token, own in zip(rendered["input_ids"], marks, strict=True)
    ]
    return {"input_ids": rendered["input_ids"], "labels": labels}
