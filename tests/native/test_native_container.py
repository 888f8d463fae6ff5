"""The native image, really built and run as OpenEnv runs one."""

import json
import re
from collections.abc import Iterator

import pytest
import requests

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

from websockets.sync.client import connect

from email_triage_env import VERSION, EmailTriageClient
from email_triage_env.subject import SUBJECT
from engine import Container, build, docker, engine_answers, running_container
from processes import ROOT
from quality.search import key_actions
from tasks import TASKS
from tools.validate import episode_without_network

IMAGE = "email-triage-native:test"

pytestmark = pytest.mark.skipif(not engine_answers(), reason="no Docker engine answers here")


@pytest.fixture(scope="module")
def image() -> str:
    """Build the image from the repository as it is."""
    return build(IMAGE, "email_triage_env/server/Dockerfile")


@pytest.fixture(scope="module")
def container(image: str) -> Iterator[Container]:
    """Run the image hardened, for all tests that only talk to it."""
    with running_container(image, 8000) as running:
        yield running


def test_answers_health(container: Container) -> None:
    """The server is healthy where OpenEnv looks."""
    reply = requests.get(f"{container.url}/health", timeout=10)
    assert (reply.status_code, reply.json()["status"]) == (200, "healthy")


def test_episode_in_the_container(container: Container) -> None:
    """A client outside plays a perfect episode."""
    actions = key_actions(TASKS["task_hard"])
    with EmailTriageClient(container.url).sync() as client:
        client.reset(task_id="task_hard")
        rewards = [client.step(action).reward for action in actions]
    assert rewards == [0.99, 0.98, 0.97, 0.96, 0.95, 0.94, 0.93, 1.0]


def test_serves_as_nobody(container: Container) -> None:
    """The server has the user that OpenEnv gives it, and cannot change its own code."""
    assert docker("exec", container.name, "id", "--user").stdout.strip() == "65532"
    changed = docker(
        "exec", container.name, "find", "/app", "/usr/local", "-writable", "-type", "f"
    )
    assert changed.stdout == ""


def test_sigterm_ends_it(image: str) -> None:
    """`docker stop` ends it at once and cleanly, even while somebody plays."""
    with (
        running_container(image, 8000) as container,
        connect(f"{container.url.replace('http', 'ws')}/ws") as session,
    ):
        session.send(json.dumps({"type": "reset", "data": {"seed": 7}}))
        assert json.loads(session.recv(timeout=30))["type"] == "observation"
        docker("stop", "--time", "15", container.name)
        state = docker(
            "inspect", "--format", "{{.State.ExitCode}} {{.State.OOMKilled}}", container.name
        )
        assert state.stdout.split() == ["0", "false"]


def test_needs_no_network(image: str) -> None:
    """Without any network a whole episode is played inside."""
    plan = (ROOT / SUBJECT.files.plan).read_text(encoding="utf-8")
    steps = len(json.loads(plan)["actions"])
    assert episode_without_network(image, plan) == {
        "health": 200, "steps": steps, "done": steps - 1, "routes": 0,
    }  # fmt: skip


def test_image_holds_the_server_and_nothing_else(image: str) -> None:
    """Neither tests nor tools nor the history are in the image, and no cache is."""
    listed = docker("run", "--rm", "--network", "none", image, "find", "/app", "-type", "f")
    files = {line.removeprefix("/app/") for line in listed.stdout.split()}
    code = {
        path.relative_to(ROOT).as_posix()
        for folder in ("deck", "email_triage_env/server")
        for kind in ("*.py", "*.toml")
        for path in (ROOT / folder).rglob(kind)
    }
    assert files == code | {
        "models.py", "tasks.py", "graders.py", "environment.py",
        "email_triage_env/__init__.py", "email_triage_env/client.py", "email_triage_env/models.py",
        "email_triage_env/server/requirements.txt",
    }  # fmt: skip
    caches = docker(
        "run", "--rm", "--network", "none", "--user", "0", image,
        "find", "/root", "/tmp", "-mindepth", "1", "-name", "*cache*",  # noqa: S108 # inside
    )  # fmt: skip
    assert (caches.returncode, caches.stdout) == (0, "")


def test_image_says_what_it_is(image: str) -> None:
    """Its labels name it and its version, and no variable is a secret."""
    config = json.loads(docker("inspect", "--format", "{{json .Config}}", image).stdout)
    labels = {
        name.removeprefix("org.opencontainers.image."): value
        for name, value in config["Labels"].items()
    }
    assert labels.keys() >= {"title", "description", "version", "licenses", "source"}
    assert labels["version"] == VERSION
    assert all(labels.values())
    assert not re.search(r"TOKEN|SECRET|KEY=", " ".join(config["Env"]).replace("GPG_KEY", ""))
