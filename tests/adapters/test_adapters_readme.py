"""The README of the adapters: its commands run as they are pasted, and its tables are theirs."""

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pytest

pytest.importorskip("openenv", reason="the adapters have environments of their own; see README")

from scripted_endpoint import KEY, answering, completion, right
from server_python import needs_a_server

from adapters.sides import EMAIL, PYTHON
from processes import ROOT, Server

TEXT: Final = (ROOT / "adapters/README.md").read_text(encoding="utf-8")
COMMANDS: Final = [
    str(block).replace("\\\n", " ") for block in re.findall(r"```bash\n(.*?)```", TEXT, re.DOTALL)
]
SECONDS: Final = 300


def _only(part: str) -> str:
    found: list[str] = [command for command in COMMANDS if part in command]
    assert len(found) == 1, part
    return found[0]


def _table(name: str) -> str:
    return TEXT.split(f"<!-- {name} -->\n```text\n")[1].split("```")[0]


def _run(command: str, server: Server, folder: Path, endpoint: str) -> str:
    """Run a command of the README with this environment, server and endpoint instead of its own."""
    replaced = re.sub(r"\.venv-\w+/bin", str(Path(sys.executable).parent), command)
    for shown, real in {
        "http://127.0.0.1:8080/v1": endpoint,
        "outputs/my-run": f"{folder}/my-run",
        "--run.name": f"--output-dir {folder} --env.taskset.url {server.url} --run.name",
        "--log-dir outputs/inspect": f"--log-dir {folder} --display plain -T url={server.url}",
    }.items():
        replaced = replaced.replace(shown, real)
    kept = {name: value for name, value in os.environ.items() if "API" not in name}
    result = subprocess.run(  # noqa: S602 # our own README
        replaced, shell=True, cwd=ROOT, env={**kept, "MY_KEY": KEY, "COLUMNS": "80"},
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def _stammering(_number: int, body: dict[str, Any]) -> tuple[int, str]:
    """Answer rightly, after as many vain attempts at an inbox as its number says, up to five."""
    shown = str(body["messages"][-1]["content"])
    vain = int(re.findall(r"task test-hard-(\d+)\n", shown)[-1]) % 6
    if shown.count(": {} -> reward") < vain:
        return 200, completion("Let me think about this mail.")
    return right(_number, body)


@needs_a_server
@pytest.mark.skipif(not find_spec("verifiers"), reason="verifiers is not installed here")
def test_verifiers_commands(native: Server, tmp_path: Path) -> None:
    """vf-eval plays twenty inboxes, and the report on them is the one shown."""
    with answering(_stammering) as endpoint:
        shown = _run(_only("vf-eval verifiers-tasksets"), native, tmp_path, endpoint.url)
    assert "20/20" in shown
    report = _run(_only("verifiers_report"), native, tmp_path, "")
    assert report == _table("verifiers")
    assert all(re.search(rf"^{name} ", report, re.MULTILINE) for name in EMAIL.metrics())
    assert "nothing to resume" in _run(_only("--resume"), native, tmp_path, "")


@needs_a_server
@pytest.mark.skipif(not find_spec("inspect_ai"), reason="Inspect is not installed here")
def test_inspect_command(native: Server, tmp_path: Path) -> None:
    """Inspect plays twenty inboxes, and its table is the one shown."""
    with answering(_stammering) as endpoint:
        shown = _run(_only("@email_triage"), native, tmp_path, endpoint.url)
    assert _numbers(shown.rpartition("total time")[2]) == _numbers(_table("inspect"))


def _numbers(table: str) -> list[str]:
    """Return the names and numbers of a table from the score on, however they are laid out."""
    return table[table.index("episode_score") :].partition("Log:")[0].split()


def test_every_command_is_there() -> None:
    """Installing, serving, playing: nothing that the page needs is missing, and it is a page."""
    for part in (
        "-r email_triage_env/server/requirements.txt", "-m email_triage_env.server.app",
        "-r adapters/requirements-verifiers.txt", "-r adapters/requirements-inspect.txt",
        "vf-eval verifiers-tasksets", "adapters.verifiers_report", "--resume", "@email_triage",
    ):  # fmt: skip
        assert _only(part)
    assert all(
        f"`{name}`" in TEXT for name in ("episode_score", *EMAIL.metrics(), *PYTHON.metrics())
    )
    assert len(TEXT.splitlines()) <= 140
