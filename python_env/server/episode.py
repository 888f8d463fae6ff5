"""One episode: a review, and the journal that keeps it.

Whoever holds an episode holds a copy of it. The journal takes each step once, and who comes too
late reads what has happened and acts on that.
"""

import asyncio
import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final, Self
from uuid import uuid4

from python_env.models import VERSION, Feedback
from python_env.server.facts import Facts
from python_env.server.journal import (
    JournalError,
    Kept,
    Outcome,
    StaleEpisodeError,
    Step,
    TakenEpisodeError,
    UnknownEpisodeError,
)
from python_env.server.review import Review, Told
from python_env.server.sandbox import SandboxError
from python_env.server.shared import Shared
from python_env.server.splits import task_of

_DIGEST: Final = 16


class OutdatedEpisodeError(LookupError):
    """An episode was begun with another version of its task."""


class NotRunError(RuntimeError):
    """The sandbox has failed, and an action was not taken."""


class Episode:
    """An episode that a session plays.

    Attributes:
        episode_id: What its player calls it.
        review: How it stands.
    """

    def __init__(self, shared: Shared, kept: Kept, episode_id: str, review: Review) -> None:
        """Hold an episode; `begin` and `resume` make one."""
        self.episode_id = episode_id
        self.review = review
        self._shared = shared
        self._kept = kept
        self._noted = len(review.actions)
        self._unnoted: list[Step] | None = []
        self._must_keep = False

    @classmethod
    def begin(
        cls, shared: Shared, task_id: str, feedback: Feedback, episode_id: str, *, exclusive: bool
    ) -> Self:
        """Begin an episode.

        Args:
            shared: What the process shares.
            task_id: Its task.
            feedback: Its mode.
            episode_id: What its player calls it.
            exclusive: Whether that must be the key to it. Otherwise the journal may be out of use,
                and an id that another episode has is but a name, so that two players who chose the
                same do not meet.

        Returns:
            The episode.

        Raises:
            TakenEpisodeError: If the id is taken, and must not be.
            JournalError: If the journal cannot be written, and must be.
        """
        review = Review(task_of(task_id), feedback)
        kept = Kept(episode_id, task_id, feedback, _origin(review), time.time())
        try:
            shared.journal.begin(kept, over=True)
        except TakenEpisodeError:
            if exclusive:
                raise TakenEpisodeError(
                    "An episode of that id is being played; go on with it by steps that name it, "
                    "or reset with another id, or with none."
                ) from None
            kept = kept._replace(key=f"{episode_id}/{uuid4()}")
            shared.journal.begin(kept, over=False)
        except JournalError as error:
            if exclusive:
                raise
            shared.complain(error)
            return cls(shared, kept, episode_id, review)._kept_nowhere()
        return cls(shared, kept, episode_id, review)

    @classmethod
    def resume(cls, shared: Shared, episode_id: str) -> Self:
        """Go on with an episode of the journal.

        Args:
            shared: What the process shares.
            episode_id: Its key.

        Returns:
            The episode.

        Raises:
            UnknownEpisodeError: If there is none.
            OutdatedEpisodeError: If its task is not what it was.
            JournalError: If the journal cannot be read.
        """
        kept = shared.journal.find(episode_id)
        return cls(shared, kept, episode_id, _played(kept))

    def keep_or_fail(self) -> Self:
        """Let steps fail if they cannot be kept, as they must where each needs the journal."""
        self._must_keep = True
        return self

    def step(self, sent: Mapping[str, Any]) -> Told:
        """Take an action, and wait for the sandbox if it must be run.

        Args:
            sent: What was sent for an action.

        Returns:
            What it is answered with.

        Raises:
            NotRunError: If the sandbox has failed; nothing is spent.
            JournalError: If it cannot be kept, and must be.
        """
        told = None
        while told is None:
            review, number = self.review, len(self.review.actions)
            told = self._taken(review, number, sent, self._facts(review, sent))
        return told

    async def step_async(self, sent: Mapping[str, Any]) -> Told:
        """Do as `step` does, and let others be served meanwhile."""
        told = None
        while told is None:
            review, number = self.review, len(self.review.actions)
            if review.needs_sandbox(sent):
                loop = asyncio.get_running_loop()
                facts = await loop.run_in_executor(self._shared.threads, self._facts, review, sent)
            else:
                facts = self._facts(review, sent)
            told = self._taken(review, number, sent, facts)
        return told

    def _facts(self, review: Review, sent: Mapping[str, Any]) -> Facts:
        try:
            return review.facts(sent, self._shared.sandbox)
        except SandboxError as error:
            raise NotRunError(
                f"The sandbox has failed, so the action was not taken and nothing is spent; send "
                f"it again. {error}"
            ) from error

    def _taken(
        self, review: Review, number: int, sent: Mapping[str, Any], facts: Facts
    ) -> Told | None:
        """Take an action, unless the episode is another one than the facts were found for."""
        if review is not self.review or number != len(review.actions):
            return None
        if review.done:
            return review.act(sent, facts)
        told = review.act(sent, facts)
        try:
            self._note(Step(_kept_action(review, sent), facts.as_dict()))
        except StaleEpisodeError:
            again = self._shared.journal.find(self._kept.key)
            if again.begun != self._kept.begun:
                raise UnknownEpisodeError(
                    "This episode is over, and another has taken its id; reset to begin one."
                ) from None
            self._kept, self.review, self._noted = again, _played(again), len(again.steps)
            self._unnoted = []
            return None
        return told

    def _note(self, step: Step) -> None:
        if self._unnoted is None:
            return
        self._unnoted.append(step)
        outcome = Outcome(self.review.done, self.review.evaluation.score)
        try:
            self._shared.journal.append(self._kept, self._noted, self._unnoted, outcome)
        except (JournalError, UnknownEpisodeError) as error:
            if self._must_keep:
                raise
            if isinstance(error, UnknownEpisodeError):
                self._kept_nowhere()
            else:
                self._shared.complain(error)
        else:
            self._noted += len(self._unnoted)
            self._unnoted = []

    def _kept_nowhere(self) -> Self:
        self._unnoted = None
        return self


def _kept_action(review: Review, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return of an action what makes it the same again; of one that is none, that is little."""
    taken = review.actions[-1]
    if taken is not None:
        return taken
    return {"operation": "add_finding"} if sent.get("operation") == "add_finding" else {}


def _played(kept: Kept) -> Review:
    review = Review(task_of(kept.task_id), "final" if kept.feedback == "final" else "step")
    if _origin(review) != kept.origin:
        raise OutdatedEpisodeError(
            "This episode was begun with another version of its task, and cannot go on; reset to "
            "begin another."
        )
    for action, facts in kept.steps:
        review.act(action, Facts(**{**facts, "mended": tuple(facts["mended"])}))
    return review


def _origin(review: Review) -> str:
    """Return the version of a task: of the environment, and of the code that is reviewed."""
    return f"{VERSION}/{sha256(review.task.code.encode()).hexdigest()[:_DIGEST]}"
