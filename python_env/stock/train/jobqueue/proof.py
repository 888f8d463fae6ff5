"""Proves the module `jobqueue`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import asyncio, datetime, sqlite3
class Clock:
    def __init__(self, at): self.at = at
    def __call__(self): return self.at
def made(m, path=":memory:", at=1_000_000):
    clock, db = Clock(at), sqlite3.connect(path, isolation_level=None, timeout=0.001)
    store = m.${Noun}Store(db, clock)
    return store, clock, db
def got(one): return None if one is None else [one.id, one.payload.decode(), one.attempts]
def said(call):
    try: return plain(call())
    except Exception as error: return type(error).__name__
def taken(store, clock, lane="a", after=5):
    clock.at += after
    return store.claim(lane)
def put(store, clock, lane, key, payload): return store.add(lane, key, payload, clock.at)
def failed(m, store, one, error):
    state, delay_ms = m.after_failure(one, error)
    store.settle(one, state, delay_ms)
    return state
def dead(m, store, clock, *keys, lane="a"):
    for key in keys:
        put(store, clock, lane, key, b"{}")
        for _ in range(m.MAX_ATTEMPTS):
            failed(m, store, taken(store, clock, lane, 70_000), m.${Noun}Error("busy"))
def waiting(store, clock, lane="a"):
    clock.at += 5
    out = []
    while (one := store.claim(lane)) is not None: out.append(one.id)
    return sorted(out)
async def never(): await asyncio.Event().wait()
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "epoch_of_any_zone",
            "epoch",
            """\
return [m.epoch_ms(datetime.datetime.fromisoformat(text)) for text in (
    "1970-01-01T00:00:01.002900+00:00", "1970-01-02T00:00:00+02:00",
    "2026-03-01T12:30:00+00:00", "2026-03-01T00:15:00.250000-05:30")]
""",
            [1002, 79_200_000, 1772368200000, 1772343900250],
        ),
        Scenario(
            "decode_plain",
            None,
            """\
return [said(lambda: m.decode(raw)) for raw in (
    b'{"to": "ann", "n": [1, 2.5, null]}', b"to: bob\\nopen: true\\n", "who: Zo\\u00eb".encode(),
    b"- 1", b"''", b"to: [", b"\\xff\\xfe\\x00", b"{}", b"!!timestamp {=: x}")]
""",
            [
                {"to": "ann", "n": [1, 2.5, None]},
                {"to": "bob", "open": True},
                {"who": "Zo\u00eb"},
                [1],
                "",
                "PermanentError",
                "PermanentError",
                {},
                "PermanentError",
            ],
        ),
        Scenario(
            "decode_limits",
            "decode",
            """\
out = []
for text in ("x" * 4093, "x" * 4094, "\\u00e9" * 2046, "\\u00e9" * 2047, "\\u6c34" * 1500,
             "\\U0001f512" * 4000):
    raw = ("a: " + text).encode()
    out.append(said(lambda: len(m.decode(raw)["a"])))
return out
""",
            [4093, "PermanentError", 2046, "PermanentError", "PermanentError", "PermanentError"],
        ),
        Scenario(
            "decode_tags",
            "decode",
            """\
hits = []
m.hit = lambda *args: hits.append(args) or {}
return [[said(lambda: m.decode(raw.encode())) for raw in (
    "!!python/object/apply:subject.hit ['x']", "{a: !!python/object/apply:subject.hit [1]}",
    "{a: !!python/name:subject.hit ''}", "{a: !!python/tuple [1, 2]}", "{a: !!str 12}")], len(hits)]
""",
            [
                [
                    "PermanentError",
                    "PermanentError",
                    "PermanentError",
                    "PermanentError",
                    {"a": "12"},
                ],
                0,
            ],
        ),
        Scenario(
            "add_once",
            None,
            """\
store, clock, db = made(m)
out = [put(store, clock, "a", *pair) for pair in (("k1", b"one"), ("k2", b"two"), ("k1", b"three"))]
clock.at += 5
return out + [one and got(one)[1:] for one in [store.claim("a") for _ in "123"]]
""",
            [True, True, False, ["one", 1], ["two", 1], None],
        ),
        Scenario(
            "add_done_stays_known",
            None,
            """\
