"""Whether the answers stay on the server: every route and every frame is read."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from tools.checks.captures import Capture, perform, sample, seen_as
from tools.checks.findings import Finding, Target, judged
from tools.checks.parsing import decoded, part
from tools.checks.routes import Heard, heard_over_http, never_well, tool_call
from tools.checks.session import Frame, Session

OPENENV_FIELDS: Final = frozenset({"metadata", "done", "reward"})
ANSWER_FIELDS: Final = frozenset({"observation", *OPENENV_FIELDS})
LAST_FIELDS: Final = frozenset({"episode_score"})
EACH: Final = 2
BAD_FRAMES: Final = (
    '{"type": "step", "data": {}}', '{"type": "state"}', "no JSON", '{"type": "bogus"}',
    '{"type": "step"}', '{"type": "step", "data": 7}', '{"type": "mcp", "data": {}}',
    '{"type": "reset", "data": {"task_id": "nowhere"}}',
    '{"type": "reset", "data": {"split": "train", "index": -1}}',
    '{"type": "reset", "data": {"answers": true}}',
)  # fmt: skip


def oracle_containment(target: Target) -> Finding:
    """No route, error, frame, schema or page holds anything of the answers."""
    task_ids = sample(target.subject.splits, EACH)
    leaks = target.subject.bench.leaks(task_ids)
    heard = [*_frames(target, task_ids), *heard_over_http(target, task_ids)]
    problems = [
        f"{answer.place} gives away {leak}"
        for answer in heard
        if (leak := leaks.found_in(answer.text, answer.task_id))
    ]
    problems += [
        f"{answer.place} has the field {field!r}"
        for answer in heard
        if "/task" in answer.place and answer.went_well
        for field in sorted(_task_fields(answer.text) - target.subject.bench.fields.task)
    ]
    problems += [
        f"{route} never answered well, so nothing was read there" for route in never_well(heard)
    ]
    size = sum(len(answer.text) for answer in heard)
    calls = [answer for answer in heard if answer.route]
    well = {answer.route for answer in calls if answer.went_well}
    return judged(
        problems,
        f"{len(calls)} calls of {len(well)} HTTP routes and {len(heard)} answers in all "
        f"({size >> 10} KiB) hold none of {len(leaks)} things that tell an answer and no field of "
        f"one",
    )


def no_solution_leakage(target: Target) -> Finding:
    """What an agent sees before it decides is the task and the rules, under known names only."""
    bench = target.subject.bench
    problems: list[str] = []
    shown = 0
    for i, task_id in enumerate(sample(target.subject.splits, EACH)):
        with Session(target.url) as session:
            before = session.reset(task_id=task_id)
            problems += _odd_fields(session.state(), bench.fields.state, f"{task_id}, state")
            capture = perform(session, target.subject, task_id, bench.erratic(task_id, i))
        for frame in (before, *capture.steps):
            # What is no observation at all is not asked what it says.
            seen_as(target.subject, frame)
        problems += [
            f"{task_id}: {problem}"
            for frame in (before, capture.first)
            for problem in bench.odd_reset(task_id, frame.observation, frame.told)
        ]
        problems += [
            f"{task_id}, step {number}: {problem}"
            for number, frame in enumerate(capture.steps, start=1)
            for problem in bench.odd_step(task_id, frame.observation, frame.told)
        ]
        problems += _odd_names(target, before, capture)
        shown += len(capture.steps)
    fields = bench.fields
    return judged(
        problems,
        f"{shown} observations have {len(fields.observation)} fields, resets {len(fields.brief)} "
        f"and steps {len(fields.graded)} in their metadata, all of them known, and say what the "
        f"task and the rules say and nothing that decides the next step",
    )


def _frames(target: Target, task_ids: Sequence[str]) -> Iterator[Heard]:
    """Yield what a session answers: good and bad frames, whole episodes, steps after the end."""
    with Session(target.url) as session:
        for text in BAD_FRAMES:
            session.send(text)
        yield from (Heard("a WebSocket answer", text) for text in session.heard)
    for task_id in task_ids:
        with Session(target.url) as session:
            session.reset(task_id=task_id)
            for call in target.subject.bench.tool_calls:
                session.send(json.dumps({"type": "mcp", "data": tool_call(call)}))
        yield from (Heard(f"a tool's answer in {task_id}", text, task_id) for text in session.heard)
        for policy in target.subject.bench.probing:
            with Session(target.url) as session:
                capture = perform(session, target.subject, task_id, policy(task_id, 0))
                session.step(capture.actions[-1])
            yield from (
                Heard(f"a WebSocket answer in {task_id}", text, task_id) for text in session.heard
            )


def _task_fields(text: str) -> set[str]:
    """Return the names in the tasks of an answer of the Task API."""
    answer = decoded(text) if text.startswith("{") else {}
    tasks = part({"tasks": [], **answer}, "tasks", list[dict[str, Any]])
    tasks = [*tasks, part({"task": {}, **answer}, "task", dict[str, Any])]
    return {field for task in tasks for field in task}


def _odd_names(target: Target, before: Frame, capture: Capture) -> Iterator[str]:
    """Say what has a name in an episode that it may not have."""
    known, task_id = target.subject.bench.fields, capture.task_id
    for frame in (before, capture.first, *capture.steps):
        where = f"{task_id}, an answer"
        yield from _odd_fields(frame.data, ANSWER_FIELDS, where)
        seen = known.observation | OPENENV_FIELDS
        yield from _odd_fields(frame.observation, seen, f"{where}'s observation")
    for frame in (before, capture.first):
        yield from _odd_fields(frame.told, known.brief, f"{task_id}, metadata of the reset")
    for i, step in enumerate(capture.steps, start=1):
        names = known.refused if "error" in step.told else known.graded
        where = f"{task_id}, metadata of step {i}"
        yield from _odd_fields(step.told, names | LAST_FIELDS if step.done else names, where)
    yield from _odd_fields(capture.states[-1], known.state, f"{task_id}, state")


def _odd_fields(data: Mapping[str, Any], known: frozenset[str], where: str) -> list[str]:
    odd = data.keys() - known
    return [f"{where}: the field {min(odd)!r} is not among those it may have"] if odd else []
