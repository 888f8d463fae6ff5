"""A chat-completions endpoint for the tests, which answers as it is told and keeps what it got."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from models import LABELS
from processes import ROOT
from tasks import ROUTES

KEY = "hf-0123456789-nobody-may-see-this"
DECOY = "sk-9876543210-nobody-may-use-this"
MODEL = "tiny"
# How long a process that was sent a signal may take to end before it is answered.
HEARD_SECONDS = 5
# A model's way of answering: the number of the request and the prompt, to status and reply text.
Answer = Callable[[int, str], tuple[int, str]]


def completion(
    content: object, finish: str = "stop", usage: Mapping[str, int] | None = None
) -> str:
    """Return the body of an endpoint's reply."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    told = {"id": "1", "object": "chat.completion", "created": 1, "model": "m"}
    return json.dumps({**told, "choices": [choice], "usage": usage})


def by_length(_number: int, prompt: str) -> tuple[int, str]:
    """Answer in a way that follows from the prompt alone."""
    size = len(prompt)
    answer = {"label": LABELS[size % 4], "route_to": list(ROUTES)[size % 7], "summary": f"{size}."}
    return 200, completion(f"So: {json.dumps(answer)}")


class Endpoint:
    """A chat-completions server that keeps what it was sent."""

    def __init__(self, answer: Answer) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.credentials: set[str | None] = set()
        self._answer = answer
        self._lock = threading.Lock()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # the name that http.server calls
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, text = endpoint.take(body, self.headers["Authorization"])
                with suppress(OSError):  # A client that gave up waiting is part of the test.
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(text.encode())))
                    self.end_headers()
                    self.wfile.write(text.encode())

            def log_message(self, *_arguments: object) -> None:
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.options = [
            "--policy", "chat", "--model", MODEL,
            "--base-url", f"http://127.0.0.1:{self.server.server_port}/v1",
        ]  # fmt: skip

    def take(self, body: dict[str, Any], credential: str | None) -> tuple[int, str]:
        """Note a request and answer it."""
        with self._lock:
            number = len(self.bodies)
            self.bodies.append(body)
            self.credentials.add(credential)
        return self._answer(number, body["messages"][-1]["content"])


@contextmanager
def running_endpoint(answer: Answer) -> Iterator[Endpoint]:
    """Run an endpoint on a free port."""
    endpoint = Endpoint(answer)
    threading.Thread(target=endpoint.server.serve_forever, daemon=True).start()
    try:
        yield endpoint
    finally:
        endpoint.server.shutdown()
        endpoint.server.server_close()


def stopped(
    command: list[str], requests: int, how: signal.Signals
) -> subprocess.CompletedProcess[str]:
    """Run `python -m command` with an endpoint, and send it a signal while it waits for a reply."""
    started: list[subprocess.Popen[str]] = []
    running = threading.Event()

    def answer(number: int, prompt: str) -> tuple[int, str]:
        if number == requests:
            running.wait(60)
            started[0].send_signal(how)
            # On a busy machine it might have all it wants before it hears the signal.
            with suppress(subprocess.TimeoutExpired):
                started[0].wait(HEARD_SECONDS)
        return by_length(number, prompt)

    with running_endpoint(answer) as endpoint:
        whole = [sys.executable, "-m", *command, *endpoint.options]
        with subprocess.Popen(  # noqa: S603 # our own tool
            whole, cwd=ROOT, env={**os.environ, "HF_TOKEN": KEY}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            started.append(process)
            running.set()
            shown, errors = process.communicate(timeout=120)
    assert endpoint.credentials == {f"Bearer {KEY}"}
    return subprocess.CompletedProcess(whole, process.returncode, shown, errors)


def check_no_key(out: Path, *shown: str) -> None:
    """Make sure that no key stands in any file of a folder, or in what was shown."""
    written = [path.read_text(encoding="utf-8") for path in out.rglob("*") if path.is_file()]
    for text in (*written, *shown):
        assert KEY not in text
        assert DECOY not in text
