"""The inference script: its reply parser, and the whole of it against a real HTTP server."""

import ast
import json
import os
import re
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

import inference
from environment import EmailTriageEnv
from inference import FALLBACK_ACTION, build_messages, parse_reply
from models import LABELS, TriageAction
from processes import ROOT, free_port
from tasks import ROUTES, TASKS, versions

GOOD = {"label": "spam", "route_to": "billing", "summary": "A bill nobody ordered."}
JSON_TEXT = json.dumps(GOOD)
EXPECTED = TriageAction.model_validate(GOOD)
KEY = "secret-token"

# A server's way of answering: the number of the request and its body, to status and reply text.
Answer = Callable[[int, dict[str, Any]], tuple[int, str]]


def _completion(text: str | None) -> str:
    return _completion_of(text)


def _completion_of(text: object) -> str:
    return _completion_with({"role": "assistant", "content": text})


def _completion_with(message: dict[str, Any], finish_reason: str = "stop") -> str:
    choice = {"index": 0, "message": message, "finish_reason": finish_reason}
    return json.dumps(
        {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(JSON_TEXT, id="json"),
        pytest.param(f"```json\n{JSON_TEXT}\n```", id="fenced"),
        pytest.param(f"Sure! Here it is:\n{JSON_TEXT}\nHope that helps.", id="in-prose"),
        pytest.param(f"action: {JSON_TEXT}", id="action-prefix"),
        pytest.param(f"Next action: {JSON_TEXT}", id="next-action-prefix"),
        pytest.param(f"<think>label: urgent? {{}}</think>{JSON_TEXT}", id="thinking"),
        pytest.param(f'so {{"label": "urgent"}}...</think>\n{JSON_TEXT}', id="half-a-tag"),
        pytest.param(json.dumps({"action": GOOD}), id="wrapped"),
        pytest.param(
            json.dumps({**GOOD, "runner_up": {**GOOD, "label": "urgent"}}), id="answer-inside"
        ),
        pytest.param(f"{JSON_TEXT}</think>", id="tag-after-the-answer"),
        pytest.param(f"{JSON_TEXT}\n<think>done</think>", id="thinking-after-the-answer"),
        pytest.param(json.dumps({**GOOD, "confidence": 0.9}), id="extra-field"),
        pytest.param(json.dumps({**GOOD, "label": " Spam "}), id="capitals"),
        pytest.param(
            json.dumps({"label": "spam", "team": "billing", "summary": GOOD["summary"]}), id="team"
        ),
        pytest.param(
            f'{{"label": "urgent", "route_to": "legal", "summary": "x"}}\nCorrection: {JSON_TEXT}',
            id="corrected",
        ),
        pytest.param("label: spam\nroute_to: billing\nsummary: A bill nobody ordered.", id="lines"),
        pytest.param(
            "**Label:** spam\n**Route to:** billing\n**Summary:** A bill nobody ordered.",
            id="markdown",
        ),
        pytest.param(
            "- label: `spam`\n- route: `billing`\n- summary: A bill nobody ordered.", id="bullets"
        ),
        pytest.param('label=spam, route_to=billing, summary="A bill nobody ordered."', id="pairs"),
        pytest.param(
            "action: label=spam route=billing summary='A bill nobody ordered.'", id="spaced-pairs"
        ),
        pytest.param(
            "{'label': 'spam', 'route_to': 'billing', 'summary': 'A bill nobody ordered.'}",
            id="python",
        ),
        pytest.param(
            '{"label": "spam", "route_to": "billing", "summary": "A bill nobody ordered."',
            id="cut-off",
        ),
    ],
)
def test_parse_reply(text: str) -> None:
    """An answer is read from every shape models give it."""
    assert parse_reply(text) == (EXPECTED, True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("This looks urgent to me, send it to safety.", id="prose-with-label-words"),
        pytest.param("label: urgent", id="no-team"),
        pytest.param("route_to: billing\nsummary: A bill.", id="no-label"),
        pytest.param('{"label": "important", "route_to": "billing"}', id="unknown-label"),
        pytest.param("<think>label: urgent\nroute_to: safety\nsummary: x", id="only-thinking"),
        pytest.param(f'{{"label": "spam", "route_to": "{"x" * 41}"}}', id="long-team"),
        pytest.param("\n" * 20_000, id="empty-lines"),
        pytest.param(" \n-" * 7_000, id="empty-bullets"),
        pytest.param("[" * 50_000, id="deeply-nested"),
        pytest.param("{" * 50_000, id="braces"),
        pytest.param('{"a":' * 20_000, id="deep-objects"),
    ],
)
def test_fallback(text: str) -> None:
    """What is no answer gives the fallback and says so, quickly."""
    started = time.monotonic()
    assert parse_reply(text) == (FALLBACK_ACTION, False)
    assert time.monotonic() - started < 5


