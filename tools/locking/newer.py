"""Pretend that a newer release of every locked package came out.

A lock must install the same packages for ever. `.ci/run` lets pip find these beside the index:

    python -m tools.locking.newer FOLDER requirements.txt ...

An empty wheel of version 9999 is written for each package; whoever takes one has left the lock.
"""

import sys
import zipfile
from pathlib import Path
from typing import Final

from tools.locking.pins import read

VERSION: Final = "9999"


def pretend(name: str, folder: Path) -> Path:
    """Write an empty wheel of a release that is newer than any.

    Args:
        name: The package.
        folder: Where to write it.

    Returns:
        The wheel's path.
    """
    stem = f"{name.replace('-', '_')}-{VERSION}"
    wheel = folder / f"{stem}-py3-none-any.whl"
    files = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {VERSION}\n",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        for file, text in files.items():
            archive.writestr(f"{stem}.dist-info/{file}", text)
    return wheel


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(exist_ok=True)
    for lock in sys.argv[2:]:
        for pin in read(Path(lock).read_text(encoding="utf-8")):
            pretend(pin.name, target)
