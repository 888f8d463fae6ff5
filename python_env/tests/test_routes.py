"""Each route over HTTP and WebSockets: what it is for, and what is wrong with a request."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from python_env.models import VERSION, PythonReviewConfig
from python_env.server.grading import WEIGHTS
from python_env.server.journal import digest_of
from python_env.server.splits import split_size, task_id_at, task_of
from python_env.tests.playing import (
    APPROVE,
    HINT,
    REQUEST,
    Pretended,
    clean,
    defective,
    finding,
    patch,
)


def reset(client: TestClient, **options: object) -> dict[str, Any]:
    """Reset over HTTP."""
    answer = client.post("/reset", json=options)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def step(client: TestClient, episode_id: str, action: dict[str, Any]) -> dict[str, Any]:
    """Step over HTTP."""
    answer = client.post("/step", json={"episode_id": episode_id, "action": action})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_docs(client: TestClient) -> None:
    """The documents name every route, and what a step must hold."""
    assert client.get("/docs").status_code == 200
    paths = client.get("/openapi.json").json()["paths"]
    assert {
        "/health", "/reset", "/step", "/state", "/schema", "/metadata", "/mcp", "/tasks", "/review",
        "/config", "/history",
    } <= paths.keys()  # fmt: skip
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert "episode_id" in schemas["ReviewStep"]["properties"]
    assert "difficulty" in schemas["ReviewReset"]["properties"]


def test_health(client: TestClient) -> None:
    """It is OpenEnv's own."""
    assert client.get("/health").json() == {"status": "healthy"}


def test_reset_and_step(client: TestClient) -> None:
    """Over HTTP an episode is played by its id, to the last step."""
    task_id = defective()
    first = reset(client, task_id=task_id)
    assert (first["reward"], first["done"]) == (None, False)
    episode_id = first["metadata"]["episode_id"]
    assert step(client, episode_id, finding(task_id))["reward"] == 0.45
    assert step(client, episode_id, {"operation": "nonsense"})["metadata"]["error"]
    last = step(client, episode_id, REQUEST)
    assert (last["reward"], last["done"], last["metadata"]["episode_score"]) == (0.1, True, 0.55)
    assert "over" in step(client, episode_id, REQUEST)["metadata"]["error"]


def test_reset_needs_no_body(client: TestClient) -> None:
    """It opens the same task each time, in episodes of their own."""
    told = [client.post("/reset").json() for _ in range(2)]
    assert told[0]["observation"]["task_id"] == told[1]["observation"]["task_id"]
    assert told[0]["metadata"]["episode_id"] != told[1]["metadata"]["episode_id"]


def test_reset_resumes(client: TestClient) -> None:
    """With resume it shows the episode as it stands."""
    episode_id = reset(client, seed=4)["metadata"]["episode_id"]
    step(client, episode_id, HINT)
    again = reset(client, episode_id=episode_id, resume=True)
    assert len(again["observation"]["past_actions"]) == 1
    assert again["observation"]["instructions"]


def test_state(client: TestClient) -> None:
    """It shows the episode that is named, and none without a name."""
    assert client.get("/state").json()["episode_id"] is None
    reset(client, task_id="train-easy-1", episode_id="mine")
    step(client, "mine", HINT)
    step(client, "mine", {})
    state = client.get("/state", params={"episode_id": "mine"}).json()
    assert (state["task_id"], state["step_count"]) == ("train-easy-1", 2)
    assert state["action_history"] == [HINT, None]


def test_ws(client: TestClient) -> None:
    """A session over the WebSocket is reset, stepped and asked for its state."""
    task_id = defective()
    with client.websocket_connect("/ws") as socket:
        socket.send_json({"type": "reset", "data": {"task_id": task_id, "episode_id": "mine"}})
        assert socket.receive_json()["data"]["metadata"]["task_id"] == task_id
        socket.send_json({"type": "step", "data": finding(task_id)})
        assert socket.receive_json()["data"]["reward"] == 0.45
        socket.send_json({"type": "state"})
        state = socket.receive_json()["data"]
        assert (state["episode_id"], state["reward_history"]) == ("mine", [0.45])


