"""The sandbox as its callers see it: answers, isolation of scenarios, and workers that die."""

import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from python_env.server.sandbox import Answer, Sandbox, SandboxError, check_ready, same_value
from python_env.server.sandbox import pool as pool_module
from python_env.server.sandbox.answers import LONGEST_ANSWER, read_answer
from python_env.server.sandbox.process import LAUNCH, Conditions, WorkerProcess

CODE = """
import itertools
counter = itertools.count()
def double(number):
    return 2 * number
def fail():
    raise LookupError
"""
ENDLESS = "def scenario(m):\n    while True:\n        pass\n"


def scenario(expression: str) -> str:
    """Return a scenario that answers an expression."""
    return f"def scenario(m):\n    return {expression}\n"


@pytest.fixture
def lone() -> Iterator[Sandbox]:
    """Return a warm sandbox with one worker, for a test that breaks it."""
    with Sandbox(workers=1) as made:
        made.run("", [scenario("1")])
        yield made


# How often a job is begun until its processes are seen.
ATTEMPTS = 20


def children(process: int) -> list[int]:
    """Return the processes that a process has started and that still are."""
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text().split()]
    return found


def has_ended(process: int) -> bool:
    """Say whether a process is gone, or waits only for somebody to take note."""
    try:
        return "\nState:\tZ" in Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return True


def newest_worker() -> int:
    """Return the worker that was started last; numbers of processes begin anew some day."""
    return max(children(os.getpid()), key=started_at)


def started_at(process: int) -> int:
    """Return when a process was started, in ticks since the machine was."""
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19])


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        pytest.param("m.double(4)", Answer("ok", 8), id="number"),
        pytest.param("(1, [2.5, (None, True)])", Answer("ok", [1, [2.5, [None, True]]]), id="rows"),
        pytest.param("{1: 'a', (): {}}", Answer("ok", {"1": "a", "<tuple>": {}}), id="keys"),
        pytest.param("[{1}, b'', m]", Answer("ok", ["<set>", "<bytes>", "<module>"]), id="others"),
        pytest.param("plain((1, {2}))", Answer("ok", [1, "<set>"]), id="plain"),
        pytest.param("__import__('subject') is m", Answer("ok", True), id="subject"),
        pytest.param("m.fail()", Answer("raised", "LookupError"), id="raised"),
        pytest.param("m.missing", Answer("raised", "AttributeError"), id="missing"),
        pytest.param("'\u00e9\U0001f600'", Answer("ok", "\u00e9\U0001f600"), id="text"),
    ],
)  # fmt: skip
def test_answer(sandbox: Sandbox, expression: str, answer: Answer) -> None:
    """A scenario answers with what it returned, as plain data, or with what was raised."""
    assert sandbox.run(CODE, [scenario(expression)]) == [answer]


@pytest.mark.parametrize(
    ("code", "text", "answer"),
    [
        pytest.param("def", scenario("1"), Answer("raised", "SyntaxError"), id="code"),
        pytest.param("x = '\0'", scenario("1"), Answer("raised", "SyntaxError"), id="null-byte"),
        pytest.param("'\ud800'", scenario("1"), Answer("raised", "UnicodeEncodeError"), id="half"),
        pytest.param("1 / 0", scenario("1"), Answer("raised", "ZeroDivisionError"), id="import"),
        pytest.param("", "def scenario", Answer("raised", "SyntaxError"), id="scenario"),
        pytest.param("", "x = 1", Answer("raised", "KeyError"), id="no-scenario"),
        pytest.param("while True: pass", scenario("1"), Answer("out of time"), id="endless-import"),
        pytest.param(f"{'-' * 90_000}1", scenario("1"), Answer("raised", "MemoryError"), id="deep"),
    ],
)  # fmt: skip
def test_answer_of_broken_code(sandbox: Sandbox, code: str, text: str, answer: Answer) -> None:
    """Code that cannot even be imported gives every scenario the same answer."""
    assert sandbox.run(code, [text, f"{text}\n"]) == [answer, answer]


