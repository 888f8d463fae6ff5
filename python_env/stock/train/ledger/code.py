"""A tenant's store of business records: search, pages, totals, payments and exports."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""$Nouns of the $desk desk: search, pages, totals, payments and exports."""

import csv
import logging
import os
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice
from pathlib import Path

log = logging.getLogger(__name__)

CENT = Decimal("0.01")
BATCH = 50
SORTABLE = {"number": "number", "$party": "$party", "newest": "created_at DESC"}


class StoreError(Exception):
    """A change that the store cannot make; nothing was changed."""


@dataclass(frozen=True)
class Member:
    """Who is signed in: a name within a tenant, and the role "admin", "clerk" or "reader"."""

    name: str
    tenant: str
    role: str


class ${Noun}Store:
    """The $nouns of one tenant. The tables hold those of all tenants."""

    def __init__(self, db: sqlite3.Connection, tenant: str, root: Path) -> None:
        """Create the tables; nothing but this connection, in its default mode, changes them."""
        self._db = db
        self._tenant = tenant
        self._$folder = root.resolve()
        self._sums: dict[str, int] = {}
        self._as_of = 0
        self._db.executescript("""
            CREATE TABLE IF NOT EXISTS $table (id INTEGER PRIMARY KEY, tenant TEXT, number TEXT,
                $party TEXT, cents INTEGER, paid INTEGER DEFAULT 0 CHECK (paid <= cents),
                created_at TEXT, creator TEXT, UNIQUE (tenant, number));
            CREATE TABLE IF NOT EXISTS payments (tenant, number, cents CHECK (cents > 0));
        """)

    def add(self, number: str, $party: str, cents: int, created_at: str, creator: str) -> None:
        """Store one $noun; sqlite3.IntegrityError if the tenant has that number."""
        row = (self._tenant, number, $party, cents, 0, created_at, creator)
        with self._db:
            self._db.execute("INSERT INTO $table VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", row)

    def search(self, $party: str, sort: str = "number") -> list[str]:
        """Return the numbers of the $nouns of a $party.

        `sort` comes from the query string: a key of SORTABLE; what is none sorts by number.
        """
        #@ search

    def page(self, number: int, size: int = 20) -> list[str]:
        """Return the numbers on page `number`, from 1, of all $nouns, lowest id first."""
        #@ page

    def total(self, lines: list[tuple[str, int]]) -> str:
        """Return what is due for (unit price, quantity) lines, such as "12.30".

        Unit prices may have four decimals. The sum is exact and rounded once, half up. Nothing
        is negative.
        """
        #@ total

    def export(self, name: str, rows: list[tuple[str, str]]) -> Path:
        """Write rows as CSV below the $folder folder, where only we write; return the path.

        `name` is typed by a $party: folders and a file of letters, digits, - and _, perhaps with
        .csv. Others may be refused with ValueError; one that would leave the folder always is.
        An export that fails half-way is made anew before anyone reads it; no spreadsheet does.
        """
        #@ export
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows(rows)
        return path

    def load(self, rows: Iterable[tuple[str, str, int]]) -> int:
        """Store (number, $party, cents) rows, and return how many were new.

        Numbers that the tenant has already are skipped; another row that cannot be stored is a
        sqlite3.Error, after the batches before it. There may be millions of rows, read one by one
        from a file: at most BATCH are held, and the time grows with their number.
        """
        #@ load

    def settle(self, number: str, cents: int) -> None:
        """Book a payment: what is paid of the $noun and the list of payments, both or neither.

        StoreError if there is no such $noun, or the amount is not positive or more than is owed.
        """
        #@ settle

    def balance(self, $party: str) -> int:
        """Return what a $party, of a few thousand, owes now, in cents: kept for every page."""
        #@ balance

    def remove(self, number: str, by: Member) -> None:
        """Forget a $noun; for admins of the tenant, and its clerks if it is theirs.

        A clerk's are those that the clerk created. Everyone else gets a PermissionError. Payments
        stay listed, and numbers are not given twice.
        """
        #@ remove
        query = "DELETE FROM $table WHERE tenant = ? AND number = ?"
        with self._db:
            self._db.execute(query, (self._tenant, number))

    def _creator(self, number: str) -> str | None:
        query = "SELECT creator FROM $table WHERE tenant = ? AND number = ?"
        return next((row[0] for row in self._db.execute(query, (self._tenant, number))), None)

    def _insert(self, rows: list[tuple[str, str, int]]) -> int:
        query = "INSERT INTO $table (tenant, number, $party, cents) VALUES (?,?,?,?)"
        query = f"{query} ON CONFLICT (tenant, number) DO NOTHING"
        with self._db:
            return self._db.executemany(query, [(self._tenant, *row) for row in rows]).rowcount

    def _raise_paid(self, number: str, cents: int) -> None:
        query = "UPDATE $table SET paid = paid + ? WHERE tenant = ? AND number = ?"
        if self._db.execute(query, (cents, self._tenant, number)).rowcount != 1:
            raise StoreError(f"There is no {number}.")

    def _list_payment(self, number: str, cents: int) -> None:
        self._db.execute("INSERT INTO payments VALUES (?, ?, ?)", (self._tenant, number, cents))

    def _owed(self, $party: str) -> int:
        query = "SELECT sum(cents - paid) FROM $table WHERE tenant = ? AND $party = ?"
        return self._db.execute(query, (self._tenant, $party)).fetchone()[0] or 0
