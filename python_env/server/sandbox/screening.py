"""Says which patches and reproductions are not even run, and why; it runs nothing.

The sandbox holds whatever comes. What is refused here could play the test instead of passing it:
see `constructs`. An honest repair or reproduction needs none of it.
"""

import ast
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from python_env.server.sandbox.constructs import (
    DUNDER,
    UnreadableError,
    bindings,
    faults,
    imported_modules,
    tree_of,
)

PATCH_FACTOR: Final = 3
PATCH_EXTRA: Final = 2_000
LONGEST_REPRODUCTION: Final = 6_000

# Beyond what the original imports: what repairs are made of.
FOR_PATCHES: Final = frozenset(
    "__future__ abc asyncio base64 bisect collections contextlib copy csv dataclasses datetime "
    "decimal enum errno fractions functools hashlib heapq hmac html io ipaddress itertools json "
    "logging math numbers operator os pathlib random re secrets shlex shutil sqlite3 stat "
    "statistics string struct subprocess tarfile tempfile textwrap threading time typing "
    "unicodedata urllib uuid weakref yaml zipfile zlib zoneinfo".split()
)
FOR_REPRODUCTIONS: Final = frozenset(
    "__future__ abc asyncio base64 binascii bisect collections configparser contextlib copy csv "
    "dataclasses datetime decimal email enum errno fractions functools gzip hashlib heapq hmac "
    "html http io ipaddress itertools json logging math numbers operator os pathlib pickle random "
    "re secrets shlex shutil sqlite3 stat statistics string struct subject subprocess tarfile "
    "tempfile textwrap threading types typing unicodedata unittest urllib uuid warnings yaml "
    "zipfile zlib".split()
)
CLOCK: Final = "time"
# These look at how code is written or where its objects lie, not at what it does.
LOOKING_NAMES: Final = frozenset("dir id hash".split())
LOOKING_DUNDERS: Final = frozenset("__doc__ __members__ __slots__ __wrapped__".split())
PUBLIC_AFTER_ALL: Final = frozenset("_replace _asdict _fields _make".split())
# What makes any object of a text; the code under test may, a reproduction need not.
MAKERS: Final = {
    "pickle": frozenset("load loads Unpickler".split()),
    "yaml": frozenset(
        "load load_all full_load full_load_all unsafe_load unsafe_load_all Loader FullLoader "
        "UnsafeLoader CLoader CFullLoader CUnsafeLoader".split()
    ),
}


def refused_patch(code: str, original: str) -> str | None:
    """Say why a patch is not run.

    Args:
        code: The whole new module.
        original: The module as it was dealt. What stands there already may stay.

    Returns:
        One sentence that names the remedy, or None if the patch can be run.
    """
    longest = PATCH_FACTOR * len(original) + PATCH_EXTRA
    if len(code) > longest:
        return f"It has {len(code)} characters; shorten it to {longest}."
    try:
        tree = tree_of(code)
    except UnreadableError as error:
        return str(error)
    modules, known = _of_original(original)
    for name in sorted(imported_modules(tree) - modules - FOR_PATCHES):
        return f"It imports {name!r}; do with what the module imports and what repairs need."
    return next((fault for fault in faults(tree) if fault not in known), None)


def refused_reproduction(code: str, *, clock: bool) -> str | None:
    """Say why a reproduction is not run.

    Args:
        code: A text that must define `scenario(m)`.
        clock: Whether it may import `time`.

    Returns:
        One sentence that names the remedy, or None if the reproduction can be run.
    """
    if len(code) > LONGEST_REPRODUCTION:
        return f"It has {len(code)} characters; shorten it to {LONGEST_REPRODUCTION}."
    try:
        tree = tree_of(code)
    except UnreadableError as error:
        return str(error)
    if not any(map(_is_scenario, tree.body)):
        return "It does not define scenario(m); define it, with one parameter, and return data."
    allowed = FOR_REPRODUCTIONS | {CLOCK} if clock else FOR_REPRODUCTIONS
    for name in sorted(imported_modules(tree) - allowed):
        return f"It imports {name!r}; do with {', '.join(sorted(allowed))}."
    return next(_faults_of_reproduction(tree), None)


@lru_cache(maxsize=256)
def _of_original(original: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return what the original imports, and what of it would be refused in a patch."""
    tree = tree_of(original)
    return frozenset(imported_modules(tree)), frozenset(faults(tree))


def _is_scenario(node: ast.stmt) -> bool:
    match node:
        case ast.FunctionDef(name="scenario", args=ast.arguments() as arguments):
            return len(arguments.posonlyargs) + len(arguments.args) == 1
    return False


def _faults_of_reproduction(tree: ast.Module) -> Iterator[str]:
    yield from faults(tree)
    modules = bindings(tree)
    bases = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) if name in LOOKING_NAMES:
                yield f"It uses {name!r}, which is not about what the code does; do without it."
            case ast.Name(id=name) if modules.get(name) in MAKERS and id(node) not in bases:
                yield f"It passes {name!r} on; use it only as {name}.something."
            case ast.Attribute(value=ast.Name(id=base), attr=name):
                yield from _faults_of_maker(modules.get(base, ""), name)
                yield from _faults_of_private(base, name)
            case ast.Attribute(attr=name):
                yield from _faults_of_private("", name)
            case ast.ImportFrom(module=module, names=names):
                for alias in names:
                    yield from _faults_of_maker(module or "", alias.name)


def _faults_of_maker(module: str, name: str) -> Iterator[str]:
    if name in MAKERS.get(module.split(".")[0], ()):
        yield f"It uses {module}.{name}; let the module under test do that, or use what is safe."


def _faults_of_private(base: str, name: str) -> Iterator[str]:
    if name in LOOKING_DUNDERS:
        yield f"It uses the attribute {name!r}, which is not about what the code does."
        return
    is_own = base == "self" or name in PUBLIC_AFTER_ALL
    if name.startswith("_") and not DUNDER.fullmatch(name) and not is_own:
        yield f"It uses the private attribute {name!r}; show the defect by what is public."
