"""Canaries: what an agent can do to be paid without doing the work.

`canaries.json` says what each does and the most it may score in any task; the policy of that id is
here. Those that know no answer may score no more than the floor margin leaves.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from python_env.quality import constants, key
from python_env.quality.forgeries import forged
from python_env.quality.keywords import keyword_rules
from python_env.quality.places import everywhere, whole_file
from python_env.quality.playing import APPROVE, REQUEST, Decide, in_turn, reading
from python_env.quality.probes import INVALID
from python_env.server.dealing import ReviewTask

FILE: Final = "quality/canaries.json"
# Each forged patch takes a run of all scenarios; a few of each kind show what all do.
EVERY: Final = 4


def policies(name: str, task: ReviewTask) -> list[Decide]:
    """Return the policies of one canary for one task.

    Args:
        name: The id of the canary.
        task: The task.

    Returns:
        The policies, none for an id that is unknown; the file says whether their best score or
        their mean counts.
    """
    return list(CANARIES[name](task)) if name in CANARIES else []


def _nothing(_task: ReviewTask) -> Iterator[Decide]:
    for action in INVALID:
        yield lambda _seen, action=action: action  # type: ignore[misc]
    yield in_turn([REQUEST])


def _forged(task: ReviewTask) -> Iterator[Decide]:
    """Name nothing, and send what is no honest patch."""
    for _, patch in list(forged(task))[::EVERY]:
        yield in_turn([{"operation": "submit_patch", "patch": patch}])


def _best_constant(task: ReviewTask) -> Iterator[Decide]:
    for kind in ("wrong-condition", "swallowed-error", "sql-injection", "off-by-one"):
        for place in range(4):
            plan = constants.plan_of([constants.Constant(kind, "high", place, 0)])
            yield reading(plan)(task)


CANARIES: Final[Mapping[str, Callable[[ReviewTask], Iterator[Decide]]]] = {
    "nothing": _nothing,
    "approves": lambda _task: iter([in_turn([APPROVE])]),
    "everywhere": lambda task: iter([reading(everywhere)(task)]),
    "whole-file": lambda task: iter([reading(whole_file)(task)]),
    "constant": _best_constant,
    "keywords": lambda task: iter([reading(keyword_rules(most))(task) for most in (1, 2, 4)]),
    "forged-patches": _forged,
    "patch-alone": lambda task: iter([key.patch_without_finding(task)]),
    "wrong-kind": lambda task: iter([key.wrong_kind(task)]),
    "hints-and-guesses": lambda task: iter([key.hints_and_guesses(task)]),
    "key-without-patch": lambda task: iter([key.key_without_patch(task)]),
}
