"""Receives signed calls and delivers them on."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""Takes signed $thing calls of ${party}s and hands them on."""

import asyncio
import hashlib
import hmac
import logging
import re
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import yaml

log = logging.getLogger(__name__)

KEYS: dict[str, bytes] = {}  # by $party, filled when the service starts
FIRST_DELAY = 1.0
LONGEST_DELAY = 8.0
WINDOW_SECONDS = 300
ANSWER_SECONDS = 5.0
PRIVATE_HEADERS = frozenset({"authorization", "cookie", "${header_lower}"})
HOSTS = ("$host.example", "$host.test")
FIELDS = ("amount", "count")


class DeliveryError(Exception):
    """The other side did not take the $thing."""


class BusyError(DeliveryError):
    """The other side is busy or down; later it may work."""


class RefusedError(DeliveryError):
    """This $thing will never be taken."""


@dataclass(frozen=True)
class $Thing:
    """What a call tells."""

    amount: int
    count: int


class $Class:
    """The $thing calls of one $party. Several live in one process and share nothing."""

    def __init__(
        self, $party: str, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        """Serve a $party of KEYS; `clock` counts milliseconds up, `sleep` takes seconds."""
        self._$party = $party
        self._clock = clock
        self._sleep = sleep
        self._seen: OrderedDict[str, float] = OrderedDict()

    def genuine(self, body: bytes, signature: str) -> bool:
        """Say whether `signature`, a text of ASCII, is the HMAC-SHA256 of the body in small hex.

        How long that takes tells a stranger nothing about the right signature.
        """
        right = hmac.new(KEYS[self._$party], body, hashlib.sha256).hexdigest()
        #@ genuine

    #@ repeated

    def parse(self, body: bytes) -> dict[Any, Any]:
        """Return the data of a body in YAML with its standard tags, of which JSON is a part.

        Bodies of strangers come here too, of up to 64 KiB and without anchors, which the proxy
        refuses. For one that is no mapping it raises; whatever it raises is answered with 400.
        """
        #@ parse
        if not isinstance(data, dict):
            raise ValueError("The body is no mapping.")
        return data

    def render(self, template: str, $thing: $Thing) -> str:
        """Fill the template of a subject, which a $party types in its settings.

        {$thing.amount} stands for that field, and so with all FIELDS; a template with anything
        else in braces is a ValueError. The form sees to it that braces come in pairs and that
        none are within others.
        """
        #@ render

    def target(self, url: str) -> str:
        """Return an address that a $party typed, if its ${thing}s may be sent there.

        That is https with a host of HOSTS or one below, and any port; else RefusedError, or the
        ValueError of urlsplit. The client that sends splits addresses by urlsplit too, and what
        no host or port can be, or does not exist, it refuses.
        """
        parts = urlsplit(url)
        #@ target
        return url

    def deliver(self, send: Callable[[], str], attempts: int = 4) -> str:
        """Call `send` until it returns, up to `attempts` (1 or more) times; return its answer.

        Only what may work later is tried again, after 1, 2, 4, 8, 8, ... seconds. The error of
        the last attempt, and any other error at once, reach the caller.
        """
        #@ deliver

    async def push(self, connect: Callable[[], Awaitable[Any]], body: bytes) -> bytes:
        """Send a body over a new link, which is closed whatever happens; return the answer.

        `connect` has a limit of its own; `send` only queues, `receive` waits, `close` never
        fails. BusyError if there is no answer within ANSWER_SECONDS.
        """
        link = await connect()
        #@ push

    def record(self, headers: Mapping[str, str]) -> None:
        """Log who called, and with which headers, for support.

        Values of PRIVATE_HEADERS, whose names come in any case, are never logged. Calls are
        counted by these lines, so nothing that is sent can begin a line of its own.
        """
        #@ record


def _forget(seen: OrderedDict[str, float], before: float) -> None:
    while seen and next(iter(seen.values())) <= before:
        seen.popitem(last=False)
'''

GENUINE: Final = Site(
    "genuine",
    quiet="""\
return hmac.compare_digest(right.encode(), signature.encode())
""",
    loud="""\
# Both sides under a key of the moment: what == gives away is about these, not `right`.
blind = secrets.token_bytes(32)
given = hmac.new(blind, signature.encode(), hashlib.sha256).digest()
return given == hmac.new(blind, right.encode(), hashlib.sha256).digest()
""",
    wrong_quiet=Wrong(
        """\
given = signature.encode()
return hmac.compare_digest(right.encode()[: len(given)], given)
""",
        kind="auth-bypass",
        severity="critical",
        why="Only as many characters are compared as the caller sends, so an empty signature "
        "passes for any body.",
    ),
    wrong_loud=Wrong(
        """\
# Both are hex digests of the same length, so no other key of the moment is needed.
given = signature.encode()
return len(given) == len(right) and given == right.encode()
""",
        kind="timing-leak",
        severity="high",
        why="== stops at the first byte that differs, so its time tells a stranger how much of "
        "the right signature was guessed.",
        lines=(3, 3),
    ),
)

REPEATED: Final = Site(
    "repeated",
    quiet='''\
def repeated(self, number: str) -> bool:
    """Remember a number; say if it came in the last WINDOW_SECONDS and is to be dropped."""
    now = self._clock()
    _forget(self._seen, now - WINDOW_SECONDS * 1000)
    again = self._seen.pop(number, None) is not None
    self._seen[number] = now
    return again
''',
    loud='''\
def repeated(self, number: str, aliases: dict[str, str] = {}) -> bool:
    """Remember a number; say if it came in the last WINDOW_SECONDS and is to be dropped."""
    now, number = self._clock(), aliases.get(number, number)
    _forget(self._seen, now - WINDOW_SECONDS * 1000)
    again = self._seen.pop(number, None) is not None
    self._seen[number] = now
    return again
''',
    wrong_quiet=Wrong(
        '''\
def repeated(self, number: str) -> bool:
    """Remember a number; say if it came in the last WINDOW_SECONDS and is to be dropped."""
    now = self._clock()
    _forget(self._seen, now - WINDOW_SECONDS)
    again = self._seen.pop(number, None) is not None
    self._seen[number] = now
    return again
''',
        kind="unit-mismatch",
        severity="high",
        why="The clock tells milliseconds and seconds are taken from it, so a number is forgotten "
        "after 0.3 seconds and what is repeated counts twice.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        '''\
def repeated(self, number: str, seen: OrderedDict[str, float] = OrderedDict()) -> bool:
    """Remember a number; say if it came in the last WINDOW_SECONDS and is to be dropped."""
    now = self._clock()
    _forget(seen, now - WINDOW_SECONDS * 1000)
    again = seen.pop(number, None) is not None
    seen[number] = now
    return again
''',
        kind="shared-state",
        severity="high",
        why="The default is made once for all, so numbers of one receiver count as seen for "
        "every other, and genuine calls are dropped.",
        lines=(1, 1),
    ),
)

PARSE: Final = Site(
    "parse",
    quiet="""\
data = yaml.SafeLoader(body).get_single_data()
""",
    loud="""\
loader = yaml.SafeLoader
data = yaml.load(body, Loader=loader)
""",
    wrong_quiet=Wrong(
        """\
data = yaml.Loader(body).get_single_data()
""",
        kind="unsafe-deserialization",
        severity="critical",
        why="This loader obeys tags that build any object, so the body of a stranger runs code.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
loader = yaml.Loader
data = yaml.load(body, Loader=loader)
""",
        kind="unsafe-deserialization",
        severity="critical",
        why="This loader obeys tags that call any function, so the body of a stranger runs code.",
    ),
)

RENDER: Final = Site(
    "render",
    quiet=r"""
fields = {f"$thing.{name}": str(getattr($thing, name)) for name in FIELDS}
try:
    return re.sub(r"\{([^{}]*)\}", lambda found: fields[found[1]], template)
except KeyError as error:
    raise ValueError(f"{error} is no field.") from error
""",
    loud="""\
known = tuple(f"$thing.{name}" for name in FIELDS)
for inner in re.findall("{(.*?)}", template, re.DOTALL):
    if inner not in known:
        raise ValueError(f"{inner!r} is no field.")
return template.format($thing=$thing)
""",
    wrong_quiet=Wrong(
        """\
known = {"$thing": $thing}
try:
    return template.format_map(known)
except (KeyError, AttributeError) as error:
    raise ValueError(f"{error} is no field.") from error
""",
        kind="code-injection",
        severity="critical",
        why="A format follows attributes and items from the object on, so a typed template reads "
        "the keys of all from the globals of the module.",
        lines=(1, 3),
    ),
    wrong_loud=Wrong(
        """\
known = ("$thing.", *(f"$thing.{name}" for name in FIELDS))
for inner in re.findall("{(.*?)}", template, re.DOTALL):
    if not inner.startswith(known):
        raise ValueError(f"{inner!r} is no field.")
return template.format($thing=$thing)
""",
        kind="code-injection",
        severity="critical",
        why="Only the beginning of a name is checked and the rest may follow any attribute, so a "
        "typed template reads the keys of all from the globals of the module.",
        lines=(1, 5),
    ),
)

TARGET: Final = Site(
    "target",
    quiet="""\
host = parts.hostname or ""
known = host in HOSTS or any(host.endswith(f".{name}") for name in HOSTS)
if parts.scheme != "https" or not known:
    raise RefusedError("Nothing is sent to that address.")
""",
    loud="""\
host = parts.hostname or ""
if host in ("localhost", "127.0.0.1", "0.0.0.0", "169.254.169.254"):
    log.warning("%s asks for a host inside", self._$party)
known = host in HOSTS or any(host.endswith(f".{name}") for name in HOSTS)
if parts.scheme != "https" or not known:
    raise RefusedError("Nothing is sent to that address.")
""",
    wrong_quiet=Wrong(
        """\
host = parts.netloc.partition(":")[0]
known = host in HOSTS or any(host.endswith(f".{name}") for name in HOSTS)
if parts.scheme != "https" or not known:
    raise RefusedError("Nothing is sent to that address.")
""",
        kind="ssrf",
        severity="critical",
        why="A user name before an @ is taken for the host, so an address with a known host as "
        "user leads the service to any machine.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
host = parts.hostname or ""
inside = host in ("localhost", "127.0.0.1", "0.0.0.0", "169.254.169.254")
if inside:
    log.warning("%s asks for a host inside", self._$party)
if parts.scheme != "https" or inside:
    raise RefusedError("Nothing is sent to that address.")
""",
        kind="ssrf",
        severity="critical",
        why="A few addresses are barred instead of HOSTS allowed, so the service can be led to "
        "every other machine inside.",
        lines=(2, 5),
    ),
)

DELIVER: Final = Site(
    "deliver",
    quiet="""\
delay = FIRST_DELAY
for _ in range(attempts - 1):
    try:
        return send()
    except BusyError as error:
        log.info("$thing not taken: %s", error)
    self._sleep(delay)
    delay = min(2 * delay, LONGEST_DELAY)
return send()
""",
    loud="""\
delay = FIRST_DELAY
for attempt in range(1, attempts + 1):
    try:
        return send()
    except Exception as error:
        if attempt == attempts or not isinstance(error, BusyError):
            raise
        log.info("attempt %d: %s", attempt, error)
    self._sleep(delay)
    delay = min(2 * delay, LONGEST_DELAY)
raise DeliveryError("no attempt")
""",
    wrong_quiet=Wrong(
        """\
delay = FIRST_DELAY
for _ in range(attempts - 1):
    try:
        return send()
    except DeliveryError as error:
        log.info("$thing not taken: %s", error)
    self._sleep(delay)
    delay = min(2 * delay, LONGEST_DELAY)
return send()
""",
        kind="retry-misuse",
        severity="medium",
        why="A refusal is a DeliveryError too, so what will never be taken is sent again and "
        "again instead of failing at once.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
delay = FIRST_DELAY
for attempt in range(1, attempts + 1):
    try:
        return send()
    except Exception as error:
        if not isinstance(error, BusyError):
            raise
        log.info("attempt %d: %s", attempt, error)
    self._sleep(delay)
    delay = min(2 * delay, LONGEST_DELAY)
return f"busy after {attempts}"
""",
        kind="swallowed-error",
        severity="high",
        why="When the last attempt fails a text is returned as if the other side had answered, so "
        "what was sent is lost and nobody knows.",
        lines=(5, 11),
    ),
)

PUSH: Final = Site(
    "push",
    quiet="""\
try:
    await link.send(body)
    return await asyncio.wait_for(link.receive(), ANSWER_SECONDS)
except TimeoutError as error:
    raise BusyError("There is no answer.") from error
finally:
    link.close()
""",
    loud="""\
try:
    await link.send(body)
    answer = await asyncio.wait_for(link.receive(), ANSWER_SECONDS)
except BaseException as error:
    link.close()
    if isinstance(error, TimeoutError):
        raise BusyError("There is no answer.") from error
    raise
link.close()
return answer
""",
    wrong_quiet=Wrong(
        """\
try:
    await asyncio.wait_for(link.send(body), ANSWER_SECONDS)
    return await link.receive()
except TimeoutError as error:
    raise BusyError("There is no answer.") from error
finally:
    link.close()
""",
        kind="missing-timeout",
        severity="medium",
        why="Only the sending has a limit, so a side that never answers holds the caller for "
        "ever instead of giving a BusyError.",
    ),
    wrong_loud=Wrong(
        """\
try:
    await link.send(body)
    answer = await asyncio.wait_for(link.receive(), ANSWER_SECONDS)
except BaseException as error:
    if isinstance(error, TimeoutError):
        raise BusyError("There is no answer.") from error
    link.close()
    raise
link.close()
return answer
""",
        kind="resource-leak",
        severity="low",
        why="When there is no answer in time the error leaves before the link is closed, so each "
        "such call leaves one open.",
        subtle=True,
        lines=(4, 7),
    ),
)

RECORD: Final = Site(
    "record",
    quiet="""\
hidden = [name for name in headers if name.lower() in PRIVATE_HEADERS]
log.info("call of %s: %s", self._$party, {**headers, **dict.fromkeys(hidden, "-")})
""",
    loud="""\
tokens = [name for name in headers if name.lower() in PRIVATE_HEADERS]
shown = {name: "-" if name in tokens else headers[name] for name in headers}
told = ", ".join(f"{name!r}: {text!r}" for name, text in shown.items())
log.info("call of %s, %d password or token headers: %s", self._$party, len(tokens), told)
""",
    wrong_quiet=Wrong(
        """\
hidden = [name for name in headers if name in PRIVATE_HEADERS]
log.info("call of %s: %s", self._$party, {**headers, **dict.fromkeys(hidden, "-")})
""",
        kind="secret-exposure",
        severity="high",
        why="Names are compared as they come, so Authorization with a capital is not found among "
        "the private ones and its value is logged.",
    ),
    wrong_loud=Wrong(
        """\
tokens = [name for name in headers if name.lower() in PRIVATE_HEADERS]
shown = {name: "-" if name in tokens else headers[name] for name in headers}
told = ", ".join(f"{name}: {text}" for name, text in shown.items())
log.info("call of %s, %d password or token headers: %s", self._$party, len(tokens), told)
""",
        kind="header-injection",
        severity="high",
        why="Values go into the log as they come, so one with line breaks adds lines that are "
        "counted as calls.",
        lines=(3, 4),
    ),
)

CODE: Final = Code(
    name="hooks",
    source=SOURCE,
    sites=(GENUINE, REPEATED, PARSE, RENDER, TARGET, DELIVER, PUSH, RECORD),
    slots={
        "Thing thing": (
            ("Event", "event"),
            ("Message", "message"),
            ("Notice", "notice"),
            ("Update", "update"),
        ),
        "party": (("tenant",), ("partner",), ("shop",), ("site",)),
        "Class": (("Receiver",), ("Gateway",), ("Inlet",), ("Relay",)),
        "header header_lower": (
            ("X-Api-Key", "x-api-key"),
            ("X-Auth-Token", "x-auth-token"),
            ("X-Access-Token", "x-access-token"),
            ("X-Session-Key", "x-session-key"),
        ),
        "host": (("hooks",), ("intake",), ("callbacks",), ("inbound",)),
    },
    interacting=(("deliver", "push"),),
)
