"""Pins what the inboxes say: digests of every text and answer, beside the dataset's version.

python -m quality.digests     writes quality/digests.json

A changed text or answer changes scores, so it takes a new `dataset_version` in openenv.yaml.
"""

import json
import re
from collections.abc import Iterable
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, Final, get_args

import yaml
from pydantic import BaseModel

from deck import deal, deals
from deck.carriers import CARRIERS
from deck.carriers.carrier import Role
from deck.circumstances import circumstances_of
from deck.dealing import DIFFICULTIES, SPLITS, DealDifficulty, Split
from deck.desk import desk, desks, policy_text
from deck.mail import MAIL
from tasks import TASKS

ROOT: Final = Path(__file__).parents[1]
FILE: Final = "quality/digests.json"
MANIFEST: Final = "openenv.yaml"
# What hands wrote is pinned whole; what is dealt or drawn from it, by every so many to train on.
TRAIN_STRIDE: Final = 100
# Of these an inbox has one number; easy, medium and hard deals have another one in `mixed`.
OWN_LEVELS: Final[tuple[DealDifficulty, ...]] = ("mixed", "varied", "month")
LEVELS: Final[tuple[DealDifficulty, ...]] = (*DIFFICULTIES, "varied", "month")
_VERSION: Final = re.compile(r"(?<=dataset_version: )\S+$", re.MULTILINE)


class UnversionedError(ValueError):
    """A manifest declares no version of the dataset."""


def measured() -> dict[str, Any]:
    """Return what the digests are now.

    Returns:
        The number of inboxes by split; a digest of each headline task and of all circumstances;
        and by split those of storylines, carriers, desks' policies and inboxes.
    """
    inboxes = {split: sum(deals(split)[level] for level in OWN_LEVELS) for split in SPLITS}
    written = sorted(circumstances_of().items())
    return {
        "inboxes": {"headline": len(TASKS), **inboxes},
        "headline": {task_id: _digest([task]) for task_id, task in TASKS.items()},
        "storylines": {
            split: _digest(chain.from_iterable(MAIL[split, level] for level in DIFFICULTIES))
            for split in SPLITS
        },
        "carriers": {
            split: _digest(chain.from_iterable(CARRIERS[split, role] for role in get_args(Role)))
            for split in SPLITS
        },
        "circumstances": _of_texts(f"{name}: {what.model_dump_json()}" for name, what in written),
        "desks": {
            split: _of_texts(
                policy_text(desk(split, i), counts=True) for i in _strided(split, desks(split))
            )
            for split in SPLITS
        },
        "deals": {
            split: _digest(
                deal(level, split, i)
                for level in LEVELS
                for i in _strided(split, deals(split)[level])
            )
            for split in SPLITS
        },
    }


def _strided(split: Split, number: int) -> range:
    return range(0, number, 1 if split == "test" else TRAIN_STRIDE)


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
    return _of_texts(json.dumps(model.model_dump(mode="json"), sort_keys=True) for model in models)


def _of_texts(texts: Iterable[str]) -> str:
    digest = sha256()
    for text in texts:
        digest.update(text.encode())
    return digest.hexdigest()


if __name__ == "__main__":
    write(ROOT)
