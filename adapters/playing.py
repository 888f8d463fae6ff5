"""One episode as every framework plays it: what a model is asked, what is sent, what is counted.

Knows no framework and no environment: the caller says how a model is asked, and `adapters.sides`
what an environment's client side is. The server is an address.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from openenv.core.client_types import StepResult
from websockets.exceptions import ConnectionClosedOK, WebSocketException

Messages = list[dict[str, str]]
Ask = Callable[[Messages], Awaitable[str]]
ResultT = TypeVar("ResultT")

URL: Final = "http://127.0.0.1:8000"
SPLIT: Final = "test"
DIFFICULTY: Final = "mixed"
TASKS: Final = 20
DIGITS: Final = 4
# How long to wait for one of the server's sessions, and how often to ask.
PATIENCE_SECONDS: Final = 1800.0
PAUSE_SECONDS: Final = 2.0
MAX_ERROR_LENGTH: Final = 200
FULL_SCORE: Final = 1.0
# What the score of an episode is called, too, by whether its task has nothing to be found.
APART: Final = {False: "score_with_defect", True: "score_clean"}


class NoServerError(Exception):
    """The server does not answer, or not as one of this environment."""


@dataclass(frozen=True)
class Side:
    """The client side of an environment, and what is reported of its episodes.

    Attributes:
        name: What the environment is called.
        command: What starts its server.
        version: Scores of different versions are not comparable.
        client: Makes a client of the server at an address.
        build_messages: What a model is asked, of the metadata of the reset, the observation and
            the lines of the history.
        history_line: What a model is told of a step: its number, the action, the reward.
        parse_reply: Reads a reply; returns the action and whether there was one.
        temperature: How a model is asked by default.
        max_tokens: Likewise.
        components: The leaves of the rubric, which add up to the reward of a step.
        size: By how much the points of an episode are divided, of its first observation.
        counted: What is counted beside them.
        counts: Which of these a step is one of, by its metadata.
        clean_action: What earns everything in a task that has nothing to be found, and ends it;
            without one no task is such a task.
    """

    name: str
    command: str
    version: str
    client: Callable[[str], Any]
    build_messages: Callable[[Mapping[str, Any], Any, Sequence[str]], Messages]
    history_line: Callable[[int, Mapping[str, Any], float], str]
    parse_reply: Callable[[str], tuple[dict[str, Any], bool]]
    temperature: float
    max_tokens: int
    components: tuple[str, ...]
    size: Callable[[Any], int]
    counted: tuple[str, ...]
    counts: Callable[[Mapping[str, Any]], Iterable[str]]
    clean_action: Mapping[str, Any] | None = None

    def metrics(self) -> tuple[str, ...]:
        """Return the names of what may be reported of an episode beside its score."""
        apart = APART.values() if self.clean_action else ()
        return (*self.components, "unreadable", *self.counted, *apart)


@dataclass
class Episode:
    """What is reported of an episode, right after each of its steps.

    Attributes:
        score: What the environment calls `episode_score`: a limit that ends the episode early
            leaves what was not done at zero.
        points: By component, its share of the reward, summed over the steps.
        size: By how much they are divided.
        unreadable: Replies that were no action; each cost a step.
        counts: How often else what happened.
        clean: Whether the task has nothing to be found, if that is told.
    """

    score: float = 0.0
    points: dict[str, float] = field(default_factory=dict)
    size: int = 1
    unreadable: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    clean: bool | None = None

    def metrics(self) -> dict[str, float]:
        """Return the numbers that `Side.metrics` names, those that this episode has."""
        shares = {name: round(sums / self.size, DIGITS) for name, sums in self.points.items()}
        counts = {name: float(count) for name, count in self.counts.items()}
        apart = {} if self.clean is None else {APART[self.clean]: self.score}
        return {**shares, "unreadable": float(self.unreadable), **counts, **apart}


def choices(split: str, difficulty: str, start: int, count: int) -> list[dict[str, Any]]:
    """Return what a reset is told for each of some tasks in a row."""
    return [{"split": split, "difficulty": difficulty, "index": start + i} for i in range(count)]


def name_of(choice: dict[str, Any]) -> str:
    """Return what a task is called in reports, by what its reset is told."""
    return f"{choice['split']}-{choice['difficulty']}-{choice['index']}"


async def play(side: Side, url: str, choice: dict[str, Any], ask: Ask, episode: Episode) -> None:
    """Play one task, each step in a prompt of its own.

    A model is asked as the environment's baseline asks it: the instructions, what it did so far,
    what is there now. A reply that cannot be read is sent as no action, and costs a step.

    Args:
        side: Of which environment.
        url: The address of its server.
        choice: What the reset is told.
        ask: Returns a model's reply to chat messages; what it raises ends the episode.
        episode: Where the result is written, step by step.

    Raises:
        NoServerError: If the server does not answer.
        RuntimeError: With what the server says, for example that there is no such task.
    """
    episode.points = dict.fromkeys(side.components, 0.0)
    episode.counts = dict.fromkeys(side.counted, 0)
    client, result = await _opened(side, url, choice)
    try:
        if side.clean_action is not None:
            # Nothing else tells whether a score is one of finding things or of leaving them alone.
            result = await _answer(side, url, client.step(side.clean_action))
            score = (await _answer(side, url, client.state())).episode_score
            episode.clean = score >= FULL_SCORE
            result = await _answer(side, url, client.reset(**choice))
        info, history = result.metadata or {}, list[str]()
        episode.size = side.size(result.observation)
        while not result.done:
            said = await ask(side.build_messages(info, result.observation, history))
            action, parsed = side.parse_reply(said)
            action = action if parsed else {}
            result = await _answer(side, url, client.step(action))
            told = result.metadata or {}
            history.append(side.history_line(len(history) + 1, action, result.reward or 0.0))
            episode.unreadable += not parsed
            for name in side.counts(told):
                episode.counts[name] += 1
            for name in side.components:
                episode.points[name] += told["rubric"][name]
            episode.score = (await _answer(side, url, client.state())).episode_score
    finally:
        await client.close()


async def check(side: Side, url: str, choice: dict[str, Any]) -> None:
    """Make sure that a task can be played, without playing it.

    Args:
        side: Of which environment.
        url: The address of its server.
        choice: What the reset is told.

    Raises:
        NoServerError: If the server does not answer.
        RuntimeError: If it has no such task.
    """
    client, _ = await _opened(side, url, choice)
    await client.close()


def reply_text(text: str, arguments: Iterable[object]) -> str:
    """Return all that a model said: its text, and the arguments of tools that it imagined.

    Args:
        text: The text, empty if there is none.
        arguments: Of each call, as a text or already read.

    Returns:
        What `Side.parse_reply` reads.
    """
    calls = (part if isinstance(part, str) else json.dumps(part) for part in arguments if part)
    return "\n".join(part for part in (text, *calls) if part)


async def _opened(side: Side, url: str, choice: dict[str, Any]) -> tuple[Any, StepResult[Any]]:
    """Begin an episode, after a while if all sessions of the server are taken."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        # A client of an older release of OpenEnv does not get over a refusal.
        client = side.client(url)
        try:
            return client, await _answer(side, url, client.reset(**choice))
        except BaseException as error:
            await client.close()
            if not _is_full(error):
                raise
            if time.monotonic() > deadline:
                raise NoServerError(
                    f"The server at {url} has had no session to spare for "
                    f"{PATIENCE_SECONDS / 60:.0f} minutes; start it with a higher "
                    f"MAX_CONCURRENT_ENVS, or play fewer tasks at once."
                ) from error
        await asyncio.sleep(PAUSE_SECONDS)


def _is_full(error: BaseException) -> bool:
    """Say whether a server refused a session: it says so and hangs up, which can be heard first."""
    return "CAPACITY_REACHED" in str(error) or isinstance(error.__cause__, ConnectionClosedOK)


async def _answer(side: Side, url: str, call: Awaitable[ResultT]) -> ResultT:
    """Wait for the server, and say what helps if it does not answer."""
    try:
        return await call
    except (OSError, WebSocketException, ValueError, KeyError, TypeError) as error:
        shown = " ".join(str(error).split()) or type(error).__name__
        raise NoServerError(
            f"No server of {side.name} answers at {url} ({shown:.{MAX_ERROR_LENGTH}}); start one "
            f"with `{side.command}`, or set `url` to where one is, and play the task again."
        ) from error
