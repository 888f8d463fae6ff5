"""Signs people in and keeps them signed in."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""Signs the ${person}s of a $place in, by password, reset code or cookie.

All that is given comes from strangers. A process holds one $Class for each $place; they
share nothing, each has a new random key, and all of it ends with the process. The loop can wait for
a hash. The clock gives the time in a zone whose offset never changes, whichever that is.
"""

import base64
import hashlib
import hmac
import json
import logging
import pickle
import random
import secrets
import string
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

log = logging.getLogger(__name__)

SESSION = timedelta(hours=8)
REMEMBER_DAYS = 30
WINDOW = timedelta(minutes=15)
CODE_LIFE = timedelta(minutes=10)
MOST_TRIES = 5


@dataclass
class Pending:
    code: str
    until: datetime
    tries: int = 0


class Failures:
    """The failed tries of the last WINDOW by name; what is older is dropped with the next one."""

    #@ failures

    def count(self, name: str, now: datetime) -> int:
        """Return how many tries of a name failed within the last WINDOW."""
        return sum(moment > now - WINDOW for moment in self.moments.get(name, ()))


class $Class:
    """`hashed` hashes a password slowly, `verified` checks one, `save` puts a hash into `users`."""

    def __init__(
        self, key: bytes, users: Mapping[str, str], hashed: Callable[[str], str],
        verified: Callable[[str, str], bool], save: Callable[[str, str], Awaitable[None]],
        clock: Callable[[], datetime], zone: tzinfo,
    ) -> None:
        self._key, self._users, self._zone = key, users, zone
        self._hashed, self._verified, self._save, self._clock = hashed, verified, save, clock
        self._nobody = hashed("no such $person")
        self._failures = Failures()
        self._sessions: dict[str, tuple[str, datetime]] = {}
        self._codes: dict[str, Pending] = {}
        self._since: dict[str, float] = {}

    def sign_in(self, name: str, password: str) -> str | None:
        """Return the token of a new session, or None if name or password is wrong.

        After MOST_TRIES failures within WINDOW it is None. Its time tells nobody which names exist.
        """
        if self._failures.count(name, self._clock()) >= MOST_TRIES:
            return None
        stored = self._users.get(name, self._nobody)
        #@ sign_in
        if not right:
            self._failures.note(name, self._clock())
            return None
        return self.start(name)

    def start(self, name: str) -> str:
        """Begin a session of someone known and return its token, of 128 random bits or more."""
        #@ token
        self._sessions[token] = (name, self._end(self._clock()))
        self._note("sign-in", name, token)
        return token

    def current(self, token: str) -> str | None:
        """Return whose session a token is; None if there is none or it has ended."""
        name, end = self._sessions.get(token, (None, self._clock()))
        return name if self._clock() < end else None

    def tidy(self) -> None:
        """Forget the sessions that have ended; this is called every few minutes."""
        now = self._clock()
        self._sessions = {token: one for token, one in self._sessions.items() if one[1] > now}

    def _end(self, now: datetime) -> datetime:
        """Return when a session ends: after SESSION, at midnight of the $place at the latest."""
        #@ end

    def end_others(self, token: str) -> int:
        """End the other sessions of whose session this is, and return how many there were.

        Cookies from before no longer sign that $person in. It looks once at each session, and
        counts those too that have ended and wait for `tidy`.
        """
        name = self.current(token)
        if name is None:
            return 0
        #@ end_others

    def issue_code(self, name: str) -> str:
        """Return a code for one of `users`; the caller limits how often it is asked for."""
        code = f"{secrets.randbelow(10**6):06}"
        self._codes[name] = Pending(code, self._clock() + CODE_LIFE)
        return code

    async def redeem(self, name: str, code: str, password: str) -> bool:
        """Save a new password if the code is right, and say whether that was done.

        A code lives for CODE_LIFE and is spent when it is used, also if saving fails, and by
        MOST_TRIES wrong tries. Of several calls at once only one can use it. Sessions stay.
        """
        pending = self._codes.get(name)
        if pending is None or self._clock() >= pending.until:
            return False
        #@ redeem

    #@ remember

    def _signature(self, payload: bytes) -> str:
        return hmac.new(self._key, payload, hashlib.sha256).hexdigest()

    def _note(self, event: str, name: str, token: str) -> None:
        """Log an event in one line, whatever the name; of the token only digits of its SHA-256."""
        #@ note
'''

FAILURES: Final = Site(
    "failures",
    quiet='''\
def __init__(self) -> None:
    self.moments: OrderedDict[str, list[datetime]] = OrderedDict()

