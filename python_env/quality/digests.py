"""Pins what the tasks show and what is true of them: digests beside the dataset's version.

    python -m python_env.quality.digests     writes quality/digests.json

Changed code or answers change scores, so they take a new `dataset_version` in openenv.yaml.
"""

import json
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import yaml

from python_env.server.dealing import ReviewTask
from python_env.server.splits import HEADLINE, split_sizes, task_id_at, task_of
from python_env.stock import SPLITS, modules

ROOT: Final = Path(__file__).parents[1]
FILE: Final = "quality/digests.json"
# Modules are pinned whole; how they are dealt, by every so many tasks of each split.
STRIDE: Final = {"train": 50, "test": 3}


def measured() -> dict[str, Any]:
    """Return what the digests are now."""
    sizes = split_sizes()
    return {
        "tasks": sizes,
        "headline": _digest(_of(HEADLINE, range(sizes[HEADLINE]))),
        "stock": {
            split: _digest(repr(module) for module in modules(split).values()) for split in SPLITS
        },
        "deals": {
            split: _digest(_of(split, range(0, sizes[split], stride)))
            for split, stride in STRIDE.items()
        },
    }


def _of(split: str, numbers: Iterable[int]) -> Iterable[str]:
    return (_told(task_of(task_id_at(split, i))) for i in numbers)


def _told(task: ReviewTask) -> str:
    return repr((task.task_id, task.code, task.defects))


def _digest(texts: Iterable[str]) -> str:
    whole = sha256()
    for text in texts:
        whole.update(f"{len(text)}:{text}".encode())
    return whole.hexdigest()


def main() -> int:
    """Write the digests down."""
    manifest = yaml.safe_load((ROOT / "openenv.yaml").read_text(encoding="utf-8"))
    version = manifest["validation"]["task_distribution"]["dataset_version"]
    text = json.dumps({"dataset_version": version, **measured()}, indent=2)
    (ROOT / FILE).write_text(f"{text}\n", encoding="utf-8")
    sys.stdout.write(f"{text}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
