"""Run OpenEnv's runtime checks on an environment, by `python -m tools.validate NAME`.

Its openenv.yaml declares no `execution`, so that a bare `openenv validate` needs no container
engine. Here the declaration is added to a copy of its root, and OpenEnv checks the copy twice: with
the server as a process of this machine and, where an engine answers, with the image that OpenEnv's
own provider builds and confines. Exits 1 when a check fails or could not be made.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, RawDescriptionHelpFormatter
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

from tools.checks.engine import CONFINED, EngineError, asked, container, docker
from tools.checks.findings import MANIFEST, manifest_of, read_text
from tools.serving import PRINTED_BYTES, Server, StartError
from tools.subject import Files, find, names

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

    def __init__(self, module: str) -> None:
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
    """The files of a project cannot be told from what else lies in its folder."""


def copy_project(root: Path, destination: Path) -> None:
    """Copy what git knows or would add, so no environment, cache or private file.

    Args:
        root: The project.
        destination: A folder that does not exist yet.

    Raises:
        SourceError: If the project lies in no clone.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        raise SourceError(f"{root} lies in no clone; run this in one: {listed.stderr.strip()}.")
    for name in listed.stdout.split("\0"):
        # Deleted files are still listed until the deletion is committed.
        if name and (root / name).exists():
            (destination / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, destination / name, follow_symlinks=False)


def validate(
    copy: Path, files: Files, provider: ValidationProvider, network: str
) -> Mapping[str, Any] | None:
    """Run OpenEnv's checks up to the runtime level, and print each with its verdict.

    Args:
        copy: A copy of the environment's root; its manifest is changed.
        files: Where the plan and the Dockerfile are.
        provider: What runs the server.
        network: The network mode that the manifest asks of it.

    Returns:
        What was measured at startup, or None if a check failed or a needed one was not made.
    """
    manifest = manifest_of(copy)
    execution = {
        "kind": "openenv_ws", "probe_path": files.plan, "dockerfile": files.dockerfile,
        "context": ".",
    }  # fmt: skip
    manifest["validation"] |= {"execution": execution, "network": {"mode": network}}
    (copy / MANIFEST).write_text(yaml.safe_dump(manifest, sort_keys=False), encoding="utf-8")
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


def main(arguments: list[str] | None = None) -> int:
    """Check an environment both ways.

    Args:
        arguments: The command line, without the name of the program.

    Returns:
        The exit status.
    """
    parser = ArgumentParser(
        prog="python -m tools.validate",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", choices=names(), help="which environment")
    subject = find(parser.parse_args(arguments).name)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / subject.environment
        copy_project(subject.root, copy)
        passed = validate(copy, subject.files, LocalProvider(subject.app), PUBLIC) is not None
        if shutil.which("docker") is None or asked("info").returncode:
            print()
            _tell("skip", DockerValidationProvider.name, "no Docker engine answers here; start one")
        else:
            passed &= _validate_image(copy, subject.files)
    print(f"\n{'Every check that could be made passed.' if passed else 'A check failed.'}")
    return 0 if passed else 1


def _validate_image(copy: Path, files: Files) -> bool:
    """Check the image as OpenEnv confines it and, one way or the other, without a network."""
    has_helper = (
        asked("image", "inspect", HELPER_IMAGE).returncode == 0
        or asked("pull", "--quiet", HELPER_IMAGE).returncode == 0
    )
    network = NO_NETWORK if has_helper else PUBLIC
    startup = validate(copy, files, DockerValidationProvider(), network)
    if startup is None or has_helper:
        return startup is not None
    print(f"OpenEnv's mode {NO_NETWORK} needs {HELPER_IMAGE}, which cannot be had here.")
    plan = read_text(copy / files.plan)
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
    try:
        with container(image, *CONFINED, "--memory", "512m") as name:
            return json.loads(docker("exec", name, "python", "-c", _EPISODE, plan))
    except EngineError as error:
        return str(error)


def _tell(verdict: str, subject: str, evidence: str) -> None:
    print(f"{verdict.upper():5} {subject:32} {evidence:.200}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
