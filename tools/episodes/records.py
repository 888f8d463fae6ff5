"""What is written of collected episodes: the shape of a manifest and of a line.

Nothing here knows how an episode is played (playing.py) or where it is kept (collection.py).
"""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from tools.episodes.playing import Answer, Episode, Step

TOTAL_DIGITS: Final = 4
# What OpenEnv adds to an observation stands beside it in a record.
_OPENENV_FIELDS: Final = frozenset({"metadata", "done", "reward"})


class Settings(BaseModel):
    """What all episodes of a directory have in common.

    Attributes:
        environment: Which environment.
        version: Its version; scores of different versions are not comparable.
        split: Where the tasks come from.
        difficulty: What the tasks are counted by.
        policy: Who decides.
        seed: Of a policy that draws.
        model: Of the chat policy, like all below.
        temperature: How freely the model writes.
        max_tokens: How much it may write.
        hide_rewards: Whether it is not told what its earlier steps earned.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    environment: str
    version: str
    split: str
    difficulty: str
    policy: str
    seed: int | None = None
    model: str | None = None
    temperature: float | None = None
    max_tokens: int | None = None
    hide_rewards: bool = False


class Place(BaseModel):
    """Where an episode stands among others: the number of its task, and which trial of it."""

    model_config = ConfigDict(frozen=True)

    index: int
    trial: int = 0


class StepRecord(BaseModel):
    """One decision.

    Attributes:
        observation: What was shown.
        messages: The prompt; a model got exactly this.
        raw_reply: What the policy said.
        failure: Why that is no decision of the policy's, or None; then `action` costs a step.
        action: What was played.
        reward: What it earned.
        components: The leaves of the rubric, which add up to the reward.
        info: What else the environment said about the step.
        usage: The tokens that a model took, by the endpoint's names.
    """

    model_config = ConfigDict(extra="forbid")

    observation: dict[str, Any]
    messages: list[dict[str, str]]
    raw_reply: str
    failure: str | None
    action: dict[str, Any]
    reward: float
    components: dict[str, float]
    info: dict[str, Any]
    usage: dict[str, int]


class EpisodeRecord(BaseModel):
    """One line of the file: a whole episode.

    Attributes:
        task_id: The task.
        split: As in `Settings`, like policy, model, seed and version.
        index: Its number in the split, counted by the difficulty of the settings.
        trial: Which attempt at it, from 0.
        difficulty: Of this task, also where the settings say `mixed`.
        policy: Who decided.
        model: Which model, where the policy is a model.
        seed: Of a policy that draws.
        version: The version of the environment.
        brief: What the reset told.
        steps: The decisions in their order.
        episode_score: The score of the episode, from 0 to 1.
        total_reward: The sum of the rewards.
        highlights: What the environment tells of the whole, such as its attempts.
    """

    model_config = ConfigDict(extra="forbid")

    task_id: str
    split: str
    index: int
    trial: int = 0
    difficulty: str
    policy: str
    model: str | None
    seed: int | None
    version: str
    brief: dict[str, Any]
    steps: list[StepRecord]
    episode_score: float
    total_reward: float
    highlights: dict[str, Any] = {}

    def place(self) -> Place:
        """Return where it stands among others."""
        return Place(index=self.index, trial=self.trial)


def record_of(
    episode: Episode,
    settings: Settings,
    place: Place,
    difficulty: str,
    highlights: Mapping[str, Any],
) -> EpisodeRecord:
    """Return what is written of an episode.

    Args:
        episode: What was played.
        settings: What it has in common with others.
        place: Where it stands among others.
        difficulty: Of its task.
        highlights: What the environment tells of the whole.

    Returns:
        The record.
    """
    return EpisodeRecord(
        task_id=episode.task_id,
        split=settings.split,
        index=place.index,
        trial=place.trial,
        difficulty=difficulty,
        policy=settings.policy,
        model=settings.model,
        seed=settings.seed,
        version=settings.version,
        brief=dict(episode.brief),
        steps=[_step_record(step) for step in episode.steps],
        episode_score=episode.score,
        total_reward=round(sum(step.reward for step in episode.steps), TOTAL_DIGITS),
        highlights=dict(highlights),
    )


def episode_of(record: EpisodeRecord, observation: type[BaseModel]) -> Episode:
    """Return the episode that was written down.

    Args:
        record: The record.
        observation: The environment's own model of an observation.

    Returns:
        The episode.
    """
    steps = (
        Step(
            observation.model_validate(step.observation),
            Answer(step.raw_reply, step.action, step.failure, step.messages, step.usage),
            step.reward,
            step.components,
            step.info,
        )
        for step in record.steps
    )
    return Episode(record.task_id, record.brief, tuple(steps), record.episode_score)


def _step_record(step: Step) -> StepRecord:
    return StepRecord(
        observation=step.observation.model_dump(mode="json", exclude=_OPENENV_FIELDS),
        messages=[dict(line) for line in step.answer.messages],
        raw_reply=step.answer.raw,
        failure=step.answer.failure,
        action=dict(step.answer.action),
        reward=step.reward,
        components=dict(step.parts),
        info=dict(step.info),
        usage=dict(step.answer.usage),
    )
