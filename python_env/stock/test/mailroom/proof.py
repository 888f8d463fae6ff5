"""Proves the module `mailroom`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import os, pathlib, shlex, subprocess, time
from datetime import date, datetime, timedelta, timezone

def room(m, fetch=None, run=None):
    folder = pathlib.Path("/w/in")
    folder.mkdir(exist_ok=True)
    return m.$Class(
        folder,
        fetch or (lambda who: None),
        run or (lambda *a, **k: subprocess.CompletedProcess(a, 0)),
    )

def argv(command):
    if not isinstance(command, str):
        return list(command)
    words = shlex.split(command)
    return words[1:] if words[:1] == ["exec"] else words

def tried(call):
    try:
        return plain(call())
    except Exception as error:
        return "raised " + type(error).__name__

def cost(call):
    best = None
    for _ in range(3):
        begin = time.perf_counter_ns()
        call()
        spent = time.perf_counter_ns() - begin
        best = spent if best is None else min(best, spent)
    return best

def sending(m, fails):
    errors = {"DelayError": m.DelayError, "RefusedError": m.RefusedError}
    calls = []

    def send(to):
        calls.append(to)
        left = fails.get(to, [])
        if left:
            raise errors[left.pop(0)]("no")

    return send, calls

def files():
    return {
        p.name: p.read_bytes().decode()
        for p in sorted(pathlib.Path("/w/in").iterdir())
        if p.is_file()
    }
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "outgoing_plain",
            None,
            """\
headers = [
    ("Subject", "Hello, you"),
    ("To", "desk@x.example"),
    ("BCC", "eve@x.example"),
    ("X-Note", ""),
]
return plain([m.outgoing(headers), m.outgoing([])])
""",
            ["Subject: Hello, you\r\nTo: desk@x.example\r\nX-Note: \r\n", ""],
        ),
        Scenario(
            "outgoing_hidden",
            "outgoing",
            r"""
names = (
    "Bcc",
    "bcc",
    "bCC",
    "Resent-Bcc",
    "resent-bcc",
    "RESENT-BCC",
    "Resent-To",
    "Cc",
    "X-Bcc-Note",
)
text = m.outgoing([(name, "eve@x.example") for name in names])
return plain([line.partition(":")[0].lower() for line in text.split("\r\n")])
""",
            ["resent-to", "cc", "x-bcc-note", ""],
        ),
        Scenario(
            "outgoing_breaks",
            "outgoing",
            r"""
out = []
for end in ("\n", "\r", "\r\n", "\r\n ", "\n\n"):
    text = m.outgoing([("Subject", "a" + end + "$mark: yes" + end), ("To", "b")])
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    out.append(
        [
            len(lines),
            "a" in lines[0] and "$mark: yes" in lines[0],
            lines[-2],
            text.endswith("\r\n"),
        ]
    )
return plain(out)
""",
            [[3, True, "To: b", True]] * 5,
        ),
        Scenario(
            "loops_plain",
            None,
            """\
out = [
    m.loops(headers)
    for headers in (
        [],
        [("Subject", "auto-replied")],
        [("Auto-Submitted", "auto-replied")],
        [("AUTO-SUBMITTED", " Auto-Replied ; owner=x")],
        [("auto-submitted", "no")],
        [("Auto-Submitted", "No; x=auto-replied")],
        [("Auto-Submitted", "no"), ("Auto-Submitted", "auto-replied")],
        [("Received", "a")] * 3,
        [("Received", "a")] * 40,
    )
]
return plain(out)
""",
            [False, False, True, True, False, False, True, False, True],
        ),
        Scenario(
            "loops_hops",
            "loops",
            """\
return plain(
    [m.loops([("Received", "x"), ("To", "y")] * hops) for hops in (23, 24, 25, 26)]
    + [
        m.loops([("received", "x")] * 24 + [("RECEIVED", "x")]),
        m.loops([("Received", "x")] * 24 + [("Auto-Submitted", "no")]),
    ]
)
""",
            [False, False, True, True, True, False],
        ),
        Scenario(
            "loops_machines",
            "loops",
            """\
values = (
    "auto-generated",
    "auto-notified; x=y",
    "Auto-Generated",
    "yes",
    "none",
    "no;auto-generated",
    "NO",
    " no ",
    "no ; a=b",
)
return plain([m.loops([("To", "a"), ("Auto-Submitted", value)]) for value in values])
""",
            [True, True, True, True, True, False, False, False, False],
        ),
        Scenario(
            "body_plain",
            None,
            r"""
