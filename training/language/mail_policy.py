"""A policy that is asked about one mail at a time, by many episodes at once."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from transformers import PreTrainedModel
from transformers import PreTrainedTokenizerBase as Tokenizer

from email_triage_env.models import EmailTriageObservation
from email_triage_env.prompt import parse_reply
from tools.episodes.playing import Answer, Step
from training.language.mail_prompt import MailPrompt
from training.language.weights import load_model, load_tokenizer
from training.language.writer import Writer, answered


class MailPolicy:
    """Answers one mail at a time with JSON, and holds no state of an episode."""

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
        self._tokenizer = tokenizer
        self._prompt = prompt
        self._writer = Writer(model, tokenizer, prompt.answer_tokens, temperature, seed)

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
        raw, ended = await self._writer.said(messages)
        return answer_of(raw, ended, messages)


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
    return answered(reply.action if reply.parsed else None, raw, ended, messages)
