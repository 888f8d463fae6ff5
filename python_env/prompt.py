"""How a model is asked for the next operation, and how its reply is read.

Pure functions; nothing is sent. `inference.py` and every tool that plays a model use them.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from python_env.models import FIELDS, PythonReviewAction, PythonReviewObservation

TEMPERATURE: Final = 0.2
# A patch is a whole module.
MAX_TOKENS: Final = 4_000
# Far more than MAX_TOKENS allows; what an endpoint sends beyond it is not read.
MAX_REPLY_LENGTH: Final = 60_000
# So much of a patch or a reproduction stands in the history; a model knows its own code's length.
MAX_SHOWN_CODE: Final = 160

# Some servers cut the opening tag, some models never write the closing one.
_THINKING: Final = re.compile(
    r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)|\A.*</(?:think|thinking|reasoning)>",
    re.DOTALL | re.IGNORECASE,
)
_FENCED: Final = re.compile(
    r"^```(?:python|py)[^\S\n]*\n(.*?)^```[^\S\n]*$", re.DOTALL | re.MULTILINE
)
_NUMBERS: Final = ("first_line", "last_line", "slot", "level")
_DECODER: Final = json.JSONDecoder(strict=False)


class Reply(NamedTuple):
    """A model's reply as an action, and whether it could be read."""

    action: dict[str, Any]
    parsed: bool


def build_messages(
    info: Mapping[str, Any], observation: PythonReviewObservation, history: Sequence[str]
) -> list[dict[str, str]]:
    """Build the prompt from the instructions, the module and what was done so far.

    Args:
        info: The metadata of the reset: `instructions`.
        observation: The module and where the review stands.
        history: A `history_line` per earlier step.

    Returns:
        Chat messages.
    """
    past = "\n".join(history) or "(none)"
    left = ", ".join(f"{count} {name}" for name, count in observation.left.items())
    user = (
        f"Review {observation.task_id}:\n\n{observation.code}\n\n"
        f"Your operations so far:\n{past}\n"
        f"The last came to: {observation.feedback}\n"
        f"Left: {left}. Matched so far: {', '.join(observation.matched) or 'nothing'}.\n"
        f"Answer with the next operation."
    )
    return [{"role": "system", "content": info["instructions"]}, {"role": "user", "content": user}]


def history_line(
    step: int, action: Mapping[str, Any], reward: float, *, hide_reward: bool = False
) -> str:
    """Return what a model is told about one of its own steps.

    Args:
        step: The number of the step, from 1.
        action: What was sent; of long code only the beginning is told.
        reward: What it earned.
        hide_reward: Whether the model must not know that.

    Returns:
        One line.
    """
    shown = {
        name: f"{value[:MAX_SHOWN_CODE]}..."
        if isinstance(value, str)
        and name in ("patch", "reproduction")
        and len(value) > MAX_SHOWN_CODE
        else value
        for name, value in action.items()
    }
    said = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    return f"Step {step}: {said}" if hide_reward else f"Step {step}: {said} -> reward {reward:+.2f}"


def parse_reply(text: str) -> Reply:
    """Read an action out of a model's reply.

    The action is a JSON object anywhere in the text, the last one if there are several. The code
    of a patch may also stand in a block fenced as Python beside an object without `patch`.

    Args:
        text: The reply, possibly with thinking and fences.

    Returns:
        The action and True, or an empty action, which costs a step, and False.
    """
    kept = text[-MAX_REPLY_LENGTH:]
    for readable in (_THINKING.sub("", kept), kept):
        blocks = _FENCED.findall(readable)
        for found in reversed(list(_objects(readable))):
            action = _as_action(found, blocks[-1] if blocks else None)
            if action is not None:
                return Reply(action, parsed=True)
    return Reply({}, parsed=False)


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Return the JSON objects in a text that name an operation, in their order."""
    start = text.find("{")
    while start != -1:
        end = start + 1
        try:
            value, stop = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            pass  # A brace that opens no object; the next one may.
        else:
            # What stands inside an action is no second one, but an action can be wrapped.
            if isinstance(value, dict) and _is_operation(value.get("operation")):
                yield value
                end = stop
        start = text.find("{", end)


def _is_operation(name: object) -> bool:
    return isinstance(name, str) and name in FIELDS


def _as_action(found: Mapping[str, Any], block: str | None) -> dict[str, Any] | None:
    """Return an object as an action, with what models often get wrong put right; else nothing."""
    # A field without a value is one that was left out.
    action = {name: value for name, value in found.items() if value is not None}
    for name in _NUMBERS:
        if isinstance(action.get(name), str) and action[name].strip().isdecimal():
            action[name] = int(action[name])
    code = "patch" if action["operation"] == "submit_patch" else "reproduction"
    if code == "patch" and not isinstance(action.get("patch"), str) and block is not None:
        action["patch"] = block
    if isinstance(action.get(code), str):
        fenced = _FENCED.search(action[code])
        action[code] = fenced[1] if fenced else action[code]
    try:
        PythonReviewAction.model_validate(action)
    except ValidationError:
        return None
    return action
