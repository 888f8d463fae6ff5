"""Proves the module `sharing`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import asyncio, logging, sqlite3, time
from datetime import datetime, timedelta, timezone

class Db(sqlite3.Connection):
    before = None

    def execute(self, sql, *args):
        if self.before and not self.in_transaction:
            self.before()
        return super().execute(sql, *args)

def desk(m, owners=None):
    db = sqlite3.connect(":memory:", factory=Db)
    db.executescript(
        "CREATE TABLE $table (number INTEGER PRIMARY KEY, $paper TEXT, live INTEGER);"
        "CREATE TABLE visits (number INTEGER, referrer TEXT, times INTEGER,"
        " UNIQUE (number, referrer));"
    )
    return m.$Class(db, b"k" * 32, owners or {}), db

def tried(call):
    try:
        return plain(call())
    except Exception as error:
        return "raised " + type(error).__name__

def fields(share):
    return [share.number, share.$paper, share.rights]

def logged(m, call):
    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())
    m.log.handlers[:] = [handler]
    m.log.setLevel(1)
    m.log.propagate = False
    call()
    return lines

def visits(db):
    return [
        list(row)
        for row in db.execute(
            "SELECT number, referrer, times FROM visits ORDER BY number, referrer"
        )
    ]

def unix(*parts):
    return int(datetime(*parts, tzinfo=timezone.utc).timestamp())

def soon():
    return int(datetime.now(timezone.utc).timestamp()) + 9000

class Page:
    def __init__(self, size):
        self.left, self.given = size, 0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.closed = True

    def read(self, size=-1):
        size = self.left if size is None or size < 0 else min(size, self.left)
        self.left -= size
        self.given += size
        return b"x" * size

def fetching(page, called):
    def fetch(request, address):
        called.append([request if isinstance(request, str) else request.full_url, address])
        return page

    return fetch

def telling(m, fails, rounds):
    h, _ = desk(m)

    async def send(person):
        await asyncio.sleep(0)
        if person in fails:
            raise ConnectionError(person)

    async def run():
        out = []
        for people in rounds:
            try:
                out.append(await asyncio.wait_for(h.tell(people, send), 0.2))
            except TimeoutError:
                out.append("hangs")
            except Exception as error:
                out.append("raised " + type(error).__name__)
        return out

    return asyncio.run(run())
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "expiring_plain",
            None,
            """\
now = unix(2026, 3, 10, 12)
shares = [m.Share(day, "p", "read", unix(2026, 3, day, 12)) for day in (8, 9, 10, 11, 12, 14, 15)]
return plain([m.expiring(shares, now, timezone.utc), m.expiring([], now, timezone.utc)])
""",
            [[10, 11, 12], []],
        ),
        Scenario(
            "expiring_last",
            "expiring",
            """\
now = unix(2026, 3, 10, 22)
shares = [
    m.Share(number, "p", "read", unix(2026, 3, *when))
    for number, when in enumerate(((13, 0, 1), (13, 23, 59), (14, 0, 1), (9, 23, 59), (10, 0, 1)))
]
return plain(
    [m.expiring(iter(shares), now, timezone.utc), m.expiring(shares, float(now), timezone.utc)]
)
""",
            [[0, 1, 4], [0, 1, 4]],
        ),
        Scenario(
            "expiring_zones",
            "expiring",
            """\
ends = [
    unix(2026, 3, *when)
    for when in ((9, 16), (10, 1), (10, 16), (11, 9), (12, 14), (12, 16), (13, 16), (14, 2))
]
shares = [m.Share(number, "p", "read", end) for number, end in enumerate(ends)]
out = []
for hours in (9, -8):
    for now in (unix(2026, 3, 10, 14), unix(2026, 3, 10, 16), unix(2026, 3, 10, 3)):
        out.append(m.expiring(shares, now, timezone(timedelta(hours=hours))))
return plain(out)
""",
            [
                [0, 1, 2, 3, 4, 5],
                [2, 3, 4, 5, 6, 7],
                [0, 1, 2, 3, 4, 5],
                [2, 3, 4, 5, 6, 7],
                [2, 3, 4, 5, 6, 7],
                [0, 1, 2, 3, 4, 5],
            ],
        ),
        Scenario(
            "preview_plain",
            None,
            """\
