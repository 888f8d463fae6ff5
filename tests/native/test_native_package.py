"""The client as a distribution: what it holds, and that it plays without the repository."""

import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

import requests

from email_triage_env import VERSION
from processes import ROOT, Server, free_port, stop, wait_for
from quality.search import key_actions
from tasks import TASKS
from tools.locking.pins import read
from tools.serving import START_SECONDS

NAME = "openenv_email_triage_env"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGE = {
    f"email_triage_env/{name}"
    for name in ("__init__.py", "__main__.py", "client.py", "models.py", "openenv.yaml",
                 "prompt.py", "py.typed")
}  # fmt: skip
METADATA = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}
OF_THE_REPOSITORY = (
    "models", "tasks", "graders", "environment", "server", "deck", "quality", "tools",
    "email_triage_env.server", "email_triage_env.stage",
)  # fmt: skip
BLOCKS = re.findall(
    r"```python\n(.*?)```",
    (ROOT / "email_triage_env/README.md").read_text(encoding="utf-8"),
    re.DOTALL,
)
OLDEST = os.getenv("OPENENV_OLDEST")
PERFECT = """
import json, sys
from email_triage_env import EmailTriageAction, EmailTriageClient
from openenv import AutoAction, AutoEnv, GenericEnvClient

url, actions = sys.argv[1], json.loads(sys.argv[2])
by_name = AutoEnv.from_env("email-triage", base_url=url)
assert isinstance(by_name, EmailTriageClient), by_name
assert AutoAction.from_env("email-triage") is EmailTriageAction
ways = (
    (EmailTriageClient(url), lambda action: EmailTriageAction(**action)),
    (by_name, AutoAction.from_env("email_triage_env").model_validate),
    (GenericEnvClient(base_url=url), dict),
)
for client, wrapped in ways:
    with client.sync() as session:
        session.reset(task_id="task_hard")
        print(*[session.step(wrapped(action)).reward for action in actions])
"""
REWARDS = "0.99 0.98 0.97 0.96 0.95 0.94 0.93 1.0\n"


