"""Stage a Space: `python -m email_triage_env.stage FOLDER` writes what `openenv push FOLDER` takes.

The staged tree is the server's part of the repository in the repository's own layout, so that no
import and no path differs there. OpenEnv wants `client.py`, `models.py` and `server/app.py` in its
root: models.py is the root's own, server/app.py is the script that the repository has there, and no
server.py is staged that could hide the folder `server`. What is written for the Space alone is made
here; everything else is copied byte by byte.
"""

import argparse
import json
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).parents[1]
# With the client's files, which pyproject.toml lists.
COPIED: Final = (
    "LICENSE", "models.py", "tasks.py", "graders.py", "environment.py",
    "deck/**/*.py", "deck/**/*.toml", "server/app.py", "email_triage_env/server/**/*",
)  # fmt: skip
# Caches and hidden files, and of the server's folder what neither runs nor is read there.
LEFT: Final = re.compile(r"(^|/)(__pycache__|\.|Dockerfile$|sbom\.json$|inbox\.png$)")
README: Final = "email_triage_env/README.md"
DOCKERFILE: Final = "email_triage_env/server/Dockerfile"
REQUIREMENTS: Final = "email_triage_env/server/requirements.txt"
FRONT_MATTER: Final = """\
---
title: Email Triage
emoji: 📬
colorFrom: blue
colorTo: indigo
sdk: docker
app_port: 8000
base_path: /web
tags:
  - openenv
pinned: false
license: bsd-3-clause
short_description: An inbox that must be read, remembered and not obeyed.
---

"""
PACKAGE: Final = '''\
"""This folder as a package, for whoever imports it from its parent: the client that is inside."""

from pathlib import Path

# Where the folder itself is called email_triage_env, its modules are those of the one inside.
__path__ = [str(Path(__file__).with_name("email_triage_env"))]

from email_triage_env.client import EmailTriageClient, EmailTriageEnv
from email_triage_env.models import EmailTriageAction, EmailTriageObservation, EmailTriageState

__all__ = [
    "EmailTriageAction",
    "EmailTriageClient",
    "EmailTriageEnv",
    "EmailTriageObservation",
    "EmailTriageState",
]
'''
CLIENT: Final = '''\
"""The typed client, where OpenEnv's tools look for it; it lies in email_triage_env/client.py."""

from email_triage_env.client import EmailTriageAction, EmailTriageClient, EmailTriageEnv

__all__ = ["EmailTriageAction", "EmailTriageClient", "EmailTriageEnv"]
'''
# People play at /web, where OpenEnv shows the page of the Space as well.
PAGE: Final = "COPY README.md ./\nENV ENABLE_WEB_INTERFACE=true\n"
SERVER: Final = '"""The server; app.py says where it lies."""\n'
_REFUSED: Final = 2


class StageError(ValueError):
    """The tree cannot be staged there, or not from here."""


def staged_files(root: Path = ROOT) -> dict[str, bytes]:
    """Return the files of the staged tree, which depend on those of the repository alone.

    Args:
        root: The repository.

    Returns:
        The content of each by its path, in order of the paths.

    Raises:
        StageError: If the repository lacks a file, or one has changed its shape.
    """
    project = tomllib.loads(_read(root, "pyproject.toml"))
    client = project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for pattern in (*COPIED, *client)
        for path in _matches(root, pattern)
    }
    written = {
        "README.md": _readme(_read(root, README)),
        ".dockerignore": _read(root, ".dockerignore"),
        "Dockerfile": _dockerfile(_read(root, DOCKERFILE)),
        "openenv.yaml": _manifest(_read(root, "openenv.yaml")),
        "pyproject.toml": _pyproject(_read(root, "pyproject.toml"), _read(root, REQUIREMENTS)),
        "__init__.py": PACKAGE,
        "client.py": CLIENT,
        "server/__init__.py": SERVER,
    }
    return dict(sorted((files | {name: text.encode() for name, text in written.items()}).items()))


