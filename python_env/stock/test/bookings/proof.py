"""Proves the module `bookings`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import time, decimal
from datetime import UTC, date, datetime, timedelta, timezone
def at(day, hour, minute=0, offset=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=timezone(timedelta(hours=offset)))
def house(m, offset=2):
    return m.$Class(timezone(timedelta(hours=offset)))
def tried(call):
    try: return call()
    except Exception as error: return type(error).__name__
def cost(call):
    begin = time.perf_counter_ns(); call(); return time.perf_counter_ns() - begin
def properties(raw):
    text = raw.decode().replace("\\r\\n ", "")
    return text.split("\\r\\n")
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "minutes_plain",
            None,
            """\
return [tried(lambda: m.minutes(t)) for t in
        ("2h", "2 h", "1h30min", "1 h 30 min ", "45min", "0h", "", "soon", "30", "2x", "h", "-2h",
            "400h", "336h")]
""",
            [120, 120, 90, 90, 45] + ["ValueError"] * 8 + [20160],
        ),
        Scenario(
            "minutes_of_days",
            "minutes",
            """\
return [tried(lambda: m.minutes(t)) for t in ("1d", "1 d 4 h", "14d", "15d", "0d 5min")]
""",
            [1440, 1680, 20160, "ValueError", 5],
        ),
        Scenario(
            "minutes_of_a_long_text",
            "minutes",
            """\
out = [tried(lambda: m.minutes("1" * n)) for n in (8, 14)]
short, long = (cost(lambda: tried(lambda: m.minutes("1" * n))) for n in (12, 18))
return [out, long < 8 * short]
""",
            [["ValueError", "ValueError"], True],
        ),
        Scenario(
            "reserve_and_free",
            None,
            """\
h = house(m)
out = [h.reserve("a", "ann", at(1, 10), at(1, 12), 0), h.reserve("b", "bob", at(1, 10), at(1, 12),
    0)]
out += [h.is_free("a", at(1, 11), at(1, 13)), h.is_free("a", at(1, 9), at(1, 11)), h.is_free("a",
    at(1, 13), at(1, 14)),
        h.is_free("c", at(1, 10), at(1, 12)), h.is_free("a", at(1, 10, 30), at(1,
            11)), h.is_free("a", at(1, 10), at(1, 12))]
out.append(tried(lambda: h.reserve("a", "cy", at(1, 11), at(1, 11, 30), 0)))
out.append(h.is_free("a", at(1, 13, 0, 2), at(1, 13, 30, 2)))
out.append(h.is_free("a", at(1, 15, 0, 2), at(1, 15, 30, 2)))
return plain(out)
""",
            [1, 2, False, False, True, True, False, False, "TakenError", False, True],
        ),
        Scenario(
            "free_around_another",
            "is_free",
            """\
h = house(m)
h.reserve("a", "ann", at(1, 10), at(1, 12), 0); h.reserve("a", "ann", at(2, 10), at(2, 12), 0)
return plain([h.is_free("a", at(1, 9), at(1, 13)), h.is_free("a", at(1, 9), at(3, 9)),
              tried(lambda: h.reserve("a", "bob", at(1, 8), at(1, 20), 0))])
""",
            [False, False, "TakenError"],
        ),
        Scenario(
            "free_next_to_another",
            "is_free",
            """\
h = house(m)
h.reserve("a", "ann", at(1, 10), at(1, 12), 0)
return plain([h.is_free("a", at(1, 12), at(1, 13)), h.is_free("a", at(1, 9), at(1, 10)),
              h.is_free("a", at(1, 14, 0, 2), at(1, 15, 0, 2)), h.is_free("a", at(1, 9), at(1, 10,
                  1))])
""",
            [True, True, True, False],
        ),
        Scenario(
            "arrivals_at_noon",
            None,
            """\
h = house(m)
h.reserve("a", "ann", at(2, 14), at(2, 15), 0); h.reserve("a", "bob", at(2, 10), at(2, 12), 0)
h.reserve("a", "cy", at(3, 10), at(3, 12), 0); h.reserve("b", "di", at(1, 12), at(4, 12), 0)
return plain([h.arrivals(date(2026, 3, d)) for d in (1, 2, 3, 4)])
""",
            [[4], [2, 1], [3], []],
        ),
        Scenario(
            "arrivals_near_midnight",
            "arrivals",
            """\
out = []
for offset in (2, -5):
    h = house(m, offset)
    for k, (day, hour, minute) in enumerate(((2, 0, 0), (2, 0, 30), (2, 23, 30), (3, 0, 0), (1,
        23, 59))):
        h.reserve(str(k), "ann", at(day, hour, minute, offset), at(day + 1, hour, minute, offset),
            0)
    out.append([h.arrivals(date(2026, 3, d)) for d in (1, 2, 3)])
