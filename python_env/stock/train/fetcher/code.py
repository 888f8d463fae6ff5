"""Calls an HTTP API over a transport that is handed in."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""Parts of a client of the $service: addresses, signatures, repeats, pages and files."""

import base64
import hmac
import itertools
import json
import random
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, urlencode, urljoin, urlsplit

HOST = "$host"
HOSTS = (HOST, "files.$host")
ATTEMPTS = 5
MOST_PAGES = 100
LONGEST_PAUSE = 60.0


class SendError(Exception):
    """No answer: the $service is busy and did nothing, or is `lost` and may have done it."""

    def __init__(self, retry_after: str | None = None, *, lost: bool = False) -> None:
        super().__init__("lost" if lost else "busy")
        self.retry_after, self.lost = retry_after, lost


@dataclass(frozen=True)
class Request:
    method: str
    url: str
    headers: Mapping[str, str]


# Sends a request and waits at most so many seconds for the answer, or else raises SendError.
Send = Callable[[Request, float], bytes]


def checked(url: str) -> str:
    """Return an address that came from outside if it may be called; ValueError if not.

    It may if it is https, on one of HOSTS in any case, without user name, on port 443 or none.
    """
    if not url.isascii() or not url.isprintable() or " " in url:
        raise ValueError("The address holds characters that no address has.")
    #@ checked


def credentials(user: str, password: str, trace: str) -> dict[str, str]:
    """Return the headers of a call: Basic authentication, in UTF-8, and X-Trace.

    A user has no ":". A trace comes from outside; it is a ValueError unless it is 1 to 64 ASCII
    letters, digits, "-" and "_".
    """
    #@ credentials


def signed(key: bytes, path: str, query: Mapping[str, str]) -> Request:
    """Return a signed GET of a path of HOST, which is in its final form, and a query.

    X-Signature is the hex HMAC-SHA256 of the address as it is sent, a line break, and X-Ticket:
    128 bits in hex, which are all it takes to fetch the answer, "-" and any digit from 0 to 7.
    """
    #@ signed
    signature = hmac.digest(key, f"{text}\\n{ticket}".encode(), "sha256").hex()
    return Request("GET", url, {"X-Ticket": ticket, "X-Signature": signature})


def pause(retry_after: str | None, attempt: int, now: float) -> float:
    """Return how many seconds to wait after attempt 1, 2, ..., at Unix time `now`.

    Retry-After says so, in seconds of one to nine digits or as a date before 9999 with its zone;
    if it does not, it is 1, 2, 4, 8, ... It is never less than 0 or more than LONGEST_PAUSE.
    """
    #@ pause


