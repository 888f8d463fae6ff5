"""Who may import whom: the architecture, read from the syntax of every module."""

import ast
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePath

import pytest

from conftest import ROOT
from test_conventions import SOURCES

# Where tests find modules beside those of the root.
TEST_FOLDERS = ("tests/native/", "tests/review/", "tests/training/", "tests/")
CLIENT_SIDE = {
    "__init__", "actions", "client", "models", "prompt", "kinds", "python_env",
}  # fmt: skip
# What everyone who plays may use of the tools: it finds no subject, and so no answer.
PLAYING = ("tools/episodes/", "tools/evaluation", "tools/serving.py", "tools/__init__.py")
ALLOWED = {
    "root": {"root"},
    "deck": {"root"},
    "quality": {"root", "deck"},
    "tools": {"tools playing"},
    "tools playing": {"tools"},
    "email_triage_env client": set(),
    # It asks a running server, as any client does.
    "email_triage_env evaluation": {"email_triage_env client", "tools playing"},
    "email_triage_env server": {"root", "deck", "email_triage_env client"},
    "email_triage_env subject": {
        "root", "deck", "quality", "email_triage_env client", "email_triage_env server",
        "email_triage_env evaluation", "tools", "tools playing",
    },
    "python_env client": set(),
    "python_env __main__": {"python_env server"},
    "python_env inference": {"python_env client"},
    "python_env review_tool": {"python_env client"},
    "python_env evaluation": {"python_env client", "tools playing"},
    "python_env stock": {"python_env client"},
    "python_env server": {"python_env client", "python_env stock"},
    "python_env quality": {"python_env client", "python_env stock", "python_env server"},
    "python_env subject": {
        "python_env client", "python_env stock", "python_env server", "python_env quality",
        "python_env evaluation", "tools", "tools playing",
    },
    "server": {"email_triage_env server"},
    "training": {
        "email_triage_env client", "email_triage_env evaluation", "python_env client",
        "tools playing",
    },
    "adapters": {"email_triage_env client", "python_env client", "tools playing"},
}  # fmt: skip
# Whoever measures or tests may look at everything.
FREE = {"tests", "benchmarks", "python_env tests"}
# Of an area and a module that it should not know; to become none. A subject brings the answers.
KNOWN = {("training", "tools.subject")}


def module_name(path: PurePath) -> str:
    """Return what a module is imported as."""
    text = path.as_posix()
    folder = next((name for name in TEST_FOLDERS if text.startswith(name)), "")
    parts = PurePath(text.removeprefix(folder)).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def area_of(path: PurePath) -> str:
    """Return the part of the house in which a module lies, as `ALLOWED` names it."""
    if len(path.parts) == 1:
        return "root"
    folder = path.parts[0]
    if folder.endswith("_env"):
        side = "client" if path.stem in CLIENT_SIDE else path.stem
        return f"{folder} {side if len(path.parts) == 2 else path.parts[1]}"
    return "tools playing" if path.as_posix().startswith(PLAYING) else folder


def imports_of(source: str, modules: Mapping[str, PurePath]) -> set[str]:
    """Return the modules of the house that a source imports, wherever in it that stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = {f"{node.module}.{alias.name}" for alias in node.names} & modules.keys()
            names |= inside
            # Of a package itself, too, if a name is none of its modules.
            names |= {node.module} if len(inside) < len(node.names) else set()
    return names & modules.keys()


def broken_rules(
    imports: Mapping[str, set[str]], modules: Mapping[str, PurePath]
) -> set[tuple[str, str, str]]:
    """Return each area, module and imported module where an area knows what it should not."""
    return {
        (area, name, imported)
        for name, found in imports.items()
        if (area := area_of(modules[name])) not in FREE
        for imported in found
        if area_of(modules[imported]) not in ALLOWED.get(area, set()) | {area}
    }


def circle(imports: Mapping[str, set[str]]) -> list[str]:
    """Return modules that import each other in a circle, none if there is no circle."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


MODULES: dict[str, PurePath] = {module_name(path): path for path in SOURCES}
IMPORTS = {
    name: imports_of((ROOT / path).read_text(encoding="utf-8"), MODULES)
    for name, path in MODULES.items()
}


def test_every_area_imports_what_it_may() -> None:
    """Root, deck, quality, tools, clients, servers and training know only what they may."""
    broken = broken_rules(IMPORTS, MODULES)
    assert not sorted(found for found in broken if (found[0], found[2]) not in KNOWN)
    assert {(area, imported) for area, _, imported in broken} == KNOWN, "mend the table, too"


def test_no_circle() -> None:
    """No module needs itself, in whatever detour and at whatever moment."""
    assert not circle(IMPORTS)


def test_each_module_has_its_name() -> None:
    """No two modules are imported by one name."""
    assert len(MODULES) == len(SOURCES)
    assert IMPORTS["email_triage_env.subject"] >= {"tools.subject", "quality.leaks", "tasks"}


@pytest.mark.parametrize(
    ("path", "source", "imported"),
    [
        pytest.param("tools/check.py", "import tasks", "tasks", id="a-tool-knows-mail"),
        pytest.param("tools/checks/new.py", "from email_triage_env import client",
                     "email_triage_env.client", id="a-tool-knows-a-client"),
        pytest.param("email_triage_env/client.py", "from models import Task", "models",
                     id="a-client-knows-the-root"),
        pytest.param("email_triage_env/prompt.py", "def f():\n    import deck", "deck",
                     id="later-and-hidden"),
        pytest.param("email_triage_env/server/app.py", "from quality import leaks",
                     "quality.leaks", id="a-server-knows-the-proof"),
        pytest.param("quality/bars.py", "import tools.subject", "tools.subject",
                     id="the-proof-knows-a-tool"),
        pytest.param("deck/dealing.py", "from quality.bars import BARS", "quality.bars",
                     id="the-deck-knows-the-proof"),
        pytest.param("training/train.py", "from tools.subject import find", "tools.subject",
                     id="training-finds-answers"),
        pytest.param("models.py", "import deck", "deck", id="the-root-knows-a-folder"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_noticed(path: str, source: str, imported: str) -> None:
    """What no area may import is found, wherever it stands."""
    modules = {**MODULES, "intruder": PurePath(path)}
    found = {"intruder": imports_of(source, modules)}
    assert broken_rules(found, modules) == {(area_of(PurePath(path)), "intruder", imported)}


def test_a_circle_is_noticed() -> None:
    """Two modules that import each other are found."""
    assert set(circle({"one": {"two"}, "two": {"one"}, "three": {"one"}})) == {"one", "two"}
