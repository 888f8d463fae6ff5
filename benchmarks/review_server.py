"""Times a server of code review under load: `/health` beside patches, and memory.

`python -m benchmarks.reviews` prints it.
"""

import asyncio
import json
import re
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack
from http.client import HTTPConnection
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from benchmarks.review_steps import (
    SPLIT,
    Row,
    findings_of,
    fresh_patch,
    milliseconds,
    percentile,
    say,
    tasks,
)
from python_env.actions import MAX_PATCHES
from python_env.stock import modules
from tools.serving import Server

try:
    from websockets.asyncio.client import ClientConnection, connect
except ImportError as error:
    raise SystemExit("websockets is missing; see python_env/README.md.") from error

# Idle and busy in turn, so often.
ROUNDS: Final = 3
PLAYERS: Final = 16
SESSIONS: Final = 64
HEALTH_PAUSE: Final = 0.01
MEMORY_PAUSE: Final = 0.1
ANSWER_SECONDS: Final = 30.0
START_SECONDS: Final = 1.0
KIB_PER_MIB: Final = 1024
# What is due, in ms and in MiB.
HEALTH_BAR: Final = 100.0
MEMORY_BAR: Final = 512.0


class Session:
    """One WebSocket on which reviews are played."""

    def __init__(self, socket: ClientConnection, number: int) -> None:
        self._socket = socket
        self._tasks = cycle(tasks()[number % len(modules(SPLIT)) :] + tasks())
        self._task = next(self._tasks)
        self._left = 0

    async def begin(self) -> None:
        """Start the review of the next task."""
        self._task, self._left = next(self._tasks), MAX_PATCHES
        await self._ask("reset", {"task_id": self._task.task_id})

    async def patch(self) -> None:
        """Submit a fresh patch, of a new review if this one takes no more."""
        if not self._left:
            await self.begin()
        self._left -= 1
        seen = await self._ask("step", fresh_patch(self._task))
        if seen["observation"]["past_actions"][-1]["result"] != "patched":
            raise SystemExit(f"A patch of {self._task.task_id} was answered: {seen}")

    async def play_some(self) -> None:
        """Take a few steps of each kind, and leave the review open."""
        await self.begin()
        for sent in findings_of(self._task)[:2]:
            await self._ask("step", sent)
        await self._ask("step", {"operation": "request_hint", "slot": 1, "level": 1})
        await self.patch()

    async def _ask(self, kind: str, data: object) -> dict[str, Any]:
        await self._socket.send(json.dumps({"type": kind, "data": data}))
        answer: dict[str, Any] = json.loads(await self._socket.recv())
        if answer["type"] != "observation":
            raise SystemExit(f"The server answers {answer}.")
        told: dict[str, Any] = answer["data"]
        return told


async def sessions(stack: AsyncExitStack, url: str, count: int) -> list[Session]:
    """Open so many sessions, until the stack is closed."""
    address = f"{url.replace('http', 'ws', 1)}/ws"
    return [
        Session(await stack.enter_async_context(connect(address, proxy=None)), number)
        for number in range(count)
    ]


def submit_patches(url: str, seconds: float) -> int:
    """Submit patches on many sessions at once.

    Args:
        url: Where the server is.
        seconds: For how long; each session submits one at least.

    Returns:
        How many were answered.
    """

    async def played() -> int:
        async with AsyncExitStack() as stack:
            ends = time.monotonic() + seconds
            counts = (submitted(one, ends) for one in await sessions(stack, url, PLAYERS))
            return sum(await asyncio.gather(*counts))

    async def submitted(session: Session, ends: float) -> int:
        count = 0
        while count == 0 or time.monotonic() < ends:
            await session.patch()
            count += 1
        return count

    return asyncio.run(played())


def health_times(url: str, seconds: float) -> list[float]:
    """Return how long each `/health` took, each over a connection of its own."""
    found: list[float] = []
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        started = time.perf_counter()
        connection = HTTPConnection(urlsplit(url).netloc, timeout=ANSWER_SECONDS)
        connection.request("GET", "/health")
        answer = connection.getresponse()
        answer.read()
        connection.close()
        found.append(time.perf_counter() - started)
        if answer.status != 200:  # noqa: PLR2004 # OK
            raise SystemExit(f"/health is answered by {answer.status}.")
        time.sleep(HEALTH_PAUSE)
    return found


