"""What an environment hands to the tools: all that they know of it.

Each environment lies in a folder whose name ends in `_env` and has a `subject.py` with a `SUBJECT`.
That module is the one place where server, answers and tools meet: a policy that knows the answers
closes over them, so that no tool ever sees one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol

HOUSE: Final = Path(__file__).parents[1]
SUFFIX: Final = "_env"


class UnknownSubjectError(ValueError):
    """There is no environment of that name in this checkout."""


class PolicyError(ValueError):
    """There is no such policy, or it lacks something."""


class Reply(Protocol):
    """A reply as an action, and whether it could be read."""

    @property
    def action(self) -> Mapping[str, Any]:
        """What to send, if it could."""

    @property
    def parsed(self) -> bool:
        """Whether it could."""


class Prompt(Protocol):
    """An environment's `prompt.py`: how a model is asked, and how its reply is read."""

    TEMPERATURE: float
    MAX_TOKENS: int

    def build_messages(
        self,
        info: Mapping[str, Any],
        observation: Any,  # noqa: ANN401 # the environment's own model
        history: Sequence[str],
    ) -> list[dict[str, str]]:
        """Return the chat messages that ask for one decision."""

    def history_line(
        self, step: int, action: Mapping[str, Any], reward: float, *, hide_reward: bool = False
    ) -> str:
        """Return what a model is told about one of its own steps."""

    def parse_reply(self, text: str) -> Reply:
        """Read an action out of a model's reply."""


class Splits(Protocol):
    """Which tasks there are, by split, difficulty and number."""

    DIFFICULTIES: tuple[str, ...]
    MIXED: str

    def split_sizes(self) -> dict[str, int]:
        """Return how many tasks each split has."""

    def task_id_at(self, split: str, index: int, difficulty: str = ...) -> str:
        """Return the id of one task; `IndexError` if there is none."""

    def difficulty_of(self, task_id: str) -> str:
        """Return how difficult a task is."""


# Decides one step: given what the reset told and the observation, as the client gives them.
Decide = Callable[[Mapping[str, Any], Any], Mapping[str, Any]]
# A policy: given a task's id and a number to draw by, who decides in one episode of that task.
Policy = Callable[[str, int], Decide]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One environment.

    Attributes:
        name: What commands call it.
        environment: What its manifest and the routes of its Task API call it.
        version: Its version; scores of different versions are not comparable.
        root: The folder that OpenEnv validates, with `openenv.yaml`.
        app: The module that serves: `python -m APP`, or `APP:app` for an ASGI server.
        client: Its typed client, a class of OpenEnv's `EnvClient`.
        prompt: How a model is asked.
        splits: Which tasks there are.
        max_steps: The most steps of an episode.
        policies: The reference policies by name; of those that end in ":" the rest of the name
            is an argument, read by `policy_from`.
        policy_from: Returns the policy of a name with an argument; raises `PolicyError`.
        knowing: The names of the policies that know the answers.
        drawing: The names of those that draw, and take a seed.
    """

    name: str
    environment: str
    version: str
    root: Path
    app: str
    client: Any
    prompt: Prompt
    splits: Splits
    max_steps: int
    policies: Mapping[str, Policy]
    policy_from: Callable[[str], Policy]
    knowing: frozenset[str]
    drawing: frozenset[str]

    def start_command(self) -> str:
        """Return the command that starts its server, for messages."""
        return f"python -m {self.app}"


def names() -> list[str]:
    """Return what commands call the environments of this checkout."""
    return sorted(path.parent.name.removesuffix(SUFFIX).partition("_")[0] for path in _found())


def find(name: str) -> Subject:
    """Return an environment of this checkout.

    Args:
        name: What commands call it: the first word of its folder.

    Returns:
        The environment.

    Raises:
        UnknownSubjectError: If there is none of that name.
    """
    for path in _found():
        folder = path.parent.name
        if name in (folder, folder.removesuffix(SUFFIX).partition("_")[0]):
            subject: Subject = import_module(f"{folder}.subject").SUBJECT
            return subject
    known = ", ".join(names())
    raise UnknownSubjectError(f"There is no environment {name!r:.60}; choose one of: {known}.")


def _found() -> list[Path]:
    return sorted(HOUSE.glob(f"*{SUFFIX}/subject.py"))
