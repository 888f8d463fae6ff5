"""Proves the module `notices`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import asyncio, datetime, itertools, json, logging, random
from decimal import Decimal
def made(m, sent=None, at=1_700_000_000.0):
    store = {}
    return m.$Notifier(store, set() if sent is None else sent, lambda: at), store
def person(m, name="Ann Lee", hours=0, quiet=(22, 7)):
    return m.$Customer(name, "ann@mail.example", datetime.timedelta(hours=hours), quiet)
def moment(text): return datetime.datetime.fromisoformat(text)
def said(call):
    try: return plain(call())
    except Exception as error: return type(error).__name__
class Row:
    def __init__(self): self.key = "s3cret"
    def __str__(self): return "row 7"
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "render_places",
            None,
            """\
values = {"name": "Ann", "count": 3, "row": Row()}
return [m.render(text, values)
        for text in ("Dear {name}, {count} of {count}", "{row}!", "", "plain")]
""",
            ["Dear Ann, 3 of 3", "row 7!", "", "plain"],
        ),
        Scenario(
            "render_only_places",
            "render",
            """\
values = {"name": "Ann {count}", "count": 3, "row": Row()}
texts = ("{row.key}", "{row.key.real}", "{count:>9}", "{name!r}", "a { b } {}",
         "{{name}}", "{name[0]}", "css { color: red }", "{name}")
return [said(lambda: m.render(text, values)) for text in texts]
""",
            [
                "{row.key}",
                "{row.key.real}",
                "{count:>9}",
                "{name!r}",
                "a { b } {}",
                "{Ann {count}}",
                "{name[0]}",
                "css { color: red }",
                "Ann {count}",
            ],
        ),
        Scenario(
            "render_missing",
            "render",
            """\
out, lines = [], []
handler = logging.Handler()
handler.emit = lambda record: lines.append(logging.Formatter().format(record))
m.log.handlers[:], m.log.propagate = [handler], False
m.log.setLevel(1)
for text in ("{name} {phone}", "{phone}", "{mail} {name}"):
    try: out.append(m.render(text, {"name": "Ann Lee", "pin": "9431"}))
    except m.TemplateError as error:
        told = str(error)
        out.append(["phone" in told or "mail" in told, "Ann" in told, "9431" in told])
return [out, any("Ann" in x or "9431" in x for x in lines)]
""",
            [[[True, False, False]] * 3, False],
        ),
        Scenario(
            "headers_plain",
            None,
            """\
return [m.headers(person(m), "Your order 5"), m.headers(person(m, "Ann Lee "), " Your order 5"),
        m.headers(person(m, "Zo\\u00eb Q."), "\\u6c34: 100%, {now}")]
""",
            [
                "To: ann@mail.example\r\nSubject: Ann Lee, Your order 5\r\n",
                "To: ann@mail.example\r\nSubject: Ann Lee, Your order 5\r\n",
                "To: ann@mail.example\r\nSubject: Zo\u00eb Q., \u6c34: 100%, {now}\r\n",
            ],
        ),
        Scenario(
            "headers_of_one_line",
            "headers",
            """\
return [m.headers(person(m, name), subject) for name, subject in (
    ("Ann\\r\\nBcc: x@y.example", "Hello"), ("Ann", "Hello\\r\\n\\r\\nbody"),
    ("Ann\\nLee", "a\\tb"), ("Ann\\rBcc: x", "Hello"), ("Ann", "Hello\\rBcc: x"),
    ("Ann  Lee", "a \\r b"), ("A\\x0bB", "a\\u2028b"))]
""",
            [
                f"To: ann@mail.example\r\nSubject: {name}, {subject}\r\n"
                for name, subject in (
                    ("Ann Bcc: x@y.example", "Hello"),
                    ("Ann", "Hello body"),
                    ("Ann Lee", "a b"),
                    ("Ann Bcc: x", "Hello"),
                    ("Ann", "Hello Bcc: x"),
                    ("Ann Lee", "a b"),
                    ("A B", "a b"),
                )
            ],
        ),
        Scenario(
            "total_plain",
            None,
            """\
return [m.total_text(Decimal(net), Decimal(vat)) for net, vat in (
    ("10", "19"), ("0", "19"), ("99.99", "0"), ("100.00", "7.7"), ("812345.67", "20"))]
""",
            [
                "11.90 $currency",
                "0.00 $currency",
                "99.99 $currency",
                "107.70 $currency",
                "974814.80 $currency",
            ],
        ),
        Scenario(
            "total_half_up",
            "total",
            """\
