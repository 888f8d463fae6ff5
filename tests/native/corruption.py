"""A server whose answers arrive with a part missing or changed, by a numbered draw."""

import json
import random
from collections.abc import Iterator
from typing import Any

from email_triage_env.server.asgi import Application, Message, Receive, Scope, Send

ODD: list[Any] = [None, True, 5, -1.5, float("nan"), 10**30, "", "x", [], [None], {}, {"a": 1}]
Path = tuple[Any, ...]


class Corrupted:
    """Changes some of what an application sends, over HTTP and in frames."""

    def __init__(self, app: Application, number: int, share: float) -> None:
        """Prepare; `share` is how many of the answers are changed."""
        self._app = app
        self._draw = random.Random(number)  # noqa: S311 # a numbered draw, not a secret
        self._share = share

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        begun: list[Message] = []
        body = b""

        async def changed(message: Message) -> None:
            nonlocal body
            kind = message["type"]
            if kind == "websocket.send" and message.get("text"):
                message = {**message, "text": self._changed(message["text"])}
            if kind == "http.response.start":
                # Its length is known when the body is.
                begun.append(message)
                return
            if kind == "http.response.body":
                body += message.get("body", b"")
                if message.get("more_body"):
                    return
                text = self._changed(body.decode(errors="replace")).encode()
                headers = [pair for pair in begun[0]["headers"] if pair[0] != b"content-length"]
                headers.append((b"content-length", str(len(text)).encode()))
                await send({**begun[0], "headers": headers})
                message = {"type": kind, "body": text}
            await send(message)

        await self._app(scope, receive, changed)

    def _changed(self, text: str) -> str:
        if self._draw.random() > self._share:
            return text
        try:
            value = json.loads(text)
        except ValueError:
            return text
        path = self._draw.choice(list(_paths(value)))
        return json.dumps(self._put(value, path)) if path else self._draw.choice(["{", "7", "[]"])

    def _put(self, value: Any, path: Path) -> Any:  # noqa: ANN401 # any JSON
        """Put something else at a place, or nothing."""
        inner = value
        for name in path[:-1]:
            inner = inner[name]
        if isinstance(inner, dict) and self._draw.random() < 0.3:
            del inner[path[-1]]
        else:
            inner[path[-1]] = self._draw.choice(ODD)
        return value


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:  # noqa: ANN401 # any JSON
    """Yield where something stands in a JSON value; of a list the beginning will do."""
    yield path
    inside = list(value.items()) if isinstance(value, dict) else []
    inside += list(enumerate(value[:3])) if isinstance(value, list) else []
    for name, item in inside:
        yield from _paths(item, (*path, name))
