"""Lets commands that run inside this folder import the package that the folder is."""

from pathlib import Path

# A module with a path is a package: `python_env.models` is the file beside this one.
__path__ = [str(Path(__file__).parent)]
