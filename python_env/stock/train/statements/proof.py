"""Proves the module `statements`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import datetime, gc, pathlib, random, shlex, time, warnings
def made(m, minutes=120, carried=5000, run=print, number="A-1"):
    return m.$Class(number, minutes, carried, run)
def change(m, moment, cents=100):
    at = datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.timezone.utc)
    return m.$Entry(at, cents)
def days(found):
    return [one.at.isoformat()[5:16] for one in found]
def outcome(call, *given):
    try:
        return plain(call(*given))
    except Exception as error:
        return type(error).__name__
def cost(call, *given):
    begin = time.perf_counter_ns()
    call(*given)
    return time.perf_counter_ns() - begin
def sent(m, address):
    ran = []
    def run(command, **given):
        words = shlex.split(command) if given.get("shell") else list(command)
        words = words[words[0] == "exec" :]
        ran.append([words, given.get("input"), given.get("timeout")])
    try:
        made(m, run=run).send(address, "hello")
    except ValueError:
        return "refused"
    words, text, limit = ran[0]
    safe = words[0] == "sendmail" and address in words
    if address.startswith("-"):
        safe = safe and "--" in words[: words.index(address)]
    return ["safe" if safe and len(ran) == 1 and len(words) < 6 else "unsafe", text, limit]
def failing():
    yield "new\\n" * 3000
    raise RuntimeError("no more")
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "month_plain",
            None,
            """\
moments = ("2026-03-01T12:00", "2026-02-10T12:00", "2026-02-01T08:30", "2025-02-03T08:30",
           "2026-12-31T10:00", "2026-02-28T18:00")
found = made(m).month([change(m, moment) for moment in moments], 2026, 2)
late = made(m).month([change(m, moment) for moment in moments], 2026, 12)
return [days(found), days(late), made(m).month([], 2026, 1)]
""",
            [["02-10T12:00", "02-01T08:30", "02-28T18:00"], ["12-31T10:00"], []],
        ),
        Scenario(
            "month_turns",
            "month",
            """\
moments = ("2026-01-31T21:59", "2026-01-31T22:00", "2026-02-28T21:59", "2026-02-28T22:00",
           "2026-03-01T05:00", "2026-12-31T22:00")
entries = [change(m, moment) for moment in moments]
out = [days(made(m).month(entries, 2026, month)) for month in (1, 2, 3)]
west = made(m, -300)
return out + [days(west.month(entries, 2026, month)) for month in (2, 3)] + [
    days(made(m).month(entries, 2026, 12)), days(made(m).month(entries, 2027, 1))]
""",
            [
                ["01-31T21:59"],
                ["01-31T22:00", "02-28T21:59"],
                ["02-28T22:00", "03-01T05:00"],
                ["02-28T21:59", "02-28T22:00"],
                ["03-01T05:00"],
                [],
                ["12-31T22:00"],
            ],
        ),
        Scenario(
            "balances_plain",
            None,
            """\
one = made(m)
return plain([one.balances([100, -300, 50]), one.balances([1, 2], 700), one.balances([]),
              one.balances([-900], -50), one.balances((5,), None)])
""",
            [[5100, 4800, 4850], [701, 703], [], [-950], [5005]],
        ),
        Scenario(
            "balances_zero",
            "balances",
            """\
one = made(m)
return plain([one.balances([100, -300], 0), one.balances([7], 0), one.balances([7], None)])
""",
            [[100, -200], [7], [5007]],
        ),
        Scenario(
            "balances_many",
            "balances",
            """\
one = made(m)
few, many = [3] * 100, [3] * 1200
cost(one.balances, few, 1)
ratio = cost(one.balances, many, 1) / cost(one.balances, few, 1)
return plain([one.balances([100, -300], 0), one.balances(many, 1)[-1], ratio < 30])
""",
            [[100, -200], 3601, True],
        ),
        Scenario(
            "fee_plain",
            None,
            """\
one = made(m)
return [one.$fee(0, "basic"), one.$fee(0, "staff"), outcome(one.$fee, 100, "none"),
        type(one.$fee(1000, "plus")).__name__]
""",
            [0, 0, "KeyError", "int"],
        ),
        Scenario(
            "fee_rounded",
            "fee",
            """\
one = made(m)
return plain([one.$fee(100_000, "basic"), one.$fee(10_100, "plus"), one.$fee(1_000, "staff"),
              one.$fee(3_000, "staff"), one.$fee(120, "basic"), one.$fee(99_999_999, "plus")])
""",
            [1250, 81, 0, 2, 2, 800000],
        ),
        Scenario(
            "render_plain",
            None,
            """\
moments = (("2026-02-01T08:30", 100), ("2026-02-10T23:30", -7505), ("2026-03-10T12:00", 1))
lines = list(made(m).render([change(m, *one) for one in moments], 2026, 2))
other = list(made(m).render([change(m, "2026-02-02T08:00", 5)], 2026, 2, 50))
return [[line.split() for line in lines], [line.split() for line in other], lines[0][-1]]
""",
            [
                [["2026-02-01", "1.00", "51.00"], ["2026-02-11", "-75.05", "-24.05"]],
                [["2026-02-02", "0.05", "0.55"]],
                "\n",
            ],
        ),
        Scenario(
            "reference_plain",
            None,
            """\
