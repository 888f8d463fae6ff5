"""The routes of this environment beside OpenEnv's: `/tasks /config /review /history` and `/`."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any, Final

from fastapi import FastAPI, Query
from pydantic import BaseModel

from python_env.models import VERSION, PastAction, PythonReviewConfig
from python_env.server.code_review_environment import (
    DESCRIPTION,
    LONGEST_ID,
    NAME,
    PythonEnvironment,
)
from python_env.server.configuration import review_config
from python_env.server.dealing import DIFFICULTIES
from python_env.server.journal import Finished
from python_env.server.shared import Shared
from python_env.server.splits import (
    HEADLINE,
    SPLITS,
    difficulty_of,
    split_size,
    split_sizes,
    task_id_at,
)
from python_env.server.static_review import CodeToReview, StaticReview, static_review

MOST_LISTED: Final = 500
_OURS: Final = "Python review"
WELCOME: Final[dict[str, Any]] = {
    "name": NAME,
    "version": VERSION,
    "description": DESCRIPTION,
    "routes": {
        "/ws": "A session over OpenEnv's protocol: reset, step and state as JSON frames.",
        "/reset /step /state": "The same over HTTP; the episode_id of the reset goes with each.",
        "/tasks": "Which tasks there are.",
        "/config": "What every episode is played and graded by.",
        "/review": "Static checks on any code.",
        "/history": "Episodes that are over; with an episode_id, the steps of that one.",
        "/schema": "What an action, an observation and a state are.",
        "/docs": "All routes.",
    },
}


class NamedTask(BaseModel):
    """A task with a name of its own."""

    task_id: str
    difficulty: str


class Tasks(BaseModel):
    """Which tasks there are.

    Attributes:
        splits: By split, how many tasks it has.
        difficulties: By split and difficulty, how many.
        headline: The headline tasks.
        reset: How to open one.
    """

    splits: dict[str, int]
    difficulties: dict[str, dict[str, int]]
    headline: list[NamedTask]
    reset: list[dict[str, Any]]


class PlayedStep(PastAction):
    """A step of an episode, with the action as it was taken; none if it was no action."""

    action: dict[str, Any] | None


class PlayedEpisode(BaseModel):
    """An episode, for who knows its id."""

    episode_id: str
    task_id: str
    difficulty: str
    feedback: str
    done: bool
    score: float
    steps: list[PlayedStep]


class FinishedEpisode(BaseModel):
    """An episode that is over, by a digest of its id, because the id is the key to it."""

    digest: str
    task_id: str
    feedback: str
    steps: int
    score: float
    finished_at: float


class History(BaseModel):
    """The newest episodes that are over."""

    episodes: list[FinishedEpisode]


def serve_routes(app: FastAPI, house: Shared) -> None:
    """Add this environment's own routes to an application.

    Args:
        app: The application.
        house: What all sessions share.
    """
    # Of its own, so that no one waits for the sandbox to have code looked at.
    readers = ThreadPoolExecutor(2, thread_name_prefix="review")
    config, descriptors = review_config(), _tasks()

    async def tasks() -> Tasks:
        """Return which tasks there are; no answers."""
        return descriptors

    async def show_config() -> PythonReviewConfig:
        """Return what every episode is played and graded by; a reset may vary what it may vary."""
        return config

    async def review(request: CodeToReview) -> StaticReview:
        """Look at any code, without running it and without knowing a task."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(readers, static_review, request.code)

    async def history(
        episode_id: Annotated[str | None, Query(max_length=LONGEST_ID)] = None,
        limit: Annotated[int, Query(ge=1, le=MOST_LISTED)] = 50,
    ) -> History | PlayedEpisode:
        """Return the newest episodes that are over, or all steps of one, for who knows its id."""
        if episode_id is not None:
            return _played(PythonEnvironment(house, exclusive=True), episode_id)
        return History(episodes=[_shown(one) for one in house.journal.finished(limit)])

    for path, endpoint in (("/tasks", tasks), ("/config", show_config), ("/history", history)):
        app.add_api_route(path, endpoint, methods=["GET"], tags=[_OURS])
    app.add_api_route("/review", review, methods=["POST"], tags=[_OURS])
    if not any(getattr(route, "path", None) == "/" for route in app.routes):
        app.get("/", include_in_schema=False)(lambda: WELCOME)


def _tasks() -> Tasks:
    return Tasks(
        splits=split_sizes(),
        difficulties={
            name: {level: split_size(name, level) for level in DIFFICULTIES} for name in SPLITS
        },
        headline=[
            NamedTask(task_id=task_id, difficulty=difficulty_of(task_id))
            for task_id in (task_id_at(HEADLINE, i) for i in range(split_size(HEADLINE)))
        ],
        reset=[{"task_id": "train-hard-17"}, {"split": "train", "difficulty": "hard", "index": 17}],
    )


def _shown(finished: Finished) -> FinishedEpisode:
    return FinishedEpisode.model_validate(finished._asdict())


def _played(env: PythonEnvironment, episode_id: str) -> PlayedEpisode:
    review = env.open(episode_id).review
    return PlayedEpisode(
        episode_id=episode_id,
        task_id=review.task.task_id,
        difficulty=review.task.difficulty,
        feedback=review.feedback_mode,
        done=review.done,
        score=review.evaluation.score,
        steps=[
            PlayedStep(action=action, **past.model_dump())
            for action, past in zip(review.actions, review.past, strict=True)
        ],
    )
