"""Proves the module `ledger`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import sqlite3, pathlib
def store(m):
    db = sqlite3.connect(":memory:")
    s = m.${Noun}Store(db, pathlib.Path("/w/$folder"))
    for i, (n, c, t) in enumerate((("N-2", "ann", "2026-01-02"), ("N-1", "ann", "2026-01-03"),
                                   ("N-3", "bob", "2026-01-01"))):
        s.add(n, c, t)
    return s, db
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "search_known",
            None,
            """\
s, _ = store(m)
return plain([s.search("ann"), s.search("ann", "newest"), sorted(s.search("ann", "$party")), s.search("x")])
""",
            [["N-1", "N-2"], ["N-1", "N-2"], ["N-1", "N-2"], []],
        ),
        Scenario(
            "search_unknown",
            "search",
            """\
s, _ = store(m)
out = []
for sort in ("created_at LIMIT 0", "number LIMIT 0", "", "nothing", "(SELECT 1) LIMIT 0",
             "number, (SELECT max(id) FROM $table) LIMIT 0"):
    try: out.append(plain(s.search("ann", sort)))
    except Exception: out.append("raised")
return out
""",
            [
                ["N-1", "N-2"],
                ["N-1", "N-2"],
                ["N-1", "N-2"],
                ["N-1", "N-2"],
                ["N-1", "N-2"],
                ["N-1", "N-2"],
            ],
        ),
        Scenario(
            "page_plain",
            None,
            """\
s, _ = store(m)
return plain([s.page(1, 2), s.page(3, 2)])
""",
            [["N-2", "N-1"], []],
        ),
        Scenario(
            "page_gaps",
            "page",
            """\
s, _ = store(m)
s.remove("N-2"); s.add("N-4", "bob", "2026-02-01"); s.add("N-5", "bob", "2026-02-02")
return plain([s.page(1, 2), s.page(2, 2), s.page(1, 20), s.page(2, 3)])
""",
            [["N-1", "N-3"], ["N-4", "N-5"], ["N-1", "N-3", "N-4", "N-5"], ["N-5"]],
        ),
        Scenario(
            "total_plain",
            None,
            """\
s, _ = store(m)
return plain([s.total([]), s.total([("2.50", 3), ("0.10", 1)])])
""",
            ["0.00", "7.60"],
        ),
        Scenario(
            "total_exact",
            "total",
            """\
s, _ = store(m)
return plain([s.total([("1.005", 1)]), s.total([("0.335", 1)] * 3), s.total([("0.0050", 2)] * 2)])
""",
            ["1.01", "1.01", "0.02"],
        ),
        Scenario(
            "export_inside",
            None,
            """\
s, _ = store(m)
p = s.export("march.csv", [("N-1", "3,50")]); q = s.export("a/b", [])
return plain([str(p), open("/w/$folder/march.csv", newline="").read(), str(q)])
""",
            ["/w/$folder/march.csv", 'N-1,"3,50"\r\n', "/w/$folder/a/b"],
        ),
        Scenario(
            "export_outside",
            "export",
            """\
s, _ = store(m)
out = []
for name in ("../$folder-old/x.csv", "../evil", "a/../../evil", "/w/evil", "x/../../../w/evil"):
    try: s.export(name, []); out.append("written")
    except ValueError: out.append("refused")
return out
""",
            ["refused", "refused", "refused", "refused", "refused"],
        ),
    ),
)
