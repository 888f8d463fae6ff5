"""What a scenario's answer is, and how the text that came out of a guest becomes one.

The text is the guest's: whatever is not exactly an answer with plain data of bounded size counts
as a crash of that scenario.
"""

import json
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

Outcome = Literal["ok", "raised", "out of time", "crashed", "too long"]
"""How a scenario ended.

- `ok`: it returned; the value is what it returned, as plain data.
- `raised`: the code, or the scenario, raised; the value is the name of the exception's type. To
  this belong code that does not compile, and memory that ran out in Python (`MemoryError`).
- `out of time`: it used up its instructions, for instance in an endless loop.
- `crashed`: the guest ended without an answer: its stack overflowed, or it called `os._exit`.
- `too long`: it returned more than an answer may hold, or deeper, or in a circle.
"""

LONGEST_ANSWER: Final = 50_000
DEEPEST_ANSWER: Final = 50


@dataclass(frozen=True)
class Answer:
    """What came of one scenario.

    Attributes:
        outcome: How it ended.
        value: Plain data if the outcome is `ok`, the name of a type if it is `raised`, else None.
    """

    outcome: Outcome
    value: Any = None


class SandboxError(RuntimeError):
    """The sandbox cannot run here; the message names the remedy."""


def read_answer(text: str) -> Answer:
    """Return the answer that a text from a guest stands for."""
    if len(text) > LONGEST_ANSWER:
        return Answer("too long")
    try:
        match json.loads(text):
            case ["ok", value]:
                return Answer("ok", _plain(value, 0))
            case ["raised", str() as name]:
                return Answer("raised", _encodable(name))
            case [str() as outcome, None] if outcome in get_args(Outcome)[2:]:
                return Answer(outcome)  # type: ignore[arg-type]
    except _TooDeepError:
        return Answer("too long")
    except (ValueError, RecursionError):
        return Answer("crashed")
    return Answer("crashed")


class _TooDeepError(Exception):
    """An answer holds lists in lists beyond what is read."""


def _plain(value: object, depth: int) -> object:
    """Return the value, in which every text can be sent on as UTF-8."""
    if depth > DEEPEST_ANSWER:
        raise _TooDeepError
    if isinstance(value, str):
        return _encodable(value)
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {_encodable(key): _plain(item, depth + 1) for key, item in value.items()}
    return value


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def same_value(left: object, right: object) -> bool:
    """Say whether two values are the same data: `True` is not 1, 1 is not 1.0, 0.0 is not -0.0.

    A number that is none (NaN) is the same as itself. The order of a dictionary counts for nothing.
    """
    return _text(left) == _text(right)


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True)
