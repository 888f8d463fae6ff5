"""Starts servers, each in a process of its own: for tools, tests, benchmarks and training.

Knows no environment: what serves is the name of a module.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import Final
from urllib.request import ProxyHandler, build_opener

HOUSE: Final = Path(__file__).parents[1]
HERE: Final = "127.0.0.1"
# Importing OpenEnv takes several seconds, and longer on a busy machine.
START_SECONDS: Final = 120.0
STOP_SECONDS: Final = 15.0
ASK_SECONDS: Final = 5.0
PRINTED_BYTES: Final = 2000


class StartError(RuntimeError):
    """A server did not start."""


class Server:
    """A server in a process of its own, from the moment when that begins.

    Attributes:
        url: Where it answers, once it does.
        process: The process.
    """

    url: str
    process: subprocess.Popen[bytes]

    def __init__(
        self,
        module: str,
        log: Path | None = None,
        variables: Mapping[str, str] | None = None,
        *,
        folder: Path = HOUSE,
        alone: bool = False,
        python: str = sys.executable,
    ) -> None:
        """Start `python -m module` on a free port; `wait` until it answers, and `stop` it.

        Args:
            module: What serves.
            log: Where its output goes; by default into a file that goes with the server.
            variables: Of its environment, beside those of this process.
            folder: Where it runs.
            python: What runs it.
            alone: Whether it gets none of the variables of this process, so that the project alone
                decides what it does.
        """
        port = free_port()
        self.url = f"http://{HERE}:{port}"
        inherited = dict(os.environ)
        if alone:
            # And nothing is written into a folder that may be somebody's copy.
            path = os.environ.get("PATH", os.defpath)
            inherited = {"PATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
        self._output = tempfile.TemporaryFile() if log is None else log.open("w+b")  # noqa: SIM115
        self.process = subprocess.Popen(  # noqa: S603 # our own server
            [python, "-m", module], cwd=folder, stdin=subprocess.DEVNULL,
            stdout=self._output, stderr=self._output,
            env={**inherited, "HOST": HERE, "PORT": str(port), **(variables or {})},
        )  # fmt: skip

    def wait(self) -> None:
        """Wait until it is healthy.

        Raises:
            StartError: If it ends, or does not answer in time.
        """
        deadline = time.monotonic() + START_SECONDS
        # A proxy that the variables name would be asked for an address of this machine, too.
        opener = build_opener(ProxyHandler({}))
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                with opener.open(f"{self.url}/health", timeout=ASK_SECONDS):
                    return
            except (OSError, HTTPException):
                time.sleep(0.05)
        status = self.process.returncode
        ended = "is silent" if status is None else f"ended with {status}"
        raise StartError(f"The server at {self.url} {ended}; it printed: {self.printed()}")

    def printed(self, most: int = PRINTED_BYTES) -> str:
        """Return the end of what it has printed."""
        # The process writes where this file is read, so its place in it must not move.
        size = os.fstat(self._output.fileno()).st_size
        return os.pread(self._output.fileno(), most, max(0, size - most)).decode(errors="replace")

    def stop(self) -> None:
        """End it, gently if it lets us."""
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._output.close()


@contextmanager
def serving(
    module: str,
    log: Path | None = None,
    variables: Mapping[str, str] | None = None,
    *,
    folder: Path = HOUSE,
    python: str = sys.executable,
) -> Iterator[Server]:
    """Run a server until the end of the block.

    Args:
        module: What serves, by `python -m module`.
        log: Where its output goes; by default nowhere that stays.
        variables: Of its environment, beside those of this process.
        folder: Where it runs.
        python: What runs it.

    Yields:
        The server, which answers.

    Raises:
        StartError: If it does not start.
    """
    server = Server(module, log, variables, folder=folder, python=python)
    try:
        server.wait()
        yield server
    finally:
        server.stop()


@contextmanager
def serving_alike(
    module: str, hash_seeds: Sequence[str], *, folder: Path = HOUSE
) -> Iterator[list[Server]]:
    """Run a server for each value of PYTHONHASHSEED, all starting at the same time.

    Args:
        module: What serves, by `python -m module`.
        hash_seeds: The values.
        folder: Where they run.

    Yields:
        The servers, which answer; none of them has a page to play by hand.

    Raises:
        StartError: If one does not start.
    """
    with ExitStack() as stack:
        servers = []
        for seed in hash_seeds:
            variables = {"PYTHONHASHSEED": seed, "ENABLE_WEB_INTERFACE": "false"}
            servers.append(Server(module, None, variables, folder=folder))
            stack.callback(servers[-1].stop)
        for server in servers:
            server.wait()
        yield servers


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])
