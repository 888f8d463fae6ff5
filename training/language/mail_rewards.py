"""What answers to single mails earn: each is sent to the environment after what led to its mail."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any, Final, NamedTuple

from email_triage_env import EmailTriageClient
from tools.episodes.playing import Answer, Step, all_or_none, play
from training.language.logbook import Rollout
from training.language.mail_policy import answer_of
from training.rewards import WEIGHTS, parts_of_last

SESSIONS: Final = 16
Completion = Sequence[Mapping[str, str]]


class _EnoughError(Exception):
    """The mail that counts was decided; what would follow is not played."""

    def __init__(self, brief: Mapping[str, Any], steps: Sequence[Step]) -> None:
        super().__init__("decided")
        self.brief = brief
        self.steps = tuple(steps)


class Sent(NamedTuple):
    """One answer to one mail.

    Attributes:
        choice: What the reset of its inbox asks for.
        past: The actions that lead to the mail.
        answer: What is sent for it.
    """

    choice: Mapping[str, Any]
    past: Sequence[Mapping[str, Any]]
    answer: Answer


class MailRewards:
    """The parts of the reward as functions of TRL's trainer, for rows of `mails.Mails`."""

    def __init__(self, url: str, sessions: int = SESSIONS) -> None:
        """Prepare; the server is asked when answers come.

        Args:
            url: Where the environment's native server runs.
            sessions: How many answers are judged at the same time.
        """
        self._url = url
        self._sessions = sessions
        self._judged: tuple[object, list[Rollout]] = (None, [])

    def rollouts(
        self,
        completions: Sequence[Completion],
        choice: Sequence[str],
        past: Sequence[str],
        **_columns: Any,  # noqa: ANN401 # whatever else the trainer passes
    ) -> list[Rollout]:
        """Judge the answers of a step, once for all functions that ask.

        Args:
            completions: What was written for each row, as messages.
            choice: That column of the rows.
            past: That column of the rows.
            **_columns: Ignored.

        Returns:
            What became of each.

        Raises:
            LostEpisodeError: If the server does not answer.
        """
        if self._judged[0] is not completions:
            sent = [
                Sent(json.loads(asked), json.loads(before), answer_of(said[0]["content"], True))
                for said, asked, before in zip(completions, choice, past, strict=True)
            ]
            self._judged = (completions, asyncio.run(self._judge(sent)))
        return self._judged[1]

    def functions(self) -> list[Callable[..., list[float]]]:
        """Return one function for each part, in the order of `WEIGHTS`."""
        return [self._function(name) for name in WEIGHTS]

    def _function(self, name: str) -> Callable[..., list[float]]:
        def reward(**columns: Any) -> list[float]:  # noqa: ANN401 # what the trainer passes
            return [float(getattr(each.parts, name)) for each in self.rollouts(**columns)]

        reward.__name__ = name
        return reward

    async def _judge(self, sent: Sequence[Sent]) -> list[Rollout]:
        waiting = list(enumerate(sent))[::-1]
        found: dict[int, Rollout] = {}

        async def work(client: Any) -> None:  # noqa: ANN401 # of the environment, which is untyped
            while waiting:
                place, each = waiting.pop()
                found[place] = await _judged(client, each)

        async with AsyncExitStack() as stack:
            clients = [
                await stack.enter_async_context(EmailTriageClient(self._url))
                for _ in range(min(self._sessions, len(sent)))
            ]
            await all_or_none([work(client) for client in clients])
        return [found[place] for place in range(len(sent))]


async def _judged(client: Any, sent: Sent) -> Rollout:  # noqa: ANN401
    def player(brief: Mapping[str, Any], _observation: object, steps: Sequence[Step]) -> Answer:
        if len(steps) > len(sent.past):
            raise _EnoughError(brief, steps)
        return sent.answer if len(steps) == len(sent.past) else Answer("", sent.past[len(steps)])

    try:
        episode = await play(client, player, sent.choice)
        brief, steps = episode.brief, episode.steps
    except _EnoughError as enough:
        brief, steps = enough.brief, enough.steps
    return Rollout(
        parts=parts_of_last(brief, steps),
        score=float(steps[-1].info.get("score", 0.0)),
        answered=sent.answer.failure is None and "error" not in steps[-1].info,
    )
