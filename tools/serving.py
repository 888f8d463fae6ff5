"""A server in a process of its own, and a session with it frame by frame.

Raw frames, because what a typed client leaves out is what these checks look for.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

import requests
from websockets.sync.client import connect

from tools.checks.findings import ROOT

HERE: Final = "127.0.0.1"
# Importing OpenEnv takes several seconds, and longer on a busy machine.
START_SECONDS: Final = 120.0
STOP_SECONDS: Final = 15.0
ANSWER_SECONDS: Final = 30.0


class StartError(RuntimeError):
    """A server did not start."""


class RefusedError(RuntimeError):
    """The server answered with an error."""


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


class Session:
    """One WebSocket session, open within a `with` block.

    Attributes:
        heard: Every frame as it came.
    """

    _socket: Any

    def __init__(self, url: str) -> None:
        """Name the server at `url`."""
        address = f"{url.replace('http', 'ws', 1)}/ws"
        self._connecting = connect(address, max_size=None, open_timeout=ANSWER_SECONDS)
        self.heard: list[str] = []

    def __enter__(self) -> Self:
        """Connect."""
        self._socket = self._connecting.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Hang up."""
        self._connecting.__exit__(kind, error, trace)

    def send(self, text: str) -> dict[str, Any]:
        """Send any text and return the frame that answers it.

        Args:
            text: What to send.

        Returns:
            The frame.
        """
        self._socket.send(text)
        answer = str(self._socket.recv(timeout=ANSWER_SECONDS))
        self.heard.append(answer)
        frame: dict[str, Any] = json.loads(answer)
        return frame

    def reset(self, **choice: object) -> dict[str, Any]:
        """Reset, and return the data of the answer."""
        return self._ask("reset", choice)

    def step(self, action: dict[str, Any]) -> dict[str, Any]:
        """Send an action, and return the data of the answer."""
        return self._ask("step", action)

    def state(self) -> dict[str, Any]:
        """Return the data of the state."""
        return self._ask("state", None)

    def _ask(self, kind: str, data: dict[str, Any] | None) -> dict[str, Any]:
        frame = self.send(json.dumps({"type": kind} | ({} if data is None else {"data": data})))
        answer: dict[str, Any] = frame["data"]
        if frame["type"] == "error":
            raise RefusedError(f"{kind} was answered by {answer.get('message')!r:.200}.")
        return answer