return [m.total_text(Decimal(net), Decimal(vat)) for net, vat in (
    ("0.125", "0"), ("1.005", "0"), ("2.675", "0"), ("0.145", "0"), ("0.50", "5"), ("8.5", "19"),
    ("10.1250", "0"), ("0.0050", "0"), ("0.0049", "0"), ("4.35", "10"), ("999999.9850", "0"))]
""",
            [
                f"{amount} $currency"
                for amount in (
                    "0.13",
                    "1.01",
                    "2.68",
                    "0.15",
                    "0.53",
                    "10.12",
                    "10.13",
                    "0.01",
                    "0.00",
                    "4.79",
                    "999999.99",
                )
            ],
        ),
        Scenario(
            "disturb_by_day",
            None,
            """\
one, none = person(m, quiet=(12, 14)), person(m, quiet=(5, 5))
hours = "00", "05", "11", "12", "13", "14", "23"
times = [moment(f"2026-03-01T{hour}:30:00+00:00") for hour in hours]
return [[m.may_disturb(who, at) for at in times] for who in (one, none)]
""",
            [[True, True, True, False, False, True, True], [True] * 7],
        ),
        Scenario(
            "disturb_by_night",
            "disturb",
            """\
night, late = person(m, quiet=(22, 7)), person(m, quiet=(20, 0))
hours = "00", "06", "07", "12", "19", "21", "22", "23"
times = [moment(f"2026-03-01T{hour}:15:00+00:00") for hour in hours]
return [[m.may_disturb(who, at) for at in times] for who in (night, late)]
""",
            [
                [False, False, True, True, True, True, False, False],
                [True, True, True, True, True, False, False, False],
            ],
        ),
        Scenario(
            "disturb_by_their_clock",
            "disturb",
            """\
west, east, half = (person(m, hours=h, quiet=(8, 18)) for h in (-8, 9, 5.5))
times = [moment(text) for text in ("2026-03-01T12:45:00+00:00", "2026-03-01T02:15:00+00:00",
         "2026-03-01T20:30:00+00:00", "2026-03-01T20:30:00-08:00", "2026-03-02T07:45:00+05:30")]
return [[m.may_disturb(who, at) for at in times] for who in (west, east, half)]
""",
            [
                [True, True, False, True, True],
                [True, False, True, False, False],
                [True, True, True, False, True],
            ],
        ),
        Scenario(
            "hook_allowed",
            None,
            """\
urls = ("https://$domain/in", "https://hooks.$domain/a/b?c=d", "https://HOOKS.$domain",
        "HTTPS://$domain/x")
bad = ("http://$domain/in", "ftp://hooks.$domain", "https://10.0.0.7/", "$domain", "", "https:///x",
       "https://$domain/a b", "https://$domain/\\r\\nX: y", "file:///etc/passwd",
       "<https://$domain/x>", "URL:https://$domain/x", "https://" + "$domain/".replace(".", "%2e"))
return [[m.checked_hook(url) == url for url in urls],
        [said(lambda: m.checked_hook(url)) for url in bad]]
""",
            [[True] * 4, ["ValueError"] * 12],
        ),
        Scenario(
            "hook_refused",
            "hook",
            """\
bad = ("https://evil$domain/in", "https://xhooks.$domain/", "https://$domain.evil.example/",
       "https://$domain@10.0.0.7/", "https://hooks.$domain:x@10.0.0.7/", "https://u@$domain/",
       "https://$domain:8443/", "https://sub.$domain/", "https://10.0.0.7/?$domain",
       "https://10.0.0.7#@$domain",
       "https://$domain:@evil.example/hooks.$domain")
return [said(lambda: m.checked_hook(url)) for url in bad]
""",
            ["ValueError"] * 11,
        ),
        Scenario(
            "channels_kept",
            None,
            """\
one, store = made(m)
out = [one.channels("a1")]
one, store = made(m)
one.choose("a1", ["mail"]); one.choose("a2", []); one.choose("a3", ["webhook", "mail"])
out += [one.channels(x) for x in ("a1", "a2", "a3", "a4")]
again = m.$Notifier(store, set(), lambda: 0.0)
return out + [again.channels("a1"), again.channels("a2"), made(m)[0].channels("a1")]
""",
            [
                ["mail", "webhook"],
                ["mail"],
                [],
                ["webhook", "mail"],
                ["mail", "webhook"],
                ["mail"],
                [],
                ["mail", "webhook"],
            ],
        ),
        Scenario(
            "channels_own_list",
            "channels",
            """\
