"""Proves the module `uploads`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = r"""
import asyncio, io, os, pathlib, shlex, subprocess, urllib.parse, zipfile
class Ledger:
    def __init__(self):
        self.sizes, self.broken = {}, 0
    async def used(self, $party):
        size = self.sizes.get($party, 0)
        await asyncio.sleep(0.01)
        if self.broken:
            self.broken -= 1
            raise KeyError($party)
        return size
    async def set_used(self, $party, size):
        await asyncio.sleep(0.05)
        self.sizes[$party] = size
def intake(m, run=None, book=None):
    for folder in ("/w/in", "/w/in-old", "/w/thumbs"):
        os.makedirs(folder, exist_ok=True)
    root, thumbs = pathlib.Path("/w/in"), pathlib.Path("/w/thumbs")
    return m.$Class(root, thumbs, book or Ledger(), run or quick)
def quick(command, **options):
    return subprocess.CompletedProcess(command, 0)
def error_of(m, call, *args):
    try:
        return plain(call(*args))
    except m.UploadError:
        return "UploadError"
    except Exception as error:
        return "other: " + type(error).__name__
def tree():
    found = {}
    for folder, _, names in os.walk("/w"):
        for name in names:
            if folder != "/w":
                found[folder + "/" + name] = open(folder + "/" + name, "rb").read().decode()
    return found
