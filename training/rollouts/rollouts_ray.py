r"""Play many episodes on several processes or machines, with Ray.

On one machine Ray is started for the run and ended with it:

    python -m training.rollouts.rollouts_ray --policy SPEC --env-url http://127.0.0.1:8000 \
        --split train --episodes 200 --workers 2 --sessions 4 --output episodes.jsonl

On a cluster every machine has this project's training environment (one version of Python and Ray),
what SPEC names (a directory by its whole path), and the credentials it needs, set before `ray
start`. Whoever reaches the ports of a cluster can run code on it, so give it a secret, the same
everywhere:

    export RAY_AUTH_MODE=token RAY_AUTH_TOKEN=SECRET    # every machine
    ray start --head --port=6379                        # the first machine
    ray start --address=HEAD:6379                       # each of the others
    python -m training.rollouts.rollouts_ray --address auto --env-url http://ENV:8000 ...

The last line is for any one of them; the code of the workers travels with it. The address of the
environment must be reachable from all of them, so not 127.0.0.1, and its server must hold workers
times sessions at once (MAX_CONCURRENT_ENVS, 64). `ray stop` ends a cluster.

The numbers do not depend on how many workers there are. A worker that dies is replaced, and what it
was playing is played again. How, stands in ray_crew.py; here is only the command.
"""

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import ray
from pydantic import Field
from tqdm import tqdm

from tools.episodes.playing import LostEpisodeError
from training.command import CommandSettings, parse_settings, status_of
from training.output import PART, held, sync
from training.players import FORMS, load
from training.rollouts.ray_crew import SESSIONS, ClusterError, Row, rollouts
from training.triage_tool import server_url

CONNECT_SECONDS: Final = 10.0
OBJECT_STORE_BYTES: Final = 100 * 2**20
AGAIN: Final = "The same command plays all episodes again."
ROOT: Final = Path(__file__).parents[2]
# What a worker may know, and nothing else: the inboxes and their answers stay at the server.
SENT: Final = {
    "py_modules": [
        str(ROOT / name) for name in ("models.py", "email_triage_env", "tools", "training")
    ],
    # Of files only code, and nothing hidden. A plain "*" would match the folder sent, as ".".
    "excludes": ["?*.*", "!*.py", ".?*"],
}


@contextmanager
def connected(address: str | None, workers: int) -> Iterator[None]:
    """Connect to Ray, and leave it in the end.

    Args:
        address: Of a cluster; without one Ray runs on this machine, for this process alone.
        workers: How many processes there will be.

    Yields:
        Nothing.

    Raises:
        ClusterError: If there is no cluster at the address.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    if address is None:
        ray.init(
            # Not left out, which would join whatever cluster this machine belongs to.
            "local",
            num_cpus=workers,
            object_store_memory=OBJECT_STORE_BYTES,
            include_dashboard=False,
            log_to_driver=False,
            logging_level="ERROR",
        )
    else:
        _join(address)
    try:
        yield
    finally:
        ray.shutdown()


def _join(address: str) -> None:
    place = urlsplit(address if "://" in address else f"//{address}")
    try:
        if place.port is not None:
            # Where nothing listens Ray itself would try for many minutes.
            socket.create_connection((place.hostname or "", place.port), CONNECT_SECONDS).close()
        ray.init(address, runtime_env=SENT, log_to_driver=False, logging_level="ERROR")
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"No Ray answers at {address!r} ({error}); start it with `ray start --head`, "
            f"or leave out --address."
        ) from error


class RolloutSettings(CommandSettings):
    """What is played, by whom, and on how many processes."""

    policy: str = Field(description=f"who answers: {FORMS}")
    temperature: float = Field(default=0.0, ge=0, description="of a language model")
    env_url: str = Field(default_factory=server_url, description="the native server (ENV_URL)")
    split: str = Field(default="train", description="whose inboxes")
    start: int = Field(default=0, ge=0, description="number of the first inbox")
    episodes: int = Field(ge=1, description="how many inboxes")
    workers: int = Field(default=2, ge=1, description="processes")
    sessions: int = Field(default=SESSIONS, ge=1, description="of each worker")
    seed: int = Field(default=0, ge=0, description="of a policy that draws")
    gpus: float = Field(default=0.0, ge=0, description="share of a GPU for each worker")
    output: Path = Field(description="a line for each episode; is replaced when all are there")
    address: str | None = Field(
        default=None, description="of a Ray cluster: auto, or HEAD:6379; without, Ray for this run"
    )


def main(arguments: list[str] | None = None) -> int:
    """Play episodes and write a line for each; return the exit status."""
    module = "training.rollouts.rollouts_ray"
    return status_of(
        lambda: run(parse_settings(RolloutSettings, arguments, module, __doc__ or "")), AGAIN
    )


def run(settings: RolloutSettings) -> None:
    """Play episodes and write a line for each.

    Args:
        settings: What is played.

    Raises:
        OutputError: If the file cannot be written, or another process writes it.
        LostEpisodeError: If the server does not answer.
        ClusterError: If Ray cannot do the work.
        PolicyError: If there is no such policy.
    """
    output = settings.output
    # Beside the file, which is replaced when all lines are there: what was there before is kept.
    part = output.with_name(f"{PART}.{output.name}")
    with held(output, folder=False):
        written, total = 0, 0.0
        try:
            with part.open("w", buffering=1, encoding="utf-8") as lines:
                for row in _played(settings):
                    lines.write(f"{json.dumps(row)}\n")
                    written += 1
                    total += row["score"]
            sync(part)
            part.replace(output)
        except BaseException:
            if written:
                sys.stderr.write(f"The {written} episodes that were played are in {part}.\n")
            else:
                part.unlink(missing_ok=True)
            raise
    mean = total / settings.episodes
    sys.stdout.write(f"{settings.episodes} episodes in {output}, mean score {mean:.4f}\n")


def _played(settings: RolloutSettings) -> Iterator[Row]:
    numbers = range(settings.start, settings.start + settings.episodes)
    choices = [{"split": settings.split, "index": number} for number in numbers]
    policy = partial(load, settings.policy, temperature=settings.temperature, seed=settings.seed)
    total = 0.0
    try:
        with (
            connected(settings.address, settings.workers),
            tqdm(total=len(choices), unit="episode") as bar,
        ):
            for row in rollouts(
                settings.env_url,
                policy,
                choices,
                settings.workers,
                settings.sessions,
                settings.gpus,
            ):
                yield row
                total += row["score"]
                bar.set_postfix(mean=f"{total / (bar.n + 1):.3f}", refresh=False)
                bar.update()
    except LostEpisodeError as error:
        together = settings.workers * settings.sessions
        raise LostEpisodeError(
            f"{error} The {settings.workers} workers open {together} sessions together."
        ) from error


if __name__ == "__main__":
    sys.exit(main())
