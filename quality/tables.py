"""The tables in which people read what was measured."""

from collections.abc import Iterable, Sequence

from quality.bars import NO_BAR
from quality.deals import Column, DealsRow
from quality.headline import Row
from quality.shares import Share


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


def _cell(column: Column) -> str:
    worst = "" if column.bar == NO_BAR else f", worst {column.worst:.2f}"
    return f"{column.mean:.2f}{worst} ({column.bar}){_mark(column.missed())}"


def _mark(missed: bool) -> str:
    return " **MISSED**" if missed else ""
