"""What a server takes: memory, processor, disk and time, against what the manifest declares."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import requests
from websockets.exceptions import ConnectionClosed

from tools.checks.captures import EPISODE_ID, perform, sample
from tools.checks.findings import (
    DeclarationError,
    Finding,
    Target,
    declared,
    judged,
    skipped,
)
from tools.checks.session import ErrorFrameError, Session
from tools.episodes.playing import ServerError
from tools.subject import Policy

ROUNDS: Final = 8
MEBIBYTE: Final = 1 << 20
OVERSIZE_FRAME: Final = 2 * MEBIBYTE
OVERSIZE_ACTION: Final = MEBIBYTE // 2
LONGEST_TIMEOUT_SECONDS: Final = 3600.0
# The processor's clock ticks a hundred times a second.
CLOCK_SHARE: Final = 0.05
PROCESSES: Final = Path("/proc")
NO_PROCESS: Final = "the server's process is not known; leave out --url, on Linux"
RESOURCES: Final = ("cpu", "memory_mb", "disk_mb", "episode_timeout_s")


class Usage(NamedTuple):
    """What a process has taken: its highest memory, its processor time, what it wrote to disk."""

    memory_mb: float
    cpu_seconds: float
    disk_mb: float


class Measured(NamedTuple):
    """What a span of work took: how long, how much processor, and the usage after it."""

    seconds: list[float]
    usage: list[Usage]

    def cores(self) -> float:
        """Return how many processors were busy on average."""
        return (self.usage[-1].cpu_seconds - self.usage[0].cpu_seconds) / sum(self.seconds)

    def over(self, resources: dict[str, float]) -> list[str]:
        """Return what was more than declared.

        Args:
            resources: The block of the manifest.

        Returns:
            A line for each resource that was exceeded.
        """
        limits = {
            "memory_mb": (self.usage[-1].memory_mb, resources["memory_mb"]),
            "cpu": (self.cores() - CLOCK_SHARE, resources["cpu"]),
            "disk_mb": (self.usage[-1].disk_mb, resources["disk_mb"]),
            "episode_timeout_s": (max(self.seconds), resources["episode_timeout_s"]),
        }
        return [
            f"{name} was {taken:.2f}, declared {limit}"
            for name, (taken, limit) in limits.items()
            if taken > limit
        ]


def resource_bounds(target: Target) -> Finding:
    """Memory and processor stay below the declaration, and an oversize action harms nobody."""
    subject, resources = target.subject, _resources(target)
    last = sample(subject.splits, 1)[-1]
    with Session(target.url) as witness:
        before = witness.reset(task_id=last, episode_id=EPISODE_ID)
        problems = _oversize(target)
        if (
            witness.state().get("step_count") != 0
            or witness.reset(task_id=last, episode_id=EPISODE_ID) != before
        ):
            problems.append("an oversize action changed another session")
    requests.get(f"{target.url}/health", timeout=10).raise_for_status()
    if target.process_id is None or not PROCESSES.exists():
        return judged(problems, "") if problems else skipped(NO_PROCESS)
    with _watched(target.process_id) as measured:
        for number in range(ROUNDS):
            _play(target, subject.bench.erratic, measured, number)
    problems += measured.over(resources)
    return judged(
        problems,
        f"{len(measured.seconds)} episodes: peak {measured.usage[-1].memory_mb:.0f} MB of "
        f"{resources['memory_mb']:g}, {measured.cores():.2f} cores of {resources['cpu']}; a frame "
        f"of {OVERSIZE_FRAME >> 20} MiB was refused, an action of {OVERSIZE_ACTION >> 10} KiB "
        f"earned nothing and was not kept, other sessions went on",
    )


def resource_envelope(target: Target) -> Finding:
    """Replaying the answers takes no more memory, processor, disk and time than declared."""
    if target.process_id is None or not PROCESSES.exists():
        return skipped(NO_PROCESS)
    resources = _resources(target)
    with _watched(target.process_id) as measured:
        _play(target, target.subject.bench.oracle, measured, each=ROUNDS)
    usage = measured.usage[-1]
    return judged(
        measured.over(resources),
        f"{len(measured.seconds)} oracle episodes: {usage.memory_mb:.0f} MB of "
        f"{resources['memory_mb']:g}, {measured.cores():.2f} cores of {resources['cpu']}, "
        f"{usage.disk_mb:.1f} MB written of {resources['disk_mb']:g}, slowest "
        f"{max(measured.seconds) * 1000:.0f} ms",
    )


def timeout_ceiling(target: Target) -> Finding:
    """The declared timeout is at most an hour, and the slowest episode ends well within it."""
    limit = declared(target.subject.root, float, "resources", "episode_timeout_s")
    measured = Measured([], [])
    _play(target, target.subject.bench.erratic, measured)
    slowest = max(measured.seconds)
    problems = []
    if not 0 < limit <= LONGEST_TIMEOUT_SECONDS:
        problems.append(f"episode_timeout_s is {limit}, not at most {LONGEST_TIMEOUT_SECONDS:.0f}")
    if slowest > limit:
        problems.append(f"an episode took {slowest:.2f} s of the {limit} s declared")
    return judged(
        problems,
        f"declared {limit} s of at most {LONGEST_TIMEOUT_SECONDS:.0f}; slowest of "
        f"{len(measured.seconds)} episodes {slowest * 1000:.0f} ms without thinking time",
    )


def resource_declaration(target: Target) -> Finding:
    """The manifest declares processor, memory, disk and timeout, each a positive number."""
    problems, shown = [], []
    for name in RESOURCES:
        try:
            amount = declared(target.subject.root, float, "resources", name)
        except DeclarationError as error:
            problems.append(str(error))
            continue
        if not 0 < amount < float("inf"):
            problems.append(f"{name} is {amount}; declare a positive number")
        shown.append(f"{name} {amount:g}")
    return judged(problems, ", ".join(shown))


def _resources(target: Target) -> dict[str, float]:
    return {name: declared(target.subject.root, float, "resources", name) for name in RESOURCES}


def _play(
    target: Target, policy: Policy, measured: Measured, number: int = 0, each: int = 1
) -> None:
    """Let a policy play some tasks, and measure how long each episode takes."""
    for task_id in sample(target.subject.splits, each):
        decide = policy(task_id, number)
        with _timed(measured), Session(target.url) as session:
            perform(session, target.subject, task_id, decide)


def _oversize(target: Target) -> list[str]:
    """Say what is wrong with how the server takes an action, and a frame, that is too large."""
    problems = []
    oversize = target.subject.bench.oversize
    task_id = sample(target.subject.splits, 1)[0]
    with Session(target.url) as session:
        session.reset(task_id=task_id)
        answer = session.step(oversize(OVERSIZE_ACTION))
        if "error" not in answer.told or answer.paid() > 0:
            problems.append(f"an action of {OVERSIZE_ACTION >> 10} KiB was taken for one")
        session.state()
        if any(len(text) > OVERSIZE_ACTION for text in session.heard[1:]):
            problems.append(f"an action of {OVERSIZE_ACTION >> 10} KiB was kept or sent back")
    with Session(target.url) as session:
        session.reset(task_id=task_id)
        try:
            session.step(oversize(OVERSIZE_FRAME))
        except (ConnectionClosed, ErrorFrameError, OSError):
            pass
        else:
            problems.append(f"a frame of {OVERSIZE_FRAME >> 20} MiB was read and answered")
    return problems


@contextmanager
def _watched(process_id: int) -> Iterator[Measured]:
    measured = Measured([], [_usage(process_id)])
    yield measured
    measured.usage.append(_usage(process_id))


@contextmanager
def _timed(measured: Measured) -> Iterator[None]:
    start = time.perf_counter()
    yield
    measured.seconds.append(time.perf_counter() - start)


def _usage(process_id: int) -> Usage:
    """Read what Linux tells of a process."""
    folder = PROCESSES / str(process_id)
    status = dict(
        line.split(":", 1) for line in (folder / "status").read_text("utf-8").splitlines()
    )
    if "VmHWM" not in status:
        raise ServerError("The server has ended.")
    # The command, in parentheses, may hold spaces; user and system time are fields 14 and 15.
    fields = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()
    io = dict(line.split(":", 1) for line in (folder / "io").read_text("utf-8").splitlines())
    return Usage(
        int(status["VmHWM"].split()[0]) / 1024,
        (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"),
        int(io["write_bytes"]) / MEBIBYTE,
    )
