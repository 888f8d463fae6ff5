"""The tables in which people read what was measured, and the files in which they stand.

python -m quality.tables     writes every table anew, four minutes on two idle cores

A table stands between two marks, `<!-- deck -->` and `<!-- /deck -->` for example. A number of
storylines, emails or carriers may stand so in the middle of a line.
"""

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from deck.hands import DIFFICULTIES
from quality import deals, deck_size, desk_tables, headline, reward_rows, shares
from quality.bars import NO_BAR
from quality.deals import Column, DealsRow
from quality.deck_size import Size
from quality.headline import Row
from quality.reward_rows import RewardRow
from quality.shares import Share
from tasks import TASKS

ROOT: Final = Path(__file__).parents[1]
# Files that may have tables between marks.
PAGES: Final = ("README.md", "quality/README.md", "deck/README.md")
_BLOCK: Final = re.compile(
    r"(?P<mark><!-- (?P<name>[\w-]+) -->(?P<end>\n?))(.*?)(?=<!-- /(?P=name) -->)", re.DOTALL
)


def of_headline(rows: Iterable[Row]) -> str:
    """Write what the policies earn on the headline tasks: the score and its bar.

    Args:
        rows: What `headline.measure` yielded.

    Returns:
        A Markdown table.
    """
    lines = ["| policy | easy | medium | hard |", "| --- | --- | --- | --- |"]
    for row in rows:
        cells = [f"{score:.2f} ({bar})" for score, bar in zip(row.scores, row.bars, strict=True)]
        lines.append(f"| {row.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def of_deals(rows: Sequence[DealsRow]) -> str:
    """Write what the policies earn on deals: the mean, the worst deal and the bar.

    Args:
        rows: What `deals.measure_deals` returned, folded or not.

    Returns:
        A Markdown table.
    """
    lines = ["| policy | split | easy | medium | hard |", "| --- | --- | --- | --- | --- |"]
    for row in rows:
        cells = " | ".join(map(_cell, row.columns))
        lines.append(f"| {row.name} | {row.split} | {cells} |")
    return "\n".join(lines)


def of_summaries(shares: Iterable[Share]) -> str:
    """Write what series of texts earn of the summary's credit.

    Args:
        shares: What `shares.measure` yielded, folded or not.

    Returns:
        A Markdown table.
    """
    lines = [
        "| summaries, behind right decisions | share of the credit | below half | number |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| {share.name} | {share.mean:.2f} ({share.bar}){_mark(share.missed())} "
        f"| {share.poor:.0%} | {share.number} |"
        for share in shares
    ]
    return "\n".join(lines)


def of_reward_rows(rows: Iterable[RewardRow]) -> str:
    """Write the eight rows that tell in short what the reward pays for.

    Args:
        rows: What `reward_rows.measure` returned.

    Returns:
        A Markdown table.
    """
    lines = [
        "| who plays | easy | medium | hard | deck, test: easy / medium / hard |",
        "| --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        scores = " | ".join(f"{score:.2f}" for score in row.headline)
        dealt = " / ".join(f"{score:.2f}" for score in row.deals)
        lines.append(f"| {row.name} | {scores} | {dealt} |")
    return "\n".join(lines)


def of_deck_size(sizes: Iterable[Size]) -> str:
    """Write how much mail the deck has.

    Args:
        sizes: What `deck_size.measure` yielded.

    Returns:
        A Markdown table.
    """
    lines = [
        "| split | level | storylines or carriers of its own | emails | deals "
        "| different casts of storylines |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for size in sizes:
        casts = "not counted" if size.casts is None else f"{size.casts:,}"
        lines.append(
            f"| `{size.split}` | {size.level} | {size.stories} | {size.emails} "
            f"| {size.deals:,} | {casts} |"
        )
    return "\n".join(lines)


def named_in(text: str) -> list[str]:
    """Return the names of the tables for which a text has marks."""
    return [found["name"] for found in _BLOCK.finditer(text) if found["name"] in BLOCKS]


def filled(text: str) -> str:
    """Return a text with every table for which it has marks as it is measured now."""

    def table(found: re.Match[str]) -> str:
        if found["name"] not in BLOCKS:
            return found[0]
        return found["mark"] + BLOCKS[found["name"]]() + found["end"]

    return _BLOCK.sub(table, text)


def write(root: Path = ROOT) -> list[str]:
    """Write the tables of all pages anew.

    Args:
        root: The folder of the pages.

    Returns:
        The pages that have changed.
    """
    changed = []
    for page in PAGES:
        text = (root / page).read_text(encoding="utf-8")
        if (now := filled(text)) != text:
            (root / page).write_text(now, encoding="utf-8")
            changed.append(page)
    return changed


def missed() -> list[str]:
    """Return the names of all rows that miss their bar."""
    rows = [
        *((row.name, row.missed()) for row in _headline()),
        *((f"{row.name} ({row.split})", row.missed()) for row in _deals()),
        *((share.name, share.missed()) for share in _shares()),
        *((name, True) for name in desk_tables.missed()),
    ]
    return [name for name, is_missed in rows if is_missed]


@cache
def _headline() -> list[Row]:
    return list(headline.measure(TASKS))


@cache
def _deals() -> list[DealsRow]:
    return deals.measure_deals()


@cache
def _shares() -> list[Share]:
    return list(shares.measure())


@cache
def _sizes() -> list[Size]:
    return list(deck_size.measure())


def _storylines() -> list[Size]:
    return [size for size in _sizes() if size.level in DIFFICULTIES]


def _carriers() -> list[Size]:
    return [size for size in _sizes() if size.level == "month"]


BLOCKS: Final[Mapping[str, Callable[[], str]]] = {
    "quality": lambda: of_headline(_headline()),
    "summaries": lambda: of_summaries(shares.folded(_shares())),
    "deck": lambda: of_deals(deals.folded(_deals())),
    "deck-size": lambda: of_deck_size(_sizes()),
    "storylines": lambda: str(sum(size.stories for size in _storylines())),
    "emails": lambda: str(sum(size.emails for size in _storylines())),
    "carriers": lambda: str(sum(size.stories for size in _carriers())),
    "reward-rows": cache(lambda: of_reward_rows(reward_rows.measure(_headline(), _deals()))),
    **desk_tables.BLOCKS,
}


def _cell(column: Column) -> str:
    worst = "" if column.bar == NO_BAR else f", worst {column.worst:.2f}"
    return f"{column.mean:.2f}{worst} ({column.bar}){_mark(column.missed())}"


def _mark(missed: bool) -> str:
    return " **MISSED**" if missed else ""


if __name__ == "__main__":
    sys.stdout.write(f"Written anew: {', '.join(write()) or 'nothing'}.\n")