memos = ("for ${mark}12", "${mark}1-20-3 thanks ${mark}9", "", "x${mark}12 ${mark} ${mark}-1",
         "${mark}12- ${mark}1--2 ${mark}77", "${mark}12x", "a\\t${mark}5\\n", "${mark}1-2-")
return [outcome(made(m).reference, memo) for memo in memos]
""",
            [
                "${mark}12",
                "${mark}1-20-3",
                None,
                None,
                "${mark}77",
                None,
                "${mark}5",
                None,
            ],
        ),
        Scenario(
            "reference_slow",
            "reference",
            """\
one, out = made(m), []
for few, many in ((" " * 150, " " * 2400), ("${mark}" + "1" * 6 + "x", "${mark}" + "1" * 16 + "x")):
    cost(one.reference, few)
    out.append(cost(one.reference, many) < 45 * cost(one.reference, few))
return [out, one.reference(" " * 50 + "${mark}4-5 "), one.reference("${mark}12345678901x")]
""",
            [[True, True], "${mark}4-5", None],
        ),
        Scenario(
            "transfer_plain",
            None,
            """\
one = made(m)
return plain([one.transfer("Ada Lovelace", 1250), one.transfer("", 0),
              one.transfer("A" * 20, 999_999_999_999), one.transfer("B" * 30, 7)])
""",
            [
                "Ada Lovelace        000000001250",
                "                    000000000000",
                "AAAAAAAAAAAAAAAAAAAA999999999999",
                "BBBBBBBBBBBBBBBBBBBB000000000007",
            ],
        ),
        Scenario(
            "transfer_names",
            "transfer",
            """\
one, out = made(m), []
for name in ("J\\u00fcrg M\\u00fcller", "\\u00e9" * 30, "x" + "\\u20ac" * 9, "Ada\\nEve",
             "Ada\\r\\nEve", "\\u00fc\\n"):
    line = one.transfer(name, 1250)
    out.append([len(line.encode()), line[:2], line[-12:], len(line.splitlines())])
return plain(out)
""",
            [
                [32, "J\u00fc", "000000001250", 1],
                [32, "\u00e9\u00e9", "000000001250", 1],
                [32, "x\u20ac", "000000001250", 1],
                [32, "Ad", "000000001250", 1],
                [32, "Ad", "000000001250", 1],
                [32, "\u00fc ", "000000001250", 1],
            ],
        ),
        Scenario(
            "save_plain",
            None,
            """\
path = pathlib.Path("/w/march.txt")
made(m).save(path, ["one\\n", "zw\\u00f6lf\\n"])
first = path.read_text(encoding="utf-8")
made(m).save(path, iter(["two\\n"]))
return [first, path.read_text(encoding="utf-8"), outcome(made(m).save, path, failing())]
""",
            ["one\nzw\u00f6lf\n", "two\n", "RuntimeError"],
        ),
        Scenario(
            "save_half",
            "save",
            """\
path = pathlib.Path("/w/april.txt")
made(m).save(path, ["old\\n"])
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    ended = outcome(made(m).save, path, failing())
kinds = [one.category.__name__ for one in told]
return plain([ended, path.read_text(), kinds.count("ResourceWarning")])
""",
            ["RuntimeError", "old\n", 0],
        ),
        Scenario(
            "save_fails",
            "save",
            """\
path = pathlib.Path("/w/march.txt")
made(m).save(path, ["old\\n"])
seen = []
def lines():
    yield "new\\n" * 5000
    seen.append(path.read_text())
    yield "end\\n"
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    out = [outcome(made(m).save, path, failing()), path.read_text()]
    made(m).save(path, lines())
    gc.collect()
open_ones = sum(issubclass(one.category, ResourceWarning) for one in told)
return plain([out, seen, len(path.read_text()), open_ones])
""",
            [["RuntimeError", "old\n"], ["old\n"], 20004, 0],
        ),
        Scenario(
            "send_plain",
            None,
            """\
return [sent(m, "ada@mail.example"), sent(m, "o.k+1@mail.example")]
""",
            [["safe", "hello", 30], ["safe", "hello", 30]],
        ),
        Scenario(
            "send_strange",
            "send",
            """\
addresses = ("-OQueueDirectory=/w", '"; touch "/w/x', "-f", 'a" b', "a@b; ls")
told = [sent(m, address) for address in addresses]
return ["ok" if one == "refused" or one[0] == "safe" else one[0] for one in told]
""",
            ["ok", "ok", "ok", "ok", "ok"],
        ),
        Scenario(
            "code_plain",
            None,
            """\
codes = [made(m).code(2026, month) for month in (1, 2, 3)]
return [len(set(codes)), min(len(code) for code in codes) >= 20, type(codes[0]).__name__]
""",
            [3, True, "str"],
        ),
        Scenario(
            "code_known",
            "code",
            """\
out = []
for _ in range(3):
    random.seed(7)
    out.append(made(m).code(2026, 1))
other = random.Random(7)
return [len(set(out)), len({made(m, number="B").code(2026, 1) for _ in range(4)})]
""",
            [3, 4],
        ),
    ),
)
