"""Email triage as a taskset of verifiers: a task is an inbox, a trace is an episode.

PYTHONPATH=.:adapters vf-eval verifiers-tasksets -m MODEL --env.taskset.difficulty hard

What it is made of stands in `adapters.verifiers_playing`.
"""

from adapters.sides import EMAIL
from adapters.verifiers_playing import EpisodeEnv, EpisodeHarness, EpisodeTaskset

__all__ = ["EmailTriageEnv", "EmailTriageHarness", "EmailTriageTaskset"]


class EmailTriageTaskset(EpisodeTaskset):
    """The tasks."""


class EmailTriageHarness(EpisodeHarness):
    """Plays one of them."""

    SIDE = EMAIL


class EmailTriageEnv(EpisodeEnv):
    """Lets the agent play."""

    SIDE = EMAIL