return plain(out)
""",
            [[[5], [1, 2, 3], [4]], [[5], [1, 2, 3], [4]]],
        ),
        Scenario(
            "fee_plain",
            None,
            """\
h = house(m)
return plain([h.$fee(at(1, 10), at(1, 12), 1000), h.$fee(at(1, 10), at(1, 10, 15), 400),
    h.$fee(at(1, 10), at(1, 10, 16), 400),
              h.$fee(at(1, 10), at(1, 10, 1), 400), h.$fee(at(1, 10), at(3, 10), 100)])
""",
            [2000, 100, 200, 100, 4800],
        ),
        Scenario(
            "fee_rounded_once",
            "fee",
            """\
h = house(m)
out = [h.$fee(at(1, 10), at(1, 11), rate) for rate in (1001, 1002, 1003, 998)]
out += [h.$fee(at(1, 10), at(1, 10, 15), rate) for rate in (1001, 1002, 1003)]
return plain(out + [h.$fee(at(1, 0), at(2, 0), 333)])
""",
            [1001, 1002, 1003, 998, 250, 251, 251, 7992],
        ),
        Scenario(
            "fee_with_discount",
            "fee",
            """\
h = house(m)
return plain([h.$fee(at(1, 10), at(1, 12), 1000, p) for p in (50, 100, 10, 1)]
             + [h.$fee(at(1, 10), at(1, 11), 995, 50), h.$fee(at(1, 10), at(1, 10, 30), 333, 33)])
""",
            [1000, 0, 1800, 1980, 498, 112],
        ),
        Scenario(
            "cancel_plain",
            None,
            """\
h = house(m); paid = []
n, k = h.reserve("a", "ann", at(1, 10), at(1, 12), 700), h.reserve("b", "bob", at(1, 10), at(1,
    12), 5)
pay = lambda who, cents: paid.append([who, cents])
out = [tried(lambda: h.cancel(n, "mallory", ["desk"], pay)), h.is_free("a", at(1, 10), at(1, 11))]
h.cancel(n, "ann", ["desk"], pay); out.append(h.is_free("a", at(1, 10), at(1, 11)))
h.cancel(k, "desk", ["desk"], pay); out.append(h.is_free("b", at(1, 10), at(1, 11)))
return plain(out + [tried(lambda: h.cancel(n, "ann", [], pay)), paid])
""",
            ["ForbiddenError", False, True, True, "KeyError", [["ann", 700], ["bob", 5]]],
        ),
        Scenario(
            "cancel_without_refund",
            "cancel",
            """\
h = house(m); n = h.reserve("a", "ann", at(1, 10), at(1, 12), 700); paid = []
def broken(who, cents): raise OSError("bank is down")
out = [tried(lambda: h.cancel(n, "ann", [], broken)), h.is_free("a", at(1, 10), at(1, 11)),
    h.arrivals(date(2026, 3, 1))]
h.cancel(n, "ann", [], lambda who, cents: paid.append([who, cents]))
return plain(out + [paid, h.is_free("a", at(1, 10), at(1, 11))])
""",
            ["OSError", False, [1], [["ann", 700]], True],
        ),
        Scenario(
            "cancel_by_others",
            "cancel",
            """\
h = house(m); n = h.reserve("a", "joanna", at(1, 10), at(1, 12), 700); paid = []
out = [tried(lambda: h.cancel(n, by, ["porter"], lambda *a: paid.append(a))) for by in ("anna",
    "", "jo", "joann", "port")]
return plain(out + [len(paid), h.is_free("a", at(1, 10), at(1, 11))])
""",
            ["ForbiddenError"] * 5 + [0, False],
        ),
        Scenario(
            "wait_in_order",
            None,
            """\
h = house(m)
stay = lambda *given: list(h.wait(*given))
out = [stay("a", ["ann", "bob", "ann"]), stay("b", ["cy"]), stay("a", ["di", "bob"])]
out += [stay("a", ["ed", "flo"], ["ed"]), stay("a", ["ed"]), house(m).wait("a", ["gil"], ("hal",))]
return plain(out)
""",
            [
                ["ann", "bob"],
                ["cy"],
                ["ann", "bob", "di"],
                ["ann", "bob", "di", "flo"],
                ["ann", "bob", "di", "flo", "ed"],
                ["gil"],
            ],
        ),
        Scenario(
            "wait_handed_out",
            "wait",
            """\
