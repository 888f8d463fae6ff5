"""Let a model work the three inboxes and print what it scored.

    API_BASE_URL=... MODEL_NAME=... HF_TOKEN=... python inference.py

Any endpoint that speaks the chat-completions protocol will do; the environment runs in this
process. All settings are environment variables:

    API_BASE_URL   address of the endpoint, mostly one that ends in /v1
    MODEL_NAME     name of the model there
    HF_TOKEN       key for the endpoint; API_KEY is read where HF_TOKEN is not set
    INFERENCE_LOG  a new file for every prompt, reply and reward, one line of JSON a step; a file
                   that exists is refused, so each holds one run

Where no model answers, or nobody can read what it says, the fallback action is played. A line
above the table, and again on stderr below it, then says how many steps were no model's.

The exit status is 0 when the table was printed, with a model or without, and 2 when an argument
or INFERENCE_LOG is wrong.
"""

import json
import os
import re
import sys
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from io import TextIOWrapper
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final, NamedTuple, TextIO
from urllib.parse import urlsplit

from openai import APIStatusError, OpenAI, PermissionDeniedError
from openai.types.chat import (
    ChatCompletion,
    ChatCompletionMessage,
    ChatCompletionMessageParam,
)
from pydantic import ValidationError

from environment import EmailTriageEnv
from models import LABELS, MAX_SUMMARY_LENGTH, EmailObservation, Info, TriageAction

API_BASE_URL = os.getenv("API_BASE_URL")
API_KEY = os.getenv("HF_TOKEN") or os.getenv("API_KEY")
MODEL_NAME = os.getenv("MODEL_NAME")
INFERENCE_LOG = os.getenv("INFERENCE_LOG")

MAX_STEPS = 10
TEMPERATURE = 0.2
MAX_TOKENS = 200
# It names no team of ours: a reply that could not be read must not look like a decision.
FALLBACK_ACTION = TriageAction(label="normal", summary="", route_to="unrouted")

TASK_IDS: Final = ("task_easy", "task_medium", "task_hard")
# Three tasks of ten steps stay under 20 minutes even if every request hangs.
REQUEST_TIMEOUT_SECONDS: Final = 30.0
RUN_BUDGET_SECONDS: Final = 18 * 60.0
MAX_RETRIES: Final = 1

