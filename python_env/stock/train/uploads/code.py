"""Takes uploaded files and archives into a folder."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""Takes the $nouns that ${party}s upload into a folder and hands them out again.

Names, contents and addresses come from outside, and names are given to all methods as they were
sent. One worker does all this for all ${party}s, with one $Class as long as it lives.
"""

import asyncio
import os
import re
import secrets
import shlex
import string
import subprocess
import zipfile
from collections.abc import Callable, Collection
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from urllib.parse import quote, unquote, urlsplit

CHUNK = 65_536
MAKER = "/usr/local/bin/make-thumbnail"
THUMBNAIL_SECONDS = 20
OTHER = "application/octet-stream"
BOUNDED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others unpack more than they are asked for
MAGIC = {b"\\x89PNG\\r\\n\\x1a\\n": "image/png", b"\\xff\\xd8\\xff": "image/jpeg", b"GIF8": "image/gif"}


class UploadError(Exception):
    """What was sent is refused, or could not be worked on."""


class Book(Protocol):
    """Says how many bytes a $party uses; only the one $Class that holds it changes it."""

    async def used(self, $party: str) -> int: ...
    async def set_used(self, $party: str, size: int) -> None: ...


def clean(name: str) -> str:
    """Return the file name under which a $noun is kept: the last part of the name that was sent.

    Names are sent in ASCII, percent-encoded, with slashes or backslashes between their parts. If
    no name is left, or one that leads elsewhere, that is an UploadError.
    """
    #@ clean
    if last in {"", ".", ".."} or "\\0" in last:
        raise UploadError("there is no file name")
    return last


def disposition(name: str) -> str:
    """Return the Content-Disposition, sent as it is, with which browsers save a $noun.

    It holds the name in ASCII, with "_" for all but letters, digits, blanks and "._-", and then
    the exact name in UTF-8, percent-encoded. The reader is not who chose the name.
    """
    #@ disposition


def fetchable(url: str, hosts: Collection[str]) -> bool:
    """Say whether we may fetch a $noun for a $party from an address, by http or https.

    That is so for `hosts`, given in small letters, and the hosts below them, and for no other.
    The client reads addresses as urlsplit does, whose ValueError is ours, and checks the port.
    """
    #@ fetchable


class $Class:
    """The folder of an album, which its ${party}s share, and one for thumbnails; both exist."""

    def __init__(
        self, root: Path, thumbs: Path, book: Book, run: Callable[..., Any] = subprocess.run
    ) -> None:
        self._root, self._thumbs = root.resolve(), thumbs.resolve()
        self._book, self._run = book, run
        self._locks: dict[str, asyncio.Lock] = {}  # ${party}s are few and known
        self.most_bytes, self.quota = 20_000_000, 500_000_000

    def save(self, name: str, stream: BinaryIO) -> Path:
        """Keep a $noun under its clean name, in place of an older one, and return its path.

        It may have `most_bytes` and no more, or is refused. Whatever fails, also in the stream,
        reaches the caller and leaves the folder as it was.
        """
        path = self._root / clean(name)
        #@ save
        return path

    def unpack(self, folder: str, archive: BinaryIO) -> list[str]:
        """Write the files of a zip archive into a folder below ours and return their names.

        If one of the files does not lie in that folder, the archive is refused and nothing of it
        is written; likewise if they have more than `most_bytes` together, as the archive never
        has. Its folders as such are passed over. Any other error reaches the caller.
        """
        root = self._root / clean(folder)
        with zipfile.ZipFile(archive) as zipped:
            infos = [info for info in zipped.infolist() if not info.is_dir()]
            odd = {info.compress_type for info in infos} - BOUNDED
            if odd or sum(info.file_size for info in infos) > self.most_bytes:
                raise UploadError("the archive is too large, or compressed in another way")
            files = {}
            for info in infos:
                with zipped.open(info) as member:
                    files[info.filename] = member.read(info.file_size)
        #@ unpack
        return list(files)

    def thumbnail(self, name: str) -> Path:
        """Have MAKER make a thumbnail of a kept $noun and return its path.

        `run` is called as subprocess.run and given THUMBNAIL_SECONDS. Any failure is an
        UploadError. Clean names may still hold blanks, quotes and other signs.
        """
        source = self._root / clean(name)
        target = self._thumbs / f"{source.name}.jpg"
        #@ thumbnail
        return target

    #@ kind

    async def reserve(self, $party: str, size: int) -> bool:
        """Book `size` bytes for a $party if its quota allows that, and say whether it did.

        Uploads of a $party run at once; all together never exceed the quota. A failure of the
        book reaches the caller, and later calls find everything as before.
        """
        lock = self._locks.setdefault($party, asyncio.Lock())
        #@ reserve
