"""Renders and sends notices: templates, headers, preferences, quiet hours, tokens, webhooks."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""Notices to the ${customer}s of a $shop, by mail and webhook, as each of them allows."""

import asyncio
import hashlib
import json
import logging
import random
import re
import secrets
import string
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, MutableSet
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from urllib.parse import urlsplit
from urllib.request import Request

log = logging.getLogger(__name__)

PLACE = re.compile(r"\\{(\\w+)\\}")
CENT = Decimal("0.01")
ALPHABET = string.ascii_lowercase + string.digits
DEFAULT_CHANNELS = ["mail", "webhook"]
HOOK_HOSTS = ("$domain", "hooks.$domain")


class TemplateError(ValueError):
    """A template asks for what is not there."""


class DeliveryError(Exception):
    """The other side did not take a notice."""


@dataclass(frozen=True)
class $Customer:
    """Who gets notices: `quiet` is the first hour without and the first hour with them again."""

    name: str
    address: str
    utc_offset: timedelta
    quiet: tuple[int, int]


def render(template: str, values: Mapping[str, object]) -> str:
    """Put the text of each value into the {place} of its name; other braces are plain text.

    Tenants write the templates. A place without a value is a TemplateError that names it; as
    errors are logged, it tells nothing of the values.
    """
    #@ render


def headers($customer: $Customer, subject: str) -> str:
    """Return the lines "To" and "Subject" of a Unicode mail, each ended by CR LF.

    The subject begins with the name. People typed both: white space of any kind becomes one blank
    inside of them, and none around them. All other control characters were refused, and addresses
    were checked at sign-up.
    """
    #@ headers


def total_text(net: Decimal, vat_percent: Decimal) -> str:
    """Return net and VAT together, such as "12.30 $currency", rounded half up to cents, once.

    Amounts are from 0 to below a million and have up to four decimals.
    """
    #@ total


def may_disturb($customer: $Customer, moment: datetime) -> bool:
    """Say if an aware moment is outside the quiet hours by the clock of the $customer.

    Quiet hours may go over midnight; if first and last are the same, there are none.
    """
    first, last = $customer.quiet
    #@ disturb


def checked_hook(url: str) -> str:
    """Return a typed webhook address if it may be called, else raise ValueError.

    It is printable ASCII and begins with https://, and between // and the path stands just one of
    HOOK_HOSTS, letter by letter, in any case.
    """
    if not re.fullmatch(r"[!-~]+", url):
        raise ValueError("A webhook is printable ASCII.")
    #@ hook


class $Notifier:
    """Sends notices and keeps in `store`, a database, what ${customer}s chose.

    It alone writes there, and is used in one event loop as long as the process lives. `sent`
    holds the keys of what was sent; its owner drops old ones.
    """

    def __init__(
        self, store: MutableMapping[str, str], sent: MutableSet[str], clock: Callable[[], float]
    ) -> None:
        self._store = store
        self._sent = sent
        self._clock = clock
        self._slots = asyncio.Semaphore(4)

    #@ channels

    def new_token(self, ${customer}_id: str) -> str:
        """Return a new token of letters and digits, for the link that unsubscribes a $customer.

        Whoever has it may unsubscribe, so nobody can guess or compute it. It holds until used.
        """
        #@ token
        self._store[f"token/{token}"] = ${customer}_id
        return token

    def unsubscribe(self, token: str) -> None:
        """Take all channels from whom a token was made for, once; KeyError if it is unknown."""
        self.choose(self._store[f"token/{token}"], [])
        del self._store[f"token/{token}"]

    async def send_once(self, key: str, send: Callable[[], Awaitable[None]]) -> bool:
        """Call `send`, at most four at a time, unless its key was sent; say if this call did.

        However many tasks ask, one sends. A DeliveryError reaches the caller, and then the key
        may be sent later. After any other error, or when cancelled, also while it waits for its
        turn, it may have been sent, and is not sent again.
        """
        if key in self._sent:
            return False
        #@ send
        return True
