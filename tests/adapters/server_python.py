"""Whether this environment can have a server of each environment to play on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from processes import ROOT, Server
from tools.serving import serving

REVIEW_PYTHON = os.environ.get("REVIEW_PYTHON", "")


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
needs_a_review_server = pytest.mark.skipif(
    not REVIEW_PYTHON,
    reason="REVIEW_PYTHON names no Python with python_env/requirements.txt, which serves reviews",
)


@contextmanager
def running_review(log: Path) -> Iterator[Server]:
    """Run the server of code reviews, as inside its own folder, in a process of its own."""
    with serving("server.app", log, folder=ROOT / "python_env", python=REVIEW_PYTHON) as server:
        yield Server(server.url, server.process)
