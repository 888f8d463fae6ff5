"""Graded steps a second, in one process on one core.

    python -m benchmarks.steps

Three ways of answering: the reference summaries again and again, which the grader has read
before; summaries it has never seen; and no summary. Two more lines answer what a reader of the
figures asks: whether a step late in the episode costs more than an early one, and what resuming an
episode from its state costs.
"""

import statistics
import time
from collections.abc import Callable, Iterator

from environment import EmailTriageEnv
from models import TriageAction
from quality.search import key_actions
from tasks import TASKS

EPISODES = 300
ROUNDS = 5
STEPS = 8


def episodes(
    write: Callable[[TriageAction, int], str], first: int = 0
) -> Iterator[tuple[str, list[TriageAction]]]:
    """Yield episodes of all three tasks, numbered from `first`, with summaries by `write`."""
    key = {task_id: key_actions(task) for task_id, task in TASKS.items()}
    for number in range(first, first + EPISODES):
        for task_id, actions in key.items():
            yield (
                task_id,
                [
                    action.model_copy(update={"summary": write(action, number)})
                    for action in actions
                ],
            )


def steps_per_second(write: Callable[[TriageAction, int], str]) -> float:
    """Return the rate of the median round."""
    rates = []
    for rounds in range(ROUNDS):
        work = list(episodes(write, first=rounds * EPISODES))
        started = time.perf_counter()
        for task_id, actions in work:
            env = EmailTriageEnv(task_id)
            for action in actions:
                env.step(action)
        rates.append(len(work) * STEPS / (time.perf_counter() - started))
    return statistics.median(rates)


def cost_by_position() -> list[float]:
    """Return the median time of each step of the episode, in microseconds."""
    times: list[list[float]] = [[] for _ in range(STEPS)]
    for task_id, actions in episodes(lambda action, _number: action.summary):
        env = EmailTriageEnv(task_id)
        for i, action in enumerate(actions):
            started = time.perf_counter()
            env.step(action)
            times[i].append((time.perf_counter() - started) * 1e6)
    return [statistics.median(column) for column in times]


def main() -> None:
    """Print the figures."""
    known = steps_per_second(lambda action, _number: action.summary)
    fresh = steps_per_second(lambda action, number: f"{action.summary} It is note x{number}.")
    bare = steps_per_second(lambda _action, _number: "")
    print(f"graded steps a second, summaries read before   {known:10,.0f}  1.00")
    print(f"graded steps a second, summaries never seen    {fresh:10,.0f}  {fresh / known:.2f}")
    print(f"graded steps a second, no summary              {bare:10,.0f}  {bare / known:.2f}")
    costs = cost_by_position()
    print(f"last step over first step                      {costs[-1] / costs[0]:20.2f}")
    env = EmailTriageEnv("task_hard")
    for action in key_actions(TASKS["task_hard"])[:-1]:
        env.step(action)
    state = env.state()
    started = time.perf_counter()
    for _ in range(EPISODES):
        EmailTriageEnv.from_state(state)
    resume = (time.perf_counter() - started) / EPISODES * 1e6
    print(f"resuming after seven steps, in steps           {resume / statistics.mean(costs):20.2f}")


if __name__ == "__main__":
    main()
