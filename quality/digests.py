"""Pins what the inboxes say: digests of every text and answer, beside the dataset's version.

python -m quality.digests     writes quality/digests.json

A changed text or answer changes scores, so it takes a new `dataset_version` in openenv.yaml.
"""

import json
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel

from deck import deal, deals
from deck.dealing import DEALS, DIFFICULTIES, SPLITS
from deck.mail import MAIL
from tasks import TASKS

ROOT: Final = Path(__file__).parents[1]
FILE: Final = "quality/digests.json"
MANIFEST: Final = "openenv.yaml"
# Storylines are pinned whole; how they are dealt, by every so many inboxes of each split.
TRAIN_STRIDE: Final = 100
_VERSION: Final = re.compile(r"(?<=dataset_version: )\S+$", re.MULTILINE)


class UnversionedError(ValueError):
    """A manifest declares no version of the dataset."""


def measured() -> dict[str, Any]:
    """Return what the digests are now.

    Returns:
        The number of inboxes by split; a digest of each headline task, of the storylines of each
        split and of the inboxes dealt from them.
    """
    strides = {"train": TRAIN_STRIDE, "test": 1}
    return {
        "inboxes": {"headline": len(TASKS), **{split: deals(split)["mixed"] for split in SPLITS}},
        "headline": {task_id: _digest([task]) for task_id, task in TASKS.items()},
        "storylines": {
            split: _digest(
                storyline
                for (part, _), storylines in MAIL.items()
                if part == split
                for storyline in storylines
            )
            for split in SPLITS
        },
        "deals": {
            split: _digest(
                deal(difficulty, split, i)
                for difficulty in DIFFICULTIES
                for i in range(0, DEALS[split], strides[split])
            )
            for split in SPLITS
        },
    }


def pinned_version(root: Path) -> str | None:
    """Return the dataset's version that the manifest declares, if it does."""
    manifest = yaml.safe_load((root / MANIFEST).read_text(encoding="utf-8"))
    version = (manifest["validation"].get("task_distribution") or {}).get("dataset_version")
    return None if version is None else str(version)


def raised(version: str) -> str:
    """Return the version after one: `inboxes-3` after `inboxes-2`."""
    name = version.rstrip("0123456789")
    return f"{name}{int(version.removeprefix(name) or 0) + 1}"


def declare(root: Path, version: str) -> None:
    """Write a version of the dataset into the manifest.

    Args:
        root: The folder of the manifest.
        version: What to call it.

    Raises:
        UnversionedError: If the manifest has no line for it.
    """
    path = root / MANIFEST
    text, found = _VERSION.subn(version, path.read_text(encoding="utf-8"))
    if not found:
        raise UnversionedError(
            f"{MANIFEST} declares no dataset_version; write `dataset_version: {version}` into "
            f"validation.task_distribution."
        )
    path.write_text(text, encoding="utf-8")


def write(root: Path) -> None:
    """Pin what the inboxes say now under the version that the manifest declares."""
    pins = {"dataset_version": pinned_version(root), **measured()}
    (root / FILE).write_text(f"{json.dumps(pins, indent=2)}\n", encoding="utf-8")


def _digest(models: Iterable[BaseModel]) -> str:
    digest = sha256()
    for model in models:
        digest.update(json.dumps(model.model_dump(mode="json"), sort_keys=True).encode())
    return digest.hexdigest()


if __name__ == "__main__":
    write(ROOT)
