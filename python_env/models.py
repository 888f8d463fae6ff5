"""What crosses the wire: an action, an observation, a state, the configuration, an evaluation.

The public interface of the environment; what of it needs no OpenEnv stands in `actions.py`. Nothing
here grades, and nothing of a server is imported.
"""

from typing import Any, get_args

from openenv.core.env_server.types import Action, Observation, State
from pydantic import BaseModel, ConfigDict, Field

from python_env.actions import (
    FIELDS,
    HINT_LEVELS,
    LEAVES,
    MAX_FINDING_LINES,
    MAX_FINDINGS,
    MAX_HINTS,
    MAX_PATCH,
    MAX_PATCHES,
    MAX_REPRODUCTION,
    MAX_STEPS,
    MAX_TEXT,
    OPERATIONS,
    VERSION,
    Feedback,
    Operation,
    PastAction,
    ReviewAction,
    ReviewEvaluation,
    Verdict,
)
from python_env.kinds import Area, Severity

__all__ = [
    "FIELDS",
    "HINT_LEVELS",
    "LEAVES",
    "MAX_FINDINGS",
    "MAX_FINDING_LINES",
    "MAX_HINTS",
    "MAX_PATCH",
    "MAX_PATCHES",
    "MAX_REPRODUCTION",
    "MAX_STEPS",
    "MAX_TEXT",
    "OPERATIONS",
    "VERSION",
    "Feedback",
    "Operation",
    "PastAction",
    "PythonReviewAction",
    "PythonReviewConfig",
    "PythonReviewObservation",
    "PythonReviewState",
    "ReviewEvaluation",
    "Verdict",
]


class PythonReviewAction(ReviewAction, Action):
    """One operation of a review, as a client of OpenEnv sends it; see `ReviewAction`.

    `metadata` is OpenEnv's own field, and the environment ignores it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class PythonReviewObservation(Observation):
    """The module under review and where the review stands; OpenEnv adds `done` and `reward`.

    `metadata` is what the environment tells beside it: after a reset the task, its difficulty, the
    instructions and the taxonomy; after a step the points by leaf of the rubric, and an `error` if
    the action was none. No field depends on defects that were not found.
    """

    task_id: str = Field(description="The task.")
    difficulty: str = Field(description="easy, medium or hard.")
    code: str = Field(description="The module, each line with its number.")
    instructions: str = Field(
        default="",
        description="What to do and the taxonomy, in the first observation; empty later.",
    )
    feedback: str = Field(description="What came of the last action, in a sentence.")
    past_actions: list[PastAction] = Field(description="All actions so far.")
    matched: list[str] = Field(description="The kinds of the findings that were matched.")
    areas_without_finding: list[Area] = Field(
        description="The areas in which no finding of this review was matched."
    )
    coverage: dict[str, float] = Field(
        description="By leaf of the rubric, the points so far; they add up to the score."
    )
    left: dict[str, int] = Field(
        description="What is left of each budget: steps, findings, hints, patches."
    )
    score: float = Field(description="What the review is worth so far, in [0, 1].")


class PythonReviewState(State):
    """An episode so far, with OpenEnv's `episode_id` and `step_count`.

    `action_history` holds `None` for an action that was none.
    """

    task_id: str
    difficulty: str
    feedback: Feedback
    done: bool
    action_history: list[dict[str, Any] | None]
    reward_history: list[float]
    episode_score: float = 0.0


class PythonReviewConfig(BaseModel):
    """What every episode is played and graded by; a server shows it and nobody can change it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    max_steps: int = MAX_STEPS
    max_findings: int = MAX_FINDINGS
    max_hints: int = MAX_HINTS
    max_patches: int = MAX_PATCHES
    max_finding_lines: int = MAX_FINDING_LINES
    weights: dict[str, float]
    severity_weights: dict[Severity, float]
    false_finding: float
    duplicate: float
    hints: tuple[float, ...]
    hinted_share: float
    kinds: dict[str, str]
    difficulties: tuple[str, ...]
    splits: dict[str, int]
    feedback: tuple[Feedback, ...] = get_args(Feedback)
