"""What crosses the wire, for both sides of it: an action, an observation, a state.

These are the root's models with the fields that OpenEnv adds, written down once more so that the
client installs without the server; a test holds them equal to the root's. Nothing here decides or
grades, and nothing of a server is imported.
"""

from typing import Annotated, Any, Final, Literal, get_args

from openenv.core.env_server.types import Action, Observation, State
from pydantic import ConfigDict, Field

Label = Literal["urgent", "normal", "spam", "archive"]
LABELS: Final[tuple[Label, ...]] = get_args(Label)
MAX_ROUTE_LENGTH: Final = 40
MAX_SUMMARY_LENGTH: Final = 500
# The most decisions that an episode of any level takes, invalid ones among them.
MAX_STEPS: Final = 42


class EmailTriageAction(Action):
    """One decision; `metadata` is OpenEnv's own field, and the environment ignores it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    label: Label
    summary: Annotated[str, Field(max_length=MAX_SUMMARY_LENGTH)]
    route_to: Annotated[str, Field(max_length=MAX_ROUTE_LENGTH)]


class EmailTriageObservation(Observation):
    """One email and where in the episode it stands, with OpenEnv's `done`, `reward`, `metadata`.

    `policy` is the desk's policy, in the first observation of an episode and empty in the others.
    `metadata` is what the environment tells beside the mail: after a reset the policy, the labels,
    the teams, the difficulty and what each part of an answer is worth; after a step the score by
    component and, in `rubric`, what each leaf of the rubric says.
    """

    email_id: str
    subject: str
    body: str
    sender: str
    timestamp: str
    thread_history: list[str]
    task_id: str
    step_number: int
    total_emails: int
    # Some clients show a model nothing but observations, and without the rules it could only guess.
    policy: str = Field(
        default="",
        description="The rules of the desk, in the first observation of an episode; empty later.",
    )


class EmailTriageState(State):
    """An episode so far, with OpenEnv's `episode_id` and `step_count`.

    `action_history` holds `None` for an invalid step. `episode_score` is what the episode is worth
    so far: the scores of the emails decided, over the number of all emails, so that it only grows
    and ends as the episode's score.
    """

    task_id: str
    current_step: int
    total_steps: int
    done: bool
    action_history: list[dict[str, Any] | None]
    reward_history: list[float]
    episode_score: float = 0.0
