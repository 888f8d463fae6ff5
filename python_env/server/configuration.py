"""What the variables of the environment say, checked when they are read; and what `/config` shows.

HOST (all addresses) and PORT (8000) say where the server listens, WORKERS (1) how many processes
serve, MAX_CONCURRENT_ENVS (64) how many sessions each of them holds, and SESSION_TIMEOUT_SECONDS
(600) how long one may be idle. JOURNAL names the file that keeps episodes; without it there is a
private one that goes when the server ends. ROOT_PATH is the prefix that the server is served
behind. ALLOWED_ORIGINS lists, with commas between them, the origins of web pages that may play
beside the server's own; * allows all. ENABLE_WEB_INTERFACE=true adds the page at /web.
"""

import os
import re
from typing import Final, NamedTuple

from python_env.kinds import KINDS
from python_env.models import VERSION, PythonReviewConfig
from python_env.server.dealing import DIFFICULTIES
from python_env.server.grading import (
    DUPLICATE_COST,
    FALSE_COST,
    HINT_COSTS,
    HINTED_SHARE,
    SEVERITY_WEIGHTS,
    WEIGHTS,
)
from python_env.server.splits import split_sizes

ALL_ADDRESSES: Final = "0.0.0.0"  # noqa: S104 # a container must be reached from outside
MOST_PORT: Final = 65_535
MOST_WORKERS: Final = 64
MOST_SESSIONS: Final = 100_000
LONGEST_TIMEOUT: Final = 7 * 24 * 3600


class MisconfiguredError(ValueError):
    """A variable of the environment says nothing that the server can work with."""


class Configuration(NamedTuple):
    """What the variables say."""

    host: str
    port: int
    workers: int
    max_concurrent_envs: int
    session_timeout_seconds: int
    root_path: str
    allowed_origins: tuple[str, ...]


def configuration() -> Configuration:
    """Read the variables.

    Returns:
        What they say.

    Raises:
        MisconfiguredError: If one says what it may not.
    """
    return Configuration(
        os.getenv("HOST") or ALL_ADDRESSES,
        _number("PORT", 8000, MOST_PORT),
        _number("WORKERS", 1, MOST_WORKERS),
        _number("MAX_CONCURRENT_ENVS", 64, MOST_SESSIONS),
        _number("SESSION_TIMEOUT_SECONDS", 600, LONGEST_TIMEOUT),
        _root_path(),
        _origins(),
    )


def review_config() -> PythonReviewConfig:
    """Return what every episode is played and graded by."""
    return PythonReviewConfig(
        version=VERSION,
        weights=dict(WEIGHTS),
        severity_weights=dict(SEVERITY_WEIGHTS),
        false_finding=FALSE_COST,
        duplicate=DUPLICATE_COST,
        hints=HINT_COSTS,
        hinted_share=HINTED_SHARE,
        kinds={kind.name: kind.meaning for kind in KINDS.values()},
        difficulties=DIFFICULTIES,
        splits=split_sizes(),
    )


def _number(name: str, default: int, most: int) -> int:
    value = os.getenv(name) or str(default)
    is_number = value.isascii() and value.isdecimal() and len(value) <= len(str(most))
    if not is_number or not 1 <= int(value) <= most:
        raise MisconfiguredError(
            f"{name} is {value!r:.60}; set it to a whole number from 1 to {most}, or not at all."
        )
    return int(value)


def _root_path() -> str:
    value = os.getenv("ROOT_PATH") or ""
    prefix = value.rstrip("/")
    if prefix and not re.fullmatch(r"(/[\w.~-]+)+", prefix, re.ASCII):
        raise MisconfiguredError(
            f"ROOT_PATH is {value!r:.60}; set it to a path such as /review, or not at all."
        )
    return prefix


def _origins() -> tuple[str, ...]:
    listed = tuple((os.getenv("ALLOWED_ORIGINS") or "").lower().replace(",", " ").split())
    for origin in listed:
        if not re.fullmatch(r"\*|null|[a-z][a-z0-9+.-]*://[^/?#@\s*]+", origin):
            raise MisconfiguredError(
                f"ALLOWED_ORIGINS lists {origin!r:.60}; write origins such as https://host:8443, "
                f"without a path and with commas between them, or * for all."
            )
    return listed
