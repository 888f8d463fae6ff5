"""The locks: exact, from the public index, in step with each other, and fit for every pip."""

import re
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from installed import wanted_with_extras
from processes import ROOT
from tools.locking import newer
from tools.locking.pins import LockError, Pin, missing, read, with_extras_apart

NATIVE = "email_triage_env/server/requirements.txt"
TRAINING = "training/requirements.txt"
TOOLS = "tools/requirements.txt"
# Those whose packages uv.lock knows, too.
LOCKS = (
    "requirements.txt", "tests/requirements.txt", NATIVE, "tests/native/requirements.txt", TOOLS,
)  # fmt: skip
each_lock = pytest.mark.parametrize("lock", LOCKS)

SHA = f"    --hash=sha256:{'0' * 64}"
AS_UV_WRITES = f"""# by uv
plain==1.0 ; python_full_version < '3.12' \\
{SHA}
with-extras[one, two]==2.0 ; sys_platform == 'linux' \\
{SHA}
"""
APART = f"""# by uv
plain==1.0 ; python_full_version < '3.12' \\
{SHA}
with-extras==2.0 ; sys_platform == 'linux' \\
{SHA}
with-extras[one,two]==2.0 ; sys_platform == 'linux' \\
{SHA}
"""


def _pins(lock: str) -> list[Pin]:
    return read((ROOT / lock).read_text(encoding="utf-8"))


def _versions(lock: str) -> set[tuple[str, str]]:
    return {(pin.name, pin.version) for pin in _pins(lock)}


def _uv_lock() -> list[dict[str, Any]]:
    packages: list[dict[str, Any]] = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))[
        "package"
    ]
    return packages


def _wanted_with_extras(lock: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what uv.lock says that the packages of a lock want with extras, on any system."""
    names = {name for name, _ in _versions(lock)}
    for package in _uv_lock():
        groups = [
            package.get("dependencies", []),
            *package.get("optional-dependencies", {}).values(),
        ]
        for wanted in (wanted for group in groups for wanted in group):
            if package["name"] in names and "extra" in wanted:
                yield wanted["name"], frozenset(wanted["extra"])


def test_uv_lock_names_public_sources_only() -> None:
    """Whoever uses the lock gets every file from the public index, by its hash."""
    packages = _uv_lock()
    sources = {str(package["source"]) for package in packages}
    assert sources == {"{'registry': 'https://pypi.org/simple'}", "{'editable': '.'}"}
    files = re.findall(r"url = .*", (ROOT / "uv.lock").read_text(encoding="utf-8"))
    assert len(files) > len(packages)
    assert all(
        re.match(r'url = "https://files\.pythonhosted\.org/[^"]+", hash = "sha256:', line)
        for line in files
    )


@each_lock
def test_locks_agree(lock: str) -> None:
    """A version that one lock names, uv.lock knows too, and no file of it that the lock refuses."""
    known = {
        (package["name"], package["version"]): {
            file["hash"].removeprefix("sha256:")
            for file in [*package.get("wheels", []), *filter(None, [package.get("sdist")])]
        }
        for package in _uv_lock()
        if "version" in package
    }
    pins = _pins(lock)
    assert pins
    for pin in pins:
        assert known[pin.name, pin.version] <= pin.hashes, pin.name


def test_native_tests_run_what_is_served() -> None:
    """The environment of the native tests is the server's, and more."""
    assert _versions(NATIVE) <= _versions("tests/native/requirements.txt")


def test_tools_play_with_the_served_client() -> None:
    """The environment of the tools is a part of the server's."""
    assert _versions(TOOLS) <= _versions(NATIVE)
    assert {"openenv", "openai", "numpy", "tqdm"} <= dict(_versions(TOOLS)).keys()


def test_training_plays_with_the_served_client() -> None:
    """A package that both the server and training use has one version."""
    served = dict(_versions(NATIVE))
    trained = dict(_versions(TRAINING))
    shared = served.keys() & trained.keys()
    assert {"openenv", "pydantic"} <= shared
    assert {name: served[name] for name in shared} == {name: trained[name] for name in shared}


def test_training_leaves_torch_to_the_machine() -> None:
    """Neither torch nor what CUDA brings is in the lock; what every build wants is."""
    names = {pin.name for pin in _pins(TRAINING)}
    assert [name for name in names if re.match(r"torch$|triton|nvidia-|cuda-", name)] == []
    assert {"sympy", "networkx", "jinja2", "fsspec", "filelock"} <= names


@pytest.mark.parametrize("lock", [*LOCKS, TRAINING])
def test_locks_are_for_every_system(lock: str) -> None:
    """A lock names what other systems than this one need, under a marker."""
    markers = {pin.marker for pin in _pins(lock)}
    assert "sys_platform == 'win32'" in markers


@each_lock
def test_every_extra_has_its_pin(lock: str) -> None:
    """What a locked package wants with extras has a line with them, which pip before 24.0 needs."""
    wanted = set(_wanted_with_extras(lock))
    assert missing(wanted, _pins(lock)) == set()
    assert lock in ("requirements.txt", "tests/requirements.txt") or wanted


@pytest.mark.parametrize("lock", [*LOCKS, TRAINING])
def test_extras_stand_apart(lock: str) -> None:
    """Each line with extras has its twin without, which is what others want."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert with_extras_apart(text) == text
    pins = _pins(lock)
    assert [pin for pin in pins if pin._replace(extras=frozenset()) not in pins] == []


def test_installed_extras_have_their_pin() -> None:
    """What an installed package wants with an extra has a line with that extra."""
    pins = _pins("tests/requirements.txt")
    assert missing(wanted_with_extras(pins), pins) == set()


def test_a_lock_as_uv_writes_it_is_not_enough() -> None:
    """The checks fail on what uv writes, and hold once it is taken apart, as often as one likes."""
    wanted = [("with-extras", frozenset({"one", "two"})), ("not-locked", frozenset({"one"}))]
    bare = [pin for pin in read(APART) if not pin.extras]
    assert missing(wanted, bare) == {"with-extras[one,two]"}
    assert with_extras_apart(AS_UV_WRITES) == APART
    assert with_extras_apart(APART) == APART
    assert missing(wanted, read(APART)) == set()
    assert missing([("with-extras", frozenset({"one"}))], read(APART)) == {"with-extras[one]"}


@pytest.mark.parametrize(
    "line",
    ["name>=1.0", "name==1.0", f"name \\\n{SHA}", "-r other.txt", f"name==1.0 \\\n{SHA[:-1]}"],
)
def test_what_is_no_pin_is_refused(line: str) -> None:
    """A line without a version or without a whole hash is no part of a lock."""
    with pytest.raises(LockError, match="no pin with hashes; run `make lock`"):
        read(f"{AS_UV_WRITES}{line}\n")


def test_a_newer_release_is_a_wheel(tmp_path: Path) -> None:
    """The pretended release is what pip takes for one, with nothing in it."""
    wheel = newer.pretend("two-words", tmp_path)
    assert wheel.name == "two_words-9999-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read("two_words-9999.dist-info/METADATA").decode()
        assert {name.split("/")[0] for name in archive.namelist()} == {"two_words-9999.dist-info"}
    assert "Name: two-words\nVersion: 9999\n" in metadata
