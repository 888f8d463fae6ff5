"""Real processes for the tests: a server on a free port, stopped whatever happens."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import requests

from tools.serving import free_port as free_port
from tools.serving import serving

ROOT = Path(__file__).parents[1]
NATIVE = "email_triage_env.server.app"
START_SECONDS = 20.0
# Clients run on older releases of OpenEnv, too, so what serves may be another environment's Python.
SERVER_PYTHON = os.environ.get("SERVER_PYTHON") or sys.executable
WORKERS = 2


class Server(NamedTuple):
    """A running server."""

    url: str
    process: subprocess.Popen[bytes]

    def workers(self, without: Collection[int] = ()) -> list[int]:
        """Wait for both workers, none of them among those `without`, and return their ids."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            found = [int(pid) for pid in children.read_text(encoding="utf-8").split()]
            if len(found) == WORKERS and not set(found) & set(without):
                return found
            time.sleep(0.02)
        raise RuntimeError(f"No {WORKERS} workers in {START_SECONDS} s.")


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = START_SECONDS) -> None:
    """Wait until a server answers, or fail with how it ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with {process.returncode}.")
        try:
            requests.get(url, timeout=1)
        except requests.ConnectionError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"No answer from {url} in {seconds} s.")


@contextmanager
def running_server(tmp_path: Path, variables: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Run `python server.py` in a process of its own."""
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "TMPDIR": str(tmp_path), **(variables or {})}
    with (tmp_path / "server.log").open("wb") as log:
        process = subprocess.Popen(  # our own server
            [sys.executable, "server.py"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url, process)
            yield Server(url, process)
        finally:
            stop(process)


@contextmanager
def running_native(
    log: Path,
    variables: Mapping[str, str] | None = None,
    module: str = NATIVE,
) -> Iterator[Server]:
    """Run a server of OpenEnv's protocol, by `python -m module`, in a process of its own."""
    with serving(module, log, variables, python=SERVER_PYTHON) as server:
        yield Server(server.url, server.process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process gently, and if that does not help, at once."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
