"""What the files of the repository say: pins, bill of materials, labels, layout."""

import re
import subprocess
from pathlib import Path
from typing import Any, Final

from packaging.markers import InvalidMarker, Marker
from pydantic import BaseModel

from tools.checks.findings import (
    MANIFEST,
    DeclarationError,
    Finding,
    Target,
    declared,
    failed,
    judged,
    manifest_of,
    read_json,
    read_text,
    skipped,
)

LABELS: Final = ("title", "version", "source", "licenses")
LARGEST_FILE: Final = 1 << 20
ARCHIVES: Final = frozenset(
    ".zip .tar .gz .tgz .bz2 .xz .zst .7z .whl .egg .pyc .so .dll .exe .bin .pt .safetensors .jar"
    .split()
)  # fmt: skip
# With one of these in the root OpenEnv does not know what the package is.
AMBIGUOUS: Final = ("task.toml", "task.md")
_PIN: Final = re.compile(
    r"([\w.-]+)(?:\[[\w,.-]+\])?==([^\s;]+)(?:\s*;([^\\#]+?))?((?:\s+--hash=sha256:[0-9a-f]{64})+)"
)
# A lock names what any system and any Python from 3.11 on needs; this is what the image has.
_IMAGE: Final = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_system": "Linux",
    "python_full_version": "3.11.0",
    "python_version": "3.11",
    "sys_platform": "linux",
}
_VERSION: Final = re.compile(r"[\w.-]+(\[[\w,]+\])?==[\w.+]+")


class Component(BaseModel):
    """A package that an image holds."""

    name: str
    version: str


class Bill(BaseModel):
    """What is read of a CycloneDX bill of materials, by its own names."""

    bomFormat: str  # noqa: N815
    specVersion: str  # noqa: N815
    components: list[Component]


def dependency_pinning(target: Target) -> Finding:
    """Every line of every requirements file names one version and, but for a few, hashes."""
    root, requirements = target.subject.root, target.subject.files.requirements
    unhashed = target.subject.files.unhashed
    files = sorted(
        path
        for path in root.rglob("requirements*.txt")
        if not any(part.startswith(".") for part in path.relative_to(root).parts)
    )
    if root / requirements not in files:
        return failed(f"{requirements} is missing")
    pins = versions = 0
    problems = []
    for path in files:
        name = path.relative_to(root).as_posix()
        for line in _logical_lines(path):
            if name in unhashed and _VERSION.fullmatch(line):
                versions += 1
            elif _PIN.fullmatch(line):
                pins += 1
            else:
                problems.append(f"{name}: {line.split(' --hash')[0]!r:.80} is not pinned by hash")
    few = f"; {versions} of {', '.join(unhashed)}, which serves nothing, names == alone"
    return judged(problems, f"{pins} lines name == and sha256 hashes{few if versions else ''}")


def sbom(target: Target) -> Finding:
    """The bill of materials lists exactly the packages and versions that the image installs."""
    files, root = target.subject.files, target.subject.root
    bill = read_json(root / files.sbom, Bill)
    if bill.bomFormat != "CycloneDX":
        return failed(f"{files.sbom} is no CycloneDX document")
    listed = {(_plain(part.name), part.version) for part in bill.components}
    installed = {
        (_plain(pin[1]), pin[2])
        for line in _logical_lines(root / files.requirements)
        if (pin := _PIN.fullmatch(line)) and (not pin[3] or _holds(pin[3]))
    }
    problems = [
        f"{name} {version} is {'listed, not installed' if there else 'installed, not listed'}"
        for pairs, there in ((installed - listed, False), (listed - installed, True))
        for name, version in sorted(pairs)
    ]
    if not installed:
        problems.append(f"{files.requirements} pins nothing")
    return judged(
        problems,
        f"CycloneDX {bill.specVersion}: {len(listed)} components = the pins of "
        f"{files.requirements} that hold for the image",
    )


