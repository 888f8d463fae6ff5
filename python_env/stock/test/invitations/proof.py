"""Proves the module `invitations`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import hmac, logging, random, sqlite3, time, tracemalloc
from datetime import UTC, datetime, timedelta, timezone
def place(m, now=None, hours_east=0):
    zone = timezone(timedelta(hours=hours_east))
    now = [datetime(2026, 3, 1, 10, tzinfo=zone)] if now is None else now
    db = sqlite3.connect(":memory:")
    return m.$Class(db, m.Member("olga@x.example", "Olga", "owner"), lambda: now[0]), db
def joined(c, people):
    made = c.invite_all([(address, role) for address, _, role in people], 24)
    for (address, name, _), one in zip(people, made): c.accept(address, one.code, name)
def tried(call):
    try: return call()
    except Exception as error: return type(error).__name__
def cost(call):
    begin = time.perf_counter_ns(); call(); return time.perf_counter_ns() - begin
def logged(m, call):
    rows = []
    h = logging.Handler(); h.emit = lambda record: rows.append(record.getMessage())
    m.log.handlers[:] = [h]; m.log.setLevel(1); m.log.propagate = False
    call(); return rows
ALL = ["$reader", "$writer", "admin", "owner"]
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "key_plain",
            None,
            """\
given = ("Ann@X.example", " ann@x.example ", "bob@x.example", "Stra\u00dfe@x.example",
    "STRASSE@x.example",
         "e\u0301@x.example", "\u00e9@x.example")
keys = [m.address_key(a) for a in given]
bad = [tried(lambda: m.address_key(a)) for a in
       ("", "ann", "a@b@c", "a b@x.example", "a@x.example\\nBcc: b", "@x", "a@\\x00")]
return [keys[0] == keys[1], keys[0] == keys[2], keys[3] == keys[4], keys[5] == keys[6], bad]
""",
            [True, False, True, True, ["ValueError"] * 7],
        ),
        Scenario(
            "key_of_other_forms",
            "address_key",
            """\
wide = "".join(chr(ord(letter) + 0xFEE0) for letter in "Ann@X.example")
keys = [m.address_key(a) for a in (wide, "ann@x.example", "\ufb01n@x.example", "fin@x.example")]
c, _ = place(m)
made = c.invite_all([("ann@x.example", "$writer")], 5)[0]
return [keys[0] == keys[1], keys[2] == keys[3], tried(lambda: c.accept(wide, made.code, "Ann"))]
""",
            [True, True, "$writer"],
        ),
        Scenario(
            "key_in_memory",
            "address_key",
            """\
def ask(begin, end):
    for k in range(begin, end): m.address_key(f"person-{k:06}-{'x' * 200}@x.example")
ask(0, 600)
tracemalloc.start(); before = tracemalloc.get_traced_memory()[0]
ask(600, 1800)
grown = tracemalloc.get_traced_memory()[0] - before; tracemalloc.stop()
return [grown < 600 * 600]
""",
            [True],
        ),
        Scenario(
            "key_and_forget",
            "address_key",
            """\
gone = []
class Typed(str):
    def __del__(self): gone.append(1)
for k in range(1500): m.address_key(Typed(f"person-{k}@x.example"))
return [len(gone) > 700]
""",
            [True],
        ),
        Scenario(
            "mail_plain",
            None,
            """\
made = m.$Invite("ann@x.example", "$writer", "CODE", "teal", "2026-03-08 18:00 UTC")
olga = m.Member("olga@x.example", "Olga", "owner")
text = m.mail(made, olga, "{inviter.name} wants you as {$invite.role} until {$invite.until}.")
return [text, m.mail(made, olga, "Hello!")]
""",
            [
                "To: ann@x.example\nSubject: Olga invites you\n\n"
                "Olga wants you as $writer until 2026-03-08 18:00 UTC.\nCODE\n",
                "To: ann@x.example\nSubject: Olga invites you\n\nHello!\nCODE\n",
            ],
        ),
        Scenario(
            "mail_of_a_template",
            "mail",
            """\
made = m.$Invite("ann@x.example", "$writer", "CODE", "teal", "later")
olga = m.Member("olga@x.example", "{$invite.role}", "owner")
out = []
for asked in ("{inviter.address}", "{$invite.code}",
              "{inviter.name.__class__}", "{0} {} {x}", "{inviter.name!r:>30}",
              "{inviter.name} {role}", "{"):
    out.append(tried(lambda: m.mail(made, olga, asked).split("\\n")[3]))
