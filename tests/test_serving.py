"""The one starter of servers: it waits, says what went wrong, and leaves nothing behind."""

import os
from pathlib import Path

import pytest
import requests

from tools import serving as starter
from tools.serving import Server, StartError, serving, serving_alike

MODULE = """
import json, os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        told = json.dumps({"variables": dict(os.environ), "folder": os.getcwd()}).encode()
        self.send_response(503 if self.path == "/health" and len(HEALTHY) < 2 else 200)
        HEALTHY.append(1)
        self.end_headers()
        self.wfile.write(told)

HEALTHY = []
print("it begins", flush=True)
HTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Handler).serve_forever()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with servers: `told` tells of itself, `ends` ends, `deaf` is silent."""
    (tmp_path / "told.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "ends.py").write_text("raise SystemExit('no room')", encoding="utf-8")
    (tmp_path / "deaf.py").write_text(
        "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print('I sleep', flush=True)\ntime.sleep(600)",
        encoding="utf-8",
    )
    return tmp_path


def _told(server: Server) -> dict[str, str]:
    with requests.Session() as session:
        session.trust_env = False
        told = session.get(server.url, timeout=5).json()
    return {**told["variables"], "folder": told["folder"]}


def _ended(server: Server) -> bool:
    return server.process.returncode is not None


def test_it_answers_until_the_end_of_the_block(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server is healthy within the block, has the variables it is given, and logs to the file."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    log = folder / "server.log"
    with serving("told", log, {"SPEED": "7"}, folder=folder) as server:
        told = _told(server)
    assert (told["SPEED"], told["HOST"], told["folder"]) == ("7", "127.0.0.1", str(folder))
    assert told["HTTP_PROXY"] == "http://127.0.0.1:9"
    assert _ended(server)
    assert "it begins" in log.read_text(encoding="utf-8")


def test_it_ends_when_the_block_fails(folder: Path) -> None:
    """What goes wrong in the block ends the server, too."""
    with pytest.raises(KeyError), serving("told", folder=folder) as server:
        raise KeyError("a bug")
    assert _ended(server)


def test_alone_it_has_nothing_of_the_caller(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project that is checked is not helped by what happens to be set."""
    monkeypatch.setenv("MAX_CONCURRENT_ENVS", "1")
    server = Server("told", folder=folder, alone=True)
    try:
        server.wait()
        told = _told(server)
    finally:
        server.stop()
    assert "MAX_CONCURRENT_ENVS" not in told
    assert told["PATH"] == os.environ["PATH"]


def test_several_differ_in_their_hashes_alone(folder: Path) -> None:
    """Each has its port and its seed."""
    with serving_alike("told", ("0", "5"), folder=folder) as servers:
        seeds = [_told(server)["PYTHONHASHSEED"] for server in servers]
    assert seeds == ["0", "5"]
    assert all(map(_ended, servers))


def test_one_that_ends_says_why(folder: Path) -> None:
    """A server that cannot start is an error with what it printed."""
    with (
        pytest.raises(StartError, match=r"ended with 1; it printed: no room"),
        serving("ends", folder=folder),
    ):
        pass


def test_one_that_is_silent_is_killed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that neither answers nor ends is not waited for."""
    monkeypatch.setattr(starter, "START_SECONDS", 1.0)
    monkeypatch.setattr(starter, "STOP_SECONDS", 0.1)
    server = Server("deaf", folder=folder)
    with pytest.raises(StartError, match="is silent; it printed: I sleep"):
        server.wait()
    server.stop()
    assert _ended(server)


def test_no_server_stays_when_another_fails(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several that start together all end if one does not start."""
    begun: list[Server] = []

    class Kept(Server):
        def __init__(self, *arguments: object, **options: object) -> None:
            super().__init__(*arguments, **options)  # type: ignore[arg-type]
            begun.append(self)

    monkeypatch.setattr(starter, "Server", Kept)
    with pytest.raises(StartError), serving_alike("ends", ("0", "1"), folder=folder):
        pass
    assert [_ended(server) for server in begun] == [True, True]
