"""Whether the form of a mail gives its label away: each trait by itself, over all mail of a split.

A trait predicts for each of its values the label that is most common there. With four labels of
equal share, guessing is right in a quarter of the cases.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Final

from deck.dealing import SPLITS, Split
from deck.desk.hours import SATURDAY
from deck.lists import MONDAYS
from deck.mail import MAIL
from deck.storyline import Numbered, filled
from models import Case, Email
from tasks import versions

MOST: Final = 0.40
HOURS_TOGETHER: Final = 3
WORDS_TOGETHER: Final = 25
FEWEST_COLUMNS: Final = 2
_PATIENCE: Final = re.compile(
    r"no hurry|no rush|not in a hurry|whenever|own time|when you have|can wait|next month"
    r"|fortnight|does nicely|no haste|at your leisure",
    re.IGNORECASE,
)
_HELPLESS: Final = re.compile(
    r"\b(?:cannot|can't|nobody|not allowed|no key|may not|I have no|not mine|alone)\b",
    re.IGNORECASE,
)
_NOW: Final = re.compile(
    r"\b(?:today|tonight|this (?:morning|afternoon|evening)|tomorrow)\b", re.IGNORECASE
)
_FIELD: Final = re.compile(r"^\s*[A-Z][\w ]+:\s", re.MULTILINE)
_COLUMNS: Final = re.compile(r"\S {2,}\S")
_MACHINE: Final = re.compile(r"robot|no-?reply|automatic|machine|system|produced by", re.IGNORECASE)
Trait = Callable[[Email], object]

TRAITS: Final[Mapping[str, Trait]] = {
    "asks a question": lambda email: "?" in email.body,
    "exclaims": lambda email: "!" in email.body,
    "hour": lambda email: int(email.timestamp[11:13]) // HOURS_TOGETHER,
    "weekday": lambda email: min(datetime.fromisoformat(email.timestamp).weekday(), SATURDAY),
    "length": lambda email: len(email.body.split()) // WORDS_TOGETHER,
    "thread": lambda email: len(email.thread_history),
    "answers something": lambda email: email.subject.lower().startswith(("re:", "fwd:")),
    "hyphenated domain": lambda email: "-" in email.sender.rpartition("@")[2],
    "our own domain": lambda email: email.sender.rstrip(">").endswith("@kestrelmoor.example"),
    "no name before the address": lambda email: "<" not in email.sender,
    "sheet": lambda email: bool(_FIELD.search(email.body)),
    "form": lambda email: (
        sum(bool(_COLUMNS.search(line)) for line in email.body.splitlines()) >= FEWEST_COLUMNS
    ),
    "by a machine": lambda email: bool(_MACHINE.search(email.sender + email.body)),
    "announces patience": lambda email: bool(_PATIENCE.search(email.body)),
    "announces helplessness": lambda email: bool(_HELPLESS.search(email.body)),
    "speaks of now": lambda email: bool(_NOW.search(email.body)),
    "names a sum": lambda email: "£" in email.body,
}


def measure() -> dict[Split, dict[str, float]]:
    """Return how often each trait alone gives the label, by split.

    Returns:
        For each split the share of its mail, second versions included, whose label is the most
        common one among the mail with the same value of the trait.
    """
    return {
        split: {name: _accuracy(list(_mail(split)), trait) for name, trait in TRAITS.items()}
        for split in SPLITS
    }


def _mail(split: Split) -> Iterator[Case]:
    """Yield all mail of storylines, each filled in one way."""
    monday = date.fromisoformat(MONDAYS[0])
    for (part, _), storylines in MAIL.items():
        for storyline in storylines if part == split else ():
            for case in filled(storyline, Numbered(storyline.name), monday):
                yield from versions(case)


def _accuracy(cases: list[Case], trait: Trait) -> float:
    found: dict[object, Counter[str]] = defaultdict(Counter)
    for case in cases:
        found[trait(case.email)][case.truth.label] += 1
    return sum(labels.most_common(1)[0][1] for labels in found.values()) / len(cases)
