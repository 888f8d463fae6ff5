"""The tool over MCP: the same episode as by actions, for clients that know tools alone."""

import asyncio
import json
from typing import Any

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

import requests
from openenv.core import GenericEnvClient
from openenv.core.env_server.mcp_types import CallToolAction
from openenv.core.mcp_client import MCPToolClient
from websockets.sync.client import connect

from email_triage_env.server.environment import TriageEnvironment
from email_triage_env.server.received import ReceivedAction
from email_triage_env.server.splits import chosen_task
from email_triage_env.server.tool import TOOL
from models import EmailObservation, TriageAction
from processes import Server
from quality.search import key_actions
from tasks import ROUTES, TASKS

NO_CALLS: list[Any] = [
    {}, {"label": "urgent"}, {"label": 7, "summary": "", "route_to": "billing"},
    {"label": "urgent", "summary": "\ud800", "route_to": "billing"}, {"\ud800": 1},
    {"label": "urgent", "summary": "", "route_to": "billing", "more": 1}, [], None, "urgent", 7,
    {"self": 1}, {"arguments": {}}, {"label": "urgent", "summary": "x" * 9000, "route_to": ""},
]  # fmt: skip


def rpc(method: str, **params: object) -> dict[str, Any]:
    """Return a call of JSON-RPC."""
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


def post(server: Server, call: dict[str, Any]) -> dict[str, Any]:
    """Send a call over HTTP and return the answer."""
    answer: dict[str, Any] = requests.post(f"{server.url}/mcp", json=call, timeout=30).json()
    return answer


def test_the_tool_says_where_the_teams_are_told() -> None:
    """Its schema names the base desk's, and that other desks have others, which the reset lists."""
    (tool,) = asyncio.run(TriageEnvironment().mcp_client.list_tools())
    said = tool["inputSchema"]["properties"]["route_to"]["description"]
    assert all(team in said for team in ROUTES)
    assert "its reset lists as routes" in said
    assert "varied" in said
    assert "enum" not in tool["inputSchema"]["properties"]["route_to"]


@pytest.mark.parametrize("task_id", ["task_hard", "train-medium-3", "train-varied-3"])
def test_openenvs_own_client_plays(task_id: str, native: Server) -> None:
    """Listed, reset and called to the end, it sees the mail, the rewards and their reasons."""

    async def play() -> list[dict[str, Any]]:
        async with MCPToolClient(native.url) as client:
            (tool,) = await client.list_tools()
            assert tool.name == TOOL
            first = await client.reset(task_id=task_id)
            assert first.observation.policy == task.description
            told = [await client.call_tool(TOOL, **action) for action in actions]
            assert (await client.state()).step_count == len(told)
            return told

    task = chosen_task(task_id=task_id)
    key = key_actions(task)
    actions = [{"label": "urgent"}, *(vars(action) for action in key)]
    told = asyncio.run(play())
    env = TriageEnvironment()
    env.reset(task_id=task_id)
    alone = [env.step(ReceivedAction(**action)).model_dump() for action in actions]
    assert told == alone
    assert "error" in told[0]["metadata"]
    assert [step["done"] for step in told] == [*(False for _ in key), True]
    assert told[-1]["metadata"]["episode_score"] == 1.0


def test_the_tool_is_the_action(native: Server) -> None:
    """The tool asks for what an action asks for, says who the teams are, and needs no session."""
    (tool,) = post(native, rpc("tools/list"))["result"]["tools"]
    strict = TriageAction.model_json_schema()
    asked = tool["inputSchema"]
    assert {**asked, "properties": None} == {**strict, "properties": None}
    assert "cold_store" in asked["properties"]["route_to"].pop("description")
    assert asked["properties"] == strict["properties"]
    assert "/ws" in tool["description"]
    schema = requests.get(f"{native.url}/schema", timeout=30).json()["action"]
    assert schema["title"] == "EmailTriageAction"
    assert schema["required"] == strict["required"]


@pytest.mark.parametrize("arguments", NO_CALLS, ids=lambda arguments: f"{arguments!r:.40}")
def test_an_invalid_call_costs_a_step(arguments: object, native: Server) -> None:
    """Whatever is sent, the call is answered, says what is wrong, and the mail stays."""
    session_id = post(native, rpc("openenv/session/create"))["result"]["session_id"]
    address = f"{native.url.replace('http', 'ws', 1)}/ws?session_id={session_id}"
    with connect(address, proxy=None) as socket:
        socket.send(json.dumps({"type": "reset", "data": {"task_id": "task_easy"}}))
        socket.recv(timeout=30)
        call = rpc("tools/call", name=TOOL, arguments=arguments, session_id=session_id)
        result = post(native, call)["result"]
        assert result["isError"] is True
        assert result["structuredContent"] == result["data"]
        assert json.loads(result["content"][0]["text"]) == result["data"]
        assert (result["data"]["reward"], result["data"]["email_id"]) == (0.0, "easy-01")
        socket.send(json.dumps({"type": "state"}))
        assert json.loads(socket.recv(timeout=30))["data"]["action_history"] == [None]
    post(native, rpc("openenv/session/close", session_id=session_id))


def test_other_calls_do_not_reach_the_environment(native: Server) -> None:
    """Another tool and an episode that was never opened are errors that say what to do."""
    for name, words in (("reply", "Unknown tool 'reply'; there is 'triage'"), (TOOL, "reset()")):
        answer = post(native, rpc("tools/call", name=name, arguments={}))
        assert words in answer["error"]["message"]


def test_a_call_as_an_action(native: Server) -> None:
    """OpenEnv's action that calls a tool is the decision in it; what only looks so is none."""
    actions = key_actions(TASKS["task_easy"])
    with MCPToolClient(native.url).sync() as client:
        client.reset(task_id="task_easy")
        rewards = [
            client.step(CallToolAction(tool_name=TOOL, arguments=vars(action))).reward
            for action in actions
        ]
    assert rewards == [0.99, 0.98, 0.97, 0.96, 0.95, 0.94, 0.93, 1.0]
    call = {"type": "call_tool", "tool_name": TOOL, "arguments": vars(actions[0])}
    with GenericEnvClient(native.url).sync() as client:
        for changed in ({"tool_name": "reply"}, {"more": 1}, {"arguments": [1]}, {"type": "call"}):
            client.reset(task_id="task_easy")
            told = client.step({**call, **changed})
            assert told.reward == 0.0
            assert "error" in told.metadata
        client.reset(task_id="task_easy")
        assert client.step({**call, "arguments": {}}).metadata["step"] == 1
        assert client.step(call).reward == 0.98


def test_calls_over_the_session_itself(native: Server) -> None:
    """A call among the frames of /ws is a step of that session; /mcp has no episode."""
    action = vars(key_actions(TASKS["task_hard"])[0])
    call = rpc("tools/call", name=TOOL, arguments=action)
    env = TriageEnvironment()
    env.reset(task_id="task_hard")
    expected = env.step(ReceivedAction(**action)).model_dump()
    address = native.url.replace("http", "ws", 1)
    with connect(f"{address}/ws", proxy=None) as socket:
        socket.send(json.dumps({"type": "reset", "data": {"task_id": "task_hard"}}))
        socket.recv(timeout=30)
        socket.send(json.dumps({"type": "mcp", "data": call}))
        result = json.loads(socket.recv(timeout=30))["data"]["result"]
    assert result["data"] == expected
    assert result["data"].keys() >= EmailObservation.model_fields.keys()
    with connect(f"{address}/mcp", proxy=None) as socket:
        socket.send(json.dumps(call))
        assert "reset()" in json.loads(socket.recv(timeout=30))["error"]["message"]
