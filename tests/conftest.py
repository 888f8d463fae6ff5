"""Fixtures: everything is made fresh for each test, but for the native server."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from endpoints import DECOY, KEY
from environment import EmailTriageEnv
from processes import Server, running_native
from tasks import TASKS

if TYPE_CHECKING:
    from flask.testing import FlaskClient

ROOT = Path(__file__).parents[1]


@pytest.fixture(params=list(TASKS))
def task_id(request: pytest.FixtureRequest) -> str:
    """Return each headline task in turn."""
    return str(request.param)


@pytest.fixture
def env(task_id: str) -> EmailTriageEnv:
    """Return a fresh environment of each task."""
    return EmailTriageEnv(task_id)


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Iterator[FlaskClient]":
    """Return a client of a fresh application that shares no file with another test."""
    # The environment of the native tests has no Flask.
    from server import create_app

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with create_app().test_client() as flask_client:
        yield flask_client


@pytest.fixture(scope="session")
def native(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return one running native server, for all tests that only talk to it."""
    with running_native(tmp_path_factory.mktemp("native") / "server.log") as server:
        yield server


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the credential, and no default endpoint; another library's key must not matter."""
    monkeypatch.setenv("HF_TOKEN", KEY)
    for name in ("API_KEY", "API_BASE_URL", "MODEL_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", DECOY)
