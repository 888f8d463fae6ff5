"""The typed client: plays on a server wherever it runs, and holds nothing of it.

    with PythonEnv("http://127.0.0.1:8000").sync() as client:
        result = client.reset(split="train", index=17)

The same calls can be awaited on `async with PythonEnv(...) as client`.
"""

from collections.abc import Mapping
from typing import Any

from openenv.core import EnvClient
from openenv.core.client_types import StepResult
from pydantic import BaseModel

# OpenEnv's AutoAction looks here for the action of this name.
from python_env.models import PythonReviewAction as PythonReviewAction
from python_env.models import PythonReviewObservation as PythonReviewObservation
from python_env.models import PythonReviewState as PythonReviewState


class PythonEnv(
    EnvClient[BaseModel | Mapping[str, Any], PythonReviewObservation, PythonReviewState]
):
    """One session: `reset(...)`, `step(action)` and `state()`.

    An action is a `PythonReviewAction`, or a mapping as it comes from a model: what is no action
    costs a step, as it does in the environment. The metadata of a result stand beside it and not
    in its observation.
    """

    def _step_payload(self, action: BaseModel | Mapping[str, Any]) -> dict[str, Any]:
        # What a typed action leaves out stays out: it is for the environment to miss it.
        return (
            action.model_dump(exclude_unset=True) if isinstance(action, BaseModel) else {**action}
        )

    def _parse_result(self, payload: dict[str, Any]) -> StepResult[PythonReviewObservation]:
        seen = payload["observation"]
        return StepResult(
            observation=PythonReviewObservation.model_validate(seen),
            reward=payload["reward"],
            done=payload["done"],
            # Servers of OpenEnv before 0.5 leave them inside the observation.
            metadata=payload.get("metadata") or seen.get("metadata") or {},
        )

    def _parse_state(self, payload: dict[str, Any]) -> PythonReviewState:
        state: PythonReviewState = PythonReviewState.model_validate(payload)
        return state
