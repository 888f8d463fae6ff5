"""Proves the module `memo`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import asyncio, logging, time, weakref

def cache(m, capacity=100, now=None, pause=0.0):
    now = now or [0.0]

    async def announce(key):
        await asyncio.sleep(pause)

    return m.$Class(capacity, announce, lambda: now[0])

def store(answers, calls, pause=0.1):
    async def fetch(key):
        calls.append(key)
        if pause:
            await asyncio.sleep(pause)
        answer = answers.get(key, (None, None))
        if isinstance(answer, Exception):
            raise answer
        return answer

    return fetch

def held(c, key):
    try:
        return c.peek(key)
    except KeyError:
        return "-"

def lines(call):
    out = []
    handler = logging.Handler(1)
    handler.emit = lambda record: (
        out.append(record.getMessage()) if record.name != "asyncio" else None
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(1)
    call()
    return out
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "question_plain",
            None,
            """\
q = m.question
one = q("a", "Paris", {"x": "1", "y": "2"})
return plain(
    [
        type(one).__name__,
        one == q("a", "PARIS", {"y": "2", "x": "1"}),
        q("a", "x") == q("a", "X", {}),
        q("a", "x") == q("b", "x"),
        q("a", "x", {"k": "1"}) == q("a", "x", {"k": "2"}),
        len(
            {
                q("a", "x"),
                q("a", "x", {"k": "1"}),
                q("a", "x", {"k": ""}),
                q("a", "y"),
                q("A", "x"),
            }
        ),
    ]
)
""",
            ["str", True, True, False, False, 5],
        ),
        Scenario(
            "question_apart",
            "question",
            """\
q = m.question
keys, asked = set(), 0
for s in [
    "/",
    "|",
    ":",
    ",",
    ";",
    "=",
    "&",
    " ",
    "-",
    "_",
    "\\n",
    "\\0",
    "\\x1f",
    '"',
    "', '",
    '", "',
    "\\\\",
]:
    these = {
        q(f"a{s}b", "c"),
        q("a", f"b{s}c"),
        q("a", "b", {"c": ""}),
        q("a", f"b{s}c="),
        q("a", "b", {"c": f"d{s}e=f"}),
        q("a", "b", {"c": "d", "e": "f"}),
        q("a", "b", {f"c=d{s}e": "f"}),
    }
    asked += 7
    keys.add(len(these))
pairs = [
    ("straße", "STRASSE"),
    ("ΣΑΣ", "σας"),
    ("\\u00c9cole", "e\\u0301cole"),
    ("\\u00e9", "E\\u0301"),
]
return [
    asked,
    sorted(keys),
    [q("a", x) == q("a", y) for x, y in pairs],
    q("\\u00e9", "x") == q("e\\u0301", "x"),
    q("a", "x", {"o": "ß"}) == q("a", "x", {"o": "SS"}),
]
""",
            [119, [7], [True, True, True, True], False, False],
        ),
        Scenario(
            "lifetime_plain",
            None,
            """\
return [
    float(m.lifetime(v, t))
    for v, t in ((1, 1500), ("x", 250), ({"a": 1}, None), ([1], 86400000))
]
""",
            [1.5, 0.25, 300.0, 86400.0],
        ),
        Scenario(
            "lifetime_edges",
            "lifetime",
            """\
cases = [
    (1, 0),
    (None, 0),
    (None, None),
    (None, 60000),
    (None, 5000),
    (0, 60000),
    ([], None),
    ("", 45000),
    (False, None),
]
return [float(m.lifetime(v, t)) for v, t in cases]
""",
            [0.0, 0.0, 30.0, 30.0, 5.0, 60.0, 300.0, 45.0, 300.0],
        ),
        Scenario(
            "peek_plain",
            None,
            """\
now = [10.0]
c = cache(m, now=now)
c.put("a", "k", {"n": [1, 2]}, 5.0)
c.put("a", "none", None, 5.0)
c.put("b", "zero", 0, 2.0)
c.put("b", "one", 1, 2.0)
out = [held(c, "none"), held(c, "zero"), held(c, "other")]
now[0] = 14.9
out += [held(c, "k"), held(c, "one")]
now[0] = 99.0
return plain(out + [held(c, "k"), held(c, "none")])
""",
            [None, 0, "-", {"n": [1, 2]}, "-", "-", "-"],
        ),
        Scenario(
            "peek_own",
            "peek",
            """\
now = [0.0]
c = cache(m, now=now)
c.put("a", "k", {"n": [1, {"x": 1}]}, 10.0)
mine = c.peek("k")
mine["n"][1]["x"] = 7
mine["n"].append(9)
mine["more"] = 1
out = [c.peek("k")]
for moment in (4.0, 8.0, 9.5, 10.0, 12.0, 39.0):
    now[0] = moment
    out.append(held(c, "k") != "-")
return plain(out)
""",
            [{"n": [1, {"x": 1}]}, True, True, True, False, False, False],
        ),
        Scenario(
            "put_plain",
            None,
            """\
