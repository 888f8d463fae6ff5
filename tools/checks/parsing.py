"""Reads what a server sent; where that is not what it must be, the server is to blame.

A check takes what it needs of an answer through these functions, so that whatever else goes wrong
in it is a bug of ours.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, TypeVar, cast

import requests
from pydantic import TypeAdapter, ValidationError

from tools.episodes.playing import ServerError

SECONDS: Final = 30
KindT = TypeVar("KindT")


class MalformedError(ServerError):
    """What a server sent is not of the shape that it must have."""


def read(kind: type[KindT], value: object, what: str) -> KindT:
    """Return a value as what it must be.

    Args:
        kind: What it must be, such as `list[float]`; nothing is converted.
        value: The value.
        what: What it is, for the error.

    Returns:
        The value.

    Raises:
        MalformedError: If it is something else.
    """
    try:
        # mypy does not know that a type is hashable.
        found: KindT = _adapter(cast(Any, kind)).validate_python(value, strict=True)
    except ValidationError as error:
        raise MalformedError(
            f"{what} is {value!r:.120}, which is no {getattr(kind, '__name__', kind)}."
        ) from error
    return found


def part(data: Mapping[str, Any], name: str, kind: type[KindT]) -> KindT:
    """Return a part of an answer as what it must be.

    Args:
        data: The answer.
        name: The name of the part.
        kind: What it must be.

    Returns:
        The part.

    Raises:
        MalformedError: If there is none of that name, or it is something else.
    """
    if name not in data:
        raise MalformedError(f"There is no {name!r} in an answer with {sorted(data)!s:.120}.")
    return read(kind, data[name], repr(name))


def decoded(text: str) -> dict[str, Any]:
    """Return a JSON object that a server sent; `MalformedError` if it is none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MalformedError(f"An answer is no JSON: {text!r:.120}.") from error
    return read(dict[str, Any], value, "an answer")


def get(url: str, kind: type[KindT]) -> KindT:
    """Return what a route answers to GET as what it must be."""
    return read(kind, _body(requests.get(url, timeout=SECONDS)), f"the answer of {url}")


def post(url: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON object that a route answers to a body."""
    answer = requests.post(url, json=body, timeout=SECONDS)
    return read(dict[str, Any], _body(answer), f"the answer of {url}")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 # any type
    return TypeAdapter(kind)


def _body(answer: requests.Response) -> object:
    try:
        return answer.json()
    except requests.JSONDecodeError as error:
        raise MalformedError(
            f"{answer.url} answered {answer.status_code} with no JSON: {answer.text!r:.120}."
        ) from error
