"""Working time: until when a mail that is near must have been acted on."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final

OPENS: Final = time(8)
CLOSES: Final = time(18)
SATURDAY: Final = 5
FRIDAY: Final = 4
HOURS: Final = timedelta(hours=4)
Free = Collection[date]


def limit(near: str, arrived: datetime, free: Free = ()) -> datetime:
    """Return the instant until which a desk calls harm near.

    Args:
        near: The desk's setting, one of `LIMITS`.
        arrived: When the mail is dated.
        free: Days that are announced to be no working days, beside Saturdays and Sundays.

    Returns:
        Harm that is done by then is near.
    """
    return LIMITS[near](arrived, free)


def acted_on(until: datetime, free: Free = ()) -> datetime:
    """Return until when nobody acts any more who has not acted by the end of a working day.

    Args:
        until: What `limit` returned.
        free: As for `limit`.

    Returns:
        The opening of the next working day if `until` is the end of one, otherwise `until`.
    """
    if until.time() != CLOSES:
        return until
    return datetime.combine(_after(until.date(), 1, free), OPENS)


def works(day: date, free: Free = ()) -> bool:
    """Return whether a day is a working day."""
    return day.weekday() < SATURDAY and day not in free


def _after(day: date, number: int, free: Free) -> date:
    """Return the working day that comes so many working days after a day."""
    while number:
        day += timedelta(days=1)
        number -= works(day, free)
    return day


def _end(day: date) -> datetime:
    return datetime.combine(day, CLOSES)


def _working_hours(arrived: datetime, free: Free) -> datetime:
    day, left = arrived.date(), HOURS
    begin = max(arrived, datetime.combine(day, OPENS))
    while not works(day, free) or begin + left > _end(day):
        if works(day, free) and begin < _end(day):
            left -= _end(day) - begin
        day += timedelta(days=1)
        begin = datetime.combine(day, OPENS)
    return begin + left


def _same_day(arrived: datetime, free: Free) -> datetime:
    today = arrived.date()
    if works(today, free) and arrived < _end(today):
        return _end(today)
    return _end(_after(today, 1, free))


def _friday(arrived: datetime, free: Free) -> datetime:
    today = arrived.date()
    last = today + timedelta(days=FRIDAY - today.weekday())
    while not works(last, free):
        last -= timedelta(days=1)
    return _end(last) if today < last else _end(_after(today, 1, free))


def _days(number: int) -> Callable[[datetime, Free], datetime]:
    return lambda arrived, free: _end(_after(arrived.date(), number, free))


LIMITS: Final[Mapping[str, Callable[[datetime, Free], datetime]]] = MappingProxyType(
    {
        "hours": _working_hours,
        "same_day": _same_day,
        "next_day": _days(1),
        "two_days": _days(2),
        "three_days": _days(3),
        "friday": _friday,
        "week": _days(5),
    }
)