return plain(out)
""",
            [
                "{inviter.address}",
                "{$invite.code}",
                "{inviter.name.__class__}",
                "{0} {} {x}",
                "{inviter.name!r:>30}",
                "{$invite.role} {role}",
                "{",
            ],
        ),
        Scenario(
            "mail_of_a_template_that_digs",
            "mail",
            """\
made = m.$Invite("ann@x.example", "$writer", "CODE", "teal", "later")
asked = "{$invite.__init__.__globals__[RANK]}"
return [tried(lambda: m.mail(made, m.Member("o@x.example", "O", "owner"), asked).split("\\n")[3])]
""",
            ["{$invite.__init__.__globals__[RANK]}"],
        ),
        Scenario(
            "mail_of_a_name",
            "mail",
            """\
made = m.$Invite("ann@x.example", "$writer", "CODE", "teal", "later"); out = []
for name in ("Olga\\nBcc: eve@x.example", "Olga\\r\\n\\r\\nHi", "O\\rlga", " Olga  B. "):
    text = m.mail(made, m.Member("olga@x.example", name, "owner"), "Hello!")
    out.append([" ".join(line.split()) for line in text.replace("\\r", "\\n").split("\\n")])
return plain(out)
""",
            [
                [
                    "To: ann@x.example",
                    "Subject: Olga Bcc: eve@x.example invites you",
                    "",
                    "Hello!",
                    "CODE",
                    "",
                ],
                [
                    "To: ann@x.example",
                    "Subject: Olga Hi invites you",
                    "",
                    "Hello!",
                    "CODE",
                    "",
                ],
                [
                    "To: ann@x.example",
                    "Subject: O lga invites you",
                    "",
                    "Hello!",
                    "CODE",
                    "",
                ],
                [
                    "To: ann@x.example",
                    "Subject: Olga B. invites you",
                    "",
                    "Hello!",
                    "CODE",
                    "",
                ],
            ],
        ),
        Scenario(
            "invite_all_plain",
            None,
            """\
c, db = place(m)
made = c.invite_all([("Ann@x.example", "$reader"), ("bob@x.example", "admin")], 24)
seen = sorted(list(row) for row in db.execute("SELECT address, role FROM open"))
return plain([[(one.address, one.role) for one in made], seen, db.in_transaction, c.invite_all([],
    1),
              tried(lambda: c.invite_all([("nobody", "admin")], 24))])
""",
            [
                [["ann@x.example", "$reader"], ["bob@x.example", "admin"]],
                [["ann@x.example", "$reader"], ["bob@x.example", "admin"]],
                False,
                [],
                "ValueError",
            ],
        ),
        Scenario(
            "invite_all_or_none",
            "invite_all",
            """\
c, db = place(m); out = []
old = c.invite_all([("ann@x.example", "$writer")], 24)[0]
for rows in ([("ann@x.example", "admin"), ("bob@x.example", "king")], [("cy@x.example", "admin"),
    ("", "admin")]):
    out.append(tried(lambda: c.invite_all(rows, 24)))
db.rollback()
out.append(sorted(row[0] for row in db.execute("SELECT address FROM open")))
return plain(out + [tried(lambda: c.accept("ann@x.example", old.code, "Ann"))])
""",
            ["ValueError", "ValueError", ["ann@x.example"], "$writer"],
        ),
        Scenario(
            "codes_plain",
            None,
            """\
c, _ = place(m)
made = c.invite_all([(f"p{k}@x.example", "$reader") for k in range(40)], 24)
letters = set("".join(one.code for one in made))
return [len({one.code for one in made}), sorted({len(one.code) for one in made}),
    letters <= set(m.ALPHABET),
        len(letters) > 20, len({one.colour
            for one in made}) > 2, {one.colour for one in made} <= set(m.COLOURS)]
""",
            [40, [26], True, True, True, True],
        ),
        Scenario(
            "codes_unseen",
            "enter",
            """\
c, _ = place(m); made = []
rows = logged(m, lambda: made.extend(c.invite_all([("ann@x.example", "admin"), ("bob@x.example",
    "admin")], 24)))
text = " ".join(rows)
return ["ann@x.example" in text, "bob@x.example" in text, any(one.code in text for one in made)]
""",
            [True, True, False],
        ),
        Scenario(
            "codes_unforeseen",
            "enter",
            """\