class $Class:
    """Repeats calls. Its clock gives Unix time and is never set back; `sleep` never oversleeps."""

    def __init__(
        self, send: Send, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        self._send, self._clock, self._sleep = send, clock, sleep

    def call(self, request: Request, limit: float) -> bytes:
        """Send a request, at most ATTEMPTS times and for at most `limit` seconds altogether.

        After SendError there is a `pause` and it is sent again, but never a POST that may have
        been done. Without an attempt or the time for that the error reaches the caller.
        """
        #@ call


def redirected(request: Request, location: str) -> Request:
    """Return the request that follows a redirect to `location`, which may be relative.

    ValueError if the address may not be called. Authorization, spelt so, goes to no host but its
    own, all else to any of HOSTS.
    """
    #@ redirected


def items(page: Callable[[str], bytes]) -> Iterator[object]:
    """Yield the $things of a listing; a page is asked for when needed, and kept until the next.

    `page` takes a cursor, "" at first, and returns JSON: `items`, and `next` if there is more.
    More than MOST_PAGES pages are a ValueError, after the $things of so many.
    """
    #@ items


def download(body: BinaryIO, size: int, path: Path) -> None:
    """Write a body to a file, whose old content stays until the new one is whole.

    A body that breaks off, by an OSError, or is not of that size is an OSError, and no other file
    is left behind. The body is never endless, and closed in any case. No other task writes the
    same file, or the one beside it with .part.
    """
    #@ download
'''

CHECKED: Final = Site(
    "checked",
    quiet="""\
parts = urlsplit(url)
if parts.scheme != "https" or parts.netloc.lower().removesuffix(":443") not in HOSTS:
    raise ValueError("The address is none of the $service.")
return url
""",
    loud="""\
hosts = "|".join(re.escape(host) for host in HOSTS)
if not re.match(rf"https://({hosts})(:443)?([/?#]|\\Z)", url, re.IGNORECASE):
    raise ValueError("The address is none of the $service.")
return url
""",
    wrong_quiet=Wrong(
        """\
parts = urlsplit(url)
if parts.scheme != "https" or not (parts.hostname or "").endswith(HOSTS):
    raise ValueError("The address is none of the $service.")
return url
""",
        kind="ssrf",
        severity="critical",
        why="An ending is compared, so a host such as evil-api.example, which anybody may own, is"
        " called too.",
    ),
    wrong_loud=Wrong(
        """\
hosts = "|".join(re.escape(host) for host in HOSTS)
if not re.match(rf"https://({hosts})(:443)?", url, re.IGNORECASE):
    raise ValueError("The address is none of the $service.")
return url
""",
        kind="ssrf",
        severity="critical",
        why="Nothing must follow the host, so api.example.evil.example or a user name before an @"
        " leads to any host that an outsider likes.",
    ),
)

CREDENTIALS: Final = Site(
    "credentials",
    quiet="""\
if not re.fullmatch("[A-Za-z0-9_-]{1,64}", trace):
    raise ValueError("The trace is not 1 to 64 letters, digits, - and _.")
basic = base64.b64encode(f"{user}:{password}".encode()).decode()
return {"Authorization": f"Basic {basic}", "X-Trace": trace}
""",
    loud="""\
try:
    pair = bytes(f"{user}:{password}", "utf-8")
    trace = re.fullmatch("[A-Za-z0-9_-]{1,64}", trace)[0]
except TypeError:
    raise ValueError("The trace is not 1 to 64 letters, digits, - and _.")
return {"Authorization": f"Basic {base64.b64encode(pair).decode()}", "X-Trace": trace}
""",
    wrong_quiet=Wrong(
        """\
if not re.match("^[A-Za-z0-9_-]{1,64}$$", trace):
    raise ValueError("The trace is not 1 to 64 letters, digits, - and _.")
basic = base64.b64encode(f"{user}:{password}".encode()).decode()
return {"Authorization": f"Basic {basic}", "X-Trace": trace}
""",
        kind="header-injection",
        severity="medium",
        why="The dollar sign also matches before a line break at the end, so a trace can carry "
        "one into the headers.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
try:
    pair = bytes(f"{user}:{password}", "latin-1", "replace")
    trace = re.fullmatch("[A-Za-z0-9_-]{1,64}", trace)[0]
except TypeError:
    raise ValueError("The trace is not 1 to 64 letters, digits, - and _.")
return {"Authorization": f"Basic {base64.b64encode(pair).decode()}", "X-Trace": trace}
""",
        kind="text-encoding",
        severity="medium",
        why="User name and password are written in Latin-1 with question marks for all else, so "
        "whoever has other letters in them is refused.",
    ),
)

SIGNED: Final = Site(
    "signed",
    quiet="""\
text = url = f"https://{HOST}{path}?{urlencode(query, quote_via=quote)}"
ticket = f"{secrets.token_hex(16)}-{secrets.randbelow(8)}"
""",
    loud="""\
text = url = f"https://{HOST}{path}?{urlencode(query, quote_via=quote)}"
ticket = f"{secrets.token_hex(16)}-{random.randrange(8)}"
""",
    wrong_quiet=Wrong(
        """\
text = f"https://{HOST}{path}?{urlencode(query)}"
url = f"https://{HOST}{path}?{urlencode(query, quote_via=quote)}"
ticket = f"{secrets.token_hex(16)}-{secrets.randbelow(8)}"
""",
        kind="text-encoding",
        severity="medium",
        why="The text that is signed has + for a blank and the address %20, so a query with a "
        "blank is refused for its signature.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
text = url = f"https://{HOST}{path}?{urlencode(query, quote_via=quote)}"
ticket = f"{random.randbytes(16).hex()}-{random.randrange(8)}"
""",
        kind="weak-randomness",
        severity="critical",
        why="The ticket comes from a generator that is not made for secrets, so whoever saw some "
        "can foresee the next and fetch the answers of others.",
    ),
)

PAUSE: Final = Site(
    "pause",
    quiet="""\
seconds = 2.0 ** (attempt - 1)
if retry_after and re.fullmatch("[0-9]{1,9}", retry_after):
    seconds = float(retry_after)
elif retry_after:
    with suppress(ValueError, OverflowError):
        seconds = parsedate_to_datetime(retry_after).timestamp() - now
return min(max(seconds, 0.0), LONGEST_PAUSE)
""",
    loud="""\
seconds = 2.0 ** (attempt - 1)
if retry_after and re.fullmatch("[0-9]{1,9}", retry_after):
    seconds = float(retry_after)
elif retry_after:
    with suppress(ValueError, OverflowError):
        date = parsedate_to_datetime(retry_after).astimezone(UTC).replace(tzinfo=None)
        seconds = (date - datetime.utcfromtimestamp(now)).total_seconds()
return min(max(seconds, 0.0), LONGEST_PAUSE)
""",
    wrong_quiet=Wrong(
        """\
seconds = float(attempt)
if retry_after and re.fullmatch("[0-9]{1,9}", retry_after):
    seconds = float(retry_after)
elif retry_after:
    with suppress(ValueError, OverflowError):
        seconds = parsedate_to_datetime(retry_after).timestamp() - now
return min(max(seconds, 0.0), LONGEST_PAUSE)
""",
        kind="retry-misuse",
        severity="medium",
        why="The pauses grow by one second, 1, 2, 3, 4, and do not double as promised, so a "
        "service that is overloaded is asked too often.",
    ),
    wrong_loud=Wrong(
        """\
seconds = 2.0 ** (attempt - 1)
if retry_after and re.fullmatch("[0-9]{1,9}", retry_after):
    seconds = float(retry_after)
elif retry_after:
    with suppress(ValueError, OverflowError):
        date = parsedate_to_datetime(retry_after).replace(tzinfo=None)
        seconds = (date - datetime.utcfromtimestamp(now)).total_seconds()
return min(max(seconds, 0.0), LONGEST_PAUSE)
""",
        kind="time-zone",
        severity="medium",
        why="The zone of the date is dropped and its hour taken for UTC, so the pause is wrong by"
        " the offset whenever it is not GMT.",
    ),
)

CALL: Final = Site(
    "call",
    quiet="""\
until = self._clock() + limit
for attempt in itertools.count(1):
    try:
        return self._send(request, until - self._clock())
    except SendError as error:
        wait = pause(error.retry_after, attempt, self._clock())
        doubtful = error.lost and request.method == "POST"
        if doubtful or attempt == ATTEMPTS or self._clock() + wait >= until:
            raise
    self._sleep(wait)
""",
    loud="""\
attempt, until = 1, self._clock() + limit
while True:
    try:
        return self._send(request, until - self._clock())
    except SendError as error:
        wait = pause(error.retry_after, attempt, self._clock())
        if error.lost and request.method == "POST" or self._clock() + wait >= until:
            raise
        if (attempt := attempt + 1) > ATTEMPTS:
            raise
    self._sleep(wait)
""",
    wrong_quiet=Wrong(
        """\
until = self._clock() + limit
for attempt in itertools.count(1):
    try:
        return self._send(request, until - self._clock())
    except SendError as error:
        wait = pause(error.retry_after, attempt, self._clock())
        hopeless = self._clock() + wait >= until
        if hopeless or attempt == ATTEMPTS:
            raise
    self._sleep(wait)
""",
        kind="retry-misuse",
        severity="high",
        why="A POST whose answer was lost is sent again although it may have been done, so it is "
        "done twice.",
    ),
    wrong_loud=Wrong(
        """\
attempt, until = 1, self._clock() + limit
while True:
    try:
        return self._send(request, limit)
    except SendError as error:
        wait = pause(error.retry_after, attempt, self._clock())
        if error.lost and request.method == "POST" or self._clock() + wait >= until:
            raise
        if (attempt := attempt + 1) > ATTEMPTS:
            raise
    self._sleep(wait)
""",
        kind="missing-timeout",
        severity="medium",
        why="Each attempt may wait for the whole limit instead of what is left of it, so a call "
        "takes up to almost twice as long as promised.",
    ),
)

REDIRECTED: Final = Site(
    "redirected",
    quiet="""\
url = checked(urljoin(request.url, location))
headers = dict(request.headers)
if urlsplit(url).hostname != urlsplit(request.url).hostname:
    headers.pop("Authorization", None)
return replace(request, url=url, headers=headers)
""",
    loud="""\
url = checked(urljoin(request.url, location))
token = "Authorization"
headers = dict(request.headers)
if urlsplit(url).hostname != urlsplit(request.url).hostname and token in headers:
    del headers[token]
return replace(request, url=url, headers=headers)
""",
    wrong_quiet=Wrong(
        """\
url = checked(urljoin(request.url, location))
headers = dict(request.headers)
if urlsplit(url).hostname not in HOSTS:
    headers.pop("Authorization", None)
return replace(request, url=url, headers=headers)
""",
        kind="secret-exposure",
        severity="high",
        why="After `checked` the host is always one of HOSTS, so Authorization is never taken out"
        " and goes to the other host too.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
url = urljoin(checked(request.url), location)
token = "Authorization"
headers = dict(request.headers)
if urlsplit(url).hostname != urlsplit(request.url).hostname and token in headers:
    del headers[token]
return replace(request, url=url, headers=headers)
""",
        kind="ssrf",
        severity="critical",
        why="What is checked is the address that was called, not the one that it leads to, so a "
        "redirect makes the client call any host and scheme.",
    ),
)

ITEMS: Final = Site(
    "items",
    quiet="""\
cursor = ""
for _ in range(MOST_PAGES):
    answer = json.loads(page(cursor))
    yield from answer["items"]
    if "next" not in answer:
        return
    cursor = answer["next"]
raise ValueError("The listing has too many pages.")
""",
    loud="""\
cursor, pages = "", 0
while pages < MOST_PAGES:
    pages += 1
    answer = json.loads(page(cursor))
    yield from answer["items"]
    try:
        cursor = answer["next"]
    except KeyError:
        return
raise ValueError("The listing has too many pages.")
""",
    wrong_quiet=Wrong(
        """\
cursor = ""
for _ in range(1, MOST_PAGES):
    answer = json.loads(page(cursor))
    yield from answer["items"]
    if "next" not in answer:
        return
    cursor = answer["next"]
raise ValueError("The listing has too many pages.")
""",
        kind="off-by-one",
        severity="medium",
        why="The range from 1 has one page less, so a listing of exactly MOST_PAGES pages ends in"
        " an error and without its last page.",
    ),
    wrong_loud=Wrong(
        """\
cursor, pages = "", []
while len(pages) < MOST_PAGES:
    pages.append(json.loads(page(cursor)))
    yield from pages[-1]["items"]
    try:
        cursor = pages[-1]["next"]
    except KeyError:
        return
raise ValueError("The listing has too many pages.")
""",
        kind="unbounded-memory",
        severity="low",
        why="All pages are kept in a list of which only the last is used, so the whole listing "
        "stays in memory instead of one page.",
        subtle=True,
        lines=(2, 4),
    ),
)

DOWNLOAD: Final = Site(
    "download",
    quiet="""\
part = path.with_name(f"{path.name}.part")
try:
    with body, part.open("wb") as out:
        shutil.copyfileobj(body, out)
    if part.stat().st_size != size:
        raise OSError("The body is not whole.")
    part.replace(path)
finally:
    part.unlink(missing_ok=True)
""",
    loud="""\
part = path.with_name(f"{path.name}.part")
try:
    with body, part.open("wb") as out:
        shutil.copyfileobj(body, out)
    if part.stat().st_size != size:
        raise OSError("The body is not whole.")
    part.replace(path)
except:
    part.unlink(missing_ok=True)
    raise
""",
    wrong_quiet=Wrong(
        """\
part = path.with_name(f"{path.name}.part")
try:
    with body, part.open("wb") as out:
        shutil.copyfileobj(body, out)
    written = part.replace(path).stat().st_size
    if written != size:
        raise OSError("The body is not whole.")
finally:
    part.unlink(missing_ok=True)
""",
        kind="partial-write",
        severity="high",
        why="The file is replaced before the size is compared, so a body that broke off takes the"
        " place of the old content, which is lost.",
    ),
    wrong_loud=Wrong(
        """\
part = path.with_name(f"{path.name}.part")
try:
    with part.open("wb") as out:
        shutil.copyfileobj(body, out)
    if part.stat().st_size != size:
        raise OSError("The body is not whole.")
    part.replace(path)
except:
    part.unlink(missing_ok=True)
    raise
body.close()
""",
        kind="resource-leak",
        severity="low",
        why="The body is closed only when all went well, so each one that breaks off or is not "
        "whole keeps its connection.",
        lines=(10, 11),
    ),
)

CODE: Final = Code(
    name="fetcher",
    source=SOURCE,
    sites=(CHECKED, CREDENTIALS, SIGNED, PAUSE, CALL, REDIRECTED, ITEMS, DOWNLOAD),
    slots={
        "service host": (
            ("parcel service", "api.parcels.example"),
            ("bank", "api.bank.example"),
            ("land registry", "data.registry.example"),
            ("weather office", "api.weather.example"),
            ("lending network", "api.loans.example"),
            ("ticket office", "api.tickets.example"),
            ("port authority", "data.port.example"),
            ("job exchange", "api.jobs.example"),
        ),
        "things": (
            ("entries",),
            ("records",),
            ("reports",),
            ("notices",),
            ("documents",),
            ("messages",),
        ),
        "Class": (("Client",), ("Caller",), ("Courier",), ("Gateway",), ("Remote",), ("Link",)),
    },
    interacting=(("redirected", "checked"), ("call", "pause")),
)
