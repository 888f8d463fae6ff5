"""What the built image holds and does; every check here needs `--image` and a container engine."""

import json
import shutil
import time
from collections.abc import Callable
from typing import Any, Final

import requests

from tools.checks.captures import performed
from tools.checks.engine import CONFINED, EngineError, asked, container, docker
from tools.checks.findings import Finding, Target, declared, judged, skipped
from tools.serving import HERE, START_SECONDS, StartError

PORT: Final = 8000
# Whom OpenEnv runs every image as, and no /etc/passwd knows.
NOBODY: Final = "65532:65532"
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


def host_containment(target: Target) -> Finding:
    """The image plays as an ordinary user, changes no file of its own and needs none of the host's.

    Containers are what contain it; what is shown is that it needs nothing beyond one.
    """
    if target.image is None or not shutil.which("docker"):
        return _needs_image(target)
    memory = declared(target.subject.root, float, "resources", "memory_mb")
    problems = []
    with container(target.image, "--publish", f"{HERE}::{PORT}") as name:
        _await(name, lambda: requests.get(f"{_url_of(name)}/health", timeout=2).ok)
        url = _url_of(name)
        played = performed(url, target.subject, target.subject.bench.erratic)
        user = docker("exec", name, "id", "-u")
        changed = [line for line in docker("diff", name).splitlines() if not _scratch(line)]
    if user == "0":
        problems.append("it runs as root")
    problems += [f"playing changed {line[2:]}" for line in changed]
    with container(target.image, *CONFINED, "--user", NOBODY, "--memory", f"{memory:.0f}m") as name:
        _await(name, lambda: docker("exec", name, "python", "-c", ASK_HEALTH) == "200")
    return judged(
        problems,
        f"user {user}; {len(played)} episodes changed no file outside {', '.join(SCRATCH)}; it "
        f"serves on a read-only root without network, capabilities or more than {memory:.0f} MB",
    )


def image_hygiene(target: Target) -> Finding:
    """The image has an ordinary user, no compiler, no cache, no tests, and the declared size."""
    if target.image is None or not shutil.which("docker"):
        return _needs_image(target)
    found: dict[str, Any] = json.loads(docker("image", "inspect", target.image))[0]
    user = found["Config"].get("User") or "root"
    problems = ["its user is root"] if user.split(":")[0] in ("root", "0") else []
    looked = " ".join(TOOLS), " ".join(CACHES)
    script = f"command -v {looked[0]}; ls -d {looked[1]} 2>/dev/null; true"
    inside = ("run", "--rm", "--network", "none", "--entrypoint", "sh")
    left = docker(*inside, target.image, "-c", script)
    problems += [f"it holds {line}" for line in left.splitlines()]
    return judged(
        problems,
        f"user {user}, {found['Size'] / 1e6:.0f} MB in {len(found['RootFS']['Layers'])} layers, "
        f"none of {', '.join((*TOOLS, *CACHES))}",
    )


def _needs_image(target: Target) -> Finding:
    build = f"docker build --file {target.subject.files.dockerfile} --tag NAME ."
    return skipped(f"needs a container engine and an image: {build} and --image NAME")


def _url_of(name: str) -> str:
    return f"http://{docker('port', name, f'{PORT}/tcp').splitlines()[0]}"


def _await(name: str, answers: Callable[[], bool]) -> None:
    """Wait until a container serves."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            if answers():
                return
        except (requests.RequestException, EngineError):
            time.sleep(0.5)
        if docker("inspect", "--format", "{{.State.Running}}", name) == "false":
            break
    printed = asked("logs", "--tail", "5", name)
    said = " ".join(f"{printed.stdout}{printed.stderr}".split())
    raise StartError(f"The container does not serve; it printed: {said[-250:]}")


def _scratch(line: str) -> bool:
    path = line[2:]
    return any(path == folder or path.startswith(f"{folder}/") for folder in SCRATCH)
