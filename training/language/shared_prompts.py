"""TRL's trainers made frugal, for processors: what several answers have in common is read once.

A group of answers shares a prompt that is ten times as long as an answer. TRL reads it anew with
each, when it draws them and when it learns from them, and projects every word of it onto the whole
vocabulary, though the loss counts the answer alone. On two cores that is most of the time. What is
computed here is the same; `tests/training` compares both, with their gradients.
"""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor
from transformers import Cache, PreTrainedModel
from trl import GRPOTrainer
from trl.trainer import utils as trl_utils


def score_answers_alone() -> None:
    """Let TRL project only those words onto the vocabulary that the loss counts.

    It does so on a GPU, and elsewhere scores every word, for machines that compile each shape.
    """
    trl_utils._use_triton = lambda device: True  # noqa: ARG005


class SharedPromptTrainer(GRPOTrainer):
    """A `GRPOTrainer` that reads a prompt once for all answers to it in a batch.

    For models that write text alone, whole in the memory of one process.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 # TRL's own
        """Take what a `GRPOTrainer` takes, by name."""
        super().__init__(**options)
        model: PreTrainedModel = self.model
        draw = model.generate

        def generate(input_ids: Tensor, attention_mask: Tensor, **others: Any) -> Any:  # noqa: ANN401
            with self.accelerator.autocast():
                read = _read(model, input_ids[:, :-1], attention_mask[:, :-1])
            return draw(
                input_ids=input_ids, attention_mask=attention_mask, past_key_values=read, **others
            )

        model.generate = generate

    def _get_per_token_logps_and_entropies(  # the name is TRL's
        self,
        model: PreTrainedModel,
        input_ids: Tensor,
        attention_mask: Tensor,
        logits_to_keep: int,
        batch_size: int | None = None,  # noqa: ARG002 # it is read in one piece
        compute_entropy: bool = False,
        **_: Any,  # noqa: ANN401 # of models for images and of mixtures
    ) -> tuple[Tensor, Tensor | None, None]:
        """Return the log-probability of each token of the answers, and the entropies there.

        Args:
            model: It is read with its gradient, where that is asked for.
            input_ids: Prompts and answers, (answers, tokens).
            attention_mask: 1 where a token counts, of the same shape.
            logits_to_keep: How many of the tokens are of the answer.
            batch_size: Ignored.
            compute_entropy: Whether entropies are wanted.
            **_: Ignored.

        Returns:
            Both of shape (answers, logits_to_keep), in nats, and None for a mixture's loss.
        """
        # The last word of a prompt foretells the first one of the answer.
        start = input_ids.size(1) - logits_to_keep - 1
        answers, counts = input_ids[:, start:], attention_mask[:, start:]
        labels = answers.masked_fill(counts == 0, -100)
        with self.accelerator.autocast():
            outputs = model(
                input_ids=answers,
                attention_mask=attention_mask,
                position_ids=_places(attention_mask)[:, start:],
                past_key_values=_read(model, input_ids[:, :start], attention_mask[:, :start]),
                labels=labels,
                fused_lm_head=True,
            )
        return outputs.log_probs, outputs.entropy if compute_entropy else None, None


def _read(model: PreTrainedModel, tokens: Tensor, counts: Tensor) -> Cache:
    """Return what a model keeps of the beginnings of some rows; equal ones it reads once."""
    both = torch.stack((tokens, counts), dim=1)
    different, place = torch.unique(both, dim=0, return_inverse=True)
    words, mask = different.unbind(dim=1)
    outputs: Mapping[str, Any] = model(
        input_ids=words,
        attention_mask=mask,
        position_ids=_places(mask),
        use_cache=True,
        logits_to_keep=1,
    )
    kept: Cache = outputs["past_key_values"]
    kept.batch_select_indices(place)
    return kept


def _places(counts: Tensor) -> Tensor:
    """Return at which place a token stands; those that fill up a row on its left have none."""
    return (counts.cumsum(dim=1) - 1).clamp(min=0)
