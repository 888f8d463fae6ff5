"""What goes wrong over plain HTTP is answered by JSON that says what to do."""

from typing import Any

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

import requests
from fastapi.testclient import TestClient
from websockets.sync.client import connect

from email_triage_env.models import EmailTriageObservation
from email_triage_env.server.app import create_app
from email_triage_env.server.environment import TriageEnvironment
from processes import Server

ACTION = '{"action": {"label": "spam", "summary": "", "route_to": "billing"}}'
SECRET = "the right label is spam"  # noqa: S105 # what must not be told


class Failing(TriageEnvironment):
    """Has a bug, and the error quotes an answer."""

    def reset(self, *_arguments: Any, **_choice: Any) -> EmailTriageObservation:  # noqa: ANN401
        """Fail."""
        raise KeyError(SECRET)


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/step", ACTION, 409, "use the WebSocket /ws, send a reset"),
        ("/step", "{}", 422, "action"),
        ("/step", '{"action": 7}', 422, "valid dictionary"),
        ("/step", '{"action": {"\\ud800": 1}}', 422, "unicode"),
        ("/step", '{"action": {}, "timeout_s": NaN}', 422, "timeout_s"),
        ("/step", '{"action": {}, "\\udfff": [NaN]}', 422, "unicode"),
        ("/step", "{", 422, "JSON decode error"),
        ("/step", f"{'[' * 100_000}", 400, "parsing the body"),
        ("/step", "", 422, "Field required"),
        ("/reset", '{"task_id": "task_none"}', 400, "choose one of: task_easy"),
        ("/reset", '{"task_id": "\\ud800"}', 400, "choose one of: task_easy"),
        ("/reset", '{"task_id": NaN}', 400, "choose one of: task_easy"),
        ("/reset", '{"split": "train", "index": -1}', 400, "from 0 to 29999"),
        ("/reset", '{"split": ""}', 400, "headline, train, test"),
        ("/reset", '{"split": [1]}', 400, "headline, train, test"),
        ("/reset", '{"difficulty": {}}', 400, "easy, medium, hard"),
        ("/reset", '{"self": 1}', 400, "'self'; there are seed"),
        ("/reset", '{"seed": NaN}', 422, "seed"),
        ("/reset", '{"seed": -1}', 422, "seed"),
        ("/reset", '{"episode_id": "\\ud800"}', 422, "episode_id"),
        ("/reset", '{"\\ud800": 1}', 422, "unicode"),
        ("/email_triage/task", '{"split": "train", "index": NaN}', 422, "index"),
        ("/state", "{}", 405, "Method Not Allowed"),
        ("/nowhere", "{}", 404, "Not Found"),
    ],
)
def test_errors_name_the_remedy(
    path: str, body: str, status: int, words: str, native: Server
) -> None:
    """Each is a 4xx whose JSON says in `detail` what is wrong or what to do."""
    answer = requests.post(
        f"{native.url}{path}", data=body, headers={"Content-Type": "application/json"}, timeout=20
    )
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/json"
    assert words in str(answer.json()["detail"])


def test_what_works_over_http_works(native: Server) -> None:
    """A reset shows the inbox that it names, and a state is one."""
    body = {"task_id": "task_hard", "episode_id": "mine", "seed": 3}
    told = requests.post(f"{native.url}/reset", json=body, timeout=20)
    assert told.status_code == 200
    assert told.json()["observation"]["task_id"] == "task_hard"
    assert requests.post(f"{native.url}/reset", timeout=20).json()["done"] is False
    assert requests.get(f"{native.url}/state", timeout=20).json()["step_count"] == 0


def test_the_root_says_what_this_is(native: Server) -> None:
    """Without a page the server says what it is, and each route it names is there."""
    told = requests.get(f"{native.url}/", timeout=20).json()
    about = requests.get(f"{native.url}/metadata", timeout=20).json()
    named = ("name", "version", "description")
    assert {name: told[name] for name in named} == {name: about[name] for name in named}
    for path in told["routes"].keys() - {"/ws", "/mcp"}:
        assert requests.get(f"{native.url}{path}", timeout=20).ok
    for path in ("/ws", "/mcp"):
        with connect(f"{native.url.replace('http', 'ws', 1)}{path}", proxy=None):
            pass


def test_a_bug_does_not_quote_itself() -> None:
    """An error that nobody expects is a 500 of JSON that says no more than that."""
    client = TestClient(create_app(Failing), raise_server_exceptions=False)
    answer = client.post("/reset", json={})
    assert answer.status_code == 500
    assert "its log says why" in answer.json()["detail"]
    assert SECRET not in answer.text
    with pytest.raises(KeyError):
        TestClient(create_app(Failing)).post("/reset", json={})
