"""What a browser may ask of the page at /web, and what the page may ask of others: nothing.

gradio serves far more than this page uses: it takes uploads, hands out files, passes requests on,
records. Only what the page needs is let through, and a browser is told to load nothing from
anywhere else, so a mail could not make it either.
"""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.routing import Mount
from gradio.routes import App

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Message, Receive, Send], Awaitable[None]]

PAGE: Final = "/web"
# A decision has some 500 characters, and the form around it as many again.
MAX_BODY_BYTES: Final = 1 << 16
# gradio keeps a copy of the page for each visitor; past this number the longest absent lose theirs.
MAX_VISITORS: Final = 500

_NEEDED: Final = re.compile(
    r"/?|/(?:config|theme\.css|favicon\.ico|robots\.txt)/?|/(?:assets|static)/.+"
    r"|/gradio_api/(?:info|startup-events|cancel|queue/(?:join|data|status)|heartbeat/[^/]+)/?"
)
# gradio's own scripts are inline and make functions of texts. Who embeds the page is left open.
_POLICY: Final = (
    b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    b"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    b"worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'"
)
_HEADERS: Final = (
    (b"content-security-policy", _POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


class _Guard:
    """Lets through to gradio what the page needs, and nothing else."""

    def __init__(self, app: Asgi) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = _refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *_HEADERS]}
            await send(message)

        await self._app(scope, receive, answer)


def guard_page(app: FastAPI) -> None:
    """Guard the page at /web, if the server has one.

    Args:
        app: The server; its page is changed where it is mounted.
    """
    for route in app.routes:
        if isinstance(route, Mount) and isinstance(route.app, App) and route.path == PAGE:
            blocks = route.app.get_blocks()
            # OpenEnv's theme names fonts of Google's; without them it falls back to the system's.
            blocks.stylesheets = []
            blocks.config = blocks.get_config_file()
            route.app.state_holder.capacity = MAX_VISITORS
            route.app = _Guard(route.app)


def _refusal(scope: Message) -> JSONResponse | None:
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    if not _NEEDED.fullmatch(path):
        return JSONResponse({"error": "The page has nothing there."}, status_code=404)
    if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
        length = Request(scope).headers.get("content-length", "")
        if not length.isdecimal():
            return JSONResponse({"error": "Send a Content-Length."}, status_code=411)
        if int(length) > MAX_BODY_BYTES:
            return JSONResponse({"error": f"Send at most {MAX_BODY_BYTES} bytes."}, status_code=413)
    return None
