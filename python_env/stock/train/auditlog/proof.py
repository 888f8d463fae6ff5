"""Proves the module `auditlog`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import builtins, datetime, io, json, pathlib, shlex, time, tracemalloc
FOLDER = pathlib.Path("/w/trail")
def made(m, key=b"k" * 16):
    FOLDER.mkdir(exist_ok=True)
    return m.$Trail(FOLDER, key)
def moment(text="2026-03-01T12:00:00+00:00"): return datetime.datetime.fromisoformat(text)
def written(trail, count, **more):
    for i in range(count): trail.append(moment(), f"u{i}", "open", {"page": i, **more})
def lines(): return [x for p in sorted(FOLDER.glob("*.log")) for x in p.read_text().splitlines()]
class Shell:
    # Does what grep, cat, tail and sh do; other commands are noted in `ran`.
    def __init__(self): self.ran = []
    def __call__(self, argv):
        if argv[:2] == ["sh", "-c"]: return self.script(argv[2])
        return self.command(argv, "")
    def script(self, text):
        lex = shlex.shlex(text, posix=True, punctuation_chars=True)
        lex.whitespace_split, lex.commenters = True, "#"
        parts, out, said = [[]], "", ""
        for token in list(lex) + [";"]:
            if set(token) <= set(";&|") and token != "|" or token == "|":
                out = self.command(parts, out) if parts and parts[0] else ""
                if token != "|": said, out = said + out, ""
                parts = []
            else:
                parts = [token] if parts == [[]] else parts + [token]
        return said
    def read(self, name): return "" if name == "/dev/null" else open(name).read()
    def command(self, argv, given):
        name, *rest = argv
        if name == "cat": return "".join(self.read(x) for x in rest if x != "--")
        if name == "tail":
            count = int(rest[-1].lstrip("-n"))
            return "".join(given.splitlines(True)[-count:])
        if name != "grep":
            self.ran.append(name)
            return ""
        patterns, files, plain_names = [], [], False
        while rest:
            word = rest.pop(0)
            if plain_names or not word.startswith("-") or word == "-":
                files.append(word)
            elif word == "--": plain_names = True
            elif word == "-e": patterns.append(rest.pop(0))
            elif word.startswith("--regexp="): patterns.append(word[9:])
            elif word in ("--fixed-strings", "--no-filename"): pass
            elif set(word[1:]) <= set("hFe"):
                if word.endswith("e"): patterns.append(rest.pop(0))
            else: self.ran.append(word)
        if not patterns: patterns.append(files.pop(0) if files else "")
        texts = [self.read(x) for x in files] if files else [given]
        found = [x for text in texts for x in text.splitlines() if any(p in x for p in patterns)]
        return "".join(x + "\\n" for x in found)
class Watched(pathlib.PosixPath):
    # A folder whose files are noted when they are opened, and may be on a full disk.
    opened, full = [], []
    def open(self, mode="r", *args, **more):
        return Watched.noted(open(str(self), mode, *args, **more), mode)
    @staticmethod
    def noted(file, mode="r"):
        Watched.opened.append(file)
        return Full(file) if Watched.full and not mode.startswith("r") else file
def watched(m):
    FOLDER.mkdir(exist_ok=True)
    m.open = lambda file, *args, **more: Watched(file).open(*args, **more)
    return m.$Trail(Watched("/w/trail"), b"k" * 16)
class Full:
    # A file on a disk that is full after a few characters.
    def __init__(self, file): self._file = file
    def close(self): self._file.close()
    def flush(self): self._file.flush()
    def fileno(self): return self._file.fileno()
    def __enter__(self): return self
    def __exit__(self, *error): self._file.close()
    def write(self, text):
        self._file.write(text[:5]); self._file.flush()
        raise OSError(28, "No space left on device")
def opened_as(make):
    real = io.open
    def opening(file, mode="r", *args, **more): return make(real(file, mode, *args, **more), mode)
    io.open = builtins.open = opening
    return real
def restored(real): io.open = builtins.open = real
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "redacted_names",
            None,
            """\
