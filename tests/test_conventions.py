"""What no linter covers: the architecture, the flat root, and the owner's rules of style."""

import ast
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from conftest import ROOT
from tools.locking.pins import read

ELEVEN = {
    "models.py", "tasks.py", "graders.py", "environment.py", "server.py", "inference.py",
    "openenv.yaml", "Dockerfile", "requirements.txt", "README.md", "validate-submission.sh",
}  # fmt: skip
DEVELOPER_FILES = {"pyproject.toml", "uv.lock", "Makefile", "LICENSE", "CHANGELOG.md"}
MODULES = {
    "models": set(),
    "tasks": {"models"},
    "graders": {"models", "tasks"},
    "environment": {"models", "tasks", "graders"},
    "server": {"environment", "models"},
    "inference": {"models", "environment"},
}  # fmt: skip
FOLDERS = {
    "deck", "quality", "email_triage_env", "server", "training", "tests", "benchmarks",
    "tools", "adapters", "python_env",
}  # fmt: skip
# Errors that still share a name; to become none.
PURE = ("models", "tasks", "graders", "environment")
IMPURE = {
    "random", "secrets", "time", "os", "sys", "io", "pathlib", "threading", "asyncio", "socket",
    "subprocess", "urllib", "http", "requests", "httpx", "tempfile", "shutil", "multiprocessing",
}  # fmt: skip
TRACKED = [
    Path(name)
    for name in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()
    if (ROOT / name).exists()
]  # fmt: skip
SOURCES = [path for path in TRACKED if path.suffix == ".py"]
each_source = pytest.mark.parametrize("path", SOURCES, ids=str)
each_module = pytest.mark.parametrize("module", MODULES)


def _tree(path: Path | str) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def _imports(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_flat_root() -> None:
    """The root holds the eleven files and developer files, and nothing else."""
    root = {str(path) for path in TRACKED if len(path.parts) == 1 and path.name[0] != "."}
    assert root >= ELEVEN
    assert root - ELEVEN <= DEVELOPER_FILES
    assert not (ROOT / "__init__.py").exists()
    assert not {path.name for path in TRACKED} & {"utils.py", "helpers.py", "config.py"}


@each_module
def test_imports_are_the_architecture(module: str) -> None:
    """A module of the root imports only what stands above it, and no folder."""
    imported = _imports(_tree(f"{module}.py"))
    assert imported & set(MODULES) <= MODULES[module]
    assert not imported & FOLDERS


@pytest.mark.parametrize("module", PURE)
def test_core_is_pure(module: str) -> None:
    """The core imports neither randomness, clock, file, thread nor network, and prints nothing."""
    tree = _tree(f"{module}.py")
    assert not _imports(tree) & IMPURE
    calls = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"open", "print", "input", "exec", "eval"}


@each_source
def test_no_single_letter_names(path: Path) -> None:
    """Only a loop counter `i` has one letter."""
    names = {node.id for node in ast.walk(_tree(path)) if isinstance(node, ast.Name)}
    names |= {node.arg for node in ast.walk(_tree(path)) if isinstance(node, ast.arg)}
    assert not {name for name in names if len(name) == 1} - {"i", "_"}


@each_source
def test_strings_are_f_strings(path: Path) -> None:
    """No string is put together by `%` or `.format`."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            # Bytes have no other way.
            text = isinstance(node.left, ast.Constant) and isinstance(node.left.value, str)
            assert not text, f"{path}:{node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr != "format", f"{path}:{node.lineno}"


def _public_functions(tree: ast.Module) -> list[ast.FunctionDef]:
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name[0] != "_"]
    bodies = [tree.body, *(node.body for node in classes)]
    functions = [node for body in bodies for node in body if isinstance(node, ast.FunctionDef)]
    # The signatures of an overloaded function share the docstring of its body.
    return [
        node
        for node in functions
        if node.name[0] != "_" and "overload" not in map(ast.unparse, node.decorator_list)
    ]


@each_module
def test_docstrings_have_their_sections(module: str) -> None:
    """A public function with arguments has `Args:`, one with a result `Returns:`."""
    for node in _public_functions(_tree(f"{module}.py")):
        text = ast.get_docstring(node) or ""
        assert text, node.name
        arguments = [arg.arg for arg in node.args.args if arg.arg not in ("self", "cls")]
        single_line = "\n" not in text
        if arguments and not single_line:
            assert "Args:" in text, node.name
            assert all(f"{name}:" in text for name in arguments if "Args:" in text), node.name
        if isinstance(node.returns, ast.Name) and not single_line:
            assert "Returns:" in text, node.name


def test_an_error_has_its_name_alone() -> None:
    """A name of an error stands for one thing in the whole house."""
    named = Counter(
        node.name
        for path in SOURCES
        if path.parts[0] != "tests"
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ClassDef) and node.name.endswith("Error")
    )
    assert named["StartError"]
    assert not {name for name, count in named.items() if count > 1}


def test_nothing_of_a_workplace_is_named() -> None:
    """No path of a machine stands in the project."""
    pattern = re.compile(r"/(?:home|root|Users|mnt|srv|opt)/")
    for path in TRACKED:
        text = (ROOT / path).read_text(encoding="utf-8", errors="ignore")
        found = [hit for hit in pattern.findall(text) if path.name != "test_conventions.py"]
        assert not found, f"{path}: {found}"


def test_requirements_are_exact_and_hashed() -> None:
    """Every package is pinned to one version with hashes, within the owner's ranges."""
    pins = read((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert len(pins) == len({pin.name for pin in pins})
    major = {pin.name: int(pin.version.split(".")[0]) for pin in pins}
    assert (major["pydantic"], major["flask"], major["openai"]) == (2, 3, 1)
    assert major["gunicorn"] == 22


def test_versions_agree() -> None:
    """The package, the manifest and the native server carry the same version."""
    version = re.compile(
        r'^version(?:: Final)?\s*[:=]\s*"?([\w.]+)"?$', re.MULTILINE | re.IGNORECASE
    )
    found = [
        version.search((ROOT / name).read_text(encoding="utf-8"))
        for name in ("pyproject.toml", "openenv.yaml", "email_triage_env/__init__.py")
    ]
    assert all(found)
    versions = {hit[1] for hit in found if hit}
    image = (ROOT / "email_triage_env/server/Dockerfile").read_text(encoding="utf-8")
    versions |= set(re.findall(r'image\.version="([\w.]+)"', image))
    assert len(versions) == 1
