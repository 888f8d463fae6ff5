"""What a browser may ask of the page at /web, and what the page may ask of others: nothing.

gradio serves far more than this page uses: it takes uploads, hands out files, passes requests on.
Only what the page needs is let through, and a browser is told to load nothing from anywhere else.
"""

import re
from typing import Final

from fastapi import FastAPI
from fastapi.routing import Mount
from gradio.routes import App

from python_env.server.guards import (
    Application,
    Message,
    Receive,
    Scope,
    Send,
    answer_json,
    route_of,
)

PAGE: Final = "/web"
# gradio keeps a copy of the page for each visitor; past this number the longest absent lose theirs.
MAX_VISITORS: Final = 500
_NEEDED: Final = re.compile(
    r"/?|/(?:config|theme\.css|favicon\.ico|robots\.txt|manifest\.json)/?|/(?:assets|static)/.+"
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


class _Guard:
    """Lets through to gradio what the page needs, and nothing else."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not _NEEDED.fullmatch(route_of(scope)):
            await answer_json(send, 404, {"detail": "The page has nothing there."})
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *_HEADERS]}
            await send(message)

        await self._app(scope, receive, answer)
