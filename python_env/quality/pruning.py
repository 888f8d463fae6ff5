"""Leaves out of a script what its scenario does not use, so that it can be a reproduction."""

import ast
from collections.abc import Iterator
from typing import Final

SCENARIO: Final = "scenario"


def pruned(script: str) -> str:
    """Return a script with only those of its top-level statements that the scenario needs.

    Args:
        script: A text that defines `scenario(m)` below what all scenarios of a module share.

    Returns:
        The same without what is not used; statements that bind no name stay.
    """
    statements = [part for node in ast.parse(script).body for part in _single(node)]
    needed: set[str] = {SCENARIO}
    kept: set[int] = set()
    grown = True
    while grown:
        grown = False
        for i, node in enumerate(statements):
            bound = set(_bound(node))
            if i not in kept and (not bound or bound & needed):
                kept.add(i)
                needed |= _used(node)
                grown = True
    chosen = [statements[i] for i in sorted(kept)]
    return f"{ast.unparse(ast.Module(chosen, []))}\n"


def _single(node: ast.stmt) -> Iterator[ast.stmt]:
    """Split an import of several names."""
    if isinstance(node, ast.Import):
        yield from (ast.Import([alias]) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (ast.ImportFrom(node.module, [alias], node.level) for alias in node.names)
    else:
        yield node


def _bound(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Import(names=[alias]) | ast.ImportFrom(names=[alias]):
            yield (alias.asname or alias.name).split(".")[0]
        case ast.Assign(targets=targets):
            yield from (
                part.id
                for target in targets
                for part in ast.walk(target)
                if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
            )
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name


def _used(node: ast.stmt) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
