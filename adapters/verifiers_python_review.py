"""Code review as a taskset of verifiers: a task is a module, a trace is an episode.

PYTHONPATH=.:adapters vf-eval verifiers-python-review -m MODEL --env.taskset.difficulty hard

What it is made of stands in `adapters.verifiers_playing`.
"""

from adapters.sides import PYTHON
from adapters.verifiers_playing import EpisodeEnv, EpisodeHarness, EpisodeTaskset

__all__ = ["PythonReviewEnv", "PythonReviewHarness", "PythonReviewTaskset"]


class PythonReviewTaskset(EpisodeTaskset):
    """The tasks."""


class PythonReviewHarness(EpisodeHarness):
    """Plays one of them."""

    SIDE = PYTHON


class PythonReviewEnv(EpisodeEnv):
    """Lets the agent play."""

    SIDE = PYTHON
