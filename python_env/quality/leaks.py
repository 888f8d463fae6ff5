"""What must not be said to an agent, and whether it was."""

from collections.abc import Iterator, Sequence
from typing import Final

from python_env.server.dealing import ReviewTask
from python_env.server.splits import task_of
from python_env.stock.format import RIGHT, WRONG, filled

# Shorter lines of code stand in many places by chance.
LEAST: Final = 24


class Answers:
    """What tells the answers to some tasks: reasons, scenarios, the lines that would be right."""

    def __init__(self, task_ids: Sequence[str]) -> None:
        """Learn them."""
        tasks = {task_id: task_of(task_id) for task_id in task_ids}
        self._told = {
            task_id: dict([*_secrets(task), *_right_lines(task)]) for task_id, task in tasks.items()
        }
        # What would be right in one task may well stand in the code of another.
        self._anywhere = dict(secret for task in tasks.values() for secret in _secrets(task))

    def __len__(self) -> int:
        """Count them."""
        return sum(map(len, self._told.values()))

    def found_in(self, text: str, task_id: str | None = None, /) -> str | None:
        """Say which of them stands in a text, which may be about a task."""
        secrets = self._anywhere if task_id is None else self._told.get(task_id, {})
        plain = text.replace("\\n", "\n").replace('\\"', '"')
        return next((what for secret, what in secrets.items() if secret in plain), None)


def _secrets(task: ReviewTask) -> Iterator[tuple[str, str]]:
    for name in (*WRONG, "wrong_sites"):
        yield name, f"the name of a variant, {name}"
    for defect in task.defects:
        yield defect.why, f"why {defect.site} is wrong"
    for one in task.module.proof.scenarios:
        yield one.name, f"the scenario {one.name}"


def _right_lines(task: ReviewTask) -> Iterator[tuple[str, str]]:
    for defect in task.defects:
        for variant in RIGHT:
            text = filled(task.module.by_name[defect.site].text(variant), task.slots)
            for line in map(str.strip, text.splitlines()):
                if len(line) >= LEAST and line not in task.code:
                    yield line, f"a right line of {defect.site}"
