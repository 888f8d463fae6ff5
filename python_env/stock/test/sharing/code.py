"""Shares documents by signed links: expiry, revocation, previews, statistics, notices."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = r'''
"""Hands out signed links to ${paper}s of a $house, and counts how they are used."""

import asyncio
import hashlib
import hmac
import ipaddress
import logging
import re
import secrets
import sqlite3
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import BinaryIO

log = logging.getLogger(__name__)

REMIND_DAYS = 3
PREVIEW_BYTES = 65_536
LONG = 2_000
AT_ONCE = 4

Send = Callable[[str], Awaitable[None]]
Fetch = Callable[[str | urllib.request.Request, str], AbstractContextManager[BinaryIO]]


@dataclass(frozen=True)
class Share:
    """What a link says; `until` is in Unix seconds."""

    number: int
    $paper: str
    rights: str
    until: int


def expiring(shares: Iterable[Share], now: float, zone: tzinfo) -> list[int]:
    """Return the numbers of the links that end today or on one of the REMIND_DAYS days after.

    Days are those of `zone`, where the owner lives; `now` is in Unix seconds.
    """
    #@ expiring


def preview(url: str, resolve: Callable[[str], list[str]], fetch: Fetch) -> bytes:
    """Return the first PREVIEW_BYTES of a page that a stranger put a link to, of whatever size.

    ValueError unless it is http or https and all addresses of its host are global. `resolve` finds
    some or raises a ValueError. `fetch` calls the address given, no other, and gives up by itself.
    """
    #@ preview


def greeting(template: str, title: str, link: str, share: Share) -> str:
    """Return the mail that brings a link: what its sender typed, with {title} and {link} filled in.

    All other braces stay as they are. Who has a link gets in, so logs name its number at most.
    """
    #@ greeting


class $Class:
    """The links of one $house, in one event loop. Only this object changes the table $table.

    The caller owns the database, with $table (number INTEGER PRIMARY KEY, $paper TEXT, live
    INTEGER), some thousand rows, and visits (number INTEGER, referrer TEXT, times INTEGER,
    UNIQUE (number, referrer)), where other processes count as well.
    """

    def __init__(self, db: sqlite3.Connection, key: bytes, owners: Mapping[str, str]) -> None:
        self._db, self._key, self._owners = db, key, owners
        self._live: dict[int, bool] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)

    def _mac(self, body: str) -> str:
        return hmac.new(self._key, body.encode(), hashlib.sha256).hexdigest()

    def made(self, $paper: str, rights: str, hours: int) -> tuple[str, str]:
        """Return a new link that is open for so many hours, and a code that is asked with it.

        The caller keeps a digest of the code, which nobody can predict from time or other codes.
        """
        #@ made
        query = "INSERT INTO $table ($paper, live) VALUES (?, 1)"
        with self._db:
            number = self._db.execute(query, ($paper,)).lastrowid
        fields = {"n": number, "p": $paper, "r": rights, "u": until}
        body = urllib.parse.urlencode(fields)
        return f"{body}&s={self._mac(body)}", code

    def read(self, link: str) -> Share:
        """Return what a link, in ASCII, says, to the letter as it was made; else PermissionError.

        How long that takes tells nothing about the right signature, 64 hex digits at the end.
        """
        #@ read
        return Share(int(fields["n"]), fields["p"], fields["r"], int(fields["u"]))

    def is_open(self, share: Share) -> bool:
        """Say whether a link that was read is neither over nor revoked."""
        if share.number not in self._live:
            query = "SELECT 1 FROM $table WHERE number = ? AND live = 1"
            found = self._db.execute(query, (share.number,)).fetchone()
            self._live[share.number] = found is not None
        return self._live[share.number] and time.time() < share.until

    def revoke(self, number: int, $paper: str, person: str) -> None:
        """Close at once a link to a $paper, for the person who is logged in.

        PermissionError unless the person owns the $paper. A link to another one stays as it is.
        """
        if self._owners.get($paper) != person:
            raise PermissionError(f"{person} does not own {$paper}.")
        #@ revoke

    def count(self, number: int, referrer: str) -> None:
        """Add one to the times that a link was opened from a page, which a browser names."""
        #@ count

    async def tell(self, people: Sequence[str], send: Send) -> list[str]:
        """Call `send` for each person, AT_ONCE at a time over all calls; it gives up by itself.

        Return those for whom it raised an Exception, in their order; they keep nobody else waiting.
        """
        #@ tell
'''

EXPIRING: Final = Site(
    "expiring",
    quiet="""\
