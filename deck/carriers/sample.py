"""A carrier by itself: its slots filled as some month might fill them.

A month chooses what suits its thread and its desk (deck/plots.py). Here a carrier stands alone, at
the base desk, so that it can be read, checked and summarised before any month is dealt.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from deck.carriers.carrier import BOUND, Carrier
from deck.circumstances import WORKS
from deck.desk import BASE
from deck.desk.hours import works
from deck.firms import Firm, firms
from deck.hands import Split
from deck.listing import listed
from deck.plots import BILLS_DUE, CUSTOMERS, WINDOW
from deck.slots import Day
from deck.storyline import Numbered, drawn_person
from tasks import versions

# What is due is due at noon of the next working day, which the base desk calls near.
HOUR: Final = "12:00"
HOLIDAYS: Final = (3, 4, 5, 6)
FEWEST_PENCE: Final = 10_000
MOST_PENCE: Final = 350_000
FIRST_ORDER: Final = 46_000
ORDERS: Final = 9_000


def sampled(carrier: Carrier, split: Split, numbered: Numbered, day: date) -> dict[str, object]:
    """Fill the slots that a month binds in a carrier of its role.

    Args:
        carrier: The mail with its slots.
        split: Whose firms write it.
        numbered: The choices.
        day: The working day on which it arrives.

    Returns:
        What `drawn_slots` is given. A notice hands over the team that its hand-written answer
        names, and a list gives customers to it, so that the answer fits the mail.
    """
    bound = BOUND[carrier.role]
    values: dict[str, object] = {
        **_partners(bound, split, numbered),
        **_days(bound, numbered, day),
        **(
            _listed(carrier, split, numbered)
            if carrier.role == "listing"
            else _handed_over(carrier, numbered)
        ),
        "hour": HOUR,
        "po": str(FIRST_ORDER + numbered.number("order") % ORDERS),
        "amount": _pounds(FEWEST_PENCE + numbered.number("amount") % (MOST_PENCE - FEWEST_PENCE)),
    }
    if "person1" in bound:
        values["person1"] = drawn_person(numbered)
    return {name: values[name] for name in sorted(bound)}


def _partners(bound: frozenset[str], split: Split, numbered: Numbered) -> dict[str, object]:
    kinds = ("customer", "supplier", "haulier")
    partners: dict[str, Firm] = {kind: firms(kind, split, numbered, 1)[0] for kind in kinds}
    writes = partners["supplier" if "supplier" in bound else "customer"]
    return {
        **{kind: firm.name for kind, firm in partners.items()},
        "domain": writes.domain,
        "new_domain": partners["customer"].new_domain,
    }


def _days(bound: frozenset[str], numbered: Numbered, day: date) -> dict[str, object]:
    later = list(_working_days_after(day, 1 + max(WINDOW)))
    # A bill is due weeks later, a matter by an hour of the next day.
    weeks = timedelta(days=BILLS_DUE[numbered.number("due") % len(BILLS_DUE)])
    days = {
        "due": later[0] if "hour" in bound else day + weeks,
        "since": later[0],
        "until": later[WINDOW[numbered.number("window") % len(WINDOW)]],
        "holiday": later[HOLIDAYS[numbered.number("holiday") % len(HOLIDAYS)]],
    }
    return {name: Day.of(when) for name, when in days.items()}


def _working_days_after(day: date, number: int) -> Iterator[date]:
    while number:
        day += timedelta(days=1)
        if works(day):
            number -= 1
            yield day


def _handed_over(carrier: Carrier, numbered: Numbered) -> dict[str, object]:
    """Choose who gets a team's mail, and which work stays with it."""
    team = versions(carrier.cases[0])[0].truth.route_to
    others = [name for name in BASE.teams if name != team]
    own = [work for work, doer in BASE.does.items() if doer == team]
    return {
        "of_team": team,
        "to_team": others[numbered.number("to_team") % len(others)],
        "excepted": WORKS[own[numbered.number("excepted") % len(own)]].brief,
    }


def _listed(carrier: Carrier, split: Split, numbered: Numbered) -> dict[str, object]:
    """Choose the customers on a list; who gets them, the hand-written answer says."""
    writing = [one.name for one in firms("customer", split, numbered, CUSTOMERS)]
    return {
        "to_team": versions(carrier.cases[0])[0].truth.route_to,
        "customers": ", ".join(sorted(listed(split, numbered, writing)[0])),
    }


def _pounds(pence: int) -> str:
    return f"{pence // 100:,}.{pence % 100:02}"
