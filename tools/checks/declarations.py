"""What the manifest and the code declare, against what the running server offers."""

import re
from typing import Any, Final

import requests
import yaml

from email_triage_env.server.rubric import LEAVES, TriageRubric, attributed
from quality.policies import answer_key
from tasks import TASKS
from tools.checks.captures import perform, told
from tools.checks.findings import MANIFEST, Finding, Target, declared, judged
from tools.checks.session import Session

SECONDS: Final = 30
BAD_REQUEST: Final = 400


def task_declaration_accuracy(target: Target) -> Finding:
    """The declared number of inboxes of each split is what the Task API counts, lists and opens."""
    promised = declared(target.root)["capabilities"].get("declared_task_count") or {}
    api = f"{target.url}/{_name(target)}"
    splits = [split["name"] for split in requests.get(f"{api}/splits", timeout=SECONDS).json()]
    counted = {
        split: _post(f"{api}/num_tasks", {"split": split}).json()["num_tasks"] for split in splits
    }
    problems = [] if counted == promised else [f"declared {promised}, counted {counted}"]
    for split, number in counted.items():
        listed = _post(f"{api}/tasks", {"split": split}).json()["tasks"]
        if len(listed) != number:
            problems.append(f"{split} counts {number} inboxes and lists {len(listed)}")
        last = _post(f"{api}/task", {"split": split, "index": number - 1})
        past = _post(f"{api}/task", {"split": split, "index": number})
        if not last.ok or past.status_code != BAD_REQUEST:
            problems.append(
                f"{split}: number {number - 1} answers {last.status_code} and number {number} "
                f"{past.status_code}"
            )
    shown = ", ".join(f"{split} {number}" for split, number in counted.items())
    return judged(
        problems, f"declared = counted = listed: {shown}; one number past the end is refused"
    )


def tool_declaration_accuracy(target: Target) -> Finding:
    """The declared tools are those that `tools/list` finds."""
    promised = declared(target.root)["capabilities"].get("declared_tools")
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    answer: dict[str, Any] = _post(f"{target.url}/mcp", call).json()
    tools = (answer.get("result") or {}).get("tools", [])
    found = [tool["name"] for tool in tools]
    problems = []
    if promised is None:
        problems.append("declared_tools is not declared; write [] if there are none")
    elif sorted(promised) != sorted(found):
        problems.append(f"declared {promised}, found {found}")
    if "error" in answer and promised:
        problems.append(f"tools/list answered {answer['error']}")
    strict = requests.get(f"{target.url}/schema", timeout=SECONDS).json()["action"]
    problems += [
        f"{tool['name']} asks for {required}, an action for {strict['required']}"
        for tool in tools
        if (required := tool["inputSchema"].get("required")) != strict["required"]
    ]
    return judged(
        problems,
        f"declared {promised}, found {found}; a call asks for what an action does: "
        f"{', '.join(strict['required'])}",
    )


def rubric_introspectable(target: Target) -> Finding:
    """The rubric's leaves by name, those on the wire and those documented are the same."""
    named = [name for name, _ in TriageRubric().named_rubrics()]
    with Session(target.url) as session:
        episode = perform(session, TASKS["task_easy"], answer_key)
    rubrics = [told(step).get("rubric") or {} for step in episode.steps]
    served = [list(rubric) for rubric in rubrics]
    problems = [] if named == list(LEAVES) else [f"named_rubrics() are {named}, not {LEAVES}"]
    problems += [f"the wire names {names}, not {named}" for names in served if names != named]
    values = [points for rubric in rubrics for points in rubric.values()]
    if not all(isinstance(points, float | int) for points in values):
        problems.append("a leaf has no number")
    readme = (target.root / "README.md").read_text(encoding="utf-8")
    explained = f"{readme}\n{attributed.__doc__}"
    problems += [
        f"neither README.md nor rubric.py explains the leaf {name!r}"
        for name in named
        if not re.search(rf"^\| {name} \||`[^`\n]*\b{name}\b[^`\n]*`", explained, re.MULTILINE)
    ]
    if not declared(target.root)["capabilities"].get("rubric_tree"):
        problems.append("capabilities.rubric_tree is not declared")
    return judged(
        problems,
        f"{len(named)} leaves ({', '.join(named)}) in named_rubrics(), in each of {len(served)} "
        f"steps on the wire and in the documentation",
    )


def _name(target: Target) -> str:
    manifest = yaml.safe_load((target.root / MANIFEST).read_text(encoding="utf-8"))
    return str(manifest["name"])


def _post(url: str, body: dict[str, Any]) -> requests.Response:
    return requests.post(url, json=body, timeout=SECONDS)
