"""The episode that every framework plays: what is asked, charged, counted and survived."""

import ast
import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

pytest.importorskip("openenv", reason="the adapters have environments of their own; see README")

from scripted_endpoint import decision
from server_python import needs_a_server

from adapters import playing
from adapters.playing import Episode, NoServerError, check, choices, play
from adapters.sides import EMAIL
from email_triage_env.client import EmailTriageClient
from email_triage_env.prompt import history_line
from processes import ROOT, Server, free_port, running_native, stop

INBOX: Final = {"split": "test", "difficulty": "hard", "index": 4}
FOREIGN: Final = {
    "deck", "environment", "graders", "inference", "models", "quality", "server", "tasks", "tools",
    "training",
}  # fmt: skip
# What a prefix of a module's name tells to be no client side.
SERVERS: Final = (
    "email_triage_env.server", "python_env.server", "python_env.stock", "python_env.quality",
)  # fmt: skip

Messages = list[dict[str, str]]


def _right(messages: Messages) -> str:
    return json.dumps(decision({"messages": messages}))


def _played(
    url: str, answer: Callable[[int, Messages], str], choice: dict[str, Any] | None = None
) -> tuple[Episode, list[Messages]]:
    """Play an inbox with a model that answers by the number of the request and its messages."""
    asked: list[Messages] = []

    async def ask(messages: Messages) -> str:
        asked.append(messages)
        return answer(len(asked) - 1, messages)

    episode = Episode()
    asyncio.run(play(EMAIL, url, choice or INBOX, ask, episode))
    return episode, asked


@needs_a_server
def test_right_answers_earn_everything(native: Server) -> None:
    """A model that is always right is asked once an email and scores 1, also by component."""
    episode, asked = _played(native.url, lambda _number, messages: _right(messages))
    assert episode.score == 1.0
    assert len(asked) == 8
    numbers = episode.metrics()
    assert tuple(numbers) == EMAIL.metrics()
    assert numbers["label"] + numbers["route"] + numbers["summary"] == pytest.approx(1.0)
    assert (numbers["penalties"], numbers["unreadable"], numbers["obeyed"]) == (0.0, 0.0, 0.0)
    # A cent more each step, and the bonus of a perfect inbox.
    assert numbers["efficiency"] == pytest.approx((0.1 - 0.36) / 8, abs=1e-4)


@needs_a_server
def test_each_email_is_asked_about_afresh(native: Server) -> None:
    """Policy, own decisions with their rewards and the email: nothing else, every time."""
    _, asked = _played(native.url, lambda _number, messages: _right(messages))
    assert {tuple(line["role"] for line in messages) for messages in asked} == {("system", "user")}
    assert len({messages[0]["content"] for messages in asked}) == 1
    assert "Rule 1." in asked[0][0]["content"]
    past: list[str] = []
    for i, messages in enumerate(asked, start=1):
        decisions, _, email = messages[1]["content"].partition(f"\n\nEmail {i}, task ")
        assert email
        assert decisions.splitlines() == ["Your decisions so far:", *(past or ["(none)"])]
        said = decision({"messages": messages})
        action = {name: said[name] for name in ("label", "summary", "route_to")}
        past.append(history_line(i, action, 1 - i / 100))


@needs_a_server
def test_what_cannot_be_read_costs_a_step_and_decides_nothing(native: Server) -> None:
    """The same email comes again, and the two steps to spare make up for it."""

    def answer(number: int, messages: Messages) -> str:
        return "It is urgent, send it to safety." if number in (0, 3) else _right(messages)

    episode, asked = _played(native.url, answer)
    assert (episode.score, episode.unreadable, len(asked)) == (1.0, 2, 10)
    assert "Step 1: {} -> reward +0.00" in asked[1][1]["content"]
    assert asked[0][1]["content"].rpartition("\n\n")[2] in asked[1][1]["content"]


@needs_a_server
def test_an_inbox_ends_for_who_is_never_read(native: Server) -> None:
    """After ten steps there is a score, and it is zero."""
    episode, asked = _played(native.url, lambda _number, _messages: "")
    assert (episode.score, episode.unreadable, len(asked)) == (0.0, 10, 10)
    assert all(episode.points[name] == 0.0 for name in EMAIL.components)


@needs_a_server
def test_components_add_up_to_the_rewards(native: Server) -> None:
    """What the history tells the model is the sum of the components, penalties among them."""
    spam = json.dumps({"label": "spam", "route_to": "legal", "summary": "It is fraud."})
    episode = Episode()
    differences: list[float] = []

    async def ask(messages: Messages) -> str:
        lines = [line for line in messages[1]["content"].splitlines() if line.startswith("Step ")]
        told = sum(float(line.rpartition("reward ")[2]) for line in lines)
        differences.append(told - sum(episode.points.values()))
        return spam

    asyncio.run(play(EMAIL, native.url, INBOX, ask, episode))
    assert differences == pytest.approx([0.0] * 8)
    assert episode.points["penalties"] < -0.5
    assert 0 < episode.score < 0.5


@needs_a_server
def test_the_model_s_failure_ends_the_episode_as_it_is(native: Server) -> None:
    """What asking raises comes out unchanged, and what was decided until then is kept."""

    class EndpointError(Exception):
        pass

    async def ask(messages: Messages) -> str:
        if "Step 3" in messages[1]["content"]:
            raise EndpointError
        return _right(messages)

    episode = Episode()
    with pytest.raises(EndpointError):
        asyncio.run(play(EMAIL, native.url, INBOX, ask, episode))
    assert episode.score == pytest.approx(3 / 8)


