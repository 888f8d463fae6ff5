"""Every episode as its task, its actions and what running their code showed, in one SQLite file.

All workers of a server share the file; whoever knows an episode's key can go on with it, after a
crash as well, and nothing has to be run again. It holds no more than `MOST_EPISODES` and
`MOST_BYTES`: those that are over go first, the oldest before the others.
"""

import json
import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

MOST_EPISODES: Final = 5_000
MOST_BYTES: Final = 64 << 20
# What SQLite itself never exceeds, so that a full journal is an error and not a full disk.
_PAGE_BYTES: Final = 4096
_HARD_LIMIT: Final = 2 * MOST_BYTES
# An episode that is not over is kept for a week after its last action, whatever else comes.
KEPT_SECONDS: Final = 7 * 24 * 3600.0
# As the file is looked through for what may go: at first, and once in so many new episodes.
_EACH: Final = 50
# What one round takes away if there are too many bytes.
_ROUND: Final = 200
_BUSY_SECONDS: Final = 1.0
_DIGEST: Final = 16

# Without an index by age, which each step would change: it is seldom looked for.
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS episode (
    key TEXT PRIMARY KEY, task_id TEXT NOT NULL, feedback TEXT NOT NULL, origin TEXT NOT NULL,
    begun REAL NOT NULL, touched REAL NOT NULL, steps INTEGER NOT NULL, done INTEGER NOT NULL,
    score REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS step (
    key TEXT NOT NULL, number INTEGER NOT NULL, action TEXT NOT NULL, facts TEXT NOT NULL,
    PRIMARY KEY (key, number)
) WITHOUT ROWID;
"""


class JournalError(RuntimeError):
    """The journal's file cannot be read or written."""


class StaleEpisodeError(RuntimeError):
    """Somebody else has acted in the episode since it was read."""


class UnknownEpisodeError(LookupError):
    """The journal has no such episode, or not any more."""


class TakenEpisodeError(ValueError):
    """An episode of that id is being played."""


class Step(NamedTuple):
    """An action as it was sent, and what running its code showed."""

    action: dict[str, Any]
    facts: dict[str, Any]


class Kept(NamedTuple):
    """An episode as the journal keeps it.

    Attributes:
        key: What it is found by.
        task_id: Its task.
        feedback: Its mode.
        origin: Of which version of the task it is.
        begun: When it began, which tells it from an earlier one of that key.
        steps: What was done.
    """

    key: str
    task_id: str
    feedback: str
    origin: str
    begun: float
    steps: Sequence[Step] = ()


class Outcome(NamedTuple):
    """How an episode stands after a step."""

    done: bool = False
    score: float = 0.0


class Finished(NamedTuple):
    """An episode that is over, as everybody may see it: by a digest, because its id is a key."""

    digest: str
    task_id: str
    feedback: str
    steps: int
    score: float
    finished_at: float


def digest_of(key: str) -> str:
    """Return what an episode is called where others can read it."""
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]


