"""Where a command writes: one process at a time, whole files or none, and clear words if it fails.

A command that is stopped at any moment leaves each file as it was before or as it is after.
"""

import errno
import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import Any, Final

from tools.episodes.collection import OutputError
from training.command import SettingsError

PART: Final = ".part"
LOCK: Final = ".lock"
RECORD: Final = "settings.json"
# What a system says of a place to which nothing, or no more, can be written.
REMEDIES: Final = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "make room, then give the same command again"),
    errno.EFBIG: "allow larger files (ulimit -f), then give the same command again",
    **dict.fromkeys(
        (errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EISDIR, errno.EEXIST),
        "choose another place",
    ),
    errno.EIO: "see to the disk, or choose another place",
}
# torch tells only that, and not why, a file was cut off.
CUT_OFF: Final = ("PytorchStreamWriter failed", "inline_container.cc", "iostream error")


def is_first() -> bool:
    """Return whether this is the one process of a distributed run that writes for all."""
    return os.getenv("RANK", "0") == "0"


@contextmanager
def held(path: Path, *, folder: bool = True) -> Iterator[None]:
    """Hold an output for this process, and say what is wrong with it in one line.

    Args:
        path: What will be written; folders on the way are made.
        folder: Whether it is a folder, or one file.

    Yields:
        Nothing.

    Raises:
        OutputError: If it cannot be written, or another process is writing it.
    """
    path = path.absolute()
    with writing(path):
        try:
            (path if folder else path.parent).mkdir(parents=True, exist_ok=True)
        except FileNotFoundError as error:
            # In a place such as /proc, where no folder can be made.
            raise PermissionError(errno.EACCES, str(error.strerror)) from error
        if not folder and path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not is_first():
            yield
            return
        lock = path / LOCK if folder else path.with_name(f".{path.name}{LOCK}")
        file = _locked(lock, path)
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)
            os.close(file)


def _locked(lock: Path, path: Path) -> int:
    """Return a file that is locked and stands under its name: whoever ends takes it away."""
    while True:
        file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if lock.exists() and os.path.samestat(os.fstat(file), lock.stat()):
                return file
        except BlockingIOError as error:
            os.close(file)
            raise OutputError(
                f"Another process is writing {str(path)!r}; wait for it, stop it, or choose "
                f"another place."
            ) from error
        os.close(file)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say in one line what is wrong with a place, whichever library was told.

    Args:
        path: What is written.

    Yields:
        Nothing.

    Raises:
        OutputError: If it cannot be written.
    """
    try:
        yield
    except OutputError:
        raise
    except Exception as error:
        reason, remedy = _told(error)
        if not reason:
            raise
        raise OutputError(f"Cannot write to {str(path)!r} ({reason}); {remedy}.") from error


def _told(error: Exception) -> tuple[str, str]:
    """Return what the system said and the remedy; nothing if it is about something else."""
    if isinstance(error, OSError) and error.errno in REMEDIES:
        return str(error.strerror), REMEDIES[error.errno]
    text = str(error)
    for number, remedy in REMEDIES.items():
        # As libraries that are written in Rust pass it on.
        if f"(os error {number})" in text:
            return os.strerror(number), remedy
    cut_off = any(words in text for words in CUT_OFF)
    return ("a file was cut off", REMEDIES[errno.ENOSPC]) if cut_off else ("", "")


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Put a file in its place at once, when all of it is on the disk.

    Args:
        path: The file.

    Yields:
        What to write instead.

    Raises:
        OutputError: If it cannot be written; then nothing of it is.
    """
    # Before the name, so that its ending still says what kind of file it is.
    part = path.with_name(f"{PART}.{path.name}")
    with writing(path):
        try:
            yield part
            sync(part)
            part.replace(path)
            sync(path.parent)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def whole_files(folder: Path, last: str) -> Iterator[Path]:
    """Put several files into a folder when all of them are on the disk.

    Args:
        folder: It is made if it is not there; other files in it stay.
        last: The file by which the folder is known; without it the others are none.

    Yields:
        A folder to write them into instead.

    Raises:
        OutputError: If they cannot be written; then none of them is.
    """
    part = folder / PART
    with writing(folder):
        if not is_first():
            yield part
            return
        rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        try:
            yield part
            names = sorted(path.name for path in part.iterdir())
            for name in names:
                sync(part / name)
            # Never the old one beside what is new.
            (folder / last).unlink(missing_ok=True)
            for name in sorted(names, key=lambda name: name == last):
                (part / name).replace(folder / name)
            sync(folder)
        finally:
            rmtree(part, ignore_errors=True)


def write_json(path: Path, value: object, indent: int | None = 1) -> None:
    """Write a file of JSON, whole or not at all.

    Args:
        path: The file.
        value: What it holds.
        indent: How deep its lines are indented.

    Raises:
        OutputError: If it cannot be written.
    """
    with whole(path) as part:
        part.write_text(f"{json.dumps(value, indent=indent, allow_nan=False)}\n", encoding="utf-8")


def check_record(folder: Path, settings: Mapping[str, Any]) -> None:
    """Write the settings of a run into its folder, or compare them with those there.

    Args:
        folder: Of the run.
        settings: Those that decide what it learns.

    Raises:
        SettingsError: If the folder holds a run with others, or something else.
        OutputError: If they cannot be written.
    """
    path = folder / RECORD
    # As the file gives them back: a tuple comes as a list.
    settings = json.loads(json.dumps(settings))
    if not path.exists():
        if is_first():
            folder.mkdir(parents=True, exist_ok=True)
            write_json(path, settings, indent=2)
        return
    try:
        theirs = json.loads(path.read_text(encoding="utf-8"))
        names = sorted(name for name in settings if settings[name] != theirs.get(name))
    except (OSError, ValueError, AttributeError) as error:
        raise SettingsError(
            f"{path} holds no settings of a run ({error}); choose another --output."
        ) from error
    if names:
        raise SettingsError(
            f"{folder} holds a run with another {', '.join(names)}; choose another --output, or "
            f"the settings in {path}."
        )


def sync(path: Path) -> None:
    """Wait until a file or a folder is on the disk."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
