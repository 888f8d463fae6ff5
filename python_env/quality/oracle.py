"""Plays the answer key on a running server: `python -m python_env.quality.oracle [URL]`.

It reviews the first tasks of each split and level through the typed client, prints what each
scored, and exits 1 if one did not score all there is.
"""

import sys
from collections.abc import Iterator
from typing import Final

from python_env.client import PythonEnv
from python_env.quality.key import answer_key
from python_env.server.dealing import DIFFICULTIES
from python_env.server.sandbox import Sandbox
from python_env.server.splits import split_size, split_sizes, task_id_at, task_of

URL: Final = "http://127.0.0.1:8000"
EACH: Final = 3


def task_ids() -> Iterator[str]:
    """Return the ids of the first tasks of each split and level."""
    for split in split_sizes():
        for difficulty in DIFFICULTIES:
            for i in range(min(EACH, split_size(split, difficulty))):
                yield task_id_at(split, i, difficulty)


def scores(url: str, sandbox: Sandbox) -> Iterator[tuple[str, float]]:
    """Play the key and return what each task scored.

    Args:
        url: Where the server runs.
        sandbox: Finds the reproductions of the key.

    Returns:
        Ids of tasks and their scores.
    """
    with PythonEnv(url).sync() as env:
        for task_id in task_ids():
            decide = answer_key(sandbox)(task_of(task_id))
            result = env.reset(task_id=task_id)
            while not result.done:
                result = env.step(decide(result.observation))
            yield task_id, result.observation.score


def main(url: str = URL) -> int:
    """Play, print, and return 1 if anything is missing."""
    lost = 0
    sandbox = Sandbox()
    try:
        for task_id, score in scores(url, sandbox):
            sys.stdout.write(f"{task_id:<36} {score:.4f}\n")
            lost += score < 1.0
    finally:
        sandbox.close()
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
