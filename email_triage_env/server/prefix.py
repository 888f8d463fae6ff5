"""Serving behind a prefix, such as https://host/triage, whether or not the proxy takes it off."""

from fastapi import FastAPI

from email_triage_env.server.asgi import Application, Message, Receive, Scope, Send
from email_triage_env.server.environment import NAME
from email_triage_env.server.settings import SettingError


def serve_behind(app: FastAPI, prefix: str) -> None:
    """Let an application be served behind a prefix.

    Args:
        app: The application, with all of its routes.
        prefix: The prefix; nothing changes if it is empty.

    Raises:
        SettingError: If a path could be meant with the prefix and without it.
    """
    if not prefix:
        return
    first = prefix.split("/")[1]
    if first in {NAME, *(route.path.split("/")[1] for route in app.routes)}:
        raise SettingError(f"ROOT_PATH is {prefix!r:.60}, but /{first} is a route; choose another.")
    app.add_middleware(Prefixed, prefix=prefix)


class Prefixed:
    """Makes every path begin with the prefix, as ASGI wants it, and redirects stay behind it.

    A proxy that strips sends `/docs` and one that does not `/triage/docs`; both are the same route.
    """

    def __init__(self, app: Application, prefix: str) -> None:
        """Serve an application behind a prefix that begins with a slash and ends with none."""
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
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
        """Return a header; where OpenEnv redirects to a route of its own, with the prefix."""
        prefix = self._prefix.encode()
        ours = value.startswith(b"/") and not value.startswith((b"//", prefix + b"/"))
        return prefix + value if name.lower() == b"location" and ours else value
