"""Email triage and code review as tasks of Inspect: a sample is an inbox, or a module to review.

    PYTHONPATH=. inspect eval adapters/inspect_tasks.py@python_review --model MODEL -T limit=20

Each step is asked about in a prompt of its own, as `adapters.playing.play` says. The sample's
messages show the instructions once and then every prompt with its reply, which is easier to read;
what was really asked stands in its transcript.
"""

import math
from statistics import fmean
from typing import Any, Final

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import (
    ChatMessageSystem,
    ChatMessageUser,
    GenerateConfig,
    ModelOutput,
    get_model,
)
from inspect_ai.scorer import (
    Metric,
    SampleScore,
    Score,
    Scorer,
    Target,
    Value,
    mean,
    metric,
    scorer,
    stderr,
)
from inspect_ai.solver import Generate, Solver, TaskState, solver

from adapters.intervals import interval
from adapters.playing import (
    DIFFICULTY,
    SPLIT,
    TASKS,
    URL,
    Episode,
    Messages,
    Side,
    choices,
    name_of,
    play,
    reply_text,
)
from adapters.sides import EMAIL, PYTHON

# Inspect's own default is to try for ever.
MAX_RETRIES: Final = 8
# An endpoint that fails now and then costs tasks; one that fails mostly has measured nothing.
FAIL_ON_ERROR: Final = 0.5
_EPISODE: Final = "episode"
# By the name of the task: what Inspect writes into its logs must be plain data.
_SIDES: Final = {"email_triage": EMAIL, "python_review": PYTHON}


@task
def email_triage(
    url: str = URL,
    split: str = SPLIT,
    difficulty: str = DIFFICULTY,
    start: int = 0,
    limit: int = TASKS,
) -> Task:
    """Return the inboxes of a split as a task.

    Args:
        url: The address of the server.
        split: `test`, `train` or `headline`.
        difficulty: `easy`, `medium`, `hard` or, for all of them in turn, `mixed`; `varied` or
            `month`, at desks of their own.
        start: The number of the first inbox.
        limit: How many inboxes.

    Returns:
        The task.
    """
    chosen = choices(split, difficulty, start, limit)
    return _task("email_triage", url, chosen, episode_scorer())


@task
def python_review(
    url: str = URL,
    split: str = SPLIT,
    difficulty: str = DIFFICULTY,
    start: int = 0,
    limit: int = TASKS,
) -> Task:
    """Return the modules of a split, each to be reviewed, as a task.

    Args:
        url: The address of the server.
        split: `test`, `train` or `headline`.
        difficulty: `easy`, `medium`, `hard` or, for all of them in turn, `mixed`.
        start: The number of the first module.
        limit: How many modules.

    Returns:
        The task.
    """
    chosen = choices(split, difficulty, start, limit)
    return _task("python_review", url, chosen, review_scorer())


def _task(name: str, url: str, chosen: list[dict[str, Any]], scored_by: Scorer) -> Task:
    side = _SIDES[name]
    samples = [
        Sample(
            id=name_of(choice),
            input=f"Task {name_of(choice)}",
            metadata={"task": name_of(choice), "choice": choice},
        )
        for choice in chosen
    ]
    return Task(
        dataset=MemoryDataset(samples, name=name),
        solver=play_task(name, url),
        scorer=scored_by,
        config=GenerateConfig(
            temperature=side.temperature, max_tokens=side.max_tokens, max_retries=MAX_RETRIES
        ),
        fail_on_error=FAIL_ON_ERROR,
        continue_on_fail=True,
        version=side.version,
    )


@solver
def play_task(name: str, url: str) -> Solver:
    """Return what plays the task of a sample on the server at `url`."""
    side = _SIDES[name]

    async def solve(state: TaskState, generate: Generate) -> TaskState:  # noqa: ARG001 # Inspect's
        model, episode = get_model(), Episode()
        state.messages = []

        async def ask(messages: Messages) -> str:
            asked = [
                ChatMessageSystem(content=messages[0]["content"]),
                ChatMessageUser(content=messages[1]["content"]),
            ]
            state.output = await model.generate(asked)
            state.messages += asked[1:] if state.messages else asked
            state.messages += [choice.message for choice in state.output.choices[:1]]
            return _said(state.output)

        try:
            await play(side, url, state.metadata["choice"], ask, episode)
        finally:  # Inspect scores a sample that met a limit, too.
            state.store.set(_EPISODE, {"episode_score": episode.score, **episode.metrics()})
        return state

    return solve


def _said(output: ModelOutput) -> str:
    calls = [
        call.arguments for choice in output.choices[:1] for call in choice.message.tool_calls or []
    ]
    return reply_text(output.completion, calls)


@metric
def interval_95() -> Metric:
    """Return what measures how sure a mean is, as the report on verifiers' runs does."""

    def measured(scores: list[SampleScore]) -> Value:
        values = [((each.sample_metadata or {})["task"], each.score.as_float()) for each in scores]
        return dict(interval(values)._asdict())

    return measured


@metric
def average() -> Metric:
    """Return a mean of what there is, by a name of its own.

    OpenEnv's InspectAIHarness keeps one metric of each name, and `mean` of nothing is 0.
    """

    def averaged(scores: list[SampleScore]) -> Value:
        return fmean(each.score.as_float() for each in scores) if scores else math.nan

    return averaged


def _metrics(side: Side) -> dict[str, list[Metric]]:
    return {
        "episode_score": [mean(), stderr(cluster="task"), interval_95()],
        **{name: [average()] for name in side.metrics()},
    }


@scorer(metrics=_metrics(EMAIL))
def episode_scorer() -> Scorer:
    """Return what reads the score of an inbox and the numbers beside it off the episode."""
    return _reader(EMAIL)


@scorer(metrics=_metrics(PYTHON))
def review_scorer() -> Scorer:
    """Return what reads the score of a review and the numbers beside it off the episode."""
    return _reader(PYTHON)


def _reader(side: Side) -> Scorer:
    # Inspect leaves out of a mean what is no number, and wants it there.
    nothing = dict.fromkeys(side.metrics(), math.nan)

    async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 # Inspect's
        numbers: dict[str, float] = state.store.get(_EPISODE)
        return Score(value={**nothing, **numbers})

    return score
