"""What a reset costs while 64 sessions play, and a step in a long inbox or a month: one core.

    python -m benchmarks.resets

Dealing leaves objects behind, and Python looks through them now and then, in whoever's turn it is.
The second line frees the young ones at each reset and freezes what was imported, as the native
server does. All times are of the processor, in ms.
"""

import gc
import statistics
import time
from itertools import count
from typing import Final

from deck import deal
from deck.dealing import DIFFICULTIES, Level
from environment import EmailTriageEnv
from models import Case, Email, Task, TriageAction
from quality.search import key_actions
from tasks import build_task

SESSIONS: Final = 64
ROUNDS: Final = 320
INBOXES: Final = (8, 20, 40, 80, 160)
# About as many mails of either kind; none of them was played before.
EASY: Final = 90
MONTHS: Final = 20
MILLISECONDS: Final = 1000


def reset_times(*, collect: bool) -> list[float]:
    """Return how long each reset took while sessions play fresh summaries in turn, sorted.

    Args:
        collect: Whether young objects are collected at each reset.

    Returns:
        Times in ms.
    """
    times: list[float] = []
    numbers = count()

    def reset() -> tuple[EmailTriageEnv, list[TriageAction]]:
        number = next(numbers)
        started = time.process_time()
        if collect:
            gc.collect(0)
        task = deal(DIFFICULTIES[number % len(DIFFICULTIES)], "train", number)
        env = EmailTriageEnv.for_task(task)
        env.reset()
        times.append((time.process_time() - started) * MILLISECONDS)
        actions = [
            action.model_copy(update={"summary": f"{action.summary} It is note x{number}."})
            for action in key_actions(task)
        ]
        return env, actions[::-1]

    sessions = [reset() for _ in range(SESSIONS)]
    times.clear()
    for _ in range(ROUNDS):
        for i, (env, actions) in enumerate(sessions):
            if actions:
                env.step(actions.pop())
            else:
                sessions[i] = reset()
    return sorted(times)


def long_inbox(mails: int) -> Task:
    """Return an inbox of many easy train mails, whose summaries may name all earlier ones.

    Args:
        mails: How many.

    Returns:
        The task; the same every time.
    """
    cases: list[Case] = []
    numbers = count()
    while len(cases) < mails:
        task = deal("easy", "train", next(numbers))
        for email in [item for item in task.emails if isinstance(item, Email)]:
            truth = task.ground_truth[email.email_id].model_copy(update={"sources": ()})
            renamed = email.model_copy(update={"email_id": f"long-{len(cases):03}"})
            cases.append(Case(email=renamed, truth=truth, why=""))
    return build_task("long", "easy", cases[:mails])


def step_time(task: Task) -> float:
    """Return the mean time of a step over a whole inbox, in ms."""
    env = EmailTriageEnv.for_task(task)
    actions = key_actions(task)
    started = time.process_time()
    for action in actions:
        env.step(action)
    return (time.process_time() - started) * MILLISECONDS / len(actions)


def level_step_time(level: Level, inboxes: int) -> float:
    """Return the median over the first test deals of a level of the mean time of a step, in ms."""
    return statistics.median(step_time(deal(level, "test", i)) for i in range(inboxes))


def main() -> None:
    """Print the figures."""
    for label, collect in (("left to Python", False), ("young ones freed", True)):
        if collect:
            gc.collect()
            gc.freeze()
        times = reset_times(collect=collect)
        print(
            f"reset, {SESSIONS} sessions, {label:<17} median {statistics.median(times):.2f} ms, "
            f"99 of 100 within {times[len(times) * 99 // 100]:.2f}, longest {times[-1]:.2f}"
        )
    for mails in INBOXES:
        print(f"a step in an inbox of {mails:>3}: {step_time(long_inbox(mails)):.3f} ms")
    easy, month = level_step_time("easy", EASY), level_step_time("month", MONTHS)
    print(f"a step of a month: {month:.3f} ms, {month / easy:.2f} of one of an easy inbox")


if __name__ == "__main__":
    main()