c = cache(m)
given = {"n": [1]}
c.put("a", "k", given, 5.0)
given["n"].append(2)
out = [held(c, "k")]
c.put("a", "k", "new", 5.0)
c.put("b", "l", [3], 5.0)
out += [held(c, "k"), held(c, "l")]
c.put("a", "k", "newer", 0)
for i in range(90):
    c.put("a", f"k{i}", i, 5.0)
return plain(out + [held(c, "k"), held(c, "l"), sum(held(c, f"k{i}") == i for i in range(90))])
""",
            [{"n": [1]}, "new", [3], "-", [3], 90],
        ),
        Scenario(
            "put_order",
            "put",
            """\
c = cache(m, 3)
for k in "abc":
    c.put("o" + k, k, k.upper(), 9.0)
held(c, "a")
c.put("ob", "d", "D", 9.0)
out = [[held(c, k) for k in "abcd"]]
c = cache(m, 5)
for i in range(60):
    c.put(f"o{i % 7}", f"key-{i}", i, 9.0)
out.append([held(c, f"key-{i}") for i in range(53, 60)])
c.put("o", "key-59", "again", 9.0)
return plain(out + [[held(c, f"key-{i}") for i in range(53, 60)]])
""",
            [
                ["A", "-", "C", "D"],
                ["-", "-", 55, 56, 57, 58, 59],
                ["-", "-", 55, 56, 57, 58, "again"],
            ],
        ),
        Scenario(
            "put_gone",
            "put",
            """\
out = []
for many in (3, 4, 30):
    bounded, fresh = cache(m, 3), cache(m, 100)
    for i in range(many):
        bounded.put("acme", f"k{i}", i, 9.0)
    for i in range(many - 3, many):
        fresh.put("acme", f"k{i}", i, 9.0)
    out.append(lines(lambda: bounded.forget("acme")) == lines(lambda: fresh.forget("acme")))
return plain(out)
""",
            [True, True, True],
        ),
        Scenario(
            "put_alive",
            "put",
            """\
class Key(str):
    pass

c = cache(m, 5)
alive = []
for i in range(60):
    key = Key(f"key-{i}")
    alive.append(weakref.ref(key))
    c.put(f"o{i % 7}", key, i, 9.0)
    del key
return plain([sum(one() is not None for one in alive) <= 5, held(c, "key-57")])
""",
            [True, 57],
        ),
        Scenario(
            "forget_plain",
            None,
            """\
c = cache(m)
for owner, key in (("a", "1"), ("a", "2"), ("b", "3"), ("ab", "4")):
    c.put(owner, key, key, 9.0)
c.forget("a")
c.forget("nobody")
out = [held(c, key) for key in "1234"]
c.put("a", "1", "new", 9.0)
out.append(held(c, "1"))
c.forget("b")
return plain(out + [held(c, key) for key in "134"])
""",
            ["-", "-", "3", "4", "new", "new", "-", "4"],
        ),
        Scenario(
            "forget_logged",
            "forget",
            """\
c = cache(m)
out = []
for owner, count in (("acme", 3), ("acme\\nlogin ok\\rtwice", 12), ("x\\r\\nacme", 0)):
    for i in range(count):
        c.put(owner, f"hush-{i}-{owner}", {"v": "hush"}, 9.0)
    told = lines(lambda: c.forget(owner))
    text = " ".join(told)
    out.append(
        [
            len(told),
            "\\n" in text or "\\r" in text,
            "acme" in text,
            str(count) in text,
            "hush" in text,
        ]
    )
return out
""",
            [
                [1, False, True, True, False],
                [1, False, True, True, False],
                [1, False, True, True, False],
            ],
        ),
        Scenario(
            "get_plain",
            None,
            """\
async def main():
    now = [0.0]
    c = cache(m, now=now)
    calls = []
    fetch = store(
        {"k": ({"n": [1]}, 2000), "once": ("x", 1000), "bad": ValueError("down")}, calls
    )
    out = [await c.get("a", key, fetch) for key in ("k", "k", "once", "none", "none")]
    now[0] = 1.9
    out.append(await c.get("a", "once", fetch))
    now[0] = 99.0
    out.append(await c.get("a", "once", fetch))
    try:
        out.append(await c.get("a", "bad", fetch))
    except ValueError as error:
        out.append(str(error))
    c.forget("a")
    out.append(await c.get("a", "none", fetch))
    return plain([out, calls])

return asyncio.run(main())
""",
            [
                [{"n": [1]}, {"n": [1]}, "x", None, None, "x", "x", "down", None],
                ["k", "once", "none", "once", "once", "bad", "none"],
            ],
        ),
        Scenario(
            "get_together",
            "get",
            """\
