"""Proves the module `ledger`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import sqlite3, pathlib, time
ROOT = "/w/$folder"
def opened(m, db, tenant="north"):
    return m.${Noun}Store(db, tenant, pathlib.Path(ROOT))
def store(m):
    db = sqlite3.connect(":memory:")
    s = opened(m, db)
    s.add("N-2", "ann", 1000, "2026-01-02", "cleo")
    s.add("N-1", "ann", 250, "2026-01-03", "carl")
    s.add("N-3", "bob", 700, "2026-01-01", "cleo")
    return s, db
def outcome(call, *given):
    try:
        return plain(call(*given))
    except Exception as error:
        return type(error).__name__
def paid(db):
    rows = db.execute("SELECT number, paid FROM $table ORDER BY number").fetchall()
    return [plain(rows), plain(db.execute("SELECT number, cents FROM payments").fetchall())]
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "search_known",
            None,
            """\
s, db = store(m)
opened(m, db, "south").add("N-1", "ann", 5, "2026-01-04", "sue")
known = [s.search("ann"), s.search("ann", "newest"), sorted(s.search("ann", "$party"))]
return plain(known + [s.search("x"), s.search("bob", "number"), s.search("ann' OR '1'='1")])
""",
            [["N-1", "N-2"], ["N-1", "N-2"], ["N-1", "N-2"], [], ["N-3"], []],
        ),
        Scenario(
            "search_unknown",
            "search",
            """\
s, _ = store(m)
sorts = ("created_at LIMIT 0", "number LIMIT 0", "", "nothing", "(SELECT 1) LIMIT 0",
         "number, (SELECT max(id) FROM $table) LIMIT 0", "number DESC")
return [outcome(s.search, "ann", sort) for sort in sorts]
""",
            [["N-1", "N-2"]] * 7,
        ),
        Scenario(
            "page_plain",
            None,
            """\
s, _ = store(m)
return plain([s.page(1, 2), s.page(3, 2), s.page(1)])
""",
            [["N-2", "N-1"], [], ["N-2", "N-1", "N-3"]],
        ),
        Scenario(
            "page_gaps",
            "page",
            """\
s, db = store(m)
other = opened(m, db, "south")
for number in ("N-4", "N-5"):
    other.add(number, "x", 1, "2026-01-01", "sue")
    s.add(number, "bob", 1, "2026-02-01", "cleo")
return plain([s.page(1, 2), s.page(2, 2), s.page(3, 2), s.page(1, 5), s.page(2, 3), other.page(1)])
""",
            [
                ["N-2", "N-1"],
                ["N-3", "N-4"],
                ["N-5"],
                ["N-2", "N-1", "N-3", "N-4", "N-5"],
                ["N-4", "N-5"],
                ["N-4", "N-5"],
            ],
        ),
        Scenario(
            "total_plain",
            None,
            """\
s, _ = store(m)
return plain([s.total([]), s.total([("2.50", 3), ("0.10", 1)]), s.total([("19.99", 2)])])
""",
            ["0.00", "7.60", "39.98"],
        ),
        Scenario(
            "total_exact",
            "total",
            """\
s, _ = store(m)
sums = [[("1.005", 1)], [("0.335", 1)] * 3, [("0.0050", 2)] * 2, [("0.0025", 1)] * 4]
return plain([s.total(lines) for lines in sums])
""",
            ["1.01", "1.01", "0.02", "0.01"],
        ),
        Scenario(
            "export_inside",
            None,
            """\
s, _ = store(m)
first, second = s.export("march.csv", [("N-1", "3,50")]), s.export("a/b", [])
return plain([str(first), open(ROOT + "/march.csv", newline="").read(), str(second)])
""",
            ["/w/$folder/march.csv", 'N-1,"3,50"\r\n', "/w/$folder/a/b"],
        ),
        Scenario(
            "export_outside",
            "export",
            """\
s, _ = store(m)
names = ("../$folder-old/x.csv", "../evil", "a/../../evil", "/w/evil", "x/../../../w/evil")
return [outcome(s.export, name, []) for name in names]
""",
            ["ValueError"] * 5,
        ),
        Scenario(
            "load_plain",
            None,
            """\
s, db = store(m)
opened(m, db, "south").add("N-8", "ann", 5, "2026-01-04", "sue")
rows = [("N-7", "ann", 20), ("N-2", "ann", 30), ("N-8", "bob", 40), ("N-7", "bob", 50)]
many = [(f"M-{i}", "cy", 1) for i in range(120)]
out = [s.load(rows), s.load(iter(rows)), s.load([]), s.load(iter(many + many[:30]))]
return plain(out + [s.search("ann"), s.search("bob"), len(s.search("cy")), s.balance("ann")])
""",
            [2, 0, 0, 120, ["N-1", "N-2", "N-7"], ["N-3", "N-8"], 120, 1270],
        ),
        Scenario(
            "load_bad",
            None,
            """\
