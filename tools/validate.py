"""Run OpenEnv's runtime checks on this project, by `python -m tools.validate`.

openenv.yaml declares no `execution`, so that a bare `openenv validate` needs no container engine.
Here the declaration is added to a copy of the project, and OpenEnv checks the copy twice: with the
server as a process of this machine and, where an engine answers, with the image that OpenEnv's own
provider builds and confines. Exits 1 when a check fails or could not be made.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml
from openenv.validation import (
    CheckStatus,
    Level,
    ProviderCapability,
    ValidationProvider,
    run_validation,
)
from openenv.validation.providers import StartupError
from openenv.validation.providers.docker import HELPER_IMAGE, DockerValidationProvider
from openenv.validation.runner import source_digest

from tools.serving import PRINTED_BYTES, Server, StartError

ROOT: Final = Path(__file__).parents[1]
PLAN: Final = "email_triage_env/runtime.json"
EXECUTION: Final = {
    "kind": "openenv_ws",
    "probe_path": PLAN,
    "dockerfile": "email_triage_env/server/Dockerfile",
    "context": ".",
}
PUBLIC: Final = "public"
NO_NETWORK: Final = "no-network"
# OpenEnv lists checks that it has not written yet as skipped; these must really have passed.
NEEDED: Final = (
    "static.manifest",
    "runtime.startup",
    "runtime.observation_schema",
    "runtime.reward_well_formed",
    "runtime.state_contract",
)
CONFINED: Final = (
    "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL",  # noqa: S108 # inside the container
    "--security-opt", "no-new-privileges", "--pids-limit", "256", "--memory", "512m",
    "--network", "none",
)  # fmt: skip
PULL_SECONDS: Final = 300
# Runs inside the container, because without a network nothing outside reaches the server.
_EPISODE: Final = """
import json, pathlib, sys, time, urllib.request
from websockets.sync.client import connect

plan = json.loads(sys.argv[1])
for _ in range(600):
    try:
        health = urllib.request.urlopen("http://127.0.0.1:8000/health", timeout=5).status
        break
    except OSError:
        time.sleep(0.1)
with connect("ws://127.0.0.1:8000/ws") as session:
    def ask(kind, **data):
        session.send(json.dumps({"type": kind, **data}))
        return json.loads(session.recv(timeout=30))["data"]
    options = plan["reset"].pop("options", {})
    ask("reset", data={**plan["reset"], **options})
    done = [ask("step", data=action)["done"] for action in plan["actions"]]
    steps = ask("state")["step_count"]
routes = len(pathlib.Path("/proc/net/route").read_text().splitlines()) - 1
print(json.dumps({"health": health, "steps": steps, "done": done.index(True), "routes": routes}))
"""


class LocalServer(Server):
    """A server as OpenEnv's validation wants it."""

    @property
    def base_url(self) -> str:
        """Where it answers."""
        return self.url

    def inspect(self) -> dict[str, Any]:
        """Return what a report says of the process."""
        return {"isolation": "none", "pid": self.process.pid}

    def logs(self, max_bytes: int = PRINTED_BYTES) -> str:
        """Return the end of what it printed."""
        return self.printed(max_bytes)


class LocalProvider:
    """Starts a server as a process of this machine, for one validation.

    It confines nothing: what it proves is what the server says on the wire, and no more.
    """

    name = "local-process"
    # OpenEnv builds before it starts, and asks whether one can.
    capabilities = frozenset({ProviderCapability.IMAGE_BUILD})
    supported_network_modes = frozenset({"public"})

    def __init__(self, module: str = "email_triage_env.server.app") -> None:
        """Serve by `python -m module`."""
        self._module = module
        self._copy = Path()

    def build(self, root: Path, execution: object) -> str:  # noqa: ARG002 # OpenEnv's signature
        """Build nothing, and name the source as if it were an image."""
        self._copy = root
        return f"sha256:{source_digest(root)}"

    def start(self, spec: object) -> LocalServer:  # noqa: ARG002 # OpenEnv's signature
        """Start the server."""
        server = LocalServer(self._module, folder=self._copy, alone=True)
        try:
            server.wait()
        except StartError as error:
            server.stop()
            raise StartupError(str(error)) from error
        return server


class SourceError(RuntimeError):
    """The files of the project cannot be told from what else lies in its folder."""


