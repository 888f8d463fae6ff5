"""Finds in a piece of code what could reach behind the answers: each as one sentence.

The sandbox keeps code from the host; this keeps it from the test around it. Frames, code objects,
`sys` and their like show a function who calls it and let it answer in its caller's place.
"""

import ast
import re
import threading
import warnings
from collections import Counter
from collections.abc import Iterator
from typing import Final

DANGEROUS_NAMES: Final = frozenset(
    "eval exec compile globals locals vars breakpoint input help "
    "__import__ __builtins__ __loader__ __spec__ __build_class__".split()
)
BY_NAME: Final = frozenset("getattr setattr delattr hasattr attrgetter methodcaller".split())
"""What reaches an attribute by a text: only with a text that stands there."""

DANGEROUS_ATTRIBUTES: Final = frozenset(
    "_exit abort _getframe _getframemodulename _current_frames currentframe settrace setprofile "
    "addaudithook get_objects get_referrers get_referents CodeType FunctionType LambdaType "
    "CellType sys _sys _os gc inspect builtins importlib ctypes traceback tracemalloc marshal "
    "get_original temp_original".split()
)
FRAME_PREFIXES: Final = ("tb_", "gi_", "cr_", "ag_", "co_", "func_")
FRAME_ATTRIBUTES: Final = frozenset(
    "f_back f_builtins f_code f_globals f_lasti f_lineno f_locals f_trace".split()
)
HARMLESS_DUNDERS: Final = frozenset(
    "__name__ __qualname__ __class__ __traceback__ __cause__ __context__ __suppress_context__ "
    "__notes__ __init__ __post_init__ __enter__ __exit__ __aenter__ __aexit__ __iter__ __next__ "
    "__aiter__ __anext__ __len__ __contains__ __getitem__ __setitem__ __delitem__ __eq__ __ne__ "
    "__lt__ __le__ __gt__ __ge__ __hash__ __repr__ __str__ __format__ __bool__ __int__ __float__ "
    "__index__ __bytes__ __call__ __add__ __sub__ __mul__ __truediv__ __floordiv__ __mod__ "
    "__neg__ __abs__ __and__ __or__ __xor__ __radd__ __await__ __members__ __slots__ __doc__ "
    "__wrapped__".split()
)
DUNDER: Final = re.compile(r"__\w+__")
# What object and super() offer is their own and reaches no further.
OWN_DUNDERS: Final = frozenset(
    "__setattr__ __getattribute__ __delattr__ __new__ __init_subclass__ __set_name__ __del__ "
    "__getattr__ __getstate__ __setstate__ __copy__ __deepcopy__ __missing__ __call__".split()
)


# warnings.catch_warnings changes what is global, so one thread at a time does it here.
_parsing = threading.Lock()


class UnreadableError(ValueError):
    """A code is no Python; the message says what to do."""


def tree_of(code: str) -> ast.Module:
    """Return the tree of a code.

    Raises:
        UnreadableError: It is no Python.
    """
    try:
        with _parsing, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except SyntaxError as error:
        raise UnreadableError(
            f"It is no Python: line {error.lineno}: {error.msg}; correct that."
        ) from error
    except (RecursionError, MemoryError) as error:
        raise UnreadableError("It is nested too deeply; write it flatter.") from error
    except ValueError as error:
        raise UnreadableError(
            f"It is no text of Python ({error}); leave out null bytes and lone surrogates."
        ) from error


def is_dangerous(attribute: str) -> bool:
    """Say whether an attribute of this name can reach behind the answers."""
    return (
        attribute in DANGEROUS_ATTRIBUTES
        or attribute in FRAME_ATTRIBUTES
        or attribute.startswith(FRAME_PREFIXES)
        or (DUNDER.fullmatch(attribute) is not None and attribute not in HARMLESS_DUNDERS)
    )


def imported_modules(tree: ast.AST) -> set[str]:
    """Return the top-level name of each module that is imported."""
    return {module for module in bindings(tree).values() if module}


