"""Golden episodes: the same actions earn what they earned when the files were written.

A change here changes scores, so results across it are not comparable: raise the version, say why
in the commit, and write the files again with `python -m tests.test_golden`.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from environment import EmailTriageEnv
from models import TriageAction
from quality.policies import always, answer_key, keyword, memoryless, numbered_draw, obedient
from tasks import TASKS

FOLDER = Path(__file__).with_name("golden")
POLICIES = {
    "answer_key": answer_key,
    "memoryless": memoryless,
    "keyword": keyword,
    "obedient": obedient,
    "draw_7": numbered_draw(7),
    "invalid": always(None),
}
NAMES = [f"{task_id}-{policy}" for task_id in TASKS for policy in POLICIES]


def _record(name: str) -> list[dict[str, Any]]:
    """Play an episode and return what was done and earned at each step."""
    task_id, policy = name.split("-")
    task = TASKS[task_id]
    env = EmailTriageEnv(task_id)
    observation = env.reset().observation
    steps: list[dict[str, Any]] = []
    done = False
    while not done:
        action = POLICIES[policy](observation, task.ground_truth[observation.email_id])
        result = env.step(action)
        shown = action.model_dump() if isinstance(action, TriageAction) else action
        steps.append({"action": shown, "reward": result.reward, "info": result.info})
        observation, done = result.observation, result.done
    return steps


@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str) -> None:
    """An episode earns what it earned before, step by step."""
    golden = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    env = EmailTriageEnv(name.split("-")[0])
    for step in golden:
        result = env.step(step["action"])
        earned = {"reward": result.reward, "info": result.info}
        expected = {"reward": step["reward"], "info": step["info"]}
        assert earned == expected, (
            "A score has changed. If it should, raise the version, say why in the commit and run "
            "`python -m tests.test_golden`."
        )
    assert env.state().done


def test_no_golden_file_is_left_over() -> None:
    """Every file belongs to an episode that is tested."""
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted(NAMES)


if __name__ == "__main__":
    for each in NAMES:
        text = json.dumps(_record(each), indent=1, ensure_ascii=False)
        (FOLDER / f"{each}.json").write_text(f"{text}\n", encoding="utf-8")
