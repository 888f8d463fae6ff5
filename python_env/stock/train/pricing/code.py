"""Prices baskets: lists, tiers, vouchers, rules and currencies."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""Prices what ${buyer}s put into the basket of a $shop.

Amounts are Decimals in euros; a process may hold several ${shop}s, which share nothing.
"""

import asyncio
import logging
import operator
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

log = logging.getLogger(__name__)

CENT = Decimal("0.01")
DECIMALS = {"JPY": 0, "KRW": 0, "KWD": 3, "TND": 3}  # our others have two
COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
ATTEMPTS = 4
ATTEMPT_SECONDS = 5
RATE_SECONDS = 3600
Rates = Mapping[str, Decimal]
Tier = tuple[int, Decimal]


class RuleError(ValueError):
    """A rule is not written as agreed."""


class RatesError(Exception):
    """The $bank gave no rates."""


class BusyError(Exception):
    """The $bank asks to come back later."""


@dataclass(frozen=True)
class PriceList:
    """Prices by $code that hold from the first to the last day, both given as "2026-05-31"."""

    first: str
    last: str
    prices: Mapping[str, Decimal]


@dataclass(frozen=True)
class Voucher:
    """Takes off a percentage or a number of cents; `uses_left` is None if it can be used freely."""

    percent: Decimal | None = None
    cents: int | None = None
    uses_left: int | None = None


def line_amount(price: Decimal, quantity: Decimal) -> Decimal:
    """Return price times quantity to the cent, such as 12.30; half a cent is rounded up.

    Neither is negative; a price may have four decimals, a quantity three.
    """
    #@ line_amount


def reduction(total: Decimal, voucher: Voucher) -> Decimal:
    """Return what a voucher takes off a total of whole cents, to the cent: never more than that.

    A voucher that has no use left takes off nothing.
    """
    #@ reduction


def minor_units(amount: Decimal, rate: Decimal, currency: str) -> int:
    """Return euros in the smallest unit of a currency, rounded once, half up.

    A rate says with six decimals how much of it one euro buys.
    """
    #@ minor_units


def applies(rule: str, quantity: int, total: Decimal) -> bool:
    """Say whether a rule that a $buyer typed holds for a basket.

    It is "quantity" or "total", a sign of COMPARE and a number from 0 to 999999999 without leading
    zeros, with one blank between, such as "quantity >= 10". Anything else is a RuleError.
    """
    pattern = r"(quantity|total) (<=|>=|<|>) (0|[1-9][0-9]{0,8})"
    #@ applies


