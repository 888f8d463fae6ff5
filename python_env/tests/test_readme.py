"""README's example is played on a server, and what it says comes out."""

import contextlib
import io
import re
from pathlib import Path

from python_env.server.grading import (
    DUPLICATE_COST,
    FALSE_COST,
    HINT_COSTS,
    SEVERITY_WEIGHTS,
    WEIGHTS,
)
from python_env.stock import modules
from python_env.tests.playing import running

FOLDER = Path(__file__).parents[1]
README = (FOLDER / "README.md").read_text(encoding="utf-8")


def test_the_example_prints_what_readme_shows(tmp_path: Path) -> None:
    """Line by line."""
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (shown,) = re.findall(r"```\n(\+0\.00.*?)```", README, re.DOTALL)
    printed = io.StringIO()
    journal = str(tmp_path / "journal.sqlite")
    with (
        running(FOLDER, "server.app", JOURNAL=journal) as (url, _),
        contextlib.redirect_stdout(printed),
    ):
        exec(code.replace("http://127.0.0.1:8000", url), {})  # noqa: S102 # README's own
    assert printed.getvalue() == shown


def test_readme_names_the_weights() -> None:
    """The table of points has the numbers that count."""
    table = README[README.index("## What earns points") : README.index("## Why points")]
    for name, weight in WEIGHTS.items():
        assert re.search(rf"`{name}` \| \.{weight * 100:02.0f} \|", table), name
    for severity, weight in SEVERITY_WEIGHTS.items():
        assert f"{severity} {weight:g}".replace(" 0.", " .") in table
    for cost in (FALSE_COST, DUPLICATE_COST, *HINT_COSTS):
        assert f"-.{cost * 100:02.0f}" in table


def test_readme_counts_the_stock() -> None:
    """As many modules as it says."""
    assert len(modules("train")) >= 16
    assert (
        f"{len(modules('train'))} to learn from and {len(modules('test'))} to be tested" in README
    )
