"""Proves the module `hooks`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import asyncio, hmac, hashlib, logging, time
KEY = b"k" * 16
def made(m, name="acme", **given):
    m.KEYS.update(acme=KEY, other=b"o" * 16)
    return m.$Class(name, given.get("clock", lambda: 0.0), given.get("sleep", print))
def signed(body):
    return hmac.new(KEY, body, hashlib.sha256).hexdigest()
def outcome(call, *given):
    try:
        return plain(call(*given))
    except Exception as error:
        return type(error).__name__
def raised(told):
    return "raised" if isinstance(told, str) else told
def logged(m, call):
    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())
    m.log.handlers[:] = [handler]
    m.log.setLevel(1)
    m.log.propagate = False
    call()
    return lines
def sender(errors):
    left, calls = list(errors), []
    def send():
        calls.append(1)
        if left:
            raise left.pop(0)("no")
        return "taken"
    return send, calls
class Link:
    def __init__(self, told):
        self.told, self.sent, self.closed = told, [], 0
    async def send(self, body):
        self.sent.append(body)
    async def receive(self):
        if self.told is None:
            await asyncio.sleep(2)
        if isinstance(self.told, Exception):
            raise self.told
        return self.told or b"too late"
    def close(self):
        self.closed += 1
def pushed(m, answer):
    link = Link(answer)
    async def connect():
        return link
    try:
        out = asyncio.run(made(m).push(connect, b"x")).decode()
    except Exception as error:
        out = type(error).__name__
    return [out, len(link.sent), link.closed > 0]
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "genuine_plain",
            None,
            """\
one, two = made(m), made(m, "other")
given = [(b"x", signed(b"x")), (b"y", signed(b"x")), (b"x", "0" * 64), (b"", signed(b""))]
return plain([one.genuine(*pair) for pair in given] + [two.genuine(b"x", signed(b"x"))])
""",
            [True, False, False, True, False],
        ),
        Scenario(
            "genuine_short",
            "genuine",
            """\
one, right = made(m), signed(b"x")
wrong = [right[:n] for n in (0, 1, 32, 63)] + [right[1:], f"{right}0"]
return plain([one.genuine(b"x", signature) for signature in (*wrong, right)])
""",
            [False, False, False, False, False, False, True],
        ),
        Scenario(
            "genuine_forged",
            "genuine",
            """\
one, right = made(m), signed(b"x")
out = [one.genuine(b"x", right[:n]) for n in (0, 1, 32, 63)] + [one.genuine(b"x", right + "0")]
def cost(wrong):
    begin = time.perf_counter_ns()
    one.genuine(b"x", wrong)
    return time.perf_counter_ns() - begin
early = ("0" if right[0] != "0" else "1") + right[1:]
late = right[:-1] + ("0" if right[-1] != "0" else "1")
for wrong in (early, late) * 3:
    cost(wrong)
costs = [(cost(early), cost(late)) for _ in range(4)]
return plain([out, "told" if all(b - a > 200 for a, b in costs) else "equal"])
""",
            [[False, False, False, False, False], "equal"],
        ),
        Scenario(
            "repeated_plain",
            None,
            """\
now = [0.0]
one = made(m, clock=lambda: now[0])
out = [one.repeated("1"), one.repeated("1"), one.repeated("2"), one.repeated("2")]
now[0] = 301_000.0
return plain(out + [one.repeated("1"), one.repeated("3"), one.repeated("3")])
""",
            [False, True, False, True, False, False, True],
        ),
        Scenario(
            "repeated_apart",
            "repeated",
            """\
now = [0.0]
one, two = (made(m, name, clock=lambda: now[0]) for name in ("acme", "other"))
out = [one.repeated("1"), two.repeated("1"), two.repeated("2"), one.repeated("2")]
now[0] = 250_000.0
out += [one.repeated("1"), two.repeated("3")]
now[0] = 500_000.0
return plain(out + [one.repeated("1"), one.repeated("2"), two.repeated("3"), two.repeated("1")])
""",
            [False, False, False, False, True, False, True, False, True, False],
        ),
        Scenario(
            "parse_plain",
            None,
            """\
bodies = (b'{"amount": 5, "tags": ["a", "b"]}', b"amount: 7\\ncity: Bern", b"- a", b"a: [", b"x")
return [raised(outcome(made(m).parse, body)) for body in bodies]
""",
            [
                {"amount": 5, "tags": ["a", "b"]},
                {"amount": 7, "city": "Bern"},
                "raised",
                "raised",
                "raised",
            ],
        ),
        Scenario(
            "parse_tags",
            "parse",
            """\
called = []
m.called = lambda: called.append(1) or "done"
bodies = ("a: !!python/object/apply:subject.called []",
          "a: !!python/object/new:collections.Counter []",
          "a: !!python/object/apply:os.getcwd []", "b: 1")
