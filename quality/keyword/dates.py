"""Dates as mail names them, read relative to the time of the mail."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from quality.keyword.rules import PAST_TODAY

SATURDAY: Final = 5
WEEK_DAYS: Final = 7
HALF_YEAR_DAYS: Final = 183
ONE_DAY: Final = timedelta(days=1)
MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
DAYS: Final = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH: Final = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_DAY: Final = f"({'|'.join(DAYS)})"
# A date as a summary repeats it.
DATE_TEXT: Final = (
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b|\b\d{{4}}-\d\d-\d\d\b|\b{_DAY}\b|"
    r"\b(today|tonight|tomorrow)\b|\b\d{1,2}:\d\d\b"
)
_SOON: Final = (
    r"\b(today|tonight|this (morning|afternoon|evening)|end of (the )?day|within the hour|"
    r"midnight|right now|in (an|two|three|half an) hours?)\b"
)


def next_working_day(today: date) -> date:
    """Return the first working day after the given day."""
    day = today + ONE_DAY
    while day.weekday() >= SATURDAY:
        day += ONE_DAY
    return day


def dates_in(text: str, now: datetime) -> list[date]:
    """List the dates that a text names.

    Args:
        text: What a mail says.
        now: When it says so.

    Returns:
        The dates; one that something is to happen before counts as the day before it.
    """
    lowered = re.sub(PAST_TODAY, "", text, flags=re.IGNORECASE).lower()
    found = [
        (match.start(), meant(match, now))
        for pattern, meant in _NAMED
        for match in re.finditer(pattern, lowered)
    ]
    return [
        day - ONE_DAY if lowered[:start].endswith("before ") else day for start, day in found if day
    ]


def _nearest(today: date, month: int, day: int) -> date | None:
    """Give a day and month the year that brings it closest to today, or None if it is no date."""
    for year in (today.year, today.year + 1, today.year - 1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if abs((candidate - today).days) <= HALF_YEAR_DAYS:
            return candidate
    return None


def _month(name: str) -> int:
    return MONTHS.index(name[:3]) + 1


def _weekday(match: re.Match[str], now: datetime) -> date:
    """Return the next such day, or the one a week after or before it."""
    said, name = match.groups()
    today = now.date()
    ahead = (DAYS.index(name) - today.weekday()) % WEEK_DAYS
    if said == "next " and today.weekday() + ahead < WEEK_DAYS:
        ahead += WEEK_DAYS
    if said == "last ":
        ahead -= WEEK_DAYS
    return today + timedelta(days=ahead)


# How a date may be written, and what it means at a given time.
_NAMED: Final[tuple[tuple[str, Callable[[re.Match[str], datetime], date | None]], ...]] = (
    (
        rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}\b",
        lambda match, now: _nearest(now.date(), _month(match[2]), int(match[1])),
    ),
    (
        rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)",
        lambda match, now: _nearest(now.date(), _month(match[1]), int(match[2])),
    ),
    (
        r"\b\d{4}-(\d\d)-(\d\d)\b",
        lambda match, now: _nearest(now.date(), int(match[1]), int(match[2])),
    ),
    (
        r"\b(\d{1,2})[/.](\d{1,2})[/.](?:20)?\d\d\b",
        lambda match, now: _nearest(now.date(), int(match[2]), int(match[1])),
    ),
    (rf"\b(next |last )?{_DAY}\b(?!,? \d)", _weekday),
    (
        r"\b(?:within|in) (?:the next )?(\d+) hours?\b",
        lambda match, now: (now + timedelta(hours=int(match[1]))).date(),
    ),
    (_SOON, lambda _match, now: now.date()),
    (r"\btomorrow\b", lambda _match, now: now.date() + ONE_DAY),
)
