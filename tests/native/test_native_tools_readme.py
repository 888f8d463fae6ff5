"""What tools/README.md says: its commands run, its table is theirs, all fields are explained."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

from email_triage_env.subject import SUBJECT
from endpoints import completion, running_endpoint
from processes import ROOT, Server
from tools.check import CHECKS
from tools.episodes.players import FAILURES
from tools.episodes.records import EpisodeRecord, Settings, StepRecord

TEXT: Final = (ROOT / "tools" / "README.md").read_text(encoding="utf-8")
COMMANDS: Final = re.findall(r"^tools/\.venv/bin/python -m (tools\..+)$", TEXT, re.MULTILINE)
ENDPOINT: Final = "https://HOST/v1"
pytestmark = pytest.mark.usefixtures("credentials")


def _run(command: str, native: Server, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run a command on the tests' own server, with its output in a folder of its own."""
    words = shlex.split(command.replace("outputs/", f"{folder}/"))
    return subprocess.run(  # noqa: S603 # our own README
        [sys.executable, "-m", *words, "--url", native.url],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def _command(start: str) -> str:
    (command,) = (command for command in COMMANDS if command.startswith(start))
    return str(command)


def test_all_commands_are_shown() -> None:
    """One of each, and a second evaluation, which needs an endpoint."""
    shown = [command.split()[0] for command in COMMANDS]
    assert shown == [
        "tools.check", "tools.validate", "tools.collect", "tools.evaluate", "tools.evaluate",
    ]  # fmt: skip
    # test_native_validate.py runs it, and takes its time.
    assert _command("tools.validate") == "tools.validate email"
    assert f"all {len(CHECKS)} checks" in TEXT


@pytest.mark.parametrize("start", ["tools.check", "tools.collect"])
def test_commands_run_as_they_are_pasted(start: str, native: Server, tmp_path: Path) -> None:
    """On a running server each ends well."""
    result = _run(_command(start), native, tmp_path)
    assert result.returncode == 0, result.stderr


def test_the_table_is_the_commands(native: Server, tmp_path: Path) -> None:
    """The evaluation that is shown prints what is shown."""
    result = _run(_command("tools.evaluate email --policy keyword"), native, tmp_path)
    assert result.returncode == 0, result.stderr
    shown = TEXT.split("<!-- table -->\n```\n")[1].split("```\n<!-- /table -->")[0]
    assert result.stdout == shown, "paste the command's new table between the marks"


def test_a_model_is_evaluated_as_it_is_pasted(native: Server, tmp_path: Path) -> None:
    """Only the address and the number of inboxes are the test's own."""
    prose = completion("I cannot decide that.")
    with running_endpoint(lambda *_: (200, prose)) as endpoint:
        command = _command("tools.evaluate email --policy chat:MODEL")
        assert ENDPOINT in command
        command = command.replace(ENDPOINT, endpoint.options[-1])
        result = _run(f"{command} --episodes 1", native, tmp_path)
        assert result.returncode == 0, result.stderr
        assert len(endpoint.bodies) == 4 * 10
        asked = endpoint.bodies[0]
    assert (asked["model"], asked["max_tokens"], asked["temperature"]) == ("MODEL", 2000, 0.2)
    assert "Warning: 40 of 40 steps were no decision (40 unreadable)" in result.stdout


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(Settings.model_fields, id="manifest"),
        pytest.param(EpisodeRecord.model_fields, id="episode"),
        pytest.param(StepRecord.model_fields, id="step"),
        pytest.param(FAILURES, id="failures"),
        pytest.param([name.partition(":")[0] for name in SUBJECT.policies], id="policies"),
    ],
)
def test_every_field_is_explained(names: list[str]) -> None:
    """Each name stands in code somewhere on the page."""
    told = set(re.findall(r"`([\w -]+)(?::[^`]*)?`", TEXT))
    assert set(names) <= told
