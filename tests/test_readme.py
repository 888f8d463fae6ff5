"""What README claims: its blocks run as pasted, and its tables are what the commands print."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
import yaml

from deck import deals
from deck.hands import SPLITS, Split, hand_of
from deck.storyline import Numbered
from models import Difficulty
from processes import ROOT, running_server
from quality import tables

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
# Those of the native server are tested where openenv is (tests/native).
PYTHON_BLOCKS = [
    block
    for block in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    if "email_triage_env" not in block
]
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


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a running server."""
    with running_server(tmp_path_factory.mktemp("server")) as server:
        yield server.url


def test_python_blocks_run(url: str) -> None:
    """Each Python block runs as it is pasted, the session against a real server."""
    assert len(PYTHON_BLOCKS) == 3
    for block in PYTHON_BLOCKS:
        result = subprocess.run(  # noqa: S603 # our own README
            [sys.executable, "-c", block.replace("http://127.0.0.1:7860", url)],
            cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
        assert re.search(r"\nWHAT ADDS UP\n|Score: 0\.\d+|0\.\d+ label:", result.stdout)


def test_session_is_short() -> None:
    """The session fits in ten lines beside its import."""
    session = next(block for block in PYTHON_BLOCKS if block.startswith("import requests"))
    lines = [line for line in session.splitlines() if line.strip()]
    assert len(lines) <= 11


def test_curl_lines_run(url: str) -> None:
    """The curl lines play the default episode."""
    block = next(block for block in BASH_BLOCKS if block.startswith("curl"))
    result = subprocess.run(  # noqa: S602 # our own README
        f"set -e\n{block.replace('http://127.0.0.1:7860', url)}",
        shell=True, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert '"current_step":1' in result.stdout
    assert '"error"' not in result.stdout


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (page, name)
        for page in tables.PAGES
        for name in tables.named_in((ROOT / page).read_text(encoding="utf-8"))
    ],
)
def test_tables_are_what_is_measured(page: str, name: str) -> None:
    """Every table between marks is what `make readme` writes there."""
    shown = (ROOT / page).read_text(encoding="utf-8").split(f"<!-- {name} -->")[1]
    assert shown.split(f"<!-- /{name} -->")[0].strip() == tables.BLOCKS[name]()


def test_splits_are_as_large_as_stated() -> None:
    """The numbers of deals in README are those of the deck."""
    for split in SPLITS:
        row = " | ".join(f"{number:,}" for number in deals(split).values())
        assert f"| `{split}` | {row} |" in TEXT


def test_casts_are_as_few_as_stated() -> None:
    """The limits in README name the true numbers of different casts of storylines."""

    def casts(split: Split, difficulty: Difficulty) -> int:
        hands = (
            hand_of(difficulty, split, Numbered(f"{split}-{difficulty}-{index}"))
            for index in range(deals(split)[difficulty])
        )
        return len({frozenset(unit.storyline.name for unit in hand) for hand in hands})

    limits = " ".join(TEXT.split("## Limits")[1].split())
    assert f"stand only {casts('test', 'hard')} different casts of storylines" in limits
    assert f"behind the medium ones {casts('test', 'medium')}," in limits
    assert f"behind the 10,000 hard training ones {casts('train', 'hard')}." in limits


def test_files_named_exist() -> None:
    """Every file and folder of the project that README names is there."""
    folders = "deck|quality|tests|benchmarks|email_triage_env|training|plots|tools"
    named = set(re.findall(rf"`((?:{folders}|\.ci)/[\w./-]*)`", TEXT))
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", [*tables.PAGES, "quality/REVIEW.md", "deck/REVIEW.md"])
def test_links_lead_somewhere(page: str) -> None:
    """Every link of a page to a file of the project finds it."""
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)[^)]*\)", text)
    folder = (ROOT / page).parent
    assert [link for link in links if not (folder / link).exists()] == []
