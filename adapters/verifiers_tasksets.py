"""Email triage as a taskset of verifiers: a task is an inbox, a trace is an episode.

    PYTHONPATH=.:adapters vf-eval verifiers-tasksets -m MODEL --env.taskset.difficulty hard

Each email is asked about in a prompt of its own, as `adapters.playing.play` says, so a trace has a
branch for each step. The harness is therefore part of the measurement: it runs in this process, and
every call of the model goes through verifiers' interception, which keeps limits and the record.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any, Final, cast

import openai
import verifiers.v1 as vf
from openai.types.chat import ChatCompletionMessageParam, ChatCompletionMessageToolCallUnion
from verifiers.v1.configs.harness import HarnessConfig

from adapters.playing import (
    DIFFICULTY,
    INBOXES,
    SPLIT,
    URL,
    Episode,
    NoServerError,
    check,
    choices,
    name_of,
    play,
    reply_text,
)
from email_triage_env.prompt import MAX_TOKENS, TEMPERATURE

__all__ = ["EmailTriageEnv", "EmailTriageHarness", "EmailTriageTaskset"]

# An endpoint that limits rates gets the time to recover: the pauses grow to eight seconds.
MAX_RETRIES: Final = 8


class InboxData(vf.TaskData):
    """Where an inbox is, and what its reset is told."""

    url: str
    choice: dict[str, Any]


class InboxTask(vf.Task[InboxData]):
    """One inbox; the environment scores it."""


class EmailTriageConfig(vf.TasksetConfig):
    """Which inboxes of which server."""

    url: str = URL
    split: str = SPLIT
    difficulty: str = DIFFICULTY
    start: int = 0
    num_tasks: int = INBOXES


class EmailTriageTaskset(vf.Taskset[InboxTask, EmailTriageConfig]):
    """The inboxes."""

    def load(self) -> Iterator[InboxTask]:
        """Yield a task for each inbox."""
        config = self.config
        for choice in choices(config.split, config.difficulty, config.start, config.num_tasks):
            name = name_of(choice)
            # verifiers wants a prompt of every task; what a model is asked grows with the episode.
            data = InboxData(name=name, prompt=f"Inbox {name}", url=config.url, choice=choice)
            yield InboxTask(data, config.task)


class EmailTriageHarness(vf.Harness[HarnessConfig]):
    """Plays an inbox in one go, and writes its score and metrics into the trace."""

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
        data: InboxData,
    ) -> vf.ProgramResult:
        """Play the inbox of `data` with the model at `endpoint`."""
        episode = Episode()
        async with openai.AsyncOpenAI(
            base_url=endpoint, api_key=secret, max_retries=MAX_RETRIES
        ) as client:
            try:
                await play(data.url, data.choice, partial(_ask, client, ctx.model, trace), episode)
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
    client: openai.AsyncOpenAI, model: str, trace: vf.Trace, messages: list[dict[str, str]]
) -> str:
    """Return a reply; the options `--sampling.*` of a run go before what is set here."""
    try:
        completion = await client.chat.completions.create(
            model=model,
            messages=cast(list[ChatCompletionMessageParam], messages),
            temperature=TEMPERATURE,
            max_tokens=MAX_TOKENS,
        )
    except openai.BadRequestError:
        # Some endpoints moderate, which is about one email; a wrong setting shows at the first.
        if trace.stop_condition is not None or not trace.num_turns:
            raise
        return ""
    said = completion.choices[0].message
    return reply_text(said.content or "", map(_argument, said.tool_calls or []))


def _argument(call: ChatCompletionMessageToolCallUnion) -> str:
    return call.function.arguments if call.type == "function" else call.custom.input


class EmailTriageEnvConfig(vf.EnvConfig):
    """One agent, whose harness needs no box to run in."""

    agent: vf.AgentConfig = vf.AgentConfig(runtime=vf.SubprocessConfig())


class EmailTriageEnv(vf.Env[EmailTriageEnvConfig]):
    """Lets the agent play; refuses to begin without a server that has the inboxes."""

    async def start(self) -> None:
        """Look for the last inbox before any model is asked."""
        config = self.config.taskset
        last = choices(config.split, config.difficulty, config.start, config.num_tasks)[-1:]
        try:
            for choice in last:
                await check(config.url, choice)
        except (NoServerError, RuntimeError) as error:
            raise SystemExit(str(error)) from error

    async def run(self, task: vf.Task, agents: vf.Agents) -> None:
        """Play one inbox."""
        await agents.agent.run(task)
