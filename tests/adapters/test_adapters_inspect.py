"""The task in Inspect's own evaluation, against a scripted endpoint and a real server."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Protocol

import pytest

pytest.importorskip("inspect_ai", reason="Inspect has an environment of its own; see README")

import inspect_ai
from inspect_ai.model import get_model
from scripted_endpoint import KEY, MODEL, Answer, answering, completion, decision, right
from server_python import needs_a_server

from adapters.inspect_tasks import email_triage
from adapters.sides import EMAIL
from processes import Server, free_port, running_native, stop

# Inspect uses what its own libraries have deprecated, and leaves streams of theirs open.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

RETRIES: Final = 2


class Evaluate(Protocol):
    """Evaluate a scripted model."""

    def __call__(self, answer: Answer, *, url: str = "", **options: object) -> Any:  # noqa: ANN401
        """Return the log; options are of the run, or of the task if it has them."""
        ...


@pytest.fixture
def evaluate(tmp_path: Path, native: Server) -> Evaluate:
    """Return a way to run what `inspect eval` runs, in this process."""

    def run(answer: Answer, *, url: str = "", **options: object) -> Any:  # noqa: ANN401
        chosen: dict[str, Any] = {"difficulty": "hard", "limit": 3}
        chosen |= {name: options.pop(name) for name in ("split", "start") if name in options}
        with answering(answer) as endpoint:
            model = get_model(
                f"openai-api/scripted/{MODEL}", base_url=endpoint.url, api_key=KEY, memoize=False
            )
            settings = {"max_retries": RETRIES, "max_samples": 1, **options}
            return inspect_ai.eval(
                email_triage(url=url or native.url, **chosen),
                model=model, log_dir=str(tmp_path / "logs"), display="none", **settings,
            )[0]  # fmt: skip

    return run


def _values(log: Any) -> list[dict[str, float]]:  # noqa: ANN401
    scored = (sample for sample in log.samples if not sample.error)
    return [dict(sample.scores["episode_scorer"].value) for sample in scored]


def _metrics(log: Any) -> dict[str, dict[str, float]]:  # noqa: ANN401
    return {
        score.name: {name: metric.value for name, metric in score.metrics.items()}
        for score in log.results.scores
    }


@needs_a_server
def test_a_right_model_scores_one(evaluate: Evaluate) -> None:
    """Score, interval and components are in the results, and the log can be read."""
    log = evaluate(right)
    assert log.status == "success"
    assert log.eval.task_version == EMAIL.version
    assert [value["episode_score"] for value in _values(log)] == [1.0] * 3
    metrics = _metrics(log)
    assert tuple(metrics) == ("episode_score", *EMAIL.metrics())
    assert metrics["episode_score"] == {
        "mean": 1.0, "stderr": 0.0, "interval_95_lower": 1.0, "interval_95_upper": 1.0,
    }  # fmt: skip
    sample = log.samples[0]
    roles = [message.role for message in sample.messages]
    assert roles == ["system", *["user", "assistant"] * 8]
    asked = [event for event in sample.events if event.event == "model"]
    assert [[line.role for line in event.input] for event in asked] == [["system", "user"]] * 8
    assert (asked[0].config.temperature, asked[0].config.max_tokens) == (0.2, 200)


@needs_a_server
def test_results_are_means_over_inboxes_and_epochs(evaluate: Evaluate) -> None:
    """An inbox played twice counts as one for the interval, and as two for the mean."""

    def answer(number: int, body: dict[str, Any]) -> tuple[int, str]:
        shown = str(body["messages"][-1]["content"])
        return (200, completion("")) if "task test-hard-0\n" in shown else right(number, body)

    log = evaluate(answer, epochs=2)
    score = _metrics(log)["episode_score"]
    assert score["mean"] == pytest.approx(2 / 3)
    assert score["stderr"] == pytest.approx(1 / 3)
    assert 0.0 <= score["interval_95_lower"] < score["mean"] < score["interval_95_upper"] <= 1.0
    assert _metrics(log)["unreadable"]["average"] == pytest.approx(10 / 3)


@needs_a_server
@pytest.mark.parametrize(
    ("bad", "unreadable"),
    [
        pytest.param(lambda _body: (200, completion("It is urgent.")), 1, id="prose"),
        pytest.param(lambda _body: (200, completion("")), 1, id="empty"),
        pytest.param(lambda _body: (200, completion(None)), 1, id="null"),
        pytest.param(lambda _body: (200, completion(None, refusal="I cannot.")), 1, id="refusal"),
        pytest.param(lambda _body: (200, completion('{"label": "ur', "length")), 1, id="cut-off"),
        pytest.param(lambda body: _call(json.dumps(decision(body))), 0, id="tool-call"),
        pytest.param(lambda _body: _call("{broken"), 1, id="broken-tool-call"),
        pytest.param(lambda _body: (429, '{"error": {"message": "slow down"}}'), 0, id="429"),
        pytest.param(lambda _body: (500, "oops"), 0, id="500"),
        pytest.param(lambda _body: (400, _moderated()), 1, id="moderated"),
    ],
)
def test_a_bad_reply_costs_at_most_a_step(
    bad: Callable[[dict[str, Any]], tuple[int, str]], unreadable: int, evaluate: Evaluate
) -> None:
    """What cannot be read is counted and made up for; what is only late is neither."""

    def answer(number: int, body: dict[str, Any]) -> tuple[int, str]:
        return bad(body) if number == 2 else right(number, body)

    values = _values(evaluate(answer))
    assert [value["episode_score"] for value in values] == [1.0] * 3
    assert [value["unreadable"] for value in values] == [unreadable, 0, 0]


def _call(arguments: str) -> tuple[int, str]:
    call = {"id": "a", "type": "function", "function": {"name": "f", "arguments": arguments}}
    return 200, completion(None, "tool_calls", tool_calls=[call])


def _moderated() -> str:
    return json.dumps({"error": {"message": "not this", "code": "content_filter"}})


@needs_a_server
@pytest.mark.parametrize(
    "reply",
    [
        pytest.param((401, '{"error": {"message": "wrong key"}}'), id="wrong-key"),
        pytest.param((400, '{"error": {"message": "no such setting"}}'), id="setting"),
        pytest.param((500, "oops"), id="down"),
        pytest.param((200, "<html>gateway</html>"), id="html"),
        pytest.param((200, completion([{"type": "text", "text": "{}"}])), id="content-list"),
    ],
)
@pytest.mark.parametrize(("inboxes", "status"), [(1, "success"), (2, "error")])
def test_an_inbox_that_cannot_be_asked_about_has_no_score(
    reply: tuple[int, str], inboxes: int, status: str, evaluate: Evaluate
) -> None:
    """The run goes on to the last inbox; it is no result when most of them failed."""

    def answer(number: int, body: dict[str, Any]) -> tuple[int, str]:
        shown = str(body["messages"][-1]["content"])
        failing = any(f"task test-hard-{i}\n" in shown for i in range(inboxes))
        return reply if failing else right(number, body)

    log = evaluate(answer, max_retries=0)
    assert log.status == status
    assert [bool(sample.error) for sample in log.samples] == [i < inboxes for i in range(3)]
    assert {value["episode_score"] for value in _values(log)} == {1.0}


@needs_a_server
def test_limits_of_the_run_keep_what_was_decided(evaluate: Evaluate) -> None:
    """An episode that may ask four times only is worth four emails of eight."""
    log = evaluate(right, turn_limit=4)
    assert [value["episode_score"] for value in _values(log)] == [0.5] * 3
    assert {sample.limit.type for sample in log.samples} == {"turn"}


@needs_a_server
def test_no_server_is_an_error_that_names_the_remedy(evaluate: Evaluate) -> None:
    """Without a server nothing is asked, and each sample says how to start one."""
    log = evaluate(right, url=f"http://127.0.0.1:{free_port()}")
    assert log.status == "error"
    assert [event for event in log.samples[0].events if event.event == "model"] == []
    assert "start one with `python -m email_triage_env.server.app`" in log.samples[0].error.message


@needs_a_server
def test_an_inbox_that_is_not_there_is_said_by_the_server(evaluate: Evaluate) -> None:
    """Whoever asks for more than there is reads how many there are."""
    log = evaluate(right, start=598)
    messages = [sample.error.message if sample.error else "" for sample in log.samples]
    assert [bool(message) for message in messages] == [True, True, True]
    assert "choose one from 0 to 199" in messages[0]


@needs_a_server
def test_a_lost_server_costs_its_inboxes_only(evaluate: Evaluate, tmp_path: Path) -> None:
    """What was played before keeps its score."""
    with running_native(tmp_path / "server.log") as server:

        def answer(number: int, body: dict[str, Any]) -> tuple[int, str]:
            if number == 11:
                stop(server.process)
            return right(number, body)

        log = evaluate(answer, url=server.url)
    assert [value["episode_score"] for value in _values(log)] == [1.0]
    assert "play the task again" in log.samples[1].error.message