store, clock, db = made(m)
put(store, clock, "a", "k", b"one")
store.settle(taken(store, clock))
again = put(store, clock, "a", "k", b"again")
return [again, got(taken(store, clock)), put(store, clock, "a", "l", b"more")]
""",
            [False, None, True],
        ),
        Scenario(
            "add_by_lane",
            "add",
            """\
store, clock, db = made(m)
out = [put(store, clock, *three) for three in (
    ("a", "k", b"one"), ("b", "k", b"two"), ("b", "other", b"three"), ("b", "k", b"four"),
    ("a", "k", b"five"))]
clock.at += 5
seen = [[store.claim(lane) for _ in "123"] for lane in "ab"]
return [out, [[one.payload.decode() for one in row if one] for row in seen]]
""",
            [[True, True, True, False, False], [["one"], ["two", "three"]]],
        ),
        Scenario(
            "add_fails",
            "add",
            """\
store, clock, db = made(m, "/w/q.db")
out = [put(store, clock, "a", "k", b"one")]
other = sqlite3.connect("/w/q.db", isolation_level=None)
other.execute("BEGIN EXCLUSIVE")
try: out.append(put(store, clock, "a", "new", b"two"))
except sqlite3.Error: out.append("refused")
other.execute("ROLLBACK")
db.execute("PRAGMA query_only = 1")
try: out.append(put(store, clock, "a", "newer", b"two"))
except sqlite3.Error: out.append("refused")
db.execute("PRAGMA query_only = 0")
return out + [put(store, clock, "a", "k", b"x"), put(store, clock, "a", "newer", b"two")]
""",
            [True, "refused", "refused", False, True],
        ),
        Scenario(
            "claim_order",
            None,
            """\
store, clock, db = made(m)
for key, at in (("late", 9_000), ("first", 2_000), ("next", 2_000), ("soon", 1_500)):
    clock.at = at
    put(store, clock, "a", key, key.encode())
put(store, clock, "b", "x", b"x")
clock.at = 8_000
out = [got(store.claim("a")) for _ in "1234"]
clock.at = 8_000 + m.LEASE_MS - 5
out.append(got(store.claim("a")))
clock.at = 8_000 + m.LEASE_MS + 5
out += [got(store.claim("a")) for _ in "12"]
return [one and one[1:] for one in out] + [got(store.claim("c"))]
""",
            [
                ["soon", 1],
                ["first", 1],
                ["next", 1],
                None,
                ["late", 1],
                ["soon", 2],
                ["first", 2],
                None,
            ],
        ),
        Scenario(
            "claim_from_the_moment",
            "claim",
            """\
store, clock, db = made(m, at=5_000)
put(store, clock, "a", "k", b"one")
clock.at = 4_999
out = [got(store.claim("a"))]
clock.at = 5_000
out.append(got(store.claim("a")))
clock.at = 5_000 + m.LEASE_MS
return [one and one[1:] for one in out + [got(store.claim("a"))]]
""",
            [None, ["one", 1], ["one", 2]],
        ),
        Scenario(
            "claim_by_two",
            "claim",
            """\
store, clock, db = made(m, "/w/q.db")
rival, late, _ = made(m, "/w/q.db")
for key in ("k1", "k2", "k3"): put(store, clock, "a", key, key.encode())
clock.at += 5; late.at = clock.at
stolen = []
def steal():
    try: stolen.append(rival.claim("a"))
    except sqlite3.Error: stolen.append(None)
seen = []
def traced(statement):
    if "$table" in statement: seen.append(statement)
    if len(seen) == 2: steal()
db.set_trace_callback(traced)
out = [store.claim("a"), store.claim("a")]
db.set_trace_callback(None)
steal(); steal(); steal()
ids = [one.id for one in out + stolen if one]
return [len(ids), len(set(ids)), [got(one)[2] for one in out + stolen if one]]
""",
            [3, 3, [1, 1, 1]],
        ),
        Scenario(
            "settle_held",
            None,
            """\
