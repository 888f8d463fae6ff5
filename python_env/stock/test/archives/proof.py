"""Proves the module `archives`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import hashlib, io, os, shlex, subprocess, time, zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
class Tape(io.RawIOBase):
    def __init__(self, data, fails_at=None):
        self.data, self.place, self.fails_at, self.most = data, 0, fails_at, 0
    def readable(self): return True
    def readinto(self, room):
        if self.fails_at is not None and self.place >= self.fails_at: raise OSError("worn out")
        self.most = max(self.most, len(room))
        part = self.data[self.place:self.place + len(room)]
        room[:len(part)] = part; self.place += len(part)
        return len(part)
    def readall(self):
        rest = self.data[self.place:]
        self.most = max(self.most, len(rest))
        if self.fails_at is not None: raise OSError("worn out")
        self.place = len(self.data)
        return rest
class Tool:
    CalledProcessError, TimeoutExpired = subprocess.CalledProcessError, subprocess.TimeoutExpired
    PIPE, DEVNULL = subprocess.PIPE, subprocess.DEVNULL
    def __init__(self, error=None): self.calls, self.error = [], error
    def run(self, args, **given):
        argv = shlex.split(args) if isinstance(args, str) else [str(part) for part in args]
        if isinstance(args, str) and argv[:1] == ["exec"]: argv = argv[1:]
        self.calls.append([argv, given])
        if self.error: raise self.error
    check_call = check_output = run
def operands(argv):
    found, plain_only = [], False
    for part in argv[1:]:
        if plain_only or not part.startswith("-"): found.append(os.path.basename(part))
        elif part == "--": plain_only = True
    return found
def vault(m, name, hours_east=0):
    folder = Path("/w") / name; folder.mkdir(parents=True, exist_ok=True)
    return m.$Class(folder, timezone(timedelta(hours=hours_east))), folder
def tried(call):
    try: return call()
    except ValueError: return "ValueError"
    except Exception as error: return type(error).__name__
def cost(call):
    begin = time.perf_counter_ns(); call(); return time.perf_counter_ns() - begin
def bundle(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in files.items(): made.writestr(name, text)
    return zipfile.ZipFile(io.BytesIO(out.getvalue()))
def at(day, hour, minute=0): return datetime(2026, 3, day, hour, minute, tzinfo=UTC)
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "digest_plain",
            None,
            """\
out = []
for data in (b"", b"abc", b"x" * 200_000):
    tape = Tape(data)
    out.append([m.digest(lambda: tape) == hashlib.sha256(data).hexdigest(), tape.closed])
return out
""",
            [[True, True]] * 3,
        ),
        Scenario(
            "digest_in_pieces",
            "digest",
            """\
tape = Tape(b"y" * 200_000); found = m.digest(lambda: tape)
return [tape.most <= 65_536, found == hashlib.sha256(b"y" * 200_000).hexdigest()]
""",
            [True, True],
        ),
        Scenario(
            "digest_of_a_worn_tape",
            "digest",
            """\
tapes = [Tape(b"z" * 200_000, 0), Tape(b"z" * 200_000, 65_536)]
return [[tried(lambda: m.digest(lambda: tape)), tape.closed] for tape in tapes]
""",
            [["OSError", True], ["OSError", True]],
        ),
        Scenario(
            "manifest_plain",
            None,
            """\
sums = ["0" * 63 + "a", "ab" * 32]
good = m.read_manifest(f"one.zip: '{sums[0]}'\\ntwo.zip: {sums[1]}\\n")
bad = ("", "- a", "one: two", f"1: {sums[1]}", f"one: {sums[1]}0", "one: [1]",
    f"one: {'AB' * 32}", "one: 5")
return [good == {"one.zip": sums[0], "two.zip": sums[1]}, m.read_manifest("{}"),
        [tried(lambda: m.read_manifest(text)) for text in bad]]
""",
            [True, {}, ["ValueError"] * 8],
        ),
        Scenario(
            "manifest_that_is_broken",
            "read_manifest",
            """\
return [tried(lambda: m.read_manifest(text)) for text in ("one: [", "{", "a: b: c", "\\tone: 1",
    "'", "one: @x")]
""",
            ["ValueError"] * 6,
        ),
        Scenario(
            "manifest_that_builds",
            "read_manifest",
            """\
found = "ab" * 32; out = []
for text in (f"one: !!python/object/apply:os.path.basename [/x/{found}]",
    f"one: !!python/object/apply:os.fspath ['{found}']"):
    out.append(tried(lambda: m.read_manifest(text)))
return out
""",
            ["ValueError", "ValueError"],
        ),
        Scenario(
            "fetch_plain",
            None,
            """\