def oci_labels(target: Target) -> Finding:
    """The Dockerfile labels the image with title, version, source and licence."""
    root = target.subject.root
    labels = image_labels(read_text(root / target.subject.files.dockerfile))
    problems = [f"the label {name!r} is missing" for name in LABELS if not labels.get(name)]
    version = str(manifest_of(root).get("version"))
    if labels.get("version") not in (None, version):
        problems.append(f"the label says version {labels['version']}, {MANIFEST} {version}")
    placeholder = ".example/" in f"{labels.get('source')}/"
    note = "; the source is a placeholder until somebody publishes the image" if placeholder else ""
    shown = ", ".join(f"{name}={labels.get(name)}" for name in LABELS)
    return judged(problems, f"{shown}{note}")


def layout(target: Target) -> Finding:
    """The repository is source: no archive, no binary, no large file, no link, no second format."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=target.subject.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode != 0 or not listed.stdout:
        return skipped("this is no git checkout, so nothing says which files belong to it")
    paths = [target.subject.root / name for name in listed.stdout.splitlines()]
    paths = [path for path in paths if path.exists() or path.is_symlink()]
    problems = [_misplaced(path, target.subject.root) for path in paths]
    ambiguous = [name for name in AMBIGUOUS if (target.subject.root / name).exists()]
    problems += [f"{name} makes the package ambiguous" for name in ambiguous]
    size = sum(path.stat().st_size for path in paths if path.is_file())
    return judged(
        [problem for problem in problems if problem],
        f"{len(paths)} files, {size >> 10} KiB in all: no archive, binary, link or file over "
        f"{LARGEST_FILE >> 20} MiB",
    )


def task_distribution_pinning(target: Target) -> Finding:
    """The texts and answers of the tasks are those that the declared dataset version pins."""
    root, file = target.subject.root, target.subject.files.digests
    pins = read_json(root / file, dict[str, Any])
    version = declared(root, str, "task_distribution", "dataset_version")
    if pins.pop("dataset_version", None) != version:
        return failed(f"{file} does not pin the declared dataset_version {version!r}")
    now = target.subject.bench.measured()
    problems = [
        f"{name} changed since {version}; raise dataset_version, then write {file} again"
        for name in sorted(now.keys() | pins.keys())
        if now.get(name) != pins.get(name)
    ]
    return judged(problems, f"{version}: {', '.join(now)} are as {file} pins them")


def image_labels(dockerfile: str) -> dict[str, str]:
    """Return the `org.opencontainers.image` labels of a Dockerfile.

    Args:
        dockerfile: Its text.

    Returns:
        The values by the last word of the name, with the defaults of its arguments filled in.
    """
    text = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n", "", dockerfile, flags=re.MULTILINE))
    defaults = dict(re.findall(r"^ARG\s+(\w+)=[\"']?([^\"'\s]*)", text, re.MULTILINE))
    labels: dict[str, str] = {}
    for line in re.findall(r"^LABEL\s+(.*)$", text, re.MULTILINE):
        for name, quoted, bare in re.findall(
            r"org\.opencontainers\.image\.(\w+)=(?:[\"']([^\"']*)[\"']|(\S+))", line
        ):
            value = re.sub(r"\$\{?(\w+)\}?", lambda hit: defaults.get(hit[1], ""), quoted or bare)
            labels[name] = value
    return labels


def _logical_lines(path: Path) -> list[str]:
    text = re.sub(r"\\\n", " ", read_text(path))
    lines = [line.partition(" #")[0].strip() for line in text.splitlines()]
    return [re.sub(r"\s+", " ", line) for line in lines if line and not line.startswith("#")]


def _holds(marker: str) -> bool:
    try:
        return Marker(marker).evaluate(_IMAGE)
    except InvalidMarker as error:
        raise DeclarationError(f"{marker!r:.80} is no marker of a requirement.") from error


def _misplaced(path: Path, root: Path) -> str | None:
    name = path.relative_to(root)
    if path.is_symlink():
        return f"{name} is a link"
    if ARCHIVES.intersection(path.suffixes):
        return f"{name} is an archive or a binary"
    if path.stat().st_size > LARGEST_FILE:
        return f"{name} has {path.stat().st_size >> 10} KiB"
    return None


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