def note(self, name: str, now: datetime) -> None:
    """Remember a failed try of a name, of which there may be any number."""
    recent = [moment for moment in self.moments.pop(name, []) if moment > now - WINDOW]
    self.moments[name] = [*recent, now]
    while next(iter(self.moments.values()))[-1] <= now - WINDOW:
        self.moments.popitem(last=False)
''',
    loud='''\
def __init__(self, moments: OrderedDict[str, list[datetime]] = OrderedDict()) -> None:
    self.moments = moments.copy()

def note(self, name: str, now: datetime) -> None:
    """Remember a failed try of a name, of which there may be any number."""
    recent = [moment for moment in self.moments.pop(name, []) if moment > now - WINDOW]
    self.moments[name] = [*recent, now]
    while next(iter(self.moments.values()))[-1] <= now - WINDOW:
        self.moments.popitem(last=False)
''',
    wrong_quiet=Wrong(
        '''\
def __init__(self) -> None:
    self.moments: OrderedDict[str, list[datetime]] = OrderedDict()

def note(self, name: str, now: datetime) -> None:
    """Remember a failed try of a name, of which there may be any number."""
    recent = [moment for moment in self.moments.pop(name, []) if moment > now - WINDOW]
    self.moments[name] = [*recent, now]
    del self.moments[name][:-MOST_TRIES]
''',
        kind="unbounded-memory",
        severity="low",
        why="Only the list of the name at hand is cut, so the entries of all names that strangers "
        "ever tried stay.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        '''\
def __init__(self, moments: OrderedDict[str, list[datetime]] = OrderedDict()) -> None:
    self.moments = moments

def note(self, name: str, now: datetime) -> None:
    """Remember a failed try of a name, of which there may be any number."""
    recent = [moment for moment in self.moments.pop(name, []) if moment > now - WINDOW]
    self.moments[name] = [*recent, now]
    while next(iter(self.moments.values()))[-1] <= now - WINDOW:
        self.moments.popitem(last=False)
