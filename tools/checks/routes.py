"""Calls every HTTP route that a server documents, with good bodies and bad ones.

Nothing here judges what is answered.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import requests

from tools.checks.findings import Target
from tools.checks.parsing import SECONDS, get, part, post, read

# No document names these.
PAGES: Final = ("/", "/docs", "/redoc", "/openapi.json", "/web", "/web/state", "/nowhere")
# Over HTTP these meet an environment that was never reset: OpenEnv keeps no session there.
STATELESS: Final = frozenset({"POST /step", "GET /state"})
MCP: Final = ("initialize", "tools/list", "tools/call", "nonsense")


class Heard(NamedTuple):
    """What a server sent.

    Attributes:
        place: Where it came from.
        text: What it said.
        task_id: The task it is about, if it is about one.
        route: The HTTP route, if it was one.
        went_well: Whether the route did what it was asked.
    """

    place: str
    text: str
    task_id: str | None = None
    route: str | None = None
    went_well: bool = False


def heard_over_http(target: Target, task_ids: Sequence[str]) -> Iterator[Heard]:
    """Yield what every route of the OpenAPI document answers, and pages that are in none.

    Args:
        target: The server.
        task_ids: The tasks that are asked for.

    Yields:
        The answers.

    Raises:
        MalformedError: If the document, or what the bodies follow from, is not what it must be.
    """
    url, name = target.url, target.subject.environment
    document = get(f"{url}/openapi.json", dict[str, Any])
    for path, methods in part(document, "paths", dict[str, dict[str, dict[str, Any]]]).items():
        for method, operation in methods.items():
            address = path.replace("{env_name}", name)
            bodies: Iterator[object] = iter([None])
            if method != "get":
                fields = _request_fields(document, operation)
                bodies = _bodies(target, f"{url}/{name}", path, fields, task_ids)
            for text in dict.fromkeys(map(_as_text, bodies)):
                yield _heard(url, method, address, text)
    for page in PAGES:
        yield _heard(url, "get", page, None)


def never_well(heard: Sequence[Heard]) -> list[str]:
    """Return the documented routes that did nothing of what they were asked.

    Args:
        heard: What was answered.

    Returns:
        The routes; what they may say is not known.
    """
    called = {answer.route for answer in heard if answer.route}
    well = {answer.route for answer in heard if answer.went_well}
    return sorted(called - well - STATELESS - {f"GET {page}" for page in PAGES})


def tool_call(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the request that calls a tool.

    Args:
        params: Its `name` and `arguments`.

    Returns:
        The request, as JSON-RPC has it.
    """
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": dict(params)}


def _request_fields(document: Mapping[str, Any], operation: Mapping[str, Any]) -> set[str]:
    body = _within(operation, "requestBody", "content", "application/json", "schema")
    name = str(body.get("$ref", "")).rpartition("/")[2]
    return set(_within(document, "components", "schemas", name, "properties"))


def _within(data: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    for name in names:
        data = read(dict[str, Any], data.get(name, {}), repr(name))
    return data


def _bodies(
    target: Target, tasks_url: str, path: str, fields: set[str], task_ids: Sequence[str]
) -> Iterator[object]:
    yield from ("{", [], {}, {"split": "nowhere", "index": 0})
    if path.startswith("/{env_name}"):
        for split in get(f"{tasks_url}/splits", list[dict[str, Any]]):
            split_name = part(split, "name", str)
            counted = part(post(f"{tasks_url}/num_tasks", {"split": split_name}), "num_tasks", int)
            for i in (0, 1, 2, counted - 1, counted):
                body = {"split": split_name, "index": i, "start": i, "stop": i + 3}
                # What a route does not ask for it refuses.
                yield {field: value for field, value in body.items() if field in fields}
    elif path == "/mcp":
        for method in MCP:
            yield {"jsonrpc": "2.0", "id": 1, "method": method, "params": {}}
        yield from map(tool_call, target.subject.bench.tool_calls)
    elif path in target.subject.bench.bodies:
        yield from target.subject.bench.bodies[path]
    else:
        yield {"action": dict(target.subject.bench.plain)}
        yield from ({"task_id": task_id} for task_id in task_ids)


def _as_text(body: object) -> str | None:
    return body if body is None or isinstance(body, str) else json.dumps(body)


def _heard(url: str, method: str, path: str, data: str | None) -> Heard:
    answer = requests.request(
        method, f"{url}{path}", data=data, timeout=SECONDS,
        headers={"Content-Type": "application/json"},
    )  # fmt: skip
    asked = re.search(r'"task_id": "([^"]+)"', data or "")
    shown = "" if data is None else f" {data:.80}"
    route = f"{method.upper()} {path}"
    return Heard(f"{route}{shown}", answer.text, asked[1] if asked else None, route, answer.ok)