class Journal:
    """One connection to the file; any thread may use it."""

    def __init__(self, path: str | Path) -> None:
        """Open or make the file.

        Args:
            path: Where it is.

        Raises:
            JournalError: If it cannot be written there, or is something else.
        """
        self._lock = threading.Lock()
        self._begun = 0
        try:
            # An episode's id is a key: nobody else may read them.
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self._db = sqlite3.connect(
                path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.execute(f"PRAGMA max_page_count={_HARD_LIMIT // _PAGE_BYTES}")
            self._db.execute(f"PRAGMA journal_size_limit={4 << 20}")
            self._db.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise JournalError(
                f"JOURNAL is {str(path)!r:.200}, and that cannot be written as a journal: {error}; "
                f"name a file in a folder that this user may write, or leave JOURNAL out."
            ) from error

    def begin(self, kept: Kept, *, over: bool) -> None:
        """Note an episode that begins.

        Args:
            kept: The episode, without a step.
            over: Whether it may take the place of one that is over.

        Raises:
            TakenEpisodeError: If there is an episode of that key; one that is over only counts
                if `over` says so.
            JournalError: If the file cannot be written.
        """
        with self._writing() as cursor:
            found = cursor.execute("SELECT done FROM episode WHERE key = ?", (kept.key,)).fetchone()
            if found is not None and not (over and found[0]):
                raise TakenEpisodeError("An episode of that id is being played.")
            cursor.execute("DELETE FROM step WHERE key = ?", (kept.key,))
            cursor.execute(
                "INSERT OR REPLACE INTO episode VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0.0)",
                (*kept[:5], kept.begun),
            )
            if self._begun % _EACH == 0:
                self._clear(cursor, kept.begun)
            self._begun += 1

    def append(self, kept: Kept, number: int, steps: Sequence[Step], outcome: Outcome) -> None:
        """Note what was done in an episode.

        Args:
            kept: The episode.
            number: How many steps it must have had before.
            steps: What was done since.
            outcome: How it stands now.

        Raises:
            StaleEpisodeError: If it has had other steps; nothing is noted then.
            UnknownEpisodeError: If there is no such episode any more.
            JournalError: If the file cannot be written.
        """
        rows = [
            (kept.key, number + i, _written(step.action), _written(step.facts))
            for i, step in enumerate(steps, 1)
        ]
        with self._writing() as cursor:
            cursor.execute(
                "UPDATE episode SET steps = ?, touched = ?, done = ?, score = ?"
                " WHERE key = ? AND begun = ? AND steps = ?",
                (number + len(rows), time.time(), *outcome, kept.key, kept.begun, number),
            )
            if cursor.rowcount != 1:
                self._find(cursor, kept.key)
                raise StaleEpisodeError("Somebody else has acted in this episode.")
            cursor.executemany("INSERT INTO step VALUES (?, ?, ?, ?)", rows)

    def find(self, key: str) -> Kept:
        """Return an episode.

        Args:
            key: Its key.

        Returns:
            The episode, with all its steps.

        Raises:
            UnknownEpisodeError: If there is none.
            JournalError: If the file cannot be read.
        """
        with self._reading() as cursor:
            row = self._find(cursor, key)
            steps = cursor.execute(
                "SELECT action, facts FROM step WHERE key = ? ORDER BY number", (key,)
            ).fetchall()
        return Kept(
            key,
            *row,
            steps=[Step(json.loads(action), json.loads(facts)) for action, facts in steps],
        )

    def finished(self, most: int) -> list[Finished]:
        """Return the episodes that are over, the newest first, at most so many."""
        with self._reading() as cursor:
            rows = cursor.execute(
                "SELECT key, task_id, feedback, steps, score, touched FROM episode WHERE done = 1"
                " ORDER BY touched DESC LIMIT ?",
                (most,),
            ).fetchall()
        return [Finished(digest_of(key), *row) for key, *row in rows]

    def close(self) -> None:
        """Close the connection; the file stays."""
        with self._lock:
            self._db.close()

    def _find(self, cursor: sqlite3.Cursor, key: str) -> tuple[str, str, str, float]:
        row: tuple[str, str, str, float] | None = cursor.execute(
            "SELECT task_id, feedback, origin, begun FROM episode WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            raise UnknownEpisodeError(
                "There is no such episode, or not any more; reset to begin one, and send the "
                "episode_id that its metadata name."
            )
        return row

    def _clear(self, cursor: sqlite3.Cursor, now: float) -> None:
        """Take away what is too old or too much."""
        gone = "SELECT key FROM episode WHERE done = 0 AND touched < ?"
        self._delete(cursor, gone, (now - KEPT_SECONDS,))
        (count,) = cursor.execute("SELECT count(*) FROM episode").fetchone()
        oldest = "SELECT key FROM episode ORDER BY done DESC, touched LIMIT ?"
        if count > MOST_EPISODES:
            self._delete(cursor, oldest, (count - MOST_EPISODES,))
        while self._bytes(cursor) > MOST_BYTES and count > 1:
            self._delete(cursor, oldest, (min(_ROUND, count - 1),))
            (count,) = cursor.execute("SELECT count(*) FROM episode").fetchone()

    def _delete(self, cursor: sqlite3.Cursor, which: str, values: tuple[float, ...]) -> None:
        keys = cursor.execute(which, values).fetchall()
        cursor.executemany("DELETE FROM step WHERE key = ?", keys)
        cursor.executemany("DELETE FROM episode WHERE key = ?", keys)

    def _bytes(self, cursor: sqlite3.Cursor) -> int:
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        (free,) = cursor.execute("PRAGMA freelist_count").fetchone()
        return int(pages - free) * _PAGE_BYTES

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Cursor]:
        with self._lock:
            try:
                yield self._db.cursor()
            except sqlite3.Error as error:
                raise _failed(error) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Cursor]:
        with self._reading() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                # A full disk may have ended the transaction already.
                if self._db.in_transaction:
                    cursor.execute("ROLLBACK")
                raise


def _written(data: Mapping[str, Any]) -> str:
    return json.dumps(data, separators=(",", ":"))


def _failed(error: sqlite3.Error) -> JournalError:
    return JournalError(
        f"The journal cannot be used now: {error}. Whoever runs the server should look at the file "
        f"that JOURNAL names and at its disk; over the WebSocket /ws episodes go on without it."
    )
