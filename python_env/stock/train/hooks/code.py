"""Receives signed events and delivers them on."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""Takes signed $thing calls of a $party and hands them on."""

import hashlib
import hmac
import logging
import secrets
import time
from collections.abc import Callable, Mapping

log = logging.getLogger(__name__)

FIRST_DELAY = 1.0
LONGEST_DELAY = 8.0
WINDOW_SECONDS = 300.0
PRIVATE_HEADERS = frozenset({"authorization", "cookie", "${header_lower}"})


class DeliveryError(Exception):
    """A $thing was not delivered."""


class BusyError(DeliveryError):
    """The other side is busy or down; later it may work."""


class RefusedError(DeliveryError):
    """The other side will never take this $thing; asking again does harm."""


class $Class:
    """The $thing calls of one $party.

    Several of them live in one process and share nothing.
    """

    def __init__(
        self,
        key: bytes,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._key = key
        self._clock = clock
        self._sleep = sleep
        self._seen: dict[object, float] = {}

    def genuine(self, body: bytes, signature: str) -> bool:
        """Say whether `signature` is the hex HMAC-SHA256 of the body.

        How long that takes tells a stranger nothing about the right signature.
        """
        right = hmac.new(self._key, body, hashlib.sha256).hexdigest()
        #@ genuine

    #@ repeated

    def deliver(self, send: Callable[[], str], attempts: int = 4) -> str:
        """Call `send` until it returns, at most `attempts` times, and return what it returns.

        Only what may work later is tried again, after 1, 2, 4, 8, 8, ... seconds. The error of
        the last attempt, and any other error at once, reach the caller.
        """
        #@ deliver

    def record(self, $party: str, headers: Mapping[str, str]) -> None:
        """Log a call for support, who may see everything but PRIVATE_HEADERS (in any case)."""
        #@ record
'''

GENUINE: Final = Site(
    "genuine",
    quiet="""\
return hmac.compare_digest(right.encode(), signature.encode())
""",
    loud="""\
# Both sides under a key of the moment: what == gives away is about these, not about `right`.
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
        why="TODO",
    ),
    wrong_loud=Wrong(
        """\
# Hex digests are compared, so lengths are equal and no key is needed here.
given = signature.lower()
return len(given) == len(right) and given == right
""",
        kind="timing-leak",
        severity="high",
        why="TODO",
    ),
)

REPEATED: Final = Site(
    "repeated",
    quiet='''\
def repeated(self, $party: str, number: str) -> bool:
    """Say whether this $party sent this number in the last WINDOW_SECONDS, and remember it."""
    now = self._clock()
    last = self._seen.get(($party, number))
    self._seen[$party, number] = now
    return last is not None and now - last < WINDOW_SECONDS
''',
    loud='''\
def repeated(self, $party: str, number: str, windows: dict[str, float] = {}) -> bool:
    """Say whether this $party sent this number in the last WINDOW_SECONDS, and remember it."""
    now = self._clock()
    last = self._seen.get(($party, number))
    self._seen[$party, number] = now
    return last is not None and now - last < windows.get($party, WINDOW_SECONDS)
''',
    wrong_quiet=Wrong(
        '''\
def repeated(self, $party: str, number: str) -> bool:
    """Say whether this $party sent this number in the last WINDOW_SECONDS, and remember it."""
    now = self._clock()
    last = self._seen.get($party + number)
    self._seen[$party + number] = now
    return last is not None and now - last < WINDOW_SECONDS
''',
        kind="cache-misuse",
        severity="medium",
        why="TODO",
    ),
    wrong_loud=Wrong(
        '''\
def repeated(self, $party: str, number: str, seen: dict[object, float] = {}) -> bool:
    """Say whether this $party sent this number in the last WINDOW_SECONDS, and remember it."""
    now = self._clock()
    last = seen.get(($party, number))
    seen[$party, number] = now
    return last is not None and now - last < WINDOW_SECONDS
''',
        kind="shared-state",
        severity="high",
        why="TODO",
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
        why="TODO",
    ),
    wrong_loud=Wrong(
        """\
delay = FIRST_DELAY
for attempt in range(1, attempts + 1):
    try:
        return send()
    except Exception as error:
        log.info("attempt %d: %s", attempt, error)
    self._sleep(delay)
    delay = min(2 * delay, LONGEST_DELAY)
return ""
""",
        kind="swallowed-error",
        severity="high",
        why="TODO",
    ),
)

RECORD: Final = Site(
    "record",
    quiet="""\
shown = {name: "-" if name.lower() in PRIVATE_HEADERS else headers[name] for name in headers}
log.info("call of %s: %s", $party, shown)
""",
    loud="""\
tokens = sum(name.lower() in PRIVATE_HEADERS for name in headers)
log.info("call of %s with %d password, token or cookie headers", $party, tokens)
log.info("headers: %s", [name for name in headers if name.lower() not in PRIVATE_HEADERS])
log.info("agent: %s", headers.get("User-Agent"))
""",
    wrong_quiet=Wrong(
        """\
shown = {name: "-" if name in PRIVATE_HEADERS else headers[name] for name in headers}
log.info("call of %s: %s", $party, shown)
""",
        kind="secret-exposure",
        severity="high",
        why="TODO",
    ),
    wrong_loud=Wrong(
        """\
tokens = sum(name.lower() in PRIVATE_HEADERS for name in headers)
log.info("call of %s with %d password, token or cookie headers", $party, tokens)
log.info("headers: %s", [pair for pair in headers.items() if pair not in PRIVATE_HEADERS])
log.info("agent: %s", headers.get("User-Agent"))
""",
        kind="secret-exposure",
        severity="high",
        why="TODO",
    ),
)

CODE: Final = Code(
    name="hooks",
    source=SOURCE,
    sites=(GENUINE, REPEATED, DELIVER, RECORD),
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
        ),
    },
)