def test_ws_episodes_go_on_over_http_and_elsewhere(client: TestClient) -> None:
    """An episode that was left in one session is taken up over HTTP, and in another session."""
    task_id = defective()
    with client.websocket_connect("/ws") as socket:
        socket.send_json({"type": "reset", "data": {"task_id": task_id, "episode_id": "mine"}})
        socket.receive_json()
        socket.send_json({"type": "step", "data": finding(task_id)})
        socket.receive_json()
    assert step(client, "mine", HINT)["observation"]["past_actions"][0]["result"] == "matched"
    with client.websocket_connect("/ws") as socket:
        socket.send_json({"type": "reset", "data": {"episode_id": "mine", "resume": True}})
        assert len(socket.receive_json()["data"]["observation"]["past_actions"]) == 2
        socket.send_json({"type": "step", "data": REQUEST})
        assert socket.receive_json()["data"]["done"]
    assert client.get("/history", params={"episode_id": "mine"}).json()["done"]


def test_web_is_off_unless_it_is_asked_for(client: TestClient) -> None:
    """Without ENABLE_WEB_INTERFACE there is no page, and / says what the server is."""
    assert client.get("/web").status_code == 404
    told = client.get("/").json()
    assert (told["name"], told["version"]) == ("python_env", VERSION)


def test_tasks(client: TestClient) -> None:
    """The descriptors name every split and its size, and no module, site or defect."""
    answer = client.get("/tasks")
    told = answer.json()
    assert told["splits"] == {name: split_size(name) for name in ("headline", "train", "test")}
    assert told["difficulties"]["train"] == {"easy": 3334, "medium": 3333, "hard": 3333}
    for options in told["reset"]:
        assert reset(client, **options)["observation"]["task_id"] == "train-hard-17"
    task = task_of(defective())
    for secret in (task.module.name, *(site.name for site in task.module.code.sites)):
        assert secret not in answer.text.replace("reset", "")


def test_review(client: TestClient) -> None:
    """It looks at any code, and says the same of right and of wrong modules that look alike."""
    told = client.post("/review", json={"code": "def f(x=[]):\n    eval(x)\n"}).json()
    assert [(one["line"], one["rule"]) for one in told["observations"]] == [
        (1, "mutable-default"), (2, "evaluates-text"),
    ]  # fmt: skip
    task = task_of(defective())
    known = {defect.kind for defect in task.defects}
    for code in (task.code, task.mended()):
        answer = client.post("/review", json={"code": code})
        assert answer.json()["parses"]
        assert not any(kind in answer.text for kind in known)


def test_config(client: TestClient) -> None:
    """It shows what is graded by, and nobody can change it."""
    config = PythonReviewConfig.model_validate_json(client.get("/config").text)
    assert (config.weights, config.max_steps) == (WEIGHTS, 16)
    for method in ("post", "put", "patch", "delete"):
        assert client.request(method, "/config").status_code == 405
    assert PythonReviewConfig.model_validate_json(client.get("/config").text) == config


def test_history(client: TestClient) -> None:
    """It lists what is over by digest, and shows the steps of an episode to who knows its id."""
    assert client.get("/history").json() == {"episodes": []}
    task_id = clean()
    reset(client, task_id=task_id, episode_id="mine")
    reset(client, task_id=task_id, episode_id="other")
    step(client, "mine", APPROVE)
    (listed,) = client.get("/history").json()["episodes"]
    assert (listed["digest"], listed["score"]) == (digest_of("mine"), 1.0)
    assert "mine" not in client.get("/history").text
    shown = client.get("/history", params={"episode_id": "mine"}).json()
    assert (shown["task_id"], shown["score"], shown["done"]) == (task_id, 1.0, True)
    assert [one["action"] for one in shown["steps"]] == [APPROVE]
    assert not client.get("/history", params={"episode_id": "other"}).json()["done"]


def test_history_tells_no_facts(client: TestClient) -> None:
    """What a patch mended of defects that were not found stays in the journal."""
    task_id = defective("hard")
    reset(client, task_id=task_id, episode_id="mine")
    step(client, "mine", patch(task_id))
    text = client.get("/history", params={"episode_id": "mine"}).text
    assert "mended" not in text.replace("the whole module, mended", "")
    for defect in task_of(task_id).defects:
        assert f'"{defect.site}"' not in text


