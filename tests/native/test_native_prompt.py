"""The client's prompt is the baseline's: the same questions, the same reading of every reply."""

import json
from typing import Any

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

import inference
from email_triage_env import prompt
from email_triage_env.models import EmailTriageObservation
from email_triage_env.server.splits import chosen_task
from environment import EmailTriageEnv
from models import TriageAction
from quality.search import key_actions

TASK_IDS = ("task_easy", "task_medium", "task_hard", "train-hard-5", "test-medium-9")
OBJECT = {"label": "urgent", "route_to": "billing", "summary": "Invoice 4471 is due on Friday."}
TEXT = json.dumps(OBJECT)
ODD = 'Caf\u00e9 "quoted" \u2014 \t\x07 \U0001f4e7 </think>'
REPLIES = [
    "", "no decision", "urgent", TEXT, f"```json\n{TEXT}\n```", f"Here: {TEXT} and that is all.",
    f"<think>{TEXT}</think>", f"<think>spam</think>{TEXT}", f"{TEXT}</think>", f"action: {TEXT}",
    f"{TEXT}\n{TEXT.replace('urgent', 'spam')}", json.dumps({"answer": OBJECT}), TEXT[:-1],
    "label: spam\nteam: security\nsummary: Fraud, label: none.", "label=normal, route=fleet",
    "**Label:** `archive`\n**Route to:** reception\n**Summary:** - nothing",
    "label: maybe\nteam: it",
    json.dumps({**OBJECT, "label": "URGENT.", "extra": 1}), json.dumps({**OBJECT, "summary": None}),
    json.dumps({**OBJECT, "summary": ODD * 60}), json.dumps({**OBJECT, "route_to": "x" * 41}),
    json.dumps({**OBJECT, "summary": "\ud800"}), json.dumps({**OBJECT, "summary": ["a", {"b": 1}]}),
    "{" * 5000, f"{'x' * 30_000}{TEXT}", f"{TEXT}{'x' * 30_000}",
    "Next action: label=spam route=it",
]  # fmt: skip


@pytest.mark.parametrize("task_id", TASK_IDS)
def test_the_questions_are_the_baselines(task_id: str) -> None:
    """Every message of an episode is, to the letter, what the root's script asks."""
    task = chosen_task(task_id=task_id)
    env = EmailTriageEnv.for_task(task)
    result: Any = env.reset()
    info = result.info
    ours: list[str] = []
    theirs: list[str] = []
    for step, action in enumerate(key_actions(task), start=1):
        seen = EmailTriageObservation.model_validate(vars(result.observation))
        expected = inference.build_messages(info, result.observation, theirs)
        assert prompt.build_messages(info, seen, ours) == expected
        result = env.step(action)
        line = f"Step {step}: {action.model_dump_json()} -> reward {result.reward:+.2f}"
        theirs.append(line)
        ours.append(prompt.history_line(step, action.model_dump(), result.reward))
        assert ours == theirs


@pytest.mark.parametrize("text", REPLIES, ids=range(len(REPLIES)))
def test_replies_are_read_as_the_baseline_reads_them(text: str) -> None:
    """Both take the same action out of a reply, or both take none."""
    ours, theirs = prompt.parse_reply(text), inference.parse_reply(text)
    assert (ours.action, ours.parsed) == (theirs.action.model_dump(), theirs.parsed)


def test_some_replies_are_read_and_some_are_not() -> None:
    """The table above holds both kinds."""
    assert {prompt.parse_reply(text).parsed for text in REPLIES} == {True, False}


def test_the_defaults_are_the_baselines() -> None:
    """Temperature, length and fallback have one value in the house."""
    assert prompt.TEMPERATURE == inference.TEMPERATURE
    assert prompt.MAX_TOKENS == inference.MAX_TOKENS
    assert prompt.MAX_REPLY_LENGTH == inference.MAX_REPLY_LENGTH
    assert TriageAction.model_validate(prompt.FALLBACK_ACTION) == inference.FALLBACK_ACTION


def test_rewards_can_be_hidden() -> None:
    """A model that must not see what its steps earned is told the rest."""
    shown = prompt.history_line(3, OBJECT, 0.5)
    assert shown == f"{prompt.history_line(3, OBJECT, 0.5, hide_reward=True)} -> reward +0.50"


def test_an_odd_summary_is_written_as_the_baseline_writes_it() -> None:
    """Whatever characters a model sends, its memory of them is the same."""
    action = TriageAction(label="spam", summary=ODD, route_to="security")
    expected = f"Step 1: {action.model_dump_json()} -> reward +0.00"
    assert prompt.history_line(1, action.model_dump(), 0.0) == expected
