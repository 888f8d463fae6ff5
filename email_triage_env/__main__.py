"""The command `server`, or `python -m email_triage_env`: serves where the server's code is.

The installed client has none. The command then looks for it in the working folder, and otherwise
says in one sentence what to do.
"""

import os
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, NoReturn

from packaging.requirements import Requirement

_APP: Final = Path("email_triage_env", "server", "app.py")
_REQUIREMENTS: Final = Path("email_triage_env", "server", "requirements.txt")
_REFUSED: Final = 2


def main() -> None:
    """Become the server, which then serves until it is stopped.

    Raises:
        SystemExit: With status 2, after a sentence that says what is missing here.
    """
    # This package in its checkout, or the installed client with a checkout to run it in.
    roots = (Path(__file__).resolve().parents[1], Path.cwd())
    root = next((root for root in roots if (root / _APP).is_file()), None)
    if root is None:
        _refuse(
            "The installed email_triage_env is the client, without a server; run this command in a "
            "checkout of its repository or in a staged Space."
        )
    if missing := [str(wanted) for wanted in _wanted(root) if not _is_installed(wanted)]:
        _refuse(
            f"The server needs {', '.join(missing)}; in an environment of its own, "
            f"pip install -r {root / _REQUIREMENTS}"
        )
    os.chdir(root)
    # A new interpreter, because this one may have imported the client from somewhere else.
    module = ".".join(_APP.with_suffix("").parts)
    os.execv(sys.executable, [sys.executable, "-m", module])  # noqa: S606 # our own server


def _wanted(root: Path) -> list[Requirement]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return [Requirement(text) for text in project["dependency-groups"]["server"]]


def _is_installed(wanted: Requirement) -> bool:
    try:
        return wanted.specifier.contains(version(wanted.name), prereleases=True)
    except PackageNotFoundError:
        return False


def _refuse(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    raise SystemExit(_REFUSED)


if __name__ == "__main__":
    main()