'''

RENDER: Final = Site(
    "render",
    quiet="""\
missing = set(PLACE.findall(template)) - values.keys()
if missing:
    raise TemplateError(f"No value for {min(missing)}.")
return PLACE.sub(lambda found: str(values[found[1]]), template)
""",
    loud="""\
try:
    return PLACE.sub(lambda found: str(values[found[1]]), template)
except KeyError as error:
    log.exception("%d values are given", len(values))
    raise TemplateError(f"No value: {error}") from error
""",
    wrong_quiet=Wrong(
        """\
missing = set(PLACE.findall(template)) - values.keys()
if missing:
    raise TemplateError(f"No value for {min(missing)}.")
return template.format_map(values)
""",
        kind="code-injection",
        severity="critical",
        why="format_map follows dots and brackets in a place, so a tenant's template reaches the "
        "attributes of the values and prints what was never meant for it.",
    ),
    wrong_loud=Wrong(
        """\
try:
    return PLACE.sub(lambda found: str(values[found[1]]), template)
except KeyError as error:
    log.exception("%d values are given", len(values))
    raise TemplateError(f"No value: {error}, {values}") from error
""",
        kind="secret-exposure",
        severity="high",
        why="The error is promised to tell nothing of the values but quotes them all, so personal "
        "data reaches the log.",
    ),
)

HEADERS: Final = Site(
    "headers",
    quiet="""\
name, line = (" ".join(typed.split()) for typed in ($customer.name, subject))
return f"To: {$customer.address}\\r\\nSubject: {name}, {line}\\r\\n"
""",
    loud="""\
name, line = (re.sub(r"\\s+", " ", typed.strip()) for typed in ($customer.name, subject))
return "To: %s\\r\\nSubject: %s, %s\\r\\n" % ($customer.address, name, line)
""",
    wrong_quiet=Wrong(
        """\
name, line = $customer.name.strip(), " ".join(subject.split())
return f"To: {$customer.address}\\r\\nSubject: {name}, {line}\\r\\n"
""",
        kind="header-injection",
        severity="high",
        why="Line breaks within the name stay, so someone who types one into the own name adds "
        "headers to the mail.",
    ),
    wrong_loud=Wrong(
        """\
name, line = (re.sub(r"[ \\t\\n]+", " ", typed.strip()) for typed in ($customer.name, subject))
return "To: %s\\r\\nSubject: %s, %s\\r\\n" % ($customer.address, name, line)
""",
        kind="header-injection",
        severity="high",
        why="A bare carriage return is not among the characters that are replaced, and many mail "
        "systems take it for the end of a line, so typed text adds headers.",
        subtle=True,
    ),
)

TOTAL: Final = Site(
    "total",
    quiet="""\
gross = net * (100 + vat_percent) / 100
return f"{gross.quantize(CENT, ROUND_HALF_UP)} $currency"
""",
    loud="""\
gross = net * (100 + vat_percent) / 100
rounded = float(gross.quantize(CENT, ROUND_HALF_UP))
return f"{rounded:.2f} $currency"
""",
    wrong_quiet=Wrong(
        """\
gross = net * (100 + vat_percent) / 100
return f"{gross.quantize(CENT)} $currency"
""",
        kind="money-rounding",
        severity="high",
        why="Without a mode quantize rounds half to even instead of half up, so some totals are a "
        "cent too low.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
gross = net * (100 + vat_percent) / 100
rounded = float(gross)
return f"{rounded:.2f} $currency"
""",
        kind="money-rounding",
        severity="high",
        why="The amount is rounded as a binary float, not half up, so a total that ends in half a "
        "cent comes out a cent too low.",
        lines=(2, 3),
    ),
)

DISTURB: Final = Site(
    "disturb",
    quiet="""\
hour = moment.astimezone(timezone($customer.utc_offset)).hour
if first <= last:
    return not first <= hour < last
return last <= hour < first
""",
    loud="""\
local = datetime.utcfromtimestamp(moment.timestamp()) + $customer.utc_offset
if first <= last:
    return not first <= local.hour < last
return last <= local.hour < first
""",
    wrong_quiet=Wrong(
        """\
hour = moment.astimezone(timezone($customer.utc_offset)).hour
if first == last:
    return True
return not first <= hour < last
""",
        kind="wrong-condition",
        severity="medium",
        why="Quiet hours over midnight have a first hour greater than the last, so the comparison "
        "never holds and people are woken at night.",
        lines=(2, 4),
    ),
    wrong_loud=Wrong(
        """\
local = datetime.utcfromtimestamp(moment.timestamp())
if first <= last:
    return not first <= local.hour < last
return last <= local.hour < first
""",
        kind="time-zone",
        severity="medium",
        why="The hour is that of UTC and not of the clock of the $customer, so quiet hours are "
        "kept at the wrong time.",
    ),
)

HOOK: Final = Site(
    "hook",
    quiet="""\
parts = urlsplit(url)
if parts.scheme != "https" or parts.netloc.lower() not in HOOK_HOSTS:
    raise ValueError(f"{url!r} is no webhook.")
return url
""",
    loud="""\
request = Request(url)
host = (request.host or "").lower()
if host not in HOOK_HOSTS or not url.lower().startswith(f"https://{host}"):
    raise ValueError(f"{url!r} is no webhook.")
return url
""",
    wrong_quiet=Wrong(
        """\
parts = urlsplit(url)
if parts.scheme != "https" or not parts.netloc.lower().endswith(HOOK_HOSTS):
    raise ValueError(f"{url!r} is no webhook.")
return url
""",
        kind="ssrf",
        severity="critical",
        why="Only the end of the host is compared, so evil$domain, which anyone may register, "
        "passes and the service calls it.",
    ),
    wrong_loud=Wrong(
        """\
request = Request(url)
host = (request.host or "").lower().partition(":")[0]
if host not in HOOK_HOSTS or not url.lower().startswith(f"https://{host}"):
    raise ValueError(f"{url!r} is no webhook.")
return url
""",
        kind="ssrf",
        severity="critical",
        why="What stands before the first colon may be a user name, so an allowed host followed "
        "by :x@ and any other host passes and that other host is called.",
        subtle=True,
    ),
)

CHANNELS: Final = Site(
    "channels",
    quiet='''\
