"""Proves the module `flags`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import asyncio, logging, sqlite3, time
from datetime import UTC, datetime, timedelta, timezone

def opened(m, pause=0.0, told=None):
    async def notify(name, flag):
        if told is not None:
            told.append([name, flag])
        await asyncio.sleep(pause)

    return m.$Class(sqlite3.connect(":memory:"), notify)

def tried(call, *given):
    try:
        return call(*given)
    except Exception as error:
        return type(error).__name__

async def awaited(awaitable):
    try:
        await awaitable
    except Exception as error:
        return type(error).__name__
    return "done"

ZONES = {
    "utc": UTC,
    "tokyo": timezone(timedelta(hours=9)),
    "lima": timezone(timedelta(hours=-5)),
    "delhi": timezone(timedelta(hours=5, minutes=30)),
}

def at(zone, *fields):
    return datetime(*fields, tzinfo=ZONES[zone])
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "within_plain",
            None,
            """\
places = [m.bucket(f, str(i)) for f in ("a.b", "c") for i in range(300)]
return plain(
    [
        m.bucket("a.b", "7") == m.bucket("a.b", "7"),
        all(0 <= p < 10000 for p in places),
        len(set(places)) > 500,
        m.within(0, 100.0),
        m.within(9999, 100.0),
        m.within(9999, 0.0),
        m.within(5000, 0.0),
        m.within(8000, 25.0),
        m.within(0, 1.0),
    ]
)
""",
            [True, True, True, True, True, False, False, False, True],
        ),
        Scenario(
            "within_counts",
            "within",
            """\
out = [
    sum(m.within(place, percent) for place in range(10000))
    for percent in (0.0, 0.01, 0.07, 0.29, 1.0, 12.5, 57.73, 99.99, 100.0)
]
return out + [m.within(0, 0.0), m.within(1249, 12.5), m.within(1250, 12.5)]
""",
            [0, 1, 7, 29, 100, 1250, 5773, 9999, 10000, False, True, False],
        ),
        Scenario(
            "running_plain",
            None,
            """\
days = ("2026-03-01", "2026-03-31")
out = [
    m.running(at("utc", *f), *days, UTC)
    for f in (
        (2026, 3, 1, 0, 0),
        (2026, 3, 31, 23, 59, 59),
        (2026, 2, 28, 23, 59),
        (2026, 4, 1, 0, 0),
        (2025, 3, 15, 12),
    )
]
return plain(out + [m.running(at("utc", 2026, 1, 1, 5), "2026-01-01", "2026-01-01", UTC)])
""",
            [True, True, False, False, False, True],
        ),
        Scenario(
            "running_zones",
            "running",
            """\
days = ("2026-03-01", "2026-03-31")
cases = [
    (("utc", 2026, 2, 28, 15, 0), "tokyo"),
    (("utc", 2026, 2, 28, 14, 59), "tokyo"),
    (("utc", 2026, 3, 31, 15, 0), "tokyo"),
    (("utc", 2026, 3, 1, 4, 59), "lima"),
    (("utc", 2026, 4, 1, 4, 59), "lima"),
    (("tokyo", 2026, 3, 1, 8, 0), "utc"),
    (("lima", 2026, 2, 28, 14, 0), "delhi"),
    (("lima", 2026, 3, 31, 13, 29), "delhi"),
    (("delhi", 2026, 4, 1, 5, 29), "utc"),
    (("utc", 2026, 3, 15, 12, 0), "lima"),
    (("tokyo", 2026, 3, 1, 0, 0), "tokyo"),
    (("tokyo", 2026, 3, 31, 23, 59), "tokyo"),
    (("lima", 2026, 2, 28, 23, 59), "lima"),
    (("lima", 2026, 3, 1, 0, 0), "lima"),
    (("delhi", 2026, 4, 1, 0, 0), "delhi"),
]
return plain([m.running(at(*moment), *days, ZONES[zone]) for moment, zone in cases])
""",
            [
                *(True, False, False, False, True, False, True, True, True, True),
                *(True, True, False, True, False),
            ],
        ),
        Scenario(
            "discounted_plain",
            None,
            """\
