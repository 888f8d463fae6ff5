"""What happens in a month: who complains of whom, which bills add up, what is handed over when.

Each function here draws one thread of a month and gives the carriers that tell it. Days are counted
in working days from the first Monday of the month.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from deck.carriers import CARRIERS
from deck.carriers.carrier import Carrier, Role
from deck.circumstances import WORKS, CustomerList, Notice
from deck.desk import Desk
from deck.desk.hours import OPENS, limit, works
from deck.firms import Firm, firms
from deck.hands import Split
from deck.slots import Day
from deck.storyline import Numbered, drawn_person

WORKING_DAYS: Final = 20
CUSTOMERS: Final = 10
WEEK: Final = 5
# The hours at which what is due may be due.
HOURS: Final = (time(9), time(10, 30), time(12), time(14), time(15, 30), time(17))
# How much mail of some kinds of work a month has, and how much of it leaves nothing to do.
USUAL_MAIL: Final[Mapping[str, int]] = MappingProxyType(
    {"bill": 6, "complaint": 5, "claim": 4, "service": 2, "booking": 1, "stock": 1, "contract": 1}
)
FILED: Final = 9
# Which notice of a month, counted from 0, ends early.
ENDED: Final = 2
# For how many working days a team's mail is handed over.
WINDOW: Final = (11, 12, 13, 14, 15)
BILLS_DUE: Final = (18, 21, 25)


class Entry(NamedTuple):
    """A carrier where it stands in a month.

    Attributes:
        carrier: The mail with its slots.
        day: On which day it arrives.
        given: What its role's slots are filled with.
        notice: What it changes.
        ends: Which other entry's notice it ends.
        lists: Which customers it gives to a team.
    """

    carrier: Carrier
    day: date
    given: Mapping[str, object]
    notice: Notice | None = None
    ends: "Entry | None" = None
    lists: CustomerList | None = None


class Month:
    """One month's choices: its days, its firms, and which carrier is next in each role."""

    def __init__(
        self, split: Split, numbered: Numbered, monday: date, desk: Desk, busy: Collection[date]
    ) -> None:
        """Begin a month.

        Args:
            split: Whose carriers and firms.
            numbered: The choices of the inbox.
            monday: The first day.
            desk: Whose rules hold.
            busy: Days on which mail arrives already, so that they are no holidays.
        """
        self.split: Split = split
        self.numbered = numbered
        self.desk = desk
        self.customers = firms("customer", split, numbered, CUSTOMERS)
        self.suppliers = firms("supplier", split, numbered, 4)
        self.hauliers = firms("haulier", split, numbered, 2)
        weekdays = [monday + timedelta(days=i) for i in range(4 * 7)]
        days = [day for day in weekdays if works(day)]
        # From the second week on, and never a day that ends or begins a week.
        free = [day for day in days[WEEK + 1 :] if day.weekday() in (1, 2, 3) and day not in busy]
        drawn = free and self.choose("free", 4)
        self.holiday = free[self.choose("holiday", len(free))] if drawn else None
        self.days = [day for day in days if day != self.holiday]
        self._used: dict[Role, int] = {}

    def choose(self, what: str, number: int) -> int:
        """Return one of so many, which the number of the inbox gives for this choice."""
        return self.numbered.number(f"month/{what}") % number

    def carrier(self, role: Role) -> Carrier:
        """Return the next carrier of a role, none of them twice in a month."""
        place = self._used.get(role, 0)
        self._used[role] = place + 1
        carriers = sorted(
            CARRIERS[self.split, role], key=lambda one: self.numbered.number(f"carrier/{one.name}")
        )
        return carriers[place]

    def day(self, place: int) -> date:
        """Return a day of the month, counted from its first; the last one if there are fewer."""
        return self.days[max(0, min(place, len(self.days) - 1))]

    def free_days(self) -> list[date]:
        """Return the days that are announced to be free."""
        return [] if self.holiday is None else [self.holiday]


def complaints(month: Month) -> Iterator[Entry]:
    """One haulier is complained of again and again, another now and then."""
    begin = month.choose("complaints", 6)
    gaps = (0, 2, 4 + month.choose("gap", 2), 6 + month.choose("gap 2", 3), 10)
    for number, gap in enumerate(gaps):
        yield _complaint(month, number, month.hauliers[0], begin + gap)
    yield _complaint(month, 5, month.hauliers[1], begin + 1 + month.choose("other", 3))


def _complaint(month: Month, number: int, haulier: Firm, place: int) -> Entry:
    # Not those who have claims or a new domain.
    customer = month.customers[4 + number]
    given = {"haulier": haulier.name, **_named(customer)}
    return Entry(month.carrier("complaint"), month.day(place), given)


