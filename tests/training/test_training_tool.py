"""The trainer's tool is one inbox, offers one function, and costs what the environment costs."""

import inspect
from collections.abc import Iterator
from typing import Any, Final

import pytest

pytest.importorskip("trl", reason="training has an environment of its own; see README")

from transformers.utils import get_json_schema

from email_triage_env import EmailTriageClient
from processes import Server, free_port
from tools.episodes.playing import Answer, LostEpisodeError, play_all
from training.language.curriculum import Curriculum
from training.rewards import WEIGHTS, parts_of, reward_functions
from training.triage_tool import (
    CURRICULUM,
    INBOX_DONE,
    TriageTool,
    brief_of,
    is_finished,
    steps_of,
)

ROW: Final[dict[str, Any]] = {"split": "train", "difficulty": "easy", "index": 3}
ACTION: Final = {
    "label": "urgent",
    "route_to": "dispatch",
    "summary": "Somebody on the road asks us for help before tonight.",
}
EMAILS: Final = 8


@pytest.fixture
def tool(native: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[TriageTool]:
    """Return a tool of the running server."""
    monkeypatch.setattr(TriageTool, "url", native.url)
    monkeypatch.setattr(TriageTool, "difficulty_of", None)
    made = TriageTool()
    yield made
    if made._client is not None:
        made._client.close()


def test_one_function_is_offered(tool: TriageTool) -> None:
    """Every public method becomes a tool, so there is `reset` and one more, with a schema."""
    methods = inspect.getmembers(TriageTool, predicate=inspect.isfunction)
    assert {name for name, _ in methods if name[0] != "_"} == {"reset", "triage"}
    parameters = get_json_schema(tool.triage)["function"]["parameters"]
    assert parameters["required"] == ["label", "route_to", "summary"]
    assert {field["type"] for field in parameters["properties"].values()} == {"string"}


def test_probing_connects_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The trainer makes an instance only to look at it; a server is needed by `reset`."""
    monkeypatch.setattr(TriageTool, "url", f"http://127.0.0.1:{free_port()}")
    probed = TriageTool()
    with pytest.raises(LostEpisodeError, match="python -m email_triage_env"):
        probed.reset(**ROW)


def test_an_inbox_is_worked_to_its_end(tool: TriageTool, native: Server) -> None:
    """The policy comes with the first email, then one email a call, and never a reward."""
    texts = [tool.reset(prompt=[], **ROW)]
    texts += [tool.triage(**ACTION) for _ in range(EMAILS)]
    assert "Rule 1. urgent" in texts[0]
    assert "Email 1, task train-easy-3\nFrom: " in texts[0]
    assert [text.startswith("Email ") for text in texts[1:-1]] == [True] * (EMAILS - 1)
    assert texts[-1] == INBOX_DONE == tool.triage(**ACTION)
    assert not any(word in text for text in texts[1:] for word in ("reward", "score"))
    (episode,) = play_all(EmailTriageClient, native.url, lambda *_: Answer("", ACTION), [ROW])
    assert is_finished(tool)
    assert [step.reward for step in steps_of(tool)] == [step.reward for step in episode.steps]
    assert parts_of(brief_of(tool), steps_of(tool)) == parts_of(episode.brief, episode.steps)


def test_reward_functions_read_the_tool(tool: TriageTool) -> None:
    """Each part has a function of its name; an email that was not handled counts 0."""
    tool.reset(**ROW)
    functions = reward_functions()
    assert [function.__name__ for function in functions] == list(WEIGHTS)
    assert [function(environments=[tool], prompts=[]) for function in functions] == [[0.0]] * 4
    tool.triage(**ACTION)
    rewards = [function(environments=[tool])[0] for function in functions]
    assert rewards == list(parts_of(brief_of(tool), steps_of(tool)))
    assert 0 < max(rewards) <= 1 / EMAILS


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param({"label": "urgent"}, id="missing"),
        pytest.param({**ACTION, "label": "Urgent!"}, id="no-label"),
        pytest.param({**ACTION, "reason": "invented"}, id="invented"),
        pytest.param({**ACTION, "summary": 17}, id="wrong-type"),
    ],
)
def test_invalid_arguments_cost_a_step(tool: TriageTool, arguments: dict[str, str]) -> None:
    """They decide nothing, so the same email is shown again, after the reason."""
    opening = tool.reset(**ROW)
    answer = tool.triage(**arguments)
    assert answer.startswith("Invalid action")
    assert answer.partition("\nFrom: ")[2] == opening.partition("\nFrom: ")[2]
    (step,) = steps_of(tool)
    assert step.reward == 0.0
    assert "error" in step.info


def test_a_lost_connection_is_no_low_reward(tool: TriageTool) -> None:
    """The client opens a new session without a word; the rollout fails all the same."""
    tool.reset(**ROW)
    tool.triage(**ACTION)
    tool._client.disconnect()
    with pytest.raises(LostEpisodeError, match="No episode is open"):
        tool.triage(**ACTION)
    with pytest.raises(LostEpisodeError, match="same command again"):
        reward_functions()[0](environments=[tool])
    tool.reset(**ROW)
    assert steps_of(tool) == ()


def test_the_curriculum_chooses_where_the_row_says_so(
    tool: TriageTool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row's own difficulty holds; `curriculum` asks what the run is at."""
    curriculum = Curriculum()
    monkeypatch.setattr(TriageTool, "difficulty_of", curriculum.difficulty_of)
    assert "task train-easy-1\n" in tool.reset(split="train", difficulty=CURRICULUM, index=1)
    curriculum.observe([1.0] * 10)
    assert "task train-medium-1\n" in tool.reset(split="train", difficulty=CURRICULUM, index=1)
    assert "task train-easy-3\n" in tool.reset(**ROW)
    assert "task test-hard-5\n" in tool.reset(split="test", difficulty="hard", seed=5)
