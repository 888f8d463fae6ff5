"""What an environment hands to the tools: all that they know of it.

Each environment lies in a folder whose name ends in `_env` and has a `subject.py` with a `SUBJECT`.
That module is the one place where server, answers and tools meet: a policy that knows the answers
closes over them, so that no tool ever sees one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from tools.episodes.playing import Episode
    from tools.evaluation.findings import Examine, Row

from pydantic import BaseModel

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
class Files:
    """What a package must have beside its manifest; paths from the environment's root.

    Attributes:
        dockerfile: Builds the image, with the root as its context.
        requirements: What the image installs.
        sbom: The bill of materials of that.
        plan: OpenEnv's runtime plan, which is one whole episode.
        canaries: What cheats do, and the most that each may score.
        digests: The digests of `Bench.measured`, and the `dataset_version` that they are of.
        explaining: Where each leaf of the rubric is explained.
        unhashed: Files of requirements that name versions without hashes.
    """

    dockerfile: str
    requirements: str
    sbom: str
    plan: str
    canaries: str
    digests: str
    explaining: tuple[str, ...]
    unhashed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fields:
    """The names that stand in what a client is sent, and no others may.

    Attributes:
        task: Of a task in the Task API.
        observation: Of an observation, without OpenEnv's own.
        brief: Of the metadata of a reset.
        graded: Of the metadata of a step that was graded.
        refused: Of the metadata of a step that was not, `error` among them.
        state: Of a state.
    """

    task: frozenset[str]
    observation: frozenset[str]
    brief: frozenset[str]
    graded: frozenset[str]
    refused: frozenset[str]
    state: frozenset[str]


class Leaks(Protocol):
    """What must not be said, and whether it was."""

    def __len__(self) -> int:
        """Return how many things are looked for."""

    def found_in(self, text: str, task_id: str | None = None, /) -> str | None:
        """Say what of them stands in a text, which may be about a task; `None` if nothing does."""


@dataclass(frozen=True, kw_only=True)
class Bench:
    """The side of an environment that knows the answers, as far as checks need it.

    What all environments have in common, and the checks rely on: a reset takes `task_id`, `seed`
    and `episode_id`; the metadata of a step have the `rubric` by leaf, an `error` if the action was
    none and, of the last one, `episode_score`; a state has `task_id`, `done`, `episode_score`,
    `reward_history` and `action_history`, in which `None` stands for an action that was none.

    Attributes:
        oracle: Earns all there is.
        erratic: Is right, wrong, harmful and no decision at all by turns, as it draws.
        probing: Play whatever brings out what a server knows, and say no word of an answer.
        plain: An action.
        invalid: Actions that are none.
        oversize: Returns an action of so many bytes, which is none.
        canary: Returns who plays a canary, nobody if it is unknown: given its id and a task's.
        leaks: Returns what finds the answers to some tasks, given their ids.
        replay: Returns the rewards of actions in a task, without a server.
        recorded: Returns what else the state of a task must hold, given its id, the actions so far
            and the metadata that answered them.
        odd_reset: Says what is wrong with a reset, given the task's id, observation and metadata.
        odd_step: Says the same of a step.
        fields: The names in what a client is sent.
        leaves: The leaves of the rubric.
        rubric: Returns a rubric, for OpenEnv's `named_rubrics`.
        measured: Returns digests of all tasks and answers.
        regrade: A module that grades a fixed batch without OpenEnv, and prints as JSON the `digest`
            and the number of `grades`, and which `python` it was.
        bodies: Good bodies for routes of its own, by path.
        tool_calls: Calls of its MCP tools, good and bad, each with `name` and `arguments`.
    """

    oracle: Policy
    erratic: Policy
    probing: Sequence[Policy]
    plain: Mapping[str, Any]
    invalid: Sequence[Mapping[str, Any]]
    oversize: Callable[[int], Mapping[str, Any]]
    canary: Callable[[str, str], Sequence[Decide]]
    leaks: Callable[[Sequence[str]], Leaks]
    replay: Callable[[str, Sequence[Mapping[str, Any]]], list[float]]
    recorded: Callable[
        [str, Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]], Mapping[str, Any]
    ]
    odd_reset: Callable[[str, Mapping[str, Any], Mapping[str, Any]], Iterable[str]]
    odd_step: Callable[[str, Mapping[str, Any], Mapping[str, Any]], Iterable[str]]
    fields: Fields
    leaves: Sequence[str]
    rubric: Callable[[], Any]
    measured: Callable[[], Mapping[str, Any]]
    regrade: str
    bodies: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    tool_calls: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One environment.

    Attributes:
        name: What commands call it.
        environment: What its manifest and the routes of its Task API call it.
        version: Its version; scores of different versions are not comparable.
        root: The folder that OpenEnv validates, with `openenv.yaml`.
        app: The module that serves, run from the root: `python -m APP`, or `APP:app` for an ASGI
            server.
        client: Its typed client, a class of OpenEnv's `EnvClient`.
        observation: Its model of an observation.
        prompt: How a model is asked.
        splits: Which tasks there are.
        max_steps: The most steps of an episode.
        policies: The reference policies by name; of those that end in ":" the rest of the name
            is an argument, read by `policy_from`.
        policy_from: Returns the policy of a name with an argument; raises `PolicyError`.
        knowing: The names of the policies that know the answers.
        drawing: The names of those that draw, and take a seed.
        files: Where it keeps what a package must have.
        bench: What checks need of its answers.
        examine: Finds out what an evaluation needs to know about the tasks that were played.
        rows: What a table shows of what that found, in its order.
        pass_score: From which score on an episode is a success.
        highlights: Returns what a record of an episode tells beside its steps.
        report: Prints what its reference policies earn, given the command line's further words, and
            returns the exit status; `None` if it has no such report.
    """

    name: str
    environment: str
    version: str
    root: Path
    app: str
    client: Any
    observation: type[BaseModel]
    prompt: Prompt
    splits: Splits
    max_steps: int
    policies: Mapping[str, Policy]
    policy_from: Callable[[str], Policy]
    knowing: frozenset[str]
    drawing: frozenset[str]
    files: Files
    bench: Bench

    examine: "Examine"
    rows: "Sequence[Row]"
    pass_score: float
    highlights: "Callable[[Episode], Mapping[str, Any]]" = lambda _episode: {}
    report: Callable[[Sequence[str]], int] | None = None

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
