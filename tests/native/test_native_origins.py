"""Web pages of other origins get nowhere, unless they are listed."""

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

import requests
from fastapi.testclient import TestClient
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from email_triage_env.server.app import create_app
from email_triage_env.server.origins import is_same
from email_triage_env.server.settings import SettingError, allowed_origins
from processes import Server, running_native

FOREIGN = "https://elsewhere.example"
LISTED = "https://trainer.example:8443"
PREFIX = "/triage"
SOCKETS = ["/ws", "/mcp", "/ws/ui"]
TOOLS = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
CALLS = [
    ("POST", "/mcp"), ("GET", "/web/"), ("GET", "/web/state"), ("POST", "/web/reset"),
    ("POST", "/web/step"), ("GET", "/web/config"), ("POST", "/web/gradio_api/queue/join"),
    ("GET", "/web/gradio_api/queue/data?session_hash=x"), ("POST", "/web/gradio_api/upload"),
    ("POST", "/web/gradio_api/run/predict"), ("GET", "/web"),
]  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server with its page, behind a prefix, that one other origin may use."""
    log = tmp_path_factory.mktemp("origins") / "server.log"
    variables = {
        "ENABLE_WEB_INTERFACE": "true",
        "ALLOWED_ORIGINS": f"{LISTED.upper()}, null",
        "ROOT_PATH": PREFIX,
    }
    with running_native(log, variables) as running:
        yield running


def own(server: Server) -> str:
    """Return the origin of a server's own pages."""
    return f"http://{urlsplit(server.url).netloc}"


def opens(server: Server, path: str, origin: str | None, **headers: str) -> bool:
    """Say whether a page of an origin can open a WebSocket."""
    url = f"{server.url.replace('http', 'ws', 1)}{path}"
    try:
        with connect(url, origin=origin, proxy=None, additional_headers=headers or None):
            return True
    except InvalidStatus as error:
        refused: bool = error.response.status_code == 403
        return not refused


@pytest.mark.parametrize("path", [*SOCKETS, *(f"{PREFIX}{path}" for path in SOCKETS)])
def test_sockets(path: str, server: Server) -> None:
    """A program and a page of the own or a listed origin connect; any other is refused."""
    for origin in (None, own(server), LISTED, "null"):
        assert opens(server, path, origin), origin
    for origin in (FOREIGN, f"{FOREIGN}:443", own(server)[:-1], "x", "", "https://[", "file://"):
        assert not opens(server, path, origin), origin
    forwarded = {"X-Forwarded-Host": urlsplit(FOREIGN).netloc, "X-Forwarded-For": "127.0.0.1"}
    assert not opens(server, path, FOREIGN, **forwarded)


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_requests(method: str, path: str, server: Server) -> None:
    """A page of another origin is told why it is refused, whatever it asks for."""

    def status(origin: str | None) -> int:
        headers = {} if origin is None else {"Origin": origin}
        answer = requests.request(
            method, f"{server.url}{path}", json=TOOLS, headers=headers, timeout=30,
            stream=True, allow_redirects=False,
        )  # fmt: skip
        if answer.status_code == 403:
            assert "ALLOWED_ORIGINS" in answer.json()["detail"]
        answer.close()
        return answer.status_code

    assert status(FOREIGN) == 403
    assert 403 not in {status(origin) for origin in (None, own(server), LISTED)}


def test_a_listed_page_can_read_the_answer(server: Server) -> None:
    """A browser asks first, and then looks for the header that lets the page read."""
    url = f"{server.url}/mcp"
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-mine"}
    for origin, allowed in ((LISTED, True), (FOREIGN, False)):
        before = requests.options(url, headers={**asked, "Origin": origin}, timeout=30)
        assert before.ok == allowed
        answer = requests.post(url, json=TOOLS, headers={"Origin": origin}, timeout=30)
        shown = answer.headers.get("Access-Control-Allow-Origin")
        assert shown == (origin if allowed else None)


def test_what_only_tells_is_open(server: Server) -> None:
    """Health, documents and the Task API change nothing and refuse nobody."""
    for path in ("/health", "/docs", "/schema", "/email_triage/splits"):
        assert requests.get(f"{server.url}{path}", headers={"Origin": FOREIGN}, timeout=30).ok


def test_all_origins(monkeypatch: pytest.MonkeyPatch) -> None:
    """With `*` every page may play."""
    monkeypatch.setenv("ALLOWED_ORIGINS", "*")
    with TestClient(create_app(), headers={"Origin": FOREIGN}) as client:
        assert client.post("/mcp", json=TOOLS).headers["Access-Control-Allow-Origin"] == "*"
        with client.websocket_connect("/ws") as socket:
            socket.send_text(json.dumps({"type": "state"}))
            assert socket.receive_json()["type"] == "state"


@pytest.mark.parametrize(
    ("origin", "host", "same"),
    [
        ("http://desk.example", "desk.example", True),
        ("https://desk.example", "desk.example", True),
        ("https://desk.example", "desk.example:443", True),
        ("https://desk.example:443", "DESK.example", True),
        ("http://desk.example", "desk.example:443", False),
        ("http://desk.example:8000", "desk.example:8000", True),
        ("http://desk.example:8000", "desk.example", False),
        ("http://desk.example", "desk.example:8000", False),
        ("http://[::1]:8000", "[::1]:8000", True),
        ("http://desk.example.evil.example", "desk.example", False),
        ("http://evil.example", "desk.example", False),
        ("http://desk.example@evil.example", "desk.example", False),
        ("null", "null", False),
        ("http://", "", False),
        ("http://desk.example:port", "desk.example:port", False),
    ],
)
def test_own_origin(origin: str, host: str, same: bool) -> None:
    """Host and port decide, the port that goes without saying included."""
    assert is_same(origin, host) is same


@pytest.mark.parametrize("value", ["desk.example", "https://a.example/x", "http://", "https://*.a"])
def test_no_origin(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What can be the origin of no page says so."""
    monkeypatch.setenv("ALLOWED_ORIGINS", value)
    with pytest.raises(SettingError, match="write origins such as https://host:8443"):
        allowed_origins()