'''

SEARCH: Final = Site(
    "search",
    quiet="""\
rows = self._db.execute(
    "SELECT number, $party, created_at FROM $table WHERE tenant = ? AND $party = ?",
    (self._tenant, $party),
)
column = {"$party": 1, "newest": 2}.get(sort, 0)
found = sorted(rows, key=lambda row: row[column] or "", reverse=sort == "newest")
return [row[0] for row in found]
""",
    loud="""\
order = SORTABLE.get(sort, "number")
query = f"SELECT number FROM $table WHERE tenant = ? AND $party = ? ORDER BY {order}"
return [row[0] for row in self._db.execute(query, (self._tenant, $party))]
""",
    wrong_quiet=Wrong(
        """\
known = sort.partition(" ")[0] in ("number", "$party", "created_at")
order = sort if known else SORTABLE.get(sort, "number")
query = "SELECT number FROM $table WHERE tenant = ? AND $party = ? ORDER BY "
query += order
return [row[0] for row in self._db.execute(query, (self._tenant, $party))]
""",
        kind="sql-injection",
        severity="critical",
        why="Only the first word of `sort` is checked and the rest of the query string goes into "
        "the statement, so anyone can ask it for the rows of other tenants.",
    ),
    wrong_loud=Wrong(
        """\
order = SORTABLE.get(sort, sort or "number")
query = f"SELECT number FROM $table WHERE tenant = ? AND $party = ? ORDER BY {order}"
return [row[0] for row in self._db.execute(query, (self._tenant, $party))]
""",
        kind="sql-injection",
        severity="critical",
        why="An unknown `sort` from the query string becomes part of the statement, so anyone can "
        "ask it for the rows of other tenants.",
        lines=(1, 2),
    ),
)

PAGE: Final = Site(
    "page",
    quiet="""\
query = "SELECT number FROM $table WHERE tenant = ? ORDER BY id LIMIT ? OFFSET ?"
rows = self._db.execute(query, (self._tenant, size, (number - 1) * size))
return [row[0] for row in rows]
""",
    loud="""\
query = "SELECT number FROM $table WHERE tenant = ? ORDER BY id LIMIT ? OFFSET ?"
rows = self._db.execute(query, (self._tenant, size + 1, (number - 1) * size)).fetchall()
more = len(rows) > size
return [row[0] for row in (rows[:-1] if more else rows)]
""",
    wrong_quiet=Wrong(
        """\
query = "SELECT number FROM $table WHERE tenant = ? AND id > ? AND id <= ? ORDER BY id"
rows = self._db.execute(query, (self._tenant, (number - 1) * size, number * size))
return [row[0] for row in rows]
""",
        kind="wrong-condition",
        severity="medium",
        why="Ids are compared with positions; as other tenants and removed rows leave gaps in "
        "them, pages come out short or empty.",
        subtle=True,
        lines=(1, 2),
    ),
    wrong_loud=Wrong(
        """\
query = "SELECT number FROM $table WHERE tenant = ? ORDER BY id LIMIT ? OFFSET ?"
rows = self._db.execute(query, (self._tenant, size + 1, (number - 1) * size)).fetchall()
more = len(rows) >= size
return [row[0] for row in (rows[:-1] if more else rows)]
""",
        kind="off-by-one",
        severity="medium",
        why="A last page that is exactly full counts as if one more row had come, and loses its "
        "last row.",
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
        severity="high",
        why="Each line is rounded instead of the sum alone, so what is due is silently off by "
        "cents.",
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
        why="The sum is built in floats, which hold 1.005 as a little less, so what is promised "
        "to be exact is silently off by a cent.",
    ),
)

EXPORT: Final = Site(
    "export",
    quiet="""\
path = (self._$folder / name).resolve()
if self._$folder not in path.parents:
    raise ValueError(f"{name!r} is outside the $folder folder.")
""",
    loud=r"""
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
        why="A folder beside it whose name begins alike passes the comparison of texts, so a "
        "typed name overwrites files that belong to others.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        r"""
if not re.match(r"[\w-]+(/[\w-]+)*(\.csv)?", name):
    raise ValueError(f"{name!r} is no file name.")
path = Path(os.path.join(str(self._$folder), name))
""",
        kind="path-traversal",
        severity="critical",
        why="Only the beginning of the name is matched, so what follows may climb out of the "
        "folder and overwrite any file.",
    ),
)

LOAD: Final = Site(
    "load",
    quiet="""\
added, source = 0, iter(rows)
while batch := list(islice(source, BATCH)):
    added += self._insert(batch)
return added
""",
    loud="""\
added, source = 0, iter(rows)
query = "SELECT 1 FROM $table WHERE tenant = ? AND number = ?"
while batch := list(islice(source, BATCH)):
    known = [self._db.execute(query, (self._tenant, row[0])).fetchone() for row in batch]
    added += self._insert([row for row, one in zip(batch, known) if one is None])
return added
""",
    wrong_quiet=Wrong(
        """\
added, source = 0, list(rows)
for start in range(0, len(source), BATCH):
    added += self._insert(source[start : start + BATCH])
return added
""",
        kind="unbounded-memory",
        severity="low",
        why="All rows of the file are gathered in a list before the first is stored, where at "
        "most BATCH may be held.",
    ),
    wrong_loud=Wrong(
        """\
added, source = 0, iter(rows)
query = "SELECT 1 FROM $table WHERE tenant || ' ' || number = ?"
while batch := list(islice(source, BATCH)):
    keys = [(f"{self._tenant} {row[0]}",) for row in batch]
    known = [self._db.execute(query, key).fetchone() for key in keys]
    added += self._insert([row for row, one in zip(batch, known) if one is None])
return added
""",
        kind="quadratic-time",
        severity="low",
        why="No index serves the joined columns, so the whole table is read for each row and the "
        "time grows with the square of their number.",
        subtle=True,
        lines=(2, 4),
    ),
)

SETTLE: Final = Site(
    "settle",
    quiet="""\
try:
    with self._db:
        self._raise_paid(number, cents)
        self._list_payment(number, cents)
except (sqlite3.IntegrityError, OverflowError) as error:
    raise StoreError(f"{cents} cannot be booked for {number}.") from error
""",
    loud="""\
try:
    self._raise_paid(number, cents)
    self._list_payment(number, cents)
    self._db.commit()
except Exception as error:
    self._db.rollback()
    raise StoreError(f"{cents} cannot be booked for {number}.") from error
""",
    wrong_quiet=Wrong(
        """\
try:
    with self._db:
        self._raise_paid(number, cents)
    with self._db:
        self._list_payment(number, cents)
except (sqlite3.IntegrityError, OverflowError) as error:
    raise StoreError(f"{cents} cannot be booked for {number}.") from error
""",
        kind="partial-write",
        severity="high",
        why="The two changes are committed one by one, so an amount that the list of payments "
        "refuses has already changed what is paid.",
        lines=(2, 5),
    ),
    wrong_loud=Wrong(
        """\
try:
    self._raise_paid(number, cents)
    self._list_payment(number, cents)
    self._db.commit()
except Exception as error:
    self._db.rollback()
    log.exception("%s cannot be booked for %s", cents, number, exc_info=error)
""",
        kind="swallowed-error",
        severity="high",
        why="A payment that could not be booked is only logged instead of a StoreError, so the "
        "caller takes it for booked and it is lost.",
        lines=(5, 7),
    ),
)

BALANCE: Final = Site(
    "balance",
    quiet="""\
changes = self._db.total_changes
if changes != self._as_of:
    self._sums, self._as_of = {}, changes
if $party not in self._sums:
    self._sums[$party] = self._owed($party)
return self._sums[$party]
""",
    loud="""\
changes = self._db.total_changes
if changes != self._as_of:
    self._sums, self._as_of = {}, changes
try:
    return self._sums[$party]
except KeyError:
    pass
return self._sums.setdefault($party, self._owed($party))
""",
    wrong_quiet=Wrong(
        """\
changes = self._db.total_changes
if changes != self._as_of or $party not in self._sums:
    self._sums[$party] = self._owed($party)
    self._as_of = changes
return self._sums[$party]
""",
        kind="cache-misuse",
        severity="medium",
        why="After a change only the sum of whoever is asked for first is built anew, and those "
        "of all others count as current though they are old.",
    ),
    wrong_loud=Wrong(
        """\
changes = self._db.execute("SELECT count(*) FROM $table").fetchone()[0]
if changes != self._as_of:
    self._sums, self._as_of = {}, changes
try:
    return self._sums[$party]
except KeyError:
    pass
return self._sums.setdefault($party, self._owed($party))
""",
        kind="cache-misuse",
        severity="medium",
        why="Sums are kept as long as the number of rows stays the same, but a payment changes "
        "what is owed and no row comes or goes.",
        subtle=True,
    ),
)

REMOVE: Final = Site(
    "remove",
    quiet="""\
own = by.role == "clerk" and by.name == self._creator(number)
if by.tenant != self._tenant or not (by.role == "admin" or own):
    raise PermissionError(f"{by.name} may not remove {number}.")
""",
    loud="""\
if by.tenant != self._tenant:
    raise PermissionError(f"{by.name} belongs to {by.tenant}.")
if by.role == "admin":
    pass
elif by.role != "clerk" or by.name != self._creator(number):
    raise PermissionError(f"{by.name} may not remove {number}.")
""",
    wrong_quiet=Wrong(
        """\
if by.tenant != self._tenant or by.role not in ("admin", "clerk"):
    raise PermissionError(f"{by.name} may not remove {number}.")
""",
        kind="auth-bypass",
        severity="critical",
        why="Nothing asks who created it, so every clerk can remove what others created.",
    ),
    wrong_loud=Wrong(
        """\
if by.role == "admin":
    pass
elif by.tenant != self._tenant:
    raise PermissionError(f"{by.name} belongs to {by.tenant}.")
elif by.role != "clerk" or by.name != self._creator(number):
    raise PermissionError(f"{by.name} may not remove {number}.")
""",
        kind="auth-bypass",
        severity="critical",
        why="Admins pass before their tenant is looked at, so the admin of any tenant can remove "
        "what belongs to another.",
        lines=(1, 3),
    ),
)

CODE: Final = Code(
    name="ledger",
    source=SOURCE,
    sites=(SEARCH, PAGE, TOTAL, EXPORT, LOAD, SETTLE, BALANCE, REMOVE),
    slots={
        "Noun noun nouns table desk": (
            ("Invoice", "invoice", "invoices", "invoices", "billing"),
            ("Order", "order", "orders", "orders", "sales"),
            ("Claim", "claim", "claims", "claims", "insurance"),
            ("Parcel", "parcel", "parcels", "parcels", "dispatch"),
            ("Ticket", "ticket", "tickets", "tickets", "support"),
            ("Permit", "permit", "permits", "permits", "licensing"),
        ),
        "party": (("customer",), ("client",), ("account",), ("payer",), ("buyer",), ("holder",)),
        "folder": (
            ("exports",),
            ("outbox",),
            ("reports",),
            ("downloads",),
            ("sheets",),
            ("dossiers",),
            ("files",),
        ),
    },
    interacting=(("settle", "balance"), ("remove", "page")),
)
