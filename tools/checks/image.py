"""What the built image holds and does; every check here needs `--image` and a container engine."""

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import requests

from tasks import TASKS
from tools.checks.captures import erratic, perform
from tools.checks.findings import Finding, Target, declared, judged, skipped
from tools.checks.package import DOCKERFILE
from tools.checks.session import Session
from tools.serving import HERE, START_SECONDS, StartError

PORT: Final = 8000
SECONDS: Final = 120
REMEDY: Final = (
    f"docker build --file {DOCKERFILE} --tag email-triage-native . and --image email-triage-native"
)
SCRATCH: Final = ("/tmp", "/run", "/dev", "/var/tmp")  # noqa: S108 # where a program may write
TOOLS: Final = ("gcc", "cc", "make", "git", "curl", "wget", "docker")
CACHES: Final = (
    "~root/.cache",
    "/var/lib/apt/lists/*_*",
    "/app/.git",
    "/app/tests",
    "/app/quality",
)
ASK_HEALTH: Final = (
    f"import urllib.request as ask; print(ask.urlopen('http://{HERE}:{PORT}/health').status)"
)
FENCES: Final = (
    "--read-only", "--tmpfs", "/tmp", "--network", "none", "--cap-drop", "ALL",  # noqa: S108
    "--security-opt", "no-new-privileges", "--user", "65532:65532", "--pids-limit", "256",
)  # fmt: skip


def host_containment(target: Target) -> Finding:
    """The image plays as an ordinary user, changes no file of its own and needs none of the host's.

    Containers are what contain it; what is shown is that it needs nothing beyond one.
    """
    if target.image is None or not shutil.which("docker"):
        return skipped(f"needs a container engine and an image: {REMEDY}")
    memory = declared(target.root)["resources"]["memory_mb"]
    problems = []
    with _container(target.image, "--publish", f"{HERE}::{PORT}") as name:
        url = f"http://{_docker('port', name, f'{PORT}/tcp').splitlines()[0]}"
        _await(lambda: requests.get(f"{url}/health", timeout=2).ok)
        for task in TASKS.values():
            with Session(url) as session:
                perform(session, task, erratic(0))
        user = _docker("exec", name, "id", "-u")
        changed = [line for line in _docker("diff", name).splitlines() if not _scratch(line)]
    if user == "0":
        problems.append("it runs as root")
    problems += [f"playing changed {line[2:]}" for line in changed]
    with _container(target.image, *FENCES, "--memory", f"{memory}m") as name:
        _await(lambda: _docker("exec", name, "python", "-c", ASK_HEALTH) == "200")
    return judged(
        problems,
        f"user {user}; {len(TASKS)} episodes changed no file outside {', '.join(SCRATCH)}; it "
        f"serves on a read-only root without network, capabilities or more than {memory} MB",
    )


def image_hygiene(target: Target) -> Finding:
    """The image has an ordinary user, no compiler, no cache, no tests, and the declared size."""
    if target.image is None or not shutil.which("docker"):
        return skipped(f"needs a container engine and an image: {REMEDY}")
    found: dict[str, Any] = json.loads(_docker("image", "inspect", target.image))[0]
    user = found["Config"].get("User") or "root"
    problems = ["its user is root"] if user.split(":")[0] in ("root", "0") else []
    looked = " ".join(TOOLS), " ".join(CACHES)
    script = f"command -v {looked[0]}; ls -d {looked[1]} 2>/dev/null; true"
    inside = ("run", "--rm", "--network", "none", "--entrypoint", "sh")
    left = _docker(*inside, target.image, "-c", script)
    problems += [f"it holds {line}" for line in left.splitlines()]
    return judged(
        problems,
        f"user {user}, {found['Size'] / 1e6:.0f} MB in {len(found['RootFS']['Layers'])} layers, "
        f"none of {', '.join((*TOOLS, *CACHES))}",
    )


def _docker(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 # docker, if there is one
        ["docker", *arguments],  # noqa: S607
        capture_output=True, text=True, check=False, timeout=SECONDS,
    )  # fmt: skip
    if done.returncode != 0:
        raise StartError(f"docker {arguments[0]} failed: {done.stderr.strip()[-300:]}")
    return done.stdout.strip()


@contextmanager
def _container(image: str, *options: str) -> Iterator[str]:
    name = _docker("run", "--detach", *options, image)
    try:
        yield name
    finally:
        _docker("rm", "--force", name)


def _await(answers: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            if answers():
                return
        except (requests.RequestException, StartError):
            time.sleep(0.5)
    raise StartError(f"The container did not serve in {START_SECONDS:.0f} s.")


def _scratch(line: str) -> bool:
    path = line[2:]
    return any(path == folder or path.startswith(f"{folder}/") for folder in SCRATCH)
