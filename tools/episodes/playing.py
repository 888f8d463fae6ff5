"""Plays episodes on a running server through a typed client, and knows nothing else of either.

A player is asked about one observation at a time and hears what became of its earlier answers:
exactly what an agent of the environment knows. It keeps nothing itself, so the same player can be
in many episodes at once and on many machines.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from inspect import isawaitable
from typing import Any, Final, NamedTuple, Self

from websockets.exceptions import WebSocketException

SESSIONS: Final = 8
# More than any environment here takes steps; a server that never ends an episode is a fault.
MOST_STEPS: Final = 200
ANSWER_SECONDS: Final = 30.0
MAX_ERROR_LENGTH: Final = 200
# What a client raises on no answer, or on one that it cannot read.
UNANSWERED: Final = (
    OSError, RuntimeError, WebSocketException, ValueError, KeyError, TypeError, AttributeError,
)  # fmt: skip


class ServerError(RuntimeError):
    """The server does not answer, or not as this version does."""


class LostEpisodeError(ServerError):
    """An episode could not be played to its end; from its start it might."""


class Answer(NamedTuple):
    """What a player said.

    Attributes:
        raw: The text.
        action: What is sent for it.
        failure: Why that is no decision of the player's, or None: "unreadable", for example.
        messages: What a model was asked.
        usage: The tokens that took, by the endpoint's names.
    """

    raw: str
    action: Mapping[str, Any]
    failure: str | None = None
    messages: Sequence[Mapping[str, str]] = ()
    usage: Mapping[str, int] = {}


class Step(NamedTuple):
    """One observation, what was answered, and what the environment said to it.

    Attributes:
        observation: What was shown.
        answer: What the player said.
        reward: What the step paid.
        parts: The reward by leaf of the environment's rubric, in points.
        info: The rest of what the environment told, such as `score` or `error`.
    """

    observation: Any
    answer: Answer
    reward: float
    parts: Mapping[str, float]
    info: Mapping[str, Any]


class Episode(NamedTuple):
    """One task, worked to its end.

    Attributes:
        task_id: Which task.
        brief: What the reset told.
        steps: What happened.
        score: The environment's score of the episode.
    """

    task_id: str
    brief: Mapping[str, Any]
    steps: tuple[Step, ...]
    score: float


Player = Callable[[Mapping[str, Any], Any, Sequence[Step]], Answer | Awaitable[Answer]]


class Sessions:
    """Open WebSockets to one server, on which many episodes can be played."""

    def __init__(self, client: Callable[[str], Any], url: str, count: int = SESSIONS) -> None:
        """Prepare; they are opened by `with`.

        Args:
            client: The environment's typed client.
            url: Where its server runs.
            count: How many episodes are played at the same time.
        """
        self._client = client
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
        except BaseException:
            self._runner.run(self._stack.aclose())
            self._runner.close()
            raise
        return self

    def __exit__(self, *_raised: object) -> None:
        """Close them."""
        self._runner.run(self._stack.aclose())
        self._runner.close()

    def play(
        self,
        player_for: Callable[[int], Player],
        choices: Sequence[Mapping[str, Any]],
        on_episode: Callable[[Episode], None] = lambda _episode: None,
    ) -> list[Episode]:
        """Play several tasks, some of them at the same time.

        Args:
            player_for: Who answers in the episode at a place of `choices`; players that need not
                wait are asked in turn, never two at once.
            choices: What each reset asks for, such as `{"split": "train", "index": 17}`.
            on_episode: Is told of each episode as it ends, for a progress bar.

        Returns:
            The episodes in the order of `choices`, whatever the number of sessions.

        Raises:
            LostEpisodeError: If the server does not answer.
        """
        return self._runner.run(self._play(player_for, choices, on_episode))

    async def _open(self) -> None:
        for _ in range(self._count):
            client = self._client(self._url)
            entering = self._stack.enter_async_context(client)
            self._clients.append(await _answered(entering, self._url))

    async def _play(
        self,
        player_for: Callable[[int], Player],
        choices: Sequence[Mapping[str, Any]],
        on_episode: Callable[[Episode], None],
    ) -> list[Episode]:
        waiting = list(enumerate(choices))[::-1]
        episodes: dict[int, Episode] = {}

        async def work(client: Any) -> None:  # noqa: ANN401 # any environment's client
            while waiting:
                place, choice = waiting.pop()
                episodes[place] = await play(client, player_for(place), choice)
                on_episode(episodes[place])

        await all_or_none([work(client) for client in self._clients])
        return [episodes[place] for place in range(len(choices))]


def play_all(
    client: Callable[[str], Any],
    url: str,
    player: Player,
    choices: Sequence[Mapping[str, Any]],
    sessions: int = SESSIONS,
    on_episode: Callable[[Episode], None] = lambda _episode: None,
) -> list[Episode]:
    """Let one player play several tasks; see `Sessions.play`.

    Args:
        client: The environment's typed client.
        url: Where its server runs.
        player: Who answers.
        choices: What each reset asks for.
        sessions: How many WebSockets are opened at most.
        on_episode: Is told of each episode as it ends.

    Returns:
        The episodes in the order of `choices`.

    Raises:
        LostEpisodeError: If the server does not answer.
    """
    with Sessions(client, url, max(1, min(sessions, len(choices)))) as opened:
        return opened.play(lambda _place: player, choices, on_episode)


async def all_or_none(workers: Sequence[Any]) -> None:
    """Wait for all workers; the first that fails ends the others.

    Args:
        workers: Coroutines.
    """
    running = [asyncio.create_task(worker) for worker in workers]
    try:
        await asyncio.gather(*running)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def play(
    client: Any,  # noqa: ANN401 # any environment's client
    player: Player,
    choice: Mapping[str, Any],
    max_steps: int = MOST_STEPS,
) -> Episode:
    """Play one task.

    Args:
        client: A connected client.
        player: Who answers.
        choice: What the reset asks for.
        max_steps: After how many steps the episode must have ended.

    Returns:
        The episode.

    Raises:
        LostEpisodeError: If the server refuses, or answers about another episode.
        ServerError: If the episode does not end. What the player raises is passed on as it is.
    """
    result = await _answered(client.reset(**choice), client.base_url)
    brief = _told(result)
    task_id = str(brief.get("task_id"))
    _check(result, task_id, 0)
    steps: list[Step] = []
    for number in range(1, max_steps + 1):
        observation = result.observation
        answer = player(brief, observation, steps)
        if isawaitable(answer):
            answer = await answer
        result = await _answered(client.step(answer.action), client.base_url)
        _check(result, task_id, number)
        info = _told(result)
        parts = info.pop("rubric")
        steps.append(Step(observation, answer, float(result.reward), parts, info))
        if result.done:
            return Episode(task_id, brief, tuple(steps), float(info["episode_score"]))
    raise ServerError(f"The server did not end {task_id!r} in {max_steps} steps.")


async def _answered(call: Awaitable[Any], url: str | None) -> Any:  # noqa: ANN401 # what it gives
    """Wait for the server; whatever goes wrong between it and here loses the episode."""
    try:
        return await call
    except UNANSWERED as error:
        raise LostEpisodeError(
            f"The server at {url} did not answer ({shown(error)}); see that it runs, and that it "
            f"holds as many sessions as are asked for."
        ) from error


def _told(result: Any) -> dict[str, Any]:  # noqa: ANN401 # any environment's
    """Return the metadata of an answer, none if they are no mapping."""
    return dict(result.metadata) if isinstance(result.metadata, Mapping) else {}


def _check(result: Any, task_id: str, due: int) -> None:  # noqa: ANN401
    """Make sure that the answer is about this episode and tells what it must.

    OpenEnv's client opens a new session without a word when it has lost the old one, and there
    another episode may have begun.
    """
    told = _told(result)
    step = told.get("step") if due else None
    seen = getattr(result.observation, "task_id", told.get("task_id", task_id))
    if seen != task_id or step not in (due, None):
        raise LostEpisodeError(
            f"The server answered about step {step!r:.20} of {seen!r:.60} when step {due} of "
            f"{task_id!r} was played."
        )
    leaves = told.get("rubric")
    numbers = [result.reward, *(leaves.values() if isinstance(leaves, Mapping) else [None])]
    if result.done:
        numbers.append(told.get("episode_score"))
    if due and not all(isinstance(number, int | float) for number in numbers):
        raise LostEpisodeError(
            f"The server did not tell what step {due} of {task_id!r} paid, by leaf of the rubric, "
            f"or what its last step scored."
        )


def shown(error: BaseException) -> str:
    """Return an error on one short line."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text[:MAX_ERROR_LENGTH]
