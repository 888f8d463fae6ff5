"""The server as a process: how it is started, killed, shared by workers, and refuses to start."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from python_env.client import PythonEnv
from python_env.tests.playing import (
    APPROVE,
    FOLDER,
    HINT,
    REQUEST,
    defective,
    end,
    finding,
    patch,
    running,
)

UVICORN = ("uvicorn", "server.app:app", "--host", "127.0.0.1", "--port", "PORT")


def step(url: str, episode_id: str, action: dict[str, Any]) -> dict[str, Any]:
    """Step over HTTP."""
    answer = httpx.post(
        f"{url}/step", json={"episode_id": episode_id, "action": action}, timeout=60
    )
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.parametrize(
    ("folder", "command"),
    [
        pytest.param(FOLDER, UVICORN, id="uvicorn"),
        pytest.param(FOLDER, ("server.app",), id="module-inside"),
        pytest.param(FOLDER.parent, ("python_env.server.app",), id="module-outside"),
        pytest.param(FOLDER, ("python_env.__main__",), id="command"),
    ],
)
def test_each_command_serves(folder: Path, command: tuple[str, ...]) -> None:
    """A review with a patch is played through, by OpenEnv's client."""
    if folder != FOLDER and FOLDER.name != "python_env":
        pytest.skip("the folder has another name here")
    task_id = defective()
    with (
        running(folder, *command) as (url, _),
        PythonEnv(base_url=url).sync() as client,
    ):
        assert client.reset(task_id=task_id).observation.task_id == task_id
        rewards = [
            client.step(action).reward for action in (finding(task_id), patch(task_id), REQUEST)
        ]
        assert rewards == [0.45, 0.35, 0.1]
        assert client.state().episode_score == 0.9


def test_a_killed_server_goes_on(tmp_path: Path) -> None:
    """After SIGKILL another one takes up an episode over HTTP, and over a new WebSocket."""
    variables = {"JOURNAL": str(tmp_path / "journal.sqlite")}
    task_id = defective()
    with running(FOLDER, "server.app", **variables) as (url, process):
        with PythonEnv(base_url=url).sync() as client:
            client.reset(task_id=task_id, episode_id="socket")
            client.step(finding(task_id))
            client.step(patch(task_id))
            before = client.state()
        answer = httpx.post(f"{url}/reset", json={"task_id": task_id, "episode_id": "http"})
        assert answer.status_code == 200
        step(url, "http", finding(task_id))
        end(process, signal.SIGKILL)
    with running(FOLDER, "server.app", **variables) as (url, _):
        assert step(url, "http", REQUEST)["metadata"]["episode_score"] == 0.55
        with PythonEnv(base_url=url).sync() as client:
            seen = client.reset(episode_id="socket", resume=True).observation
            assert [past.result for past in seen.past_actions] == ["matched", "patched"]
            assert client.state() == before
            assert client.step(REQUEST).metadata["episode_score"] == 0.9
        shown = httpx.get(f"{url}/history").json()["episodes"]
        assert sorted(one["score"] for one in shown) == [0.55, 0.9]


def test_workers_share_the_journal() -> None:
    """Whichever worker a request meets, an episode goes on, and each step is taken once."""
    task_id = defective()
    with running(FOLDER, "server.app", WORKERS="2") as (url, _):
        told = httpx.post(f"{url}/reset", json={"task_id": task_id}, timeout=30).json()
        episode_id = told["metadata"]["episode_id"]
        for number in range(1, 13):
            seen = step(url, episode_id, HINT if number == 1 else {})
            assert seen["observation"]["past_actions"][-1]["step"] == number
        assert step(url, episode_id, APPROVE)["done"]
        for _ in range(8):
            assert len(httpx.get(f"{url}/history").json()["episodes"]) == 1


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        pytest.param({"PORT": "eighty"}, "PORT is 'eighty'; set it to a whole number", id="port"),
        pytest.param({"WORKERS": "0"}, "WORKERS is '0'", id="workers"),
        pytest.param(
            {"JOURNAL": "/nowhere/journal"}, "JOURNAL is '/nowhere/journal'", id="journal"
        ),
        pytest.param({"ROOT_PATH": "/health"}, "/health is a route", id="prefix"),
    ],
)
def test_what_is_wrong_is_said_at_the_start(variables: dict[str, str], words: str) -> None:
    """The server ends with a sentence, and without a traceback where it is started as a module."""
    ended = subprocess.run(  # our own server
        [sys.executable, "-m", "server.app"], cwd=FOLDER, capture_output=True, text=True,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **variables},
        timeout=120, check=False,
    )  # fmt: skip
    assert ended.returncode != 0
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_journal_of_its_own_goes_with_the_server(tmp_path: Path) -> None:
    """Stopped in the ordinary way, a server leaves nothing behind."""
    with running(FOLDER, "server.app", TMPDIR=str(tmp_path)) as (url, _):
        assert httpx.post(f"{url}/reset", json={}).status_code == 200
        assert [path.name[:11] for path in tmp_path.iterdir()] == ["python_env-"]
    assert list(tmp_path.iterdir()) == []
