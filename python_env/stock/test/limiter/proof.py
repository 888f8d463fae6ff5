"""Proves the module `limiter`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import asyncio, json, logging, os, tracemalloc
from datetime import UTC, datetime, timedelta, timezone
def gate(m, quota=3, lookup=None):
    t = [100.0]
    return m.$Class(lambda: t[0], lookup or (lambda who, route: m.Limit(5, 60.0)), quota), t
def tried(call):
    try: return call()
    except ValueError: return "ValueError"
    except Exception as error: return type(error).__name__
def logged(m, call):
    rows = []
    h = logging.Handler(); h.emit = lambda record: rows.append(record.getMessage())
    m.log.handlers[:] = [h]; m.log.setLevel(1); m.log.propagate = False
    call(); return rows
class Shared:
    def __init__(self, used=0, fails=()):
        self.used, self.fails, self.asked = used, list(fails), 0
    async def get(self, who):
        self.asked += 1
        await asyncio.sleep(0)
        if self.fails and self.fails.pop(0): raise ConnectionError("down")
        return self.used
    async def put(self, who, used):
        await asyncio.sleep(0)
        self.used = used
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "address_plain",
            None,
            """\
given = ("192.0.2.7, 10.0.0.1", "192.0.2.7,10.0.0.1", " 2001:db8::7 , 10.0.0.1", "192.0.2.7", "",
    "nobody, 10.0.0.1",
         "0.0.0.0, 10.0.0.1", "::, 10.0.0.1", "192.0.2.300, 10.0.0.1")
return [tried(lambda: m.address_of(text)) for text in given]
""",
            ["192.0.2.7", "192.0.2.7", "2001:db8::7"] + ["ValueError"] * 6,
        ),
        Scenario(
            "address_claimed",
            "address_of",
            """\
given = ("203.0.113.9, 192.0.2.7, 10.0.0.1", "203.0.113.9, 198.51.100.1, 192.0.2.7, 10.0.0.1",
    "me, 192.0.2.7, 10.0.0.1")
return [tried(lambda: m.address_of(text)) for text in given]
""",
            ["192.0.2.7", "192.0.2.7", "192.0.2.7"],
        ),
        Scenario(
            "address_written_otherwise",
            "address_of",
            """\
given = ("2001:0DB8:0:0:0:0:0:7, 10.0.0.1", "2001:db8:0::7, 10.0.0.1", "2001:DB8::7, 10.0.0.1",
    "0:0:0:0:0:0:0:0, 10.0.0.1")
return [tried(lambda: m.address_of(text)) for text in given]
""",
            ["2001:db8::7", "2001:db8::7", "2001:db8::7", "ValueError"],
        ),
        Scenario(
            "refusal_plain",
            None,
            """\
rows = logged(m, lambda: m.note_refusal("/v1/items", "curl/8"))
return [len(rows), "/v1/items" in rows[0], "curl/8" in rows[0]]
""",
            [1, True, True],
        ),
        Scenario(
            "refusal_in_one_line",
            "note_refusal",
            """\
out = []
for target, agent in (("/v1", "curl\\nRefused nobody"), ("/v1", "a\\rb"), ("/v1\\nRefused",
    "curl")):
    text = "".join(logged(m, lambda: m.note_refusal(target, agent)))
    out.append([text.count("\\n"), text.count("\\r"), "/v1" in text])
return out
""",
            [[0, 0, True]] * 3,
        ),
        Scenario(
            "refusal_without_the_key",
            "note_refusal",
            """\
text = " ".join(logged(m, lambda: m.note_refusal("/v1/items?key=s3cret-9&page=2", "curl/8")))
return ["/v1/items" in text, "curl/8" in text, "s3cret" in text, "page=2" in text]
""",
            [True, True, False, False],
        ),
        Scenario(
            "admit_plain",
            None,
            """\
g, t = gate(m); five = m.Limit(3, 10.0)
out = [[g.admit("a", five) for _ in range(3)], [g.admit("a", five) for _ in range(3)][-1],
    g.admit("b", five)]
t[0] = 109.9; out.append([g.admit("a", five) for _ in range(3)][-1])
t[0] = 121.0; out.append([g.admit("a", five) for _ in range(3)])
return plain(out)
""",
            [[True, True, True], False, True, False, [True, True, True]],
        ),
        Scenario(
            "admit_to_the_limit",
            "admit",
            """\
g, t = gate(m); out = []
for count in (1, 2, 5):
    who = f"c{count}"; limit = m.Limit(count, 10.0)
    t[0] = 100.0; out.append(sum(g.admit(who, limit) for _ in range(9)))
    t[0] = 110.0; out.append(sum(g.admit(who, limit) for _ in range(9)))