def measure_health(url: str, seconds: float) -> list[Row]:
    """Ask `/health` of an idle server and of one that runs patches, in turn."""
    idle, busy, answered = [], [], 0
    each = seconds / (2 * ROUNDS)
    # The players are a process of their own: what they do must not hold up who asks.
    with ProcessPoolExecutor(1, get_context("spawn")) as players:
        players.submit(submit_patches, url, 0.0).result()
        for number in range(1, ROUNDS + 1):
            idle += health_times(url, each)
            playing = players.submit(submit_patches, url, each + 2 * START_SECONDS)
            time.sleep(START_SECONDS)
            busy += health_times(url, each)
            if playing.done():
                raise SystemExit(f"The players ended too early: {playing.exception()!r}")
            answered += playing.result()
            say(f"  round {number} of {ROUNDS}: {len(idle)} idle, {len(busy)} beside patches")
    say(f"  {answered} patches were answered meanwhile")
    ratio = statistics.median(busy) / statistics.median(idle)
    name = f"/health, {PLAYERS} sessions submit patches"
    against = f"median {ratio:.1f}, p99 {percentile(busy) / percentile(idle):.1f} of idle"
    bars = {"p99": HEALTH_BAR}
    return [
        Row(name, milliseconds(busy), bars, "ms", against),
        Row("/health, the same server idle", milliseconds(idle), {}, "ms", "(baseline)"),
    ]


def descendants(pid: int) -> Iterator[int]:
    """Yield the processes that a process has started, and those that they have."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name in brackets may hold blanks; its state and its parent come after it.
            parent = int(path.read_text(errors="replace").rpartition(")")[2].split()[1])
        except OSError:
            continue
        parents.setdefault(parent, []).append(int(path.parent.name))
    waiting = list(parents.get(pid, []))
    while waiting:
        waiting += parents.get(waiting[0], [])
        yield waiting.pop(0)


def memory_of(pid: int) -> float:
    """Return what a server takes, in MiB.

    Its own process counts by its resident memory. The processes of its sandbox are forks of each
    other: each counts by its share, so that a page that they have in common counts once.
    """
    whole = _kibibytes(pid, "status", "VmRSS")
    return (whole + sum(_kibibytes(one, "smaps_rollup", "Pss") for one in descendants(pid))) / (
        KIB_PER_MIB
    )


def _kibibytes(pid: int, name: str, field: str) -> int:
    """Return a figure of a process, 0 if it has ended."""
    try:
        text = Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8")
    except OSError:
        return 0
    size = re.search(rf"^{field}:\s+(\d+)", text, re.MULTILINE)
    return int(size[1]) if size else 0


def measure_memory(server: Server) -> Row:
    """Read the memory again and again while many sessions play, and when they rest."""
    highest, ended = 0.0, threading.Event()

    def watch() -> None:
        nonlocal highest
        while not ended.wait(MEMORY_PAUSE):
            highest = max(highest, memory_of(server.process.pid))

    async def played() -> float:
        async with AsyncExitStack() as stack:
            opened = await sessions(stack, server.url, SESSIONS)
            await asyncio.gather(*(one.play_some() for one in opened))
            return memory_of(server.process.pid)

    before = memory_of(server.process.pid)
    watching = threading.Thread(target=watch)
    watching.start()
    try:
        resting = asyncio.run(played())
    finally:
        ended.set()
        watching.join()
    say(f"  {before:.0f} MiB before, {resting:.0f} with all open, {highest:.0f} at most")
    against = f"{highest / before:.2f} of the same server before; {resting:.0f} MiB at rest"
    return Row(
        f"memory, {SESSIONS} open sessions",
        {"worst": highest},
        {"worst": MEMORY_BAR},
        "MiB",
        against,
    )
