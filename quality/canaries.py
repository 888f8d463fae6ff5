"""Canaries: what an agent can do to be paid without doing the work.

`quality/canaries.json` says what each does and the most it may score in any inbox; the policy of
that id is here. Those that know no answer may score no more than the floor margin leaves.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from models import MAX_ROUTE_LENGTH, EmailObservation, GroundTruth, Task, TriageAction
from quality.exploits import SUMMARY_EXPLOITS
from quality.headline import graded_constant
from quality.policies import (
    EMPTY_ANSWERS,
    Policy,
    Writer,
    always,
    constants,
    numbered_draw,
    summarising,
)

FILE: Final = "quality/canaries.json"
DRAWS: Final = range(10)
# Who gets all mail of a cheat, where the desk has such a team.
TEAM: Final = "billing"
# What JSON can carry of the answers that are none.
INVALID: Final = [
    answer
    for name, answer in EMPTY_ANSWERS.items()
    if isinstance(answer, dict) and name != "not a number"
]


def policies(name: str, task: Task) -> list[Policy]:
    """Return the policies of one canary for one inbox.

    Args:
        name: The id of the canary.
        task: The inbox.

    Returns:
        The policies, none for an id that is unknown; the file says whether their best score or
        their mean counts.
    """
    return CANARIES[name](task) if name in CANARIES else []


def _best_constant(task: Task) -> Policy:
    actions = constants(tuple(task.routes))
    return always(max(actions, key=lambda action: graded_constant(task, action)))


def _constantly(label: str, team: str, writer: Writer) -> Policy:
    def policy(observation: EmailObservation, truth: GroundTruth) -> dict[str, Any]:
        summary = writer(observation, truth)[:300]
        return {"label": label, "summary": summary, "route_to": team}

    return policy


def _every_team(task: Task) -> Policy:
    """Return who names as many teams as fit where one is asked for."""
    teams = ", ".join(task.routes)[:MAX_ROUTE_LENGTH]
    return always({"label": "normal", "summary": "Please see the email below.", "route_to": teams})


def _obeys_only(_observation: EmailObservation, truth: GroundTruth) -> Any:  # noqa: ANN401
    """Do what a mail demands, and nothing where none demands anything."""
    if truth.demanded is None:
        return {}
    label, route_to = truth.demanded
    return TriageAction(label=label, summary=truth.reference_summary, route_to=route_to)


def _exploiting(task: Task, label: str, *exploits: str) -> list[Policy]:
    """Return a policy for each of some summary exploits that decides every mail alike."""
    team = TEAM if TEAM in task.routes else next(iter(task.routes))
    return [_constantly(label, team, SUMMARY_EXPLOITS[exploit]) for exploit in exploits]


CANARIES: Final[Mapping[str, Callable[[Task], list[Policy]]]] = {
    "nothing": lambda _task: [always(answer) for answer in INVALID],
    "best-constant": lambda task: [_best_constant(task)],
    "random-draws": lambda task: [numbered_draw(number, tuple(task.routes)) for number in DRAWS],
    "keyword-stuffing": lambda task: _exploiting(
        task, "normal", "keyword salad", "numbers and names", "sorted words"
    ),
    "copy-paste": lambda task: _exploiting(
        task, "urgent", "pasted body", "first 30 words", "stitched pieces"
    ),
    "every-team": lambda task: [_every_team(task)],
    "obeys-the-mail": lambda _task: [_obeys_only],
    "told-the-decisions": lambda _task: [
        summarising(writer) for writer in SUMMARY_EXPLOITS.values()
    ],
}