def test_scenarios_go_on_after_one_that_does_not_end(sandbox: Sandbox) -> None:
    """Each scenario has instructions of its own, and the order of the answers is theirs."""
    texts = [
        scenario("1"),
        ENDLESS,
        scenario("2"),
        scenario("1"),
        "import os\ndef scenario(m): os._exit(1)",
    ]
    outcomes = [(answer.outcome, answer.value) for answer in sandbox.run(CODE, texts)]
    assert outcomes == [("ok", 1), ("out of time", None), ("ok", 2), ("ok", 1), ("crashed", None)]


def test_no_scenarios(sandbox: Sandbox) -> None:
    """A job without scenarios has no answers."""
    assert sandbox.run(CODE, []) == []


POLLUTIONS = {
    "subject": ("m.double = None", "m.double(1)"),
    "state of subject": ("next(m.counter)", "next(m.counter)"),
    "random": ("random.seed(7)", "random.random()"),
    "logging": ("logging.root.addHandler(logging.NullHandler())", "len(logging.root.handlers)"),
    "logging level": ("logging.disable()", "logging.root.manager.disable"),
    "environment": ("os.environ['A'] = 'b'", "sorted(os.environ)"),
    "folder": ("os.chdir('/w')", "os.getcwd()"),
    "files": ("open('/w/a', 'w').close()", "os.listdir('/w')"),
    "warnings": ("warnings.simplefilter('error')", "len(warnings.filters)"),
    "network": ("urllib.request.urlopen = len", "urllib.request.urlopen is len"),
    "builtins": ("builtins.sum = len", "sum([1, 2])"),
    "json": ("json.dumps = len", "json.dumps([])"),
    "policy": ("asyncio.set_event_loop_policy(None)", "asyncio.run(asyncio.sleep(0, 1))"),
    "decimal": ("setattr(decimal.getcontext(), 'prec', 2)", "str(decimal.Decimal(1) / 3)"),
    "modules": ("sys.modules.pop('csv')", "'csv' in sys.modules"),
    "clock": ("time.sleep(5)", "int(time.time())"),
    "recursion": ("sys.setrecursionlimit(50)", "sys.getrecursionlimit()"),
    "dialects": ("csv.register_dialect('a', delimiter=';')", "sorted(csv.list_dialects())"),
    "collector": ("gc.disable()", "gc.isenabled()"),
}  # fmt: skip
HEAD = (
    "import asyncio, builtins, csv, decimal, gc, json, logging, os, random, sys, time, "
    "urllib.request, warnings\n"
)


@pytest.mark.parametrize(("pollute", "look"), POLLUTIONS.values(), ids=POLLUTIONS)
def test_nothing_of_a_scenario_reaches_the_next(sandbox: Sandbox, pollute: str, look: str) -> None:
    """A scenario sees the same with and without another one before it in its job."""
    polluting = f"{HEAD}def scenario(m):\n    x = {look}\n    {pollute}\n    return [x, {look}]\n"
    looking = f"{HEAD}{scenario(look)}"
    alone = sandbox.run(f"{CODE}# alone", [looking])
    before, after = sandbox.run(f"{CODE}# after", [polluting, looking])
    assert alone == [after]
    assert after.outcome == "ok"
    if before.outcome == "ok":
        assert not same_value(*before.value), "the scenario before it polluted nothing"


def test_answers_are_copies(sandbox: Sandbox) -> None:
    """What a caller does to an answer is not remembered."""
    first = sandbox.run(CODE, [scenario("[1]")])
    first[0].value.append(2)
    assert sandbox.run(CODE, [scenario("[1]")]) == [Answer("ok", [1])]


def test_equal_jobs_are_remembered(lone: Sandbox) -> None:
    """The second time, nothing runs; under other conditions it does."""
    lone.run(CODE, [scenario("m.double(2)")])
    os.kill(newest_worker(), signal.SIGKILL)
    begin = time.perf_counter()
    assert lone.run(CODE, [scenario("m.double(2)")]) == [Answer("ok", 4)]
    assert time.perf_counter() - begin < 0.1
    assert lone.run(CODE, [scenario("m.double(2)")], Conditions(layout=1)) == [Answer("ok", 4)]


