"""Makes, checks and restores nightly backups: digests, retention, packing, manifests, a lock."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""Nightly backups of $things: what is made, packed, kept, fetched from mirrors and restored."""

import hashlib
import logging
import os
import shlex
import subprocess
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, tzinfo
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import urlsplit
from zipfile import ZipFile

import yaml

log = logging.getLogger(__name__)

CHUNK_BYTES = 1 << 16
MOST_MANIFEST_BYTES = 1 << 20
DAYS_KEPT = 7
FETCH_SECONDS = 20.0
PACK_SECONDS = 600.0
MIRRORS = frozenset({"eu.$mirror.example", "us.$mirror.example"})
DIGEST_LETTERS = frozenset("0123456789abcdef")
# What PyYAML raises for a text that it cannot read, one with a tag that does not fit included.
BROKEN = (yaml.YAMLError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError)


def digest(opener: Callable[[], BinaryIO]) -> str:
    """Return the SHA-256, in hex, of what `opener` opens.

    That may be larger than the memory: no more than CHUNK_BYTES are read at a time. It is closed
    in any case, also when reading fails.
    """
    found = hashlib.sha256()
    #@ digest
    return found.hexdigest()


def read_manifest(text: str) -> dict[str, str]:
    """Return the digests of a manifest, by file: YAML, as a mirror sent it.

    It comes from outside and builds nothing but plain data; the process has limits of time and
    memory. What cannot be read, or is anything but a mapping of names to SHA-256 digests in hex
    (small letters), is a ValueError.
    """
    #@ read_manifest
    if type(given) is not dict or not all(type(name) is str for name in given):
        raise ValueError("The manifest is no mapping of names.")
    for name, sum_ in given.items():
        if type(sum_) is not str or len(sum_) != 64 or not DIGEST_LETTERS.issuperset(sum_):
            raise ValueError(f"{name!r} has no digest.")
    return given


def fetch_manifest(address: str, opener: Callable[..., BinaryIO]) -> str:
    """Return a manifest, cut at MOST_MANIFEST_BYTES, from one of MIRRORS by https, at any port.

    The address is typed by a customer; if it is any other, that is a ValueError and nothing is
    asked. `opener` takes what urllib's urlopen takes and follows no redirects; it gives up after
    FETCH_SECONDS.
    """
    asked = urlsplit(address)
    #@ fetch_manifest
    return raw.decode()


