"""What dealing costs, beside what playing costs: one process, one core.

    python -m benchmarks.deals

A deal must cost little against the episode that is played on it, and importing the deck little
against importing the environment, or a trainer would cache inboxes. Varied inboxes and months are
chosen among several tries, so the slowest of a hundred has a bar of its own. Times of dealing and
playing are of the processor.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Final

from deck import deal
from deck.dealing import DIFFICULTIES, Level
from environment import EmailTriageEnv
from quality.search import key_actions

DEALS: Final = 500
LEVELS: Final[tuple[Level, ...]] = (*DIFFICULTIES, "varied", "month")
# What 99 of 100 deals must keep within, in ms.
BARS: Final[Mapping[Level, float]] = {"varied": 5.0, "month": 20.0}
IMPORTS: Final = 7
MILLISECONDS: Final = 1000


def deal_and_play(level: Level) -> tuple[list[float], list[float]]:
    """Return the times of dealing and of playing each of the first train deals, in ms."""
    dealt, played = [], []
    for index in range(DEALS):
        started = time.process_time()
        task = deal(level, "train", index)
        between = time.process_time()
        env = EmailTriageEnv.for_task(task)
        for action in key_actions(task):
            env.step(action)
        ended = time.process_time()
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
    for level in LEVELS:
        dealt, played = map(sorted, deal_and_play(level))
        bar = f" (at most {BARS[level]:g})" if level in BARS else ""
        print(
            f"deal {level:<7} median {statistics.median(dealt):.2f} ms, "
            f"99 of 100 within {dealt[DEALS * 99 // 100]:.2f} ms{bar}; "
            f"playing it {statistics.median(played):.1f} ms"
        )
    environment, deck = import_time("environment"), import_time("deck")
    print(f"import environment {environment:.0f} ms, import deck {deck:.0f} ms")


if __name__ == "__main__":
    main()
