"""The three routes, in process: formats, sessions, the default episode and every error."""

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient
from itsdangerous.encoding import base64_encode
from werkzeug.test import TestResponse

import server
from conformance import OBSERVATION_KEYS, mixed_actions
from environment import EmailTriageEnv
from graders import GRADERS
from models import EnvironmentState, ResetResult, StepResult
from quality.search import key_actions
from server import create_app
from tasks import TASKS


def _step(client: FlaskClient, action: object) -> TestResponse:
    body = action.model_dump() if hasattr(action, "model_dump") else action
    return client.post("/step", json=body)


def test_route_table() -> None:
    """There are exactly three rules, and each answers POST only."""
    rules = {rule.rule: rule.methods for rule in create_app().url_map.iter_rules()}
    assert rules == {"/reset": {"POST"}, "/step": {"POST"}, "/state": {"POST"}}


@pytest.mark.parametrize("body", [b"", b"  ", b"{}", b'{"task_id": "task_hard"}'])
def test_reset(client: FlaskClient, body: bytes) -> None:
    """A reset answers 200 with the first email, whatever the content type."""
    reply = client.post("/reset", data=body)
    assert reply.status_code == 200
    assert reply.content_type == "application/json"
    assert set(reply.get_json()) == {"observation", "info"}
    assert set(reply.get_json()["observation"]) == OBSERVATION_KEYS
    result = ResetResult.model_validate_json(reply.data)
    assert result.info["task_id"] == ("task_hard" if b"hard" in body else "task_easy")


def test_reset_takes_what_openenv_clients_send(client: FlaskClient) -> None:
    """A seed and an episode id are accepted and change nothing."""
    plain = client.post("/reset", json={}).get_json()
    assert client.post("/reset", json={"seed": 7, "episode_id": "a"}).get_json() == plain


def test_whole_episode_equals_the_environment(client: FlaskClient, task_id: str) -> None:
    """Over HTTP an episode is the same, invalid steps and the steps after the end included."""
    env = EmailTriageEnv(task_id)
    client.post("/reset", json={"task_id": task_id})
    for action in (*(body for body in mixed_actions() if body is not None), {"label": 1}, {}):
        reply = _step(client, action)
        assert reply.status_code == 200
        assert set(reply.get_json()) == {"observation", "reward", "done", "info"}
        assert StepResult.model_validate_json(reply.data) == env.step(action)
        state = client.post("/state")
        assert EnvironmentState.model_validate_json(state.data) == env.state()


def test_two_sessions_are_isolated(client: FlaskClient) -> None:
    """Two interleaved clients with cookies each see their own episode only."""
    app = client.application
    transcripts = {}
    for task_id in ("task_easy", "task_hard"):
        alone = app.test_client()
        alone.post("/reset", json={"task_id": task_id})
        transcripts[task_id] = [_step(alone, action).data for action in key_actions(TASKS[task_id])]
    clients = {task_id: app.test_client() for task_id in transcripts}
    for task_id, one in clients.items():
        one.post("/reset", json={"task_id": task_id})
    for i in range(8):
        for task_id, one in clients.items():
            reply = _step(one, key_actions(TASKS[task_id])[i])
            assert reply.data == transcripts[task_id][i]


def test_clients_without_cookies_share_one_episode(client: FlaskClient) -> None:
    """A client that keeps no cookies can play, and another such client goes on from there."""
    app = client.application
    actions = key_actions(TASKS["task_easy"])
    app.test_client(use_cookies=False).post("/reset", json={})
    rewards = [
        _step(app.test_client(use_cookies=False), action).get_json()["reward"] for action in actions
    ]
    assert rewards[0] == 0.99
    assert rewards[-1] == 1.0
    state = app.test_client(use_cookies=False).post("/state").get_json()
    assert state["done"] is True


