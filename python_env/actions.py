"""What an agent can do, what it is told of it, what it is worth: all that needs no OpenEnv.

Whoever grades imports this and not `models.py`, so that grades come out alike wherever pydantic is.
"""

from typing import Annotated, Final, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from python_env.kinds import KINDS, Severity

# As in pyproject.toml and openenv.yaml: scores of different versions are not comparable.
VERSION: Final = "0.1.0"

Operation = Literal["add_finding", "request_hint", "submit_patch", "finalize"]
Verdict = Literal["approve", "request_changes"]
Feedback = Literal["step", "final"]
KindName = Annotated[str, Field(json_schema_extra={"enum": list(KINDS)})]

OPERATIONS: Final[tuple[Operation, ...]] = get_args(Operation)
# What an episode may take of each; a step is any action, one that is none included.
MAX_STEPS: Final = 16
MAX_FINDINGS: Final = 8
MAX_HINTS: Final = 3
MAX_PATCHES: Final = 3
# A finding over more lines points at nothing.
MAX_FINDING_LINES: Final = 8
MAX_TEXT: Final = 1_000
MAX_REPRODUCTION: Final = 4_000
MAX_PATCH: Final = 20_000
HINT_LEVELS: Final = 2
# By operation, the fields that it takes; those without a mark must be there.
FIELDS: Final[dict[Operation, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "add_finding": (
        ("kind", "severity", "first_line", "last_line", "rationale"),
        ("recommendation", "reproduction"),
    ),
    "request_hint": (("slot", "level"), ()),
    "submit_patch": (("patch",), ()),
    "finalize": (("verdict",), ()),
}


class ReviewAction(BaseModel):
    """One operation of a review; each takes its own fields and no others.

    - `add_finding`: `kind`, `severity`, `first_line`, `last_line`, `rationale` and, if wanted,
      `recommendation` and `reproduction`.
    - `request_hint`: `slot` (which defect, counted from the top of the module) and `level`
      (1 names its function, 2 its kind).
    - `submit_patch`: `patch`, the whole new module.
    - `finalize`: `verdict`; it ends the episode.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    operation: Operation = Field(description="What to do.")
    kind: KindName | None = Field(default=None, description="The kind of the defect.")
    severity: Severity | None = Field(default=None, description="How severe the defect is.")
    first_line: int | None = Field(
        default=None, ge=1, description="The first line of the defect, as the code is numbered."
    )
    last_line: int | None = Field(
        default=None,
        ge=1,
        description=f"Its last line; a finding has at most {MAX_FINDING_LINES} lines.",
    )
    rationale: str | None = Field(
        default=None,
        max_length=MAX_TEXT,
        description="Why it is a defect: what the code does, and what it promises.",
    )
    recommendation: str | None = Field(
        default=None, max_length=MAX_TEXT, description="What should be done about it."
    )
    reproduction: str | None = Field(
        default=None,
        max_length=MAX_REPRODUCTION,
        description="Python that defines scenario(m), where m is the module, and returns plain "
        "data which differs as long as the defect is there.",
    )
    slot: int | None = Field(
        default=None, ge=1, le=MAX_HINTS, description="The number of the defect, from the top."
    )
    level: int | None = Field(
        default=None, ge=1, le=HINT_LEVELS, description="1 names its function, 2 its kind."
    )
    patch: str | None = Field(
        default=None, max_length=MAX_PATCH, description="The whole module, mended."
    )
    verdict: Verdict | None = Field(default=None, description="What comes of the review.")

    @model_validator(mode="after")
    def _has_its_fields(self) -> Self:
        needed, possible = FIELDS[self.operation]
        given = {
            name
            for name in type(self).model_fields
            if name not in ("operation", "metadata") and getattr(self, name) is not None
        }
        if missing := [name for name in needed if name not in given]:
            raise ValueError(f"{self.operation} needs {', '.join(missing)}")
        if extra := given - {*needed, *possible}:
            raise ValueError(f"{self.operation} takes no {min(extra)}")
        if self.kind is not None and self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}")
        if self.first_line is not None and self.last_line is not None:
            lines = self.last_line - self.first_line + 1
            if not 1 <= lines <= MAX_FINDING_LINES:
                raise ValueError(
                    f"a finding has 1 to {MAX_FINDING_LINES} lines, from first_line to last_line"
                )
        return self


class PastAction(BaseModel):
    """An action of this episode, and what came of it.

    Attributes:
        step: Its number, from 1.
        operation: What was done; `invalid` if it was no action.
        result: What came of it: `matched`, `duplicate`, `false`, `vague`, `noted` (the
            configuration says that findings are matched at the end), `hinted`, `nothing`,
            `patched`, `refused`, `finalized`, `spent` (its budget was) or `invalid`.
        kind: Of a finding, its kind.
        severity: Of a finding, its severity.
        first_line: Of a finding, its first line.
        last_line: Of a finding, its last line.
        reward: What the step earned.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    step: int
    operation: str
    result: str
    kind: str | None = None
    severity: str | None = None
    first_line: int | None = None
    last_line: int | None = None
    reward: float = 0.0


class ReviewEvaluation(BaseModel):
    """What a review is worth, by leaf; the leaves add up to the score.

    Attributes:
        findings: For defects that were named rightly.
        shown: For reproductions that hold.
        patch: For defects that the last patch mends.
        verdict: For the right verdict at the end.
        penalties: Zero or less: false and vague findings, duplicates, hints; never more than what
            the other leaves earned.
        score: Their sum, in [0, 1].
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    findings: float = 0.0
    shown: float = 0.0
    patch: float = 0.0
    verdict: float = 0.0
    penalties: float = 0.0
    score: float = 0.0

    def leaves(self) -> dict[str, float]:
        """Return the points by leaf of the rubric."""
        return {name: getattr(self, name) for name in LEAVES}


LEAVES: Final = ("findings", "shown", "patch", "verdict", "penalties")
