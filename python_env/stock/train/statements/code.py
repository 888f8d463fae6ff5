"""Renders the monthly statements of accounts, and hands them out."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""Monthly statements of ${account}s: what is in them, how they are written and handed out."""

import hashlib
import random
import re
import secrets
import shlex
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import accumulate
from pathlib import Path

# Yearly $fee of a plan, in basis points: hundredths of a percent.
RATES = {"basic": 125, "plus": 80, "staff": 5}
NAME_BYTES = 20
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class $Entry:
    """A change of one $account: an aware moment in UTC, cents that come (+) or go (-), a memo."""

    at: datetime
    cents: int
    memo: str = ""


class $Class:
    """The statements of one $account.

    Attributes:
        number: The number of the $account.
    """

    def __init__(
        self, number: str, minutes: int, carried: int, run: Callable[..., object] = subprocess.run
    ) -> None:
        """Keep what all statements need.

        Args:
            number: The number of the $account.
            minutes: How far the clock of its holder is ahead of UTC.
            carried: The last balance of the last statement, in cents.
            run: Runs programs as subprocess.run does.
        """
        self.number = number
        self._zone = timezone(timedelta(minutes=minutes))
        self._carried = carried
        self._run = run

    def month(self, entries: Iterable[$Entry], year: int, month: int) -> list[$Entry]:
        """Return what falls into a month by the clock of the holder, in the order given.

        Midnight is the first moment of a day, so each $entry is in one month and no other. Years
        have four digits and are below 9999.
        """
        #@ month

    def balances(self, changes: Sequence[int], opening: int | None = None) -> list[int]:
        """Return the balance after each change, in cents, from an opening balance on.

        None means the one carried over; 0 is a balance as any other. There may be 100,000
        changes, and the time grows with their number.
        """
        #@ balances

    def $fee(self, cents: int, plan: str) -> int:
        """Return the yearly $fee on a mean balance of cents, 0 or more, by RATES, in cents.

        It is rounded once, to the nearest cent; a half goes to the even one.
        """
        #@ fee

    def render(
        self, entries: Iterable[$Entry], year: int, month: int, opening: int | None = None
    ) -> Iterator[str]:
        """Yield the lines of a statement: day, change and balance."""
        chosen = self.month(entries, year, month)
        balances = self.balances([$entry.cents for $entry in chosen], opening)
        for $entry, balance in zip(chosen, balances, strict=True):
            day = $entry.at.astimezone(self._zone).date()
            yield f"{day} {_shown($entry.cents):>14} {_shown(balance):>14}\\n"

    def reference(self, memo: str) -> str | None:
        """Return the first word of a memo that is a reference: ${mark}12, ${mark}1-20-3, ...

        That is $mark and digits 0 to 9, with single dashes between some of them. Anyone can
        write a memo of 100,000 characters; the time grows with their number.
        """
        #@ reference

    def transfer(self, name: str, cents: int) -> str:
        """Return a line of a transfer file: the name, and cents, 0 to 999999999999, in 12 digits.

        The name takes NAME_BYTES bytes of UTF-8, filled up with blanks; characters at its end
        that do not fit whole are left out. The holder chose it; no line break of it gets in.
        """
        #@ transfer

    def save(self, path: Path, lines: Iterable[str]) -> None:
        """Write the lines of a statement to its file, in UTF-8.

        Others read the file at any time: until the last line is written they find what was there
        before, also if `lines` fails. No file stays open. Nobody else writes beside it, where
        one named .part may be left over until the next time.
        """
        #@ save

    def send(self, address: str, text: str) -> None:
        """Hand a mail to the program sendmail, within 30 seconds.

        The holder typed the address: 254 characters at most, which may be any, and lead to
        whom the holder likes. Bad ones make a ValueError, or sendmail refuses them, which is a
        subprocess.SubprocessError.
        """
        #@ send

    def code(self, year: int, month: int) -> str:
        """Return a new code for the link to a statement.

        Whoever has it may read the statement, so it has at least 120 bits that nobody can know.
        """
        #@ code


