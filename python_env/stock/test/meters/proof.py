"""Proves the module `meters`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = r"""
import asyncio, os, pathlib, sqlite3, time
from datetime import date, datetime, timedelta, timezone, tzinfo

def hub(m, rules=None, sheets=None):
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE $table (meter TEXT, at INTEGER, shown INTEGER CHECK (shown >= 0))")
    return m.$Class(db, (sheets or {}).__getitem__, rules or {}), db

def stored(db):
    return [
        list(row)
        for row in db.execute("SELECT meter, at, shown FROM $table ORDER BY meter, at, shown")
    ]

def tried(call):
    try:
        return plain(call())
    except Exception as error:
        return "raised " + type(error).__name__

def cost(call):
    best = None
    for _ in range(3):
        begin = time.perf_counter_ns()
        tried(call)
        spent = time.perf_counter_ns() - begin
        best = spent if best is None else min(best, spent)
    return best

def rows_of(readings):
    return [[r.meter, r.shown, r.at] for r in readings]

class Halves(tzinfo):
    def utcoffset(self, moment):
        return timedelta(hours=2 if moment is not None and 4 <= moment.month < 10 else 1)

    def dst(self, moment):
        return timedelta(hours=1 if moment is not None and 4 <= moment.month < 10 else 0)

    def fromutc(self, moment):
        return moment + self.utcoffset(moment)

def unix(*parts):
    return int(datetime(*parts, tzinfo=timezone.utc).timestamp())

class Writer:
    def __init__(self):
        self.closed, self.sent = 0, b""

    def write(self, data):
        self.sent += data

    def close(self):
        self.closed += 1

    async def drain(self):
        pass

    async def wait_closed(self):
        pass

    def is_closing(self):
        return bool(self.closed)

class Reader:
    def __init__(self, answer):
        self.answer = answer

    async def readline(self):
        if self.answer is None:
            await asyncio.sleep(30)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def readuntil(self, separator=b"\n"):
        return await self.readline()

