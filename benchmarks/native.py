"""Steps a second over OpenEnv's own protocol, against the echo environment of OpenEnv's template.

    python -m benchmarks.native

Needs openenv, see README. Three servers run at the same time: ours as its own module starts it,
echo as its image does, and echo once more under the flags that our module gives uvicorn, which tell
what of the ratio is the flags'. Echo is made by `openenv init` in a temporary folder. One client
loop, in a process of its own, plays a burst of episodes on one server and then on the next. Ours
deals and grades; echo is sent the same summaries and returns them. No summary was ever sent before,
so that the grader must read each. The mail it has read before, as when a trainer samples a group of
episodes on each deal; two more lines use each deal once. All sockets start an episode before any of
them steps, so that steps are timed alone. The ratios are of steps, of steps to echo under our
flags, of steps with their resets, and of the processor's time for a step, which says what a busy
machine hides.
"""

import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.uvicorns import OURS, SAME_FLAGS, Uvicorn, echo, generate_echo, running
from deck import deal
from quality.search import key_actions

try:
    from openenv.core import GenericEnvClient
    from openenv.core.client_types import StepResult
    from websockets.asyncio.client import ClientConnection, connect
except ImportError as error:
    raise SystemExit("openenv is missing; it has an environment of its own, see README.") from error

ROUNDS: Final = 7
STEPS: Final = 8
EPISODES: Final = 128
# Half as many mails as the grader keeps in mind.
KNOWN_DEALS: Final = 64
# The answer key with a needless sentence; less than this says that something was not graded.
LEAST_SCORE: Final = 0.7
# What share of the steps of echo is due, for mail that was read before and for new mail.
BARS: Final = {(False, 1): 0.70, (False, 32): 0.50, (True, 1): 0.42, (True, 32): 0.25}


class RawClient:
    """As little as a client can do: send text, wait for text, read its JSON."""

    _socket: ClientConnection

    def __init__(self, url: str) -> None:
        self._url = f"{url.replace('http', 'ws', 1)}/ws"

    async def __aenter__(self) -> "RawClient":
        self._socket = await connect(self._url, proxy=None)
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._socket.close()

    async def reset(self, **choice: object) -> StepResult[Any]:
        """Start an episode."""
        return await self._ask("reset", choice)

    async def step(self, action: dict[str, str]) -> StepResult[Any]:
        """Take one step."""
        return await self._ask("step", action)

    async def _ask(self, kind: str, data: object) -> StepResult[Any]:
        await self._socket.send(json.dumps({"type": kind, "data": data}))
        return StepResult(**json.loads(await self._socket.recv())["data"])


class Case(NamedTuple):
    """Which client, on how many sockets, and whether every deal is new."""

    client: Any
    sockets: int
    new_mail: bool


class Episode(NamedTuple):
    """What one episode sends."""

    choice: dict[str, Any]
    actions: list[dict[str, str]]


class Spent(NamedTuple):
    """Seconds of one measurement: of the steps, of the resets, and of the server's processor."""

    steps: float = 0.0
    resets: float = 0.0
    processor: float = 0.0


CASES: Final = [
    Case(client, sockets, new_mail)
    for client, new_mail in ((RawClient, False), (GenericEnvClient, False), (RawClient, True))
    for sockets in (1, 32)
]
notes = count()
new_deals = count(KNOWN_DEALS)


def episodes(case: Case) -> list[Episode]:
    """Return the episodes of one measurement; their summaries have never been sent."""
    found = []
    for number in range(EPISODES):
        index = next(new_deals) if case.new_mail else number % KNOWN_DEALS
        actions = [
            {**vars(action), "summary": f"{action.summary} It is note x{next(notes)}."}
            for action in key_actions(deal("mixed", "train", index))
        ]
        found.append(Episode({"split": "train", "index": index}, actions))
    return found


