"""Code review in which every defect is proved: the client, its models and its prompt."""

from python_env.client import PythonEnv
from python_env.models import (
    VERSION,
    PythonReviewAction,
    PythonReviewObservation,
    PythonReviewState,
)

__all__ = [
    "VERSION",
    "PythonEnv",
    "PythonReviewAction",
    "PythonReviewObservation",
    "PythonReviewState",
]
