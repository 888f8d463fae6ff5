"""The weights of a language model, or of an adapter, in the numbers that this machine is fast in.

Nothing here asks a model anything.
"""

from pathlib import Path
from typing import Any, Final

import torch
from peft import AutoPeftModelForCausalLM, LoraConfig
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer, PreTrainedModel
from transformers import PreTrainedTokenizerBase as Tokenizer

from training.command import RefusedError

ADAPTER_FILE: Final = "adapter_config.json"
LORA_RANK: Final = 16


class ModelError(RefusedError):
    """A model cannot be loaded, or cannot call tools."""


def number_type() -> torch.dtype:
    """Return bfloat16 where the machine computes in it, which takes a third of the time there."""
    capable = torch.cuda.is_available() or torch.cpu.get_capabilities().get("avx512_bf16", False)
    return torch.bfloat16 if capable else torch.float32


def computing() -> dict[str, Any]:
    """Return how TRL's trainers compute on this machine, as arguments of their settings."""
    return {
        "model_init_kwargs": {"dtype": str(number_type()).removeprefix("torch.")},
        "use_cpu": not torch.cuda.is_available(),
        "bf16": number_type() is torch.bfloat16,
    }


def load_tokenizer(source: str | Path) -> Tokenizer:
    """Load the tokenizer of a model.

    Args:
        source: A directory, or a hub id.

    Returns:
        The tokenizer; it pads on the left, where a prompt begins.

    Raises:
        ModelError: If there is no such model.
    """
    try:
        return AutoTokenizer.from_pretrained(str(source), padding_side="left")
    except (OSError, ValueError) as error:
        raise _missing(source, error) from error


def load_model(source: str | Path) -> PreTrainedModel:
    """Load a model, or a model with its adapter, to ask it.

    Args:
        source: A directory, or a hub id.

    Returns:
        The model, on the GPU where there is one.

    Raises:
        ModelError: If there is no such model.
    """
    try:
        model = AutoModelForCausalLM.from_pretrained(str(source), dtype=number_type())
    except (OSError, ValueError) as error:
        raise _missing(source, error) from error
    return model.to("cuda") if torch.cuda.is_available() else model


def load_adapter(source: str | Path) -> PreTrainedModel:
    """Load a model with its adapter, to train the adapter on.

    Args:
        source: The adapter's directory.

    Returns:
        The model.

    Raises:
        ModelError: If the adapter or its model is not there.
    """
    try:
        return AutoPeftModelForCausalLM.from_pretrained(
            str(source), is_trainable=True, dtype=number_type()
        )
    except (OSError, ValueError) as error:
        raise _missing(source, error) from error


def is_adapter(source: str | Path) -> bool:
    """Return whether a directory holds an adapter and not a whole model."""
    return (Path(source) / ADAPTER_FILE).is_file()


def lora(source: str | Path, layers: int | None = None) -> LoraConfig:
    """Return what a new adapter looks like: small matrices beside all linear ones.

    Args:
        source: The model.
        layers: Beside those of its last so many layers; then the gradient goes no further back.

    Returns:
        As peft takes it.

    Raises:
        ModelError: If there is no such model.
    """
    left_out = None
    if layers is not None:
        try:
            config = AutoConfig.from_pretrained(str(source))
        except (OSError, ValueError) as error:
            raise _missing(source, error) from error
        numbers = "|".join(map(str, range(config.num_hidden_layers - layers)))
        left_out = rf".*\.layers\.({numbers})\..*" if numbers else None
    return LoraConfig(
        r=LORA_RANK,
        lora_alpha=2 * LORA_RANK,
        target_modules="all-linear",
        exclude_modules=left_out,
        task_type="CAUSAL_LM",
    )


def _missing(source: str | Path, error: Exception) -> ModelError:
    return ModelError(
        f"No model can be loaded from {str(source)!r} ({error}); name a directory such as "
        f"training.base_model writes, or a model of the hub where there is a network."
    )
