"""The same model and trainers on the code-review environment, from start to end."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

pytest.importorskip("trl", reason="training has an environment of its own; see README")

from small_model import build

from processes import ROOT
from python_env.actions import VERSION
from python_env.client import PythonEnv
from python_env.prompt import parse_reply
from tools.episodes.collection import EPISODES
from tools.episodes.playing import Answer, Episode, Step, play_all
from tools.episodes.records import Place, Settings, record_of
from tools.serving import serving
from training.command import REFUSED
from training.review import demonstration
from training.review.policy import review_of
from training.review.rewards import ReviewRewards, figures, saying
from training.review.texts import APPROVE, SYSTEM, review_text

# The libraries of a training environment deprecate parts of each other.
pytestmark = pytest.mark.filterwarnings("default")
REVIEW_PYTHON: Final = os.environ.get("REVIEW_PYTHON", "")
served: Final = pytest.mark.skipif(
    not REVIEW_PYTHON,
    reason="REVIEW_PYTHON names no Python with python_env/requirements.txt, which serves reviews",
)
FINDING: Final = {
    "operation": "add_finding", "kind": "off-by-one", "severity": "high", "first_line": 3,
    "last_line": 4, "rationale": "The last row of each page is left out.",
}  # fmt: skip


@pytest.fixture(scope="module")
def reviews(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where a server of reviews answers."""
    log = tmp_path_factory.mktemp("reviews") / "server.log"
    with serving("server.app", log, folder=ROOT / "python_env", python=REVIEW_PYTHON) as server:
        yield server.url


def _episode(action: dict[str, Any], score: float, **parts: float) -> Episode:
    step = Step(None, Answer(json.dumps(action), action), score, parts, {})
    return Episode(f"{score} {action}", {}, (step,), score)


@pytest.mark.parametrize("action", [FINDING, APPROVE])
def test_what_is_taught_can_be_read(action: dict[str, Any]) -> None:
    """The environment's own reader takes it; what only a longer answer could hold is left out."""
    more = {"reproduction": "def scenario(m): ...", "recommendation": "Mend it."}
    sent = action | more if "kind" in action else action
    assert parse_reply(review_text(sent)) == (action, True)
    assert review_text(APPROVE) in SYSTEM


def test_a_review_is_read_or_said_to_be_none() -> None:
    """What was cut off, what is no operation and what is empty are told apart."""
    assert review_of(review_text(FINDING), ended=True).action == FINDING
    failures = [
        review_of(raw, ended).failure
        for raw, ended in (("It is fine", True), ('{"operation": "add', False), ("", True))
    ]
    assert len(set(failures)) == 3
    assert None not in failures


def test_figures_count_reviews() -> None:
    """A finding is right, false or none; an approval is right where it earns all."""
    found = figures(
        [
            _episode(FINDING, 0.55, findings=0.45),
            _episode(FINDING | {"kind": "ssrf"}, 0.0, penalties=-0.12),
            _episode(APPROVE, 1.0),
            _episode(APPROVE, 0.0),
            _episode({}, 0.0),
        ]
    )
    told = [found[name] for name in ("found", "false", "approved", "approved rightly", "readable")]
    assert told == [0.2, 0.2, 0.4, 0.2, 0.8]
    assert found["score"] == 0.31
    assert found["interval"][0] < 0.31 < found["interval"][1]


@served
def test_answers_earn_what_the_environment_says(reviews: str) -> None:
    """A step of training is judged by episodes that are played: approval, falsehood, noise."""
    choices = [{"split": "train", "difficulty": "easy", "index": number} for number in range(12)]
    looked = play_all(PythonEnv, reviews, saying(Answer("", APPROVE)), choices)
    approved = [episode.score for episode in looked]
    assert set(approved) == {0.0, 1.0}
    score, readable = ReviewRewards(reviews).functions()
    for said, earns, form in (
        (json.dumps(APPROVE), approved, 1.0),
        (json.dumps(FINDING | {"first_line": 1, "last_line": 1}), [0.0] * 12, 1.0),
        ("All is well.", [0.0] * 12, 0.0),
    ):
        completions = [[{"role": "assistant", "content": said}] for _ in choices]
        columns = {"completions": completions, "choice": [json.dumps(each) for each in choices]}
        assert score(**columns) == earns
        assert readable(**columns) == [form] * 12


@served
def test_a_small_model_goes_all_the_way(
    reviews: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Zero-shot, demonstrations and the reward; the same command has nothing left to do."""
    shown = tmp_path / "shown"
    shown.mkdir()
    choices = [{"split": "train", "difficulty": "easy", "index": number} for number in range(2)]
    played = play_all(PythonEnv, reviews, saying(Answer(json.dumps(APPROVE), APPROVE)), choices)
    settings = Settings(
        environment="python_env", version=VERSION, split="train", difficulty="easy",
        policy="constant:approve",
    )  # fmt: skip
    lines = [
        record_of(episode, settings, Place(index=number), "easy", {}).model_dump_json()
        for number, episode in enumerate(played)
    ]
    (shown / EPISODES).write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(demonstration, "ANSWER_TOKENS", 8)
    monkeypatch.setattr(demonstration, "LAYERS", 1)
    arguments = [
        "--output", str(tmp_path / "run"), "--demonstrations", str(shown), "--env-url", reviews,
        "--model", str(build(tmp_path / "model", [])), "--shown", "2", "--epochs", "1", "--steps",
        "1", "--modules", "1", "--group", "2", "--evaluated", "2",
    ]  # fmt: skip
    assert demonstration.main(arguments) == 0
    page = capsys.readouterr().out
    assert page.count("\n| test: ") == page.count("\n| train: ") == 5
    results = json.loads((tmp_path / "run" / "results.json").read_text(encoding="utf-8"))
    assert {name: results[name]["test"]["deals"] for name in results} == dict.fromkeys(
        ("base", "warm", "reward"), 2
    )
    assert (tmp_path / "run" / "plots" / "reward_curve.png").stat().st_size > 10_000
    assert demonstration.main(arguments) == 0
    assert capsys.readouterr().out == page
    assert demonstration.main([*arguments, "--steps", "2"]) == REFUSED
