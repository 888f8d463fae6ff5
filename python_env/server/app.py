"""The server: `python -m python_env.server.app`, or any ASGI server on `python_env.server.app:app`.

From inside this environment's folder the same is `python -m server.app` and `uvicorn
server.app:app`. `python_env.server.configuration` says which variables there are.
"""

import gc
import os
import signal
import sys
from functools import partial
from typing import Final

import uvicorn
from fastapi import FastAPI
from openenv.core.env_server.http_server import create_app as create_openenv_app
from openenv.core.env_server.types import ConcurrencyConfig

from python_env.models import PythonReviewObservation, PythonReviewState
from python_env.server.code_review_environment import DESCRIPTION, NAME, PythonEnvironment
from python_env.server.configuration import MisconfiguredError, configuration
from python_env.server.errors import answer_errors
from python_env.server.guards import MAX_BYTES, guard
from python_env.server.journal import JournalError
from python_env.server.listing import serve_listings
from python_env.server.page_guard import guard_page
from python_env.server.plain_http import serve_plain_http
from python_env.server.received import ReceivedAction
from python_env.server.routes import serve_routes
from python_env.server.sandbox import SandboxError, check_ready
from python_env.server.shared import JOURNAL, Shared, journal_place, release, shared
from python_env.server.web import page_builder

MODULE: Final = "python_env.server.app:app"
# A client that generates a long text without letting its event loop run cannot answer a ping.
_PING_SECONDS: Final = 300.0
# A worker that answers nothing for so long is started again; to import all takes some seconds.
_START_SECONDS: Final = 120


def create_app(house: Shared | None = None) -> FastAPI:
    """Return a new server with sessions of its own.

    Args:
        house: What all sessions share; what the process does, if nothing is given.

    Returns:
        The application.

    Raises:
        MisconfiguredError: If a variable says what it may not.
        JournalError: If the journal cannot be written.
    """
    settings = configuration()
    house = house or shared()
    app = create_openenv_app(
        partial(PythonEnvironment, house), ReceivedAction, PythonReviewObservation,
        env_name=NAME, state_cls=PythonReviewState,
        concurrency_config=ConcurrencyConfig(
            max_concurrent_envs=settings.max_concurrent_envs,
            session_timeout=float(settings.session_timeout_seconds),
        ),
        gradio_builder=page_builder(house), show_default_tab=False, title_override=DESCRIPTION,
    )  # fmt: skip
    # Says at the start whether the sandbox can run here, before anyone submits a patch.
    app.router.on_startup.append(check_ready)
    answer_errors(app)
    serve_plain_http(app, house)
    serve_routes(app, house)
    serve_listings(app)
    guard_page(app)
    guard(app, settings)
    return app


def main() -> None:
    """Serve until stopped."""
    # uvicorn stops in good order and then sends itself the signal again, which would end all here.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        settings = configuration()
        check_ready()
        with journal_place() as journal:
            # All workers must share it.
            os.environ[JOURNAL] = journal
            uvicorn.run(
                MODULE, host=settings.host, port=settings.port, workers=settings.workers,
                ws_max_size=MAX_BYTES,
                # To compress an observation takes longer than to make it.
                ws_per_message_deflate=False,
                ws_ping_interval=_PING_SECONDS, ws_ping_timeout=_PING_SECONDS,
                timeout_worker_healthcheck=_START_SECONDS,
            )  # fmt: skip
    except (MisconfiguredError, JournalError, SandboxError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
# Not in a worker's copy of the module that started it.
elif __name__ != "__mp_main__":
    app = create_app()
    app.router.on_shutdown.append(release)
    # What is imported by now stays: a full collection would stop all sessions to look at it again.
    gc.collect()
    gc.freeze()
