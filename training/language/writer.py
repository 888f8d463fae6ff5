"""A language model that continues what many ask at the same time in one batch."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

import torch
from transformers import PreTrainedModel
from transformers import PreTrainedTokenizerBase as Tokenizer

from tools.episodes.endpoint import CUT_OFF
from tools.episodes.players import EMPTY, UNREADABLE
from tools.episodes.playing import Answer

# What is asked for within this time is answered together: sessions wait for a server in between.
GATHERED_SECONDS: Final = 0.02
# A batch of prompts this large fills neither a small GPU nor the memory of a laptop.
MOST_AT_ONCE: Final = 256


class Writer:
    """Answers prompts; what several episodes ask at once, it answers at once.

    Its likeliest answers do not depend on who else asks, but for the last digits of numbers that
    are added up in another order.
    """

    def __init__(
        self,
        model: PreTrainedModel,
        tokenizer: Tokenizer,
        answer_tokens: int,
        temperature: float = 0.0,
        seed: int = 0,
        at_once: int = MOST_AT_ONCE,
    ) -> None:
        """Take a model.

        Args:
            model: It is put into evaluation whenever it answers, and back.
            tokenizer: Its tokenizer, with a chat template.
            answer_tokens: Of an answer, at most.
            temperature: 0 for the likeliest words, or how freely they are drawn.
            seed: Of the draws.
            at_once: How many prompts are answered at once, at most.
        """
        self._model = model
        self._tokenizer = tokenizer
        self._answer_tokens = answer_tokens
        self._temperature = temperature
        self._at_once = at_once
        self._waiting: list[tuple[list[int], asyncio.Future[tuple[str, bool]]]] = []
        # The library draws from the global generator only, which a trainer beside it needs, too.
        if temperature > 0:
            torch.manual_seed(seed)

    async def said(self, messages: Sequence[Mapping[str, str]]) -> tuple[str, bool]:
        """Answer a prompt.

        Args:
            messages: Chat messages.

        Returns:
            The words, and whether they came to their end by themselves.
        """
        said: asyncio.Future[tuple[str, bool]] = asyncio.get_running_loop().create_future()
        self._waiting.append((rendered(self._tokenizer, messages), said))
        while not said.done():
            counted = len(self._waiting)
            await asyncio.sleep(GATHERED_SECONDS)
            # Whoever first finds that no other came answers for all.
            if not said.done() and counted == len(self._waiting):
                self._answer()
        return said.result()

    def _answer(self) -> None:
        asked, self._waiting = self._waiting[: self._at_once], self._waiting[self._at_once :]
        written = self._write([tokens for tokens, _ in asked])
        for (_, said), words in zip(asked, written, strict=True):
            if not said.done():
                said.set_result(words)

    def _write(self, prompts: Sequence[list[int]]) -> list[tuple[str, bool]]:
        training = self._model.training
        self._model.eval()
        padded = self._tokenizer.pad(
            {"input_ids": list(prompts)}, padding_side="left", return_tensors="pt"
        ).to(self._model.device)
        drawn: dict[str, Any] = {"do_sample": False, "temperature": None, "top_p": None}
        if self._temperature > 0:
            drawn = {"do_sample": True, "temperature": self._temperature, "top_p": 1.0}
        with torch.inference_mode():
            written = self._model.generate(
                **padded,
                max_new_tokens=self._answer_tokens,
                pad_token_id=self._tokenizer.pad_token_id,
                top_k=None if self._temperature == 0 else 0,
                **drawn,
            )
        self._model.train(training)
        tokens = written[:, padded["input_ids"].shape[1] :].tolist()
        end = self._tokenizer.eos_token_id
        texts = self._tokenizer.batch_decode(tokens, skip_special_tokens=True)
        return [(text, end in row) for text, row in zip(texts, tokens, strict=True)]


def rendered(tokenizer: Tokenizer, messages: Sequence[Mapping[str, str]]) -> list[int]:
    """Return the tokens of a prompt, up to where the model begins to write."""
    return list(
        tokenizer.apply_chat_template(
            list(messages), add_generation_prompt=True, tokenize=True, return_dict=False
        )
    )


def answered(
    action: Mapping[str, Any] | None,
    raw: str,
    ended: bool,
    messages: Sequence[Mapping[str, str]],
) -> Answer:
    """Return what a model said as an answer.

    Args:
        action: What the environment's own reader found in its words, if it found an action.
        raw: Its words.
        ended: Whether it came to their end by itself.
        messages: What it was asked.

    Returns:
        The words and the action in them, or why there is none.
    """
    if action is not None:
        return Answer(raw, action, messages=messages)
    failure = CUT_OFF if not ended else UNREADABLE if raw.strip() else EMPTY
    return Answer(raw, {}, failure, messages)
