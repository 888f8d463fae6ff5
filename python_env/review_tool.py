"""The environment as tools of TRL's trainer: one review, one WebSocket session, four tools.

    GRPOTrainer(..., environment_factory=ReviewTool)

The trainer makes one instance for each rollout, calls `reset` with the row of the dataset, offers
every other public method but `get_reward` to the model, and asks that for the reward. It stands on
the client side: nothing here knows an answer, and the server is an address.
"""

import json
import os
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final

from python_env.actions import FIELDS, Operation
from python_env.client import PythonEnv
from python_env.models import PythonReviewObservation
from python_env.prompt import parse_reply

DEFAULT_URL: Final = "http://127.0.0.1:8000"
REVIEW_DONE: Final = "The review is over; no tool does anything any more."
HOW_TO_ANSWER: Final = (
    "Here each operation is a tool of its name: instead of writing the object, call the tool with "
    "its fields. Call finalize to end the review."
)


class LostReviewError(RuntimeError):
    """A review could not be played to its end; from its start it might."""


def _as_operation(tool: Callable[..., str]) -> Callable[..., str]:
    """Let a tool accept whatever a model sends, and show the trainer its true signature.

    A missing or invented argument would be a TypeError that costs nothing; so it reaches the
    environment, where it costs a step.
    """

    @wraps(tool)
    def call(self: "ReviewTool", /, **arguments: Any) -> str:  # noqa: ANN401 # a model's own words
        return self._act(tool.__name__, arguments)  # type: ignore[arg-type] # an operation's name

    return call


class ReviewTool:
    """One rollout: a module and the tools to review it."""

    def __init__(self) -> None:
        """Prepare; the trainer makes one instance only to look at it, so nothing is connected.

        ENV_URL says where the server runs, ENV_DIFFICULTY which level rows without one are of.
        """
        self._url = os.getenv("ENV_URL") or DEFAULT_URL
        self._difficulty = os.getenv("ENV_DIFFICULTY") or None
        self._resets = 0
        self._client: Any = None
        self._begin(None)

    def reset(
        self,
        split: str | None = None,
        index: int | None = None,
        seed: int | None = None,
        difficulty: str | None = None,
        task_id: str | None = None,
        **_columns: Any,  # noqa: ANN401 # the other columns of the dataset
    ) -> str:
        """Open a review.

        Args:
            split: `train`, which it is if nothing is said, `test` or `headline`.
            index: The number of the task in the split; without one, a seed or an id, how often this
                tool was reset before, so that all rollouts of a step review the same module.
            seed: Chooses the task where no index does.
            difficulty: `easy`, `medium`, `hard` or `mixed`; by default what ENV_DIFFICULTY said.
            task_id: Names the task instead of all these.
            **_columns: Ignored.

        Returns:
            The instructions and the module, each line with its number.

        Raises:
            LostReviewError: If the server does not answer or refuses.
        """
        asked = {
            "split": split or "train", "difficulty": difficulty or self._difficulty,
            "index": self._resets if index is None and seed is None else index, "seed": seed,
        }  # fmt: skip
        if task_id is not None:
            asked = {"task_id": task_id}
        self._resets += 1
        self._begin(None)
        try:
            if self._client is None:
                self._client = PythonEnv(self._url).sync()
                self._client.connect()
            result = self._client.reset(
                **{name: value for name, value in asked.items() if value is not None}
            )
        except (OSError, RuntimeError) as error:
            close(self)  # else the session would be taken as long as the server lives
            raise self._lost_by(error) from error
        self._begin(result.observation)
        told: PythonReviewObservation = result.observation
        return (
            f"{result.metadata['instructions']}\n\n{HOW_TO_ANSWER}\n\n"
            f"Review {told.task_id}:\n\n{told.code}\n\n{_left(told)}"
        )

    @_as_operation
    def add_finding(
        self,
        kind: str,
        severity: str,
        first_line: int,
        last_line: int,
        rationale: str,
        recommendation: str = "",
        reproduction: str = "",
    ) -> str:
        """Name a defect of the module.

        Args:
            kind: The kind of the defect, as the instructions name it.
            severity: One of critical, high, medium, low; the first whose rule fits.
            first_line: The first line that is wrong, as the module is numbered.
            last_line: The last line that is wrong.
            rationale: What the code does there, and what it promises.
            recommendation: What should be done about it.
            reproduction: Python that defines scenario(m), where m is the module, and returns data
                that no right version of the module would give.

        Returns:
            What came of it, and what is left.
        """
        # Only signature and text count, here and below: the decorator sends what the model sent.
        raise NotImplementedError

    @_as_operation
    def request_hint(self, slot: int, level: int) -> str:
        """Ask where a defect is, which costs points.

        Args:
            slot: Which defect, counted from the top of the module: 1, 2 or 3.
            level: 1 for its function, 2 for its kind, too.

        Returns:
            The hint, and what is left.
        """
        raise NotImplementedError

    @_as_operation
    def submit_patch(self, patch: str) -> str:
        """Mend the defects that were named; the last patch counts.

        Args:
            patch: The whole module, mended, without line numbers.

        Returns:
            How much it keeps and mends, and what is left.
        """
        raise NotImplementedError

    @_as_operation
    def finalize(self, verdict: str) -> str:
        """End the review.

        Args:
            verdict: approve if nothing is wrong with the module, else request_changes.

        Returns:
            That the review is over.
        """
        raise NotImplementedError

    def get_reward(self) -> float:
        """Return the score of the review so far; the trainer asks, the model cannot.

        Returns:
            The environment's score, in [0, 1]; 0 before the first reset.

        Raises:
            LostReviewError: If the connection was lost: such a rollout has no reward, not a low
                one.
        """
        if self._lost is not None:
            raise self._lost
        return 0.0 if self._seen is None else self._seen.score

    def _begin(self, seen: PythonReviewObservation | None) -> None:
        self._seen = seen
        self._done = seen is None
        self._lost: LostReviewError | None = None

    def _act(self, operation: Operation, arguments: Mapping[str, Any]) -> str:
        if self._done:
            return REVIEW_DONE
        try:
            result = self._client.step(_action(operation, arguments))
        except (OSError, RuntimeError) as error:
            # The trainer turns what a tool raises into words for the model.
            self._lost, self._done = self._lost_by(error), True
            raise self._lost from error
        self._seen, self._done = result.observation, result.done
        ending = REVIEW_DONE if self._done else _left(result.observation)
        return f"{result.observation.feedback} {ending}"

    def _lost_by(self, error: Exception) -> LostReviewError:
        return LostReviewError(
            f"The server at {self._url} lost a review ({error}); see that it runs (`python -m "
            f"python_env.server.app`), or set ENV_URL, and begin the rollout again."
        )


def close(tool: ReviewTool) -> None:
    """End a rollout's session; a function, because every public method is offered to the model.

    Args:
        tool: The rollout's tool; a reset would open another session.
    """
    if tool._client is not None:
        tool._client.close()
        tool._client = None
    tool._done = True


def _action(operation: Operation, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return a call as an action, read as generously as an answer in text is."""
    optional = FIELDS[operation][1]
    sent = {name: value for name, value in arguments.items() if value or name not in optional}
    sent["operation"] = operation
    # A tag in a patch is no thinking of the model's.
    reply = parse_reply(json.dumps(sent, default=str).replace("<", "\\u003c"))
    # What is no action is for the environment to say what is wrong with it.
    return reply.action if reply.parsed else sent


def _left(seen: PythonReviewObservation) -> str:
    return f"Left: {', '.join(f'{count} {name}' for name, count in seen.left.items())}."