async def main():
    c = cache(m, pause=0.05)
    calls = []
    answers = {"k": ({"n": [1]}, 2000), "bad": ValueError("down")}
    fetch = store(answers, calls)
    found = await asyncio.gather(*(c.get("a", "k", fetch) for _ in range(5)))
    found[0]["n"].append(2)
    found[3]["n"].append(3)
    out = [found, len(calls)]
    found = await asyncio.gather(
        *(c.get("a", "bad", fetch) for _ in range(3)), return_exceptions=True
    )
    out += [[str(one) for one in found], len(calls)]
    await asyncio.sleep(1)
    answers["bad"] = ("good", None)
    try:
        out.append(await c.get("a", "bad", fetch))
    except ValueError as error:
        out.append(str(error))
    first, second = (asyncio.ensure_future(c.get("a", "new", fetch)) for _ in range(2))
    await asyncio.sleep(0.08)
    first.cancel()
    out += [await second, len(calls)]
    return plain(out)

return asyncio.run(main())
""",
            [
                [{"n": [1, 2]}, {"n": [1]}, {"n": [1]}, {"n": [1, 3]}, {"n": [1]}],
                1,
                ["down", "down", "down"],
                2,
                "good",
                None,
                4,
            ],
        ),
        Scenario(
            "load_plain",
            None,
            """\
async def main():
    c = cache(m)
    calls = []
    busy = [0, 0]

    async def fetch(key):
        busy[0] += 1
        busy[1] = max(busy)
        calls.append(key)
        await asyncio.sleep(2.0)
        busy[0] -= 1
        return key.upper(), len(key)

    begin = asyncio.get_running_loop().time()
    out = await asyncio.gather(*(c.load("k" * i, fetch) for i in range(1, 15)))
    return plain(
        [out[0], out[13], len(out), busy[1], round(asyncio.get_running_loop().time() - begin)]
    )

return asyncio.run(main())
""",
            [["K", 1], ["K" * 14, 14], 14, 4, 8],
        ),
        Scenario(
            "load_ends",
            "load",
            """\
async def main():
    c = cache(m)
    loop = asyncio.get_running_loop()
    out = []

    async def never(key):
        await asyncio.Event().wait()

    async def slow(key):
        await asyncio.sleep(4.5)
        return key, None

    async def down(key):
        await asyncio.sleep(0.1)
        raise ValueError(key)

    async def tried(fetch):
        begin = loop.time()
        try:
            said = (await asyncio.wait_for(c.load("k", fetch), 100))[0]
        except Exception as error:
            said = type(error).__name__
        return [said, round(loop.time() - begin, 1) <= 5.2]

    for fetch in (never, down, never, down, down, slow):
        out.append(await tried(fetch))
    tasks = [asyncio.ensure_future(c.load("k", never)) for _ in range(4)]
    await asyncio.sleep(0.1)
    for task in tasks:
        task.cancel()
    await asyncio.sleep(0.1)
    return plain(out + await asyncio.gather(*(tried(slow) for _ in range(4))))

return asyncio.run(main())
""",
            [
                ["TimeoutError", True],
                ["ValueError", True],
                ["TimeoutError", True],
                ["ValueError", True],
                ["ValueError", True],
                ["k", True],
                ["k", True],
                ["k", True],
                ["k", True],
                ["k", True],
            ],
        ),
        Scenario(
            "warm_plain",
            None,
            """\
async def main():
    now = [0.0]
    c = cache(m, now=now)
    calls = []
    c.put("a", "k1", "old", 5.0)
    c.put("a", "k2", "old", 50.0)
    now[0] = 6.0
    fetch = store({"k1": (1, None), "k3": (3, None)}, calls)
    out = [await c.warm("a", iter(["k1", "k2", "k3", "k1", "k3", "k4"]), fetch), sorted(calls)]
    out.append([held(c, key) for key in ("k1", "k2", "k3", "k4")])
    return plain(
        out + [await c.warm("a", ["k1", "k2"], fetch), await c.warm("a", [], fetch), len(calls)]
    )

return asyncio.run(main())
""",
            [3, ["k1", "k3", "k4"], [1, "old", 3, None], 0, 0, 3],
        ),
        Scenario(
            "warm_fails",
            "warm",
            """\
async def main():
    c = cache(m)
    calls, out = [], []
    fetch = store({"b": ValueError("down"), "c": (3, None), "e": ValueError("off")}, calls)
    for keys in (["a", "b", "c"], ["d", "c"], ["e"], ["c", "d"]):
        try:
            out.append(await c.warm("a", keys, fetch))
        except ValueError as error:
            out.append(str(error))
        await asyncio.sleep(1)
    return plain([out, sorted(calls)])

return asyncio.run(main())
""",
            [["down", 1, "off", 0], ["a", "b", "c", "d", "e"]],
        ),
        Scenario(
            "warm_many",
            "warm",
            """\
async def main():
    out = []
    costs = []
    for n in (50, 50, 200):
        keys = [f"{n}-{i % n}" for i in range(n * 30)]
        begin = time.perf_counter_ns()
        count = await cache(m, 10000).warm("a", keys, store({}, [], 0))
        costs.append(time.perf_counter_ns() - begin)
        out.append(count)
    return plain(out + [costs[2] < 6 * costs[1]])

return asyncio.run(main())
""",
            [50, 50, 200, True],
        ),
    ),
)