texts = (
    "Hello\nyou \n\nOn Monday, Ann <a@x.example> wrote:\n> old\n",
    "On the table\nshe wrote:\n",
    "",
    "a\r\nb\r\n\r\n",
    "First\nOn 1 May wrote: x\nOn 2 May Bob wrote:\nOn 3 May Eve wrote:\n",
    "On a wrote:",
)
return plain(
    [m.body(text.encode(), "utf-8") for text in texts]
    + [m.body(b"ok \xff\xfe", "ascii"), m.body("caf\xe9".encode("latin-1"), "latin-1")]
)
""",
            [
                "Hello\nyou",
                "On the table\nshe wrote:",
                "",
                "a\nb",
                "First\nOn 1 May wrote: x",
                "",
                "ok \ufffd\ufffd",
                "caf\xe9",
            ],
        ),
        Scenario(
            "body_charsets",
            "body",
            r"""
text = "Gr\u00fc\u00dfe\nzwei\n\nOn Monday Ann wrote:\n> alt\n"
out = [
    m.body(text.encode(charset), charset)
    for charset in ("utf-16", "utf-16-be", "utf-16-le", "utf-32", "latin-1", "utf-8")
]
return plain(out + [m.body("\u0a0a\u0d0d a\nb".encode("utf-16-le"), "utf-16-le")])
""",
            ["Gr\u00fc\u00dfe\nzwei"] * 6 + ["\u0a0a\u0d0d a\nb"],
        ),
        Scenario(
            "body_time",
            "body",
            r"""
def text(size):
    return ("Hi\nOn " + "a" * size + " write\nBye").encode()

short, long = (cost(lambda: m.body(text(size), "utf-8")) for size in (8, 16))
spaced, wide = (
    cost(lambda: m.body(("On " + "a b " * size + "!").encode(), "utf-8")) for size in (3, 6)
)
return plain(
    [m.body(text(3), "utf-8"), "slow" if long > 20 * short or wide > 20 * spaced else "steady"]
)
""",
            ["Hi\nOn aaa write\nBye", "steady"],
        ),
        Scenario(
            "threads_plain",
            None,
            """\
mails = [
    ("m1", []),
    ("m2", ["m1"]),
    ("m3", ["x9", "m2"]),
    ("m4", ["x9"]),
    ("m5", ["m4", "m1"]),
    ("m6", ["m1", "m4"]),
]
out = m.threads(mails, {})
return plain(
    [
        out,
        list(out),
        m.threads(iter([("n1", ["k1"]), ("n2", ["n1"]), ("n3", [])]), {"k1": "k0"}),
        m.threads([], {"a": "a"}),
    ]
)
""",
            [
                {"m1": ["m1", "m2", "m3", "m6"], "m4": ["m4", "m5"]},
                ["m1", "m4"],
                {"k0": ["n1", "n2"], "n3": ["n3"]},
                {},
            ],
        ),
        Scenario(
            "threads_time",
            "threads",
            """\
def mails(count):
    return [(f"m{i}", [f"x{i}", f"m{i // 2 * 2 - 2}", f"m{i - 1}"]) for i in range(count)]

small, large = mails(60), mails(480)
ratio = cost(lambda: m.threads(large, {})) / cost(lambda: m.threads(small, {}))
known = {f"k{i}": "k0" for i in range(2000)}
last = [(f"q{i}", [f"k{1999 - i}"]) for i in range(300)]
return plain(
    [
        len(m.threads(large, {})),
        len(m.threads(last, known)["k0"]),
        "slow" if ratio > 24 else "steady",
    ]
)
""",
            [1, 300, "steady"],
        ),
        Scenario(
            "threads_known",
            "threads",
            """\
known = {"k1": "k0", "k0": "k0"}
first = m.threads([("n1", ["k1"]), ("n2", ["n1"]), ("n3", [])], known)
kept = dict(known)
second = m.threads([("o1", ["n1"]), ("o2", ["k0"])], known)
empty = {}
m.threads([("p1", [])], empty)
return plain([first, kept, second, empty])
""",
            [
                {"k0": ["n1", "n2"], "n3": ["n3"]},
                {"k1": "k0", "k0": "k0"},
                {"o1": ["o1"], "k0": ["o2"]},
                {},
            ],
        ),
        Scenario(
            "relay_plain",
            None,
            """\
out = []
for fails in (
    {},
    {"b": ["DelayError"]},
    {"a": ["DelayError"] * 2, "b": ["DelayError"]},
    {"c": ["DelayError"] * 9},
):
    naps = []
    send, calls = sending(m, {k: list(v) for k, v in fails.items()})
    left = m.relay(["a", "b", "c"], send, naps.append)
    out.append([sorted(left), sorted(calls), naps[:2]])
return plain(out + [m.relay([], print, print)])
""",
            [
                [[], ["a", "b", "c"], []],
                [[], ["a", "b", "b", "c"], [30.0]],
                [[], ["a", "a", "a", "b", "b", "c"], [30.0, 60.0]],
                [["c"], ["a", "b", "c", "c", "c", "c"], [30.0, 60.0]],
                [],
            ],
        ),
        Scenario(
            "relay_waits",
            "relay",
            """\
