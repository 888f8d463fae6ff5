"""An append-only audit trail: chained seals, redaction, rotation, reading back, archives."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""The audit trail of a $office: one JSON object a line, each sealed over the one before.

A trail begins in an empty folder. One process writes it; any number of them read it.
"""

import copy
import hashlib
import hmac
import json
import os
import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PRIVATE = frozenset({"password", "token", "$secret"})
PER_FILE, MOST_FOUND, FIRST_SEAL = 100, 50, "0" * 64


def redacted(value: Any) -> Any:
    """Return a copy of JSON data in which "-" stands for each value under a PRIVATE name.

    Names count in any case and at any depth (up to 100), in lists too. The data stays as it is.
    """
    #@ redacted


def parsed(line: str) -> dict[str, Any]:
    """Return the JSON object in a line, or an empty one if there is none that can be sealed."""
    try:
        value = json.loads(line)
        json.dumps([[value]])
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def as_text(entry: dict[str, Any]) -> str:
    """Return an entry as one line of printable ASCII for the console.

    Everything else in it, line breaks too, becomes an escape; different texts stay different.
    """
    text = f"{entry['at']} {entry['$actor']} {entry['action']}"
    #@ text


class $Trail:
    """A trail in a folder, sealed with a key that only the $office has."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key
        self._count = 0
        self._before = FIRST_SEAL

    def _mac(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    def _seal(self, before: Any, entry: dict[str, Any]) -> str:
        return self._mac(json.dumps([before, entry], sort_keys=True))

    def append(self, moment: datetime, $actor: str, action: str, details: Any) -> dict[str, Any]:
        """Write an entry, with its details redacted, and return it; they are numbered from 1.

        Moments do not step back. After an OSError the trail is as it was before.
        """
        at = moment.isoformat()
        entry = {"number": self._count + 1, "at": at, "$actor": $actor, "action": action}
        entry["details"] = redacted(details)
        entry["seal"] = self._seal(self._before, entry)
        path = self.segment(moment, self._count)
        size = path.stat().st_size if path.exists() else 0
        try:
            with path.open("a", encoding="utf-8") as out:
                out.write(json.dumps(entry) + "\\n")
        except OSError:
            with suppress(OSError), path.open("r+b") as out:
                out.truncate(size)
            raise
        self._count += 1
        self._before = entry["seal"]
        return entry

    def segment(self, moment: datetime, count: int) -> Path:
        """Return the file for the entry of a moment that follows `count` others of the trail.

        Its name has the day in UTC and the number, from 1, of the block of PER_FILE entries.
        """
        #@ segment

    def broken(self, lines: Iterable[str]) -> list[int]:
        """Return which lines of a trail, from 1, were changed, cut off or put in later.

        The data of such a line are not sealed over the line before it, or are no JSON object at
        all. Seals are no secret: they stand in the trail. The head tells how many lines it has.
        """
        found: list[int] = []
        before: Any = FIRST_SEAL
        #@ broken
        return found

    def between(self, first: int, last: int) -> Iterator[dict[str, Any]]:
        """Yield the entries of an unbroken trail from number `first` to `last`, both included.

        A trail may be larger than memory. Whoever stops early leaves no file open. What is just
        being written is no entry yet.
        """
        #@ between

    #@ receipt

    def search(self, typed: str, run: Callable[[list[str]], str]) -> list[str]:
        """Return the last MOST_FOUND lines of the trail with what an auditor typed in their JSON.

        That is up to 1,000 characters, any. `run` executes an argument vector and returns what it
        wrote to its output, whatever its status. Up to 500 files are kept here, in a folder given
        as a whole path of up to 100 characters, and what one search finds fits into memory.
        """
        typed = json.dumps(typed)[1:-1]
        paths = [os.devnull, *(str(path) for path in sorted(self._folder.glob("*.log")))]
        #@ search

    def save_head(self) -> None:
        """Write how far the trail goes to "head.json", or raise an OSError.

        Whatever error comes on the way, a reader finds the old head or the new one, whole.
        """
        head, draft = self._folder / "head.json", self._folder / "head.new"
        text = json.dumps({"count": self._count, "seal": self._before})
        #@ head
'''

REDACTED: Final = Site(
    "redacted",
    quiet="""\