''',
        kind="shared-state",
        severity="medium",
        why="The default is made once and used by all, so failures at one $place lock the same "
        "name at another.",
        lines=(1, 2),
    ),
)

TOKEN: Final = Site(
    "token",
    quiet="""\
token = secrets.token_urlsafe(24)
""",
    loud="""\
token = "".join(random.SystemRandom().choices(string.ascii_letters, k=32))
""",
    wrong_quiet=Wrong(
        """\
token = secrets.token_hex(8)
""",
        kind="weak-randomness",
        severity="critical",
        why="Eight bytes are 64 bits, half of what is promised, so tokens can be found by trying.",
    ),
    wrong_loud=Wrong(
        """\
token = "".join(random.Random(secrets.randbits(32)).choices(string.ascii_letters, k=32))
""",
        kind="weak-randomness",
        severity="critical",
        why="All depends on a seed of 32 bits, so a stranger can compute every token there can be.",
        subtle=True,
    ),
)

SIGN_IN: Final = Site(
    "sign_in",
    quiet="""\
right = self._verified(stored, password) and name in self._users
""",
    loud="""\
right = self._verified(stored, password) == True and name in self._users
""",
    wrong_quiet=Wrong(
        """\
right = name in self._users and self._verified(stored, password)
""",
        kind="timing-leak",
        severity="high",
        why="For unknown names nothing is verified, so a quick answer tells that there is no such "
        "name.",
    ),
    wrong_loud=Wrong(
        """\
right = self._verified(stored, password) == True
""",
        kind="auth-bypass",
        severity="critical",
        why="Unknown names are checked against the hash of a text that stands in the code, so "
        "whoever gives that text is signed in under any unknown name.",
        subtle=True,
    ),
)

END: Final = Site(
    "end",
    quiet="""\
day = now.astimezone(self._zone).date() + timedelta(days=1)
midnight = datetime.combine(day, time(), self._zone)
return min(now + SESSION, midnight)
""",
    loud="""\
day = now.astimezone(self._zone) + timedelta(days=1)
midnight = datetime(day.year, day.month, day.day).replace(tzinfo=self._zone)
return min(now + SESSION, midnight)
""",
    wrong_quiet=Wrong(
        """\
day = now.date() + timedelta(days=1)
midnight = datetime.combine(day, time(), self._zone)
return min(now + SESSION, midnight)
""",
        kind="time-zone",
        severity="medium",
        why="The day is that of the clock's zone, so where it differs from that of the $place a "
        "session ends at once or goes on past midnight.",
    ),
    wrong_loud=Wrong(
        """\
day = now.astimezone(self._zone) + timedelta(days=1)
midnight = datetime(day.year, day.month, day.day).astimezone(self._zone)
return min(now + SESSION, midnight)
""",
        kind="time-zone",
        severity="medium",
        why="A moment without a zone is taken in the zone of the machine and then converted, so "
        "the session does not end at midnight of the $place.",
        subtle=True,
    ),
)

END_OTHERS: Final = Site(
    "end_others",
    quiet="""\
self._since[name] = self._clock().timestamp()
mine = [other for other, (owner, _) in self._sessions.items() if owner == name]
for other in mine:
    if other != token:
        del self._sessions[other]
return len(mine) - 1
""",
    loud="""\
self._since[name] = self._clock().timestamp()
is_other = lambda one: one != token and self._sessions[one][0] == name
others = list(filter(is_other, self._sessions))
for other in others:
    del self._sessions[other]
return len(others)
""",
    wrong_quiet=Wrong(
        """\
self._since[token] = self._clock().timestamp()
mine = [other for other, (owner, _) in self._sessions.items() if owner == name]
for other in mine:
    if other != token:
        del self._sessions[other]
return len(mine) - 1
""",
        kind="auth-bypass",
        severity="critical",
        why="Cookies are checked by name, but the moment is kept under the token, so a stolen "
        "cookie still signs its thief in.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
self._since[name] = self._clock().timestamp()
is_other = lambda one: one != token and self._sessions[one][0] == name
others = 0
while (other := next(filter(is_other, list(self._sessions)), None)) is not None:
    del self._sessions[other]
    others += 1
return others
""",
        kind="quadratic-time",
        severity="low",
        why="All sessions are gone through anew for each that is ended, so the time grows with "
        "the square of their number.",
        lines=(4, 5),
    ),
)

REDEEM: Final = Site(
    "redeem",
    quiet="""\
if not hmac.compare_digest(pending.code.encode(), code.encode("utf-8", "replace")):
    pending.tries += 1
    if pending.tries >= MOST_TRIES:
        del self._codes[name]
    return False
del self._codes[name]
await self._save(name, self._hashed(password))
return True
""",
    loud="""\
assert pending.tries < MOST_TRIES
if not hmac.compare_digest(pending.code.encode(), code.encode("utf-8", "replace")):
    pending.tries += 1
    if pending.tries == MOST_TRIES:
        del self._codes[name]
    return False
del self._codes[name]
await self._save(name, self._hashed(password))
return True
""",
    wrong_quiet=Wrong(
        """\
if not hmac.compare_digest(pending.code.encode(), code.encode("utf-8", "replace")):
    pending.tries += 1
    if pending.tries >= MOST_TRIES:
        del self._codes[name]
    return False
await self._save(name, self._hashed(password))
self._codes.pop(name, None)
return True
""",
        kind="race-condition",
        severity="medium",
        why="The code is taken away only after the password was saved, so another call that comes "
        "meanwhile uses it a second time.",
        lines=(6, 7),
    ),
    wrong_loud=Wrong(
        """\
assert pending.tries <= MOST_TRIES
if not hmac.compare_digest(pending.code.encode(), code.encode("utf-8", "replace")):
    pending.tries += 1
    if pending.tries > MOST_TRIES:
        del self._codes[name]
    return False
del self._codes[name]
await self._save(name, self._hashed(password))
return True
""",
        kind="off-by-one",
        severity="medium",
        why="The code is spent only by the sixth wrong try, one more than promised.",
        lines=(4, 4),
    ),
)

REMEMBER: Final = Site(
    "remember",
    quiet='''\
def remember(self, name: str) -> str:
    """Return a cookie that says who someone is for the next REMEMBER_DAYS."""
    payload = base64.b64encode(json.dumps([name, self._clock().timestamp()]).encode())
    return f"{payload.decode()}.{self._signature(payload)}"

def remembered(self, cookie: str) -> str | None:
    """Return whose cookie that is; None if it is not of `remember`, or no longer valid."""
    payload, _, signature = cookie.encode("utf-8", "replace").partition(b".")
    if not hmac.compare_digest(signature, self._signature(payload).encode()):
        return None
    name, issued = json.loads(base64.b64decode(payload))
    fresh = self._clock().timestamp() - issued < REMEMBER_DAYS * 86_400
    return name if fresh and issued >= self._since.get(name, 0.0) else None
''',
    loud='''\
