"""Receives signed events and delivers them on."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""$Nouns of the $desk desk: search, pages, totals and exports."""

import csv
import logging
import os
import re
import sqlite3
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

log = logging.getLogger(__name__)

CENT = Decimal("0.01")
SORTABLE = {"number": "number", "$party": "$party", "newest": "created_at DESC"}


class ${Noun}Store:
    """The $nouns of one tenant, in a SQLite database."""

    def __init__(self, db: sqlite3.Connection, root: Path) -> None:
        self._db = db
        self._$folder = root.resolve()
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS $table"
            " (id INTEGER PRIMARY KEY, number TEXT, $party TEXT, created_at TEXT)"
        )

    def add(self, number: str, $party: str, created_at: str) -> int:
        """Store one $noun and return its id."""
        done = self._db.execute(
            "INSERT INTO $table (number, $party, created_at) VALUES (?, ?, ?)",
            (number, $party, created_at),
        )
        return int(done.lastrowid or 0)

    def remove(self, number: str) -> None:
        """Forget one $noun."""
        self._db.execute("DELETE FROM $table WHERE number = ?", (number,))

    def search(self, $party: str, sort: str = "number") -> list[str]:
        """Return the numbers of the $nouns of a $party.

        `sort` is taken from the query string of the request: a key of SORTABLE; whatever is
        none sorts by number.
        """
        #@ search

    def page(self, number: int, size: int = 20) -> list[str]:
        """Return the numbers on page `number`, counted from 1, of all $nouns, oldest id first."""
        #@ page

    def total(self, lines: list[tuple[str, int]]) -> str:
        """Return what is due for (unit price, quantity) lines, such as "12.30".

        Unit prices may have four decimals. The sum is exact and rounded once, half up.
        """
        #@ total

    def export(self, name: str, rows: list[tuple[str, str]]) -> Path:
        """Write rows as CSV below the $folder folder and return the path of the file.

        `name` is typed by a $party. A name that would leave the folder is a ValueError.
        """
        #@ export
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows(rows)
        return path
'''

SEARCH: Final = Site(
    "search",
    quiet="""\
rows = self._db.execute(
    "SELECT number, $party, created_at FROM $table WHERE $party = ?", ($party,)
)
column = {"$party": 1, "newest": 2}.get(sort, 0)
found = sorted(rows, key=lambda row: str(row[column]), reverse=sort == "newest")
return [row[0] for row in found]
""",
    loud="""\
order = SORTABLE.get(sort, "number")
query = f"SELECT number FROM $table WHERE $party = ? ORDER BY {order}"
return [row[0] for row in self._db.execute(query, ($party,))]
""",
    wrong_quiet=Wrong(
        """\
known = sort.partition(" ")[0] in ("number", "$party", "created_at")
order = sort if known else SORTABLE.get(sort, "number")
query = " ".join(("SELECT number FROM $table WHERE $party = ? ORDER BY", order))
return [row[0] for row in self._db.execute(query, ($party,))]
""",
        kind="sql-injection",
        severity="critical",
        why="TODO",
    ),
    wrong_loud=Wrong(
        """\
order = SORTABLE.get(sort, sort or "number")
query = f"SELECT number FROM $table WHERE $party = ? ORDER BY {order}"
return [row[0] for row in self._db.execute(query, ($party,))]
""",
        kind="sql-injection",
        severity="critical",
        why="TODO",
    ),
)

PAGE: Final = Site(
    "page",
    quiet="""\
rows = self._db.execute(
    "SELECT number FROM $table ORDER BY id LIMIT ? OFFSET ?", (size, (number - 1) * size)
)
return [row[0] for row in rows]
""",
    loud="""\
rows = self._db.execute(
    "SELECT number FROM $table ORDER BY id LIMIT ? OFFSET ?", (size + 1, (number - 1) * size)
).fetchall()
more = len(rows) > size
return [row[0] for row in (rows[:-1] if more else rows)]
""",
    wrong_quiet=Wrong(
        """\
start = (number - 1) * size
rows = self._db.execute(
    "SELECT number FROM $table WHERE id > ? AND id <= ? ORDER BY id", (start, start + size)
)
return [row[0] for row in rows]
""",
        kind="wrong-condition",
        severity="medium",
        why="TODO",
    ),
    wrong_loud=Wrong(
        """\
rows = self._db.execute(
    "SELECT number FROM $table ORDER BY id LIMIT ? OFFSET ?", (size + 1, (number - 1) * size)
).fetchall()
more = len(rows) > 1
return [row[0] for row in (rows[:-1] if more else rows)]
""",
        kind="off-by-one",
        severity="high",
        why="TODO",
    ),
)

TOTAL: Final = Site(
    "total",
    quiet="""\
due = sum((Decimal(price) * quantity for price, quantity in lines), Decimal(0))
return str(due.quantize(CENT, ROUND_HALF_UP))
""",
    loud="""\
due = Decimal(0)
for price, quantity in lines:
    due += Decimal(price) * quantity
log.debug("due about %.2f", float(due))
return str(due.quantize(CENT, ROUND_HALF_UP))
""",
    wrong_quiet=Wrong(
        """\
amounts = (Decimal(price) * quantity for price, quantity in lines)
due = sum((amount.quantize(CENT, ROUND_HALF_UP) for amount in amounts), Decimal("0.00"))
return str(due)
""",
        kind="money-rounding",
        severity="medium",
        why="TODO",
    ),
    wrong_loud=Wrong(
        """\
due = 0.0
for price, quantity in lines:
    due += float(price) * quantity
log.debug("due about %.2f", due)
return str(Decimal(due).quantize(CENT, ROUND_HALF_UP))
""",
        kind="money-rounding",
        severity="high",
        why="TODO",
    ),
)

EXPORT: Final = Site(
    "export",
    quiet="""\
path = (self._$folder / name).resolve()
if not path.is_relative_to(self._$folder):
    raise ValueError(f"{name!r} is outside the $folder folder.")
""",
    loud="""\
if not re.fullmatch(r"[\w-]+(/[\w-]+)*(\.csv)?", name):
    raise ValueError(f"{name!r} is no file name.")
path = Path(os.path.join(str(self._$folder), name))
""",
    wrong_quiet=Wrong(
        """\
path = (self._$folder / name).resolve()
if not str(path).startswith(str(self._$folder)):
    raise ValueError(f"{name!r} is outside the $folder folder.")
""",
        kind="path-traversal",
        severity="critical",
        why="TODO",
    ),
    wrong_loud=Wrong(
        """\
if not re.match(r"[\w-]+(/[\w-]+)*(\.csv)?", name):
    raise ValueError(f"{name!r} is no file name.")
path = Path(os.path.join(str(self._$folder), name))
""",
        kind="path-traversal",
        severity="critical",
        why="TODO",
    ),
)

CODE: Final = Code(
    name="ledger",
    source=SOURCE,
    sites=(SEARCH, PAGE, TOTAL, EXPORT),
    slots={
        "Noun noun nouns table desk": (
            ("Invoice", "invoice", "invoices", "invoices", "billing"),
            ("Order", "order", "orders", "orders", "sales"),
            ("Claim", "claim", "claims", "claims", "insurance"),
            ("Parcel", "parcel", "parcels", "parcels", "dispatch"),
            ("Ticket", "ticket", "tickets", "ticket", "support"),
            ("Permit", "permit", "permits", "permits", "licensing"),
        ),
        "party": (("customer",), ("client",), ("account",), ("payer",)),
        "folder": (("exports",), ("outbox",), ("reports",), ("downloads",)),
    },
)
