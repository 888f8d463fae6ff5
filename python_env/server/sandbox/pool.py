"""The server's side of the sandbox: workers, who gets which job, and what is remembered."""

import hashlib
import queue
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from types import TracebackType
from typing import Final, Self

from python_env.server.sandbox.answers import Answer, SandboxError, read_answer
from python_env.server.sandbox.native import ensure_compiled
from python_env.server.sandbox.process import Conditions, WorkerProcess

WORKERS: Final = 2
ATTEMPTS: Final = 3
FEWEST_TO_SHARE: Final = 4
MOST_REMEMBERED: Final = 4_096
USUAL: Final = Conditions()
Key = tuple[str, str, Conditions]


class Sandbox:
    """Runs code in scenarios, which share nothing with each other, with the host or with time.

    It is thread-safe. A call waits until a worker is free and then until all is answered, so it
    belongs in a thread, never on an event loop. Close it, or use it as a context manager.

    Args:
        workers: How many processes run jobs side by side; each takes some 60 MB and a core.
    """

    def __init__(self, workers: int = WORKERS) -> None:
        self._count = workers
        self._free: queue.LifoQueue[WorkerProcess] = queue.LifoQueue()
        for _ in range(workers):
            self._free.put(WorkerProcess())
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

    def run(self, code: str, scenarios: Sequence[str], how: Conditions = USUAL) -> list[Answer]:
        """Run a module in each of some scenarios.

        Args:
            code: The module. Each scenario gets it freshly executed, and can import it as
                `subject`.
            scenarios: Each is a text that defines `scenario(m)`, where `m` is the module;
                `plain(value)` is there to make plain data of a value.
            how: Under what conditions.

        Returns:
            The answer to each scenario, in their order. It depends on the code, the scenario and
            the conditions alone.

        Raises:
            SandboxError: The sandbox cannot run here, or was closed.
        """
        keys = {scenario: _key(code, scenario, how) for scenario in scenarios}
        with self._lock:
            known = {
                scenario: self._remembered[key]
                for scenario, key in keys.items()
                if key in self._remembered
            }
        known |= self._ask(code, [scenario for scenario in keys if scenario not in known], how)
        self._remember({keys[scenario]: text for scenario, text in known.items()})
        return [read_answer(known[scenario]) for scenario in scenarios]

    def run_all(
        self, jobs: Sequence[tuple[str, Sequence[str]]], how: Conditions = USUAL
    ) -> list[list[Answer]]:
        """Run several modules, side by side where workers are free; see `run`."""
        with ThreadPoolExecutor(self._count) as threads:
            return list(threads.map(lambda job: self.run(job[0], job[1], how), jobs))

    def close(self) -> None:
        """Wait for what is running, then end the workers; nothing can be run after that."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        for _ in range(self._count):
            self._free.get().stop()

    def _ask(self, code: str, scenarios: list[str], how: Conditions) -> dict[str, str]:
        told: dict[str, str] = {}
        for _ in range(ATTEMPTS):
            missing = [scenario for scenario in scenarios if scenario not in told]
            if not missing:
                return told
            texts = self._ask_free_workers(code, missing, how)
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

    def _ask_free_workers(
        self, code: str, scenarios: list[str], how: Conditions
    ) -> list[str | None]:
        """Ask one worker, or two at once if there is enough to do and both are free."""
        half = len(scenarios) // 2
        if half < FEWEST_TO_SHARE or self._free.qsize() < 2:  # noqa: PLR2004 # two halves
            return self._ask_one(code, scenarios, how)
        with ThreadPoolExecutor(1) as threads:
            first = threads.submit(self._ask_one, code, scenarios[:half], how)
            second = self._ask_one(code, scenarios[half:], how)
            return first.result() + second

    def _ask_one(self, code: str, scenarios: list[str], how: Conditions) -> list[str | None]:
        with self._worker() as worker:
            return worker.ask(code, scenarios, how)

    @contextmanager
    def _worker(self) -> Iterator[WorkerProcess]:
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


def _key(code: str, scenario: str, how: Conditions) -> Key:
    return _digest(code), _digest(scenario), how


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
