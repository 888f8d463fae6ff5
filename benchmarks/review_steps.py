"""Times what a review does without a server: findings, deals, and patches beside bare Python.

`python -m benchmarks.reviews` prints it.
"""

import ast
import os
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from python_env.actions import MAX_FINDINGS, ReviewAction
from python_env.quality.playing import finding
from python_env.server.dealing import ReviewTask, deal
from python_env.server.judging import scripts
from python_env.server.review import Review
from python_env.server.sandbox import Sandbox
from python_env.stock import modules

SPLIT: Final = "test"
LEVEL: Final = "hard"
FINDINGS: Final = 2_000
DEALS: Final = 500
BARE_SECONDS: Final = 30.0
MILLISECONDS: Final = 1000.0
BEGUN: Final = time.perf_counter()
# What is due, in ms.
FINDING_BAR: Final = 1.0
DEAL_BAR: Final = 5.0
PATCH_BARS: Final = (250.0, 400.0)

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
    """Tell on the standard error what is going on, and since how many seconds."""
    print(f"{time.perf_counter() - BEGUN:4.0f} s  {text}", file=sys.stderr, flush=True)


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
