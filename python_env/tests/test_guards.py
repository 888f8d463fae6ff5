"""What stands in front of the routes: frames, sizes, origins, a prefix."""

import json
from typing import Any

import pytest
from fastapi import WebSocketDisconnect
from fastapi.testclient import TestClient

from python_env.server.app import create_app
from python_env.server.configuration import MisconfiguredError
from python_env.server.guards import DEEPEST, MAX_BYTES, flaw_in, is_same
from python_env.server.shared import Shared
from python_env.tests.playing import APPROVE

DEEP = "[" * (DEEPEST + 5) + "]" * (DEEPEST + 5)
BAD_FRAMES = [
    pytest.param("{", id="no-json"),
    pytest.param("[]", id="list"),
    pytest.param("null", id="null"),
    pytest.param("7", id="number"),
    pytest.param("[" * 100_000, id="endless"),
    pytest.param(f'{{"type": "step", "data": {{"x": {DEEP}}}}}', id="deep"),
    pytest.param(f'{{"type": "reset", "data": {{"seed": {"9" * 5000}}}}}', id="long-number"),
    pytest.param('{"type": "step", "data": {"\\ud800": 1}}', id="half-a-name"),
    pytest.param('{"type": "\\ud800"}', id="half-a-type"),
    pytest.param('{"type": "reset", "data": {"episode_id": "\\udfff"}}', id="half-an-id"),
    pytest.param(json.dumps({"type": "step", "data": {"x": "y" * MAX_BYTES}}), id="large"),
]


def ask(socket: Any, kind: str, data: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: ANN401
    """Send a message and return the answer."""
    socket.send_json({"type": kind} if data is None else {"type": kind, "data": data})
    told: dict[str, Any] = socket.receive_json()
    return told


@pytest.mark.parametrize("frame", BAD_FRAMES)
def test_an_episode_survives_any_frame(client: TestClient, frame: str) -> None:
    """What is no message is an error, costs nothing, and the episode goes on."""
    with client.websocket_connect("/ws") as socket:
        ask(socket, "reset", {"task_id": "train-easy-1"})
        socket.send_text(frame)
        answer = socket.receive_json()
        assert (answer["type"], answer["data"]["code"] in ("INVALID_JSON", "VALIDATION_ERROR")) == (
            "error", True,
        )  # fmt: skip
        socket.send_bytes(b"\x00\xff")
        assert "binary" in socket.receive_json()["data"]["message"]
        assert ask(socket, "state")["data"]["step_count"] == 0
        assert ask(socket, "step", APPROVE)["data"]["done"]


@pytest.mark.parametrize("frame", BAD_FRAMES)
def test_mcp_survives_any_frame(client: TestClient, frame: str) -> None:
    """Over /mcp the same is an error of JSON-RPC."""
    with client.websocket_connect("/mcp") as socket:
        socket.send_text(frame)
        assert socket.receive_json()["jsonrpc"] == "2.0"
        socket.send_json({"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
        assert socket.receive_json()["id"] == 1


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param({"type": "nonsense"}, id="type"),
        pytest.param({"type": ["reset"]}, id="list"),
        pytest.param({"type": "step"}, id="no-action"),
        pytest.param({"type": "step", "data": [APPROVE]}, id="action-list"),
        pytest.param({"type": "step", "data": APPROVE, "episode_id": "x"}, id="extra"),
        pytest.param({"type": "reset", "data": {"task_id": "nowhere"}}, id="task"),
        pytest.param({"type": "reset", "data": {"self": 1, "kwargs": 2}}, id="self"),
    ],
)
def test_a_message_that_is_wrong_is_answered(client: TestClient, frame: dict[str, Any]) -> None:
    """OpenEnv answers it, and the episode goes on."""
    with client.websocket_connect("/ws") as socket:
        ask(socket, "reset", {"task_id": "train-easy-1"})
        socket.send_json(frame)
        assert socket.receive_json()["type"] == "error"
        assert ask(socket, "step", APPROVE)["data"]["done"]


def test_a_value_that_is_half_a_character_is_for_the_environment(client: TestClient) -> None:
    """As what is no action it costs a step."""
    with client.websocket_connect("/ws") as socket:
        ask(socket, "reset", {"task_id": "train-easy-1"})
        socket.send_text('{"type": "step", "data": {"operation": "\\ud800"}}')
        answer = socket.receive_json()
        assert answer["type"] == "observation" or answer["data"]["code"] == "VALIDATION_ERROR"
        assert ask(socket, "step", APPROVE)["data"]["done"]


def test_good_frames_have_no_flaw() -> None:
    """Brackets in a text, and escapes that are whole characters, are none."""
    for data in ({"patch": "[" * 500}, {"rationale": "\\ud83d\\ude00"}, {"x": "\U0001f600"}):
        assert flaw_in(json.dumps({"type": "step", "data": data})) is None


def test_bodies_have_a_size(client: TestClient) -> None:
    """What is too large is not read, with a length and without one."""
    large = b'{"code": "' + b"x" * MAX_BYTES + b'"}'
    for content in (large, iter([large[:1000], large[1000:]])):
        answer = client.post("/review", content=content)
        assert (answer.status_code, "bytes" in answer.json()["detail"]) == (413, True)
    assert client.post("/review", json={"code": ""}).status_code == 200


@pytest.mark.parametrize("path", ["/ws", "/mcp"])
@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://testserver.evil.example", "null", "nonsense", "http:"],
)
def test_pages_of_others_may_not_play(client: TestClient, path: str, origin: str) -> None:
    """A page of another origin is refused by a WebSocket and by every route."""
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect(path, headers={"Origin": origin}),
    ):
        pass
    for route in ("/web", "/reset", "/history"):
        answer = client.post(route, headers={"Origin": origin})
        assert (answer.status_code, "ALLOWED_ORIGINS" in answer.text) == (403, True)


