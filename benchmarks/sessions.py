"""Many sessions on one server at once: every episode as if alone, none lost, and memory bounded.

    python -m benchmarks.sessions

Needs openenv, see README. Each session plays its episodes one after the other over one WebSocket,
all on different deals of train and by policies that change from episode to episode: by the answer
key, with labels drawn at random, by keyword, and with actions that are no decision. Then one
session plays the same episodes again on a fresh server, and every answer must be the same.

The server's resident memory is read after every episode. In the first tenth all sessions open and
the grader's tables fill: of mails and summaries it keeps the last 1024 of each, and a tenth of the
episodes has as many. Afterwards memory may grow by no more than 3 %, which is what the allocator
and a few thousand accepted wordings take; three times that is lost where 2 KiB are kept a step.
"""

import asyncio
import time
from itertools import count
from typing import Any, Final

from benchmarks.uvicorns import MAX_SESSIONS, Uvicorn, running
from deck import deal
from quality.policies import EMPTY_ANSWERS, Policy, answer_key, keyword, numbered_draw

try:
    from email_triage_env.client import EmailTriageClient
except ImportError as error:
    raise SystemExit("openenv is missing; it has an environment of its own, see README.") from error

EPISODES: Final = 20
TOTAL: Final = MAX_SESSIONS * EPISODES
FIRST: Final = TOTAL // 10
NOISE: Final = 0.03
# Stops the play of an environment that never ends.
STEP_LIMIT: Final = 50
NO_DECISION: Final = EMPTY_ANSWERS["blank fields"]

Transcript = list[dict[str, Any]]


def policy_of(number: int) -> Policy:
    """Return how an episode is played; sessions that run side by side play differently."""
    policies = scattered(number), keyword, answer_key, stumbling()
    return policies[(number + number // EPISODES) % len(policies)]


def scattered(number: int) -> Policy:
    """Return the policy that draws label and team, but writes what a good reader writes."""
    draw = numbered_draw(number)
    return lambda seen, truth: draw(seen, truth).model_copy(
        update={"summary": truth.reference_summary}
    )


def stumbling() -> Policy:
    """Return the policy that knows the answers, but makes no decision at every fourth step."""
    steps = count(start=3)
    return lambda seen, truth: answer_key(seen, truth) if next(steps) % 4 else NO_DECISION


async def play(client: EmailTriageClient, number: int) -> Transcript:
    """Play the episode of that number and return every answer of the server."""
    task, policy = deal("mixed", "train", number), policy_of(number)
    result = await client.reset(split="train", index=number, episode_id=f"episode-{number}")
    transcript = [_told(result)]
    for _ in range(STEP_LIMIT):
        if result.done:
            transcript.append((await client.state()).model_dump())
            return transcript
        seen = result.observation
        result = await client.step(policy(seen, task.ground_truth[seen.email_id]))
        transcript.append(_told(result))
    raise SystemExit(f"Episode {number} did not end in {STEP_LIMIT} steps.")


def _told(result: Any) -> dict[str, Any]:  # noqa: ANN401 # openenv ships no types
    return {**vars(result), "observation": result.observation.model_dump()}


async def play_at_once(server: Uvicorn) -> tuple[dict[int, Transcript], list[float], list[str]]:
    """Play every session at once.

    Returns:
        The transcript of each episode, the memory after each, and what ended a session too early.
    """
    transcripts: dict[int, Transcript] = {}
    memory: list[float] = []

    async def session(first: int) -> None:
        async with EmailTriageClient(server.url) as client:
            for number in range(first, first + EPISODES):
                transcripts[number] = await play(client, number)
                memory.append(server.memory())

    ended = await asyncio.gather(
        *(session(first) for first in range(0, TOTAL, EPISODES)), return_exceptions=True
    )
    return transcripts, memory, [repr(error) for error in ended if error is not None]


async def play_alone(server: Uvicorn) -> dict[int, Transcript]:
    """Play the same episodes one after the other."""
    async with EmailTriageClient(server.url) as client:
        return {number: await play(client, number) for number in range(TOTAL)}


def main() -> None:
    """Print the figures, and exit with 1 if a claim does not hold."""
    with running() as server:
        started = time.perf_counter()
        transcripts, memory, lost = asyncio.run(play_at_once(server))
        seconds = time.perf_counter() - started
        at_rest = server.memory()
    with running() as server:
        alone = asyncio.run(play_alone(server))
    equal = sum(transcripts.get(number) == transcript for number, transcript in alone.items())
    answers = sum(map(len, alone.values()))
    print(f"sessions at once              {MAX_SESSIONS:8}   {EPISODES} episodes each")
    print(f"sessions lost                 {len(lost):8}   {' '.join(lost)[:200]}")
    print(f"transcripts equal             {equal:8}   of {TOTAL}, {answers:,} answers")
    print(f"episodes a second             {TOTAL / seconds:8.1f}")
    if len(memory) < TOTAL:
        raise SystemExit(1)
    early, highest = max(memory[:FIRST]), max(memory[FIRST:])
    print(f"memory after {FIRST:4} episodes    {memory[FIRST - 1]:8.1f}   MiB, at most {early:.1f}")
    print(f"highest after that            {highest:8.1f}   MiB, {highest / early - 1:+.1%}")
    print(f"after the last episode        {memory[-1]:8.1f}   MiB, {at_rest:.1f} without sessions")
    if lost or equal < TOTAL or highest > early * (1 + NOISE):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
