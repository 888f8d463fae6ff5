"""Whether this environment can have a server of email triage to play on."""

import os
from importlib.metadata import PackageNotFoundError, version

import pytest


def _can_serve() -> bool:
    try:
        installed = version("openenv")
    except PackageNotFoundError:
        return False
    return tuple(map(int, installed.split(".")[:2])) >= (0, 10)


needs_a_server = pytest.mark.skipif(
    not os.environ.get("SERVER_PYTHON") and not _can_serve(),
    reason="this release of OpenEnv serves nothing here; SERVER_PYTHON names a Python that does",
)
