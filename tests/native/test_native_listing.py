"""Listing all inboxes stalls nobody, and says what OpenEnv's own routes say."""

import statistics
import threading
import time
from collections.abc import Iterator

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

import requests
from fastapi.testclient import TestClient
from openenv.core.env_server.http_server import create_app as create_openenv_app
from openenv.core.env_server.types import ConcurrencyConfig

from email_triage_env.models import EmailTriageObservation
from email_triage_env.server.app import create_app
from email_triage_env.server.environment import NAME, TriageEnvironment
from email_triage_env.server.received import ReceivedAction
from processes import Server

CLIENTS = 8
# Room for a busy machine: alone it is a twentieth, and it was four times as much before.
LONGEST = 0.5


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[TestClient, TestClient]]:
    """Return our server and OpenEnv's without what stands in front of it."""
    bare = create_openenv_app(
        TriageEnvironment, ReceivedAction, EmailTriageObservation, env_name=NAME,
        concurrency_config=ConcurrencyConfig(max_concurrent_envs=4),
    )  # fmt: skip
    with TestClient(create_app()) as ours, TestClient(bare) as theirs:
        yield ours, theirs


@pytest.mark.parametrize("path", [f"/{NAME}/tasks", f"/{NAME}/task_range", "/Email_TRIAGE/tasks"])
@pytest.mark.parametrize(
    "body",
    [
        '{"split": "train"}', '{"split": "test"}', '{"split": "headline"}', '{"split": "other"}',
        '{"split": "train", "start": 3, "stop": 5}', '{"split": "train", "start": -2}',
        '{"split": "headline", "stop": -1}', '{"split": "test", "start": 9, "stop": 3}',
        '{"split": "test", "start": 599, "stop": 9999}', '{"split": "test", "start": 600}',
        '{"split": "train", "start": null, "stop": 0}', '{"split": "test", "start": "x"}',
        "{}", "[]", "{", '{"split": 7}', '{"split": "test", "more": 1}', '{"split": "\\ud800"}',
    ],
)  # fmt: skip
def test_answers_are_openenvs(path: str, body: str, both: tuple[TestClient, TestClient]) -> None:
    """Status and, where something is listed, every byte are the same."""
    ours, theirs = (client.post(path, content=body) for client in both)
    assert ours.status_code == theirs.status_code
    assert ours.headers["Content-Type"] == theirs.headers["Content-Type"]
    if ours.is_success or isinstance(theirs.json()["detail"], str):
        assert ours.content == theirs.content


def test_other_names_and_documents(both: tuple[TestClient, TestClient]) -> None:
    """Another environment is unknown as before, and the routes are documented once."""
    ours, theirs = both
    unknown = [client.post("/other/tasks", json={"split": "test"}) for client in both]
    assert unknown[0].content == unknown[1].content
    assert unknown[0].status_code == unknown[1].status_code == 404
    documents = [client.get("/openapi.json").json() for client in both]
    assert documents[0]["paths"].keys() == documents[1]["paths"].keys()
    for path in ("/{env_name}/tasks", "/{env_name}/task_range"):
        assert documents[0]["paths"][path] == documents[1]["paths"][path]
    assert ours.get(f"/{NAME}/tasks").status_code == theirs.get(f"/{NAME}/tasks").status_code


@pytest.mark.parametrize("route", ["tasks", "task_range"])
def test_listing_stalls_nobody(route: str, native: Server) -> None:
    """While eight clients are sent all 30,000 inboxes, others are answered at once."""
    url = f"{native.url}/{NAME}/{route}"
    sizes: list[int] = []

    def listed() -> None:
        answer = requests.post(url, json={"split": "train"}, timeout=60)
        sizes.append(answer.text.count('"task_id":'))

    threads = [threading.Thread(target=listed) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    waits = []
    with requests.Session() as session:
        while any(thread.is_alive() for thread in threads):
            asked = time.perf_counter()
            assert session.get(f"{native.url}/health", timeout=60).ok
            waits.append(time.perf_counter() - asked)
    assert sizes == [30_000] * CLIENTS
    assert max(waits) < LONGEST
    assert statistics.median(waits) < LONGEST / 5