called, out = [], []
for size in (0, 10, 65_536):
    page = Page(size)
    got = m.preview(
        f"https://x.example/{size}",
        lambda host: ["93.184.216.34"] if host == "x.example" else ["127.0.0.1"],
        fetching(page, called),
    )
    out.append([len(got), page.closed])
bad = ("ftp://x.example/", "file:///etc/passwd", "http://localhost/", "x.example")
out.append(
    [
        tried(
            lambda: m.preview(
                url,
                lambda host: ["127.0.0.1" if host != "x.example" else "93.184.216.34"],
                fetching(Page(1), called),
            )
        )
        for url in bad
    ]
)
return plain([out, called])
""",
            [
                [[0, True], [10, True], [65536, True], ["raised ValueError"] * 4],
                [[f"https://x.example/{size}", "93.184.216.34"] for size in (0, 10, 65536)],
            ],
        ),
        Scenario(
            "preview_inside",
            "preview",
            """\
hosts = {
    "a": ["10.0.0.5"],
    "b": ["169.254.169.254"],
    "c": ["192.168.1.1"],
    "d": ["93.184.216.34", "10.1.1.1"],
    "e": ["fd00::1"],
    "f": ["::1"],
    "g": ["0.0.0.0"],
    "h": ["172.16.3.4"],
    "i": ["93.184.216.34"],
    "j": ["fe80::1", "93.184.216.34"],
}
called = []
said = [
    tried(
        lambda: m.preview(
            f"http://{host}:8080/x", hosts.__getitem__, fetching(Page(3), called)
        ).decode()
    )
    for host in hosts
]
return plain([said, called])
""",
            [
                [*["raised ValueError"] * 8, "xxx", "raised ValueError"],
                [["http://i:8080/x", "93.184.216.34"]],
            ],
        ),
        Scenario(
            "preview_sizes",
            "preview",
            """\
out = []
for size in (100, 65_537, 5_000_000):
    page = Page(size)
    got = m.preview("http://x.example/", lambda host: ["93.184.216.34"], fetching(page, []))
    out.append([len(got), page.given <= 140_000])
return plain(out)
""",
            [[100, True], [65536, True], [65536, True]],
        ),
        Scenario(
            "greeting_plain",
            None,
            r"""
share = m.Share(7, "p", "read", 0)
return plain(
    [
        m.greeting("Dear you,\n{title} is at {link}. {title}!", "Plan", "n=7&s=ab", share),
        m.greeting("", "a", "b", share),
        m.greeting("no", "a", "b", share),
    ]
)
""",
            ["Dear you,\nPlan is at n=7&s=ab. Plan!", "", "no"],
        ),
        Scenario(
            "greeting_braces",
            "greeting",
            """\
share = m.Share(7, "p", "read", 0)
texts = (
    "{share.number} {title}",
    "{x} { } {link}",
    "{share.rights}",
    "{title!r:>9}",
    "{",
    "}",
    "{{title}}",
    "{0}",
    "{title:>4}",
)
return plain([tried(lambda: m.greeting(text, "a{link}", "L", share)) for text in texts])
""",
            [
                "{share.number} a{link}",
                "{x} { } L",
                "{share.rights}",
                "{title!r:>9}",
                "{",
                "}",
                "{a{link}}",
                "{0}",
                "{title:>4}",
            ],
        ),
        Scenario(
            "greeting_logs",
            "greeting",
            """\
share = m.Share(7, "p", "read", 0)
link = "n=7&p=p&r=read&u=0&s=" + "c0ffee" * 10
got = []
lines = logged(
    m,
    lambda: got.extend(
        m.greeting("y" * size + " {link}", "T", link, share) for size in (5, 1999, 2500, 9000)
    ),
)
return plain(
    [[len(text) for text in got], ["c0ffee" in line or link in line for line in lines].count(True)]
)
""",
            [[87, 2081, 2582, 9082], 0],
        ),
        Scenario(
            "made_plain",
            None,
            r"""
h, db = desk(m)
pairs = [
    h.made(paper, rights, 5)
    for paper, rights in (("a", "read"), ("b&s=c", "edit"), ("\u00e9 1", ""))
]
return plain(
    [
        [fields(h.read(link)) for link, _ in pairs],
        len({code for _, code in pairs}),
        min(len(code) for _, code in pairs) >= 12,
        [list(row) for row in db.execute("SELECT * FROM $table")],
    ]
)
""",
            [
                [[1, "a", "read"], [2, "b&s=c", "edit"], [3, "\u00e9 1", ""]],
                3,
                True,
                [[1, "a", 1], [2, "b&s=c", 1], [3, "\u00e9 1", 1]],
            ],
        ),
        Scenario(
            "made_hours",
            "made",
            """\
