"""Proves the module `payouts`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import logging, sqlite3, pathlib
from datetime import datetime, timedelta, timezone

class Db(sqlite3.Connection):
    before = None

    def execute(self, sql, *args):
        if self.before and not self.in_transaction:
            self.before()
        return super().execute(sql, *args)

HERE = timezone(timedelta(hours=9))

def desk(m, db=None):
    folder = pathlib.Path("/w/outbox")
    folder.mkdir(exist_ok=True)
    return m.$Class(db or base(), folder)

def base(*sent):
    db = sqlite3.connect(":memory:", factory=Db)
    db.executescript(
        "CREATE TABLE ${run}s (name TEXT PRIMARY KEY);"
        "CREATE TABLE owed ($party TEXT PRIMARY KEY, cents INTEGER);"
        "CREATE TABLE $table (number TEXT PRIMARY KEY, $party TEXT, cents INTEGER, state TEXT)"
    )
    db.executemany("INSERT INTO $table VALUES (?, ?, ?, 'sent')", sent)
    db.commit()
    return db

def owed(db, party):
    found = db.execute("SELECT cents FROM owed WHERE $party = ?", (party,)).fetchone()
    return found[0] if found else 0

def transfer(m, cents=100, name="Ann", text="thanks", account="DE02120300000000202051"):
    return m.Transfer(account=account, name=name, text=text, cents=cents)

def logged(m, call):
    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())
    m.log.handlers[:] = [handler]
    m.log.setLevel(1)
    m.log.propagate = False
    call()
    return lines

def tried(call):
    try:
        return plain(call())
    except Exception as error:
        return "raised " + type(error).__name__
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "commission_plain",
            None,
            """\
return plain([m.commission(*pair) for pair in ((0, 500), (10_000, 0), (-3, 100))])
""",
            [0, 0, 0],
        ),
        Scenario(
            "commission_rounds",
            "commission",
            """\
pairs = ((10_000, 1250), (999, 1000), (333, 250), (10, 500), (1, 4999), (1, 5000), (7, 9999))
up = [m.commission(*pair) for pair in pairs]
down = [m.commission(-gross, rate) for gross, rate in pairs]
return plain(
    [up, down, m.commission(123_456_789, 1234), m.commission(-30, 1500), m.commission(-50, 700)]
)
""",
            [
                [1250, 100, 8, 1, 0, 1, 7],
                [-1250, -100, -8, -1, 0, -1, -7],
                15234568,
                -5,
                -4,
            ],
        ),
        Scenario(
            "split_plain",
            None,
            """\
return plain([m.split(900, {"a": 1, "b": 2}), m.split(0, {"a": 5}), m.split(12, {"x": 3, "y": 3})])
""",
            [{"a": 300, "b": 600}, {"a": 0}, {"x": 6, "y": 6}],
        ),
        Scenario(
            "split_leftovers",
            "split",
            """\
out = [m.split(100, {"a": 1, "b": 1, "c": 1}), m.split(5, {"c": 1, "b": 1, "a": 1})]
out += [
    m.split(100, {"a": 71, "b": 29}),
    m.split(1, {"z": 1, "y": 9}),
    m.split(1000, {"p": 424, "q": 1, "r": 575}),
]
out += [m.split(10**17 + 1, {"a": 1, "b": 1}), m.split(2, {"a": 1, "b": 1, "c": 1})]
return plain(out)
""",
            [
                {"a": 34, "b": 33, "c": 33},
                {"c": 2, "b": 2, "a": 1},
                {"a": 71, "b": 29},
                {"z": 1, "y": 0},
                {"p": 424, "q": 1, "r": 575},
                {"a": 50000000000000001, "b": 50000000000000000},
                {"a": 1, "b": 1, "c": 0},
            ],
        ),
        Scenario(
            "split_floats",
            "split",
            """\
worst = 0
for total in (7, 10, 29, 49, 100, 103, 1000):
    for weight in range(1, total, 7):
        for amount in (total, 3 * total, 100 * total):
            shares = m.split(amount, {"a": total - weight, "b": weight})
            worst = max(
                worst,
                abs(shares["b"] * total - amount * weight),
                abs(sum(shares.values()) - amount),
            )
return plain([worst, m.split(300, {"a": 1, "b": 2})])
""",
            [0, {"a": 100, "b": 200}],
        ),
        Scenario(
            "row_plain",
            None,
            """\
