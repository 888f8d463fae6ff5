"""Plays many episodes on a running server and writes each down: the work of several commands.

It can be stopped in any way: the same work, begun again, plays what is missing.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from functools import partial
from http.client import HTTPException
from typing import Any, Final, NamedTuple, Self
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from tqdm import tqdm

from tools.episodes.collection import Collection, Outcome
from tools.episodes.endpoint import Endpoint, check_address, retrying
from tools.episodes.players import CHAT, model_player, policy_of, reference_player
from tools.episodes.playing import (
    ANSWER_SECONDS,
    LostEpisodeError,
    Player,
    ServerError,
    all_or_none,
    play,
    shown,
)
from tools.episodes.records import Place, Settings, record_of
from tools.subject import Subject

# No split is so large that the draws of two seeds meet.
SEED_STRIDE: Final = 1_000_000


class Asking(NamedTuple):
    """How an endpoint is asked.

    Attributes:
        address: Where it is.
        retries: How often what failed for a while is tried again; of episodes, too.
        seconds: How long one request may take.
    """

    address: str | None
    retries: int
    seconds: float


def check_server(subject: Subject, url: str) -> None:
    """Make sure that the server is there and is of this version.

    Args:
        subject: The environment.
        url: The address of its server.

    Raises:
        ServerError: If it is not.
    """
    start = f"start a server with `{subject.start_command()}`"
    local = urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")
    opener = build_opener(ProxyHandler({} if local else None))
    try:
        with opener.open(f"{url}/metadata", timeout=ANSWER_SECONDS) as answer:
            told = json.load(answer)
        name, version = told["name"], told["version"]
    except (OSError, HTTPException, ValueError, LookupError, TypeError) as error:
        raise ServerError(
            f"No server of this environment answers at {url} ({shown(error)}); {start}, or say "
            f"with --url where it is."
        ) from error
    if (name, version) != (subject.environment, subject.version):
        raise ServerError(
            f"The server at {url} is {name!r:.60} of version {version!r:.60} and this checkout has "
            f"{subject.environment!r} of {subject.version!r}; {start} from this checkout."
        )


def run(
    subject: Subject,
    url: str,
    settings: Settings,
    places: Sequence[Place],
    collection: Collection,
    asking: Asking,
    sessions: int,
) -> None:
    """Play what is missing.

    Args:
        subject: The environment.
        url: The address of its server.
        settings: What the episodes have in common.
        places: Which episodes there shall be.
        collection: Where they are kept.
        asking: How an endpoint is asked, where the policy is a model.
        sessions: How many episodes are played at a time.

    Raises:
        PolicyError: If the policy lacks something.
        ServerError: If the server does not answer, or not as this version does.
        EndpointError: If the endpoint gives no answer.
        OutputError: If an episode cannot be written.
    """
    asyncio.run(_run(subject, url, settings, places, collection, asking, sessions))


async def _run(
    subject: Subject,
    url: str,
    settings: Settings,
    places: Sequence[Place],
    collection: Collection,
    asking: Asking,
    sessions: int,
) -> None:
    missing = [place for place in places if place not in collection.outcomes]
    url = check_address("--url", url)
    async with AsyncExitStack() as stack:
        player_for = await _players(stack, subject, settings, asking)
        if missing:
            await asyncio.to_thread(check_server, subject, url)
        done = [collection.outcomes[place] for place in places if place in collection.outcomes]
        progress = stack.enter_context(_Progress(len(places), done))

        async def session(pending: Iterator[Place]) -> None:
            for place in pending:
                attempt = partial(_episode, subject, url, settings, place, player_for)
                record = await retrying(attempt, asking.retries, LostEpisodeError)
                collection.append(record)
                progress.add(collection.outcomes[place])

        # All sessions take from one iterator, so each task is played once.
        pending = iter(missing)
        await all_or_none([session(pending) for _ in range(min(sessions, len(missing)))])


async def _episode(
    subject: Subject,
    url: str,
    settings: Settings,
    place: Place,
    player_for: Callable[[str, Place], Player],
) -> Any:  # noqa: ANN401 # a record
    task_id = subject.splits.task_id_at(settings.split, place.index, settings.difficulty)
    client = subject.client(url, message_timeout_s=ANSWER_SECONDS)
    choice = {
        "split": settings.split, "index": place.index, "difficulty": settings.difficulty,
    }  # fmt: skip
    try:
        episode = await play(client, player_for(task_id, place), choice, subject.max_steps)
    finally:
        await client.close()
    if episode.task_id != task_id:
        raise LostEpisodeError(f"The server opened {episode.task_id!r:.60}, not {task_id!r}.")
    difficulty = subject.splits.difficulty_of(task_id)
    return record_of(episode, settings, place, difficulty, subject.highlights(episode))


async def _players(
    stack: AsyncExitStack, subject: Subject, settings: Settings, asking: Asking
) -> Callable[[str, Place], Player]:
    """Return who plays a task; each attempt gets a player without a past."""
    if settings.policy == CHAT:
        endpoint = Endpoint(
            address=asking.address,
            model=settings.model,
            temperature=settings.temperature or 0.0,
            max_tokens=settings.max_tokens or subject.prompt.MAX_TOKENS,
            retries=asking.retries,
            seconds=asking.seconds,
        )
        await stack.enter_async_context(endpoint)
        model = model_player(subject.prompt, endpoint.say, hide_rewards=settings.hide_rewards)
        return lambda _task_id, _place: model
    policy = policy_of(subject, settings.policy)

    def reference(task_id: str, place: Place) -> Player:
        draw = (settings.seed or 0) + place.trial
        number = draw * SEED_STRIDE + place.index
        return reference_player(subject.prompt, policy(task_id, number))

    return reference


class _Progress:
    """The bar on stderr, with the mean score so far and what was no decision of the policy's."""

    def __init__(self, episodes: int, done: Sequence[Outcome]) -> None:
        """Start with the episodes that were there before."""
        self._total = sum(outcome.score for outcome in done)
        self._failures = Counter[str]()
        for outcome in done:
            self._failures.update(outcome.failures)
        self._bar = tqdm(total=episodes, initial=len(done), unit="episode")

    def add(self, outcome: Outcome) -> None:
        """Count one more episode."""
        self._total += outcome.score
        self._failures.update(outcome.failures)
        mean = self._total / (self._bar.n + 1)
        failed = {name.replace(" ", "_"): count for name, count in self._failures.items()}
        self._bar.set_postfix(mean=f"{mean:.3f}", **failed, refresh=False)
        self._bar.update()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._bar.close()