def test_long_summary_is_cut() -> None:
    """A summary over the limit costs its credit, not the decision."""
    reply = parse_reply(json.dumps({**GOOD, "summary": "x" * 900}))
    assert reply.parsed
    assert (reply.action.label, reply.action.route_to) == ("spam", "billing")
    assert len(reply.action.summary) == 500


def test_key_inside_a_summary() -> None:
    """What looks like a key in the summary overrides nothing."""
    text = "label: urgent\nroute_to: safety\nsummary: Chamber 4 warms; team: cold_store was told"
    assert parse_reply(text).action.route_to == "safety"
    text = "label=urgent route_to=safety summary=Chamber 4, label: broken"
    assert parse_reply(text).action.label == "urgent"
    assert parse_reply(text).action.summary == "Chamber 4, label: broken"


@given(text=st.text(max_size=300) | st.text(alphabet='{}[]":,=\n abcdelrutosmy_', max_size=200))
def test_parser_never_raises(text: str) -> None:
    """Any text gives a valid action or the fallback."""
    reply = parse_reply(text)
    assert reply.action.label in LABELS
    assert reply.parsed or reply.action == FALLBACK_ACTION


@given(
    label=st.sampled_from(LABELS),
    route_to=st.sampled_from(list(ROUTES)),
    summary=st.text(alphabet="abc defg,.'", max_size=80),
)
def test_parser_reads_back_what_was_said(label: str, route_to: str, summary: str) -> None:
    """A JSON answer is read as it was written, up to white space in the summary."""
    text = json.dumps({"label": label, "route_to": route_to, "summary": summary})
    reply = parse_reply(f"Here:\n```\n{text}\n```")
    assert reply.parsed
    assert (reply.action.label, reply.action.route_to) == (label, route_to)
    assert reply.action.summary == " ".join(summary.split())


def test_prompt_holds_what_is_needed() -> None:
    """Policy, choices, history, thread and email are all in the prompt."""
    env = EmailTriageEnv("task_medium")
    result = env.reset()
    seen = result.observation.model_copy(update={"thread_history": ["An older message."]})
    text = json.dumps(build_messages(result.info, seen, ["Step 1: something -> reward +0.50"]))
    for needed in ("Rule 17", "customer_care", "archive", "An older message.", "+0.50"):
        assert needed in text
    assert "Joanna Kettering" in text


def test_constants_and_variables() -> None:
    """The names, values and variables are the specified ones."""
    source = (ROOT / "inference.py").read_text(encoding="utf-8")
    assert (inference.MAX_STEPS, inference.TEMPERATURE, inference.MAX_TOKENS) == (10, 0.2, 200)
    assert re.findall(r'os\.getenv\("(\w+)"\)', source) == [
        "API_BASE_URL", "HF_TOKEN", "API_KEY", "MODEL_NAME", "INFERENCE_LOG",
    ]  # fmt: skip
    assert "os.environ" not in source
    assert "OPENAI_API_KEY" not in source
    modules = {
        node.module
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module
    }
    assert not {"tasks", "graders"} & modules


class _Handler(BaseHTTPRequestHandler):
    disable_nagle_algorithm = True
    answer: Answer
    counter: Iterator[int]
    bodies: list[dict[str, Any]]

    def do_POST(self) -> None:  # the name that http.server calls
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.bodies.append(body)
        status, text = self.answer(next(self.counter), body)
        reply = text.encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(reply)))
            # The client library waits before it asks again, and would wait for minutes in all.
            self.send_header("Retry-After-Ms", "1")
            self.end_headers()
            self.wfile.write(reply)
        except BrokenPipeError:
            pass  # A client that gave up waiting is part of the test.

    def log_message(self, *_arguments: object) -> None:
        """Keep quiet."""


@contextmanager
def _endpoint(answer: Answer) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    bodies: list[dict[str, Any]] = []
    attributes = {
        "answer": staticmethod(answer),
        "counter": iter(range(10_000)),
        "bodies": bodies,
    }
    with _serving(type("Handler", (_Handler,), attributes)) as url:
        yield url, bodies