t[0] = 200.0; pair = m.Limit(2, 10.0)
for step in (0, 4, 9, 10, 11, 14):
    t[0] = 200.0 + step; out.append(g.admit("d", pair))
return plain(out)
""",
            [1, 1, 2, 2, 5, 5, True, True, False, True, False, True],
        ),
        Scenario(
            "admit_for_long",
            "admit",
            """\
g, t = gate(m); limit = m.Limit(4, 10.0)
def go(n):
    for _ in range(n): t[0] += 3.5; g.admit("a", limit)
go(50); tracemalloc.start(); before = tracemalloc.get_traced_memory()[0]
go(3000); grown = tracemalloc.get_traced_memory()[0] - before; tracemalloc.stop()
return [grown < 30_000]
""",
            [True],
        ),
        Scenario(
            "admit_and_forget",
            "admit",
            """\
gone = []
class Moment(float):
    def __del__(self): gone.append(1)
t = [0.0]; limit = m.Limit(4, 10.0)
g = m.$Class(lambda: Moment(t[0]), lambda who, route: limit, 3)
for _ in range(200): t[0] += 3.5; g.admit("a", limit)
return [len(gone) > 150]
""",
            [True],
        ),
        Scenario(
            "take_plain",
            None,
            """\
g, t = gate(m); three = m.Limit(3, 60.0); out = [g.take("a", three)]
t[0] += 10; out += [g.take("a", three), g.take("a", three), g.take("a", three), g.take("b", three)]
t[0] += 5; out.append(g.take("a", three))
t[0] += 6; out.append(g.take("a", three))
return plain(out)
""",
            [True, True, True, False, True, False, True],
        ),
        Scenario(
            "take_from_an_empty_one",
            "take",
            """\
g, t = gate(m); out = []
for count in (1, 3):
    limit = m.Limit(count, 60.0); out.append([g.take(f"c{count}",
        limit) for _ in range(count + 3)])
t[0] += 20
out.append([g.take("c3", limit) for _ in range(3)])
t[0] += 6000
return plain(out + [[g.take("c3", limit) for _ in range(5)]])
""",
            [
                [True, False, False, False],
                [True, True, True, False, False, False],
                [True, False, False],
                [True, True, True, False, False],
            ],
        ),
        Scenario(
            "take_at_another_pace",
            "take",
            """\
out = []
for seconds, steps in ((4.0, (1.0, 0.5, 0.5, 2.0)), (480.0, (60.0, 60.0, 120.0))):
    g, t = gate(m); limit = m.Limit(4, seconds)
    t[0] += 1000; g.take("a", limit); t[0] += seconds / 8
    out.append([g.take("a", limit) for _ in range(4)])
    for step in steps: t[0] += step; out.append(sum(g.take("a", limit) for _ in range(4)))
return plain(out)
""",
            [[True, True, True, False], 1, 1, 0, 2, [True, True, True, False], 1, 0, 1],
        ),
        Scenario(
            "plan_plain",
            None,
            """\
asked = []; plans = {("a", "x"): 5, ("a", "y"): 7, ("b", "x"): 9}
def lookup(who, route):
    asked.append(who + route); return m.Limit(plans[who, route], 60.0)
g, t = gate(m, lookup=lookup); out = []
for who, route in (("a", "x"), ("a", "y"), ("b", "x"), ("a", "x")): out.append(g.plan(who,
    route).count)
t[0] += 59; out.append(g.plan("b", "x").count)
t[0] += 100; plans["a", "x"] = 6; out.append(g.plan("a", "x").count)
return plain([out, asked])
""",
            [[5, 7, 9, 5, 9, 6], ["ax", "ay", "bx", "ax"]],
        ),
        Scenario(
            "plan_of_a_busy_one",
            "plan",
            """\
count = [5]; g, t = gate(m, lookup=lambda who, route: m.Limit(count[0], 60.0)); out = []
for step in range(12):
    out.append(g.plan("a", "x").count); t[0] += 20; count[0] += 1
return plain(out)
""",
            [5, 5, 5, 8, 8, 8, 11, 11, 11, 14, 14, 14],
        ),
        Scenario(
            "plan_of_nobody",
            "plan",
            """\
known = {"a"}
def lookup(who, route):
    if who not in known: raise KeyError(who)
    return m.Limit(5, 60.0)
g, t = gate(m, lookup=lookup)
ask = lambda who: tried(lambda: g.plan(who, "x").count)
out = [ask("a"), ask("b"), ask("b")]; known.clear(); known.add("b"); t[0] += 61
return plain(out + [ask("a"), ask("b")])
""",
            [5, "KeyError", "KeyError", "KeyError", 5],
        ),
        Scenario(
            "spend_plain",
            None,
            """\
async def main():
    g, _ = gate(m, 3); s = Shared()
    out = [await g.spend("a", s) for _ in range(5)] + [s.used]
    return out + [await g.spend("a", Shared(9)), await gate(m, 0)[0].spend("a", Shared())]
