"""The best review that is the same for every module, searched: kind, severity and place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from python_env.actions import MAX_FINDING_LINES
from python_env.kinds import KINDS, SEVERITIES
from python_env.quality.places import bodies
from python_env.quality.playing import Action, Plan, Shown, finding, plain_code
from python_env.server.dealing import ReviewTask
from python_env.server.grading import Finding, Ledger, credit, evaluate, matched

PLACES: Final = 14
OFFSETS: Final = (0, 4, 8)
MOST_FINDINGS: Final = 3


@dataclass(frozen=True)
class Constant:
    """One finding that is made of every module.

    Attributes:
        kind: Its kind.
        severity: Its severity.
        place: The number of the function in whose body it points, from 0.
        offset: How many lines below the beginning of that body it begins.
    """

    kind: str
    severity: str
    place: int
    offset: int

    def lines(self, code: str) -> tuple[int, int] | None:
        """Return the lines at which it points in some code, if that has so many functions."""
        spans = list(bodies(code).values())
        if self.place >= len(spans):
            return None
        first = min(spans[self.place][0] + self.offset, spans[self.place][1])
        return first, min(spans[self.place][1], first + MAX_FINDING_LINES - 1)


def plan_of(findings: Sequence[Constant]) -> Plan:
    """Return the plan that makes some findings of every module."""

    def made(seen: Shown) -> Iterator[Action]:
        for one in findings:
            lines = one.lines(plain_code(seen))
            if lines is not None:
                yield finding(one.kind, *lines, one.severity)

    return made


def best(tasks: Sequence[ReviewTask]) -> tuple[list[Constant], float]:
    """Search the constant review with the highest mean score.

    One finding is searched in full; a second and a third are added as long as they gain.

    Args:
        tasks: The tasks, which it may overfit: the bar is for what luck allows at most.

    Returns:
        The findings and the mean.
    """
    choices = [Constant(*one) for one in product(KINDS, SEVERITIES[:3], range(PLACES), OFFSETS)]
    chosen: list[Constant] = []
    mean = _mean(tasks, chosen)
    while len(chosen) < MOST_FINDINGS:
        means = [(_mean(tasks, [*chosen, one]), i) for i, one in enumerate(choices)]
        highest, i = max(means)
        if highest <= mean:
            break
        mean, chosen = highest, [*chosen, choices[i]]
    return chosen, mean


def _mean(tasks: Sequence[ReviewTask], findings: Sequence[Constant]) -> float:
    return sum(_score(task, findings) for task in tasks) / len(tasks)


def _score(task: ReviewTask, findings: Sequence[Constant]) -> float:
    """Grade constant findings as a review does, without the steps between."""
    ledger = Ledger(verdict="request_changes")
    for one in findings:
        lines = one.lines(task.code)
        if lines is None:
            continue
        made = Finding(one.kind, one.severity, *lines)
        defect = matched(made, task.defects)
        if defect is None:
            ledger.false += 1
        elif defect.site in ledger.named:
            ledger.duplicates += 1
        else:
            ledger.named[defect.site] = credit(made, defect)
    return evaluate(task, ledger).score
