"""Proves the module `sessions`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = r"""
import asyncio, base64, collections, gc, hashlib, hmac, json, logging, os, pickle, random, time
import tracemalloc, types
from datetime import datetime, timedelta, timezone
UTC = timezone.utc
KEY = b"k" * 32
slow = [0]
def gate(m, zone=UTC, begin=datetime(2026, 3, 10, 9, 0, tzinfo=UTC)):
    now = [begin]
    saved = []
    def hashed(password):
        return "hash of " + password
    def verified(stored, password):
        sum(range(slow[0]))
        return stored == hashed(password)
    async def save(name, stored):
        saved.append([name, stored])
        await asyncio.sleep(0.01)
        users[name] = stored
        if "broken" in stored:
            raise KeyError(name)
    users = {"ann": hashed("apple"), "bob": hashed("pear")}
    one = m.$Class(KEY, users, hashed, verified, save, lambda: now[0], zone)
    return one, now, saved
def lines_of(m, call):
    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())
    m.log.handlers[:] = [handler]; m.log.setLevel(1); m.log.propagate = False
    call()
    return lines
def cost(call):
    begin = time.perf_counter_ns()
    call()
    return time.perf_counter_ns() - begin
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "failures_plain",
            None,
            r"""
one, now, _ = gate(m)
out = [one.sign_in("ann", "apple") is not None]
out += [one.sign_in("ann", "wrong") for _ in range(4)] + [one.sign_in("ann", "apple") is not None]
out += [one.sign_in("ann", "wrong"), one.sign_in("ann", "apple")]
out.append(one.sign_in("bob", "pear") is not None)
now[0] += timedelta(minutes=14)
out.append(one.sign_in("ann", "apple"))
now[0] += timedelta(minutes=2)
out.append(one.sign_in("ann", "apple") is not None)
return plain(out)
""",
            [True, None, None, None, None, True, None, None, True, None, True],
        ),
        Scenario(
            "failures_apart",
            "failures",
            r"""
(one, _, _), (two, _, _) = gate(m), gate(m)
for i in range(5):
    one.sign_in("ann", "wrong")
return plain([one.sign_in("ann", "apple"), two.sign_in("ann", "apple") is not None])
""",
            [None, True],
        ),
        Scenario(
            "failures_of_many",
            "failures",
            r"""
one, now, _ = gate(m)
def strangers(count):
    for i in range(count):
        now[0] += timedelta(seconds=9)
        one.sign_in(f"stranger {now[0]}", "wrong")
    gc.collect()
    return tracemalloc.get_traced_memory()[0]
tracemalloc.start()
first, later = strangers(120), strangers(240)
tracemalloc.stop()
return later - first < 30_000
""",
            True,
        ),
        Scenario(
            "failures_kept",
            "failures",
            r"""
kept = m.Failures()
now = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
for i in range(300):
    kept.note(f"stranger {i}", now + timedelta(minutes=i))
late = now + timedelta(minutes=299)
return [kept.count("stranger 299", late), kept.count("stranger 3", late), len(kept.moments) < 100]
""",
            [1, 0, True],
        ),
        Scenario(
            "token_plain",
            None,
            r"""
one, _, _ = gate(m)
tokens = [one.start("ann") for _ in range(50)]
good = all(isinstance(token, str) and len(token) >= 16 for token in tokens)
return [len(set(tokens)), good, all(one.current(token) == "ann" for token in tokens)]
""",
            [50, True, True],
        ),
        Scenario(
            "token_of_a_seed",
            "token",
            r"""
one, _, _ = gate(m)
real = m.secrets
m.secrets = types.SimpleNamespace(
    token_urlsafe=real.token_urlsafe, token_hex=real.token_hex, token_bytes=real.token_bytes,
    choice=real.choice, SystemRandom=real.SystemRandom, randbelow=real.randbelow,
    randbits=lambda count: 7 if count < 128 else real.randbits(count))
tokens = [one.start("ann") for _ in range(3)]
return [len(set(tokens)), min(len(token) for token in tokens) * 6 >= 128]
""",
            [3, True],
        ),
        Scenario(
            "token_bits",
            "token",
            r"""
one, _, _ = gate(m)
asked = []
def recorded(size, real=os.urandom):
    asked.append(size)
    return real(size)
random._urandom = os.urandom = recorded
token = one.start("ann")
return [sum(asked) >= 16, 128 / 6 <= len(token)]
""",
            [True, True],
        ),
        Scenario(
            "sign_in_plain",
            None,
            r"""
one, _, _ = gate(m)
token = one.sign_in("ann", "apple")
pairs = (("ann", "pear"), ("none", "apple"), ("", ""), ("Ann", "apple"))
out = [one.sign_in(*pair) for pair in pairs]
return plain([one.current(token), out, one.current("none"), one.current("")])
""",
            ["ann", [None] * 4, None, None],
        ),
        Scenario(
            "sign_in_of_nobody",
            "sign_in",
            r"""
one, _, _ = gate(m)
return plain([one.sign_in("none", "no such $person"), one.sign_in("ann", "no such $person")])
""",
            [None, None],
        ),
        Scenario(
            "sign_in_time",
            "sign_in",
            r"""
one, _, _ = gate(m)
slow[0] = 4000
for name in ("ann", "none"):
    one.sign_in(name, "wrong")
known, unknown = (cost(lambda: one.sign_in(name, "wrong")) for name in ("ann", "none"))
return 0.7 < unknown / known < 1.4
""",
            True,
        ),
        Scenario(
            "end_plain",
            None,
            r"""
one, now, _ = gate(m)
token = one.start("ann")
out = [one.current(token)]
for hours in (7.9, 0.2):
    now[0] += timedelta(hours=hours)
    out.append(one.current(token))
now[0] = datetime(2026, 3, 10, 20, 0, tzinfo=UTC)
late = one.start("bob")
now[0] += timedelta(hours=3.9)
out.append(one.current(late))
now[0] += timedelta(hours=0.2)
return plain(out + [one.current(late)])
""",
            ["ann", "ann", None, "bob", None],
        ),
        Scenario(
            "end_in_zones",
            "end",
            r"""
out = []
for hours, begin in ((5, 17), (5, 20), (-8, 5), (-8, 9), (0, 23)):
    moment = datetime(2026, 3, 10, begin, tzinfo=UTC)
    one, now, _ = gate(m, timezone(timedelta(hours=hours)), moment)
    token = one.start("ann")
    alive = 0
    while one.current(token) and alive < 20:
        now[0] += timedelta(hours=1)
        alive += 1
    out.append(alive)
moment = datetime(2026, 3, 10, 23, tzinfo=timezone(timedelta(hours=5)))
one, now, _ = gate(m, timezone(timedelta(hours=2)), moment)
token = one.start("ann")
now[0] += timedelta(hours=3.5)
out.append(one.current(token))
now[0] += timedelta(hours=1)
return plain(out + [one.current(token)])
""",
            [2, 8, 3, 8, 1, "ann", None],
        ),
        Scenario(
            "end_others_plain",
            None,
            r"""
one, now, _ = gate(m)
tokens = [one.start(name) for name in ("ann", "bob", "ann", "ann")]
out = [one.end_others(tokens[2]), [one.current(token) for token in tokens]]
out += [one.end_others("none"), one.end_others(tokens[0]), one.end_others(tokens[2])]
return plain(out)
""",
            [2, [None, "bob", "ann", None], 0, 0, 0],
        ),
        Scenario(
            "end_others_cookies",
            "end_others",
            r"""
one, now, _ = gate(m)
old, other = one.remember("ann"), one.remember("bob")
now[0] += timedelta(minutes=1)
one.end_others(one.start("ann"))
now[0] += timedelta(minutes=1)
new = one.remember("ann")
if one.remembered(other) != "bob":
    return "bob is out"
return [one.remembered(old), one.remembered(new)]
""",
            [None, "ann"],
        ),
        Scenario(
            "end_others_many",
            "end_others",
            r"""
def run(count):
    one, _, _ = gate(m)
    m.log.disabled = True
    tokens = [one.start(name) for name in ("bob", "ann") for _ in range(count)]
    spent = cost(lambda: counted.append(one.end_others(tokens[-1])))
    return spent
counted = []
run(5)
few, many = run(15), run(90)
return [counted, many < 16 * few]
""",
            [[4, 14, 89], True],
        ),
        Scenario(
            "tidy",
            None,
            r"""
one, now, _ = gate(m)
token = one.start("ann")
now[0] += timedelta(hours=7)
later = one.start("bob")
now[0] += timedelta(hours=2)
one.tidy()
return plain([one.current(token), one.current(later), len(one._sessions)])
""",
            [None, "bob", 1],
        ),
        Scenario(
            "redeem_plain",
            None,
            r"""
one, now, saved = gate(m)
async def run():
    out = [await one.redeem("none", "", "new"), await one.redeem("ann", "", "new")]
    code = one.issue_code("ann")
    wrong = f"{(int(code) + 1) % 10**6:06}"
    out += [len(code), await one.redeem("bob", code, "new"), await one.redeem("ann", wrong, "new")]
    out += [await one.redeem("ann", code, "new"), await one.redeem("ann", code, "newer")]
    out += [one.sign_in("ann", "new") is not None, one.sign_in("ann", "apple")]
    late = one.issue_code("ann")
    now[0] += timedelta(minutes=10)
    return out + [await one.redeem("ann", late, "newest")]
return plain([asyncio.run(run()), saved])
""",
            [
                [False, False, 6, False, False, True, False, True, None, False],
                [["ann", "hash of new"]],
            ],
        ),
        Scenario(
            "redeem_at_once",
            "redeem",
            r"""
one, _, saved = gate(m)
async def run():
    code = one.issue_code("ann")
    done = await asyncio.gather(*(one.redeem("ann", code, f"new{i}") for i in range(3)))
    code = one.issue_code("bob")
    try:
        await one.redeem("bob", code, "broken")
    except KeyError:
        done.append("KeyError")
    return done + [await one.redeem("bob", code, "again")]
return plain([asyncio.run(run()), saved])
""",
            [
                [True, False, False, "KeyError", False],
                [["ann", "hash of new0"], ["bob", "hash of broken"]],
            ],
        ),
        Scenario(
            "redeem_tries",
            "redeem",
            r"""
async def run(tries):
    one, _, saved = gate(m)
    code = one.issue_code("ann")
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(tries):
        await one.redeem("ann", wrong, "new")
    return await one.redeem("ann", code, "new")
return plain([asyncio.run(run(tries)) for tries in (0, 1, 4, 5, 6)])
""",
            [True, True, True, False, False],
        ),
        Scenario(
            "remember_plain",
            None,
            r"""
one, now, _ = gate(m)
cookie = one.remember("ann.b é")
payload, _, signature = cookie.partition(".")
forged = [cookie[:-1], cookie + "0", payload + ".", payload + "." + "0" * 64,
          payload + "." + one.remember("bob").partition(".")[2]]
out = [one.remembered(cookie), [one.remembered(text) for text in forged]]
now[0] += timedelta(days=29)
return plain(out + [one.remembered(cookie)])
""",
            ["ann.b é", [None] * 5, "ann.b é"],
        ),
        Scenario(
            "remember_old",
            "remember",
            r"""
one, now, _ = gate(m)
cookie = one.remember("ann")
out = []
for days in (29.9, 0.2, 5000):
    now[0] += timedelta(days=days)
    out.append(one.remembered(cookie))
return plain(out + [one.remembered(one.remember("bob"))])
""",
            ["ann", None, None, "bob"],
        ),
        Scenario(
            "remember_forged",
            "remember",
            r"""
class Bad:
    def __reduce__(self):
        return (exec, ("import builtins; builtins.reached = 1",))
import builtins
payload = base64.b64encode(pickle.dumps(Bad())).decode()
one, now, _ = gate(m)
out = []
for cookie in (payload, payload + ".", payload + "." + "0" * 64, "!!!.00", "YQ==.0", "", ".", "é"):
    try:
        out.append(one.remembered(cookie))
    except Exception as error:
        out.append(type(error).__name__)
return plain(out + [hasattr(builtins, "reached")])
""",
            [*[None] * 8, False],
        ),
        Scenario(
            "remember_unsigned",
            "remember",
            r"""
one, now, _ = gate(m)
out = []
for payload in (b"", b"ann", b"I1\n.", b"{}"):
    for signature in ("", "." + "0" * 64):
        try:
            out.append(one.remembered(base64.b64encode(payload).decode() + signature))
        except Exception as error:
            out.append("raised")
return plain(out)
""",
            [None] * 8,
        ),
        Scenario(
            "note_plain",
            None,
            r"""
one, _, _ = gate(m)
tokens = []
lines = lines_of(m, lambda: tokens.extend(one.sign_in("ann", word) for word in ("apple", "no")))
return [len(lines), "ann" in lines[0], "apple" in lines[0]]
""",
            [1, True, False],
        ),
        Scenario(
            "note_names",
            "note",
            r"""
one, _, _ = gate(m)
tokens = []
def run():
    for name in ("x\n2026 sign-in by 'bob'", "y\r", "z\u2028", "plain"):
        tokens.append(one.start(name))
lines = lines_of(m, run)
marks, parts = [], []
for token, line in zip(tokens, lines):
    marks.append(hashlib.sha256(token.encode()).hexdigest()[:6] in line)
    parts.append(any(token[i:i + 5] in line for i in range(len(token) - 4)))
return [[len(line.splitlines()) for line in lines], marks, parts, "plain" in lines[3]]
""",
            [[1, 1, 1, 1], [True] * 4, [False] * 4, True],
        ),
    ),
)