h, _ = desk(m)
out = []
for hours in (1, 24, 72):
    share = h.read(h.made("p", "read", hours)[0])
    left = share.until - datetime.now(timezone.utc).timestamp()
    out.append([round(left / 60), h.is_open(share)])
return plain(out)
""",
            [[60, True], [1440, True], [4320, True]],
        ),
        Scenario(
            "made_codes",
            "made",
            """\
h, _ = desk(m)
codes = [h.made("p", "read", 1)[1] for _ in range(16)]
same = max(
    sum(a == b for a, b in zip(one, other)) / len(one) for one, other in zip(codes, codes[1:])
)
return plain([len(set(codes)), len(codes), "alike" if same > 0.5 else "apart"])
""",
            [16, 16, "apart"],
        ),
        Scenario(
            "read_plain",
            None,
            """\
h, _ = desk(m)
other = m.$Class(sqlite3.connect(":memory:"), b"q" * 32, {})
link = h.made("plan", "read", 2)[0]
body, _, signature = link.partition("&s=")
bad = (
    "",
    "x",
    body,
    body + "&s=",
    body + "&s=" + "0" * 64,
    link[:-1],
    link + "0",
    link.replace("read", "edit"),
    "n=1&p=plan&r=read&u=9&s=" + signature,
)
return plain(
    [
        fields(h.read(link)),
        [tried(lambda: h.read(text)) for text in bad],
        tried(lambda: other.read(link)),
    ]
)
""",
            [[1, "plan", "read"], ["raised PermissionError"] * 9, "raised PermissionError"],
        ),
        Scenario(
            "read_more",
            "read",
            """\
h, _ = desk(m)
link = h.made("plan", "read", 2)[0]
out = []
for more in ("&p=secret", "&r=edit", "&n=9", "&u=99999999999", "&x=1"):
    try:
        out.append(fields(h.read(link + more)))
    except PermissionError:
        out.append("refused")
return plain([out, fields(h.read(link))])
""",
            [["refused"] * 5, [1, "plan", "read"]],
        ),
        Scenario(
            "read_time",
            "read",
            """\
h, _ = desk(m)
link = h.made("plan", "read", 2)[0]

def flipped(at):
    digit = "0" if link[at] != "0" else "1"
    return link[:at] + digit + (link[at + 1 :] if at != -1 else "")

early, late = flipped(len(link) - 64), flipped(len(link) - 1)

def cost(text):
    begin = time.perf_counter_ns()
    said = tried(lambda: h.read(text))
    return time.perf_counter_ns() - begin, said

for text in (early, late) * 3:
    cost(text)
pairs = [(cost(early), cost(late)) for _ in range(5)]
whole = sum(a[0] for a, _ in pairs)
gap = sum(b[0] - a[0] for a, b in pairs)
return plain([pairs[0][0][1], pairs[0][1][1], "tells" if gap > whole / 25 else "even"])
""",
            ["raised PermissionError", "raised PermissionError", "even"],
        ),
        Scenario(
            "is_open_plain",
            None,
            """\
h, _ = desk(m)
end = soon()
links = [h.read(h.made("p", "read", hours)[0]) for hours in (0, 48)]
return plain(
    [
        h.is_open(m.Share(2, "p", "read", end)),
        h.is_open(links[0]),
        h.is_open(m.Share(9, "p", "read", end)),
        h.is_open(m.Share(2, "p", "read", 5)),
    ]
)
""",
            [True, False, False, False],
        ),
        Scenario(
            "revoke_plain",
            None,
            """\
h, db = desk(m, {"a": "ann", "b": "bob"})
end = soon()
for paper in "aab":
    h.made(paper, "read", 9)
out = [
    tried(lambda: h.revoke(*given))
    for given in (
        (1, "a", "bob"),
        (1, "c", "ann"),
        (3, "b", "ann"),
        (1, "a", "ann"),
        (1, "a", "ann"),
    )
]
return plain(
    [
        out,
        [h.is_open(m.Share(number, "a", "read", end)) for number in (1, 2, 3)],
        [list(row) for row in db.execute("SELECT number, live FROM $table")],
        db.in_transaction,
    ]
)
""",
            [
                ["raised PermissionError"] * 3 + [None, None],
                [False, True, True],
                [[1, 0], [2, 1], [3, 1]],
                False,
            ],
        ),
        Scenario(
            "revoke_opened",
            "revoke",
            """\
