"""What the files of the repository say: pins, bill of materials, labels, layout."""

import re
import subprocess
from pathlib import Path
from typing import Final

import yaml
from packaging.markers import Marker

from quality import digests
from tools.checks.findings import (
    MANIFEST,
    Finding,
    Target,
    failed,
    judged,
    read_json,
    skipped,
)

DOCKERFILE: Final = "email_triage_env/server/Dockerfile"
REQUIREMENTS: Final = "email_triage_env/server/requirements.txt"
SBOM: Final = "email_triage_env/server/sbom.json"
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
# torch is another file on another machine, with or without CUDA.
BY_VERSION: Final = ("training/requirements-torch.txt",)
_VERSION: Final = re.compile(r"[\w.-]+(\[[\w,]+\])?==[\w.+]+")


def dependency_pinning(target: Target) -> Finding:
    """Every line of every requirements file names one version and, but for torch, hashes."""
    files = sorted(
        path
        for path in target.root.rglob("requirements*.txt")
        if not any(part.startswith(".") for part in path.relative_to(target.root).parts)
    )
    if target.root / REQUIREMENTS not in files:
        return failed(f"{REQUIREMENTS} is missing; `make lock` writes it")
    pins = versions = 0
    problems = []
    for path in files:
        name = path.relative_to(target.root).as_posix()
        for line in _logical_lines(path):
            if name in BY_VERSION and _VERSION.fullmatch(line):
                versions += 1
            elif _PIN.fullmatch(line):
                pins += 1
            else:
                problems.append(f"{name}: {line.split(' --hash')[0]!r:.80} is not pinned by hash")
    return judged(
        problems,
        f"{pins} lines name == and sha256 hashes; {versions} of {', '.join(BY_VERSION)}, which "
        f"serves nothing, names == alone",
    )


def sbom(target: Target) -> Finding:
    """The bill of materials lists exactly the packages and versions that the image installs."""
    if not (target.root / SBOM).is_file():
        return failed(f"{SBOM} is missing; `make lock` writes it")
    bill = read_json(target.root / SBOM)
    if bill.get("bomFormat") != "CycloneDX" or not bill.get("specVersion"):
        return failed(f"{SBOM} is no CycloneDX document")
    listed = {(_plain(part["name"]), part["version"]) for part in bill.get("components", [])}
    installed = {
        (_plain(pin[1]), pin[2])
        for line in _logical_lines(target.root / REQUIREMENTS)
        if (pin := _PIN.fullmatch(line)) and (not pin[3] or Marker(pin[3]).evaluate(_IMAGE))
    }
    problems = [
        f"{name} {version} is {'listed, not installed' if there else 'installed, not listed'}"
        for pairs, there in ((installed - listed, False), (listed - installed, True))
        for name, version in sorted(pairs)
    ]
    if not installed:
        problems.append(f"{REQUIREMENTS} pins nothing")
    version = bill["specVersion"]
    return judged(
        problems,
        f"CycloneDX {version}: {len(listed)} components = the pins of {REQUIREMENTS} that hold for "
        f"the image",
    )


def oci_labels(target: Target) -> Finding:
    """The Dockerfile labels the image with title, version, source and licence."""
    path = target.root / DOCKERFILE
    if not path.is_file():
        return failed(f"{DOCKERFILE} is missing")
    labels = image_labels(path.read_text(encoding="utf-8"))
    problems = [f"the label {name!r} is missing" for name in LABELS if not labels.get(name)]
    version = str(yaml.safe_load((target.root / MANIFEST).read_text(encoding="utf-8"))["version"])
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
        cwd=target.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode != 0 or not listed.stdout:
        return skipped("this is no git checkout, so nothing says which files belong to it")
    paths = [target.root / name for name in listed.stdout.splitlines()]
    paths = [path for path in paths if path.exists() or path.is_symlink()]
    problems = [_misplaced(path, target.root) for path in paths]
    ambiguous = [name for name in AMBIGUOUS if (target.root / name).exists()]
    problems += [f"{name} makes the package ambiguous" for name in ambiguous]
    size = sum(path.stat().st_size for path in paths if path.is_file())
    return judged(
        [problem for problem in problems if problem],
        f"{len(paths)} files, {size >> 10} KiB in all: no archive, binary, link or file over "
        f"{LARGEST_FILE >> 20} MiB",
    )


def task_distribution_pinning(target: Target) -> Finding:
    """The texts and answers of the inboxes are those that the declared dataset version pins."""
    path = target.root / digests.FILE
    if not path.is_file():
        return failed(f"{digests.FILE} is missing; python -m quality.digests")
    pins = read_json(path)
    version = digests.pinned_version(target.root)
    if not version or pins.pop("dataset_version", None) != version:
        return failed(f"{digests.FILE} does not pin the declared dataset_version {version!r}")
    now = digests.measured()
    problems = [
        f"{name} changed since {version}; raise dataset_version, then python -m quality.digests"
        for name in now
        if now[name] != pins.get(name)
    ]
    counted = ", ".join(f"{split} {number}" for split, number in now["inboxes"].items())
    return judged(
        problems, f"{version}: digests of headline tasks, storylines and deals agree ({counted})"
    )


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
    text = re.sub(r"\\\n", " ", path.read_text(encoding="utf-8"))
    lines = [line.partition(" #")[0].strip() for line in text.splitlines()]
    return [re.sub(r"\s+", " ", line) for line in lines if line and not line.startswith("#")]


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
