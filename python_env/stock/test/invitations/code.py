"""Invites people to a shared place: codes, acceptance, roles, search and the text of the mail."""

from typing import Final

from python_env.stock.format import Code, Site, Wrong

SOURCE: Final = '''\
"""Who is invited to a $space and who belongs to it."""

import hmac
import logging
import random
import re
import secrets
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

log = logging.getLogger(__name__)

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LETTERS = 26
COLOURS = ("amber", "coral", "indigo", "olive", "teal")
RANK = {"$reader": 0, "$writer": 1, "admin": 2, "owner": 3}
KEYS_KEPT = 512
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Member:
    """Somebody who belongs to the $space."""

    address: str
    name: str
    role: str


@dataclass(frozen=True)
class $Invite:
    """What goes into the mail. The code may be known to who gets that mail, and to no log."""

    address: str
    role: str
    code: str
    colour: str
    until: str


#@ address_key
    if not re.fullmatch(r"[^@\\s]+@[^@\\s]+", key) or not key.isprintable():
        raise ValueError(f"{address!r} is no address.")
    return key


def mail(made: $Invite, inviter: Member, template: str) -> str:
    """Return the mail: To and Subject, an empty line, the filled template, and the code last.

    The name is typed by the inviter and the template by an admin, for people outside. In the
    template {inviter.name}, {$invite.role} and {$invite.until} are replaced, and nothing
    else is. In the headers, blanks stand for line breaks and other white space of the name.
    """
    #@ mail
    return f"{head}\\n{body}\\n{made.code}\\n"


class $Class:
    """The members of one $space and the ${invite}s to it, in a new database that is its own.

    One thread uses it. Who may invite and search was checked. `clock` gives the time with a zone,
    of whatever offset. Texts are valid Unicode; an address that is none is a ValueError.
    """

    def __init__(self, db: sqlite3.Connection, first: Member, clock: Clock) -> None:
        self._db, self._clock = db, clock
        row = (address_key(first.address), first.name, first.role)
        with db:
            db.execute("CREATE TABLE members (address PRIMARY KEY, name, role)")
            db.execute("CREATE TABLE open (address PRIMARY KEY, role, code, ends)")
            db.execute("INSERT INTO members VALUES (?, ?, ?)", row)

    def invite_all(self, rows: Iterable[tuple[str, str]], hours: int) -> list[$Invite]:
        """Enter one $invite for each (address, role), each in place of an earlier one.

        Others stay, ended or not. All are entered or none: an unknown role is a ValueError.
        """
        made: list[$Invite] = []
        #@ invite_all
        return made

    def _enter(self, address: str, role: str, hours: int) -> $Invite:
        """Enter one $invite, without a commit, and log for whom it is, even if that is undone.

        Its code has CODE_LETTERS letters which nobody can foresee; the colour is decoration.
        """
        key, until = address_key(address), self.until(hours)
        #@ enter
        row = (key, role, made.code, self._clock().timestamp() + 3600 * hours)
        self._db.execute("INSERT OR REPLACE INTO open VALUES (?, ?, ?, ?)", row)
        return made

    def until(self, hours: int) -> str:
        """Return the time in so many hours as a mail tells it, such as "2026-03-08 18:00 UTC"."""
        #@ until
        return f"{ends:%Y-%m-%d %H:%M} UTC"

    def accept(self, address: str, code: str, name: str) -> str:
        """Make who is logged in with an address a member and return the role.

        That takes the code of the latest $invite of this very address, before it ends. Members
        and all others get a PermissionError; how long that takes tells nothing of the code.
        """
        key = address_key(address)
        #@ accept
        if row is None or row[1] <= self._clock().timestamp() or self._role(key):
            raise PermissionError("This $invite cannot be accepted.")
        with self._db:
            self._db.execute("DELETE FROM open WHERE address = ?", (key,))
            self._db.execute("INSERT INTO members VALUES (?, ?, ?)", (key, name, row[0]))
        return str(row[0])

    def _role(self, key: str) -> str | None:
        found = self._db.execute("SELECT role FROM members WHERE address = ?", (key,)).fetchone()
        return found and str(found[0])

    def change_role(self, by: str, address: str, role: str) -> None:
        """Give a member another role, at the wish of who is logged in with the address `by`.

        Admins and owners may do that, but neither give a role above their own nor change anybody
        who is above them. The only owner stays one. All else is a PermissionError.
        """
        who = address_key(address)
        mine, theirs = self._role(address_key(by)), self._role(who)
        if mine is None or theirs is None or role not in RANK:
            raise PermissionError("There is no such member or role.")
        owners = len(self.search("", ["owner"]))
        #@ change_role
        with self._db:
            self._db.execute("UPDATE members SET role = ? WHERE address = ?", (role, who))

    def search(self, text: str, roles: Sequence[str]) -> list[str]:
        """Return the addresses, in order, of members of some roles whose name has `text` in it.

        Both come from a query string of 8 KB at most. The text is meant letter by letter.
        """
        #@ search
'''

