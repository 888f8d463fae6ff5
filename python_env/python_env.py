"""Lets what runs inside this folder import the package that the folder is.

A module with a path is a package: `python_env.models` is the file beside this one. So the commands
of OpenEnv, which run in an environment's own folder, need no installation of it and no other name.
"""

from importlib import import_module
from pathlib import Path

__path__ = [str(Path(__file__).parent)]


def __getattr__(name: str) -> object:
    """Return what `__init__.py` exports, which is the package for whoever comes from outside."""
    if name.startswith("__"):
        raise AttributeError(f"module 'python_env' has no attribute {name!r}")
    return getattr(import_module("python_env.__init__"), name)