def stage(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the tree: all of it, or nothing.

    Args:
        folder: Where; new, or empty.
        files: What `staged_files` returns.

    Raises:
        StageError: If something is there already, or nothing can be written there.
    """
    target = folder.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise StageError(f"{folder} is not empty; name a new folder, or remove it first.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise StageError(f"{folder} cannot be written: {error}; name another folder.") from error
    try:
        for name, content in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_bytes(content)
        fresh.chmod(0o755)  # a temporary folder is its owner's alone
        fresh.replace(target)
    except OSError as error:
        raise StageError(f"{folder} cannot be written: {error}; name another folder.") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def main() -> None:
    """Stage into the folder that the command names.

    Raises:
        SystemExit: With status 2, after a sentence, if that cannot be.
    """
    parser = argparse.ArgumentParser(prog="python -m email_triage_env.stage", description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder that is new or empty")
    folder = parser.parse_args().folder
    try:
        files = staged_files()
        stage(folder, files)
    except StageError as error:
        parser.exit(_REFUSED, f"{error}\n")
    print(f"{len(files)} files staged in {folder}; next: openenv push {folder}")  # noqa: T201


def _read(root: Path, name: str) -> str:
    try:
        return (root / name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise StageError(f"{root / name} is missing; stage from a whole checkout.") from error


def _matches(root: Path, pattern: str) -> Iterator[Path]:
    found = [
        path
        for path in sorted(root.glob(pattern))
        if path.is_file() and not LEFT.search(path.relative_to(root).as_posix())
    ]
    if not found:
        raise StageError(f"{root / pattern} is missing; stage from a whole checkout.")
    yield from found


def _readme(text: str) -> str:
    """Return the page of a Space: that of the package, without what needs the repository."""
    return FRONT_MATTER + re.sub(
        r"<!-- repository -->\n.*?<!-- /repository -->\n+", "", text, flags=re.DOTALL
    )


def _dockerfile(text: str) -> str:
    """Return the Dockerfile of the server for the root of the tree, with the page at /web."""
    built_from, copied = re.compile(r"\A#.*\n"), re.compile(r"^(?=CMD )", re.MULTILINE)
    if not built_from.search(text) or len(copied.findall(text)) != 1:
        raise StageError(f"{DOCKERFILE} must begin with a comment and hold one CMD; mend it.")
    return copied.sub(PAGE, built_from.sub("", text))


def _manifest(text: str) -> str:
    """Return the manifest of the native server, without what it names that is not staged."""
    manifest: dict[str, Any] = yaml.safe_load(text)
    manifest |= {"runtime": "fastapi", "app": "server.app:app", "port": 8000}
    for name in ("oracle", "canaries"):
        manifest["validation"]["capabilities"].pop(name, None)
    return yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=100)


def _pyproject(text: str, requirements: str) -> str:
    """Return a project that installs the client by pip, and by uv the pinned server as well."""
    parts = re.search(r"^\[build-system\]\n.*?(?=^# -{9,}\n)", text, re.DOTALL | re.MULTILINE)
    there, here = f'readme = "{README}"', 'readme = "README.md"'
    if parts is None or there not in parts[0]:
        raise StageError("pyproject.toml has lost its line of dashes or its readme; mend it.")
    wanted = tomllib.loads(text)["dependency-groups"]["server"]
    # pip wants no extras in a constraint; a pin with extras stands there without them as well.
    pins = re.findall(r"^[\w.-]+==[^\\\n]*[^\\\s]", requirements, re.MULTILINE)
    return (
        f"{parts[0].replace(there, here)}"
        f"[dependency-groups]\nserver = {_array(wanted)}\n\n"
        f'[tool.uv]\ndefault-groups = ["server"]\n# As {REQUIREMENTS}, which has the hashes.\n'
        f"constraint-dependencies = {_array(pins)}\n"
    )


def _array(values: list[str]) -> str:
    return "".join(("[\n", *(f"    {json.dumps(value)},\n" for value in values), "]"))


if __name__ == "__main__":
    main()