def choose(self, ${customer}_id: str, channels: list[str]) -> None:
    """Store the channels that a $customer wants, which may be none."""
    self._store[f"chosen/{${customer}_id}"] = json.dumps(channels)

def channels(self, ${customer}_id: str) -> list[str]:
    """Return what a $customer chose last, or the default; the list is the caller's own."""
    stored = self._store.get(f"chosen/{${customer}_id}")
    if stored is None:
        return list(DEFAULT_CHANNELS)
    return list(json.loads(stored))
''',
    loud='''\
def choose(self, ${customer}_id: str, channels: list[str]) -> None:
    """Store the channels that a $customer wants, which may be none."""
    self._store[f"chosen/{${customer}_id}"] = json.dumps(channels)
    self._chosen.cache_clear()

@lru_cache(maxsize=1000)
def _chosen(self, ${customer}_id: str) -> tuple[str, ...]:
    stored = self._store.get(f"chosen/{${customer}_id}")
    return tuple(DEFAULT_CHANNELS if stored is None else json.loads(stored))

def channels(self, ${customer}_id: str) -> list[str]:
    """Return what a $customer chose last, or the default; the list is the caller's own."""
    return list(self._chosen(${customer}_id))
''',
    wrong_quiet=Wrong(
        '''\
def choose(self, ${customer}_id: str, channels: list[str]) -> None:
    """Store the channels that a $customer wants, which may be none."""
    self._store[f"chosen/{${customer}_id}"] = json.dumps(channels)

def channels(self, ${customer}_id: str) -> list[str]:
    """Return what a $customer chose last, or the default; the list is the caller's own."""
    stored = self._store.get(f"chosen/{${customer}_id}")
    if stored is None:
        return DEFAULT_CHANNELS
    return list(json.loads(stored))
