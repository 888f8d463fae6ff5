"""The environment behind OpenEnv's interface: one instance is a handle to one episode at a time.

Translates and does nothing else: whose turn it is and what an action is worth, the review knows;
what was done, the journal.
"""

from collections.abc import Mapping
from typing import Any, Final, get_args
from uuid import uuid4

from openenv.core.env_server.interfaces import Environment
from openenv.core.env_server.types import EnvironmentMetadata

from python_env.models import VERSION, Feedback, PythonReviewObservation, PythonReviewState
from python_env.server.briefing import INSTRUCTIONS
from python_env.server.episode import Episode
from python_env.server.observing import BEGUN, observed
from python_env.server.review import Told
from python_env.server.rubric import ReviewRubric
from python_env.server.shared import Shared, shared
from python_env.server.splits import (
    OPTIONS,
    UnknownTaskChoiceError,
    chosen_task,
    split_size,
    split_sizes,
    task_id_at,
)

NAME: Final = "python_env"
DESCRIPTION: Final = "A language-model agent reviews Python code, and what it says is proved."
FEEDBACK: Final[tuple[Feedback, ...]] = get_args(Feedback)
LONGEST_ID: Final = 255
_TYPES: Final = {"train": "train", "test": "test"}


class NoReviewError(RuntimeError):
    """A step came before the first reset, or after the session was closed."""


