"""Policies that bring out what a server does and knows: right, wrong, harmful and no actions."""

import random
from collections.abc import Iterator
from typing import Any, Final

from python_env.kinds import KINDS, SEVERITIES
from python_env.quality.key import found
from python_env.quality.playing import APPROVE, REQUEST, Action, Decide, Shown, finding, in_turn
from python_env.server.dealing import ReviewTask

# What JSON can carry that is no action.
INVALID: Final[list[dict[str, Any]]] = [
    {},
    {"operation": "finalize"},
    {"operation": "finalize", "verdict": "perhaps"},
    {"operation": "approve"},
    {**APPROVE, "patch": "pass"},
    {"operation": "request_hint", "slot": 0, "level": 1},
    {"operation": "submit_patch", "patch": ["pass"]},
]
# Of each action in a drawn episode how likely it is.
_WEIGHTS: Final = {
    "right": 4, "false": 3, "vague": 1, "hint": 2, "mended": 2, "unchanged": 1, "invalid": 2,
    "end": 1,
}  # fmt: skip


def erratic(task: ReviewTask, draw_by: int) -> Decide:
    """Return who is right, wrong, harmful and no action at all by turns.

    Args:
        task: What is reviewed.
        draw_by: What the turns are drawn by.

    Returns:
        The policy, which ends its episode sooner or later.
    """
    draw = random.Random(draw_by)  # noqa: S311 # a numbered draw, not a secret

    def decide(_seen: Shown) -> Action:
        (what,) = draw.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
        return _drawn(what, task, draw)

    return decide


def _drawn(what: str, task: ReviewTask, draw: random.Random) -> Action:
    line = draw.randint(1, len(task.code.splitlines()) - 1)
    made_up = finding(draw.choice(list(KINDS)), line, line + 1, draw.choice(SEVERITIES))
    match what:
        case "right" if task.defects:
            return found(draw.choice(task.defects))
        case "vague":
            return {**made_up, "rationale": "bad"}
        case "hint":
            slot, level = draw.randint(1, 3), draw.randint(1, 2)
            return {"operation": "request_hint", "slot": slot, "level": level}
        case "mended" | "unchanged":
            patch = task.mended() if what == "mended" else task.code
            return {"operation": "submit_patch", "patch": patch}
        case "invalid":
            return draw.choice(INVALID)
        case "end":
            return draw.choice((APPROVE, REQUEST))
        case _:
            return made_up


def bare(_task: ReviewTask) -> Decide:
    """Guess, patch with the code as it is, and approve: say no word of an answer."""

    def actions(seen: Shown) -> Iterator[Action]:
        for kind in list(KINDS)[::5]:
            yield finding(kind, 1, 2)
        yield {"operation": "submit_patch", "patch": "VALUE = 1\n"}
        yield {"operation": "submit_patch", "patch": seen.code}
        yield from INVALID[:3]
        yield APPROVE

    planned: list[Decide] = []

    def decide(seen: Shown) -> Action:
        if not planned:
            planned.append(in_turn(actions(seen)))
        return planned[0](seen)

    return decide


def contrary(_task: ReviewTask) -> Decide:
    """Send reproductions and long rationales that are about nothing, and ask for changes."""
    reproduction = "def scenario(m):\n    return [str(type(m)), 1, None]\n"
    return in_turn(
        {**finding(kind, 3, 9, "low", f"It may be {kind} or not."), "reproduction": reproduction}
        for kind in list(KINDS)[1::6]
    )