out = []
for times in (3, 4, 9):
    naps = []
    send, calls = sending(m, {"a": ["DelayError"] * times, "b": ["DelayError"]})
    left = m.relay(["a", "b"], send, naps.append)
    out.append([left, naps, calls.count("a"), calls.count("b")])
return plain(out)
""",
            [
                [[], [30.0, 60.0, 120.0], 4, 2],
                [["a"], [30.0, 60.0, 120.0], 4, 2],
                [["a"], [30.0, 60.0, 120.0], 4, 2],
            ],
        ),
        Scenario(
            "relay_refused",
            "relay",
            """\
out = []
for fails in (
    {"a": ["RefusedError"] * 5},
    {"b": ["DelayError", "RefusedError", "RefusedError"]},
    {"a": ["RefusedError"], "b": ["RefusedError"], "c": ["DelayError"] * 9},
):
    send, calls = sending(m, {k: list(v) for k, v in fails.items()})
    left = m.relay(["a", "b", "c"], send, lambda s: None)
    out.append([sorted(left), [calls.count(name) for name in "abc"]])
return plain(out)
""",
            [[["a"], [1, 1, 1]], [["b"], [1, 2, 1]], [["a", "b", "c"], [1, 1, 4]]],
        ),
        Scenario(
            "save_plain",
            None,
            r"""
r = room(m)
names = ("a.pdf", "a.pdf", "b c-1.TXT", "..hidden", "", "...", "x" * 200, "a.pdf", "caf\u00e9.png")
paths = [str(r.save(name, str(at).encode())) for at, name in enumerate(names)]
return plain([paths, files()["a.pdf"], files()["2-a.pdf"], len(files())])
""",
            [
                [
                    "/w/in/a.pdf",
                    "/w/in/1-a.pdf",
                    "/w/in/bc-1.TXT",
                    "/w/in/hidden",
                    "/w/in/unnamed",
                    "/w/in/1-unnamed",
                    "/w/in/" + "x" * 80,
                    "/w/in/2-a.pdf",
                    "/w/in/caf.png",
                ],
                "0",
                "7",
                9,
            ],
        ),
        Scenario(
            "save_outside",
            "save",
            r"""
r = room(m)
pathlib.Path("/w/in/a").mkdir()
pathlib.Path("/w/other").mkdir()
names = (
    "a/../../evil",
    "../evil",
    "/w/evil",
    "a/../../other/evil",
    "a/evil",
    "..\\evil",
    "./../evil",
)
paths = [tried(lambda: str(r.save(name, b"x").parent)) for name in names]
return plain([paths, sorted({str(p.parent) for p in pathlib.Path("/w").rglob("*evil*")})])
""",
            [["/w/in"] * 7, ["/w/in"]],
        ),
        Scenario(
            "save_late",
            "save",
            """\
r = room(m)
theirs = []

def late(path, *rest, **more):
    if not theirs and os.path.basename(path) == "n.txt":
        theirs.append(path)
        with open(path, "xb") as out:
            out.write(b"theirs")
    return open(path, *rest, **more)

m.open = late
path = r.save("n.txt", b"ours")
texts = list(files().values())
return plain(
    [path.read_bytes().decode(), texts.count("ours"), len(theirs) - texts.count("theirs")]
)
""",
            ["ours", 1, 0],
        ),
        Scenario(
            "save_contested",
            "save",
            """\
r = room(m)
real = {}
theirs = []

def taken(name, holder):
    real[name] = getattr(holder, name)

    def asked(path, *rest, **more):
        found = real[name](path, *rest, **more)
        if not found and len(theirs) < 2:
            with open(path, "wb") as out:
                out.write(b"theirs")
            theirs.append(path)
        return found

    return asked

os.path.exists = taken("exists", os.path)
os.path.lexists = taken("lexists", os.path)
os.path.isfile = taken("isfile", os.path)
for name in ("exists", "is_file"):
    setattr(
        pathlib.Path,
        name,
        (lambda ask: lambda self, **more: ask(str(self), **more))(
            os.path.exists if name == "exists" else os.path.isfile
        ),
    )
path = r.save("n.txt", b"ours")
texts = list(files().values())
lost = len(set(map(str, theirs))) - texts.count("theirs")
return plain([path.read_bytes().decode(), texts.count("ours"), lost])
""",
            ["ours", 1, 0],
        ),
        Scenario(
            "hand_over_plain",
            None,
            """\
seen = []

