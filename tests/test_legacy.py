"""What older releases of OpenEnv's CLI look for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine import engine_answers
from processes import ROOT, running_server

LEGACY = os.getenv("OPENENV_LEGACY")
needs_legacy = pytest.mark.skipif(
    LEGACY is None, reason="OPENENV_LEGACY names no `openenv` of openenv-core 0.3.0"
)


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 # our own code
        [sys.executable, *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_server_is_the_module() -> None:
    """The folder of the same name hides neither the module nor what gunicorn finds in it."""
    found = _python("-c", "import server; print(server.__file__)")
    assert found.stdout.strip() == str(ROOT / "server.py")
    checked = _python("-m", "gunicorn", "--check-config", "server:create_app()")
    assert checked.returncode == 0, checked.stderr
    inside = _python("-c", "import server.app")
    assert "No module named 'server.app'" in inside.stderr
    assert [path.name for path in (ROOT / "server").glob("*.*")] == ["app.py"]


def test_nothing_is_a_link() -> None:
    """OpenEnv refuses a project that holds a symbolic link outside a folder called .venv."""
    links = [
        path.relative_to(ROOT)
        for path in ROOT.rglob("*")
        if path.is_symlink() and not {".venv", ".git"} & set(path.relative_to(ROOT).parts)
    ]
    assert links == []


@needs_legacy
def test_legacy_validation_passes() -> None:
    """The older CLI finds the project ready."""
    result = subprocess.run(  # noqa: S603 # the CLI that was named
        [str(LEGACY), "validate"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr


@needs_legacy
@pytest.mark.skipif(not engine_answers(), reason="no Docker engine answers here")
def test_submission_passes_with_the_legacy_cli(tmp_path: Path) -> None:
    """The submission script passes 3/3 with the older CLI, too."""
    (tmp_path / "openenv").symlink_to(Path(str(LEGACY)).absolute())
    with running_server(tmp_path) as server:
        result = subprocess.run(  # noqa: S603 # our own script
            [str(ROOT / "validate-submission.sh"), server.url, str(ROOT)],
            env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
            capture_output=True, text=True, timeout=800, check=False,
        )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.count("PASSED") == 3
