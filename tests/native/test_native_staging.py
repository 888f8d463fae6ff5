"""The staged Space: what it holds, and that it serves as OpenEnv's tools start it."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

import requests
import yaml
from openenv import GenericEnvClient
from openenv.cli.commands import push
from openenv.core.containers.runtime import UVProvider

from email_triage_env import VERSION, stage
from email_triage_env.stage import StageError, staged_files
from engine import docker, engine_answers, running_container
from processes import ROOT, free_port, stop, wait_for
from quality.search import key_actions
from tasks import TASKS
from tools.locking.pins import read
from tools.serving import START_SECONDS
from tools.validate import copy_project

MADE = {
    "README.md", "Dockerfile", "openenv.yaml", "pyproject.toml", "__init__.py", "client.py",
    "server/__init__.py",
}  # fmt: skip
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = read((ROOT / stage.REQUIREMENTS).read_text(encoding="utf-8"))
REWARDS = [0.99, 0.98, 0.97, 0.96, 0.95, 0.94, 0.93, 1.0]
# What uv says where no index answers, and where it may not ask one.
UNREACHABLE = re.compile(r"error sending request|the network was disabled")


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stage the repository as it is, by the command."""
    folder = tmp_path_factory.mktemp("staged") / "space"
    done = _stage(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"staged in {folder}; next: openenv push {folder}\n" in done.stdout
    return folder


def _stage(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 # our own command
        [sys.executable, "-m", "email_triage_env.stage", str(folder)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def _held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def _play(url: str) -> list[float]:
    """Open a month, play the hard task perfectly over /ws, and return the rewards."""
    actions = [action.model_dump() for action in key_actions(TASKS["task_hard"])]
    with GenericEnvClient(base_url=url).sync() as client:
        client.reset(task_id="test-month-0")
        client.reset(task_id="task_hard")
        return [client.step(action).reward for action in actions]


def test_staging_gives_the_same_bytes(space: Path, tmp_path: Path) -> None:
    """From the repository and from a copy of it, the tree is the same, file by file."""
    copy_project(ROOT, tmp_path)
    assert _held(space) == staged_files() == staged_files(tmp_path)


def test_staged_sources_are_the_repository_s(space: Path) -> None:
    """What is not made for the Space is copied byte by byte to the same path."""
    held = _held(space)
    assert held.keys() > MADE
    copied = held.keys() - MADE
    assert {name for name in copied if held[name] != (ROOT / name).read_bytes()} == set()


def test_the_whole_server_and_nothing_beside_it_is_staged(space: Path, tmp_path: Path) -> None:
    """Whatever the server's folder holds is staged, even what is new; no tool and no test is."""
    held = _held(space).keys()
    code = {
        path.relative_to(ROOT).as_posix()
        for kind in ("*.py", "*.toml")
        for path in (ROOT / "deck").rglob(kind)
    }
    code |= {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "email_triage_env/server").rglob("*.py")
    }
    assert held - MADE == code | {
        ".dockerignore", "LICENSE", "models.py", "tasks.py", "graders.py", "environment.py",
        "server/app.py", stage.REQUIREMENTS,
        *(f"email_triage_env/{name}" for name in (
            "__init__.py", "__main__.py", "client.py", "models.py", "prompt.py", "py.typed")),
    }  # fmt: skip
    copy_project(ROOT, tmp_path)
    for name in ("page.css", "parts/__init__.py"):
        new = tmp_path / "email_triage_env/server" / name
        new.parent.mkdir(exist_ok=True)
        new.write_text("", encoding="utf-8")
        assert f"email_triage_env/server/{name}" in staged_files(tmp_path)


def test_staged_code_imports_nothing_that_stayed(space: Path) -> None:
    """Every module of the repository that staged code imports is staged as well."""
    ours = {path.name.removesuffix(".py") for path in ROOT.iterdir()} - {"server"}
    staged = {path.name.removesuffix(".py") for path in space.iterdir()}
    for path in space.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names.append(node.module)
            tops = {name.split(".")[0] for name in names} & ours
            assert tops <= staged, f"{path.relative_to(space)} imports {tops - staged}"


def test_project_is_the_client_s_and_the_server_s(space: Path) -> None:
    """By pip it installs the client as the repository does, by uv the server that is pinned."""
    project = tomllib.loads((space / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"] == PROJECT["project"] | {"readme": "README.md"}
    assert project["build-system"] == PROJECT["build-system"]
    assert project["tool"]["hatch"] == PROJECT["tool"]["hatch"]
    assert project["dependency-groups"] == {"server": PROJECT["dependency-groups"]["server"]}
    assert project["tool"]["uv"] == {
        "default-groups": ["server"],
        "constraint-dependencies": [
            f"{pin.name}=={pin.version}{' ; ' if pin.marker else ''}{pin.marker}"
            for pin in PINS
            if not pin.extras
        ],
    }


def test_manifest_serves_the_native_server(space: Path) -> None:
    """It names the server that answers there and no file that is not there."""
    manifest = yaml.safe_load((space / "openenv.yaml").read_text(encoding="utf-8"))
    root = yaml.safe_load((ROOT / "openenv.yaml").read_text(encoding="utf-8"))
    assert (manifest["app"], manifest["port"]) == ("server.app:app", 8000)
    assert (manifest["name"], manifest["version"]) == (root["name"], VERSION)
    assert manifest["tasks"] == root["tasks"]
    declared = root["validation"]["capabilities"]
    for name in ("oracle", "canaries"):
        del declared[name]
    assert manifest["validation"] == root["validation"]


def test_page_is_a_space_s(space: Path) -> None:
    """The front matter is what a Docker Space wants, and the page tells only what works there."""
    _, front, body = (space / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    matter = yaml.safe_load(front)
    assert (matter["sdk"], matter["app_port"], matter["base_path"]) == ("docker", 8000, "/web")
    assert matter["tags"] == ["openenv"]
    assert len(matter["short_description"]) <= 60
    assert "# Email triage, for OpenEnv" in body
    assert "email_triage_env.stage" not in body
    assert "<!--" not in body


def test_a_taken_folder_is_refused(tmp_path: Path) -> None:
    """Nothing that exists is touched, whether a file or a folder with something in it."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / ".hidden").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    before = _held(tmp_path)
    refused = _stage(tmp_path / "full")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        f"{tmp_path / 'full'} is not empty; name a new folder, or remove it first.\n"
    )
    with pytest.raises(StageError, match="file is not empty; name a new folder, or remove it"):
        stage.stage(tmp_path / "file", {"README.md": b""})
    with pytest.raises(StageError, match=r"cannot be written: .*; name another folder\."):
        stage.stage(tmp_path / "file" / "space", {"README.md": b""})
    assert _held(tmp_path) == before


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    """A folder that is there and empty will do, and others may read what is staged."""
    stage.stage(tmp_path / "new" / "space", {"README.md": b"page"})
    (tmp_path / "empty").mkdir()
    stage.stage(tmp_path / "empty", {"server/app.py": b"code"})
    assert _held(tmp_path) == {"new/space/README.md": b"page", "empty/server/app.py": b"code"}
    assert (tmp_path / "empty").stat().st_mode & 0o777 == 0o755


def test_a_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the disk is full half way, neither a part of the tree nor a temporary folder stays."""
    honest = Path.write_bytes

    def written(path: Path, content: bytes) -> int:
        if path.name == "tasks.py":
            raise OSError(28, "No space left on device")
        return honest(path, content)

    monkeypatch.setattr(Path, "write_bytes", written)
    with pytest.raises(StageError, match=r"cannot be written: .*No space left on device"):
        stage.stage(tmp_path / "space", staged_files())
    assert list(tmp_path.iterdir()) == []


def _without(name: str) -> Callable[[Path], None]:
    return lambda root: (root / name).unlink()


def _replaced(name: str, old: str, new: str) -> Callable[[Path], None]:
    def replace(root: Path) -> None:
        text = (root / name).read_text(encoding="utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        pytest.param(_without("tasks.py"), r"tasks\.py is missing; stage from a whole", id="file"),
        pytest.param(
            _without("openenv.yaml"), r"openenv\.yaml is missing; stage from a whole", id="manifest"
        ),
        pytest.param(
            _replaced(stage.DOCKERFILE, "\nCMD ", "\nENTRYPOINT "), "one CMD; mend it", id="no-cmd"
        ),
        pytest.param(
            _replaced("pyproject.toml", "# -----", "# ="), "its line of dashes", id="no-dashes"
        ),
        pytest.param(
            _replaced("pyproject.toml", "readme = ", "page = "), "or its readme", id="no-readme"
        ),
    ],
)
def test_a_spoilt_checkout_is_refused(
    spoil: Callable[[Path], None], complaint: str, tmp_path: Path
) -> None:
    """What is missing or has changed its shape is named, rather than staged wrongly."""
    copy_project(ROOT, tmp_path)
    spoil(tmp_path)
    with pytest.raises(StageError, match=complaint):
        staged_files(tmp_path)


def test_openenv_would_push_it(space: Path, tmp_path: Path) -> None:
    """`openenv push` finds an environment and would upload it unchanged, but for a hidden file."""
    name, manifest = push._validate_openenv_directory(space)
    assert (name, manifest["port"]) == ("email_triage", 8000)
    push._prepare_staging_directory(
        space, name, tmp_path, push._load_ignore_patterns(space, None), enable_interface=True
    )
    held = _held(space)
    del held[".dockerignore"]
    assert _held(tmp_path) == held


def test_openenv_validates_it(space: Path) -> None:
    """A bare `openenv validate` passes, and what OpenEnv checks without a build passes whole."""
    for arguments, verdict in (((), "WARN"), (("--level", "static"), "PASS")):
        result = subprocess.run(  # noqa: S603 # the installed tool
            [sys.executable, "-m", "openenv.cli", "validate", str(space), *arguments],
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert result.returncode == 0, result.stdout + result.stderr
        # OpenEnv counts its own checks that nobody has written yet as a reason to warn.
        assert f"Verdict: {verdict}" in result.stdout
        assert not {"FAIL", "ERROR"} & set(result.stdout.split())


def test_uvicorn_serves_it(space: Path, tmp_path: Path) -> None:
    """Started in the folder, without a variable of ours, it plays an episode and has its page."""
    port = free_port()
    variables = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "ENABLE_WEB_INTERFACE": "true"}
    with (tmp_path / "server.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 # our own server
            [sys.executable, "-m", "uvicorn", "server.app:app", "--port", str(port)],
            cwd=space, env=variables, stdout=log, stderr=log,
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url, process, START_SECONDS)
        assert requests.get(f"{url}/health", timeout=10).json()["status"] == "healthy"
        assert requests.get(f"{url}/web", timeout=10).status_code == 200
        assert _play(url) == REWARDS
    finally:
        stop(process)


@pytest.mark.parametrize("name", ["email_triage_env", "space"])
def test_it_is_a_package_in_its_parent(space: Path, tmp_path: Path, name: str) -> None:
    """Imported by the name of its folder it gives the client, as OpenEnv's own environments do."""
    shutil.copytree(space, tmp_path / name)
    # Another name has no way to the package inside, so that must be found: here, or installed.
    paths = {"PYTHONPATH": str(tmp_path / name)} if name == "space" else {}
    code = (
        f"import {name} as package; from {name}.client import EmailTriageClient as client\n"
        "print(package.EmailTriageClient.__mro__[1].__name__, package.__file__, client.__module__)"
    )
    result = subprocess.run(  # noqa: S603 # our own code
        [sys.executable, "-c", code], cwd=tmp_path, env={"PATH": os.environ["PATH"], **paths},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert result.stdout.split() == [
        "EnvClient", str(tmp_path / name / "__init__.py"), f"{name}.client"
    ]  # fmt: skip


def test_uv_serves_it(space: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenEnv's UVProvider starts it from any folder, with the pinned versions."""
    if shutil.which("uv") is None:
        pytest.skip("no uv command here: pip install uv, anywhere on PATH")
    copy = tmp_path / "space"
    shutil.copytree(space, copy)
    locked = subprocess.run(  # noqa: S603
        ["uv", "lock", "--project", str(copy)],  # noqa: S607 # wherever the machine has it
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    if locked.returncode and UNREACHABLE.search(locked.stderr):
        pytest.skip("no package index answers here, and uv must install the server")
    assert locked.returncode == 0, locked.stderr
    packages: list[dict[str, Any]] = tomllib.loads((copy / "uv.lock").read_text("utf-8"))["package"]
    versions = {(package["name"], package["version"]) for package in packages}
    own = {("openenv-email-triage-env", VERSION)}
    assert versions - own <= {(pin.name, pin.version) for pin in PINS}
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    provider = UVProvider(project_path=str(copy), host="127.0.0.1", context_timeout_s=400)
    try:
        url = provider.start()
        provider.wait_for_ready()
        assert _play(url) == REWARDS
    finally:
        provider.stop()


@pytest.mark.skipif(not engine_answers(), reason="no Docker engine answers here")
def test_image_of_the_space(space: Path) -> None:
    """The image builds from the folder alone and, confined, plays and shows the Space's page."""
    image = "email-triage-space:test"
    built = docker("build", "--platform", "linux/amd64", "--tag", image, str(space), limit=900)
    assert built.returncode == 0, built.stdout[-2000:] + built.stderr[-2000:]
    with running_container(image, 8000) as container:
        health = requests.get(f"{container.url}/health", timeout=10)
        assert (health.status_code, health.json()["status"]) == (200, "healthy")
        assert _play(container.url) == REWARDS
        assert requests.get(f"{container.url}/web", timeout=10).status_code == 200
        page = requests.get(f"{container.url}/web/metadata", timeout=10).json()["readme_content"]
        assert page == (space / "README.md").read_text(encoding="utf-8")


def test_readme_stages(tmp_path: Path) -> None:
    """The commands of the package's page for staging and checking run as they are pasted."""
    copy = tmp_path / "checkout"
    copy_project(ROOT, copy)
    text = (copy / stage.README).read_text(encoding="utf-8")
    (block,) = re.findall(r"```bash\n(python -m email_triage_env\.stage.*?)```", text, re.DOTALL)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(  # noqa: S603 # our own page
        ["bash", "-e", "-c", block],  # noqa: S607 # wherever the machine has it
        cwd=copy, env=os.environ | {"PATH": path}, capture_output=True, text=True, timeout=240,
        check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    assert "staged in build/space" in result.stdout
    assert _held(copy / "build/space") == staged_files()
