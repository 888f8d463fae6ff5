"""Email triage as a task of Inspect: a sample is an inbox.

    PYTHONPATH=. inspect eval adapters/inspect_tasks.py@email_triage --model MODEL -T limit=20

Each email is asked about in a prompt of its own, as `adapters.playing.play` says. The sample's
messages show the policy once and then every email with its reply, which is easier to read; what was
really asked stands in its transcript.
"""

from typing import Final

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
    INBOXES,
    METRICS,
    SPLIT,
    URL,
    Episode,
    choices,
    name_of,
    play,
    reply_text,
)
from email_triage_env import VERSION
from email_triage_env.prompt import MAX_TOKENS, TEMPERATURE

# Inspect's own default is to try for ever.
MAX_RETRIES: Final = 8
# An endpoint that fails now and then costs inboxes; one that fails mostly has measured nothing.
FAIL_ON_ERROR: Final = 0.5
_EPISODE: Final = "episode"


@task
def email_triage(
    url: str = URL,
    split: str = SPLIT,
    difficulty: str = DIFFICULTY,
    start: int = 0,
    limit: int = INBOXES,
) -> Task:
    """Return the inboxes of a split as a task.

    Args:
        url: The address of the server.
        split: `test`, `train` or `headline`.
        difficulty: `easy`, `medium`, `hard` or, for all of them in turn, `mixed`.
        start: The number of the first inbox.
        limit: How many inboxes.

    Returns:
        The task.
    """
    samples = [
        Sample(
            id=name_of(choice),
            input=f"Inbox {name_of(choice)}",
            metadata={"inbox": name_of(choice), "choice": choice},
        )
        for choice in choices(split, difficulty, start, limit)
    ]
    return Task(
        dataset=MemoryDataset(samples, name="email_triage"),
        solver=play_inbox(url),
        scorer=episode_scorer(),
        config=GenerateConfig(
            temperature=TEMPERATURE, max_tokens=MAX_TOKENS, max_retries=MAX_RETRIES
        ),
        fail_on_error=FAIL_ON_ERROR,
        continue_on_fail=True,
        version=VERSION,
    )


@solver
def play_inbox(url: str) -> Solver:
    """Return what plays the inbox of a sample on the server at `url`."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:  # noqa: ARG001 # Inspect's
        model, episode = get_model(), Episode()
        state.messages = []

        async def ask(messages: list[dict[str, str]]) -> str:
            asked = [
                ChatMessageSystem(content=messages[0]["content"]),
                ChatMessageUser(content=messages[1]["content"]),
            ]
            state.output = await model.generate(asked)
            state.messages += asked[1:] if state.messages else asked
            state.messages += [choice.message for choice in state.output.choices[:1]]
            return _said(state.output)

        try:
            await play(url, state.metadata["choice"], ask, episode)
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
        values = [((each.sample_metadata or {})["inbox"], each.score.as_float()) for each in scores]
        return dict(interval(values)._asdict())

    return measured


@metric
def average() -> Metric:
    """Return `mean` by another name: OpenEnv's InspectAIHarness keeps one metric of each name."""
    return mean()


@scorer(
    metrics={
        "episode_score": [mean(), stderr(cluster="inbox"), interval_95()],
        **{name: [average()] for name in METRICS},
    }
)
def episode_scorer() -> Scorer:
    """Return what reads the score and the numbers beside it off the episode."""

    async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 # Inspect's
        numbers: dict[str, float] = state.store.get(_EPISODE)
        return Score(value=numbers)

    return score
