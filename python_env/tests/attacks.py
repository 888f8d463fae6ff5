"""What code may try against the sandbox, and what must come of each: blocked or bounded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

QUIET: Final = "VALUE = 1\n"


@dataclass(frozen=True)
class Attack:
    """One attack.

    Attributes:
        body: The body of `scenario(m)`, or of `attack()` in the code under test.
        outcome: How it must end.
        value: What it must answer.
    """

    body: str
    outcome: str
    value: Any = None

    def as_scenario(self) -> str:
        """Return the attack as a scenario."""
        lines = "".join(f"    {line}\n" for line in self.body.strip("\n").splitlines())
        return f"def scenario(m):\n{lines}"


def raised(body: str, name: str) -> Attack:
    """Return an attack that must fail with an exception of this name."""
    return Attack(body, "raised", name)


REACHING_OUT: Final[Mapping[str, Attack]] = {
    "read-passwd": raised("return open('/etc/passwd').read()", "FileNotFoundError"),
    "read-own-program": raised("return open('/proc/self/exe', 'rb').read()", "FileNotFoundError"),
    "read-proc": raised("import os\nreturn os.listdir('/proc')", "FileNotFoundError"),
    "dot-dot": raised("return open('/w/../etc/passwd').read()", "PermissionError"),
    "dot-dot-through-folder": raised(
        "import os\nos.mkdir('/w/a')\nreturn open('/w/a/../../etc/passwd').read()",
        "PermissionError",
    ),
    "absolute-symlink": raised(
        "import os\nos.symlink('/etc/passwd', '/w/l')\nreturn open('/w/l').read()",
        "PermissionError",
    ),
    "relative-symlink": raised(
        "import os\nos.symlink('../etc/passwd', '/w/l')\nreturn open('/w/l').read()",
        "PermissionError",
    ),
    "symlink-circle": raised(
        "import os\nos.symlink('b', '/w/a')\nos.symlink('a', '/w/b')\nreturn open('/w/a').read()",
        "OSError",
    ),
    "folder-into-itself": raised(
        "import os\nos.makedirs('/w/a/b')\nos.rename('/w/a', '/w/a/b/c')", "OSError"
    ),
    "what-is-there": Attack(
        "import os\nreturn [os.listdir('/w'), sorted(os.environ)]",
        "ok",
        [[], ["HOME", "LC_ALL", "PYTHONHASHSEED", "TMPDIR", "TZ"]],
    ),
    "socket": raised("import socket\nsocket.socket().connect(('127.0.0.1', 80))", "OSError"),
    "resolve-name": raised(
        "import urllib.request\nurllib.request.urlopen('http://example.org')", "AttributeError"
    ),
    "process": raised("import subprocess\nsubprocess.run(['id'])", "OSError"),
    "shell": raised("import os\nos.system('id')", "AttributeError"),
    "fork-bomb": raised("import os\nwhile True:\n    os.fork()", "AttributeError"),
    "kill": raised("import os, signal\nos.kill(1, 9)", "AttributeError"),
    "thread": raised("import threading\nthreading.Thread(target=print).start()", "RuntimeError"),
    "ctypes": raised("import ctypes", "ModuleNotFoundError"),
    "foreign-descriptors": Attack(
        """
