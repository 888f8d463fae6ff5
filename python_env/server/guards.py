"""What stands in front of OpenEnv's routes: sizes, frames, origins, a prefix, and `/mcp`.

OpenEnv ends a session on a frame that is binary, is JSON but no object, or whose error it cannot
write down, and reads bodies of any size. Here each is answered, and the session goes on.
"""

import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from python_env.server.code_review_environment import NAME
from python_env.server.configuration import Configuration, MisconfiguredError

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# A patch has 20,000 characters at most; whatever is larger is not read.
MAX_BYTES: Final = 1 << 20
# No action has anything nested in it; what is nested deeper has an error nobody can write.
DEEPEST: Final = 32
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
_EVERY: Final = "*"
_PORTS: Final = {"http": 80, "https": 443}
_POLICY_VIOLATION: Final = 1008
_CREATE: Final = "openenv/session/create"
_NO_SESSIONS: Final = (
    "There are no tools here, and so no sessions over POST /mcp; play over the WebSocket /ws."
)
_FOREIGN: Final = (
    "This server does not serve pages of another origin; whoever runs it can list yours in "
    "ALLOWED_ORIGINS."
)


def guard(app: FastAPI, settings: Configuration) -> None:
    """Put everything here in front of an application.

    Args:
        app: The application, with all of its routes.
        settings: What the variables say.

    Raises:
        MisconfiguredError: If ROOT_PATH begins as a route does.
    """
    app.add_middleware(_Bodies)
    app.add_middleware(_Frames)
    listed = settings.allowed_origins
    if listed:
        # Without it a browser sends the request of a page, but does not show it the answer.
        app.add_middleware(
            CORSMiddleware, allow_origins=listed, allow_methods=[_EVERY], allow_headers=[_EVERY]
        )
    if _EVERY not in listed:
        app.add_middleware(_Origins, listed=frozenset(listed))
    prefix = settings.root_path
    if prefix:
        first = prefix.split("/")[1]
        taken = {
            getattr(route, "path", "").partition("/")[2].partition("/")[0] for route in app.routes
        }
        if first in taken | {"web", NAME}:
            raise MisconfiguredError(
                f"ROOT_PATH is {prefix!r:.60}, but /{first} is a route; choose another."
            )
        app.add_middleware(_Prefixed, prefix=prefix)


def route_of(scope: Scope) -> str:
    """Return the path of a request without the prefix that the server is served behind."""
    path: str = scope.get("path", "")
    prefix: str = scope.get("root_path", "")
    return path[len(prefix) :] if prefix and path.startswith(f"{prefix}/") else path


def flaw_in(text: str) -> tuple[str, str] | None:
    """Say why OpenEnv could not answer a frame.

    Args:
        text: The frame.

    Returns:
        OpenEnv's code for it, and what to do; `None` if it is a message, good or bad.
    """
    if len(text) > MAX_BYTES:
        return "VALIDATION_ERROR", f"A frame has at most {MAX_BYTES} characters."
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return "INVALID_JSON", "Invalid JSON; send one JSON object."
    if not isinstance(frame, dict):
        return "VALIDATION_ERROR", "JSON, but no object; send one such as {'type': 'state'}."
    if text.count("[") + text.count("{") > DEEPEST and _is_deep(frame):
        return "VALIDATION_ERROR", f"Nested deeper than {DEEPEST} levels; send a flat object."
    if _HALF.search(text) and _is_halved(frame):
        return "VALIDATION_ERROR", "A lone surrogate is half a character; send whole ones."
    return None


