"""Supervised learning from a few demonstrations, so that reinforcement has something to begin on.

Reads the files of `python -m tools.collect`; knows nothing of how they were made.
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

from email_triage_env.models import EmailTriageObservation
from training.texts import INBOX_DONE, email_text, opening_text
from training.triage_tool import TriageTool

FIELDS: Final = ("label", "route_to", "summary")
# What the loss does not count: all that the model did not write itself.
IGNORED: Final = -100
# The form without tools is short and nearly the same, so it needs fewer examples.
PLAIN_EVERY: Final = 3
WARMUP_STEPS: Final = 10
LOGGING_STEPS: Final = 25


class DemonstrationError(ValueError):
    """The file of demonstrations is missing, empty or something else."""


def read_demonstrations(path: Path, limit: int) -> list[list[dict[str, Any]]]:
    """Read episodes as `tools.collect` writes them, as conversations with a tool.

    Args:
        path: The `episodes.jsonl`.
        limit: How many are read at most.

    Returns:
        The messages of each.

    Raises:
        DemonstrationError: If the file holds none.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()[:limit]
        conversations = [_conversation(json.loads(line)["steps"]) for line in lines if line]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DemonstrationError(
            f"{path} holds no demonstrations ({error}); write some with `python -m "
            f"tools.collect email --policy answer-key --split train --episodes 60 --out DIR`."
        ) from error
    if not conversations:
        raise DemonstrationError(f"{path} is empty; collect some episodes first.")
    return conversations


def _conversation(steps: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    seen = [EmailTriageObservation.model_validate(step["observation"]) for step in steps]
    # The policy is left out by the template anyway.
    shown = [opening_text("", seen[0]), *map(email_text, seen[1:]), INBOX_DONE]
    messages: list[dict[str, Any]] = [{"role": "user", "content": shown[0]}]
    for step, after in zip(steps, shown[1:], strict=True):
        # The order in which the prompt of the root's baseline asks for them.
        fields = {name: step["action"][name] for name in FIELDS}
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
