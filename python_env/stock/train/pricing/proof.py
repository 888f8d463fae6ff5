"""Proves the module `pricing`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = r"""
import asyncio, logging
from datetime import datetime, timedelta, timezone
from decimal import Decimal as D
def hours(count):
    return timezone(timedelta(hours=count))
class Bank:
    def __init__(self, m, *answers):
        self.m, self.answers, self.calls = m, list(answers), 0
    async def get(self):
        self.calls += 1
        answer = self.answers.pop(0) if self.answers else "1.5"
        if answer == "busy":
            raise self.m.BusyError("later")
        if answer == "silent":
            await asyncio.sleep(5_000)
        if answer == "broken":
            raise KeyError("broken")
        return {"USD": D("1.5") if answer == "silent" else D(answer)}
def desk(m, lists=(), tiers=(), zone=timezone.utc, bank=None):
    now = [0.0]
    bank = bank or Bank(m)
    return m.$Class(list(lists), list(tiers), zone, bank.get, lambda: now[0]), now
def error_of(call, *args):
    try:
        return str(call(*args))
    except Exception as error:
        return type(error).__name__
async def outcome(task):
    try:
        return str(await task)
    except Exception as error:
        return type(error).__name__
def quiet_log(m):
    m.log.handlers[:] = [logging.NullHandler()]
    m.log.propagate = False
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "line_amount_plain",
            None,
            r"""
pairs = (("2.50", "3"), ("0.10", "1"), ("0.333", "1"), ("0.0149", "1"), ("9.9999", "1.255"))
return [round(float(m.line_amount(D(price), D(quantity))), 6) for price, quantity in pairs]
""",
            [7.5, 0.1, 0.33, 0.01, 12.55],
        ),
        Scenario(
            "line_amount_halves",
            "line_amount",
            r"""
pairs = (("1.005", "1"), ("0.125", "1"), ("0.1350", "1"), ("0.0050", "1"), ("12.30", "1"),
         ("0", "5"), ("0.29", "3"), ("0.5", "0.250"))
return [str(m.line_amount(D(price), D(quantity))) for price, quantity in pairs]
""",
            ["1.01", "0.13", "0.14", "0.01", "12.30", "0.00", "0.87", "0.13"],
        ),
        Scenario(
            "reduction_plain",
            None,
            r"""
total = D("80.05")
made = [m.Voucher(percent=D(10)), m.Voucher(percent=D("2.5"), uses_left=1), m.Voucher(percent=D(0)),
        m.Voucher(percent=D(100)), m.Voucher(percent=D(150), uses_left=3), m.Voucher(cents=0)]
out = [float(m.reduction(total, voucher)) for voucher in made]
return out + [float(m.reduction(D("3.00"), m.Voucher(cents=5000, uses_left=2)))]
""",
            [8.01, 2.0, 0.0, 80.05, 80.05, 0.0, 3.0],
        ),
        Scenario(
            "reduction_cents",
            "reduction",
            r"""
return [str(m.reduction(D("80.05"), m.Voucher(cents=cents))) for cents in (500, 1, 8000, 9000)]
""",
            ["5.00", "0.01", "80.00", "80.05"],
        ),
        Scenario(
            "reduction_used_up",
            "reduction",
            r"""
made = [m.Voucher(percent=D(10), uses_left=0), m.Voucher(cents=500, uses_left=0)]
out = [float(m.reduction(D("80.00"), voucher)) for voucher in made]
return out + [float(m.reduction(D("80.00"), m.Voucher(percent=D(10), uses_left=1)))]
""",
            [0.0, 0.0, 8.0],
        ),
        Scenario(
            "minor_units_plain",
            None,
            r"""
cases = (("10.00", "1.0825", "USD"), ("0.05", "0.5", "GBP"), ("0", "1.1", "USD"),
         ("2.01", "0.5", "CHF"))
return [m.minor_units(D(amount), D(rate), currency) for amount, rate, currency in cases]
""",
            [1083, 3, 0, 101],
        ),
        Scenario(
            "minor_units_of_others",
            "minor_units",
            r"""
cases = (("10.00", "161.5", "JPY"), ("10.00", "0.3345", "KWD"), ("10.00", "0.3345", "USD"),
         ("0.01", "50", "KRW"))
return [m.minor_units(D(amount), D(rate), currency) for amount, rate, currency in cases]
""",
            [1615, 3345, 335, 1],
        ),
        Scenario(
            "minor_units_of_much",
            "minor_units",
            r"""
cases = (("100000.00", "1.082549", "USD"), ("50000.00", "161.123456", "JPY"),
         ("9000", "0.334551", "KWD"))
return [m.minor_units(D(amount), D(rate), currency) for amount, rate, currency in cases]
""",
            [10825490, 8056173, 3010959],
        ),
        Scenario(
            "applies_plain",
            None,
            r"""
bad = ("", "quantity", "quantity >= ten", "price > 1", "quantity = 1", "quantity >=1",
       "1 < quantity", "quantity >= -1", "> 1")
out = [error_of(m.applies, rule, 5, D("20.00")) for rule in bad]
out += [m.applies("quantity >= 5", 5, D(1)), m.applies("total <= 20", 5, D(20))]
return out
""",
            [*["RuleError"] * 9, True, True],
        ),
        Scenario(
            "applies_each_sign",
            "applies",
            r"""
rules = [f"{left} {sign} 10" for left in ("quantity", "total") for sign in ("<", "<=", ">", ">=")]
baskets = ((9, D("10.01")), (10, D("10.00")), (11, D("9.99")))
return [[m.applies(rule, *basket) for basket in baskets] for rule in rules]
""",
            [
                [True, False, False],
                [True, True, False],
                [False, False, True],
                [False, True, True],
                [False, False, True],
                [False, True, True],
                [True, False, False],
                [True, True, False],
            ],
        ),
        Scenario(
            "applies_more",
            "applies",
            r"""
rules = ("quantity >= 1 or True", "quantity > 9 or m", "total > 1\n", "total > 01",
         "quantity >= 1 and [].append(1)", "quantity > 1.5", "total < 1000000000")
return [error_of(m.applies, rule, 5, D("20.00")) for rule in rules]
""",
            ["RuleError"] * 7,
        ),
        Scenario(
            "fetch_rates_plain",
            None,
            r"""
async def run():
    out = []
    for answers in (["1.25"], ["busy", "1.75"], ["broken"], ["busy", "broken"]):
        bank, naps = Bank(m, *answers), []
        async def sleep(seconds):
            naps.append(float(seconds))
        out.append([await outcome(m.fetch_rates(bank.get, sleep)), bank.calls, naps])
    return out
return asyncio.run(run())
""",
            [
                ["{'USD': Decimal('1.25')}", 1, []],
                ["{'USD': Decimal('1.75')}", 2, [1.0]],
                ["KeyError", 1, []],
                ["KeyError", 2, [1.0]],
            ],
        ),
        Scenario(
            "fetch_rates_silent",
            "fetch_rates",
            r"""
async def run():
    loop = asyncio.get_running_loop()
    out = []
    for answers in (["silent", "1.25"], ["silent"] * 4):
        bank = Bank(m, *answers)
        begin = loop.time()
        found = await outcome(m.fetch_rates(bank.get))
        out.append([found, bank.calls, loop.time() - begin < 40])
    return out
return asyncio.run(run())
""",
            [["{'USD': Decimal('1.25')}", 2, True], ["RatesError", 4, True]],
        ),
        Scenario(
            "fetch_rates_busy",
            "fetch_rates",
            r"""
async def run():
    out = []
    for answers in (["busy"] * 9, ["busy"] * 3 + ["1.25"]):
        bank, naps = Bank(m, *answers), []
        async def sleep(seconds):
            naps.append(float(seconds))
        out.append([await outcome(m.fetch_rates(bank.get, sleep)), bank.calls, naps[:3]])
    return out
return asyncio.run(run())
""",
            [
                ["RatesError", 4, [1.0, 2.0, 4.0]],
                ["{'USD': Decimal('1.25')}", 4, [1.0, 2.0, 4.0]],
            ],
        ),
        Scenario(
            "price_plain",
            None,
            r"""
lists = [m.PriceList("2026-01-01", "2026-12-31", {"a": D("1.00"), "b": D("9.00")}),
         m.PriceList("2026-05-01", "2026-05-31", {"a": D("0.80")}),
         m.PriceList("2026-05-20", "2026-06-30", {"a": D("0.90")})]
one, _ = desk(m, lists)
days = ((4, 30), (5, 1), (5, 19), (5, 20), (5, 31), (6, 1), (7, 1))
out = [str(one.price("a", datetime(2026, *day, 12, tzinfo=timezone.utc))) for day in days]
noon = datetime(2026, 5, 5, 12, tzinfo=timezone.utc)
later = datetime(2027, 1, 1, 12, tzinfo=timezone.utc)
errors = [error_of(one.price, "c", noon), error_of(one.price, "a", later)]
return [out, str(one.price("b", noon)), *errors]
""",
            [
                ["1.00", "0.80", "0.80", "0.90", "0.90", "0.90", "1.00"],
                "9.00",
                "KeyError",
                "KeyError",
            ],
        ),
        Scenario(
            "price_at_midnight",
            "price",
            r"""
lists = [m.PriceList("2026-05-01", "2026-05-31", {"a": D("1.00")}),
         m.PriceList("2026-06-01", "2026-06-30", {"a": D("2.00")})]
out = []
for zone in (hours(2), hours(-7), hours(0)):
    one, _ = desk(m, lists, zone=zone)
    moments = [datetime(2026, 5, 31, 21, 59), datetime(2026, 5, 31, 22, 1),
               datetime(2026, 6, 1, 6, 59), datetime(2026, 6, 1, 7, 1)]
    for moment in (moment.replace(tzinfo=timezone.utc) for moment in moments):
        out.append([str(one.price("a", moment.astimezone(hours(away)))) for away in (0, 9, -9)])
return out
""",
            [["1.00"] * 3]
            + [["2.00"] * 3] * 3
            + [["1.00"] * 3] * 3
            + [["2.00"] * 3]
            + [["1.00"] * 3] * 2
            + [["2.00"] * 3] * 2,
        ),
        Scenario(
            "tier_percent_plain",
            None,
            r"""
one, _ = desk(m, tiers=[(10, D(5)), (100, D(12)), (50, D(8))])
out = [str(one.tier_percent(quantity, [])) for quantity in (1, 9, 10, 49, 50, 99, 100, 5000)]
return [out, str(one.tier_percent(60, [(50, D(9))])), str(one.tier_percent(3, [(2, D(1))]))]
""",
            [["0", "0", "5", "5", "8", "8", "12", "12"], "9", "1"],
        ),
        Scenario(
            "tier_percent_lower",
            "tier_percent",
            r"""
one, _ = desk(m, tiers=[(10, D(5)), (100, D(3))])
return [str(one.tier_percent(quantity, [(20, D(9))])) for quantity in (10, 20, 100)]
""",
            ["5", "9", "3"],
        ),
        Scenario(
            "tier_percent_of_two",
            "tier_percent",
            r"""
(one, _), (two, _) = desk(m, tiers=[(10, D(5))]), desk(m, tiers=[(20, D(7))])
agreed = [(5, D(2))]
out = [str(one.tier_percent(15)), str(two.tier_percent(15)), str(one.tier_percent(15, agreed))]
return out + [len(agreed), str(two.tier_percent(15, agreed)), len(agreed)]
""",
            ["5", "0", "5", 1, "2", 1],
        ),
        Scenario(
            "rate_plain",
            None,
            r"""
async def run():
    bank = Bank(m, "1.25", "1.50")
    one, now = desk(m, bank=bank)
    out = [await outcome(one.rate("USD")), await outcome(one.rate("USD")), bank.calls]
    now[0] = 3601.0
    out += [await outcome(one.rate("USD")), bank.calls, await outcome(one.rate("XXX"))]
    fresh, _ = desk(m, bank=Bank(m, "broken"))
    return out + [await outcome(fresh.rate("USD"))]
return asyncio.run(run())
""",
            ["1.25", "1.25", 1, "1.50", 2, "KeyError", "KeyError"],
        ),
        Scenario(
            "rate_often",
            "rate",
            r"""
async def run():
    bank = Bank(m, "1.25", "1.50", "1.75")
    one, now = desk(m, bank=bank)
    out = []
    for now[0] in (0.0, 2000.0, 3000.0, 4000.0, 7000.0, 7700.0):
        out.append(await outcome(one.rate("USD")))
    return out + [bank.calls]
return asyncio.run(run())
""",
            ["1.25", "1.25", "1.25", "1.50", "1.50", "1.75", 3],
        ),
        Scenario(
            "rate_fails",
            "rate",
            r"""
quiet_log(m)
async def run():
    async def failing(get):
        calls.append(1)
        raise m.RatesError("none")
    calls = []
    one, now = desk(m, bank=Bank(m, "1.25", "1.50"))
    out = [await outcome(one.rate("USD"))]
    now[0] = 4000.0
    real, m.fetch_rates = m.fetch_rates, failing
    out += [await outcome(one.rate("USD")), await outcome(one.rate("USD")), len(calls)]
    m.fetch_rates = real
    return out + [await outcome(one.rate("USD"))]
return asyncio.run(run())
""",
            ["1.25", "RatesError", "RatesError", 2, "1.50"],
        ),
    ),
)
