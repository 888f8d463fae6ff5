"""The image: built from this folder alone, it serves with next to no rights."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator

import pytest

from python_env.tests.playing import FOLDER, REQUEST, defective, finding, patch

IMAGE = "python_env-env:test"
HARDENED = (
    "--read-only", "--tmpfs", "/tmp",  # noqa: S108 # inside the container
    "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--network", "none",
    "--memory", "512m", "--pids-limit", "256", "--user", "65532:65532",
)  # fmt: skip
PLAY = """
import json, sys, urllib.request

def call(path, body):
    request = urllib.request.Request(
        f"http://127.0.0.1:8000{path}", json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    return json.load(urllib.request.urlopen(request, timeout=60))

task_id, actions = json.load(sys.stdin)
episode = call("/reset", {"task_id": task_id})["metadata"]["episode_id"]
steps = [call("/step", {"episode_id": episode, "action": action}) for action in actions]
print(json.dumps([step["reward"] for step in steps]))
"""
HEALTH = "import urllib.request as r; print(r.urlopen('http://127.0.0.1:8000/health').status)"
START_SECONDS = 120.0


def docker(
    *arguments: str, limit: int = 60, sent: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command of the engine's client."""
    return subprocess.run(  # noqa: S603 # our own command
        ["docker", *arguments],  # noqa: S607 # wherever the machine has it
        cwd=FOLDER, capture_output=True, text=True, timeout=limit, check=False, input=sent,
    )  # fmt: skip


def engine_answers() -> bool:
    """Tell whether there is an engine."""
    return shutil.which("docker") is not None and docker("info").returncode == 0


pytestmark = pytest.mark.skipif(not engine_answers(), reason="no Docker engine answers here")


@pytest.fixture(scope="module")
def container() -> Iterator[str]:
    """Yield the name of a container that serves, without a network."""
    built = docker("build", "-t", IMAGE, "-f", "server/Dockerfile", ".", limit=1200)
    assert built.returncode == 0, built.stdout[-2000:] + built.stderr[-2000:]
    started = docker("run", "--detach", *HARDENED, IMAGE)
    assert started.returncode == 0, started.stderr
    name = started.stdout.strip()
    until = time.monotonic() + START_SECONDS
    try:
        while docker("exec", name, "python", "-c", HEALTH).stdout.strip() != "200":
            assert time.monotonic() < until, docker("logs", name).stderr
            time.sleep(0.5)
        yield name
    finally:
        docker("rm", "--force", name)


def test_a_review_is_played_in_it(container: str) -> None:
    """Findings, a patch that is run, and a verdict earn what they earn elsewhere."""
    task_id = defective()
    sent = json.dumps([task_id, [finding(task_id), patch(task_id), REQUEST]])
    played = docker("exec", "--interactive", container, "python", "-c", PLAY, sent=sent)
    assert json.loads(played.stdout or "null") == [0.45, 0.35, 0.1], played.stderr


def test_it_runs_as_nobody(container: str) -> None:
    """Its user has no rights, and the only place to write to is /tmp."""
    assert docker("exec", container, "id", "-u").stdout.strip() == "65532"
    assert docker("exec", container, "touch", "/app/x").returncode != 0
    assert docker("exec", container, "ls", "python_env/quality").returncode != 0


def test_it_stops_in_good_order(container: str) -> None:
    """A signal ends it at once, and that is no failure."""
    assert docker("stop", "--time", "20", container).returncode == 0
    state = docker("inspect", "--format", "{{.State.ExitCode}} {{.State.OOMKilled}}", container)
    assert state.stdout.split() == ["0", "false"]