def test_session_does_not_touch_the_default_episode(client: FlaskClient) -> None:
    """A client with a cookie resets and steps without a trace in the shared episode."""
    app = client.application
    client.post("/reset", json={"task_id": "task_hard"})
    bare = app.test_client(use_cookies=False)
    bare.post("/reset", json={"task_id": "task_easy"})
    client.post("/reset", json={"task_id": "task_medium"})
    _step(client, key_actions(TASKS["task_medium"])[0])
    state = bare.post("/state").get_json()
    assert (state["task_id"], state["current_step"]) == ("task_easy", 0)


def test_saved_cookie_branches_the_episode(client: FlaskClient) -> None:
    """The cookie is the episode: sent again, it goes on from where it was taken."""
    actions = key_actions(TASKS["task_easy"])
    client.post("/reset", json={})
    _step(client, actions[0])
    cookie = client.get_cookie("session")
    assert cookie is not None
    first = _step(client, actions[1])
    client.set_cookie("session", cookie.value)
    assert _step(client, actions[1]).data == first.data


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "words"),
    [
        pytest.param("POST", "/reset", b'{"task_id": "x"}', 400, "task_easy, task_medium",
                     id="unknown-task"),
        pytest.param("POST", "/reset", b'{"task_id": 5}', 400, "'task_id'", id="wrong-type"),
        pytest.param("POST", "/reset", b'{"task_id": null}', 400, "'task_id'", id="null"),
        pytest.param("POST", "/reset", b'{"task": "task_easy"}', 400, "'task'", id="misspelt"),
        pytest.param("POST", "/reset", b"{", 400, "no JSON object", id="malformed"),
        pytest.param("POST", "/reset", b"[]", 400, "no JSON object", id="no-object"),
        pytest.param("POST", "/reset", b'"task_easy"', 400, "no JSON object", id="text"),
        pytest.param("POST", "/reset", b"\xff\xfe", 400, "no JSON object", id="not-utf-8"),
        pytest.param("POST", "/step", b"{'label': 1}", 400, "no JSON object", id="python"),
        pytest.param("POST", "/step", b"[" * 60000, 400, "no JSON object", id="deeply-nested"),
        pytest.param("POST", "/step", b"{}", 409, "POST /reset first", id="step-first"),
        pytest.param("POST", "/state", b"", 409, "POST /reset first", id="state-first"),
        pytest.param("POST", "/state", b"{", 400, "no JSON object", id="malformed-state"),
        pytest.param("POST", "/step", b" " * 65537, 413, "over 65536 bytes", id="too-long"),
        pytest.param("POST", "/", b"{}", 404, "POST /reset, POST /step", id="post-root"),
        pytest.param("GET", "/nothing", b"", 404, "POST /reset, POST /step", id="unknown-path"),
        pytest.param("POST", "/reset/", b"{}", 404, "POST /reset", id="trailing-slash"),
        pytest.param("GET", "/reset", b"", 405, "POST /reset", id="get-reset"),
        pytest.param("OPTIONS", "/step", b"", 405, "POST /step", id="options"),
        pytest.param("DELETE", "/state", b"", 405, "POST /state", id="delete"),
    ],
)  # fmt: skip
def test_errors(
    client: FlaskClient, method: str, path: str, body: bytes, status: int, words: str
) -> None:
    """Every error has its status, one JSON shape and a sentence that names the remedy."""
    reply = client.open(path, method=method, data=body)
    assert reply.status_code == status
    assert reply.content_type == "application/json"
    assert set(reply.get_json()) == {"error"}
    assert words in reply.get_json()["error"]


def test_longest_body_is_read(client: FlaskClient) -> None:
    """A body of exactly 64 KiB is still an action, if an invalid one."""
    client.post("/reset")
    body = b'{"label": "' + b"x" * (65536 - 13) + b'"}'
    assert len(body) == 65536
    reply = client.post("/step", data=body)
    assert reply.status_code == 200
    assert "label" in reply.get_json()["info"]["error"]
    assert len(reply.data) < 20_000


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_root_answers_a_ping(client: FlaskClient, method: str) -> None:
    """A Space is pinged at its root, and finds the three routes there."""
    reply = client.open("/", method=method)
    assert reply.status_code == 200
    assert reply.content_type == "application/json"
    if method == "GET":
        assert reply.get_json()["routes"] == ["POST /reset", "POST /step", "POST /state"]


