"""What a server takes: memory, processor, disk and time, against what the manifest declares."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import requests
from websockets.exceptions import ConnectionClosed

from quality.policies import answer_key
from tools.checks.captures import erratic, mail_of, perform, sample
from tools.checks.findings import Finding, Target, declared, judged, passed, skipped
from tools.checks.session import RefusedError, Session

ROUNDS: Final = 8
MEBIBYTE: Final = 1 << 20
OVERSIZE_FRAME: Final = 2 * MEBIBYTE
OVERSIZE_SUMMARY: Final = MEBIBYTE // 2
LONGEST_TIMEOUT_SECONDS: Final = 3600.0
# The processor's clock ticks a hundred times a second.
CLOCK_SHARE: Final = 0.05
NO_PROCESS: Final = "the server's process is not known; leave out --url, on Linux"


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
    resources = declared(target.root)["resources"]
    with Session(target.url) as witness:
        before = witness.reset(task_id="task_hard", episode_id="witness")
        problems = _oversize(target.url)
        if (
            witness.state()["step_count"] != 0
            or witness.reset(task_id="task_hard", episode_id="witness") != before
        ):
            problems.append("an oversize action changed another session")
    requests.get(f"{target.url}/health", timeout=10).raise_for_status()
    if target.process_id is None:
        return judged(problems, "") if problems else skipped(NO_PROCESS)
    with _watched(target.process_id) as measured:
        for number in range(ROUNDS):
            for task in sample(1):
                with _timed(measured), Session(target.url) as session:
                    perform(session, task, erratic(number))
    problems += measured.over(resources)
    return judged(
        problems,
        f"{len(measured.seconds)} episodes: peak {measured.usage[-1].memory_mb:.0f} MB of "
        f"{resources['memory_mb']}, {measured.cores():.2f} cores of {resources['cpu']}; a frame of "
        f"{OVERSIZE_FRAME >> 20} MiB was refused, a summary of {OVERSIZE_SUMMARY >> 10} KiB earned "
        f"0 and was not kept, other sessions went on",
    )


def resource_envelope(target: Target) -> Finding:
    """Replaying the reviewed answers takes no more memory, processor, disk and time than said."""
    if target.process_id is None:
        return skipped(NO_PROCESS)
    resources = declared(target.root)["resources"]
    with _watched(target.process_id) as measured:
        for task in sample(ROUNDS):
            with _timed(measured), Session(target.url) as session:
                perform(session, task, answer_key)
    usage = measured.usage[-1]
    return judged(
        measured.over(resources),
        f"{len(measured.seconds)} oracle episodes: {usage.memory_mb:.0f} MB of "
        f"{resources['memory_mb']}, {measured.cores():.2f} cores of {resources['cpu']}, "
        f"{usage.disk_mb:.1f} MB written of {resources['disk_mb']}, slowest "
        f"{max(measured.seconds) * 1000:.0f} ms",
    )


def timeout_ceiling(target: Target) -> Finding:
    """The declared timeout is at most an hour, and the slowest episode ends well within it."""
    limit = declared(target.root)["resources"]["episode_timeout_s"]
    seconds: list[float] = []
    for task in sample(1):
        with _timed(Measured(seconds, [])), Session(target.url) as session:
            perform(session, task, erratic(0))
    problems = []
    if not 0 < limit <= LONGEST_TIMEOUT_SECONDS:
        problems.append(f"episode_timeout_s is {limit}, not at most {LONGEST_TIMEOUT_SECONDS:.0f}")
    if max(seconds) > limit:
        problems.append(f"an episode took {max(seconds):.2f} s of the {limit} s declared")
    return judged(
        problems,
        f"declared {limit} s of at most {LONGEST_TIMEOUT_SECONDS:.0f}; slowest of {len(seconds)} "
        f"episodes {max(seconds) * 1000:.0f} ms without thinking time",
    )


def resource_declaration(target: Target) -> Finding:
    """The manifest declares processor, memory, disk and timeout, each a positive number."""
    resources = declared(target.root).get("resources") or {}
    needed = ("cpu", "memory_mb", "disk_mb", "episode_timeout_s")
    problems = [
        f"{name} is {resources.get(name)!r}; declare a positive number"
        for name in needed
        if type(resources.get(name)) not in (int, float) or not 0 < resources[name] < float("inf")
    ]
    if problems:
        return judged(problems, "")
    return passed(", ".join(f"{name} {resources[name]}" for name in needed))


def _oversize(url: str) -> list[str]:
    problems = []
    with Session(url) as session:
        first = session.reset(task_id="task_easy")
        answer = session.step(_action(OVERSIZE_SUMMARY))
        if answer["reward"] != 0 or mail_of(answer).email_id != mail_of(first).email_id:
            problems.append(f"a summary of {OVERSIZE_SUMMARY >> 10} KiB was taken for a decision")
        if len(session.heard[-1]) > OVERSIZE_SUMMARY or session.state()["action_history"] != [None]:
            problems.append(f"a summary of {OVERSIZE_SUMMARY >> 10} KiB was kept or sent back")
    with Session(url) as session:
        session.reset(task_id="task_easy")
        try:
            session.step(_action(OVERSIZE_FRAME))
        except (ConnectionClosed, RefusedError, OSError):
            pass
        else:
            problems.append(f"a frame of {OVERSIZE_FRAME >> 20} MiB was read and answered")
    return problems


def _action(size: int) -> dict[str, object]:
    return {"label": "urgent", "summary": "x" * size, "route_to": "safety"}


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
    folder = Path(f"/proc/{process_id}")
    status = dict(
        line.split(":", 1) for line in (folder / "status").read_text("utf-8").splitlines()
    )
    # The command, in parentheses, may hold spaces; user and system time are fields 14 and 15.
    fields = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()
    io = dict(line.split(":", 1) for line in (folder / "io").read_text("utf-8").splitlines())
    return Usage(
        int(status["VmHWM"].split()[0]) / 1024,
        (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"),
        int(io["write_bytes"]) / MEBIBYTE,
    )
