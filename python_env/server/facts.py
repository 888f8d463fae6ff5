"""What running an action's code shows: the slow part of a review, and all that needs a sandbox."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from python_env.actions import ReviewAction
from python_env.kinds import KINDS_OF_TIME
from python_env.server.dealing import ReviewTask
from python_env.server.grading import Finding, matched
from python_env.server.judging import passed
from python_env.server.sandbox import Sandbox
from python_env.server.sandbox.reproduction import shows
from python_env.server.sandbox.screening import refused_patch, refused_reproduction


@dataclass(frozen=True)
class Facts:
    """What running an action's code showed.

    Attributes:
        shown: Whether a reproduction tells the defect that the finding names from its right twins.
        refused: Why the code was not run; empty if it was, or if there was none.
        kept: Of the scenarios that must be kept, how many a patch keeps.
        keepable: How many of them there are.
        mended: The sites of the defects that a patch mends.
    """

    shown: bool = False
    refused: str = ""
    kept: int = 0
    keepable: int = 0
    mended: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return them as plain data."""
        return asdict(self)


def facts_of(
    task: ReviewTask, action: ReviewAction, named: Collection[str], sandbox: Sandbox
) -> Facts:
    """Find out about an action what only running its code can tell.

    Args:
        task: What is reviewed.
        action: The action.
        named: The sites of the defects that were named before.
        sandbox: Runs code.

    Returns:
        The facts; none if the action has no code that counts.
    """
    if action.operation == "submit_patch":
        return _of_patch(task, action.patch or "", sandbox)
    if action.operation == "add_finding" and action.reproduction is not None:
        return _of_reproduction(task, action, named, sandbox)
    return Facts()


def finding_of(action: ReviewAction) -> Finding:
    """Return of a finding what is graded."""
    return Finding(
        action.kind or "", action.severity or "", action.first_line or 0, action.last_line or 0
    )


def _of_patch(task: ReviewTask, patch: str, sandbox: Sandbox) -> Facts:
    refused = refused_patch(patch, task.code)
    if refused is not None:
        return Facts(refused=refused)
    scenarios = task.module.proof.scenarios
    right = passed(task.module, patch, task.slots, sandbox)
    broken = {defect.site for defect in task.defects}
    kept = [right[one.name] for one in scenarios if one.site not in broken]
    mended = [
        site
        for site in sorted(broken)
        if all(right[one.name] for one in scenarios if one.site == site)
    ]
    return Facts(kept=sum(kept), keepable=len(kept), mended=tuple(mended))


def _of_reproduction(
    task: ReviewTask, action: ReviewAction, named: Collection[str], sandbox: Sandbox
) -> Facts:
    defect = matched(finding_of(action), task.defects)
    if defect is None or defect.site in named:
        return Facts()
    text, clock = action.reproduction or "", defect.kind in KINDS_OF_TIME
    refused = refused_reproduction(text, clock=clock)
    if refused is not None:
        return Facts(refused=refused)
    return Facts(shown=shows(sandbox, task.code, task.twins(defect.site), text, clock=clock))
