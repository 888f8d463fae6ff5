"""Behind a prefix every route works, whether or not the proxy takes the prefix off the paths."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

import requests

from email_triage_env import EmailTriageClient
from email_triage_env.server.app import create_app
from email_triage_env.server.settings import SettingError, root_path
from processes import running_native
from quality.search import key_actions
from tasks import TASKS

PREFIX = "/apps/triage"
CHUNK = 1 << 16


class Proxy(ThreadingTCPServer):
    """Passes bytes on; of the first line of each connection it may take the prefix."""

    daemon_threads = True

    def __init__(self, target: int, *, strips: bool) -> None:
        """Serve in front of a port."""
        super().__init__(("127.0.0.1", 0), Through)
        self.target = target
        self.strips = strips


class Through(BaseRequestHandler):
    """One connection through the proxy."""

    server: Proxy

    def handle(self) -> None:
        """Pass everything on, both ways."""
        head = self.request.recv(CHUNK)
        if self.server.strips:
            line, rest = head.split(b"\r\n", 1)
            line = line.replace(f" {PREFIX} ".encode(), b" / ").replace(PREFIX.encode(), b"", 1)
            head = line + b"\r\n" + rest
        with socket.create_connection(("127.0.0.1", self.server.target)) as behind:
            behind.sendall(head)
            back = threading.Thread(target=_pipe, args=(behind, self.request), daemon=True)
            back.start()
            _pipe(self.request, behind)
            back.join()


def _pipe(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(CHUNK):
            target.sendall(chunk)
        target.shutdown(socket.SHUT_WR)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Return the port of a server that knows its prefix."""
    log = tmp_path_factory.mktemp("prefix") / "server.log"
    variables = {"ROOT_PATH": f"{PREFIX}/", "ENABLE_WEB_INTERFACE": "true"}
    with running_native(log, variables) as server:
        yield urlsplit(server.url).port or 0


@pytest.fixture(params=["strips", "keeps"])
def url(request: pytest.FixtureRequest, port: int) -> Iterator[str]:
    """Return where a proxy serves it: one that strips the prefix, and one that does not."""
    with Proxy(port, strips=request.param == "strips") as proxy:
        thread = threading.Thread(target=proxy.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{proxy.server_address[1]}{PREFIX}"
        finally:
            proxy.shutdown()
            thread.join()


def _get(url: str) -> requests.Response:
    return requests.get(url, headers={"Connection": "close"}, timeout=30)


def test_pages_and_documents(url: str) -> None:
    """The page of the routes finds its document, which names the prefix; others work as well."""
    page = _get(f"{url}/docs")
    found = re.search(r"url: '([^']+)'", page.text)
    assert found is not None
    assert found[1] == f"{PREFIX}/openapi.json"
    document = _get(f"{url}/openapi.json").json()
    assert document["servers"] == [{"url": PREFIX}]
    assert _get(f"{url}/health").json() == {"status": "healthy"}
    assert _get(f"{url}/nowhere").status_code == 404
    tasks = requests.post(f"{url}/email_triage/num_tasks", json={"split": "test"}, timeout=30)
    assert tasks.json() == {"num_tasks": 600}


def test_sessions(url: str) -> None:
    """An episode is played to its end."""
    with EmailTriageClient(url).sync() as client:
        result = client.reset(task_id="task_easy")
        for action in key_actions(TASKS["task_easy"]):
            result = client.step(action)
    assert result.metadata["episode_score"] == 1.0


def test_the_page_for_people(url: str) -> None:
    """The prefix itself leads to the page, which looks for what it needs behind the prefix."""
    for path in ("", "/", "/web", "/web/"):
        page = _get(f"{url}{path}")
        assert page.status_code == 200
        assert urlsplit(page.url).path == f"{PREFIX}/web/"
    root = re.search(r'"root":\s*"([^"]+)"', _get(f"{url}/web/").text)
    assert root is not None
    assert urlsplit(root[1]).path.rstrip("/") == f"{PREFIX}/web"
    assert _get(f"{url}/web/config").ok


@pytest.mark.parametrize(
    ("value", "prefix"), [("", ""), ("/", ""), ("/triage", "/triage"), ("/a/b.c/", "/a/b.c")]
)
def test_root_path(value: str, prefix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slash at the end changes nothing."""
    monkeypatch.setenv("ROOT_PATH", value)
    assert root_path() == prefix


@pytest.mark.parametrize("value", ["triage", "//host", "/a//b", "/a b", "/a?b", "/ü", "http://h/a"])
def test_no_root_path(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no path says so."""
    monkeypatch.setenv("ROOT_PATH", value)
    with pytest.raises(SettingError, match="set it to a path such as /triage"):
        root_path()


@pytest.mark.parametrize("value", ["/ws", "/docs", "/email_triage", "/mcp/triage"])
def test_ambiguous_root_path(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A prefix that a route begins with is refused, for one could not tell them apart."""
    monkeypatch.setenv("ROOT_PATH", value)
    with pytest.raises(SettingError, match="is a route; choose another"):
        create_app()


def test_without_a_prefix_paths_are_as_sent(tmp_path: Path) -> None:
    """Without the variable a prefix in a path is no route."""
    with running_native(tmp_path / "server.log", {"ROOT_PATH": ""}) as server:
        assert _get(f"{server.url}/health").ok
        assert _get(f"{server.url}{PREFIX}/health").status_code == 404
