"""Policies of training are measured as the tools measure, with the parts of training's reward."""

import json
from collections.abc import Callable
from statistics import fmean
from typing import Any, Final

import pytest

pytest.importorskip("torch", reason="training has an environment of its own; see README")

from deck import find_deal
from models import TriageAction
from processes import Server, free_port
from quality.policies import always, keyword, play
from tasks import TASKS
from training.command import BROKEN_OFF, REFUSED
from training.evaluate import EvaluationSettings, main, tell

PLAYED: Final = 9


@pytest.fixture(scope="module")
def evaluated(
    native: Server, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., dict[str, Any]]:
    """Return what runs the command and reads what it wrote."""
    output = tmp_path_factory.mktemp("evaluations") / "figures.json"

    def run(policy: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 # fields of the settings
        given = {"policy": policy, "env_url": native.url, "episodes": PLAYED, **more}
        tell(EvaluationSettings(**given, json_file=output))
        result: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
        return result

    return run


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
    settings = {"policy": "random", "repeats": 3, "seed": 5, "split": "train"}
    first = evaluated(**settings, sessions=5)
    shown = capsys.readouterr().out
    assert evaluated(**settings, sessions=1) == first
    assert shown.startswith("random on train, 3 trial(s) a task")
    assert "pass^3 (score >= 0.8)" in shown
    by_trial = {line["trial"]: line["score"] for line in first["episodes"]}
    assert len(set(by_trial.values())) > 1


def test_headline_has_three_inboxes(evaluated: Callable[..., dict[str, Any]]) -> None:
    """The headline tasks are a split of three, too few for an interval."""
    result = evaluated("constant:spam/legal", split="headline", episodes=3)
    assert [line["task_id"] for line in result["episodes"]] == list(TASKS)
    assert result["levels"]["all"]["score"]["inboxes"] is None


def test_dead_server_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a server the command says how to start one."""
    url = f"http://127.0.0.1:{free_port()}"
    arguments = ["--policy", "keyword", "--env-url", url, "--episodes", "2"]
    assert main(arguments) == BROKEN_OFF
    assert "start a server with `python -m email_triage_env" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param("--split headline --start 3", "from 0 to 2", id="number"),
        pytest.param("--split validation", "choose one of: headline", id="split"),
        pytest.param("--difficulty extreme", "choose one of: easy", id="difficulty"),
        pytest.param("--temperature nan", "temperature", id="no-number"),
    ],
)
def test_what_there_is_not_is_refused(
    options: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says what there is."""
    assert main(["--policy", "keyword", *options.split()]) == REFUSED
    (line,) = capsys.readouterr().err.splitlines()
    assert words in line
