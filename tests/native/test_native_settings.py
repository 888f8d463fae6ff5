"""What the variables of the environment change about a server."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("openenv", reason="openenv has an environment of its own; see README")

from websockets.exceptions import ConnectionClosed

from email_triage_env import EmailTriageClient
from email_triage_env.server import app as native_app
from email_triage_env.server.settings import SettingError, whole_number
from processes import running_native
from quality.search import key_actions
from tasks import TASKS

# Several times as long as a client may be silent where both settings are one second.
SILENT_SECONDS = 5.0
PINGS = ("WS_PING_INTERVAL_SECONDS", "WS_PING_TIMEOUT_SECONDS")


async def play_with_a_pause(url: str) -> float:
    """Play an episode, and in its middle let no event loop run, as a long generation does."""
    async with EmailTriageClient(url) as client:
        result = await client.reset(task_id="task_easy")
        for i, action in enumerate(key_actions(TASKS["task_easy"])):
            if i == 1:
                time.sleep(SILENT_SECONDS)
            result = await client.step(action)
        return float(result.metadata["episode_score"])


def test_a_client_that_is_silent_for_long_is_closed(tmp_path: Path) -> None:
    """Who answers no ping in time has lost the session."""
    with (
        running_native(tmp_path / "server.log", dict.fromkeys(PINGS, "1")) as server,
        pytest.raises((ConnectionClosed, RuntimeError), match=r"ping timeout|connection was lost"),
    ):
        asyncio.run(play_with_a_pause(server.url))


def test_a_client_may_be_silent_for_minutes(tmp_path: Path) -> None:
    """By default a client that leaves pings unanswered for a while plays on."""
    with running_native(tmp_path / "server.log", {PINGS[0]: "1"}) as server:
        assert asyncio.run(play_with_a_pause(server.url)) == 1.0


@pytest.fixture
def flags(monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, Any]]:
    """Return a function that returns what `main` tells uvicorn."""

    def told() -> dict[str, Any]:
        given: dict[str, Any] = {}
        monkeypatch.setattr("uvicorn.run", lambda _app, **options: given.update(options))
        native_app.main()
        return given

    return told


def test_defaults(flags: Callable[[], dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any variable the server listens on port 8000 of every address, patiently."""
    for name in ("HOST", "PORT", *PINGS):
        monkeypatch.delenv(name, raising=False)
    given = flags()
    assert (given["host"], given["port"]) == ("0.0.0.0", 8000)  # noqa: S104 # the default
    assert given["ws_per_message_deflate"] is False
    assert (given["ws_ping_interval"], given["ws_ping_timeout"]) == (300.0, 300.0)


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "x", " 7", "٣", "1e3", "\n"])
def test_a_setting_that_is_no_number_says_so(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the variable and what it should hold; the empty one is the default."""
    monkeypatch.setenv("PORT", value)
    with pytest.raises(SettingError, match=r"PORT is .*; set it to a whole number from 1"):
        whole_number("PORT", 8000)
    monkeypatch.setenv("PORT", "")
    assert whole_number("PORT", 8000) == 8000
