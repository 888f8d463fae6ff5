"""Whether the answers stay on the server: every route and every frame is read."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import requests

from graders import EASY_WEIGHTS, EXACT_BONUS, HARD_WEIGHTS, MEDIUM_WEIGHTS
from models import LABELS, EmailObservation, EnvironmentState, GroundTruth, Task
from quality.leaks import Answers, emails_of
from tasks import POLICY, ROUTES
from tools.checks.captures import OBSERVED, Capture, erratic, perform, sample, told
from tools.checks.findings import Finding, Target, judged
from tools.checks.session import Session

SECONDS: Final = 30
PAGES: Final = ("/", "/docs", "/redoc", "/openapi.json", "/web", "/web/state", "/nowhere")
# Over HTTP these meet an environment that was never reset: OpenEnv keeps no session there.
STATELESS: Final = frozenset({"POST /step", "GET /state"})
TASK_FIELDS: Final = {"task_id", "split", "index"}
OPENENV_FIELDS: Final = {"metadata", "done", "reward"}
MORE_OBSERVED: Final = {"policy"}
RESET_FIELDS: Final = {
    "task_id", "description", "labels", "routes", "difficulty", "points", "teams",
}  # fmt: skip
GRADED_FIELDS: Final = {
    "step", "task_id", "email_id", "score", "label_score", "route_score", "summary_score", "bonus",
    "penalty", "obeyed", "feedback", "rubric",
}  # fmt: skip
REFUSED_FIELDS: Final = {"step", "task_id", "error", "rubric"}
STATE_FIELDS: Final = {"episode_id", "step_count", "episode_score", *EnvironmentState.model_fields}
WEIGHTS: Final = {"easy": EASY_WEIGHTS, "medium": MEDIUM_WEIGHTS, "hard": HARD_WEIGHTS}
MAIL_FIELDS: Final = ("email_id", "sender", "subject", "body", "timestamp", "thread_history")
BAD_FRAMES: Final = (
    '{"type": "step", "data": {}}', '{"type": "state"}', "no JSON", '{"type": "bogus"}',
    '{"type": "step"}', '{"type": "step", "data": 7}', '{"type": "mcp", "data": {}}',
    '{"type": "reset", "data": {"task_id": "nowhere"}}',
    '{"type": "reset", "data": {"split": "train", "index": -1}}',
    '{"type": "reset", "data": {"answers": true}}',
)  # fmt: skip


class Heard(NamedTuple):
    """What a server sent.

    Attributes:
        place: Where it came from.
        text: What it said.
        task_id: The inbox it is about, if it is about one.
        route: The HTTP route, if it was one.
        went_well: Whether the route did what it was asked.
    """

    place: str
    text: str
    task_id: str | None = None
    route: str | None = None
    went_well: bool = False


def oracle_containment(target: Target) -> Finding:
    """No route, error, frame, schema or page holds a reason, a reference summary or a fact."""
    tasks = sample(2)
    answers = Answers(tasks)
    heard = [*_frames(target.url, tasks), *_pages(target.url, tasks)]
    problems = [
        f"{answer.place} gives away {leak}"
        for answer in heard
        if (leak := answers.found_in(answer.text, answer.task_id))
    ]
    problems += [
        f"{answer.place} has the field {field!r}"
        for answer in heard
        if "/task" in answer.place
        for field in sorted(_task_fields(answer.text) - TASK_FIELDS)
    ]
    size = sum(len(answer.text) for answer in heard)
    calls = [answer for answer in heard if answer.route]
    well = {answer.route for answer in calls if answer.went_well}
    pages = {f"GET {page}" for page in PAGES}
    problems += [
        f"{route} never answered well, so nothing was read there"
        for route in sorted({answer.route or "" for answer in calls} - well - pages - STATELESS)
    ]
    return judged(
        problems,
        f"{len(calls)} calls of {len(well)} HTTP routes and {len(heard)} answers in all "
        f"({size >> 10} KiB) hold none of {len(answers)} runs of words and wordings of the answers "
        f"and no field of one",
    )


def no_solution_leakage(target: Target) -> Finding:
    """What an agent sees before it decides is the mail and the policy, under known names only."""
    problems: list[str] = []
    mails = 0
    for i, task in enumerate(sample(2)):
        written = {email.email_id: email for email in emails_of(task)}
        with Session(target.url) as session:
            before = session.reset(task_id=task.task_id)
            problems += _odd_fields(session.state(), STATE_FIELDS, f"{task.task_id}, state")
            episode = perform(session, task, erratic(i))
        policies = (POLICY, POLICY, *("" for _ in episode.steps))
        answers = (before, episode.first, *episode.steps)
        problems += [
            f"{task.task_id}: {problem}"
            for answer, policy in zip(answers, policies, strict=True)
            for problem in _odd_mail(answer, written, policy)
        ]
        problems += _odd_metadata(task, episode)
        mails += len(episode.steps)
    return judged(
        problems,
        f"{mails} observations have {len(OBSERVED)} fields that equal the mail as written; what a "
        f"reset adds is the same for every inbox of a difficulty; feedback comes after the "
        f"decision and names no label and no team",
    )


def _frames(url: str, tasks: list[Task]) -> Iterator[Heard]:
    """Yield what a session answers: good and bad frames, whole episodes, steps after the end."""
    with Session(url) as session:
        for text in BAD_FRAMES:
            session.send(text)
        yield from (Heard("a WebSocket answer", text) for text in session.heard)
    for task in tasks:
        with Session(url) as session:
            session.reset(task_id=task.task_id)
            for arguments in ({}, {"label": "spam", "summary": "", "route_to": "no team"}):
                session.send(json.dumps({"type": "mcp", "data": _call(arguments)}))
        yield from (
            Heard(f"a tool's answer in {task.task_id}", text, task.task_id)
            for text in session.heard
        )
        for policy in (_bare, _contrary):
            with Session(url) as session:
                episode = perform(session, task, policy)
                session.step(episode.actions[-1])
            yield from (
                Heard(f"a WebSocket answer in {task.task_id}", text, task.task_id)
                for text in session.heard
            )


def _bare(_observation: EmailObservation, truth: GroundTruth) -> dict[str, str]:
    """Decide rightly and say nothing, so that no word of an answer comes back as an echo."""
    return {"label": truth.label, "summary": "", "route_to": truth.route_to}


def _contrary(_observation: EmailObservation, truth: GroundTruth) -> dict[str, str]:
    """Decide wrongly, so that the other version of a follow-up arrives."""
    label = "archive" if truth.label != "archive" else "spam"
    return {"label": label, "summary": "", "route_to": "no team"}


def _pages(url: str, tasks: list[Task]) -> Iterator[Heard]:
    """Yield what every route of the OpenAPI document answers, and pages that are in none."""
    name = requests.get(f"{url}/list_environments", timeout=SECONDS).json()[0]
    document = requests.get(f"{url}/openapi.json", timeout=SECONDS).json()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            address = path.replace("{env_name}", name)
            fields = _request_fields(document, operation)
            bodies = [None] if method == "get" else _bodies(url, name, path, fields, tasks)
            for text in dict.fromkeys(map(_as_text, bodies)):
                yield _heard(url, method, address, text)
    for path in PAGES:
        yield _heard(url, "get", path, None)


def _request_fields(document: dict[str, Any], operation: dict[str, Any]) -> set[str]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = str(content.get("schema", {}).get("$ref", "")).rpartition("/")[2]
    schema = document.get("components", {}).get("schemas", {}).get(name, {})
    return set(schema.get("properties", {}))


def _bodies(
    url: str, name: str, path: str, fields: set[str], tasks: list[Task]
) -> Iterator[object]:
    yield from ("{", [], {}, {"split": "nowhere", "index": 0})
    if path.startswith("/{env_name}"):
        for split in requests.get(f"{url}/{name}/splits", timeout=SECONDS).json():
            counted = requests.post(
                f"{url}/{name}/num_tasks", json={"split": split["name"]}, timeout=SECONDS
            )
            for i in (0, 1, 2, counted.json()["num_tasks"] - 1, counted.json()["num_tasks"]):
                body = {"split": split["name"], "index": i, "start": i, "stop": i + 3}
                # What a route does not ask for it refuses.
                yield {field: value for field, value in body.items() if field in fields}
    elif path == "/mcp":
        for method in ("initialize", "tools/list", "tools/call", "nonsense"):
            yield {"jsonrpc": "2.0", "id": 1, "method": method, "params": {}}
        yield _call({})
    else:
        yield {"action": {"label": "spam", "summary": "", "route_to": "billing"}}
        for task in tasks:
            yield {"task_id": task.task_id}


def _call(arguments: dict[str, Any]) -> dict[str, Any]:
    params = {"name": "triage", "arguments": arguments}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}


def _task_fields(text: str) -> set[str]:
    answer = json.loads(text) if text.startswith("{") else {}
    tasks = [*answer.get("tasks", []), *([answer["task"]] if "task" in answer else [])]
    return {field for task in tasks for field in task}


def _as_text(body: object) -> str | None:
    return body if body is None or isinstance(body, str) else json.dumps(body)


def _heard(url: str, method: str, path: str, data: str | None) -> Heard:
    answer = requests.request(
        method, f"{url}{path}", data=data, timeout=SECONDS,
        headers={"Content-Type": "application/json"},
    )  # fmt: skip
    asked = re.search(r'"task_id": "([^"]+)"', data or "")
    task_id = asked[1] if asked else None
    shown = "" if data is None else f" {data:.80}"
    place = f"{method.upper()} {path}"
    return Heard(f"{place}{shown}", answer.text, task_id, place, answer.ok)


def _odd_fields(data: dict[str, Any], known: set[str], where: str) -> list[str]:
    odd = data.keys() - known
    return [f"{where}: the field {min(odd)!r} is not among those it may have"] if odd else []


def _odd_mail(answer: dict[str, Any], written: dict[str, Any], policy: str) -> Iterator[str]:
    yield from _odd_fields(answer, {"observation", *OPENENV_FIELDS}, "an answer")
    seen = answer["observation"]
    yield from _odd_fields(seen, {*OBSERVED, *MORE_OBSERVED, *OPENENV_FIELDS}, "an observation")
    if seen.get("policy") != policy:
        yield f"the policy of an observation is {seen.get('policy')!r:.60}, not {policy!r:.60}"
    if not seen["email_id"]:
        return
    email = written.get(seen["email_id"])
    if email is None:
        yield f"the mail {seen['email_id']!r} is none of this inbox"
        return
    for name in MAIL_FIELDS:
        value = getattr(email, name)
        if seen[name] != (list(value) if isinstance(value, tuple) else value):
            yield f"{name!r} of {email.email_id} is not what was written"


def _odd_metadata(task: Task, episode: Capture) -> Iterator[str]:
    first = told(episode.first)
    yield from _odd_fields(first, RESET_FIELDS, f"{task.task_id}, metadata of the reset")
    expected = {
        "task_id": task.task_id, "description": POLICY, "labels": ", ".join(LABELS),
        "routes": ", ".join(ROUTES), "difficulty": task.difficulty, "teams": dict(ROUTES),
        "points": {**WEIGHTS[task.difficulty]._asdict(), "bonus": EXACT_BONUS},
    }  # fmt: skip
    if any(first.get(name) != value for name, value in expected.items()):
        yield f"{task.task_id}: the reset says other than the policy, the teams and the rubric"
    decidable = {*LABELS, *ROUTES}
    for i, step in enumerate(episode.steps, start=1):
        where = f"{task.task_id}, metadata of step {i}"
        metadata = told(step)
        known = REFUSED_FIELDS if "error" in metadata else GRADED_FIELDS
        yield from _odd_fields(metadata, {*known, "episode_score"}, where)
        named = decidable.intersection(re.findall(r"\w+", metadata.get("feedback", "")))
        if named:
            yield f"{where}: the feedback names {min(named)!r}"
    yield from _odd_fields(episode.states[-1], STATE_FIELDS, f"{task.task_id}, state")
