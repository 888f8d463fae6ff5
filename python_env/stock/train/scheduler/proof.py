"""Proves the module `scheduler`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import asyncio, gc, sqlite3, tracemalloc
class Moment(int):
    # Counts how many of its kind are held at the same time.
    held, most = 0, 0
    def __init__(self, value):
        Moment.held += 1
        Moment.most = max(Moment.most, Moment.held)
    def __add__(self, other):
        return Moment(int(self) + int(other))
    def __del__(self):
        Moment.held -= 1
class Name(str):
    held = 0
    def __init__(self, value):
        Name.held += 1
    def __del__(self):
        Name.held -= 1
NOON = 1_767_268_800  # 2026-01-01 12:00 UTC
def made(m):
    return m.$Class(sqlite3.connect(":memory:"))
def outcome(call, *given):
    try:
        return plain(call(*given))
    except Exception as error:
        return type(error).__name__
def failure(text):
    def inner(secret):
        raise ValueError(f"no login with {secret}")
    try:
        inner(text)
    except ValueError as error:
        return error
class Rivals(sqlite3.Connection):
    # Before a change that begins a transaction, another takes the lock.
    rival = None
    def execute(self, sql, *given):
        change = sql.lstrip().split()[0].upper() in ("INSERT", "REPLACE", "UPDATE", "DELETE")
        if change and self.rival and not self.in_transaction:
            rival, self.rival = self.rival, None
            self.won = rival()
        return super().execute(sql, *given)
def run(m, calls):
    return plain(asyncio.run(made(m).run(calls)))
async def quick():
    await asyncio.sleep(0)
async def broken():
    raise OSError("gone")
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "next_due_plain",
            None,
            """\
daily = m.Daily(15, 30)
return plain([daily.next_due(NOON + i * 3600) - NOON for i in (0, 3, 4, 24)])
""",
            [12600, 12600, 99000, 99000],
        ),
        Scenario(
            "next_due_zones",
            "next_due",
            """\
out = []
for hour, minute, offset in ((15, 30, 0), (12, 0, 0), (0, 15, 330), (23, 0, -600), (14, 0, 120)):
    daily = m.Daily(hour, minute, offset)
    first = daily.next_due(NOON)
    out.append([first - NOON, daily.next_due(first) - first, daily.next_due(first - 1) - first])
return plain(out)
""",
            [
                [12600, 86400, 0],
                [86400, 86400, 0],
                [24300, 86400, 0],
                [75600, 86400, 0],
                [86400, 86400, 0],
            ],
        ),
        Scenario(
            "due_plain",
            None,
            """\
one = made(m)
for given in (("b", "red", 5), ("a", "red", 9), ("c", "blue", 7), ("d", "blue", 11)):
    one.plan(*given)
out = [one.due(["red"], 9), one.due(["red"], 8), one.due(["blue", "red"], 20), one.due(["x"], 99)]
one.plan("b", "blue", 100)
return plain(out + [one.due(["red", "blue"], 50)])
""",
            [["a", "b"], ["b"], ["a", "b", "c", "d"], [], ["a", "c", "d"]],
        ),
        Scenario(
            "due_forms",
            "due",
            """\
one = made(m)
one.plan("a", "red", 5)
one.plan("o", "o'neil", 5)
forms = ([], ["o'neil"], ["x') OR ('1'='1"], ["red", "y') --"])
return [outcome(one.due, form, 9) for form in forms]
""",
            [[], ["o"], [], ["a"]],
        ),
        Scenario(
            "missed_plain",
            None,
            """\
one = made(m)
return plain([one.missed(100, 60, 99), one.missed(100, 60, 250), one.missed(100, 60, 301),
              one.missed(0, 7, 1000), one.missed(500, 60, 100)])
""",
            [[], [100, 160, 220], [160, 220, 280], [980, 987, 994], []],
        ),
        Scenario(
            "missed_now",
            "missed",
            """\
one = made(m)
ends = [one.missed(100, 60, now) for now in (100, 220, 279, 280)]
found = one.missed(Moment(1000), 1, 3000)
return plain([ends, [int(moment) for moment in found], Moment.most < 100])
""",
            [
                [[100], [100, 160, 220], [100, 160, 220], [160, 220, 280]],
                [2998, 2999, 3000],
                True,
            ],
        ),
        Scenario(
            "missed_long",
            "missed",
            """\
one = made(m)
out = [one.missed(100, 60, 100), one.missed(100, 60, 220), one.missed(100, 60, 280)]
one.missed(0, 1, 50)
tracemalloc.start()
found = one.missed(1000, 1, 7000)
peak = tracemalloc.get_traced_memory()[1]
tracemalloc.stop()
return plain([out, found, peak < 40_000])
""",
            [[[100], [100, 160, 220], [160, 220, 280]], [6998, 6999, 7000], True],
        ),
        Scenario(
            "lock_plain",
            None,
            """\