def _shown(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"
'''

MONTH: Final = Site(
    "month",
    quiet="""\
moments = [($entry.at.astimezone(self._zone), $entry) for $entry in entries]
return [$entry for at, $entry in moments if (at.year, at.month) == (year, month)]
""",
    loud="""\
begin = datetime(year, month, 1).replace(tzinfo=self._zone)
end = datetime(year + month // 12, month % 12 + 1, 1).replace(tzinfo=self._zone)
return [$entry for $entry in entries if begin <= $entry.at < end]
""",
    wrong_quiet=Wrong(
        """\
moments = [($entry.at.replace(tzinfo=self._zone), $entry) for $entry in entries]
return [$entry for at, $entry in moments if (at.year, at.month) == (year, month)]
""",
        kind="time-zone",
        severity="high",
        why="The moment in UTC is relabelled instead of converted to the zone, so what happens "
        "around the turn of a month stands in the wrong statement.",
    ),
    wrong_loud=Wrong(
        """\
begin = datetime(year, month, 1).replace(tzinfo=self._zone)
end = datetime(year + month // 12, month % 12 + 1, 1).replace(tzinfo=self._zone)
return [$entry for $entry in entries if begin <= $entry.at <= end]
""",
        kind="off-by-one",
        severity="high",
        why="The first moment of the next month counts to both months, so an amount at midnight "
        "stands in two statements.",
        subtle=True,
    ),
)

BALANCES: Final = Site(
    "balances",
    quiet="""\
start = self._carried if opening is None else opening
return list(accumulate(changes, initial=start))[1:]
""",
    loud="""\
balance = self._carried if opening is None else opening
found: list[int] = []
for change in changes or ():
    balance += change
    found.append(balance)
return found
""",
    wrong_quiet=Wrong(
        """\
start = self._carried if opening is None else opening
return [start + sum(changes[: i + 1]) for i in range(len(changes))]
""",
        kind="quadratic-time",
        severity="low",
        why="Each balance adds up all changes before it, so the time grows with the square of "
        "their number.",
    ),
    wrong_loud=Wrong(
        """\
balance = opening or self._carried
found: list[int] = []
for change in changes:
    balance += change
    found.append(balance)
return found
""",
        kind="wrong-condition",
        severity="high",
        why="An opening balance of 0 counts as none, so all balances begin with what was carried "
        "over and are wrong.",
        lines=(1, 1),
    ),
)

FEE: Final = Site(
    "fee",
    quiet="""\
exact = Decimal(cents * RATES[plan]) / 10_000
return int(exact.quantize(Decimal(1), ROUND_HALF_EVEN))
""",
    loud="""\
share = Decimal(RATES[plan]) / 10_000
return int(round(cents * share))
""",
    wrong_quiet=Wrong(
        """\
exact = Decimal(cents * RATES[plan]) / 10_000
return int(exact)
""",
        kind="money-rounding",
        severity="high",
        why="int cuts the fraction off instead of rounding to the nearest cent, so what is asked "
        "for is silently too low.",
    ),
    wrong_loud=Wrong(
        """\
share = Decimal(RATES[plan]) / 100
return int(round(cents * share))
""",
        kind="unit-mismatch",
        severity="high",
        why="The rates are basis points and are divided as if they were percent, so what is asked "
        "for is a hundred times too high.",
        subtle=True,
    ),
)

REFERENCE: Final = Site(
    "reference",
    quiet=r"""
found = re.search(r"(?<!\S)$mark[0-9]+(?:-[0-9]+)*(?!\S)", memo)
return found[0] if found else None
""",
    loud=r"""
form = re.compile(r"$mark([0-9]+)(-[0-9]+)*")
return next((word for word in memo.split() if form.fullmatch(word)), None)
""",
    wrong_quiet=Wrong(
        r"""
found = re.search(r"(?:^|\s+)($mark[0-9]+(?:-[0-9]+)*)(?:\s+|$$)", memo)
return found[1] if found else None
""",
        kind="regex-backtracking",
        severity="high",
        why="From each blank of a run the search walks to the end of the run in vain, so a memo "
        "of 100,000 blanks takes time by the square of its length.",
        subtle=True,
        lines=(1, 1),
    ),
    wrong_loud=Wrong(
        r"""
form = re.compile(r"$mark([0-9]+-?)*[0-9]+")
return next((word for word in memo.split() if form.fullmatch(word)), None)
""",
        kind="regex-backtracking",
        severity="high",
        why="Digits can be shared out among the repetitions in any way, so a few dozen of them "
        "before a wrong last character take for ever.",
    ),
)

TRANSFER: Final = Site(
    "transfer",
    quiet="""\
plain = " ".join(name.splitlines())[:NAME_BYTES]
while len(plain.encode()) > NAME_BYTES:
    plain = plain[:-1]
blanks = " " * (NAME_BYTES - len(plain.encode()))
return f"{plain}{blanks}{cents:012d}"
""",
    loud="""\
plain = " ".join(name.splitlines())
whole = plain.encode()[:NAME_BYTES].decode(errors="ignore")
blanks = " " * (NAME_BYTES - len(whole.encode()))
return f"{whole}{blanks}{cents:012d}"
""",
    wrong_quiet=Wrong(
        """\
plain = " ".join(name.splitlines())[:NAME_BYTES]
while len(plain) < NAME_BYTES:
    plain = f"{plain} "
return f"{plain}{cents:012d}"
""",
        kind="text-encoding",
        severity="high",
        why="Characters are counted where bytes are promised, so after a name with an umlaut the "
        "digits stand in the wrong place and another amount is read.",
        lines=(1, 3),
    ),
    wrong_loud=Wrong(
        """\
plain = name.strip()
whole = plain.encode()[:NAME_BYTES].decode(errors="ignore")
blanks = " " * (NAME_BYTES - len(whole.encode()))
return f"{whole}{blanks}{cents:012d}"
""",
        kind="header-injection",
        severity="high",
        why="Line breaks within a name stay in it, so one splits the line, and the amounts "
        "after it are read wrongly.",
    ),
)

SAVE: Final = Site(
    "save",
    quiet="""\
fresh = path.with_name(f"{path.name}.part")
with fresh.open("w", encoding="utf-8") as out:
    out.writelines(lines)
fresh.replace(path)
""",
    loud="""\
fresh = path.with_name(f"{path.name}.part")
out = fresh.open("w", encoding="utf-8")
try:
    out.writelines(lines)
finally:
    out.close()
fresh.replace(path)
""",
    wrong_quiet=Wrong(
        """\
path.parent.mkdir(parents=True, exist_ok=True)
with path.open("w", encoding="utf-8") as out:
    out.writelines(lines)
""",
        kind="partial-write",
        severity="high",
        why="The file is emptied and written in place, so if a line fails the statement that was "
        "there is lost and half of the new one is left.",
        lines=(2, 3),
    ),
    wrong_loud=Wrong(
        """\
fresh = path.with_name(f"{path.name}.part")
out = fresh.open("w", encoding="utf-8")
out.writelines(lines)
out.close()
fresh.replace(path)
""",
        kind="resource-leak",
        severity="low",
        why="If a line fails nothing closes the file, which stays open.",
        subtle=True,
        lines=(2, 4),
    ),
)

SEND: Final = Site(
    "send",
    quiet="""\
command = ["sendmail", "-i", "--", address]
self._run(command, input=text, text=True, check=True, timeout=30)
""",
    loud="""\
command = f"exec sendmail -i -- {shlex.quote(address)}"
self._run(command, shell=True, input=text, text=True, check=True, timeout=30)
""",
    wrong_quiet=Wrong(
        """\
command = ["sendmail", "-i", address]
self._run(command, input=text, text=True, check=True, timeout=30)
""",
        kind="command-injection",
        severity="critical",
        why="Nothing ends the options before the address, so one that begins with a dash is an "
        "option, and sendmail has some that read and write files.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
command = f'exec sendmail -i -- "{address}"'
self._run(command, shell=True, input=text, text=True, check=True, timeout=30)
""",
        kind="command-injection",
        severity="critical",
        why="A shell reads the address between double quotes, which another quote ends and in "
        "which commands still run, so it runs any command.",
    ),
)

CODE_SITE: Final = Site(
    "code",
    quiet="""\
drawn = hashlib.sha256(secrets.token_bytes(32)).hexdigest()[:32]
return f"{year}-{month:02d}-{drawn}"
""",
    loud="""\
drawn = "".join(secrets.choice(ALPHABET) for _ in range(random.randint(26, 30)))
return f"{year}-{month:02d}-{drawn}"
""",
    wrong_quiet=Wrong(
        """\
drawn = hashlib.sha256(f"{self.number}/{year}/{month}".encode()).hexdigest()[:32]
return f"{year}-{month:02d}-{drawn}"
""",
        kind="weak-randomness",
        severity="critical",
        why="The code follows from the number and the month alone, so whoever knows them computes "
        "it and reads the statement.",
    ),
    wrong_loud=Wrong(
        """\
drawn = "".join(random.choice(ALPHABET) for _ in range(random.randint(26, 30)))
return f"{year}-{month:02d}-{drawn}"
""",
        kind="weak-randomness",
        severity="critical",
        why="The generator of random is no secret: from enough of its codes the next are computed, "
        "and with them the statements of others read.",
    ),
)

CODE: Final = Code(
    name="statements",
    source=SOURCE,
    sites=(MONTH, BALANCES, FEE, REFERENCE, TRANSFER, SAVE, SEND, CODE_SITE),
    slots={
        "account": (("account",), ("wallet",), ("loan",), ("deposit",)),
        "Entry entry": (
            ("Booking", "booking"),
            ("Posting", "posting"),
            ("Movement", "movement"),
            ("Payment", "payment"),
        ),
        "Class": (("Statements",), ("MonthlyReport",), ("Extracts",), ("Overview",)),
        "fee": (("fee",), ("charge",), ("interest",), ("commission",)),
        "mark": (("RF",), ("INV",), ("REF",), ("BK",)),
    },
    interacting=(("month", "balances"),),
)
