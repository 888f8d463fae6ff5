"""The typed client: plays on a server wherever it runs, and holds nothing of it.

    with EmailTriageClient("http://127.0.0.1:8000").sync() as client:
        result = client.reset(split="train", index=17)

The same calls can be awaited on `async with EmailTriageClient(...) as client`.
"""

from collections.abc import Mapping
from typing import Any

from openenv.core import EnvClient
from openenv.core.client_types import StepResult
from pydantic import BaseModel

from email_triage_env.models import EmailTriageState
from models import EmailObservation, TriageAction

_FIELDS = frozenset(EmailObservation.model_fields)


class EmailTriageClient(
    EnvClient[TriageAction | Mapping[str, Any], EmailObservation, EmailTriageState]
):
    """One session: `reset(...)`, `step(action)` and `state()`.

    An action is a `TriageAction`, or a mapping as it comes from a model: what is no decision
    costs a step, as it does in the environment. The metadata of a result are the root's `info`.
    """

    def _step_payload(self, action: BaseModel | Mapping[str, Any]) -> dict[str, Any]:
        # What a typed action leaves out stays out: it is for the environment to miss it.
        return (
            action.model_dump(exclude_unset=True) if isinstance(action, BaseModel) else {**action}
        )

    def _parse_result(self, payload: dict[str, Any]) -> StepResult[EmailObservation]:
        seen = payload["observation"]
        return StepResult(
            observation=EmailObservation(**{name: seen[name] for name in _FIELDS}),
            reward=payload["reward"],
            done=payload["done"],
            metadata=payload.get("metadata"),
        )

    def _parse_state(self, payload: dict[str, Any]) -> EmailTriageState:
        return EmailTriageState(**payload)