@needs_a_server
@pytest.mark.parametrize("difficulty", ["varied", "month"])
def test_turns_follow_the_mail(difficulty: str, native: Server) -> None:
    """At a desk of its own a model is asked once a mail, and remembers all that it decided."""
    choice = {**INBOX, "difficulty": difficulty}
    episode, asked = _played(native.url, lambda _number, messages: _right(messages), choice)
    assert len(asked) == (8 if difficulty == "varied" else pytest.approx(36, abs=4))
    assert episode.score == pytest.approx(1.0, abs=0.02)
    assert all("billing: " not in text["content"] for messages in asked for text in messages)
    last = asked[-1][-1]["content"]
    assert all(f"Step {number}: " in last for number in range(1, len(asked)))


@needs_a_server
@pytest.mark.parametrize(
    ("choice", "words"),
    [
        pytest.param({**INBOX, "index": 600}, "no number 600 in test", id="number"),
        pytest.param(
            {**INBOX, "split": "headline", "difficulty": "month"}, "no month inboxes", id="level"
        ),
        pytest.param({**INBOX, "split": "exam"}, "Unknown split 'exam'", id="split"),
        pytest.param({**INBOX, "difficulty": "odd"}, "Unknown difficulty 'odd'", id="difficulty"),
    ],
)
def test_what_the_server_refuses_is_said_in_its_words(
    choice: dict[str, Any], words: str, native: Server
) -> None:
    """An inbox that is not there is no lost server."""
    with pytest.raises(RuntimeError, match=words):
        asyncio.run(check(EMAIL, native.url, choice))


def test_no_server_names_the_remedy() -> None:
    """Whoever forgot to start one is told how."""
    with pytest.raises(NoServerError, match=r"start one with `python -m email_triage_env\.server"):
        asyncio.run(check(EMAIL, f"http://127.0.0.1:{free_port()}", INBOX))


@needs_a_server
def test_a_server_lost_on_the_way_names_the_remedy(tmp_path: Path) -> None:
    """A server that ends in the middle of an inbox ends that inbox, loudly."""
    with running_native(tmp_path / "server.log") as server:

        def answer(number: int, messages: Messages) -> str:
            if number == 2:
                stop(server.process)
            return _right(messages)

        with pytest.raises(NoServerError, match="play the task again"):
            _played(server.url, answer)


@needs_a_server
def test_a_full_server_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who finds all sessions taken gets one when it is free, and an error only in the end."""
    monkeypatch.setattr(playing, "PAUSE_SECONDS", 0.1)

    async def queued(url: str) -> int:
        taken = [EmailTriageClient(url) for _ in range(2)]
        for client in taken:
            await client.reset(**INBOX)
        waiting = [asyncio.create_task(check(EMAIL, url, INBOX)) for _ in range(4)]
        done, _ = await asyncio.wait(waiting, timeout=1.0)
        for client in taken:
            await client.close()
        await asyncio.wait_for(asyncio.gather(*waiting), timeout=30)
        return len(done)

    async def refused(url: str) -> None:
        async with EmailTriageClient(url) as first, EmailTriageClient(url) as second:
            await first.reset(**INBOX)
            await second.reset(**INBOX)
            await check(EMAIL, url, INBOX)

    with running_native(tmp_path / "server.log", {"MAX_CONCURRENT_ENVS": "2"}) as server:
        assert asyncio.run(queued(server.url)) == 0
        monkeypatch.setattr(playing, "PATIENCE_SECONDS", 0.2)
        with pytest.raises(NoServerError, match="higher MAX_CONCURRENT_ENVS"):
            asyncio.run(refused(server.url))


def test_inboxes_are_numbered_from_the_start_on() -> None:
    """Each inbox has its own number and its own name."""
    listed = choices("train", "hard", 17, 3)
    assert [playing.name_of(choice) for choice in listed] == [
        "train-hard-17", "train-hard-18", "train-hard-19",
    ]  # fmt: skip
    assert choices("train", "hard", 17, 0) == []


@pytest.mark.parametrize(
    ("text", "arguments", "said"),
    [
        pytest.param("an answer", [], "an answer", id="text"),
        pytest.param("", ['{"label": "spam"}'], '{"label": "spam"}', id="call"),
        pytest.param(
            "Well,", [{"label": "spam"}, None], 'Well,\n{"label": "spam"}', id="read-call"
        ),
        pytest.param("", [{}, ""], "", id="empty-calls"),
    ],
)
def test_calls_are_read_as_text(text: str, arguments: list[object], said: str) -> None:
    """A model that answers by a tool that it was not given is read all the same."""
    assert playing.reply_text(text, arguments) == said


@pytest.mark.parametrize(
    "path", sorted((ROOT / "adapters").glob("*.py")), ids=lambda path: path.name
)
def test_adapters_stand_on_the_client_side(path: Path) -> None:
    """No module imports a server, an answer, a grader or a tool."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {
        node.module if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert not {str(name).split(".")[0] for name in found} & FOREIGN
    assert not any(str(name).startswith(SERVERS) for name in found)


def test_playing_loads_no_server() -> None:
    """What is imported on the way is none of it, either."""
    code = "import sys, adapters.sides; print(*sys.modules)"
    result = subprocess.run(  # noqa: S603 # our own code
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120,
        check=True,
    )  # fmt: skip
    loaded = set(result.stdout.split())
    assert {"email_triage_env.client", "python_env.client"} <= loaded
    assert not FOREIGN & loaded
    assert not any(name.startswith(SERVERS) for name in loaded)
