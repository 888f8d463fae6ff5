"""The container engine, where there is one."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# Pulling an image or building one takes a while.
SECONDS: Final = 300
# As OpenEnv confines an environment, and without a network.
CONFINED: Final = (
    "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL",  # noqa: S108 # inside the container
    "--security-opt", "no-new-privileges", "--pids-limit", "256", "--network", "none",
)  # fmt: skip


class EngineError(RuntimeError):
    """The container engine did not do what it was asked."""


def asked(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the engine, and return how it ended.

    Args:
        arguments: The command, without `docker`.

    Returns:
        Its status and what it printed; where it took too long, that it failed.
    """
    try:
        return subprocess.run(  # noqa: S603
            ["docker", *arguments],  # noqa: S607 # wherever the machine has it
            capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        return subprocess.CompletedProcess(error.cmd, 1, "", f"no answer in {SECONDS} s")


def docker(*arguments: str) -> str:
    """Run a command of the engine, and return what it printed; `EngineError` if it fails."""
    done = asked(*arguments)
    if done.returncode != 0:
        raise EngineError(f"docker {arguments[0]} failed: {done.stderr.strip()[-300:]}")
    return done.stdout.strip()


@contextmanager
def container(image: str, *options: str) -> Iterator[str]:
    """Run a container until the end of the block.

    Args:
        image: Of which image.
        options: Of `docker run`.

    Yields:
        Its name.

    Raises:
        EngineError: If it does not start.
    """
    name = docker("run", "--detach", *options, image)
    try:
        yield name
    finally:
        docker("rm", "--force", name)