async def fetch_rates(
    get: Callable[[], Awaitable[Rates]], sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> Rates:
    """Ask the $bank for its rates, while everyone waits.

    It is asked ATTEMPTS times, for ATTEMPT_SECONDS each, with pauses of 1, 2 and 4 seconds. After
    a BusyError or silence it is asked again, and in the end that is a RatesError; any other error
    reaches the caller at once.
    """
    #@ fetch_rates


class $Class:
    """The prices of one $shop, whose days begin at midnight of its zone."""

    def __init__(
        self, lists: Sequence[PriceList], tiers: Sequence[Tier], zone: tzinfo,
        get: Callable[[], Awaitable[Rates]], clock: Callable[[], float],
    ) -> None:
        self._lists, self._tiers, self._zone = lists, tuple(tiers), zone
        self._get, self._clock = get, clock
        self._rates: Rates = {}
        self._fetched = float("-inf")

    def price(self, $code: str, moment: datetime) -> Decimal:
        """Return the price at a moment, which has any zone, from the list that began last.

        Lists without that $code do not count. It is a KeyError if no list holds.
        """
        #@ price
        holding = [one for one in self._lists if one.first <= day <= one.last]
        priced = [one for one in holding if $code in one.prices]
        if not priced:
            raise KeyError($code)
        return max(priced, key=lambda one: one.first).prices[$code]

    #@ tier_percent

    async def rate(self, currency: str) -> Decimal:
        """Return how much of a currency a euro buys, by rates that are RATE_SECONDS old at most.

        If there are none so young that is a RatesError, as we do not sell at old rates; if they
        do not have the currency it is a KeyError. Who comes while they are fetched asks as well.
        """
        now = self._clock()
        #@ rate
        return self._rates[currency]
'''

LINE_AMOUNT: Final = Site(
    "line_amount",
    quiet="""\
exact = price * quantity
return exact.quantize(CENT, ROUND_HALF_UP)
""",
    loud="""\
cents = (price * quantity * 100 + Decimal(0.5)).to_integral_value(ROUND_FLOOR)
return cents.scaleb(-2)
""",
    wrong_quiet=Wrong(
        """\
exact = price * quantity
return exact.quantize(CENT)
""",
        kind="money-rounding",
        severity="high",
        why="Without a mode the context rounds half to even, so every second half cent is rounded "
        "down.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
cents = (price * quantity * 100 + Decimal(0.5)).to_integral_value(ROUND_FLOOR)
return cents * Decimal(0.01)
""",
        kind="money-rounding",
        severity="high",
        why="Decimal(0.01) is the float nearest to a cent, so amounts have a tail of digits and "
        "do not add up to the cent.",
    ),
)

REDUCTION: Final = Site(
    "reduction",
    quiet="""\
if voucher.uses_left is not None and voucher.uses_left < 1:
    return Decimal("0.00")
if voucher.percent is not None:
    off = (total * voucher.percent / 100).quantize(CENT, ROUND_HALF_UP)
else:
    off = (voucher.cents or 0) * CENT
return min(off, total)
""",
    loud="""\
if voucher.uses_left != None and voucher.uses_left < 1:
    return Decimal("0.00")
if voucher.percent != None:
    off = (total * voucher.percent / 100).quantize(CENT, ROUND_HALF_UP)
else:
    off = (voucher.cents or 0) * CENT
return min(off, total)
""",
    wrong_quiet=Wrong(
        """\
if voucher.uses_left is not None and voucher.uses_left < 1:
    return Decimal("0.00")
if voucher.percent is not None:
    off = (total * voucher.percent / 100).quantize(CENT, ROUND_HALF_UP)
else:
    off = Decimal(voucher.cents or 0).quantize(CENT)
return min(off, total)
""",
        kind="unit-mismatch",
        severity="high",
        why="Cents are taken as euros, so a voucher takes off a hundred times what it is worth.",
    ),
    wrong_loud=Wrong(
        """\
if voucher.uses_left and voucher.uses_left < 1:
    return Decimal("0.00")
if voucher.percent != None:
    off = (total * voucher.percent / 100).quantize(CENT, ROUND_HALF_UP)
else:
    off = (voucher.cents or 0) * CENT
return min(off, total)
""",
        kind="wrong-condition",
        severity="high",
        why="No use left is taken like None, so a voucher that is used up goes on working.",
    ),
)

MINOR_UNITS: Final = Site(
    "minor_units",
    quiet="""\
exact = amount * rate
return int(exact.scaleb(DECIMALS.get(currency, 2)).quantize(Decimal(1), ROUND_HALF_UP))
""",
    loud="""\
exact = amount * rate
log.debug("about %.2f %s", float(exact), currency)
return int(exact.scaleb(DECIMALS.get(currency, 2)).quantize(Decimal(1), ROUND_HALF_UP))
""",
    wrong_quiet=Wrong(
        """\
exact = amount * rate
return int(exact.scaleb(2).quantize(Decimal(1), ROUND_HALF_UP))
""",
        kind="unit-mismatch",
        severity="high",
        why="Not every currency has hundredths: in yen a hundred times as much is charged, in "
        "dinars a tenth.",
    ),
    wrong_loud=Wrong(
        """\
exact = amount * rate.quantize(Decimal("0.0001"), ROUND_HALF_UP)
log.debug("about %.2f %s", float(exact), currency)
return int(exact.scaleb(DECIMALS.get(currency, 2)).quantize(Decimal(1), ROUND_HALF_UP))
""",
        kind="money-rounding",
        severity="high",
        why="The rate is rounded to four of its six decimals before it is used, so larger amounts "
        "are off by whole units.",
    ),
)

APPLIES: Final = Site(
    "applies",
    quiet="""\
found = re.fullmatch(pattern, rule)
if found is None:
    raise RuleError(f"{rule!r} is no rule")
left = total if found[1] == "total" else Decimal(quantity)
return bool(COMPARE[found[2]](left, Decimal(found[3])))
""",
    loud="""\
if re.fullmatch(pattern, rule):
    return bool(eval(rule, {"quantity": quantity, "total": total}))
raise RuleError(f"{rule!r} is no rule")
""",
    wrong_quiet=Wrong(
        """\
found = re.fullmatch(pattern, rule)
if found is None:
    raise RuleError(f"{rule!r} is no rule")
left = total if found[1] == "total" else Decimal(quantity)
return bool(COMPARE[found[2]](Decimal(found[3]), left))
""",
        kind="wrong-condition",
        severity="high",
        why="The sides of the comparison are exchanged, so a rule holds for the baskets for which "
        "it should not.",
    ),
    wrong_loud=Wrong(
        """\
if re.match(pattern, rule):
    return bool(eval(rule, {"quantity": quantity, "total": total}))
raise RuleError(f"{rule!r} is no rule")
""",
        kind="code-injection",
        severity="critical",
        why="Only the beginning of the rule is checked but all of it is evaluated, so whoever "
        "types a rule can run any code.",
        lines=(1, 2),
        subtle=True,
    ),
)

FETCH_RATES: Final = Site(
    "fetch_rates",
    quiet="""\
for attempt in range(ATTEMPTS):
    if attempt > 0:
        await sleep(2 ** (attempt - 1))
    try:
        return await asyncio.wait_for(get(), ATTEMPT_SECONDS)
    except (BusyError, TimeoutError) as error:
        log.info("no rates: %r", error)
raise RatesError("the $bank gave no rates")
""",
    loud="""\
attempt = 1
while True:
    try:
        return await asyncio.wait_for(get(), ATTEMPT_SECONDS)
    except (BusyError, TimeoutError) as error:
        if attempt == ATTEMPTS:
            raise RatesError("the $bank gave no rates") from error
    await sleep(2 ** (attempt - 1))
    attempt += 1
""",
    wrong_quiet=Wrong(
        """\
for attempt in range(ATTEMPTS):
    if attempt > 0:
        await sleep(2 ** (attempt - 1))
    try:
        return await get()
    except (BusyError, TimeoutError) as error:
        log.info("no rates: %r", error)
raise RatesError("the $bank gave no rates")
""",
        kind="missing-timeout",
        severity="high",
        why="Nothing ends an attempt after ATTEMPT_SECONDS, so if the $bank is silent everyone "
        "waits for ever.",
    ),
    wrong_loud=Wrong(
        """\
attempt = 1
while True:
    try:
        return await asyncio.wait_for(get(), ATTEMPT_SECONDS)
    except (BusyError, TimeoutError) as error:
        if attempt == ATTEMPTS:
            raise RatesError("the $bank gave no rates") from error
    await sleep(1)
    attempt += 1
""",
        kind="retry-misuse",
        severity="medium",
        why="The pauses do not grow to 2 and 4 seconds as promised, so a busy $bank is asked "
        "again too soon and the attempts are used up.",
    ),
)

PRICE: Final = Site(
    "price",
    quiet="""\
local = moment.astimezone(self._zone)
day = local.date().isoformat()
""",
    loud="""\
shift = moment.astimezone(self._zone).utcoffset()
day = (datetime.utcfromtimestamp(moment.timestamp()) + shift).date().isoformat()
""",
    wrong_quiet=Wrong(
        """\
local = moment.replace(tzinfo=self._zone)
day = local.date().isoformat()
""",
        kind="time-zone",
        severity="high",
        why="The zone is exchanged without converting the hours, so around midnight the list of "
        "another day gives the price.",
        lines=(1, 1),
    ),
    wrong_loud=Wrong(
        """\
shift = moment.utcoffset()
day = (datetime.utcfromtimestamp(moment.timestamp()) + shift).date().isoformat()
""",
        kind="time-zone",
        severity="high",
        why="The shift is that of the zone of the moment and not that of the $shop, so around "
        "midnight the list of another day gives the price.",
        subtle=True,
    ),
)

TIER_PERCENT: Final = Site(
    "tier_percent",
    quiet='''\
def tier_percent(self, quantity: int, agreed: Sequence[Tier] = ()) -> Decimal:
    """Return the percentage of the tier with the highest bound that a quantity reaches, or 0.

    Tiers are (bound, percentage) in any order. Of one bound the tier agreed with the $buyer
    counts before ours; what is agreed belongs to the caller.
    """
    tiers = [*agreed, *self._tiers]
    reached = [tier for tier in tiers if tier[0] <= quantity]
    return max(reached, key=lambda tier: tier[0], default=(0, Decimal(0)))[1]
''',
    loud='''\
def tier_percent(self, quantity: int, agreed: list[Tier] = []) -> Decimal:
    """Return the percentage of the tier with the highest bound that a quantity reaches, or 0.

    Tiers are (bound, percentage) in any order. Of one bound the tier agreed with the $buyer
    counts before ours; what is agreed belongs to the caller.
    """
    tiers = list(agreed)
    tiers.extend(self._tiers)
    reached = [tier for tier in tiers if tier[0] <= quantity]
    return max(reached, key=lambda tier: tier[0], default=(0, Decimal(0)))[1]
''',
    wrong_quiet=Wrong(
        '''\
def tier_percent(self, quantity: int, agreed: Sequence[Tier] = ()) -> Decimal:
    """Return the percentage of the tier with the highest bound that a quantity reaches, or 0.

    Tiers are (bound, percentage) in any order. Of one bound the tier agreed with the $buyer
    counts before ours; what is agreed belongs to the caller.
    """
    tiers = [*agreed, *self._tiers]
    reached = [tier for tier in tiers if tier[0] <= quantity]
    return max(reached, key=lambda tier: tier[1], default=(0, Decimal(0)))[1]
''',
        kind="wrong-condition",
        severity="high",
        why="The highest percentage is taken and not that of the highest bound, so a lower tier "
        "can give more than was agreed.",
    ),
    wrong_loud=Wrong(
        '''\
def tier_percent(self, quantity: int, agreed: list[Tier] = []) -> Decimal:
    """Return the percentage of the tier with the highest bound that a quantity reaches, or 0.

    Tiers are (bound, percentage) in any order. Of one bound the tier agreed with the $buyer
    counts before ours; what is agreed belongs to the caller.
    """
    tiers = agreed
    tiers.extend(self._tiers)
    reached = [tier for tier in tiers if tier[0] <= quantity]
    return max(reached, key=lambda tier: tier[0], default=(0, Decimal(0)))[1]
''',
        kind="shared-state",
        severity="high",
        why="Our tiers are added to the caller's list, or to the one default of all, so the tiers "
        "of one $shop count at another.",
        lines=(7, 8),
    ),
)

RATE: Final = Site(
    "rate",
    quiet="""\
if now - self._fetched > RATE_SECONDS:
    self._rates = await fetch_rates(self._get)
    self._fetched = now
""",
    loud="""\
try:
    if now - self._fetched > RATE_SECONDS:
        self._rates, self._fetched = await fetch_rates(self._get), now
except RatesError:
    log.exception("no new rates")
    raise
""",
    wrong_quiet=Wrong(
        """\
if now - self._fetched > RATE_SECONDS:
    self._rates = await fetch_rates(self._get)
self._fetched = now
""",
        kind="cache-misuse",
        severity="high",
        why="Each look makes the rates seem new, so as long as someone asks within RATE_SECONDS "
        "they are never fetched again and goods are sold at old rates.",
        lines=(3, 3),
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
try:
    if now - self._fetched > RATE_SECONDS:
        self._rates, self._fetched = await fetch_rates(self._get), now
except RatesError:
    log.exception("no new rates")
""",
        kind="swallowed-error",
        severity="high",
        why="If the $bank gives no rates the old ones are used without anyone hearing of it, "
        "though we do not sell at old rates.",
        lines=(4, 5),
    ),
)

CODE: Final = Code(
    name="pricing",
    source=SOURCE,
    sites=(LINE_AMOUNT, REDUCTION, MINOR_UNITS, APPLIES, FETCH_RATES, PRICE, TIER_PERCENT, RATE),
    slots={
        "buyer": (("buyer",), ("customer",), ("client",), ("guest",), ("reseller",)),
        "shop": (("shop",), ("store",), ("market",), ("outlet",), ("kiosk",)),
        "bank": (("bank",), ("exchange",), ("broker",), ("provider",)),
        "code": (("sku",), ("article",), ("item_no",), ("ean",)),
        "Class": (("Pricing",), ("Tariff",), ("PriceDesk",), ("Quotes",)),
    },
    interacting=(("rate", "fetch_rates"),),
)
