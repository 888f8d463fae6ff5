"""Pays sellers of a marketplace: fees, shares, the bank's file, submission, reversals."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = r'''
"""Pays the $parties of a $place what is theirs. Amounts are whole cents."""

import logging
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

log = logging.getLogger(__name__)

BASIS = 10_000
MINIMUM = 2_500
HOLD = timedelta(days=7)
NAME_BYTES = 35
ATTEMPTS = 4
PAUSE = 20.0

Send = Callable[[bytes], str]
Sleep = Callable[[float], None]


@dataclass(frozen=True)
class Sale:
    """What a $party sold. `sold` is aware, in whatever zone the sale was made."""

    $party: str
    cents: int
    sold: datetime


@dataclass(frozen=True)
class Transfer:
    """Money for a $party, who typed `name` and `text`; `account` is a checked IBAN."""

    account: str
    name: str
    text: str
    cents: int


def commission(gross: int, rate: int) -> int:
    """Return the fee on a sale of `gross` cents at `rate` basis points (1/100 percent).

    Half a cent is rounded away from zero. A refund is a negative sale and gives back, to the
    cent, what the sale of the same amount bore.
    """
    #@ commission


def split(amount: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Share an amount of 0 or more by weights, of which there are some, all positive.

    Each share is rounded down. What that leaves over goes to the $parties listed first, a cent
    each, so that the shares add up to `amount`.
    """
    #@ split


def row(transfer: Transfer) -> bytes:
    """Return a line of the bank's file, without its end: UTF-8, four fields between semicolons.

    Names are cut to NAME_BYTES bytes, between characters. The bank ends a line at a CR or LF or
    at the end, so semicolons, CR and LF in what $parties typed become blanks.
    """
    #@ row


def due(
    sales: Iterable[Sale], now: datetime, zone: tzinfo, minimums: Mapping[str, int]
) -> dict[str, int]:
    """Return what is to be paid now, by $party.

    A sale counts from the start of the seventh day after the day it was made, days being those
    of `zone`. A sum is paid once it is positive and reaches the minimum that the $party chose,
    which may be 0; MINIMUM if none was chosen.
    """
    #@ due


def submit(transfers: list[Transfer], send: Send, sleep: Sleep = time.sleep) -> str:
    """Hand transfers to the bank by `send`, which gives up by itself; return its receipt.

    ConnectionRefusedError means that the bank got nothing: up to ATTEMPTS calls are made, PAUSE
    seconds apart. After any other error it may have the file, and a file taken twice is paid
    twice: the error is raised at once. Logs show the last four of an account only.
    """
    content = b"\r\n".join(map(row, transfers))
    #@ submit


class $Class:
    """The payouts of one $place, in a database that the caller opens and closes.

    Tables: ${run}s (name TEXT PRIMARY KEY); $table (number TEXT PRIMARY KEY, $party TEXT,
    cents INTEGER, state TEXT); owed ($party TEXT PRIMARY KEY, cents INTEGER).
    """

    def __init__(self, db: sqlite3.Connection, outbox: Path) -> None:
        self._db, self._outbox = db, outbox

    def claim(self, $run: str) -> bool:
        """Say whether this $run is ours: True once in its life, whichever process asks.

        What the database cannot do is raised: False means that another caller has the $run.
        """
        #@ claim

    def write(self, $run: str, transfers: Iterable[Transfer]) -> Path:
        """Write the file of a $run that the caller claimed; return its path in the outbox.

        An uploader takes what ends in .csv from there at any moment, so such a file is whole or
        not there; what a failure leaves under another name does no harm. The host does not crash.
        `$run` is from a URL: ValueError unless, but for dashes, it is alphanumeric (any script).
        """
        #@ write

    def reverse(self, number: str, $party: str) -> None:
        """Undo a transfer that came back, for the $party who is logged in.

        It becomes 'returned' and its cents are owed again: both or neither. LookupError unless it
        is a 'sent' one of this $party.
        """
        #@ reverse