asked = []
def opener(address, *rest, **given): asked.append(address); return io.BytesIO(b"one: \\xc3\\xa9")
out = [m.fetch_manifest("https://eu.$mirror.example/m.yaml", opener),
    m.fetch_manifest("https://us.$mirror.example:8443/", opener)]
for address in ("http://eu.$mirror.example/", "https://evil.example/", "file:///etc/passwd", "",
    "eu.$mirror.example", "https://[", "https://"):
    out.append(tried(lambda: m.fetch_manifest(address, opener)))
return out + [len(asked)]
""",
            ["one: \u00e9", "one: \u00e9"] + ["ValueError"] * 7 + [2],
        ),
        Scenario(
            "fetch_from_others",
            "fetch_manifest",
            """\
asked = []
def opener(address, *rest, **given): asked.append(address); return io.BytesIO(b"x")
out = []
for address in ("https://eu.$mirror.example.evil.example/",
    "https://eu.$mirror.example@evil.example/",
                "https://us.$mirror.example:443@10.0.0.8/", "https://evil.example/?eu.$mirror.example",
                "https://EU.$mirror.example/"):
    out.append(tried(lambda: m.fetch_manifest(address, opener)))
return out + [len(asked)]
""",
            ["ValueError"] * 4 + ["x", 1],
        ),
        Scenario(
            "fetch_in_time",
            "fetch_manifest",
            """\
waits = []
def opener(address, data=None, timeout=None,
    **rest): waits.append(timeout); return io.BytesIO(b"x")
found = m.fetch_manifest("https://eu.$mirror.example/m.yaml", opener)
return [found, [wait is not None and 0 < wait <= 20 for wait in waits]]
""",
            ["x", [True]],
        ),
        Scenario(
            "claim_plain",
            None,
            """\
v, folder = vault(m, "c1"); w = m.$Class(folder, UTC); other, _ = vault(m, "c2")
out = [v.claim(), w.claim(), v.claim(), other.claim()]
v.release(); out += [w.claim(), v.claim()]; w.release(); w.release()
return out + [v.claim()]
""",
            [True, False, False, True, True, False, True],
        ),
        Scenario(
            "claim_at_once",
            "claim",
            """\
taken = []
class Slow(type(Path("/w"))):
    # Between our look and what we do next, another run gets the lock.
    def exists(self, **given):
        found = super().exists(**given)
        if not found: taken.append(m.$Class(Path("/w/c3"), UTC).claim())
        return found
Path("/w/c3").mkdir()
mine = m.$Class(Slow("/w/c3"), UTC).claim()
return [mine + sum(taken), m.$Class(Path("/w/c3"), UTC).claim()]
""",
            [1, False],
        ),
        Scenario(
            "claim_without_handles",
            "claim",
            """\
v, folder = vault(m, "c4")
def is_open(number):
    try: os.fstat(number)
    except OSError: return False
    return True
def probe():
    number = os.open(folder / "probe", os.O_CREAT | os.O_WRONLY); os.close(number); return number
v.claim(); v.release(); first = probe()
for _ in range(20): v.claim(); v.claim(); v.release()
return [sum(map(is_open, range(first, probe() + 1))) < 5]
""",
            [True],
        ),
        Scenario(
            "expired_plain",
            None,
            """\
v, _ = vault(m, "e1")
noon = [at(day, 12) for day in (1, 2, 3)]
out = [v.expired(noon), v.expired([]), v.expired([at(1, 12), at(1, 9), at(2, 9), at(2, 10)])]
many = v.expired([at(day, 12) for day in range(20, 0, -1)])
return [[[moment.day,
    moment.hour] for moment in found] for found in out] + [[moment.day for moment in many][:12]]
""",
            [[], [], [[1, 9], [2, 9]], list(range(1, 13))],
        ),
        Scenario(
            "expired_by_local_days",
            "expired",
            """\
out = []
for east in (9, -6):
    v, _ = vault(m, "e2", east)
    found = v.expired([at(1, 13), at(1, 16), at(1, 23), at(2, 2), at(2, 5), at(2, 14), at(2, 16)])
    out.append([[moment.day, moment.hour] for moment in found])
return out
""",
            [
                [[1, 16], [1, 23], [2, 2], [2, 5]],
                [[1, 13], [1, 16], [1, 23], [2, 2], [2, 14]],
            ],
        ),
        Scenario(
            "expired_after_enough_days",
            "expired",
            """\
v, _ = vault(m, "e3"); out = []
for days in (6, 7, 8, 10):
    out.append([moment.day for moment in v.expired([at(day, 12) for day in range(1, days + 1)])])
