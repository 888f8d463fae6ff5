"""What surrounds a run: settings, curriculum, checkpoints, and who may be imported."""

import ast
import json
from pathlib import Path
from typing import Final

import pytest

pytest.importorskip("trl", reason="training has an environment of its own; see README")

from conftest import ROOT
from processes import Server
from tools.episodes.playing import LostEpisodeError
from training.command import REFUSED, SettingsError, parse_settings
from training.language.building import inboxes, trainer_arguments
from training.language.curriculum import UNLOCK_REWARD, WINDOW, Curriculum
from training.language.logbook import metrics, rollouts_of
from training.language.saving import newest_checkpoint
from training.language.settings import TrainSettings
from training.language.train import check_inboxes, main, run
from training.language.weights import ModelError
from training.rewards import WEIGHTS
from training.triage_tool import TriageTool

ANSWERS: Final = {
    "models", "tasks", "graders", "environment", "deck", "quality", "server", "inference",
}  # fmt: skip
CLIENT_SIDE: Final = {
    "email_triage_env": {"", ".models", ".prompt", ".evaluation"},
    "python_env": {".client", ".kinds", ".models", ".prompt"},
}
MODULES: Final = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "training").rglob("*.py")
    # Where the command of the README puts its environment.
    if ".venv" not in path.parts
)


def _settings(*options: str, output: str = "run") -> TrainSettings:
    arguments = ["--model", "nobody/nothing", "--output", output, *options]
    return parse_settings(TrainSettings, arguments, "training.language.train", "")


@pytest.mark.parametrize("module", MODULES)
def test_the_trainer_knows_no_answer(module: str) -> None:
    """It imports the root's models, the client and third parties: what any client could."""
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    assert not {name.split(".")[0] for name in names} & ANSWERS
    for package, known in CLIENT_SIDE.items():
        served = {name for name in names if name.split(".")[0] == package}
        assert {name.removeprefix(package) for name in served} <= known


def test_the_curriculum_begins_easy_and_unlocks_by_the_mean() -> None:
    """One step above the mark is not enough, and each difficulty needs its own mean."""
    curriculum = Curriculum()
    curriculum.observe([1.0] * (WINDOW - 1))
    numbers = [len(curriculum.unlocked)]
    for rewards in ([1.0], [UNLOCK_REWARD] * WINDOW, [UNLOCK_REWARD + 0.01] * WINDOW):
        curriculum.observe(rewards)
        numbers.append(len(curriculum.unlocked))
    assert numbers == [1, 2, 2, 3]
    curriculum.observe([1.0] * WINDOW)
    assert [curriculum.difficulty_of(i) for i in range(4)] == ["easy", "medium", "hard", "easy"]