@contextmanager
def _serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    # The interval is what the end of each test waits for.
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


def _run(url: str | None, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the script as a user does, in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if "API" not in name}
    for name in ("HF_TOKEN", "MODEL_NAME", "INFERENCE_LOG"):
        kept.pop(name, None)
    if url:
        kept |= {"API_BASE_URL": url, "MODEL_NAME": "tiny", "HF_TOKEN": KEY}
    return subprocess.run(  # noqa: S603 # our own script
        [sys.executable, "inference.py", *arguments],
        cwd=ROOT, env={**kept, **variables}, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip


class Play(Protocol):
    """Play the three tasks."""

    def __call__(self, url: str | None, **constants: object) -> subprocess.CompletedProcess[str]:
        """Play against the endpoint, with constants of the script changed."""
        ...


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Play:
    """Return a way to run the script in this process, which saves half a second of imports."""

    def run(url: str | None, **constants: object) -> subprocess.CompletedProcess[str]:
        variables = {"API_BASE_URL": url, "MODEL_NAME": "tiny", "API_KEY": KEY}
        for name, value in {**variables, **constants}.items():
            monkeypatch.setattr(inference, name, value)
        inference.main()
        return subprocess.CompletedProcess("inference.main", 0, *capsys.readouterr())

    return run


@pytest.fixture
def fallback_table(play: Play) -> list[str]:
    """Return the table of a run without an endpoint."""
    return _check_output(play(None))


STEP_LINE = re.compile(
    r"Step \d+: label=(urgent|normal|spam|archive), route=\S+ -> reward [+-]\d\.\d\d"
)


def _check_output(result: subprocess.CompletedProcess[str]) -> list[str]:
    """Assert the specified format and return the four lines of the score table's body."""
    assert result.returncode == 0, result.stderr
    assert KEY not in result.stdout + result.stderr
    lines = result.stdout.splitlines()
    for task_id in TASKS:
        assert f"Episode: {task_id}" in lines
    assert sum(line.startswith("Step ") for line in lines) >= 24
    assert all(STEP_LINE.fullmatch(line) for line in lines if line.startswith("Step "))
    assert sum(bool(re.fullmatch(r"Final score: \d\.\d\d", line)) for line in lines) == 3
    table = lines[lines.index("=== SCORE TABLE ===") + 1 :]
    assert table[0] == "Task         Score    Steps"
    assert len(table) == 5
    assert [line.split()[0] for line in table[1:]] == [*TASKS, "Mean"]
    assert all(re.fullmatch(r"task_\w+ +\d\.\d\d     \d+", line) for line in table[1:4])
    assert re.fullmatch(r"Mean         \d\.\d\d", table[4])
    return table[1:]


def _know_it_all(_number: int, body: dict[str, Any]) -> tuple[int, str]:
    answer = _key_answer(body)
    if answer is None:
        return 200, _completion("I do not know this email.")
    return 200, _completion(f"Next action: ```json\n{answer}\n```")


def _key_answer(body: dict[str, Any]) -> str | None:
    """Return the right answer, recognised by the text of the email in the prompt."""
    prompt = body["messages"][-1]["content"]
    for task in TASKS.values():
        for email_id, truth in task.ground_truth.items():
            if _body(email_id) in prompt:
                answer = {"label": truth.label, "route_to": truth.route_to}
                answer["summary"] = truth.reference_summary
                return json.dumps(answer)
    return None


def _body(email_id: str) -> str:
    bodies: dict[str, str] = {}
    for task in TASKS.values():
        for item in task.emails:
            bodies |= {email.email_id: email.body for email in versions(item)}
    return bodies[email_id]


def test_perfect_model() -> None:
    """A model that answers well scores 1.00 everywhere, and is asked as specified."""
    with _endpoint(_know_it_all) as (url, bodies):
        result = _run(url)
    table = _check_output(result)
    assert [line.split()[1] for line in table] == ["1.00"] * 4
    assert len(bodies) == 24
    assert "fallback" not in result.stdout
    assert result.stderr == ""
    for body in bodies:
        assert (body["model"], body["temperature"], body["max_tokens"]) == ("tiny", 0.2, 200)
        assert "stream" not in body or body["stream"] is False
    assert "reward +0.99" in bodies[1]["messages"][-1]["content"]


def test_bad_model(play: Play) -> None:
    """A model that answers everything wrong still gets its table."""
    wrong = json.dumps({"label": "spam", "route_to": "people", "summary": "Spam."})
    with _endpoint(lambda _number, _body: (200, _completion(wrong))) as (url, _):
        table = _check_output(play(url))
    assert float(table[-1].split()[1]) < 0.3


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param((200, _completion("no idea, maybe urgent")), id="unreadable"),
        pytest.param((200, _completion(None)), id="null-content"),
        pytest.param((200, _completion("")), id="empty-content"),
        pytest.param((200, _completion_of([{"type": "text", "text": "x"}])), id="list-content"),
        pytest.param((200, _completion_of(7)), id="number-content"),
        pytest.param((200, _completion_with({"tool_calls": [7, {"function": 7}]})), id="no-calls"),
        pytest.param((200, _completion_with({"tool_calls": 7, "function_call": []})), id="no-list"),
        pytest.param((200, '{"choices": []}'), id="no-choices"),
        pytest.param((500, "\n=== SCORE TABLE ===\ntask_easy    1.00     8\n"), id="forged-table"),
        pytest.param((200, "<html>gateway</html>"), id="html"),
        pytest.param((200, "{"), id="broken-json"),
        pytest.param((500, "oops"), id="server-error"),
    ],
)
def test_endpoint_that_never_answers_well(
    reply: tuple[int, str], play: Play, fallback_table: list[str]
) -> None:
    """Whatever the endpoint sends, the run ends with the table of the fallback action."""
    with _endpoint(lambda _number, _body: reply) as (url, _):
        result = play(url)
    assert _check_output(result) == fallback_table
    assert result.stdout.count("Using fallback action.") == 24
    assert "24 of 24 steps were the fallback action" in result.stdout