def asked(m, answer, give_up=None):
    m.SECONDS = 0.05
    writer = Writer()
    h, _ = hub(m)

    async def connect(address):
        if answer == "none":
            await asyncio.sleep(30)
        return Reader(answer), writer

    async def run():
        task = asyncio.ensure_future(h.ask("10.0.0.7", connect))
        done, _ = await asyncio.wait({task}, timeout=give_up or 0.5)
        if not done:
            task.cancel()
            await asyncio.wait({task}, timeout=0.1)
            said = "hangs"
        elif task.exception() is not None:
            said = "raised " + type(task.exception()).__name__
        else:
            said = task.result().decode()
        return [said, writer.sent.decode(), writer.closed > 0]

    return asyncio.run(run())
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "used_plain",
            None,
            """\
return plain(
    [
        m.used(*given)
        for given in (
            (5, 5, 4),
            (100, 250, 4),
            (1, 9999, 4),
            (None, 7, 4),
            (7, None, 4),
            (None, None, 4),
        )
    ]
)
""",
            [0, 150, 9998, None, None, None],
        ),
        Scenario(
            "used_turns",
            "used",
            """\
return plain(
    [
        m.used(*given)
        for given in ((9999, 1, 4), (9990, 20, 4), (500, 499, 3), (999_998, 3, 6), (8, 2, 1))
    ]
)
""",
            [2, 30, 999, 5, 4],
        ),
        Scenario(
            "used_zero",
            "used",
            """\
return plain(
    [m.used(*given) for given in ((0, 40, 4), (0, 0, 4), (None, 0, 4), (0, None, 4))]
    + [m.used(9999, 0, 4), m.used(95, 0, 2)]
)
""",
            [40, 0, None, None, 1, 5],
        ),
        Scenario(
            "parsed_plain",
            None,
            r"""
block = "a.main 12 1700000000\nb 7 1700000001\na.main 12 1700000000\n"
block += "a.main  13 1700000002\nb 7 1700000001\n"
bad = ("a 1", "a 1 2 3", "a. 1 2", ".a 1 2", "a..b 1 2", "a x 2", "a 1 -7", "a 1 2\nb")
return plain(
    [
        rows_of(m.parsed(block)),
        m.parsed(""),
        [tried(lambda: m.parsed(text)) for text in bad],
        rows_of(m.parsed("x.y.z-1 0 0\r\nq_1 5 6")),
    ]
)
""",
            [
                [
                    ["a.main", 12, 1700000000],
                    ["b", 7, 1700000001],
                    ["a.main", 13, 1700000002],
                ],
                [],
                ["raised ValueError"] * 8,
                [["x.y.z-1", 0, 0], ["q_1", 5, 6]],
            ],
        ),
        Scenario(
            "parsed_blocks",
            "parsed",
            r"""
def block(count):
    return "\n".join(f"a.b{i % 7} {i} {i}" for i in range(count))

small, large = block(40), block(640)
ratio = cost(lambda: m.parsed(large)) / cost(lambda: m.parsed(small))
return plain([len(m.parsed(large + "\n" + large)), "slow" if ratio > 48 else "steady"])
""",
            [640, "steady"],
        ),
        Scenario(
            "parsed_words",
            "parsed",
            """\
short, long = (cost(lambda: m.parsed("a" * size + " 1 x")) for size in (6, 14))
other, wide = (cost(lambda: m.parsed("b" * size + "! - -")) for size in (6, 14))
fair = rows_of(m.parsed("a" * 300 + "." + "b" * 300 + " 1 2"))
return plain([len(fair[0][0]), "slow" if long > 20 * short or wide > 20 * other else "steady"])
""",
            [601, "steady"],
        ),
        Scenario(
            "daily_plain",
            None,
            """\
noon = [
    (unix(2026, 1, day, 11), amount) for day, amount in ((5, 3), (5, 4), (6, 1), (9, 0), (9, 8))
]
out = [[str(day), total] for day, total in m.daily(iter(noon), timezone.utc)]
return plain([out, list(m.daily([], timezone.utc))])
""",
            [[["2026-01-05", 7], ["2026-01-06", 1], ["2026-01-09", 8]], []],
        ),
        Scenario(
            "daily_zones",
            "daily",
            """\
rows = [
    (unix(2026, 1, 9, 22, 30), 1),
    (unix(2026, 1, 9, 23, 30), 10),
    (unix(2026, 7, 9, 21, 30), 100),
    (unix(2026, 7, 9, 22, 30), 1000),
    (unix(2026, 7, 9, 23, 30), 10000),
]
return plain(
    [
        [[str(day), total] for day, total in m.daily(rows, zone)]
        for zone in (Halves(), timezone(timedelta(hours=-5)))
    ]
)
""",
            [
                [
                    ["2026-01-09", 1],
                    ["2026-01-10", 10],
                    ["2026-07-09", 100],
                    ["2026-07-10", 11000],
                ],
                [["2026-01-09", 11], ["2026-07-09", 11100]],
            ],
        ),
        Scenario(
            "daily_stream",
            "daily",
            """\
taken = []

def rows():
    for day in range(1, 29):
        for hour in (10, 11, 12):
            taken.append(day)
            yield unix(2026, 3, day, hour), 2

days = m.daily(rows(), timezone.utc)
out = []
for _ in range(3):
    day, total = next(days)
    out.append([str(day), total, taken[-1] <= day.day + 2])
rest = list(days)
return plain([out, len(rest), len(taken)])
""",
            [
                [["2026-03-01", 6, True], ["2026-03-02", 6, True], ["2026-03-03", 6, True]],
                25,
                84,
            ],
        ),
        Scenario(
            "gaps_plain",
            None,
            """\
return plain(
    [
        m.gaps([], 60, []),
        m.gaps([5], 60, [(0, 9)]),
        m.gaps([0, 600_000], 60, []),
        m.gaps([0, 600_000, 600_050, 999_000], 60, [(0, 600_000), (600_050, 1_000_000)]),
    ]
)
""",
            [[], [], [[0, 600_000]], []],
        ),
        Scenario(
            "gaps_limits",
            "gaps",
            """\
stamps = [0, 60_000, 150_000, 240_001, 300_000, 420_000]
return plain(
    [
        m.gaps(stamps, 60, []),
        m.gaps(stamps, 60.0, [(140_000, 250_000)]),
        m.gaps([0, 1499, 3000], 1, []),
        m.gaps([0, 700, 1500], 0.5, []),
        m.gaps([0, 50, 100], 10, []),
    ]
)
""",
            [
                [[150_000, 240_001], [300_000, 420_000]],
                [[300_000, 420_000]],
                [[1499, 3000]],
                [[700, 1500]],
                [],
            ],
        ),
        Scenario(
            "gaps_pauses",
            "gaps",
            """\
stamps = [0, 1_000_000, 2_000_000]
out = []
for pauses in (
    [(0, 1_000_000)],
    [(1, 1_000_000)],
    [(0, 999_999)],
    [(400_000, 500_000)],
    [(900_000, 1_100_000)],
    [(1_000_000, 2_000_000), (0, 5)],
    [(0, 500_000), (500_000, 1_000_000)],
    [(-5, 2_000_001)],
):
    out.append(len(m.gaps(stamps, 100, pauses)))
return plain(out)
""",
            [1, 2, 2, 2, 2, 1, 2, 0],
        ),
        Scenario(
            "replace_plain",
            None,
            """\
h, db = hub(m)
h.replace("a", [(1, 10), (2, 20)])
h.replace("b", iter([(1, 5)]))
h.replace("a", [(3, 30)])
h.replace("c", [])
return plain([stored(db), db.in_transaction])
""",
            [[["a", 3, 30], ["b", 1, 5]], False],
        ),
        Scenario(
            "replace_fails",
            "replace",
            """\
h, db = hub(m)
h.replace("a", [(1, 10), (2, 20)])

def failing():
    yield 7, 70
    raise KeyError("disk")

out = [tried(lambda: h.replace("a", failing())), tried(lambda: h.replace("a", [(8, 80), (9, -1)]))]
h.replace("b", [(1, 1)])
return plain([out, stored(db)])
""",
            [
                ["raised KeyError", "raised IntegrityError"],
                [["a", 1, 10], ["a", 2, 20], ["b", 1, 1]],
            ],
        ),
        Scenario(
            "replace_names",
            "replace",
            """\
h, db = hub(m)
for meter in ("a", "b"):
    h.replace(meter, [(1, 10)])
for meter in ("x' OR '1'='1", "o'clock", "a' --"):
    tried(lambda: h.replace(meter, [(2, 20)]))
return plain([row for row in stored(db) if row[0] in "ab"] + [len(stored(db))])
""",
            [["a", 1, 10], ["b", 1, 10], 5],
        ),
        Scenario(
            "ask_plain",
            None,
            r"""
return plain([asked(m, b"12 34\n"), asked(m, ConnectionResetError("gone")), asked(m, "none")[0]])
""",
            [
                ["12 34\n", "READ\r\n", True],
                ["raised ConnectionResetError", "READ\r\n", True],
                "raised TimeoutError",
            ],
        ),
        Scenario(
            "ask_silent",
            "ask",
            r"""
return plain([asked(m, None), asked(m, b"1\n"), asked(m, None, give_up=0.01)])
""",
            [
                ["raised TimeoutError", "READ\r\n", True],
                ["1\n", "READ\r\n", True],
                ["hangs", "READ\r\n", True],
            ],
        ),
        Scenario(
            "factor_plain",
            None,
            r"""
read = []
sheets = {
    "a": "- {since: 2026-02-01, factor: 3}\n- {since: 2026-01-01, factor: 2}\n",
    "b": "- {since: 2020-01-01, factor: 10}\n",
}

class Sheets(dict):
    def __getitem__(self, meter):
        read.append(meter)
        return super().__getitem__(meter)

h, _ = hub(m, sheets=Sheets(sheets))
out = [
    h.factor("a", date(2026, 3, 1)),
    h.factor("a", date(2026, 2, 1)),
    h.factor("b", date(2026, 3, 1)),
    h.factor("b", date(2020, 1, 1)),
]
return plain(
    [out, sorted(read), tried(lambda: hub(m, sheets=sheets)[0].factor("a", date(2025, 12, 31)))]
)
""",
            [[3, 3, 10, 10], ["a", "b"], "raised LookupError"],
        ),
        Scenario(
            "factor_days",
            "factor",
            r"""
sheets = {"a": "- {since: 2026-02-01, factor: 3}\n- {since: 2026-01-01, factor: 2}\n"}
h, _ = hub(m, sheets=sheets)
days = (date(2026, 1, 31), date(2026, 2, 1), date(2026, 1, 1), date(2026, 3, 1))
return plain(
    [[h.factor("a", day) for day in days], tried(lambda: h.factor("a", date(2025, 12, 31)))]
)
""",
            [[2, 3, 2, 3], "raised LookupError"],
        ),
        Scenario(
            "factor_sheets",
            "factor",
            """\
out = []
for text in (
    "!!python/object/apply:os.mkdir [/w/evil1]",
    "- {since: 2020-01-01, factor: !!python/object/apply:os.mkdir [/w/evil2]}",
    "- !!python/object/new:os.mkdir [/w/evil3]",
    "- {since: 2020-01-01, factor: 4}",
):
    h, _ = hub(m, sheets={"a": text})
    said = tried(lambda: h.factor("a", date(2026, 1, 1)))
    out.append(said if said == 4 else "refused")
return plain([out, sorted(path.name for path in pathlib.Path("/w").glob("evil*"))])
""",
            [["refused", "refused", "refused", 4], []],
        ),
        Scenario(
            "alarms_plain",
            None,
            """\
h, _ = hub(m, rules={"a": ["above 300", "below 5", "above 100"]})
out = [list(h.alarms("a", value)) for value in (50, 100, 101, 4, 5, 400, 50)]
return plain(
    [out, h.alarms("b", 9), tried(lambda: hub(m, rules={"c": ["above x"]})[0].alarms("c", 1))[:6]]
)
""",
            [
                [
                    [],
                    [],
                    ["above 100"],
                    ["above 100", "below 5"],
                    ["above 100", "below 5"],
                    ["above 100", "below 5", "above 300"],
                    ["above 100", "below 5", "above 300"],
                ],
                [],
                "raised",
            ],
        ),
        Scenario(
            "alarms_own",
            "alarms",
            """\
h, _ = hub(m, rules={"a": ["above 10", "below 5", "above 20"]})
first = h.alarms("a", 15)
kept = list(first)
first.clear()
second = h.alarms("a", 3)
second.append("mine")
second.sort(reverse=True)
return plain([kept, h.alarms("a", 7), h.alarms("a", 25), h.alarms("z", 1)])
""",
            [
                ["above 10"],
                ["above 10", "below 5"],
                ["above 10", "below 5", "above 20"],
                [],
            ],
        ),
        Scenario(
            "alarms_typed",
            "alarms",
            """\
out = []
for bound in ("open('/w/evil', 'w') and 1", "1 or True", "len('abc')", "value - 1", "7"):
    h, _ = hub(m, rules={"a": ["above " + bound]})
    out.append(tried(lambda: h.alarms("a", 8)))
return plain([out, pathlib.Path("/w/evil").exists()])
""",
            [["raised ValueError"] * 4 + [["above 7"]], False],
        ),
    ),
)
