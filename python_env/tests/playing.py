"""What tests play with: actions, right and wrong, and a server in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from python_env.server.sandbox import Answer, Sandbox, SandboxError
from python_env.server.splits import task_of

FOLDER = Path(__file__).parents[1]
APPROVE = {"operation": "finalize", "verdict": "approve"}
REQUEST = {"operation": "finalize", "verdict": "request_changes"}
HINT = {"operation": "request_hint", "slot": 1, "level": 1}
START_SECONDS = 120.0


class Pretended(Sandbox):
    """Answers at once that everything raised, unless it is told to wait or to fail."""

    def __init__(self) -> None:
        super().__init__(workers=0)
        self.runs = 0
        self.fails = False
        self.begun = threading.Event()
        self.may_end = threading.Event()
        self.may_end.set()

    def run(
        self,
        code: str,  # noqa: ARG002 # as the sandbox has it
        scenarios: Sequence[str],
        how: Any = None,  # noqa: ANN401, ARG002
    ) -> list[Answer]:
        """Answer without running anything."""
        self.runs += 1
        self.begun.set()
        assert self.may_end.wait(20), "nobody let the sandbox end"
        if self.fails:
            raise SandboxError("The sandbox lost a run 3 times.")
        return [Answer("raised", "Error") for _ in scenarios]


def finding(task_id: str, number: int = 0) -> dict[str, Any]:
    """Return the finding that names a defect of a task."""
    defect = task_of(task_id).defects[number]
    return {
        "operation": "add_finding", "kind": defect.kind, "severity": defect.severity,
        "first_line": defect.first, "last_line": defect.last,
        "rationale": "Here the code does not do what its docstring promises.",
    }  # fmt: skip


def false_finding(task_id: str) -> dict[str, Any]:
    """Return a finding of a kind that the task has not."""
    kinds = {defect.kind for defect in task_of(task_id).defects}
    kind = "ssrf" if "ssrf" not in kinds else "time-zone"
    line = len(task_of(task_id).code.splitlines())
    return finding_like(kind, line)


def finding_like(kind: str, line: int) -> dict[str, Any]:
    """Return a finding of a kind on a line."""
    return {
        "operation": "add_finding", "kind": kind, "severity": "high", "first_line": line,
        "last_line": line, "rationale": "This line is not what it should be at all.",
    }  # fmt: skip


def patch(task_id: str) -> dict[str, Any]:
    """Return the patch that mends a task."""
    return {"operation": "submit_patch", "patch": task_of(task_id).mended()}


def defective(difficulty: str = "easy") -> str:
    """Return the id of the first task of a level that has a defect."""
    ids = (f"train-{difficulty}-{i}" for i in range(50))
    return next(task_id for task_id in ids if task_of(task_id).defects)


def clean(difficulty: str = "easy") -> str:
    """Return the id of the first task of a level that has none."""
    ids = (f"train-{difficulty}-{i}" for i in range(100))
    return next(task_id for task_id in ids if not task_of(task_id).defects)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextmanager
def running(
    folder: Path, *command: str, **variables: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run a server in a folder, and end it with all its workers."""
    port = free_port()
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **variables}
    arguments = [part.replace("PORT", str(port)) for part in command]
    process = subprocess.Popen(  # noqa: S603 # our own server
        [sys.executable, "-m", *arguments], cwd=folder, start_new_session=True,
        env=environment | {"PORT": str(port), "HOST": "127.0.0.1"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process)
        yield url, process
    finally:
        end(process, signal.SIGTERM)


def end(process: subprocess.Popen[bytes], sign: signal.Signals) -> None:
    """End a server and all its workers, unless it has ended."""
    if process.stdout is None or process.stdout.closed:
        return
    try:
        os.killpg(process.pid, sign)
        process.wait(30)
    except ProcessLookupError:
        pass
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    finally:
        process.communicate()


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(process.communicate()[0].decode()[-2000:])
        try:
            httpx.get(f"{url}/health", timeout=1).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{url} does not answer")
