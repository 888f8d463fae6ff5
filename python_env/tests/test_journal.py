"""The journal: what is kept, what is bounded, and what happens where nothing can be kept."""

import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from python_env.server import journal as module
from python_env.server.app import create_app
from python_env.server.journal import (
    Journal,
    JournalError,
    Kept,
    Outcome,
    StaleEpisodeError,
    Step,
    TakenEpisodeError,
    UnknownEpisodeError,
    digest_of,
)
from python_env.server.shared import Shared, journal_place
from python_env.tests.playing import APPROVE, HINT, Pretended, defective, finding

NOTHING: dict[str, Any] = {}
STEP = Step({"operation": "request_hint"}, {"shown": False})


def kept(key: str, begun: float = 1.0) -> Kept:
    """Return an episode that begins."""
    return Kept(key, "train-easy-0", "step", "1", begun)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """Return an empty journal."""
    return Journal(tmp_path / "journal.sqlite")


def test_steps_come_back(journal: Journal, tmp_path: Path) -> None:
    """Another connection to the file finds what was noted, in its order."""
    journal.begin(kept("a"), over=True)
    journal.append(kept("a"), 0, [STEP, STEP], Outcome())
    last = Step({"x": "é\ud800", "y": None}, {"mended": ["b"]})
    journal.append(kept("a"), 2, [last], Outcome(True, 0.5))
    found = Journal(tmp_path / "journal.sqlite").find("a")
    assert (found._replace(steps=()), found.steps) == (kept("a"), [STEP, STEP, last])


def test_who_is_late_notes_nothing(journal: Journal) -> None:
    """A step is taken once, whoever sends it, and an episode is known by its beginning, too."""
    journal.begin(kept("a"), over=True)
    journal.append(kept("a"), 0, [STEP], Outcome())
    for late in (0, 2):
        with pytest.raises(StaleEpisodeError):
            journal.append(kept("a"), late, [STEP], Outcome())
    with pytest.raises(StaleEpisodeError):
        journal.append(kept("a", begun=2.0), 1, [STEP], Outcome())
    with pytest.raises(UnknownEpisodeError, match="reset to begin one"):
        journal.append(kept("b"), 0, [STEP], Outcome())
    assert journal.find("a").steps == [STEP]


def test_an_episode_that_is_played_is_not_replaced(journal: Journal) -> None:
    """One that is over is, and nothing of it stays."""
    journal.begin(kept("a"), over=True)
    with pytest.raises(TakenEpisodeError):
        journal.begin(kept("a"), over=True)
    journal.append(kept("a"), 0, [STEP], Outcome(True, 1.0))
    with pytest.raises(TakenEpisodeError):
        journal.begin(kept("a"), over=False)
    journal.begin(kept("a", 2.0), over=True)
    assert journal.find("a") == kept("a", 2.0)._replace(steps=[])
    assert journal.finished(9) == []


def test_the_list_of_finished_ones_names_no_key(journal: Journal) -> None:
    """It has the newest first, by their digests."""
    for key, score in (("a", 0.1), ("b", 0.2), ("c", 0.3)):
        journal.begin(kept(key), over=True)
        journal.append(kept(key), 0, [STEP], Outcome(key != "b", score))
        time.sleep(0.002)
    found = journal.finished(9)
    assert [(one.digest, one.score, one.steps) for one in found] == [
        (digest_of("c"), 0.3, 1), (digest_of("a"), 0.1, 1),
    ]  # fmt: skip
    assert journal.finished(1) == found[:1]


