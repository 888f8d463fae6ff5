"""Sessions created over POST /mcp leave room for those who play."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

import requests
from fastapi.testclient import TestClient
from openenv.core.mcp_client import MCPToolClient

from email_triage_env import EmailTriageClient
from email_triage_env.server import slots
from email_triage_env.server.app import create_app
from processes import Server, running_native

SLOTS = 6
SHARE = SLOTS // 2
CREATE = "openenv/session/create"
CLOSE = "openenv/session/close"
STATE = json.dumps({"type": "state"})
Make = Callable[[int], TestClient]


def rpc(method: str, **params: object) -> dict[str, Any]:
    """Return a call."""
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


def created(client: TestClient) -> str | None:
    """Create a session and return its id; `None` if that is refused."""
    answer = client.post("/mcp", json=rpc(CREATE)).json()
    if "error" in answer:
        assert "POST /mcp" in answer["error"]["message"]
        return None
    return str(answer["result"]["session_id"])


def first_frame(client: TestClient, path: str) -> dict[str, Any]:
    """Open a WebSocket and return the first frame it answers."""
    with client.websocket_connect(path) as socket:
        socket.send_text(STATE)
        told: dict[str, Any] = socket.receive_json()
        return told


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Return a function that starts a server of so many slots, which keeps nobody waiting."""
    monkeypatch.setattr(slots, "PATIENCE", 0.0)
    with ExitStack() as stack:

        def made(number: int) -> TestClient:
            monkeypatch.setenv("MAX_CONCURRENT_ENVS", str(number))
            return stack.enter_context(TestClient(create_app()))

        yield made


def test_half_of_the_slots_stay_free(make: Make) -> None:
    """However many are created, clients that connect get in, and the refusal says what to do."""
    client = make(SLOTS)
    given = [created(client) for _ in range(3 * SLOTS)]
    assert len(set(given) - {None}) == SHARE
    with ExitStack() as held:
        for _ in range(SLOTS - SHARE):
            socket = held.enter_context(client.websocket_connect("/ws"))
            socket.send_text(STATE)
            assert socket.receive_json()["type"] == "state"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server of so few slots that frees what nobody came for after some seconds."""
    log = tmp_path_factory.mktemp("slots") / "server.log"
    variables = {"MAX_CONCURRENT_ENVS": str(SLOTS), "SESSION_TIMEOUT_SECONDS": "5"}
    with running_native(log, variables) as server:
        yield server


def test_mcp_clients_come_all_at_once(small: Server) -> None:
    """As many as there are slots are served: some wait until others have their WebSocket."""

    async def at_once() -> list[int]:
        clients = [MCPToolClient(small.url) for _ in range(SLOTS)]
        await asyncio.gather(*(client.connect() for client in clients))
        states = await asyncio.gather(*(client.state() for client in clients))
        await asyncio.gather(*(client.close() for client in clients))
        return [state.step_count for state in states]

    assert asyncio.run(at_once()) == [0] * SLOTS


def test_an_abandoned_server_is_played_on(small: Server) -> None:
    """After sessions were created and left alone, clients of both kinds play."""
    for _ in range(SHARE):
        answer = requests.post(f"{small.url}/mcp", json=rpc(CREATE), timeout=30).json()
        assert "result" in answer
    with EmailTriageClient(small.url).sync() as client:
        assert client.reset(task_id="task_hard").observation.email_id
    with MCPToolClient(small.url).sync() as tools:
        assert tools.reset(task_id="task_hard").observation.email_id


def test_one_that_is_attached_waits_no_more(make: Make) -> None:
    """A session that its WebSocket has come for is like any other, and so is one that is closed."""
    client = make(SLOTS)
    given = [created(client) for _ in range(SHARE)]
    assert created(client) is None
    assert first_frame(client, f"/ws?session_id={given[0]}")["type"] == "state"
    assert created(client) is not None
    assert created(client) is None
    client.post("/mcp", json=rpc(CLOSE, session_id=given[1]))
    assert created(client) is not None
    assert created(client) is None


def test_one_that_nobody_comes_for_makes_room(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while it is closed, as soon as somebody needs the slot; a single slot, too."""
    client = make(1)
    given = created(client)
    assert first_frame(client, "/ws")["data"]["code"] == "CAPACITY_REACHED"
    monkeypatch.setattr("email_triage_env.server.slots.time.monotonic", lambda: 1e9)
    assert first_frame(client, "/ws")["type"] == "state"
    assert "Unknown session_id" in first_frame(client, f"/ws?session_id={given}")["data"]["message"]
    assert created(client) is not None
    assert created(client) is None


@pytest.mark.parametrize(
    "body",
    ["[]", "7", "{", '{"method": []}', '{"method": "openenv/session/close", "params": [1]}',
     '{"method": "openenv/session/close", "params": {"session_id": [1]}}',
     '{"jsonrpc": "2.0", "method": "openenv\\/session\\/create", "more": 1}'],
)  # fmt: skip
def test_what_is_no_call_is_answered_as_before(body: str, make: Make) -> None:
    """OpenEnv's own errors come through, and take no room."""
    client = make(2)
    for _ in range(3):
        assert "error" in client.post("/mcp", content=body).json()
    assert created(client) is not None


def test_a_call_in_disguise_is_counted(make: Make) -> None:
    """However the method is spelt in JSON, it creates a session."""
    client = make(2)
    body = '{"jsonrpc": "2.0", "id": 1, "method": "openenv\\/session\\u002fcreate"}'
    assert "result" in client.post("/mcp", content=body).json()
    assert created(client) is None
