"""The oracle: plays the answers of an environment through its typed client, as any agent would.

python -m tools.checks.oracle NAME URL [TASK_ID ...]    some tasks of each split by default

It runs where the answers are, never where an agent runs.
"""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence

from tools.checks.captures import sample
from tools.episodes.playing import Answer, Player, ServerError, Sessions
from tools.subject import Subject, find, names


def oracle_scores(url: str, subject: Subject, task_ids: Sequence[str]) -> dict[str, float]:
    """Play the answers to some tasks.

    Args:
        url: The server.
        subject: The environment.
        task_ids: The tasks.

    Returns:
        The score of each episode.

    Raises:
        ServerError: If the server does not answer, or not as this version does.
    """

    def player_for(place: int) -> Player:
        decide = subject.bench.oracle(task_ids[place], 0)
        return lambda brief, observation, _steps: Answer("", decide(brief, observation))

    with Sessions(subject.client, url) as sessions:
        episodes = sessions.play(player_for, [{"task_id": task_id} for task_id in task_ids])
    return {episode.task_id: episode.score for episode in episodes}


def main(arguments: list[str] | None = None) -> int:
    """Play what the command line names; return 1 when a score is not perfect."""
    parser = ArgumentParser(
        prog="python -m tools.checks.oracle",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", choices=names(), help="which environment")
    parser.add_argument("url", help="its server")
    parser.add_argument("task_ids", nargs="*", metavar="TASK_ID")
    options = parser.parse_args(arguments)
    subject = find(options.name)
    try:
        task_ids = options.task_ids or sample(subject.splits, 1)
        scores = oracle_scores(options.url.rstrip("/"), subject, task_ids)
    except ServerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("".join(f"{task_id} {score:.4f}\n" for task_id, score in scores.items()))
    return int(min(scores.values()) < 1.0)


if __name__ == "__main__":
    sys.exit(main())
