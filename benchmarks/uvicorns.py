"""Servers of OpenEnv's protocol under uvicorn: ours, and the echo environment of its template.

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
OURS: Final = "email_triage_env.server.app:app"
HOST: Final = "127.0.0.1"
MAX_SESSIONS: Final = 64
IDLE_SECONDS: Final = 600
MAX_MESSAGE_BYTES: Final = 1 << 20
START_SECONDS: Final = 120
KIB_PER_MIB: Final = 1024

ECHO: Final = "echo_template"
# The template says of this line: "increase this number to allow more concurrent sessions".
_CAPACITY: Final = "max_concurrent_envs=1,"
_SAME_CAPACITY: Final = (
    f"concurrency_config=ConcurrencyConfig("
    f"max_concurrent_envs={MAX_SESSIONS}, session_timeout={IDLE_SECONDS}.0),"
)


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


@contextmanager
def running(app: str = OURS, folder: Path = ROOT) -> Iterator[Uvicorn]:
    """Run an application that lies in a folder, until the end of the block."""
    with socket.create_server((HOST, 0)) as probe:
        port = str(probe.getsockname()[1])
    variables = {
        "MAX_CONCURRENT_ENVS": str(MAX_SESSIONS),
        "SESSION_TIMEOUT_SECONDS": str(IDLE_SECONDS),
        "ENABLE_WEB_INTERFACE": "false",
    }
    process = subprocess.Popen(  # noqa: S603 # our own server
        [
            sys.executable, "-m", "uvicorn", app, "--host", HOST, "--port", port,
            "--ws-max-size", str(MAX_MESSAGE_BYTES),
        ],
        cwd=folder, env={**os.environ, **variables},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        url = f"http://{HOST}:{port}"
        _wait_for(f"{url}/health", process)
        yield Uvicorn(url, process.pid)
        if process.poll() is not None:
            raise SystemExit(f"The server {app} has ended on its own.")
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


def generate_echo(folder: Path) -> str:
    """Let OpenEnv write its template into a folder, and give it as many sessions as ours has.

    Args:
        folder: Where; it must lie outside the project.

    Returns:
        The application, as uvicorn names it from that folder.
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
    return f"{ECHO}.server.app:app"
