"""How a model is asked for a decision, and how its reply is read.

The root's `inference.py` asks and reads in the same way, and a test holds the two together: what
is measured through this client is what the baseline measures. Pure functions; nothing is sent.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from email_triage_env.models import (
    LABELS,
    MAX_SUMMARY_LENGTH,
    EmailTriageAction,
    EmailTriageObservation,
)

TEMPERATURE: Final = 0.2
MAX_TOKENS: Final = 200
# It names no team of ours: a reply that could not be read must not look like a decision.
FALLBACK_ACTION: Final[Mapping[str, str]] = {
    "label": "normal",
    "summary": "",
    "route_to": "unrouted",
}
# Far more than MAX_TOKENS allows; what an endpoint sends beyond it is not read.
MAX_REPLY_LENGTH: Final = 20_000

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


class Reply(NamedTuple):
    """A model's reply as an action, and whether it could be read."""

    action: dict[str, str]
    parsed: bool


def build_messages(
    info: Mapping[str, Any], observation: EmailTriageObservation, history: Sequence[str]
) -> list[dict[str, str]]:
    """Build the prompt from the policy, the agent's own history and the current email.

    Args:
        info: The metadata of the reset: `description`, `labels` and `routes`.
        observation: The current email.
        history: A `history_line` per earlier step; the summaries in them are the agent's memory.

    Returns:
        Chat messages.
    """
    past = "\n".join(history) or "(none)"
    system = (
        f"{info['description']}\n\n"
        f"Answer with one JSON object and nothing else:\n"
        f'{{"label": one of {info["labels"]}; "route_to": one of {info["routes"]}; '
        f'"summary": your summary}}'
    )
    user = f"Your decisions so far:\n{past}\n\n{email_text(observation)}"
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]


def email_text(observation: EmailTriageObservation) -> str:
    """Return one email as a model reads it.

    Args:
        observation: The email.

    Returns:
        Its lines.
    """
    thread = "\n\n".join(observation.thread_history) or "(none)"
    return (
        f"Email {observation.step_number}, task {observation.task_id}\n"
        f"From: {observation.sender}\n"
        f"Date: {observation.timestamp}\n"
        f"Subject: {observation.subject}\n"
        f"Earlier messages of the thread:\n{thread}\n\n"
        f"{observation.body}"
    )


def history_line(
    step: int, action: Mapping[str, Any], reward: float, *, hide_reward: bool = False
) -> str:
    """Return what a model is told about one of its own steps.

    Args:
        step: The number of the step, from 1.
        action: What was sent.
        reward: What it earned.
        hide_reward: Whether the model must not know that.

    Returns:
        One line.
    """
    said = json.dumps(dict(action), ensure_ascii=False, separators=(",", ":"))
    return f"Step {step}: {said}" if hide_reward else f"Step {step}: {said} -> reward {reward:+.2f}"


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
    return Reply(dict(FALLBACK_ACTION), parsed=False)


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


def _to_action(fields: dict[str, Any]) -> dict[str, str] | None:
    named = {_field_name(key): value for key, value in fields.items()}
    label = str(named.get("label", "")).strip(f"{_QUOTES}.\n").lower()
    route = " ".join(str(named.get("route_to", "")).split()).strip(f"{_QUOTES}.")
    # A summary that long earns nothing, but label and team still decide.
    summary = " ".join(str(named.get("summary") or "").split())[:MAX_SUMMARY_LENGTH]
    if label not in LABELS or not route:
        return None
    action = {"label": label, "summary": summary, "route_to": route}
    try:
        EmailTriageAction.model_validate(action)
    except ValidationError:
        return None
    return action


def _field_name(key: str) -> str:
    name = key.strip().lower().replace(" ", "_")
    return _ALIASES.get(name, name)