h = house(m)
first = h.wait("a", ["ann", "bob"]); first.clear(); first.append("mallory")
return plain([h.wait("a", ["cy"]), h.wait("b", []), h.wait("a", [])])
""",
            [["ann", "bob", "cy"], [], ["ann", "bob", "cy"]],
        ),
        Scenario(
            "wait_with_many",
            "wait",
            """\
def run(n):
    h = house(m); names = [f"name-{k:05}" for k in range(n)]
    return cost(lambda: h.wait("a", names))
small, large = run(300), run(2400)
return [large < 24 * small]
""",
            [True],
        ),
        Scenario(
            "remind_plain",
            None,
            """\
h = house(m); sent = []
for day, hour in ((1, 8), (1, 10), (2, 8), (2, 9)):
    h.reserve(f"{day}-{hour}", f"g{day}{hour}", at(day, hour), at(day, hour + 1), 0)
send = lambda who, number: sent.append([who, number])
out = [h.remind(at(1, 8, 30), send), sorted(sent)]
out += [h.remind(at(1, 8, 40), send), len(sent), h.remind(at(1, 9, 0), send), sorted(sent)]
return plain(out)
""",
            [[], [["g110", 2], ["g28", 3]], [], 2, [], [["g110", 2], ["g28", 3], ["g29", 4]]],
        ),
        Scenario(
            "remind_again",
            "remind",
            """\
h = house(m); sent = []; down = {"bob"}
for k, who in enumerate(("ann", "bob", "cy")):
    h.reserve(who, who, at(1, 10 + k), at(1, 11 + k), 0)
def send(who, number):
    if who in down: raise OSError("no route")
    sent.append(who)
out = [h.remind(at(1, 8), send), sorted(sent), h.remind(at(1, 8), send)]
down.clear()
return plain(out + [h.remind(at(1, 9), send), sorted(sent), h.remind(at(1, 9), send), len(sent)])
""",
            [[2], ["ann", "cy"], [2], [], ["ann", "bob", "cy"], [], 3],
        ),
        Scenario(
            "remind_with_a_bug",
            "remind",
            """\
out = []
for name in ("KeyError", "TypeError", "OSError"):
    h = house(m); h.reserve("a", "ann", at(1, 10), at(1, 11), 0)
    def send(who, number): raise {"KeyError": KeyError, "TypeError": TypeError,
        "OSError": OSError}[name]("x")
    out.append(tried(lambda: h.remind(at(1, 8), send)))
return plain(out)
""",
            ["KeyError", "TypeError", [1]],
        ),
        Scenario(
            "entry_plain",
            None,
            """\
h = house(m); n = h.reserve("a", "ann", at(1, 10, 0, 2), at(1, 12, 30, 2), 0)
short, long = h.entry(n, "Team day"), h.entry(n, "x" * 200)
rows = long.split(b"\\r\\n")
return plain([short.decode(), properties(long)[2] == "SUMMARY:" + "x" * 200, max(map(len,
    rows)) <= 75, len(rows),
              properties(h.entry(n, "a\\nb"))[2], tried(lambda: h.entry(9, "x"))])
""",
            [
                "DTSTART:20260301T080000Z\r\nDTEND:20260301T103000Z\r\nSUMMARY:Team day\r\n",
                True,
                True,
                6,
                "SUMMARY:a b",
                "KeyError",
            ],
        ),
        Scenario(
            "entry_with_breaks",
            "entry",
            """\
h = house(m); n = h.reserve("a", "ann", at(1, 10), at(1, 12), 0); out = []
for title in ("a\\rURL:x", "a\\r\\nURL:x", "\\r", "a\\n\\rb"):
    raw = h.entry(n, title)
    out.append([raw.count(b"\\r"), raw.count(b"\\n"), raw.count(b"\\r\\n"), properties(raw)[2]])
return plain(out)
""",
            [
                [3, 3, 3, "SUMMARY:a URL:x"],
                [3, 3, 3, "SUMMARY:a  URL:x"],
                [3, 3, 3, "SUMMARY: "],
                [3, 3, 3, "SUMMARY:a  b"],
            ],
        ),
        Scenario(
            "entry_in_other_letters",
            "entry",
            """\
h = house(m); n = h.reserve("a", "ann", at(1, 10), at(1, 12), 0); out = []
for title in ("\u00e9" * 90, "x" + "\u00e9" * 90, "\u4f1a" * 60, "\U0001f600" * 40 + "z"):
    raw = h.entry(n, title)
    out.append([properties(raw)[2] == "SUMMARY:" + title,
        max(len(row) for row in raw.split(b"\\r\\n")) <= 75])
return plain(out)
""",
            [[True, True]] * 4,
        ),
    ),
)
