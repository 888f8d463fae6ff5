"""A policy that reviews a module in one answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from python_env.models import PythonReviewObservation
from python_env.prompt import parse_reply
from tools.episodes.playing import Answer, Step
from training.language.writer import Writer, answered
from training.review.texts import REQUEST, review_messages


class ReviewPolicy:
    """Writes one operation and, unless that was the verdict, asks for changes after it."""

    def __init__(self, writer: Writer) -> None:
        """Take who writes.

        Args:
            writer: A language model.
        """
        self._writer = writer

    async def __call__(
        self,
        _brief: Mapping[str, Any],
        observation: PythonReviewObservation,
        past: Sequence[Step],
    ) -> Answer:
        """Review a module, or end its review.

        Args:
            _brief: What the reset told.
            observation: The module.
            past: The steps before.

        Returns:
            The words and the operation in them; none, which is an invalid step, if none can be
            read.
        """
        if past:
            return Answer("", REQUEST)
        messages = review_messages(observation.code)
        raw, ended = await self._writer.said(messages)
        return review_of(raw, ended, messages)


def review_of(raw: str, ended: bool, messages: Sequence[Mapping[str, str]] = ()) -> Answer:
    """Read what a model wrote about a module.

    Args:
        raw: Its words.
        ended: Whether it came to their end by itself.
        messages: What it was asked.

    Returns:
        The words and the operation in them, or why there is none.
    """
    reply = parse_reply(raw)
    return answered(reply.action if reply.parsed else None, raw, ended, messages)