@pytest.mark.parametrize("cookie", ["garbage", "", "eyJzdGF0ZSI6MX0.aaaa.bbbb"])
def test_tampered_cookie(client: FlaskClient, cookie: str) -> None:
    """A cookie that we did not sign is no episode; a reset replaces it."""
    client.set_cookie("session", cookie)
    assert _step(client, {}).status_code == 409
    assert client.post("/state").status_code == 409
    assert client.post("/reset").status_code == 200
    assert client.post("/state").status_code == 200


@pytest.mark.parametrize(
    "cookie",
    [
        "session=a b", 'session="a b"', 'session="', 'session=a"b', "session=a,b", "session",
        "session =x", "x=y; session=a b", "session=\u00e9", "session=; session=x", "session=\0",
        "x=y,session=z",
    ],
)  # fmt: skip
def test_malformed_cookie(client: FlaskClient, cookie: str) -> None:
    """A client with a broken session cookie is told so, and does not play the default episode."""
    bare = client.application.test_client(use_cookies=False)
    bare.post("/reset")
    headers = {"Cookie": cookie}
    assert bare.post("/step", json={}, headers=headers).status_code == 409
    assert bare.post("/state", headers=headers).status_code == 409
    assert bare.post("/state").get_json()["current_step"] == 0


def test_cookies_of_others_are_not_ours(client: FlaskClient) -> None:
    """A client that sends other cookies only is one without a session."""
    bare = client.application.test_client(use_cookies=False)
    bare.post("/reset")
    reply = bare.post("/step", json={}, headers={"Cookie": 'my_session=1; x="session=2"; y'})
    assert reply.status_code == 200


def test_cookie_of_another_server_is_refused(client: FlaskClient) -> None:
    """Each server signs with its own key unless SESSION_SECRET is set."""
    client.post("/reset")
    cookie = client.get_cookie("session")
    assert cookie is not None
    other = create_app().test_client()
    other.set_cookie("session", cookie.value)
    assert other.post("/state").status_code == 409


def test_replicas_with_one_secret_share_sessions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With SESSION_SECRET set, any replica continues any episode."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("SESSION_SECRET", "the same on every replica")
    one, other = create_app().test_client(), create_app().test_client()
    one.post("/reset", json={"task_id": "task_hard"})
    cookie = one.get_cookie("session")
    assert cookie is not None
    other.set_cookie("session", cookie.value)
    action = key_actions(TASKS["task_hard"])[0]
    assert _step(other, action).get_json()["reward"] == 0.99


def _astral(draw: random.Random) -> str:
    return chr(draw.randrange(0x10000, 0x110000))


