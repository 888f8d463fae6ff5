"""What the manifest and the code declare, against what the running server offers."""

import re
from typing import Any, Final

import requests

from tools.checks.captures import perform, sample
from tools.checks.findings import Finding, Target, declared, judged, read_text
from tools.checks.parsing import SECONDS, get, part, post
from tools.checks.session import Session

BAD_REQUEST: Final = 400
NO_TOOLS: Final = -32603


def task_declaration_accuracy(target: Target) -> Finding:
    """The declared number of tasks of each split is what the Task API counts, lists and opens."""
    promised = declared(target.subject.root, dict[str, int], "capabilities", "declared_task_count")
    api = f"{target.url}/{target.subject.environment}"
    splits = [part(split, "name", str) for split in get(f"{api}/splits", list[dict[str, Any]])]
    counted = {
        split: part(post(f"{api}/num_tasks", {"split": split}), "num_tasks", int)
        for split in splits
    }
    problems = [] if counted == promised else [f"declared {promised}, counted {counted}"]
    for split, number in counted.items():
        listed = part(post(f"{api}/tasks", {"split": split}), "tasks", list[Any])
        if len(listed) != number:
            problems.append(f"{split} counts {number} tasks and lists {len(listed)}")
        last, past = (_status(f"{api}/task", split, index) for index in (number - 1, number))
        if last >= BAD_REQUEST or past != BAD_REQUEST:
            problems.append(
                f"{split}: number {number - 1} answers {last} and number {number} {past}"
            )
    shown = ", ".join(f"{split} {number}" for split, number in counted.items())
    return judged(
        problems, f"declared = counted = listed: {shown}; one number past the end is refused"
    )


def tool_declaration_accuracy(target: Target) -> Finding:
    """The declared tools are those that `tools/list` finds."""
    promised = declared(target.subject.root, list[str], "capabilities", "declared_tools")
    answer = post(f"{target.url}/mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
    problems = []
    if "error" in answer:
        error = part(answer, "error", dict[str, Any])
        tools: list[dict[str, Any]] = []
        said = f"tools/list says {error.get('message')!r}"
        if error.get("code") != NO_TOOLS or promised:
            problems.append(f"tools/list answered {error}")
    else:
        tools = part(part(answer, "result", dict[str, Any]), "tools", list[dict[str, Any]])
        said = "tools/list agrees, and each requires fields of an action"
    found = [part(tool, "name", str) for tool in tools]
    if sorted(promised) != sorted(found):
        problems.append(f"declared {promised}, found {found}")
    action = part(get(f"{target.url}/schema", dict[str, Any]), "action", dict[str, Any])
    known = part(action, "properties", dict[str, Any])
    for name, tool in zip(found, tools, strict=True):
        schema = {"properties": {}, "required": [], **part(tool, "inputSchema", dict[str, Any])}
        odd = part(schema, "properties", dict[str, Any]).keys() - known.keys()
        if not part(schema, "required", list[str]):
            problems.append(f"{name} lets a call leave everything out")
        problems += [f"{name} asks for {field!r}, which no action has" for field in sorted(odd)]
    return judged(problems, f"declared {promised}; {said}")


def rubric_introspectable(target: Target) -> Finding:
    """The rubric's leaves by name, those on the wire and those documented are the same."""
    subject = target.subject
    bench, leaves = subject.bench, list(subject.bench.leaves)
    named = [name for name, _ in bench.rubric().named_rubrics()]
    task_id = sample(subject.splits, 1)[0]
    with Session(target.url) as session:
        capture = perform(session, subject, task_id, bench.oracle(task_id, 0))
    served = [list(step.rubric()) for step in capture.steps]
    problems = [] if named == leaves else [f"named_rubrics() are {named}, not {leaves}"]
    problems += [f"the wire names {names}, not {named}" for names in served if names != named]
    explained = "\n".join(read_text(subject.root / name) for name in subject.files.explaining)
    problems += [
        f"neither of {', '.join(subject.files.explaining)} explains the leaf {name!r}"
        for name in named
        if not re.search(rf"^\| {name} \||`[^`\n]*\b{name}\b[^`\n]*`", explained, re.MULTILINE)
    ]
    if not declared(subject.root, bool, "capabilities", "rubric_tree"):
        problems.append("capabilities.rubric_tree is not declared")
    return judged(
        problems,
        f"{len(named)} leaves ({', '.join(named)}) in named_rubrics(), in each of {len(served)} "
        f"steps on the wire and in the documentation",
    )


def _status(url: str, split: str, index: int) -> int:
    return requests.post(url, json={"split": split, "index": index}, timeout=SECONDS).status_code
