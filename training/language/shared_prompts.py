"""TRL's trainer made frugal, for processors: what several answers have in common is read once.

A group of answers shares a prompt that is ten times as long as an answer. TRL reads it anew with
each when it learns, keeps it once for each when it draws them, and projects every word of it onto
the whole vocabulary, though the loss counts the answer alone. On two cores that is most of the
time. Here all answers to a prompt stand in one row behind it, and a mask keeps each from seeing
the others. What is computed is the same; `tests/training` compares both, with their gradients.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import torch
from torch import Tensor
from transformers import Cache, GenerationConfig, PreTrainedModel
from trl import GRPOTrainer
from trl.trainer import utils as trl_utils

UNCOUNTED = -100


def score_answers_alone() -> None:
    """Let TRL project only those words onto the vocabulary that the loss counts.

    It does so on a GPU, and elsewhere scores every word, for machines that compile each shape.
    """
    trl_utils._use_triton = lambda device: True  # noqa: ARG005


class SharedPromptTrainer(GRPOTrainer):
    """A `GRPOTrainer` that reads a prompt once for all answers to it in a batch.

    For models that write text alone, whole in the memory of one process. Answers are drawn by
    temperature, without other limits.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 # TRL's own
        """Take what a `GRPOTrainer` takes, by name."""
        super().__init__(**options)
        model: PreTrainedModel = self.model
        alone = model.generate

        def generate(
            input_ids: Tensor,
            attention_mask: Tensor,
            generation_config: GenerationConfig | None = None,
            **others: Any,  # noqa: ANN401 # of whoever else asks the model
        ) -> Tensor:
            if generation_config is None:
                return alone(input_ids=input_ids, attention_mask=attention_mask, **others)
            with self.accelerator.autocast():
                return drawn(model, input_ids, attention_mask, generation_config)

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
        # The last word of a prompt foretells the first one of each answer, so it stands before it.
        start = input_ids.size(1) - logits_to_keep - 1
        groups = Groups.of(input_ids[:, :start], attention_mask[:, :start])
        answers, counts = input_ids[:, start:], attention_mask[:, start:]
        foretold = answers[:, 1:].masked_fill(counts[:, 1:] == 0, UNCOUNTED)
        labels = torch.nn.functional.pad(foretold, (0, 1), value=UNCOUNTED)
        length = answers.size(1)
        with self.accelerator.autocast():
            outputs = model(
                input_ids=groups.in_rows(answers),
                attention_mask=groups.mask(length),
                position_ids=groups.places(length),
                past_key_values=groups.read(model),
                shift_labels=groups.in_rows(labels, UNCOUNTED),
                fused_lm_head=True,
            )

        def of_answers(figures: Tensor) -> Tensor:
            return groups.apart(figures, length)[:, :-1]

        entropies = of_answers(outputs.entropy) if compute_entropy else None
        return of_answers(outputs.log_probs), entropies, None