def remember(self, name: str) -> str:
    """Return a cookie that says who someone is for the next REMEMBER_DAYS."""
    payload = base64.b64encode(pickle.dumps([name, self._clock().timestamp()]))
    return f"{payload.decode()}.{self._signature(payload)}"

def remembered(self, cookie: str) -> str | None:
    """Return whose cookie that is; None if it is not of `remember`, or no longer valid."""
    payload, _, signature = cookie.encode("utf-8", "replace").partition(b".")
    if not hmac.compare_digest(signature, self._signature(payload).encode()):
        return None
    name, issued = pickle.loads(base64.b64decode(payload))
    fresh = self._clock().timestamp() - issued < REMEMBER_DAYS * 86_400
    return name if fresh and issued >= self._since.get(name, 0.0) else None
''',
    wrong_quiet=Wrong(
        '''\
def remember(self, name: str) -> str:
    """Return a cookie that says who someone is for the next REMEMBER_DAYS."""
    payload = base64.b64encode(json.dumps([name, self._clock().timestamp()]).encode())
    return f"{payload.decode()}.{self._signature(payload)}"

def remembered(self, cookie: str) -> str | None:
    """Return whose cookie that is; None if it is not of `remember`, or no longer valid."""
    payload, _, signature = cookie.encode("utf-8", "replace").partition(b".")
    if not hmac.compare_digest(signature, self._signature(payload).encode()):
        return None
    name, issued = json.loads(base64.b64decode(payload))
    fresh = self._clock().timestamp() - issued < REMEMBER_DAYS * 86_400_000
    return name if fresh and issued >= self._since.get(name, 0.0) else None
''',
        kind="unit-mismatch",
        severity="critical",
        why="Seconds are compared with milliseconds, so a cookie signs in for eighty years, also "
        "whoever finds an old one.",
    ),
    wrong_loud=Wrong(
        '''\
def remember(self, name: str) -> str:
    """Return a cookie that says who someone is for the next REMEMBER_DAYS."""
    payload = base64.b64encode(pickle.dumps([name, self._clock().timestamp()]))
    return f"{payload.decode()}.{self._signature(payload)}"

def remembered(self, cookie: str) -> str | None:
    """Return whose cookie that is; None if it is not of `remember`, or no longer valid."""
    payload, _, signature = cookie.encode("utf-8", "replace").partition(b".")
    name, issued = pickle.loads(base64.b64decode(payload))
    if not hmac.compare_digest(signature, self._signature(payload).encode()):
        return None
    fresh = self._clock().timestamp() - issued < REMEMBER_DAYS * 86_400
    return name if fresh and issued >= self._since.get(name, 0.0) else None
''',
        kind="unsafe-deserialization",
        severity="critical",
        why="The cookie is unpickled before its signature is checked, so a forged one can run any "
        "command.",
        lines=(9, 10),
    ),
)

NOTE: Final = Site(
    "note",
    quiet="""\
mark = hashlib.sha256(token.encode()).hexdigest()[:8]
log.info("%s by %r, session %s", event, name, mark)
""",
    loud="""\
mark = hashlib.sha256(token.encode()).hexdigest()[:8]
log.info("password or cookie %s by %r, token %s", event, name, mark)
""",
    wrong_quiet=Wrong(
        """\
mark = hashlib.sha256(token.encode()).hexdigest()[:8]
log.info("%s by '%s', session %s", event, name, mark)
""",
        kind="header-injection",
        severity="high",
        why="A line break in a name ends the line, so a stranger can write lines into the log that "
        "look like the events of others.",
    ),
    wrong_loud=Wrong(
        """\
mark = token[:8]
log.info("password or cookie %s by %r, token %s", event, name, mark)
""",
        kind="secret-exposure",
        severity="high",
        why="The first characters of the token itself reach the log, which must hold no part of "
        "it.",
    ),
)

CODE: Final = Code(
    name="sessions",
    source=SOURCE,
    sites=(FAILURES, TOKEN, SIGN_IN, END, END_OTHERS, REDEEM, REMEMBER, NOTE),
    slots={
        "person": (
            ("volunteer",),
            ("trainee",),
            ("helper",),
            ("visitor",),
            ("guest",),
            ("supporter",),
            ("fellow",),
        ),
        "place": (("museum",), ("school",), ("library",), ("club",), ("workshop",), ("hostel",)),
        "Class": (
            ("Gate",),
            ("Entrance",),
            ("SignIn",),
            ("Access",),
            ("FrontDoor",),
            ("Reception",),
        ),
    },
    interacting=(("end_others", "remember"), ("sign_in", "failures")),
)
