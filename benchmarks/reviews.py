"""What code review costs: findings, patches, deals, `/health` beside patches, and memory.

    python -m benchmarks.reviews [--patches N] [--seconds S]

Needs what `python_env/requirements.txt` lists, see python_env/README.md. Nothing is measured but by
a ratio to a baseline of the same run, one and the other in turn: a finding against parsing its
action twice, as a step does; a deal against parsing the code that it deals; a patch against bare
Python that runs the same module and its scenarios in one process; `/health` beside patches against
`/health` of the same server idle. No patch was ever sent before, so that nothing is remembered.

`--patches` says how many patches are timed, in turn on the modules of test; `--seconds` how long
`/health` is asked, half of it idle. With the defaults all takes about a minute and a half on two
idle cores. What is going on is told on the standard error.
"""

import argparse
import ast
import asyncio
import json
import os
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack
from functools import partial
from http.client import HTTPConnection
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from python_env.actions import MAX_FINDINGS, MAX_PATCHES, ReviewAction
from python_env.quality.playing import finding
from python_env.server.dealing import ReviewTask, deal
from python_env.server.judging import scripts
from python_env.server.review import Review
from python_env.server.sandbox import Sandbox
from python_env.stock import modules
from tools.serving import HOUSE, Server, serving

try:
    from websockets.asyncio.client import ClientConnection, connect
except ImportError as error:
    raise SystemExit("websockets is missing; see python_env/README.md.") from error

SPLIT: Final = "test"
LEVEL: Final = "hard"
# More than a hundred, or the p99 would be the worst.
PATCHES: Final = 104
SECONDS: Final = 24.0
# Idle and busy in turn, so often.
ROUNDS: Final = 3
FINDINGS: Final = 2_000
DEALS: Final = 500
PLAYERS: Final = 16
SESSIONS: Final = 64
HEALTH_PAUSE: Final = 0.01
MEMORY_PAUSE: Final = 0.1
BARE_SECONDS: Final = 30.0
START_SECONDS: Final = 1.0
MILLISECONDS: Final = 1000.0
KIB_PER_MIB: Final = 1024
# What is due, in ms and in MiB.
FINDING_BAR: Final = 1.0
DEAL_BAR: Final = 5.0
PATCH_BARS: Final = (250.0, 400.0)
HEALTH_BAR: Final = 100.0
MEMORY_BAR: Final = 512.0

# As in the guest, nothing that sleeps waits for the time to pass; a scenario may fail out here.
BARE: Final = textwrap.dedent("""
    import json, os, sys, time, types
    time.sleep = lambda _seconds: None
    def plain(value):
        if isinstance(value, dict):
            return {str(key): plain(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [plain(item) for item in value]
        known = isinstance(value, (bool, int, float, str, type(None)))
        return value if known else f"<{type(value).__name__}>"
    def hurry():
        import asyncio, selectors
        ask, now, waited = selectors.DefaultSelector.select, time.monotonic, [0.0]
        def select(self, timeout=None):
            waited[0] += max(timeout or 0.0, 0.0)
            return ask(self, timeout and 0)
        selectors.DefaultSelector.select = select
        asyncio.BaseEventLoop.time = lambda _self: now() + waited[0]
    def bare(code, scenarios):
        if "asyncio" in code or any("asyncio" in text for text in scenarios):
            hurry()
        subject = sys.modules["subject"] = types.ModuleType("subject")
        exec(compile(code, "subject.py", "exec"), subject.__dict__)
        ended = 0
        for number, text in enumerate(scenarios):
            try:
                space = {"plain": plain}
                exec(compile(text, f"scenario{number}.py", "exec"), space)
                json.dumps(space["scenario"](subject))
                ended += 1
            except Exception:
                pass
        return ended
""")


class Row(NamedTuple):
    """A line of the table: the figures, which of them have a bar, and what they stand against."""

    name: str
    figures: dict[str, float]
    bars: dict[str, float]
    unit: str
    against: str


class Patch(NamedTuple):
    """Seconds that a patch took, in the sandbox and in bare Python, and how much ended there."""

    module: str
    step: float
    bare: float
    ended: int
    scenarios: int


