"""Months: some forty mails over four weeks, in which much depends on what came before."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import chain
from statistics import fmean
from types import MappingProxyType
from typing import Final, NamedTuple

from deck import listing, plots
from deck.answering import answered
from deck.arranging import Strand, in_order
from deck.circumstances import circumstances_of
from deck.desk import Desk
from deck.hands import DAYS_PER_WEEK, UNITS, Split, arrival_days, place_of
from deck.lists import MONDAYS
from deck.storyline import Numbered, Storyline, StorylineError
from deck.varied import Inbox, desk_of, notices_apart, strand_of, written_answers
from models import Case, FollowUpCase
from tasks import versions

MONTHS: Final[Mapping[Split, int]] = MappingProxyType({"train": 2_000, "test": 100})
MOST_MAILS: Final = 40
MAILS: Final = range(36, MOST_MAILS + 1)
WEEKS: Final = 4
MATTERS: Final = 3
# So large a share of the mail should be answered wrongly by whoever forgets. Of so many tries the
# first that has it is taken, or else the one that comes nearest.
ENOUGH_REMEMBERED: Final = 0.52
ATTEMPTS: Final = 3
LAST_NAMED_DAY: Final = timedelta(weeks=10)
# On these a month begins: all dates that its mail may name lie in one year.
_MONDAYS: Final = tuple(
    monday
    for monday in MONDAYS
    if (date.fromisoformat(monday) + LAST_NAMED_DAY).year == date.fromisoformat(monday).year
)
# What rules that count would add up comes from carriers alone, which say whose it is.
_COUNTED_WORK: Final = frozenset({"claim", "complaint"})


def month_inbox(split: Split, index: int) -> Inbox:
    """Return a numbered month.

    Args:
        split: `train` or `test`.
        index: From 0 to `MONTHS[split] - 1`.

    Returns:
        The same inbox for the same arguments.

    Raises:
        StorylineError: If carriers and storylines make no month.
    """
    task_id = f"{split}-month-{index}"
    own = desk_of(split, task_id)
    best: Inbox | None = None
    most = 0.0
    for attempt in range(ATTEMPTS):
        numbered = Numbered(task_id if attempt == 0 else f"{task_id}/{attempt}")
        strands = _strands(split, numbered, own)
        placed = in_order(task_id, strands)
        cases = answered(strands, placed, own)
        remembered = _remembered(cases)
        if remembered > most and len(cases) in MAILS and notices_apart(strands, own):
            best, most = Inbox(cases, own, written_answers(placed), strands), remembered
        if most >= ENOUGH_REMEMBERED:
            break
    if best is None:
        raise StorylineError(f"The {split} carriers make no month {index}; add carriers.")
    return best


def _strands(split: Split, numbered: Numbered, own: Desk) -> list[Strand]:
    """Return the mail of a month: carriers, and so many storylines as there is room for."""
    monday = date.fromisoformat(_MONDAYS[numbered.number("monday") % len(_MONDAYS)])
    stories = list(_stories(split, numbered, monday))
    busy = {day for story in stories for day in story.days()}
    strands = _told(plots.Month(split, numbered, monday, own, busy))
    while len(strands) + sum(len(one.storyline.cases) for one in stories) > MOST_MAILS:
        stories.pop()
    return strands + [strand_of(one.storyline, numbered, one.monday, own) for one in stories]


def _told(month: plots.Month) -> list[Strand]:
    """Return the carriers of a month, each filled."""
    entries = list(
        chain(
            plots.notices(month, 3 + month.choose("notices", 2)),
            listing.lists(month),
            plots.complaints(month),
            plots.bills(month),
            plots.claims(month),
            plots.moves(month),
            plots.frauds(month),
            plots.holidays(month),
            plots.matters(month, MATTERS),
        )
    )
    strands: list[Strand] = []
    for entry in entries:
        strand = strand_of(entry.carrier, month.numbered, entry.day, month.desk, entry.given)
        ends = None if entry.ends is None else entries.index(entry.ends)
        strands.append(strand._replace(notice=entry.notice, ends=ends, lists=entry.lists))
    return strands


class _Story(NamedTuple):
    """A storyline and the Monday on which its time begins."""

    storyline: Storyline
    monday: date

    def days(self) -> list[date]:
        return [self.monday + timedelta(days=day) for day in arrival_days(self.storyline)]


def _stories(split: Split, numbered: Numbered, monday: date) -> Iterator[_Story]:
    """Yield storylines that stand beside the carriers: two hard ones, then some others."""
    hard = [unit for unit in UNITS[split, "hard"] if _may_stand_in_a_month(unit.storyline.name)]
    others = [
        unit
        for level in ("easy", "medium")
        for unit in UNITS[split, level]
        if _may_stand_in_a_month(unit.storyline.name)
    ]
    for units, number in ((hard, 2), (others, numbered.number("others") % 3)):
        for unit in sorted(units, key=lambda one: place_of(one, numbered))[:number]:
            yield _Story(unit.storyline, monday + _moved(unit.storyline, numbered))


@cache
def _may_stand_in_a_month(name: str) -> bool:
    """Whether nothing in a storyline is counted by the rules of a month."""
    mails = [what for mail, what in circumstances_of().items() if mail.partition("/")[0] == name]
    return not any(
        what.quotes or what.notice or what.work in _COUNTED_WORK or what.announces for what in mails
    )


def _moved(storyline: Storyline, numbered: Numbered) -> timedelta:
    """Move a storyline by whole weeks so that it lies within the month."""
    days = arrival_days(storyline)
    last = WEEKS * DAYS_PER_WEEK - 3
    weeks = [
        week
        for week in range(-WEEKS, WEEKS)
        if 0 <= min(days) + week * DAYS_PER_WEEK <= max(days) + week * DAYS_PER_WEEK <= last
    ]
    return timedelta(weeks=weeks[numbered.number(f"{storyline.name}/week") % len(weeks)])


def _remembered(cases: Sequence[Case | FollowUpCase]) -> float:
    """Return how large a share of the mail is answered wrongly by whoever forgets."""
    return fmean(versions(case)[0].truth.memoryless is not None for case in cases)