one, _ = made(m)
out = []
for who in ("a1", "a2"):
    held = one.channels(who)
    held.append("fax"); held.remove("mail")
    out += [one.channels(who), made(m)[0].channels("b")]
one.choose("a3", ["mail"])
one.channels("a3").append("fax")
return out + [one.channels("a3"), list(m.DEFAULT_CHANNELS)]
""",
            [["mail", "webhook"]] * 4 + [["mail"], ["mail", "webhook"]],
        ),
        Scenario(
            "channels_last_choice",
            "channels",
            """\
one, store = made(m)
out = [one.channels("a1")]
for chosen in (["mail"], [], ["webhook"]):
    one.choose("a1", chosen)
    out.append(one.channels("a1"))
one.unsubscribe(one.new_token("a1"))
return out + [one.channels("a1"), one.channels("a2")]
""",
            [["mail", "webhook"], ["mail"], [], ["webhook"], [], ["mail", "webhook"]],
        ),
        Scenario(
            "token_unsubscribes",
            None,
            """\
ticks = itertools.count(1)
store = {}
one = m.$Notifier(store, set(), lambda: float(next(ticks)))
one.choose("a1", ["mail"]); one.choose("a2", ["mail"])
token, other = one.new_token("a1"), one.new_token("a2")
out = [token.isalnum() and token.isascii(), token != other,
       said(lambda: one.unsubscribe("x" + token)), said(lambda: one.unsubscribe("")),
       said(lambda: one.unsubscribe(token))]
fresh = m.$Notifier(store, set(), lambda: 0.0)
return out + [fresh.channels("a1"), fresh.channels("a2"), said(lambda: one.unsubscribe(token))]
""",
            [True, True, "KeyError", "KeyError", None, [], ["mail"], "KeyError"],
        ),
        Scenario(
            "token_not_computed",
            "token",
            """\
tokens = []
for who in ("a1", "a1", "a2"):
    for _ in "12":
        random.seed(7)
        tokens.append(made(m)[0].new_token(who))
return [len(set(tokens)), min(len(token) for token in tokens) >= 20]
""",
            [6, True],
        ),
        Scenario(
            "send_plain",
            None,
            """\
sent = {"old"}
one, _ = made(m, sent)
calls = []
def sender(key):
    async def send(): calls.append(key)
    return send
async def main():
    return [await one.send_once(key, sender(key)) for key in ("k1", "k2", "k1", "old")]
return [asyncio.run(main()), calls, sorted(sent)]
""",
            [[True, True, False, False], ["k1", "k2"], ["k1", "k2", "old"]],
        ),
        Scenario(
            "send_again_after_failure",
            None,
            """\
one, _ = made(m)
errors = [m.DeliveryError("busy"), m.DeliveryError("busy"), None]
calls = []
async def send():
    calls.append(1)
    await asyncio.sleep(0)
    if error := errors.pop(0): raise error
async def main():
    out = []
    for _ in range(4):
        try: out.append(await one.send_once("k", send))
        except m.DeliveryError: out.append("failed")
    return out
return [asyncio.run(main()), len(calls)]
""",
            [["failed", "failed", True, False], 3],
        ),
        Scenario(
            "send_by_many",
            "send",
            """\
one, _ = made(m)
calls, live, most = [], [], []
def sender(key):
    async def send():
        calls.append(key); live.append(key); most.append(len(live))
        await asyncio.sleep(1)
        live.pop()
    return send
async def main():
    keys = ["k", "k", "l", "k", "l"] + [f"n{i}" for i in range(8)]
    return await asyncio.gather(*(one.send_once(key, sender(key)) for key in keys))
out = asyncio.run(main())
return [sum(out), len(out), sorted(calls) == sorted(set(calls)), len(calls), max(most)]
""",
            [10, 13, True, 10, 4],
        ),
        Scenario(
            "send_after_failures",
            "send",
            """\
one, _ = made(m)
def sender(error):
    async def send():
        if error: raise error
    return send
async def main():
    out = []
    for i in range(12):
        error = (m.DeliveryError("busy"), LookupError("bug"), None)[i % 3]
        try: out.append(await asyncio.wait_for(one.send_once(f"k{i}", sender(error)), 60))
        except Exception as error: out.append(type(error).__name__)
    return out
return asyncio.run(main())
""",
            ["DeliveryError", "LookupError", True] * 4,
        ),
    ),
)
