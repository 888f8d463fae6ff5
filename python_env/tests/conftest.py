"""What tests share: one sandbox, one that pretends, a house and a server of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from python_env.server.app import create_app
from python_env.server.journal import Journal
from python_env.server.sandbox import Sandbox
from python_env.server.shared import Shared
from python_env.tests.playing import Pretended


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """Return a sandbox that all tests may use."""
    made = Sandbox()
    yield made
    made.close()


@pytest.fixture
def pretended() -> Pretended:
    """Return a sandbox that runs nothing."""
    return Pretended()


@pytest.fixture
def house(pretended: Pretended, tmp_path: Path) -> Iterator[Shared]:
    """Return what sessions share, with a journal of its own and a sandbox that runs nothing."""
    made = Shared(pretended, Journal(tmp_path / "journal.sqlite"))
    yield made
    pretended.may_end.set()
    made.close()


@pytest.fixture
def client(house: Shared) -> TestClient:
    """Return a client of a server with sessions of its own."""
    return TestClient(create_app(house), raise_server_exceptions=False)
