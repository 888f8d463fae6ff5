"""A small search index: words, access, highlights, patterns, suggestions, filters, imports."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""Search over the $docs of a $place: words, access, filters, highlights and suggestions."""

import json
import os
import re
import unicodedata
from bisect import bisect, bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from operator import eq, ge, gt, le, lt, ne
from pathlib import Path
from zipfile import ZipFile

FIELDS, MOST_CACHED = ("title", "year"), 500
SIGNS = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq, "!=": ne}


@dataclass(frozen=True)
class $Doc:
    """A $doc; `groups` may read it, and while it has none, as a draft, nobody may."""

    id: str
    title: str
    text: str
    year: int
    groups: frozenset[str]


def words(text: str) -> list[str]:
    """Return the words of a text: letters, digits, underscores, and inside of them - and '.

    Case and compatibility forms make no difference; a combining mark without a composed form
    cuts a word. The time grows as the text does, in which long rows of marks were refused.
    """
    #@ words


def may_read($doc: $Doc, groups: Iterable[str]) -> bool:
    """Say if who belongs to `groups` may read a $doc; "eu" includes "eu/sales" and so on."""
    #@ access


def highlighted(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a text as HTML with <mark> around each span, a start and the end behind it.

    Spans come in order and do not overlap. All text is escaped, once; anyone may have written it.
    """
    done = 0
    #@ highlight


def matches(pattern: str, title: str) -> bool:
    """Say if a whole title fits a typed pattern: * is any text, all else stands for itself.

    The time grows at most as their lengths multiplied, however many * there are.
    """
    #@ matches


def fulfils($doc: $Doc, typed: str) -> bool:
    """Say if a $doc fulfils a condition such as `year >= 1999` or `title != "Index"`.

    Readers type it, in at most 200 characters: a field, a sign and a whole number or text in
    double quotes, both as in JSON, with blanks between. All else, also a number for a title, is
    a ValueError.
    """
    if len(typed) > 200:
        raise ValueError("The condition is too long.")
    #@ fulfils


def unpack(archive: ZipFile, folder: Path) -> None:
    """Write the files of an uploaded archive, whose sizes were checked, below a folder.

    If any name leads outside of it, that is a ValueError and nothing is written.
    """
    root = folder.resolve()
    names = [name for name in archive.namelist() if not name.endswith("/")]
    #@ unpack


class $Index:
    """The $docs by id, and by word the ids of those that hold it; no word is without any."""

    def __init__(self) -> None:
        self.$docs: dict[str, $Doc] = {}
        self.postings: dict[str, set[str]] = {}

    def add(self, $doc: $Doc) -> None:
        """Add a $doc with a new id."""
        self.$docs[$doc.id] = $doc
        for word in words($doc.text):
            self.postings.setdefault(word, set()).add($doc.id)

    def search(self, typed: str, groups: Iterable[str]) -> list[str]:
        """Return in order the ids of readable $docs that hold all typed words, one or more."""
        ids = [self.postings.get(word, set()) for word in words(typed)]
        found = sorted(set.intersection(*ids)) if ids else []
        allowed = list(groups)
        return [one for one in found if may_read(self.$docs[one], allowed)]

    def remove(self, ids: Iterable[str]) -> None:
        """Remove $docs and all that is kept of them; only their texts count for the time.

        The ids are known, and none comes twice.
        """
        #@ remove


class Suggestions:
    """Phrases that the staff of the $place offers to all who type."""

    def __init__(self) -> None:
        self._phrases: list[str] = []
        self._cache: dict[object, list[str]] = {}

    def add(self, phrase: str) -> None:
        """Offer one more phrase, a new one."""
        insort(self._phrases, phrase)
        self._cache.clear()

    def starting(self, prefix: str, limit: int) -> list[str]:
        """Return the first `limit` phrases, in order, that start with a prefix.

        Callers see to it that the limit is 1 to 50 and a prefix no longer than a phrase.
        """
        if len(self._cache) >= MOST_CACHED:
            self._cache.clear()
        #@ starting
'''

WORDS: Final = Site(
    "words",
    quiet="""\
folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
pieces = re.split(r"[^\\w'-]+", folded)
return [word for word in (piece.strip("'-") for piece in pieces) if word]
""",
    loud="""\
folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
edges = re.compile(r"^['-]+|(?<=\\w)['-]+$$")
pieces = (edges.sub("", piece) for piece in re.split(r"[^\\w'-]+", folded))
return [word for word in pieces if word]
""",
    wrong_quiet=Wrong(
        """\
folded = unicodedata.normalize("NFC", text).casefold()
pieces = re.split(r"[^\\w'-]+", folded)
return [word for word in (piece.strip("'-") for piece in pieces) if word]
""",
        kind="text-encoding",
        severity="medium",
        why="NFC keeps compatibility forms apart, so full width letters and ligatures are not "
        "found by what people type although they are promised to make no difference.",
    ),
    wrong_loud=Wrong(
        """\
folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
edges = re.compile(r"^['-]+|['-]+$$")
pieces = (edges.sub("", piece) for piece in re.split(r"[^\\w'-]+", folded))
return [word for word in pieces if word]
""",
        kind="regex-backtracking",
        severity="high",
        why="Within a long row of hyphens the second branch starts anew at each of them and runs "
        "to its end, so one text with such a row takes quadratic time.",
        subtle=True,
    ),
)

ACCESS: Final = Site(
    "access",
    quiet="""\
allowed = set(groups)
for group in $doc.groups:
    parts = group.split("/")
    if any("/".join(parts[:i]) in allowed for i in range(1, len(parts) + 1)):
        return True
return False
""",
    loud="""\
allowed = tuple(f"{group}/" for group in groups)
return any(f"{group}/".startswith(allowed) for group in $doc.groups)
""",
    wrong_quiet=Wrong(
        """\
allowed = set(groups)
for group in $doc.groups:
    parts = group.split("/")
    if any("/".join(parts[:i]) in allowed for i in range(1, len(parts) + 1)):
        return True
return not $doc.groups
""",
        kind="auth-bypass",
        severity="critical",
        why="A draft has no groups and nobody may read it, but here having none lets everybody in.",
    ),
    wrong_loud=Wrong(
        """\
allowed = tuple(groups)
return any(group.startswith(allowed) for group in $doc.groups)
""",
        kind="auth-bypass",
        severity="critical",
        why="The prefix is compared without the slash that ends a group, so members of eu also "
        "read what belongs to eurasia.",
    ),
)

HIGHLIGHT: Final = Site(
    "highlight",
    quiet="""\
pieces = []
for start, end in spans:
    pieces += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
    done = end
return "".join([*pieces, escape(text[done:])])
""",
    loud="""\
html = ""
for start, end in spans:
    html += f"{escape(text[done:start])}<mark>{escape(text[start:end])}</mark>"
    done = end
return f"{html}{escape(text[done:])}"
""",
    wrong_quiet=Wrong(
        """\
pieces = []
for start, end in spans:
    pieces += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
    done = end + 1
return "".join([*pieces, escape(text[done:])])
""",
        kind="off-by-one",
        severity="medium",
        why="`end` is already the place behind the span, so the character that follows each mark "
        "is left out.",
    ),
    wrong_loud=Wrong(
        """\
html = ""
for start, end in spans:
    html += f"{escape(text[done:start])}<mark>{text[start:end]}</mark>"
    done = end
return f"{html}{escape(text[done:])}"
""",
        kind="text-encoding",
        severity="critical",
        why="What stands inside a mark is not escaped, so a text with tags in it runs its script "
        "in the browser of whoever searches.",
    ),
)

MATCHES: Final = Site(
    "matches",
    quiet="""\
first, *parts = pattern.split("*")
if not parts:
    return title == pattern
at, last = len(first), parts.pop()
for part in parts:
    at = title.find(part, at) + len(part)
    if at < len(first) + len(part):
        return False
return title.startswith(first) and title.endswith(last) and at + len(last) <= len(title)
""",
    loud="""\
first, *parts = (re.escape(part) for part in pattern.split("*"))
last = f".*{parts.pop()}" if parts else ""
inner = "".join(f"(?>.*?{part})" for part in parts)
return re.fullmatch(f"(?s:{first}{inner}{last})", title) is not None
""",
    wrong_quiet=Wrong(
        """\
first, star, rest = pattern.partition("*")
if not star:
    return title == pattern
if not title.startswith(first):
    return False
return any(matches(rest, title[i:]) for i in range(len(first), len(title) + 1))
""",
        kind="quadratic-time",
        severity="high",
        why="Each * tries every rest of the title and each of these again for the next *, so a "
        "pattern with some of them keeps the service busy for ever.",
        lines=(6, 6),
    ),
    wrong_loud=Wrong(
        """\
first, *parts = (re.escape(part) for part in pattern.split("*"))
last = f".*{parts.pop()}" if parts else ""
inner = "".join(f"(?:.*?{part})" for part in parts)
return re.fullmatch(f"(?s:{first}{inner}{last})", title) is not None
""",
        kind="regex-backtracking",
        severity="high",
        why="The groups are not atomic, so for a title that does not fit all ways to divide it "
        "among the * are tried, and a pattern with some of them keeps the service busy for ever.",
        subtle=True,
    ),
)

FULFILS: Final = Site(
    "fulfils",
    quiet="""\
field, sign, written = (*typed.split(maxsplit=2), "", "", "")[:3]
if field not in FIELDS or sign not in SIGNS:
    raise ValueError(f"{typed!r} is no condition.")
value, held = json.loads(written), getattr($doc, field)
if type(value) is not type(held):
    raise ValueError(f"{field} cannot be compared with {value!r}.")
return bool(SIGNS[sign](held, value))
""",
    loud="""\
field, sign, written = (*typed.split(maxsplit=2), "", "", "")[:3]
if field not in FIELDS or sign not in SIGNS:
    raise ValueError(f"{typed!r} is no condition.")
value, held = json.loads(written), getattr($doc, field)
if type(value) is not type(held):
    raise ValueError(f"{field} cannot be compared with {value!r}.")
return bool(eval(f"held {sign} value", {"held": held, "value": value}))
""",
    wrong_quiet=Wrong(
        """\
field, sign, written = (*typed.split(maxsplit=2), "", "", "")[:3]
if field not in FIELDS or sign not in SIGNS:
    raise ValueError(f"{typed!r} is no condition.")
value, held = json.loads(written), getattr($doc, field)
if not value or type(value) is not type(held):
    raise ValueError(f"{field} cannot be compared with {value!r}.")
return bool(SIGNS[sign](held, value))
""",
        kind="wrong-condition",
        severity="medium",
        why="Zero and empty text are values like any other, but here they count as missing and "
        "the condition is refused.",
    ),
    wrong_loud=Wrong(
        """\
field, sign, written = (*typed.split(maxsplit=2), "", "", "")[:3]
if field not in FIELDS or sign not in SIGNS:
    raise ValueError(f"{typed!r} is no condition.")
value, held = eval(written or "None", {"held": None}), getattr($doc, field)
if type(value) is not type(held):
    raise ValueError(f"{field} cannot be compared with {value!r}.")
return bool(SIGNS[sign](held, value))
""",
        kind="code-injection",
        severity="critical",
        why="What a reader typed behind the sign is evaluated as Python, so anyone who searches "
        "runs code in the service.",
    ),
)

UNPACK: Final = Site(
    "unpack",
    quiet="""\
paths = [(root / name).resolve() for name in names]
if not all(root in path.parents for path in paths):
    raise ValueError("A name leads outside of the folder.")
for name, path in zip(names, paths, strict=True):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(archive.read(name))
""",
    loud="""\
paths = [os.path.realpath(os.path.join(root, name)) for name in names]
if not all(path.startswith(os.path.join(root, "")) for path in paths):
    raise ValueError("A name leads outside of the folder.")
for name, path in zip(names, paths, strict=True):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    Path(path).write_bytes(archive.read(name))
""",
    wrong_quiet=Wrong(
        """\
paths = [root / name for name in names]
if any(".." in path.parts for path in paths):
    raise ValueError("A name leads outside of the folder.")
for name, path in zip(names, paths, strict=True):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(archive.read(name))
""",
        kind="path-traversal",
        severity="critical",
        why="Only .. is looked for, but an absolute name replaces the folder when it is joined, so "
        "an uploaded archive overwrites any file.",
        lines=(1, 2),
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
for name in names:
    path = os.path.realpath(os.path.join(root, name))
    if not path.startswith(os.path.join(root, "")):
        raise ValueError("A name leads outside of the folder.")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    Path(path).write_bytes(archive.read(name))
""",
        kind="partial-write",
        severity="medium",
        why="Each file is written before the next name is checked, so a bad name leaves those "
        "before it behind although nothing is to be written then.",
        lines=(1, 6),
    ),
)

