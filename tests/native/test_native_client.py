"""The typed client against a real server, and what a client must not know."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

import requests
from websockets.sync.client import connect

from conformance import Environment, check_environment, mixed_actions
from email_triage_env import EmailTriageClient
from email_triage_env.models import EmailTriageAction, EmailTriageObservation
from environment import EmailTriageEnv
from models import EmailObservation, EnvironmentState, ResetResult, StepResult, TriageAction
from processes import ROOT, Server
from quality.search import key_actions
from tasks import TASKS

# What the root's reset tells; the server tells more.
ROOT_FIELDS = ("task_id", "description", "labels", "routes")
SERVER_MODULES = ("tasks", "graders", "environment", "server", "deck", "email_triage_env.server")


class Remote:
    """The root's interface over the client."""

    def __init__(self, client: Any, task_id: str) -> None:  # noqa: ANN401 # untyped library
        self._client = client
        self._task_id = task_id
        self.reset()

    def reset(self) -> ResetResult:
        """Start again."""
        result = self._client.reset(task_id=self._task_id)
        info = {name: result.metadata[name] for name in ROOT_FIELDS}
        return ResetResult(observation=_mail(result.observation), info=info)

    def step(self, action: Any) -> StepResult:  # noqa: ANN401 # junk is part of the contract
        """Decide one email."""
        result = self._client.step({} if action is None else action)
        info = {name: value for name, value in result.metadata.items() if name != "rubric"}
        return StepResult(
            observation=_mail(result.observation),
            reward=result.reward,
            done=result.done,
            info=info,
        )

    def state(self) -> EnvironmentState:
        """Return the episode so far."""
        told = vars(self._client.state())
        return EnvironmentState(**{name: told[name] for name in EnvironmentState.model_fields})


def _mail(seen: EmailTriageObservation) -> EmailObservation:
    return EmailObservation(**{name: getattr(seen, name) for name in EmailObservation.model_fields})


@pytest.fixture
def remote(native: Server) -> Iterator[Any]:
    """Return a function that opens sessions, all closed in the end."""
    with ExitStack() as stack:

        def opened(task_id: str) -> Environment:
            client = EmailTriageClient(native.url).sync()
            return Remote(stack.enter_context(client), task_id)

        yield opened


def test_conformance_over_the_wire(remote: Any, task_id: str) -> None:  # noqa: ANN401
    """The contract of the root holds over the WebSocket."""
    check_environment(remote, task_id)


def test_async_client_plays(native: Server) -> None:
    """The awaited client plays a perfect episode and reads the state."""

    async def played() -> tuple[list[float], Any]:
        async with EmailTriageClient(native.url) as client:
            result = await client.reset(task_id="task_hard", episode_id="e-1")
            rewards = []
            for action in key_actions(TASKS["task_hard"]):
                result = await client.step(action)
                rewards.append(result.reward)
            assert isinstance(result.observation, EmailTriageObservation)
            return rewards, await client.state()

    rewards, state = asyncio.run(played())
    assert rewards == [0.99, 0.98, 0.97, 0.96, 0.95, 0.94, 0.93, 1.0]
    assert (state.episode_id, state.step_count, state.episode_score) == ("e-1", 8, 1.0)
    assert state.action_history == [
        action.model_dump() for action in key_actions(TASKS["task_hard"])
    ]


def test_junk_never_closes_the_session(native: Server) -> None:
    """Actions of every wrong kind are answered on the same session, which then goes on."""
    with connect(f"{native.url.replace('http', 'ws')}/ws") as socket:

        def ask(message: object) -> dict[str, Any]:
            socket.send(json.dumps(message))
            return dict(json.loads(socket.recv(timeout=20)))

        ask({"type": "reset", "data": {"task_id": "task_easy"}})
        junk: list[Any] = [
            {}, {"label": 1}, {"label": float("nan")}, {"label": {"a": [[]]}}, {"metadata": []},
            {"type": "call_tool"}, {"label": "urgent", "summary": "x" * 200_000, "route_to": ""},
        ]  # fmt: skip
        for action in junk:
            told = ask({"type": "step", "data": action})["data"]
            assert told["reward"] == 0.0
            assert told["observation"]["email_id"] == "easy-01"
            assert "error" in told["metadata"]
        for broken in ({"type": "step", "data": 7}, {"type": "step"}, {"type": "dance"}):
            assert ask(broken)["type"] == "error"
        assert ask({"type": "reset", "data": {"split": "none"}})["type"] == "error"
        state = ask({"type": "state"})["data"]
        assert state["action_history"] == [None] * len(junk)


