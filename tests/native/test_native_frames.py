"""No frame that a client can send ends a session, but one that says so."""

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

from websockets.sync.client import ClientConnection, connect

from email_triage_env.server.frames import DEEPEST, flaw_in
from processes import Server
from quality.search import key_actions
from tasks import TASKS

FRAMES = 1000
RPC_FRAMES = 300
SECONDS = 30
HALVES = ("\\ud800", "\\uDBFF", "\\udc00", "\\uDFff", "\\ude00\\ud83d", "a\\ud83dz")
WORDS = ("step", "reset", "state", "close", "mcp", "type", "data", "label", "summary", "\\u00e9")
Draw = random.Random
Frame = str | bytes


def _value(draw: Draw, depth: int = 0) -> str:
    """Return any JSON, as text."""
    plain = [
        lambda: json.dumps(draw.choice(WORDS)), lambda: str(draw.randrange(-9, 10**9)),
        lambda: draw.choice(["null", "true", "NaN", "-Infinity", "1e400", "-0.0", '""']),
        lambda: f'"{draw.choice(HALVES)}"',
    ]  # fmt: skip
    nested = [
        lambda: f"[{','.join(_value(draw, depth + 1) for _ in range(draw.randrange(4)))}]",
        lambda: f"{{{','.join(_entry(draw, depth) for _ in range(draw.randrange(4)))}}}",
    ]
    return draw.choice(plain if depth > 4 else [*plain, *nested])()


def _entry(draw: Draw, depth: int) -> str:
    return f'"{draw.choice((*WORDS, *HALVES))}":{_value(draw, depth + 1)}'


def _binary(draw: Draw) -> Frame:
    return draw.choice([draw.randbytes(draw.randrange(40)), b'{"type": "state"}', b""])


def _no_json(draw: Draw) -> Frame:
    whole = json.dumps({"type": draw.choice(WORDS), "data": {"label": "spam"}})
    noise = "".join(chr(draw.choice([draw.randrange(32, 127), 0, 0xFEFF, 0x1F4E7])) for _ in "abcd")
    return draw.choice([whole[: draw.randrange(len(whole))], f"{whole}{whole}", f"{{{noise}", ""])


def _no_object(draw: Draw) -> Frame:
    value = _value(draw)
    return f" [{value}]" if value.startswith("{") else value


def _unknown_type(draw: Draw) -> Frame:
    return f'{{"type": {draw.choice(["7", "[]", "{}", "null", _value(draw)])}, "kind": "state"}}'


def _no_action(draw: Draw) -> Frame:
    data = draw.choice(["[]", "7", "null", "NaN", '"\\ud800"', "[[[]]]", "[{}]", '""', "9" * 4000])
    return f'{{"type": "{draw.choice(["step", "reset", "mcp"])}", "data": {data}}}'


def _too_deep(draw: Draw) -> Frame:
    depth = draw.choice([DEEPEST, 300, 990, 30_000])
    opening, closing = draw.choice([("[", "]"), ('{"a":', "}")])
    inner = f"{opening * depth}1{closing * depth}"
    return draw.choice([inner, f'{{"type": "step", "data": {{"label": {inner}}}}}'])


def _too_large(draw: Draw) -> Frame:
    return f'{{"type": "step", "data": {{"label": {"9" * draw.randrange(4400, 9000)}}}}}'


def _halved(draw: Draw) -> Frame:
    half = draw.choice(HALVES)
    return draw.choice(
        [
            f'{{"type": "step", "data": {{"{half}": 1}}}}', f'{{"type": "{half}"}}',
            f'{{"type": "state", "{half}": 1}}', f'{{"type": "step", "data": "{half}"}}',
            f'{{"type": "step", "data": {{}}, "more": ["{half}"]}}',
            f'{{"type": "reset", "data": {{"task_id": "{half}"}}}}',
            f'{{"type": "reset", "data": {{"episode_id": "{half}"}}}}',
            f'{{"type": "reset", "data": {{"{half}": null}}}}',
        ]
    )  # fmt: skip


KINDS: tuple[Callable[[Draw], Frame], ...] = (
    _binary, _no_json, _no_object, _unknown_type, _no_action, _too_deep, _too_large, _halved,
)  # fmt: skip