''',
        kind="shared-state",
        severity="medium",
        why="The default list of the module is handed out itself instead of a copy, so a caller "
        "who changes the result changes the default for everyone.",
    ),
    wrong_loud=Wrong(
        '''\
def choose(self, ${customer}_id: str, channels: list[str]) -> None:
    """Store the channels that a $customer wants, which may be none."""
    self._store[f"chosen/{${customer}_id}"] = json.dumps(channels)
    log.info("%s chose %d channels", ${customer}_id, len(channels))

@lru_cache(maxsize=1000)
def _chosen(self, ${customer}_id: str) -> tuple[str, ...]:
    stored = self._store.get(f"chosen/{${customer}_id}")
    return tuple(DEFAULT_CHANNELS if stored is None else json.loads(stored))

def channels(self, ${customer}_id: str) -> list[str]:
    """Return what a $customer chose last, or the default; the list is the caller's own."""
    return list(self._chosen(${customer}_id))
''',
        kind="cache-misuse",
        severity="medium",
        why="A new choice does not empty the cache, so who unsubscribed is still sent what was "
        "chosen before.",
        lines=(3, 6),
        subtle=True,
    ),
)

TOKEN: Final = Site(
    "token",
    quiet="""\
token = secrets.token_hex(20)
""",
    loud="""\
source = random.SystemRandom()
token = "".join(source.choices(ALPHABET, k=40))
""",
    wrong_quiet=Wrong(
        """\
made = f"{${customer}_id} {self._clock()}"
token = hashlib.sha256(made.encode()).hexdigest()
""",
        kind="weak-randomness",
        severity="critical",
        why="The token is a digest of what others know or can try out, the id and the time, so "
        "anyone can compute it and unsubscribe someone else.",
    ),
    wrong_loud=Wrong(
        """\
source = random.Random(self._clock())
token = "".join(source.choices(ALPHABET, k=40))
""",
        kind="weak-randomness",
        severity="critical",
        why="The generator is seeded with the time, so whoever knows about when a token was made "
        "can compute it and unsubscribe someone else.",
    ),
)

SEND: Final = Site(
    "send",
    quiet="""\
self._sent.add(key)
try:
    async with self._slots:
        await send()
except DeliveryError:
    self._sent.discard(key)
    raise
""",
    loud="""\
self._sent.add(key)
await self._slots.acquire()
try:
    await send()
except DeliveryError:
    self._sent.discard(key)
    raise
finally:
    self._slots.release()
""",
    wrong_quiet=Wrong(
        """\
try:
    async with self._slots:
        await send()
except DeliveryError:
    self._sent.discard(key)
    raise
self._sent.add(key)
""",
        kind="race-condition",
        severity="medium",
        why="The key is marked only after the await, so a second task that asks meanwhile finds "
        "it unmarked and the notice is sent twice.",
        lines=(3, 7),
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
self._sent.add(key)
await self._slots.acquire()
try:
    await send()
except DeliveryError:
    self._sent.discard(key)
    raise
self._slots.release()
""",
        kind="resource-leak",
        severity="high",
        why="The slot is given back only after success, so after four failures every later notice "
        "waits for ever.",
        lines=(2, 8),
    ),
)

CODE: Final = Code(
    name="notices",
    source=SOURCE,
    sites=(RENDER, HEADERS, TOTAL, DISTURB, HOOK, CHANNELS, TOKEN, SEND),
    slots={
        "shop": (("shop",), ("hotel group",), ("clinic",), ("utility",), ("library",)),
        "customer": (("customer",), ("guest",), ("patient",), ("member",), ("subscriber",)),
        "Notifier": (("Notifier",), ("Courier",), ("Mailer",), ("Dispatcher",), ("Messenger",)),
        "domain": (
            ("northwind.example",),
            ("lumen.example",),
            ("harbour.example",),
            ("oak.example",),
            ("kestrel.example",),
        ),
        "currency": (("EUR",), ("CHF",), ("USD",), ("GBP",), ("SEK",)),
    },
    interacting=(("channels", "token"), ("render", "headers")),
)
