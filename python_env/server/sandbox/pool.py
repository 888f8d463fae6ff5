"""The server's side of the sandbox: workers, who gets which job, and what is remembered."""

import hashlib
import json
import os
import queue
import select
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from python_env.server.sandbox.answers import Answer, SandboxError, read_answer
from python_env.server.sandbox.build import ensure_compiled

WORKERS: Final = 2
ATTEMPTS: Final = 3
START_SECONDS: Final = 120.0
SCENARIO_SECONDS: Final = 21.0  # a little more than a worker gives each of its forks
MOST_REMEMBERED: Final = 4_096

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
Key = tuple[str, str, int]


class _WorkerLostError(Exception):
    """A worker ended, or is too late."""


class _Worker:
    """One worker process, which starts at its first job, and again after it was lost."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, code: str, scenarios: Sequence[str], layout: int) -> list[str | None]:
        """Return the text of each answer, or None where a fork was lost."""
        process = self._started()
        job = json.dumps({"code": code, "scenarios": scenarios, "layout": layout})
        try:
            _write_line(process, job)
            texts: list[str | None] = json.loads(
                _read_line(process, SCENARIO_SECONDS * (len(scenarios) + 1))
            )
        except (OSError, _WorkerLostError):
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
        except _WorkerLostError as error:
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
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(  # noqa: S603 - our own program
        command, env=environment, cwd="/", stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def _write_line(process: subprocess.Popen[bytes], text: str) -> None:
    if process.stdin is None:
        raise _WorkerLostError
    process.stdin.write(f"{text}\n".encode())
    process.stdin.flush()


def _read_line(process: subprocess.Popen[bytes], seconds: float) -> bytes:
    """Return one line of a worker.

    Raises:
        _WorkerLostError: The worker ended, or the line is not there in time.
    """
    if process.stdout is None:
        raise _WorkerLostError
    descriptor = process.stdout.fileno()
    until = time.monotonic() + seconds
    ready = select.poll()
    ready.register(descriptor, select.POLLIN)
    line = bytearray()
    while not line.endswith(b"\n"):
        left = until - time.monotonic()
        if left <= 0:
            raise _WorkerLostError
        if ready.poll(1_000 * left):
            piece = os.read(descriptor, 1 << 16)
            if not piece:
                raise _WorkerLostError
            line += piece
    return bytes(line)


class Sandbox:
    """Runs code in scenarios, which share nothing with each other, with the host or with time.

    It is thread-safe. A call waits until a worker is free and then until all is answered, so it
    belongs in a thread, never on an event loop. Close it, or use it as a context manager.

    Args:
        workers: How many processes run jobs side by side; each takes some 60 MB and a core.
    """

    def __init__(self, workers: int = WORKERS) -> None:
        self._count = workers
        self._free: queue.LifoQueue[_Worker] = queue.LifoQueue()
        for _ in range(workers):
            self._free.put(_Worker())
        self._remembered: OrderedDict[Key, str] = OrderedDict()
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def run(self, code: str, scenarios: Sequence[str], *, layout: int = 0) -> list[Answer]:
        """Run a module in each of some scenarios.

        Args:
            code: The module. Each scenario gets it freshly executed, and can import it as
                `subject`.
            scenarios: Each is a text that defines `scenario(m)`, where `m` is the module;
                `plain(value)` is there to make plain data of a value.
            layout: Above 0, objects lie at other addresses for each number and every line of the
                module is line 1: what an answer owes to either differs between layouts.

        Returns:
            The answer to each scenario, in their order. It depends on the code, the scenario and
            the layout alone.

        Raises:
            SandboxError: The sandbox cannot run here, or was closed.
        """
        keys = {scenario: _key(code, scenario, layout) for scenario in scenarios}
        with self._lock:
            known = {
                scenario: self._remembered[key]
                for scenario, key in keys.items()
                if key in self._remembered
            }
        known |= self._ask(code, [scenario for scenario in keys if scenario not in known], layout)
        self._remember({keys[scenario]: text for scenario, text in known.items()})
        return [read_answer(known[scenario]) for scenario in scenarios]

    def run_all(self, jobs: Sequence[tuple[str, Sequence[str]]]) -> list[list[Answer]]:
        """Run several modules, side by side where workers are free; see `run`."""
        with ThreadPoolExecutor(self._count) as threads:
            return list(threads.map(lambda job: self.run(*job), jobs))

    def close(self) -> None:
        """Wait for what is running, then end the workers; nothing can be run after that."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        for _ in range(self._count):
            self._free.get().stop()

    def _ask(self, code: str, scenarios: list[str], layout: int) -> dict[str, str]:
        told: dict[str, str] = {}
        for _ in range(ATTEMPTS):
            missing = [scenario for scenario in scenarios if scenario not in told]
            if not missing:
                return told
            with self._worker() as worker:
                texts = worker.ask(code, missing, layout)
            told |= {
                scenario: text
                for scenario, text in zip(missing, texts, strict=True)
                if text is not None
            }
        if len(told) < len(scenarios):
            raise SandboxError(
                f"The sandbox lost a run {ATTEMPTS} times; give the server more processor time "
                f"and memory (512 MB)."
            )
        return told

    @contextmanager
    def _worker(self) -> Iterator[_Worker]:
        if self._closed:
            raise SandboxError("The sandbox is closed; make another one.")
        worker = self._free.get()
        try:
            yield worker
        finally:
            self._free.put(worker)

    def _remember(self, texts: dict[Key, str]) -> None:
        with self._lock:
            for key, text in texts.items():
                self._remembered[key] = text
                self._remembered.move_to_end(key)
            while len(self._remembered) > MOST_REMEMBERED:
                self._remembered.popitem(last=False)


def _key(code: str, scenario: str, layout: int) -> Key:
    return _digest(code), _digest(scenario), layout


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=1)
def check_ready() -> None:
    """Compile what is not compiled yet and run one scenario, once for each process.

    Raises:
        SandboxError: The sandbox cannot run here; the message names the remedy.
    """
    with Sandbox(workers=1) as sandbox:
        answers = sandbox.run("READY = 1", ["def scenario(m):\n    return m.READY"])
    if answers != [Answer("ok", 1)]:
        raise SandboxError(
            f"The sandbox answers {answers[0]}; delete the compiled file {ensure_compiled()} and "
            f"start again."
        )