today = datetime.fromtimestamp(now, zone).date()
ends = ((share.number, datetime.fromtimestamp(share.until, zone).date()) for share in shares)
return [number for number, end in ends if 0 <= (end - today).days <= REMIND_DAYS]
""",
    loud="""\
def day(moment: float) -> date:
    plain = datetime.utcfromtimestamp(moment)
    return plain.replace(tzinfo=UTC).astimezone(zone).date()

left = ((share.number, (day(share.until) - day(now)).days) for share in shares)
return [number for number, days in left if 0 <= days <= REMIND_DAYS]
""",
    wrong_quiet=Wrong(
        """\
today = datetime.fromtimestamp(now, zone).date()
ends = ((share.number, datetime.fromtimestamp(share.until, zone).date()) for share in shares)
return [number for number, end in ends if 0 <= (end - today).days < REMIND_DAYS]
""",
        kind="off-by-one",
        severity="medium",
        why="Today and REMIND_DAYS more days are promised; the last of them is left out.",
    ),
    wrong_loud=Wrong(
        """\
def day(moment: float) -> date:
    plain = datetime.utcfromtimestamp(moment)
    return plain.replace(tzinfo=zone).date()

left = ((share.number, (day(share.until) - day(now)).days) for share in shares)
return [number for number, days in left if 0 <= days <= REMIND_DAYS]
""",
        kind="time-zone",
        severity="medium",
        why="The time in UTC is called a time of the zone without being converted, so days begin "
        "when they do in UTC.",
    ),
)

PREVIEW: Final = Site(
    "preview",
    quiet="""\
parts = urllib.parse.urlsplit(url)
found = [ipaddress.ip_address(text) for text in resolve(parts.hostname or "")]
if parts.scheme not in ("http", "https") or not all(one.is_global for one in found):
    raise ValueError("Only public pages have a preview.")
with fetch(url, str(found[0])) as answer:
    return answer.read(PREVIEW_BYTES)
""",
    loud="""\
parts = urllib.parse.urlsplit(url)
found = [ipaddress.ip_address(text) for text in resolve(parts.hostname or "")]
if parts.scheme not in ("http", "https") or not all(one.is_global for one in found):
    raise ValueError("Only public pages have a preview.")
request = urllib.request.Request(url, headers={"Accept": "text/html"})
with fetch(request, str(found[0])) as answer:
    return answer.read(PREVIEW_BYTES)
""",
    wrong_quiet=Wrong(
        """\
parts = urllib.parse.urlsplit(url)
found = [ipaddress.ip_address(text) for text in resolve(parts.hostname or "")]
if parts.scheme not in ("http", "https") or any(one.is_loopback for one in found):
    raise ValueError("Only public pages have a preview.")
with fetch(url, str(found[0])) as answer:
    return answer.read(PREVIEW_BYTES)
""",
        kind="ssrf",
        severity="critical",
        why="Only loopback is refused; a stranger can have pages of the inner network and the "
        "cloud's metadata fetched.",
    ),
    wrong_loud=Wrong(
        """\
parts = urllib.parse.urlsplit(url)
found = [ipaddress.ip_address(text) for text in resolve(parts.hostname or "")]
if parts.scheme not in ("http", "https") or not all(one.is_global for one in found):
    raise ValueError("Only public pages have a preview.")
request = urllib.request.Request(url, headers={"Accept": "text/html"})
with fetch(request, str(found[0])) as answer:
    return answer.read()[:PREVIEW_BYTES]
""",
        kind="unbounded-memory",
        severity="high",
        why="The whole page is read before it is cut, so one endless page takes all memory.",
    ),
)

GREETING: Final = Site(
    "greeting",
    quiet="""\
fields = {"title": title, "link": link}
if len(template) > LONG:
    log.info("long greeting for link %d", share.number)
return re.sub(r"\\{(title|link)\\}", lambda match: fields[match[1]], template)
""",
    loud="""\
