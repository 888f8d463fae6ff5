"""Attacks on the sandbox: each is blocked or bounded, and reaches no other answer."""

import time
from pathlib import Path

import pytest

from python_env.server.sandbox import Answer, Sandbox
from python_env.server.sandbox.process import Conditions, WorkerProcess
from python_env.tests.attacks import ATTACKS, QUIET, USING_UP, Attack

# Nothing runs on and on: 0.4 seconds on an idle core, and room for a machine with other work.
LONGEST_SECONDS = 60.0
MOST_WORKER_MEGABYTES = 120
HONEST = "def scenario(m):\n    return m.VALUE\n"


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_attack(sandbox: Sandbox, attack: Attack) -> None:
    """An attack ends as its row says, soon, and the scenarios beside it are answered right."""
    begin = time.perf_counter()
    before, attacked, after = sandbox.run(
        f"{QUIET}# {attack.body!r}", [f"{HONEST}# before", attack.as_scenario(), HONEST]
    )
    assert attacked == Answer(attack.outcome, attack.value)  # type: ignore[arg-type]
    assert before == after == Answer("ok", 1)
    assert time.perf_counter() - begin < LONGEST_SECONDS


@pytest.mark.parametrize("name", ["disk", "memory", "endless-loop", "many-files", "recursion"])
def test_attack_of_the_code_under_test(sandbox: Sandbox, name: str) -> None:
    """What code does while it is imported is bounded as well."""
    attack = USING_UP[name]
    body = attack.as_scenario().replace("def scenario(m)", "def attack()")
    [answer] = sandbox.run(f"{body}\nattack()\n", [HONEST])
    assert answer == Answer(attack.outcome, attack.value)  # type: ignore[arg-type]


def megabytes(process: int, line: str) -> int:
    """Return a figure of memory of a process."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.split(f"{line}:")[1].split()[0]) // 1024


def open_files(process: int) -> int:
    """Return how many files a process has open."""
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def test_attacks_leave_the_worker_small(sandbox: Sandbox) -> None:
    """A worker does not grow with what its forks do, and keeps no file open."""
    worker = WorkerProcess()
    try:
        worker.ask(QUIET, [HONEST], Conditions())
        process = worker._started().pid
        before = megabytes(process, "VmRSS"), open_files(process)
        for name in ("memory", "disk", "many-files", "big-number"):
            worker.ask(QUIET, [USING_UP[name].as_scenario()], Conditions())
        after = megabytes(process, "VmRSS"), open_files(process)
    finally:
        worker.stop()
    assert after[0] - before[0] < 5
    assert after[1] == before[1]
    assert after[0] < MOST_WORKER_MEGABYTES
    assert sandbox.run(QUIET, [HONEST]) == [Answer("ok", 1)]


def test_memory_of_a_guest(sandbox: Sandbox) -> None:
    """A guest has 128 MB with all that it needs itself, and can use the most of them."""
    text = """
def scenario(m):
    taken = []
    try:
        while True:
            taken.append(bytearray(1 << 20))
    except MemoryError:
        return len(taken)
"""
    [answer] = sandbox.run(QUIET, [text])
    assert answer.outcome == "ok"
    assert 48 <= answer.value < 128


def test_bytes_of_the_file_system(sandbox: Sandbox) -> None:
    """A guest can write 4 MB in all, and not one byte more by any way."""
    text = """
import os
def scenario(m):
    with open("/w/a", "wb", buffering=0) as file:
        file.write(bytes((4 << 20) - 10))
    told = []
    for attempt in (
        lambda: os.write(os.open("/w/b", os.O_CREAT | os.O_WRONLY), bytes(11)),
        lambda: os.truncate("/w/a", 4 << 20 | 1),
        lambda: os.pwrite(os.open("/w/b", os.O_WRONLY), b"x", 1 << 33),
        lambda: os.posix_fallocate(os.open("/w/b", os.O_WRONLY), 0, 11),
        lambda: os.write(os.open("/w/b", os.O_WRONLY), bytes(10)),
    ):
        try:
            told.append(attempt())
        except OSError as error:
            told.append(error.errno)
    return told
"""
    assert sandbox.run(QUIET, [text]) == [Answer("ok", [51, 51, 51, 51, 10])]