def test_schema_and_metadata(client: TestClient) -> None:
    """The schema of an action is the strict one."""
    schema = client.get("/schema").json()
    assert schema["action"]["additionalProperties"] is False
    assert schema["action"]["required"] == ["operation"]
    assert "action_history" in schema["state"]["properties"]
    assert client.get("/metadata").json()["version"] == VERSION


def test_mcp(client: TestClient) -> None:
    """It answers as JSON-RPC, has no tools, and gives nobody a session to keep."""
    assert client.post("/mcp", json={}).json()["jsonrpc"] == "2.0"
    for _ in range(100):
        call = {"jsonrpc": "2.0", "id": 1, "method": "openenv/session/create"}
        assert "/ws" in client.post("/mcp", json=call).json()["error"]["message"]
    with client.websocket_connect("/ws") as socket:
        socket.send_json({"type": "state"})
        assert socket.receive_json()["type"] == "state"


def test_task_api(client: TestClient) -> None:
    """Its lists are those that OpenEnv would make, for each split and range."""
    names = [split["name"] for split in client.get("/python_env/splits").json()]
    assert names == ["headline", "train", "test"]
    for name in names:
        size = client.post("/python_env/num_tasks", json={"split": name}).json()["num_tasks"]
        assert size == split_size(name)
        whole = client.post("/python_env/tasks", json={"split": name}).json()["tasks"]
        assert [task["task_id"] for task in whole] == [task_id_at(name, i) for i in range(size)]
    task = client.post("/python_env/task", json={"split": "test", "index": 7}).json()["task"]
    assert task == {"task_id": "test-medium-2", "split": "test", "index": 7}
    listed = client.post("/python_env/tasks", json={"split": "test"}).json()["tasks"]
    for bounds in ({}, {"start": 7, "stop": 9}, {"start": -2}, {"start": 9, "stop": 2}):
        part = client.post("/python_env/task_range", json={"split": "test", **bounds}).json()
        assert part["tasks"] == listed[bounds.get("start") : bounds.get("stop")]
    assert reset(client, **task)["observation"]["task_id"] == task["task_id"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "words"),
    [
        pytest.param("post", "/step", {"action": APPROVE}, 409, "POST /reset, take", id="no-id"),
        pytest.param(
            "post", "/step", {"action": APPROVE, "episode_id": "x"}, 404, "no such", id="unknown"
        ),
        pytest.param("post", "/step", {"episode_id": "mine"}, 422, "action", id="no-action"),
        pytest.param("post", "/step", {"action": [], "episode_id": "mine"}, 422, "dict", id="list"),
        pytest.param("post", "/step", None, 422, "body", id="step-empty"),
        pytest.param("post", "/reset", {"episode_id": "mine"}, 409, "is being played", id="taken"),
        pytest.param("post", "/reset", {"split": "dev"}, 400, "choose one of", id="split"),
        pytest.param("post", "/reset", {"seed": "x"}, 400, "whole number", id="seed"),
        pytest.param("post", "/reset", {"sed": 1}, 400, "Unknown reset option", id="option"),
        pytest.param("post", "/reset", {"self": 1}, 400, "Unknown reset option", id="self"),
        pytest.param("post", "/reset", [], 422, "dictionary", id="reset-list"),
        pytest.param(
            "post", "/reset", {"episode_id": "x", "resume": True}, 404, "no such", id="resume"
        ),
        pytest.param("get", "/state?episode_id=x", None, 404, "no such", id="state"),
        pytest.param("get", "/history?episode_id=x", None, 404, "no such", id="history"),
        pytest.param("get", "/history?limit=0", None, 422, "limit", id="limit"),
        pytest.param("post", "/review", {}, 422, "code", id="review-empty"),
        pytest.param("post", "/review", {"code": "x" * 20_001}, 422, "20000", id="review-long"),
        pytest.param("post", "/config", {}, 405, "Not Allowed", id="config"),
        pytest.param("get", "/nowhere", None, 404, "Not Found", id="nowhere"),
        pytest.param("post", "/other/tasks", {"split": "train"}, 404, "unknown env", id="env"),
        pytest.param("post", "/python_env/tasks", {"split": "x"}, 400, "Invalid", id="api-split"),
        pytest.param(
            "post", "/python_env/task", {"split": "test", "index": 300}, 400, "Invalid", id="api"
        ),
    ],
)
def test_errors(
    client: TestClient, method: str, path: str, body: object, status: int, words: str
) -> None:
    """Each is JSON with a detail that names the remedy."""
    reset(client, task_id="train-easy-1", episode_id="mine")
    answer = client.request(method, path, json=body)
    assert (answer.status_code, words in answer.text) == (status, True), answer.text
    assert "detail" in answer.json()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"episode_id": "mine", "action": {"\\ud800": 1}}', id="half-a-name"),
        pytest.param('{"episode_id": "\\ud800", "action": {}}', id="half-an-id"),
        pytest.param('{"action": {"\\ud800": 1, "x": "\\ud800"}}', id="both"),
        pytest.param("[" * 100_000, id="deep"),
        pytest.param("{", id="no-json"),
        pytest.param("\udcff", id="no-text"),
        pytest.param('{"seed": 1e999}', id="infinite"),
        pytest.param(f'{{"seed": {"9" * 5000}}}', id="long-number"),
    ],
)
@pytest.mark.parametrize("path", ["/reset", "/step", "/review", "/mcp", "/python_env/task"])
def test_bodies_that_are_none(client: TestClient, path: str, text: str) -> None:
    """Whatever comes is answered by JSON, and nothing fails."""
    answer = client.post(
        path, content=text.encode("utf-8", "surrogateescape"),
        headers={"Content-Type": "application/json"},
    )  # fmt: skip
    assert answer.status_code < 500, answer.text
    assert answer.json()