fields = {"title": title, "link": link}
if len(template) > LONG:
    log.warn("greeting of %d characters with link %s", len(template), share.number)
return re.sub(r"\\{(title|link)\\}", lambda match: fields[match[1]], template)
""",
    wrong_quiet=Wrong(
        """\
fields = {"title": title, "link": link, "share": share}
if len(template) > LONG:
    log.info("long greeting for link %d", share.number)
return template.format_map(fields)
""",
        kind="code-injection",
        severity="critical",
        why="What a stranger typed is used as a format, whose fields reach every attribute of the "
        "share and what hangs on it.",
        lines=(4, 4),
    ),
    wrong_loud=Wrong(
        """\
fields = {"title": title, "link": link}
if len(template) > LONG:
    log.warn("greeting of %d characters with link %s", len(template), link)
return re.sub(r"\\{(title|link)\\}", lambda match: fields[match[1]], template)
""",
        kind="secret-exposure",
        severity="high",
        why="The signed link itself is logged, and whoever reads the log gets in.",
    ),
)

MADE: Final = Site(
    "made",
    quiet="""\
until = int(time.time()) + hours * 3600
code = secrets.token_hex(12)
""",
    loud="""\
until = round(time.time() + 3600 * hours)
code = uuid.uuid4().hex
""",
    wrong_quiet=Wrong(
        """\
until = int(time.time()) + hours * 60
code = secrets.token_hex(12)
""",
        kind="unit-mismatch",
        severity="medium",
        why="`until` is in seconds and hours are turned into minutes, so a link for a day closes "
        "after 24 minutes.",
    ),
    wrong_loud=Wrong(
        """\
until = round(time.time() + 3600 * hours)
code = uuid.uuid1().hex
""",
        kind="weak-randomness",
        severity="critical",
        why="A UUID of version 1 is made of the time and the machine, so who has one code can "
        "guess the others.",
    ),
)

READ: Final = Site(
    "read",
    quiet="""\
body, _, given = link.partition("&s=")
if not hmac.compare_digest(self._mac(body).encode(), given.encode()):
    raise PermissionError("The link is not ours.")
fields = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
""",
    loud="""\
body, _, given = link.partition("&s=")
right, wrong = self._mac(body), 0
for one, other in zip(right.encode(), given.encode()):
    wrong += one != other
if wrong or len(right) != len(given):
    raise PermissionError("The link is not ours.")
fields = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
""",
    wrong_quiet=Wrong(
        """\
body = link.partition("&s=")[0]
fields = {"s": "", **dict(urllib.parse.parse_qsl(link, keep_blank_values=True))}
if not hmac.compare_digest(self._mac(body).encode(), fields["s"].encode()):
    raise PermissionError("The link is not ours.")
""",
        kind="auth-bypass",
        severity="critical",
        why="What follows the signature is not signed but read as well, so a holder can append "
        "another paper or more rights.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
body, _, given = link.partition("&s=")
right = self._mac(body)
for one, other in zip(right.encode(), given.encode()):
    if one != other:
        raise PermissionError("The link is not ours.")
if len(right) != len(given):
    raise PermissionError("The link is not ours.")
fields = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
""",
        kind="timing-leak",
        severity="high",
        why="The comparison ends at the first wrong digit, so its time tells how many digits were "
        "right.",
        lines=(3, 5),
    ),
)

