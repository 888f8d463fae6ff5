"""Proves the module `importer`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = r"""
import gc, io, logging, pathlib, sqlite3, time, tracemalloc, warnings
def importer(m):
    db = sqlite3.connect(":memory:")
    return m.${Noun}Importer(db), db
def stored(db, $party):
    query = "SELECT $key, name, grams FROM $nouns WHERE $party = ? ORDER BY rowid"
    return [list(found) for found in db.execute(query, [$party])]
def row(key, weight="1 kg", name="x"):
    return {"$key": key, "name": name, "weight": weight}
def error_of(m, call, *args):
    try:
        return plain(call(*args))
    except m.FormatError:
        return "FormatError"
    except Exception as error:
        return "other: " + type(error).__name__
def lines_of(m, call):
    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(logging.Formatter().format(record))
    m.log.handlers[:] = [handler]; m.log.setLevel(1); m.log.propagate = False
    call()
    return lines
class Raw(io.RawIOBase):
    def readable(self):
        return True
    def readinto(self, room):
        size = min(len(room), len(self.left), 4000)
        room[:size], self.left = self.left[:size], self.left[size:]
        self.taken += size
        return size
class Watched(pathlib.PosixPath):
    def open(self, *args, **options):
        raw = Raw()
        raw.left, raw.taken = self.content, 0
        self.opened.append(io.BufferedReader(raw))
        return self.opened[-1]
    def read_bytes(self):
        with self.open("rb") as whole:
            return whole.read()
def watched(text):
    pathlib.Path("/w/watched.jsonl").write_text(text)
    path = Watched("/w/watched.jsonl")
    path.opened, path.content = [], text.encode()
    return path