def run(command, **more):
    words = argv(command)
    seen.append([words[0], words[-1], "ann@x.example" in words, more.get("input", b"").decode()])
    return subprocess.CompletedProcess(command, 75 if len(seen) == 2 else 0)

r = room(m, run=run)
out = [
    tried(lambda: r.hand_over(b"mail", "ann@x.example", to))
    for to in ("bob@x.example", "b c@x.example", "o'neil@x.example")
]
return plain([out, seen])
""",
            [
                [None, "raised DelayError", None],
                [
                    ["/usr/sbin/sendmail", to, True, "mail"]
                    for to in ("bob@x.example", "b c@x.example", "o'neil@x.example")
                ],
            ],
        ),
        Scenario(
            "hand_over_options",
            "hand_over",
            """\
def parsed(command):
    words = argv(command)[1:]
    options, rest = [], []
    while words:
        word = words.pop(0)
        if word == "--":
            rest += words
            break
        if word == "-f":
            options.append(word + words.pop(0))
        elif word.startswith("-") and len(word) > 1:
            options.append(word[:2])
        else:
            rest.append(word)
    return sorted(options), rest

seen = []

def run(command, **more):
    seen.append(parsed(command))
    return subprocess.CompletedProcess(command, 0)

r = room(m, run=run)
for to in ("-C/w/in/evil.cf@x.example", "-bs@x.example", "$$(id)@x.example", "a;b@x.example"):
    r.hand_over(b"m", "ann@x.example", to)
return plain(
    [
        [rest for _, rest in seen],
        [len(options) for options, _ in seen],
        all("-fann@x.example" in o for o, _ in seen),
    ]
)
""",
            [
                [
                    ["-C/w/in/evil.cf@x.example"],
                    ["-bs@x.example"],
                    ["$$(id)@x.example"],
                    ["a;b@x.example"],
                ],
                [2, 2, 2, 2],
                True,
            ],
        ),
        Scenario(
            "hand_over_hangs",
            "hand_over",
            """\
limits = []

def run(command, timeout=None, **more):
    limits.append(timeout)
    raise subprocess.TimeoutExpired(command, timeout) if timeout else KeyboardInterrupt

try:
    said = tried(lambda: room(m, run=run).hand_over(b"m", "a@x.example", "b@x.example"))
except KeyboardInterrupt:
    said = "hangs"
return plain([said, [bool(limit and 0 < limit <= 60) for limit in limits]])
""",
            ["raised DelayError", [True]],
        ),
        Scenario(
            "away_plain",
            None,
            """\
utc = timezone.utc
asked = []

def fetch(who):
    asked.append(who)
    return (date(2026, 5, 4), date(2026, 5, 6), utc) if who == "ann" else None

r = room(m, fetch)
days = [r.away("ann", datetime(2026, 5, day, 12, tzinfo=utc)) for day in (3, 4, 5, 6, 7)]
now = datetime(2026, 5, 8, 9, tzinfo=utc)
asked.clear()
more = [r.away(who, now) for who in ("bob", "ann", "bob", "ann")]
return plain([days, more, asked])
""",
            [[False, True, True, True, False], [False] * 4, ["bob", "ann"]],
        ),
        Scenario(
            "away_zones",
            "away",
            """\
def zone(hours):
    return timezone(timedelta(hours=hours))

out = []
for here in (12, -8):
    r = room(m, lambda who: (date(2026, 5, 4), date(2026, 5, 5), zone(here)))
    for now in (
        datetime(2026, 5, 3, 13, tzinfo=zone(0)),
        datetime(2026, 5, 4, 2, tzinfo=zone(0)),
        datetime(2026, 5, 5, 13, tzinfo=zone(0)),
        datetime(2026, 5, 6, 2, tzinfo=zone(0)),
        datetime(2026, 5, 5, 20, tzinfo=zone(-8)),
        datetime(2026, 5, 4, 1, tzinfo=zone(12)),
    ):
        out.append(r.away("ann", now))
return plain(out)
""",
            [True, True, False, False, False, True, False, False, True, True, True, False],
        ),
        Scenario(
            "away_kept",
            "away",
            """\
utc = timezone.utc
asked = []
state = [None]

def fetch(who):
    asked.append(who)
    return state[0]

r = room(m, fetch)
start = datetime(2026, 5, 4, 6, tzinfo=utc)
out = []
for minute in (0, 20, 40, 59, 60, 90, 119, 120, 500):
    if minute == 20:
        state[0] = (date(2026, 5, 1), date(2026, 5, 9), utc)
    out.append([r.away("ann", start + timedelta(minutes=minute)), len(asked)])
return plain(out)
""",
            [
                [False, 1],
                [False, 1],
                [False, 1],
                [False, 1],
                [True, 2],
                [True, 2],
                [True, 2],
                [True, 3],
                [True, 4],
            ],
        ),
    ),
)
