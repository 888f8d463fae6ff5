"""Pins what the inboxes say: digests of every text and answer, beside the dataset's version.

python -m quality.digests     writes quality/digests.json

A changed text or answer changes scores, so it takes a new `dataset_version` in openenv.yaml.
"""

import json
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel

from deck import deal, deals
from deck.dealing import DEALS, SPLITS
from deck.mail import MAIL
from tasks import TASKS

ROOT: Final = Path(__file__).parents[1]
FILE: Final = "quality/digests.json"
# Storylines are pinned whole; how they are dealt, by every so many inboxes of each split.
TRAIN_STRIDE: Final = 100


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
                for difficulty in ("easy", "medium", "hard")
                for i in range(0, DEALS[split], strides[split])
            )
            for split in SPLITS
        },
    }


def pinned_version(root: Path) -> str | None:
    """Return the dataset's version that the manifest declares, if it does."""
    manifest = yaml.safe_load((root / "openenv.yaml").read_text(encoding="utf-8"))
    version = (manifest["validation"].get("task_distribution") or {}).get("dataset_version")
    return None if version is None else str(version)


def _digest(models: Iterable[BaseModel]) -> str:
    digest = sha256()
    for model in models:
        digest.update(json.dumps(model.model_dump(mode="json"), sort_keys=True).encode())
    return digest.hexdigest()


def main() -> None:
    """Write the file."""
    pins = {"dataset_version": pinned_version(ROOT), **measured()}
    (ROOT / FILE).write_text(f"{json.dumps(pins, indent=2)}\n", encoding="utf-8")
    sys.stdout.write(f"{FILE} pins {pins['dataset_version']}.\n")


if __name__ == "__main__":
    main()