def test_endpoint_that_fails_now_and_then(play: Play) -> None:
    """A failed request is tried once more, so a hiccup costs no answer."""

    def hiccup(number: int, body: dict[str, Any]) -> tuple[int, str]:
        return (500, "oops") if number in (0, 5) else _know_it_all(number, body)

    with _endpoint(hiccup) as (url, bodies):
        table = _check_output(play(url))
    assert [line.split()[1] for line in table] == ["1.00"] * 4
    assert len(bodies) == 26


def test_slow_endpoint(play: Play) -> None:
    """A request that hangs is given up, and the time of the whole run is bounded."""

    def hang(_number: int, _body: dict[str, Any]) -> tuple[int, str]:
        time.sleep(3)
        return 200, _completion(JSON_TEXT)

    started = time.monotonic()
    with _endpoint(hang) as (url, _):
        result = play(url, REQUEST_TIMEOUT_SECONDS=0.1, MAX_RETRIES=0, RUN_BUDGET_SECONDS=0.5)
    assert time.monotonic() - started < 30
    _check_output(result)
    assert "Model request failed" in result.stdout
    assert "Time is up." in result.stdout


BODY_IN_DROPS = (b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", b" ")
HEAD_IN_DROPS = (b"HTTP/1.1 200 OK\r\nX-Padding: ", b"x")


@pytest.mark.parametrize("reply", [BODY_IN_DROPS, HEAD_IN_DROPS], ids=["body", "head"])
def test_dripping_endpoint(reply: tuple[bytes, bytes], play: Play) -> None:
    """A reply that comes in drops, each within the library's own limit, is given up as well."""
    started = time.monotonic()
    with _dripping_endpoint(*reply) as url:
        result = play(url, REQUEST_TIMEOUT_SECONDS=0.3, RUN_BUDGET_SECONDS=1.0)
        assert time.monotonic() - started < 15
    _check_output(result)
    assert "no answer in 1 s" in result.stdout


STUCK = """
import socket, time
import inference
socket.getaddrinfo = lambda *_arguments, **_options: time.sleep(60)
inference.REQUEST_TIMEOUT_SECONDS, inference.RUN_BUDGET_SECONDS = 0.3, 1.0
inference.main()
"""


def test_process_ends_while_a_request_is_stuck() -> None:
    """A request that cannot be stopped, such as a look-up of a name, holds no process."""
    address = {"API_BASE_URL": "http://nowhere.example/v1", "MODEL_NAME": "tiny", "HF_TOKEN": KEY}
    result = subprocess.run(  # noqa: S603 # our own script
        [sys.executable, "-X", "dev", "-c", STUCK],
        cwd=ROOT, env={**os.environ, **address}, capture_output=True, text=True, timeout=30,
        check=False,
    )  # fmt: skip
    _check_output(result)
    assert "no answer in 1 s" in result.stdout
    assert len(result.stderr.splitlines()) == 1, result.stderr


def test_any_thread_will_do(play: Play) -> None:
    """The limit on a request needs no signal, which only a main thread and not Windows has."""
    with _dripping_endpoint(*BODY_IN_DROPS) as url, ThreadPoolExecutor(1) as elsewhere:
        limits = {"REQUEST_TIMEOUT_SECONDS": 0.2, "RUN_BUDGET_SECONDS": 0.5}
        result = elsewhere.submit(play, url, **limits).result(timeout=30)
    assert "no answer in 0 s" in result.stdout


@contextmanager
def _dripping_endpoint(beginning: bytes, drop: bytes) -> Iterator[str]:
    over = threading.Event()

    class Drip(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the name that http.server calls
            self.rfile.read(int(self.headers["Content-Length"]))
            with suppress(OSError):
                self.wfile.write(beginning)
                while not over.wait(0.1):
                    self.wfile.write(drop)

        def log_message(self, *_arguments: object) -> None:
            """Keep quiet."""

    with _serving(Drip) as url:
        try:
            yield url
        finally:
            over.set()


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/v1\n", "http://[::1", "not a url", "127.0.0.1:1/v1", "http://"]
)
def test_malformed_address(url: str, play: Play, fallback_table: list[str]) -> None:
    """An address that is none costs the model, not the run, and is asked for once."""
    result = play(url)
    assert _check_output(result) == fallback_table
    assert result.stdout.count("No model: ") == 1
    assert "24 of 24 steps were the fallback action (24 not asked)" in result.stdout


def test_nobody_listens(play: Play, fallback_table: list[str]) -> None:
    """Where nothing answers, the output says what happened and not only that."""
    result = play(f"http://127.0.0.1:{free_port()}/v1", MAX_RETRIES=0)
    assert _check_output(result) == fallback_table
    assert result.stdout.count("Connection refused). Using fallback action.") == 24


def test_budget_fits_twenty_minutes() -> None:
    """The budget of the run and its last request together stay under 20 minutes."""
    tries = 1 + inference.MAX_RETRIES
    assert inference.RUN_BUDGET_SECONDS + tries * inference.REQUEST_TIMEOUT_SECONDS < 20 * 60


def test_without_an_endpoint() -> None:
    """Without an endpoint the run says so once, completes and claims nothing."""
    result = _run(None)
    _check_output(result)
    assert result.stdout.count("No model: set API_BASE_URL, MODEL_NAME, HF_TOKEN or API_KEY.") == 1
    assert "no model's" in result.stdout
    assert "24 of 24 steps were the fallback action" in result.stdout
    assert all("route=unrouted" in line for line in result.stdout.splitlines() if "Step " in line)


def _error(message: str, code: str | None = None) -> str:
    return json.dumps({"error": {"message": message, "code": code}})


@pytest.mark.parametrize(
    ("status", "body", "remedy"),
    [
        pytest.param(401, _error(f"bad key {KEY}"), "HF_TOKEN, or API_KEY", id="wrong-key"),
        pytest.param(402, _error("no credit"), "HF_TOKEN, or API_KEY", id="no-credit"),
        pytest.param(403, _error("forbidden"), "MODEL_NAME", id="forbidden"),
        pytest.param(404, _error("no such model"), "MODEL_NAME", id="no-model"),
        pytest.param(404, "<html>nginx</html>", "API_BASE_URL", id="no-api"),
        pytest.param(400, _error("?", "model_not_found"), "MODEL_NAME", id="no-model-400"),
        pytest.param(429, _error("?", "insufficient_quota"), "HF_TOKEN, or API_KEY", id="no-quota"),
    ],
)
def test_refusal(
    status: int, body: str, remedy: str, play: Play, fallback_table: list[str]
) -> None:
    """After an error that cannot get better nothing is asked, and the remedy is named once."""
    with _endpoint(lambda _number, _body: (status, body)) as (url, bodies):
        result = play(url)
    assert _check_output(result) == fallback_table
    assert len(bodies) <= 1 + inference.MAX_RETRIES
    assert result.stdout.count("Using fallback action.") == 1
    advice = [line for line in result.stdout.splitlines() if line.startswith("Not asking ")]
    assert len(advice) == 1
    assert url in advice[0]
    assert remedy in advice[0]
    assert "24 of 24 steps were the fallback action (1 refused, 23 not asked)" in result.stdout


def test_refusal_after_answers(play: Play) -> None:
    """What was answered before a refusal counts, and the table says how much of it is missing."""

    def revoked(number: int, body: dict[str, Any]) -> tuple[int, str]:
        return _know_it_all(number, body) if number < 10 else (401, _error("revoked"))

    with _endpoint(revoked) as (url, bodies):
        result = play(url)
    assert _check_output(result)[0].split()[1] == "1.00"
    assert len(bodies) == 11
    assert "14 of 24 steps were the fallback action (1 refused, 13 not asked)" in result.stdout


def test_one_mail_refused(play: Play) -> None:
    """A 403 between answers is about that mail, as some endpoints moderate; the rest is asked."""

    def moderated(number: int, body: dict[str, Any]) -> tuple[int, str]:
        return (403, _error("flagged")) if number == 3 else _know_it_all(number, body)

    with _endpoint(moderated) as (url, bodies):
        result = play(url)
    _check_output(result)
    assert len(bodies) == 24
    assert "Not asking" not in result.stdout
    assert "1 of 24 steps were the fallback action (1 request failed)" in result.stdout


def test_key_that_cannot_be_sent(play: Play, fallback_table: list[str]) -> None:
    """A key with a line end, as files of secrets have one, is named and not shown."""
    with _endpoint(_know_it_all) as (url, bodies):
        result = play(url, API_KEY=f"{KEY}\n")
    assert _check_output(result) == fallback_table
    assert not bodies
    assert result.stdout.count("No model: HF_TOKEN or API_KEY holds a character") == 1


def test_address_with_a_password(play: Play) -> None:
    """What an address holds beside the place to ask is not shown."""
    with _endpoint(lambda _number, _body: (404, "")) as (url, _):
        shown = play(f"{url.replace('//', '//me:pass@')}?code=word")
    assert f" {url} " in shown.stdout
    assert not re.search("me:|pass@|code=", shown.stdout + shown.stderr)


@pytest.mark.parametrize(
    ("answers", "mark"),
    [
        pytest.param(0, "NOT A MODEL'S RESULT: 24 of 24 steps were", id="none"),
        pytest.param(21, "PARTLY NOT A MODEL'S RESULT: 3 of 24 steps were", id="some"),
    ],
)
def test_mark(answers: int, mark: str, play: Play) -> None:
    """A table with steps that are no model's says so just above and, on stderr, just below."""

    def silent(number: int, body: dict[str, Any]) -> tuple[int, str]:
        return _know_it_all(number, body) if number < answers else (200, _completion("Hm."))

    with _endpoint(silent) as (url, _):
        result = play(url)
    _check_output(result)
    above = result.stdout.splitlines()[-7]
    assert above.startswith(mark)
    assert above.endswith(f"the fallback action ({24 - answers} unreadable).")
    assert result.stderr == f"{above}\n"


def _call(arguments: object) -> dict[str, Any]:
    return {"id": "1", "type": "function", "function": {"name": "triage", "arguments": arguments}}


WRONG = json.dumps({"label": "spam", "route_to": "people", "summary": "Spam."})
# Ways of saying one answer that is no plain text; it is given as JSON.
SAYINGS: dict[str, Callable[[str], dict[str, Any]]] = {
    "tool-call": lambda said: {"content": None, "tool_calls": [_call(said)]},
    "object-arguments": lambda said: {"content": "", "tool_calls": [_call(json.loads(said))]},
    "last-call": lambda said: {"content": None, "tool_calls": [_call(WRONG), _call(said)]},
    "call-after-text": lambda said: {"content": WRONG, "tool_calls": [_call(said)]},
    "call-after-thinking": lambda said: {
        "content": f"<think>{WRONG}</think>", "tool_calls": [_call(said)],
    },
    "text-and-other-call": lambda said: {"content": said, "tool_calls": [_call('{"x": 1}')]},
    "text-and-no-list": lambda said: {"content": said, "tool_calls": 7, "function_call": 7},
    "text-and-broken-call": lambda said: {"content": said, "tool_calls": [7, {"function": None}]},
    "function-call": lambda said: {
        "content": None, "function_call": {"name": "triage", "arguments": said},
    },
    "parts": lambda said: {
        "content": [{"type": "text", "text": said[:20]}, {"type": "text", "text": said[20:]}]
    },
    "thinking-part": lambda said: {
        "content": [{"type": "thinking", "thinking": WRONG}, {"type": "text", "text": said},
                    {"type": "reasoning", "text": WRONG}, 7]
    },
    "reasoning": lambda said: {"content": said, "reasoning_content": WRONG, "reasoning": WRONG},
}  # fmt: skip


@pytest.mark.parametrize("say", SAYINGS.values(), ids=SAYINGS)
def test_sayings(say: Callable[[str], dict[str, Any]], play: Play) -> None:
    """An answer is read from a tool call, and from text in parts, but never from reasoning."""

    def answer(_number: int, body: dict[str, Any]) -> tuple[int, str]:
        return 200, _completion_with({"role": "assistant", **say(_key_answer(body) or "")})

    with _endpoint(answer) as (url, _):
        result = play(url, TASK_IDS=("task_easy",))
    assert "Final score: 1.00" in result.stdout
    assert "fallback" not in result.stdout


def test_reasoning_is_no_answer(play: Play) -> None:
    """Where only the reasoning holds an answer, there is none."""
    message = {"content": "", "reasoning_content": WRONG}
    with _endpoint(lambda _number, _body: (200, _completion_with(message))) as (url, _):
        result = play(url)
    assert "24 of 24 steps were the fallback action (24 empty)" in result.stdout


@pytest.mark.parametrize("content", [None, "", "<think>Let me see", "Well, this one is"])
def test_cut_off(content: str | None, play: Play) -> None:
    """A reply that the length limit cut before its answer is called that, with the remedy."""
    reply = _completion_with({"content": content, "reasoning_content": "Hm."}, "length")
    with _endpoint(lambda _number, _body: (200, reply)) as (url, _):
        result = play(url)
    _check_output(result)
    assert result.stdout.count("Model reply was cut off at 200 tokens") == 24
    assert "if the model thinks, switch that off" in result.stdout
    assert "24 of 24 steps were the fallback action (24 cut off)" in result.stdout


def test_cut_off_after_the_answer(play: Play) -> None:
    """A reply that was cut off but can be read is an answer."""
    reply = _completion_with({"content": f"{JSON_TEXT} Now why"}, "length")
    with _endpoint(lambda _number, _body: (200, reply)) as (url, _):
        assert "cut off" not in play(url).stdout


def test_help() -> None:
    """`--help` prints what the script is and how it is set, and asks nobody."""
    with _endpoint(_know_it_all) as (url, bodies):
        result = _run(url, "--help")
    assert result.returncode == 0
    assert inference.__doc__
    assert inference.__doc__.strip() in result.stdout
    for name in ("API_BASE_URL", "MODEL_NAME", "HF_TOKEN", "API_KEY", "INFERENCE_LOG", "status"):
        assert name in result.stdout
    assert not bodies


def test_unknown_argument() -> None:
    """An argument that is none is named, with the remedy, before anything is played."""
    result = _run(None, "--task", "task_easy")
    assert (result.returncode, result.stdout) == (2, "")
    assert "unknown argument '--task'" in result.stderr
    assert "--help" in result.stderr


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_log(tmp_path: Path, play: Play) -> None:
    """Every step is written down when it is over, and what is printed stays the same."""
    path = tmp_path / "run.jsonl"
    written: list[int] = []

    def answer(number: int, body: dict[str, Any]) -> tuple[int, str]:
        written.append(len(_records(path)))
        status, text = _know_it_all(number, body)
        usage = {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}
        return status, json.dumps({**json.loads(text), "usage": usage})

    with _endpoint(answer) as (url, bodies):
        result = _run(url, INFERENCE_LOG=str(path))
        plain = play(url)
    _check_output(result)
    assert (result.stdout, result.stderr) == (plain.stdout, "")
    records = _records(path)
    assert written[:24] == list(range(24))
    assert [record["messages"] for record in records] == [body["messages"] for body in bodies[:24]]
    assert [record["task_id"] for record in records] == [task for task in TASKS for _ in range(8)]
    assert [record["step"] for record in records] == [*range(1, 9)] * 3
    assert records[0]["email_id"] == "easy-01"
    assert records[0]["model"] == "tiny"
    assert records[0]["reply"].startswith("Next action: ```json")
    assert records[0]["finish_reason"] == "stop"
    assert records[0]["usage"]["total_tokens"] == 12
    for record in records:
        TriageAction.model_validate(record["action"])
        assert f"reward {record['reward']:+.2f}" in result.stdout
        assert (record["fallback"], record["error"]) == (None, None)


def test_log_says_why(tmp_path: Path, play: Play) -> None:
    """A step that was the fallback says why, with the error, and the key is nowhere."""
    path = tmp_path / "run.jsonl"
    call = {"content": f"I was told {KEY}.", "tool_calls": [_call(f'{{"label": "{KEY}"}}')]}
    replies = [
        (200, _completion(f"my key is {KEY}")),
        (400, _error(f"cannot take {KEY}")),
        (200, _completion("")),
        (200, _completion_with({"content": "Well"}, "length")),
        (200, _completion_with(call)),
        (200, _completion(json.dumps({**GOOD, "route_to": f"team {KEY}"}))),
        (200, _completion(json.dumps({**GOOD, "summary": KEY}).replace("secret", "\\u0073ecret"))),
        (401, _error(f"bad key {KEY}")),
    ]
    with _endpoint(lambda number, _body: replies[number]) as (url, _):
        result = play(url, INFERENCE_LOG=str(path))
    _check_output(result)
    assert KEY not in path.read_text(encoding="utf-8")
    records = _records(path)
    assert [record["fallback"] for record in records[:9]] == [
        "unreadable", "request failed", "empty", "cut off", "unreadable", None, None, "refused",
        "not asked",
    ]  # fmt: skip
    assert records[0]["reply"] == "my key is ***"
    assert "cannot take ***" in records[1]["error"]
    assert records[3]["finish_reason"] == "length"
    assert records[4]["reply"] == 'I was told ***.\n{"label": "***"}'
    assert records[8]["reply"] == ""
    assert len(records) == 24


def test_short_key_is_no_secret(tmp_path: Path, play: Play) -> None:
    """A placeholder for a local server, which may be a word, is not taken out of the texts."""
    with _endpoint(_know_it_all) as (url, bodies):
        play(url, API_KEY="none", INFERENCE_LOG=str(tmp_path / "run.jsonl"))
    assert [record["messages"] for record in _records(tmp_path / "run.jsonl")] == [
        body["messages"] for body in bodies
    ]
    assert "(none)" in bodies[0]["messages"][1]["content"]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        pytest.param("there.jsonl", "File exists", id="existing-file"),
        pytest.param("", "File exists", id="folder"),
        pytest.param("missing/run.jsonl", "No such file", id="no-folder"),
        pytest.param("there.jsonl/run.jsonl", "Not a directory", id="file-for-a-folder"),
    ],
)
def test_unwritable_log(
    name: str, problem: str, tmp_path: Path, play: Play, capsys: pytest.CaptureFixture[str]
) -> None:
    """A log that cannot be begun is refused before anything is asked, and overwrites nothing."""
    (tmp_path / "there.jsonl").write_text("kept\n", encoding="utf-8")
    with _endpoint(_know_it_all) as (url, bodies), pytest.raises(SystemExit) as ending:
        play(url, INFERENCE_LOG=str(tmp_path / name))
    stdout, stderr = capsys.readouterr()
    assert (ending.value.code, stdout, bodies) == (2, "", [])
    assert f"INFERENCE_LOG cannot be {str(tmp_path / name)!r}" in stderr
    assert problem in stderr
    assert "name a new file" in stderr
    assert (tmp_path / "there.jsonl").read_text(encoding="utf-8") == "kept\n"


def test_full_disk(tmp_path: Path, play: Play) -> None:
    """A log that cannot be written any more is given up with one warning; the run goes on."""
    path = tmp_path / "run.jsonl"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with _endpoint(_know_it_all) as (url, bodies):
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
        try:
            result = play(url, INFERENCE_LOG=str(path))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [line.split()[1] for line in _check_output(result)] == ["1.00"] * 4
    assert len(bodies) == 24
    assert len(result.stderr.splitlines()) == 1
    assert "INFERENCE_LOG" in result.stderr
    assert "File too large" in result.stderr
    whole = path.read_text(encoding="utf-8").splitlines()
    assert 0 < len(whole) < 24
    assert all(json.loads(line) for line in whole)


def test_output_that_holds_few_letters() -> None:
    """A reply in letters that the output cannot show does not end the run."""
    reply = json.dumps({**GOOD, "route_to": "\u5408\u898f"}, ensure_ascii=False)
    with _endpoint(lambda _number, _body: (200, _completion(reply))) as (url, _):
        result = _run(url, PYTHONIOENCODING="ascii")
    _check_output(result)
