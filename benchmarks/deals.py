"""What dealing costs, beside what playing costs: one process, one core.

    python -m benchmarks.deals

A deal must cost little against the episode that is played on it, and importing the deck little
against importing the environment, or a trainer would cache inboxes.
"""

import statistics
import subprocess
import sys
import time
from typing import Final

from deck import deal
from deck.dealing import DIFFICULTIES
from environment import EmailTriageEnv
from models import Difficulty
from quality.search import key_actions

DEALS: Final = 500
IMPORTS: Final = 7
MILLISECONDS: Final = 1000


def deal_and_play(difficulty: Difficulty) -> tuple[list[float], list[float]]:
    """Return the times of dealing and of playing each of the first train deals, in ms."""
    dealt, played = [], []
    for index in range(DEALS):
        started = time.perf_counter()
        task = deal(difficulty, "train", index)
        between = time.perf_counter()
        env = EmailTriageEnv.for_task(task)
        for action in key_actions(task):
            env.step(action)
        ended = time.perf_counter()
        dealt.append((between - started) * MILLISECONDS)
        played.append((ended - between) * MILLISECONDS)
    return dealt, played


def import_time(module: str) -> float:
    """Return the median time in ms until a fresh interpreter has imported a module."""
    times = []
    for _ in range(IMPORTS):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", f"import {module}"], check=True)  # noqa: S603
        times.append((time.perf_counter() - started) * MILLISECONDS)
    return statistics.median(times)


def main() -> None:
    """Print the figures."""
    for difficulty in DIFFICULTIES:
        dealt, played = map(sorted, deal_and_play(difficulty))
        print(
            f"deal {difficulty:<7} median {statistics.median(dealt):.2f} ms, "
            f"99 of 100 within {dealt[DEALS * 99 // 100]:.2f} ms; "
            f"playing it {statistics.median(played):.1f} ms"
        )
    environment, deck = import_time("environment"), import_time("deck")
    print(f"import environment {environment:.0f} ms, import deck {deck:.0f} ms")


if __name__ == "__main__":
    main()
