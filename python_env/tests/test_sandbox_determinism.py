"""The same code and scenario have the same answer: in any worker, order, process or account."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from python_env.server.sandbox import Sandbox
from python_env.server.sandbox.answers import read_answer
from python_env.server.sandbox.native import ensure_compiled
from python_env.server.sandbox.process import (
    ENVIRONMENT_FOLDER,
    LAUNCH,
    Conditions,
    WorkerProcess,
)

CODE = "class Thing:\n    pass\n"
# All that differs between two runs of an ordinary program.
TELLING = """
import asyncio, datetime, os, random, secrets, tempfile, time, uuid
def scenario(m):
    things = [m.Thing() for _ in range(50)]
    places = {thing: i for i, thing in enumerate(things)}
    open("/w/a", "w").close()
    return [
        time.time(), time.perf_counter_ns(), str(datetime.datetime.now()), hash("text"),
        random.random(), secrets.token_hex(8), str(uuid.uuid4()), str(uuid.uuid1()),
        id(things), repr(things[0]), [places[thing] for thing in set(things)],
        list({"a", "b", "c", "d"}), tempfile.mkdtemp(), os.stat("/w/a").st_mtime_ns,
        os.getpid() if hasattr(os, "getpid") else None, asyncio.new_event_loop().time(),
    ]