'''  # noqa: E501 # the backslashes are doubled only here

CLEAN: Final = Site(
    "clean",
    quiet="""\
last = re.split(r"[/\\\\]", unquote(name))[-1]
""",
    loud="""\
last = os.path.basename(unquote(name).replace("\\\\", "/"))
""",
    wrong_quiet=Wrong(
        """\
last = unquote(re.split(r"[/\\\\]", name)[-1])
""",
        kind="path-traversal",
        severity="critical",
        why="The name is decoded after it was cut, so an encoded slash survives and leads out of "
        "the folder, over the files of others.",
    ),
    wrong_loud=Wrong(
        """\
last = os.path.basename(unquote(name)).replace("\\\\", "/")
""",
        kind="path-traversal",
        severity="critical",
        why="Backslashes become slashes after the name was cut, so a name with them leads out of "
        "the folder, over the files of others.",
        subtle=True,
    ),
)

DISPOSITION: Final = Site(
    "disposition",
    quiet="""\
keep = string.ascii_letters + string.digits + " ._-"
plain = "".join(sign if sign in keep else "_" for sign in name)
exact = quote(name.encode("utf-8", "replace"), safe="")
return f"attachment; filename=\\"{plain}\\"; filename*=UTF-8''{exact}"
""",
    loud="""\
plain = re.sub(r"[^\\w ._-]", "_", name, flags=re.ASCII)
exact = quote(name.encode("utf-8", "replace"), safe="")
return "attachment; filename=\\"%s\\"; filename*=UTF-8''%s" % (plain, exact)
""",
    wrong_quiet=Wrong(
        """\
keep = string.ascii_letters + string.digits + " ._-"
plain = "".join(sign if sign in keep else "_" for sign in name)
exact = quote(name.encode("cp1252", "replace"), safe="")
return f"attachment; filename=\\"{plain}\\"; filename*=UTF-8''{exact}"
""",
        kind="text-encoding",
        severity="medium",
        why="The exact name is announced and promised as UTF-8 but encoded as Windows-1252, so "
        "browsers save other names.",
    ),
    wrong_loud=Wrong(
        """\
plain = re.sub(r"[^\\w\\s._-]", "_", name, flags=re.ASCII)
exact = quote(name.encode("utf-8", "replace"), safe="")
return "attachment; filename=\\"%s\\"; filename*=UTF-8''%s" % (plain, exact)
""",
        kind="header-injection",
        severity="critical",
        why="White space includes line breaks, so a name can add headers, such as a cookie, to "
        "what someone else is answered.",
        subtle=True,
    ),
)

FETCHABLE: Final = Site(
    "fetchable",
    quiet="""\
parts = urlsplit(url)
host = parts.hostname or ""
if parts.scheme not in ("http", "https"):
    return False
return any(host == known or host.endswith(f".{known}") for known in hosts)
""",
    loud="""\
parts = urlsplit(url)
host = (parts.hostname or "").lower()
if not parts.geturl().startswith(("http://", "https://")):
    return False
return host in hosts or host.endswith(tuple(f".{known}" for known in hosts))
""",
    wrong_quiet=Wrong(
        """\
parts = urlsplit(url)
host = parts.hostname or ""
if parts.scheme not in ("http", "https"):
    return False
return any(host == known or host.endswith(known) for known in hosts)
""",
        kind="ssrf",
        severity="critical",
        why="A host whose name merely ends like a known one passes, and whoever registers it can "
        "let it point at a host inside.",
    ),
    wrong_loud=Wrong(
        """\
parts = urlsplit(url)
host = parts.netloc.partition(":")[0].lower()
if not parts.geturl().startswith(("http://", "https://")):
    return False
return host in hosts or host.endswith(tuple(f".{known}" for known in hosts))
""",
        kind="ssrf",
        severity="critical",
        why="In an address with a user and a password what stands before the first colon is the "
        "user, so any host inside can be called behind the name of a known one.",
        subtle=True,
    ),
)

SAVE: Final = Site(
    "save",
    quiet="""\
part, size = self._root / f".{secrets.token_hex(8)}", 0
try:
    with part.open("xb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > self.most_bytes:
                raise UploadError("the $noun is too large")
            out.write(chunk)
    part.replace(path)
finally:
    part.unlink(missing_ok=True)
""",
    loud="""\
part, size = self._root / f".{secrets.token_hex(8)}", 0
try:
    with part.open("xb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > self.most_bytes:
                raise UploadError("the $noun is too large")
            out.write(chunk)
    part.replace(path)
except:
    part.unlink(missing_ok=True)
    raise
""",
    wrong_quiet=Wrong(
        """\
size = 0
with path.open("wb") as out:
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > self.most_bytes:
            raise UploadError("the $noun is too large")
        out.write(chunk)
""",
        kind="partial-write",
        severity="high",
        why="The older $noun is overwritten in place, so an upload that is refused or breaks off "
        "destroys it and leaves a piece of the new one.",
        lines=(2, 2),
    ),
    wrong_loud=Wrong(
        """\
part, size = self._root / f".{secrets.token_hex(8)}", 0
try:
    with part.open("xb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size >= self.most_bytes:
                raise UploadError("the $noun is too large")
            out.write(chunk)
    part.replace(path)
except:
    part.unlink(missing_ok=True)
    raise
""",
        kind="off-by-one",
        severity="medium",
        why="A $noun of exactly `most_bytes` is allowed but refused.",
    ),
)

UNPACK: Final = Site(
    "unpack",
    quiet="""\
targets = {(root / name).resolve(): data for name, data in files.items()}
if not all(root in target.parents for target in targets):
    raise UploadError("a name leads out of the folder")
for target, data in targets.items():
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
""",
    loud="""\
targets = {os.path.abspath(os.path.join(root, name)): data for name, data in files.items()}
if not all(target.startswith(os.path.join(root, "")) for target in targets):
    raise UploadError("a name leads out of the folder")
for target, data in targets.items():
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_bytes(data)
""",
    wrong_quiet=Wrong(
        """\
targets = {(root / name).resolve(): data for name, data in files.items()}
for target, data in targets.items():
    if root not in target.parents:
        raise UploadError("a name leads out of the folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
""",
        kind="partial-write",
        severity="medium",
        why="Each name is checked just before its file is written, so the files before a bad name "
        "stay though the archive is refused.",
        lines=(2, 6),
    ),
    wrong_loud=Wrong(
        """\
targets = {os.path.abspath(os.path.join(root, name)): data for name, data in files.items()}
if not all(target.startswith(os.fspath(root)) for target in targets):
    raise UploadError("a name leads out of the folder")
for target, data in targets.items():
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_bytes(data)
""",
        kind="path-traversal",
        severity="critical",
        why="A folder beside ours whose name begins in the same way passes, so an archive can "
        "write over the files of others.",
        subtle=True,
    ),
)

THUMBNAIL: Final = Site(
    "thumbnail",
    quiet="""\
command = [MAKER, str(source), str(target)]
try:
    self._run(command, check=True, timeout=THUMBNAIL_SECONDS)
except (OSError, subprocess.SubprocessError) as error:
    raise UploadError("no thumbnail could be made") from error
""",
    loud="""\
command = f"exec {MAKER} {shlex.quote(str(source))} {shlex.quote(str(target))}"
try:
    self._run(command, shell=True, check=True, timeout=THUMBNAIL_SECONDS)
except (OSError, subprocess.SubprocessError) as error:
    raise UploadError("no thumbnail could be made") from error
""",
    wrong_quiet=Wrong(
        """\
command = [MAKER, str(source), str(target)]
try:
    self._run(command, check=True)
except (OSError, subprocess.SubprocessError) as error:
    raise UploadError("no thumbnail could be made") from error
""",
        kind="missing-timeout",
        severity="high",
        why="Nothing ends the command after THUMBNAIL_SECONDS, so one file on which it hangs "
        "stops the worker of everyone.",
    ),
    wrong_loud=Wrong(
        """\
command = f"exec {MAKER} '{source}' '{target}'"
try:
    self._run(command, shell=True, check=True, timeout=THUMBNAIL_SECONDS)
except (OSError, subprocess.SubprocessError) as error:
    raise UploadError("no thumbnail could be made") from error
""",
        kind="command-injection",
        severity="critical",
        why="A single quote in the name ends the quoting, so the rest of the name is run by the "
        "shell.",
    ),
)

KIND: Final = Site(
    "kind",
    quiet='''\
