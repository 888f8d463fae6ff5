r"""Evaluate a policy: python -m tools.evaluate NAME --policy POLICY --output DIR ...

Plays tasks of a split on a running server, finds out what it must know of them, prints a table and
writes DIR/results.json. The episodes, with every prompt and reply, are lines of DIR/episodes.jsonl.
It can be stopped in any way: the same command plays what is missing and ends with the same
results. A model's credential comes from HF_TOKEN or API_KEY and is written nowhere.

    python -m tools.evaluate email --policy chat:MODEL --base-url https://HOST/v1 --split test \
        --episodes 50 --repeats 4 --max-tokens 2000 --output results/MODEL
"""

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tqdm import tqdm

from tools.episodes.collecting import check_server, run
from tools.episodes.collection import Collection
from tools.episodes.options import (
    DROPPED,
    add_options,
    amount,
    asking_of,
    concluded,
    places_of,
    say,
    settings_of,
    whole,
)
from tools.episodes.playing import Episode
from tools.episodes.records import Place, Settings, episode_of
from tools.evaluation.results import RESULTS, results, write_results
from tools.evaluation.table import table
from tools.subject import Subject


def main(arguments: Sequence[str] | None = None) -> int:
    """Play, measure, print a table and write the figures.

    Args:
        arguments: The command line, without the name of the program.

    Returns:
        The exit status: 0 when the results are written.
    """
    given = sys.argv[1:] if arguments is None else arguments
    return concluded("tools.evaluate", __doc__ or "", given, _add, _evaluate)


def _add(parser: ArgumentParser, subject: Subject) -> None:
    add_options(parser, subject)
    add = parser.add_argument
    add("--repeats", type=partial(whole, 1), default=1, help="how often each task is played (1)")
    add(
        "--pass-score", type=partial(amount, 0.0), default=subject.pass_score,
        help="from which score on an episode is a success (%(default)s)",
    )  # fmt: skip
    add("--output", type=Path, required=True, help="directory of the episodes and results.json")


def _evaluate(options: Namespace, subject: Subject) -> None:
    started = time.monotonic()
    settings = settings_of(options, subject)
    places = places_of(options, subject, options.repeats)
    with Collection(options.output, settings) as collection:
        if collection.dropped:
            say(DROPPED)
        asking = asking_of(options)
        run(subject, options.url, settings, places, collection, asking, options.sessions)
        result = _measured(options, subject, settings, _trials(collection, subject, places))
        write_results(options.output / RESULTS, result)
    sys.stdout.write(f"{table(result, subject.rows)}\n")
    say(f"{options.output / RESULTS} was written after {time.monotonic() - started:.0f} s.")


def _trials(
    collection: Collection, subject: Subject, places: Sequence[Place]
) -> list[list[Episode]]:
    """Read the episodes back, so that they are the same whenever they were played."""
    episodes = {
        record.place(): episode_of(record, subject.observation)
        for record in collection.records(places)
    }
    trials: dict[int, list[Episode]] = {}
    for place in places:
        trials.setdefault(place.trial, []).append(episodes[place])
    return list(trials.values())


def _measured(
    options: Namespace, subject: Subject, settings: Settings, trials: Sequence[Sequence[Episode]]
) -> dict[str, Any]:
    url = options.url.rstrip("/")
    check_server(subject, url)
    with tqdm(desc="probing", unit="episode") as bar:
        findings = subject.examine(url, trials, options.sessions, lambda _episode: bar.update())
    return results(
        subject, settings, trials, findings, start=options.start, pass_score=options.pass_score
    )


if __name__ == "__main__":
    sys.exit(main())
