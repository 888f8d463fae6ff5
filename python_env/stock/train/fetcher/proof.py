"""Proves the module `fetcher`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import base64, gc, hashlib, hmac, io, json, pathlib, random, re, types
from urllib.parse import urlsplit, parse_qsl

def refused(call, *given):
    try:
        call(*given)
    except ValueError:
        return "refused"
    return "done"

class World:
    # A transport whose attempts take `seconds` each, and a clock that it moves.
    def __init__(self, m, plan, seconds=1.0):
        self.m, self.plan, self.seconds, self.now, self.waits, self.limits = (
            m,
            list(plan),
            seconds,
            1000.0,
            [],
            [],
        )

    def send(self, request, timeout):
        self.limits.append(round(timeout, 3))
        self.now += self.seconds
        said = self.plan.pop(0) if self.plan else "busy"
        if said == "busy":
            raise self.m.SendError()
        if said == "lost":
            raise self.m.SendError(lost=True)
        if isinstance(said, int):
            raise self.m.SendError(str(said))
        return said.encode()

    def sleep(self, seconds):
        self.waits.append(seconds)
        self.now += seconds

    def call(self, method, limit):
        request = self.m.Request(method, "https://$host/x", {})
        try:
            said = (
                self.m.$Class(self.send, lambda: self.now, self.sleep)
                .call(request, limit)
                .decode()
            )
        except self.m.SendError as error:
            said = "lost" if error.lost else "busy"
        return plain([said, self.waits, len(self.limits)])

class Body(io.BytesIO):
    # A body that breaks off after some bytes.
    def __init__(self, data, breaks=False):
        super().__init__(data)
        self.breaks = breaks

    def read(self, size=-1):
        found = super().read(size)
        if self.breaks and not found:
            raise OSError("broken off")
        return found

    def readinto(self, into):
        found = self.read(len(into))
        into[: len(found)] = found
        return len(found)

def tree(folder):
    return sorted(
        [str(p.relative_to(folder)), p.read_bytes().decode()]
        for p in folder.rglob("*")
        if p.is_file()
    )
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "checked_plain",
            None,
            """\
out = [
    m.checked(u) == u
    for u in (
        "https://$host/a/b?c=d#e",
        "https://files.$host/x.pdf",
        "https://$host",
    )
]
bad = [
    "http://$host/",
    "ftp://$host/",
    "file:///etc/passwd",
    "//$host/x",
    "",
    "x",
    "https://other.example/",
    "https://other.example/https://$host/",
    "https://$host /",
    "https://$host/\\n",
    "https://$host/\\u00e9",
]
return out + [refused(m.checked, u) for u in bad]
""",
            [True, True, True] + ["refused"] * 11,
        ),
        Scenario(
            "checked_hosts",
            "checked",
            """\
good = [
    "https://$host:443/",
    "HTTPS://$Host/",
    "https://FILES.$host:443?x=1",
    "https://$host#x",
    "https://files.$host",
]
bad = [
    "https://evil-$host/",
    "https://evil$host/",
    "https://x.$host/",
    "https://$host.evil.example/",
    "https://$host@evil.example/",
    "https://user:pw@$host/",
    "https://$host:8443/",
    "https://$host:80/",
    "https://$host:443@evil.example/",
    "https://$host:443.evil.example",
    "https://files-$host/",
    "https://evil.example/@$host/",
    "https://evil.example?$host",
    "https://${host}x/",
]
return [m.checked(u) == u for u in good] + [refused(m.checked, u) for u in bad]
""",
            [True] * 5 + ["refused"] * 14,
        ),
        Scenario(
            "credentials_plain",
            None,
            """\
def read(headers):
    kind, _, text = headers["Authorization"].partition(" ")
    return [kind, base64.b64decode(text).decode("latin-1"), headers["X-Trace"]]

out = [
    read(m.credentials("ann", "s:e cret", "a-b_C9")),
    read(m.credentials("bob", "", "x" * 64)),
]
return plain(
    out
    + [
        refused(m.credentials, "a", "b", t)
        for t in ("", "x" * 65, "a b", "a\\r\\nX: y", "\\u00e9", "a;b")
    ]
)
""",
            [
                ["Basic", "ann:s:e cret", "a-b_C9"],
                ["Basic", "bob:", "x" * 64],
                "refused",
                "refused",
                "refused",
                "refused",
                "refused",
                "refused",
            ],
        ),
        Scenario(
            "credentials_edges",
            "credentials",
            """\
