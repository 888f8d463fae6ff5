"""How much mail a desk's setting changes: what share is answered otherwise than without it."""

from collections import defaultdict
from typing import Final

from deck.answering import answered
from deck.arranging import in_order
from deck.dealing import Split, inbox_of
from deck.desk import BASE, Desk
from deck.desk.settings import HELD_OUT, VARIANTS
from models import Case, FollowUpCase
from quality.desks import LEVELS, MEASURED
from tasks import versions

LEAST: Final = 0.04
Setting = tuple[str, object]


def measure(split: Split) -> dict[Setting, float]:
    """Return, for each setting that desks of a split have, the share of mail that it changes.

    Args:
        split: `train` or `test`.

    Returns:
        Of the mail of the first varied inboxes and months whose desk has the setting, the share
        that is answered otherwise when this one rule is the base desk's.
    """
    changed: dict[Setting, int] = defaultdict(int)
    looked: dict[Setting, int] = defaultdict(int)
    inboxes = [
        inbox_of(level, split, index) for level in LEVELS for index in range(MEASURED[level])
    ]
    for inbox in inboxes:
        here = _answers(inbox.cases)
        placed = in_order("bite", inbox.strands)
        for name, value in _own_settings(inbox.desk):
            without = inbox.desk.model_copy(update={name: getattr(BASE, name)})
            there = _answers(answered(inbox.strands, placed, without))
            changed[name, value] += sum(map(tuple.__ne__, here, there))
            looked[name, value] += len(here)
    return {setting: changed[setting] / number for setting, number in looked.items()}


def _own_settings(own: Desk) -> list[Setting]:
    return [
        (name, getattr(own, name))
        for name in {**VARIANTS, **HELD_OUT}
        if getattr(own, name) != getattr(BASE, name)
    ]


def _answers(cases: list[Case | FollowUpCase]) -> list[tuple[str, str]]:
    truths = [versions(case)[0].truth for case in cases]
    return [(truth.label, truth.route_to) for truth in truths]