class _Frames:
    """Answers what is no message, on the WebSockets `/ws` and `/mcp`."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        is_rpc = route_of(scope) == "/mcp"

        async def received() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                text = message.get("text")
                flaw = ("INVALID_JSON", "A binary frame; send JSON as a text frame.")
                if text is not None:
                    found = flaw_in(text)
                    if found is None:
                        return message
                    flaw = found
                answer = _rpc_error(flaw[1]) if is_rpc else _error(*flaw)
                await send({"type": "websocket.send", "text": json.dumps(answer)})

        await self._app(scope, received, send)


class _Bodies:
    """Reads bodies up to a size, and gives nobody a session over `POST /mcp`.

    Such a session would hold one of the places until it is idle for too long, and nobody need come.
    """

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        body = await _read(receive)
        if body is None:
            await answer_json(send, 413, {"detail": f"Send at most {MAX_BYTES} bytes."})
            return
        if route_of(scope) == "/mcp" and _CREATE.encode() in body.replace(b"\\/", b"/"):
            await answer_json(send, 200, _rpc_error(_NO_SESSIONS))
            return
        whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def received() -> Message:
            return whole.pop() if whole else await receive()

        await self._app(scope, received, send)


class _Origins:
    """Refuses pages of other origins wherever something is played or kept.

    The own origin is the one whose host and port the header Host names. A proxy in front must pass
    Host on as it came, or its public origin must be listed.
    """

    def __init__(self, app: Application, listed: frozenset[str]) -> None:
        self._app = app
        self._listed = listed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_request = scope["type"] in ("http", "websocket")
        if not is_request or self._may(dict(scope["headers"])):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            # Before it is accepted: the handshake is answered by 403.
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": _FOREIGN})
        else:
            await answer_json(send, 403, {"detail": _FOREIGN})

    def _may(self, headers: dict[bytes, bytes]) -> bool:
        origin = headers.get(b"origin", b"").decode("latin-1").lower()
        host = headers.get(b"host", b"").decode("latin-1").lower()
        return not origin or origin in self._listed or is_same(origin, host)


class _Prefixed:
    """Makes every path begin with the prefix, as ASGI wants it, and keeps redirects behind it."""

    def __init__(self, app: Application, prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        if path == self._prefix:
            path = f"{path}/"
        elif not path.startswith(f"{self._prefix}/"):
            path = f"{self._prefix}{path}"

        async def redirected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [(name, self._moved(name, value)) for name, value in message["headers"]]
                message = {**message, "headers": headers}
            await send(message)

        answer = redirected if scope["type"] == "http" else send
        await self._app({**scope, "path": path, "root_path": self._prefix}, receive, answer)

    def _moved(self, name: bytes, value: bytes) -> bytes:
        prefix = self._prefix.encode()
        ours = value.startswith(b"/") and not value.startswith((b"//", prefix + b"/"))
        return prefix + value if name.lower() == b"location" and ours else value


def is_same(origin: str, host: str) -> bool:
    """Say whether an origin and a header Host name the same host and port."""
    try:
        page = urlsplit(origin)
        here = urlsplit(f"{page.scheme}://{host}")
        return page.hostname is not None and _address(page) == _address(here)
    except ValueError:
        return False


async def answer_json(send: Send, status: int, content: object) -> None:
    """Answer a request by JSON."""
    body = json.dumps(content).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _read(receive: Receive) -> bytes | None:
    """Return a body, or nothing if it is too large."""
    body = bytearray()
    while True:
        message = await receive()
        body.extend(message.get("body", b""))
        if len(body) > MAX_BYTES:
            return None
        if not message.get("more_body"):
            return bytes(body)


def _address(url: SplitResult) -> tuple[str | None, int | None]:
    return url.hostname, url.port or _PORTS.get(url.scheme)


def _is_deep(frame: dict[str, Any]) -> bool:
    level: list[Any] = [frame]
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, (dict, list))
        ]
    return bool(level)


def _is_halved(frame: dict[str, Any]) -> bool:
    """Say whether half a character stands anywhere but in a value of an action.

    There it is for the environment to refuse, because what is no action costs a step.
    """
    action = frame.get("data")
    if frame.get("type") == "step" and isinstance(action, dict):
        frame = {**frame, "data": list(action)}
    try:
        json.dumps(frame, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _error(code: str, message: str) -> dict[str, Any]:
    return {"type": "error", "data": {"message": message, "code": code}}


def _rpc_error(message: str) -> dict[str, Any]:
    error = {"code": -32600, "message": message, "data": None}
    return {"jsonrpc": "2.0", "id": None, "error": error}
