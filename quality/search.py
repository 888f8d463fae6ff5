"""A search for rewards that nobody meant to pay.

It knows everything: it starts from the answer key and changes the sequence of actions at random
(other answers, invalid ones, repetitions, steps after the end), keeping what earns no less. If a
sequence earns more than the answer key, the reward can be farmed.
"""

import random
from collections.abc import Sequence
from typing import Any, Final

from environment import EmailTriageEnv
from models import LABELS, Task, TriageAction
from quality.policies import CANNED_SUMMARIES
from tasks import ROUTES

EXTRA_STEPS: Final = 4
CHANGES: Final = ("answer", "invalid", "repeat", "drop", "swap", "append")


def total_reward(task: Task, actions: list[Any]) -> float:
    """Return the sum of the rewards of a sequence of actions, also of those after the end."""
    env = EmailTriageEnv.for_task(task)
    return sum(env.step(action).reward for action in actions)


def key_actions(task: Task) -> list[Any]:
    """Return the actions of the answer key."""
    env = EmailTriageEnv.for_task(task)
    observation = env.reset().observation
    actions: list[Any] = []
    for _ in task.emails:
        truth = task.ground_truth[observation.email_id]
        action = TriageAction(
            label=truth.label, summary=truth.reference_summary, route_to=truth.route_to
        )
        actions.append(action)
        observation = env.step(action).observation
    return actions


def best_found(task: Task, rounds: int, seed: int = 0) -> tuple[float, list[Any]]:
    """Climb from the answer key.

    Args:
        task: The inbox.
        rounds: How many changes to try.
        seed: Makes the search repeatable.

    Returns:
        The highest sum of rewards found, and the actions that earn it.
    """
    draw = random.Random(seed)  # noqa: S311 # a repeatable search, not a secret
    summaries = [
        *CANNED_SUMMARIES,
        *(truth.reference_summary for truth in task.ground_truth.values()),
    ]
    best = key_actions(task)
    highest = total_reward(task, best)
    for _ in range(rounds):
        actions = list(best)
        for _ in range(draw.randint(1, 3)):
            _change(actions, draw, summaries)
        actions = actions[: len(task.emails) + EXTRA_STEPS]
        earned = total_reward(task, actions)
        if earned >= highest:
            highest, best = earned, actions
    return highest, best


def _change(actions: list[Any], draw: random.Random, summaries: Sequence[str]) -> None:
    """Change a sequence of actions at one place."""
    place = draw.randrange(len(actions))
    change = draw.choice(CHANGES)
    answer = TriageAction(
        label=draw.choice(LABELS),
        summary=draw.choice(summaries),
        route_to=draw.choice(list(ROUTES)),
    )
    if change == "answer":
        actions[place] = answer
    elif change == "invalid":
        actions.insert(place, None)
    elif change == "repeat":
        actions.insert(place, actions[place])
    elif change == "drop" and len(actions) > 1:
        del actions[place]
    elif change == "swap":
        other = draw.randrange(len(actions))
        actions[place], actions[other] = actions[other], actions[place]
    else:
        actions.append(answer)