"""
JOBS = 25
REPEATED = 20


def answer_all(worker: WorkerProcess) -> set[str | None]:
    """Return what a worker answers to 500 equal scenarios, in jobs that are not equal."""
    other = "def scenario(m):\n    return 1\n"
    told: set[str | None] = set()
    try:
        for i in range(JOBS):
            texts = [other] * (i % 3) + [TELLING] * REPEATED
            told.update(worker.ask(CODE, texts, Conditions())[i % 3 :])
    finally:
        worker.stop()
    return told


def test_a_thousand_answers_are_equal() -> None:
    """Two workers answer 1,000 times, and always the same."""
    with ThreadPoolExecutor() as threads:
        first, second = threads.map(answer_all, [WorkerProcess(), WorkerProcess()])
    [text] = first | second
    assert json.loads(text or "")[0] == "ok"


# Everything is read before: the account may see neither this checkout nor what is installed.
AS_ANOTHER = """
import json, os
from python_env.server.sandbox import worker
sources = worker.library_sources()
worker.library_sources = lambda: sources
serving = worker.Worker(json.loads(line) for line in sys.stdin)
os.setgroups([]); os.setgid(65534); os.setuid(65534)
serving.run(sys.argv[1])
"""


@pytest.mark.parametrize(
    ("seed", "launch"),
    [
        pytest.param("0", LAUNCH, id="fixed-hashes"),
        pytest.param("12345", LAUNCH, id="other-hashes"),
        pytest.param(
            "1",
            LAUNCH.partition("runpy.run_module")[0] + AS_ANOTHER,
            id="other-account",
            marks=pytest.mark.skipif(os.geteuid() != 0, reason="only root can change its account"),
        ),
    ],
)
def test_any_worker_answers_the_same(sandbox: Sandbox, seed: str, launch: str) -> None:
    """Neither the host's hashes nor its folder, its environment or its account matter."""
    job = {"code": CODE, "scenarios": [TELLING], "layout": 0, "clock": True}
    with tempfile.TemporaryDirectory() as folder:
        # It may lie in a cache that no other account can read.
        Path(folder).chmod(0o755)
        compiled = shutil.copy(ensure_compiled(), folder)
        ran = subprocess.run(  # noqa: S603 # our own program
            [sys.executable, "-P", "-c", launch, str(ENVIRONMENT_FOLDER), compiled],
            input=f"{json.dumps(job)}\n",
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    ready, line = ran.stdout.splitlines()
    assert ready == "ready"
    assert [read_answer(text) for text in json.loads(line)] == sandbox.run(CODE, [TELLING])


def test_layouts_differ_in_addresses_alone(sandbox: Sandbox) -> None:
    """A layout moves objects, and hides line numbers; what code does stays as it is."""
    places = "def scenario(m):\n    return repr(m.Thing())\n"
    things = "def scenario(m):\n    return [m.Thing.__name__, m.Thing is m.Thing]\n"
    answers = [sandbox.run(CODE, [places, things], Conditions(layout=i)) for i in range(4)]
    assert len({answer[0].value for answer in answers}) == 4
    assert len({repr(answer[1]) for answer in answers}) == 1


def test_lines_are_hidden_in_a_layout(sandbox: Sandbox) -> None:
    """Where a line stands can be told in the usual conditions only."""
    code = "\n\n\ndef fail(x):\n    y = x\n    z = [i / 0 for i in (1,)]\n"
    text = (
        "def scenario(m):\n    try:\n        m.fail(1)\n    except ZeroDivisionError as error:\n"
        "        trace, lines = error.__traceback__.tb_next, []\n"
        "        while trace:\n            lines.append(trace.tb_lineno)\n"
        "            trace = trace.tb_next\n        return lines\n"
    )
    assert sandbox.run(code, [text])[0].value == [6]
    assert sandbox.run(code, [text], Conditions(layout=1))[0].value == [1]


def test_the_clock_counts_instructions_or_stands(sandbox: Sandbox) -> None:
    """Work takes the guest's time, sleep always does, and a standing clock hides the work."""
    text = """
import time
def scenario(m):
    begin = time.perf_counter_ns()
    sum(range(10_000))
    worked = time.perf_counter_ns() - begin
    time.sleep(2)
    return [worked, (time.perf_counter_ns() - begin) // 10**9]
"""
    worked, slept = sandbox.run(CODE, [text])[0].value
    assert worked > 10_000
    assert slept == 2
    assert sandbox.run(CODE, [text], Conditions(clock=False))[0].value == [0, 2]


def test_host_calls_do_not_move_the_clock(sandbox: Sandbox) -> None:
    """Reading the clock a hundred times more takes the time of its own instructions only."""
    text = """
import time
def scenario(m):
    reads = [time.perf_counter_ns() for _ in range(100)]
    return max(after - before for before, after in zip(reads, reads[1:]))
"""
    assert 0 < sandbox.run(CODE, [text])[0].value < 50_000


FILE_WORK = """
import os, shutil, stat
def work(root):
    told = []
    def note(call, *args, **kwargs):
        try:
            result = call(*args, **kwargs)
        except OSError as error:
            result = type(error).__name__
        told.append(result if isinstance(result, (int, str, list, type(None))) else str(result))
    at = lambda name: root + "/" + name
    def put(name, mode, text):
        with open(at(name), mode) as file:
            file.write(text)
            return file.tell()
    def get(name):
        with open(at(name)) as file:
            return file.read()
    note(put, "a", "w", "one")
    note(put, "a", "a", "two")
    note(put, "a", "x", "three")
    note(get, "a")
    note(put, "missing/a", "w", "")
    note(put, "a/b", "w", "")
    note(os.mkdir, at("d"))
    note(os.mkdir, at("d"))
    note(os.rename, at("a"), at("d/a"))
    note(get, "d/a")
    note(os.rename, at("d"), at("d/e"))
    note(os.rmdir, at("d"))
    note(os.unlink, at("d"))
    note(os.rmdir, at("d/a"))
    note(os.symlink, "d", at("l"))
    note(os.readlink, at("l"))
    note(os.readlink, at("d"))
    note(get, "l/a")
    note(get, "l/../d/./a")
    note(os.symlink, "nowhere", at("n"))
    note(os.path.exists, at("n"))
    note(os.path.lexists, at("n"))
    note(get, "n")
    note(os.link, at("d/a"), at("h"))
    note(os.link, at("d/a"), at("h"))
    note(put, "h", "r+", "ONE")
    note(get, "d/a")
    note(os.truncate, at("h"), 4)
    note(get, "h")
    note(os.truncate, at("h"), 6)
    note(os.path.getsize, at("h"))
    note(os.unlink, at("d/a"))
    note(get, "h")
    note(put, "b", "w", "b")
    note(os.replace, at("b"), at("h"))
    note(get, "h")
    note(os.mkdir, at("f"))
    note(os.rename, at("f"), at("h"))
    note(os.rename, at("h"), at("f"))
    note(os.rename, at("f"), at("d"))
    note(lambda: sorted(os.listdir(root)))
    kinds = lambda: [(e.name, e.is_dir(), e.is_symlink()) for e in os.scandir(root)]
    note(lambda: str(sorted(kinds())))
    note(lambda: stat.S_ISDIR(os.stat(at("l")).st_mode))
    note(lambda: stat.S_ISLNK(os.lstat(at("l")).st_mode))
    note(os.utime, at("h"), (1, 2))
    note(lambda: int(os.stat(at("h")).st_mtime))
    note(os.listdir, at("h"))
    note(get, "d")
    def seek():
        with open(at("s"), "wb+") as file:
            file.seek(3)
            file.write(b"x")
            file.seek(-2, 2)
            file.seek(1, 1)
            end = file.read()
            file.seek(0)
            return str(file.read() + end)
    note(seek)
    note(shutil.rmtree, at("d"))
    note(lambda: sorted(os.listdir(root)))
    return told
"""


def test_files_are_as_on_the_host(sandbox: Sandbox, tmp_path: Path) -> None:
    """The guest's file system answers as the host's does, in all that code may notice."""
    space: dict[str, object] = {}
    exec(FILE_WORK, space)  # noqa: S102 - the text above
    expected = space["work"](str(tmp_path))  # type: ignore[operator]
    [answer] = sandbox.run(FILE_WORK, ["def scenario(m):\n    return m.work('/w')\n"])
    assert answer.outcome == "ok"
    assert answer.value == expected
    assert len(expected) > 40