cases = (
    (1000, 1000),
    (999, 0),
    (999, 10000),
    (0, 500),
    (1999, 1250),
    (12345, 3333),
    (100000000001, 1),
)
return plain([m.discounted(*case) for case in cases])
""",
            [900, 999, 0, 0, 1749, 8230, 99990000001],
        ),
        Scenario(
            "discounted_halves",
            "discounted",
            """\
cases = (
    (1, 5000),
    (3, 5000),
    (5, 5000),
    (7, 5000),
    (250, 1000),
    (1010, 1500),
    (990, 2500),
    (10, 500),
    (30, 500),
    (2, 2500),
    (1001, 5000),
    (1003, 5000),
    (1, 5400),
    (3, 1820),
    (7, 649),
)
return plain([m.discounted(*case) for case in cases])
""",
            [1, 2, 3, 4, 225, 859, 743, 10, 29, 2, 501, 502, 0, 2, 7],
        ),
        Scenario(
            "is_on_plain",
            None,
            """\
async def main():
    flags = opened(m)
    actor = m.Actor("ann", "pay")
    for name in ("pay.new", "pay.old"):
        flags.add(name, "pay")
    out = [flags.is_on("pay.new", "u1"), flags.is_on("pay.old", "u1")]
    flags.change("pay.old", 100.0, "all")
    await flags.override(actor, "pay.new", "u2", True, 0)
    return plain(
        out
        + [
            flags.is_on("pay.old", "u2"),
            flags.is_on("pay.new", "u2"),
            flags.is_on("pay.new", "u3"),
            flags.is_on("pay.old", "u3"),
        ]
    )

return asyncio.run(main())
""",
            [False, False, True, True, False, True],
        ),
        Scenario(
            "is_on_now",
            "is_on",
            """\
async def main():
    flags = opened(m)
    actor = m.Actor("ann", "pay")
    flags.add("pay.new", "pay")
    flags.add("pay.b", "pay")
    out = [flags.is_on("pay.new", u) for u in ("u1", "u2")]
    flags.change("pay.new", 100.0, "all")
    out += [flags.is_on("pay.new", u) for u in ("u1", "u2")]
    await flags.override(actor, "pay.new", "u1", False, 1)
    out += [flags.is_on("pay.new", u) for u in ("u1", "u2", "u3")]
    await flags.override(actor, "pay.new", "u1", True, 2)
    flags.change("pay.new", 0.0, "none")
    out += [flags.is_on("pay.new", u) for u in ("u1", "u2", "u3")]
    await flags.override(actor, "pay.new", "u1", False, 4)
    return plain(out + [flags.is_on("pay.new", "u1"), flags.is_on("pay.b", "u1")])

return asyncio.run(main())
""",
            [
                *(False, False, True, True),
                *(False, True, True, True, False, False, False, False),
            ],
        ),
        Scenario(
            "previews_plain",
            None,
            """\
flags = opened(m)
flags.add("a", "pay", "t0ken-of-a")
flags.add("none", "pay")
given = ("t0ken-of-a", "t0ken-of-", "t0ken-of-ab", "T0ken-of-a", "", "x" * 500, "\\u00e9")
return plain(
    [flags.previews("a", t) for t in given] + [flags.previews("none", t) for t in ("", "x")]
)
""",
            [True, False, False, False, False, False, False, False, False],
        ),
        Scenario(
            "previews_own",
            "previews",
            """\
flags = opened(m)
for name, token in (("a", "t0ken-of-a"), ("b", "t0ken-of-b"), ("none", "")):
    flags.add(name, "pay", token)
return plain(
    [
        flags.previews(name, token)
        for name in ("a", "b", "none")
        for token in ("t0ken-of-a", "t0ken-of-b", "")
    ]
)
""",
            [True, False, False, False, True, False, False, False, False],
        ),
        Scenario(
            "previews_time",
            "previews",
            """\