def test_own_pages_may_play(client: TestClient) -> None:
    """The origin that the header Host names is the server's own."""
    with client.websocket_connect("/ws", headers={"Origin": "http://testserver"}) as socket:
        assert ask(socket, "state")["type"] == "state"
    assert is_same("https://host", "host:443")
    assert not is_same("https://host", "host:8443")
    assert not is_same("https://host:x", "host")


@pytest.mark.parametrize("listed", ["https://Friend.example", "*"])
def test_listed_pages_may_play(house: Shared, monkeypatch: pytest.MonkeyPatch, listed: str) -> None:
    """ALLOWED_ORIGINS lets them in, and lets a browser show them the answers."""
    monkeypatch.setenv("ALLOWED_ORIGINS", listed)
    client = TestClient(create_app(house))
    headers = {"Origin": "https://friend.example"}
    with client.websocket_connect("/ws", headers=headers) as socket:
        assert ask(socket, "state")["type"] == "state"
    answer = client.post("/reset", headers=headers)
    assert answer.headers["access-control-allow-origin"] in ("https://friend.example", "*")


def test_served_behind_a_prefix(house: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the proxy strips the prefix or not, all routes and redirects work."""
    monkeypatch.setenv("ROOT_PATH", "/review-desk/")
    client = TestClient(create_app(house))
    for prefix in ("", "/review-desk"):
        assert client.get(f"{prefix}/health").json() == {"status": "healthy"}
        assert client.get(f"{prefix}/tasks").status_code == 200
        with client.websocket_connect(f"{prefix}/ws") as socket:
            socket.send_text("[]")
            assert socket.receive_json()["type"] == "error"
    assert "/review-desk/openapi.json" in client.get("/docs").text


@pytest.mark.parametrize("prefix", ["/review", "/web", "/python_env/x", "review", "/a b"])
def test_a_prefix_that_is_a_route_is_refused(
    house: Shared, monkeypatch: pytest.MonkeyPatch, prefix: str
) -> None:
    """Both meanings of a path could not be told apart."""
    monkeypatch.setenv("ROOT_PATH", prefix)
    with pytest.raises(MisconfiguredError, match="ROOT_PATH is "):
        create_app(house)
