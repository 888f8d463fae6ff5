"""What README claims: its blocks run as pasted, and its tables are what the commands print."""

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from processes import ROOT, running_server

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON_BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
BASH_BLOCKS = re.findall(r"```bash\n(.*?)```", TEXT, re.DOTALL)


def test_front_matter() -> None:
    """A Space reads the front matter: a container on port 7860, tagged openenv."""
    matter = yaml.safe_load(TEXT.split("---")[1])
    assert (matter["sdk"], matter["app_port"]) == ("docker", 7860)
    assert "openenv" in matter["tags"]
    assert len(matter["short_description"]) <= 60


def test_two_commands_first() -> None:
    """The first two blocks are single lines: one plays, one tests."""
    assert [len(block.splitlines()) for block in BASH_BLOCKS[:2]] == [1, 1]
    assert BASH_BLOCKS[0].strip().endswith("python inference.py")
    assert BASH_BLOCKS[1].strip().endswith("python -m pytest")


def test_python_blocks_run(tmp_path: Path) -> None:
    """Each Python block runs as it is pasted, the session against a real server."""
    assert len(PYTHON_BLOCKS) == 2
    with running_server(tmp_path) as server:
        for block in PYTHON_BLOCKS:
            pasted = block.replace("http://127.0.0.1:7860", server.url)
            result = subprocess.run(  # noqa: S603 # our own README
                [sys.executable, "-c", pasted],
                cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
            )  # fmt: skip
            assert result.returncode == 0, result.stderr
            assert re.search(r"Score: 0\.\d+|0\.\d+ label:", result.stdout)


def test_session_is_short() -> None:
    """The session fits in ten lines beside its import."""
    lines = [line for line in PYTHON_BLOCKS[0].splitlines() if line.strip()]
    assert len(lines) <= 11


def test_curl_lines_run(tmp_path: Path) -> None:
    """The curl lines play the default episode."""
    block = next(block for block in BASH_BLOCKS if block.startswith("curl"))
    with running_server(tmp_path) as server:
        result = subprocess.run(  # noqa: S602 # our own README
            f"set -e\n{block.replace('http://127.0.0.1:7860', server.url)}",
            shell=True, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
    assert '"current_step":1' in result.stdout
    assert '"error"' not in result.stdout


def test_quality_table_is_what_the_report_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table in README is the output of the command that is named beside it."""
    from quality import report  # only this test needs it

    monkeypatch.setattr(sys, "argv", ["report", "--markdown"])
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        assert report.main() == 0
    shown = TEXT.split("<!-- quality -->\n")[1].split("<!-- /quality -->")[0]
    assert shown == printed.getvalue()


def test_files_named_exist() -> None:
    """Every file and folder of the project that README names is there."""
    named = set(re.findall(r"`((?:quality|tests|benchmarks|\.ci)/[\w./-]*)`", TEXT))
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
