"""The tasks of a split as bytes that are written once, in front of OpenEnv's own routes.

OpenEnv makes its 10,000 objects anew and writes them down for every request, and while it does that
nobody is answered. The answers here are the same.
"""

import json
from typing import Final

from fastapi import FastAPI, HTTPException, Response
from openenv.core.env_server.types import GetTaskRangeRequest, ListTasksRequest

from python_env.server.code_review_environment import NAME
from python_env.server.splits import SPLITS, split_size, task_id_at

_BAD_REQUEST: Final = 400
_NOT_FOUND: Final = 404


def serve_listings(app: FastAPI) -> None:
    """Let an application answer from what was written down.

    Args:
        app: The application, with OpenEnv's routes.
    """
    written = {split: _written(split) for split in SPLITS}

    def part(env_name: str, split: str, start: int | None, stop: int | None) -> bytes:
        if env_name.lower() != NAME:
            raise HTTPException(_NOT_FOUND, f"unknown environment {env_name!r:.60}")
        if split not in written:
            raise HTTPException(_BAD_REQUEST, "Invalid task index")
        return b",".join(written[split][start:stop])

    async def tasks(env_name: str, request: ListTasksRequest) -> Response:
        listed = part(env_name, request.split, None, None)
        return _json(b'{"tasks":[', listed, f'],"env_name":"{NAME}"}}'.encode())

    async def task_range(env_name: str, request: GetTaskRangeRequest) -> Response:
        return _json(
            b'{"tasks":[', part(env_name, request.split, request.start, request.stop), b"]}"
        )

    for endpoint in (tasks, task_range):
        app.post(f"/{{env_name}}/{endpoint.__name__}", include_in_schema=False)(endpoint)
        # The first route that fits is asked.
        app.router.routes.insert(0, app.router.routes.pop())


def _written(split: str) -> list[bytes]:
    return [
        json.dumps({"task_id": task_id_at(split, i), "split": split, "index": i}).encode()
        for i in range(split_size(split))
    ]


def _json(*pieces: bytes) -> Response:
    return Response(b"".join(pieces), media_type="application/json")