def read(*given):
    return base64.b64decode(m.credentials(*given)["Authorization"].partition(" ")[2]).decode(
        "utf-8", "replace"
    )

out = [read("j\\u00f6rg", "stra\\u00dfe", "x"), read("\\u0142ukasz", "\\u6771\\u4eac", "x")]
return out + [
    refused(m.credentials, "a", "b", t)
    for t in ("abc\\n", "\\nabc", "abc\\r", "abc\\r\\n", "a\\nb", "\\u0663")
]
""",
            ["jörg:straße", "łukasz:東京"] + ["refused"] * 6,
        ),
        Scenario(
            "signed_plain",
            None,
            """\
out = []
for key, path, query in (
    (b"k", "/v1/x", {"a": "1", "b": "two"}),
    (b"other", "/", {}),
    (b"k", "/v1/x", {"a": "1", "b": "two"}),
):
    request = m.signed(key, path, query)
    parts = urlsplit(request.url)
    sent = request.headers
    right = hmac.new(
        key, (request.url + "\\n" + sent["X-Ticket"]).encode(), hashlib.sha256
    ).hexdigest()
    out.append(
        [
            request.method,
            parts.scheme,
            parts.netloc,
            parts.path,
            sorted(parse_qsl(parts.query)),
            right == sent["X-Signature"],
        ]
    )
return plain(out)
""",
            [
                ["GET", "https", "$host", "/v1/x", [["a", "1"], ["b", "two"]], True],
                ["GET", "https", "$host", "/", [], True],
                ["GET", "https", "$host", "/v1/x", [["a", "1"], ["b", "two"]], True],
            ],
        ),
        Scenario(
            "signed_texts",
            "signed",
            """\
out, tickets = [], []
for value in ("two words", "a+b", "50%", "x/y?z", "~", "\\u00e9t\\u00e9", "a&b=c", ""):
    request = m.signed(b"k", "/v1/x", {"q": value})
    sent = request.headers
    right = hmac.new(
        b"k", (request.url + "\\n" + sent["X-Ticket"]).encode(), hashlib.sha256
    ).hexdigest()
    found = parse_qsl(urlsplit(request.url).query, keep_blank_values=True)
    out.append(right == sent["X-Signature"] and found == [("q", value)])
for seed in (1, 1, 2):
    random.seed(seed)
    tickets += [m.signed(b"k", "/", {}).headers["X-Ticket"] for _ in range(3)]
return out + [len(set(tickets)), all(re.fullmatch("[0-9a-f]{32}-[0-7]", t) for t in tickets)]
""",
            [True] * 8 + [9, True],
        ),
        Scenario(
            "pause_plain",
            None,
            """\
now = 1790000000.0  # Mon, 21 Sep 2026 14:13:20 GMT
out = [
    m.pause(None, 1, now),
    m.pause(None, 2, now),
    m.pause("", 1, now),
    m.pause("soon", 1, now),
]
out += [m.pause(t, 3, now) for t in ("0", "7", "60", "61", "86400", "999999999")]
out += [
    m.pause(t, 1, now)
    for t in (
        "Mon, 21 Sep 2026 14:13:45 GMT",
        "Mon, 21 Sep 2026 14:13:00 GMT",
        "Tue, 22 Sep 2026 14:13:20 GMT",
    )
]
out += [m.pause(t, 2, now) for t in ("-5", "Mon, 99 Sep 2026 14:13:45 GMT", "1e3")]
return [round(float(x), 3) for x in out]
""",
            [
                1.0,
                2.0,
                1.0,
                1.0,
                0.0,
                7.0,
                60.0,
                60.0,
                60.0,
                60.0,
                25.0,
                0.0,
                60.0,
                2.0,
                2.0,
                2.0,
            ],
        ),
        Scenario(
            "pause_growth",
            "pause",
            """\
now = 1790000000.5
out = [m.pause(None, n, now) for n in range(1, 10)] + [m.pause("later", 5, now)]
out += [
    m.pause(f"Mon, 21 Sep 2026 {t}", 1, now)
    for t in (
        "14:13:30 +0000",
        "16:13:30 +0200",
        "09:13:40 -0500",
        "14:13:30 -0500",
        "14:13:50 +0200",
        "19:43:30 +0530",
    )
]
return [round(float(x), 3) for x in out]
""",
            [
                *(1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0),
                *(16.0, 9.5, 9.5, 19.5, 60.0, 0.0, 9.5),
            ],
        ),
        Scenario(
            "call_plain",
            None,
            """\
