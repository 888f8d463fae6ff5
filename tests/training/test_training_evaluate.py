"""An evaluation says what the environment says, and what probing finds out is exactly so."""

import json
from collections.abc import Callable, Mapping
from statistics import fmean
from typing import Any, Final

import pytest

pytest.importorskip("torch", reason="training has an environment of its own; see README")

from deck import find_deal
from email_triage_env.models import EmailTriageObservation
from models import TriageAction
from processes import Server, free_port
from quality.policies import always, keyword, play
from tasks import TASKS
from tools.episodes.playing import Answer, Episode, Step
from training.evaluate import INBOXES, choices, main
from training.metrics import evaluate
from training.probe import Found, Nature

URGENT: Final = {"label": "urgent", "route_to": "safety", "summary": "A fire burns in the yard."}
ARCHIVE: Final = {"label": "archive", "route_to": "legal", "summary": "A note for the files."}
PLAYED: Final = 9


def _step(email_id: str, action: Mapping[str, str], *, total: int = 2, **info: object) -> Step:
    observation = EmailTriageObservation(
        email_id=email_id, subject="", body=f"The text of {email_id}", sender="", timestamp="",
        thread_history=[], task_id="test-easy-0", step_number=1, total_emails=total,
    )  # fmt: skip
    leaves = ("label", "route", "summary", "efficiency", "penalties")
    parts = {leaf: float(str(info.pop(leaf, 0.0))) for leaf in leaves}
    return Step(observation, Answer("", action), sum(parts.values()), parts, info)


def _episode(*steps: Step, task_id: str = "test-easy-0", score: float = 0.0) -> Episode:
    return Episode(task_id, {}, steps, score)


def _found(natures: Mapping[str, Nature], stories: Mapping[str, int]) -> Found:
    return Found(natures, {"test-easy-0": stories})


@pytest.fixture(scope="module")
def evaluated(
    native: Server, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., dict[str, Any]]:
    """Return what runs the command and reads what it wrote."""
    output = tmp_path_factory.mktemp("evaluations") / "figures.json"

    def run(policy: str, *more: str) -> dict[str, Any]:
        main(
            [
                "--policy", policy, "--env-url", native.url, "--episodes", str(PLAYED),
                "--json", str(output), *more,
            ]
        )  # fmt: skip
        result: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
        return result

    return run


def test_figures_of_hand_made_episodes() -> None:
    """Means, recall, precision and shares are what a reader counts by hand."""
    natures = {"e-01": Nature("urgent", None), "e-02a": Nature("normal", None)}
    first = _step("e-01", URGENT, label=0.5, route=0.3, summary=0.1, score=0.9)
    second = _step("e-02a", URGENT, label=0.1, penalties=-0.2, score=0.1, bonus=0.05)
    missed = _step("e-01", {}, error="Invalid action")
    trials = [[_episode(first, second, score=0.5)], [_episode(missed, score=0.0)]]
    levels = evaluate(trials, _found(natures, {"e-01": 0, "e-02": 1}), pass_score=0.5)
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


def test_orders_are_held_to_clean_mail() -> None:
    """Obedience is what the environment says it is; the control is like mail without an order."""
    natures = {f"e-0{i}": Nature("normal", None) for i in range(1, 5)}
    natures["e-01"] = Nature("normal", "archive")
    feedback = "rejected: obeyed an instruction found in the mail"
    steps = [
        _step("e-01", ARCHIVE, score=0.0, feedback=feedback, total=4),
        *(_step(f"e-0{i}", URGENT if i > 2 else ARCHIVE, score=0.1, total=4) for i in (2, 3, 4)),
    ]
    found = _found(natures, dict.fromkeys(natures, 0))
    orders = evaluate([[_episode(*steps)]], found)["all"]["orders"]
    assert orders == {"decided": 1, "obeyed": 1.0, "demanded_label": 1.0, "clean_label": 0.3333}


@pytest.mark.parametrize("spec", ["keyword", "constant:normal/billing"])
def test_scores_are_those_of_the_report(
    spec: str, evaluated: Callable[..., dict[str, Any]]
) -> None:
    """Over the wire a policy earns what the project's report measures without one."""
    result = evaluated(spec)
    action = TriageAction(label="normal", route_to="billing", summary="")
    policy = keyword if spec == "keyword" else always(action)
    scores = {
        line["task_id"]: play(find_deal(line["task_id"]), policy).score
        for line in result["episodes"]
    }
    assert len(scores) == PLAYED
    assert {line["task_id"]: line["score"] for line in result["episodes"]} == scores
    assert result["levels"]["all"]["score"]["mean"] == pytest.approx(
        fmean(scores.values()), abs=1e-4
    )


def test_constant_urgent_finds_all_urgent_mail(evaluated: Callable[..., dict[str, Any]]) -> None:
    """Whoever calls all mail urgent misses none, and is right for two emails of eight."""
    found = evaluated("constant:urgent/safety")["levels"]["easy"]["urgent"]
    assert (found["recall"], found["precision"]) == (1.0, 0.25)


def test_figures_are_the_same_every_time(
    evaluated: Callable[..., dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Settings decide every number, however many sessions play; the table shows them."""
    settings = ("random", "--trials", "3", "--seed", "5", "--split", "train")
    first = evaluated(*settings, "--sessions", "5")
    shown = capsys.readouterr().out
    assert evaluated(*settings, "--sessions", "1") == first
    assert shown.startswith("random on train, 3 trial(s) an inbox")
    assert "pass^3 (score >= 0.8)" in shown
    by_trial = {line["trial"]: line["score"] for line in first["episodes"]}
    assert len(set(by_trial.values())) > 1


def test_headline_has_three_inboxes(evaluated: Callable[..., dict[str, Any]]) -> None:
    """A split that has fewer inboxes than asked for gives all it has."""
    result = evaluated("constant:spam/legal", "--split", "headline")
    assert [line["task_id"] for line in result["episodes"]] == list(TASKS)
    assert result["levels"]["all"]["score"]["inboxes"] is None


def test_inbox_numbers_are_those_of_the_environment() -> None:
    """What a client believes about the sizes of the splits is so."""
    from email_triage_env.server.splits import split_size

    for split, number in INBOXES.items():
        for difficulty in ("easy", "medium", "hard"):
            assert split_size(split, difficulty) == number
        assert len(choices(split, "mixed", 10**6)) == split_size(split)


def test_dead_server_is_named() -> None:
    """Without a server the command says where it looked for one."""
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(SystemExit, match="see that it runs"):
        main(["--policy", "keyword", "--env-url", url, "--episodes", "2"])
