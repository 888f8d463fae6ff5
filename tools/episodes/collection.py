"""The directory of collected episodes: one line of episodes.jsonl each, and a manifest.json.

The file only grows, by one whole line at a time, and a line counts once its end is on the disk: a
collector that is stopped at any moment loses at most the episodes it was playing. Nothing here
knows how an episode is played.
"""

import fcntl
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from pydantic import ValidationError

from tools.episodes.records import EpisodeRecord, Place, Settings

EPISODES: Final = "episodes.jsonl"
MANIFEST: Final = "manifest.json"
MAX_ERROR_LENGTH: Final = 200


class OutputError(Exception):
    """The directory cannot hold these episodes."""


class Outcome(NamedTuple):
    """What is remembered of an episode that is on the disk.

    Attributes:
        score: Its score.
        steps: How many decisions it took.
        failures: How many of them were none of the policy's, by reason.
        usage: The tokens that they took, by the endpoint's names.
    """

    score: float
    steps: int
    failures: Counter[str]
    usage: Counter[str]


class Collection:
    """The episodes of one directory, held by one process at a time.

    Attributes:
        outcomes: What every episode collected so far came to, by its place.
        dropped: How many bytes of a line without an end were cut off when it was opened.
    """

    outcomes: dict[Place, Outcome]
    dropped: int

    def __init__(self, directory: Path, settings: Settings) -> None:
        """Open a directory, new or begun before with the same settings.

        Args:
            directory: Made if it does not exist.
            settings: What its episodes have in common.

        Raises:
            OutputError: If the directory cannot be written, another process is writing it, or it
                holds something else.
        """
        self._path = directory / EPISODES
        try:
            directory.mkdir(parents=True, exist_ok=True)
            # Without a buffer, so that one call writes one whole line.
            self._file = self._path.open("ab", buffering=0)
        except OSError as error:
            raise OutputError(
                f"Cannot write to {str(directory)!r} ({error.strerror}); choose another directory."
            ) from error
        try:
            self._lock()
            _agree(directory, settings, begun=self._path.stat().st_size > 0)
            whole = self._read()
            self.dropped = self._path.stat().st_size - whole
            self._cut(whole)
        except BaseException:
            self._file.close()
            raise

    def append(self, record: EpisodeRecord) -> None:
        """Write one episode and wait until it is on the disk.

        Args:
            record: The episode.

        Raises:
            OutputError: If it cannot be written; then nothing of it is.
        """
        line = f"{json.dumps(record.model_dump(mode='json'), allow_nan=False)}\n".encode()
        before = self._path.stat().st_size
        try:
            written = self._file.write(line)
            os.fsync(self._file.fileno())
        except OSError as error:
            self._cut(before)
            raise OutputError(
                f"Cannot write {str(self._path)!r} ({error.strerror}); make room, then resume."
            ) from error
        if written != len(line):
            self._cut(before)
            raise OutputError(f"There is no room left for {str(self._path)!r}; make some, resume.")
        self.outcomes[record.place()] = _outcome(record)

    def records(self, places: Iterable[Place]) -> Iterator[EpisodeRecord]:
        """Read episodes back.

        Args:
            places: Which.

        Yields:
            Their records, in the order of the file.
        """
        wanted = set(places)
        with self._path.open("rb") as lines:
            for line in lines:
                record = EpisodeRecord.model_validate_json(line)
                if record.place() in wanted:
                    yield record

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def _lock(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutputError(
                f"Another collector is writing {str(self._path)!r}; wait for it or stop it."
            ) from error

    def _cut(self, size: int) -> None:
        os.ftruncate(self._file.fileno(), size)
        os.fsync(self._file.fileno())

    def _read(self) -> int:
        """Remember the episodes that are there, and return where the last whole line ends."""
        self.outcomes = {}
        whole = 0
        with self._path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.endswith(b"\n"):
                    break
                try:
                    record = EpisodeRecord.model_validate_json(line)
                except ValidationError as error:
                    raise OutputError(
                        f"Line {number} of {str(self._path)!r} is no episode; remove that line, "
                        f"or choose another directory."
                    ) from error
                if record.place() in self.outcomes:
                    raise OutputError(
                        f"Line {number} of {str(self._path)!r} repeats episode {record.index}; "
                        f"remove that line, or choose another directory."
                    )
                self.outcomes[record.place()] = _outcome(record)
                whole += len(line)
        return whole


def _outcome(record: EpisodeRecord) -> Outcome:
    failures = Counter(step.failure for step in record.steps if step.failure)
    usage: Counter[str] = Counter()
    for step in record.steps:
        usage.update(step.usage)
    return Outcome(record.episode_score, len(record.steps), failures, usage)


def _agree(directory: Path, settings: Settings, *, begun: bool) -> None:
    """Write the manifest of a directory without episodes, or compare the one that is there."""
    path = directory / MANIFEST
    wanted = settings.model_dump(mode="json")
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    except (OSError, ValueError) as error:
        raise OutputError(f"{str(path)!r} cannot be read; choose another directory.") from error
    if begun and found is None:
        raise OutputError(
            f"{str(directory)!r} has episodes and no {MANIFEST}; choose another directory."
        )
    if found is not None and (not isinstance(found, dict) or "policy" not in found):
        raise OutputError(f"{str(path)!r} is of something else; choose another directory.")
    if found is None or not begun:
        write_whole(path, f"{json.dumps(wanted, indent=2)}\n")
        return
    for name in {**wanted, **found}:
        if found.get(name) != wanted.get(name):
            old, new = (f"{side.get(name)!r:.{MAX_ERROR_LENGTH}}" for side in (found, wanted))
            raise OutputError(
                f"{str(directory)!r} was collected with {name} {old}, not {new}; use the settings "
                f"of its {MANIFEST}, or choose another directory."
            )


def write_whole(path: Path, text: str) -> None:
    """Put a whole file in its place at once, and wait until the directory knows it.

    Args:
        path: Where.
        text: What it holds.

    Raises:
        OutputError: If it cannot be written; then what was there is as it was.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise OutputError(
            f"Cannot write {str(path)!r} ({error.strerror}); make room, then resume."
        ) from error