def copy_project(destination: Path) -> None:
    """Copy what git knows or would add, so no environment, cache or private file.

    Args:
        destination: A folder that does not exist yet.

    Raises:
        SourceError: If the project is no clone.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        raise SourceError(f"{ROOT} is no clone; run this in one: {listed.stderr.strip()}.")
    for name in listed.stdout.split("\0"):
        # Deleted files are still listed until the deletion is committed.
        if name and (ROOT / name).exists():
            (destination / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, destination / name, follow_symlinks=False)


def validate(copy: Path, provider: ValidationProvider, network: str) -> Mapping[str, Any] | None:
    """Run OpenEnv's checks up to the runtime level, and print each with its verdict.

    Args:
        copy: A copy of the project; its manifest is changed.
        provider: What runs the server.
        network: The network mode that the manifest asks of it.

    Returns:
        What was measured at startup, or None if a check failed or a needed one was not made.
    """
    path = copy / "openenv.yaml"
    manifest = yaml.safe_load(path.read_text(encoding="utf-8"))
    manifest["validation"] |= {"execution": EXECUTION, "network": {"mode": network}}
    path.write_text(yaml.safe_dump(manifest, sort_keys=False), encoding="utf-8")
    print(f"\n{provider.name}, network mode {network}", flush=True)
    results = run_validation(copy, max_level=Level.RUNTIME, provider=provider).results
    for result in results:
        _tell(result.status.value, result.check_id, "; ".join(result.evidence))
    passed = {result.check_id for result in results if result.status is CheckStatus.PASS}
    bad = {result.check_id for result in results if result.status.value in ("fail", "error")}
    bad |= set(NEEDED) - passed
    if bad:
        _tell("fail", provider.name, f"not passed: {', '.join(sorted(bad))}")
    else:
        _tell("pass", provider.name, f"{len(passed)} of {len(results)} checks, and none failed")
    startup = {result.check_id: result.measured for result in results}["runtime.startup"]
    return None if bad else startup


def main() -> int:
    """Check both ways.

    Returns:
        The exit status.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "email-triage"
        copy_project(copy)
        passed = validate(copy, LocalProvider(), PUBLIC) is not None
        if shutil.which("docker") is None or _docker("info").returncode:
            print()
            _tell("skip", DockerValidationProvider.name, "no Docker engine answers here; start one")
        else:
            passed &= _validate_image(copy)
    print(f"\n{'Every check that could be made passed.' if passed else 'A check failed.'}")
    return 0 if passed else 1


def _validate_image(copy: Path) -> bool:
    """Check the image as OpenEnv confines it and, one way or the other, without a network."""
    has_helper = (
        _docker("image", "inspect", HELPER_IMAGE).returncode == 0
        or _docker("pull", "--quiet", HELPER_IMAGE).returncode == 0
    )
    startup = validate(copy, DockerValidationProvider(), NO_NETWORK if has_helper else PUBLIC)
    if startup is None or has_helper:
        return startup is not None
    print(f"OpenEnv's mode {NO_NETWORK} needs {HELPER_IMAGE}, which cannot be had here.")
    plan = (copy / PLAN).read_text(encoding="utf-8")
    found = episode_without_network(startup["image_ref"], plan)
    steps = len(json.loads(plan)["actions"])
    passed: bool = found == {"health": 200, "steps": steps, "done": steps - 1, "routes": 0}
    _tell("pass" if passed else "fail", "container without network", str(found))
    return passed


def episode_without_network(image: str, plan: str) -> Any:  # noqa: ANN401 # whatever it printed
    """Run a confined container that has no network, and play an episode inside it.

    Args:
        image: The image.
        plan: OpenEnv's runtime plan, as JSON.

    Returns:
        The status of `/health`, the steps made, after which of them (from 0) it was done, and how
        many routes lead out; or what went wrong.
    """
    started = _docker("run", "--detach", *CONFINED, image)
    name = started.stdout.strip()
    try:
        played = _docker("exec", name, "python", "-c", _EPISODE, plan)
        return json.loads(played.stdout) if played.returncode == 0 else played.stderr[-2000:]
    finally:
        _docker("rm", "--force", name)


def _docker(*arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603
            ["docker", *arguments],  # noqa: S607 # wherever the machine has it
            capture_output=True, text=True, timeout=PULL_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        return subprocess.CompletedProcess(error.cmd, 1, "", f"no answer in {PULL_SECONDS} s")


def _tell(verdict: str, subject: str, evidence: str) -> None:
    print(f"{verdict.upper():5} {subject:32} {evidence:.200}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
