"""The server: `python -m email_triage_env.server.app` from the root, or any ASGI server on `app`.

PORT (8000) and HOST (all addresses) say where it listens, MAX_CONCURRENT_ENVS (64) how many
sessions it holds, SESSION_TIMEOUT_SECONDS (600) how long one may be idle, and
ENABLE_WEB_INTERFACE=true adds a page to play by hand at /web.

ROOT_PATH is the prefix that the server is served behind, such as /triage. A proxy may strip it from
the paths or leave it there; both work, so it may not be the beginning of a route of the server's
own, such as /web or /email_triage.

ALLOWED_ORIGINS lists, with commas between them, the origins whose web pages may use /ws, /mcp and
/web beside the server's own; * allows all. The own origin is what the header Host says, so a proxy
that changes Host must have its public origin listed; X-Forwarded-Host is never believed.

WS_PING_INTERVAL_SECONDS and WS_PING_TIMEOUT_SECONDS (300 each) say how often the server asks
whether a client is still there, and how long it waits for the answer: a client that generates a
long text without letting its event loop run cannot answer meanwhile.
"""

import gc
import os
from typing import Final

import uvicorn
from fastapi import FastAPI
from openenv.core.env_server.http_server import create_app as create_openenv_app
from openenv.core.env_server.types import ConcurrencyConfig

from email_triage_env.models import EmailTriageObservation, EmailTriageState
from email_triage_env.server.environment import NAME, TriageEnvironment
from email_triage_env.server.errors import answer_errors
from email_triage_env.server.frames import FrameGuard
from email_triage_env.server.listing import serve_listings
from email_triage_env.server.origins import guard_origins
from email_triage_env.server.page_guard import guard_page
from email_triage_env.server.prefix import serve_behind
from email_triage_env.server.received import ReceivedAction
from email_triage_env.server.settings import allowed_origins, root_path, whole_number
from email_triage_env.server.slots import SlotKeeper
from email_triage_env.server.web import build_page
from email_triage_env.server.welcome import say_what_this_is

# An action is at most a few hundred characters; whatever is larger is not read at all.
MAX_MESSAGE_BYTES: Final = 1 << 20


def create_app(environment: type[TriageEnvironment] = TriageEnvironment) -> FastAPI:
    """Return a new server with sessions of its own.

    Args:
        environment: What a session is.

    Returns:
        The application.

    Raises:
        SettingError: If a variable holds what it may not.
    """
    slots = whole_number("MAX_CONCURRENT_ENVS", 64)
    timeout = float(whole_number("SESSION_TIMEOUT_SECONDS", 600))
    app = create_openenv_app(
        environment, ReceivedAction, EmailTriageObservation,
        env_name=NAME, state_cls=EmailTriageState,
        concurrency_config=ConcurrencyConfig(max_concurrent_envs=slots, session_timeout=timeout),
        gradio_builder=build_page, custom_tab_name="Inbox", custom_tab_primary=True,
    )  # fmt: skip
    answer_errors(app)
    serve_listings(app, environment)
    say_what_this_is(app)
    app.add_middleware(SlotKeeper, slots=slots, session_timeout=timeout)
    app.add_middleware(FrameGuard)
    guard_origins(app, allowed_origins())
    guard_page(app)
    serve_behind(app, root_path())
    return app


app = create_app()
# What is imported by now stays: a full collection would stop all sessions to look at it again.
gc.collect()
gc.freeze()


def main() -> None:
    """Serve until stopped."""
    uvicorn.run(
        app,
        host=os.getenv("HOST") or "0.0.0.0",  # noqa: S104 # a container must be reached from outside
        port=whole_number("PORT", 8000),
        ws_max_size=MAX_MESSAGE_BYTES,
        # A reply is 2 KB, and to compress it takes longer than to make it.
        ws_per_message_deflate=False,
        ws_ping_interval=float(whole_number("WS_PING_INTERVAL_SECONDS", 300)),
        ws_ping_timeout=float(whole_number("WS_PING_TIMEOUT_SECONDS", 300)),
    )


if __name__ == "__main__":
    main()
