"""Adding or changing a mail: one command updates what it can and names what a person has to do."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from quality import digests, duties, mail, mails
from quality.digests import FILE, UnversionedError, declare, raised
from quality.written import WHOLE_DECK, Text, every_text, texts
from tasks import POLICY

COPIED = ("quality", "deck", "tests", "models.py", "tasks.py", "graders.py", "environment.py",
          "openenv.yaml", "README.md")  # fmt: skip
EASY = "deck/mail/train/easy"
CIRCUMSTANCES = "deck/circumstances/train_easy.toml"
# What of a long list is shown when it should be empty.
LAST = 1_000
# The command without the tables, which tests/test_readme.py measures.
WITHOUT_TABLES = """
import sys
from quality import mail, tables
tables.write = tables.missed = lambda: []
sys.exit(mail.main())
"""
# The command without what takes minutes; tests/test_deck.py has the rules.
IN_SHORT = """
import sys
from quality import duties, mail, tables
duties.broken_rules = lambda: iter([])
tables.write = lambda: []
missed, sys.argv = sys.argv[1:], ["mail"]
tables.missed = lambda: missed
sys.exit(mail.main())
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of what the command reads and writes, to be changed."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name)
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _python(root, "-m", "quality.mail", *arguments)


def _python(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 # our own command
        [sys.executable, *arguments],
        cwd=root, env={**os.environ, "GIT_CEILING_DIRECTORIES": str(root.parent)},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def _replace(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def _add_second_tally(copy: Path) -> None:
    """Add a storyline that copies rack-tally."""
    shutil.copy(copy / EASY / "rack_tally.py", copy / EASY / "second_tally.py")
    _replace(copy / EASY / "second_tally.py", ('"rack-tally"', '"second-tally"'))
    _replace(
        copy / EASY / "__init__.py",
        ("    second_sheet,\n", "    second_sheet,\n    second_tally,\n"),
        ("STORYLINES: Final = (\n", "STORYLINES: Final = (\n    second_tally.STORYLINE,\n"),
    )


def _describe_second_tally(copy: Path) -> None:
    """Add the circumstances of the storyline that copies rack-tally."""
    text = (copy / CIRCUMSTANCES).read_text(encoding="utf-8")
    (table,) = re.findall(r'^\["rack-tally/1"\]\n(?:[^[\n].*\n)+', text, re.MULTILINE)
    added = f"{text}\n{table.replace('rack-tally', 'second-tally')}"
    (copy / CIRCUMSTANCES).write_text(added, encoding="utf-8")


def test_new_and_changed_mail_is_told_apart(copy: Path) -> None:
    """A storyline more and an email put otherwise: each is named with what it lacks."""
    _add_second_tally(copy)
    _describe_second_tally(copy)
    _replace(copy / "tasks.py", ("I want £214.20 credited", "I want £318.60 credited"))
    result = _python(copy, "-c", WITHOUT_TABLES)
    assert result.returncode == 1, result.stderr
    left = result.stdout.split("\n\n")
    (lacking,) = [part for part in left if part.startswith("second-tally/written/1")]
    assert all(f"{name}.json" in lacking for name in WHOLE_DECK)
    (shared,) = [part for part in left if part.startswith("rack-tally\n")]
    assert "The domain cotterstockassurance.example belongs to second-tally" in shared
    (changed,) = [part for part in left if part.startswith("easy-02\n  - The mail has changed")]
    assert "quality/summaries/terse.json" in changed
    assert "quality/stress_summaries.json" in changed
    assert "easy-01" not in result.stdout

    updated = left[0]
    pins = json.loads((copy / FILE).read_text(encoding="utf-8"))
    assert pins["dataset_version"] == digests.pinned_version(copy) == _next_version()
    assert "golden episodes" in updated
    assert "quality/mails.json" in updated
    assert _run(copy, "--read", "easy-02").returncode == 0
    again = _python(copy, "-c", WITHOUT_TABLES).stdout
    assert again.startswith("Updated: nothing.")
    assert "\neasy-02\n  - The mail has changed" not in again
    assert "the fact '214.20 | 214 pound 20'" not in again


def _next_version() -> str:
    version = digests.pinned_version(ROOT)
    assert version is not None
    return raised(version)


def test_mail_without_circumstances_is_told(copy: Path) -> None:
    """What lacks a table is named beside whatever else can be found out before."""
    _add_second_tally(copy)
    result = _run(copy)
    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stderr
    left = result.stdout.split("\n\n")
    (lacking,) = [part for part in left if part.startswith("second-tally/1\n")]
    assert "add a table of that name in deck/circumstances/" in lacking
    assert any(part.startswith("second-tally/written/1\n") for part in left)
    assert mail.MEND_FIRST in result.stdout


def test_a_spoilt_carrier_and_its_circumstances_are_told(copy: Path) -> None:
    """A carrier keeps its rules, and its answer agrees with what is true of it."""
    _replace(copy / "deck/carriers/test/bill.py", ("{due.weekday} {due}", "Friday {due}"))
    _replace(
        copy / "deck/circumstances/month_test_a.toml",
        ('"quarter-rent/1"]\nwork = "bill"', '"quarter-rent/1"]\nwork = "pay"'),
    )
    result = _run(copy)
    assert "Traceback" not in result.stderr
    left = result.stdout.split("\n\n")
    (spoilt,) = [part for part in left if part.startswith("quarter-rent\n")]
    assert "'Friday' may be wrong" in spoilt
    (disagreeing,) = [part for part in left if part.startswith("quarter-rent/1\n")]
    assert "By hand it is normal for billing" in disagreeing
    assert "makes it normal for people" in disagreeing
    pins = json.loads((copy / FILE).read_text(encoding="utf-8"))
    assert pins["carriers"]["test"] != digests.measured()["carriers"]["test"]


def test_a_slot_that_nothing_fills_is_told(copy: Path) -> None:
    """What cannot be dealt stops the rest, and is named."""
    _replace(copy / EASY / "rack_tally.py", ("{lines}", "{rows}"))
    result = _run(copy)
    assert result.returncode == 1
    assert "Nothing fills {rows} in storyline 'rack-tally'" in result.stdout
    assert "Traceback" not in result.stderr


def test_a_mail_is_shown_as_an_agent_sees_it(capsys: pytest.CaptureFixture[str]) -> None:
    """The policy, the mails before it and the mail, and nothing of an answer."""
    name = "barrier-list/train-hard-335/2"
    print(mail.as_seen(name))  # noqa: T201 # to be captured
    shown = capsys.readouterr().out
    assert shown.startswith(POLICY)
    for seen in ("barrier-list/train-hard-335/1", name):
        reviewed = mails.find(seen)
        assert reviewed.email.body in shown
        assert reviewed.truth.reference_summary not in shown
        assert reviewed.why not in shown
    assert mails.find("hard-05a").email.body not in mail.as_seen("hard-05b")
    assert len(mails.up_to("easy-03")) == 3


def test_an_unknown_mail_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that no mail has is refused."""
    for option in ("--show", "--read"):
        monkeypatch.setattr(sys, "argv", ["mail", option, "easy-99"])
        assert mail.main() == 2


@pytest.mark.parametrize(("missed", "status"), [([], 0), (["keyword rules (train)"], 1)])
def test_nothing_left_is_exit_code_0(missed: list[str], status: int, copy: Path) -> None:
    """Of the mail as it is nothing is left to do, unless a bar is missed."""
    result = _python(copy, "-c", IN_SHORT, *missed)
    assert result.returncode == status, result.stdout[-LAST:]
    assert result.stdout.startswith("Updated: nothing.")
    assert ("Nothing is left" in result.stdout) == (status == 0)
    assert all(row in result.stdout for row in missed)


@pytest.mark.parametrize(
    ("committed", "now", "declared", "version"),
    [
        pytest.param({"deals": "a"}, {"deals": "a"}, "inboxes-2", "inboxes-2", id="unchanged"),
        pytest.param({"deals": "a"}, {"deals": "b"}, "inboxes-2", "inboxes-3", id="raised"),
        pytest.param({"deals": "a"}, {"deals": "b"}, "inboxes-3", "inboxes-3", id="only-once"),
        pytest.param({"deals": "a"}, {"deals": "b"}, "other-1", "other-1", id="by-hand"),
        pytest.param({"deals": "a"}, {"deals": "a"}, "inboxes-3", "inboxes-2", id="undone"),
    ],
)
def test_the_version_is_raised_once(
    committed: dict[str, Any], now: dict[str, Any], declared: str, version: str
) -> None:
    """Between two commits the dataset gets one new version, if its mail has changed."""
    assert mail._version({"dataset_version": "inboxes-2", **committed}, now, declared) == version


def test_a_version_is_declared_in_the_manifest(copy: Path) -> None:
    """The manifest gets the version and keeps all else; one without a line for it is refused."""
    before = (copy / "openenv.yaml").read_text(encoding="utf-8")
    declare(copy, "inboxes-41")
    after = (copy / "openenv.yaml").read_text(encoding="utf-8")
    changed = [pair for pair in zip(before.splitlines(), after.splitlines(), strict=True)
               if pair[0] != pair[1]]  # fmt: skip
    assert [new.strip() for _, new in changed] == ["dataset_version: inboxes-41"]
    _replace(copy / "openenv.yaml", ("dataset_version", "data_set"))
    with pytest.raises(UnversionedError, match="dataset_version: inboxes-42"):
        declare(copy, "inboxes-42")


def test_honest_writers_and_facts_are_held_against_each_other() -> None:
    """A fact that nobody states, and a mail whose summaries earn little, are named."""
    fine = [text for text in every_text() if text.mail == "easy-01"]
    assert list(duties.unstated(fine)) == []
    poor = [Text("summaries/terse.json", "easy-01", "Chamber 4 is warming and nobody knows.")]
    said = [said for _, said in duties.unstated(poor)]
    assert any("the fact '38 | ice cream'" in complaint for complaint in said)
    assert any("earn 0." in complaint for complaint in said)
    wrong = [Text("wrong_summaries.json", "easy-01", "The kettle is blue.")]
    assert list(duties.unstated(wrong)) == []


def test_texts_about_lost_mail_are_named() -> None:
    """What was written about a mail that is gone has to go as well."""
    lost = Text("summaries/deck/plain.json", "pass-key/test-easy-40/9", "Gone.")
    about = [lost, *texts("stress_summaries.json")]
    said = dict(duties.outdated(about, mails.load().read))[lost.mail]
    assert "There is no such mail any more" in said
    assert "quality/summaries/deck/plain.json" in said
