"""Golden episodes: what some policies do and earn on the headline tasks, step by step.

python -m quality.golden     writes them all to tests/golden

A change in one changes scores, so results across it are not comparable: raise the version and say
why in the commit.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from environment import EmailTriageEnv
from models import TriageAction
from quality.policies import (
    Policy,
    always,
    answer_key,
    keyword,
    memoryless,
    numbered_draw,
    obedient,
)
from tasks import TASKS

FOLDER: Final = Path(__file__).parents[1] / "tests" / "golden"
# Each episode gets a policy of its own, because a draw goes on where it was.
POLICIES: Final[Mapping[str, Callable[[], Policy]]] = {
    "answer_key": lambda: answer_key,
    "memoryless": lambda: memoryless,
    "keyword": lambda: keyword,
    "obedient": lambda: obedient,
    "draw_7": lambda: numbered_draw(7),
    "invalid": lambda: always(None),
}
NAMES: Final = tuple(f"{task_id}-{policy}" for task_id in TASKS for policy in POLICIES)


def recorded(name: str) -> list[dict[str, Any]]:
    """Play an episode.

    Args:
        name: Task and policy, such as `task_easy-keyword`.

    Returns:
        For each step the action, the reward and the info that came with it.
    """
    task_id, policy_name = name.split("-")
    task = TASKS[task_id]
    policy = POLICIES[policy_name]()
    env = EmailTriageEnv(task_id)
    observation = env.reset().observation
    steps: list[dict[str, Any]] = []
    done = False
    while not done:
        action = policy(observation, task.ground_truth[observation.email_id])
        result = env.step(action)
        sent = action.model_dump() if isinstance(action, TriageAction) else action
        steps.append({"action": sent, "reward": result.reward, "info": result.info})
        observation, done = result.observation, result.done
    return steps


def write(task_ids: Iterable[str] = TASKS) -> list[str]:
    """Write the episodes of some tasks.

    Args:
        task_ids: Which ones.

    Returns:
        The names of the episodes whose files have changed.
    """
    chosen = set(task_ids)
    changed = []
    for name in (name for name in NAMES if name.split("-")[0] in chosen):
        path = FOLDER / f"{name}.json"
        text = f"{json.dumps(recorded(name), indent=1, ensure_ascii=False)}\n"
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(name)
    return changed


if __name__ == "__main__":
    print(f"Written anew: {', '.join(write()) or 'none'}.")