token = "k" * 6000
flags = opened(m)
flags.add("a", "pay", token)

def cost(given):
    begin = time.perf_counter_ns()
    flags.previews("a", given)
    return time.perf_counter_ns() - begin

early, late = "x" + token[1:], token[:-1] + "x"
for given in (early, late) * 3:
    cost(given)
costs = [(cost(early), cost(late)) for _ in range(5)]
return plain(
    [
        all(l - e > 20000 for e, l in costs),
        flags.previews("a", token),
        flags.previews("a", late),
    ]
)
""",
            [False, True, False],
        ),
        Scenario(
            "override_plain",
            None,
            """\
async def main():
    told = []
    flags = opened(m, told=told)
    flags.add("pay.new", "pay")
    flags.add("map.new", "map")
    ann, bob = m.Actor("ann", "pay"), m.Actor("bob", "map")
    out = [
        await awaited(flags.override(ann, "pay.new", "u1", True, 0)),
        await awaited(flags.override(bob, "pay.new", "u2", True, 1)),
    ]
    out += [
        await awaited(flags.override(ann, "pay.new", "u3", True, 0)),
        await awaited(flags.override(bob, "map.new", "u1", True, 0)),
    ]
    out += [
        await awaited(flags.override(ann, "pay.new", "u4", True, 1)),
        ["ann", "pay.new"] in told,
        ["bob", "map.new"] in told,
    ]
    return plain(
        out
        + [[flags.is_on("pay.new", f"u{i}") for i in range(1, 6)], flags.is_on("map.new", "u1")]
    )

return asyncio.run(main())
""",
            [
                "done",
                "PermissionError",
                "ConflictError",
                "done",
                "done",
                True,
                True,
                [True, False, False, True, False],
                True,
            ],
        ),
        Scenario(
            "override_owner",
            "override",
            """\
async def main():
    flags = opened(m)
    for name, owner in (("pay.new", "map"), ("plain", "pay"), ("map.x", "pay")):
        flags.add(name, owner)
    ann, bob = m.Actor("ann", "pay"), m.Actor("bob", "map")
    out = []
    for actor, flag in (
        (ann, "pay.new"),
        (bob, "pay.new"),
        (ann, "plain"),
        (bob, "plain"),
        (m.Actor("eve", "plain"), "plain"),
        (bob, "map.x"),
        (ann, "map.x"),
    ):
        out.append(
            [
                await awaited(flags.override(actor, flag, actor.name, True, 0)),
                flags.is_on(flag, actor.name),
            ]
        )
    return plain(out)

return asyncio.run(main())
""",
            [
                ["PermissionError", False],
                ["done", True],
                ["done", True],
                ["PermissionError", False],
                ["PermissionError", False],
                ["PermissionError", False],
                ["done", True],
            ],
        ),
        Scenario(
            "override_together",
            "override",
            """\
async def main():
    flags = opened(m, pause=0.5)
    ann = m.Actor("ann", "pay")
    out = []
    for name in ("pay.a", "pay.b"):
        flags.add(name, "pay")
    said = await asyncio.gather(
        *(awaited(flags.override(ann, "pay.a", f"u{i}", True, 0)) for i in range(3))
    )
    out += [sorted(said), sum(flags.is_on("pay.a", f"u{i}") for i in range(3))]
    waiting = asyncio.ensure_future(awaited(flags.override(ann, "pay.b", "u1", True, 0)))
    await asyncio.sleep(0.1)
    flags.change("pay.b", 0.0, "stop")
    out += [await waiting, flags.is_on("pay.b", "u1")]
    return plain(
        out
        + [
            await awaited(flags.override(ann, "pay.b", "u2", True, 1)),
            flags.is_on("pay.b", "u2"),
        ]
    )

