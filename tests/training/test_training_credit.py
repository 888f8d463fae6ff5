"""Each token learns from the part of the reward that its field can earn."""

from types import SimpleNamespace
from typing import Any, Final

import pytest

pytest.importorskip("trl", reason="training has an environment of its own; see README")

import torch
from trl import GRPOTrainer

from training.language.credit import DECISION, SUMMARY, FieldCredit, advantages
from training.rewards import WEIGHTS

PIECES: Final = ['{"label": "spam", ', '"summ', 'ary"', ': "An oven."}', "<end>"]
# Of each answer, in the order of `WEIGHTS`; answers to the same mail follow each other.
EARNED: Final = torch.tensor(
    [
        [1.0, 0.0, 1.0, 1.0],
        [0.0, 1.0, 1.0, 0.0],
        [0.5, 0.5, 1.0, 0.0],
        [0.5, 0.5, 1.0, 0.0],
    ]
)


def test_a_field_is_compared_in_what_it_can_earn() -> None:
    """The better decision leads in the decision alone, the better summary in the summary."""
    decided, summed_up = (advantages(EARNED, names, 2) for names in (DECISION, SUMMARY))
    assert decided[0] > 0 > decided[1]
    assert summed_up[1] > 0 > summed_up[0]
    assert decided[0] == pytest.approx(-decided[1])
    for found in (decided, summed_up):
        assert found[2:].tolist() == [0.0, 0.0]
        assert float(found.std()) == pytest.approx(1.0, abs=0.01)
    assert set(DECISION) | set(SUMMARY) == set(WEIGHTS)


def test_what_cannot_be_read_is_the_fault_of_both_fields() -> None:
    """An answer that earns nothing but what all answers earn lags behind in either."""
    broken = EARNED.clone()
    broken[0, 2] = broken[2, 2] = 0.0
    for names in (DECISION, SUMMARY):
        better = advantages(broken, names, 2) - advantages(EARNED, names, 2)
        assert better[2] < 0 < better[3]


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        pytest.param([0, 1, 2, 3, 4], 2, id="whole"),
        pytest.param([0, 4, 4, 4, 4], 5, id="no-summary"),
    ],
)
def test_tokens_before_the_summary_are_the_decision(
    written: list[int], ends: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no summary, all that was written is the decision."""
    told: Any = {"completion_ids": torch.tensor([written] * 4), "advantages": torch.zeros(4)}
    monkeypatch.setattr(GRPOTrainer, "_calculate_rewards", lambda *_: EARNED)

    def scored(trainer: Any, _inputs: object) -> Any:  # noqa: ANN401
        trainer._calculate_rewards([], [], [], [])
        return told

    monkeypatch.setattr(GRPOTrainer, "_generate_and_score_completions", scored)
    trainer = object.__new__(FieldCredit)
    trainer.__dict__ |= {
        "model": SimpleNamespace(training=True),
        "num_generations": 2,
        "processing_class": SimpleNamespace(decode=lambda tokens: PIECES[tokens[0]]),
    }
    found = trainer._generate_and_score_completions([])["advantages"]
    decided, summed_up = (advantages(EARNED, names, 2) for names in (DECISION, SUMMARY))
    assert found.shape == (4, 5)
    torch.testing.assert_close(found[:, :ends], decided[:, None].expand(-1, ends))
    torch.testing.assert_close(found[:, ends:], summed_up[:, None].expand(-1, 5 - ends))
