"""`/reset`, `/step` and `/state` over plain HTTP, where the episode's id is all that a client has.

They take the place of OpenEnv's own, which keep nothing from one request to the next, and answer in
the same shape.
"""

from typing import Annotated, Any

from fastapi import Body, FastAPI, Query
from openenv.core.env_server.serialization import serialize_observation
from openenv.core.env_server.types import ResetRequest, ResetResponse, StepRequest, StepResponse
from pydantic import ConfigDict, Field

from python_env.models import PythonReviewAction, PythonReviewState
from python_env.server.code_review_environment import (
    LONGEST_ID,
    NoReviewError,
    PythonEnvironment,
    state_of,
)
from python_env.server.received import ReceivedAction
from python_env.server.shared import Shared

_NAME_IT = (
    "Over HTTP each step names its episode: POST /reset, take episode_id from the metadata of its "
    "answer, and send it with each step, as in "
    '{"episode_id": "...", "action": {"operation": "finalize", "verdict": "approve"}}. '
    "Or play over the WebSocket /ws."
)
_REPLACED = ("/reset", "/step", "/state")


class ReviewReset(ResetRequest):
    """What a reset may ask for; nothing at all gives the first headline task."""

    # What has another type is answered by the environment, in words of its own.
    model_config = ConfigDict(
        extra="allow", json_schema_extra={"examples": [{"split": "train", "index": 17}]}
    )

    seed: Any = Field(default=None, description="Selects the task where nothing else does.")
    episode_id: Any = Field(
        default=None,
        description="What the episode is called, and the key to it; by default a random one.",
    )
    task_id: Any = Field(default=None, description="A task, such as train-hard-17.")
    split: Any = Field(default=None, description="headline, train or test.")
    index: Any = Field(default=None, description="The number of the task in its split, from 0.")
    difficulty: Any = Field(default=None, description="easy, medium, hard or mixed.")
    feedback: Any = Field(default=None, description="step, or final to be told at the end.")
    resume: Any = Field(default=None, description="true to go on with the episode_id given.")


class ReviewStep(StepRequest):
    """An action, and the episode that it is for."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "episode_id": "3c2f9a54-0c1e-4d4b-9f3a-0f6f0a1f2b3c",
                    "action": {"operation": "finalize", "verdict": "approve"},
                }
            ],
            "$defs": {"PythonReviewAction": PythonReviewAction.model_json_schema()},
        },
    )

    episode_id: Annotated[str, Field(max_length=LONGEST_ID)] | None = Field(
        default=None, description="The episode, as the metadata of its reset name it."
    )


def serve_plain_http(app: FastAPI, house: Shared) -> None:
    """Let an application play over plain HTTP.

    Args:
        app: The application, with OpenEnv's routes.
        house: What all sessions share.
    """
    routes = app.router.routes
    routes[:] = [route for route in routes if getattr(route, "path", None) not in _REPLACED]

    async def reset(
        request: Annotated[ReviewReset, Body(default_factory=ReviewReset)],
    ) -> ResetResponse:
        """Begin an episode; its metadata name the episode_id that steps must send."""
        env = PythonEnvironment(house, exclusive=True)
        seen = await env.reset_async(**request.model_dump(exclude_unset=True))
        return ResetResponse(**serialize_observation(seen))

    async def step(request: ReviewStep) -> StepResponse:
        """Act in an episode; what is no action costs a step, and the answer says why."""
        if request.episode_id is None:
            raise NoReviewError(_NAME_IT)
        env = PythonEnvironment(house, exclusive=True)
        env.open(request.episode_id)
        seen = await env.step_async(ReceivedAction.model_validate(request.action))
        return StepResponse(**serialize_observation(seen))

    async def state(
        episode_id: Annotated[str | None, Query(max_length=LONGEST_ID)] = None,
    ) -> PythonReviewState:
        """Return an episode so far; without an id, the state before any reset."""
        env = PythonEnvironment(house, exclusive=True)
        return env.state if episode_id is None else state_of(env.open(episode_id))

    for path, endpoint in (("/reset", reset), ("/step", step)):
        app.add_api_route(path, endpoint, methods=["POST"], tags=["Environment Control"])
    app.add_api_route("/state", state, methods=["GET"], tags=["State Management"])
