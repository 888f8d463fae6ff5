"""Evaluate a policy that lies in a directory: a language model, or the linear reader.

    python -m training.evaluate --policy runs/reader/trained --env-url http://127.0.0.1:8000 \
        --split test --episodes 60 --json trained.json

Table and file are those of `python -m tools.evaluate`, which evaluates models behind an endpoint;
the parts of training's reward are added. Nothing is kept of the episodes themselves.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from tqdm import tqdm

from tools.episodes.collecting import check_server
from tools.episodes.options import amount, whole
from tools.episodes.playing import SESSIONS, Episode, ServerError, play_all
from tools.episodes.records import Settings
from tools.evaluation.estimates import Estimates
from tools.evaluation.findings import Row
from tools.evaluation.results import results, write_results
from tools.evaluation.table import table
from tools.subject import PolicyError, find
from training.players import FORMS, SUBJECT, load
from training.rewards import WEIGHTS, parts_of

MAIL: Final = find(SUBJECT)
PARTS: Final = ("overall", *WEIGHTS)
ROWS: Final = tuple(Row(f"training reward, {part}", ("parts", part, "mean")) for part in PARTS)


def main(arguments: Sequence[str] | None = None) -> None:
    """Play, measure, print a table and write the figures.

    Args:
        arguments: Those of the command line by default.
    """
    options = command_line().parse_args(arguments)
    try:
        result = run(options)
    except (ServerError, PolicyError, IndexError) as error:
        sys.exit(str(error))
    sys.stdout.write(f"{table(result, (*MAIL.rows, *ROWS))}\n")
    if options.json:
        write_results(options.json, result)


def choices(split: str, difficulty: str, episodes: int, start: int = 0) -> list[dict[str, Any]]:
    """Return what the resets ask for: inboxes of a split that follow each other.

    Args:
        split: Of the environment.
        difficulty: One of its difficulties, or what takes them in turn.
        episodes: How many.
        start: The number of the first one.

    Returns:
        The arguments of each reset.

    Raises:
        IndexError: If the split has not that many.
    """
    numbers = range(start, start + episodes)
    MAIL.splits.task_id_at(split, numbers[-1], difficulty)
    return [{"split": split, "difficulty": difficulty, "index": i} for i in numbers]


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Play what the options ask for, and measure it.

    Args:
        options: As `command_line` parses them.

    Returns:
        As `tools.evaluation.results`; the same for the same options.

    Raises:
        ServerError: If the server does not answer, or not as this version does.
        PolicyError: If there is no such policy.
        IndexError: If the split has not that many inboxes.
    """
    asked = choices(options.split, options.difficulty, options.episodes, options.start)
    check_server(MAIL, options.env_url)
    trials: list[list[Episode]] = []
    with tqdm(total=options.repeats * len(asked), desc="playing", unit="inbox") as bar:
        seen = partial(_count, bar)
        for trial in range(options.repeats):
            policy = load(
                options.policy, temperature=options.temperature, seed=options.seed + trial
            )
            trials.append(
                play_all(MAIL.client, options.env_url, policy, asked, options.sessions, seen)
            )
    with tqdm(desc="probing", unit="inbox") as bar:
        findings = MAIL.examine(options.env_url, trials, options.sessions, partial(_count, bar))
    settings = Settings(
        environment=MAIL.environment,
        version=MAIL.version,
        split=options.split,
        difficulty=options.difficulty,
        policy=options.policy,
        seed=options.seed,
        temperature=options.temperature,
    )
    return results(
        MAIL, settings, trials, findings,
        start=options.start, pass_score=options.pass_score, more=parts,
    )  # fmt: skip


def parts(estimates: Estimates) -> Mapping[str, Any]:
    """Return training's reward of some episodes, and its parts."""
    return {"parts": {part: estimates.by_episode(partial(_part, part)) for part in PARTS}}


def _part(name: str, episode: Episode) -> float:
    found = parts_of(episode.brief, episode.steps)
    return found.overall() if name == "overall" else float(getattr(found, name))


def _count(bar: "tqdm[Any]", _episode: Episode) -> None:
    bar.update()


def command_line() -> argparse.ArgumentParser:
    """Return what this command understands."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    splits = MAIL.splits
    add = parser.add_argument
    add("--policy", required=True, help=FORMS)
    add("--env-url", required=True, help="where the native server runs")
    add("--split", choices=tuple(splits.split_sizes()), default="test")
    add("--difficulty", choices=splits.DIFFICULTIES, default=splits.MIXED)
    add("--episodes", type=partial(whole, 1), default=60, help="how many inboxes (60)")
    add("--start", type=partial(whole, 0), default=0, help="the number of the first of them")
    add("--repeats", type=partial(whole, 1), default=1, help="how often each is played")
    add("--temperature", type=partial(amount, 0.0), default=0.0, help="of a language model")
    add("--seed", type=partial(whole, 0), default=0, help="of a policy that draws")
    add("--sessions", type=partial(whole, 1), default=SESSIONS, help="played at the same time")
    add("--pass-score", type=partial(amount, 0.0), default=MAIL.pass_score, help="a success from")
    add("--json", type=Path, help="where to write the figures")
    return parser


if __name__ == "__main__":
    main()
