"""How much mail the deck has: storylines, emails, deals, and casts of storylines behind them."""

from collections.abc import Iterator
from typing import NamedTuple

from deck import deal_id, deals
from deck.dealing import DIFFICULTIES, SPLITS, Split, _hand
from deck.mail import MAIL
from deck.storyline import Numbered
from models import Difficulty


class Size(NamedTuple):
    """How much mail of one split and difficulty there is.

    Attributes:
        split: Which split.
        difficulty: Which difficulty.
        storylines: How many storylines.
        emails: How many emails they have; the two versions of a follow-up are one.
        deals: How many inboxes are dealt.
        casts: How many different sets of storylines stand behind them.
    """

    split: Split
    difficulty: Difficulty
    storylines: int
    emails: int
    deals: int
    casts: int


def measure() -> Iterator[Size]:
    """Count.

    Yields:
        What there is of each split and difficulty.
    """
    for split in SPLITS:
        for difficulty in DIFFICULTIES:
            storylines = MAIL[split, difficulty]
            emails = sum(len(storyline.cases) for storyline in storylines)
            number = deals(split)[difficulty]
            casts = _casts(split, difficulty, number)
            yield Size(split, difficulty, len(storylines), emails, number, casts)


def _casts(split: Split, difficulty: Difficulty, number: int) -> int:
    hands = (
        _hand(difficulty, split, Numbered(deal_id(difficulty, split, i))) for i in range(number)
    )
    return len({frozenset(unit.storyline.name for unit in hand) for hand in hands})