_ALIASES: Final = {"route": "route_to", "team": "route_to"}
# Some servers cut the opening tag, some models never write the closing one.
_THINKING: Final = re.compile(
    r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)|\A.*</(?:think|thinking|reasoning)>",
    re.DOTALL | re.IGNORECASE,
)
_PREFIX: Final = re.compile(
    r"^(?:[^\S\n]|[>*#-])*(?:next\s+)?action\s*:[^\S\n]*", re.IGNORECASE | re.MULTILINE
)
# A key stands at the start of a line or item; after a mere space only `key=` is one.
_KEY: Final = re.compile(
    r"""(?:(?:^|[,;|{(])(?:[^\S\n]|["'*_`>-])*(?P<listed>label|summary|route[_ ]to|route|team)"""
    r"""["'*_`]*[^\S\n]*[:=]|\s(?P<spaced>label|summary|route_to|route|team)=)[\s*_`]*""",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTES: Final = " \t,;\"'`*_{}()"
_DECODER: Final = json.JSONDecoder()
# Far more than MAX_TOKENS allows; an endpoint that ignores the limit must not stall the run.
MAX_REPLY_LENGTH: Final = 20_000
MAX_ERROR_LENGTH: Final = 200
# A shorter key, such as the placeholder for a local server, is no secret and may be a word.
LEAST_SECRET_LENGTH: Final = 8

_REFUSED: Final = "refused"
_SET_KEY: Final = "set HF_TOKEN, or API_KEY with HF_TOKEN unset, to a key that may ask there"
_SET_MODEL: Final = "set MODEL_NAME to a model that it serves, or API_BASE_URL to its API"
# What helps, by status or by the code in the body, where asking again does not.
_REMEDIES: Final[dict[int | str, str]] = {
    401: _SET_KEY,
    402: _SET_KEY,
    403: f"{_SET_KEY}, or MODEL_NAME to a model that this key may use",
    404: _SET_MODEL,
    "insufficient_quota": _SET_KEY,
    "model_not_found": _SET_MODEL,
    "model_not_supported": _SET_MODEL,
}


class Reply(NamedTuple):
    """A model's reply as an action, and whether it could be read."""

    action: TriageAction
    parsed: bool


class Answer(NamedTuple):
    """What one request brought: all that the model said, or why the fallback has to do."""

    reply: str = ""
    finish_reason: str | None = None
    usage: object = None
    error: str | None = None
    fallback: str | None = None


class EpisodeScore(NamedTuple):
    """What one task ended with; `fallbacks` counts the steps that were no model's, by reason."""

    task_id: str
    score: float
    steps: int
    fallbacks: Counter[str]


def build_messages(
    info: Info, observation: EmailObservation, history: list[str]
) -> list[ChatCompletionMessageParam]:
    """Build the prompt from the policy, the agent's own history and the current email.

    Args:
        info: The `info` of the reset: `description`, `labels` and `routes`.
        observation: The current email.
        history: One line per earlier step; the summaries in it are the agent's memory.

    Returns:
        Chat messages.
    """
    thread = "\n\n".join(observation.thread_history) or "(none)"
    past = "\n".join(history) or "(none)"
    system = (
        f"{info['description']}\n\n"
        f"Answer with one JSON object and nothing else:\n"
        f'{{"label": one of {info["labels"]}; "route_to": one of {info["routes"]}; '
        f'"summary": your summary}}'
    )
    user = (
        f"Your decisions so far:\n{past}\n\n"
        f"Email {observation.step_number}, task {observation.task_id}\n"
        f"From: {observation.sender}\n"
        f"Date: {observation.timestamp}\n"
        f"Subject: {observation.subject}\n"
        f"Earlier messages of the thread:\n{thread}\n\n"
        f"{observation.body}"
    )
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]


def parse_reply(text: str) -> Reply:
    """Read an action out of a model's reply.

    Fields are read by name: from a JSON object anywhere in the text, or from `key: value` lines
    or `key=value` lists. A label word that merely occurs in the text is never taken.

    Args:
        text: The reply, possibly with thinking, fences, quotes or an `action:` prefix.

    Returns:
        The action and True, or `FALLBACK_ACTION` and False.
    """
    kept = text[-MAX_REPLY_LENGTH:]
    # A stray tag after the answer would take the answer away with what stands before it.
    begun = "" if kept.lstrip().startswith("<") else kept.partition("<")[0]
    for readable in (_THINKING.sub("", kept), begun):
        cleaned = _PREFIX.sub("", readable)
        for fields in (*_json_objects(cleaned), _pairs(cleaned)):
            action = _to_action(fields)
            if action is not None:
                return Reply(action, parsed=True)
    return Reply(FALLBACK_ACTION, parsed=False)


def run_episode(
    client: OpenAI | None, task_id: str, deadline: float, log: TextIO | None = None
) -> EpisodeScore:
    """Play one task and print each step.

    Args:
        client: Where the model answers; `None` plays the fallback action.
        task_id: The task.
        deadline: Value of `time.monotonic()` after which the model is not asked any more.
        log: Where each step is written down.

    Returns:
        The score of the episode, the mean over all its emails.
    """
    print(f"Episode: {task_id}")
    env = EmailTriageEnv(task_id)
    result = env.reset()
    info, observation = result.info, result.observation
    history: list[str] = []
    fallbacks: Counter[str] = Counter()
    score, step = 0.0, 0
    for step in range(1, MAX_STEPS + 1):
        messages = build_messages(info, observation, history)
        # Of the steps before this one, not all were the fallback.
        answered = fallbacks.total() < step - 1
        action, answer = _read(_ask(client, messages, deadline, answered))
        if answer.fallback:
            fallbacks[answer.fallback] += 1
            client = None if answer.fallback == _REFUSED else client
        outcome = env.step(action)
        shown = f"label={action.label}, route={action.route_to}"
        print(f"Step {step}: {shown} -> reward {outcome.reward:+.2f}")
        history_line = f"Step {step}: {action.model_dump_json()} -> reward {outcome.reward:+.2f}"
        history.append(history_line)
        seen = {"task_id": task_id, "step": step, "email_id": observation.email_id}
        asked = {"model": MODEL_NAME, "messages": messages}
        earned = {"action": action, "reward": outcome.reward}
        _write(log, {**seen, **asked, **answer._asdict(), **earned})
        observation = outcome.observation
        if outcome.done:
            score = float(outcome.info["episode_score"])
            break
    print(f"Final score: {score:.2f}")
    print()
    return EpisodeScore(task_id, score, step, fallbacks)


