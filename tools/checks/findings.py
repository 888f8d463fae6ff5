"""What a check is given and what it returns."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from tools.subject import Subject

# ERROR is no verdict on the environment: the check itself broke.
Verdict = Literal["PASS", "FAIL", "SKIP", "ERROR"]
MANIFEST: Final = "openenv.yaml"
KindT = TypeVar("KindT")


class Target(NamedTuple):
    """What is checked.

    Attributes:
        subject: The environment.
        url: A running server.
        twin: The same in another process with other hash seeds, or `None`.
        process_id: The process behind `url`, if it runs here.
        image: The name of a built image, or `None`.
    """

    subject: Subject
    url: str
    twin: str | None = None
    process_id: int | None = None
    image: str | None = None


class Finding(NamedTuple):
    """What a check found, and what shows it."""

    verdict: Verdict
    evidence: str


Check = Callable[[Target], Finding]


class DeclarationError(ValueError):
    """A file of the package cannot be read, or does not say what it must."""


def passed(evidence: str) -> Finding:
    """Return a PASS."""
    return Finding("PASS", evidence)


def failed(evidence: str) -> Finding:
    """Return a FAIL."""
    return Finding("FAIL", evidence)


def skipped(remedy: str) -> Finding:
    """Return a SKIP, which says what would make the check run."""
    return Finding("SKIP", remedy)


def judged(problems: Sequence[str], evidence: str) -> Finding:
    """Return a FAIL that names the first problem and counts the rest, or else a PASS.

    Args:
        problems: What is wrong.
        evidence: What was measured.

    Returns:
        The finding.
    """
    if not problems:
        return passed(evidence)
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return failed(f"{problems[0]}{more}")


def manifest_of(root: Path) -> dict[str, Any]:
    """Return what the manifest says.

    Args:
        root: The folder that holds it.

    Returns:
        All of it.

    Raises:
        DeclarationError: If it cannot be read.
    """
    try:
        manifest = yaml.safe_load(read_text(root / MANIFEST))
    except yaml.YAMLError as error:
        raise DeclarationError(f"{MANIFEST} is no YAML: {error!s:.200}.") from error
    if not isinstance(manifest, dict):
        raise DeclarationError(f"{MANIFEST} is no mapping.")
    return manifest


def declared(root: Path, kind: type[KindT], section: str, *names: str) -> KindT:
    """Return what the `validation` block of the manifest declares.

    Args:
        root: The folder that holds the manifest.
        kind: What must be declared, such as `float`.
        section: The section of the block.
        names: Where in the section it stands.

    Returns:
        What is declared.

    Raises:
        DeclarationError: If nothing is declared there, or something else.
    """
    value: Any = manifest_of(root)
    for name in ("validation", section, *names):
        value = value.get(name) if isinstance(value, dict) else None
    where = ".".join((section, *names))
    if value is None:
        raise DeclarationError(f"{where} is not declared in {MANIFEST}.")
    try:
        # As JSON, in which a list may be a pair, and a number still is no text.
        return TypeAdapter(kind).validate_json(json.dumps(value, default=str), strict=True)
    except ValidationError as error:
        raise DeclarationError(
            f"{where} in {MANIFEST} is {value!r:.80}; declare a {kind.__name__}."
        ) from error


def read_text(path: Path) -> str:
    """Return the text of a file; `DeclarationError` if there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DeclarationError(f"{path.name} cannot be read: {error}.") from error


def read_json(path: Path, kind: type[KindT]) -> KindT:
    """Return what a JSON file holds.

    Args:
        path: The file.
        kind: What it must hold.

    Returns:
        Its content.

    Raises:
        DeclarationError: If there is no such file, no JSON in it, or something else.
    """
    text = read_text(path)
    try:
        return TypeAdapter(kind).validate_python(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise DeclarationError(f"{path.name} is not what it must be: {error!s:.200}.") from error
