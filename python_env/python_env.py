"""Lets what runs inside this folder import the package that the folder is.

A module with a path is a package: `python_env.models` is the file beside this one. So the commands
of OpenEnv, which run in an environment's own folder, need no installation of it and no other name.
"""

from pathlib import Path

__path__ = [str(Path(__file__).parent)]

# As `__init__.py` does, which is the package for whoever comes from outside.
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
