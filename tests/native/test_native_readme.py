"""What README claims about the native server: its blocks run, its report is the command's."""

import re
import subprocess
import sys

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

from processes import ROOT, Server

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [
    block
    for block in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    if "email_triage_env" in block
]


def test_client_block_plays_an_episode(native: Server) -> None:
    """The example of the client runs as it is pasted, and is short."""
    assert len(BLOCKS) == 1
    assert len([line for line in BLOCKS[0].splitlines() if line.strip()]) <= 15
    result = subprocess.run(  # noqa: S603 # our own README
        [sys.executable, "-c", BLOCKS[0].replace("http://127.0.0.1:8000", native.url)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert re.search(r"Score: 0\.\d+", result.stdout)


def test_report_is_whole() -> None:
    """The page of the quality bar shows each check with a verdict, none of them a failure."""
    from tools.check import CHECKS

    page = (ROOT / "tools" / "checks" / "README.md").read_text(encoding="utf-8")
    shown = page.split("<!-- quality-bar -->")[1].split("<!-- /quality-bar -->")[0]
    verdicts = dict(re.findall(r"^\| `([\w.]+)` \| (PASS|SKIP|FAIL) \|", shown, re.MULTILINE))
    assert list(verdicts) == list(CHECKS)
    assert "FAIL" not in verdicts.values()
