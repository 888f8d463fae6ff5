"""The validation by OpenEnv's own checks: it passes, and it notices what is wrong."""

import json
import subprocess
from pathlib import Path

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

import yaml

from email_triage_env.server.splits import chosen_task
from email_triage_env.subject import SUBJECT
from environment import EmailTriageEnv
from processes import ROOT
from tools import validate as validation
from tools.validate import PUBLIC, LocalProvider, copy_project, validate

# OpenEnv's validation calls websockets in a way that newer releases of it frown upon.
pytestmark = pytest.mark.filterwarnings("ignore:connect.. must be used as a context manager")

# Servers that break one promise each.
BROKEN = {
    "runtime.state_contract": """
from email_triage_env.server.environment import TriageEnvironment
honest = TriageEnvironment.state.fget
TriageEnvironment.state = property(
    lambda self: honest(self).model_copy(update={"step_count": 0})
)
""",
    "runtime.reward_well_formed": """
from email_triage_env.server.environment import TriageEnvironment
honest = TriageEnvironment.step
TriageEnvironment.step = (
    lambda self, *given, **named: honest(self, *given, **named).model_copy(update={"reward": 5.0})
)
""",
    "runtime.startup": "raise SystemExit(3)",
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the project."""
    folder = tmp_path / "email-triage"
    copy_project(ROOT, folder)
    return folder


def test_the_server_passes(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every check that OpenEnv has written passes on the server as it is."""
    assert validate(copy, SUBJECT.files, LocalProvider(SUBJECT.app), PUBLIC) is not None
    told = capsys.readouterr().out
    assert "\nPASS  runtime.state_contract" in told
    assert "\nPASS  local-process" in told
    assert not {"FAIL", "ERROR"} & set(told.split())


@pytest.mark.parametrize("check", BROKEN)
def test_a_broken_server_fails(copy: Path, check: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A server that breaks a promise fails the check that is about it."""
    serve = "from email_triage_env.server.app import main\nmain()\n"
    (copy / "broken.py").write_text(f"{BROKEN[check]}\n{serve}", encoding="utf-8")
    assert validate(copy, SUBJECT.files, LocalProvider("broken"), PUBLIC) is None
    assert f"\nFAIL  {check}" in capsys.readouterr().out


def test_a_check_that_was_not_made_is_no_pass(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the provider cannot do what is asked, OpenEnv skips, and this fails."""
    assert validate(copy, SUBJECT.files, LocalProvider(SUBJECT.app), validation.NO_NETWORK) is None
    assert "FAIL  local-process                    not passed: " in capsys.readouterr().out


def test_the_copy_holds_the_project_and_nothing_private(copy: Path) -> None:
    """What git ignores stays behind, and so does the history."""
    assert (copy / "email_triage_env" / "server" / "app.py").is_file()
    assert not (copy / ".git").exists()
    assert not list(copy.rglob("__pycache__"))
    assert not list(copy.rglob(".venv"))


def test_outside_a_clone(tmp_path: Path) -> None:
    """Where git knows no files, it is said what to do."""
    with pytest.raises(validation.SourceError, match="lies in no clone; run this in one"):
        copy_project(tmp_path, tmp_path / "copy")


@pytest.mark.parametrize(("startup", "status"), [({}, 0), (None, 1)], ids=["passed", "failed"])
def test_without_an_engine(
    startup: dict[str, str] | None,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Without an engine the image is skipped with the reason, and the process decides."""
    monkeypatch.setattr(validation, "validate", lambda *_arguments: startup)
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert validation.main(["email"]) == status
    assert "SKIP  docker-local                     no Docker engine" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("missing", "played", "asked", "status"),
    [
        pytest.param((), None, [PUBLIC, validation.NO_NETWORK], 0, id="helper-is-there"),
        pytest.param(
            ("image", "pull"), {"health": 200, "steps": 9, "done": 8, "routes": 0},
            [PUBLIC, PUBLIC], 0, id="no-helper",
        ),
        pytest.param(
            ("image", "pull"), {"health": 200, "steps": 9, "done": 8, "routes": 1},
            [PUBLIC, PUBLIC], 1, id="no-helper-but-a-network",
        ),
    ],
)  # fmt: skip
def test_the_image_is_checked_without_a_network(
    missing: tuple[str, ...],
    played: object,
    asked: list[str],
    status: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """OpenEnv takes the network away where it can; elsewhere an episode inside must do."""
    modes: list[str] = []

    def checked(_copy: Path, _files: object, _provider: object, network: str) -> dict[str, str]:
        modes.append(network)
        return {"image_ref": "sha256:0"}

    def docker(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(arguments, int(arguments[0] in missing), "", "")

    monkeypatch.setattr("shutil.which", lambda _name: "docker")
    monkeypatch.setattr(validation, "validate", checked)
    monkeypatch.setattr(validation, "asked", docker)
    monkeypatch.setattr(validation, "episode_without_network", lambda *_arguments: played)
    assert validation.main(["email"]) == status
    assert modes == asked


def test_the_plan_is_one_episode() -> None:
    """Its actions end the episode it resets to, and exactly one of them is no decision."""
    plan = json.loads((ROOT / SUBJECT.files.plan).read_text(encoding="utf-8"))
    options = plan["reset"]["options"]
    env = EmailTriageEnv.for_task(chosen_task(seed=plan["reset"]["seed"], **options))
    env.reset()
    results = [env.step(action) for action in plan["actions"]]
    assert [result.done for result in results] == [False] * (len(results) - 1) + [True]
    assert sum("error" in result.info for result in results) == 1


def test_the_root_declares_no_execution() -> None:
    """A bare `openenv validate` builds nothing, so it passes with and without an engine."""
    manifest = yaml.safe_load((ROOT / "openenv.yaml").read_text(encoding="utf-8"))
    assert "execution" not in manifest["validation"]
