"""The environment as a tool of TRL's trainer: one inbox, one WebSocket session, one tool.

`GRPOTrainer(environment_factory=TriageTool)` is all that is needed: the trainer makes one instance
for each rollout, calls `reset` (with the row of the dataset, if there is one), offers every other
public method but `get_reward` to the model, and asks that for the reward. Nothing here knows an
answer; what the rewards are made of stands in `training.rewards`.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, Final

from email_triage_env import EmailTriageClient
from email_triage_env.models import EmailTriageObservation
from tools.episodes.playing import Answer, LostEpisodeError, Step
from training.rewards import WEIGHTS, parts_of
from training.texts import INBOX_DONE, after_step_text, opening_text

DEFAULT_URL: Final = "http://127.0.0.1:8000"
CURRICULUM: Final = "curriculum"


def server_url() -> str:
    """Return where the native server runs: what ENV_URL says, or this machine."""
    return os.getenv("ENV_URL") or DEFAULT_URL


def _taking_anything(tool: Callable[..., str]) -> Callable[..., str]:
    """Let a tool accept whatever a model sends, and show the trainer its true signature.

    A missing or invented argument would be a TypeError that costs nothing; so it reaches the
    environment, where it costs a step.
    """

    @wraps(tool)
    def call(instance: "InboxTool", **arguments: Any) -> str:  # noqa: ANN401 # a model's own words
        return instance._decide(arguments)  # every public method becomes a tool

    return call


class InboxTool:
    """One rollout: an inbox and the tool to work it, for a trainer with reward functions."""

    def __init__(
        self, url: str | None = None, difficulty_of: Callable[[int], str] | None = None
    ) -> None:
        """Prepare; the trainer makes one instance only to look at it, so nothing is connected.

        Args:
            url: Where the environment's native server runs; by default what ENV_URL says now, so
                that processes which are started for rollouts know it, too.
            difficulty_of: Chooses the difficulty of a row that says `curriculum`, from its index.
        """
        self._url = url or server_url()
        self._difficulty = os.getenv("ENV_DIFFICULTY") or None
        self._difficulty_of = difficulty_of
        self._resets = 0
        self._client: Any = None
        self._begin(None, {})

    def reset(
        self,
        split: str = "train",
        index: int | None = None,
        seed: int | None = None,
        difficulty: str | None = None,
        **_columns: Any,  # noqa: ANN401 # the other columns of the dataset
    ) -> str:
        """Open an inbox.

        Args:
            split: `train` or `test`.
            index: Its number in the split; without one and without a seed, how often this tool
                was reset before, so that all rollouts of a step play the same inbox.
            seed: Chooses the inbox where no index does.
            difficulty: `easy`, `medium`, `hard`, `mixed`, `varied`, `month`, or `curriculum` for
                what the run is at; by default what ENV_DIFFICULTY said.
            **_columns: Ignored.

        Returns:
            The policy and the first email.

        Raises:
            LostEpisodeError: If the server does not answer or refuses.
        """
        if index is None and seed is None:
            index = self._resets
        self._resets += 1
        difficulty = difficulty or self._difficulty
        if difficulty == CURRICULUM and self._difficulty_of is not None:
            difficulty = self._difficulty_of(int(index or 0))
        asked = {"split": split, "index": index, "seed": seed, "difficulty": difficulty}
        choice = {name: value for name, value in asked.items() if value is not None}
        self._begin(None, {})
        try:
            if self._client is None:
                self._client = EmailTriageClient(self._url).sync()
                self._client.connect()
            result = self._client.reset(**choice)
        except (OSError, RuntimeError) as error:
            self._client = None
            raise self._lost_by(error) from error
        self._begin(result.observation, result.metadata)
        return opening_text(str(result.metadata["description"]), result.observation)

    @_taking_anything
    def triage(self, label: str, route_to: str, summary: str) -> str:
        """Decide the current email; the decision is final.

        Args:
            label: One of urgent, normal, spam, archive.
            route_to: The one team that must get the email, by its name in the policy.
            summary: At most 30 words for that team, as sentences and in your own words.

        Returns:
            The next email, or that the inbox is done.
        """
        # Only the signature and the text count: the decorator sends what the model sent.
        raise NotImplementedError

    def _begin(self, observation: EmailTriageObservation | None, brief: Mapping[str, Any]) -> None:
        self._brief = brief
        self._steps: list[Step] = []
        self._observation = observation
        self._done = observation is None
        self._lost: LostEpisodeError | None = None

    def _decide(self, arguments: Mapping[str, Any]) -> str:
        if self._done or self._observation is None:
            return INBOX_DONE
        try:
            result = self._client.step(dict(arguments))
        except (OSError, RuntimeError) as error:
            # The trainer turns what a tool raises into words for the model; see `steps_of`.
            self._lost = self._lost_by(error)
            raise self._lost from error
        info = dict(result.metadata)
        answer = Answer(str(dict(arguments)), dict(arguments))
        step = Step(self._observation, answer, result.reward, info.pop("rubric"), info)
        self._steps.append(step)
        self._observation, self._done = result.observation, result.done
        return after_step_text(step, result.observation, result.done)

    def _lost_by(self, error: Exception) -> LostEpisodeError:
        return LostEpisodeError(
            f"The server at {self._url} lost a rollout ({error}); see that it runs "
            f"(`python -m email_triage_env.server.app`) and start the same command again, which "
            f"resumes."
        )


class TriageTool(InboxTool):
    """One rollout that knows its reward, so that the trainer needs nothing else."""

    def get_reward(self) -> float:
        """Return the reward of the rollout so far; the trainer asks, the model cannot.

        Returns:
            The weighted sum of its parts, in [0, 1].

        Raises:
            LostEpisodeError: If the connection was lost.
        """
        return parts_of(brief_of(self), steps_of(self)).overall()


def steps_of(tool: InboxTool) -> tuple[Step, ...]:
    """Return what happened in a rollout.

    A function and no method, because every public method is offered to the model.

    Args:
        tool: The rollout's tool.

    Returns:
        Its steps; none if the model never called it.

    Raises:
        LostEpisodeError: If the connection was lost: such a rollout has no reward, not a low one.
    """
    if tool._lost is not None:
        raise tool._lost
    return tuple(tool._steps)


def brief_of(tool: InboxTool) -> Mapping[str, Any]:
    """Return what the reset told of a rollout's inbox.

    Args:
        tool: The rollout's tool.

    Returns:
        Its facts; none before the first reset.
    """
    return tool._brief


def close(tool: InboxTool) -> None:
    """End a rollout's session.

    Args:
        tool: The rollout's tool; a reset would open another session.
    """
    if tool._client is not None:
        tool._client.close()
        tool._client = None


def is_finished(tool: InboxTool) -> bool:
    """Return whether the episode came to its end.

    Args:
        tool: The rollout's tool.

    Returns:
        Whether the environment said so.
    """
    return tool._done


def reward_functions() -> list[Callable[..., list[float]]]:
    """Return the parts as reward functions of TRL's trainer, in the order of `WEIGHTS`.

    Each is called with `environments`, the tools of the rollouts, and logs its own mean. They are
    for `InboxTool`: beside a `TriageTool` every reward would be paid twice.
    """
    return [_reward_function(name) for name in WEIGHTS]


def _reward_function(name: str) -> Callable[..., list[float]]:
    def reward(environments: Iterable[InboxTool], **_columns: Any) -> list[float]:  # noqa: ANN401
        return [getattr(parts_of(brief_of(tool), steps_of(tool)), name) for tool in environments]

    reward.__name__ = name
    return reward
