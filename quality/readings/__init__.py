"""What readers decided who saw a desk's policy and its mail, and never an answer.

Each file beside this one is one reader: who it was, how it read, and its decisions by inbox, with
a digest of what it was shown. Nothing in it is a score; that is measured anew.
"""

from hashlib import sha256
from pathlib import Path
from statistics import fmean
from typing import Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from deck import find_deal
from environment import EmailTriageEnv
from models import Task, TriageAction
from quality.data_rules import expected_path, whole_text

FOLDER: Final = Path(__file__).parent
DIGEST_DIGITS: Final = 16
Manner = Literal["careful", "hurried", "rewarded"]


class Decision(BaseModel):
    """What a reader decided about one mail."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    email_id: str
    label: str
    route_to: str
    summary: str = ""


class Reading(BaseModel):
    """One inbox as a reader worked it.

    Attributes:
        shown: A digest of the policy and the mail that it saw.
        decisions: What it decided, mail by mail.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    shown: str
    decisions: tuple[Decision, ...]


class Reader(BaseModel):
    """One reader.

    Attributes:
        manner: `careful`, with all earlier mail in view and time; `hurried`, in an agent's own
            situation: each mail once, in order, with its own decisions and summaries for memory,
            which keep Rule 17; or `rewarded`, the same with the reward of each decision.
        about: Who read, and how.
        inboxes: What it read, by task id.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    manner: Manner
    about: str
    inboxes: dict[str, Reading]


class Found(NamedTuple):
    """How the inboxes of one level came out for one reader.

    Attributes:
        reader: Its name.
        manner: How it read.
        level: `varied` or `month`.
        mails: How many mails it decided.
        agreed: In how large a share of them label and team are those that the rules give.
        score: The mean score of its inboxes.
    """

    reader: str
    manner: Manner
    level: str
    mails: int
    agreed: float
    score: float


def readers() -> dict[str, Reader]:
    """Return every reader by name."""
    return {
        path.stem: Reader.model_validate_json(path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.json"))
    }


def shown(task: Task) -> str:
    """Return a digest of the words that an inbox shows, if all of it is handled right."""
    words = " ".join((task.description, *map(whole_text, expected_path(task)))).split()
    return sha256(" ".join(words).encode()).hexdigest()[:DIGEST_DIGITS]


def outdated() -> list[str]:
    """Return which inboxes say something else than when they were read."""
    return [
        f"{name}: {task_id}"
        for name, reader in readers().items()
        for task_id, reading in reader.inboxes.items()
        if shown(find_deal(task_id)) != reading.shown
    ]


def measure() -> list[Found]:
    """Return how every reader did, level by level, on the inboxes that are as they were read."""
    found: list[Found] = []
    for name, reader in readers().items():
        levels: dict[str, list[tuple[list[bool], float]]] = {}
        for task_id, reading in reader.inboxes.items():
            task = find_deal(task_id)
            if shown(task) == reading.shown:
                levels.setdefault(task_id.split("-")[1], []).append(_worked(task, reading))
        for level, worked in levels.items():
            agreed = [right for rights, _ in worked for right in rights]
            score = fmean(score for _, score in worked)
            found.append(Found(name, reader.manner, level, len(agreed), fmean(agreed), score))
    return found


def disagreements() -> list[str]:
    """Say where a reader decided otherwise than the rules give, and why they do."""
    return [
        f"{name}, {decision.email_id}: {decision.label}/{decision.route_to}, not "
        f"{truth.label}/{truth.route_to}"
        for name, reader in readers().items()
        for task_id, reading in reader.inboxes.items()
        for truths in [find_deal(task_id).ground_truth]
        for decision in reading.decisions
        for truth in [truths[decision.email_id]]
        if (decision.label, decision.route_to) != (truth.label, truth.route_to)
    ]


def _worked(task: Task, reading: Reading) -> tuple[list[bool], float]:
    """Return, mail by mail, whether the decision is right, and the score of the episode."""
    env = EmailTriageEnv.for_task(task)
    rights: list[bool] = []
    score = 0.0
    for decision in reading.decisions:
        truth = task.ground_truth[decision.email_id]
        rights.append((decision.label, decision.route_to) == (truth.label, truth.route_to))
        action = TriageAction.model_validate(decision.model_dump(exclude={"email_id"}))
        score = float(env.step(action).info.get("episode_score", 0.0))
    return rights, score