def _build(target: str, source: Path, folder: Path) -> Path:
    """Build without a network, by the hatchling that pyproject.toml pins."""
    built = subprocess.run(  # noqa: S603 # the pinned build tool
        [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", folder],
        cwd=source, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("*"))


def _variables(folder: Path) -> dict[str, str]:
    """Return variables that lead to nothing of the repository and to no cache of its user."""
    hidden = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return kept | {"XDG_CACHE_HOME": str(folder)}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the repository as it is."""
    return _build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel, beside what it needs, and return the folder of the commands."""
    folder = tmp_path_factory.mktemp("client")
    venv.create(folder, with_pip=True)
    commands = folder / "bin"
    subprocess.run(  # noqa: S603 # our own wheel
        [commands / "pip", "install", "--quiet", "--no-deps", "--no-index", wheel],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    there = next(path for path in map(Path, sys.path) if (path / "openenv").is_dir())
    own = next(folder.glob("lib/python*/site-packages"))
    (own / "beside.pth").write_text(f"{there}\n", encoding="utf-8")
    return commands


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Return a folder with nothing in it."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def _python(installed: Path, folder: Path, code: str, *arguments: str) -> str:
    """Run code in a folder, with the installed client, and return what it printed."""
    result = subprocess.run(  # noqa: S603 # our own code
        [installed / "python", "-c", code, *arguments],
        cwd=folder, env=_variables(folder.parent), capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def _perfect_actions() -> str:
    return json.dumps([action.model_dump() for action in key_actions(TASKS["task_hard"])])


def test_wheel_is_the_client(wheel: Path) -> None:
    """The wheel holds the client's files as they are in the repository, and nothing else."""
    with zipfile.ZipFile(wheel) as archive:
        assert set(archive.namelist()) == PACKAGE | {
            f"{NAME}-{VERSION}.dist-info/{name}" for name in METADATA
        }
        for name in PACKAGE:
            source = ROOT / name.replace("email_triage_env/openenv.yaml", "openenv.yaml")
            assert archive.read(name) == source.read_bytes(), name


def test_wheel_says_what_it_is(wheel: Path) -> None:
    """The metadata name the licence, the page and no more than the client needs."""
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read(f"{NAME}-{VERSION}.dist-info/METADATA").decode()
    told = HeaderParser().parsestr(text)
    assert (told["Name"], told["Version"]) == ("openenv-email-triage-env", VERSION)
    assert told["License-Expression"] == "BSD-3-Clause"
    assert told.get_all("Requires-Dist") == ["openenv>=0.4.1", "pydantic<3.0,>=2.0"]
    assert "# Email triage, for OpenEnv" in told.get_payload()


def test_source_distribution_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """An sdist holds no server either, and what is built from it is the wheel."""
    with tarfile.open(_build("sdist", ROOT, tmp_path / "sdist")) as archive:
        top = f"{NAME}-{VERSION}"
        assert {name.removeprefix(f"{top}/") for name in archive.getnames()} == {
            *(PACKAGE - {"email_triage_env/openenv.yaml"}), "openenv.yaml", "LICENSE", "PKG-INFO",
            "pyproject.toml", "email_triage_env/README.md", ".gitignore",
        }  # fmt: skip
        archive.extractall(tmp_path, filter="data")
    rebuilt = _build("wheel", tmp_path / top, tmp_path / "wheel")
    assert rebuilt.read_bytes() == wheel.read_bytes()


def test_build_tool_is_locked() -> None:
    """The one build requirement is pinned, to what the lock of these tests installs."""
    pins = read((ROOT / "tests/native/requirements.txt").read_text(encoding="utf-8"))
    locked = {pin.version for pin in pins if pin.name == "hatchling"}
    assert PROJECT["build-system"]["requires"] == [f"hatchling=={version}" for version in locked]
    assert f"hatchling=={locked.pop()}" in PROJECT["dependency-groups"]["native"]


def test_client_needs_no_repository(installed: Path, empty: Path) -> None:
    """Every module of the package is imported from an empty folder, and no other is there."""
    modules = [f"email_triage_env.{Path(name).stem}" for name in PACKAGE if name.endswith(".py")]
    code = (
        "import importlib, sys; from importlib.util import find_spec\n"
        "for name in sys.argv[1].split(): print(importlib.import_module(name).__file__)\n"
        "print([name for name in sys.argv[2].split() if find_spec(name)])"
    )
    told = _python(installed, empty, code, " ".join(modules), " ".join(OF_THE_REPOSITORY))
    *files, found = told.splitlines()
    assert all(file.startswith(str(installed.parent)) for file in files)
    assert found == "[]"


def test_installed_client_plays(installed: Path, empty: Path, native: Server) -> None:
    """The typed client, the one found by name and the generic one each play a perfect episode."""
    assert _python(installed, empty, PERFECT, native.url, _perfect_actions()) == REWARDS * 3


@pytest.mark.parametrize("block", BLOCKS, ids=["typed", "by-name", "generic"])
def test_readme_blocks_play(block: str, installed: Path, empty: Path, native: Server) -> None:
    """Each example of the package's page runs as it is pasted, with the client alone."""
    here = block.replace("http://127.0.0.1:8000", native.url)
    assert here != block
    assert re.search(r"(Score|Reward): -?\d\.\d+", _python(installed, empty, here))


@pytest.mark.skipif(
    OLDEST is None, reason="OPENENV_OLDEST names no Python that has openenv 0.4.1, and no client"
)
def test_oldest_openenv_plays(wheel: Path, empty: Path, native: Server) -> None:
    """Beside the oldest release that is allowed, too, the client plays against the server."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(empty.parent / "site")  # noqa: S202 # our own wheel
    result = subprocess.run(  # noqa: S603 # the Python that was named
        [str(OLDEST), "-c", PERFECT, native.url, _perfect_actions()], cwd=empty,
        env=_variables(empty.parent) | {"PYTHONPATH": str(empty.parent / "site")},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stdout) == (0, REWARDS * 3), result.stderr


def _serve(installed: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 # our own command
        [installed / "server"],
        cwd=folder, env=_variables(folder), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_server_command_without_a_server(installed: Path, empty: Path) -> None:
    """Where there is no server, the command says in one sentence where there would be one."""
    refused = _serve(installed, empty)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        "The installed email_triage_env is the client, without a server; run this command in a "
        "checkout of its repository or in a staged Space.\n"
    )


def test_server_command_without_its_requirements(installed: Path, empty: Path) -> None:
    """In a checkout whose requirements are not installed, it names them and the remedy."""
    app = empty / "email_triage_env/server/app.py"
    app.parent.mkdir(parents=True)
    app.write_text("raise SystemExit(7)", encoding="utf-8")
    (empty / "pyproject.toml").write_text(
        '[dependency-groups]\nserver = ["pydantic", "openenv>=99", "not-there", "fastapi>=0.1"]',
        encoding="utf-8",
    )
    refused = _serve(installed, empty)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        "The server needs openenv>=99, not-there; in an environment of its own, "
        f"pip install -r {empty / 'email_triage_env/server/requirements.txt'}\n"
    )


def test_server_command_in_a_checkout(installed: Path, tmp_path: Path) -> None:
    """In a checkout it becomes the server, though the client is imported from elsewhere."""
    port = free_port()
    variables = _variables(tmp_path) | {"PORT": str(port), "HOST": "127.0.0.1"}
    with (tmp_path / "server.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 # our own command
            [installed / "server"], cwd=ROOT, env=variables, stdout=log, stderr=log
        )
    try:
        wait_for(f"http://127.0.0.1:{port}", process, START_SECONDS)
        health = requests.get(f"http://127.0.0.1:{port}/health", timeout=10).json()
        assert health["status"] == "healthy"
    finally:
        stop(process)
    assert process.returncode in (0, -15)
