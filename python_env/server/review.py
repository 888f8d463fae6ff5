"""A review, action by action, without a server: whose budget is spent, what each action came to.

What the sandbox finds out about an action are its *facts*. `facts` is slow where code must be run;
`act` is quick, pure and takes facts that were found before, so that a journal of actions and facts
is the whole episode.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from python_env.actions import (
    MAX_FINDINGS,
    MAX_HINTS,
    MAX_PATCHES,
    MAX_STEPS,
    Feedback,
    PastAction,
    ReviewAction,
    ReviewEvaluation,
)
from python_env.kinds import AREAS, KINDS, Area
from python_env.server.dealing import ReviewTask
from python_env.server.facts import Facts, facts_of, finding_of
from python_env.server.grading import (
    HINT_COSTS,
    SCORE_DIGITS,
    Ledger,
    credit,
    evaluate,
    is_vague,
    matched,
)
from python_env.server.sandbox import Sandbox

BUDGETS: Final = {
    "add_finding": MAX_FINDINGS,
    "request_hint": MAX_HINTS,
    "submit_patch": MAX_PATCHES,
}
NOT_SAID: Final = "noted"
MOST_PLACE: Final = 60
OVER: Final = "The review is over; reset to begin another."


@dataclass(frozen=True)
class Told:
    """What an action is answered with.

    Attributes:
        reward: The change of the score, as far as it is told.
        parts: The same by leaf.
        result: In a word, as in `PastAction`.
        feedback: In a sentence.
        error: What was wrong with an action that was none.
    """

    reward: float
    parts: dict[str, float]
    result: str
    feedback: str
    error: str = ""


class Review:
    """One episode so far.

    Attributes:
        task: What is reviewed.
        feedback_mode: `step`, or `final` if nothing is told before the end.
        actions: The actions, `None` for those that were none.
        past: What each came to.
        rewards: What each earned.
        done: Whether it is over.
    """

    def __init__(self, task: ReviewTask, feedback: Feedback = "step") -> None:
        """Begin a review of a task."""
        self.task = task
        self.feedback_mode = feedback
        self.actions: list[dict[str, Any] | None] = []
        self.past: list[PastAction] = []
        self.rewards: list[float] = []
        self.done = False
        self._ledger = Ledger()
        self._told = ReviewEvaluation()
        self._spent = dict.fromkeys(BUDGETS, 0)
        self._levels: dict[int, int] = {}
        self._kinds: list[str] = []

    # What is known from outside.

    @property
    def evaluation(self) -> ReviewEvaluation:
        """What the review is worth, as far as it is told."""
        return self._told

    def left(self) -> dict[str, int]:
        """Return what is left of each budget."""
        return {
            "steps": MAX_STEPS - len(self.actions),
            "findings": BUDGETS["add_finding"] - self._spent["add_finding"],
            "hints": BUDGETS["request_hint"] - self._spent["request_hint"],
            "patches": BUDGETS["submit_patch"] - self._spent["submit_patch"],
        }

    def matched_kinds(self) -> list[str]:
        """Return the kinds of the findings that were matched, as far as it is told."""
        return list(self._kinds) if self._tells() else []

    def areas_without_finding(self) -> list[Area]:
        """Return the areas in which nothing was matched, as far as it is told."""
        found = {KINDS[kind].area for kind in self.matched_kinds()}
        return [area for area in AREAS if area not in found]

    # What an action comes to.

    def parsed(self, sent: Mapping[str, Any]) -> ReviewAction | str:
        """Return an action, or what is wrong with it in a sentence."""
        try:
            action: ReviewAction = ReviewAction.model_validate(dict(sent))
        except ValidationError as error:
            return _described(error)
        return action

    def facts(self, sent: Mapping[str, Any], sandbox: Sandbox) -> Facts:
        """Find out about an action what only running its code can tell.

        Args:
            sent: What was sent for an action.
            sandbox: Runs code.

        Returns:
            The facts, which `act` must be given with the action.
        """
        action = self.parsed(sent)
        if self.done or isinstance(action, str) or self._is_spent(action.operation):
            return Facts()
        return facts_of(self.task, action, self._ledger.named, sandbox)

    def needs_sandbox(self, sent: Mapping[str, Any]) -> bool:
        """Return whether finding out the facts may run code."""
        return sent.get("patch") is not None or sent.get("reproduction") is not None

    def act(self, sent: Mapping[str, Any], facts: Facts) -> Told:
        """Take an action, whatever it is.

        Args:
            sent: What was sent.
            facts: What `facts` said of it.

        Returns:
            What it is answered with; after the end nothing changes.
        """
        if self.done:
            return Told(0.0, dict.fromkeys(self._told.leaves(), 0.0), "invalid", OVER, OVER)
        action = self.parsed(sent)
        if isinstance(action, str):
            return self._invalid(sent, action)
        self.actions.append(action.model_dump(exclude_unset=True, exclude={"metadata"}))
        if self._is_spent(action.operation):
            result, feedback = "spent", f"No {action.operation} is left in this review."
        else:
            self._spent[action.operation] = self._spent.get(action.operation, 0) + 1
            result, feedback = self._done_with(action, facts)
        return self._answered(action.operation, action, result, feedback)

    def _invalid(self, sent: Mapping[str, Any], error: str) -> Told:
        self.actions.append(None)
        if sent.get("operation") == "add_finding":
            self._ledger.false += 1
        told = self._answered("invalid", None, "invalid", f"That was no action: {error}.")
        return Told(told.reward, told.parts, told.result, told.feedback, error)

    def _done_with(self, action: ReviewAction, facts: Facts) -> tuple[str, str]:
        match action.operation:
            case "add_finding":
                return self._found(action, facts)
            case "request_hint":
                return self._hinted(action.slot or 0, action.level or 0)
            case "submit_patch":
                return self._patched(facts)
            case _:
                self._ledger.verdict = action.verdict
                self.done = True
                return "finalized", "The review is over."

    def _found(self, action: ReviewAction, facts: Facts) -> tuple[str, str]:
        if is_vague(action.rationale or ""):
            self._ledger.false += 1
            return "vague", "The finding has no rationale; it counts as false."
        finding = finding_of(action)
        defect = matched(finding, self.task.defects)
        if defect is None:
            self._ledger.false += 1
            return "false", "Nothing of that kind is wrong there."
        if defect.site in self._ledger.named:
            self._ledger.duplicates += 1
            return "duplicate", "That was found before."
        self._ledger.named[defect.site] = credit(finding, defect)
        self._kinds.append(defect.kind)
        if action.reproduction is None:
            return "matched", "The finding is right."
        if facts.refused:
            return "matched", f"The finding is right; its reproduction was not run: {facts.refused}"
        if facts.shown:
            self._ledger.shown.add(defect.site)
            return "matched", "The finding is right, and its reproduction shows it."
        return "matched", "The finding is right; its reproduction does not show it."

    def _hinted(self, slot: int, level: int) -> tuple[str, str]:
        known = self._levels.get(slot, 0)
        self._levels[slot] = max(known, level)
        self._ledger.hints += sum(HINT_COSTS[known:level])
        if slot > len(self.task.defects):
            return "nothing", "There is no such defect."
        defect = self.task.defects[slot - 1]
        if defect.site not in self._ledger.named:
            self._ledger.hinted.add(defect.site)
        if level == 1:
            return "hinted", f"Look at {defect.function}."
        return "hinted", f"Look at {defect.function}: {defect.kind}."

    def _patched(self, facts: Facts) -> tuple[str, str]:
        if facts.refused:
            self._ledger.mended, self._ledger.kept = frozenset(), True
            return "refused", f"The patch was not run: {facts.refused}"
        self._ledger.kept = facts.kept == facts.keepable
        named = self._ledger.named.keys()
        mended = frozenset(facts.mended) & named if self._ledger.kept else frozenset()
        self._ledger.mended = mended
        return "patched", (
            f"The patch keeps {facts.kept} of {facts.keepable} behaviours and mends "
            f"{len(frozenset(facts.mended) & named)} of the {len(named)} defects that were found."
        )

    def _answered(
        self, operation: str, action: ReviewAction | None, result: str, feedback: str
    ) -> Told:
        self.done = self.done or len(self.actions) >= MAX_STEPS
        before = self._told
        if self._tells():
            self._told = evaluate(self.task, self._ledger)
        elif result in ("matched", "false", "vague", "duplicate", "patched"):
            # That a patch was refused, or a hint given, one must know.
            result, feedback = NOT_SAID, "It is noted, and graded at the end."
        parts = {
            name: round(points - before.leaves()[name], SCORE_DIGITS)
            for name, points in self._told.leaves().items()
        }
        reward = round(self._told.score - before.score, SCORE_DIGITS)
        self.rewards.append(reward)
        shown = (
            action.model_dump(include={"kind", "severity", "first_line", "last_line"})
            if action is not None
            else {}
        )
        self.past.append(
            PastAction(
                step=len(self.actions), operation=operation, result=result, reward=reward, **shown
            )
        )
        return Told(reward, parts, result, feedback)

    def _tells(self) -> bool:
        return self.done or self.feedback_mode == "step"

    def _is_spent(self, operation: str) -> bool:
        return operation in BUDGETS and self._spent[operation] >= BUDGETS[operation]


def _described(error: ValidationError) -> str:
    """Say in a sentence what the first thing is that is wrong with an action."""
    first = error.errors(include_url=False, include_input=False)[0]
    # A field's own name may be long, or half of a character.
    place = ascii(".".join(str(part) for part in first["loc"]))[1:-1][:MOST_PLACE]
    message = first["msg"].removeprefix("Value error, ")
    return f"{place}: {message}" if place else message
