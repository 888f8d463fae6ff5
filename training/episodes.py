"""Episodes over the environment's WebSocket client, and nothing else of the environment.

A policy is asked about one email at a time and hears what became of its earlier answers: exactly
what an agent of the environment knows. It keeps nothing itself, so the same policy can play many
inboxes at once and on many machines.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any, Final, NamedTuple, Self

from websockets.exceptions import WebSocketException

from email_triage_env import EmailTriageClient
from models import EmailObservation

MAX_STEPS: Final = 10
SESSIONS: Final = 8


class LostEpisodeError(RuntimeError):
    """The server did not answer, so an episode has no result."""


class Answer(NamedTuple):
    """What a policy said: the raw text, and the action that is sent for it."""

    raw: str
    action: Mapping[str, Any]


class Step(NamedTuple):
    """One email, what was answered, and what the environment said to it.

    Attributes:
        observation: What was shown.
        answer: What the policy said.
        reward: What the step paid.
        parts: The reward by leaf of the environment's rubric, in points.
        info: The rest of what the environment told, such as `score` or `error`.
    """

    observation: EmailObservation
    answer: Answer
    reward: float
    parts: Mapping[str, float]
    info: Mapping[str, Any]


class Episode(NamedTuple):
    """One inbox, worked to its end.

    Attributes:
        task_id: Which inbox; its name holds the difficulty.
        brief: What the reset told: the policy, the labels and the teams.
        steps: What happened.
        score: The environment's score of the episode.
    """

    task_id: str
    brief: Mapping[str, Any]
    steps: tuple[Step, ...]
    score: float


Policy = Callable[[Mapping[str, Any], EmailObservation, Sequence[Step]], Answer]


class Sessions:
    """Open WebSockets to one server, on which many episodes can be played."""

    def __init__(self, url: str, count: int = SESSIONS) -> None:
        """Prepare; they are opened by `with`.

        Args:
            url: Where the environment's native server runs.
            count: How many episodes are played at the same time.
        """
        self._url = url
        self._count = count
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self._clients: list[Any] = []

    def __enter__(self) -> Self:
        """Open them.

        Raises:
            LostEpisodeError: If the server does not answer.
        """
        try:
            self._runner.run(self._open())
        except LostEpisodeError:
            self._runner.close()
            raise
        return self

    def __exit__(self, *_raised: object) -> None:
        """Close them."""
        self._runner.run(self._stack.aclose())
        self._runner.close()

    def play(
        self,
        policy_for: Callable[[int], Policy],
        choices: Sequence[Mapping[str, Any]],
        on_episode: Callable[[Episode], None] = lambda _episode: None,
    ) -> list[Episode]:
        """Play several inboxes, some of them at the same time.

        Args:
            policy_for: Who answers in the episode at a place of `choices`; policies are asked in
                turn, never two at once.
            choices: What each reset asks for, such as `{"split": "train", "index": 17}`.
            on_episode: Is told of each episode as it ends, for a progress bar.

        Returns:
            The episodes in the order of `choices`, whatever the number of sessions.

        Raises:
            LostEpisodeError: If the server does not answer.
        """
        return self._runner.run(self._play(policy_for, choices, on_episode))

    async def _open(self) -> None:
        for _ in range(self._count):
            client = EmailTriageClient(self._url)
            entering = self._stack.enter_async_context(client)
            self._clients.append(await _answered(entering, self._url))

    async def _play(
        self,
        policy_for: Callable[[int], Policy],
        choices: Sequence[Mapping[str, Any]],
        on_episode: Callable[[Episode], None],
    ) -> list[Episode]:
        waiting = list(enumerate(choices))[::-1]
        episodes: dict[int, Episode] = {}

        async def work(client: EmailTriageClient) -> None:
            while waiting:
                place, choice = waiting.pop()
                episodes[place] = await play(client, policy_for(place), choice)
                on_episode(episodes[place])

        tasks = [asyncio.create_task(work(client)) for client in self._clients]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
        return [episodes[place] for place in range(len(choices))]


def play_all(
    url: str,
    policy: Policy,
    choices: Sequence[Mapping[str, Any]],
    sessions: int = SESSIONS,
    on_episode: Callable[[Episode], None] = lambda _episode: None,
) -> list[Episode]:
    """Let one policy play several inboxes; see `Sessions.play`.

    Args:
        url: Where the environment's native server runs.
        policy: Who answers.
        choices: What each reset asks for.
        sessions: How many WebSockets are opened at most.
        on_episode: Is told of each episode as it ends.

    Returns:
        The episodes in the order of `choices`.

    Raises:
        LostEpisodeError: If the server does not answer.
    """
    with Sessions(url, max(1, min(sessions, len(choices)))) as opened:
        return opened.play(lambda _place: policy, choices, on_episode)


async def play(client: EmailTriageClient, policy: Policy, choice: Mapping[str, Any]) -> Episode:
    """Play one inbox.

    Args:
        client: A connected client.
        policy: Who answers.
        choice: What the reset asks for.

    Returns:
        The episode.

    Raises:
        LostEpisodeError: If the server refuses, or the episode does not end. What the policy raises
            is passed on as it is.
    """
    result = await _answered(client.reset(**choice), client.base_url)
    brief: Mapping[str, Any] = result.metadata
    steps: list[Step] = []
    for _ in range(MAX_STEPS):
        observation = result.observation
        answer = policy(brief, observation, steps)
        result = await _answered(client.step(answer.action), client.base_url)
        info = dict(result.metadata)
        steps.append(Step(observation, answer, result.reward, info.pop("rubric"), info))
        if result.done:
            score = float(info["episode_score"])
            return Episode(str(brief["task_id"]), brief, tuple(steps), score)
    raise LostEpisodeError(f"{brief['task_id']!r} did not end in {MAX_STEPS} steps.")


async def _answered(call: Awaitable[Any], url: str | None) -> Any:  # noqa: ANN401 # what it gives
    """Wait for the server; whatever goes wrong between it and here loses the episode."""
    try:
        return await call
    except (OSError, RuntimeError, WebSocketException) as error:
        raise LostEpisodeError(
            f"The server at {url} did not answer ({error}); start it with "
            f"`python -m email_triage_env.server.app`, and see that it holds as many sessions as "
            f"are asked for."
        ) from error
