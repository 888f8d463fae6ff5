"""Read a lock, and give every package that is wanted with an extra one line with it, one without.

pip before 24.0 takes `pydantic` and `pydantic[email]` for two packages: the line of one pins
nothing for the other, of which it then takes the newest release, and stops because that has no
hash. uv writes one line for both. `make lock` runs this over what uv writes:

    python -m tools.locking.pins requirements.txt ...

uv joins the extras that several packages want, as in `pydantic[a,b]`; if no package wants these
together, tests/test_locks.py or its like for installed packages says which line is missing.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

_PIN: Final = re.compile(
    r"^(?P<name>[\w.-]+)(?:\[(?P<extras>[\w.,\s-]+)\])?==(?P<version>[^\s;]+)"
    r"(?: ; (?P<marker>[^\\]+?))?(?P<hashes>(?: \\\n +--hash=sha256:[0-9a-f]{64})+)$",
    re.MULTILINE,
)


class Pin(NamedTuple):
    """One requirement of a lock."""

    name: str
    extras: frozenset[str]
    version: str
    marker: str
    hashes: frozenset[str]


class LockError(ValueError):
    """A lock holds something other than pins with hashes."""


def read(text: str) -> list[Pin]:
    """Return the pins of a lock, in its order.

    Args:
        text: The lock as uv writes it.

    Raises:
        LockError: A line is no part of a pin with hashes.
    """
    rest = [line for line in _PIN.sub("", text).splitlines() if line and line[0] != "#"]
    if rest:
        raise LockError(f"{rest[0]!r} is no pin with hashes; run `make lock`.")
    return [
        Pin(
            plain(hit["name"]),
            frozenset(plain(extra) for extra in re.findall(r"[\w.-]+", hit["extras"] or "")),
            hit["version"],
            hit["marker"] or "",
            frozenset(re.findall(r"sha256:(\w+)", hit["hashes"])),
        )
        for hit in _PIN.finditer(text)
    ]


def with_extras_apart(text: str) -> str:
    """Return a lock in which every pin with an extra follows the same pin without it.

    Args:
        text: The lock; one that is already so comes back as it is.

    Returns:
        The lock, its comments on top, without spaces between extras.
    """
    written = [line for line in text.splitlines() if line.startswith("#")]
    for hit in _PIN.finditer(text):
        end = hit[0][hit.start("version") - hit.start() :]
        bare = f"{hit['name']}=={end}"
        if bare not in written:
            written.append(bare)
        if hit["extras"]:
            extras = re.sub(r"\s", "", hit["extras"])
            written.append(f"{hit['name']}[{extras}]=={end}")
    return "".join(f"{pin}\n" for pin in written)


def missing(wanted: Iterable[tuple[str, frozenset[str]]], pins: Iterable[Pin]) -> set[str]:
    """Return the lines with extras that a lock lacks.

    Args:
        wanted: The names and extras that the packages of the lock ask for.
        pins: The lock.

    Returns:
        What is wanted with extras, in a form like `pydantic[email]`, of the lock's packages only.
    """
    pins = list(pins)
    names = {pin.name for pin in pins}
    there = {(pin.name, pin.extras) for pin in pins}
    return {
        f"{name}[{','.join(sorted(extras))}]"
        for name, extras in wanted
        if name in names and (name, extras) not in there
    }


def plain(name: str) -> str:
    """Return the one spelling of a package's or an extra's name.

    Args:
        name: Any spelling.

    Returns:
        The name in small letters, with `-` for any run of `-`, `_` and `.`.
    """
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        lock = path.read_text(encoding="utf-8")
        read(lock)
        path.write_text(with_extras_apart(lock), encoding="utf-8")