def bills(month: Month) -> Iterator[Entry]:
    """One supplier's bills add up within a week; another's orders are used twice or withdrawn."""
    most = month.desk.counting.weekly_sum
    first, second, third = month.suppliers[:3]
    week = WEEK * month.choose("week of bills", 3)
    for number, share in enumerate((0.47, 0.38, 0.31)):
        place = week + number + month.choose(f"bill {number}", 2)
        yield _bill(month, first, place, str(month.numbered.draw("po", 9)), most * share)
    reused = str(month.choose("reused", 9))
    place = month.choose("first bill", 8)
    yield _bill(month, second, place, f"reused {reused}", most * 0.21)
    yield _bill(
        month, second, place + 3 + month.choose("again", 5), f"reused {reused}", most * 0.18
    )
    place = 2 + month.choose("withdrawal", 8)
    withdrawn = f"withdrawn {reused}"
    given: dict[str, object] = {"supplier": third.name, "po": _order(month, withdrawn)}
    yield Entry(month.carrier("withdrawal"), month.day(place), given)
    yield _bill(month, third, place + 1 + month.choose("after", 7), withdrawn, most * 0.33)


def _bill(month: Month, supplier: Firm, place: int, order: str, amount: float) -> Entry:
    day = month.day(place)
    cents = month.choose(f"cents {place} {order}", 100)
    due = day + timedelta(days=BILLS_DUE[month.choose(f"due {order}", len(BILLS_DUE))])
    given = {
        "supplier": supplier.name,
        "domain": supplier.domain,
        "po": _order(month, order),
        "amount": f"{int(amount) + cents // 10:,}.{cents:02}",
        "due": _written(due),
    }
    return Entry(month.carrier("bill"), day, given)


def _order(month: Month, order: str) -> str:
    """Return the number of a purchase order of this month, unlike those of storylines."""
    return str(46_000 + month.choose(f"order {order}", 900) * 10 + len(order) % 10)


def claims(month: Month) -> Iterator[Entry]:
    """Two customers claim, one is satisfied after a while, and their other business goes on."""
    begin = month.choose("claim", 4)
    for number, customer in enumerate(month.customers[:2]):
        place = begin + number * (3 + month.choose("second claim", 3))
        yield Entry(month.carrier("claim"), month.day(place), _named(customer))
        yield _business(month, customer, place + 2 + month.choose(f"business {number}", 3))
        yield _business(month, customer, place + 5 + month.choose(f"more {number}", 2))
    settled = begin + 7 + month.choose("settled", 4)
    yield Entry(month.carrier("settlement"), month.day(settled), _named(month.customers[0]))
    yield _business(month, month.customers[0], settled + 1 + month.choose("afterwards", 4))


def moves(month: Month) -> Iterator[Entry]:
    """A customer says it will write from another domain, does, confirms it, and writes again."""
    customer = month.customers[2]
    place = 1 + month.choose("announcement", 6)
    moved = {"customer": customer.name, "new_domain": customer.new_domain}
    since = _written(month.day(place + 1))
    given = {**_named(customer), **moved, "since": since}
    yield Entry(month.carrier("announcement"), month.day(place), given)
    yield _business(month, customer, place + 2, customer.new_domain)
    confirmed = place + 4 + month.choose("confirmation", 3)
    yield Entry(month.carrier("confirmation"), month.day(confirmed), moved)
    later = confirmed + 1 + month.choose("confirmed", 5)
    yield _business(month, customer, later, customer.new_domain)


def frauds(month: Month) -> Iterator[Entry]:
    """Somebody at a supplier wants our money to go elsewhere, and later writes harmless mail."""
    supplier, place = month.suppliers[3], 1 + month.choose("fraud", 8)
    given: dict[str, object] = {
        "supplier": supplier.name,
        "domain": supplier.domain,
        "person1": drawn_person(month.numbered),
    }
    yield Entry(month.carrier("fraud"), month.day(place), given)
    for number, after in enumerate((2 + month.choose("soon", 3), 6 + month.choose("later", 4))):
        if number == 0 or month.choose("twice", 2):
            yield Entry(month.carrier("afterwards"), month.day(place + after), given)


def _business(month: Month, customer: Firm, place: int, domain: str | None = None) -> Entry:
    carrier, day = month.carrier("customer"), month.day(place)
    given = {**_named(customer), **_due(month, carrier, day)}
    if domain is not None:
        given["domain"] = domain
    return Entry(carrier, day, given)