def cost(call):
    begin = time.perf_counter_ns()
    call()
    return time.perf_counter_ns() - begin
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "decoded_plain",
            None,
            r"""
return [m.decoded("Grüße – 5 €".encode()), m.decoded(b"caf\xe9;\xfc"), m.decoded(b"")]
""",
            ["Grüße – 5 €", "café;ü", ""],
        ),
        Scenario(
            "decoded_marks",
            "decoded",
            r"""
texts = [m.decoded(raw) for raw in (b"\xef\xbb\xbfa,\xc3\xa9", b"\x805 \x96 \xe9", b"\x81\xe9")]
return [[ord(sign) for sign in text] for text in texts]
""",
            [[97, 44, 233], [0x20AC, 53, 32, 0x2013, 32, 233], [0xFFFD, 233]],
        ),
        Scenario(
            "grams_plain",
            None,
            r"""
good = [m.grams(text) for text in ("750 g", "1.5kg", " 12 kg ", "0.5 g", "1 500 g", "2.0005kg")]
bad = [error_of(m, m.grams, text) for text in ("", "kg", "x", "1.2.3 kg", "-1 kg", "5 lb", ".5g")]
return [plain(good), bad, error_of(m, m.grams, "1  5 g")]
""",
            [[750, 1500, 12000, 0, 1500, 2000], ["FormatError"] * 7, "FormatError"],
        ),
        Scenario(
            "grams_without_unit",
            "grams",
            r"""
return plain([m.grams("2"), m.grams(" 0.25 "), m.grams("1 000")])
""",
            [2000, 250, 1000000],
        ),
        Scenario(
            "grams_of_many_digits",
            "grams",
            r"""
short, long = "1" * 8 + "x", "1" * 18 + "x"
out = [error_of(m, m.grams, short), error_of(m, m.grams, long)]
m.grams("1 kg")
quick = cost(lambda: error_of(m, m.grams, short))
return out + [cost(lambda: error_of(m, m.grams, long)) < 20 * quick]
""",
            ["FormatError", "FormatError", True],
        ),
        Scenario(
            "renaming_plain",
            None,
            r"""
good = [m.renaming("Artikel: $key\nGewicht: weight\n"), m.renaming("{}")]
bad = [error_of(m, m.renaming, text) for text in ("", "- a", "a: 1", "1: a", "text", "a: [b]")]
return [plain(good), bad]
""",
            [[{"Artikel": "$key", "Gewicht": "weight"}, {}], ["FormatError"] * 6],
        ),
        Scenario(
            "renaming_broken",
            "renaming",
            r"""
texts = ("a: [", "{a: b", "a: 'b", "a: 2024-19-45", "a: !!bool x")
return [error_of(m, m.renaming, text) for text in texts]
""",
            ["FormatError"] * 5,
        ),
        Scenario(
            "renaming_tags",
            "renaming",
            r"""
import os
called = []
os.system = lambda text: called.append(text) or 0
text = '!!python/object/apply:os.system ["touch x"]'
return [error_of(m, m.renaming, text), error_of(m, m.renaming, "a: " + text), called]
""",
            ["FormatError", "FormatError", []],
        ),
        Scenario(
            "renaming_objects",
            "renaming",
            r"""
texts = ("a: !!python/object/apply:builtins.str [b]", "a: !!python/object/new:builtins.str [b]")
return [error_of(m, m.renaming, text) for text in texts]
""",
            ["FormatError", "FormatError"],
        ),
        Scenario(
            "read_plain",
            None,
            r"""
path = pathlib.Path("/w/a.jsonl")
path.write_bytes(b'{"$key": "1"}\n\n  \n{"$key": "2", "name": "\xc3\xa9\xe2\x80\xa8"}')
found = plain(list(m.read(path)))
out = []
for text in ('{"a": "1"}\n{"a": 1}\n', '{"a": "1"}\n\n[]', '{"a": "1"}\n{', "[" * 20000):
    path.write_text(text)
    seen = []
    def run():
        for pair in m.read(path):
            seen.append(pair[0])
    out.append([error_of(m, run), seen])
return [found, out]
""",
            [
                [[1, {"$key": "1"}], [4, {"$key": "2", "name": "é\u2028"}]],
                [*[["FormatError", [1]]] * 3, ["FormatError", []]],
            ],
        ),
        Scenario(
            "read_large",
            "read",
            r"""
path = pathlib.Path("/w/a.jsonl")
path.write_text(("{" + '"name": "' + "x" * 980 + '"}\n') * 600)
list(m.read(path))[:1]
gc.collect()
tracemalloc.start()
count = sum(1 for _ in m.read(path))
peak = tracemalloc.get_traced_memory()[1]
tracemalloc.stop()
return [count, peak < 300_000]
""",
            [600, True],
        ),
        Scenario(
            "read_begun",
            "read",
            r"""
path = watched('{"name": "ann"}\n' * 9000)
pairs = m.read(path)
out = [plain(next(pairs)), plain(next(pairs)), sum(one.raw.taken for one in path.opened) < 100_000]
return out + [sum(1 for _ in pairs)]
""",
            [[1, {"name": "ann"}], [2, {"name": "ann"}], True, 8998],
        ),
        Scenario(
            "read_closed",
            "read",
            r"""
out = []
for text in ('{"a": "1"}\n{"a": "2"}\n', '{"a": "1"}\n{"a": 1}\n', '{"a": "1"}\n{'):
    path = watched(text)
    pairs = m.read(path)
    out.append([plain(next(pairs)), error_of(m, lambda: [number for number, _ in pairs])])
    out.append(all(one.closed for one in path.opened))
return out
""",
            [
                [[1, {"a": "1"}], [2]],
                True,
                [[1, {"a": "1"}], "FormatError"],
                True,
                [[1, {"a": "1"}], "FormatError"],
                True,
            ],
        ),
        Scenario(
            "read_stopped",
            "read",
            r"""
path = pathlib.Path("/w/a.jsonl")
path.write_text('{"a": "1"}\n{"a": "2"}\n{\n')
def bad():
    for pair in m.read(path):
        pass
def stop():
    pairs = m.read(path)
    next(pairs)
    pairs.close()
out = []
for call in (bad, stop):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        out.append(error_of(m, call))
        gc.collect()
    out.append(sum(one.category is ResourceWarning for one in seen))
return out
""",
            ["FormatError", 0, None, 0],
        ),
        Scenario(
            "checked_plain",
            None,
            r"""
rows = m.checked([[" $Key", "NAME", "weight "], ["1", "a", "2 kg"], ["2", "b", "5 g"]])
bad = [error_of(m, m.checked, table) for table in ([], [["$key", "name"]], [["a", "b", "c"]],
       [["$key", "name", "weight", "weight"]])]
return [plain(rows), plain(m.checked([["weight", "$key", "name"]])), bad]
""",
            [
                [
                    {"$key": "1", "name": "a", "weight": "2 kg"},
                    {"$key": "2", "name": "b", "weight": "5 g"},
                ],
                [],
                ["FormatError"] * 4,
            ],
        ),
        Scenario(
            "checked_log",
            "checked",
            r"""
table = [["$key", "name", "weight"], ["4711", "zebra", "2 kg"], ["4712", "zebra", "heavy"],
         ["4713", "zebra"], ["4714", "zebra", "7 lb"]]
rows = []
lines = lines_of(m, lambda: rows.extend(m.checked(table)))
said = " ".join(lines)
numbers = [[word for word in "".join(c if c.isalnum() else " " for c in line).split()
            if word.isdecimal()] for line in lines]
private = [word for word in ("heavy", "zebra", "4712", "4713", "4714", "lb") if word in said]
return [plain(rows), len(lines), "weight" in lines[0], "weight" in lines[2], numbers, private]
""",
            [
                [{"$key": "4711", "name": "zebra", "weight": "2 kg"}],
                3,
                True,
                True,
                [["3"], ["4"], ["5"]],
                [],
            ],
        ),
        Scenario(
            "latest_plain",
            None,
            r"""
rows = [row("1", name="old"), row("2"), row("1", name="new"), row("3")]
return [plain([[one["$key"], one["name"]] for one in m.latest(rows)]), m.latest([]), len(rows)]
""",
            [[["2", "x"], ["1", "new"], ["3", "x"]], [], 4],
        ),
        Scenario(
            "latest_first",
            "latest",
            r"""
found = [m.latest(rows) for rows in ([row("1")], [row("1"), row("2")], [row("1"), row("1", "2")])]
return plain([[[one["$key"], one["weight"]] for one in rows] for rows in found])
""",
            [[["1", "1 kg"]], [["1", "1 kg"], ["2", "1 kg"]], [["1", "2"]]],
        ),
        Scenario(
            "latest_many",
            "latest",
            r"""
few, many = ([row(str(i)) for i in range(size)] for size in (100, 800))
m.latest(few)
return cost(lambda: m.latest(many)) < 24 * cost(lambda: m.latest(few))
""",
            True,
        ),
        Scenario(
            "store_plain",
            None,
            r"""
one, db = importer(m)
counts = [one.store("acme", [row("1", "2 kg", "a"), row("2", "5 g", "b")]), one.store("acme", [])]
counts.append(one.store("other", [row("1", "3 kg", "c")]))
return plain([counts, stored(db, "acme"), stored(db, "other"), stored(db, "none")])
""",
            [[2, 0, 1], [["1", "a", 2000], ["2", "b", 5]], [["1", "c", 3000]], []],
        ),
        Scenario(
            "store_fails",
            "store",
            r"""
one, db = importer(m)
one.store("acme", [row("0")])
bad = [row("1"), row("2"), row("3", "heavy")]
out = [error_of(m, one.store, "acme", bad), len(stored(db, "acme"))]
db.rollback()
out += [error_of(m, one.store, "acme", bad[:2]), plain([r[0] for r in stored(db, "acme")])]
return out + [db.in_transaction]
""",
            ["FormatError", 1, 2, ["0", "1", "2"], False],
        ),
        Scenario(
            "withdraw_plain",
            None,
            r"""
one, db = importer(m)
one.store("acme", [row("1"), row("2"), row("2"), row("3")])
counts = [one.withdraw("acme", numbers) for numbers in (["2", "9"], [], ["3"])]
out = [plain(counts), plain([r[0] for r in stored(db, "acme")])]
return out + [one.withdraw("acme", ["9"] * 499 + ["1"]), stored(db, "acme")]
""",
            [[2, 0, 1], ["1"], 1, []],
        ),
        Scenario(
            "withdraw_others",
            "withdraw",
            r"""
one, db = importer(m)
one.store("acme", [row("1"), row("2")])
one.store("other", [row("1"), row("2"), row("it's")])
out = [error_of(m, one.withdraw, "acme", numbers)
       for numbers in (["1"], ["x') OR ('1' = '1"], ["') --"], ["it's"])]
out.append(error_of(m, one.withdraw, "other", ["it's"]))
return [out, plain([r[0] for r in stored(db, "acme")]), plain([r[0] for r in stored(db, "other")])]
""",
            [[1, 0, 0, 0, 1], ["2"], ["1", "2"]],
        ),
    ),
)
