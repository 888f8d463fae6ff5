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
from training.rewards import WEIGHTS, parts_of
from training.texts import INBOX_DONE
from training.triage_tool import (
    CURRICULUM,
    InboxTool,
    TriageTool,
    brief_of,
    close,
    is_finished,
    reward_functions,
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
    monkeypatch.setenv("ENV_URL", native.url)
    monkeypatch.delenv("ENV_DIFFICULTY", raising=False)
    made = TriageTool()
    yield made
    close(made)


def test_one_function_is_offered(tool: TriageTool) -> None:
    """Every public method becomes a tool but `reset` and `get_reward`, so there is one more."""
    for kind, reserved in ((TriageTool, {"reset", "get_reward"}), (InboxTool, {"reset"})):
        methods = inspect.getmembers(kind, predicate=inspect.isfunction)
        assert {name for name, _ in methods if name[0] != "_"} == {*reserved, "triage"}
    parameters = get_json_schema(tool.triage)["function"]["parameters"]
    assert parameters["required"] == ["label", "route_to", "summary"]
    assert {field["type"] for field in parameters["properties"].values()} == {"string"}


def test_probing_connects_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The trainer makes an instance only to look at it; a server is needed by `reset`."""
    monkeypatch.setenv("ENV_URL", f"http://127.0.0.1:{free_port()}")
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


def test_the_reward_is_the_weighted_sum(tool: TriageTool) -> None:
    """What the trainer asks for is what the parts amount to; nothing done earns nothing."""
    assert tool.get_reward() == 0.0
    tool.reset(**ROW)
    assert tool.get_reward() == 0.0
    tool.triage(**ACTION)
    parts = [function(environments=[tool])[0] for function in reward_functions()]
    weighed = sum(weight * part for weight, part in zip(WEIGHTS.values(), parts, strict=True))
    assert tool.get_reward() == pytest.approx(weighed)
    assert weighed > 0
    tool._client.disconnect()
    with pytest.raises(LostEpisodeError):
        tool.triage(**ACTION)
    with pytest.raises(LostEpisodeError, match="same command again"):
        tool.get_reward()


def test_without_rows_all_tools_play_the_same_inboxes(
    native: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rollouts are compared with each other, so each reset opens the next inbox in all of them."""
    monkeypatch.setenv("ENV_URL", native.url)
    monkeypatch.setenv("ENV_DIFFICULTY", "hard")
    tools = [TriageTool() for _ in range(2)]
    # What was set later is for others.
    monkeypatch.setenv("ENV_URL", f"http://127.0.0.1:{free_port()}")
    monkeypatch.delenv("ENV_DIFFICULTY")
    for number in range(2):
        for made in tools:
            assert f"task train-hard-{number}\n" in made.reset(prompt=[])
    for made in tools:
        close(made)


def test_the_curriculum_chooses_where_the_row_says_so(native: Server) -> None:
    """A row's own difficulty holds; `curriculum` asks what the run is at."""
    curriculum = Curriculum()
    tool = InboxTool(native.url, curriculum.difficulty_of)
    assert "task train-easy-1\n" in tool.reset(split="train", difficulty=CURRICULUM, index=1)
    curriculum.observe([1.0] * 10)
    assert "task train-medium-1\n" in tool.reset(split="train", difficulty=CURRICULUM, index=1)
    assert "task train-easy-3\n" in tool.reset(**ROW)
    assert "task test-hard-5\n" in tool.reset(split="test", difficulty="hard", seed=5)
    close(tool)


@pytest.mark.parametrize("difficulty", ["varied", "month"])
def test_a_desk_of_its_own_is_opened_with_its_policy(native: Server, difficulty: str) -> None:
    """What the model reads names that desk's teams, and one of them is a valid answer."""
    tool = TriageTool(native.url)
    shown = tool.reset(split="train", difficulty=difficulty, index=2)
    teams = brief_of(tool)["teams"]
    assert "billing" not in teams
    assert all(f"\n{team}: " in shown for team in teams)
    assert "Email 2" in tool.triage(label="normal", route_to=next(iter(teams)), summary="A note.")
    assert "error" not in steps_of(tool)[0].info
    close(tool)
