"""The content words of a mail, and what tells each of them apart: where and how it stands.

Nothing here knows what a word is worth (quality/picker.py).
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from graders import FUNCTION_WORDS, MONTHS, _gist, _tokens
from models import Email, EmailObservation

_MONTH: Final = "|".join(f"{month[:3]}[a-z]*" for month in MONTHS)
_WORD: Final = re.compile(
    rf"\b\d\d?(?:st|nd|rd|th)? (?:{_MONTH})\b|[a-z]+|£?\d[\d:.,/-]*\d|£?\d", re.IGNORECASE
)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n\n+")
# What a word looks like; the first pattern that it fits says so.
_SHAPES: Final = {
    "date": re.compile(r"\d+[a-z]* [A-Za-z]+"),
    "money": re.compile(r"£.*"),
    "time": re.compile(r"\d\d?[:.]\d\d"),
    "reference": re.compile(r"\d{5}"),
    "figure": re.compile(r"\d.*"),
    "capitals": re.compile(r"[A-Z]{2,}"),
    "name": re.compile(r"[A-Z].*"),
    "deed": re.compile(r".*(?:ed|ing)"),
    "plural": re.compile(r".*s"),
    "word": re.compile(r".*"),
}
QUARTERS: Final = 4
Mail = Email | EmailObservation


class Seen(NamedTuple):
    """A word as it first stands in a mail, and what tells it apart."""

    text: str
    traits: list[str]


class _Place(NamedTuple):
    """A word where it stands: in which part of a mail, among what, between which words."""

    part: str
    around: frozenset[str]
    before: str
    word: str
    after: str


def words_of(mail: Mail) -> dict[str, Seen]:
    """Return the content words of a mail by stem, as they first stand in it."""
    texts: dict[str, str] = {}
    traits: dict[str, set[str]] = {}
    for place in _places(mail):
        stem = _gist(_tokens(place.word)).strip(" .")
        if stem in texts:
            traits[stem] |= {place.part, f"again in {place.part}"}
        elif stem:
            texts[stem] = place.word
            traits[stem] = _traits(place)
    return {stem: Seen(text, sorted(traits[stem])) for stem, text in texts.items()}


def _places(mail: Mail) -> Iterator[_Place]:
    """Yield every word of a mail in order."""
    parts = [("sender", mail.sender.partition("<")[0]), ("subject", mail.subject)]
    parts += [("body", mail.body), *(("thread", text) for text in mail.thread_history)]
    for part, text in parts:
        sentences = _SENTENCE.split(text)
        for i, sentence in enumerate(sentences):
            signs = {f"beside {sign}" for sign in "?£" if sign in sentence}
            around = frozenset(signs | {part, f"{part} {QUARTERS * i // len(sentences)}"})
            words = ["", *_WORD.findall(sentence), ""]
            for before, word, after in zip(words, words[1:], words[2:], strict=False):
                yield _Place(part, around, before, word, after)


def _traits(place: _Place) -> set[str]:
    shape = next(name for name, pattern in _SHAPES.items() if pattern.fullmatch(place.word))
    beside = {f"after {_small(place.before)}", f"before {_small(place.after)}"}
    return {*place.around, f"{place.part} {shape}", shape, *beside}


def _small(word: str) -> str:
    """Return a small word as it is, and of others only that they are none."""
    return word.lower() if not word or word.lower() in FUNCTION_WORDS else "content"