def packed(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in names:
            zipped.writestr(name, "of " + name)
    out.seek(0)
    return out
class Breaking(io.BytesIO):
    def read(self, size=-1):
        if self.tell() >= 4:
            raise OSError("line is gone")
        return super().read(4)
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "clean_plain",
            None,
            r"""
good = [m.clean(name) for name in ("a.png", "x/y/a b.png", "x\\y/c", "d%20e%C3%A9", "..f", ".g")]
return [good, [error_of(m, m.clean, name) for name in ("", "a/", "..", "x/..", ".", "a%00b")]]
""",
            [["a.png", "a b.png", "c", "d eé", "..f", ".g"], ["UploadError"] * 6],
        ),
        Scenario(
            "clean_elsewhere",
            "clean",
            r"""
names = ("%2e%2e%2fx", "a%2Fb", "..\\..\\x", "x\\y", "%5Cz", "a%2F..", "/%2Fetc", "C:\\b", "a\\")
return [error_of(m, m.clean, name) for name in names]
""",
            ["x", "b", "x", "y", "z", "UploadError", "etc", "b", "UploadError"],
        ),
        Scenario(
            "disposition_plain",
            None,
            r"""
return [m.disposition("a b.png"), m.disposition('it"s_\\1-2.png')]
""",
            [
                "attachment; filename=\"a b.png\"; filename*=UTF-8''a%20b.png",
                "attachment; filename=\"it_s__1-2.png\"; filename*=UTF-8''it%22s_%5C1-2.png",
            ],
        ),
        Scenario(
            "disposition_signs",
            "disposition",
            r"""
return [m.disposition(name) for name in ("é€", "a\r\nSet-Cookie: b=1", "x\ty\x0b\x85")]
""",
            [
                "attachment; filename=\"__\"; filename*=UTF-8''%C3%A9%E2%82%AC",
                'attachment; filename="a__Set-Cookie_ b_1"; '
                "filename*=UTF-8''a%0D%0ASet-Cookie%3A%20b%3D1",
                "attachment; filename=\"x_y__\"; filename*=UTF-8''x%09y%0B%C2%85",
            ],
        ),
        Scenario(
            "fetchable_plain",
            None,
            r"""
hosts = ["pictures.example", "cdn.test"]
good = ("http://pictures.example/a", "https://a.b.pictures.example/?x", "HTTPS://CDN.test:8443/")
bad = ("ftp://cdn.test/a", "file:///etc/passwd", "https://example/a", "", "cdn.test",
       "https:///cdn.test", "https://cdn.test.evil.test/", "javascript:cdn.test")
return [[m.fetchable(url, known) for url in urls]
        for urls, known in ((good, hosts), (bad, hosts), (good, []))]
""",
            [[True] * 3, [False] * 8, [False] * 3],
        ),
        Scenario(
            "fetchable_tricks",
            "fetchable",
            r"""
hosts = ["pictures.example", "cdn.test"]
urls = ("https://evilpictures.example/", "http://mycdn.test", "https://cdn.test:x@10.0.0.1/a",
        "http://pictures.example:80@localhost/", "https://x.cdn.test:@169.254.169.254/",
        "https://10.0.0.1:x@cdn.test/", "https://u:p@cdn.test/a", "http://a.cdn.test:80/")
return [m.fetchable(url, hosts) for url in urls]
""",
            [False, False, False, False, False, True, True, True],
        ),
        Scenario(
            "save_plain",
            None,
            r"""
one = intake(m)
paths = [one.save("x/a.txt", io.BytesIO(b"first")), one.save("b.txt", io.BytesIO(b"z" * 200_000))]
paths.append(one.save("a.txt", io.BytesIO(b"second")))
one.most_bytes = 6
paths.append(one.save("c.txt", io.BytesIO(b"short")))
found = tree()
return [[str(path) for path in paths], sorted(found), found["/w/in/a.txt"], found["/w/in/c.txt"],
        found["/w/in/b.txt"] == "z" * 200_000]
""",
            [
                ["/w/in/a.txt", "/w/in/b.txt", "/w/in/a.txt", "/w/in/c.txt"],
                ["/w/in/a.txt", "/w/in/b.txt", "/w/in/c.txt"],
                "second",
                "short",
                True,
            ],
        ),
        Scenario(
            "save_refused",
            "save",
            r"""
one = intake(m)
one.save("a.txt", io.BytesIO(b"older"))
one.most_bytes = 10
out = [error_of(m, one.save, "a.txt", io.BytesIO(b"x" * size)) for size in (11, 100_000)]
out += [error_of(m, one.save, "a.txt", Breaking(b"x" * 8)), tree()]
return out + [error_of(m, one.save, "b.txt", io.BytesIO(b"x" * 10)), tree()]
""",
            [
                "UploadError",
                "UploadError",
                "other: OSError",
                {"/w/in/a.txt": "older"},
                "<PosixPath>",
                {"/w/in/a.txt": "older", "/w/in/b.txt": "x" * 10},
            ],
        ),
        Scenario(
            "unpack_plain",
            None,
            r"""
one = intake(m)
out = [sorted(one.unpack("x/set", packed("a.txt", "deep/er/b.txt", "deep/..c"))), tree()]
one.most_bytes = 10
out += [error_of(m, one.unpack, "big", packed("12345", "123")), len(tree())]
return out + [error_of(m, one.unpack, "fits", packed("1234567")), len(tree())]
""",
            [
                ["a.txt", "deep/..c", "deep/er/b.txt"],
                {
                    "/w/in/set/a.txt": "of a.txt",
                    "/w/in/set/deep/er/b.txt": "of deep/er/b.txt",
                    "/w/in/set/deep/..c": "of deep/..c",
                },
                "UploadError",
                3,
                ["1234567"],
                4,
            ],
        ),
        Scenario(
            "unpack_compressed_oddly",
            None,
            r"""
one, out = intake(m), []
for method in (8, 12, 14):
    data = bytearray(packed("a.txt").getvalue())
    data[8], data[data.rindex(b"PK\x01\x02") + 10] = method, method
    out.append(error_of(m, one.unpack, "set", io.BytesIO(data)))
return [out, tree()]
""",
            [[["a.txt"], "UploadError", "UploadError"], {"/w/in/set/a.txt": "of a.txt"}],
        ),
        Scenario(
            "unpack_outside",
            "unpack",
            r"""
one = intake(m)
out = [error_of(m, one.unpack, "set", packed("good.txt", name))
       for name in ("../bad.txt", "/w/in/bad.txt", "a/../../bad.txt", "../set-old/bad.txt",
                    "../../in-old/bad.txt", "../setter.txt")]
return [out, tree()]
""",
            [["UploadError"] * 6, {}],
        ),
        Scenario(
            "thumbnail_plain",
            None,
            r"""
seen = []
def run(command, *, shell=False, check=False, **options):
    words = shlex.split(command) if shell else list(command)
    seen.append(words[words[0] == "exec" :])
    if "fails" in str(command) and check:
        raise subprocess.CalledProcessError(1, command)
    if "absent" in str(command):
        raise FileNotFoundError(command)
    return subprocess.CompletedProcess(command, int("fails" in str(command)))
one = intake(m, run)
out = [str(one.thumbnail("x/a.png")), error_of(m, one.thumbnail, "fails"), plain(seen[0][1:])]
return out + [error_of(m, one.thumbnail, "absent"), error_of(m, one.thumbnail, "..")]
""",
            [
                "/w/thumbs/a.png.jpg",
                "UploadError",
                ["/w/in/a.png", "/w/thumbs/a.png.jpg"],
                "UploadError",
                "UploadError",
            ],
        ),
        Scenario(
            "thumbnail_hangs",
            "thumbnail",
            r"""
def run(command, *, timeout=None, **options):
    if timeout is None:
        raise MemoryError("waits for ever")
    limits.append(timeout)
    raise subprocess.TimeoutExpired(command, timeout)
limits = []
one = intake(m, run)
return [error_of(m, one.thumbnail, "a.png"), len(limits) == 1 and 0 < limits[0] <= 20]
""",
            ["UploadError", True],
        ),
        Scenario(
            "thumbnail_signs",
            "thumbnail",
            r"""
def run(command, *, shell=False, **options):
    words = list(command)
    if shell:
        lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
        lexer.whitespace_split, lexer.commenters = True, ""
        try: words = list(lexer)
        except ValueError: words = ["unbalanced"]
        words = words[words[0] == "exec" :]
    seen.append([len(words), *words[1:2]])
    return subprocess.CompletedProcess(command, 0)
seen = []
one = intake(m, run)
for name in ("a b.png", "x'; touch y; '.png", 'x"; touch y; ".png', "$$(touch y).png", "'.png"):
    one.thumbnail(name)
return seen
""",
            [
                [3, "/w/in/a b.png"],
                [3, "/w/in/x'; touch y; '.png"],
                [3, '/w/in/x"; touch y; ".png'],
                [3, "/w/in/$$(touch y).png"],
                [3, "/w/in/'.png"],
            ],
        ),
        Scenario(
            "kind_plain",
            None,
            r"""
one = intake(m)
heads = [b"\x89PNG\r\n\x1a\n....", b"\xff\xd8\xff\xe0", b"GIF89a", b"hello", b"", b"\x89PNG"]
for i, head in enumerate(heads):
    one.save(f"f{i}", io.BytesIO(head + b"x" * 40 * (i < 3)))
out = [one.kind(f"f{i}") for i in range(len(heads))]
return out + [one.kind("x/f1"), error_of(m, one.kind, "none"), error_of(m, one.kind, "..")]
""",
            ["image/png", "image/jpeg", "image/gif"]
            + ["application/octet-stream"] * 3
            + ["image/jpeg", "other: FileNotFoundError", "UploadError"],
        ),
        Scenario(
            "kind_of_others",
            "kind",
            r"""
one = intake(m)
out = []
for head in (b"GIF89a", b"<svg>GIF8", b"\xff\xd8\xff\xe0", b" GIF89a", b"text"):
    one.save("same", io.BytesIO(head))
    out.append(one.kind("same"))
return out
""",
            [
                "image/gif",
                "application/octet-stream",
                "image/jpeg",
                "application/octet-stream",
                "application/octet-stream",
            ],
        ),
        Scenario(
            "reserve_plain",
            None,
            r"""
book = Ledger()
one = intake(m, book=book)
one.quota = 100
async def run():
    sizes = ("ann", 60), ("ann", 41), ("bob", 100), ("ann", 40), ("ann", 1), ("bob", 1), ("ann", 0)
    return [await one.reserve(who, size) for who, size in sizes]
return [plain(asyncio.run(run())), book.sizes]
""",
            [[True, False, True, True, False, False, True], {"ann": 100, "bob": 100}],
        ),
        Scenario(
            "reserve_at_once",
            "reserve",
            r"""
book = Ledger()
one = intake(m, book=book)
one.quota = 100
async def run():
    calls = [one.reserve("ann", 40) for _ in range(5)]
    found = await asyncio.gather(*calls, one.reserve("bob", 90))
    return [found.count(True), book.sizes]
return asyncio.run(run())
""",
            [3, {"ann": 80, "bob": 90}],
        ),
        Scenario(
            "reserve_after_failure",
            "reserve",
            r"""
book = Ledger()
one = intake(m, book=book)
book.broken = 1
async def run():
    try:
        out = [await one.reserve("ann", 5)]
    except KeyError:
        out = ["KeyError"]
    try:
        out.append(await asyncio.wait_for(one.reserve("ann", 7), 60))
    except TimeoutError:
        out.append("hangs")
    return [out, book.sizes]
return asyncio.run(run())
""",
            [["KeyError", True], {"ann": 7}],
        ),
    ),
)