out = [
    World(m, plan).call(method, 1000.0)
    for plan, method in (
        (["ok"], "GET"),
        (["ok"], "POST"),
        (["busy", "ok"], "GET"),
        (["busy", "busy", "ok"], "POST"),
        (["lost", "ok"], "GET"),
        (["lost", 1, "ok"], "PUT"),
        ([3, 5, 0, 9, "ok"], "GET"),
        (["busy"] * 2 + [0, 0, 0, 0, "ok"], "GET"),
    )
]
return out
""",
            [
                ["ok", [], 1],
                ["ok", [], 1],
                ["ok", [1.0], 2],
                ["ok", [1.0, 2.0], 3],
                ["ok", [1.0], 2],
                ["ok", [1.0, 1.0], 3],
                ["ok", [3.0, 5.0, 0.0, 9.0], 5],
                ["busy", [1.0, 2.0, 0.0, 0.0], 5],
            ],
        ),
        Scenario(
            "call_bounds",
            "call",
            """\
out = [
    World(m, plan).call(method, 1000.0)
    for plan, method in (
        (["lost", "ok"], "POST"),
        (["busy", "lost", "ok"], "POST"),
        (["lost", "lost", 0, 0, "lost", "ok"], "DELETE"),
    )
]
for plan, limit, seconds in (
    (["busy", "busy", "ok"], 30.0, 2.0),
    ([20, "ok"], 15.0, 1.0),
    (["busy"] * 9, 8.5, 2.0),
    ([4, 4, 4, "ok"], 14.0, 0.5),
):
    w = World(m, plan, seconds)
    out.append([w.call("GET", limit), w.limits])
return plain(out)
""",
            [
                ["lost", [], 1],
                ["lost", [1.0], 2],
                ["lost", [1.0, 2.0, 0.0, 0.0], 5],
                [["ok", [1.0, 2.0], 3], [30.0, 27.0, 23.0]],
                [["busy", [], 1], [15.0]],
                [["busy", [1.0, 2.0], 3], [8.5, 5.5, 1.5]],
                [["ok", [4.0, 4.0, 4.0], 4], [14.0, 9.5, 5.0, 0.5]],
            ],
        ),
        Scenario(
            "redirected_plain",
            None,
            """\
old = m.Request(
    "GET", "https://$host/v1/a?x=1", {"Authorization": "Basic abc", "X-Trace": "t"}
)
out = []
for location in ("/v2/b", "c?y=2", "https://$host/d", "?z", ""):
    new = m.redirected(old, location)
    out.append([new.method, new.url, sorted(new.headers.items())])
return plain(
    out
    + [
        old.url,
        sorted(old.headers),
        m.redirected(m.Request("GET", "https://$host/", {}), "/x").headers,
    ]
)
""",
            [
                *(
                    [
                        "GET",
                        f"https://$host{rest}",
                        [["Authorization", "Basic abc"], ["X-Trace", "t"]],
                    ]
                    for rest in ("/v2/b", "/v1/c?y=2", "/d", "/v1/a?z", "/v1/a?x=1")
                ),
                "https://$host/v1/a?x=1",
                ["Authorization", "X-Trace"],
                {},
            ],
        ),
        Scenario(
            "redirected_away",
            "redirected",
            """\
old = m.Request(
    "GET", "https://$host/v1/a", {"Authorization": "Basic abc", "X-Trace": "t"}
)
out = []
for location in (
    "https://files.$host/f",
    "//files.$host/g",
    "https://FILES.$host/h",
):
    new = m.redirected(old, location)
    out.append([new.url.lower(), sorted(new.headers.items())])
back = m.Request(
    "GET", "https://files.$host/v1/a", {"Authorization": "Basic file"}
)
out.append(
    [
        sorted(m.redirected(back, "https://$host/").headers),
        sorted(m.redirected(back, "/x").headers),
    ]
)
bad = (
    "http://$host/",
    "https://other.example/",
    "//other.example/x",
    "file:///etc/passwd",
    "http://169.254.169.254/latest",
    "gopher://$host/",
)
return plain(
    out + [refused(m.redirected, old, location) for location in bad] + [sorted(old.headers)]
)
""",
            [
                ["https://files.$host/f", [["X-Trace", "t"]]],
                ["https://files.$host/g", [["X-Trace", "t"]]],
                ["https://files.$host/h", [["X-Trace", "t"]]],
                [[], ["Authorization"]],
            ]
            + ["refused"] * 6
            + [["Authorization", "X-Trace"]],
        ),
        Scenario(
            "items_plain",
            None,
            """\
