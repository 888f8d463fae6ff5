"""Serves an application from a thread of the test's own process."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from tools.serving import free_port

START_SECONDS = 30.0
MOST_BYTES = 1 << 20


@contextmanager
def serving_app(app: Any, most_bytes: int = MOST_BYTES) -> Iterator[str]:  # noqa: ANN401 # any ASGI application
    """Serve an application from a thread, and return where."""
    port = free_port()
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, log_level="critical", ws="websockets-sansio",
        ws_max_size=most_bytes,
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        deadline = time.monotonic() + START_SECONDS
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        if not server.started:
            raise RuntimeError(f"No server in {START_SECONDS} s.")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