store, clock, db = made(m)
for key in ("k1", "k2"): put(store, clock, "a", key, key.encode())
one = taken(store, clock)
clock.at += 59_000
out = [said(lambda: store.settle(one))]
clock.at += 500_000
return out + [got(store.claim("a"))[1:], got(store.claim("a"))]
""",
            [None, ["k2", 1], None],
        ),
        Scenario(
            "settle_lost",
            "settle",
            """\
store, clock, db = made(m)
for key in ("k1", "k2"): put(store, clock, "a", key, key.encode())
one = taken(store, clock)
two = taken(store, clock)
out = [said(lambda: store.settle(m.$Noun(two.id, b"", 1, one.token))),
       said(lambda: store.settle(m.$Noun(99, b"", 1, one.token)))]
clock.at += m.LEASE_MS + 5
out.append(said(lambda: store.settle(one)))
again = store.claim("a")
out += [said(lambda: store.settle(held)) for held in (one, again, again)]
return out + [again.id == one.id, got(store.claim("a"))[1:]]
""",
            ["LeaseLostError"] * 4 + [None, "LeaseLostError", True, ["k2", 2]],
        ),
        Scenario(
            "settle_while_taken",
            "settle",
            """\
store, clock, db = made(m, "/w/q.db")
rival, late, _ = made(m, "/w/q.db")
put(store, clock, "a", "k", b"one")
one = taken(store, clock)
clock.at += m.LEASE_MS - 10
late.at = clock.at + 20
stolen = []
def steal():
    try: stolen.append(rival.claim("a"))
    except sqlite3.Error: stolen.append(None)
def outcome(arm):
    arm()
    try: store.settle(one); kept = True
    except m.LeaseLostError: kept = False
    held = [x for x in stolen if x]
    if not held: return "kept" if kept else "lost by nobody"
    try: rival.settle(held[-1]); ok = True
    except m.LeaseLostError: ok = False
    return "two" if kept else ("one" if ok else "none")
def arm():
    def traced(statement):
        if "$table" in statement: seen.append(statement)
        if len(seen) == 2 and not stolen: steal()
    db.set_trace_callback(traced)
seen = []
return ["safe" if outcome(arm) in ("kept", "one") else "unsafe"]
""",
            ["safe"],
        ),
        Scenario(
            "fail_waits",
            "failure",
            """\
store, clock, db = made(m)
for i in range(24): put(store, clock, "a", f"k{i}", b"x")
clock.at += 5
out = []
for want in (1_000, 2_000, 4_000, 8_000):
    held = [store.claim("a") for _ in range(24)]
    out.append(sorted({failed(m, store, one, m.${Noun}Error("busy")) for one in held}))
    clock.at += want - 2
    out.append(got(store.claim("a")))
    clock.at += want // 10 + 4
held = [store.claim("a") for _ in range(24)]
out.append(sorted({failed(m, store, one, m.${Noun}Error("busy")) for one in held}))
clock.at += 1_000_000
return out + [got(store.claim("a"))]
""",
            [["waiting"], None] * 4 + [["dead"], None],
        ),
        Scenario(
            "fail_for_good",
            "failure",
            """\
store, clock, db = made(m)
out = []
errors = m.PermanentError("gone"), m.${Noun}Error("busy"), TimeoutError()
for key, error in zip(("k1", "k2", "k3"), errors):
    put(store, clock, "a", key, key.encode())
    out.append(failed(m, store, taken(store, clock), error))
clock.at += 2_000
again = sorted(got(store.claim("a"))[1:] for _ in "12")
return out + again + [got(store.claim("a"))]
""",
            ["dead", "waiting", "waiting", ["k2", 2], ["k3", 2], None],
        ),
        Scenario(
            "requeue_dead",
            None,
            """\
store, clock, db = made(m)
dead(m, store, clock, "k1", "k2", "k3")
before = waiting(store, clock)
store.requeue("a", ["k1", "k3"])
clock.at += 5
return [before, [got(store.claim("a"))[2] for _ in "12"], got(store.claim("a"))]
""",
            [[], [1, 1], None],
        ),
        Scenario(
            "requeue_all_or_none",
            "requeue",
            """\