def echoed(work: list[Episode]) -> list[Episode]:
    """Return the same episodes as the echo environment understands them."""
    return [
        Episode({}, [{"message": action["summary"]} for action in episode.actions])
        for episode in work
    ]


async def measure(servers: Sequence[Uvicorn], case: Case) -> list[Spent]:
    """Play the same episodes on each server, a burst on one and then a burst on the other."""
    ours = episodes(case)
    echoes = echoed(ours)
    work = [ours, *(echoes for _ in servers[1:])]
    spent = [Spent() for _ in servers]
    async with AsyncExitStack() as stack:
        clients = [
            [await stack.enter_async_context(case.client(server.url)) for _ in range(case.sockets)]
            for server in servers
        ]
        for i in range(0, EPISODES, case.sockets):
            for who, server in enumerate(servers):
                burst = list(zip(clients[who], work[who][i : i + case.sockets], strict=True))
                one = await _play_burst(server, burst)
                spent[who] = Spent(*map(sum, zip(spent[who], one, strict=True)))
    return spent


async def _play_burst(server: Uvicorn, burst: list[tuple[Any, Episode]]) -> Spent:
    """Start an episode on every socket, and when all have started, play them."""
    started = time.perf_counter()
    await asyncio.gather(*(client.reset(**episode.choice) for client, episode in burst))
    resets, processor = time.perf_counter() - started, server.cpu_seconds()
    started = time.perf_counter()
    answers = await asyncio.gather(*(_play(client, todo.actions) for client, todo in burst))
    steps, processor = time.perf_counter() - started, server.cpu_seconds() - processor
    for answer, (_, episode) in zip(answers, burst, strict=True):
        if episode.choice and answer.metadata.get("episode_score", 0.0) < LEAST_SCORE:
            raise SystemExit(f"An episode of the answer key ended with {answer.metadata}.")
    return Spent(steps, resets, processor)


async def _play(client: Any, actions: list[dict[str, str]]) -> Any:  # noqa: ANN401 # two clients
    return [await client.step(action) for action in actions][-1]


def main() -> None:
    """Print the figures."""
    rounds: dict[Case, list[list[Spent]]] = {case: [] for case in CASES}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate_echo(folder)
        with (
            running(OURS) as ours,
            running(echo(folder)) as theirs,
            running(echo(folder, SAME_FLAGS)) as same,
        ):
            for _ in range(ROUNDS):
                # The new deals of the round before have taken the place of the known ones.
                asyncio.run(measure([ours], CASES[0]))
                for case, found in rounds.items():
                    found.append(asyncio.run(measure([ours, theirs, same], case)))
    print(
        "steps a second of          mail sockets   ours   echo  ratio (range)  same flags  resets"
        "   CPU"
    )
    for case, found in rounds.items():
        report(case, found)


def report(case: Case, rounds: list[list[Spent]]) -> None:
    """Print the medians over the rounds, of ratios and not of what they are made of."""
    steps = EPISODES * STEPS
    mine, other = (
        statistics.median(steps / spent[who].steps for spent in rounds) for who in (0, 1)
    )
    ratios = sorted(theirs.steps / ours.steps for ours, theirs, _ in rounds)
    alike = [same.steps / ours.steps for ours, _, same in rounds]
    whole = [sum(theirs[:2]) / sum(ours[:2]) for ours, theirs, _ in rounds]
    processor = [theirs.processor / ours.processor for ours, theirs, _ in rounds]
    ratio, bar = statistics.median(ratios), BARS[case.new_mail, case.sockets]
    print(
        f"{case.client.__name__:<16}{'never read' if case.new_mail else 'read before':>15}"
        f"{case.sockets:8}{mine:7,.0f}{other:7,.0f}{ratio:7.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})"
        f"{statistics.median(alike):10.2f}{statistics.median(whole):8.2f}"
        f"{statistics.median(processor):6.2f}  {'meets' if ratio >= bar else 'misses'} {bar:.2f}"
    )


if __name__ == "__main__":
    main()