REMOVE: Final = Site(
    "remove",
    quiet="""\
for one in ids:
    for word in set(words(self.$docs.pop(one).text)):
        self.postings[word].discard(one)
        if not self.postings[word]:
            del self.postings[word]
""",
    loud="""\
for one in ids:
    for word in list(set(words(self.$docs.pop(one).text))):
        self.postings[word] -= {one}
        if len(self.postings[word]) == 0:
            del self.postings[word]
""",
    wrong_quiet=Wrong(
        """\
for one in ids:
    for word in set(words(self.$docs.pop(one).text)):
        if one in self.postings[word]:
            self.postings[word].discard(one)
""",
        kind="unbounded-memory",
        severity="low",
        why="A word that no text holds any more keeps its empty set, so the index grows with all "
        "words that were ever seen.",
        lines=(3, 4),
    ),
    wrong_loud=Wrong(
        """\
for one in ids:
    del self.$docs[one]
    for word in list(self.postings):
        self.postings[word] -= {one}
        if len(self.postings[word]) == 0:
            del self.postings[word]
""",
        kind="quadratic-time",
        severity="low",
        why="Every word of the index is visited for each id instead of the words of its text, so "
        "removing much takes the product of both.",
        lines=(3, 4),
        subtle=True,
    ),
)

STARTING: Final = Site(
    "starting",
    quiet="""\
key = (prefix, limit)
if key not in self._cache:
    begin = bisect_left(self._phrases, prefix)
    chosen = self._phrases[begin : begin + limit]
    self._cache[key] = [phrase for phrase in chosen if phrase.startswith(prefix)]
return list(self._cache[key])
""",
    loud="""\
key = (prefix, limit)
if key not in self._cache:
    begin = bisect_left(self._phrases, prefix)
    end = bisect(self._phrases, prefix, key=lambda phrase: phrase[: len(prefix)])
    self._cache[key] = self._phrases[begin : min(end, begin + limit)]
return self._cache[key].copy()
""",
    wrong_quiet=Wrong(
        """\
key = prefix
if key not in self._cache:
    begin = bisect_left(self._phrases, prefix)
    chosen = self._phrases[begin : begin + limit]
    self._cache[key] = [phrase for phrase in chosen if phrase.startswith(prefix)]
return list(self._cache[key])
""",
        kind="cache-misuse",
        severity="medium",
        why="The limit is missing in the key, so a later call with another limit gets as many "
        "phrases as the first one asked for.",
    ),
    wrong_loud=Wrong(
        """\
key = (prefix, limit)
if key not in self._cache:
    begin = bisect(self._phrases, prefix)
    end = bisect(self._phrases, prefix, key=lambda phrase: phrase[: len(prefix)])
    self._cache[key] = self._phrases[begin : min(end, begin + limit)]
return self._cache[key].copy()
""",
        kind="off-by-one",
        severity="medium",
        why="bisect gives the place behind an equal phrase, so a phrase that is just what was "
        "typed is never suggested.",
        subtle=True,
    ),
)

CODE: Final = Code(
    name="finder",
    source=SOURCE,
    sites=(WORDS, ACCESS, HIGHLIGHT, MATCHES, FULFILS, UNPACK, REMOVE, STARTING),
    slots={
        "Doc doc docs": (
            ("Document", "document", "documents"),
            ("Article", "article", "articles"),
            ("Report", "report", "reports"),
            ("Page", "page", "pages"),
            ("Paper", "paper", "papers"),
            ("Guide", "guide", "guides"),
        ),
        "place": (("library",), ("company",), ("ministry",), ("school",), ("museum",), ("bank",)),
        "Index": (
            ("Index",),
            ("SearchIndex",),
            ("Finder",),
            ("Catalogue",),
            ("Collection",),
            ("Shelf",),
            ("Archive",),
        ),
    },
    interacting=(("words", "remove"),),
)