REVOKE: Final = Site(
    "revoke",
    quiet="""\
closing = "UPDATE $table SET live = 0 WHERE number = ? AND $paper = ?"
with self._db:
    closed = self._db.execute(closing, (number, $paper)).rowcount
if closed:
    self._live[number] = False
""",
    loud="""\
closing = "UPDATE $table SET live = 0 WHERE number = :number AND $paper = :$paper"
with self._db:
    self._db.execute(closing, {"number": number, "$paper": $paper})
try:
    del self._live[number]
except KeyError:
    pass
""",
    wrong_quiet=Wrong(
        """\
closing = "UPDATE $table SET live = 0 WHERE number = ? AND $paper = ?"
with self._db:
    closed = self._db.execute(closing, (number, $paper)).rowcount
if closed:
    self._live.setdefault(number, False)
""",
        kind="cache-misuse",
        severity="critical",
        why="What is_open remembers of the link is not replaced, so a link that was opened before "
        "stays open.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
closing = "UPDATE $table SET live = 0 WHERE number = :number"
with self._db:
    self._db.execute(closing, {"number": number, "$paper": $paper})
try:
    del self._live[number]
except KeyError:
    pass
""",
        kind="auth-bypass",
        severity="critical",
        why="That the link is one to this paper goes unchecked, so who owns any paper can close "
        "the links of others.",
    ),
)

COUNT: Final = Site(
    "count",
    quiet="""\
adding = (
    "INSERT INTO visits VALUES (?, ?, 1)"
    " ON CONFLICT (number, referrer) DO UPDATE SET times = times + 1"
)
with self._db:
    self._db.execute(adding, (number, referrer))
""",
    loud="""\
row = "(%d, ?, 1)" % number
adding = (
    "INSERT INTO visits VALUES %s"
    " ON CONFLICT (number, referrer) DO UPDATE SET times = times + 1" % row
)
with self._db:
    self._db.execute(adding, (referrer,))
""",
    wrong_quiet=Wrong(
        """\
asking = "SELECT times FROM visits WHERE number = ? AND referrer = ?"
with self._db:
    row = self._db.execute(asking, (number, referrer)).fetchone()
    times = row[0] + 1 if row else 1
    adding = "INSERT OR REPLACE INTO visits VALUES (?, ?, ?)"
    self._db.execute(adding, (number, referrer, times))
""",
        kind="race-condition",
        severity="high",
        why="Between reading the number and writing it back another process can count, and its "
        "visits are lost.",
        subtle=True,
        lines=(3, 6),
    ),
    wrong_loud=Wrong(
        """\
row = "(%d, '%s', 1)" % (number, referrer)
adding = (
    "INSERT INTO visits VALUES %s"
    " ON CONFLICT (number, referrer) DO UPDATE SET times = times + 1" % row
)
with self._db:
    self._db.execute(adding)
""",
        kind="sql-injection",
        severity="critical",
        why="The referrer, which a browser sends as it likes, becomes part of the statement.",
        lines=(1, 1),
    ),
)

TELL: Final = Site(
    "tell",
    quiet="""\
async def one(person: str) -> None:
    async with self._slots:
        await send(person)

ends = await asyncio.gather(*map(one, people), return_exceptions=True)
return [person for person, end in zip(people, ends, strict=True) if end is not None]
""",
    loud="""\
async def one(person: str) -> bool:
    async with self._slots:
        try:
            await send(person)
        except Exception:
            log.info("a notice was not sent")
            return False
        return True

ends = await asyncio.gather(*map(one, people))
return [person for person, end in zip(people, ends, strict=True) if not end]
""",
    wrong_quiet=Wrong(
        """\
async def one(person: str) -> None:
    await self._slots.acquire()
    await send(person)
    self._slots.release()

ends = await asyncio.gather(*map(one, people), return_exceptions=True)
return [person for person, end in zip(people, ends, strict=True) if end is not None]
""",
        kind="resource-leak",
        severity="high",
        why="A slot is not given back if sending fails; after AT_ONCE failures every further "
        "notice waits for ever.",
        lines=(2, 4),
    ),
    wrong_loud=Wrong(
        """\
async def one(person: str) -> bool:
    async with self._slots:
        try:
            await send(person)
        except Exception:
            log.info("a notice was not sent")
        return True

ends = await asyncio.gather(*map(one, people))
return [person for person, end in zip(people, ends, strict=True) if not end]
""",
        kind="swallowed-error",
        severity="high",
        why="A failed notice counts as sent: the list of those who were not told is always empty.",
        lines=(5, 7),
    ),
)

CODE: Final = Code(
    name="sharing",
    source=SOURCE,
    sites=(EXPIRING, PREVIEW, GREETING, MADE, READ, REVOKE, COUNT, TELL),
    slots={
        "paper": (("document",), ("dossier",), ("report",), ("drawing",), ("score",)),
        "house": (("studio",), ("council",), ("choir",), ("practice",), ("chamber",)),
        "table": (("links",), ("shares",), ("passes",), ("grants",)),
        "Class": (("LinkDesk",), ("Shares",), ("Doorkeeper",), ("Handouts",)),
    },
    interacting=(("made", "read"), ("made", "expiring")),
)