if isinstance(value, list):
    return [redacted(item) for item in value]
if not isinstance(value, dict):
    return value
hidden = {name for name in value if name.lower() in PRIVATE}
return {name: "-" if name in hidden else redacted(item) for name, item in value.items()}
""",
    loud="""\
copied = copy.deepcopy(value)
nodes = [copied]
for node in nodes:
    if isinstance(node, dict):
        for name in node:
            node[name] = "-" if name.lower() in PRIVATE else node[name]
        nodes.extend(node.values())
    elif isinstance(node, list):
        nodes.extend(node)
return copied
""",
    wrong_quiet=Wrong(
        """\
if isinstance(value, list):
    return value[:]
if not isinstance(value, dict):
    return value
hidden = {name for name in value if name.lower() in PRIVATE}
return {name: "-" if name in hidden else redacted(item) for name, item in value.items()}
""",
        kind="secret-exposure",
        severity="high",
        why="Names count in lists too, but the items of a list are copied as they are, so a "
        "password inside one is written to the trail.",
        lines=(1, 2),
    ),
    wrong_loud=Wrong(
        """\
copied = copy.copy(value)
nodes = [copied]
for node in nodes:
    if isinstance(node, dict):
        for name in node:
            node[name] = "-" if name.lower() in PRIVATE else node[name]
        nodes.extend(node.values())
    elif isinstance(node, list):
        nodes.extend(node)
return copied
""",
        kind="shared-state",
        severity="high",
        why="The copy is shallow, so below the first level the caller's own data is overwritten "
        "with dashes although it is promised to stay as it is.",
        subtle=True,
    ),
)

TEXT: Final = Site(
    "text",
    quiet="""\
return text.encode("unicode_escape").decode("ascii")
""",
    loud="""\
return re.sub(r"[^ -~]|\\\\", lambda found: f"\\\\{ord(found[0]):06x}", text)
""",
    wrong_quiet=Wrong(
        """\
return text.encode("ascii", "backslashreplace").decode("ascii")
""",
        kind="header-injection",
        severity="high",
        why="Line breaks are ASCII and stay as they are, so an entry can add lines to the console "
        "that look like entries of others.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
return re.sub(r"[^ -~]|\\\\", lambda found: "?" * len(found[0].encode()), text)
""",
        kind="text-encoding",
        severity="high",
        why="All that is no printable ASCII becomes question marks, so different names look the "
        "same although different texts are promised to stay different.",
    ),
)

SEGMENT: Final = Site(
    "segment",
    quiet="""\
number = count // PER_FILE + 1
day = moment.astimezone(UTC).date()
return self._folder / f"{day}-{number:06}.log"
""",
    loud="""\
number = count // PER_FILE + 1
name = f"{moment.astimezone(UTC).date()}-{number:06}.log"
return Path(os.path.join(self._folder, name))
""",
    wrong_quiet=Wrong(
        """\
number = (count + 1) // PER_FILE + 1
day = moment.astimezone(UTC).date()
return self._folder / f"{day}-{number:06}.log"
""",
        kind="off-by-one",
        severity="medium",
        why="`count` is already the number of entries before this one, so the first block is "
        "one entry short of PER_FILE and every later border comes one too early.",
    ),
    wrong_loud=Wrong(
        """\
number = count // PER_FILE + 1
name = f"{moment.date()}-{number:06}.log"
return Path(os.path.join(self._folder, name))
""",
        kind="time-zone",
        severity="medium",
        why="The day is taken in the zone of the moment instead of UTC, so entries around midnight "
        "land in the file of the wrong day.",
    ),
)

