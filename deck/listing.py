"""Lists of customers that one team gets for a while: more names than a summary holds.

Whoever works a month keeps thirty words of a mail. A list has names by the dozen, and which of them
will write nobody knows; some that are not on it differ in one word from one that is.
"""

from collections.abc import Iterator
from typing import Final

from deck.circumstances import CustomerList
from deck.desk import Desk
from deck.firms import every_customer
from deck.hands import Split
from deck.plots import Entry, Month
from deck.slots import Day
from deck.storyline import Numbered

# On which working days of a month lists come, each with customers of its own.
COME: Final = (1, 3)
NAMES: Final = 44
LASTS: Final = (13, 14, 15, 16)
# Whose mail it mostly is that the customers of a month send.
_USUAL_WORK: Final = ("complaint", "claim", "booking", "stock")
_NOBODY: Final = len(COME)


def lists(month: Month) -> Iterator[Entry]:
    """Give most customers of a month to two teams, some of them to neither."""
    writing = [one.name for one in month.customers]
    both = listed(month.split, month.numbered, writing)
    teams = receivers(month.desk, month.numbered)
    for number, (place, names, receiver) in enumerate(zip(COME, both, teams, strict=True)):
        since = month.day(place + 1)
        until = month.day(place + LASTS[month.choose(f"list {number}", len(LASTS))])
        given: dict[str, object] = {
            "to_team": month.desk.teams[receiver],
            "since": Day.of(since),
            "until": Day.of(until),
            "customers": ", ".join(sorted(names)),
        }
        told = CustomerList(
            to=receiver, since=f"{since}T08:00", until=f"{until}T18:00", names=frozenset(names)
        )
        yield Entry(month.carrier("listing"), month.day(place), given, lists=told)


def receivers(desk: Desk, numbered: Numbered) -> list[str]:
    """Return a team for each list.

    Args:
        desk: Whose teams.
        numbered: The choices of the inbox.

    Returns:
        Teams by the base desk's names, none of them one whose mail it mostly is anyway.
    """
    usual = {desk.does[work] for work in _USUAL_WORK}
    teams = {name: team for team, name in reversed(desk.teams.items()) if name not in usual}
    ranked = sorted(teams, key=lambda name: numbered.number(f"list/{name}"))
    return [teams[name] for name in ranked[: len(COME)]]


def listed(split: Split, numbered: Numbered, writing: list[str]) -> list[list[str]]:
    """Return the customers on each list.

    Args:
        split: Whose customers.
        numbered: The choices of the inbox.
        writing: Who writes in the month. Beside each of them that is on no list stands one from
            the same place that is, and beside each that is listed one on another list.

    Returns:
        Names, none of them on two lists.
    """
    found: list[list[str]] = [[] for _ in COME]
    places = {name.partition(" ")[0] for name in writing}
    free = sorted(
        (one.name for one in every_customer(split) if one.name not in writing),
        key=lambda name: numbered.number(f"list/{name}"),
    )
    for name in writing:
        place = numbered.number(f"list of {name}") % (len(COME) + 1)
        if place != _NOBODY:
            found[place].append(name)
        beside = [other for other in free if other.partition(" ")[0] == name.partition(" ")[0]]
        for number in range(len(COME)):
            if number != place:
                found[number].append(beside[number])
    others = [name for name in free if name.partition(" ")[0] not in places]
    for names in found:
        missing = NAMES - len(names)
        names += others[:missing]
        del others[:missing]
    return found
