"""A policy that is asked about one mail at a time, by many episodes at once."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

import torch
from transformers import PreTrainedModel
from transformers import PreTrainedTokenizerBase as Tokenizer

from email_triage_env.models import EmailTriageObservation
from email_triage_env.prompt import parse_reply
from tools.episodes.endpoint import CUT_OFF
from tools.episodes.players import EMPTY, UNREADABLE
from tools.episodes.playing import Answer, Step
from training.language.mail_prompt import MailPrompt, rendered
from training.language.weights import load_model, load_tokenizer

# What is asked for within this time is answered together: sessions wait for a server in between.
GATHERED_SECONDS: Final = 0.02
# A batch of prompts this large fills neither a small GPU nor the memory of a laptop.
MOST_AT_ONCE: Final = 256


class MailPolicy:
    """Answers one mail at a time with JSON; what several episodes ask at once, it answers at once.

    Holds no state of an episode. Its likeliest answers do not depend on who else plays, but for
    the last digits of numbers that are added up in another order.
    """

    def __init__(
        self,
        model: PreTrainedModel,
        tokenizer: Tokenizer,
        prompt: MailPrompt,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> None:
        """Take a model.

        Args:
            model: It is put into evaluation whenever it answers, and back.
            tokenizer: Its tokenizer, with a chat template.
            prompt: How it is asked.
            temperature: 0 for the likeliest words, or how freely they are drawn.
            seed: Of the draws.
        """
        self._model = model
        self._tokenizer = tokenizer
        self._prompt = prompt
        self._temperature = temperature
        self._waiting: list[tuple[list[int], asyncio.Future[tuple[str, bool]]]] = []
        # The library draws from the global generator only, which a trainer beside it needs, too.
        if temperature > 0:
            torch.manual_seed(seed)

    @classmethod
    def load(
        cls,
        source: str | Path,
        *,
        temperature: float = 0.0,
        seed: int = 0,
        prompt: MailPrompt | None = None,
    ) -> Self:
        """Load a model, or the adapter of one.

        Args:
            source: A directory, or a hub id.
            temperature: 0 for the likeliest words, or how freely they are drawn.
            seed: Of the draws.
            prompt: How it is asked, where that is not what its directory says.

        Returns:
            The policy.

        Raises:
            MailPromptError: If the directory does not say how the model is asked.
            ModelError: If there is no such model.
        """
        prompt = prompt or MailPrompt.load(Path(source))
        return cls(load_model(source), load_tokenizer(source), prompt, temperature, seed)

    async def __call__(
        self, brief: Mapping[str, Any], observation: EmailTriageObservation, past: Sequence[Step]
    ) -> Answer:
        """Answer one mail.

        Args:
            brief: What the reset told.
            observation: The mail.
            past: The steps before.

        Returns:
            The words and the action in them; none, which is an invalid step, if none can be read.
        """
        decided = [step.answer.action for step in past if step.answer.action]
        messages = self._prompt.messages(self._tokenizer, brief, observation, decided)
        raw, ended = await self._said(rendered(self._tokenizer, messages))
        return answer_of(raw, ended, messages)

    async def _said(self, prompt: list[int]) -> tuple[str, bool]:
        said: asyncio.Future[tuple[str, bool]] = asyncio.get_running_loop().create_future()
        self._waiting.append((prompt, said))
        while not said.done():
            counted = len(self._waiting)
            await asyncio.sleep(GATHERED_SECONDS)
            # Whoever first finds that no other came answers for all.
            if not said.done() and counted == len(self._waiting):
                self._answer()
        return said.result()

    def _answer(self) -> None:
        asked, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
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
                max_new_tokens=self._prompt.answer_tokens,
                pad_token_id=self._tokenizer.pad_token_id,
                top_k=None if self._temperature == 0 else 0,
                **drawn,
            )
        self._model.train(training)
        tokens = written[:, padded["input_ids"].shape[1] :].tolist()
        end = self._tokenizer.eos_token_id
        texts = self._tokenizer.batch_decode(tokens, skip_special_tokens=True)
        return [(text, end in row) for text, row in zip(texts, tokens, strict=True)]


def answer_of(raw: str, ended: bool, messages: Sequence[Mapping[str, str]] = ()) -> Answer:
    """Read what a model wrote about a mail.

    Args:
        raw: Its words.
        ended: Whether it came to their end by itself.
        messages: What it was asked.

    Returns:
        The words and the action in them, or why there is none.
    """
    reply = parse_reply(raw)
    if reply.parsed:
        return Answer(raw, reply.action, messages=messages)
    failure = CUT_OFF if not ended else UNREADABLE if raw.strip() else EMPTY
    return Answer(raw, {}, failure, messages)