def test_memory_of_answers_is_bounded(monkeypatch: pytest.MonkeyPatch, lone: Sandbox) -> None:
    """The oldest answers are forgotten."""
    monkeypatch.setattr(pool_module, "MOST_REMEMBERED", 3)
    for i in range(5):
        lone.run(CODE, [scenario(f"{i}"), scenario(f"-{i}")])
    assert len(lone._remembered) == 3


def test_run_all_keeps_the_order(sandbox: Sandbox) -> None:
    """Jobs run side by side, and each gets its own answers."""
    jobs = [(f"{CODE}# {i}", [scenario(f"m.double({i})"), scenario("1")]) for i in range(12)]
    expected = [[Answer("ok", 2 * i), Answer("ok", 1)] for i in range(12)]
    assert sandbox.run_all(jobs) == expected


def test_threads_share_a_sandbox(sandbox: Sandbox) -> None:
    """Callers in several threads get their own answers."""
    told: dict[int, list[Answer]] = {}

    def ask(number: int) -> None:
        told[number] = sandbox.run(f"{CODE}# thread", [scenario(f"[{number}, m.double({number})]")])

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == {i: [Answer("ok", [i, 2 * i])] for i in range(8)}


def descendants(process: int) -> list[int]:
    """Return the children of a process, their children and so on."""
    found = children(process)
    return found + [below for child in found for below in descendants(child)]


def _asking(
    lone: Sandbox, worker: int, code: str, told: list[Answer]
) -> tuple[threading.Thread, list[int]]:
    """Ask something long; return who waits, and the worker, its job and scenario, if seen."""
    texts = [f"{ENDLESS}# {i}" for i in range(6)] + [scenario("m.double(3)")]
    caller = threading.Thread(target=lambda: told.extend(lone.run(code, texts)))
    caller.start()
    line = [worker]
    while len(line) < 3 and caller.is_alive():
        try:
            line = [worker, *descendants(worker)]
        except OSError:
            line = [worker]
    return caller, line


@pytest.mark.parametrize(
    ("generation", "kind"),
    [
        pytest.param(0, signal.SIGKILL, id="worker"),
        pytest.param(1, signal.SIGKILL, id="job"),
        pytest.param(2, signal.SIGKILL, id="scenario"),
        pytest.param(2, signal.SIGALRM, id="too-slow-scenario"),
    ],
)
def test_what_is_lost_runs_again(lone: Sandbox, generation: int, kind: signal.Signals) -> None:
    """Whichever process dies in a job, the answers are right in the end."""
    worker = newest_worker()
    for attempt in range(ATTEMPTS):
        told: list[Answer] = []
        caller, line = _asking(lone, worker, f"{CODE}# {generation} {attempt}", told)
        if len(line) > generation:
            os.kill(line[generation], kind)
        caller.join()
        # On a busy machine a job may be over before anybody has looked.
        if len(line) > generation:
            break
    else:
        pytest.fail("no job was ever seen")
    assert told == [Answer("out of time")] * 6 + [Answer("ok", 6)]
    if generation == 0:
        time.sleep(0.2)
        assert all(map(has_ended, line)), "the forks of a worker end with it"


class Losing:
    """A worker that loses every scenario for some time."""

    times = 0

    def ask(self, _code: str, scenarios: Sequence[str], _how: Conditions) -> list[str | None]:
        """Lose what is asked, or answer 1."""
        type(self).times -= 1
        return [None if self.times >= 0 else '["ok",1]' for _ in scenarios]

    def stop(self) -> None:
        """There is nothing to stop."""


