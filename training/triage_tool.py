"""The environment as a tool of TRL's trainer: one inbox, one WebSocket session, one tool.

`GRPOTrainer(environment_factory=TriageTool)` makes one instance for each rollout, calls `reset`
with the row of the dataset, and offers every other public method to the model. Nothing here knows
an answer or computes a reward: the steps are kept for `training.rewards`.
"""

import os
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ClassVar, Final

from email_triage_env import EmailTriageClient
from email_triage_env.models import EmailTriageObservation
from tools.episodes.playing import Answer, LostEpisodeError, Step

DEFAULT_URL: Final = "http://127.0.0.1:8000"
INBOX_DONE: Final = "The inbox is done."
CURRICULUM: Final = "curriculum"
HOW_TO_ANSWER: Final = (
    "Decide one email at a time: call the tool triage once for each, with a label, the team in "
    "route_to and your summary. It returns the next email."
)


def opening_text(description: str, observation: EmailTriageObservation) -> str:
    """Return the first message of an inbox.

    Args:
        description: The desk's policy, from the reset.
        observation: The first email.

    Returns:
        The policy, what to do, and the email.
    """
    return f"{description}\n\n{HOW_TO_ANSWER}\n\n{email_text(observation)}"


def email_text(observation: EmailTriageObservation) -> str:
    """Return one email as text, in the layout that the root's baseline shows to a model.

    Args:
        observation: The email.

    Returns:
        Its lines.
    """
    thread = "\n\n".join(observation.thread_history) or "(none)"
    return (
        f"Email {observation.step_number}, task {observation.task_id}\n"
        f"From: {observation.sender}\n"
        f"Date: {observation.timestamp}\n"
        f"Subject: {observation.subject}\n"
        f"Earlier messages of the thread:\n{thread}\n\n"
        f"{observation.body}"
    )


def after_step_text(step: Step, observation: EmailTriageObservation, done: bool) -> str:
    """Return what the tool answers; of the reward it tells nothing.

    Args:
        step: The decision.
        observation: What the environment shows now.
        done: Whether the episode is over.

    Returns:
        The next email, after the error if the decision was none, or that the inbox is done.
    """
    if done:
        return INBOX_DONE
    error = f"{step.info['error']}\n\n" if "error" in step.info else ""
    return f"{error}{email_text(observation)}"


def _taking_anything(tool: Callable[..., str]) -> Callable[..., str]:
    """Let a tool accept whatever a model sends, and show the trainer its true signature.

    A missing or invented argument would be a TypeError that costs nothing; so it reaches the
    environment, where it costs a step.
    """

    @wraps(tool)
    def call(instance: "TriageTool", **arguments: Any) -> str:  # noqa: ANN401 # a model's own words
        return instance._decide(arguments)  # every public method becomes a tool

    return call


class TriageTool:
    """One rollout: an inbox and the tool to work it.

    Attributes:
        url: Where the environment's native server runs, for all instances.
        difficulty_of: Chooses the difficulty of a row that says `curriculum`, from its index.
    """

    url: ClassVar[str] = os.getenv("ENV_URL", DEFAULT_URL)
    difficulty_of: ClassVar[Callable[[int], str] | None] = None

    def __init__(self) -> None:
        """Prepare; the trainer makes one instance only to look at it, so nothing is connected."""
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
            index: Its number in the split.
            seed: Chooses the inbox where no index does.
            difficulty: `easy`, `medium`, `hard`, `mixed`, or `curriculum` for what the run is at.
            **_columns: Ignored.

        Returns:
            The policy and the first email.

        Raises:
            LostEpisodeError: If the server does not answer or refuses.
        """
        if difficulty == CURRICULUM and TriageTool.difficulty_of is not None:
            difficulty = TriageTool.difficulty_of(int(index or 0))
        asked = {"split": split, "index": index, "seed": seed, "difficulty": difficulty}
        choice = {name: value for name, value in asked.items() if value is not None}
        self._begin(None, {})
        try:
            if self._client is None:
                self._client = EmailTriageClient(TriageTool.url).sync()
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
            f"The server at {TriageTool.url} lost a rollout ({error}); see that it runs "
            f"(`python -m email_triage_env.server.app`) and start the same command again, which "
            f"resumes."
        )


def steps_of(tool: TriageTool) -> tuple[Step, ...]:
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


def brief_of(tool: TriageTool) -> Mapping[str, Any]:
    """Return what the reset told of a rollout's inbox.

    Args:
        tool: The rollout's tool.

    Returns:
        Its facts; none before the first reset.
    """
    return tool._brief


def is_finished(tool: TriageTool) -> bool:
    """Return whether the episode came to its end.

    Args:
        tool: The rollout's tool.

    Returns:
        Whether the environment said so.
    """
    return tool._done