c, _ = place(m); codes = []
for _ in range(3):
    random.seed(7)
    codes += [one.code for one in c.invite_all([("ann@x.example", "admin"), ("bob@x.example",
        "admin")], 24)]
return [len(set(codes))]
""",
            [6],
        ),
        Scenario(
            "until_now",
            None,
            """\
c, _ = place(m)
return [c.until(0)]
""",
            ["2026-03-01 10:00 UTC"],
        ),
        Scenario(
            "until_later",
            "until",
            """\
c, _ = place(m)
return [c.until(h) for h in (1, 24, 72)]
""",
            ["2026-03-01 11:00 UTC", "2026-03-02 10:00 UTC", "2026-03-04 10:00 UTC"],
        ),
        Scenario(
            "until_elsewhere",
            "until",
            """\
return [place(m, hours_east=h)[0].until(0) for h in (2, -5, 13)]
""",
            ["2026-03-01 08:00 UTC", "2026-03-01 15:00 UTC", "2026-02-28 21:00 UTC"],
        ),
        Scenario(
            "accept_plain",
            None,
            """\
now = [datetime(2026, 3, 1, 10, tzinfo=timezone(timedelta(hours=2)))]; c, db = place(m, now)
ann, bob = c.invite_all([("ann@x.example", "$writer"), ("bob@x.example", "admin")], 2)
late = ann.code[:-1] + ("A" if ann.code[-1] != "A" else "B")
out = [tried(lambda: c.accept("ann@x.example", code, "Ann")) for code in (late, "", "\u00e9" * 26,
    ann.code[:25])]
out += [c.accept(" ANN@x.example", ann.code, "Ann"), tried(lambda: c.accept("ann@x.example",
    ann.code, "Ann"))]
now[0] += timedelta(hours=2); out.append(tried(lambda: c.accept("bob@x.example", bob.code, "Bob")))
new = c.invite_all([("bob@x.example", "$reader")], 2)[0]
now[0] += timedelta(minutes=119); out.append(tried(lambda: c.accept("bob@x.example", bob.code,
    "Bob")))
out.append(c.accept("bob@x.example", new.code, "Bob"))
again = c.invite_all([("bob@x.example", "admin")], 2)[0]
out.append(tried(lambda: c.accept("bob@x.example", again.code, "Bob")))
rows = sorted(list(row) for row in db.execute("SELECT address, name, role FROM members"))
return plain(out + [rows, db.in_transaction])
""",
            ["PermissionError"] * 4
            + [
                "$writer",
                "PermissionError",
                "PermissionError",
                "PermissionError",
                "$reader",
                "PermissionError",
            ]
            + [
                [
                    ["ann@x.example", "Ann", "$writer"],
                    ["bob@x.example", "Bob", "$reader"],
                    ["olga@x.example", "Olga", "owner"],
                ],
                False,
            ],
        ),
        Scenario(
            "accept_with_the_code_of_another",
            "accept",
            """\
c, db = place(m)
ann, bob = c.invite_all([("ann@x.example", "$reader"), ("bob@x.example", "admin")], 24)
out = [tried(lambda: c.accept(address, bob.code, "X")) for address in ("ann@x.example",
    "eve@x.example")]
out += [c.accept("ann@x.example", ann.code, "Ann"), c.accept("bob@x.example", bob.code, "Bob")]
return plain(out + [db.execute("SELECT count(*) FROM members").fetchone()[0]])
""",
            ["PermissionError", "PermissionError", "$reader", "admin", 3],
        ),
        Scenario(
            "accept_by_the_clock",
            "accept",
            """\
c, _ = place(m)
code = c.invite_all([("ann@x.example", "$reader")], 24)[0].code
other = lambda k: code[:k] + ("A" if code[k] != "A" else "B") + code[k + 1:]
def ask(wrong): return cost(lambda: tried(lambda: c.accept("ann@x.example", wrong, "Ann")))
early, late = other(0), other(25)
for _ in range(4): ask(early), ask(late)
pairs = [(ask(early), ask(late)) for _ in range(5)]
return ["told" if all(b - a > 60 for a, b in pairs) else "equal"]
""",
            ["equal"],
        ),
        Scenario(
            "roles_plain",
            None,
            """\
c, db = place(m)
joined(c, [("ann@x.example", "Ann", "admin"), ("bob@x.example", "Bob", "$writer"),
    ("cy@x.example", "Cy", "$reader")])
