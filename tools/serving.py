"""A server in a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

import requests

from tools.checks.findings import ROOT

HERE: Final = "127.0.0.1"
# Importing OpenEnv takes several seconds, and longer on a busy machine.
START_SECONDS: Final = 120.0
STOP_SECONDS: Final = 15.0


class StartError(RuntimeError):
    """A server did not start."""


class Running(NamedTuple):
    """A server that answers."""

    url: str
    process_id: int


@contextmanager
def running(hash_seeds: tuple[str, ...]) -> Iterator[list[Running]]:
    """Run one server for each value of PYTHONHASHSEED, all starting at the same time.

    Args:
        hash_seeds: The values.

    Yields:
        The servers.

    Raises:
        StartError: If one does not answer.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        started = []
        for seed in hash_seeds:
            port, log = _free_port(), folder / f"server-{seed}.log"
            output = stack.enter_context(log.open("wb"))
            environment = {
                **os.environ, "PORT": str(port), "HOST": HERE, "PYTHONHASHSEED": seed,
                "ENABLE_WEB_INTERFACE": "false", "PYTHONDONTWRITEBYTECODE": "1",
            }  # fmt: skip
            process = subprocess.Popen(  # our own server
                [sys.executable, "-m", "email_triage_env.server.app"],
                cwd=ROOT, env=environment, stdout=output, stderr=output,
            )  # fmt: skip
            stack.callback(_stop, process)
            started.append((f"http://{HERE}:{port}", process, log))
        for url, process, log in started:
            _wait(url, process, log)
        yield [Running(url, process.pid) for url, process, _ in started]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(f"{url}/health", timeout=1).ok:
                return
        except requests.RequestException:
            time.sleep(0.05)
    printed = log.read_text(encoding="utf-8", errors="replace")[-500:]
    raise StartError(f"The server at {url} did not start; it printed: {printed}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