return plain(
    [m.row(transfer(m)).decode(), m.row(transfer(m, name="B; C", text="a;b", cents=7)).decode()]
)
""",
            ["DE02120300000000202051;100;Ann;thanks", "DE02120300000000202051;7;B  C;a b"],
        ),
        Scenario(
            "row_names",
            "row",
            r"""
out = []
for name in ("x" * 40, "\u00e9" * 40, "a" + "\u00e9" * 40, "\u65e5" * 12, "a" * 34 + "\U0001f600"):
    field = m.row(transfer(m, name=name)).split(b";")[2]
    out.append([len(field), field.decode() == name[: len(field.decode())]])
return plain(out)
""",
            [[35, True], [34, True], [35, True], [33, True], [34, True]],
        ),
        Scenario(
            "row_breaks",
            "row",
            r"""
out = []
for end in ("\r", "\n", "\r\n"):
    out.append(m.row(transfer(m, name="Ann" + end + "A", text="a" + end + "X;999;Eve;t")).decode())
return plain(out)
""",
            [
                "DE02120300000000202051;100;Ann A;a X 999 Eve t",
                "DE02120300000000202051;100;Ann A;a X 999 Eve t",
                "DE02120300000000202051;100;Ann  A;a  X 999 Eve t",
            ],
        ),
        Scenario(
            "due_plain",
            None,
            """\
utc = timezone.utc
now = datetime(2026, 3, 20, 3, tzinfo=utc)
sales = [
    m.Sale("ann", 2000, datetime(2026, 3, 1, 3, tzinfo=utc)),
    m.Sale("ann", 501, datetime(2026, 3, 2, 3, tzinfo=utc)),
    m.Sale("bob", 2499, datetime(2026, 3, 2, 3, tzinfo=utc)),
    m.Sale("eve", 9000, datetime(2026, 3, 19, 3, tzinfo=utc)),
    m.Sale("kim", 2500, datetime(2026, 3, 2, 3, tzinfo=utc)),
    m.Sale("kim", -100, datetime(2026, 3, 3, 3, tzinfo=utc)),
    m.Sale("lou", 2500, datetime(2026, 3, 2, 3, tzinfo=utc)),
    m.Sale("moe", 90, datetime(2026, 3, 2, 3, tzinfo=utc)),
    m.Sale("ned", -90, datetime(2026, 3, 2, 3, tzinfo=utc)),
]
return plain([m.due(sales, now, HERE, {"moe": 90, "ned": 5}), m.due([], now, HERE, {})])
""",
            [{"ann": 2501, "lou": 2500, "moe": 90}, {}],
        ),
        Scenario(
            "due_days",
            "due",
            """\
utc, here, west = timezone.utc, timezone(timedelta(hours=9)), timezone(timedelta(hours=-8))
sales = [
    m.Sale("a", 5000, datetime(2026, 3, 1, 14, 59, tzinfo=utc)),
    m.Sale("b", 5000, datetime(2026, 3, 1, 15, 1, tzinfo=utc)),
    m.Sale("c", 5000, datetime(2026, 3, 1, 8, tzinfo=west)),
    m.Sale("d", 5000, datetime(2026, 3, 1, 23, 59, tzinfo=here)),
]
out = []
for now in (
    datetime(2026, 3, 7, 23, 59, tzinfo=here),
    datetime(2026, 3, 8, 0, 1, tzinfo=here),
    datetime(2026, 3, 7, 16, tzinfo=utc),
    datetime(2026, 3, 8, 14, 0, tzinfo=utc),
    datetime(2026, 3, 8, 15, 30, tzinfo=utc),
):
    out.append(sorted(m.due(sales, now, HERE, {})))
return plain(out)
""",
            [[], ["a", "d"], ["a", "d"], ["a", "d"], ["a", "b", "c", "d"]],
        ),
        Scenario(
            "due_minimums",
            "due",
            """\
old, now = datetime(2026, 1, 1, tzinfo=timezone.utc), datetime(2026, 3, 1, tzinfo=timezone.utc)
chosen = {"a": 0, "b": 0, "c": 0, "d": 1, "e": 7000}
sales = [
    m.Sale(who, cents, old)
    for who, cents in (("a", 12), ("b", 0), ("c", -5), ("d", 1), ("e", 6999), ("f", 12))
]
return plain(m.due(sales, now, HERE, chosen))
""",
            {"a": 12, "d": 1},
        ),
        Scenario(
            "claim_plain",
            None,
            """\
