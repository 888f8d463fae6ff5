"""Static checks on any code, for `POST /review`: what can be seen without running or knowing it.

Nothing here knows a task. What it says is what a reader would look at twice, not what is wrong; no
score comes of it.
"""

import ast
import re
from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from python_env.models import MAX_PATCH
from python_env.server.sandbox.constructs import UnreadableError, tree_of
from python_env.server.sandbox.screening import refused_patch

MOST_OBSERVATIONS: Final = 100
_SQL: Final = re.compile(
    r"\s*(select\b.+\bfrom|insert\s+into|update\b.+\bset|delete\s+from|drop\s|alter\s|create\s)",
    re.IGNORECASE | re.DOTALL,
)
_MUTABLE: Final = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
_MAKERS: Final = frozenset({"list", "dict", "set", "bytearray", "defaultdict", "deque"})
_EVALUATING: Final = frozenset({"eval", "exec", "compile", "__import__"})
_LOADING: Final = frozenset({"pickle.load", "pickle.loads", "marshal.loads", "yaml.unsafe_load"})
_RUNNING: Final = frozenset({"os.system", "os.popen"})


class CodeToReview(BaseModel):
    """Code that someone wants looked at."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"code": "def f(x=[]):\n    return x\n"}]}
    )

    code: str = Field(max_length=MAX_PATCH, description="The text of a Python module.")


class Observation(BaseModel):
    """Something to look at twice.

    Attributes:
        line: Where, from 1.
        rule: Which rule says so.
        message: What it is, and what to do.
    """

    line: int
    rule: str
    message: str


class StaticReview(BaseModel):
    """What static checks say of some code.

    Attributes:
        lines: How many lines it has.
        functions: How many functions and methods.
        classes: How many classes.
        parses: Whether it is Python.
        refused: Why the sandbox would not run it as a patch; nothing if it would.
        observations: What to look at twice, from top to bottom.
        note: What this is not.
    """

    lines: int
    functions: int = 0
    classes: int = 0
    parses: bool = True
    refused: str | None = None
    observations: list[Observation]
    note: str = (
        "Static checks only: no code was run, no task was looked at, and nothing here is a score."
    )


def static_review(code: str) -> StaticReview:
    """Look at some code without running it.

    Args:
        code: Any text.

    Returns:
        What can be said of it.
    """
    lines = len(code.splitlines())
    try:
        nodes = list(ast.walk(tree_of(code)))
    except UnreadableError as error:
        at = getattr(error.__cause__, "lineno", None) or 1
        told = Observation(line=min(at, max(lines, 1)), rule="syntax", message=f"{error}"[:200])
        return StaticReview(
            lines=lines, parses=False, refused="It is no Python.", observations=[told]
        )
    found = sorted({one for node in nodes for one in _observations(node)})
    return StaticReview(
        lines=lines,
        functions=sum(isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) for node in nodes),
        classes=sum(isinstance(node, ast.ClassDef) for node in nodes),
        # As a patch of a module that is as long and has nothing of what it is looked at for.
        refused=refused_patch(code, "#" * len(code)),
        observations=[
            Observation(line=line, rule=rule, message=message)
            for line, rule, message in found[:MOST_OBSERVATIONS]
        ],
    )


_Told = tuple[int, str, str]


def _observations(node: ast.AST) -> Iterator[_Told]:
    match node:
        case ast.ExceptHandler(type=None):
            yield node.lineno, "bare-except", "It catches SystemExit and KeyboardInterrupt, too."
        case ast.ExceptHandler(body=[ast.Pass()]):
            yield node.lineno, "ignored-error", "The error is dropped; say why that is right."
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
            yield from _of_defaults(node)
        case ast.Call():
            yield from _of_call(node)
        case ast.Assert():
            yield node.lineno, "assert", "Asserts are gone under python -O; raise an error instead."
        case ast.Compare(ops=[ast.Is() | ast.IsNot()], comparators=[ast.Constant(value=value)]) if (
            value is not None and not isinstance(value, bool) and value is not ...
        ):
            yield node.lineno, "is-literal", "Identity of a literal is chance; compare with ==."


def _of_defaults(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> Iterator[_Told]:
    for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
        made = isinstance(default, ast.Call) and _name(default.func) in _MAKERS
        if isinstance(default, _MUTABLE) or made:
            yield default.lineno, "mutable-default", "All calls share this default; use None."


def _of_call(node: ast.Call) -> Iterator[_Told]:
    name = _name(node.func)
    named = {keyword.arg: keyword.value for keyword in node.keywords}
    if name in _EVALUATING:
        yield node.lineno, "evaluates-text", f"{name} runs text as code; where is it from?"
    if name in _LOADING or (name == "yaml.load" and "Loader" not in named and len(node.args) < 2):  # noqa: PLR2004
        yield node.lineno, "loads-objects", f"{name} can build any object; where are they from?"
    if name in _RUNNING or _is_true(named.get("shell")):
        yield node.lineno, "runs-a-shell", "A shell reads this text; pass a list of arguments."
    is_execute = isinstance(node.func, ast.Attribute) and node.func.attr in (
        "execute", "executemany", "executescript",
    )  # fmt: skip
    if is_execute and node.args and _is_composed_sql(node.args[0]):
        yield node.lineno, "composed-sql", "SQL is put together from text; pass parameters."


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return f"{owner}.{name}"
    return ""


def _is_true(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _is_composed_sql(node: ast.expr) -> bool:
    """Return whether a text that begins as SQL is put together from parts that vary."""
    first: Any = node
    composed = False
    while True:
        match first:
            case ast.JoinedStr(values=[inner, *rest]):
                composed = composed or bool(rest) or isinstance(inner, ast.FormattedValue)
                first = inner
            case ast.BinOp(left=left, op=ast.Add() | ast.Mod()):
                first, composed = left, True
            case ast.Call(func=ast.Attribute(value=value, attr="format")):
                first, composed = value, True
            case ast.Constant(value=str() as text):
                return composed and _SQL.match(text) is not None
            case _:
                return False
