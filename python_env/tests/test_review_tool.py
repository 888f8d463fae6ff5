"""The tools of TRL's trainer are one review, offer the four operations, and cost what they cost."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest

from python_env.actions import FIELDS, MAX_STEPS, OPERATIONS
from python_env.review_tool import REVIEW_DONE, LostReviewError, ReviewTool, close
from python_env.tests.playing import FOLDER, defective, finding, free_port, patch, running

VERDICT = {"verdict": "request_changes"}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Return the address of a running server."""
    with running(FOLDER, "server.app") as (url, _):
        yield url


@pytest.fixture
def tool(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReviewTool]:
    """Return the tools of one rollout."""
    monkeypatch.setenv("ENV_URL", server)
    monkeypatch.delenv("ENV_DIFFICULTY", raising=False)
    made = ReviewTool()
    yield made
    close(made)


def fields(action: dict[str, Any]) -> dict[str, Any]:
    """Return an action as the arguments of its tool."""
    return {name: value for name, value in action.items() if name != "operation"}


def test_the_four_operations_are_offered() -> None:
    """Each has its fields as parameters, in order, with a type and a line of text."""
    methods = inspect.getmembers(ReviewTool, predicate=inspect.isfunction)
    offered = {name for name, _ in methods if name[0] != "_"}
    assert offered == {"reset", "get_reward", *OPERATIONS}
    for operation, (needed, optional) in FIELDS.items():
        method = getattr(ReviewTool, operation)
        parameters = list(inspect.signature(method).parameters.values())[1:]
        assert [one.name for one in parameters] == [*needed, *optional]
        assert all(one.annotation in (str, int) for one in parameters)
        assert {one.name for one in parameters if one.default == ""} == {*optional}
        assert all(f"    {one.name}: " in method.__doc__ for one in parameters)


def test_schemas_can_be_made() -> None:
    """What the trainer shows a model of each tool, it can make."""
    utils = pytest.importorskip("transformers.utils", reason="it is in the training's environment")
    tool = ReviewTool()
    for operation, (needed, optional) in FIELDS.items():
        schema = utils.get_json_schema(getattr(tool, operation))["function"]
        assert schema["name"] == operation
        assert list(schema["parameters"]["properties"]) == [*needed, *optional]
        assert schema["parameters"]["required"] == list(needed)