def kind(self, name: str) -> str:
    """Return the type of a kept $noun, as its first bytes say, or else OTHER."""
    with (self._root / clean(name)).open("rb") as kept:
        head = kept.read(16)
    return next((kind for magic, kind in MAGIC.items() if head.startswith(magic)), OTHER)
''',
    loud='''\
def kind(self, name: str) -> str:
    """Return the type of a kept $noun, as its first bytes say, or else OTHER."""
    with (self._root / clean(name)).open("rb") as kept:
        return self._kind_of(kept.read(16))

@lru_cache(maxsize=128)
def _kind_of(self, head: bytes) -> str:
    return next((kind for magic, kind in MAGIC.items() if head.startswith(magic)), OTHER)
''',
    wrong_quiet=Wrong(
        '''\
def kind(self, name: str) -> str:
    """Return the type of a kept $noun, as its first bytes say, or else OTHER."""
    with (self._root / clean(name)).open("rb") as kept:
        head = kept.read(16)
    return next((kind for magic, kind in MAGIC.items() if magic in head), OTHER)
''',
        kind="wrong-condition",
        severity="medium",
        why="It is asked whether the magic bytes stand anywhere in the head and not whether it "
        "begins with them, so other files get the type of a picture.",
    ),
    wrong_loud=Wrong(
        '''\
