"""The image, really built and run as a Space would run it, and stricter."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator

import pytest
import requests

from engine import HARDENED, Container, build, docker, engine_answers, running_container
from processes import ROOT
from quality.search import key_actions
from tasks import TASKS

IMAGE = "email-triage:test"
TIMEOUT = 10


pytestmark = pytest.mark.skipif(not engine_answers(), reason="no Docker engine answers here")


@pytest.fixture(scope="module")
def image() -> str:
    """Build the image from the repository as it is."""
    return build(IMAGE)


@pytest.fixture
def container(image: str) -> Iterator[Container]:
    """Run the image hardened, and return the container and its address."""
    with running_container(image, 7860) as running:
        yield running


def test_submission_passes(container: Container) -> None:
    """The submission script passes 3/3 against our own container."""
    if shutil.which("openenv") is None:
        pytest.skip("no openenv command here: pip install openenv, in an environment of its own")
    result = subprocess.run(  # noqa: S603 # our own script
        [str(ROOT / "validate-submission.sh"), container.url, str(ROOT)],
        capture_output=True, text=True, timeout=800, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.count("PASSED") == 3


def test_episode_in_the_container(container: Container) -> None:
    """A session and a client without cookies both play a perfect episode."""
    name, url = container
    actions = key_actions(TASKS["task_hard"])
    with requests.Session() as session:
        session.post(f"{url}/reset", json={"task_id": "task_hard"}, timeout=TIMEOUT)
        requests.post(f"{url}/reset", json={"task_id": "task_hard"}, timeout=TIMEOUT)
        for client in (session, requests):
            rewards = [
                client.post(f"{url}/step", json=vars(action), timeout=TIMEOUT).json()["reward"]
                for action in actions
            ]
            assert rewards == [0.99, 0.98, 0.97, 0.96, 0.95, 0.94, 0.93, 1.0]
    assert docker("exec", name, "id", "--user").stdout.strip() == "1000"


def test_killed_workers_lose_nothing(container: Container) -> None:
    """With every worker killed in the container, a session goes on."""
    name, url = container
    actions = key_actions(TASKS["task_easy"])
    kill = (
        "import os, pathlib; me = os.getpid();"
        "[os.kill(int(child), 9) for child in"
        " pathlib.Path('/proc/1/task/1/children').read_text().split() if int(child) != me]"
    )
    with requests.Session() as session:
        session.post(f"{url}/reset", timeout=TIMEOUT)
        session.post(f"{url}/step", json=vars(actions[0]), timeout=TIMEOUT)
        assert docker("exec", name, "python", "-c", kill).returncode == 0
        for _ in range(100):
            try:
                reply = session.post(f"{url}/step", json=vars(actions[1]), timeout=TIMEOUT)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        else:
            raise AssertionError("The container did not come back.")
    assert reply.json()["reward"] == 0.98


def test_sigterm_ends_the_container(container: Container) -> None:
    """`docker stop` ends it at once and cleanly."""
    name, _url = container
    docker("stop", "--time", "15", name)
    state = docker("inspect", "--format", "{{.State.ExitCode}} {{.State.OOMKilled}}", name)
    assert state.stdout.split() == ["0", "false"]


def test_needs_no_network(image: str) -> None:
    """Without any network the server answers inside its container."""
    started = docker("run", "--detach", *HARDENED, "--network", "none", image)
    name = started.stdout.strip()
    ask = (
        "import urllib.request as u; print(u.urlopen(u.Request("
        "'http://127.0.0.1:7860/reset', data=b'{}', method='POST')).status)"
    )
    try:
        for _ in range(100):
            if docker("exec", name, "python", "-c", ask).stdout.strip() == "200":
                return
            time.sleep(0.1)
        raise AssertionError("The server does not answer inside its container.")
    finally:
        docker("rm", "--force", name)


def test_image_holds_the_code_and_nothing_else(image: str) -> None:
    """Neither tests nor the folders nor the history are in the image, and no secret is."""
    listed = docker("run", "--rm", "--network", "none", image, "ls", "-A", "/app").stdout.split()
    assert set(listed) == {
        "models.py", "tasks.py", "graders.py", "environment.py", "server.py", "inference.py",
        "openenv.yaml", "requirements.txt",
    }  # fmt: skip
    variables = docker("inspect", "--format", "{{.Config.Env}}", image).stdout
    assert not re.search(r"TOKEN|SECRET|KEY=", variables.replace("GPG_KEY", ""))
