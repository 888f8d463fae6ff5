"""Says whether a reproduction shows a defect, by running it on the code and on both right twins.

What it may owe to anything but behaviour is taken away: objects lie elsewhere in each run, lines
have no numbers, the clock stands still unless the defect is one of time, and names that only some
of the three codes define are not to be asked for.
"""

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from python_env.server.sandbox.answers import Answer, same_value
from python_env.server.sandbox.constructs import BY_NAME, bindings, tree_of
from python_env.server.sandbox.pool import Sandbox
from python_env.server.sandbox.process import Conditions
from python_env.server.sandbox.screening import refused_reproduction

LAYOUTS: Final = (1, 2, 3)
ASKING: Final = BY_NAME | {"patch", "object"}  # the latter two are unittest.mock's


def shows(
    sandbox: Sandbox, code: str, twins: tuple[str, str], scenario: str, *, clock: bool
) -> bool:
    """Say whether a scenario tells some code from both of its right twins.

    Args:
        sandbox: Runs them.
        code: The code as it was dealt.
        twins: The code with the site's one and other right variant.
        scenario: A text that defines `scenario(m)`.
        clock: Whether the clock counts instructions, for defects of time.

    Returns:
        Whether the twins return the same, the code does otherwise, and all of it is so wherever
        objects lie.
    """
    if refused_reproduction(scenario, clock=clock) is not None:
        return False
    if _asked_for(scenario) & _names_of_some((code, *twins)):
        return False
    jobs = [(one, [scenario]) for one in (code, *twins)]
    found = []
    for layout in LAYOUTS:
        answers = [answer for [answer] in sandbox.run_all(jobs, Conditions(layout, clock))]
        if not _parts(answers, clock=clock):
            return False
        found.append(answers)
    return all(map(_are_stable, zip(*found, strict=True)))


def _parts(answers: Sequence[Answer], *, clock: bool) -> bool:
    """Say whether the first of three answers differs from the other two, which are the same.

    The code as it was dealt may also raise where its twins return. That it takes too long counts
    for defects of time only: any two codes differ in how long they take.
    """
    shipped, *twins = answers
    if any(answer.outcome != "ok" for answer in twins):
        return False
    if not same_value(*(answer.value for answer in twins)):
        return False
    if shipped.outcome == "ok":
        return not same_value(shipped.value, twins[0].value)
    return shipped.outcome == "raised" or (clock and shipped.outcome == "out of time")


def _are_stable(answers: Sequence[Answer]) -> bool:
    """Say whether one code answers the same in each layout."""
    first = answers[0]
    return all(
        answer.outcome == first.outcome and same_value(answer.value, first.value)
        for answer in answers
    )


def _names_of_some(codes: Sequence[str]) -> set[str]:
    """Return the names that some of the codes define and others do not."""
    counts = Counter(name for code in codes for name in set(_defined(tree_of(code))))
    return {name for name, count in counts.items() if count < len(codes)}


def _defined(tree: ast.Module) -> Iterator[str]:
    """Return what a code defines but for local variables: that is how it is written."""
    yield from bindings(tree)
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name, body=body):
                yield name
                yield from _assigned(body)
            case ast.arg(arg=name):
                yield name
            case ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
    yield from _assigned(tree.body)


def _assigned(body: Sequence[ast.stmt]) -> Iterator[str]:
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id


def _asked_for(scenario: str) -> set[str]:
    """Return the names of others that a scenario asks for."""
    found: set[str] = set()
    for node in ast.walk(tree_of(scenario)):
        match node:
            case ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
                found.add(name)
            case ast.ImportFrom(module="subject", names=names):
                found |= {alias.name for alias in names}
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=arguments):
                if name in ASKING:
                    found |= {part for text in _texts(arguments) for part in text.split(".")}
    return found


def _texts(arguments: Sequence[ast.expr]) -> Iterator[str]:
    for argument in arguments:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value
