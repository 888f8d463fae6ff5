"""The shapes of ASGI, and what the guards in front of OpenEnv's routes ask of a request."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def route_of(scope: Scope) -> str:
    """Return the path of a request without the prefix that the server is served behind.

    Args:
        scope: The request, or the handshake of a WebSocket.

    Returns:
        The path, such as `/ws`; empty for what is neither.
    """
    path: str = scope.get("path", "")
    prefix: str = scope.get("root_path", "")
    return path[len(prefix) :] if prefix and path.startswith(f"{prefix}/") else path


def header_of(scope: Scope, name: str) -> str | None:
    """Return a header of a request, `None` if it has none of that name.

    Args:
        scope: The request, or the handshake of a WebSocket.
        name: The name in lower case.

    Returns:
        What it says; the first, if there are several.
    """
    wanted = name.encode()
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == wanted), None)


async def answer_json(send: Send, status: int, content: object) -> None:
    """Answer a request by JSON.

    Args:
        send: Where the answer goes.
        status: The status code.
        content: What to say.
    """
    body = json.dumps(content).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
