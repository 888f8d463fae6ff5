"""What a review is worth: pure functions of a task and of what was done.

What only the sandbox can tell, they are told.

The score is the sum of four leaves less the penalties, and never below zero:

| leaf | most | for |
| --- | --- | --- |
| findings | .45 | each defect by its severity: kind .70, span .15, severity .15 of it |
| shown | .10 | each defect by its severity, if a reproduction tells it from both right twins |
| patch | .35 | each defect by its severity that was named before and that the last patch mends |
| verdict | .10 | request_changes with something credited and no false finding; approve if clean |
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from python_env.actions import ReviewEvaluation, Verdict
from python_env.kinds import SEVERITIES, Severity
from python_env.server.dealing import Defect, ReviewTask

WEIGHTS: Final = {"findings": 0.45, "shown": 0.10, "patch": 0.35, "verdict": 0.10}
SEVERITY_WEIGHTS: Final[dict[Severity, float]] = {
    "critical": 1.5, "high": 1.2, "medium": 1.0, "low": 0.8,
}  # fmt: skip
KIND_SHARE: Final = 0.70
SPAN_SHARE: Final = 0.15
SEVERITY_SHARE: Final = 0.15
# What the severity beside the right one is worth of its share.
NEAR_SEVERITY: Final = 0.5
# So far beside the defect a finding may begin or end.
SLACK_LINES: Final = 1
FALSE_COST: Final = 0.12
DUPLICATE_COST: Final = 0.03
# By level; the second level tells what the first does, too, and costs both.
HINT_COSTS: Final = (0.09, 0.12)
HINTED_SHARE: Final = 0.5
# Fewer different words than these are no rationale.
LEAST_WORDS: Final = 4
SCORE_DIGITS: Final = 4

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True)
class Finding:
    """A finding, as far as it is graded."""

    kind: str
    severity: str
    first: int
    last: int


@dataclass
class Ledger:
    """What counts of a review so far.

    Attributes:
        named: By site of a defect, the share of it that its finding earned, in [0, 1].
        shown: The sites of the defects that a reproduction showed.
        hinted: The sites of the defects that a hint told of before they were named.
        mended: The sites of the named defects that the last patch mends.
        kept: Whether the last patch kept all that must be kept.
        verdict: The verdict, at the end.
        false: How many findings were false, vague or no findings.
        duplicates: How many named a defect again.
        hints: What the hints cost.
    """

    named: dict[str, float] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    hinted: set[str] = field(default_factory=set)
    mended: frozenset[str] = frozenset()
    kept: bool = True
    verdict: Verdict | None = None
    false: int = 0
    duplicates: int = 0
    hints: float = 0.0


def is_vague(rationale: str) -> bool:
    """Return whether a rationale says nothing: fewer than four different words."""
    return len(set(_WORD.findall(rationale.lower()))) < LEAST_WORDS


def matched(finding: Finding, defects: Sequence[Defect]) -> Defect | None:
    """Return the defect of a finding's kind where it points, the best if there are several."""
    near = [
        defect for defect in defects if defect.kind == finding.kind and _touches(finding, defect)
    ]
    return max(near, key=lambda defect: credit(finding, defect), default=None)


def credit(finding: Finding, defect: Defect) -> float:
    """Return the share of a defect that a finding of its kind and place earns, in [0, 1]."""
    exact = (
        abs(finding.first - defect.first) <= SLACK_LINES
        and abs(finding.last - defect.last) <= SLACK_LINES
    )
    far = abs(SEVERITIES.index(finding.severity) - SEVERITIES.index(defect.severity))
    near = (1.0, NEAR_SEVERITY, 0.0, 0.0)[far]
    return KIND_SHARE + SPAN_SHARE * exact + SEVERITY_SHARE * near


def evaluate(task: ReviewTask, ledger: Ledger) -> ReviewEvaluation:
    """Return what a review is worth so far.

    Args:
        task: What is reviewed.
        ledger: What counts of it.

    Returns:
        The points by leaf, which add up to the score.
    """
    earned = _clean(ledger) if not task.defects else _defective(task, ledger)
    cost = FALSE_COST * ledger.false + DUPLICATE_COST * ledger.duplicates + ledger.hints
    points = {name: round(part, SCORE_DIGITS) for name, part in earned.items()}
    # Penalties are not capped: what is earned later pays for them first.
    whole = round(sum(points.values()), SCORE_DIGITS)
    charged = round(min(cost, whole), SCORE_DIGITS)
    score = round(whole - charged, SCORE_DIGITS)
    return ReviewEvaluation(**points, penalties=0.0 - charged, score=score)


def _clean(ledger: Ledger) -> dict[str, float]:
    """Without a defect the verdict is the review; a patch must not have broken anything."""
    if ledger.verdict != "approve":
        return dict.fromkeys(WEIGHTS, 0.0)
    return {**WEIGHTS, "patch": WEIGHTS["patch"] * ledger.kept}


def _defective(task: ReviewTask, ledger: Ledger) -> dict[str, float]:
    worth = {
        defect.site: SEVERITY_WEIGHTS[defect.severity]
        * (HINTED_SHARE if defect.site in ledger.hinted else 1.0)
        for defect in task.defects
    }
    whole = sum(SEVERITY_WEIGHTS[defect.severity] for defect in task.defects)

    def share(sites: Mapping[str, float]) -> float:
        return sum(worth[site] * part for site, part in sites.items()) / whole

    changes = ledger.verdict == "request_changes"
    return {
        "findings": WEIGHTS["findings"] * share(ledger.named),
        "shown": WEIGHTS["shown"] * share(dict.fromkeys(ledger.shown, 1.0)),
        "patch": WEIGHTS["patch"] * share(dict.fromkeys(ledger.mended, 1.0)),
        "verdict": WEIGHTS["verdict"] * (changes and bool(ledger.named) and not ledger.false),
    }


def _touches(finding: Finding, defect: Defect) -> bool:
    return finding.first <= defect.last + SLACK_LINES and finding.last >= defect.first - SLACK_LINES
