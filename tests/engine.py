"""The Docker engine for the tests, where one answers."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import requests

from processes import ROOT, free_port

HARDENED = (
    "--read-only", "--tmpfs", "/tmp",  # noqa: S108 # inside the container
    "--cap-drop", "ALL", "--security-opt", "no-new-privileges",
    "--memory", "512m", "--pids-limit", "64",
)  # fmt: skip
START_SECONDS = 120.0


class Container(NamedTuple):
    """A running container."""

    name: str
    url: str


def docker(*arguments: str, limit: int = 60) -> subprocess.CompletedProcess[str]:
    """Run a command of the engine's client."""
    return subprocess.run(  # noqa: S603
        ["docker", *arguments],  # noqa: S607 # wherever the machine has it
        cwd=ROOT, capture_output=True, text=True, timeout=limit, check=False,
    )  # fmt: skip


def engine_answers() -> bool:
    """Tell whether there is an engine."""
    return shutil.which("docker") is not None and docker("info").returncode == 0


def build(tag: str, dockerfile: str = "Dockerfile") -> str:
    """Build an image from the repository as it is, and return its tag."""
    built = docker(
        "build", "--platform", "linux/amd64", "--file", dockerfile, "--tag", tag, ".", limit=900
    )
    assert built.returncode == 0, built.stdout[-2000:] + built.stderr[-2000:]
    return tag


@contextmanager
def running_container(image: str, inner_port: int) -> Iterator[Container]:
    """Run an image hardened, and wait until it answers."""
    port = free_port()
    started = docker(
        "run", "--detach", *HARDENED, "--publish", f"127.0.0.1:{port}:{inner_port}", image
    )
    assert started.returncode == 0, started.stderr
    container = Container(started.stdout.strip(), f"http://127.0.0.1:{port}")
    try:
        _wait(container)
        yield container
    finally:
        docker("rm", "--force", container.name)


def _wait(container: Container) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            requests.get(container.url, timeout=1)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"The container does not answer: {docker('logs', container.name).stderr}")