def malformed(number: int) -> Iterator[Frame]:
    """Return frames of every kind without end, the same ones for the same number."""
    draw = random.Random(number)  # noqa: S311 # a numbered draw, not a secret
    while True:
        yield draw.choice(KINDS)(draw)


def ask(socket: ClientConnection, frame: Frame) -> dict[str, Any]:
    """Send a frame and return the answer."""
    socket.send(frame)
    answer: dict[str, Any] = json.loads(socket.recv(timeout=SECONDS))
    return answer


def message(kind: str, data: object) -> str:
    """Return a frame that is a message."""
    return json.dumps({"type": kind, "data": data})


def at(server: Server, path: str) -> connect:
    """Connect to a WebSocket of a server."""
    return connect(f"{server.url.replace('http', 'ws', 1)}{path}", proxy=None, max_size=None)


def test_a_session_outlives_a_thousand_malformed_frames(native: Server) -> None:
    """Each is answered by an error and costs nothing, and the episode goes on to its end."""
    frames = malformed(1)
    actions = key_actions(TASKS["task_hard"])
    with at(native, "/ws") as socket:
        told = ask(socket, message("reset", {"task_id": "task_hard", "episode_id": "mine"}))["data"]
        for action in actions:
            for _ in range(FRAMES // len(actions)):
                frame = next(frames)
                answer = ask(socket, frame)
                assert answer["type"] == "error", (frame, answer)
                assert answer["data"]["message"]
            told = ask(socket, message("step", action.model_dump()))["data"]
        assert told["metadata"]["episode_score"] == 1.0
        state = ask(socket, '{"type": "state"}')["data"]
    assert (state["episode_id"], state["step_count"]) == ("mine", len(actions))


def test_a_session_of_mcp_outlives_malformed_frames(native: Server) -> None:
    """Each is answered by an error of JSON-RPC, and the next call is answered as ever."""
    frames = malformed(2)
    call = json.dumps({"jsonrpc": "2.0", "id": 7, "method": "tools/list"})
    with at(native, "/mcp") as socket:
        before = ask(socket, call)
        for _ in range(RPC_FRAMES):
            frame = next(frames)
            answer = ask(socket, frame)
            assert answer["error"]["message"], frame
            assert "result" not in answer
        assert ask(socket, call) == before


@pytest.mark.parametrize("half", HALVES)
def test_half_a_character_in_a_value_costs_a_step(half: str, native: Server) -> None:
    """A model can write it, so it is an action that is no decision, like any other."""
    with at(native, "/ws") as socket:
        ask(socket, message("reset", {"task_id": "task_easy"}))
        action = f'{{"label": "urgent", "summary": "{half}", "route_to": "billing"}}'
        answer = ask(socket, f'{{"type": "step", "data": {action}}}')["data"]
        assert (answer["reward"], answer["observation"]["email_id"]) == (0.0, "easy-01")
        assert "'summary'" in answer["metadata"]["error"]
        assert ask(socket, '{"type": "state"}')["data"]["action_history"] == [None]


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "state"}', '{"type": "dance"}', "{", '{"data": [[[[]]]]}',
        '{"type": "reset", "data": {"episode_id": "\\ud83d\\udce7"}}',
        f'{{"type": "step", "data": {{"summary": "{"[{" * 40}"}}}}',
        '{"type": "step", "data": {"summary": "\\\\ud800"}}',
        ' {"type": "state"} ', f'{{"type": "step", "data": {{"summary": "{"x" * 9000}"}}}}',
    ],
)  # fmt: skip
def test_what_is_a_message_passes(text: str) -> None:
    """Whole characters, brackets within a text, long texts and OpenEnv's own errors pass."""
    assert flaw_in(text) is None


def test_the_guard_is_what_keeps_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it OpenEnv ends the session; if this fails, the guard may not be needed any more."""
    from fastapi.testclient import TestClient

    from email_triage_env.server.app import create_app

    with monkeypatch.context() as patch, TestClient(create_app()) as client:
        with client.websocket_connect("/ws") as socket:
            socket.send_text("[]")
            assert socket.receive_json()["data"]["code"] == "VALIDATION_ERROR"
        patch.setattr("email_triage_env.server.frames.flaw_in", lambda _text: None)
        with client.websocket_connect("/ws") as socket:
            socket.send_text("[]")
            assert socket.receive_json()["data"]["code"] == "SESSION_ERROR"
            assert socket.receive()["type"] == "websocket.close"
