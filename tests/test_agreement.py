"""Circumstances and hand-written answers prove each other, and what disagrees is named."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

import deck.circumstances
from conftest import ROOT
from deck.carriers import CARRIERS
from deck.carriers.carrier import Carrier
from deck.circumstances import Circumstances, CircumstancesError, circumstances_of
from models import Case
from quality import agreement, duties, sharing
from quality.agreement import disagreements


def test_every_answer_follows_from_circumstances() -> None:
    """At the base desk each mail's answer, with memory and without, and a rule of its reason."""
    assert list(disagreements()) == []


def test_broken_rules_tell_of_disagreements(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are among what `make mail` lists."""
    monkeypatch.setattr(agreement, "disagreements", lambda: iter([("hard-02", "Agree!")]))
    monkeypatch.setattr(duties, "storyline_complaints", lambda *_: iter([]))
    monkeypatch.setattr(duties, "carrier_complaints", lambda *_: iter([("board", "Sand it.")]))
    said = list(duties.broken_rules())
    assert ("hard-02", "Agree!") in said
    assert ("board", "Sand it.") in said


def _written(monkeypatch: pytest.MonkeyPatch, written: Mapping[str, Circumstances]) -> None:
    monkeypatch.setattr(agreement, "circumstances_of", lambda: MappingProxyType(dict(written)))


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        pytest.param("hard-02", {"work": "pay"}, "makes it urgent for people", id="team"),
        pytest.param("hard-02", {"left_to_do": False, "at_stake": "nothing", "due": None},
                     "makes it archive for", id="label"),
        pytest.param("quarter-rent/1", {"quotes": ()}, "makes it spam for billing", id="carrier"),
        pytest.param("bent-upright/1", {"due": "{d9.iso}T{hour}"}, "makes it normal for safety",
                     id="not-near"),
        pytest.param("bent-upright/1", {"due": "{due.ios}T{hour}"}, "cannot be filled", id="part"),
        pytest.param("bent-upright/1", {"due": "{due}T{hour}"}, "cannot be filled", id="instant"),
        pytest.param("bent-upright/1", {"due": "{dew.iso}T{hour}"}, "Nothing fills {dew}",
                     id="slot"),
        pytest.param("barrier-list/2", {"known": None}, "By hand it is", id="memory"),
        pytest.param("crushed-cartons/2", {"repeats": "9"}, "mail '9', which there", id="id"),
    ],
)  # fmt: skip
def test_wrong_circumstances_are_found(
    name: str, changes: dict[str, Any], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One mail of which something else is true gives a complaint about that mail."""
    written = dict(circumstances_of())
    written[name] = written[name].model_copy(update=changes)
    _written(monkeypatch, written)
    said = dict(disagreements())
    assert words in said[name], said
    # What it changed of later mail is told, too, and nothing else.
    assert {other.partition("/")[0][:4] for other in said} == {name[:4]}


def test_a_missing_and_a_stray_table_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each mail has circumstances, and each table a mail."""
    written = dict(circumstances_of())
    written["quarter-rant/1"] = written.pop("quarter-rent/1")
    _written(monkeypatch, written)
    said = dict(disagreements())
    assert set(said) == {"quarter-rent/1", "quarter-rant/1"}
    assert "add a table" in said["quarter-rent/1"]
    assert "take its table out" in said["quarter-rant/1"]


def _answered(
    carrier: Carrier,
    monkeypatch: pytest.MonkeyPatch,
    why: str = "",
    **truth: Any,  # noqa: ANN401 # any field
) -> str:
    (case,) = carrier.cases
    assert isinstance(case, Case)
    changed = Case(email=case.email, truth=case.truth.model_copy(update=truth), why=why or case.why)
    others = {
        place: tuple(one for one in group if one is not carrier)
        for place, group in CARRIERS.items()
    }
    others["test", carrier.role] += (carrier.model_copy(update={"cases": (changed,)}),)
    monkeypatch.setattr(sharing, "CARRIERS", others)
    ((name, said),) = disagreements()
    assert name == f"{carrier.name}/1"
    return said


def test_a_wrong_answer_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Label, team, what it is without memory and the rules that it cites are all compared."""
    (bill, *_), (notice, *_) = CARRIERS["test", "bill"], CARRIERS["test", "notice"]
    assert "By hand it is urgent for billing" in _answered(bill, monkeypatch, label="urgent")
    assert "By hand it is normal for people" in _answered(bill, monkeypatch, route_to="people")
    alone = _answered(bill, monkeypatch, memoryless=("spam", "billing"))
    assert "Read alone it is spam for billing" in alone
    assert "`why` cites the rules [6]" in _answered(bill, monkeypatch, why="Rule 6, not 2 or 14.")
    assert "By hand it is normal for" in _answered(notice, monkeypatch, label="normal")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param('work = "bill"', 'work = "bills"', "there is no work 'bills'", id="work"),
        pytest.param('work = "bill"', "work = bill", "is no TOML", id="toml"),
        pytest.param("quotes = ", "quoted = ", "quoted", id="field"),
        pytest.param('["quarter-rent/1"]', '["floor-plan/1"]', "has two tables", id="twice"),
        pytest.param("{amount}", "{amount}\"\ndue = \"soon", "isoformat", id="instant"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told(
    old: str,
    new: str,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The complaint names the file and what is wrong in it."""
    for path in (ROOT / "deck" / "circumstances").glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        if path.name == "month_test_a.toml":
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(deck.circumstances, "FOLDER", tmp_path)
    circumstances_of.cache_clear()
    try:
        ((where, said),) = disagreements()
    finally:
        circumstances_of.cache_clear()
    assert where == "deck/circumstances/"
    assert words in said
    assert ".toml" in said


def test_mail_without_circumstances_is_an_error() -> None:
    """Whoever asks for them is told what to add."""
    with pytest.raises(CircumstancesError, match="'quarter-rant/1'; add a table"):
        circumstances_of()["quarter-rant/1"]
