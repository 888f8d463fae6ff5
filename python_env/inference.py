"""Let a model review the headline tasks and write down everything it did.

    API_BASE_URL=... MODEL_NAME=... OPENAI_API_KEY=... ENV_BASE_URL=... python inference.py

Any endpoint that speaks the chat-completions protocol will do; the environment is a running
server. All settings are environment variables:

    API_BASE_URL    address of the endpoint, mostly one that ends in /v1
    MODEL_NAME      name of the model there
    OPENAI_API_KEY  key for the endpoint; else HF_TOKEN, else API_KEY
    ENV_BASE_URL    address of the environment's server, http://127.0.0.1:8000 if it is not set
    TASKS           a number to play only the first headline tasks; all, if it is not set

`inference_results.json` holds each step: prompt, raw reply, operation, reward, components. It is
replaced after each episode, so a run that is stopped loses one episode at most. The exit status is
0 if all episodes were played by the model, 1 if an episode was not finished, 2 if a setting is
wrong.
"""

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
from openai import OpenAI, OpenAIError

from python_env.client import PythonEnv
from python_env.models import LEAVES, MAX_STEPS, PythonReviewObservation
from python_env.prompt import MAX_TOKENS, TEMPERATURE, build_messages, history_line, parse_reply

API_BASE_URL: Final = os.getenv("API_BASE_URL")
MODEL_NAME: Final = os.getenv("MODEL_NAME")
API_KEY: Final = os.getenv("OPENAI_API_KEY") or os.getenv("HF_TOKEN") or os.getenv("API_KEY")
ENV_BASE_URL: Final = os.getenv("ENV_BASE_URL") or "http://127.0.0.1:8000"

RESULTS: Final = Path("inference_results.json")
REQUEST_TIMEOUT_SECONDS: Final = 120.0
MAX_RETRIES: Final = 2
# So many replies in a row that are no action end an episode.
MOST_UNREADABLE: Final = 3
_REFUSED: Final = 2


class PlayError(RuntimeError):
    """An episode could not be played to its end."""


@dataclass
class StepRecord:
    """One step: what was asked, what was said, what it was taken for, what it earned."""

    step: int
    prompt: list[dict[str, str]]
    reply: str
    parsed: bool
    action: dict[str, Any]
    operation: str
    reward: float
    components: dict[str, float]
    feedback: str


@dataclass
class EpisodeRecord:
    """One episode; `error` says why it was not finished, if it was not."""

    task_id: str
    difficulty: str = ""
    score: float = 0.0
    done: bool = False
    components: dict[str, float] = field(default_factory=lambda: dict.fromkeys(LEAVES, 0.0))
    steps: list[StepRecord] = field(default_factory=list)
    error: str = ""


def main() -> int:
    """Play the headline tasks and print what they scored.

    Returns:
        The exit status.
    """
    settings = {"API_BASE_URL": API_BASE_URL, "MODEL_NAME": MODEL_NAME, "OPENAI_API_KEY": API_KEY}
    if missing := [name for name, value in settings.items() if not value]:
        sys.stderr.write(f"Set {', '.join(missing)}; `python inference.py --help` lists all.\n")
        return _REFUSED
    wanted = os.getenv("TASKS") or ""
    if wanted and not (wanted.isascii() and wanted.isdecimal() and int(wanted) > 0):
        sys.stderr.write(f"TASKS is {wanted!r:.60}; set it to a whole number from 1, or not.\n")
        return _REFUSED
    model = OpenAI(
        base_url=API_BASE_URL,
        api_key=API_KEY,
        timeout=REQUEST_TIMEOUT_SECONDS,
        max_retries=MAX_RETRIES,
    )
    episodes: list[EpisodeRecord] = []
    try:
        for index in range(_headline_tasks()[: int(wanted) if wanted else None].stop):
            episodes.append(play(model, index))
            _write(episodes)
            _print_episode(episodes[-1])
    except PlayError as error:
        sys.stderr.write(f"{error}\n")
        return _REFUSED
    finished = [episode for episode in episodes if not episode.error]
    mean = sum(episode.score for episode in episodes) / max(1, len(episodes))
    print(f"{'mean':<32} {mean:.2f}   ({len(finished)} of {len(episodes)} finished, {RESULTS})")
    return int(len(finished) < len(episodes))