def test_probing_connects_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The trainer makes an instance only to look at it; a server is needed by `reset`."""
    monkeypatch.setenv("ENV_URL", f"http://127.0.0.1:{free_port()}")
    tool = ReviewTool()
    assert tool.get_reward() == 0.0
    assert tool.finalize(**VERDICT) == REVIEW_DONE
    with pytest.raises(LostReviewError, match=r"python -m python_env\.server\.app"):
        tool.reset()


def test_a_review_is_played(tool: ReviewTool) -> None:
    """Each tool says what came of it and what is left; the score is the reward."""
    task_id = defective()
    opening = tool.reset(task_id=task_id, prompt=[{"role": "user", "content": ""}])
    assert f"Review {task_id}:" in opening
    assert " 1 | " in opening
    assert "Here each operation is a tool" in opening
    assert "off-by-one (correctness" in opening
    assert opening.endswith("Left: 16 steps, 8 findings, 3 hints, 3 patches.")
    assert tool.get_reward() == 0.0
    found = tool.add_finding(**fields(finding(task_id)), recommendation="", reproduction="")
    assert found == "The finding is right. Left: 15 steps, 7 findings, 3 hints, 3 patches."
    assert tool.get_reward() == 0.45
    mended = tool.submit_patch(**fields(patch(task_id)))
    assert "mends 1 of the 1 defects" in mended
    assert tool.finalize(**VERDICT) == f"The review is over. {REVIEW_DONE}"
    assert tool.get_reward() == 0.9
    assert tool.add_finding(**fields(finding(task_id))) == REVIEW_DONE
    assert tool.get_reward() == 0.9


def test_what_models_often_get_wrong_is_put_right(tool: ReviewTool) -> None:
    """Numbers may be texts, a patch may be fenced, and a tag in it is code."""
    task_id = defective()
    tool.reset(task_id=task_id)
    said = fields(finding(task_id))
    texts = {name: str(said[name]) for name in ("first_line", "last_line")}
    assert "The finding is right." in tool.add_finding(**{**said, **texts, "reproduction": None})
    code = f"{fields(patch(task_id))['patch']}\n\nTAGS = '<think>no</think>'\n"
    assert "mends 1 of the 1 defects" in tool.submit_patch(patch=f"```python\n{code}```")
    sent = tool._client.state().action_history[-1]["patch"]
    assert sent == code


@pytest.mark.parametrize(
    ("operation", "arguments", "words"),
    [
        pytest.param("add_finding", {"kind": "bug"}, "needs severity", id="missing"),
        pytest.param("add_finding", {}, "needs kind", id="nothing"),
        pytest.param("finalize", {"verdict": "fine"}, "verdict: ", id="value"),
        pytest.param("finalize", {"verdict": "approve", "why": 1}, "why: ", id="invented"),
        pytest.param("finalize", {"verdict": "approve", "self": 1}, "self: ", id="self"),
        pytest.param("request_hint", {"slot": "one", "level": 1}, "slot: ", id="no-number"),
        pytest.param("submit_patch", {"patch": ["def f(): ..."]}, "patch: ", id="list"),
        pytest.param("submit_patch", {"patch": "\ud800"}, "", id="half-a-character"),
        pytest.param("request_hint", {"slot": float("nan"), "level": 1}, "", id="nan"),
        pytest.param("submit_patch", {"patch": "x" * 30_000}, "patch: ", id="long"),
        pytest.param("finalize", {"operation": "add_finding"}, "needs verdict", id="another"),
    ],
)
def test_what_is_no_operation_costs_a_step(
    operation: str, arguments: dict[str, Any], words: str, tool: ReviewTool
) -> None:
    """The environment says what is wrong, and the rollout goes on."""
    tool.reset(task_id=defective())
    told = getattr(tool, operation)(**arguments)
    assert words in told
    assert f"Left: {MAX_STEPS - 1} steps" in told
    assert "slot" not in tool.request_hint(slot=1, level=1)


def test_steps_end_a_review(tool: ReviewTool) -> None:
    """Whoever never finalizes hears when it is over."""
    tool.reset()
    for _ in range(MAX_STEPS - 1):
        assert REVIEW_DONE not in tool.request_hint(slot=9, level=1)
    assert REVIEW_DONE in tool.request_hint(slot=9, level=1)
    assert tool.get_reward() == 0.0


def test_resets_go_through_the_tasks(tool: ReviewTool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rollouts without a row's choice play the same tasks in the same order; a row goes first."""
    other = ReviewTool()
    ids = [_id(tool.reset()) for _ in range(3)]
    assert ids == [_id(other.reset()) for _ in range(3)] == [
        "train-easy-0", "train-medium-0", "train-hard-0",
    ]  # fmt: skip
    assert _id(tool.reset(split="test", index=4, difficulty="hard")) == "test-hard-4"
    assert _id(tool.reset(seed=7)) == _id(other.reset(seed=7))
    close(other)
    monkeypatch.setenv("ENV_DIFFICULTY", "hard")
    hard = ReviewTool()
    assert _id(hard.reset(index=2)) == "train-hard-2"
    assert _id(hard.reset(task_id="test-easy-1")) == "test-easy-1"
    assert _id(hard.reset(index=2, difficulty="easy")) == "train-easy-2"
    close(hard)


def test_a_refusal_leaves_the_tool_usable(tool: ReviewTool) -> None:
    """What the server says is said, and the next row is played."""
    with pytest.raises(LostReviewError, match="exam"):
        tool.reset(split="exam")
    assert _id(tool.reset()) == "train-medium-0"


def test_a_lost_server_is_no_low_reward(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rollout whose connection was lost has none, until it begins again."""
    with running(FOLDER, "server.app") as (url, _):
        monkeypatch.setenv("ENV_URL", url)
        tool = ReviewTool()
        tool.reset()
    with pytest.raises(LostReviewError):
        tool.finalize(**VERDICT)
    with pytest.raises(LostReviewError, match="ENV_URL"):
        tool.get_reward()
    assert tool.finalize(**VERDICT) == REVIEW_DONE
    close(tool)


def _id(opening: str) -> str:
    return opening.partition("\nReview ")[2].partition(":")[0]