db = base()
one, two = desk(m, db=db), desk(m, db=db)
return plain(
    [
        one.claim("2026-07"),
        two.claim("2026-07"),
        one.claim("2026-07"),
        two.claim("2026-08"),
        db.in_transaction,
    ]
)
""",
            [True, False, False, True, False],
        ),
        Scenario(
            "claim_contested",
            "claim",
            """\
out = []
for at in (1, 2, 3):
    db = base()
    one, two = desk(m, db=db), desk(m, db=db)
    steps, won = [], []

    def meanwhile():
        steps.append(1)
        if len(steps) == at:
            db.before = None
            won.append(two.claim("x"))

    db.before = meanwhile
    won.append(one.claim("x"))
    db.before = None
    won.append(two.claim("x"))
    out.append(won.count(True))
return plain(out)
""",
            [1, 1, 1],
        ),
        Scenario(
            "claim_broken",
            "claim",
            """\
db = base()
one = desk(m, db=db)

def locked():
    raise sqlite3.OperationalError("database is locked")

out = [one.claim("a")]
db.before = locked
for name in ("a", "b"):
    out.append(
        tried(lambda: one.claim(name))[:6]
        if not isinstance(tried(lambda: one.claim(name)), bool)
        else "answered"
    )
db.before = None
return plain(out + [one.claim("b"), one.claim("a")])
""",
            [True, "raised", "raised", True, False],
        ),
        Scenario(
            "write_plain",
            None,
            """\
d = desk(m)
path = d.write("2026-07", [transfer(m), transfer(m, name="Bo", cents=5)])
again = d.write("2026-07", [transfer(m, cents=6)])
return plain(
    [
        str(path),
        str(again),
        path.read_bytes().decode(),
        sorted(p.name for p in path.parent.glob("*.csv")),
    ]
)
""",
            [
                "/w/outbox/2026-07.csv",
                "/w/outbox/2026-07.csv",
                "DE02120300000000202051;6;Ann;thanks\r\n",
                ["2026-07.csv"],
            ],
        ),
        Scenario(
            "write_names",
            "write",
            """\
d = desk(m)
pathlib.Path("/w/outbox/a").mkdir()
pathlib.Path("/w/outbox2").mkdir()
names = (
    "a/../../evil",
    "../evil",
    "/w/evil",
    "a/x",
    "",
    "a/../../outbox2/x",
    "a.b/../../evil",
    "a b",
)
out = [tried(lambda: str(d.write(name, [transfer(m)]))) for name in names]
found = [str(p) for p in pathlib.Path("/w").rglob("*evil*")] + [
    str(p) for p in pathlib.Path("/w/outbox2").iterdir()
]
return plain([out, sorted(found)])
""",
            [["raised ValueError"] * 8, []],
        ),
        Scenario(
            "write_whole",
            "write",
            r"""
d = desk(m)
folder = pathlib.Path("/w/outbox")
seen = []
first = d.write("r1", [transfer(m)]).read_bytes().decode()

def source(fail):
    for i in range(3):
        seen.append([p.name + " " + str(len(p.read_bytes())) for p in sorted(folder.glob("*.csv"))])
        yield transfer(m, cents=i)
    if fail:
        raise KeyError("lost")

out = [tried(lambda: d.write("r1", source(True))), tried(lambda: d.write("r2", source(True)))]
out.append(d.write("r3", source(False)).read_bytes().count(b"\r\n"))
return plain([out, seen, first, (folder / "r1.csv").read_bytes().decode()])
""",
            [
                ["raised KeyError", "raised KeyError", 3],
                [["r1.csv 39"]] * 9,
                "DE02120300000000202051;100;Ann;thanks\r\n",
                "DE02120300000000202051;100;Ann;thanks\r\n",
            ],
        ),
        Scenario(
            "submit_plain",
            None,
            """\
out = []
for fails in (0, 1, 3, 4):
    naps, calls = [], []

    def send(content):
        calls.append(content.decode())
        if len(calls) <= fails:
            raise ConnectionRefusedError("down")
        return f"R-{len(calls)}"

    got = tried(lambda: m.submit([transfer(m), transfer(m, cents=9)], send, naps.append))
    out.append([got, len(calls), naps, calls[-1]])
