"""Frames that OpenEnv's routes cannot answer are answered before they get there.

OpenEnv ends the session on a frame that is binary, is JSON but no object, or whose error it cannot
write down. Here each is answered by an error of the kind that the route gives, and the session goes
on. What ends the connection below ASGI still does: text that is no UTF-8, and a frame too large.
"""

import json
import re
from typing import Any, Final, NamedTuple

from email_triage_env.server.asgi import Application, Message, Receive, Scope, Send, route_of

# No action has anything nested in it; what is nested as deep as this has an error nobody can write.
DEEPEST: Final = 32
# Python refuses to read a number of more than 4300 digits.
SHORT: Final = 4000
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")


class Flaw(NamedTuple):
    """Why a frame gets no further: OpenEnv's code, that of JSON-RPC, and what to do."""

    code: str
    rpc_code: int
    message: str


BINARY: Final = Flaw("INVALID_JSON", -32700, "A binary frame; send JSON as a text frame.")
NO_JSON: Final = Flaw("INVALID_JSON", -32700, "Invalid JSON; send one JSON object.")
NO_OBJECT: Final = Flaw(
    "VALIDATION_ERROR", -32600, "JSON, but no object; send one such as {'type': 'state'}."
)
TOO_DEEP: Final = Flaw(
    "VALIDATION_ERROR", -32600, f"Nested deeper than {DEEPEST} levels; send a flat object."
)
HALF_CHARACTER: Final = Flaw(
    "VALIDATION_ERROR", -32600,
    "A lone surrogate such as \\ud800 is half a character; send whole ones.",
)  # fmt: skip


class FrameGuard:
    """Answers what is no message, on the WebSockets `/ws` and `/mcp`."""

    def __init__(self, app: Application) -> None:
        """Stand in front of an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        route = route_of(scope)
        if scope["type"] != "websocket" or route not in ("/ws", "/mcp"):
            await self._app(scope, receive, send)
            return

        async def received() -> Message:
            while True:
                message = await receive()
                flaw = _flaw_of(message) if message["type"] == "websocket.receive" else None
                if flaw is None:
                    return message
                answer = _rpc_error(flaw) if route == "/mcp" else _error(flaw)
                await send({"type": "websocket.send", "text": json.dumps(answer)})

        await self._app(scope, received, send)


def flaw_in(text: str) -> Flaw | None:
    """Say why OpenEnv could not answer a text frame.

    Args:
        text: The frame.

    Returns:
        What is wrong with it; `None` if it is a message, good or bad.
    """
    nested = text.count("[") + text.count("{") > DEEPEST
    halved = _HALF.search(text) is not None
    if text.startswith("{") and len(text) < SHORT and not nested and not halved:
        return None
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return NO_JSON
    if not isinstance(frame, dict):
        return NO_OBJECT
    if nested and _is_deep(frame):
        return TOO_DEEP
    return HALF_CHARACTER if halved and _is_halved(frame) else None


def _flaw_of(message: Message) -> Flaw | None:
    text = message.get("text")
    return BINARY if text is None else flaw_in(text)


def _is_deep(frame: dict[str, Any]) -> bool:
    level: list[Any] = [frame]
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
    return bool(level)


def _is_halved(frame: dict[str, Any]) -> bool:
    """Say whether half a character stands anywhere but in a value of an action.

    There it is for the environment to refuse, because what is no decision costs a step.
    """
    action = frame.get("data")
    if frame.get("type") == "step" and isinstance(action, dict):
        frame = {**frame, "data": list(action)}
    try:
        json.dumps(frame, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _error(flaw: Flaw) -> dict[str, Any]:
    return {"type": "error", "data": {"message": flaw.message, "code": flaw.code}}


def _rpc_error(flaw: Flaw) -> dict[str, Any]:
    error = {"code": flaw.rpc_code, "message": flaw.message, "data": None}
    return {"jsonrpc": "2.0", "id": None, "error": error}
