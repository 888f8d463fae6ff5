"""Sessions of a native server: many at once, none in another's place, and no slot lost."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from socket import SHUT_RDWR
from typing import Any

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

import requests
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from deck import deal
from email_triage_env.client import EmailTriageClient
from processes import Server, running_native
from quality.policies import answer_key, keyword, numbered_draw

SESSIONS = 64
EPISODES = 3
SLOTS = 2
# A slot is free once OpenEnv has noticed, which it promises for no particular time.
FREE_SECONDS = 60.0
STEP_LIMIT = 20
STEP = {"type": "step", "data": {"label": "archive", "summary": "", "route_to": "billing"}}
CREATE = {"jsonrpc": "2.0", "id": 1, "method": "openenv/session/create"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server with two slots."""
    log = tmp_path_factory.mktemp("small") / "server.log"
    with running_native(log, {"MAX_CONCURRENT_ENVS": str(SLOTS)}) as server:
        yield server


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server with two slots that frees one if its session is idle for a second."""
    log = tmp_path_factory.mktemp("impatient") / "server.log"
    variables = {"MAX_CONCURRENT_ENVS": str(SLOTS), "SESSION_TIMEOUT_SECONDS": "1"}
    with running_native(log, variables) as server:
        yield server


def address(server: Server) -> str:
    """Return where a session begins."""
    return f"{server.url.replace('http', 'ws', 1)}/ws"


def ask(client: ClientConnection, message: dict[str, Any]) -> dict[str, Any]:
    """Send a message and return the answer."""
    # A refused session is closed at once, and what it was told can still be read.
    with suppress(ConnectionClosed):
        client.send(json.dumps(message))
    answer: dict[str, Any] = json.loads(client.recv(timeout=FREE_SECONDS))
    return answer


def reset_to(index: int) -> dict[str, Any]:
    """Return the message that opens an inbox of train."""
    return {"type": "reset", "data": {"split": "train", "index": index}}


def create_over_http(server: Server) -> dict[str, Any]:
    """Ask for a session over POST /mcp and return the answer."""
    answer: dict[str, Any] = requests.post(f"{server.url}/mcp", json=CREATE, timeout=30).json()
    return answer


def until(succeeds: Callable[[], bool]) -> None:
    """Try again and again, because a slot is freed some time after its session has ended."""
    deadline = time.monotonic() + FREE_SECONDS
    while not succeeds():
        assert time.monotonic() < deadline, "No slot was freed."
        time.sleep(0.1)


def takes_slot(server: Server, taken: list[ClientConnection], held: ExitStack) -> bool:
    """Say whether a new session is accepted; if so, it is kept."""
    with ExitStack() as attempt:
        client = attempt.enter_context(connect(address(server), proxy=None))
        if ask(client, reset_to(0))["type"] == "error":
            return False
        held.enter_context(attempt.pop_all())
    taken.append(client)
    return True


def fill(server: Server, held: ExitStack) -> list[ClientConnection]:
    """Take every slot, once those that were taken before are free."""
    taken: list[ClientConnection] = []
    until(lambda: takes_slot(server, taken, held) and len(taken) == SLOTS)
    return taken


async def transcript(client: EmailTriageClient, number: int) -> list[object]:
    """Play an episode and return all that the server said; the same inbox is played thrice."""
    index = number % SESSIONS
    task = deal("mixed", "train", index)
    policy = (numbered_draw(number), keyword, answer_key)[number % 3]
    result = await client.reset(split="train", index=index, episode_id=f"episode-{number}")
    told: list[object] = [vars(result)]
    for _ in range(STEP_LIMIT):
        seen = result.observation
        result = await client.step(policy(seen, task.ground_truth[seen.email_id]))
        told.append(vars(result))
        if result.done:
            return [*told, await client.state()]
    raise AssertionError(f"Episode {number} did not end.")


async def session(url: str, numbers: range) -> list[list[object]]:
    """Play some episodes one after the other in one session."""
    async with EmailTriageClient(url) as client:
        return [await transcript(client, number) for number in numbers]


def test_sessions_at_once_play_as_if_alone(native: Server) -> None:
    """Each of 64 sessions at once is told what a single session is told, and none is lost."""

    async def at_once() -> list[list[list[object]]]:
        firsts = range(0, SESSIONS * EPISODES, EPISODES)
        return await asyncio.gather(
            *(session(native.url, range(first, first + EPISODES)) for first in firsts)
        )

    together = [told for episodes in asyncio.run(at_once()) for told in episodes]
    alone = asyncio.run(session(native.url, range(SESSIONS * EPISODES)))
    assert len(together) == SESSIONS * EPISODES
    assert together == alone


def test_full_server_refuses_and_recovers(small: Server) -> None:
    """Without a free slot a session is refused by OpenEnv's own error, and with one accepted."""
    with ExitStack() as held:
        fill(small, held)
        with connect(address(small), proxy=None) as refused:
            error = json.loads(refused.recv())
            assert error["data"]["code"] == "CAPACITY_REACHED"
            assert error["data"]["max_sessions"] == SLOTS
        client = EmailTriageClient(small.url).sync()
        with client, pytest.raises(RuntimeError, match="CAPACITY_REACHED"):
            client.reset()
    with ExitStack() as held:
        fill(small, held)


def test_dropped_connection_frees_slot(small: Server) -> None:
    """Clients that vanish without a goodbye, as a killed one does, leave no session behind."""
    with ExitStack() as held:
        for client in fill(small, held):
            client.socket.shutdown(SHUT_RDWR)
        fill(small, held)


def test_idle_session_frees_slot_and_says_so(impatient: Server) -> None:
    """An idle session makes room, and its client is told so and gets no other inbox."""
    with ExitStack() as held:
        idle, _ = fill(impatient, held)
        fill(impatient, held)
        # The slot is free a moment before the session is closed.
        until(lambda: ask(idle, STEP)["type"] == "error")
        for message in (STEP, reset_to(1), {"type": "state"}):
            answer = ask(idle, message)
            assert answer["type"] == "error"
            assert "session has ended" in answer["data"]["message"]


def test_abandoned_session_of_http_frees_slot(impatient: Server) -> None:
    """A session created over POST /mcp, which nobody may ever use, makes room."""
    for _ in range(SLOTS):
        until(lambda: "result" in create_over_http(impatient))
    with ExitStack() as held:
        fill(impatient, held)
