"""Plays policies without a server, and without OpenEnv: they look at nothing but the code."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from python_env.actions import ReviewEvaluation
from python_env.server.briefing import numbered
from python_env.server.dealing import DIFFICULTIES, ReviewTask, deal
from python_env.server.review import Review
from python_env.server.sandbox import Sandbox

Action = Mapping[str, Any]


class Shown(Protocol):
    """What the policies here look at of an observation."""

    @property
    def code(self) -> str:
        """The module, each line with its number."""


@dataclass(frozen=True)
class Page:
    """The module, each line with its number."""

    code: str


# Decides one step from what is shown.
Decide = Callable[[Shown], Action]
# Who decides in a task; one that knows the answers looks into it.
Policy = Callable[[ReviewTask], Decide]
# Plans actions from what is shown first.
Plan = Callable[[Shown], Iterator[Action]]

APPROVE: Final[Action] = {"operation": "finalize", "verdict": "approve"}
REQUEST: Final[Action] = {"operation": "finalize", "verdict": "request_changes"}


@dataclass(frozen=True)
class Played:
    """One episode that was played.

    Attributes:
        task: What was reviewed.
        evaluation: What it was worth.
        steps: How many steps it took.
        false: How many findings were false.
    """

    task: ReviewTask
    evaluation: ReviewEvaluation
    steps: int
    false: int


def play(task: ReviewTask, policy: Policy, sandbox: Sandbox) -> Played:
    """Play one task to its end.

    Args:
        task: The task.
        policy: Who decides.
        sandbox: Runs patches and reproductions.

    Returns:
        What came of it.
    """
    review, page, decide = Review(task), Page(numbered(task.code)), policy(task)
    while not review.done:
        action = decide(page)
        review.act(action, review.facts(action, sandbox))
    false = sum(past.result in ("false", "vague", "invalid") for past in review.past)
    return Played(task, review.evaluation, len(review.past), false)


def in_turn(actions: Iterable[Action]) -> Decide:
    """Return who takes some actions one after the other, and then asks for changes."""
    left = iter(actions)
    return lambda _seen: next(left, REQUEST)


def reading(actions: Plan) -> Policy:
    """Return a policy of actions that are planned once, from what is shown first."""

    def policy(_task: ReviewTask) -> Decide:
        planned: list[Decide] = []

        def decide(seen: Shown) -> Action:
            if not planned:
                planned.append(in_turn(actions(seen)))
            return planned[0](seen)

        return decide

    return policy


def plain_code(seen: Shown) -> str:
    """Return the code that is shown, without the numbers of its lines."""
    return "".join(f"{line.partition(' | ')[2]}\n" for line in seen.code.splitlines())


def finding(
    kind: str, first: int, last: int, severity: str = "high", rationale: str = ""
) -> dict[str, Any]:
    """Return a finding; without a rationale of its own, with one that says as little as it may."""
    return {
        "operation": "add_finding",
        "kind": kind,
        "severity": severity,
        "first_line": first,
        "last_line": last,
        "rationale": rationale or f"This looks like {kind} to me.",
    }


def tasks(split: str, each: int) -> list[ReviewTask]:
    """Return the first tasks of each level of a split."""
    return [deal(split, difficulty, i) for difficulty in DIFFICULTIES for i in range(each)]


def mean(played: Sequence[Played], *, clean: bool | None = None) -> float:
    """Return the mean score, of all or of those that are clean or are not."""
    chosen = [one for one in played if clean is None or (not one.task.defects) == clean]
    return sum(one.evaluation.score for one in chosen) / max(1, len(chosen))
