"""Runs jobs in a warm CPython on WASI: one JSON line in, one out. It is a program of its own.

Every job is a fork at a checkpoint, and every scenario of it a fork of that. A fork of a process
with threads can wait for ever, which is why this one has a single thread, and refuses to fork if it
has more: wasmtime's own WASI would start threads, so the guest gets ours.

A line in is an object with `code`, `scenarios`, `layout` and `clock`. A line out is a list with one
text per scenario, as `answers.read_answer` takes it, or null where the fork was lost.
"""

import ctypes
import gc
import importlib.util
import json
import os
import secrets
import signal
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from wasmtime import Config, Engine, Linker, Memory, Module, Store, Trap, TrapCode, WasmtimeError

from python_env.server.sandbox.memory import GuestMemory
from python_env.server.sandbox.wasi import GuestExit, Wasi

WARM_UP_FUEL: Final = 100_000_000_000
FUEL: Final = 6_000_000_000  # an endless loop ends after a third of a second
MEMORY: Final = 128 << 20
WALL_SECONDS: Final = 20.0  # who is not done then was starved by the host: no verdict
PASSWORD_BYTES: Final = 16
DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG
READY: Final = "ready"

GUEST: Final = Path(__file__).with_name("guest.py")
ARGS: Final = ["python", "-S", "-s", "-P", "-B", "-c"]
ENVIRONMENT: Final = ["PYTHONHASHSEED=0", "TZ=UTC", "LC_ALL=C.UTF-8", "TMPDIR=/w", "HOME=/w"]


class JobsDone(Exception):  # noqa: N818 - how a worker ends, not an error
    """There are no more jobs."""


class Worker:
    """A warm guest in a process that forks: the worker, then a job's fork, then a scenario's."""

    def __init__(self, jobs: Iterable[dict[str, Any]]) -> None:
        self._jobs = jobs
        self._scenarios: Sequence[str] = ()
        self._parent: int | None = None
        self._checkpoints = iter((self._serve_jobs, self._serve_scenarios))
        self._is_scenario = False
        self._wasi = Wasi([*ARGS, GUEST.read_text("utf-8")], ENVIRONMENT, self._at_checkpoint)
        self._prctl = ctypes.CDLL(None).prctl

    def run(self, compiled: str) -> None:
        """Warm up, then serve; every fork runs to its end in here too."""
        store, memory, start = self._load(compiled)
        self._wasi.use(GuestMemory(store, memory), WARM_UP_FUEL)
        self._wasi.input = json.dumps(library_sources()).encode()
        ending = "crashed"
        try:
            start(store)
        except JobsDone:
            return
        except GuestExit:
            pass
        except Trap as trap:
            if trap.trap_code == TrapCode.OUT_OF_FUEL:
                ending = "out of time"
        except WasmtimeError:
            pass
        self._end(ending)

    def _load(self, compiled: str) -> tuple[Store, Memory, Any]:
        config = Config()
        config.consume_fuel = True
        engine = Engine(config)
        store = Store(engine)
        store.set_limits(memory_size=MEMORY)
        store.set_fuel(WARM_UP_FUEL)
        linker = Linker(engine)
        self._wasi.attach(linker, store)
        module = Module.deserialize_file(engine, compiled)
        exports = linker.instantiate(store, module).exports(store)
        memory = exports["memory"]
        if not isinstance(memory, Memory):
            raise TypeError(f"The guest exports {memory!r} as its memory; build the sandbox again.")
        return store, memory, exports["_start"]

    def _at_checkpoint(self) -> None:
        serve = next(self._checkpoints, None)
        if serve is not None:
            serve()

    def _serve_jobs(self) -> None:
        """Answer every job; return only in the fork of one."""
        gc.collect()
        gc.freeze()
        _say(READY)
        for job in self._jobs:
            self._scenarios = job.pop("scenarios")
            clock = job.pop("clock")
            told = self._fork()
            if told is None:
                self._wasi.clock_stands = not clock
                self._begin(json.dumps(job).encode())
                return
            none = json.dumps([None] * len(self._scenarios))
            _say(told.decode() or none)
        raise JobsDone

    def _serve_scenarios(self) -> None:
        """Answer every scenario of the job; return only in the fork of one."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers = []
        for scenario in self._scenarios:
            told = self._fork()
            if told is None:
                self._is_scenario = True
                self._wasi.password = secrets.token_hex(PASSWORD_BYTES).encode()
                self._begin(self._wasi.password + json.dumps(scenario).encode())
                return
            answers.append(told[1:].decode(errors="replace") if told else None)
        self._tell(json.dumps(answers).encode())

    def _begin(self, given: bytes) -> None:
        self._wasi.input = given
        self._wasi.refuel(FUEL)

    def _end(self, ending: str) -> None:
        """Tell how the guest of this fork ended."""
        complaints = self._wasi.complaints.decode(errors="replace")
        if self._parent is None:
            raise SystemExit(f"The sandbox's guest did not warm up: {ending}. {complaints}")
        answer = self._wasi.answer or json.dumps([ending, None]).encode()
        if self._is_scenario:
            # The mark in front tells an empty answer from that of a lost fork.
            self._tell(b"=" + answer)
        else:  # the code did not even compile
            self._tell(json.dumps([answer.decode()] * len(self._scenarios)).encode())

    def _tell(self, text: bytes) -> None:
        """Hand a text to the parent of this fork, and end it."""
        if self._parent is not None:
            with open(self._parent, "wb") as pipe:  # noqa: PTH123 - a descriptor has no path
                pipe.write(text)
        os._exit(0)

    def _fork(self) -> bytes | None:
        """Fork.

        Returns:
            None in the fork; in its parent, once it has ended, what it told. That is nothing if
            it was killed.
        """
        threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - in the hot path
        if threads != 1:
            raise SystemExit(f"The sandbox's worker has {threads} threads and cannot fork.")
        reading, writing = os.pipe()
        process = os.fork()
        if process == 0:
            self._prctl(DIE_WITH_PARENT, signal.SIGKILL)
            signal.setitimer(signal.ITIMER_REAL, WALL_SECONDS)
            os.close(reading)
            if self._parent is not None:
                os.close(self._parent)
            self._parent = writing
            return None
        os.close(writing)
        with open(reading, "rb") as pipe:  # noqa: PTH123
            told = pipe.read()
        os.waitpid(process, 0)
        return told


def _say(line: str) -> None:
    """Send a line to the server."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def library_sources() -> dict[str, str]:
    """Return the sources of PyYAML, which the guest imports, by the name of the module."""
    found = importlib.util.find_spec("yaml")
    if found is None or found.origin is None:
        raise SystemExit("PyYAML is not installed; install the server's requirements.")
    folder = Path(found.origin).parent
    names = {path: path.stem for path in sorted(folder.glob("*.py")) if path.stem != "cyaml"}
    return {
        "yaml" if stem == "__init__" else f"yaml.{stem}": path.read_text("utf-8")
        for path, stem in names.items()
    }


if __name__ == "__main__":
    Worker(json.loads(line) for line in sys.stdin).run(sys.argv[1])
