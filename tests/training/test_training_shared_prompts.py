"""What is read once for several answers gives what TRL gives, which reads it with each."""

from pathlib import Path
from typing import Any, Final

import pytest

pytest.importorskip("trl", reason="training has an environment of its own; see README")

import torch
from datasets import Dataset
from small_model import build
from transformers import AutoModelForCausalLM, GenerationConfig
from trl import GRPOConfig, GRPOTrainer
from trl.trainer import utils as trl_utils

from training.language.shared_prompts import SharedPromptTrainer, drawn, score_answers_alone
from training.language.weights import load_tokenizer

# The libraries of a training environment deprecate parts of each other.
pytestmark = pytest.mark.filterwarnings("default")
ANSWERS: Final = 6
PROMPT: Final = 20
WRITTEN: Final = 9
DRAWS: Final = 2000
EXACT: Final = {"rtol": 1e-3, "atol": 1e-4}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a model that knows nothing."""
    return build(tmp_path_factory.mktemp("models") / "base", [])


@pytest.fixture
def batch(model: Path) -> tuple[torch.Tensor, torch.Tensor]:
    """Return answers to two prompts, one of them shorter, in no order; and what counts of them."""
    torch.manual_seed(1)
    pad = load_tokenizer(model).pad_token_id
    prompts = torch.randint(10, 250, (2, PROMPT)).repeat(ANSWERS // 2, 1)
    counts = torch.ones(ANSWERS, PROMPT + WRITTEN, dtype=torch.long)
    tokens = torch.cat((prompts, torch.randint(10, 250, (ANSWERS, WRITTEN))), dim=1)
    tokens[1::2, :5], counts[1::2, :5] = pad, 0
    tokens[2, -3:], counts[2, -3:] = pad, 0
    return tokens, counts


def _trainer(kind: type[GRPOTrainer], model: Path, output: Path) -> Any:  # noqa: ANN401
    return kind(
        model=AutoModelForCausalLM.from_pretrained(str(model), dtype=torch.float32),
        args=GRPOConfig(
            output_dir=str(output), max_steps=1, per_device_train_batch_size=2, num_generations=2,
            temperature=0.7, use_cpu=True, bf16=False, report_to="none",
        ),
        reward_funcs=[lambda completions, **_: [0.0] * len(completions)],
        train_dataset=Dataset.from_list([{"prompt": "A mail."}]),
        processing_class=load_tokenizer(model),
    )  # fmt: skip


def _learned(
    trainer: Any,  # noqa: ANN401 # one of TRL's
    batch: tuple[torch.Tensor, torch.Tensor],
) -> list[torch.Tensor]:
    """Return what a trainer computes of a batch: probabilities, entropies, the gradient."""
    tokens, counts = batch
    answered = counts[:, -WRITTEN:]
    scored, entropies, _ = trainer._get_per_token_logps_and_entropies(
        trainer.model, tokens, counts, WRITTEN, compute_entropy=True
    )
    (scored * answered).sum().backward()
    gradients = [weight.grad.flatten() for weight in trainer.model.parameters()]
    return [scored.detach() * answered, entropies.detach() * answered, torch.cat(gradients)]


def test_a_shared_prompt_teaches_the_same(
    model: Path, batch: tuple[torch.Tensor, torch.Tensor], tmp_path: Path
) -> None:
    """Log-probabilities, entropies and the gradient are those of TRL's own trainer."""
    found = [
        _learned(_trainer(kind, model, tmp_path), batch)
        for kind in (GRPOTrainer, SharedPromptTrainer)
    ]
    for theirs, ours in zip(*found, strict=True):
        assert theirs.abs().sum() > 0
        torch.testing.assert_close(ours, theirs, **EXACT)


def test_a_shared_prompt_is_answered_the_same(
    model: Path, batch: tuple[torch.Tensor, torch.Tensor], tmp_path: Path
) -> None:
    """The likeliest answers are those of a model that reads every prompt anew."""
    tokens, counts = (each[:, :PROMPT] for each in batch)
    found = []
    for kind in (GRPOTrainer, SharedPromptTrainer):
        asked = _trainer(kind, model, tmp_path).model.eval()
        greedy = GenerationConfig(
            do_sample=False, max_new_tokens=WRITTEN, eos_token_id=[5, 7], pad_token_id=9
        )
        written = asked.generate(input_ids=tokens, attention_mask=counts, generation_config=greedy)
        found.append(written)
    assert torch.equal(*found)
    assert found[0].shape[1] > PROMPT


def test_answers_are_drawn_as_often_as_they_are_likely(model: Path) -> None:
    """At a temperature, first words come as often as the model says; the rest of a row differs."""
    asked = AutoModelForCausalLM.from_pretrained(str(model), dtype=torch.float32)
    tokens = torch.arange(20, 30).repeat(DRAWS, 1)
    settings = GenerationConfig(
        do_sample=True, temperature=2.0, max_new_tokens=2, eos_token_id=5, pad_token_id=9
    )
    torch.manual_seed(3)
    words = drawn(asked, tokens, torch.ones_like(tokens), settings)[:, tokens.size(1) :]
    chances = torch.softmax(asked(tokens[:1]).logits[0, -1].double() / 2.0, dim=-1)
    counted = torch.bincount(words[:, 0], minlength=len(chances)).double()
    # Each count has this spread around what is expected; five of them is no chance.
    spread = (DRAWS * chances * (1 - chances)).sqrt()
    assert ((counted - DRAWS * chances).abs() <= 5 * spread + 1).all()
    assert len(set(words[:, 1].tolist())) > 1
    assert set(words[words[:, 0] == 5, 1].tolist()) <= {9}


def test_answers_alone_are_scored(
    model: Path,
    batch: tuple[torch.Tensor, torch.Tensor],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a whole batch only the words of answers meet the vocabulary, and it learns the same."""
    monkeypatch.setattr(trl_utils, "_use_triton", lambda _device: False)
    whole = _learned(_trainer(GRPOTrainer, model, tmp_path), batch)
    met = []
    apply = trl_utils._ChunkedLogProbFunction.apply

    def counted(hidden: torch.Tensor, *others: Any) -> Any:  # noqa: ANN401
        met.append(len(hidden))
        return apply(hidden, *others)

    monkeypatch.setattr(trl_utils._ChunkedLogProbFunction, "apply", counted)
    score_answers_alone()
    alone = _learned(_trainer(GRPOTrainer, model, tmp_path), batch)
    _, counts = batch
    assert met == [int(counts[:, -WRITTEN:].sum())]
    for theirs, ours in zip(whole, alone, strict=True):
        torch.testing.assert_close(ours, theirs, **EXACT)
