"""Parses and forwards inbound mail: headers, attachments, loops, threads, absences."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = r'''
"""Takes the mail that strangers send to a $house and hands it on to its ${person}s."""

import itertools
import logging
import os
import re
import shlex
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path

log = logging.getLogger(__name__)

SENDMAIL = "/usr/sbin/sendmail"
SECONDS = 60.0
ROUNDS = 4
WAIT = 30.0
MAX_HOPS = 25
KEPT = timedelta(hours=1)
PRIVATE = frozenset({"Bcc", "Resent-Bcc"})

Headers = Sequence[tuple[str, str]]
Mail = tuple[str, Sequence[str]]
Send = Callable[[str], None]
# First and last day of an absence, and the zone in which these are days.
Absence = tuple[date, date, tzinfo]
Fetch = Callable[[str], Absence | None]
Run = Callable[..., subprocess.CompletedProcess[bytes]]


class DelayError(Exception):
    """The mail was not taken; later it may be."""


class RefusedError(Exception):
    """The mail will never be taken for this recipient."""


def outgoing(headers: Headers) -> str:
    """Return the header lines of a mail that goes on, each ended by CRLF.

    Bcc and Resent-Bcc, in any case, stay behind. Names are well formed. Values are decoded and may
    hold anything; what breaks a line in them becomes a blank, since readers trust $mark
    lines, which our gateway adds and `headers` do not hold.
    """
    #@ outgoing


def loops(headers: Headers) -> bool:
    """Say whether a mail must not go on.

    That is so if our own Received line would be more than its MAX_HOPS-th, or if a machine wrote
    it: it has an Auto-Submitted header whose text before any ";" is not "no", in any case.
    """
    hops = sum(name.lower() == "received" for name, _ in headers)
    #@ loops


def body(payload: bytes, charset: str) -> str:
    """Return what a mail says above the mail that it quotes, without blanks at the end.

    `charset` is a usual one that Python knows, not always one that contains ASCII; broken bytes are
    replaced. A quote begins with a line "On ... wrote:". The time grows as the mail does.
    """
    #@ body


def threads(mails: Iterable[Mail], known: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the ids of mails, oldest first, by thread, which has the id of its first mail.

    A mail, given as its id (never empty) and its references, belongs to the thread of the first
    reference that is known, from `known` (earlier mails and their threads, left as it is) or from
    `mails`. The time grows as the number of all these does: folders have 100,000 mails.
    """
    found: dict[str, list[str]] = {}
    #@ threads


def relay(to: Sequence[str], send: Send, sleep: Callable[[float], None]) -> list[str]:
    """Call `send` for each recipient (they differ); return those, in any order, not reached.

    After a DelayError a recipient is tried again, in up to ROUNDS rounds. Between them we wait
    WAIT seconds, then twice as long, and so on. A RefusedError is final.
    """
    refused: list[str] = []
    #@ relay
    return [*refused, *late]


class $Class:
    """The mail of one $house, in one thread. Attachments lie in a folder."""

    def __init__(self, folder: Path, fetch: Fetch, run: Run = subprocess.run) -> None:
        self._folder, self._fetch, self._run = folder, fetch, run
        self._known: dict[str, tuple[datetime, Absence | None]] = {}

    def save(self, name: str, content: bytes) -> Path:
        """Write an attachment into the folder and return its path. Others write there too.

        Of the sender's name remain letters, digits, dots and dashes of ASCII, without dots in
        front, and 80 characters at most; "unnamed" if none. No file is ever overwritten: a number
        and a dash come before a name that is taken. A nightly job removes what a full disk cut.
        """
        #@ save

    def hand_over(self, content: bytes, sender: str, to: str) -> None:
        """Give a mail for one recipient to SENDMAIL, an ordinary sendmail.

        Both addresses are as strangers typed them, even with a dash in front, but short and
        without comma or NUL. DelayError if it ends with a code but 0 or is stopped after SECONDS.
        """
        #@ hand_over
        if done.returncode:
            raise DelayError(f"sendmail ended with {done.returncode}.")

    def away(self, $person: str, now: datetime) -> bool:
        """Say whether a $person of the $house is away now: from the first to the last day.

        What `fetch` says of a $person is asked again once it is KEPT old. `now` has a fixed
        offset to UTC, whichever.
        """
        #@ away
