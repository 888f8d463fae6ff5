"""Servers of OpenEnv's protocol: ours, and the echo environment of OpenEnv's template.

Ours is started by its own module and the template as its image starts it, `uvicorn` and no flag.

Nothing here knows what is measured on them.
"""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import requests

ROOT: Final = Path(__file__).parents[1]
MODULE: Final = "email_triage_env.server.app"
HOST: Final = "127.0.0.1"
MAX_SESSIONS: Final = 64
IDLE_SECONDS: Final = 600
MAX_MESSAGE_BYTES: Final = 1 << 20
START_SECONDS: Final = 120
KIB_PER_MIB: Final = 1024

ECHO: Final = "echo_template"
# What our module tells uvicorn, as its command line says it.
SAME_FLAGS: Final = (
    "--ws-max-size", str(MAX_MESSAGE_BYTES), "--ws-per-message-deflate", "false",
    "--ws-ping-interval", "300", "--ws-ping-timeout", "300",
)  # fmt: skip
# The template says of this line: "increase this number to allow more concurrent sessions".
_CAPACITY: Final = "max_concurrent_envs=1,"
_SAME_CAPACITY: Final = (
    f"concurrency_config=ConcurrencyConfig("
    f"max_concurrent_envs={MAX_SESSIONS}, session_timeout={IDLE_SECONDS}.0),"
)


class Start(NamedTuple):
    """How a server is started: what Python is told, beside the port in the variable PORT."""

    arguments: tuple[str, ...]
    folder: Path


class Uvicorn(NamedTuple):
    """A running server."""

    url: str
    pid: int

    def memory(self) -> float:
        """Return its resident memory, in MiB."""
        text = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        size = re.search(r"VmRSS:\s+(\d+)", text)
        if size is None:
            raise SystemExit("The server has ended.")
        return int(size[1]) / KIB_PER_MIB

    def cpu_seconds(self) -> float:
        """Return how long its threads have run so far; waiting for a busy machine is no part."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text(encoding="utf-8").split()[0]) for task in tasks) / 1e9


OURS: Final = Start(("-m", MODULE), ROOT)


def echo(folder: Path, flags: tuple[str, ...] = ()) -> Start:
    """Return how the echo environment that lies in a folder is started.

    Args:
        folder: Where `generate_echo` put it.
        flags: What uvicorn is told beside the address.

    Returns:
        The start.
    """
    return Start(("-m", "uvicorn", f"{ECHO}.server.app:app", *flags), folder)


@contextmanager
def running(start: Start = OURS) -> Iterator[Uvicorn]:
    """Run a server until the end of the block."""
    with socket.create_server((HOST, 0)) as probe:
        port = str(probe.getsockname()[1])
    variables = {
        "HOST": HOST,
        "PORT": port,
        "UVICORN_HOST": HOST,
        "UVICORN_PORT": port,
        "MAX_CONCURRENT_ENVS": str(MAX_SESSIONS),
        "SESSION_TIMEOUT_SECONDS": str(IDLE_SECONDS),
        "ENABLE_WEB_INTERFACE": "false",
    }
    process = subprocess.Popen(  # noqa: S603 # our own server
        [sys.executable, *start.arguments], cwd=start.folder, env={**os.environ, **variables},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        url = f"http://{HOST}:{port}"
        _wait_for(f"{url}/health", process)
        yield Uvicorn(url, process.pid)
        if process.poll() is not None:
            raise SystemExit(f"The server {' '.join(start.arguments)} has ended on its own.")
    finally:
        process.terminate()
        process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            requests.get(url, timeout=5)
        except requests.RequestException:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"No answer from {url}.")


def generate_echo(folder: Path) -> None:
    """Let OpenEnv write its template into a folder, and give it as many sessions as ours has.

    Args:
        folder: Where; it must lie outside the project.
    """
    # Without a PATH it finds no uv, which would look up packages that are installed anyway.
    subprocess.run(  # noqa: S603 # OpenEnv's own command
        [sys.executable, "-m", "openenv.cli", "init", ECHO, "--output-dir", str(folder)],
        env={**os.environ, "PATH": ""}, stdout=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    path = folder / ECHO / "server" / "app.py"
    text = path.read_text(encoding="utf-8")
    if text.count(_CAPACITY) != 1:
        raise SystemExit(f"OpenEnv's template no longer says {_CAPACITY!r}; change it here, too.")
    needed = "from openenv.core.env_server.types import ConcurrencyConfig"
    path.write_text(f"{needed}\n{text.replace(_CAPACITY, _SAME_CAPACITY)}", encoding="utf-8")