def test_a_resumed_curriculum_is_where_it_was() -> None:
    """Its state is what was logged, whether it was heard at once or bit by bit."""
    rewards = [0.1 * (i % 7) for i in range(35)]
    heard, told = Curriculum(), Curriculum()
    for reward in rewards:
        heard.observe([reward])
    told.observe(rewards)
    for curriculum in (heard, told):
        curriculum.observe([0.29, 0.31, 0.5])
    assert heard.unlocked == told.unlocked
    assert list(heard._recent) == list(told._recent)


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        pytest.param(("--batch", "12", "--group", "8"), "choose one that is", id="batch"),
        pytest.param(("--four-bit",), "add --lora", id="four-bit-alone"),
        pytest.param(("--difficulty", "extreme"), "--help", id="difficulty"),
        pytest.param(("--steps", "0"), "--help", id="steps"),
        pytest.param(("--difficulty", "month"), "choose 16000 or more", id="too-short-for-a-month"),
    ],
)
def test_settings_that_do_not_fit_are_refused(options: tuple[str, ...], remedy: str) -> None:
    """The sentence says what to change."""
    with pytest.raises(SettingsError, match=remedy):
        _settings(*options)


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        pytest.param(("--lora", "--four-bit"), "leave it out", id="four-bit"),
        pytest.param(("--vllm",), "leave it out", id="vllm"),
        pytest.param(("--wandb",), "pip install wandb", id="wandb"),
    ],
)
def test_what_the_machine_has_not_is_refused(
    options: tuple[str, ...], remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before a model is loaded, and not somewhere in a library."""
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    monkeypatch.setattr("training.language.settings.find_spec", lambda _name: None)
    with pytest.raises(SettingsError, match=remedy):
        _settings(*options).check_machine()
    _settings().check_machine()


@pytest.mark.parametrize("difficulty", ["varied", "month"])
def test_inboxes_at_desks_of_their_own_are_rows_too(difficulty: str, tmp_path: Path) -> None:
    """A language model reads the teams in the policy, so it trains on any desk."""
    options = ("--difficulty", difficulty, "--max-completion-length", "16000")
    rows = inboxes(_settings(*options, output=str(tmp_path)))
    assert {row["difficulty"] for row in rows} == {difficulty}


def test_settings_reach_the_trainer(tmp_path: Path) -> None:
    """Four weighted rewards, whole groups in a step, and the columns that a reset takes."""
    settings = _settings("--batch", "16", "--micro-batch", "4", output=str(tmp_path))
    arguments = trainer_arguments(settings)
    assert arguments.reward_weights == list(WEIGHTS.values())
    assert arguments.generation_batch_size == 16
    rows = inboxes(settings)
    assert rows[7]["index"] == 7
    assert {row["difficulty"] for row in rows} == {"curriculum"}
    assert set(rows.column_names) == {"prompt", "split", "index", "difficulty"}


def test_the_record_of_a_run_allows_more_steps(tmp_path: Path) -> None:
    """What was learned so far does not depend on how far it goes."""
    folder = str(tmp_path / "run")
    _settings(output=folder).check_record()
    _settings("--steps", "900", "--wandb", output=folder).check_record()
    with pytest.raises(SettingsError, match="another seed"):
        _settings("--seed", "1", output=folder).check_record()


def test_a_checkpoint_that_was_cut_off_is_no_checkpoint(tmp_path: Path) -> None:
    """The newest whole one counts; its number decides, not its name."""
    assert newest_checkpoint(tmp_path) is None
    for number, state in ((9, "{}"), (10, "{}"), (11, '{"global_'), (12, None)):
        folder = tmp_path / f"checkpoint-{number}"
        folder.mkdir()
        if state is not None:
            (folder / "trainer_state.json").write_text(state, encoding="utf-8")
    assert newest_checkpoint(tmp_path) == tmp_path / "checkpoint-10"


def test_a_rollout_that_never_answered_is_a_timeout() -> None:
    """Silence earns nothing and is no success."""
    figures = metrics(rollouts_of([TriageTool()]))
    assert figures["episode/timeout_rate"] == 1.0
    assert {figure for name, figure in figures.items() if "timeout" not in name} == {0.0}
    json.dumps(figures)


def test_a_model_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command ends with a sentence, and leaves no directory behind."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    missing = str(tmp_path / "nothing")
    assert main(["--model", missing, "--output", str(tmp_path / "run")]) == REFUSED
    assert missing in capsys.readouterr().err
    assert not (tmp_path / "run").exists()
    with pytest.raises(ModelError, match=r"training\.base_model"):
        run(_settings(output=str(tmp_path / "run")).model_copy(update={"model": missing}))


def test_more_inboxes_than_there_are_is_said(native: Server) -> None:
    """How many there are, the server tells, before a model is loaded."""
    settings = _settings("--inboxes", "999999", "--env-url", native.url)
    with pytest.raises(LostEpisodeError, match="choose one from 0 to"):
        check_inboxes(settings)
    check_inboxes(_settings("--inboxes", "10", "--env-url", native.url))