class PythonEnvironment(Environment[Any, PythonReviewObservation, PythonReviewState]):
    """One session: an episode is reset, stepped, left, resumed."""

    SUPPORTS_CONCURRENT_SESSIONS = True

    def __init__(self, house: Shared | None = None, *, exclusive: bool = False) -> None:
        """Prepare a session.

        Args:
            house: What all sessions share; what the process does, if nothing is given.
            exclusive: Whether an episode's id must be the key to it and each step must be kept, as
                where a client has nothing but the id.
        """
        super().__init__(rubric=ReviewRubric())
        self._shared = house or shared()
        self._exclusive = exclusive
        self._episode: Episode | None = None

    # A client may send an option called "self", too.
    def reset(
        self,
        /,
        seed: int | None = None,
        episode_id: str | None = None,
        **choice: Any,  # noqa: ANN401 # whatever a client sent
    ) -> PythonReviewObservation:
        """Begin an episode, or go on with one.

        Args:
            seed: Selects the task where `choice` does not name one.
            episode_id: What the episode is called, and the key to it; a new random one if there is
                none. Of an episode that is over the new one takes the place.
            **choice: `task_id`, or any of `split`, `index` and `difficulty`, see
                `python_env.server.splits.chosen_task`; `feedback`, which is `step` or, for findings
                that are graded at the end, `final`; or `resume=True` with an `episode_id` to go on
                with that episode as it stands.

        Returns:
            The module and the instructions; the metadata name the task, its difficulty and the
            episode.

        Raises:
            UnknownTaskChoiceError: If that names no task, or is contradictory; the episode before
                goes on.
            UnknownEpisodeError: If there is no such episode to resume.
            TakenEpisodeError: If an episode of that id is being played, in an exclusive session.
        """
        _check_names(choice)
        _check_id(episode_id)
        if choice.pop("resume", None):
            if choice or seed is not None or episode_id is None:
                raise UnknownTaskChoiceError(
                    "To resume an episode send its episode_id with resume, and nothing else."
                )
            return self._opened(Episode.resume(self._shared, episode_id))
        feedback = choice.pop("feedback", None) or FEEDBACK[0]
        if feedback not in FEEDBACK:
            raise UnknownTaskChoiceError(
                f"The feedback {feedback!r:.60} is none; choose one of: {', '.join(FEEDBACK)}."
            )
        task_id = chosen_task(seed=seed, **choice)
        episode = Episode.begin(
            self._shared, task_id, feedback, episode_id or str(uuid4()), exclusive=self._exclusive
        )
        return self._opened(episode)

    def step(
        self,
        action: Any,  # noqa: ANN401 # a ReceivedAction, which may hold anything
        timeout_s: float | None = None,  # noqa: ARG002 # the sandbox has limits of its own
        episode_id: str | None = None,
        **_options: Any,  # noqa: ANN401 # OpenEnv's signature
    ) -> PythonReviewObservation:
        """Take an action; one that is none costs a step and changes nothing else.

        Args:
            action: The action.
            timeout_s: Ignored.
            episode_id: The episode, if it is not the one that this session plays.

        Returns:
            What came of it; the metadata hold the reward by leaf.

        Raises:
            NoReviewError: If none is open and none is named.
            UnknownEpisodeError: If there is none of that id.
            NotRunError: If the sandbox failed; nothing is spent, and it may be sent again.
        """
        episode = self._open(episode_id)
        return self._answered(episode, action, episode.step(action.sent()))

    async def reset_async(
        self,
        /,
        seed: int | None = None,
        episode_id: str | None = None,
        **choice: Any,  # noqa: ANN401 # whatever a client sent
    ) -> PythonReviewObservation:
        """Do as `reset` does, which takes a millisecond or two."""
        return self.reset(seed, episode_id, **choice)

    async def step_async(
        self,
        action: Any,  # noqa: ANN401 # as in `step`
        timeout_s: float | None = None,  # noqa: ARG002
        episode_id: str | None = None,
        **_options: Any,  # noqa: ANN401 # OpenEnv's signature
    ) -> PythonReviewObservation:
        """Do as `step` does; others are served while code is run."""
        episode = self._open(episode_id)
        return self._answered(episode, action, await episode.step_async(action.sent()))

    @property
    def state(self) -> PythonReviewState:
        """The whole episode so far; of no task before the first reset."""
        if self._episode is None:
            return PythonReviewState(
                task_id="", difficulty="", feedback=FEEDBACK[0], done=False, action_history=[],
                reward_history=[],
            )  # fmt: skip
        return state_of(self._episode)

    def open(self, episode_id: str) -> Episode:
        """Go on with an episode.

        Args:
            episode_id: Its id.

        Returns:
            The episode.

        Raises:
            UnknownEpisodeError: If there is none.
        """
        _check_id(episode_id)
        self._episode = Episode.resume(self._shared, episode_id)
        if self._exclusive:
            self._episode.keep_or_fail()
        return self._episode

    def close(self) -> None:
        """Let go of the episode, which stays in the journal; OpenEnv calls this, too."""
        self._episode = None

    def get_metadata(self) -> EnvironmentMetadata:
        """Return what `/metadata` shows."""
        return EnvironmentMetadata(name=NAME, description=DESCRIPTION, version=VERSION)

    def list_splits(self) -> list[dict[str, str]]:
        """Return the splits of the Task API."""
        return [{"name": name, "type": _TYPES.get(name, "validation")} for name in split_sizes()]

    def num_tasks(self, split: str) -> int:
        """Return how many tasks a split has."""
        return split_size(split)

    def get_task(self, split: str, index: int) -> dict[str, Any]:
        """Return the arguments of a reset that opens one task."""
        return {"task_id": task_id_at(split, index), "split": split, "index": index}

    def list_tasks(self, split: str) -> list[dict[str, Any]]:
        """Return `get_task` of every task of a split."""
        return self.get_task_range(split)

    def get_task_range(
        self, split: str, start: int | None = None, stop: int | None = None
    ) -> list[dict[str, Any]]:
        """Return `get_task` of a range of tasks, bounds as in a slice."""
        return [self.get_task(split, i) for i in range(split_size(split))[start:stop]]

    def _opened(self, episode: Episode) -> PythonReviewObservation:
        self._episode = episode
        self._reset_rubric()
        task = episode.review.task
        told = {
            "task_id": task.task_id,
            "difficulty": task.difficulty,
            "feedback": episode.review.feedback_mode,
            "episode_id": episode.episode_id,
            "instructions": INSTRUCTIONS,
        }
        return observed(episode.review, BEGUN, None, told)

    def _open(self, episode_id: str | None) -> Episode:
        episode = self._episode
        if episode_id is not None and (episode is None or episode.episode_id != episode_id):
            return self.open(episode_id)
        if episode is None:
            raise NoReviewError(
                "No episode is open here: the session is new, was idle for too long, or its "
                "connection was lost and made again. Call reset; to go on with an episode, with "
                "its episode_id and resume=true."
            )
        return episode

    def _answered(self, episode: Episode, action: object, told: Told) -> PythonReviewObservation:
        metadata: dict[str, Any] = {"rubric": told.parts, "result": told.result}
        if told.error:
            metadata["error"] = told.error
        if episode.review.done:
            metadata["episode_score"] = episode.review.evaluation.score
        seen = observed(episode.review, told.feedback, told.reward, metadata)
        # Of a session that was reset while this ran, the rubric tells of the new episode.
        if episode is self._episode:
            self.rubric.read(told.parts)
            self._apply_rubric(action, seen)
        return seen


def state_of(episode: Episode) -> PythonReviewState:
    """Return what may be known of an episode so far."""
    review = episode.review
    return PythonReviewState(
        episode_id=episode.episode_id, step_count=len(review.actions), task_id=review.task.task_id,
        difficulty=review.task.difficulty, feedback=review.feedback_mode, done=review.done,
        action_history=list(review.actions), reward_history=list(review.rewards),
        episode_score=review.evaluation.score,
    )  # fmt: skip


def _check_names(choice: Mapping[str, object]) -> None:
    known = {*OPTIONS, "feedback", "resume"}
    if unknown := sorted(choice.keys() - known):
        raise UnknownTaskChoiceError(
            f"Unknown reset option {unknown[0]!r:.60}; there are seed, episode_id, "
            f"{', '.join(OPTIONS)}, feedback and resume."
        )


def _check_id(episode_id: object) -> None:
    if episode_id is None:
        return
    # Halves of characters are not printable either.
    if not (isinstance(episode_id, str) and episode_id.isprintable()):
        raise UnknownTaskChoiceError("An episode_id is a text of printable characters.")
    if not 0 < len(episode_id) <= LONGEST_ID:
        raise UnknownTaskChoiceError(f"An episode_id has 1 to {LONGEST_ID} characters.")
