"""The contract holds for the environment, and the check of it fails on broken ones."""

import pytest

from conformance import check_environment
from environment import EmailTriageEnv
from models import EmailObservation, ResetResult, StepResult, TriageAction


class NeverEnds(EmailTriageEnv):
    """Says that it goes on for ever."""

    def step(self, action: TriageAction) -> StepResult:
        """Hide the end."""
        return super().step(action).model_copy(update={"done": False})


class DoneTooEarly(EmailTriageEnv):
    """Says that it is over one step too early."""

    def step(self, action: TriageAction) -> StepResult:
        """Bring the end forward."""
        result = super().step(action)
        return result.model_copy(update={"done": len(self._actions) >= 3})


class Remembers(EmailTriageEnv):
    """Keeps the last episode when it is reset."""

    def reset(self) -> ResetResult:
        """Forget to forget."""
        actions = list(getattr(self, "_actions", []))
        result = super().reset()
        self._actions = actions[:1]
        return result


class PaysAfterTheEnd(EmailTriageEnv):
    """Rewards steps that do not count."""

    def step(self, action: TriageAction) -> StepResult:
        """Pay for nothing."""
        over = self._is_over()
        result = super().step(action)
        return result.model_copy(update={"reward": 0.1}) if over else result


class Raises(EmailTriageEnv):
    """Cannot take bad input."""

    def step(self, action: TriageAction) -> StepResult:
        """Look a field up without asking whether it is there."""
        vars(action)["summary"]
        return super().step(action)


class Leaks(EmailTriageEnv):
    """Shows the answer."""

    def reset(self) -> ResetResult:
        """Add a field to the observation."""
        result = super().reset()
        shown = LeakingObservation(**result.observation.model_dump(), priority="urgent")
        return result.model_copy(update={"observation": shown})


class LeakingObservation(EmailObservation):
    """An observation that holds the label."""

    priority: str


class SharedScore(EmailTriageEnv):
    """Pays what an earlier instance has seen less of: state outside the episode."""

    played = 0

    def step(self, action: TriageAction) -> StepResult:
        """Let every step change the next one, in any instance."""
        SharedScore.played += 1
        result = super().step(action)
        return result.model_copy(update={"reward": SharedScore.played / 1000})


def test_environment_conforms(task_id: str) -> None:
    """The environment keeps its contract on every task."""
    check_environment(EmailTriageEnv, task_id)


@pytest.mark.parametrize(
    "broken",
    [NeverEnds, DoneTooEarly, Remembers, PaysAfterTheEnd, Raises, Leaks, SharedScore],
    ids=lambda broken: broken.__name__,
)
def test_check_fails_on_broken_environments(broken: type[EmailTriageEnv]) -> None:
    """Each way of breaking the contract is noticed."""
    with pytest.raises((AssertionError, KeyError, TypeError)):
        check_environment(broken, "task_easy")
