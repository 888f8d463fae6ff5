"""The package: what is installed, what is declared, and that all of it agrees."""

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from python_env.models import VERSION
from python_env.server.code_review_environment import NAME
from python_env.server.sandbox import native
from python_env.server.splits import split_sizes
from python_env.tests.playing import FOLDER

PROJECT: Final = tomllib.loads((FOLDER / "pyproject.toml").read_text("utf-8"))
MANIFEST: Final = yaml.safe_load((FOLDER / "openenv.yaml").read_text("utf-8"))
LOCKS: Final = ("requirements.txt", "server/requirements.txt")
CLIENT: Final = {
    "__init__.py", "__main__.py", "actions.py", "client.py", "kinds.py", "models.py",
    "openenv.yaml", "prompt.py", "py.typed",
}  # fmt: skip
_PIN: Final = re.compile(r"^([\w.-]+)(?:\[[\w,.-]+\])?==([^\s;]+)", re.MULTILINE)


def pins(name: str) -> set[tuple[str, str]]:
    """Return the names and versions of a lock; some have several, for several systems."""
    return set(_PIN.findall((FOLDER / name).read_text("utf-8")))


def run(*arguments: str, folder: Path = FOLDER) -> subprocess.CompletedProcess[str]:
    """Run a module of Python's."""
    return subprocess.run(  # noqa: S603 # our own command
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, timeout=240,
        check=False,
    )  # fmt: skip


@pytest.mark.parametrize("name", LOCKS)
def test_requirements_are_exact_and_hashed(name: str) -> None:
    """Each line is a version with hashes, so that pip refuses anything else."""
    text = (FOLDER / name).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(lines) > 50
    for line in lines:
        assert re.match(r"[\w.-]+(\[[\w,.-]+\])?==", line), line
        assert "--hash=sha256:" in line, line


def test_the_image_installs_what_the_tests_were_run_with() -> None:
    """What the image has is in the lock of everything, in the same versions."""
    everything, image = (pins(name) for name in LOCKS)
    assert image <= everything
    assert {"pytest", "hypothesis", "openai"} <= {name for name, _ in everything}
    assert {("wasmtime", "50.0.1"), (native.DISTRIBUTION, native.VERSION)} <= image
    assert any(version.startswith("0.10.") for name, version in image if name == "openenv")


def test_the_bill_of_materials_is_the_image_s() -> None:
    """It names what is installed on Linux, and nothing else."""
    bill: dict[str, Any] = json.loads((FOLDER / "server/sbom.json").read_text("utf-8"))
    named = {(part["name"], part["version"]) for part in bill["components"]}
    assert named <= pins("server/requirements.txt")
    assert len(named) > 80


def test_versions_and_names_agree() -> None:
    """The client, the project, the manifest and the image say the same."""
    dockerfile = (FOLDER / "server/Dockerfile").read_text("utf-8")
    assert PROJECT["project"]["version"] == MANIFEST["version"] == VERSION
    assert f'image.version="{VERSION}"' in dockerfile
    assert MANIFEST["name"] == NAME
    assert MANIFEST["app"] == "server.app:app"


def test_declared_counts_are_true() -> None:
    """The manifest counts the tasks that there are."""
    declared = MANIFEST["validation"]["capabilities"]["declared_task_count"]
    assert declared == split_sizes()


def test_what_is_declared_is_there() -> None:
    """The oracle and the canaries lie where the manifest says."""
    capabilities = MANIFEST["validation"]["capabilities"]
    assert (FOLDER / capabilities["oracle"]["location"]).is_file()
    assert (FOLDER / capabilities["canaries"]).is_file()


def test_the_plan_is_one_whole_episode() -> None:
    """OpenEnv's runtime check plays it: it holds an action that is none and ends the review."""
    plan = json.loads((FOLDER / "runtime.json").read_text("utf-8"))
    operations = [action["operation"] for action in plan["actions"]]
    assert operations[-1] == "finalize"
    assert {"add_finding", "request_hint", "submit_patch", "whatever"} <= set(operations)
    assert plan.keys() == {"plan_schema_version", "reset", "actions"}


def test_nothing_is_a_link() -> None:
    """OpenEnv refuses a folder that holds a symbolic link."""
    links = [path for path in FOLDER.rglob("*") if path.is_symlink() and ".venv" not in path.parts]
    assert links == []


@pytest.mark.parametrize(("arguments", "verdict"), [((), "WARN"), (("--level", "static"), "PASS")])
def test_openenv_validates_it(arguments: tuple[str, ...], verdict: str) -> None:
    """A bare `openenv validate` passes; it warns of checks that nobody has written yet."""
    told = run("-m", "openenv.cli", "validate", *arguments)
    assert told.returncode == 0, told.stdout + told.stderr
    assert f"Verdict: {verdict}" in told.stdout
    assert not {"FAIL", "ERROR"} & set(told.stdout.split())


def test_the_wheel_is_the_client(tmp_path: Path) -> None:
    """It holds the client's files and no server, and can be imported without one."""
    built = run("-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path))
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info" not in name}
        archive.extractall(tmp_path / "installed")
    assert names == {f"python_env/{name}" for name in CLIENT}
    code = (
        "import python_env, python_env.prompt, python_env.kinds; print(python_env.PythonEnv, "
        "python_env.__file__); from python_env.__main__ import main; main()"
    )
    told = run("-c", code, folder=tmp_path / "installed")
    assert str(tmp_path) in told.stdout
    assert (told.returncode, "is the client, without a server" in told.stderr) == (2, True)


def test_the_image_holds_what_the_server_imports() -> None:
    """What the Dockerfile copies is let in, and no file of tests or quality is."""
    dockerfile = (FOLDER / "server/Dockerfile").read_text("utf-8")
    allowed = (FOLDER / ".dockerignore").read_text("utf-8").splitlines()
    copied = {
        source.split("/")[0]
        for line in re.findall(r"^COPY (.+) \S+$", dockerfile, re.MULTILINE)
        for source in line.split()
    }
    assert copied <= {line.removeprefix("!") for line in allowed if line.startswith("!")}
    assert copied & {"tests", "quality", "inference.py"} == set()
