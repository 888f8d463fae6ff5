"""What is written of collected episodes: the shape of a manifest and of a line.

Nothing here knows how an episode is played (playing.py) or where it is kept (rollouts.py).
"""

from pydantic import BaseModel, ConfigDict

from models import EmailObservation, Info, TriageAction


class Settings(BaseModel):
    """What all episodes of a directory have in common.

    Attributes:
        version: The version of the environment; scores of different versions are not comparable.
        split: Where the inboxes come from.
        difficulty: What the inboxes are counted by.
        policy: Who decides.
        seed: Of the random policy.
        model: Of the chat policy, like the two below.
        temperature: How freely the model writes.
        max_tokens: How much it may write.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    split: str
    difficulty: str
    policy: str
    seed: int | None = None
    model: str | None = None
    temperature: float | None = None
    max_tokens: int | None = None


class StepRecord(BaseModel):
    """One decision.

    Attributes:
        observation: The email that was decided.
        messages: The prompt, as `inference.build_messages` builds it; a model got exactly this.
        raw_reply: What the policy said.
        parsed: Whether that could be read; if not, `action` is the fallback.
        action: What was played.
        reward: What it earned.
        components: The leaves of the rubric, which add up to the reward.
        info: What else the environment said about the step.
    """

    model_config = ConfigDict(extra="forbid")

    observation: EmailObservation
    messages: list[dict[str, str]]
    raw_reply: str
    parsed: bool
    action: TriageAction
    reward: float
    components: dict[str, float]
    info: Info


class EpisodeRecord(BaseModel):
    """One line of the file: a whole episode.

    Attributes:
        task_id: The inbox.
        split: As in `Settings`, like policy, model and version.
        index: Its number in the split, counted by the difficulty of the `Settings`.
        seed: The number of the draw, where the policy is random.
        difficulty: Of this inbox, also where the settings say `mixed`.
        policy: Who decided.
        model: Which model, where the policy is a model.
        version: The version of the environment.
        steps: The decisions in their order.
        episode_score: The score of the episode, from 0 to 1.
        total_reward: The sum of the rewards.
    """

    model_config = ConfigDict(extra="forbid")

    task_id: str
    split: str
    index: int
    seed: int | None
    difficulty: str
    policy: str
    model: str | None
    version: str
    steps: list[StepRecord]
    episode_score: float
    total_reward: float