return asyncio.run(main())
""",
            [
                ["ConflictError", "ConflictError", "done"],
                1,
                "ConflictError",
                False,
                "done",
                True,
            ],
        ),
        Scenario(
            "change_plain",
            None,
            """\
flags = opened(m)
for name in ("a", "b"):
    flags.add(name, "pay")
flags.change("a", 5.0, "first")
flags.change("b", 100.0, "other")
flags.change("a", 100.0, "second")
flags.change("a", 0.0, "third")
return plain(
    [
        flags.notes(["a"], ""),
        flags.notes(["b"], ""),
        flags.is_on("a", "u"),
        flags.is_on("b", "u"),
    ]
)
""",
            [["third", "second", "first"], ["other"], False, True],
        ),
        Scenario(
            "change_refused",
            "change",
            """\
async def main():
    flags = opened(m)
    for name in ("pay.a", "pay.b"):
        flags.add(name, "pay")
    out = [tried(flags.change, "pay.a", 100.0, ""), flags.is_on("pay.a", "u1")]
    out += [flags.notes(["pay.a"], ""), tried(flags.change, "pay.b", 100.0, "go")]
    out += [tried(flags.change, "pay.b", 0.0, ""), flags.is_on("pay.b", "u2")]
    ann = m.Actor("ann", "pay")
    for flag, seen in (("pay.a", 0), ("pay.b", 1)):
        out.append(await awaited(flags.override(ann, flag, "u3", True, seen)))
    return plain(out + [flags.notes(["pay.a", "pay.b"], "")])

return asyncio.run(main())
""",
            ["IntegrityError", False, [], None, "IntegrityError", True, "done", "done", ["go"]],
        ),
        Scenario(
            "notes_plain",
            None,
            """\
flags = opened(m)
for name in ("a", "b", "c"):
    flags.add(name, "pay")
for i, (flag, note) in enumerate(
    (
        ("a", "Start small"),
        ("b", "more of it"),
        ("a", "MORE"),
        ("c", "all of them"),
        ("a", "small again"),
    )
):
    flags.change(flag, float(i), note)
return plain(
    [
        flags.notes(["a"], "small"),
        flags.notes(["a", "b"], "more"),
        flags.notes(["c", "a", "b"], ""),
        flags.notes([], "a"),
        flags.notes(("x", "b"), "OF"),
        flags.notes(["a"], "them"),
    ]
)
""",
            [
                ["small again", "Start small"],
                ["MORE", "more of it"],
                ["small again", "all of them", "MORE", "more of it", "Start small"],
                [],
                ["more of it"],
                [],
            ],
        ),
        Scenario(
            "notes_typed",
            "notes",
            """\
flags = opened(m)
flags.add("a", "pay", "hush-token")
flags.add("it's", "pay", "hush-2")
for note in (
    "50% of all",
    "50 of all",
    "a_b",
    "axb",
    "wow!",
    "back\\\\slash",
    "it's",
    "100%%",
    "a__b",
):
    flags.change("a", 1.0, note)
flags.change("it's", 1.0, "quoted")
out = [
    flags.notes(["a"], text)
    for text in ("50%", "a_b", "_", "%", "!", "\\\\", "'", "%%", "__", "% of")
]
names = (
    "it's",
    "x') OR ('1'='1",
    "x') AND ? <> '' UNION SELECT token FROM flags --",
    "a' --",
    '"',
)
return plain(
    [
        out,
        [tried(flags.notes, [name], "o") for name in names],
        tried(flags.notes, ["it's", "a"], "quo"),
    ]
)
""",
            [
                [
                    ["50% of all"],
                    ["a_b"],
                    ["a__b", "a_b"],
                    ["100%%", "50% of all"],
                    ["wow!"],
                    ["back\\slash"],
                    ["it's"],
                    ["100%%"],
                    ["a__b"],
                    ["50% of all"],
                ],
                [["quoted"], [], [], [], []],
                ["quoted"],
            ],
        ),
    ),
)