data = {"page": 3, "Password": "s3", "n": None,
        "more": {"TOKEN": ["s3"], "$secret": 5, "note": "x"}}
return [m.redacted(one) for one in (data, "token", [1, "a"], None, {})]
""",
            [
                {
                    "page": 3,
                    "Password": "-",
                    "more": {"TOKEN": "-", "$secret": "-", "note": "x"},
                    "n": None,
                },
                "token",
                [1, "a"],
                None,
                {},
            ],
        ),
        Scenario(
            "redacted_in_lists",
            "redacted",
            """\
data = {"rows": [{"token": "s3", "id": 1}, [{"$secret": "s3"}, 7], "token"], "id": 2}
return [m.redacted(data), m.redacted([[{"PassWord": "s3"}]])]
""",
            [
                {"rows": [{"token": "-", "id": 1}, [{"$secret": "-"}, 7], "token"], "id": 2},
                [[{"PassWord": "-"}]],
            ],
        ),
        Scenario(
            "redacted_leaves_the_data",
            "redacted",
            """\
data = {"token": "a", "in": {"password": "b", "rows": [{"$secret": "c"}]}}
first = m.redacted(data)
held = json.loads(json.dumps(data))
first["in"]["rows"].append(1)
return [held, data, first["in"]["password"]]
""",
            [
                {"token": "a", "in": {"password": "b", "rows": [{"$secret": "c"}]}},
                {"token": "a", "in": {"password": "b", "rows": [{"$secret": "c"}]}},
                "-",
            ],
        ),
        Scenario(
            "text_plain",
            None,
            """\
return [m.as_text({"at": "2026-03-01T12:00:00", "$actor": who, "action": what})
        for who, what in (("ann", "open file"), ("bob.k-2", "close"))]
""",
            ["2026-03-01T12:00:00 ann open file", "2026-03-01T12:00:00 bob.k-2 close"],
        ),
        Scenario(
            "text_is_a_line",
            "text",
            """\
who = ["ann\\n12:00 root", "ann\\r\\nroot", "ann\\x1b[2K", "ann\\tbob", "ann\\x0bx", "ann\\x85x",
       "ann\\u2028x", "ann\\x00", "Zo\\u00eb", "\\U0001f512"]
texts = [m.as_text({"at": "t", "$actor": one, "action": "go"}) for one in who]
return [[len(x.splitlines()), x.isascii(), x.isprintable(), x.startswith("t "), x.endswith(" go")]
        for x in texts]
""",
            [[1, True, True, True, True]] * 10,
        ),
        Scenario(
            "text_stays_different",
            "text",
            """\
who = ["Zo\\u00eb", "Zo\\u00e8", "Zoe", "Zo?", "Zo??", "\\u6c34", "\\u706b", "\\u6c34\\u706b",
       "a\\nb", "a\\rb", "a\\\\nb", "a\\\\\\nb", "\\U0001f512",
       "\\U0001f513", "\\u1f51" + "2", "\\x00", "\\x01", "?"]
texts = {m.as_text({"at": "t", "$actor": one, "action": "go"}) for one in who}
return [len(who), len(texts)]
""",
            [18, 18],
        ),
        Scenario(
            "append_chain",
            None,
            """\
trail = made(m)
out = [trail.append(moment(), "ann", "open", {"page": 1, "token": "s3"}),
       trail.append(moment("2026-03-01T13:00:00+00:00"), "bob", "close", {})]
told = [[x["number"], x["at"], x["$actor"], x["action"], x["details"], len(x["seal"])] for x in out]
held = [json.loads(x) for x in lines()]
return [told, held == out, out[0]["seal"] != out[1]["seal"], made(m, b"other").broken(lines())]
""",
            [
                [
                    [1, "2026-03-01T12:00:00+00:00", "ann", "open", {"page": 1, "token": "-"}, 64],
                    [2, "2026-03-01T13:00:00+00:00", "bob", "close", {}, 64],
                ],
                True,
                True,
                [1, 2],
            ],
        ),
        Scenario(
            "append_fails",
            None,
            """\