def say(text: str) -> None:
    """Tell on the standard error what is going on."""
    print(text, file=sys.stderr, flush=True)


def percentile(times: Sequence[float], share: float = 0.99) -> float:
    """Return the time that a share of the times does not exceed."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def milliseconds(times: Sequence[float]) -> dict[str, float]:
    """Return median, p99 and worst of some seconds, in ms."""
    figures = {"median": statistics.median(times), "p99": percentile(times), "worst": max(times)}
    return {name: seconds * MILLISECONDS for name, seconds in figures.items()}


def tasks() -> list[ReviewTask]:
    """Return for each module of the split the first deal of it that has a defect."""
    found: dict[str, ReviewTask] = {}
    for index in range(100 * len(modules(SPLIT))):
        task = deal(SPLIT, LEVEL, index)
        if task.defects:
            found.setdefault(task.module.name, task)
        if len(found) == len(modules(SPLIT)):
            break
    return list(found.values())


def fresh_patch(task: ReviewTask) -> dict[str, Any]:
    """Return a patch that mends all, with a comment that nobody has sent before."""
    return {"operation": "submit_patch", "patch": f"{task.mended()}# {secrets.token_hex(8)}\n"}


def findings_of(task: ReviewTask) -> list[dict[str, Any]]:
    """Return as many findings as a review takes: every defect, then places without one."""
    right = [finding(one.kind, one.first, one.last, one.severity) for one in task.defects]
    wrong = [finding("ssrf", line, line) for line in range(1, MAX_FINDINGS + 1)]
    return [*right, *wrong][:MAX_FINDINGS]


def timed(call: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def measure_findings(sandbox: Sandbox) -> Row:
    """Time a finding without a reproduction, from what was sent to what is answered."""
    steps, ratios = [], []
    known = tasks()
    for task in islice(cycle(known), FINDINGS // MAX_FINDINGS):
        review = Review(task)
        for sent in findings_of(task):

            def step(review: Review = review, sent: dict[str, Any] = sent) -> None:
                review.act(sent, review.facts(sent, sandbox))

            def parse(sent: dict[str, Any] = sent) -> None:
                for _ in range(2):
                    ReviewAction.model_validate(sent)

            steps.append(timed(step))
            ratios.append(steps[-1] / timed(parse))
    against = f"{statistics.median(ratios):.1f} of parsing its action as often"
    return Row("a finding step", milliseconds(steps), {"p99": FINDING_BAR}, "ms", against)


def measure_deals() -> Row:
    """Time deals that nobody has asked for before."""
    # What `tasks` dealt is remembered.
    first = 100 * len(modules(SPLIT))
    deals, ratios = [], []
    for index in range(first, first + DEALS):
        deals.append(timed(partial(deal, SPLIT, LEVEL, index)))
        code = deal(SPLIT, LEVEL, index).code
        ratios.append(deals[-1] / timed(partial(ast.parse, code)))
    against = f"{statistics.median(ratios):.1f} of parsing the code that is dealt"
    return Row("a deal", milliseconds(deals), {"p99": DEAL_BAR}, "ms", against)


def bare_run(code: str, scenarios: Sequence[str]) -> tuple[float, int]:
    """Run a module and its scenarios in a bare Python.

    Args:
        code: The module.
        scenarios: What the sandbox would run.

    Returns:
        The seconds from the start of the process to its end, and how many scenarios returned.
    """
    with tempfile.TemporaryDirectory() as name:
        path, told = Path(name) / "bare.py", Path(name) / "ended"
        inside = Path(name) / "w"
        inside.mkdir()
        moved = [re.sub(r"/w\b", str(inside), text) for text in scenarios]
        path.write_text(
            f"{BARE}\nwith open({str(told)!r}, 'w') as told:\n"
            f"    told.write(str(bare({code!r}, {moved!r})))\n",
            encoding="utf-8",
        )
        seconds = timed(
            lambda: subprocess.run(  # noqa: S603 # our own stock, mended
                [sys.executable, "-I", str(path)], cwd=inside, check=False, timeout=BARE_SECONDS,
                env={"PATH": os.defpath, "TZ": "UTC", "TMPDIR": str(inside), "HOME": str(inside)},
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
        )  # fmt: skip
        return seconds, int(told.read_text() or 0) if told.exists() else 0


def patch_once(task: ReviewTask, sandbox: Sandbox) -> Patch:
    """Time one fresh patch as a step of a review, and then the same code in a bare Python."""
    sent, review = fresh_patch(task), Review(task)
    started = time.perf_counter()
    facts = review.facts(sent, sandbox)
    told = review.act(sent, facts)
    step = time.perf_counter() - started
    if facts.kept < facts.keepable or len(facts.mended) < len(task.defects):
        raise SystemExit(f"The patch of {task.task_id} was answered: {told.feedback}")
    texts = scripts(task.module, task.slots)
    bare, ended = bare_run(sent["patch"], texts)
    return Patch(task.module.name, step, bare, ended, len(texts))


def measure_patches(count: int, sandbox: Sandbox) -> list[Row]:
    """Time fresh patches, the modules of test in turn."""
    known = tasks()
    # Starts the workers, and the code that the machine has not read yet.
    for task in known:
        patch_once(task, sandbox)
    found: list[Patch] = []
    for number, task in enumerate(islice(cycle(known), count), 1):
        found.append(patch_once(task, sandbox))
        if number % len(known) == 0 or number == count:
            say(f"  {number} of {count} patches")
    for task in known[:count]:
        own = [one for one in found if one.module == task.module.name]
        step, bare = (
            statistics.median(times) for times in zip(*(one[1:3] for one in own), strict=True)
        )
        say(
            f"  {task.module.name:<12} {step * MILLISECONDS:4.0f} ms, bare "
            f"{bare * MILLISECONDS:4.0f} ms, {own[0].ended} of {own[0].scenarios} scenarios return"
        )
    ratio = statistics.median(one.step / one.bare for one in found)
    bars = dict(zip(("median", "p99"), PATCH_BARS, strict=True))
    against = f"{ratio:.2f} of bare Python, one process for all"
    bare = milliseconds([one.bare for one in found])
    return [
        Row("a patch step", milliseconds([one.step for one in found]), bars, "ms", against),
        Row("the same in bare Python", bare, {}, "ms", "(baseline)"),
    ]


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
        connection = HTTPConnection(urlsplit(url).netloc, timeout=BARE_SECONDS)
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


def rounded(figure: float) -> str:
    """Return a figure with as many digits as say something."""
    return f"{figure:,.0f}" if figure >= 10 else f"{figure:.2g}"  # noqa: PLR2004 # two digits


def verdict(row: Row) -> str:
    """Say which bars a row meets."""
    return ", ".join(
        f"{name} {'meets' if row.figures[name] <= bar else 'MISSES'} {bar:g}"
        for name, bar in row.bars.items()
    )


def table(rows: Sequence[Row]) -> str:
    """Return the figures as a table of Markdown."""
    lines = [
        "| measured | median | p99 | worst | bar | against |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        figures = (
            f"{rounded(row.figures[name])} {row.unit}" if name in row.figures else ""
            for name in ("median", "p99", "worst")
        )
        lines.append(f"| {' | '.join([row.name, *figures, verdict(row), row.against])} |")
    return "\n".join(lines)


def main() -> None:
    """Measure all and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reviews", description="Times code review."
    )
    parser.add_argument("--patches", type=int, default=PATCHES, help="how many are timed")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long /health is asked")
    options = parser.parse_args()
    if options.patches < 1 or not options.seconds > 0:
        parser.error("--patches is 1 or more, and --seconds is above 0")
    say("deals")
    dealt = measure_deals()
    with Sandbox() as sandbox:
        say("findings")
        rows = [measure_findings(sandbox)]
        say("patches, and the same in bare Python")
        rows += measure_patches(options.patches, sandbox)
    rows.append(dealt)
    say("a server starts")
    with serving("server.app", folder=HOUSE / "python_env") as server:
        say("/health, idle and beside patches")
        rows += measure_health(server.url, options.seconds)
        say("memory")
        rows.append(measure_memory(server))
    print(table(rows))


if __name__ == "__main__":
    main()
