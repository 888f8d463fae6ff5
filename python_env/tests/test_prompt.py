"""How a model is asked, and how its replies are read."""

import json

import pytest

from python_env.prompt import MAX_SHOWN_CODE, history_line, parse_reply

FINDING = {
    "operation": "add_finding",
    "kind": "sql-injection",
    "severity": "critical",
    "first_line": 12,
    "last_line": 13,
    "rationale": "The name of the customer becomes part of the statement.",
}
FINALIZE = {"operation": "finalize", "verdict": "approve"}
PATCH = "def search():\n    return []\n"


@pytest.mark.parametrize(
    ("text", "action"),
    [
        pytest.param(json.dumps(FINDING), FINDING, id="bare"),
        pytest.param(f"Here:\n```json\n{json.dumps(FINDING)}\n```", FINDING, id="fenced"),
        pytest.param(f"<think>{json.dumps(FINALIZE)}</think>{json.dumps(FINDING)}", FINDING,
                     id="thinking"),
        pytest.param(f"{json.dumps(FINDING)}\nor rather {json.dumps(FINALIZE)}", FINALIZE,
                     id="the-last-counts"),
        pytest.param(json.dumps({"action": FINDING}), FINDING, id="wrapped"),
        pytest.param(json.dumps({**FINDING, "first_line": "12"}), FINDING, id="number-as-text"),
        pytest.param(json.dumps({**FINDING, "patch": None}), FINDING, id="null-is-left-out"),
        pytest.param(f'{{"operation": "submit_patch"}}\n```python\n{PATCH}```\n',
                     {"operation": "submit_patch", "patch": PATCH}, id="patch-beside"),
        pytest.param(json.dumps({"operation": "submit_patch", "patch": f"```python\n{PATCH}```"}),
                     {"operation": "submit_patch", "patch": PATCH}, id="patch-fenced-inside"),
        pytest.param('{"operation": "submit_patch", "patch": "def search():\n    return []\n"}',
                     {"operation": "submit_patch", "patch": PATCH}, id="raw-line-breaks"),
    ],
)  # fmt: skip
def test_a_reply_is_read(text: str, action: dict[str, object]) -> None:
    """The last JSON object that is an action counts, wherever it stands."""
    assert parse_reply(text) == (action, True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("I would approve this.", id="prose"),
        pytest.param('{"operation": "delete"}', id="no-operation"),
        pytest.param('{"operation": "add_finding", "kind": "bug"}', id="no-finding"),
        pytest.param("{" * 50_000, id="braces"),
        pytest.param('{"operation": ["finalize"]}', id="no-text"),
    ],
)
def test_what_is_no_action_is_none(text: str) -> None:
    """Nothing is guessed: the empty action costs a step."""
    assert parse_reply(text) == ({}, False)


def test_history_shows_the_beginning_of_code() -> None:
    """A patch is as long as the module, which stands in the prompt already."""
    line = history_line(2, {"operation": "submit_patch", "patch": "x" * 9_000}, 0.35)
    assert len(line) < MAX_SHOWN_CODE + 120
    assert line.endswith("-> reward +0.35")
    assert "reward" not in history_line(2, FINALIZE, 0.1, hide_reward=True)