@lru_cache(maxsize=128)
def kind(self, name: str) -> str:
    """Return the type of a kept $noun, as its first bytes say, or else OTHER."""
    with (self._root / clean(name)).open("rb") as kept:
        return self._kind_of(kept.read(16))

def _kind_of(self, head: bytes) -> str:
    return next((kind for magic, kind in MAGIC.items() if head.startswith(magic)), OTHER)
''',
        kind="cache-misuse",
        severity="medium",
        why="The type is remembered by name, so that it stays the old one when `save` puts "
        "another file in place.",
        lines=(1, 2),
        subtle=True,
    ),
)

RESERVE: Final = Site(
    "reserve",
    quiet="""\
async with lock:
    used = await self._book.used($party)
    fits = used + size <= self.quota
    if fits:
        await self._book.set_used($party, used + size)
return fits
""",
    loud="""\
await lock.acquire()
try:
    used = await self._book.used($party)
    fits = used + size <= self.quota
    if fits:
        await self._book.set_used($party, used + size)
finally:
    lock.release()
return fits
""",
    wrong_quiet=Wrong(
        """\
async with lock:
    used = await self._book.used($party)
fits = used + size <= self.quota
if fits:
    await self._book.set_used($party, used + size)
return fits
""",
        kind="race-condition",
        severity="medium",
        why="The lock is given back between reading what is used and booking, so two uploads at "
        "once see the same number and together exceed the quota.",
        lines=(1, 5),
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
await lock.acquire()
used = await self._book.used($party)
fits = used + size <= self.quota
if fits:
    await self._book.set_used($party, used + size)
lock.release()
return fits
""",
        kind="resource-leak",
        severity="medium",
        why="If the book fails the lock is never given back, and every later upload of that "
        "$party waits for ever.",
        lines=(1, 6),
    ),
)

CODE: Final = Code(
    name="uploads",
    source=SOURCE,
    sites=(CLEAN, DISPOSITION, FETCHABLE, SAVE, UNPACK, THUMBNAIL, KIND, RESERVE),
    slots={
        "noun nouns": (
            ("photo", "photos"),
            ("scan", "scans"),
            ("picture", "pictures"),
            ("drawing", "drawings"),
            ("poster", "posters"),
            ("image", "images"),
            ("sketch", "sketches"),
        ),
        "party": (("customer",), ("member",), ("tenant",), ("author",), ("seller",), ("student",)),
        "Class": (("Intake",), ("Inbox",), ("Depot",), ("MediaFolder",), ("Album",), ("Gallery",)),
    },
    interacting=(("save", "clean"), ("thumbnail", "clean"), ("kind", "save")),
)