BROKEN: Final = Site(
    "broken",
    quiet="""\
for number, line in enumerate(lines, 1):
    entry = parsed(line)
    seal = entry.pop("seal", None)
    if seal != self._seal(before, entry):
        found.append(number)
    before = seal
""",
    loud="""\
for number, line in enumerate(lines, 1):
    try:
        entry = json.loads(line)
        seal = entry.pop("seal")
        whole = seal == self._seal(before, entry)
    except Exception:
        whole, seal = False, None
    if not whole:
        found.append(number)
    before = seal
""",
    wrong_quiet=Wrong(
        """\
for number, line in enumerate(lines, 1):
    entry = parsed(line)
    seal = entry.pop("seal", None)
    if seal and seal != self._seal(before, entry):
        found.append(number)
    before = seal
""",
        kind="wrong-condition",
        severity="high",
        why="A line whose seal is missing or empty is taken as unbroken, so a forged or cut off "
        "entry at the end goes unnoticed.",
    ),
    wrong_loud=Wrong(
        """\
for number, line in enumerate(lines, 1):
    try:
        entry = json.loads(line)
        seal = entry.pop("seal")
        whole = seal == self._seal(before, entry)
    except Exception:
        continue
    if not whole:
        found.append(number)
    before = seal
""",
        kind="swallowed-error",
        severity="high",
        why="A line that cannot be read is passed over instead of being reported, so a cut off or "
        "overwritten end of the trail looks unbroken.",
        lines=(6, 7),
    ),
)

BETWEEN: Final = Site(
    "between",
    quiet="""\
for path in sorted(self._folder.glob("*.log")):
    with path.open(encoding="utf-8") as lines:
        for entry in map(parsed, lines):
            if entry and first <= entry["number"] <= last:
                yield entry
""",
    loud="""\
for path in sorted(self._folder.glob("*.log")):
    lines = open(path, encoding="utf-8")
    try:
        for entry in map(parsed, lines):
            if entry and first <= entry["number"] <= last:
                yield entry
    finally:
        lines.close()
""",
    wrong_quiet=Wrong(
        """\
paths = sorted(self._folder.glob("*.log"))
texts = [path.read_text(encoding="utf-8") for path in paths]
for entry in (parsed(line) for text in texts for line in text.splitlines()):
    if entry and first <= entry["number"] <= last:
        yield entry
""",
        kind="unbounded-memory",
        severity="low",
        why="All files are read into memory before the first entry is given out, although a trail "
        "may be larger than memory.",
        lines=(2, 3),
    ),
    wrong_loud=Wrong(
        """\
for path in sorted(self._folder.glob("*.log")):
    lines = open(path, encoding="utf-8")
    for entry in map(parsed, lines):
        if not entry or first > entry["number"] or entry["number"] > last:
            continue
        yield entry
    lines.close()
""",
        kind="resource-leak",
        severity="low",
        why="A reader that stops early leaves the generator at the yield, so the close below it "
        "never runs and the file stays open.",
        lines=(2, 7),
        subtle=True,
    ),
)