def play(model: OpenAI, index: int) -> EpisodeRecord:
    """Let a model review one headline task.

    Args:
        model: Where it answers.
        index: The number of the task.

    Returns:
        What was done.

    Raises:
        PlayError: If the environment's server does not answer.
    """
    record = EpisodeRecord(task_id=f"headline-{index}")
    try:
        with PythonEnv(ENV_BASE_URL).sync() as env:
            result = env.reset(split="headline", index=index)
            record.task_id = result.observation.task_id
            record.difficulty = result.observation.difficulty
            _review(model, env, result.metadata, result.observation, record)
    except (OSError, RuntimeError, TimeoutError) as error:
        raise PlayError(
            f"The environment at {ENV_BASE_URL} does not answer ({_short(error)}); start it with "
            f"`uvicorn server.app:app --port 8000`, or set ENV_BASE_URL."
        ) from error
    return record


def _review(
    model: OpenAI,
    env: Any,  # noqa: ANN401 # OpenEnv's synchronous wrapper has no type of its own
    info: Mapping[str, Any],
    observation: PythonReviewObservation,
    record: EpisodeRecord,
) -> None:
    history: list[str] = []
    unreadable = 0
    for step in range(1, MAX_STEPS + 1):
        messages = build_messages(info, observation, history)
        try:
            text = _ask(model, messages)
        except OpenAIError as error:
            record.error = f"the model did not answer: {_short(error)}"
            return
        reply = parse_reply(text)
        unreadable = 0 if reply.parsed else unreadable + 1
        result = env.step(reply.action)
        observation = result.observation
        reward, told = float(result.reward or 0.0), result.metadata
        components = dict(told.get("rubric", {}))
        operation = str(reply.action.get("operation", "none"))
        record.steps.append(
            StepRecord(
                step, messages, text, reply.parsed, reply.action, operation, reward, components,
                observation.feedback,
            )
        )  # fmt: skip
        for name, points in components.items():
            record.components[name] = round(record.components.get(name, 0.0) + points, 4)
        record.score, record.done = observation.score, bool(result.done)
        if record.done:
            return
        if unreadable >= MOST_UNREADABLE:
            record.error = f"{unreadable} replies in a row were no operation"
            return
        history.append(history_line(step, reply.action, reward))


def _ask(model: OpenAI, messages: list[dict[str, str]]) -> str:
    completion = model.chat.completions.create(
        model=MODEL_NAME or "",
        messages=messages,  # type: ignore[arg-type] # plain mappings are what it sends
        temperature=TEMPERATURE,
        max_tokens=MAX_TOKENS,
    )
    return (completion.choices[0].message.content or "") if completion.choices else ""


def _headline_tasks() -> range:
    try:
        told = httpx.get(f"{ENV_BASE_URL}/tasks", timeout=REQUEST_TIMEOUT_SECONDS)
        told.raise_for_status()
        return range(int(told.json()["splits"]["headline"]))
    except (httpx.HTTPError, KeyError, ValueError) as error:
        raise PlayError(
            f"The environment at {ENV_BASE_URL} does not answer ({_short(error)}); start it with "
            f"`uvicorn server.app:app --port 8000`, or set ENV_BASE_URL."
        ) from error


def _write(episodes: list[EpisodeRecord]) -> None:
    """Replace the results in one go, so that a kill leaves the old ones or the new ones."""
    results = {
        "model": MODEL_NAME,
        "mean_score": sum(episode.score for episode in episodes) / len(episodes),
        "episodes": [asdict(episode) for episode in episodes],
    }
    beside = RESULTS.with_suffix(".json.part")
    try:
        beside.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
        beside.replace(RESULTS)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise PlayError(
            f"{RESULTS} cannot be written ({_short(error)}); make room for it."
        ) from error


def _print_episode(episode: EpisodeRecord) -> None:
    told = episode.error or ", ".join(
        f"{name} {points:+.2f}" for name, points in episode.components.items() if points
    )
    print(
        f"{episode.task_id:<32} {episode.score:.2f}   {len(episode.steps)} steps; {told}",
        flush=True,
    )


def _short(error: BaseException) -> str:
    text = f"{type(error).__name__}: {error}".replace(API_KEY or "\0", "***")
    return text.splitlines()[0][:200]


if __name__ == "__main__":
    if "--help" in sys.argv[1:] or "-h" in sys.argv[1:]:
        print(__doc__)
        sys.exit(0)
    sys.exit(main())