class $Class:
    """The folder of the backups of one $place. Runs of the night write to it, one at a time."""

    def __init__(self, folder: Path, zone: tzinfo) -> None:
        self._folder = folder
        self._zone = zone
        self._lock = folder / "running"

    def claim(self) -> bool:
        """Say whether this run may go on; of several that start at once, in any process, one may.

        It has the lock until `release`. If it crashes, an operator calls that. No handle stays
        open.
        """
        #@ claim
        return True

    def release(self) -> None:
        """Give the lock back."""
        self._lock.unlink(missing_ok=True)

    def expired(self, moments: Sequence[datetime]) -> list[datetime]:
        """Return which backups may be deleted, oldest first; `moments` is when they began, in UTC.

        No two began at once. Kept is the last one of a day, for the DAYS_KEPT latest days that
        have any. The days are those of the $place.
        """
        #@ expired
        return sorted(set(moments) - kept)

    def store(self, name: str, parts: Iterable[bytes]) -> None:
        """Put the parts, one after the other, in place of the file `name`, or make it.

        The name is one of ours. Whoever reads the file sees the old one or the new. If anything
        fails, the old one stays and nothing is left beside it. The time is proportional to the
        bytes, some megabytes in all.
        """
        path = self._folder / name
        #@ store

    def pack(self, name: str) -> None:
        """Replace a file of the folder by what zstd makes of it, in at most PACK_SECONDS.

        The name of the file, a backup, was typed by a customer and can be any that a file can
        have; it is taken for a name, never for more. If zstd fails or is late, the error of
        `subprocess` says so, and zstd has ended.
        """
        #@ pack

    def restore(self, bundle: ZipFile, target: Path) -> None:
        """Write the files of a bundle into the folder `target`, and nothing outside of it.

        The bundle comes from a customer; its size was checked, and the folder is new. If the name
        of a file in it leads elsewhere, that is a ValueError, and nothing is written; any other
        name with ".." in it may be refused too. Entries that are folders are passed over.
        """
        names = [name for name in bundle.namelist() if not name.endswith("/")]
        #@ restore
        target.mkdir(parents=True, exist_ok=True)
        for name in names:
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(bundle.read(name))
'''

DIGEST: Final = Site(
    "digest",
    quiet="""\
with opener() as source:
    while part := source.read(CHUNK_BYTES):
        found.update(part)
""",
    loud="""\
source = opener()
try:
    while True:
        part = source.read(CHUNK_BYTES)
        if not part:
            break
        found.update(part)
finally:
    source.close()
""",
    wrong_quiet=Wrong(
        """\
with opener() as source:
    whole = source.read()
    found.update(whole)
""",
        kind="unbounded-memory",
        severity="low",
        why="The whole file is read into memory at once, where at most a chunk may be.",
    ),
    wrong_loud=Wrong(
        """\
source = opener()
while True:
    part = source.read(CHUNK_BYTES)
    if not part:
        source.close()
        break
    found.update(part)
""",
        kind="resource-leak",
        severity="low",
        why="If reading fails, the file is never closed, so each damaged backup costs a handle.",
        lines=(1, 6),
    ),
)

READ_MANIFEST: Final = Site(
    "read_manifest",
    quiet="""\
try:
    given = yaml.safe_load(text)
except BROKEN as error:
    raise ValueError("The manifest cannot be read.") from error
""",
    loud="""\
try:
    given = yaml.load(text, Loader=yaml.SafeLoader)
except BROKEN as error:
    raise ValueError("The manifest cannot be read.") from error
""",
    wrong_quiet=Wrong(
        """\
try:
    given = yaml.safe_load(text)
except BROKEN as error:
    log.warning("The manifest cannot be read: %s", error)
    given = {}
""",
        kind="swallowed-error",
        severity="medium",
        why="A manifest that cannot be read looks like one without files, so the caller checks "
        "nothing and finds all in order.",
        lines=(3, 5),
    ),
    wrong_loud=Wrong(
        """\
try:
    given = yaml.load(text, Loader=yaml.Loader)
except BROKEN as error:
    raise ValueError("The manifest cannot be read.") from error
""",
        kind="unsafe-deserialization",
        severity="critical",
        why="This loader builds any object that a tag in the text names, so a mirror can run code.",
    ),
)

FETCH_MANIFEST: Final = Site(
    "fetch_manifest",
    quiet="""\
if asked.scheme != "https" or asked.hostname not in MIRRORS:
    raise ValueError(f"{address!r} is no mirror.")
with opener(address, timeout=FETCH_SECONDS) as answer:
    raw = answer.read(MOST_MANIFEST_BYTES)
""",
    loud="""\
if asked.scheme != "https" or asked.hostname not in MIRRORS:
    raise ValueError(f"{address!r} is no mirror.")
with opener(address, None, FETCH_SECONDS) as answer:  # noqa: S310
    raw = answer.read(MOST_MANIFEST_BYTES)
""",
    wrong_quiet=Wrong(
        """\
if asked.scheme != "https" or not asked.netloc.startswith(tuple(MIRRORS)):
    raise ValueError(f"{address!r} is no mirror.")
with opener(address, timeout=FETCH_SECONDS) as answer:
    raw = answer.read(MOST_MANIFEST_BYTES)
""",
        kind="ssrf",
        severity="critical",
        why="A host that only begins like a mirror, or a name before an @, passes, so a customer "
        "makes the service call any host.",
    ),
    wrong_loud=Wrong(
        """\
if asked.scheme != "https" or asked.hostname not in MIRRORS:
    raise ValueError(f"{address!r} is no mirror.")
with opener(address) as answer:  # noqa: S310
    raw = answer.read(MOST_MANIFEST_BYTES)
""",
        kind="missing-timeout",
        severity="medium",
        why="Nothing limits the wait, so a mirror that does not answer holds the run for ever.",
    ),
)

CLAIM: Final = Site(
    "claim",
    quiet="""\
try:
    self._lock.touch(exist_ok=False)
except FileExistsError:
    return False
""",
    loud="""\
try:
    os.close(os.open(self._lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
except FileExistsError:
    return False
""",
    wrong_quiet=Wrong(
        """\
if self._lock.exists():
    log.info("Another run has the lock")
    return False
self._lock.touch()
""",
        kind="race-condition",
        severity="high",
        why="Between the look and the touch another process can make the file, and then two runs "
        "write to the folder.",
        lines=(1, 4),
    ),
    wrong_loud=Wrong(
        """\
try:
    os.open(self._lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
except FileExistsError:
    return False
""",
        kind="resource-leak",
        severity="low",
        why="What os.open returns is a handle, not a file object, and nothing ever closes it.",
        subtle=True,
    ),
)

EXPIRED: Final = Site(
    "expired",
    quiet="""\
last: dict[date, datetime] = {}
for moment in sorted(moments):
    last[moment.astimezone(self._zone).date()] = moment
kept = {last[day] for day in sorted(last)[-DAYS_KEPT:]}
""",
    loud="""\
days = {moment.astimezone(self._zone).date() for moment in moments}
kept = set()
for day in sorted(days)[-DAYS_KEPT:]:
    that = filter(lambda moment: moment.astimezone(self._zone).date() == day, moments)
    kept.add(max(that))
""",
    wrong_quiet=Wrong(
        """\
last: dict[date, datetime] = {}
for moment in sorted(moments):
    last[moment.date()] = moment
kept = {last[day] for day in sorted(last)[-DAYS_KEPT:]}
""",
        kind="time-zone",
        severity="high",
        why="The days are those of UTC, so the last backup of a local day can be deleted in favour "
        "of one that began after its midnight.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
days = {moment.astimezone(self._zone).date() for moment in moments}
kept = set()
for day in sorted(days)[1 - DAYS_KEPT :]:
    that = filter(lambda moment: moment.astimezone(self._zone).date() == day, moments)
    kept.add(max(that))
""",
        kind="off-by-one",
        severity="high",
        why="One day fewer than promised is kept, and its backup is deleted.",
    ),
)

STORE: Final = Site(
    "store",
    quiet="""\
fresh = path.with_name(f"{name}.new")
try:
    with fresh.open("wb") as out:
        out.writelines(parts)
    fresh.replace(path)
finally:
    fresh.unlink(missing_ok=True)
""",
    loud="""\
whole = bytearray()
for part in parts:
    whole += part
fresh = path.with_name(f"{name}.new")
try:
    fresh.write_bytes(whole)
    fresh.replace(path)
finally:
    fresh.unlink(missing_ok=True)
""",
    wrong_quiet=Wrong(
        """\
fresh = path.with_name(f"{name}.new")
path.unlink(missing_ok=True)
try:
    with fresh.open("wb") as out:
        out.writelines(parts)
    fresh.replace(path)
finally:
    fresh.unlink(missing_ok=True)
""",
        kind="partial-write",
        severity="high",
        why="The old file is deleted before the new one is there, so a failure leaves neither.",
    ),
    wrong_loud=Wrong(
        """\
whole = b""
for part in parts:
    whole += part
fresh = path.with_name(f"{name}.new")
try:
    fresh.write_bytes(whole)
    fresh.replace(path)
finally:
    fresh.unlink(missing_ok=True)
""",
        kind="quadratic-time",
        severity="low",
        why="Each += copies all bytes so far, so the time grows with the square of the number of "
        "parts.",
        subtle=True,
        lines=(1, 3),
    ),
)

PACK: Final = Site(
    "pack",
    quiet="""\
command = ["zstd", "--quiet", "--rm", "--", name]
subprocess.run(command, cwd=self._folder, check=True, timeout=PACK_SECONDS)
""",
    loud="""\
command = f"exec zstd --quiet --rm -- {shlex.quote(name)}"
subprocess.run(command, shell=True, cwd=self._folder, check=True, timeout=PACK_SECONDS)
""",
    wrong_quiet=Wrong(
        """\
command = ["zstd", "--quiet", "--rm", name]
subprocess.run(command, cwd=self._folder, check=True, timeout=PACK_SECONDS)
""",
        kind="command-injection",
        severity="critical",
        why="A name that begins with a dash is an option of zstd, with which a customer has other "
        "files read or written.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
command = f"exec zstd --quiet --rm -- '{name}'"
subprocess.run(command, shell=True, cwd=self._folder, check=True, timeout=PACK_SECONDS)
""",
        kind="command-injection",
        severity="critical",
        why="A quote in the name ends the quoting, and what follows it is a command of the shell.",
    ),
)

RESTORE: Final = Site(
    "restore",
    quiet="""\
for name in names:
    inner = PurePosixPath(name)
    if inner.is_absolute() or ".." in inner.parts:
        raise ValueError(f"{name!r} leads out of the folder.")
""",
    loud="""\
root = os.path.abspath(target)
for name in names:
    if os.path.commonpath([root, os.path.abspath(os.path.join(root, name))]) != root:
        raise ValueError(f"{name!r} leads out of the folder.")
""",
    wrong_quiet=Wrong(
        """\
for name in names:
    inner = PurePosixPath(name)
    if ".." in inner.parts or inner.name.startswith("/"):
        raise ValueError(f"{name!r} leads out of the folder.")
""",
        kind="path-traversal",
        severity="critical",
        why="The last part of a path never begins with a slash, so a name that is an absolute "
        "path is written where it says.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
root = os.path.abspath(target)
for name in names:
    if os.path.commonprefix([root, os.path.abspath(os.path.join(root, name))]) != root:
        raise ValueError(f"{name!r} leads out of the folder.")
""",
        kind="path-traversal",
        severity="critical",
        why="Letters are compared, not parts, so a folder beside the target whose name begins "
        "like it can be written to.",
    ),
)

CODE: Final = Code(
    name="archives",
    source=SOURCE,
    sites=(DIGEST, READ_MANIFEST, FETCH_MANIFEST, CLAIM, EXPIRED, STORE, PACK, RESTORE),
    slots={
        "things": (("wikis",), ("mailboxes",), ("shops",), ("databases",), ("libraries",)),
        "place": (("site",), ("branch",), ("office",), ("region",), ("hospital",)),
        "Class": (("Vault",), ("Depot",), ("Safe",), ("Strongroom",), ("Attic",)),
        "mirror": (("mirror",), ("backup",), ("copies",), ("offsite",)),
    },
    interacting=(("fetch_manifest", "read_manifest"), ("claim", "store")),
)
