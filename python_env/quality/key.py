"""The answer key, and what is less than it: policies that look into a task."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from python_env.kinds import KINDS, KINDS_OF_TIME
from python_env.quality.places import bodies
from python_env.quality.playing import APPROVE, Action, Decide, Policy, finding, in_turn
from python_env.quality.pruning import pruned
from python_env.server.dealing import Defect, ReviewTask
from python_env.server.judging import script
from python_env.server.sandbox import Sandbox
from python_env.server.sandbox.reproduction import shows
from python_env.server.sandbox.screening import refused_reproduction

_KNOWN: Final[dict[tuple[str, str, str, str], str | None]] = {}


def reproduction_of(task: ReviewTask, defect: Defect, sandbox: Sandbox) -> str | None:
    """Return a reproduction that shows a defect: one of the scenarios that prove its site.

    Args:
        task: The task.
        defect: One of its defects.
        sandbox: Runs what may show it.

    Returns:
        The reproduction; `None` if no scenario of the site may be used as one, or none shows it.
    """
    key = (task.code, defect.site, task.module.name, task.chosen[defect.site])
    if key not in _KNOWN:
        _KNOWN[key] = next(_shown(task, defect, sandbox), None)
    return _KNOWN[key]


def _shown(task: ReviewTask, defect: Defect, sandbox: Sandbox) -> Iterator[str]:
    clock = defect.kind in KINDS_OF_TIME
    for one in task.module.proof.scenarios:
        if one.site == defect.site:
            text = pruned(script(task.module, one, task.slots))
            if refused_reproduction(text, clock=clock) is None and shows(
                sandbox, task.code, task.twins(defect.site), text, clock=clock
            ):
                yield text


def found(defect: Defect, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the finding that names a defect, with some fields changed."""
    right = finding(defect.kind, defect.first, defect.last, defect.severity, defect.why)
    return {**right, **changes}


def answer_key(sandbox: Sandbox) -> Policy:
    """Return the policy that earns all there is."""

    def policy(task: ReviewTask) -> Decide:
        if not task.defects:
            return in_turn([APPROVE])
        findings: list[Action] = []
        for defect in task.defects:
            shown = reproduction_of(task, defect, sandbox)
            findings.append(found(defect, **({"reproduction": shown} if shown else {})))
        return in_turn([*findings, {"operation": "submit_patch", "patch": task.mended()}])

    return policy


def improving(sandbox: Sandbox) -> Policy:
    """Return the policy that begins with a plausible review and gets better by what it is told.

    It first takes the defect for its neighbour and sends a patch that only looks like a fix, asks
    for one hint where there is a second defect, and mends all in a second patch.
    """

    def policy(task: ReviewTask) -> Decide:
        if not task.defects:
            return in_turn([APPROVE])

        def actions() -> Iterator[Action]:
            first, *others = task.defects
            yield found(first, kind=_neighbour(first.kind))
            yield found(first, first_line=max(1, first.first - 3), last_line=first.last)
            yield {"operation": "submit_patch", "patch": task.mended_wrongly(first.site)}
            for slot, defect in enumerate(others, 2):
                if slot == len(task.defects):
                    yield {"operation": "request_hint", "slot": slot, "level": 1}
                shown = reproduction_of(task, defect, sandbox)
                yield found(defect, **({"reproduction": shown} if shown else {}))
            yield {"operation": "submit_patch", "patch": task.mended()}

        return in_turn(actions())

    return policy


def key_without_patch(task: ReviewTask) -> Decide:
    """Name every defect, and mend and show none."""
    return in_turn([found(defect) for defect in task.defects])


def patch_without_finding(task: ReviewTask) -> Decide:
    """Mend every defect, and name none."""
    return in_turn([{"operation": "submit_patch", "patch": task.mended()}])


def wrong_kind(task: ReviewTask) -> Decide:
    """Point at each defect, and call it another kind of the same area."""
    return in_turn([found(defect, kind=_neighbour(defect.kind)) for defect in task.defects])


def hints_and_guesses(task: ReviewTask) -> Decide:
    """Ask for both levels of all hints, and point at the middle of the function that is named."""

    def actions() -> Iterator[Action]:
        for slot in range(1, 4):
            yield {"operation": "request_hint", "slot": slot, "level": 2}
        for defect in task.defects:
            # What the hint tells, and no more.
            first, last = _middle(task.code, defect.function)
            yield finding(defect.kind, first, last)

    return in_turn(actions())


def one_hint_and_guess(task: ReviewTask) -> Decide:
    """Ask for one hint of both levels, and point at the middle of the function that is named."""

    def actions() -> Iterator[Action]:
        yield {"operation": "request_hint", "slot": 1, "level": 2}
        for defect in task.defects[:1]:
            first, last = _middle(task.code, defect.function)
            yield finding(defect.kind, first, last)

    return in_turn(actions())


@cache
def _neighbour(kind: str) -> str:
    near = [name for name, other in KINDS.items() if other.area == KINDS[kind].area]
    return near[(near.index(kind) + 1) % len(near)]


def _middle(code: str, function: str) -> tuple[int, int]:
    first, last = bodies(code).get(function, (1, 1))
    begin = max(first, (first + last) // 2 - 3)
    return begin, min(last, begin + 7)
