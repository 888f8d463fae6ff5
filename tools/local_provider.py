"""A provider for OpenEnv's validation that runs the server as a process of this machine.

It confines nothing: what it proves is what the server says on the wire, and no more.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any, Final

from openenv.validation import ProviderCapability
from openenv.validation.providers import StartupError
from openenv.validation.runner import source_digest

# Importing openenv takes seconds, and many on a busy machine.
START_SECONDS: Final = 120.0
LOG_BYTES: Final = 2000


class LocalServer:
    """A running server, as OpenEnv's validation wants it."""

    def __init__(self, module: str, copy: Path) -> None:
        """Start `python -m module` in `copy`, and wait until it answers.

        Args:
            module: What serves.
            copy: The project.

        Raises:
            StartupError: If it ends, or does not answer in time.
        """
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.base_url = f"http://127.0.0.1:{port}"
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 # open as long as the server runs
        self._process = subprocess.Popen(  # noqa: S603 # our own server
            [sys.executable, "-m", module],
            cwd=copy, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log,
            # None of the caller's variables, so that it is the project alone which is checked.
            env={"PATH": os.environ["PATH"], "PORT": str(port), "HOST": "127.0.0.1",
                 "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
        deadline = time.monotonic() + START_SECONDS
        while not self._is_healthy():
            ended = self._process.poll()
            if ended is not None or time.monotonic() > deadline:
                log = self.logs()
                self.stop()
                raise StartupError(f"The server ended with {ended}, or is silent; it said: {log}")
            time.sleep(0.1)

    def _is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.base_url}/health", timeout=5):  # noqa: S310 # http
                return True
        except OSError:
            return False

    def inspect(self) -> dict[str, Any]:
        """Return what a report says of the process."""
        return {"isolation": "none", "pid": self._process.pid}

    def logs(self, max_bytes: int = LOG_BYTES) -> str:
        """Return the end of what the server printed."""
        self._log.seek(0)
        return self._log.read()[-max_bytes:].decode(errors="replace")

    def stop(self) -> None:
        """End the process, gently if it lets us."""
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()


class LocalProvider:
    """Starts one server for one validation."""

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
        return LocalServer(self._module, self._copy)
