"""A task of an environment here as a task of verifiers; a trace is an episode.

Each step is asked about in a prompt of its own, as `adapters.playing.play` says, so a trace has a
branch for each step. The harness is therefore part of the measurement: it runs in this process, and
every call of the model goes through verifiers' interception, which keeps limits and the record.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any, ClassVar, Final, cast

import openai
import verifiers.v1 as vf
from openai.types.chat import ChatCompletionMessageParam, ChatCompletionMessageToolCallUnion
from verifiers.v1.configs.harness import HarnessConfig

from adapters.playing import (
    DIFFICULTY,
    SPLIT,
    TASKS,
    URL,
    Episode,
    Messages,
    NoServerError,
    Side,
    check,
    choices,
    name_of,
    play,
    reply_text,
)

# An endpoint that limits rates gets the time to recover: the pauses grow to eight seconds.
MAX_RETRIES: Final = 8


class EpisodeData(vf.TaskData):
    """Where a task is, and what its reset is told."""

    url: str
    choice: dict[str, Any]


class EpisodeTask(vf.Task[EpisodeData]):
    """One task; the environment scores it."""


class EpisodeConfig(vf.TasksetConfig):
    """Which tasks of which server."""

    url: str = URL
    split: str = SPLIT
    difficulty: str = DIFFICULTY
    start: int = 0
    num_tasks: int = TASKS


class EpisodeTaskset(vf.Taskset[EpisodeTask, EpisodeConfig]):
    """The tasks."""

    def load(self) -> Iterator[EpisodeTask]:
        """Yield them."""
        config = self.config
        for choice in choices(config.split, config.difficulty, config.start, config.num_tasks):
            name = name_of(choice)
            # verifiers wants a prompt of every task; what a model is asked grows with the episode.
            data = EpisodeData(name=name, prompt=f"Task {name}", url=config.url, choice=choice)
            yield EpisodeTask(data, config.task)


class EpisodeHarness(vf.Harness[HarnessConfig]):
    """Plays a task in one go, and writes its score and metrics into the trace."""

    SIDE: ClassVar[Side]
    EXECUTES_CODE = False
    NEEDS_CONTAINER = False

    async def launch(
        self,
        ctx: vf.ModelContext,
        trace: vf.Trace,
        runtime: vf.Runtime,  # noqa: ARG002 # verifiers' signature
        endpoint: str,
        secret: str,
        mcp_urls: dict[str, str],  # noqa: ARG002
        data: EpisodeData,
    ) -> vf.ProgramResult:
        """Play the task of `data` with the model at `endpoint`."""
        episode = Episode()
        async with openai.AsyncOpenAI(
            base_url=endpoint, api_key=secret, max_retries=MAX_RETRIES
        ) as client:
            try:
                ask = partial(_ask, client, ctx.model, trace, self.SIDE)
                await play(self.SIDE, data.url, data.choice, ask, episode)
            except openai.BadRequestError:
                # verifiers answers so itself when a limit of the run is reached.
                if trace.stop_condition is None:
                    raise
            finally:
                # What a limit or a deadline ended is worth what was decided until then.
                trace.record_reward("episode_score", episode.score)
                trace.record_metrics(episode.metrics())
        return vf.ProgramResult(exit_code=0, stdout="", stderr="")


async def _ask(
    client: openai.AsyncOpenAI, model: str, trace: vf.Trace, side: Side, messages: Messages
) -> str:
    """Return a reply; the options `--sampling.*` of a run go before what is set here."""
    try:
        completion = await client.chat.completions.create(
            model=model,
            messages=cast(list[ChatCompletionMessageParam], messages),
            temperature=side.temperature,
            max_tokens=side.max_tokens,
        )
    except openai.BadRequestError:
        # Some endpoints moderate, which is about one prompt; a wrong setting shows at the first.
        if trace.stop_condition is not None or not trace.num_turns:
            raise
        return ""
    said = completion.choices[0].message
    return reply_text(said.content or "", map(_argument, said.tool_calls or []))


def _argument(call: ChatCompletionMessageToolCallUnion) -> str:
    return call.function.arguments if call.type == "function" else call.custom.input


class EpisodeEnvConfig(vf.EnvConfig):
    """One agent, whose harness needs no box to run in."""

    agent: vf.AgentConfig = vf.AgentConfig(runtime=vf.SubprocessConfig())


class EpisodeEnv(vf.Env[EpisodeEnvConfig]):
    """Lets the agent play; refuses to begin without a server that has the tasks."""

    SIDE: ClassVar[Side]

    async def start(self) -> None:
        """Look for the last task before any model is asked."""
        config = self.config.taskset
        last = choices(config.split, config.difficulty, config.start, config.num_tasks)[-1:]
        try:
            for choice in last:
                await check(self.SIDE, config.url, choice)
        except (NoServerError, RuntimeError) as error:
            raise SystemExit(str(error)) from error

    async def run(self, task: vf.Task, agents: vf.Agents) -> None:
        """Play one task."""
        await agents.agent.run(task)
