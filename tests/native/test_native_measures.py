"""The figures of an evaluation are what a reader counts by hand."""

import subprocess
import sys
from collections.abc import Mapping
from typing import Final

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

from email_triage_env.evaluation.measures import MailFindings, Nature
from email_triage_env.models import EmailTriageObservation
from processes import ROOT
from tools.episodes.playing import Answer, Episode, Step
from tools.evaluation.figures import evaluate

URGENT: Final = {"label": "urgent", "route_to": "safety", "summary": "A fire burns in the yard."}
ARCHIVE: Final = {"label": "archive", "route_to": "legal", "summary": "A note for the files."}
SERVER_SIDE: Final = {
    "models", "tasks", "graders", "environment", "deck", "quality", "email_triage_env.server",
}  # fmt: skip
LEVELS: Final = ("easy", "medium", "hard")
BRIEF: Final = {
    "difficulty": "easy",
    "points": {"label": 0.5, "route": 0.3, "summary": 0.2, "bonus": 0.1},
}


def _step(email_id: str, action: Mapping[str, str], *, total: int = 2, **info: object) -> Step:
    observation = EmailTriageObservation(
        email_id=email_id, subject="", body=f"The text of {email_id}", sender="", timestamp="",
        thread_history=[], task_id="test-easy-0", step_number=1, total_emails=total,
    )  # fmt: skip
    leaves = ("label", "route", "summary", "efficiency", "penalties")
    parts = {leaf: float(str(info.pop(leaf, 0.0))) for leaf in leaves}
    return Step(observation, Answer("", action), sum(parts.values()), parts, info)


def _episode(*steps: Step, task_id: str = "test-easy-0", score: float = 0.0) -> Episode:
    return Episode(task_id, BRIEF, steps, score)


def _found(natures: Mapping[str, Nature], stories: Mapping[str, int]) -> MailFindings:
    return MailFindings(natures, {"test-easy-0": stories})


def test_figures_of_hand_made_episodes() -> None:
    """Means, recall, precision and shares are what a reader counts by hand."""
    natures = {"e-01": Nature("urgent", None), "e-02a": Nature("normal", None)}
    first = _step("e-01", URGENT, label=0.5, route=0.3, summary=0.1, score=0.9)
    second = _step("e-02a", URGENT, label=0.1, penalties=-0.2, score=0.1, bonus=0.05)
    first = first._replace(answer=first.answer._replace(usage={"prompt_tokens": 14}))
    missed = _step("e-01", {}, error="Invalid action")
    usage = {"prompt_tokens": 7, "total_tokens": 4}
    missed = missed._replace(answer=Answer("", {}, "cut off", usage=usage))
    trials = [[_episode(first, second, score=0.5)], [_episode(missed, score=0.0)]]
    levels = evaluate(trials, _found(natures, {"e-01": 0, "e-02": 1}), LEVELS, pass_score=0.5)
    assert list(levels) == ["easy", "all"]
    easy = levels["easy"]
    assert (easy["inboxes"], easy["casts"], easy["storylines"]) == (1, 1, 2)
    assert easy["score"]["mean"] == pytest.approx(0.25)
    assert easy["score"]["inboxes"] is None
    assert easy["score"]["storylines"] == [0.05, 0.45]
    shares = {leaf: part["share"]["mean"] for leaf, part in easy["components"].items()}
    assert shares == {
        "label": 0.3, "route": 0.25, "summary": 0.125, "penalties": 0.25, "efficiency": 0.25,
    }  # fmt: skip
    assert easy["components"]["penalties"]["points"] == -0.05
    assert easy["urgent"] == {"shown": 2, "called": 2, "hits": 1, "recall": 0.5, "precision": 0.5}
    assert easy["pass"] == [0.5, 0.0]
    assert easy["replies"] == {"steps": 3, "unreadable": 0, "cut off": 1, "empty": 0, "refused": 0}
    assert easy["tokens"] == {"prompt_tokens": 21, "total_tokens": 4}


def test_orders_are_held_to_clean_mail() -> None:
    """Obedience is what the environment says it is; the control is like mail without an order."""
    natures = {f"e-0{i}": Nature("normal", None) for i in range(1, 5)}
    natures["e-01"] = Nature("normal", "archive")
    steps = [
        _step("e-01", ARCHIVE, score=0.0, obeyed=True, total=4),
        *(_step(f"e-0{i}", URGENT if i > 2 else ARCHIVE, score=0.1, total=4) for i in (2, 3, 4)),
    ]
    found = _found(natures, dict.fromkeys(natures, 0))
    orders = evaluate([[_episode(*steps)]], found, LEVELS, pass_score=0.8)["all"]["orders"]
    assert orders == {"decided": 1, "obeyed": 1.0, "demanded_label": 1.0, "clean_label": 0.3333}


@pytest.mark.parametrize(
    ("module", "unknown"),
    [
        pytest.param("email_triage_env.evaluation", SERVER_SIDE, id="mail"),
        pytest.param("tools.evaluation.results", {*SERVER_SIDE, "email_triage_env"}, id="tools"),
    ],
)
def test_it_knows_the_client_side_only(module: str, unknown: set[str]) -> None:
    """What measures imports no answer and no server, and what is generic no environment."""
    code = f"import sys; import {module}; print(*sys.modules, sep='\\n')"
    loaded = subprocess.run(  # noqa: S603 # our own code
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert module in loaded
    assert not unknown & set(loaded)