import os
def works(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
return [number for number in range(200) if works(number)]
""",
        "ok",
        [0, 1, 2, 3, 4],  # the streams, the root and the standard library inside the guest
    ),
    "input": Attack("import sys\nreturn sys.stdin.read()", "ok", ""),
}

USING_UP: Final[Mapping[str, Attack]] = {
    "endless-loop": Attack("while True:\n    pass", "out of time"),
    "endless-loop-that-catches": Attack(
        "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n"
        "        pass",
        "out of time",
    ),
    "endless-generator": raised(
        "import itertools\nreturn list(zip(itertools.count()))[0]", "MemoryError"
    ),
    "memory": raised("x = []\nwhile True:\n    x.append(bytearray(1 << 20))", "MemoryError"),
    "memory-at-once": raised("return len(bytearray(1 << 30))", "MemoryError"),
    "memory-of-small-things": Attack("x = []\nwhile True:\n    x.append([x])", "out of time"),
    "disk": raised(
        "with open('/w/b', 'wb') as f:\n    while True:\n        f.write(bytes(1 << 16))", "OSError"
    ),
    "disk-of-holes": raised(
        "with open('/w/b', 'wb') as f:\n    f.seek(1 << 40)\n    f.write(b'x')", "OSError"
    ),
    "disk-by-truncate": raised("import os\nos.truncate('/w/b', 1 << 40)", "FileNotFoundError"),
    "disk-by-length": raised("with open('/w/b', 'wb') as f:\n    f.truncate(1 << 40)", "OSError"),
    "many-files": raised("import os\nfor i in range(10**6):\n    os.mkdir(f'/w/{i}')", "OSError"),
    "many-opened-files": raised(
        "for i in range(10**6):\n    open(f'/w/{i}', 'w').close()", "OSError"
    ),
    "many-folders": raised(
        "import os\np = '/w'\nfor i in range(10**6):\n    p += '/d'\n    os.mkdir(p)", "OSError"
    ),
    "many-descriptors": raised("x = [open('/w/a', 'w') for _ in range(10**4)]", "OSError"),
    "long-path": raised("open('/w/' + 'x' * 10**6)", "OSError"),
    "many-calls": Attack("import os\nwhile True:\n    os.stat('/w')", "out of time"),
    "many-clock-reads": Attack("import time\nwhile True:\n    time.time()", "out of time"),
    "much-random": Attack("import os\nwhile True:\n    os.urandom(10**6)", "out of time"),
    "much-output": Attack("while True:\n    print('x' * 10**5)", "out of time"),
    "recursion": raised("def f(n):\n    return f(n + 1)\nf(0)", "RecursionError"),
    "recursion-without-limit": Attack(
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(n):\n    return f(n + 1) + 1\nf(0)",
        "out of time",
    ),
    "recursion-in-c": Attack(
        "x = ()\nfor i in range(10**5):\n    x = (x,)\nreturn len(repr(x))",
        "raised",
        "RecursionError",
    ),
    "deep-json": raised("import json\njson.loads('[' * 10**5)", "RecursionError"),
    "deep-code": raised("return eval('(' * 10**5)", "MemoryError"),
    "deep-compare": raised(
        "a, b = [], []\na.append(b)\nb.append(a)\nreturn a == b", "RecursionError"
    ),
    "big-number": Attack("return 7 ** (10**8)", "out of time"),
    "big-shift": raised("return 1 << (1 << 40)", "OverflowError"),
    "regular-expression": Attack("import re\nre.match('(a+)+$', 'a' * 40 + 'b')", "out of time"),
    "sleep-for-years": Attack(
        "import time\na = time.monotonic()\ntime.sleep(10**8)\n"
        "return time.monotonic() - a >= 10**8",
        "ok",
        True,
    ),
    "sleep-backwards": raised("import time\ntime.sleep(-1)", "ValueError"),
    "query": Attack(
        "import sqlite3\nreturn sqlite3.connect(':memory:').execute('with recursive c(x) as "
        "(select 1 union all select x + 1 from c) select max(x) from c').fetchall()",
        "out of time",
    ),
    "zip-bomb": raised(
        "import zlib\nreturn zlib.decompress(zlib.compress(bytes(10**5)), bufsize=1 << 27)",
        "MemoryError",
    ),
    "hash-collisions": Attack(
        "return len({i * ((1 << 31) - 1) for i in range(10**5)})", "out of time"
    ),
}

LEAVING: Final[Mapping[str, Attack]] = {
    "os-exit": Attack("import os\nos._exit(0)", "crashed"),
    "os-abort": Attack("import os\nos.abort()", "crashed"),
    "system-exit": raised("raise SystemExit(0)", "SystemExit"),
    "keyboard-interrupt": raised("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "at-exit": Attack(
        "import atexit, os\natexit.register(lambda: os.write(1, b'[\"ok\",2]'))\nreturn 1", "ok", 1
    ),
    "finalizer": Attack(
        "import os\nclass F:\n    def __del__(self):\n        os._exit(0)\nm.f = F()\nreturn 1",
        "ok",
        1,
    ),
    "generator-that-stays": Attack(
        "def g():\n    try:\n        yield 1\n    finally:\n"
        "        import os\n        os._exit(0)\n"
        "m.g = g()\nreturn next(m.g)",
        "ok",
        1,
    ),
}

FORGING: Final[Mapping[str, Attack]] = {
    "write-an-answer": Attack(
        "import os\nfor n in range(70):\n    try:\n        os.write(n, b'[\"ok\",2]')\n"
        "    except OSError:\n        pass\nreturn 1",
        "ok",
        1,
    ),
    "write-an-answer-and-leave": Attack(
        "import os\nos.write(1, bytes(32) + b'[\"ok\",2]')\nos._exit(0)", "crashed"
    ),
    "ask-for-a-checkpoint": Attack("import os\nos.write(0, b'')\nreturn 1", "ok", 1),
    "patched-builtins": Attack(
        "import builtins\nfor name in ('str', 'len', 'type', 'isinstance', 'list', 'dict', 'repr',"
        " 'BaseException', 'Exception', 'TypeError'):\n    setattr(builtins, name, None)\n"
        "return [1, {'a': 's'}]",
        "ok",
        [1, {"a": "s"}],
    ),
    "patched-json": Attack(
        "import json, json.encoder\njson.dumps = json.loads = lambda *a, **k: '[\"ok\",2]'\n"
        "json.encoder.c_make_encoder = json.encoder.c_encode_basestring_ascii = None\nreturn [1.5]",
        "ok",
        [1.5],
    ),
    "patched-open-and-write": Attack(
        "import builtins, os, io\nos.write = os._exit = builtins.open = io.open = print\nreturn 1",
        "ok",
        1,
    ),
    "trace": Attack(
        """
import sys
found = []
def trace(frame, event, argument):
    found.append(frame.f_code.co_name)
    if 'password' in frame.f_locals:
        sys.__stderr__.write('found')
        frame.f_locals['body'] = b'2'
    return trace
sys.settrace(trace)
sys.setprofile(trace)
return list(found)
""",
        "ok",
        [],
    ),
    "password-in-frames": Attack(
        """
import sys
frame, names = sys._getframe(), set()
while frame is not None:
    names |= set(frame.f_locals) | set(frame.f_globals)
    frame = frame.f_back
return [name for name in ('password', 'tell', 'load', 'stages') if name in names]
""",
        "ok",
        [],
    ),
    "password-in-objects": Attack(
        """
import gc
gc.unfreeze() if False else None
keys = [x for x in gc.get_objects() if type(x) is dict and 'password' in x]
return len(keys)
""",
        "ok",
        0,
    ),
    "exception-hook": Attack(
        "import sys\nsys.excepthook = sys.unraisablehook = lambda *a: print(a)\nreturn 1", "ok", 1
    ),
    "import-hook": Attack(
        "import sys\nclass H:\n    def find_spec(self, *a):\n        raise SystemExit\n"
        "sys.meta_path.insert(0, H())\nsys.path_hooks.clear()\nsys.modules.clear()\nreturn 1",
        "ok",
        1,
    ),
    "audit-hook": Attack(
        "import sys, os\nsys.addaudithook(lambda *a: os._exit(0) if a[0] == 'os._exit' else None)\n"
        "return 1",
        "ok",
        1,
    ),
    "object-that-equals-all": Attack(
        "class All:\n    def __eq__(self, other):\n        return True\n    __hash__ = None\n"
        "return [All()]",
        "ok",
        ["<All>"],
    ),
    "text-that-equals-all": Attack(
        "class S(str):\n    def __eq__(self, other):\n        return True\n"
        "    __hash__ = str.__hash__\n"
        "return [S('a'), {S('k'): 1}]",
        "ok",
        ["<S>", {"<S>": 1}],
    ),
    "number-of-ones-own": Attack(
        "class N(int):\n    def __repr__(self):\n        return '2'\nreturn [N(1), True, 1]",
        "ok",
        ["<N>", True, 1],
    ),
    "dictionary-of-ones-own": Attack(
        "class D(dict):\n    def items(self):\n        raise SystemExit\nreturn D(a=1)", "ok", "<D>"
    ),
    "type-that-names-itself": Attack(
        "class M(type):\n    @property\n    def __name__(cls):\n        raise SystemExit\n"
        "class C(metaclass=M):\n    pass\nreturn C()",
        "ok",
        "<C>",
    ),
    "error-that-names-itself": raised(
        "class M(type):\n    __name__ = property(lambda cls: 2)\n"
        "class E(Exception, metaclass=M):\n    pass\nraise E",
        "E",
    ),
    "names-the-password-in-json": Attack('return \'"]\\n["ok",2]\'', "ok", '"]\n["ok",2]'),
    "long-answer": Attack("return 'x' * 10**6", "too long"),
    "long-answer-of-many": Attack("return list(range(10**5))", "too long"),
    "long-answer-of-escapes": Attack("return chr(1) * 20_000", "too long"),
    "long-number": Attack("return 10 ** 5000", "too long"),
    "long-name": Attack("raise type('E' * 10**5, (Exception,), {})", "too long"),
    "deep-answer": Attack("x = []\nfor _ in range(60):\n    x = [x]\nreturn x", "too long"),
    "circle": Attack("x = []\nx.append(x)\nreturn x", "too long"),
    "half-a-character": Attack("return ['\\ud800', '\\0']", "ok", ["\\ud800", "\0"]),
    "no-scenario": Attack("pass\nglobal scenario\nscenario = 1\nreturn None", "ok", None),
    "negative-zero": Attack("return str(-0.0)", "ok", "-0.0"),
    "answers-for-another": Attack(
        "import sys\nsys.modules['subject'] = sys.modules['__main__'] = None\nreturn m.VALUE",
        "ok",
        1,
    ),
}

ATTACKS: Final = {**REACHING_OUT, **USING_UP, **LEAVING, **FORGING}