return plain(out)
""",
            [
                [
                    got,
                    calls,
                    naps,
                    "DE02120300000000202051;100;Ann;thanks\r\nDE02120300000000202051;9;Ann;thanks",
                ]
                for got, calls, naps in (
                    ("R-1", 1, []),
                    ("R-2", 2, [20.0]),
                    ("R-4", 4, [20.0] * 3),
                    ("raised ConnectionRefusedError", 4, [20.0] * 3),
                )
            ],
        ),
        Scenario(
            "submit_unclear",
            "submit",
            """\
out = []
for error in (TimeoutError, ConnectionResetError, BrokenPipeError, OSError, RuntimeError):
    for after in (0, 2):
        calls, naps = [], []

        def send(content):
            calls.append(1)
            raise (ConnectionRefusedError if len(calls) <= after else error)("lost")

        out.append(
            [tried(lambda: m.submit([transfer(m)], send, naps.append)), len(calls), len(naps)]
        )
return plain(out)
""",
            [
                [f"raised {name}", calls, calls - 1]
                for name in (
                    "TimeoutError",
                    "ConnectionResetError",
                    "BrokenPipeError",
                    "OSError",
                    "RuntimeError",
                )
                for calls in (1, 3)
            ],
        ),
        Scenario(
            "submit_logs",
            "submit",
            """\
accounts = ("DE02120300000000202051", "GB33BUKB20201555555555")
calls = []

def send(content):
    calls.append(1)
    if len(calls) == 1:
        raise ConnectionRefusedError("down")
    return "R"

lines = " ".join(
    logged(m, lambda: m.submit([transfer(m, account=a) for a in accounts], send, calls.append))
)
return plain(
    [
        len(calls),
        [a[at : at + 6] in lines for a in accounts for at in range(0, len(a) - 5)].count(True),
    ]
)
""",
            [3, 0],
        ),
        Scenario(
            "reverse_plain",
            None,
            """\
db = base(("T1", "ann", 100), ("T2", "ann", 30), ("T3", "bob", 7))
d = desk(m, db)
out = [
    owed(db, "ann"),
    d.reverse("T1", "ann"),
    owed(db, "ann"),
    d.reverse("T2", "ann"),
    owed(db, "ann"),
    owed(db, "bob"),
]
out += [
    tried(lambda: d.reverse("T1", "ann")),
    tried(lambda: d.reverse("T9", "ann")),
    owed(db, "ann"),
]
return plain(out)
""",
            [0, None, 100, None, 130, 0, "raised LookupError", "raised LookupError", 130],
        ),
        Scenario(
            "reverse_whole",
            "reverse",
            """\
db = base(("T1", "ann", 100), ("T2", "ann", 40))
d = desk(m, db)
d.reverse("T2", "ann")
db.execute("CREATE TRIGGER full1 BEFORE UPDATE ON owed BEGIN SELECT RAISE(ABORT, 'disk full'); END")
db.execute("CREATE TRIGGER full2 BEFORE INSERT ON owed BEGIN SELECT RAISE(ABORT, 'disk full'); END")
db.commit()
first = tried(lambda: d.reverse("T1", "ann"))[:6]
state = db.execute("SELECT state FROM $table WHERE number = 'T1'").fetchone()[0]
db.execute("DROP TRIGGER full1")
db.execute("DROP TRIGGER full2")
db.commit()
return plain(
    [first, state, owed(db, "ann"), tried(lambda: d.reverse("T1", "ann")), owed(db, "ann")]
)
""",
            ["raised", "sent", 40, None, 140],
        ),
        Scenario(
            "reverse_own",
            "reverse",
            """\
db = base(("T1", "ann", 100), ("T2", "bob", 5))
d = desk(m, db)
out = [
    tried(lambda: d.reverse(*pair))
    for pair in (("T1", "bob"), ("T2", "ann"), ("T1", ""), ("T2", "bob"))
]
states = [list(r) for r in db.execute("SELECT number, state FROM $table ORDER BY number")]
return plain([out, states, owed(db, "ann"), owed(db, "bob")])
""",
            [
                ["raised LookupError", "raised LookupError", "raised LookupError", None],
                [["T1", "sent"], ["T2", "returned"]],
                0,
                5,
            ],
        ),
    ),
)