trail = made(m)
trail.append(moment(), "ann", "open", {"page": 1})
real = opened_as(lambda file, mode: file if mode.startswith("r") else Full(file))
m.open = builtins.open
said = []
try:
    for day in "19":
        trail.append(moment(f"2026-03-0{day}T12:00:00+00:00"), "ann", "lost", {})
        said.append("written")
except OSError:
    said.append("refused")
finally:
    restored(real)
    m.open = real
held = lines()
number = trail.append(moment("2026-03-09T12:00:00+00:00"), "bob", "close", {})["number"]
return [said, len(held), number, [x["action"] for x in trail.between(1, 9)], trail.broken(lines())]
""",
            [["refused"], 1, 2, ["open", "close"], []],
        ),
        Scenario(
            "segment_names",
            None,
            """\
trail = made(m)
paths = [trail.segment(moment(f"2026-0{i}-1{i}T12:00:00+00:00"), 5) for i in (1, 2, 3)]
days = "2026-01-11", "2026-02-12", "2026-03-13"
return [[day in path.name for day, path in zip(days, paths)],
        [str(x.parent) for x in paths], len(set(paths)), paths == sorted(paths)]
""",
            [[True, True, True], ["/w/trail"] * 3, 3, True],
        ),
        Scenario(
            "segment_borders",
            "segment",
            """\
trail = made(m)
names = [trail.segment(moment(), i).name for i in range(3 * m.PER_FILE)]
blocks = [names.count(x) for x in dict.fromkeys(names)]
trail.append(moment(), "ann", "open", {})
written(trail, m.PER_FILE)
sizes = [len(p.read_text().splitlines()) for p in sorted(FOLDER.glob("*.log"))]
return [blocks, names == sorted(names), sizes]
""",
            [[100, 100, 100], True, [100, 1]],
        ),
        Scenario(
            "segment_day",
            "segment",
            """\
trail = made(m)
return ["2026-03-02" in trail.segment(moment(text), 5).name for text in (
    "2026-03-01T23:30:00-05:00", "2026-03-02T00:30:00+02:00", "2026-03-02T23:30:00+02:00",
    "2026-03-02T23:30:00-02:00", "2026-03-02T00:00:00+00:00", "2026-03-03T05:00:00+09:00")]
""",
            [True, False, True, False, True, True],
        ),
        Scenario(
            "broken_none",
            None,
            """\
trail = made(m)
empty = trail.broken([])
written(trail, 5, note="Zo\\u00eb")
held = lines()
return [empty, trail.broken(held), trail.broken(iter(held)),
        made(m).broken(x + "\\n" for x in held)]
""",
            [[], [], [], []],
        ),
        Scenario(
            "broken_changed",
            None,
            """\
trail = made(m)
written(trail, 5)
held = lines()
def with_line(i, **changes):
    return held[:i] + [json.dumps({**json.loads(held[i]), **changes})] + held[i + 1:]
return [trail.broken(with_line(2, action="shut")), trail.broken(held[:1] + held[2:]),
        trail.broken(held[1:]), trail.broken(with_line(4, seal="0" * 64)),
        trail.broken([held[1], held[0], *held[2:]])]
""",
            [[3], [2], [1], [5], [1, 2, 3]],
        ),
        Scenario(
            "broken_unsealed",
            "broken",
            """\
trail = made(m)
written(trail, 4)
held = lines()
def ends(line): return trail.broken(held[:3] + [line])
forged = {"number": 4, "at": "t", "$actor": "x", "action": "pay", "details": {}}
return [ends(json.dumps(forged)), ends(json.dumps({**forged, "seal": ""})), ends("{}"),
        ends(json.dumps({**forged, "seal": None})), ends(json.dumps({**forged, "seal": 0}))]
""",
            [[4]] * 5,
        ),
        Scenario(
            "broken_unreadable",
            "broken",
            """\
