"""A chat-completions endpoint in this process that knows the answers, and can misbehave."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, NamedTuple

from deck import find_deal
from environment import find_task
from models import FollowUp
from python_env.server.splits import task_of
from tasks import TASKS

MODEL: Final = "scripted"
KEY: Final = "secret-token"

# The number of a request and its body, to a status and a text.
Answer = Callable[[int, dict[str, Any]], tuple[int, str]]


class Endpoint(NamedTuple):
    """A running endpoint and what it was asked."""

    url: str
    bodies: list[dict[str, Any]]

    def prompts(self) -> list[str]:
        """Return the last message of every request."""
        return [str(body["messages"][-1]["content"]) for body in self.bodies]


@contextmanager
def answering(answer: Answer) -> Iterator[Endpoint]:
    """Serve an endpoint that answers by a function.

    Args:
        answer: Called for one request at a time.

    Yields:
        The endpoint.
    """
    bodies: list[dict[str, Any]] = []
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:  # the name that http.server calls
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                bodies.append(body)
                status, text = answer(len(bodies) - 1, body)
            with suppress(OSError):  # A client that gave up waiting is part of the test.
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text.encode())))
                # Clients wait before they ask again, and would wait for seconds.
                self.send_header("Retry-After-Ms", "1")
                self.end_headers()
                self.wfile.write(text.encode())

        def log_message(self, *_arguments: object) -> None:
            """Keep quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        # Frameworks ask for many inboxes at once.
        request_queue_size = 128

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield Endpoint(f"http://127.0.0.1:{server.server_port}/v1", bodies)
    finally:
        server.shutdown()
        server.server_close()


def completion(content: object, finish_reason: str = "stop", **message: object) -> str:
    """Return a chat completion.

    Args:
        content: What the message says.
        finish_reason: Why it ends.
        **message: Further fields of the message.

    Returns:
        Its JSON.
    """
    said = {"role": "assistant", "content": content, **message}
    choice = {"index": 0, "message": said, "finish_reason": finish_reason}
    usage = {"prompt_tokens": 900, "completion_tokens": 40, "total_tokens": 940}
    return json.dumps(
        {
            "id": "1", "object": "chat.completion", "created": 1, "model": MODEL,
            "choices": [choice], "usage": usage,
        }
    )  # fmt: skip


def right(_number: int, body: dict[str, Any]) -> tuple[int, str]:
    """Answer as the answer key does."""
    return 200, completion(json.dumps(decision(body)))


def decision(body: dict[str, Any]) -> dict[str, str]:
    """Return the right decision on the email that a request shows."""
    prompt = str(body["messages"][-1]["content"])
    task_id = re.findall(r"^Email \d+, task (\S+)$", prompt, re.MULTILINE)[-1]
    task = find_task(task_id) if task_id in TASKS else find_deal(task_id)
    for item in task.emails:
        versions = [item.handled, item.mishandled] if isinstance(item, FollowUp) else [item]
        for email in versions:
            if email.body in prompt:
                truth = task.ground_truth[email.email_id]
                said = {"label": truth.label, "route_to": truth.route_to}
                return {**said, "summary": truth.reference_summary}
    raise LookupError(f"No email of {task_id} stands in the prompt.")


def right_review(_number: int, body: dict[str, Any]) -> tuple[int, str]:
    """Answer as the key of a module does."""
    return 200, completion(json.dumps(operation(body)))


def operation(body: dict[str, Any]) -> dict[str, Any]:
    """Return the right next operation of the review that a request shows: all but to show it."""
    prompt = str(body["messages"][-1]["content"])
    task = task_of(re.findall(r"^Review (\S+):$", prompt, re.MULTILINE)[-1])
    if not task.defects:
        return {"operation": "finalize", "verdict": "approve"}
    findings = [
        {
            "operation": "add_finding", "kind": defect.kind, "severity": defect.severity,
            "first_line": defect.first, "last_line": defect.last, "rationale": defect.why,
        }
        for defect in task.defects
    ]  # fmt: skip
    patch = {"operation": "submit_patch", "patch": task.mended()}
    done = len(re.findall(r'^Step \d+: \{"', prompt, re.MULTILINE))
    finalize = {"operation": "finalize", "verdict": "request_changes"}
    left: list[dict[str, Any]] = [*findings, patch, finalize]
    return left[done]


def broken_before_clean() -> int:
    """Return the number of an easy task of `test` with one defect, which a clean one follows."""
    defects = [len(task_of(f"test-easy-{i}").defects) for i in range(100)]
    return next(i for i in range(99) if defects[i : i + 2] == [1, 0])