ADDRESS_KEY: Final = Site(
    "address_key",
    quiet='''\
def address_key(address: str) -> str:
    """Return what an address is known by; a ValueError if it is none.

    Case as Unicode folds it, blanks around, and which of compatible forms (NFKC), such as full
    width, a letter has make no difference. At most KEYS_KEPT results are kept in memory.
    """
    plain = unicodedata.normalize("NFKC", address.strip()).casefold()
    key = unicodedata.normalize("NFKC", plain)
''',
    loud='''\
@lru_cache(maxsize=KEYS_KEPT)
def address_key(address: str) -> str:
    """Return what an address is known by; a ValueError if it is none.

    Case as Unicode folds it, blanks around, and which of compatible forms (NFKC), such as full
    width, a letter has make no difference. At most KEYS_KEPT results are kept in memory.
    """
    plain = unicodedata.normalize("NFKC", address.strip()).casefold()
    key = unicodedata.normalize("NFKC", plain)
''',
    wrong_quiet=Wrong(
        '''\
def address_key(address: str) -> str:
    """Return what an address is known by; a ValueError if it is none.

    Case as Unicode folds it, blanks around, and which of compatible forms (NFKC), such as full
    width, a letter has make no difference. At most KEYS_KEPT results are kept in memory.
    """
    plain = unicodedata.normalize("NFC", address.strip()).casefold()
    key = unicodedata.normalize("NFC", plain)
''',
        kind="text-encoding",
        severity="medium",
        why="NFC leaves letters of full width as they are, so one address typed in two ways has "
        "two keys and its owner is refused.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        '''\
@lru_cache(maxsize=None)
def address_key(address: str) -> str:
    """Return what an address is known by; a ValueError if it is none.

    Case as Unicode folds it, blanks around, and which of compatible forms (NFKC), such as full
    width, a letter has make no difference. At most KEYS_KEPT results are kept in memory.
    """
    plain = unicodedata.normalize("NFKC", address.strip()).casefold()
    key = unicodedata.normalize("NFKC", plain)
''',
        kind="unbounded-memory",
        severity="low",
        why="The results of all addresses that were ever typed stay in memory, where at most "
        "KEYS_KEPT may.",
    ),
)

MAIL: Final = Site(
    "mail",
    quiet="""\
name = " ".join(inviter.name.split())
head = f"To: {made.address}\\nSubject: {name} invites you\\n"
fill = {"inviter.name": inviter.name, "$invite.role": made.role, "$invite.until": made.until}
body = re.sub(r"\\{([a-z.]+)\\}", lambda found: fill.get(found[1], found[0]), template)
""",
    loud="""\
head = ""
for field, text in ("To", made.address), ("Subject", f"{inviter.name} invites you"):
    head += f"{field}: {' '.join(text.split())}\\n"
fill = {"inviter.name": inviter.name, "$invite.role": made.role, "$invite.until": made.until}
body = re.sub(r"\\{([a-z.]+)\\}", lambda found: fill.get(found[1], found[0]), template)
""",
    wrong_quiet=Wrong(
        """\
name = " ".join(inviter.name.split())
head = f"To: {made.address}\\nSubject: {name} invites you\\n"
fill = {"inviter": inviter, "$invite": made}
body = template.format_map(fill)
""",
        kind="code-injection",
        severity="critical",
        why="The template may ask for any attribute of the two objects, and through them for the "
        "globals of the service, so whoever writes it reads what is not meant for mails.",
    ),
    wrong_loud=Wrong(
        """\
head = ""
for field, text in ("To", made.address), ("Subject", f"{inviter.name} invites you"):
    head += f"{field}: {text.strip()}\\n"
fill = {"inviter.name": inviter.name, "$invite.role": made.role, "$invite.until": made.until}
body = re.sub(r"\\{([a-z.]+)\\}", lambda found: fill.get(found[1], found[0]), template)
""",
        kind="header-injection",
        severity="high",
        why="Line breaks within the name stay, so an inviter adds headers such as Bcc and has the "
        "codes of others sent elsewhere.",
    ),
)

INVITE_ALL: Final = Site(
    "invite_all",
    quiet="""\
with self._db:
    for address, role in rows:
        if role not in RANK:
            raise ValueError(f"There is no role {role!r}.")
        made.append(self._enter(address, role, hours))
""",
    loud="""\
try:
    for address, role in rows:
        if role not in RANK:
            raise ValueError(f"There is no role {role!r}.")
        made.append(self._enter(address, role, hours))
    self._db.commit()
except:
    self._db.rollback()
    raise
""",
    wrong_quiet=Wrong(
        """\
with self._db:
    for address, role in rows:
        if role in RANK:
            made.append(self._enter(address, role, hours))
        else:
            log.warning("No $invite for the role %r", role)
""",
        kind="swallowed-error",
        severity="medium",
        why="Rows with an unknown role are left out and only logged, where the caller must get a "
        "ValueError and nothing may be entered.",
        lines=(3, 6),
    ),
    wrong_loud=Wrong(
        """\
try:
    for address, role in rows:
        if role not in RANK:
            raise ValueError(f"There is no role {role!r}.")
        made.append(self._enter(address, role, hours))
        self._db.commit()
except:
    self._db.rollback()
    raise
""",
        kind="partial-write",
        severity="high",
        why="Each row is committed by itself, so those before a bad one stay entered though the "
        "call fails, and earlier codes of these people have stopped working.",
        lines=(6, 6),
    ),
)

ENTER: Final = Site(
    "enter",
    quiet="""\
code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))
made = $Invite(key, role, code, secrets.choice(COLOURS), until)
log.info("Invited until %s: %s as %s", until, made.address, made.role)
""",
    loud="""\
code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))
made = $Invite(key, role, code, random.choice(COLOURS), until)
log.info("Invited until %s: %s as %s", until, made.address, made.role)
""",
    wrong_quiet=Wrong(
        """\
code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))
made = $Invite(key, role, code, secrets.choice(COLOURS), until)
log.info("Invited until %s, in a mail that is made of %s", until, made)
""",
        kind="secret-exposure",
        severity="high",
        why="A dataclass prints all its fields, so the code stands in the log.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
code = "".join(random.choice(ALPHABET) for _ in range(CODE_LETTERS))
made = $Invite(key, role, code, random.choice(COLOURS), until)
log.info("Invited until %s: %s as %s", until, made.address, made.role)
""",
        kind="weak-randomness",
        severity="critical",
        why="The generator is not meant for secrets: who has seen some codes can compute the next "
        "and join in the place of others.",
        lines=(1, 1),
    ),
)

UNTIL: Final = Site(
    "until",
    quiet="""\
ends = self._clock().astimezone(UTC) + timedelta(hours=hours)
""",
    loud="""\
ends = self._clock().astimezone(UTC).replace(tzinfo=None) + timedelta(hours=hours)
""",
    wrong_quiet=Wrong(
        """\
ends = self._clock().astimezone(UTC) + timedelta(hours)
""",
        kind="unit-mismatch",
        severity="medium",
        why="The first argument of timedelta is days, so the mail promises 24 times as long as "
        "the code works.",
    ),
    wrong_loud=Wrong(
        """\
ends = self._clock().replace(tzinfo=UTC) + timedelta(hours=hours)
""",
        kind="time-zone",
        severity="medium",
        why="The clock may have any zone, and its local hour is called UTC without being "
        "converted.",
        subtle=True,
    ),
)

ACCEPT: Final = Site(
    "accept",
    quiet="""\
found = self._db.execute("SELECT role, ends, code FROM open WHERE address = ?", (key,))
row = found.fetchone()
if row is not None and not hmac.compare_digest(row[2].encode(), code.encode()):
    row = None
""",
    loud="""\
found = self._db.execute("SELECT role, ends, code FROM open WHERE address = ?", (key,))
row = found.fetchone()
secret = row[2] if row is not None else ""
differ = len(code) != len(secret)
for mine, given in zip(secret, code):
    differ |= mine != given
row = None if differ else row
""",
    wrong_quiet=Wrong(
        """\
found = self._db.execute("SELECT role, ends, code FROM open ORDER BY address")
row = None
for one in found.fetchall():
    row = one if hmac.compare_digest(one[2].encode(), code.encode()) else row
""",
        kind="auth-bypass",
        severity="critical",
        why="The code may be that of anybody's invitation, so who gets hold of another's joins in "
        "that role.",
    ),
    wrong_loud=Wrong(
        """\
found = self._db.execute("SELECT role, ends, code FROM open WHERE address = ?", (key,))
row = found.fetchone()
secret = row[2] if row is not None else ""
differ = len(code) != len(secret)
for mine, given in zip(secret, code):
    if mine != given:
        differ = True
        break
row = None if differ else row
""",
        kind="timing-leak",
        severity="critical",
        why="The comparison ends at the first letter that differs, so the code can be found letter "
        "by letter from how long a refusal takes.",
        subtle=True,
    ),
)

CHANGE_ROLE: Final = Site(
    "change_role",
    quiet="""\
if RANK[mine] < RANK["admin"] or max(RANK[role], RANK[theirs]) > RANK[mine]:
    raise PermissionError("Only who stands higher may do that.")
if theirs == "owner" and role != "owner" and owners == 1:
    raise PermissionError("The only owner stays one.")
""",
    loud="""\
allowed = RANK["admin"] <= RANK[mine] >= max(RANK[role], RANK[theirs])
if allowed == False:
    raise PermissionError("Only who stands higher may do that.")
if theirs == "owner" and role != "owner" and owners == 1:
    raise PermissionError("The only owner stays one.")
""",
    wrong_quiet=Wrong(
        """\
if RANK[mine] < RANK["admin"] or RANK[role] > RANK[mine]:
    raise PermissionError("Only who stands higher may do that.")
if theirs == "owner" and role != "owner" and owners == 1:
    raise PermissionError("The only owner stays one.")
""",
        kind="auth-bypass",
        severity="critical",
        why="Whose role is changed is not looked at, so an admin takes the role of an owner away.",
    ),
    wrong_loud=Wrong(
        """\
allowed = RANK["admin"] <= RANK[mine] >= max(RANK[role], RANK[theirs])
if allowed == False:
    raise PermissionError("Only who stands higher may do that.")
if theirs == "owner" and (role != "owner" or owners == 1):
    raise PermissionError("The only owner stays one.")
""",
        kind="wrong-condition",
        severity="medium",
        why="The two tests are joined by or, so an owner cannot get another role even where there "
        "are several.",
    ),
)

SEARCH: Final = Site(
    "search",
    quiet="""\
query = "SELECT address, role FROM members WHERE instr(name, ?) > 0 ORDER BY address"
found = self._db.execute(query, (text,)).fetchall()
return [str(address) for address, role in found if role in roles]
""",
    loud="""\
marks = ", ".join("?" for _ in roles)
query = f"SELECT address FROM members WHERE role IN ({marks}) AND instr(name, ?) > 0"
found = self._db.execute(query + " ORDER BY address", (*roles, text))
return [str(address) for (address,) in found.fetchall()]
""",
    wrong_quiet=Wrong(
        """\
query = "SELECT address, role FROM members WHERE name LIKE ? ORDER BY address"
found = self._db.execute(query, (f"%{text}%",)).fetchall()
return [str(address) for address, role in found if role in roles]
""",
        kind="text-encoding",
        severity="medium",
        why="Percent signs and underscores in the text are not escaped for LIKE, which folds "
        "case too, so names are found that do not have the text in them.",
        subtle=True,
    ),
    wrong_loud=Wrong(
        """\
names = ", ".join(f"'{role}'" for role in roles)
query = f"SELECT address FROM members WHERE role IN ({names}) AND instr(name, ?) > 0"
found = self._db.execute(query + " ORDER BY address", (text,))
return [str(address) for (address,) in found.fetchall()]
""",
        kind="sql-injection",
        severity="critical",
        why="The roles come from the query string and stand in the statement, so a quote in one "
        "lets a stranger ask for anything, codes included.",
        lines=(1, 2),
    ),
)

CODE: Final = Code(
    name="invitations",
    source=SOURCE,
    sites=(ADDRESS_KEY, MAIL, INVITE_ALL, ENTER, UNTIL, ACCEPT, CHANGE_ROLE, SEARCH),
    slots={
        "space": (("workspace",), ("project",), ("team",), ("board",), ("studio",)),
        "Class": (("Roster",), ("Membership",), ("Circle",), ("Crew",)),
        "invite": (("invite",), ("referral",), ("welcome",), ("offer",)),
        "reader writer": (
            ("viewer", "editor"),
            ("reader", "author"),
            ("guest", "contributor"),
            ("observer", "collaborator"),
        ),
    },
    interacting=(("address_key", "accept"), ("enter", "mail")),
)