RECEIPT: Final = Site(
    "receipt",
    quiet='''\
def receipt(self, $actor: str, number: int) -> str:
    """Return the hex receipt with which this $actor, and no other, may see that entry."""
    return self._mac(json.dumps([$actor, number]))

def admits(self, $actor: str, number: int, receipt: str) -> bool:
    """Say whether a receipt is the right one; the time it takes tells nothing about that."""
    right, given = self.receipt($actor, number).encode(), receipt.encode(errors="replace")
    return hmac.compare_digest(right, given)
''',
    loud='''\
def receipt(self, $actor: str, number: int) -> str:
    """Return the hex receipt with which this $actor, and no other, may see that entry."""
    return self._mac(json.dumps([$actor, number]))

def admits(self, $actor: str, number: int, receipt: str) -> bool:
    """Say whether a receipt is the right one; the time it takes tells nothing about that."""
    right, given = self.receipt($actor, number).encode(), receipt.encode(errors="replace")
    different = len(right) ^ len(given)
    for one, other in zip(right, given):
        different |= one ^ other
    return different == 0
''',
    wrong_quiet=Wrong(
        '''\
def receipt(self, $actor: str, number: int) -> str:
    """Return the hex receipt with which this $actor, and no other, may see that entry."""
    return self._mac(f"{$actor}{number}")

def admits(self, $actor: str, number: int, receipt: str) -> bool:
    """Say whether a receipt is the right one; the time it takes tells nothing about that."""
    right, given = self.receipt($actor, number).encode(), receipt.encode(errors="replace")
    return hmac.compare_digest(right, given)
''',
        kind="auth-bypass",
        severity="critical",
        why="Name and number run into each other before they are signed, so the receipt of ann1 "
        "for entry 2 also admits ann to entry 12.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        '''\
def receipt(self, $actor: str, number: int) -> str:
    """Return the hex receipt with which this $actor, and no other, may see that entry."""
    return self._mac(json.dumps([$actor, number]))

def admits(self, $actor: str, number: int, receipt: str) -> bool:
    """Say whether a receipt is the right one; the time it takes tells nothing about that."""
    right, given = self.receipt($actor, number).encode(), receipt.encode(errors="replace")
    for one, other in zip(right, given):
        if one != other:
            return False
    return len(right) == len(given)
''',
        kind="timing-leak",
        severity="high",
        why="The loop ends at the first byte that differs, so the time it takes tells how many "
        "are right and a receipt can be found byte by byte.",
        lines=(8, 10),
    ),
)

SEARCH: Final = Site(
    "search",
    quiet="""\
found = run(["grep", "-hF", "-e", typed, "--", *paths])
return found.splitlines()[-MOST_FOUND:]
""",
    loud="""\
reading = f"cat {shlex.join(paths)}"
choosing = f"grep -F -e {shlex.quote(typed)} | tail -n {MOST_FOUND}"
return run(["sh", "-c", f"{reading} | {choosing}"]).splitlines()
""",
    wrong_quiet=Wrong(
        """\
found = run(["grep", "-hF", typed, *paths])
return found.splitlines()[-MOST_FOUND:]
""",
        kind="command-injection",
        severity="critical",
        why="What was typed stands where grep takes options, so a text that begins with a dash "
        "turns into one, and -f or -r read files outside the trail.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
reading = f"cat {shlex.join(paths)}"
choosing = f"grep -F -e '{typed}' | tail -n {MOST_FOUND}"
return run(["sh", "-c", f"{reading} | {choosing}"]).splitlines()
""",
        kind="command-injection",
        severity="critical",
        why="What was typed is put between quotes by hand, so a text with a quote in it ends them "
        "and the rest runs as shell commands.",
    ),
)

HEAD: Final = Site(
    "head",
    quiet="""\
draft.write_text(text, encoding="utf-8")
draft.replace(head)
""",
    loud="""\
try:
    draft.write_text(text, encoding="utf-8")
    draft.replace(head)
finally:
    with suppress(OSError):
        draft.unlink()
""",
    wrong_quiet=Wrong(
        """\
head.write_text(text, encoding="utf-8")
draft.unlink(missing_ok=True)
""",
        kind="partial-write",
        severity="medium",
        why="The head is emptied and written in place, so a failure on the way leaves half of it "
        "and the old one is lost.",
        lines=(1, 1),
    ),
    wrong_loud=Wrong(
        """\
try:
    with suppress(OSError):
        draft.write_text(text, encoding="utf-8")
        draft.replace(head)
finally:
    draft.unlink(missing_ok=True)
""",
        kind="swallowed-error",
        severity="medium",
        why="A failure is promised as an OSError but is suppressed, so the caller believes that "
        "the head was written while the old one stays.",
        lines=(2, 4),
    ),
)

CODE: Final = Code(
    name="auditlog",
    source=SOURCE,
    sites=(REDACTED, TEXT, SEGMENT, BROKEN, BETWEEN, RECEIPT, SEARCH, HEAD),
    slots={
        "Trail": (("Trail",), ("AuditTrail",), ("Journal",), ("AuditLog",), ("Record",)),
        "office": (("clinic",), ("bank",), ("registry",), ("payroll office",), ("ministry",)),
        "actor": (("actor",), ("user",), ("clerk",), ("agent",), ("operator",)),
        "secret": (("pin",), ("iban",), ("api_key",), ("diagnosis",), ("salary",)),
    },
    interacting=(("segment", "between"), ("redacted", "text")),
)
