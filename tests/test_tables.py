"""Tables are written where their marks stand, and nowhere else."""

from pathlib import Path

import pytest

from conftest import ROOT
from deck import deals
from deck.carriers import CARRIERS
from deck.hands import SPLITS
from quality import deck_size, tables
from quality.deck_size import Size
from quality.reward_rows import RewardRow

PAGE = "One.\n<!-- deck -->\nold\n<!-- /deck -->\nTwo.\n<!-- speed -->\n5\n<!-- /speed -->\n"


@pytest.fixture(autouse=True)
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace what is measured."""
    monkeypatch.setattr(tables, "BLOCKS", {"deck": lambda: "new", "quality": lambda: 1 / 0})


def test_only_what_stands_between_marks_is_written() -> None:
    """A table replaces what stood there; other text, and marks of others, stay as they are."""
    assert tables.named_in(PAGE) == ["deck"]
    assert tables.filled(PAGE) == PAGE.replace("old", "new")
    assert tables.filled(tables.filled(PAGE)) == tables.filled(PAGE)
    empty = PAGE.replace("old\n", "")
    assert tables.filled(empty) == tables.filled(PAGE)


def test_a_number_may_stand_in_a_line() -> None:
    """Marks without a line break are filled without one."""
    line = "It holds <!-- deck -->12<!-- /deck --> storylines."
    assert tables.filled(line) == line.replace("12", "new")


def test_marks_without_an_end_are_left_alone() -> None:
    """Nothing is thrown away where the second mark is missing."""
    broken = PAGE.replace("<!-- /deck -->", "")
    assert tables.filled(broken) == broken


def test_pages_are_written_where_they_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command writes the pages that change, and names them."""
    monkeypatch.setattr(tables, "PAGES", ("a.md", "b.md"))
    (tmp_path / "a.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.md").write_text("No marks.\n", encoding="utf-8")
    assert tables.write(tmp_path) == ["a.md"]
    assert tables.write(tmp_path) == []
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == tables.filled(PAGE)


def test_the_page_of_proofs_has_every_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """quality/README.md shows whatever can be measured."""
    monkeypatch.undo()
    page = (ROOT / "quality" / "README.md").read_text(encoding="utf-8")
    assert sorted(tables.named_in(page)) == sorted(tables.BLOCKS)


def test_how_rows_are_written() -> None:
    """A row of figures becomes a line of a table."""
    row = RewardRow("random answers", (0.2, 0.155, 0.1), (0.25, 0.17, 0.14))
    line = "| random answers | 0.20 | 0.15 | 0.10 | 0.25 / 0.17 / 0.14 |"
    assert tables.of_reward_rows([row]).splitlines()[2] == line
    size = Size("train", "easy", 32, 33, 10_000, 9_863)
    line = "| `train` | easy | 32 | 33 | 10,000 | 9,863 |"
    assert tables.of_deck_size([size]).splitlines()[2] == line
    size = Size("test", "varied", 0, 0, 300, None)
    line = "| `test` | varied | 0 | 0 | 300 | not counted |"
    assert tables.of_deck_size([size]).splitlines()[2] == line


def test_the_deck_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Storylines and emails are counted without carriers, which have a number of their own."""
    monkeypatch.undo()
    sizes = [
        Size("train", "easy", 3, 4, 9, 5), Size("test", "hard", 2, 7, 9, 5),
        Size("train", "varied", 0, 0, 9, None),
        Size("train", "month", 11, 11, 9, None), Size("test", "month", 5, 5, 9, None),
    ]  # fmt: skip
    monkeypatch.setattr(tables, "_sizes", lambda: sizes)
    counted = [tables.BLOCKS[name]() for name in ("storylines", "emails", "carriers")]
    assert counted == ["5", "11", "16"]


def test_every_carrier_and_level_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row for each split and level of deals; months have the carriers."""
    monkeypatch.setattr(deck_size, "_casts", lambda *_: 1)
    rows = {(size.split, size.level): size for size in deck_size.measure()}
    assert set(rows) == {(split, level) for split in SPLITS for level in deals(split)} - {
        (split, "mixed") for split in SPLITS
    }
    for split in SPLITS:
        carriers = [one for (part, _), group in CARRIERS.items() if part == split for one in group]
        assert rows[split, "month"].stories == rows[split, "month"].emails == len(carriers) > 0
        assert rows[split, "varied"].deals == deals(split)["varied"]