def test_the_oldest_that_are_over_go_first(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There are never more episodes than may be, and one that is played goes last."""
    monkeypatch.setattr(module, "MOST_EPISODES", 5)
    monkeypatch.setattr(module, "_EACH", 1)
    now = time.time()
    journal.begin(kept("played", now), over=True)
    for i in range(9):
        journal.begin(kept(f"over-{i}", now + i), over=True)
        journal.append(kept(f"over-{i}", now + i), 0, [STEP], Outcome(True, 1.0))
    journal.begin(kept("new", now + 9), over=True)
    assert len(journal.finished(99)) == 3
    assert journal.find("played").steps == []
    with pytest.raises(UnknownEpisodeError):
        journal.find("over-0")


def test_episodes_that_nobody_ends_go_after_a_week(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would fill the journal otherwise."""
    monkeypatch.setattr(module, "_EACH", 1)
    now = time.time()
    journal.begin(kept("old", now - module.KEPT_SECONDS - 1), over=True)
    journal.begin(kept("young", now - module.KEPT_SECONDS + 60), over=True)
    journal.begin(kept("new", now), over=True)
    with pytest.raises(UnknownEpisodeError):
        journal.find("old")
    assert journal.find("young").key == "young"


def test_bytes_are_bounded(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Large episodes go earlier, so the file stays as large as it may be."""
    monkeypatch.setattr(module, "MOST_BYTES", 1 << 20)
    monkeypatch.setattr(module, "_EACH", 1)
    monkeypatch.setattr(module, "_ROUND", 5)
    large = Step({"patch": "x" * 60_000}, {})
    for i in range(60):
        journal.begin(kept(f"{i}", time.time()), over=True)
        journal.append(journal.find(f"{i}"), 0, [large], Outcome(True, 1.0))
    assert 5 < len(journal.finished(99)) < 20
    assert (tmp_path / "journal.sqlite").stat().st_size < 2 << 20


def test_a_full_file_is_an_error_and_stays_whole(journal: Journal) -> None:
    """What could not be written leaves no trace, and later it can be written."""
    journal.begin(kept("a"), over=True)
    (pages,) = journal._db.execute("PRAGMA page_count").fetchone()
    journal._db.execute(f"PRAGMA max_page_count={pages}")
    large = Step({"patch": "x" * 60_000}, {})
    with pytest.raises(JournalError, match=r"full.*JOURNAL names and at its disk"):
        journal.append(kept("a"), 0, [large], Outcome())
    assert journal.find("a").steps == []
    journal._db.execute("PRAGMA max_page_count=100000")
    journal.append(kept("a"), 0, [large], Outcome())
    assert journal.find("a").steps == [large]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(lambda path: path.mkdir(), "cannot be written", id="folder"),
        pytest.param(
            lambda path: path.write_bytes(b"no database" * 500), "not a database", id="no"
        ),
    ],
)
def test_a_place_that_is_none_is_named(tmp_path: Path, spoil: Any, words: str) -> None:  # noqa: ANN401
    """The error says what JOURNAL is, and what to do."""
    spoil(tmp_path / "journal")
    with pytest.raises(JournalError, match=f"JOURNAL is .*{words}.*or leave JOURNAL out"):
        Journal(tmp_path / "journal")
    with pytest.raises(JournalError, match="JOURNAL is "):
        Journal(tmp_path / "nowhere" / "journal")


def test_nobody_else_may_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An episode's id is a key; a journal that nobody named goes when it is done with."""
    Journal(tmp_path / "journal").close()
    assert (tmp_path / "journal").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("JOURNAL", str(tmp_path / "journal"))
    with journal_place() as named:
        assert named == str(tmp_path / "journal")
    assert (tmp_path / "journal").exists()
    monkeypatch.delenv("JOURNAL")
    with journal_place() as own:
        Journal(own).close()
        assert Path(own).parent.stat().st_mode & 0o077 == 0
    assert not Path(own).parent.exists()


@pytest.fixture
def broken(house: Shared, monkeypatch: pytest.MonkeyPatch) -> Shared:
    """Return what sessions share, with a disk that is full."""

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(house.journal, "_clear", full)
    monkeypatch.setattr(house.journal, "_begun", 0)
    return house


def test_http_needs_the_journal_and_websockets_do_not(broken: Shared) -> None:
    """A reset over HTTP is a 503 that says why; over a WebSocket one plays on."""
    client = TestClient(create_app(broken))
    answer = client.post("/reset", json={})
    assert answer.status_code == 503
    assert "disk is full" in answer.json()["detail"]
    assert "/ws" in answer.json()["detail"]
    with client.websocket_connect("/ws") as socket:
        socket.send_json({"type": "reset", "data": {"task_id": "train-easy-1", "episode_id": "a"}})
        assert socket.receive_json()["data"]["observation"]["task_id"] == "train-easy-1"
        socket.send_json({"type": "step", "data": HINT})
        assert not socket.receive_json()["data"]["done"]
        socket.send_json({"type": "step", "data": APPROVE})
        assert socket.receive_json()["data"]["done"]
    assert client.get("/history?episode_id=a").status_code == 404


def test_what_was_not_kept_is_kept_later(
    house: Shared, pretended: Pretended, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full for a while loses no step of a WebSocket session; HTTP steps fail."""
    client, task_id = TestClient(create_app(house)), defective()
    honest = Journal.append
    is_full = True

    def append(self: Journal, *arguments: Any) -> None:  # noqa: ANN401 # handed on
        if is_full:
            raise JournalError("The journal cannot be used now: full.")
        honest(self, *arguments)

    monkeypatch.setattr(Journal, "append", append)
    with client.websocket_connect("/ws") as socket:
        socket.send_json({"type": "reset", "data": {"task_id": task_id, "episode_id": "a"}})
        socket.receive_json()
        for action in (finding(task_id), NOTHING):
            socket.send_json({"type": "step", "data": action})
            assert socket.receive_json()["type"] == "observation"
        step = client.post("/step", json={"episode_id": "a", "action": HINT})
        assert step.status_code == 503
        is_full = False
        socket.send_json({"type": "step", "data": HINT})
        seen = socket.receive_json()["data"]
    assert len(seen["observation"]["past_actions"]) == 3
    shown = client.get("/history?episode_id=a").json()
    assert [one["operation"] for one in shown["steps"]] == [
        "add_finding",
        "invalid",
        "request_hint",
    ]
    assert pretended.runs == 0