def test_task_api(native: Server) -> None:
    """Splits have their true counts, each task can be reset to, and nothing more is told."""

    def post(route: str, **body: object) -> requests.Response:
        return requests.post(f"{native.url}/email_triage/{route}", json=body, timeout=20)

    splits = requests.get(f"{native.url}/email_triage/splits", timeout=20).json()
    apart = {"train-varied": 10_000, "test-varied": 300, "train-month": 2_000, "test-month": 100}
    counts = {
        split["name"]: post("num_tasks", split=split["name"]).json()["num_tasks"]
        for split in splits
    }
    assert counts == {"headline": 3, "train": 30_000, "test": 600, **apart}
    for split, count in counts.items():
        listed = post("tasks", split=split).json()["tasks"]
        assert len(listed) == len({task["task_id"] for task in listed}) == count
        level = ("difficulty",) if split in apart else ()
        assert {tuple(task) for task in listed} == {("task_id", "split", "index", *level)}
        assert post("task", split=split, index=count - 1).json()["task"] == listed[-1]
        assert post("task_range", split=split, start=1, stop=3).json()["tasks"] == listed[1:3]
        assert post("task", split=split, index=count).status_code == 400
    for route in ("tasks", "num_tasks"):
        assert post(route, split="validation").status_code == 400
    with EmailTriageClient(native.url).sync() as client:
        for index in (0, 1, 2, 299):
            task = post("task", split="test", index=index).json()["task"]
            assert client.reset(**task).observation.task_id == task["task_id"]
            shown = client.reset(split="test", index=index).observation
            assert shown.task_id == task["task_id"]
        for split in ("train-varied", "test-varied", "train-month"):
            task = post("task", split=split, index=7).json()["task"]
            assert task["task_id"] == f"{split}-7"
            assert client.reset(**task).observation.task_id == task["task_id"]


def test_openenv_validates_the_running_server(native: Server) -> None:
    """All six criteria of `openenv validate --url` pass."""
    result = subprocess.run(  # noqa: S603 # the installed tool
        [sys.executable, "-m", "openenv.cli", "validate", "--url", native.url],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert result.stdout.count("PASS  ") == 6, result.stdout + result.stderr
    assert result.returncode == 0


def test_client_knows_no_server() -> None:
    """Importing the client loads neither answers nor graders nor the server."""
    code = "import sys; import email_triage_env.client; print(*sys.modules, sep='\\n')"
    result = subprocess.run(  # noqa: S603 # our own code
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120,
        check=True,
    )  # fmt: skip
    loaded = result.stdout.split()
    assert "email_triage_env.client" in loaded
    assert not [
        name for name in loaded for module in SERVER_MODULES if f"{name}.".startswith(f"{module}.")
    ]


def test_actions_travel_as_they_are(native: Server) -> None:
    """A mapping is sent unchanged, and a typed action as its fields."""
    client = EmailTriageClient(native.url)
    odd = {"label": "maybe", "extra": [1]}
    action = TriageAction(label="spam", summary="Fraud.", route_to="security")
    assert client._step_payload(odd) == odd
    assert client._step_payload(action) == action.model_dump()
    assert client._step_payload(EmailTriageAction.model_construct({"label"}, label="spam")) == {
        "label": "spam"
    }


def test_a_lost_connection_is_loud(native: Server) -> None:
    """OpenEnv's client connects again by itself; the next step then fails instead of playing on."""
    with EmailTriageClient(native.url).sync() as client:
        client.reset(task_id="task_hard")
        client.disconnect()
        with pytest.raises(RuntimeError, match="connection was lost"):
            client.step(mixed_actions()[0])


def test_sessions_do_not_meet(native: Server) -> None:
    """Two sessions that take turns see what each would see alone."""
    solo = {task_id: _transcript([EmailTriageEnv(task_id)])[0] for task_id in TASKS}
    with ExitStack() as stack:
        clients = [
            Remote(stack.enter_context(EmailTriageClient(native.url).sync()), task_id)
            for task_id in TASKS
        ]
        for task_id, seen in zip(TASKS, _transcript(clients), strict=True):
            assert seen == solo[task_id]


def _transcript(environments: list[Any]) -> list[list[StepResult]]:
    steps = [[env.step(action) for env in environments] for action in mixed_actions()[:5]]
    return [list(column) for column in zip(*steps, strict=True)]
