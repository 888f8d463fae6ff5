"""Code review in the evaluations of verifiers and of Inspect, where each is installed."""

import asyncio
import gc
import math
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pytest

pytest.importorskip("openenv", reason="the adapters have environments of their own; see README")

from scripted_endpoint import (
    KEY,
    MODEL,
    answering,
    broken_before_clean,
    completion,
    right_review,
)
from server_python import needs_a_review_server, running_review

import adapters
from adapters.sides import PYTHON
from processes import Server

# Both use what their own libraries have deprecated, and leave streams of theirs open.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
# Of a task with a defect, whose reproduction is left out, and of the clean one after it.
SCORES: Final = [0.9, 1.0]


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a running server of code reviews."""
    with running_review(tmp_path_factory.mktemp("review") / "server.log") as server:
        yield server


def _stammering(number: int, body: dict[str, Any]) -> tuple[int, str]:
    return (200, completion("Let me see.")) if number == 0 else right_review(number, body)


@needs_a_review_server
@pytest.mark.skipif(not find_spec("verifiers"), reason="verifiers is not installed here")
def test_verifiers(review: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`vf-eval` finds the taskset by its name, and the report tells clean tasks apart."""
    from verifiers.v1.cli.eval.runner import run_eval
    from verifiers.v1.configs.cli.eval import EvalConfig

    from adapters import verifiers_report

    monkeypatch.syspath_prepend(str(Path(str(adapters.__file__)).parent))
    monkeypatch.setenv("SCRIPTED_KEY", KEY)
    taskset = {
        "id": "verifiers-python-review", "url": review.url, "difficulty": "easy",
        "start": broken_before_clean(), "num_tasks": 2,
    }  # fmt: skip
    with answering(_stammering) as endpoint:
        config = EvalConfig.model_validate(
            {
                "env": {"taskset": taskset, "agent": {}}, "model": MODEL, "push": False,
                "rich": None, "client": {"base_url": endpoint.url, "api_key_var": "SCRIPTED_KEY"},
                "output_dir": tmp_path, "run": {"name": "run"}, "max_concurrent": 1,
            }
        )  # fmt: skip
        episodes = asyncio.run(run_eval(config))
    traces = [episode.traces[0] for episode in episodes]
    assert [trace.rewards["episode_score"].score for trace in traces] == SCORES
    # Three operations and a reply that was none; an approval.
    assert [trace.num_branches for trace in traces] == [4, 1]
    assert [trace.metrics["unreadable"] for trace in traces] == [1, 0]
    assert tuple(traces[0].metrics) == PYTHON.metrics()[:-1]
    assert (traces[0].calls[0].sampling.temperature, traces[0].calls[0].sampling.max_tokens) == (
        0.2, 4000,
    )  # fmt: skip
    report = list(verifiers_report.lines(verifiers_report.read(tmp_path / "run")))
    assert report[0] == "2 tasks, 2 episodes, 0 more without a score"
    means = {line.split()[0]: line.split()[1] for line in report[2:]}
    assert tuple(means) == ("episode_score", *PYTHON.metrics())
    assert (means["episode_score"], means["matched"]) == ("0.950", "0.500")
    assert (means["score_with_defect"], means["score_clean"]) == ("0.900", "1.000")


@needs_a_review_server
@pytest.mark.skipif(not find_spec("inspect_ai"), reason="Inspect is not installed here")
@pytest.mark.parametrize(("limit", "clean"), [(2, 1.0), (1, math.nan)])
def test_inspect(limit: int, clean: float, review: Server, tmp_path: Path) -> None:
    """The task's results tell clean tasks apart, and nothing of them where there was none."""
    import inspect_ai
    from inspect_ai.log import read_eval_log
    from inspect_ai.model import get_model

    from adapters.inspect_tasks import python_review

    with answering(_stammering) as endpoint:
        model = get_model(
            f"openai-api/scripted/{MODEL}", base_url=endpoint.url, api_key=KEY, memoize=False
        )
        chosen = {"difficulty": "easy", "start": broken_before_clean(), "limit": limit}
        written = inspect_ai.eval(
            python_review(url=review.url, **chosen),
            model=model, log_dir=str(tmp_path), display="none", max_samples=1,
        )[0]  # fmt: skip
    log = read_eval_log(written.location)
    # What Inspect leaves open is complained of here, where that is expected, or at the very end.
    del model
    gc.collect()
    assert (log.status, log.eval.task_version) == ("success", PYTHON.version), log.error
    values: list[dict[str, float]] = [
        dict(sample.scores["review_scorer"].value) for sample in log.samples
    ]
    assert [value["episode_score"] for value in values] == SCORES[:limit]
    results = {
        score.name: {name: metric.value for name, metric in score.metrics.items()}
        for score in log.results.scores
    }
    assert tuple(results) == ("episode_score", *PYTHON.metrics())
    assert results["score_with_defect"]["average"] == pytest.approx(0.9)
    assert results["score_clean"]["average"] == pytest.approx(clean, nan_ok=True)
    assert results["unreadable"]["average"] == pytest.approx(1 / limit)
    roles = [message.role for message in log.samples[0].messages]
    assert roles == ["system", *["user", "assistant"] * 4]
