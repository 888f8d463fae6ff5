"""The contract of the environment, in one place.

`check_environment` holds for every environment with our interface: the root's own, one over
HTTP, one behind another server. `test_conformance.py` shows that it fails on broken ones.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from models import LABELS, EmailObservation, EnvironmentState, ResetResult, StepResult
from tasks import ROUTES

MAX_STEPS = 10
OBSERVATION_KEYS = {
    "email_id", "subject", "body", "sender", "timestamp",
    "thread_history", "task_id", "step_number", "total_emails",
}  # fmt: skip
INFO_KEYS = {
    "step", "task_id", "email_id", "score", "label_score", "route_score", "summary_score",
    "bonus", "penalty", "obeyed", "feedback", "error", "episode_score",
}  # fmt: skip


class Environment(Protocol):
    """What is checked."""

    def reset(self) -> ResetResult:
        """Start again."""

    def step(self, action: Any) -> StepResult:  # noqa: ANN401 # junk is part of the contract
        """Decide one email."""

    def state(self) -> EnvironmentState:
        """Return the episode so far."""


def mixed_actions() -> list[Any]:
    """Return ten actions of all kinds, two of them invalid."""
    teams = list(ROUTES)
    actions: list[Any] = [
        {"label": LABELS[i % 4], "route_to": teams[i % 8], "summary": f"Email {i} asks for it."}
        for i in range(8)
    ]
    actions.insert(2, {"label": "important"})
    actions.insert(5, None)
    return actions


def play(env: Environment, actions: Sequence[Any]) -> list[StepResult]:
    """Step through the actions until the episode is over."""
    results = []
    for action in actions:
        results.append(env.step(action))
        if results[-1].done:
            break
    return results


def check_environment(make_env: Callable[[str], Environment], task_id: str) -> None:
    """Assert the contract.

    Args:
        make_env: Makes a new environment of a task.
        task_id: The task to check it on.
    """
    check_start(make_env(task_id), task_id)
    actions = mixed_actions()
    env = make_env(task_id)
    first = play(env, actions)
    check_episode(env, first)
    check_end(env)
    env.reset()
    assert play(env, actions) == first, "a second episode repeats the first"
    other = make_env(task_id)
    other.reset()
    assert play(other, actions) == first, "two instances agree"
    check_invalid(make_env(task_id))


def check_start(env: Environment, task_id: str) -> None:
    """Assert what is true before the first step, with and without a reset."""
    state = env.state()
    assert (state.task_id, state.current_step, state.done) == (task_id, 0, False)
    result = env.reset()
    assert env.state() == state, "a constructed environment is already reset"
    assert result.observation.step_number == 1
    assert result.observation.email_id
    assert set(result.observation.model_dump()) == OBSERVATION_KEYS
    assert set(result.info) == {"task_id", "description", "labels", "routes"}


def check_episode(env: Environment, results: list[StepResult]) -> None:
    """Assert what is true of a whole episode."""
    assert 0 < len(results) <= MAX_STEPS
    assert [result.done for result in results] == [False] * (len(results) - 1) + [True]
    assert [result.info["step"] for result in results] == list(range(1, len(results) + 1))
    for result in results:
        assert -1.0 <= result.reward <= 1.0
        assert set(result.observation.model_dump()) == OBSERVATION_KEYS
        assert set(result.info) <= INFO_KEYS
    assert "episode_score" in results[-1].info
    assert 0.0 <= float(results[-1].info["episode_score"]) <= 1.0
    state = env.state()
    assert state.done
    assert state.current_step == len(results)
    assert state.reward_history == [result.reward for result in results]
    state.action_history.clear()
    assert env.state().action_history, "changing a state changes nothing in the environment"


def check_end(env: Environment) -> None:
    """Assert that nothing counts after the end."""
    before = env.state()
    result = env.step(mixed_actions()[0])
    assert result.done
    assert result.reward == 0.0
    assert "error" in result.info
    assert env.state() == before


def check_invalid(env: Environment) -> None:
    """Assert that an invalid action costs a step and decides nothing."""
    shown: EmailObservation = env.reset().observation
    result = env.step({"label": "urgent"})
    assert result.reward == 0.0
    assert "error" in result.info
    assert result.observation.email_id == shown.email_id
    assert env.state().current_step == 1
    assert env.state().action_history == [None]
