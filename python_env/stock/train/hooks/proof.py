"""Proves the module `hooks`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import hmac, hashlib, logging, time
KEY = b"k" * 16
def signed(body): return hmac.new(KEY, body, hashlib.sha256).hexdigest()
def logged(m, call):
    lines = []
    h = logging.Handler(); h.emit = lambda r: lines.append(r.getMessage())
    m.log.handlers[:] = [h]; m.log.setLevel(1); m.log.propagate = False
    call(); return lines
def sender(m, errors):
    left = list(errors)
    def send():
        calls.append(1)
        if left:
            raise getattr(m, left.pop(0), KeyError)("no")
        return "taken"
    calls = []
    return send, calls
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "genuine_plain",
            None,
            """\
r = m.$Class(KEY)
return plain([r.genuine(b"x", signed(b"x")), r.genuine(b"y", signed(b"x")), r.genuine(b"x", "0" * 64)])
""",
            [True, False, False],
        ),
        Scenario(
            "genuine_forged",
            "genuine",
            """\
r = m.$Class(KEY); s = signed(b"x")
out = plain([r.genuine(b"x", s[:n]) for n in (0, 1, 32, 63)] + [r.genuine(b"x", s + "0")])
def cost(wrong):
    a = time.perf_counter_ns(); r.genuine(b"x", wrong); return time.perf_counter_ns() - a
early, late = ("0" if s[0] != "0" else "1") + s[1:], s[:-1] + ("0" if s[-1] != "0" else "1")
for w in (early, late) * 3: cost(w)
costs = [(cost(early), cost(late)) for _ in range(4)]
return [out, "told" if all(b - a > 200 for a, b in costs) else "equal"]
""",
            [[False, False, False, False, False], "equal"],
        ),
        Scenario(
            "repeated_plain",
            None,
            """\
t = [0.0]; r = m.$Class(KEY, clock=lambda: t[0])
out = [r.repeated("a", "1"), r.repeated("a", "1"), r.repeated("b", "1")]
t[0] = 301.0
return plain(out + [r.repeated("a", "1")])
""",
            [False, True, False, False],
        ),
        Scenario(
            "repeated_apart",
            "repeated",
            """\
r, q = (m.$Class(KEY, clock=lambda: 5.0) for _ in "12")
return plain([r.repeated("a", "11"), q.repeated("a", "11"), r.repeated("a1", "1"), r.repeated("a", "11")])
""",
            [False, False, False, True],
        ),
        Scenario(
            "deliver_plain",
            None,
            """\
out = []
for errors in ([], ["BusyError"], ["BusyError"] * 3):
    naps = []; send, calls = sender(m, errors)
    out.append([plain(m.$Class(KEY, sleep=naps.append).deliver(send)), len(calls), plain(naps)])
return out
""",
            [["taken", 1, []], ["taken", 2, [1.0]], ["taken", 4, [1.0, 2.0, 4.0]]],
        ),
        Scenario(
            "deliver_fails",
            "deliver",
            """\
out = []
for errors in (["RefusedError"] * 9, ["BusyError"] * 9, ["BusyError", "other"]):
    naps = []; send, calls = sender(m, errors)
    try: out.append(plain(m.$Class(KEY, sleep=naps.append).deliver(send, 6)))
    except Exception as e: out.append([type(e).__name__, len(calls), plain(naps)])
return out
""",
            [
                ["RefusedError", 1, []],
                ["BusyError", 6, [1.0, 2.0, 4.0, 8.0, 8.0]],
                ["KeyError", 2, [1.0]],
            ],
        ),
        Scenario(
            "record_plain",
            None,
            """\
r = m.$Class(KEY)
lines = logged(m, lambda: r.record("acme", {"User-Agent": "curl/8"}))
return [any("acme" in x for x in lines), any("curl/8" in x for x in lines)]
""",
            [True, True],
        ),
        Scenario(
            "record_private",
            "record",
            """\
r = m.$Class(KEY)
sent = {"Authorization": "s3cret-1", "cookie": "s3cret-2", "$header": "s3cret-3", "User-Agent": "curl/8"}
return ["s3cret" in " ".join(logged(m, lambda: r.record("acme", sent)))]
""",
            [False],
        ),
    ),
)