def main(arguments: Sequence[str] = ()) -> None:
    """Play the three tasks and print the score table; `arguments` can only be `--help`."""
    _check_arguments(arguments)
    if isinstance(sys.stdout, TextIOWrapper):
        # A model may name a team in letters that the output's encoding lacks.
        sys.stdout.reconfigure(errors="backslashreplace")
    with _opened_log() as log, _connect() or nullcontext() as client:
        deadline = time.monotonic() + RUN_BUDGET_SECONDS
        scores: list[EpisodeScore] = []
        for task_id in TASK_IDS:
            refused = any(_REFUSED in episode.fallbacks for episode in scores)
            scores.append(run_episode(None if refused else client, task_id, deadline, log))
    mark = _mark(scores)
    print(mark, end="")
    print("=== SCORE TABLE ===")
    print(f"{'Task':<12} {'Score':<8} Steps")
    for episode in scores:
        print(f"{episode.task_id:<12} {episode.score:<8.2f} {episode.steps}")
    print(f"{'Mean':<12} {sum(episode.score for episode in scores) / len(scores):.2f}", flush=True)
    # Below the table as well, but the specified lines are the last on stdout.
    print(mark, end="", file=sys.stderr)


def _check_arguments(arguments: Sequence[str]) -> None:
    parser = ArgumentParser(
        prog="inference.py", description=__doc__, formatter_class=RawDescriptionHelpFormatter
    )
    _, unknown = parser.parse_known_args(arguments)
    if unknown:
        parser.error(f"unknown argument {unknown[0]!r}; set environment variables, see --help")


def _mark(scores: list[EpisodeScore]) -> str:
    """Say how much of a table is no model's; nothing, if all is."""
    reasons = sum((episode.fallbacks for episode in scores), Counter[str]())
    if not reasons:
        return ""
    steps = sum(episode.steps for episode in scores)
    claim = "NOT A MODEL'S RESULT" if reasons.total() == steps else "PARTLY NOT A MODEL'S RESULT"
    counts = ", ".join(f"{count} {reason}" for reason, count in reasons.items())
    return f"{claim}: {reasons.total()} of {steps} steps were the fallback action ({counts}).\n"


def _connect() -> OpenAI | None:
    try:
        _check_settings()
        return OpenAI(
            base_url=API_BASE_URL,
            api_key=API_KEY,
            timeout=REQUEST_TIMEOUT_SECONDS,
            max_retries=MAX_RETRIES,
        )
    # A malformed address or proxy: the run still ends with its table.
    except Exception as exc:  # noqa: BLE001
        print(
            f"No model: {_shown(exc)}. "
            f"Playing the fallback action; the scores below are no model's."
        )
        return None


def _check_settings() -> None:
    """Refuse settings with which every request would fail."""
    settings = {
        "API_BASE_URL": API_BASE_URL,
        "MODEL_NAME": MODEL_NAME,
        "HF_TOKEN or API_KEY": API_KEY,
    }
    missing = [name for name, value in settings.items() if not value]
    if missing:
        raise ValueError(f"set {', '.join(missing)}")
    if not re.fullmatch("[!-~]+", API_KEY or ""):
        raise ValueError("HF_TOKEN or API_KEY holds a character that no key has, set it anew")
    parts = urlsplit(API_BASE_URL or "")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("API_BASE_URL must be an address such as http://127.0.0.1:8080/v1")