do = lambda by, who, role: tried(lambda: c.change_role(by + "@x.example", who + "@x.example",
    role))
out = [do("ann", "cy", "$writer"), do("bob", "cy", "$reader"), do("ann", "cy", "owner"), do("ann",
    "ann", "owner"),
       do("olga", "olga", "admin"), do("eve", "cy", "admin"), do("olga", "eve",
           "admin"), do("olga", "cy", "king"),
       do("OLGA", "bob", "admin"), do("cy", "cy", "admin")]
rows = sorted(list(row) for row in db.execute("SELECT name, role FROM members"))
return plain(out + [rows, db.in_transaction])
""",
            [
                None,
                "PermissionError",
                "PermissionError",
                "PermissionError",
                "PermissionError",
                "PermissionError",
                "PermissionError",
                "PermissionError",
                None,
                "PermissionError",
                [["Ann", "admin"], ["Bob", "admin"], ["Cy", "$writer"], ["Olga", "owner"]],
                False,
            ],
        ),
        Scenario(
            "roles_of_higher_ones",
            "change_role",
            """\
c, db = place(m)
joined(c, [("ann@x.example", "Ann", "admin"), ("pam@x.example", "Pam", "owner"), ("bob@x.example",
    "Bob", "admin")])
do = lambda by, who, role: tried(lambda: c.change_role(by + "@x.example", who + "@x.example",
    role))
out = [do("ann", "pam", "$reader"), do("ann", "olga", "admin"), do("ann", "bob", "$reader")]
return plain(out + [sorted(list(row) for row in db.execute("SELECT name, role FROM members"))])
""",
            [
                "PermissionError",
                "PermissionError",
                None,
                [["Ann", "admin"], ["Bob", "$reader"], ["Olga", "owner"], ["Pam", "owner"]],
            ],
        ),
        Scenario(
            "roles_of_owners",
            "change_role",
            """\
c, db = place(m); joined(c, [("pam@x.example", "Pam", "owner")])
do = lambda by, who, role: tried(lambda: c.change_role(by + "@x.example", who + "@x.example",
    role))
out = [do("pam", "olga", "admin"), do("pam", "pam", "$reader"), do("pam", "olga", "owner"),
    do("olga", "pam", "$writer"),
       do("olga", "olga", "admin")]
return plain(out + [sorted(list(row) for row in db.execute("SELECT name, role FROM members"))])
""",
            [
                None,
                "PermissionError",
                None,
                None,
                "PermissionError",
                [["Olga", "owner"], ["Pam", "$writer"]],
            ],
        ),
        Scenario(
            "search_plain",
            None,
            """\
c, _ = place(m)
joined(c, [("zoe@x.example", "Ann Lee", "admin"), ("bob@x.example", "Bob Lee", "$writer"),
    ("cy@x.example", "Cy", "$reader")])
return plain([c.search("Lee", ALL), c.search("", ALL), c.search("Lee", ["admin"]), c.search("x",
    ALL), c.search("Lee", []),
              c.search("C", ["king", "$reader"])])
""",
            [
                ["bob@x.example", "zoe@x.example"],
                ["bob@x.example", "cy@x.example", "olga@x.example", "zoe@x.example"],
                ["zoe@x.example"],
                [],
                [],
                ["cy@x.example"],
            ],
        ),
        Scenario(
            "search_as_typed",
            "search",
            """\
c, _ = place(m)
joined(c, [("a@x.example", "50% Ann", "admin"), ("b@x.example", "b_b", "admin"), ("c@x.example",
    "Cy", "admin")])
return plain([c.search(t, ALL) for t in ("%", "_", "50%", "b_b", "bb", "c", "C", "%%", "O'")])
""",
            [
                ["a@x.example"],
                ["b@x.example"],
                ["a@x.example"],
                ["b@x.example"],
                [],
                [],
                ["c@x.example"],
                [],
                [],
            ],
        ),
        Scenario(
            "search_by_odd_roles",
            "search",
            """\
c, _ = place(m); c.invite_all([("ann@x.example", "admin")], 24)
out = []
for role in ("x') OR ('1' = '1", "x') UNION SELECT code FROM open WHERE ('' = '", "o'brien", '"',
    "admin') --"):
    out.append(tried(lambda: c.search("", [role])))
return plain(out)
""",
            [[], [], [], [], []],
        ),
    ),
)