def bindings(tree: ast.AST) -> dict[str, str]:
    """Return, by each name that an import binds, the top-level module that it comes from."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                found[alias.asname or top] = top
        elif isinstance(node, ast.ImportFrom):
            top = (node.module or "").split(".")[0]
            found |= {alias.asname or alias.name: top for alias in node.names}
    return found


def faults(tree: ast.AST) -> Iterator[str]:
    """Say what the code holds that could reach behind the answers; each is one sentence."""
    modules = bindings(tree)
    written = _written_out(tree)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name):
                yield from _faults_of_name(name, is_called=id(node) in called)
            case ast.Attribute():
                yield from _faults_of_attribute(node, modules)
            case ast.Call():
                yield from _faults_of_call(node, modules, written)
            case ast.ImportFrom(names=names, level=level):
                yield from _faults_of_import(names, level)
            case ast.MatchClass(kwd_attrs=names):
                yield from (_reaches(name) for name in names if is_dangerous(name))
            case ast.Constant(value=str(text)):
                yield from _faults_of_text(text)
            case _:
                yield from _faults_of_target(node, modules)


def _is_own(value: ast.expr, name: str) -> bool:
    match value:
        case ast.Name(id="object") | ast.Call(func=ast.Name(id="super")):
            return name in OWN_DUNDERS
    return False


def _reaches(name: str) -> str:
    return f"It uses the attribute {name!r}, which reaches beyond the module; do without it."


def _faults_of_name(name: str, *, is_called: bool) -> Iterator[str]:
    if name in DANGEROUS_NAMES:
        yield f"It uses {name!r}, which reaches beyond the module; do without it."
    if name in BY_NAME and not is_called:
        yield f"It passes {name!r} on; call it directly, with a name that stands there."


def _faults_of_attribute(node: ast.Attribute, modules: dict[str, str]) -> Iterator[str]:
    value, name = node.value, node.attr
    private = name.startswith("_") and not DUNDER.fullmatch(name)
    if is_dangerous(name) and not _is_own(value, name):
        yield _reaches(name)
    elif private and isinstance(value, ast.Name) and value.id in modules:
        yield f"It uses {value.id}.{name}, which is private to that module; use what is public."


def _written_out(tree: ast.AST) -> dict[int, list[str]]:
    """Return the texts of each use of a variable that holds nothing but texts that stand there.

    Such is `name` in `for name in NAMES`, where NAMES is bound once, to a tuple of texts, and
    nothing else binds `name` where the loop, or the comprehension, has it.
    """
    bound = Counter(_bound_names(tree))
    tables = {}
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                tables[name] = _texts(node.value) if bound[name] == 1 else []
    found: dict[int, list[str]] = {}
    for node in ast.walk(tree):
        match node:
            case ast.For(target=ast.Name(id=name), iter=items):
                scope = tree
            case (
                ast.ListComp(generators=[loop])
                | ast.SetComp(generators=[loop])
                | ast.DictComp(generators=[loop])
                | ast.GeneratorExp(generators=[loop])
            ) if isinstance(loop.target, ast.Name):
                scope, name, items = node, loop.target.id, loop.iter
            case _:
                continue
        texts = tables.get(items.id, []) if isinstance(items, ast.Name) else _texts(items)
        if texts and Counter(_bound_names(scope))[name] == 1:
            found |= {id(use): texts for use in ast.walk(scope) if _is_name(use, name)}
    return found


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _bound_names(tree: ast.AST) -> Iterator[str]:
    """Return each name as often as something binds it, wherever that is."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name
            case ast.ExceptHandler(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name
            case ast.alias(name=name, asname=asname):
                yield asname or name.split(".")[0]
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                yield from names


def _texts(value: ast.expr | None) -> list[str]:
    """Return the texts of a text, or of a tuple that holds only texts, that stands there."""
    match value:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.Tuple(elts=items):
            found = [item.value for item in items if isinstance(item, ast.Constant)]
            texts = [text for text in found if isinstance(text, str)]
            return texts if len(texts) == len(items) else []
    return []


def _faults_of_call(
    node: ast.Call, modules: dict[str, str], written: dict[int, list[str]]
) -> Iterator[str]:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in BY_NAME:
            pass
        case _:
            return
    texts = node.args if name in ("attrgetter", "methodcaller") else node.args[1:2]
    if name == "methodcaller":
        texts = texts[:1]
    if any(isinstance(argument, ast.Starred) for argument in node.args):
        yield f"It calls {name!r} with arguments that are computed; write them out."
    for text in texts:
        values = _texts(text) or written.get(id(text), [])
        if not values:
            yield f"It calls {name!r} with a name that is computed; write the name out."
        for value in values:
            if any(is_dangerous(part) for part in value.split(".")):
                yield _reaches(value)
    if name in ("setattr", "delattr") and node.args and _module_of(node.args[0], modules):
        yield _changes(_module_of(node.args[0], modules))


def _faults_of_import(names: list[ast.alias], level: int) -> Iterator[str]:
    if level:
        yield "It imports relatively; a module stands alone here, so import absolutely."
    for alias in names:
        if alias.name == "*":
            yield "It imports '*'; name what you import."
        elif is_dangerous(alias.name):
            yield _reaches(alias.name)
        elif alias.name.startswith("_"):
            yield f"It imports the private name {alias.name!r}; use what is public."


def _faults_of_text(text: str) -> Iterator[str]:
    for name in DUNDER.findall(text):
        if is_dangerous(name) and name != "__main__":
            yield f"It holds the text {name!r}; leave it out."


def _faults_of_target(node: ast.AST, modules: dict[str, str]) -> Iterator[str]:
    """Say which module of the standard library is changed for all that use it."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign | ast.Delete):
        targets = list(node.targets)
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    while targets:
        target = targets.pop()
        if isinstance(target, ast.Tuple | ast.List):
            targets += target.elts
        elif isinstance(target, ast.Attribute) and _module_of(target.value, modules):
            yield _changes(_module_of(target.value, modules))


def _module_of(value: ast.expr, modules: dict[str, str]) -> str:
    """Return which module an expression such as `json` or `os.path` stands for, or nothing."""
    while isinstance(value, ast.Attribute):
        value = value.value
    return modules.get(value.id, "") if isinstance(value, ast.Name) else ""


def _changes(module: str) -> str:
    return f"It changes the module {module!r} for everybody; change what is your own."
