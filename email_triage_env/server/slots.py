"""Sessions created over POST /mcp, which nobody has to come for, cannot fill the server.

OpenEnv's MCP client creates its session by a request of its own and then opens a WebSocket to it.
Of such sessions that wait for their WebSocket no more than half of the slots are given away, and
one that nobody came for in half a minute makes room for the next client of any kind.
"""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final
from urllib.parse import parse_qs

from email_triage_env.server.asgi import (
    Application,
    Message,
    Receive,
    Scope,
    Send,
    answer_json,
    route_of,
)

LONGEST_WAIT: Final = 30.0
# So long a client is kept waiting that comes when many others do not have their WebSocket yet. It
# is long enough for them to run out of time, and OpenEnv's client waits for a minute.
PATIENCE: Final = 40.0
_CREATE: Final = "openenv/session/create"
_CLOSE: Final = "openenv/session/close"
_OK: Final = 200
_SERVER_ERROR: Final = -32000
_REFUSAL: Final = (
    "Too many sessions were created over POST /mcp that no WebSocket has come for; connect to /ws, "
    "which needs none, or try again in half a minute."
)


class SlotKeeper:
    """Counts the sessions that wait for their WebSocket, and closes those that wait for long."""

    def __init__(self, app: Application, slots: int, session_timeout: float) -> None:
        """Stand in front of an application with so many slots."""
        self._app = app
        self._most = max(1, slots // 2)
        self._longest_wait = min(LONGEST_WAIT, session_timeout)
        self._waiting: dict[str, float] = {}
        self._in_the_making = 0
        self._changed = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        route = route_of(scope)
        if scope["type"] == "websocket" and route in ("/ws", "/mcp"):
            for session_id in parse_qs(scope["query_string"].decode("latin-1")).get(
                "session_id", ()
            ):
                self._forget(session_id)
            await self._clear(scope)
        elif scope["type"] == "http" and scope["method"] == "POST" and route == "/mcp":
            await self._call(scope, receive, send)
            return
        await self._app(scope, receive, send)

    async def _call(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _read(receive)
        request = _as_object(body)
        if request.get("method") == _CLOSE:
            self._forget(_as_object(request.get("params")).get("session_id"))
        if request.get("method") != _CREATE:
            await self._app(scope, _replayed(body, receive), send)
        elif await self._has_room(scope):
            await self._create(scope, _replayed(body, receive), send)
        else:
            error = {"code": _SERVER_ERROR, "message": _REFUSAL, "data": None}
            await answer_json(
                send, _OK, {"jsonrpc": "2.0", "id": request.get("id"), "error": error}
            )

    async def _create(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = bytearray()

        async def heard(message: Message) -> None:
            answer.extend(message.get("body", b""))
            await send(message)

        with self._one_more():
            try:
                await self._app(scope, receive, heard)
            finally:
                created = _as_object(_as_object(bytes(answer)).get("result")).get("session_id")
                if created is not None:
                    self._waiting[created] = time.monotonic()

    async def _has_room(self, scope: Scope) -> bool:
        """Wait until another session may be created, or until patience is at its end."""
        deadline = time.monotonic() + PATIENCE
        while True:
            await self._clear(scope)
            if len(self._waiting) + self._in_the_making < self._most:
                return True
            now = time.monotonic()
            if now >= deadline:
                return False
            next_end = min(self._waiting.values(), default=now) + self._longest_wait
            with suppress(TimeoutError):
                await asyncio.wait_for(
                    self._changed.wait(), max(0.0, min(deadline, next_end) - now)
                )

    async def _clear(self, scope: Scope) -> None:
        """Let OpenEnv close the sessions that have waited too long."""
        latest = time.monotonic() - self._longest_wait
        for session_id in [key for key, since in self._waiting.items() if since <= latest]:
            self._forget(session_id)
            call = {
                "jsonrpc": "2.0", "id": 0, "method": _CLOSE, "params": {"session_id": session_id},
            }  # fmt: skip
            inside = {
                **scope, "type": "http", "method": "POST", "query_string": b"", "headers": [],
                "path": f"{scope.get('root_path', '')}/mcp",
            }  # fmt: skip
            await self._app(inside, _replayed(json.dumps(call).encode(), _gone), _ignore)

    def _forget(self, session_id: object) -> None:
        if isinstance(session_id, str) and self._waiting.pop(session_id, None) is not None:
            self._tell()

    def _tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    @contextmanager
    def _one_more(self) -> Iterator[None]:
        self._in_the_making += 1
        try:
            yield
        finally:
            self._in_the_making -= 1
            self._tell()


async def _read(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body.extend(message.get("body", b""))
        if not message.get("more_body"):
            return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that hands out a body that was read already."""
    whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> Message:
        return whole.pop() if whole else await receive()

    return received


def _as_object(value: object) -> dict[str, Any]:
    """Return an object, or read one from JSON; an empty one if it is none."""
    if isinstance(value, bytes):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    return value if isinstance(value, dict) else {}


async def _gone() -> Message:
    return {"type": "http.disconnect"}


async def _ignore(_message: Message) -> None:
    pass
