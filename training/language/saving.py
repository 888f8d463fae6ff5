"""What a run leaves behind: checkpoints to resume from, and a model that is shown to load.

A merged model is made from the model as it was published, never from weights in four bits, whose
rounding would stay in it for good.
"""

import json
from pathlib import Path
from typing import Final

import torch
from peft import AutoPeftModelForCausalLM, PeftModel
from transformers import PreTrainedTokenizerBase, Trainer

from email_triage_env import EmailTriageClient
from tools.episodes.playing import Episode, play_all
from training.language.loading import load_policy
from training.language.weights import ADAPTER_FILE
from training.output import whole_files

CHECKPOINTS: Final = "checkpoints"
MODEL: Final = "model"
ADAPTER: Final = "adapter"
MERGED: Final = "merged"
MODEL_FILE: Final = "config.json"


def newest_checkpoint(directory: Path) -> Path | None:
    """Return the newest checkpoint that was written to its end.

    Args:
        directory: Where the trainer keeps them.

    Returns:
        The checkpoint; nothing if there is none.
    """
    found = {
        int(path.name.rpartition("-")[2]): path
        for path in directory.glob("checkpoint-*")
        if path.name.rpartition("-")[2].isdecimal()
    }
    for number in sorted(found, reverse=True):
        if _is_complete(found[number]):
            return found[number]
    return None


def _is_complete(checkpoint: Path) -> bool:
    """Return whether the trainer's state is there: it is written last, and may be cut off."""
    try:
        state = json.loads((checkpoint / "trainer_state.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(state, dict)


def save(trainer: Trainer, tokenizer: PreTrainedTokenizerBase, output: Path) -> Path:
    """Save the trained model, or its adapter.

    Args:
        trainer: It holds the model.
        tokenizer: It is saved beside it.
        output: The run's directory.

    Returns:
        The new directory.

    Raises:
        OutputError: If it cannot be written; what was saved before is left.
    """
    adapted = isinstance(trainer.accelerator.unwrap_model(trainer.model), PeftModel)
    directory = output / (ADAPTER if adapted else MODEL)
    with whole_files(directory, ADAPTER_FILE if adapted else MODEL_FILE) as part:
        # Called by all processes of a run; the first one writes.
        trainer.save_model(str(part))
        if trainer.is_world_process_zero():
            tokenizer.save_pretrained(str(part))
    return directory


def merge(adapter: Path, tokenizer: PreTrainedTokenizerBase, output: Path) -> Path:
    """Put adapter and model together in 16 bit.

    Args:
        adapter: The saved adapter; it names its model, which is loaded anew and in full.
        tokenizer: It is saved beside it.
        output: The run's directory.

    Returns:
        The new directory.

    Raises:
        OutputError: If it cannot be written; what was saved before is left.
    """
    directory = output / MERGED
    whole = AutoPeftModelForCausalLM.from_pretrained(str(adapter), dtype=torch.bfloat16)
    merged = whole.merge_and_unload()
    with whole_files(directory, MODEL_FILE) as part:
        merged.save_pretrained(str(part))
        tokenizer.save_pretrained(str(part))
    return directory


def replay(directory: Path, url: str) -> Episode:
    """Load what was saved and play one test inbox with it.

    Args:
        directory: The model or adapter.
        url: Where the environment's native server runs.

    Returns:
        The episode.

    Raises:
        LostEpisodeError: If the server does not answer.
    """
    choice = {"split": "test", "difficulty": "easy", "index": 0}
    return play_all(EmailTriageClient, url, load_policy(directory), [choice])[0]