def test_a_failing_sandbox_is_a_503(client: TestClient, pretended: Pretended) -> None:
    """The step may be sent again, and it costs nothing."""
    task_id = defective()
    reset(client, task_id=task_id, episode_id="mine")
    pretended.fails = True
    answer = client.post("/step", json={"episode_id": "mine", "action": patch(task_id)})
    assert (answer.status_code, "send it again" in answer.json()["detail"]) == (503, True)
    with client.websocket_connect("/ws") as socket:
        socket.send_json({"type": "reset", "data": {"episode_id": "mine", "resume": True}})
        socket.receive_json()
        socket.send_json({"type": "step", "data": patch(task_id)})
        assert "send it again" in socket.receive_json()["data"]["message"]
        pretended.fails = False
        socket.send_json({"type": "step", "data": patch(task_id)})
        assert socket.receive_json()["data"]["observation"]["left"]["patches"] == 2


def test_a_bug_does_not_quote_itself(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails unforeseen is a 500 with a sentence of ours."""
    reset(client, task_id="train-easy-1", episode_id="mine")

    def broken(*_: object) -> None:
        raise KeyError("the answer")

    monkeypatch.setattr("python_env.server.episode.Review.act", broken)
    answer = client.post("/step", json={"episode_id": "mine", "action": APPROVE})
    assert (answer.status_code, "answer" in answer.text) == (500, False)


def test_health_answers_while_patches_run(client: TestClient, pretended: Pretended) -> None:
    """Sixteen sessions wait for the sandbox, and others are served."""
    task_id = defective()
    pretended.may_end.clear()
    sockets = []
    with client:
        for _ in range(16):
            socket = client.websocket_connect("/ws").__enter__()
            sockets.append(socket)
            socket.send_json({"type": "reset", "data": {"task_id": task_id}})
            socket.receive_json()
            socket.send_json({"type": "step", "data": patch(task_id)})
        assert pretended.begun.wait(20)
        assert client.get("/health").json() == {"status": "healthy"}
        assert client.post("/review", json={"code": "x = 1\n"}).json()["parses"]
        reset(client, task_id=task_id, episode_id="mine")
        assert step(client, "mine", finding(task_id))["reward"] == 0.45
        pretended.may_end.set()
        for socket in sockets:
            assert socket.receive_json()["data"]["observation"]["left"]["patches"] == 2
            socket.__exit__(None, None, None)
