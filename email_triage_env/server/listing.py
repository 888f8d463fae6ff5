"""The inboxes of a split as bytes that are written once, in front of OpenEnv's own routes.

OpenEnv makes tens of thousands of objects anew and writes them down for every request, and while it
does that nobody is answered. The answers here are the same to the byte.
"""

import json
from array import array
from collections.abc import Sequence
from typing import Any, Final

from fastapi import FastAPI, HTTPException, Response
from openenv.core.env_server.types import GetTaskRangeRequest, ListTasksRequest

from email_triage_env.server.environment import NAME, TriageEnvironment

_BAD_REQUEST: Final = 400
_NOT_FOUND: Final = 404


class Listing:
    """The tasks of one split, one after the other, and where each begins."""

    def __init__(self, tasks: Sequence[object]) -> None:
        """Write them down."""
        written = [f"{_compact(task)}," for task in tasks]
        self._text = "".join(written).encode()
        self._begins = array("L", [0])
        for text in written:
            self._begins.append(self._begins[-1] + len(text.encode()))

    def part(self, start: int | None, stop: int | None) -> bytes:
        """Return some of them as a JSON array, bounds as in a slice."""
        chosen = range(len(self._begins) - 1)[start:stop]
        if not chosen:
            return b"[]"
        # Without the last comma.
        text = self._text[self._begins[chosen.start] : self._begins[chosen.stop] - 1]
        return b"".join((b"[", text, b"]"))


def serve_listings(app: FastAPI, environment: type[TriageEnvironment]) -> None:
    """Let an application answer from what was written down.

    Args:
        app: The application, with OpenEnv's routes.
        environment: Whose tasks they are.
    """
    env = environment()
    listings = {
        split["name"]: Listing(env.list_tasks(split["name"])) for split in env.list_splits()
    }

    def part(env_name: str, split: str, start: int | None, stop: int | None) -> bytes:
        if env_name.lower() != NAME:
            raise HTTPException(_NOT_FOUND, f"unknown environment {env_name!r}")
        if split not in listings:
            raise HTTPException(_BAD_REQUEST, "Invalid task index")
        return listings[split].part(start, stop)

    async def tasks(env_name: str, request: ListTasksRequest) -> Response:
        listed = part(env_name, request.split, None, None)
        return _json(b'{"tasks":', listed, b',"env_name":', _compact(NAME).encode(), b"}")

    async def task_range(env_name: str, request: GetTaskRangeRequest) -> Response:
        listed = part(env_name, request.split, request.start, request.stop)
        return _json(b'{"tasks":', listed, b"}")

    for endpoint in (tasks, task_range):
        app.post(f"/{{env_name}}/{endpoint.__name__}", include_in_schema=False)(endpoint)
        # The first route that fits is asked.
        app.router.routes.insert(0, app.router.routes.pop())


def _compact(value: Any) -> str:  # noqa: ANN401 # what JSON can hold
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _json(*pieces: bytes) -> Response:
    return Response(b"".join(pieces), media_type="application/json")
