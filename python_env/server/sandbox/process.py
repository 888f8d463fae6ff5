"""A worker process as the server sees it: a job goes in as a line, its answers come out as one."""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from python_env.server.sandbox.answers import SandboxError
from python_env.server.sandbox.native import ensure_compiled

START_SECONDS: Final = 120.0
SCENARIO_SECONDS: Final = 21.0  # a little more than a worker gives each of its forks

# A worker is forked all the time, so it has to be small. It runs from packages that are bare names:
# what their __init__ files import (a web framework, some day) is not for it.
LAUNCH: Final = """
import runpy, sys, types
folder = sys.argv[1]
for name in ("python_env", "python_env.server", "python_env.server.sandbox"):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [folder + name.removeprefix("python_env").replace(".", "/")]
del sys.argv[1]
runpy.run_module("python_env.server.sandbox.worker", run_name="__main__", alter_sys=True)
"""
ENVIRONMENT_FOLDER: Final = Path(__file__).parents[2]


@dataclass(frozen=True)
class Conditions:
    """Under what conditions scenarios run.

    Attributes:
        layout: Above 0, objects lie at other addresses for each number and every line of the
            module is line 1: what an answer owes to either differs between layouts.
        clock: Whether the clock counts instructions; if not, only sleep moves it.
    """

    layout: int = 0
    clock: bool = True


class WorkerLostError(Exception):
    """A worker ended, or is too late."""


class WorkerProcess:
    """One worker process, which starts at its first job, and again after it was lost."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, code: str, scenarios: Sequence[str], how: Conditions) -> list[str | None]:
        """Return the text of each answer, or None where a fork was lost."""
        process = self._started()
        job = json.dumps({"code": code, "scenarios": scenarios, **asdict(how)})
        try:
            _write_line(process, job)
            texts: list[str | None] = json.loads(
                _read_line(process, SCENARIO_SECONDS * (len(scenarios) + 1))
            )
        except (OSError, WorkerLostError):
            self.stop()
            return [None] * len(scenarios)
        return texts

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.stop()
        self._process = _launch()
        try:
            _read_line(self._process, START_SECONDS)
        except WorkerLostError as error:
            self.stop()
            raise SandboxError(
                "The sandbox's worker does not start; why is on the standard error. It needs "
                "os.fork, /proc and 512 MB of memory: run the server in its container image."
            ) from error
        return self._process

    def stop(self) -> None:
        """End the process; its forks end with it."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _launch() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-c", LAUNCH, str(ENVIRONMENT_FOLDER), str(ensure_compiled())]
    # No secret of the server's environment is for a worker, only the way to wasmtime.
    folders = [str(Path(entry).absolute()) for entry in sys.path if entry]
    environment = {"PYTHONPATH": os.pathsep.join(folders)}
    return subprocess.Popen(  # noqa: S603 - our own program
        command, env=environment, cwd="/", stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def _write_line(process: subprocess.Popen[bytes], text: str) -> None:
    if process.stdin is None:
        raise WorkerLostError
    process.stdin.write(f"{text}\n".encode())
    process.stdin.flush()


def _read_line(process: subprocess.Popen[bytes], seconds: float) -> bytes:
    """Return one line of a worker.

    Raises:
        WorkerLostError: The worker ended, or the line is not there in time.
    """
    if process.stdout is None:
        raise WorkerLostError
    descriptor = process.stdout.fileno()
    until = time.monotonic() + seconds
    ready = select.poll()
    ready.register(descriptor, select.POLLIN)
    line = bytearray()
    while not line.endswith(b"\n"):
        left = until - time.monotonic()
        if left <= 0:
            raise WorkerLostError
        if ready.poll(1_000 * left):
            piece = os.read(descriptor, 1 << 16)
            if not piece:
                raise WorkerLostError
            line += piece
    return bytes(line)
