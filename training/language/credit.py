"""Credit by field: each part of an answer learns from the part of the reward that it can earn.

An answer is a decision in a dozen tokens and a summary in forty. GRPO gives all of them one
advantage, so the summary is pushed about by what the label earned. Here a token of the decision has
the advantage of label and team, one of the summary that of the facts handed on; a form that cannot
be read is the fault of both. TRL takes advantages of shape (answers, tokens).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import torch
from torch import Tensor
from trl import GRPOTrainer

from training.rewards import WEIGHTS

DECISION: Final = ("primary", "efficiency", "format")
SUMMARY: Final = ("process", "format")
# Where the decision ends, in an answer as it is taught.
MARK: Final = '"summary"'
LEAST_SPREAD: Final = 1e-4


class FieldCredit(GRPOTrainer):
    """Mixed into a `GRPOTrainer` of single mails, whose reward functions are those of `WEIGHTS`."""

    _earned: Tensor

    def _calculate_rewards(
        self,
        inputs: Sequence[Mapping[str, Any]],
        prompts: Sequence[Any],
        completions: Sequence[Any],
        completion_ids_list: Sequence[Sequence[int]],
    ) -> Tensor:
        """Return what TRL does, (answers, functions), and remember it."""
        self._earned = super()._calculate_rewards(inputs, prompts, completions, completion_ids_list)
        return self._earned

    def _generate_and_score_completions(self, inputs: Sequence[Mapping[str, Any]]) -> Any:  # noqa: ANN401
        """Return what TRL does, with an advantage for each token."""
        output = super()._generate_and_score_completions(inputs)
        tokens = output["completion_ids"]
        if not self.model.training:
            return output
        decided, summed_up = (
            advantages(self._earned, names, self.num_generations) for names in (DECISION, SUMMARY)
        )
        ends = torch.tensor([self._decision_ends(row) for row in tokens.tolist()])
        place = torch.arange(tokens.size(1), device=tokens.device)
        is_decision = place[None] < ends.to(tokens.device)[:, None]
        output["advantages"] = torch.where(is_decision, decided[:, None], summed_up[:, None])
        return output

    def _decision_ends(self, tokens: Sequence[int]) -> int:
        """Return how many tokens there are before the summary; all, if there is none."""
        text = ""
        for place, token in enumerate(tokens):
            text += self.processing_class.decode([token])
            if MARK in text:
                return place
        return len(tokens)


def advantages(earned: Tensor, names: Sequence[str], group: int) -> Tensor:
    """Return how much better than others to the same mail answers were in some parts.

    Args:
        earned: The parts of the reward, (answers, parts), in the order of `WEIGHTS`; answers to the
            same mail follow each other.
        names: Which parts count.
        group: How many answers to a mail there are.

    Returns:
        Advantages, (answers,), in standard deviations of the batch: what hardly differs within a
        group counts little there, as it should.
    """
    weights = [weight if name in names else 0.0 for name, weight in WEIGHTS.items()]
    sums = earned @ torch.tensor(weights, device=earned.device)
    groups = sums.view(-1, group)
    better = (groups - groups.mean(dim=1, keepdim=True)).flatten()
    return better / (better.std() + LEAST_SPREAD)
