"""A language model of one layer with random weights, and what teaches it an answer: no download."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from email_triage_env.prompt import email_text
from tools.episodes.playing import Episode
from training import demonstrations
from training.language import warm_start
from training.language.saving import save
from training.language.scale import Scale
from training.language.template import with_tools
from training.language.warm_start import WarmStartSettings, build_trainer
from training.language.weights import load_tokenizer
from training.texts import answer_text, mail_messages, opening_text
from training.triage_tool import TriageTool

VOCABULARY: Final = 1200
HIDDEN: Final = 64
# A prompt of this size holds the frame and the beginning of a mail.
PROMPT_TOKENS: Final = 320
LETTERS: Final = 100
ANSWER_TOKENS: Final = 16
# Matrices this small gain nothing from a second thread, and wait for it where the cores are busy.
torch.set_num_threads(1)


def build(folder: Path, episodes: Sequence[Episode]) -> Path:
    """Make a model that knows nothing.

    Args:
        folder: Where it is saved.
        episodes: What its tokenizer should write in few tokens: mail, and each answer in one, so
            that seconds of learning are enough for it.

    Returns:
        The folder.
    """
    pairs = Tokenizer(models.BPE(unk_token="<|endoftext|>"))  # noqa: S106 # no password
    pairs.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    pairs.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    pairs.train_from_iterator(_texts(episodes), trainer)
    # As of SmolLM2: what ends a turn fills a batch, too.
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=pairs,
        bos_token="<|im_start|>",  # noqa: S106 # no password
        eos_token="<|im_end|>",  # noqa: S106 # no password
        pad_token="<|im_end|>",  # noqa: S106 # no password
    )
    answers = {answer_text(step.answer.action) for each in episodes for step in each.steps}
    tokenizer.add_tokens([AddedToken(answer, normalized=False) for answer in sorted(answers)])
    torch.manual_seed(0)
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=HIDDEN,
            intermediate_size=2 * HIDDEN,
            num_hidden_layers=1,
            num_attention_heads=2,
            num_key_value_heads=1,
            max_position_embeddings=8192,
            tie_word_embeddings=False,
            # The head stays as it is, so its rows must be long enough for a clear choice.
            initializer_range=0.2,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )
    with_tools(tokenizer).save_pretrained(str(folder))
    model.save_pretrained(str(folder))
    return folder


def _texts(episodes: Sequence[Episode]) -> list[str]:
    texts = []
    for episode in episodes:
        texts.append(opening_text(episode.brief["description"], episode.steps[0].observation))
        for step in episode.steps:
            asked = mail_messages(episode.brief, step.observation, [])
            texts += [each["content"] for each in asked]
    return texts


def taught(model: Path, shown: Path, output: Path, epochs: int = 10) -> Path:
    """Teach a model what was demonstrated.

    Args:
        model: It is left as it is.
        shown: The demonstrations.
        output: For the adapter.
        epochs: How often it sees each mail.

    Returns:
        The adapter.
    """
    return warm_start.run(_settings(model, shown, output, epochs))


def taught_to_call(model: Path, shown: Path, output: Path, epochs: int = 12) -> Path:
    """Teach a model to call the tool in the conversations of whole inboxes.

    Args:
        model: It is left as it is.
        shown: The demonstrations.
        output: For the adapter.
        epochs: How often it sees each mail.

    Returns:
        The adapter.
    """
    tokenizer = load_tokenizer(model)
    # Of each inbox two mails: how many calls came before makes no difference.
    rows = [
        {
            "prompt": tokenizer.apply_chat_template(
                _conversation(episode, place), tools=[TriageTool().triage],
                tokenize=False, add_generation_prompt=True,
            ),
            "completion": f"{answer_text(episode.steps[place].answer.action)}<|im_end|>",
        }
        for episode in demonstrations.read(shown)
        for place in (0, 1)
    ]  # fmt: skip
    settings = _settings(model, shown, output, epochs)
    trainer = build_trainer(settings, rows, tokenizer)
    trainer.train()
    return save(trainer, tokenizer, output)


def _conversation(episode: Episode, place: int) -> list[dict[str, Any]]:
    """Return a demonstrated episode up to a mail, as the trainer tells it."""
    opening = opening_text(episode.brief["description"], episode.steps[0].observation)
    messages: list[dict[str, Any]] = [{"role": "user", "content": opening}]
    for step, after in zip(episode.steps[:place], episode.steps[1:], strict=False):
        call = {"name": "triage", "arguments": dict(step.answer.action)}
        messages += [
            {"role": "assistant", "tool_calls": [{"type": "function", "function": call}]},
            {"role": "tool", "name": "triage", "content": email_text(after.observation)},
        ]
    return messages


def _settings(model: Path, shown: Path, output: Path, epochs: int) -> WarmStartSettings:
    return WarmStartSettings(
        model=str(model),
        demonstrations=shown,
        output=output,
        epochs=epochs,
        batch=8,
        micro_batch=8,
        learning_rate=0.02,
        prompt_tokens=PROMPT_TOKENS,
        answer_tokens=ANSWER_TOKENS,
        letters=LETTERS,
    )


def smallest(scale: Scale) -> Scale:
    """Return how little a demonstration can do and still go through all of its stages."""
    return scale._replace(
        demonstrated=(1, 2), begin=1, epochs=0.5, layers=None, letters=LETTERS,
        tokens=PROMPT_TOKENS, answer_tokens=ANSWER_TOKENS, steps=1, batch=2, group=2,
        micro_batch=2, evaluated=3,
    )  # fmt: skip
