"""The reader: it reads and remembers as it says, learns from reward alone, and survives a kill."""

import ast
import json
import math
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("trl", reason="training has an environment of its own; see README")

import numpy as np

from email_triage_env import EmailTriageClient
from email_triage_env.models import EmailTriageObservation
from processes import ROOT, Server
from tools.episodes.playing import Episode, LostEpisodeError, Step, play_all
from training import demonstrations as shown
from training.command import SettingsError
from training.demonstrations import DemonstrationError
from training.reader.policy import Reader, ReaderError
from training.reader.reinforce import Learner, _advantages
from training.reader.train import ReaderSettings, train

FORBIDDEN = {
    "tasks", "graders", "environment", "server", "deck", "inference",
    "email_triage_env.server.environment", "email_triage_env.server.app",
    "email_triage_env.server.splits", "email_triage_env.server.rubric",
    "email_triage_env.server.web",
}  # fmt: skip
FRESH = [{"split": "train", "index": 28_000 + i} for i in range(24)]


@pytest.fixture(scope="module")
def demonstrations(native: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return four demonstrated episodes."""
    return shown.collect(native.url, tmp_path_factory.mktemp("demos") / "run", 4, start=20_000)


def _settings(
    native: Server, demonstrations: Path, output: Path, difficulty: str = "mixed"
) -> ReaderSettings:
    return ReaderSettings(
        demonstrations=demonstrations,
        output=output,
        env_url=native.url,
        difficulty=difficulty,
        deals=160,
        attempts=4,
    )


@pytest.fixture(scope="module")
def trained(
    native: Server, demonstrations: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Reader]:
    """Return the folder of a short run, and its reader."""
    folder = tmp_path_factory.mktemp("run")
    return folder, train(_settings(native, demonstrations, folder))


def _mean(episodes: list[Episode]) -> float:
    return sum(episode.score for episode in episodes) / len(episodes)


def test_reward_moves_the_reader(native: Server, trained: tuple[Path, Reader]) -> None:
    """After a short run it scores more on inboxes it has not seen than it did when warm."""
    folder, reader = trained
    before = _mean(play_all(EmailTriageClient, native.url, Reader.load(folder / "warm"), FRESH))
    after = _mean(play_all(EmailTriageClient, native.url, reader, FRESH))
    assert after > before + 0.05
    lines = [json.loads(line) for line in (folder / "history.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == list(range(1, 21))
    for line in lines:
        parts = [line[f"reward/{name}"] for name in ("primary", "process", "format", "efficiency")]
        weighed = sum(np.array(parts) * [0.40, 0.25, 0.20, 0.15])
        assert math.isclose(weighed, line["reward/overall"], abs_tol=1e-9)


def test_saved_reader_is_the_same(native: Server, trained: tuple[Path, Reader]) -> None:
    """A reader that was saved and loaded gives the same answers."""
    folder, reader = trained
    again = Reader.load(folder / "trained")
    assert play_all(EmailTriageClient, native.url, again, FRESH[:3]) == play_all(
        EmailTriageClient, native.url, reader, FRESH[:3]
    )


def test_sessions_change_nothing(native: Server, trained: tuple[Path, Reader]) -> None:
    """Drawn answers follow from the seed and the email, not from how many sessions play."""
    policy = trained[1].drawing("7")
    one = play_all(EmailTriageClient, native.url, policy, FRESH[:6], sessions=1)
    many = play_all(EmailTriageClient, native.url, policy, FRESH[:6], sessions=6)
    assert one == many
    assert one != play_all(
        EmailTriageClient, native.url, trained[1].drawing("8"), FRESH[:6], sessions=6
    )


def _stopped(command: list[str], name: signal.Signals, update: str) -> tuple[int, str]:
    """Send a signal when the bar is at an update; return the status and what was said since."""
    process = subprocess.Popen(  # noqa: S603 # our own tool
        command, cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    progress = ""
    while update not in progress:
        piece = process.stderr.read(1)
        assert piece, progress
        progress += piece
    process.send_signal(name)
    _, errors = process.communicate()
    return process.returncode, errors


def test_a_killed_run_goes_on(
    native: Server, demonstrations: Path, trained: tuple[Path, Reader], tmp_path: Path
) -> None:
    """A run that is stopped after a checkpoint ends with the weights of one that was not."""
    command = [
        sys.executable, "-m", "training.reader.train", "--env-url", native.url, "--demonstrations",
        str(demonstrations), "--output", str(tmp_path), "--deals", "160", "--attempts", "4",
    ]  # fmt: skip
    for sent, update in ((signal.SIGINT, "12/20"), (signal.SIGKILL, "16/20")):
        status, errors = _stopped(command, sent, update)
        assert status == (130 if sent == signal.SIGINT else -sent)
        assert "Traceback" not in errors
        assert ("The same command goes on" in errors) == (sent == signal.SIGINT)
    assert not (tmp_path / "trained").exists()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=200)  # noqa: S603
    resumed = Reader.load(tmp_path / "trained")
    for name, values in trained[1].params.items():
        assert np.array_equal(values, resumed.params[name]), name
    history = (trained[0] / "history.jsonl").read_text()
    assert (tmp_path / "history.jsonl").read_text() == history


def test_other_settings_are_refused(
    native: Server, demonstrations: Path, trained: tuple[Path, Reader]
) -> None:
    """A folder holds one run; with other settings it is not touched."""
    with pytest.raises(SettingsError, match=r"another difficulty; choose another --output"):
        train(_settings(native, demonstrations, trained[0], "easy"))


@pytest.mark.parametrize("difficulty", ["varied", "month", "extreme"])
def test_inboxes_at_desks_of_their_own_are_refused(
    native: Server, demonstrations: Path, tmp_path: Path, difficulty: str
) -> None:
    """The reader knows its teams by name, so it says before it plays what to take instead."""
    with pytest.raises(
        ValueError, match=r"easy, medium, hard, mixed; .* training\.language\.train"
    ):
        _settings(native, demonstrations, tmp_path, difficulty)


def test_a_desk_with_other_teams_is_refused(
    native: Server, trained: tuple[Path, Reader], tmp_path: Path
) -> None:
    """Neither played nor learned from: what a team of another name does, a reader cannot tell."""
    choice = [{"split": "train", "difficulty": "varied", "index": 2}]
    with pytest.raises(ReaderError, match="train-varied-2 comes to a desk with other teams"):
        play_all(EmailTriageClient, native.url, trained[1], choice)
    other = shown.collect(native.url, tmp_path / "demos", 1, difficulty="varied", start=2)
    with pytest.raises(ReaderError, match="other teams"):
        train(_settings(native, other, tmp_path / "run"))


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    """Missing and broken files name the remedy."""
    with pytest.raises(ReaderError, match=r"training\.reader\.train"):
        Reader.load(tmp_path)
    with pytest.raises(DemonstrationError, match=r"tools\.collect"):
        shown.read(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").write_text("")
    with pytest.raises(DemonstrationError, match="at least one"):
        shown.read(tmp_path / "empty.jsonl")
    with pytest.raises(LostEpisodeError, match="see that it runs"):
        play_all(EmailTriageClient, "http://127.0.0.1:9", Reader.__call__, FRESH[:1])  # type: ignore[arg-type]


def _step(label: float, route: float, summary: float, penalty: float) -> Step:
    parts = {"label": label, "route": route, "summary": summary, "penalties": penalty}
    return Step(None, None, 0.0, parts, {})  # type: ignore[arg-type] # only the parts count


def test_advantages_compare_with_the_others() -> None:
    """Each head gains what it earned above the mean of the other attempts, and no more."""
    gains = _advantages([_step(0.5, 0.3, 0.2, 0.0), _step(0.0, 0.3, 0.0, -0.2)])
    assert gains[:, 0] == pytest.approx([0.7, -0.7])
    assert gains[:, 1] == pytest.approx([0.2, -0.2])
    assert gains[:, 2] == pytest.approx([0.25, -0.25])
    same = [_step(0.5, 0.0, 0.1, 0.0)] * 4
    assert np.allclose(_advantages(same), 0.0)


def test_gradient_is_that_of_the_likelihood(trained: tuple[Path, Reader]) -> None:
    """A step along the gradient makes what was chosen likelier, by what the gradient says."""
    from training.reader import reinforce

    reader = trained[1]
    observation = EmailTriageObservation(
        email_id="none-01", subject="Invoice PO 12345", sender="Ann Lee <ann@firm.example>",
        body="Please pay £120 by 3 March. The invoice is late, and our clerk waits for a reply.",
        timestamp="2026-03-02T08:00:00", thread_history=[], task_id="train-easy-0", step_number=1,
        total_emails=8,
    )  # fmt: skip
    answer = reader({}, observation, [])
    step = Step(observation, answer, 0.0, {"label": 0.0, "route": 0.0}, {})
    choices = [reader.choice_of(step)]
    brief = {"points": {"label": 0.5, "route": 0.3}}

    def likelihood() -> float:
        decision = reader.reconsider(brief, [step], choices)[0]
        choice = decision.choice
        odds = [
            decision.label_odds[choice.label], decision.team_odds[choice.team],
            decision.window_odds[choice.window],
            *(odds[i] for i, odds in zip(choice.figures, decision.figure_odds, strict=True)),
        ]  # fmt: skip
        return float(np.log(odds).sum())

    gradient = Learner(reader)._zeros()
    decision = reader.reconsider(brief, [step], choices)[0]
    reinforce._add(gradient, decision, np.ones(3), entropy=0.0)
    before, small = likelihood(), 1e-6
    for name, slope in gradient.items():
        kept = reader.params[name].copy()
        reader.params[name] = kept + small * slope
        rise = (likelihood() - before) / small
        reader.params[name] = kept
        assert rise == pytest.approx(float((slope**2).sum()), rel=1e-2, abs=1e-4), name


@pytest.mark.parametrize(
    "path", sorted((ROOT / "training").glob("*.py")), ids=lambda path: path.name
)
def test_training_knows_the_client_only(path: Path) -> None:
    """No module of training imports an answer, a grader, the environment or a server."""
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported |= {str(node.module), *(f"{node.module}.{name.name}" for name in node.names)}
    assert not imported & FORBIDDEN
    assert not [name for name in imported if name.split(".")[0] in FORBIDDEN]