trail = made(m)
written(trail, 4)
held = lines()
last = held[3][:30], "", "[]", "7", "null", '"seal"', "\\x00"
out = [trail.broken(held[:3] + [line]) for line in last]
return [out, trail.broken([*held[:1], held[1][:-9], *held[2:]])[0]]
""",
            [[[4]] * 7, 2],
        ),
        Scenario(
            "between_half_written",
            None,
            """\
trail = made(m)
written(trail, 3)
[path] = FOLDER.glob("*.log")
whole = path.read_text()
out = []
for cut in (1, 9, 60, len(whole.splitlines()[2])):
    path.write_text(whole[:-cut])
    out.append([x["number"] for x in trail.between(1, 9)])
return out
""",
            [[1, 2, 3], [1, 2], [1, 2], [1, 2]],
        ),
        Scenario(
            "between_range",
            None,
            """\
trail = made(m)
written(trail, 7)
trail.append(moment("2026-03-02T12:00:00+00:00"), "ann", "open", {})
return [[x["number"] for x in trail.between(*pair)]
        for pair in ((1, 8), (3, 5), (8, 8), (5, 99), (9, 12), (4, 3))]
""",
            [[1, 2, 3, 4, 5, 6, 7, 8], [3, 4, 5], [8], [5, 6, 7, 8], [], []],
        ),
        Scenario(
            "between_piece_by_piece",
            "between",
            """\
trail = made(m)
def peak():
    tracemalloc.start()
    entry = next(trail.between(2, 9_999))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return entry["number"], most
written(trail, 4, note="x" * 3_000)
peak()
small = peak()
for i in range(2, 10):
    for _ in range(3):
        trail.append(moment(f"2026-03-0{i}T12:00:00+00:00"), "ann", "open", "x" * 9_000)
big = peak()
return [small[0], big[0], "flat" if big[1] < 3 * small[1] + 30_000 else "grows"]
""",
            [2, 2, "flat"],
        ),
        Scenario(
            "between_left_early",
            "between",
            """\
trail = made(m)
written(trail, 20)
files = []
def kept(file, mode):
    files.append(file)
    return file
real = opened_as(kept)
m.open = builtins.open
out = []
try:
    for count in (1, 3):
        reading = trail.between(2, 19)
        out.append([next(reading)["number"] for _ in range(count)])
        reading.close()
        out.append(all(file.closed for file in files))
    out.append([len(list(trail.between(1, 20))), all(file.closed for file in files)])
finally:
    restored(real)
return out
""",
            [[2], True, [2, 3, 4], True, [20, True]],
        ),
        Scenario(
            "between_files",
            "between",
            """\
trail = watched(m)
for day in "23456": trail.append(moment(f"2026-03-0{day}T12:00:00+00:00"), "ann", "open", {})
out = []
for pair in ((1, 5), (2, 4)):
    Watched.opened.clear()
    reading = trail.between(*pair)
    first = next(reading)["number"]
    lazy = len(Watched.opened) < 5
    reading.close()
    out.append([first, lazy, all(file.closed for file in Watched.opened)])
return out
""",
            [[1, True, True], [2, True, True]],
        ),
        Scenario(
            "receipt_admits",
            None,
            """\
trail, other = made(m), made(m, b"other")
right = trail.receipt("ann", 3)
return [len(right), right == made(m).receipt("ann", 3), trail.admits("ann", 3, right),
        trail.admits("bob", 3, right), trail.admits("ann", 4, right), other.admits("ann", 3, right),
        trail.admits("ann", 3, ""), trail.admits("ann", 3, "\\ud800" + right[1:])]
""",
            [64, True, True, False, False, False, False, False],
        ),
        Scenario(
            "receipt_of_one",
            "receipt",
            """\
trail = made(m)
pairs = [("ann", 12), ("ann1", 2), ("ann12", 2), ("ann1", 22), ("ann", 122),
         ("7", 11), ("71", 1), ("", 711)]
rights = [trail.receipt(*pair) for pair in pairs]
admitted = [[i, k] for i in range(8) for k in range(8) if trail.admits(*pairs[i], rights[k])]
return [admitted, len(set(rights))]
""",
            [[[i, i] for i in range(8)], 8],
        ),
        Scenario(
            "receipt_time",
            "receipt",
            """\
