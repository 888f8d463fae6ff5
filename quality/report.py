"""Measure what can be earned and hold it against the bars; the exit status is 1 if one is missed.

python -m quality.report             what every reference policy earns on the headline tasks
python -m quality.report --markdown  the same as a Markdown table
python -m quality.report --deck      the same over numbered deals of the deck, as Markdown; with
                                     --markdown in brief
python -m quality.report --summaries what summaries earn: honest, false and mechanical ones
"""

import argparse
import sys
from collections.abc import Iterable, Sequence

from quality import deals, headline, shares, tables
from quality.headline import Row
from tasks import TASKS


def main(words: Sequence[str] | None = None) -> int:
    """Print the table that the command line asks for; return 1 when a bar is missed."""
    arguments = _arguments(words)
    if arguments.deck:
        return _print_deals(arguments.deals, brief=arguments.markdown)
    if arguments.summaries:
        return _print_summaries()
    rows = list(headline.measure(TASKS))
    print(tables.of_headline(rows) if arguments.markdown else as_text(rows))
    return _status(row.name for row in rows if row.missed())


def as_text(rows: Sequence[Row]) -> str:
    """Return the headline table as aligned text, with a mark on every missed bar."""
    width = max(len(row.name) for row in rows)
    heads = "".join(f"{task_id:>22}" for task_id in TASKS)
    lines = [f"{'policy':<{width}}{heads}"]
    for row in rows:
        cells = "".join(
            f"{f'{score:.3f} ({bar})':>22}" for score, bar in zip(row.scores, row.bars, strict=True)
        )
        lines.append(f"{row.name:<{width}}{cells}{'  MISSED' if row.missed() else ''}")
    return "\n".join(lines)


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--markdown", action="store_true", help="print a Markdown table")
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--deck", action="store_true", help="measure numbered deals of the deck")
    kinds.add_argument("--summaries", action="store_true", help="measure what summaries earn")
    most = deals.DEALS_MEASURED
    parser.add_argument(
        "--deals", type=int, help=f"with --deck: how many of each kind, {most} if unsaid"
    )
    arguments = parser.parse_args(words)
    if arguments.deals is None:
        arguments.deals = most
    elif not arguments.deck or not 1 <= arguments.deals <= most:
        parser.error(f"--deals goes with --deck and takes a number from 1 to {most}")
    return arguments


def _print_deals(count: int, *, brief: bool) -> int:
    rows = deals.measure_deals(count)
    print(tables.of_deals(deals.folded(rows) if brief else rows))
    return _status(f"{row.name} ({row.split})" for row in rows if row.missed())


def _print_summaries() -> int:
    measured = list(shares.measure())
    print(tables.of_summaries(shares.folded(measured)))
    return _status(share.name for share in measured if share.missed())


def _status(missed: Iterable[str]) -> int:
    names = ", ".join(missed)
    if names:
        print(f"Bars missed: {names}.", file=sys.stderr)
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