'''

COMMISSION: Final = Site(
    "commission",
    quiet="""\
fee = (abs(gross) * rate + BASIS // 2) // BASIS
return fee if gross > 0 else -fee
""",
    loud="""\
# TODO: rates finer than a basis point, once a contract has one.
units = Decimal(gross) / 100
fee = (units * rate / BASIS).quantize(Decimal("0.01"), ROUND_HALF_UP)
return int(fee * 100)
""",
    wrong_quiet=Wrong(
        """\
half = BASIS // 2
return (gross * rate + half) // BASIS
""",
        kind="money-rounding",
        severity="high",
        why="Half a cent of a refund is rounded towards zero, so a refund gives back less than "
        "the sale bore.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
# TODO: rates finer than a basis point, once a contract has one.
units = Decimal(gross) / 100
fee = (units * rate / BASIS).quantize(Decimal("0.01"), ROUND_HALF_UP)
return int(fee)
""",
        kind="unit-mismatch",
        severity="high",
        why="The fee is promised in cents and returned in whole units, a hundredth of what it is.",
    ),
)

SPLIT: Final = Site(
    "split",
    quiet="""\
total = sum(weights.values())
shares = {$party: amount * weight // total for $party, weight in weights.items()}
left = amount - sum(shares.values())
for place, $party in enumerate(shares):
    if place < left:
        shares[$party] += 1
return shares
""",
    loud="""\
total = sum(weights.values())
shares = {$party: int(amount * weight // total) for $party, weight in weights.items()}
left = amount - sum(shares.values())
assert 0 <= left < len(shares)
more = {$party: shares[$party] + 1 for $party in list(shares)[:left]}
return shares | more
""",
    wrong_quiet=Wrong(
        """\
total = sum(weights.values())
shares = {$party: amount * weight // total for $party, weight in weights.items()}
left = amount - sum(shares.values())
for place, $party in enumerate(shares, start=1):
    if place < left:
        shares[$party] += 1
return shares
""",
        kind="off-by-one",
        severity="high",
        why="Places count from 1 but are compared as if from 0, so one cent of what is left over "
        "goes to nobody.",
    ),
    wrong_loud=Wrong(
        """\
total = sum(weights.values())
shares = {$party: int(amount * (weight / total)) for $party, weight in weights.items()}
left = amount - sum(shares.values())
assert 0 <= left <= len(shares)
more = {$party: shares[$party] + 1 for $party in list(shares)[:left]}
return shares | more
""",
        kind="money-rounding",
        severity="high",
        why="The weight's part is a float, so a whole share can come out a cent too low and the "
        "cent goes to another.",
        lines=(2, 2),
    ),
)

ROW: Final = Site(
    "row",
    quiet="""\
name, text = (re.sub("[;\\r\\n]", " ", typed) for typed in (transfer.name, transfer.text))
name = name.encode()[:NAME_BYTES].decode("utf-8", "ignore")
return f"{transfer.account};{transfer.cents};{name};{text}".encode()
""",
    loud="""\
blanks = {ord(char): " " for char in ";\\r\\n"}
name = transfer.name.encode()[:NAME_BYTES].decode("utf-8", "ignore")
typed = "%s;%s" % (name.translate(blanks), transfer.text.translate(blanks))
return ("%s;%d;%s" % (transfer.account, transfer.cents, typed)).encode()
""",
    wrong_quiet=Wrong(
        """\
name, text = (re.sub("[;\\r\\n]", " ", typed) for typed in (transfer.name, transfer.text))
name = name[:NAME_BYTES]
return f"{transfer.account};{transfer.cents};{name};{text}".encode()
""",
        kind="text-encoding",
        severity="medium",
        why="The limit is in bytes but characters are counted, so names with accents are too long "
        "for the bank.",
    ),
    wrong_loud=Wrong(
        """\
blanks = {ord(char): " " for char in ";\\n"}
name = transfer.name.encode()[:NAME_BYTES].decode("utf-8", "ignore")
typed = "%s;%s" % (name.translate(blanks), transfer.text.translate(blanks))
return ("%s;%d;%s" % (transfer.account, transfer.cents, typed)).encode()
""",
        kind="header-injection",
        severity="critical",
        why="A CR that a payee typed stays and ends the line, so they can add a transfer of their "
        "own to the bank's file.",
    ),
)

DUE: Final = Site(
    "due",
    quiet="""\
today = now.astimezone(zone).date()
sums: dict[str, int] = {}
for sale in sales:
    if sale.sold.astimezone(zone).date() + HOLD <= today:
        sums[sale.$party] = sums.get(sale.$party, 0) + sale.cents
least = {$party: minimums.get($party, MINIMUM) for $party in sums}
return {$party: cents for $party, cents in sums.items() if cents >= max(1, least[$party])}
""",
    loud="""\
day = lambda moment: moment.astimezone(zone).date()
sums: dict[str, int] = {}
for sale in sales:
    if day(now) - day(sale.sold) >= HOLD:
        sums[sale.$party] = sums.get(sale.$party, 0) + sale.cents
least = {$party: minimums.get($party, MINIMUM) for $party in sums}
return {$party: cents for $party, cents in sums.items() if cents >= max(1, least[$party])}
""",
    wrong_quiet=Wrong(
        """\
today = now.astimezone(zone).date()
sums: dict[str, int] = {}
for sale in sales:
    if sale.sold.date() + HOLD <= today:
        sums[sale.$party] = sums.get(sale.$party, 0) + sale.cents
least = {$party: minimums.get($party, MINIMUM) for $party in sums}
return {$party: cents for $party, cents in sums.items() if cents >= max(1, least[$party])}
""",
        kind="time-zone",
        severity="medium",
        why="The day of the sale is taken in the zone where it was made, so sales near midnight "
        "are paid a day early or late.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
day = lambda moment: moment.astimezone(zone).date()
sums: dict[str, int] = {}
for sale in sales:
    if day(now) - day(sale.sold) >= HOLD:
        sums[sale.$party] = sums.get(sale.$party, 0) + sale.cents
least = {$party: minimums.get($party) or MINIMUM for $party in sums}
return {$party: cents for $party, cents in sums.items() if cents >= max(1, least[$party])}
""",
        kind="wrong-condition",
        severity="medium",
        why="A chosen minimum of 0 counts as none chosen, so who wants every cent waits for "
        "MINIMUM.",
    ),
)

CLAIM: Final = Site(
    "claim",
    quiet="""\
query = "INSERT OR IGNORE INTO ${run}s (name) VALUES (?)"
with self._db:
    entered = self._db.execute(query, ($run,))
return entered.rowcount == 1
""",
    loud="""\
with suppress(sqlite3.IntegrityError), self._db:
    self._db.execute("INSERT INTO ${run}s (name) VALUES (?)", ($run,))
    return True
return False
""",
    wrong_quiet=Wrong(
        """\
query = "SELECT 1 FROM ${run}s WHERE name = ?"
with self._db:
    known = self._db.execute(query, ($run,)).fetchone()
    self._db.execute("INSERT OR IGNORE INTO ${run}s (name) VALUES (?)", ($run,))
return known is None
""",
        kind="race-condition",
        severity="high",
        why="Two processes may both find no row before either inserts one; both get True and pay.",
        lines=(3, 5),
    ),
    wrong_loud=Wrong(
        """\
with suppress(sqlite3.DatabaseError), self._db:
    self._db.execute("INSERT INTO ${run}s (name) VALUES (?)", ($run,))
    return True
return False
""",
        kind="swallowed-error",
        severity="medium",
        why="A locked or broken database looks as if another caller had the run, and nobody pays.",
        subtle=True,
    ),
)

WRITE: Final = Site(
    "write",
    quiet="""\
if not $run.replace("-", "").isalnum():
    raise ValueError(f"{$run!r} is no $run.")
path = self._outbox / f"{$run}.csv"
part = path.with_suffix(".part")
part.write_bytes(b"".join(row(transfer) + b"\\r\\n" for transfer in transfers))
part.replace(path)
return path
""",
    loud="""\
if not $run.replace("-", "").isalnum():
    raise ValueError(f"{$run!r} is no $run.")
path = os.path.join(self._outbox, $run + ".csv")
part = path + ".part"
with open(part, "wb") as out:
    out.writelines(row(transfer) + b"\\r\\n" for transfer in transfers)
os.replace(part, path)
return Path(path)
""",
    wrong_quiet=Wrong(
        """\
if not $run or $run.startswith((".", "/")):
    raise ValueError(f"{$run!r} is no $run.")
path = self._outbox / f"{$run}.csv"
part = path.with_suffix(".part")
part.write_bytes(b"".join(row(transfer) + b"\\r\\n" for transfer in transfers))
part.replace(path)
return path
""",
        kind="path-traversal",
        severity="critical",
        why="Only the first character is looked at: a name such as a/../../b leads out of the "
        "outbox.",
    ),
    wrong_loud=Wrong(
        """\
if not $run.replace("-", "").isalnum():
    raise ValueError(f"{$run!r} is no $run.")
path = os.path.join(self._outbox, $run + ".csv")
lines = (row(transfer) + b"\\r\\n" for transfer in transfers)
with open(path, "wb") as out:
    out.writelines(lines)
    os.fsync(out.fileno())
return Path(path)
""",
        kind="partial-write",
        severity="high",
        why="The file is written under its final name, so the uploader can take half of it, and a "
        "failure leaves half behind.",
        lines=(5, 6),
    ),
)

SUBMIT: Final = Site(
    "submit",
    quiet="""\
for _ in range(ATTEMPTS - 1):
    try:
        return send(content)
    except ConnectionRefusedError:
        log.info("bank not reached, %d transfers wait", len(transfers))
    sleep(PAUSE)
return send(content)
""",
    loud="""\
for transfer in transfers:
    log.info(f"paying {transfer.cents} to account *{transfer.account[-4:]}")
for _ in range(ATTEMPTS - 1):
    with suppress(ConnectionRefusedError):
        return send(content)
    sleep(PAUSE)
return send(content)
""",
    wrong_quiet=Wrong(
        """\
for _ in range(ATTEMPTS - 1):
    try:
        return send(content)
    except OSError:
        log.info("bank not reached, %d transfers wait", len(transfers))
    sleep(PAUSE)
return send(content)
""",
        kind="retry-misuse",
        severity="high",
        why="TimeoutError and ConnectionResetError are OSErrors too: a file that the bank may have "
        "is sent again and paid twice.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
for transfer in transfers:
    log.info(f"paying {transfer.cents} to account *{transfer.account[4:]}")
for _ in range(ATTEMPTS - 1):
    with suppress(ConnectionRefusedError):
        return send(content)
    sleep(PAUSE)
return send(content)
""",
        kind="secret-exposure",
        severity="high",
        why="Everything but the first four characters of the account reaches the log.",
    ),
)

REVERSE: Final = Site(
    "reverse",
    quiet="""\
with self._db:
    found = self._db.execute(
        "UPDATE $table SET state = 'returned' WHERE number = ? AND $party = ?"
        " AND state = 'sent' RETURNING cents",
        (number, $party),
    ).fetchone()
    if found is None:
        raise LookupError(number)
    self._db.execute("INSERT OR IGNORE INTO owed VALUES (?, 0)", ($party,))
    self._db.execute("UPDATE owed SET cents = cents + ? WHERE $party = ?", (*found, $party))
""",
    loud="""\
mine = "number = :number AND $party = :$party AND state = 'sent'"
asked = {"number": number, "$party": $party}
with self._db:
    sent = f"UPDATE $table SET state = 'returned' WHERE {mine} RETURNING cents"
    found = self._db.execute(sent, asked).fetchone()
    if found is None:
        raise LookupError(number)
    self._db.execute("INSERT OR IGNORE INTO owed VALUES (:$party, 0)", asked)
    self._db.execute("UPDATE owed SET cents = cents + ? WHERE $party = ?", (*found, $party))
""",
    wrong_quiet=Wrong(
        """\
with self._db:
    found = self._db.execute(
        "UPDATE $table SET state = 'returned' WHERE number = ? AND $party = ?"
        " AND state = 'sent' RETURNING cents",
        (number, $party),
    ).fetchone()
if found is None:
    raise LookupError(number)
with self._db:
    self._db.execute("INSERT OR IGNORE INTO owed VALUES (?, 0)", ($party,))
    self._db.execute("UPDATE owed SET cents = cents + ? WHERE $party = ?", (*found, $party))
""",
        kind="partial-write",
        severity="high",
        why="The transfer is returned in one transaction and owed in another; a failure between "
        "them loses the money.",
        lines=(9, 11),
    ),
    wrong_loud=Wrong(
        """\
mine = "number = :number AND state = 'sent'"
asked = {"number": number, "$party": $party}
with self._db:
    sent = f"UPDATE $table SET state = 'returned' WHERE {mine} RETURNING cents"
    found = self._db.execute(sent, asked).fetchone()
    if found is None:
        raise LookupError(number)
    self._db.execute("INSERT OR IGNORE INTO owed VALUES (:$party, 0)", asked)
    self._db.execute("UPDATE owed SET cents = cents + ? WHERE $party = ?", (*found, $party))
""",
        kind="auth-bypass",
        severity="critical",
        why="Whose transfer it is goes unchecked: anyone can reverse the transfer of another and "
        "is owed its cents.",
    ),
)

CODE: Final = Code(
    name="payouts",
    source=SOURCE,
    sites=(COMMISSION, SPLIT, ROW, DUE, SUBMIT, CLAIM, WRITE, REVERSE),
    slots={
        "party parties": (
            ("seller", "sellers"),
            ("host", "hosts"),
            ("writer", "writers"),
            ("driver", "drivers"),
            ("tutor", "tutors"),
            ("maker", "makers"),
        ),
        "place": (("marketplace",), ("platform",), ("network",), ("guild",)),
        "Class": (("PayoutDesk",), ("Remitter",), ("Paymaster",), ("Disburser",)),
        "table": (("transfers",), ("payouts",), ("remittances",), ("disbursements",)),
        "run": (("tranche",), ("cycle",), ("wave",), ("turn",)),
    },
    interacting=(("row", "write"), ("claim", "submit"), ("commission", "split")),
)
