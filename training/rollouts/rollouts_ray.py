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
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import ray
from tqdm import tqdm

from tools.episodes.playing import LostEpisodeError, ServerError
from tools.subject import PolicyError
from training.players import FORMS, load
from training.rollouts.ray_crew import SESSIONS, ClusterError, rollouts

CONNECT_SECONDS: Final = 10.0
OBJECT_STORE_BYTES: Final = 100 * 2**20
INTERRUPTED: Final = 130
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


def main(arguments: list[str] | None = None) -> int:
    """Play episodes and write a line for each.

    Args:
        arguments: The command line, without the name of the program.

    Returns:
        The exit status: 0 when all episodes are in the file.
    """
    options = _parser().parse_args(arguments)
    numbers = range(options.start, options.start + options.episodes)
    choices = [{"split": options.split, "index": number} for number in numbers]
    together = f"{options.workers} workers open {options.workers * options.sessions} sessions"
    total = 0.0
    try:
        with (
            options.output.open("w", buffering=1, encoding="utf-8") as output,
            connected(options.address, options.workers),
            tqdm(total=len(choices), unit="episode") as bar,
        ):
            for row in rollouts(
                options.env_url,
                partial(load, options.policy, temperature=options.temperature, seed=options.seed),
                choices,
                options.workers,
                options.sessions,
                options.gpus,
            ):
                output.write(f"{json.dumps(row)}\n")
                total += row["score"]
                bar.set_postfix(mean=f"{total / (bar.n + 1):.3f}", refresh=False)
                bar.update()
    except KeyboardInterrupt:
        return INTERRUPTED
    except LostEpisodeError as error:
        sys.stderr.write(f"{error} The {together} together.\n")
        return 1
    except (ClusterError, PolicyError, ServerError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    mean = total / len(choices)
    sys.stdout.write(f"{len(choices)} episodes in {options.output}, mean score {mean:.4f}\n")
    return 0


def _whole(text: str) -> int:
    if (number := int(text)) < 1:
        raise ArgumentTypeError(f"{text} is too small; the least is 1")
    return number


def _writable(text: str) -> Path:
    path = Path(text)
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise ArgumentTypeError(f"{text!r} can be no file; name one in a directory that exists")
    return path


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python -m training.rollouts.rollouts_ray",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--policy", required=True, metavar="SPEC", help=f"who answers: {FORMS}")
    add("--temperature", type=float, default=0.0, help="of a language model (%(default)s)")
    add("--env-url", default="http://127.0.0.1:8000", help="the environment (%(default)s)")
    add("--split", default="train", help="whose inboxes (%(default)s)")
    add("--start", type=int, default=0, help="number of the first inbox (%(default)s)")
    add("--episodes", type=_whole, required=True, help="how many inboxes")
    add("--workers", type=_whole, default=2, help="processes (%(default)s)")
    add("--sessions", type=_whole, default=SESSIONS, help="of each worker (%(default)s)")
    add("--seed", type=int, default=0, help="of a policy that draws (%(default)s)")
    add("--gpus", type=float, default=0.0, help="share of a GPU for each worker (%(default)s)")
    add("--output", type=_writable, required=True, help="a line for each episode; is replaced")
    add("--address", help="of a Ray cluster: auto, or HEAD:6379 (Ray for this run alone)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