trail = made(m)
right = trail.receipt("ann", 3)
early = ("0" if right[0] != "0" else "1") + right[1:]
late = right[:-1] + ("0" if right[-1] != "0" else "1")
def cost(wrong):
    begin = time.perf_counter_ns()
    trail.admits("ann", 3, wrong)
    return time.perf_counter_ns() - begin
for wrong in (early, late) * 3: cost(wrong)
costs = [(cost(early), cost(late)) for _ in range(4)]
told = "told" if all(b - a > 200 for a, b in costs) else "equal"
return [told, [trail.admits("ann", 3, x) for x in (early, late, right[:-1], right + "0", right)]]
""",
            ["equal", [False, False, False, False, True]],
        ),
        Scenario(
            "search_finds",
            None,
            """\
trail, shell = made(m), Shell()
nothing = trail.search("open", shell)
written(trail, 120)
numbers = [[json.loads(x)["number"] for x in trail.search(typed, shell)]
           for typed in ("u7", "open", "u11", "nothing")]
trail.append(moment(), "Zo\\u00eb", "say \\"hi\\" in C:\\\\", {})
odd = [len(trail.search(x, shell)) for x in ("Zo\\u00eb", '"hi"', "C:\\\\", "\\x00", "\\ud800")]
return [nothing, numbers[0][0], numbers[1] == list(range(71, 121)), numbers[2:], odd, shell.ran]
""",
            [[], 8, True, [[12, *range(111, 121)], []], [1, 1, 1, 0, 0], []],
        ),
        Scenario(
            "search_typed",
            "search",
            """\
trail, shell = made(m), Shell()
typed = ["-f/etc/passwd", "--help", "-r", "-x y", "a'; id; echo '", "it's", 'say "no"', "a | id",
         "-- b", "-e", "$$(id)"]
for text in typed: trail.append(moment(), "ann", text, {})
out = []
for text in typed:
    try: out.append([json.loads(x)["number"] for x in trail.search(text, shell)])
    except Exception: out.append("failed")
return [out, shell.ran]
""",
            [[[1], [2], [3], [4], [5], [6], [7], [8], [9], [10], [11]], []],
        ),
        Scenario(
            "head_saved",
            None,
            """\
trail = made(m)
out = []
for count in (0, 3, 2):
    written(trail, count)
    trail.save_head()
    head = json.loads((FOLDER / "head.json").read_text())
    last = json.loads(lines()[-1])["seal"] if count else "0" * 64
    out.append([head["count"], head["seal"] == last])
return out
""",
            [[0, True], [3, True], [5, True]],
        ),
        Scenario(
            "head_is_true",
            "head",
            """\
trail, out = watched(m), []
written(trail, 2)
trail.save_head()
for full in (True, True, False):
    written(trail, 2)
    old = (FOLDER / "head.json").read_text()
    Watched.full[:] = [full] * full
    try:
        trail.save_head()
        refused = False
    except OSError:
        refused = True
    Watched.full.clear()
    new = (FOLDER / "head.json").read_text()
    out.append("true" if (new == old) is refused and new.startswith("{") else "false")
return [out, json.loads(new)["count"]]
""",
            [["true", "true", "true"], 8],
        ),
        Scenario(
            "head_fails",
            "head",
            """\
trail = made(m)
written(trail, 2)
trail.save_head()
old = (FOLDER / "head.json").read_text()
written(trail, 2)
real = opened_as(lambda file, mode: file if mode.startswith("r") else Full(file))
m.open = builtins.open
try:
    trail.save_head()
    said = "saved"
except OSError:
    said = "refused"
finally:
    restored(real)
    m.open = real
kept = (FOLDER / "head.json").read_text() == old
trail.save_head()
return [said, kept, json.loads((FOLDER / "head.json").read_text())["count"]]
""",
            ["refused", True, 4],
        ),
    ),
)