return [[raised(outcome(made(m).parse, body.encode())) for body in bodies], len(called)]
""",
            [["raised", "raised", "raised", {"b": 1}], 0],
        ),
        Scenario(
            "render_plain",
            None,
            """\
one, told = made(m), m.$Thing(1250, 3)
templates = ("{$thing.amount} for {$thing.count}", "plain", "", "{$thing.count}: {$thing.count}")
return plain([one.render(template, told) for template in templates])
""",
            ["1250 for 3", "plain", "", "3: 3"],
        ),
        Scenario(
            "render_attributes",
            "render",
            """\
one, told = made(m), m.$Thing(1250, 3)
templates = ("{$thing.amount.real}", "{$thing.__class__}", "{$thing.count.bit_length}",
             "{$thing.amount}")
return [outcome(one.render, template, told) for template in templates]
""",
            ["ValueError", "ValueError", "ValueError", "1250"],
        ),
        Scenario(
            "render_braces",
            "render",
            """\
one, told = made(m), m.$Thing(1250, 3)
templates = ("{$thing.__init__.__globals__[KEYS]}", "{$thing.__class__}", "{other}", "{KEYS}",
             "{$thing.count}x", "{$thing.amount} {$thing}", "{$thing.amount.__class__}")
return [outcome(one.render, template, told) for template in templates]
""",
            [
                "ValueError",
                "ValueError",
                "ValueError",
                "ValueError",
                "3x",
                "ValueError",
                "ValueError",
            ],
        ),
        Scenario(
            "target_plain",
            None,
            """\
urls = ("https://$host.example/a?b=1", "https://eu.$host.test:8443/", "http://$host.example/",
        "https://127.0.0.1/", "https://[x", "ftp://$host.example/")
return [outcome(made(m).target, url) for url in urls]
""",
            [
                "https://$host.example/a?b=1",
                "https://eu.$host.test:8443/",
                "RefusedError",
                "RefusedError",
                "ValueError",
                "RefusedError",
            ],
        ),
        Scenario(
            "target_outside",
            "target",
            """\
urls = ("https://$host.example:x@10.0.0.7/", "https://$host.example@169.254.169.254/",
        "https://evil.example/", "https://10.0.0.7/", "https://bad$host.example/",
        "https://$host.example.evil.test/", "https://eu.$host.test:pass@10.0.0.7:443/a")
return [outcome(made(m).target, url) for url in urls]
""",
            ["RefusedError"] * 7,
        ),
        Scenario(
            "deliver_plain",
            None,
            """\
out = []
for errors in ([], [m.BusyError], [m.BusyError] * 3):
    naps = []
    send, calls = sender(errors)
    out.append([plain(made(m, sleep=naps.append).deliver(send)), len(calls), plain(naps)])
return out
""",
            [["taken", 1, []], ["taken", 2, [1.0]], ["taken", 4, [1.0, 2.0, 4.0]]],
        ),
        Scenario(
            "deliver_fails",
            "deliver",
            """\
out = []
for errors in ([m.RefusedError] * 9, [m.BusyError] * 9, [m.BusyError, KeyError]):
    naps = []
    send, calls = sender(errors)
    out.append([outcome(made(m, sleep=naps.append).deliver, send, 6), len(calls), plain(naps)])
return out
""",
            [
                ["RefusedError", 1, []],
                ["BusyError", 6, [1.0, 2.0, 4.0, 8.0, 8.0]],
                ["KeyError", 2, [1.0]],
            ],
        ),
        Scenario(
            "push_plain",
            None,
            """\
return [pushed(m, b"thanks"), pushed(m, b"no"), pushed(m, OSError("gone"))]
""",
            [["thanks", 1, True], ["no", 1, True], ["OSError", 1, True]],
        ),
        Scenario(
            "push_silent",
            "push",
            """\
m.ANSWER_SECONDS = 0.01
return [pushed(m, None), pushed(m, b"quick")]
""",
            [["BusyError", 1, True], ["quick", 1, True]],
        ),
        Scenario(
            "record_plain",
            None,
            """\
lines = logged(m, lambda: made(m).record({"User-Agent": "curl/8", "cookie": "s3cret"}))
return [any("acme" in line for line in lines), any("curl/8" in line for line in lines),
        any("s3cret" in line for line in lines), len(logged(m, lambda: made(m).record({}))) > 0]
""",
            [True, True, False, True],
        ),
        Scenario(
            "record_private",
            "record",
            """\
sent = {"Authorization": "s3cret-1", "cookie": "s3cret-2", "$header": "s3cret-3",
        "User-Agent": "curl/8\\ncall of other\\r\\ncall of third"}
lines = logged(m, lambda: made(m).record(sent))
begun = [part for line in lines for part in line.splitlines() if part.startswith("call of ")]
return ["s3cret" in " ".join(lines), len(begun) == sum("acme" in line for line in lines),
        any("curl/8" in line for line in lines)]
""",
            [False, True, True],
        ),
    ),
)