def matters(month: Month, number: int) -> Iterator[Entry]:
    """Everyday trouble, due on either side of the desk's line."""
    for i in range(number):
        carrier = month.carrier("matter")
        place = i * WORKING_DAYS // number + month.choose(f"matter {i}", WORKING_DAYS // number)
        if month.holiday is not None and i == 0:
            # The eve of a holiday, when the next working day is not tomorrow.
            eve = max(day for day in month.days if day < month.holiday)
            place = month.days.index(eve)
        day = month.day(place)
        yield Entry(carrier, day, _due(month, carrier, day))


def notices(month: Month, number: int) -> Iterator[Entry]:
    """Busy teams are handed over for a while, with an exception each; one gets its mail back early.

    Their times overlap. Whoever receives mail is not handed over itself.
    """
    desk = month.desk
    busy = _busiest(desk)[:number]
    names = {desk.teams[team] for team in busy}
    receivers = [team for team, name in desk.teams.items() if name not in names]
    for i, team in enumerate(busy):
        receiver = receivers[month.choose(f"receiver {i}", len(receivers))]
        begin = 1 + i + month.choose(f"begin {i}", 2)
        yield from _handed(month, i, team, receiver, begin)


def _busiest(desk: Desk) -> list[str]:
    """Return the teams of the base desk by how much of a month's mail goes to them here."""
    mail: Counter[str] = Counter()
    for work, mails in USUAL_MAIL.items():
        mail[desk.does[work]] += mails
    if desk.filed_with is not None:
        mail[desk.teams[desk.filed_with]] += FILED
    teams = {name: team for team, name in reversed(desk.teams.items())}
    return [teams[name] for name, _ in mail.most_common() if name in teams]


def _handed(month: Month, number: int, team: str, receiver: str, begin: int) -> Iterator[Entry]:
    desk = month.desk
    window = WINDOW[month.choose(f"window {number}", len(WINDOW))]
    since, until = month.day(begin), month.day(begin + window)
    own = [work for work, name in desk.does.items() if name == desk.teams[team]]
    if len(own) > 1:
        # Whether a withdrawn purchase order is about bills would be a matter of taste.
        own = [work for work in own if work != "bill"]
    excepted = own[month.choose(f"except {number}", len(own))]
    notice = Notice(
        of=team, to=receiver, since=f"{since}T08:00", until=f"{until}T18:00", excepted=(excepted,)
    )
    names = {"of_team": desk.teams[team], "to_team": desk.teams[receiver]}
    given = {**names, "since": _written(since), "until": _written(until)}
    given["excepted"] = WORKS[excepted].brief
    entry = Entry(month.carrier("notice"), month.day(begin - 1), given, notice)
    yield entry
    if number == ENDED:
        back = month.day(begin + window - 3)
        ended = notice.model_copy(update={"since": f"{back}T08:00", "until": f"{back}T08:00"})
        given = {**names, "since": _written(back)}
        yield Entry(month.carrier("end"), month.day(begin + window - 4), given, ended, entry)


def holidays(month: Month) -> Iterator[Entry]:
    """A day on which nobody works is announced some days before."""
    if month.holiday is not None:
        before = sum(day < month.holiday for day in month.days)
        place = before - 3 - month.choose("announced", 3)
        given: dict[str, object] = {"holiday": _written(month.holiday)}
        yield Entry(month.carrier("holiday"), month.day(place), given)


def _due(month: Month, carrier: Carrier, day: date) -> dict[str, object]:
    """Choose when a matter is due: within a day of the desk's line, before or after it."""
    case = carrier.cases[0]
    stamp = time.fromisoformat(str(case.email.timestamp)[-8:])  # type: ignore[union-attr]
    arrived = datetime.combine(day, stamp)
    until = limit(month.desk.near, arrived, month.free_days())
    instants = [
        datetime.combine(later, hour)
        for later in (day + timedelta(days=i) for i in range((until.date() - day).days + 5))
        if works(later, month.free_days())
        for hour in HOURS
    ]
    inside = [one for one in instants if arrived + timedelta(hours=1) < one <= until][-4:]
    outside = [one for one in instants if one > until and one.time() > OPENS][: len(HOURS)]
    chosen = (inside, outside)[month.choose(f"side {carrier.name}", 2)] or outside
    due = chosen[month.choose(f"due {carrier.name}", len(chosen))]
    return {"due": _written(due.date()), "hour": f"{due:%H:%M}"}


def _named(customer: Firm) -> dict[str, object]:
    return {"customer": customer.name, "domain": customer.domain}


def _written(day: date) -> Day:
    return Day(day.day, day.month, day.isoformat())
