"""What a check is given and what it returns."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import yaml

Verdict = Literal["PASS", "FAIL", "SKIP"]
ROOT: Final = Path(__file__).parents[2]
MANIFEST: Final = "openenv.yaml"


class Target(NamedTuple):
    """What is checked.

    Attributes:
        url: A running server.
        twin: The same in another process with other hash seeds, or `None`.
        process_id: The process behind `url`, if it runs here.
        image: The name of a built image, or `None`.
        root: The repository.
    """

    url: str
    twin: str | None = None
    process_id: int | None = None
    image: str | None = None
    root: Path = ROOT


class Finding(NamedTuple):
    """What a check found, and what shows it."""

    verdict: Verdict
    evidence: str


Check = Callable[[Target], Finding]


class DeclarationError(ValueError):
    """A file of the package cannot be read as what it should be."""


def passed(evidence: str) -> Finding:
    """Return a PASS."""
    return Finding("PASS", evidence)


def failed(evidence: str) -> Finding:
    """Return a FAIL."""
    return Finding("FAIL", evidence)


def skipped(remedy: str) -> Finding:
    """Return a SKIP, which says what would make the check run."""
    return Finding("SKIP", remedy)


def judged(problems: list[str], evidence: str) -> Finding:
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


def declared(root: Path) -> dict[str, Any]:
    """Return the `validation` block of the manifest.

    Args:
        root: The repository.

    Returns:
        The block.

    Raises:
        DeclarationError: If there is none.
    """
    manifest = yaml.safe_load((root / MANIFEST).read_text(encoding="utf-8"))
    block = manifest.get("validation") if isinstance(manifest, dict) else None
    if not isinstance(block, dict):
        raise DeclarationError(f"{MANIFEST} has no validation block; add one.")
    return block


def read_json(path: Path) -> Any:  # noqa: ANN401 # whatever the file holds
    """Return what a JSON file holds.

    Args:
        path: The file.

    Returns:
        Its content.

    Raises:
        DeclarationError: If there is no such file, or no JSON in it.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DeclarationError(f"{path.name} cannot be read: {error}.") from error
