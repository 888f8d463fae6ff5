"""The submission script: what it checks, in which order, and what it says when a check fails."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from processes import ROOT, free_port, running_server

SCRIPT = ROOT / "validate-submission.sh"
TOOLS = ("curl", "timeout", "mktemp", "rm", "tail", "sed", "bash", "cat", "sleep")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a running server."""
    with running_server(tmp_path_factory.mktemp("server")) as server:
        yield server.url


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """Return a folder with the ordinary tools, and stand-ins for docker and openenv."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        found = next(
            Path(place) / name
            for place in os.environ["PATH"].split(":")
            if (Path(place) / name).exists()
        )
        (folder / name).symlink_to(found)
    _stand_in(folder, "python3", f'exec {sys.executable} "$@"')
    _stand_in(folder, "docker", "exit 0")
    _stand_in(folder, "openenv", "exit 0")
    return folder


def _stand_in(folder: Path, name: str, script: str) -> None:
    tool = folder / name
    tool.write_text(f"#!/usr/bin/env bash\n{script}\n", encoding="utf-8")
    tool.chmod(0o755)


def _run(tools: Path, *arguments: str, **limits: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 # our own script
        [str(SCRIPT), *arguments],
        env={**os.environ, "PATH": str(tools), **limits},
        capture_output=True, text=True, timeout=60, check=False, cwd=ROOT,
    )  # fmt: skip


def _verdicts(result: subprocess.CompletedProcess[str]) -> list[str]:
    lines = [line for line in result.stdout.splitlines() if line[:6] in ("PASSED", "FAILED")]
    return [f"{line.split()[0]} {line.split()[1]}" for line in lines]


def test_three_of_three(tools: Path, url: str) -> None:
    """With everything in order each check passes, and the exit status is 0."""
    result = _run(tools, f"{url}/", str(ROOT))
    assert _verdicts(result) == ["PASSED 1/3", "PASSED 2/3", "PASSED 3/3"]
    assert result.returncode == 0


def test_the_real_build_and_validation_are_asked_for(tools: Path, url: str, tmp_path: Path) -> None:
    """The image is built for linux/amd64 from the folder, and validated in it."""
    _stand_in(tools, "docker", f'echo "docker $*" >> {tmp_path}/log')
    _stand_in(tools, "openenv", f'echo "openenv $* in $PWD" >> {tmp_path}/log')
    assert _run(tools, url).returncode == 0
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert f"docker build --platform linux/amd64 {ROOT}" in log
    assert f"openenv validate in {ROOT}" in log


def test_no_server(tools: Path) -> None:
    """Where nothing answers, the first check fails with a hint and nothing else runs."""
    result = _run(tools, f"http://127.0.0.1:{free_port()}")
    assert _verdicts(result) == ["FAILED 1/3"]
    assert "HTTP 000;" in result.stdout
    assert "Hint:" in result.stdout
    assert result.returncode == 1


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        pytest.param("echo -n 404", "HTTP 404", id="not-found"),
        pytest.param("echo -n 500", "HTTP 500", id="server-error"),
        pytest.param('echo "<html>" > "$file"; echo -n 200', "no JSON object", id="html"),
        pytest.param('echo "[]" > "$file"; echo -n 200', "no JSON object", id="list"),
        pytest.param('echo "{}" > "$file"; echo -n 200', "no JSON object", id="no-observation"),
        pytest.param(
            'echo "{\\"observation\\": {}}" > "$file"; echo -n 200', "no JSON object", id="empty"
        ),
    ],
)
def test_wrong_answers(tools: Path, answer: str, hint: str) -> None:
    """An answer that is no reset fails the first check."""
    (tools / "curl").unlink()
    find = 'while [ $# -gt 0 ]; do [ "$1" = --output ] && file=$2; shift; done'
    _stand_in(tools, "curl", f"{find}\n{answer}")
    result = _run(tools, "http://127.0.0.1:1")
    assert _verdicts(result) == ["FAILED 1/3"]
    assert hint in result.stdout


def test_failing_build(tools: Path, url: str) -> None:
    """A build that fails shows its last lines."""
    _stand_in(tools, "docker", '[ "$1" = info ] || { echo "no such package"; exit 1; }')
    result = _run(tools, url)
    assert _verdicts(result) == ["PASSED 1/3", "FAILED 2/3"]
    assert "no such package" in result.stdout
    assert result.returncode == 1


def test_no_engine(tools: Path, url: str) -> None:
    """A docker client without an engine is told from a build that fails."""
    _stand_in(tools, "docker", "exit 1")
    assert "no Docker engine answers" in _run(tools, url).stdout


def test_build_has_a_time_limit(tools: Path, url: str) -> None:
    """A build that hangs is given up."""
    _stand_in(tools, "docker", '[ "$1" = info ] || sleep 30')
    result = _run(tools, url, BUILD_TIMEOUT="1")
    assert _verdicts(result) == ["PASSED 1/3", "FAILED 2/3"]


def test_failing_validation(tools: Path, url: str) -> None:
    """A validation that fails is the third check."""
    _stand_in(tools, "openenv", "echo Verdict: FAIL; exit 1")
    result = _run(tools, url)
    assert _verdicts(result) == ["PASSED 1/3", "PASSED 2/3", "FAILED 3/3"]
    assert "Verdict: FAIL" in result.stdout


@pytest.mark.parametrize(
    ("tool", "check"), [("curl", "1/3"), ("docker", "2/3"), ("openenv", "3/3")]
)
def test_missing_tool(tools: Path, url: str, tool: str, check: str) -> None:
    """A tool that is missing is named, with how to get it."""
    (tools / tool).unlink()
    result = _run(tools, url)
    assert _verdicts(result)[-1] == f"FAILED {check}"
    assert f"{tool} is missing; " in result.stdout


def test_no_dockerfile(tools: Path, url: str, tmp_path: Path) -> None:
    """A folder without a Dockerfile fails the second check."""
    assert "there is no Dockerfile" in _run(tools, url, str(tmp_path)).stdout


@pytest.mark.parametrize("arguments", [(), ("",), ("--help",), ("a", "b", "c"), ("a", "/nowhere")])
def test_usage(tools: Path, arguments: tuple[str, ...]) -> None:
    """Arguments that make no sense are answered with the usage and status 2."""
    result = _run(tools, *arguments)
    assert result.returncode == 2
    assert "Usage" in result.stderr or "is no folder" in result.stderr
