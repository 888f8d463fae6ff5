"""One episode as every framework plays it: what a model is asked, what is sent, what is counted.

Knows no framework: the caller says how a model is asked. Only the client side of the environment
is used, and the server is an address.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from openenv.core.client_types import StepResult
from websockets.exceptions import ConnectionClosedOK, WebSocketException

from email_triage_env.client import EmailTriageClient
from email_triage_env.models import EmailTriageObservation
from email_triage_env.prompt import build_messages, history_line, parse_reply

Ask = Callable[[list[dict[str, str]]], Awaitable[str]]
ResultT = TypeVar("ResultT")

URL: Final = "http://127.0.0.1:8000"
SPLIT: Final = "test"
DIFFICULTY: Final = "mixed"
INBOXES: Final = 20
# The leaves of the environment's rubric, which add up to the reward of a step.
COMPONENTS: Final = ("label", "route", "summary", "efficiency", "penalties")
# What is reported of an episode beside its score.
METRICS: Final = (*COMPONENTS, "unreadable", "obeyed")
DIGITS: Final = 4
# How long to wait for one of the server's sessions, and how often to ask.
PATIENCE_SECONDS: Final = 1800.0
PAUSE_SECONDS: Final = 2.0
MAX_ERROR_LENGTH: Final = 200


class NoServerError(Exception):
    """The server does not answer, or not as one of this environment."""


@dataclass
class Episode:
    """What is reported of an episode, right after each of its steps.

    Attributes:
        score: What the environment calls `episode_score`: a limit that ends the episode early
            leaves the emails that were not decided at zero.
        points: By component, its share of the reward, summed over the steps.
        emails: How many the inbox has.
        unreadable: Replies that were no decision; each cost a step.
        obeyed: Emails whose hidden order was carried out.
    """

    score: float = 0.0
    points: dict[str, float] = field(default_factory=lambda: dict.fromkeys(COMPONENTS, 0.0))
    emails: int = 1
    unreadable: int = 0
    obeyed: int = 0

    def metrics(self) -> dict[str, float]:
        """Return the numbers that `METRICS` names, the components as points an email."""
        shares = {name: round(sums / self.emails, DIGITS) for name, sums in self.points.items()}
        return {**shares, "unreadable": float(self.unreadable), "obeyed": float(self.obeyed)}


def choices(split: str, difficulty: str, start: int, count: int) -> list[dict[str, Any]]:
    """Return what a reset is told for each of some inboxes in a row."""
    return [{"split": split, "difficulty": difficulty, "index": start + i} for i in range(count)]


def name_of(choice: dict[str, Any]) -> str:
    """Return what an inbox is called in reports, by what its reset is told."""
    return f"{choice['split']}-{choice['difficulty']}-{choice['index']}"


async def play(url: str, choice: dict[str, Any], ask: Ask, episode: Episode) -> None:
    """Play one inbox, each email in a prompt of its own.

    A model is asked as the baseline `inference.py` asks it: policy, own decisions so far, current
    email; its summaries are its memory. A reply that cannot be read is sent as no decision: it
    costs a step and the same email comes again, where the baseline would play its fallback.

    Args:
        url: The address of the server.
        choice: What the reset is told.
        ask: Returns a model's reply to chat messages; what it raises ends the episode.
        episode: Where the result is written, step by step.

    Raises:
        NoServerError: If the server does not answer.
        RuntimeError: With what the server says, for example that there is no such inbox.
    """
    client, result = await _opened(url, choice)
    try:
        info, history = result.metadata or {}, list[str]()
        episode.emails = result.observation.total_emails
        while not result.done:
            reply = parse_reply(await ask(build_messages(info, result.observation, history)))
            action = reply.action if reply.parsed else {}
            result = await _answer(url, client.step(action))
            told = result.metadata or {}
            history.append(history_line(len(history) + 1, action, result.reward or 0.0))
            episode.unreadable += not reply.parsed
            episode.obeyed += bool(told.get("obeyed"))
            for name in COMPONENTS:
                episode.points[name] += told["rubric"][name]
            episode.score = (await _answer(url, client.state())).episode_score
    finally:
        await client.close()


async def check(url: str, choice: dict[str, Any]) -> None:
    """Make sure that an inbox can be played, without playing it.

    Args:
        url: The address of the server.
        choice: What the reset is told.

    Raises:
        NoServerError: If the server does not answer.
        RuntimeError: If it has no such inbox.
    """
    client, _ = await _opened(url, choice)
    await client.close()


def reply_text(text: str, arguments: Iterable[object]) -> str:
    """Return all that a model said: its text, and the arguments of tools that it imagined.

    Args:
        text: The text, empty if there is none.
        arguments: Of each call, as a text or already read.

    Returns:
        What `parse_reply` reads.
    """
    calls = (part if isinstance(part, str) else json.dumps(part) for part in arguments if part)
    return "\n".join(part for part in (text, *calls) if part)


async def _opened(
    url: str, choice: dict[str, Any]
) -> tuple[EmailTriageClient, StepResult[EmailTriageObservation]]:
    """Begin an episode, after a while if all sessions of the server are taken."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        # A client of an older release of OpenEnv does not get over a refusal.
        client = EmailTriageClient(url)
        try:
            return client, await _answer(url, client.reset(**choice))
        except BaseException as error:
            await client.close()
            if not _is_full(error):
                raise
            if time.monotonic() > deadline:
                raise NoServerError(
                    f"The server at {url} has had no session to spare for "
                    f"{PATIENCE_SECONDS / 60:.0f} minutes; start it with a higher "
                    f"MAX_CONCURRENT_ENVS, or play fewer inboxes at once."
                ) from error
        await asyncio.sleep(PAUSE_SECONDS)


def _is_full(error: BaseException) -> bool:
    """Say whether a server refused a session: it says so and hangs up, which can be heard first."""
    return "CAPACITY_REACHED" in str(error) or isinstance(error.__cause__, ConnectionClosedOK)


async def _answer(url: str, call: Awaitable[ResultT]) -> ResultT:
    """Wait for the server, and say what helps if it does not answer."""
    try:
        return await call
    except (OSError, WebSocketException, ValueError, KeyError, TypeError) as error:
        shown = " ".join(str(error).split()) or type(error).__name__
        raise NoServerError(
            f"No server of email triage answers at {url} ({shown:.{MAX_ERROR_LENGTH}}); start one "
            f"with `python -m email_triage_env.server.app`, or set `url` to where one is, and play "
            f"the inbox again."
        ) from error