@pytest.mark.parametrize(
    ("letter", "whole"),
    [
        pytest.param(lambda draw: draw.choice("aeinorst ,."), True, id="latin"),
        pytest.param(lambda _draw: "\N{GRINNING FACE}", True, id="one-astral-letter"),
        pytest.param(lambda draw: draw.choice('\0\n\x1f"\\'), True, id="escaped"),
        pytest.param(lambda draw: chr(draw.randrange(0x4E00, 0x9F00)), False, id="chinese"),
        pytest.param(_astral, False, id="incompressible-astral-letters"),
    ],
)
def test_longest_episode_fits_the_cookie(
    client: FlaskClient, letter: Callable[[random.Random], str], whole: bool
) -> None:
    """Clients drop a cookie over 4 KB; the longest episode goes on without its oldest summaries."""
    draw = random.Random(7)  # noqa: S311 # numbered, not secret
    env = EmailTriageEnv("task_hard")
    client.post("/reset", json={"task_id": "task_hard"})
    actions: list[dict[str, str]] = [vars(action) for action in key_actions(TASKS["task_hard"])]
    for i in (3, 5):
        actions.insert(i, {})
    for action in actions:
        if action:
            action["summary"] = "".join(letter(draw) for _ in range(490))
            action["route_to"] = action["route_to"].ljust(40)
        reply = _step(client, action)
        assert len(reply.headers["Set-Cookie"]) < 3800
        assert StepResult.model_validate_json(reply.data) == env.step(action)  # type: ignore[arg-type] # any mapping
    state = client.post("/state").get_json()
    assert state["done"] is True
    left_out = sum(server.LEFT_OUT in str(action) for action in state["action_history"])
    assert left_out < 8
    assert (left_out == 0) == whole
    for action in [action for action in actions if action][:left_out]:
        action["summary"] = server.LEFT_OUT
    sent = [action or None for action in actions]
    assert state == {**env.state().model_dump(), "action_history": sent}


def test_last_step_grades_one_email(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sum of the scores travels with the episode, so that its end costs no more than a step."""
    actions = key_actions(TASKS["task_easy"])
    grade = Mock(wraps=GRADERS["easy"])
    monkeypatch.setitem(GRADERS, "easy", grade)
    bare = client.application.test_client(use_cookies=False)
    for player in (client, bare):
        player.post("/reset")
        grade.reset_mock()
        replies = [_step(player, action) for action in actions]
        assert replies[-1].get_json()["info"]["episode_score"] == 1.0
        assert grade.call_count == 8


def test_unwritable_folder_leaves_sessions_alone(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no default episode can be kept, a reset still answers and sessions still work."""
    monkeypatch.setattr("tempfile.tempdir", "/proc/nowhere")
    assert client.post("/reset").status_code == 200
    assert _step(client, key_actions(TASKS["task_easy"])[0]).get_json()["reward"] == 0.99
    bare = client.application.test_client(use_cookies=False)
    reply = bare.post("/step", json={})
    assert reply.status_code == 409
    assert "send back the cookie of /reset" in reply.get_json()["error"]


def test_planted_folder_is_not_followed(client: FlaskClient, tmp_path: Path) -> None:
    """What somebody else put where the default episode belongs is neither read nor written."""
    victim = tmp_path / "victim"
    victim.write_text("precious", encoding="utf-8")
    planted = tmp_path / f"email-triage-{os.getuid()}"
    planted.mkdir()
    planted.chmod(0o777)
    (planted / "7860.lock").symlink_to(victim)
    assert client.post("/reset").status_code == 200
    assert victim.read_text(encoding="utf-8") == "precious"


def test_cookie_of_an_older_version(client: FlaskClient) -> None:
    """What we signed but cannot resume any more is no episode, for every route."""
    sign = client.application.session_interface.dumps  # type: ignore[attr-defined] # our own
    forged = EmailTriageEnv("task_easy").state().model_copy(update={"current_step": 3})
    texts = ['{"task_id":"task_easy"}', f'{{"state":{forged.model_dump_json()},"tally":null}}', "x"]
    letters = [base64_encode(text).decode() for text in texts]
    for episode in (*letters, "", "!", f"{letters[0]}.aWeb3Q"):
        client.set_cookie("session", sign({"episode": episode}))
        assert _step(client, {}).status_code == 409
        assert client.post("/state").status_code == 409


def test_own_bug_does_not_quote_itself(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug is a 500 with a fixed sentence, because its cause can quote an answer."""

    def broken(*_arguments: Any) -> None:  # noqa: ANN401 # stands in for any constructor
        raise RuntimeError("the answer is billing")

    monkeypatch.setattr(server, "EmailTriageEnv", broken)
    reply = client.post("/reset")
    assert reply.status_code == 500
    assert reply.content_type == "application/json"
    assert "billing" not in reply.get_data(as_text=True)