return plain(asyncio.run(main()))
""",
            [True, True, True, False, False, 3, False, False],
        ),
        Scenario(
            "spend_at_once",
            "spend",
            """\
async def main():
    out = []
    for tasks, quota in ((6, 3), (5, 9)):
        g, _ = gate(m, quota); s = Shared()
        got = await asyncio.gather(*(g.spend("a", s) for _ in range(tasks)))
        out.append([sum(got), s.used])
    return out
return plain(asyncio.run(main()))
""",
            [[3, 3], [5, 5]],
        ),
        Scenario(
            "spend_after_a_failure",
            "spend",
            """\
class Slow(Shared):
    async def get(self, who): await asyncio.Event().wait()
async def main():
    g, _ = gate(m, 3); s = Shared(0, [True, False]); out = []
    for store in (s, s, Slow(), s):
        try: out.append(await asyncio.wait_for(g.spend("a", store), 20))
        except Exception as error: out.append(type(error).__name__)
    return out + [s.used]
return plain(asyncio.run(main()))
""",
            ["ConnectionError", True, "TimeoutError", True, 2],
        ),
        Scenario(
            "headers_plain",
            None,
            """\
g, _ = gate(m); now = datetime(2026, 3, 1, 8, tzinfo=UTC)
return plain([dict(g.headers(m.Limit(5, 60.0), 4, now, timedelta(seconds=9))),
              dict(g.headers(m.Limit(5, 60.0), 0, now, timedelta(seconds=5)))])
""",
            [
                {
                    "Cache-Control": "no-store",
                    "RateLimit-Limit": "5",
                    "RateLimit-Remaining": "4",
                },
                {
                    "Cache-Control": "no-store",
                    "RateLimit-Limit": "5",
                    "RateLimit-Remaining": "0",
                    "Retry-After": "Sun, 01 Mar 2026 08:00:05 GMT",
                },
            ],
        ),
        Scenario(
            "headers_elsewhere",
            "headers",
            """\
g, _ = gate(m); out = []
for east in (2, -5):
    now = datetime(2026, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=east)))
    out.append(g.headers(m.Limit(5, 60.0), 0, now, timedelta(minutes=40))["Retry-After"])
return plain(out)
""",
            ["Sun, 01 Mar 2026 00:10:00 GMT", "Sun, 01 Mar 2026 07:10:00 GMT"],
        ),
        Scenario(
            "headers_of_their_own",
            "headers",
            """\
g, _ = gate(m); now = datetime(2026, 3, 1, 8, tzinfo=UTC)
first = g.headers(m.Limit(5, 60.0), 0, now, timedelta(seconds=5)); first["Set-Cookie"] = "a=1"
return plain([sorted(g.headers(m.Limit(9, 60.0), 8, now, timedelta())), first["RateLimit-Limit"],
    sorted(m.BASE_HEADERS)])
""",
            [
                ["Cache-Control", "RateLimit-Limit", "RateLimit-Remaining"],
                "5",
                ["Cache-Control"],
            ],
        ),
        Scenario(
            "restore_plain",
            None,
            """\
g, _ = gate(m); out = [g.yesterday("a")]
g.restore('{"a": 3, "b": 0}'); out += [g.yesterday("a"), g.yesterday("b")]
g.restore('{"c": 7, "a\\\\/b": 4}')
out += [g.yesterday("a"), g.yesterday("c"), g.yesterday("a/b")]
for text in ("", "nothing", "[1, 2]", '{"c": 1'): out.append(tried(lambda: g.restore(text)))
return plain(out + [g.yesterday("c")])
""",
            [0, 3, 0, 0, 7, 4] + ["ValueError"] * 4 + [7],
        ),
        Scenario(
            "restore_of_a_broken_text",
            "restore",
            """\
g, _ = gate(m); g.restore('{"a": 3, "b": 5}'); out = []
for text in ('{"a": 9, "x": "many"}', '{"a": 9, "x": 1.5}', '{"b": 1, "x": [1]}', "3",
    '["a"]', '{"x": {}}'):
    out.append([tried(lambda: g.restore(text)), g.yesterday("a"), g.yesterday("b"),
        g.yesterday("x")])
return plain(out)
""",
            [["ValueError", 3, 5, 0]] * 6,
        ),
        Scenario(
            "restore_of_code",
            None,
            """\
g, _ = gate(m); g.restore('{"a": 3}'); out = []
for text in ('{"a": [3, 4][1]}', '{"a": 2 ** 5}',
    '{"a": (lambda: 7)()}', 'dict(a=4)'):
    out.append([tried(lambda: g.restore(text)), g.yesterday("a")])
return plain(out)
""",
            [["ValueError", 3]] * 4,
        ),
    ),
)