h, _ = desk(m, {"a": "ann"})
end = soon()
for _ in range(3):
    h.made("a", "read", 9)
share = [m.Share(number, "a", "read", end) for number in (1, 2, 3)]
first = [h.is_open(share[0]), h.is_open(share[1])]
h.revoke(1, "a", "ann")
h.revoke(3, "a", "ann")
return plain([first, [h.is_open(one) for one in share], [h.is_open(one) for one in share]])
""",
            [[True, True], [False, True, False], [False, True, False]],
        ),
        Scenario(
            "revoke_others",
            "revoke",
            """\
h, db = desk(m, {"a": "ann", "b": "bob"})
end = soon()
for paper in "ab":
    h.made(paper, "read", 9)
said = [tried(lambda: h.revoke(*given)) for given in ((1, "b", "bob"), (2, "a", "ann"))]
open_ones = [h.is_open(m.Share(number, "x", "read", end)) for number in (1, 2)]
return plain([open_ones, [list(row) for row in db.execute("SELECT number, live FROM $table")]])
""",
            [[True, True], [[1, 1], [2, 1]]],
        ),
        Scenario(
            "count_plain",
            None,
            """\
h, db = desk(m)
for number, page in (
    (1, "x.example"),
    (1, "y.example"),
    (1, "x.example"),
    (2, "x.example"),
    (1, "x.example"),
    (2, ""),
):
    h.count(number, page)
return plain([visits(db), db.in_transaction])
""",
            [[[1, "x.example", 3], [1, "y.example", 1], [2, "", 1], [2, "x.example", 1]], False],
        ),
        Scenario(
            "count_together",
            "count",
            """\
out = []
for at in (1, 2, 3):
    h, db = desk(m)
    other = m.$Class(db, b"k" * 32, {})
    h.count(1, "x")
    steps = []

    def meanwhile():
        steps.append(1)
        if len(steps) == at:
            db.before = None
            other.count(1, "x")
            other.count(1, "x")

    db.before = meanwhile
    h.count(1, "x")
    db.before = None
    while len(steps) < at:
        steps += [1] * at
        other.count(1, "x")
        other.count(1, "x")
    out.append(visits(db))
return plain(out)
""",
            [[[1, "x", 4]]] * 3,
        ),
        Scenario(
            "count_pages",
            "count",
            """\
h, db = desk(m)
pages = ("x', 900) --", "it's", "x'||(SELECT 1)||'", 'a"b', "%s", "x")
said = [tried(lambda: h.count(1, page)) for page in pages]
return plain([said, sorted([row[1], row[2]] for row in visits(db))])
""",
            [
                [None] * 6,
                sorted(
                    [page, 1]
                    for page in ("x', 900) --", "it's", "x'||(SELECT 1)||'", 'a"b', "%s", "x")
                ),
            ],
        ),
        Scenario(
            "tell_plain",
            None,
            """\
h, _ = desk(m)
now, most, told = [0], [0], []

async def send(person):
    now[0] += 1
    most[0] = max(most[0], now[0])
    await asyncio.sleep(0.001)
    now[0] -= 1
    told.append(person)

async def run():
    both = await asyncio.gather(h.tell(list("abcdefgh"), send), h.tell(list("ijkl"), send))
    return both + [await h.tell([], send)]

return plain([asyncio.run(run()), sorted(told), most])
""",
            [[[], [], []], list("abcdefghijkl"), [4]],
        ),
        Scenario(
            "tell_slots",
            "tell",
            """\
return plain(
    telling(m, {"b", "d"}, [["a", "b"], ["d", "c"], ["b", "d", "e"], ["a", "c", "e"], ["b"]])
)
""",
            [["b"], ["d"], ["b", "d"], [], ["b"]],
        ),
        Scenario(
            "tell_missed",
            "tell",
            """\
return plain(
    telling(m, {"x"}, [["a", "x", "c"], ["x"], ["a"]]) + telling(m, {"p", "q"}, [["q", "o", "p"]])
)
""",
            [["x"], ["x"], [], ["q", "p"]],
        ),
    ),
)