class Groups(NamedTuple):
    """Different prompts, and which answer belongs to which.

    Attributes:
        prompts: Their tokens, (prompts, tokens), filled up on the left.
        counts: 1 where such a token counts.
        row: Of each answer, which prompt it answers.
        place: Of each answer, its number among those to that prompt, from 0.
        most: How many answers a prompt has at most.
    """

    prompts: Tensor
    counts: Tensor
    row: Tensor
    place: Tensor
    most: int

    @classmethod
    def of(cls, tokens: Tensor, counts: Tensor) -> "Groups":
        """Find the prompts of answers.

        Args:
            tokens: The prompt of each answer, (answers, tokens).
            counts: 1 where a token counts.

        Returns:
            The groups.
        """
        both = torch.stack((tokens, counts), dim=1)
        different, row, sizes = torch.unique(both, dim=0, return_inverse=True, return_counts=True)
        order = row.argsort(stable=True)
        firsts = sizes.cumsum(0) - sizes
        place = torch.empty_like(row)
        place[order] = torch.arange(len(row), device=row.device) - firsts[row[order]]
        prompts, counted = different.unbind(dim=1)
        return cls(prompts, counted, row, place, int(sizes.max()))

    def in_rows(self, answers: Tensor, fill: int = 0) -> Tensor:
        """Put answers of equal length behind each other, (prompts, most * tokens)."""
        rows = answers.new_full((len(self.prompts), self.most, answers.size(1)), fill)
        rows[self.row, self.place] = answers
        return rows.flatten(1)

    def apart(self, rows: Tensor, length: int) -> Tensor:
        """Undo `in_rows`: (answers, length)."""
        return rows.unflatten(1, (self.most, length))[self.row, self.place]

    def read(self, model: PreTrainedModel) -> Cache:
        """Return what a model keeps of the prompts, with its gradient where there is one."""
        outputs: Mapping[str, Any] = model(
            input_ids=self.prompts,
            attention_mask=self.counts,
            position_ids=(self.counts.cumsum(dim=1) - 1).clamp(min=0),
            use_cache=True,
            logits_to_keep=1,
        )
        kept: Cache = outputs["past_key_values"]
        return kept

    def places(self, length: int) -> Tensor:
        """Return where each token of answers stands, (prompts, most * length)."""
        own = self.counts.sum(dim=1, keepdim=True) + torch.arange(length, device=self.row.device)
        return own.repeat(1, self.most)

    def mask(self, length: int) -> Tensor:
        """Return what each token of answers sees: its prompt, and of its answer what came before.

        Args:
            length: Of the answers.

        Returns:
            Shape (prompts, 1, most * length, tokens of a prompt + most * length).
        """
        earlier = torch.ones(length, length, dtype=torch.bool, device=self.row.device).tril()
        own = torch.block_diag(*[earlier] * self.most).bool()
        before = self.counts.bool()[:, None, :].expand(-1, len(own), -1)
        return torch.cat((before, own.expand(len(before), -1, -1)), dim=-1)[:, None]


def drawn(
    model: PreTrainedModel, tokens: Tensor, counts: Tensor, settings: GenerationConfig
) -> Tensor:
    """Let a model answer prompts, of which several may be the same.

    Args:
        model: Who answers.
        tokens: Of the prompts, (answers, tokens), filled up on the left.
        counts: 1 where a token counts, of the same shape.
        settings: Of these `max_new_tokens`, `do_sample` and `temperature`, and which tokens end an
            answer and fill it up.

    Returns:
        Prompts and answers, as `generate` gives them.
    """
    groups = Groups.of(tokens[:, :-1], counts[:, :-1])
    kept = groups.read(model)
    ends = torch.as_tensor(settings.eos_token_id, device=tokens.device).flatten()
    place = groups.counts.sum(dim=1, keepdim=True).repeat(1, groups.most)
    before = groups.counts.bool()[:, None, None].expand(-1, 1, groups.most, -1)
    itself = torch.eye(groups.most, dtype=torch.bool, device=tokens.device)
    written = [tokens[:, -1:]]
    done = torch.zeros(len(tokens), 1, dtype=torch.bool, device=tokens.device)
    for step in range(int(settings.max_new_tokens)):
        seen = itself.repeat(1, step + 1).expand(len(groups.prompts), 1, -1, -1)
        logits = model(
            input_ids=groups.in_rows(written[-1]),
            attention_mask=torch.cat((before, seen), dim=-1),
            position_ids=place + step,
            past_key_values=kept,
            use_cache=True,
        ).logits[groups.row, groups.place].float()  # fmt: skip
        if settings.do_sample:
            # As torch.multinomial does, which draws a number for each word of the vocabulary.
            chances = torch.softmax(logits / settings.temperature, dim=-1).cumsum(dim=-1)
            point = torch.rand(len(chances), 1, device=tokens.device) * chances[:, -1:]
            new = torch.searchsorted(chances, point).clamp(max=chances.size(-1) - 1)
        else:
            new = logits.argmax(dim=-1, keepdim=True)
        written.append(new.masked_fill(done, int(settings.pad_token_id)))
        done = done | torch.isin(new, ends)
        if bool(done.all()):
            break
    return torch.cat((tokens, *written[1:]), dim=1)