s, db = store(m)
bad = [("N-7", "ann", 20), ("N-8", "ann", -5)]
try:
    said = s.load(bad)
except sqlite3.Error:
    said = "refused"
return plain([said, s.load([("N-9", "bob", 1)]), s.search("bob")])
""",
            ["refused", 1, ["N-3", "N-9"]],
        ),
        Scenario(
            "load_many",
            "load",
            """\
def loaded(number):
    db = sqlite3.connect(":memory:")
    s, held = opened(m, db), []
    def rows():
        for i in range(number):
            if i % 25 == 0:
                held.append(i - db.total_changes)
            yield f"N-{i}", "ann", 1
    begin = time.perf_counter_ns()
    added = s.load(rows())
    return added, time.perf_counter_ns() - begin, max(held)
loaded(50)
few, many = loaded(100), loaded(500)
return [few[0], many[0], many[1] < 9 * few[1], many[2] <= m.BATCH]
""",
            [100, 500, True, True],
        ),
        Scenario(
            "load_held",
            "load",
            """\
db = sqlite3.connect(":memory:")
s, held = opened(m, db), []
def rows():
    for i in range(400):
        held.append(i - db.total_changes)
        yield f"N-{i}", "ann", 1
return plain([s.load(rows()), max(held) <= m.BATCH, len(s.search("ann"))])
""",
            [400, True, 400],
        ),
        Scenario(
            "settle_plain",
            None,
            """\
s, db = store(m)
s.settle("N-2", 400)
s.settle("N-2", 600)
s.settle("N-1", 1)
return paid(db)
""",
            [
                [["N-1", 1], ["N-2", 1000], ["N-3", 0]],
                [["N-2", 400], ["N-2", 600], ["N-1", 1]],
            ],
        ),
        Scenario(
            "settle_refused",
            "settle",
            """\
s, db = store(m)
s.settle("N-2", 400)
tries = (("N-2", -100), ("N-2", 0), ("N-2", 601), ("N-9", 5))
out = [outcome(s.settle, *given) for given in tries]
s.settle("N-1", 50)
return [out, paid(db)]
""",
            [
                ["StoreError"] * 4,
                [[["N-1", 50], ["N-2", 400], ["N-3", 0]], [["N-2", 400], ["N-1", 50]]],
            ],
        ),
        Scenario(
            "balance_plain",
            None,
            """\
s, db = store(m)
opened(m, db, "south").add("N-1", "ann", 5, "2026-01-04", "sue")
return plain([s.balance(who) for who in ("ann", "bob", "ann", "nobody")])
""",
            [1250, 700, 1250, 0],
        ),
        Scenario(
            "balance_changes",
            "balance",
            """\
s, _ = store(m)
out = [s.balance("ann")]
s.add("N-4", "ann", 30, "2026-01-05", "cleo"); out.append(s.balance("ann"))
s.settle("N-2", 1000); out.append(s.balance("ann"))
s.settle("N-3", 7); out += [s.balance("bob"), s.balance("ann")]
s.settle("N-1", 50); out += [s.balance("bob"), s.balance("ann")]
s.remove("N-1", m.Member("carl", "north", "clerk")); out.append(s.balance("ann"))
return plain(out)
""",
            [1250, 1280, 280, 693, 280, 693, 230, 30],
        ),
        Scenario(
            "remove_plain",
            None,
            """\
s, db = store(m)
opened(m, db, "south").add("N-2", "ann", 5, "2026-01-04", "sue")
s.remove("N-2", m.Member("adam", "north", "admin"))
s.remove("N-3", m.Member("cleo", "north", "clerk"))
rows = db.execute("SELECT tenant, number FROM $table ORDER BY id").fetchall()
return plain([rows, outcome(s.remove, "N-1", m.Member("rob", "north", "reader"))])
""",
            [[["north", "N-1"], ["south", "N-2"]], "PermissionError"],
        ),
        Scenario(
            "remove_refused",
            "remove",
            """\
s, db = store(m)
who = (("cleo", "north", "clerk"), ("adam", "south", "admin"), ("carl", "south", "clerk"),
       ("carl", "north", "reader"), ("carl", "north", ""))
out = [outcome(s.remove, "N-1", m.Member(*one)) for one in who]
return [out, db.execute("SELECT count(*) FROM $table").fetchone()[0]]
""",
            [["PermissionError"] * 5, 3],
        ),
    ),
)
