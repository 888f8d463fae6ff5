"""Collect episodes in a file: python -m tools.collect NAME --policy POLICY --out DIR ...

Plays tasks of a split on a running server and writes one line of DIR/episodes.jsonl for each. It
can be stopped in any way: the same command plays what is missing. A model's credential comes from
HF_TOKEN or API_KEY and is written nowhere.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tools.episodes.collecting import run
from tools.episodes.collection import Collection, Outcome
from tools.episodes.options import (
    DROPPED,
    add_options,
    asking_of,
    concluded,
    places_of,
    say,
    settings_of,
)
from tools.subject import Subject


def main(arguments: Sequence[str] | None = None) -> int:
    """Collect episodes.

    Args:
        arguments: The command line, without the name of the program.

    Returns:
        The exit status: 0 when all episodes are in the file.
    """
    given = sys.argv[1:] if arguments is None else arguments
    return concluded("tools.collect", __doc__ or "", given, _add, _collect)


def _add(parser: ArgumentParser, subject: Subject) -> None:
    add_options(parser, subject)
    parser.add_argument(
        "--out", type=Path, required=True, help="directory of episodes.jsonl and manifest.json"
    )


def _collect(options: Namespace, subject: Subject) -> None:
    settings, places = settings_of(options, subject), places_of(options, subject)
    with Collection(options.out, settings) as collection:
        if collection.dropped:
            say(DROPPED)
        asking = asking_of(options)
        run(subject, options.url, settings, places, collection, asking, options.sessions)
        outcomes = [collection.outcomes[place] for place in places]
    mean = sum(outcome.score for outcome in outcomes) / len(outcomes)
    sys.stdout.write(f"{len(outcomes)} episodes in {options.out}, mean score {mean:.4f}\n")
    sys.stdout.write(told(outcomes))


def told(outcomes: Sequence[Outcome]) -> str:
    """Say what was no decision of the policy's, and which tokens it took.

    Args:
        outcomes: Of the episodes.

    Returns:
        A line for each, or nothing where there is nothing to say.
    """
    failures, usage = Counter[str](), Counter[str]()
    for outcome in outcomes:
        failures.update(outcome.failures)
        usage.update(outcome.usage)
    steps = sum(outcome.steps for outcome in outcomes)
    lines = []
    if failures:
        counts = ", ".join(f"{count} {name}" for name, count in failures.most_common())
        lines.append(f"{failures.total()} of {steps} steps were no decision: {counts}\n")
    if usage:
        lines.append(f"tokens: {', '.join(f'{name} {count}' for name, count in usage.items())}\n")
    return "".join(lines)


if __name__ == "__main__":
    sys.exit(main())
