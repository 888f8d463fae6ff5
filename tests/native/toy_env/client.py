"""The client side: what crosses the wire, who plays, and how a model is asked."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from openenv.core import EnvClient
from openenv.core.client_types import StepResult
from openenv.core.env_server.types import Observation, State

TEMPERATURE = 0.0
MAX_TOKENS = 50


class ToyObservation(Observation):
    """Between which numbers the answer must be."""

    task_id: str
    low: int
    high: int


class ToyState(State):
    """A game so far."""

    task_id: str
    done: bool
    action_history: list[dict[str, Any] | None]
    reward_history: list[float]
    episode_score: float


class ToyClient(EnvClient[Mapping[str, Any], ToyObservation, ToyState]):
    """One session."""

    def _step_payload(self, action: Mapping[str, Any]) -> dict[str, Any]:
        return dict(action)

    def _parse_result(self, payload: dict[str, Any]) -> StepResult[ToyObservation]:
        return StepResult(
            observation=ToyObservation.model_validate(payload["observation"]),
            reward=payload["reward"],
            done=payload["done"],
            metadata=payload.get("metadata") or {},
        )

    def _parse_state(self, payload: dict[str, Any]) -> ToyState:
        state: ToyState = ToyState.model_validate(payload)
        return state


class Reply(NamedTuple):
    """A reply as an action, and whether it could be read."""

    action: dict[str, Any]
    parsed: bool


def build_messages(
    info: Mapping[str, Any], observation: ToyObservation, history: Sequence[str]
) -> list[dict[str, str]]:
    """Ask for one action."""
    past = "\n".join(history)
    asked = f"{info['rules']}\n{past}\nFrom {observation.low} to {observation.high}:"
    return [{"role": "user", "content": asked}]


def history_line(
    step: int, action: Mapping[str, Any], reward: float, *, hide_reward: bool = False
) -> str:
    """Say what was done."""
    return f"{step}: {dict(action)}{'' if hide_reward else f' {reward}'}"


def parse_reply(text: str) -> Reply:
    """Read an action."""
    try:
        action = json.loads(text)
    except ValueError:
        return Reply({}, parsed=False)
    return Reply(action, parsed=isinstance(action, dict) and "operation" in action)