return out + [[moment.day for moment in v.expired([at(day, 12) for day in range(1, 28, 3)])]]
""",
            [[], [], [1], [1, 2, 3], [1, 4]],
        ),
        Scenario(
            "store_plain",
            None,
            """\
v, folder = vault(m, "s1"); out = []
for parts in ([b"one", b"", b"two"], [], iter([b"three"])):
    v.store("a.bin", parts); out.append((folder / "a.bin").read_bytes().decode())
v.store("b.bin", [b"x"])
return out + [sorted(path.name for path in folder.iterdir())]
""",
            ["onetwo", "", "three", ["a.bin", "b.bin"]],
        ),
        Scenario(
            "store_that_fails",
            "store",
            """\
v, folder = vault(m, "s2"); v.store("a.bin", [b"old"]); seen = []
def parts():
    yield b"new"
    seen.append((folder / "a.bin").exists() and (folder / "a.bin").read_bytes().decode())
    raise OSError("disk")
out = [tried(lambda: v.store("a.bin", parts())), tried(lambda: v.store("b.bin",
    (1 / 0 for _ in "x")))]
return out + [seen, sorted(path.name for path in folder.iterdir()),
    tried(lambda: (folder / "a.bin").read_bytes().decode())]
""",
            ["OSError", "ZeroDivisionError", ["old"], ["a.bin"], "old"],
        ),
        Scenario(
            "store_of_many_parts",
            "store",
            """\
v, folder = vault(m, "s3")
def run(count): return cost(lambda: v.store("a.bin", (b"%064d" % k for k in range(count))))
run(10); small, large = run(400), run(3200)
return [large < 16 * small, (folder / "a.bin").stat().st_size]
""",
            [True, 204800],
        ),
        Scenario(
            "pack_plain",
            None,
            """\
v, folder = vault(m, "p1"); out = []
for name in ("a.tar", "b c.tar"):
    m.subprocess = tool = Tool(); v.pack(name); argv, given = tool.calls[0]
    out.append([len(tool.calls), argv[0], operands(argv), str(given.get("cwd")),
        0 < given["timeout"] <= 600])
m.subprocess = Tool(subprocess.CalledProcessError(1,
    "zstd")); out.append(tried(lambda: v.pack("a.tar")))
m.subprocess = Tool(subprocess.TimeoutExpired("zstd",
    1)); out.append(tried(lambda: v.pack("a.tar")))
return out
""",
            [
                [1, "zstd", ["a.tar"], "/w/p1", True],
                [1, "zstd", ["b c.tar"], "/w/p1", True],
                "CalledProcessError",
                "TimeoutExpired",
            ],
        ),
        Scenario(
            "pack_odd_names",
            "pack",
            """\
v, folder = vault(m, "p2"); out = []
for name in ("-o", "--output-dir-flat=etc", "x'; touch y; '", "$$(id)", "a'b", "it's; -c"):
    m.subprocess = tool = Tool(); result = tried(lambda: v.pack(name))
    out.append([tried(lambda: operands(argv)) for argv, _ in tool.calls])
return out
""",
            [
                [["-o"]],
                [["--output-dir-flat=etc"]],
                [["x'; touch y; '"]],
                [["$$(id)"]],
                [["a'b"]],
                [["it's; -c"]],
            ],
        ),
        Scenario(
            "restore_plain",
            None,
            """\
v, folder = vault(m, "r1"); to = folder / "to"
v.restore(bundle(**{"a.txt": "A", "b/c.txt": "C", "d/": "", "..e": "E", "f..g/h": "H"}), to)
out = [(to / name).read_text() for name in ("a.txt", "b/c.txt", "..e", "f..g/h")]
for name in ("../evil", "b/../../evil", ".."):
    out.append(tried(lambda: v.restore(bundle(**{"new.txt": "N", name: "X"}), to)))
return out + [(to / "new.txt").exists(), (folder / "evil").exists()]
""",
            ["A", "C", "E", "H", "ValueError", "ValueError", "ValueError", False, False],
        ),
        Scenario(
            "restore_elsewhere",
            "restore",
            """\
v, folder = vault(m, "r2"); to = folder / "to"; out = []
for name in ("/w/r2/evil", "/w/r2/to-2/evil", "//w/r2/evil", "../to-2/evil", "../to2"):
    out.append(tried(lambda: v.restore(bundle(**{"new.txt": "N", name: "X"}), to)))
return out + [sorted(path.name for path in folder.iterdir())]
""",
            ["ValueError"] * 5 + [[]],
        ),
    ),
)