'''

OUTGOING: Final = Site(
    "outgoing",
    quiet="""\
kept = [(name, value) for name, value in headers if name.title() not in PRIVATE]
lines = [f"{name}: {' '.join(value.splitlines())}" for name, value in kept]
return "".join(f"{line}\\r\\n" for line in lines)
""",
    loud="""\
kept = filter(lambda pair: pair[0].title() not in PRIVATE, headers)
lines = map(lambda pair: f"{pair[0]}: {' '.join(pair[1].splitlines())}", kept)
return "".join(map(lambda line: line + "\\r\\n", lines))
""",
    wrong_quiet=Wrong(
        """\
kept = [(name, value) for name, value in headers if name.capitalize() not in PRIVATE]
lines = [f"{name}: {' '.join(value.splitlines())}" for name, value in kept]
return "".join(f"{line}\\r\\n" for line in lines)
""",
        kind="secret-exposure",
        severity="high",
        why="Resent-Bcc becomes Resent-bcc, which is not in PRIVATE, so hidden recipients are "
        "shown to all.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
kept = filter(lambda pair: pair[0].title() not in PRIVATE, headers)
lines = map(lambda pair: f"{pair[0]}: {pair[1].strip()}", kept)
return "".join(map(lambda line: line + "\\r\\n", lines))
""",
        kind="header-injection",
        severity="critical",
        why="Line breaks stay in the values, so a stranger can add a header that readers trust.",
    ),
)

LOOPS: Final = Site(
    "loops",
    quiet="""\
auto = [value for name, value in headers if name.lower() == "auto-submitted"]
words = {value.partition(";")[0].strip().lower() for value in auto}
return hops >= MAX_HOPS or bool(words - {"no"})
""",
    loud="""\
for name, value in headers:
    auto = value if name.lower() == "auto-submitted" else None
    if auto != None and auto.partition(";")[0].strip().lower() != "no":
        return True
return hops >= MAX_HOPS
""",
    wrong_quiet=Wrong(
        """\
auto = [value for name, value in headers if name.lower() == "auto-submitted"]
words = {value.partition(";")[0].strip().lower() for value in auto}
return hops > MAX_HOPS or bool(words - {"no"})
""",
        kind="off-by-one",
        severity="medium",
        why="With MAX_HOPS Received lines ours is one too many, and the mail still goes on.",
    ),
    wrong_loud=Wrong(
        """\
for name, value in headers:
    auto = value if name.lower() == "auto-submitted" else None
    if auto != None and auto.partition(";")[0].strip().lower() == "auto-replied":
        return True
return hops >= MAX_HOPS
""",
        kind="wrong-condition",
        severity="medium",
        why="Only one of the words that are not 'no' is looked for; mail that was generated or "
        "notified by a machine goes on.",
    ),
)

BODY: Final = Site(
    "body",
    quiet="""\
lines = payload.decode(charset, "replace").splitlines()
kept: list[str] = []
for line in lines:
    if line.startswith("On ") and line[3:].endswith(" wrote:"):
        break
    kept.append(line)
return "\\n".join(kept).rstrip()
""",
    loud="""\
intro = re.compile(r"On (?:[^\\n]*) wrote:")
lines = payload.decode(charset, "replace").splitlines()
kept = itertools.takewhile(lambda line: not intro.fullmatch(line), lines)
return "\\n".join(kept).rstrip()
""",
    wrong_quiet=Wrong(
        """\
lines = [line.decode(charset, "replace") for line in payload.splitlines()]
kept: list[str] = []
for line in lines:
    if line.startswith("On ") and line[3:].endswith(" wrote:"):
        break
    kept.append(line)
return "\\n".join(kept).rstrip()
""",
        kind="text-encoding",
        severity="medium",
        why="Bytes are split into lines before they are decoded; in UTF-16 a line break is two "
        "bytes, and all lines after the first are garbled.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
intro = re.compile(r"On (?:[^\\n]+ ?)+ wrote:")
lines = payload.decode(charset, "replace").splitlines()
kept = itertools.takewhile(lambda line: not intro.fullmatch(line), lines)
return "\\n".join(kept).rstrip()
""",
        kind="regex-backtracking",
        severity="high",
        why="A repeated group of a repeated class can be split in exponentially many ways; a long "
        "line that begins with On stops the mail.",
    ),
)

THREADS: Final = Site(
    "threads",
    quiet="""\
roots = dict(known)
for number, references in mails:
    root = next((roots[mail] for mail in references if mail in roots), number)
    roots[number] = root
    found.setdefault(root, []).append(number)
return found
""",
    loud="""\
roots: dict[str, str] = {**known}  # type: ignore
for number, references in mails:
    root = next(filter(None, map(roots.get, references)), number)
    roots[number] = root
    found.setdefault(root, []).append(number)
return found
""",
    wrong_quiet=Wrong(
        """\
roots = list(known.items())
for number, references in mails:
    root = next((root for mail in references for key, root in roots if key == mail), number)
    roots.append((number, root))
    found.setdefault(root, []).append(number)
return found
""",
        kind="quadratic-time",
        severity="low",
        why="Each reference is looked for in a list of all mails, so a folder of 100,000 takes "
        "hours.",
        subtle=True,
        lines=(3, 3),
    ),
    wrong_loud=Wrong(
        """\
roots: dict[str, str] = known  # type: ignore
for number, references in mails:
    root = next(filter(None, map(roots.get, references)), number)
    roots[number] = root
    found.setdefault(root, []).append(number)
return found
""",
        kind="shared-state",
        severity="medium",
        why="The mails are entered into the caller's own mapping, which is promised to be left as "
        "it is.",
    ),
)

RELAY: Final = Site(
    "relay",
    quiet="""\
late = list(to)
for turn in range(ROUNDS):
    if turn and late:
        sleep(WAIT * 2 ** (turn - 1))
    trying, late = late, []
    for recipient in trying:
        try:
            send(recipient)
        except DelayError:
            late.append(recipient)
        except RefusedError:
            refused.append(recipient)
""",
    loud="""\
late = dict.fromkeys(to)
for turn in range(ROUNDS):
    if turn and late:
        sleep(WAIT * 2 ** (turn - 1))
    for recipient in tuple(late):
        try:
            send(recipient)
        except DelayError:
            continue
        except RefusedError:
            log.info("a recipient was refused in round %d", turn)
            refused.append(recipient)
        del late[recipient]
""",
    wrong_quiet=Wrong(
        """\
late = list(to)
for turn in range(ROUNDS):
    if turn and late:
        sleep(WAIT * turn)
    trying, late = late, []
    for recipient in trying:
        try:
            send(recipient)
        except DelayError:
            late.append(recipient)
        except RefusedError:
            refused.append(recipient)
""",
        kind="retry-misuse",
        severity="medium",
        why="The waits grow by WAIT each time instead of doubling, so the last round comes too "
        "early.",
    ),
    wrong_loud=Wrong(
        """\
late = dict.fromkeys(to)
for turn in range(ROUNDS):
    if turn and late:
        sleep(WAIT * 2 ** (turn - 1))
    for recipient in tuple(late):
        try:
            send(recipient)
        except DelayError:
            continue
        except RefusedError:
            log.info("a recipient was refused in round %d", turn)
        del late[recipient]
""",
        kind="swallowed-error",
        severity="high",
        why="Who was refused is not returned, so the mail counts as delivered and is lost.",
        lines=(10, 11),
    ),
)

SAVE: Final = Site(
    "save",
    quiet="""\
plain = re.sub(r"[^A-Za-z0-9.-]", "", name).lstrip(".")[:80] or "unnamed"
number, path = 0, self._folder / plain
while True:
    with suppress(FileExistsError), path.open("xb") as out:
        out.write(content)
        return path
    number += 1
    path = self._folder / f"{number}-{plain}"
""",
    loud="""\
plain = re.sub(r"[^A-Za-z0-9.-]", "", name).lstrip(".")[:80] or "unnamed"
number, path = 0, os.path.join(self._folder, plain)
while True:
    try:
        with open(path, "xb") as out:
            out.write(content)
        return Path(path)
    except FileExistsError:
        number += 1
        path = os.path.join(self._folder, f"{number}-{plain}")
""",
    wrong_quiet=Wrong(
        """\
plain = re.sub(r"[^A-Za-z0-9./-]", "", name).lstrip("./")[:80] or "unnamed"
number, path = 0, self._folder / plain
while True:
    with suppress(FileExistsError), path.open("xb") as out:
        out.write(content)
        return path
    number += 1
    path = self._folder / f"{number}-{plain}"
""",
        kind="path-traversal",
        severity="critical",
        why="Slashes are kept and only dots in front are removed, so a/../../name leads out of "
        "the folder.",
    ),
    wrong_loud=Wrong(
        """\
plain = re.sub(r"[^A-Za-z0-9.-]", "", name).lstrip(".")[:80] or "unnamed"
number, path = 0, os.path.join(self._folder, plain)
while os.path.exists(path):
    number += 1
    path = os.path.join(self._folder, f"{number}-{plain}")
with open(path, "wb") as out:
    out.write(content)
return Path(path)
""",
        kind="race-condition",
        severity="high",
        why="Another writer can take the name between the check and the opening, and its file is "
        "overwritten.",
        lines=(3, 6),
    ),
)

HAND_OVER: Final = Site(
    "hand_over",
    quiet="""\
command = [SENDMAIL, "-i", "-f", sender, "--", to]
try:
    done = self._run(command, input=content, timeout=SECONDS)
except subprocess.TimeoutExpired as error:
    raise DelayError("sendmail takes too long.") from error
""",
    loud="""\
command = "exec " + shlex.join([SENDMAIL, "-i", "-f", sender, "--", to])
try:
    done = self._run(command, shell=True, input=content, timeout=SECONDS)
except subprocess.TimeoutExpired as error:
    raise DelayError("sendmail takes too long.") from error
""",
    wrong_quiet=Wrong(
        """\
command = [SENDMAIL, "-i", "-f", sender, to]
try:
    done = self._run(command, input=content, timeout=SECONDS)
except subprocess.TimeoutExpired as error:
    raise DelayError("sendmail takes too long.") from error
""",
        kind="command-injection",
        severity="critical",
        why="Nothing ends the options, so an address with a dash in front is one, such as -C with "
        "a file of the sender's choice.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
command = "exec " + shlex.join([SENDMAIL, "-i", "-f", sender, "--", to])
try:
    done = self._run(command, shell=True, input=content, check=False)
except subprocess.TimeoutExpired as error:
    raise DelayError("sendmail takes too long.") from error
""",
        kind="missing-timeout",
        severity="high",
        why="No limit is given to the call, so one sendmail that hangs stops the mail of the "
        "whole house.",
    ),
)

AWAY: Final = Site(
    "away",
    quiet="""\
asked, absence = self._known.get($person, (None, None))
if asked is None or now - asked >= KEPT:
    absence = self._fetch($person)
    self._known[$person] = (now, absence)
if absence is None:
    return False
first, last, zone = absence
return first <= now.astimezone(zone).date() <= last
""",
    loud="""\
asked, range = self._known.get($person, (None, None))
if asked is None or now >= asked + KEPT:
    asked, range = now, self._fetch($person)
self._known[$person] = (asked, range)
if range is None:
    return False
today = now.astimezone(range[2]).date()
return range[0] <= today <= range[1]
""",
    wrong_quiet=Wrong(
        """\
asked, absence = self._known.get($person, (None, None))
if asked is None or now - asked >= KEPT:
    absence = self._fetch($person)
    self._known[$person] = (now, absence)
if absence is None:
    return False
first, last, zone = absence
return first <= now.replace(tzinfo=zone).date() <= last
""",
        kind="time-zone",
        severity="medium",
        why="The zone is exchanged, not converted to, so the day is that of whatever zone `now` "
        "came in.",
    ),
    wrong_loud=Wrong(
        """\
asked, range = self._known.get($person, (None, None))
if asked is None or now >= asked + KEPT:
    asked, range = now, self._fetch($person)
self._known[$person] = (now, range)
if range is None:
    return False
today = now.astimezone(range[2]).date()
return range[0] <= today <= range[1]
""",
        kind="cache-misuse",
        severity="medium",
        why="Each question makes the entry young again, so of a person who gets mail every hour "
        "the absence is never fetched anew.",
        subtle=True,
    ),
)

CODE: Final = Code(
    name="mailroom",
    source=SOURCE,
    sites=(OUTGOING, LOOPS, BODY, THREADS, RELAY, SAVE, HAND_OVER, AWAY),
    slots={
        "house": (("clinic",), ("school",), ("library",), ("court",), ("museum",)),
        "person": (("member",), ("colleague",), ("clerk",), ("curator",), ("trustee",)),
        "mark": (("X-Checked-By",), ("X-Gateway-Pass",), ("X-Mail-Verified",), ("X-Inspected",)),
        "Class": (("Mailroom",), ("Postroom",), ("MailDesk",), ("Forwarder",)),
    },
    interacting=(("relay", "hand_over"),),
)
