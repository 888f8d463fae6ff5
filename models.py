"""Wire and domain models of the email triage environment.

Everything that crosses a module boundary is one of these models. Nothing here knows which
emails exist (tasks.py), how a decision is scored (graders.py) or whose turn it is
(environment.py).
"""

from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Label = Literal["urgent", "normal", "spam", "archive"]
Difficulty = Literal["easy", "medium", "hard"]
LABELS: Final[tuple[Label, ...]] = get_args(Label)
Info = dict[str, str | int | float | bool]

# One team, one short text: anything longer is not an answer but an attempt to cover them all.
MAX_ROUTE_LENGTH: Final = 40
MAX_SUMMARY_LENGTH: Final = 500


class TriageAction(BaseModel):
    """What the agent decided about one email."""

    # Instances are validated again, so that one built with model_construct() cannot slip through.
    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, revalidate_instances="always"
    )

    label: Label
    summary: Annotated[str, Field(max_length=MAX_SUMMARY_LENGTH)]
    route_to: Annotated[str, Field(max_length=MAX_ROUTE_LENGTH)]


class EmailObservation(BaseModel):
    """What the agent sees: one email and where in the episode it stands.

    After the last decision the email fields are empty.
    """

    model_config = ConfigDict(extra="forbid")

    email_id: str
    subject: str
    body: str
    sender: str
    timestamp: str
    thread_history: list[str]
    task_id: str
    step_number: int
    total_emails: int


class RewardResult(BaseModel):
    """How one decision, or a whole episode, was graded."""

    model_config = ConfigDict(extra="forbid")

    score: Annotated[float, Field(ge=0.0, le=1.0)]
    breakdown: dict[str, float]
    feedback: str


class EnvironmentState(BaseModel):
    """A whole episode so far: enough to resume it anywhere.

    `action_history` holds `None` for an invalid step; `total_steps` is the number of emails.
    """

    model_config = ConfigDict(extra="forbid")

    task_id: str
    current_step: int
    total_steps: int
    done: bool
    action_history: list[TriageAction | None]
    reward_history: list[float]


class StepResult(BaseModel):
    """What `step` returns: the next email and what the last decision earned."""

    model_config = ConfigDict(extra="forbid")

    observation: EmailObservation
    reward: float
    done: bool
    info: Info


class ResetResult(BaseModel):
    """What `reset` returns: the first email, the desk's policy and the possible answers."""

    model_config = ConfigDict(extra="forbid")

    observation: EmailObservation
    info: Info


class Email(BaseModel):
    """One email as it arrived, older messages of its thread first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    email_id: str
    sender: str
    subject: str
    body: str
    timestamp: str
    thread_history: tuple[str, ...] = ()


class FollowUp(BaseModel):
    """An email whose content depends on how an earlier one was handled.

    The `handled` version arrives if the email `after` got the right label and the right team,
    the `mishandled` version if it did not.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    after: str
    handled: Email
    mishandled: Email


class GroundTruth(BaseModel):
    """The reviewed answer for one email; it never leaves our side of the wire.

    Attributes:
        label: The right label.
        route_to: The one team that must get the email.
        second_route: A team that earns part credit because it takes part in the work.
        facts: What a good summary states; each fact is the set of wordings accepted for it.
        reference_summary: A summary that earns full credit.
        stale: Wordings of what was true once and must not be stated as current.
        about: Further words that a summary of this email may well use, reviewed by hand.
        secrets: Passwords, card numbers and codes that must not be repeated.
        demanded: Label and team that an instruction injected into the email asks for.
        memoryless: Label and team that a careful reader who saw only this email would answer,
            where that differs from the right answer.
        sources: The words of the emails before this one and, last, of this one: a summary may
            name their numbers and must not copy the last. Filled in when a task is put together.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Label
    route_to: str
    second_route: str | None = None
    facts: tuple[tuple[str, ...], ...]
    reference_summary: str
    stale: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    about: str = ""
    demanded: tuple[Label, str] | None = None
    memoryless: tuple[Label, str] | None = None
    sources: tuple[str, ...] = ()


class Case(BaseModel):
    """An email, its reviewed answer and the reason, which cites a rule of the policy."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    email: Email
    truth: GroundTruth
    why: str


class FollowUpCase(BaseModel):
    """The two cases of a follow-up; see `FollowUp`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    after: str
    handled: Case
    mishandled: Case


class Task(BaseModel):
    """One inbox: the desk's policy, the emails in order and the answers by email id.

    `difficulty` says which grader's weights apply, `routes` what each team of the desk owns.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    task_id: str
    description: str
    emails: tuple[Email | FollowUp, ...]
    ground_truth: dict[str, GroundTruth]
    difficulty: Difficulty
    routes: dict[str, str]
