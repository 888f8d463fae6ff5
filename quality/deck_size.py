"""How much mail the deck has: storylines, carriers, emails, deals, and casts behind them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deck import deal_id, deals
from deck.carriers import CARRIERS
from deck.carriers.carrier import Carrier
from deck.dealing import DealDifficulty
from deck.hands import DIFFICULTIES, SPLITS, Split, hand_of
from deck.mail import MAIL
from deck.storyline import Numbered, Storyline
from models import Difficulty


class Size(NamedTuple):
    """How much mail of one split and level there is.

    Attributes:
        split: Which split.
        level: Which level of deals.
        stories: How many storylines are written for it, or for months how many carriers; none for
            varied inboxes, which are dealt from the storylines of the other levels.
        emails: How many emails they have; the two versions of a follow-up are one.
        deals: How many inboxes are dealt.
        casts: How many different sets of storylines stand behind them, where that is counted.
    """

    split: Split
    level: DealDifficulty
    stories: int
    emails: int
    deals: int
    casts: int | None


def measure() -> Iterator[Size]:
    """Count.

    Yields:
        What there is of each split and level.
    """
    for split in SPLITS:
        numbers = deals(split)
        for difficulty in DIFFICULTIES:
            casts = _casts(split, difficulty, numbers[difficulty])
            yield _size(split, difficulty, MAIL[split, difficulty], casts)
        yield _size(split, "varied", ())
        yield _size(split, "month", carriers_of(split))


def carriers_of(split: Split) -> list[Carrier]:
    """Return every carrier of a split."""
    return [carrier for (part, _), group in CARRIERS.items() if part == split for carrier in group]


def _size(
    split: Split, level: DealDifficulty, stories: Sequence[Storyline], casts: int | None = None
) -> Size:
    emails = sum(len(story.cases) for story in stories)
    return Size(split, level, len(stories), emails, deals(split)[level], casts)


def _casts(split: Split, difficulty: Difficulty, number: int) -> int:
    hands = (
        hand_of(difficulty, split, Numbered(deal_id(difficulty, split, i))) for i in range(number)
    )
    return len({frozenset(unit.storyline.name for unit in hand) for hand in hands})
