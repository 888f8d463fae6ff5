"""The baseline agent: plays the headline tasks, writes down every step, and says what is wrong."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from python_env.models import LEAVES
from python_env.tests.playing import running

FOLDER = Path(__file__).parents[1]
FINDING = {
    "operation": "add_finding", "kind": "sql-injection", "severity": "critical", "first_line": 62,
    "last_line": 65, "rationale": "Only the first word of sort is checked before it is used.",
}  # fmt: skip
END = {"operation": "finalize", "verdict": "request_changes"}


class Endpoint(BaseHTTPRequestHandler):
    """Answers each request with the next reply, round and round."""

    replies: ClassVar[list[str]] = []
    asked: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        """Answer as a chat-completions endpoint."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        text = self.replies[len(self.asked) % len(self.replies)]
        self.asked.append(body)
        message = {"role": "assistant", "content": text}
        answer = json.dumps(
            {"id": "1", "object": "chat.completion", "created": 1, "model": "m",
             "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
        ).encode()  # fmt: skip
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_given: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server of the environment."""
    journal = str(tmp_path_factory.mktemp("journal") / "journal.sqlite")
    with running(FOLDER, "server.app", JOURNAL=journal) as (url, _):
        yield url


@pytest.fixture
def endpoint() -> Iterator[str]:
    """Return the address of an endpoint that nobody has asked yet."""
    Endpoint.asked.clear()
    http = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{http.server_port}/v1"
    http.shutdown()
    http.server_close()


def infer(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the agent in a folder, with no variables but these."""
    return subprocess.run(  # noqa: S603 # our own command
        [sys.executable, str(FOLDER / "inference.py")], cwd=folder, capture_output=True, text=True,
        check=False, timeout=120, env={"PATH": os.environ["PATH"], **variables},
    )  # fmt: skip


def settings(endpoint: str, server: str, tasks: str) -> dict[str, str]:
    """Return what a run is told."""
    return {
        "API_BASE_URL": endpoint, "MODEL_NAME": "m", "OPENAI_API_KEY": "secret-of-the-test",
        "ENV_BASE_URL": server, "TASKS": tasks,
    }  # fmt: skip


def test_it_plays_and_writes_down_every_step(tmp_path: Path, endpoint: str, server: str) -> None:
    """Prompt, raw reply, operation, reward and components; the key is written nowhere."""
    Endpoint.replies[:] = [json.dumps(FINDING), f"So:\n```json\n{json.dumps(END)}\n```"]
    done = infer(tmp_path, **settings(endpoint, server, "2"))
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "inference_results.json").read_text()
    assert "secret-of-the-test" not in text + done.stdout + done.stderr
    results = json.loads(text)
    assert [one["task_id"] for one in results["episodes"]] == ["easy_ledger", "easy_hooks"]
    steps = results["episodes"][0]["steps"]
    assert [step["operation"] for step in steps] == ["add_finding", "finalize"]
    assert steps[0]["reply"] == Endpoint.replies[0]
    assert steps[0]["prompt"] == Endpoint.asked[0]["messages"]
    assert steps[0]["reward"] == pytest.approx(0.45)
    assert set(steps[0]["components"]) == set(LEAVES)
    assert results["episodes"][0]["score"] == pytest.approx(0.55)


def test_all_headline_tasks_are_played(tmp_path: Path, endpoint: str, server: str) -> None:
    """Without TASKS, and the same twice: scores are reproducible."""
    Endpoint.replies[:] = [json.dumps(END)]
    written = []
    for _ in range(2):
        assert infer(tmp_path, **settings(endpoint, server, "")).returncode == 0
        written.append((tmp_path / "inference_results.json").read_text())
    assert written[0] == written[1]
    assert len(json.loads(written[0])["episodes"]) == 16


def test_replies_that_are_no_operation_end_an_episode(
    tmp_path: Path, endpoint: str, server: str
) -> None:
    """After three in a row; each costs a step, and the exit status says so."""
    Endpoint.replies[:] = ["I like this code."]
    done = infer(tmp_path, **settings(endpoint, server, "1"))
    assert done.returncode == 1
    (episode,) = json.loads((tmp_path / "inference_results.json").read_text())["episodes"]
    assert len(episode["steps"]) == 3
    assert "no operation" in episode["error"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"OPENAI_API_KEY": ""}, "Set OPENAI_API_KEY", id="no-key"),
        pytest.param({"MODEL_NAME": ""}, "Set MODEL_NAME", id="no-model"),
        pytest.param({"TASKS": "many"}, "TASKS is 'many'", id="no-number"),
        pytest.param({"ENV_BASE_URL": "http://127.0.0.1:1"}, "does not answer", id="no-server"),
    ],
)
def test_what_is_wrong_is_said(
    tmp_path: Path, endpoint: str, server: str, changes: dict[str, str], words: str
) -> None:
    """In one sentence with the remedy, and nothing is written."""
    done = infer(tmp_path, **(settings(endpoint, server, "1") | changes))
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "inference_results.json").exists()
