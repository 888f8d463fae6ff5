"""The taskset in verifiers' own evaluation, against a scripted endpoint and a real server."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pytest

pytest.importorskip("verifiers", reason="verifiers has an environment of its own; see README")

from scripted_endpoint import KEY, MODEL, Answer, answering, completion, decision, right
from server_python import needs_a_server
from verifiers.v1.cli.eval.runner import run_eval
from verifiers.v1.configs.cli.eval import EvalConfig

import adapters
from adapters import verifiers_playing, verifiers_report
from adapters.sides import EMAIL
from processes import Server, free_port, running_native, stop

TASKSET = "verifiers-tasksets"


class Evaluate(Protocol):
    """Evaluate a scripted model."""

    def __call__(self, answer: Answer, *, url: str = "", **options: object) -> list[Any]:
        """Return the episodes; options are of the run, or of the taskset if it has them."""
        ...


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where a run is written."""
    return tmp_path / "outputs" / "run"


@pytest.fixture
def evaluate(folder: Path, monkeypatch: pytest.MonkeyPatch, native: Server) -> Evaluate:
    """Return a way to run what `vf-eval` runs, in this process."""
    # As PYTHONPATH=.:adapters does.
    monkeypatch.syspath_prepend(str(Path(str(adapters.__file__)).parent))
    monkeypatch.setattr(verifiers_playing, "MAX_RETRIES", 2)
    monkeypatch.setenv("SCRIPTED_KEY", KEY)

    def run(answer: Answer, *, url: str = "", **options: object) -> list[Any]:
        taskset: dict[str, object] = {
            "id": TASKSET,
            "url": url or native.url,
            "difficulty": "hard",
            "num_tasks": 3,
        }
        taskset |= {name: options.pop(name) for name in ("split", "start") if name in options}
        environment = {"taskset": taskset, "agent": options.pop("agent", {})}
        with answering(answer) as endpoint:
            config = EvalConfig.model_validate(
                {
                    "env": environment,
                    "model": MODEL, "push": False, "rich": None,
                    "client": {"base_url": endpoint.url, "api_key_var": "SCRIPTED_KEY"},
                    "output_dir": folder.parent, "run": {"name": folder.name}, **options,
                }
            )  # fmt: skip
            return asyncio.run(run_eval(config))

    return run


def _scores(episodes: list[Any]) -> list[float]:
    return [episode.traces[0].rewards["episode_score"].score for episode in episodes]


@needs_a_server
def test_a_right_model_scores_one(evaluate: Evaluate) -> None:
    """Score and metrics stand in each trace, with a branch for each email."""
    episodes = evaluate(right)
    assert _scores(episodes) == [1.0] * 3
    for episode in episodes:
        trace = episode.traces[0]
        assert episode.ok
        assert tuple(trace.metrics) == EMAIL.metrics()
        assert (trace.num_turns, trace.num_branches) == (8, 8)
        assert [message.role for message in trace.messages] == ["system", "user", "assistant"]
        assert trace.calls[0].sampling.temperature == 0.2
        assert trace.calls[0].sampling.max_tokens == 200


@needs_a_server
def test_sampling_of_the_run_goes_first(evaluate: Evaluate) -> None:
    """A model that thinks can be given more tokens."""
    episodes = evaluate(right, sampling={"max_tokens": 4000})
    sampling = episodes[0].traces[0].calls[0].sampling
    assert (sampling.max_tokens, sampling.temperature) == (4000, 0.2)


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
        pytest.param(lambda _body: (200, "<html>gateway</html>"), 0, id="html"),
        pytest.param(lambda _body: (400, '{"error": {"message": "not this"}}'), 1, id="moderated"),
    ],
)
def test_a_bad_reply_costs_at_most_a_step(
    bad: Callable[[dict[str, Any]], tuple[int, str]], unreadable: int, evaluate: Evaluate
) -> None:
    """What cannot be read is counted and made up for; what is only late is neither."""

    def answer(number: int, body: dict[str, Any]) -> tuple[int, str]:
        return bad(body) if number == 2 else right(number, body)

    episodes = evaluate(answer, max_concurrent=1)
    assert _scores(episodes) == [1.0] * 3
    counted = [episode.traces[0].metrics["unreadable"] for episode in episodes]
    assert counted == [unreadable, 0, 0]