def test_a_run_that_is_lost_is_never_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two losses are made good; after the third there is an error and no answer."""
    monkeypatch.setattr(pool_module, "WorkerProcess", Losing)
    with Sandbox() as made:
        Losing.times = 2
        assert made.run("", [scenario("1"), scenario("2")]) == [Answer("ok", 1)] * 2
        Losing.times = 3
        with pytest.raises(SandboxError, match="lost a run 3 times; give the server more"):
            made.run("", [scenario("3")])


def test_a_closed_sandbox_says_so() -> None:
    """Nothing runs after close, which may be called twice."""
    made = Sandbox()
    made.close()
    made.close()
    with pytest.raises(SandboxError, match="closed; make another one"):
        made.run("", [scenario("1")])


def test_closing_ends_the_workers(lone: Sandbox) -> None:
    """No process is left over."""
    worker = newest_worker()
    lone.close()
    assert has_ended(worker)


def test_a_worker_that_does_not_start_says_so(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A server that cannot run the sandbox hears it at once."""
    broken = tmp_path / "broken.cwasm"
    broken.write_bytes(b"no code")
    monkeypatch.setattr("python_env.server.sandbox.process.ensure_compiled", lambda: broken)
    with Sandbox() as made, pytest.raises(SandboxError, match="does not start"):
        made.run("", [scenario("1")])
    assert "WasmtimeError" in capfd.readouterr().err


def test_a_worker_with_threads_refuses_to_fork(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A fork of a process with threads could wait for ever."""
    thread = "threading.Thread(target=time.sleep, args=(9,), daemon=True).start()"
    launch = f"import threading, time\n{thread}\n{LAUNCH}"
    monkeypatch.setattr("python_env.server.sandbox.process.LAUNCH", launch)
    assert WorkerProcess().ask("", [scenario("1")], Conditions()) == [None]
    assert "has 2 threads and cannot fork" in capfd.readouterr().err


def test_check_ready() -> None:
    """Where these tests run, the sandbox can."""
    check_ready()


plain_data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.text() | st.from_regex(r'\["(ok|raised|crashed|too long|lost)",.*\]'))
def test_any_text_of_a_guest_is_an_answer(text: str) -> None:
    """Whatever a guest says, the answer is one of those that are documented."""
    answer = read_answer(text)
    assert answer.outcome in {"ok", "raised", "out of time", "crashed", "too long"}
    if answer.outcome == "raised":
        assert isinstance(answer.value, str)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        pytest.param('["ok",1,2]', "crashed", id="three"),
        pytest.param('["fine",1]', "crashed", id="unknown"),
        pytest.param('["crashed",1]', "crashed", id="with-value"),
        pytest.param('["raised",1]', "crashed", id="no-name"),
        pytest.param('{"ok":1}', "crashed", id="object"),
        pytest.param("[" * 9_000, "crashed", id="deep"),
        pytest.param(f'["ok",{"[" * 60}{"]" * 60}]', "too long", id="deep-value"),
        pytest.param(f'["ok",{"1" * 4_999}]', "crashed", id="long-number"),
        pytest.param(f'["ok","{"1" * LONGEST_ANSWER}"]', "too long", id="long"),
        pytest.param('["out of time",null]', "out of time", id="out-of-time"),
    ],
)
def test_forged_text(text: str, outcome: str) -> None:
    """Text that is not quite an answer is a crash or too long, never a value."""
    assert read_answer(text) == Answer(outcome)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        pytest.param(True, 1, False, id="bool"),
        pytest.param(1, 1.0, False, id="float"),
        pytest.param(0.0, -0.0, False, id="zero"),
        pytest.param(float("nan"), float("nan"), True, id="nan"),
        pytest.param({"a": 1, "b": 2}, {"b": 2, "a": 1}, True, id="order"),
        pytest.param(["a"], "a", False, id="list"),
        pytest.param(None, "null", False, id="none"),
    ],
)
def test_same_value(left: object, right: object, same: bool) -> None:
    """Values are the same if they are the same data of the same types."""
    assert same_value(left, right) is same


@given(plain_data)
def test_a_value_is_the_same_as_itself(value: object) -> None:
    """Any plain data equals itself."""
    assert same_value(value, value)