def _address() -> str:
    """Return the endpoint's address without what may be secret in it."""
    parts = urlsplit(API_BASE_URL or "")
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _ask(
    client: OpenAI | None,
    messages: list[ChatCompletionMessageParam],
    deadline: float,
    answered: bool,
) -> Answer:
    if client is None:
        return Answer(fallback="not asked")
    left = deadline - time.monotonic()
    if left <= 0:
        print("Time is up. Using fallback action.")
        return Answer(fallback="out of time")
    tries = 1 + MAX_RETRIES
    try:
        completion = _within(
            min(tries * REQUEST_TIMEOUT_SECONDS, left),
            lambda: client.chat.completions.create(
                model=MODEL_NAME or "",
                messages=messages,
                temperature=TEMPERATURE,
                max_tokens=MAX_TOKENS,
                stream=False,
                timeout=min(REQUEST_TIMEOUT_SECONDS, left),
            ),
        )
        response_text = completion.choices[0].message.content or ""
        said = (_text(response_text), *_call_arguments(completion.choices[0].message))
        return Answer(
            reply=_without_key("\n".join(text for text in said if text)),
            finish_reason=completion.choices[0].finish_reason,
            usage=completion.usage,
        )
    # Whatever an endpoint does, the run goes on: one lost answer is not a lost evaluation.
    except Exception as exc:  # noqa: BLE001
        print(f"Model request failed ({_shown(exc)}). Using fallback action.")
        remedy = _remedy(exc, answered)
        if remedy:
            print(f"Not asking {_address()} for {MODEL_NAME!r} again: {remedy}.")
        return Answer(error=_shown(exc), fallback=_REFUSED if remedy else "request failed")