asked = []
pages = {
    "": {"items": [1, {"a": 2}], "next": "p2"},
    "p2": {"items": [], "next": "p3"},
    "p3": {"items": ["z"]},
}

def page(cursor):
    asked.append(cursor)
    return json.dumps(pages[cursor]).encode()

found = m.items(page)
out = [next(found), len(asked), next(found), len(asked), next(found), list(asked)]
return plain(out + [list(found), list(m.items(lambda cursor: b'{"items": []}'))])
""",
            [1, 1, {"a": 2}, 1, "z", ["", "p2", "p3"], [], []],
        ),
        Scenario(
            "items_bound",
            "items",
            """\
out = []
for total in (98, 99, 100, 101, 400):
    asked, got = [], []

    def page(cursor):
        n = int(cursor or 0)
        asked.append(n)
        more = {"next": str(n + 1)} if n + 1 < total else {}
        return json.dumps({"items": [[n]] * 3, **more}).encode()

    end = "end"
    try:
        for item in m.items(page):
            got.append(item)
    except ValueError:
        end = "too many"
    out.append([end, len(got), len(asked), asked == sorted(set(asked))])
return plain(out)
""",
            [
                ["end", 294, 98, True],
                ["end", 297, 99, True],
                ["end", 300, 100, True],
                ["too many", 300, 100, True],
                ["too many", 300, 100, True],
            ],
        ),
        Scenario(
            "items_alive",
            "items",
            """\
def page(cursor):
    n = int(cursor or 0)
    more = {"next": str(n + 1)} if n < 99 else {}
    return json.dumps({"items": [{"mark": [n]}] * 3, **more}).encode()

out = []
for number, item in enumerate(m.items(page)):
    if number in (60, 200, 290):
        alive = sum(type(one) is dict and "mark" in one for one in gc.get_objects())
        out.append([item["mark"][0], alive <= 9])
return plain(out)
""",
            [[20, True], [66, True], [96, True]],
        ),
        Scenario(
            "items_let_go",
            "items",
            """\
begun, ended = [], []

def mark(n):
    # Ends when nothing holds it any more.
    try:
        yield begun.append(n)
    finally:
        ended.append(n)

def loads(data):
    page = json.loads(data)
    page["mark"] = mark(0)
    next(page["mark"])
    return page

m.json = types.SimpleNamespace(loads=loads)

def page(cursor):
    n = int(cursor or 0)
    return json.dumps({"items": [n], **({"next": str(n + 1)} if n < 99 else {})}).encode()

out = []
for item in m.items(page):
    if item in (0, 1, 50, 99):
        out.append([item, len(begun) - len(ended) <= 2])
return plain(out)
""",
            [[0, True], [1, True], [50, True], [99, True]],
        ),
        Scenario(
            "download_plain",
            None,
            """\
folder = pathlib.Path("/w/in")
folder.mkdir()
bodies = [Body(b"x" * 200000), Body(b"new"), Body(b"")]
m.download(bodies[0], 200000, folder / "a.bin")
out = [(folder / "a.bin").read_bytes() == b"x" * 200000]
(folder / "b").write_bytes(b"old")
m.download(bodies[1], 3, folder / "b")
m.download(bodies[2], 0, folder / "a.bin")
return plain(out + [tree(folder), [body.closed for body in bodies]])
""",
            [True, [["a.bin", ""], ["b", "new"]], [True, True, True]],
        ),
        Scenario(
            "download_broken",
            "download",
            """\
folder = pathlib.Path("/w/in")
folder.mkdir()
(folder / "b").write_bytes(b"old")
out = []
for body, size, name in (
    (Body(b"half"), 9, "b"),
    (Body(b"much too long"), 9, "b"),
    (Body(b"half", True), 9, "b"),
    (Body(b"", True), 4, "new"),
    (Body(b""), 4, "new"),
    (Body(b"x"), 1, "none/b"),
):
    try:
        m.download(body, size, folder / name)
        said = "done"
    except OSError:
        said = "OSError"
    out.append([said, body.closed, tree(folder)])
return plain(out)
""",
            [["OSError", True, [["b", "old"]]]] * 6,
        ),
    ),
)
