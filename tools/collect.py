"""Collect episodes in a file: python -m tools.collect --policy keyword --out DIR ...

Plays inboxes of a split on a running server and writes one line of DIR/episodes.jsonl for each. It
can be stopped in any way: the same command plays what is missing. See `tools.episodes.policies`
for who can decide; a model's credential comes from HF_TOKEN or API_KEY and is written nowhere.
"""

import asyncio
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import AsyncExitStack
from functools import partial
from math import inf
from pathlib import Path
from typing import Final, Self

from tqdm import tqdm

import inference
from email_triage_env import VERSION
from email_triage_env.server.splits import (
    DIFFICULTIES,
    MIXED,
    UnknownIndexError,
    split_sizes,
    task_id_at,
)
from tasks import TASKS
from tools.episodes.collection import Collection, OutputError
from tools.episodes.playing import (
    Inbox,
    LostEpisodeError,
    Player,
    ServerError,
    check_server,
    play,
    retrying,
)
from tools.episodes.policies import (
    CHAT,
    POLICIES,
    RANDOM,
    Endpoint,
    EndpointError,
    PolicyError,
    check_address,
    check_policy,
    reference_player,
)
from tools.episodes.records import Settings

# No split is so large that the draws of two seeds meet.
SEED_STRIDE: Final = 1_000_000
INTERRUPTED: Final = 130
RESUME: Final = "The same command plays what is missing."


def main(arguments: list[str] | None = None) -> int:
    """Collect episodes.

    Args:
        arguments: The command line, without the name of the program.

    Returns:
        The exit status: 0 when all episodes are in the file.
    """
    options = _parser().parse_args(arguments)
    try:
        settings = _settings(options)
        inboxes = _inboxes(options, settings)
        with Collection(options.out, settings) as collection:
            if collection.dropped:
                _say("The last line had no end and was dropped; its episode is played again.")
            asyncio.run(_collect(options, settings, inboxes, collection))
            scores = [collection.scores[inbox.number] for inbox in inboxes]
    except KeyboardInterrupt:
        _say(f"Stopped. {RESUME}")
        return INTERRUPTED
    except (PolicyError, UnknownIndexError, OutputError) as error:
        _say(str(error))
        return 2
    except (ServerError, EndpointError) as error:
        _say(f"{error} {RESUME}")
        return 1
    mean = sum(scores) / len(scores)
    sys.stdout.write(f"{len(scores)} episodes in {options.out}, mean score {mean:.4f}\n")
    return 0


async def _collect(
    options: Namespace, settings: Settings, inboxes: list[Inbox], collection: Collection
) -> None:
    missing = [inbox for inbox in inboxes if inbox.number not in collection.scores]
    async with AsyncExitStack() as stack:
        player_for: Callable[[Inbox], Player] = partial(reference_player, settings.policy)
        if settings.policy == CHAT:
            address = options.base_url or inference.API_BASE_URL
            endpoint = Endpoint(address, settings, options.retries, options.request_seconds)
            await stack.enter_async_context(endpoint)
            player_for = endpoint.player
        url = check_address("--url", options.url)
        if missing:
            await asyncio.to_thread(check_server, url)
        done = [collection.scores[inbox.number] for inbox in set(inboxes) - set(missing)]
        progress = stack.enter_context(_Progress(len(inboxes), done))

        async def session(pending: Iterator[Inbox]) -> None:
            for inbox in pending:
                attempt = partial(play, url, settings, inbox, player_for)
                record = await retrying(attempt, options.retries, LostEpisodeError)
                collection.append(record)
                progress.add(record.episode_score)

        # All sessions take from one iterator, so each inbox is played once.
        pending = iter(missing)
        sessions = min(options.sessions, len(missing))
        await _all_or_none([session(pending) for _ in range(sessions)])


async def _all_or_none(sessions: Sequence[Coroutine[None, None, None]]) -> None:
    """Wait for all sessions; the first that fails ends the others."""
    running = [asyncio.create_task(session) for session in sessions]
    try:
        await asyncio.gather(*running)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


class _Progress:
    """The bar on stderr, with the mean score so far."""

    def __init__(self, episodes: int, done: list[float]) -> None:
        """Start with the scores of the episodes that were there before."""
        self._total = sum(done)
        self._bar = tqdm(total=episodes, initial=len(done), unit="episode")

    def add(self, score: float) -> None:
        """Count one more episode."""
        self._total += score
        self._bar.set_postfix(mean=f"{self._total / (self._bar.n + 1):.3f}", refresh=False)
        self._bar.update()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._bar.close()


def _settings(options: Namespace) -> Settings:
    check_policy(options.policy)
    chat, drawn = options.policy == CHAT, options.policy == RANDOM
    if not chat and any((options.base_url, options.model, options.temperature is not None)):
        raise PolicyError("--base-url, --model and --temperature are for --policy chat.")
    if not drawn and options.seed is not None:
        raise PolicyError("--seed is for --policy random.")
    temperature = inference.TEMPERATURE if options.temperature is None else options.temperature
    return Settings(
        version=VERSION,
        split=options.split,
        difficulty=options.difficulty,
        policy=options.policy,
        seed=(options.seed or 0) if drawn else None,
        model=(options.model or inference.MODEL_NAME) if chat else None,
        temperature=temperature if chat else None,
        max_tokens=inference.MAX_TOKENS if chat else None,
    )


def _inboxes(options: Namespace, settings: Settings) -> list[Inbox]:
    """Return the inboxes to play, or fail where the split has not that many."""
    numbers = range(options.start, options.start + options.episodes)
    task_id_at(settings.split, numbers[-1], settings.difficulty)
    return [_inbox(settings, number) for number in numbers]


def _inbox(settings: Settings, number: int) -> Inbox:
    task_id = task_id_at(settings.split, number, settings.difficulty)
    difficulty = TASKS[task_id].difficulty if task_id in TASKS else task_id.split("-")[1]
    seed = None if settings.seed is None else settings.seed * SEED_STRIDE + number
    return Inbox(number, task_id, difficulty, seed)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _whole(least: int, text: str) -> int:
    number = int(text)
    if number < least:
        raise ArgumentTypeError(f"{text} is too small; the least is {least}")
    return number


def _amount(least: float, text: str) -> float:
    number = float(text)
    if not least <= number < inf:
        raise ArgumentTypeError(f"{text} is no number from {least}")
    return number


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m tools.collect", description=__doc__)
    add = parser.add_argument
    add("--split", choices=tuple(split_sizes()), required=True)
    add("--difficulty", choices=DIFFICULTIES, default=MIXED)
    add("--start", type=partial(_whole, 0), default=0, help="number of the first inbox (0)")
    add("--episodes", type=partial(_whole, 1), required=True, help="how many inboxes")
    add("--policy", required=True, help=f"who decides: {', '.join(POLICIES)}")
    add("--seed", type=partial(_whole, 0), help="of the random policy (0)")
    add("--url", default="http://127.0.0.1:8000", help="the server (%(default)s)")
    add("--sessions", type=partial(_whole, 1), default=8, help="played at a time (%(default)s)")
    add("--retries", type=partial(_whole, 0), default=5, help="after a failure (%(default)s)")
    add("--out", type=Path, required=True, help="directory of episodes.jsonl and manifest.json")
    add("--base-url", help="endpoint of the chat policy (API_BASE_URL)")
    add("--model", help="its model (MODEL_NAME)")
    add("--temperature", type=partial(_amount, 0.0), help="(0.2)")
    add(
        "--request-seconds", type=partial(_amount, 0.01), default=60.0, help="per try (%(default)s)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