def _within(seconds: float, request: Callable[[], ChatCompletion]) -> ChatCompletion:
    """Return what a request brings, or give it up after so many seconds.

    The library's own limit is on the wait between two bytes, so a reply that comes in drops would
    hold the run for ever. Given up, it goes on in its thread and nobody waits for it: the thread
    is a daemon, which ends with the process.
    """
    outcome: SimpleQueue[ChatCompletion | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            outcome.put(request())
        # Raised below, in the thread that waits for it.
        except Exception as exc:  # noqa: BLE001
            outcome.put(exc)

    Thread(target=ask, daemon=True).start()
    try:
        brought = outcome.get(timeout=seconds)
    except Empty:
        raise TimeoutError(f"no answer in {seconds:.0f} s") from None
    if isinstance(brought, Exception):
        raise brought
    return brought


def _text(content: Any) -> str:  # noqa: ANN401 # an endpoint may send anything
    """Return a reply's text, which can come in parts; parts that think are none of it."""
    if isinstance(content, list):
        texts = [part for part in content if isinstance(part, dict) and part.get("type") == "text"]
        return "".join(str(part.get("text") or "") for part in texts)
    if not isinstance(content, str):
        raise TypeError("the reply's content is no text")
    return content


def _call_arguments(message: ChatCompletionMessage) -> list[str]:
    """Return what a model said as arguments of tools, though it was given none."""
    raw = message.model_dump(warnings=False)
    calls = raw.get("tool_calls")
    listed = calls if isinstance(calls, list) else []
    functions = [call.get("function") for call in listed if isinstance(call, dict)]
    functions.append(raw.get("function_call"))
    arguments = [function.get("arguments") for function in functions if isinstance(function, dict)]
    return [part if isinstance(part, str) else json.dumps(part) for part in arguments if part]


def _read(answer: Answer) -> tuple[TriageAction, Answer]:
    """Return the action, and the answer with the reason if that is the fallback."""
    reply = parse_reply(answer.reply)
    if reply.parsed or answer.fallback:
        return reply.action, answer
    if answer.finish_reason == "length":
        reason = "cut off"
        problem = f"was cut off at {MAX_TOKENS} tokens (if the model thinks, switch that off)"
    elif answer.reply:
        reason, problem = "unreadable", "could not be read"
    else:
        reason, problem = "empty", "was empty"
    print(f"Model reply {problem}. Using fallback action.")
    return reply.action, answer._replace(fallback=reason)


def _remedy(error: Exception, answered: bool) -> str | None:
    """Return what helps against an error that every other request would meet as well."""
    if not isinstance(error, APIStatusError):
        return None
    # Some endpoints moderate: to a key that has been answered, 403 is about one mail.
    if answered and isinstance(error, PermissionDeniedError):
        return None
    return _REMEDIES.get(error.status_code) or _REMEDIES.get(str(error.code))


@contextmanager
def _opened_log() -> Iterator[TextIO | None]:
    if not INFERENCE_LOG:
        yield None
        return
    try:
        log = Path(INFERENCE_LOG).open("x", encoding="utf-8")  # noqa: SIM115 # closed below
    except OSError as error:
        print(
            f"INFERENCE_LOG cannot be {INFERENCE_LOG!r} ({error.strerror}); "
            f"name a new file in a folder that can be written to.",
            file=sys.stderr,
        )
        raise SystemExit(2) from error
    try:
        yield log
    finally:
        with suppress(OSError):
            log.close()


def _write(log: TextIO | None, record: dict[str, Any]) -> None:
    """Write a step down; a disk that is full costs the rest of the log, not the run."""
    if log is None or log.closed:
        return
    whole = log.tell()
    try:
        log.write(f"{_without_key(json.dumps(record, default=dict))}\n")
        log.flush()
    except OSError as error:
        print(f"INFERENCE_LOG ends before its end ({error}); the run goes on.", file=sys.stderr)
        with suppress(OSError):
            log.close()
        with suppress(OSError):
            os.truncate(log.name, whole)  # Half a line is no JSON.


def _shown(error: Exception) -> str:
    """Put an error on one short line; the library's own words for a lost connection are few."""
    text = f"{error} {error.__cause__ or ''}"
    return _without_key(" ".join(text.split()))[:MAX_ERROR_LENGTH]


def _without_key(text: str) -> str:
    """Take out the key, which some endpoints echo."""
    if API_KEY and len(API_KEY) >= LEAST_SECRET_LENGTH:
        return text.replace(API_KEY, "***")
    return text


def _json_objects(text: str) -> list[dict[str, Any]]:
    """Return the JSON objects in a text that are answers, the last one first."""
    found: list[dict[str, Any]] = []
    start = text.find("{")
    while start != -1:
        end = start + 1
        try:
            value, stop = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            pass  # A brace that opens no object; the next one may.
        else:
            # What stands inside an answer is no second answer, but an answer can be wrapped.
            if _to_action(value) is not None:
                found.append(value)
                end = stop
        start = text.find("{", end)
    return found[::-1]


def _pairs(text: str) -> dict[str, Any]:
    """Read `key: value` lines and `key=value` lists; a value ends where the next key begins."""
    fields: dict[str, Any] = {}
    for line in text.splitlines():
        keys = list(_KEY.finditer(line))
        for i, key in enumerate(keys):
            name = _field_name(key["listed"] or key["spaced"])
            end = keys[i + 1].start() if i + 1 < len(keys) else len(line)
            # The summary comes last and may hold what looks like a key.
            last = name == "summary" and {"label", "route_to"} <= fields.keys()
            fields[name] = line[key.end() : None if last else end].strip(_QUOTES)
            if last:
                break
    return fields


def _to_action(fields: dict[str, Any]) -> TriageAction | None:
    named = {_field_name(key): value for key, value in fields.items()}
    label = str(named.get("label", "")).strip(f"{_QUOTES}.\n").lower()
    route = " ".join(str(named.get("route_to", "")).split()).strip(f"{_QUOTES}.")
    # A summary that long earns nothing, but label and team still decide.
    summary = " ".join(str(named.get("summary") or "").split())[:MAX_SUMMARY_LENGTH]
    if label not in LABELS or not route:
        return None
    try:
        return TriageAction(label=label, route_to=route, summary=summary)
    except ValidationError:
        return None


def _field_name(key: str) -> str:
    name = key.strip().lower().replace(" ", "_")
    return _ALIASES.get(name, name)


if __name__ == "__main__":
    main(sys.argv[1:])
