"""Grade a fixed batch of actions and print what came out, for processes to be compared.

python -m quality.regrade

Nothing here imports OpenEnv, so it runs wherever pydantic is.
"""

import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from deck import deal
from environment import EmailTriageEnv
from graders import GRADERS, penalty
from models import Task, TriageAction
from quality.policies import constants, numbered_draw, play
from quality.search import key_actions
from tasks import TASKS

EVERY: Final = 40
DRAWS: Final = range(20)


def grades() -> Iterator[list[object]]:
    """Yield the grade of each action of the batch, and the result of some whole episodes."""
    tasks = [*TASKS.values(), deal("hard", "test", 0), deal("medium", "train", 0)]
    for task in tasks:
        yield from _each_answer(task)
        for number in DRAWS:
            played = play(task, numbered_draw(number))
            yield [task.task_id, number, played.score, played.total_reward]
        env = EmailTriageEnv.for_task(task)
        yield [env.step(action).model_dump(mode="json") for action in key_actions(task)]


def _each_answer(task: Task) -> Iterator[list[object]]:
    some = list(constants())[::EVERY]
    for email_id, truth in task.ground_truth.items():
        key = TriageAction(
            label=truth.label, summary=truth.reference_summary, route_to=truth.route_to
        )
        for action in (key, *some):
            graded = GRADERS[task.difficulty](action, truth)
            yield [email_id, graded.model_dump(mode="json"), penalty(action, truth)]


def main() -> None:
    """Print the digest and the size of the batch, and which Python graded it."""
    graded = list(grades())
    digest = sha256(json.dumps(graded, sort_keys=True).encode()).hexdigest()
    report = {"digest": digest, "grades": len(graded), "python": sys.version.split()[0]}
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main()