store, clock, db = made(m)
dead(m, store, clock, "k1", "k2", "k3")
dead(m, store, clock, "o1", lane="b")
out = []
for keys in (["k1", "k9"], ["k1", "k2", "o1"], ["k3", "k2", "nothing"]):
    out += [said(lambda: store.requeue("a", keys)), waiting(store, clock)]
out.append(said(lambda: store.requeue("a", ["k2"])))
return out + [len(waiting(store, clock)), said(lambda: store.requeue("a", ["k2"]))]
""",
            ["KeyError", [], "KeyError", [], "KeyError", [], None, 1, "KeyError"],
        ),
        Scenario(
            "requeue_typed",
            "requeue",
            """\
store, clock, db = made(m)
dead(m, store, clock, "k1", "it's")
dead(m, store, clock, "o1", "o2", lane="b")
out = []
for keys in (["x') OR (key = 'o1"], ["x') OR $lane = ('b"], ["o1') --"], ["k1') OR ('1' = '1"]):
    out.append(said(lambda: store.requeue("a", keys)))
    out += [waiting(store, clock, "b"), waiting(store, clock)]
return out + [said(lambda: store.requeue("a", ["it's", "k1"])), len(waiting(store, clock))]
""",
            ["KeyError", [], []] * 4 + [None, 2],
        ),
        Scenario(
            "run_one",
            None,
            """\
store, clock, db = made(m)
seen = []
async def handle(data):
    seen.append(data)
    if data.get("fail"): raise m.${Noun}Error("busy")
    if data.get("bug"): raise LookupError("bug")
async def main():
    out = []
    for i, raw in enumerate((b"{n: 1}", b"{fail: yes}", b"[", b"{bug: yes}")):
        put(store, clock, "a", f"k{i}", raw)
        clock.at += 5
        try:
            state = await store.run(store.claim("a"), handle, never, 5.0)
            out.append(state if state == "done" else "failed")
        except Exception as error: out.append(type(error).__name__)
    return out
return [asyncio.run(main()), seen]
""",
            [
                ["done", "failed", "failed", "LookupError"],
                [{"n": 1}, {"fail": True}, {"bug": True}],
            ],
        ),
        Scenario(
            "run_limited",
            "run",
            """\
store, clock, db = made(m)
async def handle(data): await asyncio.sleep(data["s"])
async def main():
    out = []
    for i, raw in enumerate((b"{s: 1}", b"{s: 9000}", b"{s: 3}")):
        put(store, clock, "a", f"k{i}", raw)
        clock.at += 5
        begin = asyncio.get_running_loop().time()
        try: said = await asyncio.wait_for(store.run(store.claim("a"), handle, never, 2.0), 600)
        except TimeoutError: said = "hangs"
        out.append([said, round(asyncio.get_running_loop().time() - begin)])
    return out
return asyncio.run(main())
""",
            [["done", 1], ["waiting", 2], ["waiting", 2]],
        ),
        Scenario(
            "run_ends_its_watch",
            "run",
            """\
store, clock, db = made(m)
live = []
async def watch():
    live.append(1)
    try: await asyncio.Event().wait()
    finally: live.pop()
async def handle(data):
    await asyncio.sleep(1)
    if data["end"] == "fail": raise m.${Noun}Error("busy")
    if data["end"] == "bug": raise LookupError("bug")
    if data["end"] == "long": await asyncio.sleep(50)
async def main():
    out = []
    for i, end in enumerate(("well", "fail", "bug", "long", "stop")):
        raw = '{"end": "%s"}' % ("long" if end == "stop" else end)
        put(store, clock, "a", f"k{i}", raw.encode())
        clock.at += 5
        task = asyncio.ensure_future(store.run(store.claim("a"), handle, watch, 20.0))
        await asyncio.sleep(0.5)
        during = len(live)
        if end == "stop": task.cancel()
        await asyncio.wait({task})
        await asyncio.sleep(0.1)
        out.append([end, during, len(live)])
    return out
return asyncio.run(main())
""",
            [[end, 1, 0] for end in ("well", "fail", "bug", "long", "stop")],
        ),
    ),
)