def _call(arguments: str) -> tuple[int, str]:
    call = {"id": "a", "type": "function", "function": {"name": "f", "arguments": arguments}}
    return 200, completion(None, "tool_calls", tool_calls=[call])


@needs_a_server
@pytest.mark.parametrize(
    ("reply", "words"),
    [
        pytest.param((401, '{"error": {"message": "wrong key"}}'), "401", id="wrong-key"),
        pytest.param((400, '{"error": {"message": "no such setting"}}'), "setting", id="setting"),
        pytest.param(
            (200, completion([{"type": "text", "text": "{}"}])), "malformed", id="content-list"
        ),
    ],
)
def test_an_inbox_that_cannot_be_asked_about_has_no_score(
    reply: tuple[int, str], words: str, evaluate: Evaluate, folder: Path
) -> None:
    """The run goes on with the next inbox, and the report says why one is missing."""

    def answer(number: int, body: dict[str, Any]) -> tuple[int, str]:
        hard = "task test-hard-1\n" in str(body["messages"][-1]["content"])
        return reply if hard else right(number, body)

    episodes = evaluate(answer)
    assert sorted(episode.ok for episode in episodes) == [False, True, True]
    run = verifiers_report.read(folder)
    assert [numbers["episode_score"] for _, numbers in run.scored] == [1.0, 1.0]
    assert len(run.errors) == 1
    assert words in next(iter(run.errors))


@needs_a_server
def test_limits_of_the_run_keep_what_was_decided(evaluate: Evaluate, folder: Path) -> None:
    """An episode that may ask four times only is worth four emails of eight."""
    episodes = evaluate(right, agent={"max_turns": 4})
    assert _scores(episodes) == [0.5] * 3
    assert {episode.traces[0].stop_condition for episode in episodes} == {"max_turns"}
    assert len(verifiers_report.read(folder).scored) == 3


@needs_a_server
@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param({"url": f"http://127.0.0.1:{free_port()}"}, "start one with", id="no-server"),
        pytest.param({"start": 598}, "no number 600 in test", id="too-many"),
        pytest.param({"split": "exam"}, "Unknown split 'exam'", id="split"),
    ],
)
def test_nothing_is_asked_where_nothing_can_be_played(
    options: dict[str, Any], words: str, evaluate: Evaluate
) -> None:
    """The run ends before it begins, with a sentence and no traceback."""
    asked: list[int] = []

    def answer(number: int, body: dict[str, Any]) -> tuple[int, str]:
        asked.append(number)
        return right(number, body)

    with pytest.raises(SystemExit, match=words):
        evaluate(answer, **options)
    assert asked == []


@needs_a_server
def test_a_lost_server_costs_its_inboxes_only(
    evaluate: Evaluate, folder: Path, tmp_path: Path
) -> None:
    """The run ends by itself, and the report names the remedy."""
    with running_native(tmp_path / "server.log") as server:

        def answer(number: int, body: dict[str, Any]) -> tuple[int, str]:
            if number == 11:
                stop(server.process)
            return right(number, body)

        episodes = evaluate(answer, url=server.url, max_concurrent=1)
    assert [episode.ok for episode in episodes] == [True, False, False]
    report = "\n".join(verifiers_report.lines(verifiers_report.read(folder)))
    assert report.startswith("1 tasks, 1 episodes, 2 more without a score\n")
    assert report.count("start one with `python -m email_triage_env.server.app`") == 2


def test_the_report_reads_what_a_killed_run_left(folder: Path) -> None:
    """A line that was cut off in the middle is an episode without a score."""
    folder.mkdir(parents=True)
    (folder / verifiers_report.TRACES).write_text('{"ok": true, "tra\n', encoding="utf-8")
    run = verifiers_report.read(folder)
    assert run.scored == []
    assert run.errors.total() == 1
    assert verifiers_report.main([str(folder)]) == 1


def test_the_report_refuses_what_is_no_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder without traces is named, and what to do."""
    with pytest.raises(SystemExit) as ended:
        verifiers_report.main([str(tmp_path / "nowhere")])
    assert ended.value.code == 2
    assert "holds no run of vf-eval" in capsys.readouterr().err