one = made(m)
out = [one.lock("a", "w1", 100, 50), one.lock("a", "w2", 120, 50), one.lock("b", "w2", 120, 50),
       one.lock("a", "w2", 150, 50), one.lock("a", "w1", 199, 50)]
one.unlock("a", "w1")
out.append(one.lock("a", "w1", 199, 50))
one.unlock("a", "w2")
return plain(out + [one.lock("a", "w1", 199, 50), one.lock("b", "w1", 169, 9)])
""",
            [True, False, True, True, False, False, True, False],
        ),
        Scenario(
            "lock_rivals",
            "lock",
            """\
db = sqlite3.connect(":memory:", factory=Rivals)
one, out = m.$Class(db), []
for name, now in (("a", 100), ("b", 100), ("a", 500)):
    db.won = False
    db.rival = lambda: one.lock(name, "w2", now, 50)
    out.append(int(one.lock(name, "w1", now, 50)) + int(db.won))
    db.rival = None
out += [one.lock("c", "w1", 100, 50), one.lock("c", "w1", 120, 50), one.lock("c", "w1", 150, 5)]
return plain(out + [one.lock("c", "w2", 154, 5), db.in_transaction])
""",
            [1, 1, 1, True, False, True, False, False],
        ),
        Scenario(
            "run_plain",
            None,
            """\
ran = []
async def noted():
    ran.append(1)
    await quick()
    ran.append(2)
return [run(m, {"a": noted, "b": quick}), ran, run(m, {"c": quick})]
""",
            [{"a": "done", "b": "done"}, [1, 2], {"c": "done"}],
        ),
        Scenario(
            "run_ends",
            "run",
            """\
m.LIMIT_SECONDS = 0.02
ended = []
async def slow():
    try:
        await asyncio.sleep(3)
        ended.append("slept")
    except asyncio.CancelledError:
        ended.append("cancelled")
        raise
async def gives_up():
    raise TimeoutError("no answer")
calls = {"a": quick, "b": slow, "c": broken, "d": quick, "e": gives_up}
return [run(m, calls), ended]
""",
            [{"a": "done", "b": "late", "c": "failed", "d": "done", "e": "late"}, ["cancelled"]],
        ),
        Scenario(
            "retry_at_plain",
            None,
            """\
one = made(m)
early = [one.retry_at(failures, NOON) - NOON for failures in (1, 2, 3, 5)]
return [all(gap > 0 for gap in early), early == sorted(early), type(early[0]).__name__]
""",
            [True, True, "int"],
        ),
        Scenario(
            "retry_at_pauses",
            "retry_at",
            """\
one, out = made(m), []
for failures, pause in ((1, 60), (2, 120), (3, 240), (6, 1920), (7, 3600), (8, 3600), (40, 3600)):
    gaps = [one.retry_at(failures, NOON) - NOON for _ in range(20)]
    out.append(all(pause <= gap <= pause * 1.1 for gap in gaps))
return out
""",
            [True] * 7,
        ),
        Scenario(
            "describe_plain",
            None,
            """\
told = [made(m).describe("nightly", failure("x")), made(m).describe("weekly", KeyError("y"))]
return ["nightly" in told[0], "ValueError" in told[0], "weekly" in told[1], "KeyError" in told[1]]
""",
            [True, True, True, True],
        ),
        Scenario(
            "describe_secrets",
            "describe",
            """\
told = [made(m).describe("nightly", failure("hunter2")), made(m).describe("a", OSError("pw=abc"))]
return ["hunter2" in told[0], "login" in told[0], "abc" in told[1], "OSError" in told[1]]
""",
            [False, False, False, True],
        ),
        Scenario(
            "history_plain",
            None,
            """\
one = made(m)
for i in range(25):
    one.note("a", f"done {i}")
one.note("b", "late")
kept = one.history("a")
return plain([len(kept), kept[0], kept[-1], one.history("b"), one.history("c")])
""",
            [20, "done 5", "done 24", ["late"], []],
        ),
        Scenario(
            "history_own",
            "history",
            """\
one = made(m)
one.note("a", "done")
for i in range(50):
    one.history(Name(f"unknown {i}"))
given = one.history("a")
given.append("late")
one.note("a", "failed")
one.history("new").append("x")
return plain([Name.held < 5, one.history("a"), given, one.history("new")])
""",
            [True, ["done", "failed"], ["done", "late"], []],
        ),
        Scenario(
            "history_apart",
            "history",
            """\
one = made(m)
one.note("a", "done")
one.history("x")
gc.collect()
before = len(gc.get_objects())
for i in range(300):
    one.history(f"unknown {i}")
gc.collect()
grown = len(gc.get_objects()) - before
given = one.history("a")
given.append("late")
one.note("a", "failed")
one.history("new").append("x")
return plain([grown < 100, one.history("a"), given, one.history("new")])
""",
            [True, ["done", "failed"], ["done", "late"], []],
        ),
    ),
)
