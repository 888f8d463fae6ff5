"""Plays one episode on a running server, from its reset to its last email.

Nothing here knows who decides: a `Player` is shown an email and the prompt, and says text.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from http.client import HTTPException
from typing import Any, Final, NamedTuple, TypeVar
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from openai.types.chat import ChatCompletionMessageParam
from openenv.core.client_types import StepResult
from websockets.exceptions import WebSocketException

from email_triage_env import VERSION
from email_triage_env.client import EmailTriageClient
from inference import MAX_STEPS, build_messages, parse_reply
from models import EmailObservation
from tools.episodes.records import EpisodeRecord, Settings, StepRecord

Player = Callable[[EmailObservation, list[ChatCompletionMessageParam]], Awaitable[str]]
ResultT = TypeVar("ResultT")

START_SERVER: Final = "start a server with `python -m email_triage_env.server.app`"
ANSWER_SECONDS: Final = 30.0
FIRST_PAUSE_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 8.0
TOTAL_DIGITS: Final = 4
MAX_ERROR_LENGTH: Final = 200


class ServerError(Exception):
    """The server does not answer, or not as this version does."""


class LostEpisodeError(ServerError):
    """An episode could not be played to its end; from its start it might."""


class Inbox(NamedTuple):
    """One inbox to play, its place in the split and, for a random policy, the number to draw by."""

    number: int
    task_id: str
    difficulty: str
    seed: int | None


def check_server(url: str) -> None:
    """Make sure that the server is there and is of this version.

    Args:
        url: Its address.

    Raises:
        ServerError: If it is not.
    """
    local = urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")
    opener = build_opener(ProxyHandler({} if local else None))
    try:
        with opener.open(f"{url}/metadata", timeout=ANSWER_SECONDS) as answer:
            version = json.load(answer)["version"]
    except (OSError, HTTPException, ValueError, LookupError, TypeError) as error:
        raise ServerError(
            f"No server of this environment answers at {url} ({_shown(error)}); {START_SERVER}, "
            f"or say with --url where it is."
        ) from error
    if version != VERSION:
        raise ServerError(
            f"The server at {url} is of version {version!r:.60} and this checkout of {VERSION!r}; "
            f"{START_SERVER} from this checkout."
        )


async def retrying(
    attempt: Callable[[], Awaitable[ResultT]], retries: int, temporary: type[Exception]
) -> ResultT:
    """Do something that may fail for a while, with growing pauses between the attempts.

    Args:
        attempt: What to do.
        retries: How often it is done again.
        temporary: The failure after which that makes sense; raised if the last attempt fails.

    Returns:
        What the first successful attempt returns.
    """
    for i in range(retries):
        try:
            return await attempt()
        except temporary:
            await asyncio.sleep(min(FIRST_PAUSE_SECONDS * 2**i, LONGEST_PAUSE_SECONDS))
    return await attempt()


async def play(
    url: str, settings: Settings, inbox: Inbox, player_for: Callable[[Inbox], Player]
) -> EpisodeRecord:
    """Play one episode in a session of its own.

    Args:
        url: The address of the server.
        settings: What the episode has in common with others.
        inbox: The inbox.
        player_for: Gives each attempt at an inbox a player without a past.

    Returns:
        The whole episode.

    Raises:
        LostEpisodeError: If the server does not answer, or not about this episode.
    """
    client = EmailTriageClient(url, message_timeout_s=ANSWER_SECONDS)
    await _answer(client.connect())
    try:
        steps = await _play_steps(client, settings, inbox, player_for(inbox))
    finally:
        await client.close()
    return EpisodeRecord(
        task_id=inbox.task_id,
        split=settings.split,
        index=inbox.number,
        seed=inbox.seed,
        difficulty=inbox.difficulty,
        policy=settings.policy,
        model=settings.model,
        version=settings.version,
        steps=steps,
        episode_score=float(steps[-1].info["episode_score"]),
        total_reward=round(sum(record.reward for record in steps), TOTAL_DIGITS),
    )


async def _play_steps(
    client: EmailTriageClient, settings: Settings, inbox: Inbox, player: Player
) -> list[StepRecord]:
    result = await _answer(
        client.reset(split=settings.split, index=inbox.number, difficulty=settings.difficulty)
    )
    _check(inbox, result, result.observation.step_number - 1, 0)
    info = result.metadata
    steps: list[StepRecord] = []
    history: list[str] = []
    for step in range(1, MAX_STEPS + 1):
        observation = result.observation
        messages = build_messages(info, observation, history)
        text = await player(observation, messages)
        reply = parse_reply(text)
        result = await _answer(client.step(reply.action))
        said = {**result.metadata}
        _check(inbox, result, said.get("step"), step)
        steps.append(
            StepRecord(
                observation=observation,
                messages=[{key: str(part) for key, part in line.items()} for line in messages],
                raw_reply=text,
                parsed=reply.parsed,
                action=reply.action,
                reward=result.reward,
                components=said.pop("rubric"),
                info=said,
            )
        )
        if result.done:
            return steps
        # As the inference script tells a model about its own past.
        past = reply.action.model_dump_json()
        history.append(f"Step {step}: {past} -> reward {result.reward:+.2f}")
    raise ServerError(f"The server did not end {inbox.task_id!r} in {MAX_STEPS} steps.")


async def _answer(call: Awaitable[Any]) -> StepResult[EmailObservation]:
    """Wait for the server; whatever goes wrong between it and here loses the episode."""
    try:
        return await call
    except (OSError, WebSocketException, RuntimeError, ValueError, KeyError, TypeError) as error:
        raise LostEpisodeError(
            f"The server did not answer ({_shown(error)}); see that it runs, and that it holds as "
            f"many sessions as --sessions says."
        ) from error


def _check(inbox: Inbox, result: StepResult[EmailObservation], step: object, due: int) -> None:
    """Make sure that the answer is about this episode.

    OpenEnv's client opens a new session without a word when it has lost the old one, and there an
    episode of another inbox has begun.
    """
    seen = result.observation.task_id
    complete = result.reward is not None if due else True
    graded = not result.done or "episode_score" in result.metadata
    if (seen, step) != (inbox.task_id, due) or not (complete and graded):
        raise LostEpisodeError(
            f"The server answered about step {step!r:.20} of {seen!r:.60} when step {due} of "
            f"{inbox.task_id!r} was played."
        )


def _shown(error: BaseException) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text[:MAX_ERROR_LENGTH]
