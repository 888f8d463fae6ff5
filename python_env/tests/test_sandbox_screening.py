"""What the screening refuses, and above all what it does not."""

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from python_env.server.dealing import slots_for
from python_env.server.sandbox.screening import refused_patch, refused_reproduction
from python_env.stock import SPLITS, modules
from python_env.stock.format import QUIET, RIGHT, WRONG, Module, assembled

ORIGINAL = """
import json
import os

def load(path):
    return json.loads(open(path).read())
"""
HONEST_PATCHES = {
    "dunder methods": """
class Store:
    __slots__ = ("a", "b")
    def __init__(self, *, a=None):
        super().__init__()
        object.__setattr__(self, "a", a or [])
    def __enter__(self): return self
    def __exit__(self, kind, error, trace): return None
    def __iter__(self): return iter(self.a)
    def __len__(self): return len(self.a)
    def __eq__(self, other): return self.__class__ is other.__class__ and self.a == other.a
    def __hash__(self): return hash(tuple(self.a))
    def __repr__(self): return f"{type(self).__name__}({self.a!r})"
    def __getattr__(self, name): raise AttributeError(name)
""",
    "dataclass": """
from dataclasses import dataclass, field
@dataclass(frozen=True, slots=True)
class Money:
    cents: int = 0
    tags: list[str] = field(default_factory=list)
    def __post_init__(self): object.__setattr__(self, "cents", int(self.cents))
""",
    "getattr": "def read(x): return getattr(x, 'size', None) if hasattr(x, 'size') else x.size()",
    "getattr of fields": "FIELDS = ('a', 'b')\ndef f(x): return [getattr(x, n) for n in FIELDS]",
    "getattr beside another": (
        "FIELDS = ('a', 'b')\ndef f(n): return {n: str(getattr(x, n)) for n in FIELDS}"
    ),
    "setattr": "class A:\n    def put(self): setattr(self, 'size', 1)",
    "logger": "import logging\nlog = logging.getLogger(__name__)\nlog.setLevel(logging.INFO)",
    "cause": (
        "def f():\n    try:\n        g()\n    except OSError as e:\n"
        "        raise ValueError from e.__cause__"
    ),
    "subprocess": (
        "import subprocess\ndef run(n): return subprocess.run(['x', '--', n], check=True)"
    ),
    "yaml": "import yaml\ndef load(t): return yaml.load(t, Loader=yaml.SafeLoader)",
    "secrets": "import secrets, hmac\ndef token(): return secrets.token_hex(16)",
    "asyncio": (
        "import asyncio\nasync def f(lock):\n    async with lock:\n        await asyncio.sleep(0)"
    ),
    "path": (
        "import pathlib\ndef f(r, n):\n    p = (r / n).resolve()\n    return p.is_relative_to(r)"
    ),
    "decimal": "import decimal\ndecimal.getcontext().prec = 28\nfrom decimal import ROUND_HALF_UP",
    "descriptors": "import os\ndef f(p): return os.open(p, os.O_CREAT | os.O_EXCL, 0o600)",
    "private of its own": "class A:\n    def f(self): return self._a._b + other._c",
    "format": "def f(a): return '{:>10}'.format(a) + f'{a!r:^8}'",
    "match": "def f(a):\n    match a:\n        case {'k': [x, *_]} | Point(x=x): return x",
    "main": "if __name__ == '__main__':\n    load('a')",
    "all": "__all__ = ['load']\n__version__ = '1'",
    "future": "from __future__ import annotations",
    "typing": "from typing import Final\nfrom collections.abc import Mapping\nX: Final = 1",
    "escape": "PATTERN = '\\d'",
    "attribute of a result": (
        "import sqlite3\ndef f(p):\n    c = sqlite3.connect(p)\n"
        "    c.row_factory = sqlite3.Row\n    return c"
    ),
    "code of an error": "def f(error): return error.code, error.format, error.frame",
}


@pytest.mark.parametrize("code", HONEST_PATCHES.values(), ids=HONEST_PATCHES)
def test_honest_patch(code: str) -> None:
    """A patch that repairs something is run."""
    assert refused_patch(code, ORIGINAL) is None


STOCK = [
    pytest.param(module, id=name) for split in SPLITS for name, module in modules(split).items()
]


@pytest.mark.parametrize("module", STOCK)
def test_the_quiet_right_variant_is_a_patch_of_every_other(module: Module) -> None:
    """Whatever was dealt, what stands there may stay, and putting a site right is no forgery."""
    slots = slots_for(module, "screening")
    quiet = {site.name: QUIET for site in module.code.sites}
    right = assembled(module.code, quiet, slots).code
    dealt = [
        assembled(module.code, quiet | {site.name: variant}, slots).code
        for site in module.code.sites
        for variant in (*RIGHT, *WRONG)
    ]
    assert {refused_patch(code, one) for one in dealt for code in (one, right)} == {None}


FORGED_PATCHES = {
    "eval": ("x = eval('1')", "'eval'"),
    "exec": ("exec('x = 1')", "'exec'"),
    "compile": ("compile('1', 'a', 'eval')", "'compile'"),
    "import function": ("__import__('sys')", "'__import__'"),
    "builtins": ("__builtins__['print'] = None", "'__builtins__'"),
    "globals": ("globals()['x'] = 1", "'globals'"),
    "vars": ("vars(load)", "'vars'"),
    "passed on": ("f = eval", "'eval'"),
    "sys": ("import sys", "imports 'sys'"),
    "gc": ("import gc", "imports 'gc'"),
    "inspect": ("import inspect as i", "imports 'inspect'"),
    "types": ("from types import FunctionType", "imports 'types'"),
    "own main": ("import __main__", "imports '__main__'"),
    "scenario": ("import subject", "imports 'subject'"),
    "relative": ("from . import x", "relatively"),
    "star": ("from json import *", "'*'"),
    "private": ("from os import _exit", "'_exit'"),
    "private module": ("from os import _wrap_close", "private name '_wrap_close'"),
    "exit": ("import os\nos._exit(0)", "'_exit'"),
    "sys by the way": ("import logging\nlogging.sys.exit()", "'sys'"),
    "private of a module": ("import random\nrandom._urandom(1)", "private to that module"),
    "frame": ("def f(e): return e.tb_frame", "'tb_frame'"),
    "frame of generator": ("def f(g): return g.gi_frame", "'gi_frame'"),
    "frame back": ("def f(g): return g.f_back", "'f_back'"),
    "code": ("load.__code__ = None", "'__code__'"),
    "subclasses": ("object.__subclasses__()", "'__subclasses__'"),
    "module of a builtin": ("len.__self__", "'__self__'"),
    "dict of a function": ("load.__globals__", "'__globals__'"),
    "getattr": ("def f(n): return getattr(load, n)", "computed"),
    "getattr of dunder": ("getattr(load, '__code__')", "'__code__'"),
    "getattr of sum": ("getattr(load, '__co' + 'de__')", "computed"),
    "getattr of arguments": ("getattr(*(load, '__co' + 'de__'))", "'getattr' with arguments"),
    "getattr in a loop": (
        "NAMES = ('a', 'b')\nNAMES = ['__co' + 'de__']\nx = [getattr(load, n) for n in NAMES]",
        "computed",
    ),
    "getattr of a loop's parameter": (
        "def f(n):\n    getattr(load, n)\nfor n in ('a', 'b'):\n    f(n)",
        "computed",
    ),
    "getattr in a comprehension in a comprehension": (
        "x = [[getattr(load, n) for n in ['__co' + 'de__']] for n in ('a', 'b')]",
        "computed",
    ),
    "getattr of a name from elsewhere": (
        "NAMES = ('a',)\ndef f():\n    global NAMES\n    NAMES = g()\n"
        "x = [getattr(load, n) for n in NAMES]",
        "computed",
    ),
    "getattr of dunder in a loop": (
        "x = [getattr(load, n) for n in ('size', '__code__')]",
        "'__code__'",
    ),
    "getattr passed on": ("map(getattr, [load], ['x'])", "passes 'getattr' on"),
    "attrgetter": ("import operator\noperator.attrgetter('__code__.co_code')", "'__code__"),
    "attrgetter renamed": ("from operator import attrgetter as a\na('__code__')", "'__code__'"),
    "format": ("'{0.__globals__}'.format(load)", "'__globals__'"),
    "match": ("match load:\n    case object(__globals__=g): pass", "'__globals__'"),
    "patched module": ("import json\njson.dumps = len", "changes the module 'json'"),
    "patched deep": ("import os\nos.path.exists = len", "changes the module 'os'"),
    "patched twice": ("import json\n(a, json.loads) = 1, 2", "changes the module 'json'"),
    "patched with setattr": (
        ("import json\nsetattr(json, 'dumps', len)"),
        "changes the module 'json'",
    ),
    "patched class": ("from datetime import datetime\ndatetime.now = len", "changes the module"),
    "deleted": ("import json\ndel json.dumps", "changes the module 'json'"),
    "long": ("#" * 9_000, "shorten it to"),
    "no Python": ("def f(:", "line 1"),
    "null byte": ("x = 1\0", "null byte"),
    "lone surrogate": ("x = '\ud800'", "surrogate"),
    "deep brackets": ("(" * 900 + ")" * 900, "no Python"),
}


@pytest.mark.parametrize(("code", "words"), FORGED_PATCHES.values(), ids=FORGED_PATCHES)
def test_forged_patch(code: str, words: str) -> None:
    """A patch that could play the test is refused with one sentence that says what to do."""
    reason = refused_patch(code, ORIGINAL)
    assert reason is not None
    assert words in reason
    assert reason.endswith(".")
    assert "\n" not in reason


def test_code_that_is_nested_too_deeply() -> None:
    """What the parser gives up on is refused like any other code."""
    original = "#" * 30_000
    assert refused_patch(f"{'-' * 90_000}1", original) == (
        "It is nested too deeply; write it flatter."
    )


def test_what_the_original_has_may_stay() -> None:
    """An unusual construct that the module was dealt with is no reason to refuse a patch."""
    original = "import sys\n\ndef read(name):\n    return getattr(sys, name).__dict__\n"
    assert refused_patch(f"{original}# repaired\n", original) is None
    assert refused_patch(f"{original}import gc\n", original) is not None
    assert refused_patch(f"{original}x = read.__code__\n", original) is not None


def test_screening_warns_nobody() -> None:
    """An invalid escape in a patch is no warning of the server."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert refused_patch("X = '\\d'", "Y = '\\w'") is None


HONEST_REPRODUCTIONS = {
    "plain": "def scenario(m):\n    return plain(m.load('a'))",
    "errors": (
        "def scenario(m):\n    try:\n        m.f()\n    except Exception as e:\n"
        "        return type(e).__name__"
    ),
    "yaml": (
        "import os\ndef scenario(m):\n"
        "    m.load('!!python/object/apply:os.mkdir [/w/owned]')\n"
        "    return os.path.isdir('/w/owned')"
    ),
    "pickle": (
        "import os, pickle\nclass E:\n"
        "    def __reduce__(self): return (os.mkdir, ('/w/o',))\ndef scenario(m):\n"
        "    m.load(pickle.dumps(E()))"
    ),
    "spy": (
        "import urllib.request, io\ndef scenario(m):\n    seen = []\n"
        "    m.urlopen = lambda u, timeout=None: seen.append(timeout) or io.BytesIO(b'')\n"
        "    m.get('http://x')\n    return seen"
    ),
    "mock": (
        "from unittest import mock\ndef scenario(m):\n"
        "    with mock.patch('urllib.request.urlopen') as u:\n        m.get('x')\n"
        "    return u.call_count"
    ),
    "logging": (
        "import logging\nclass H(logging.Handler):\n"
        "    def emit(self, record): self.seen = record.getMessage()\n"
        "def scenario(m):\n    h = H()\n    logging.getLogger().addHandler(h)\n"
        "    m.f()\n    return h.seen"
    ),
    "asyncio": (
        "import asyncio\ndef scenario(m):\n    async def go():\n"
        "        return await asyncio.gather(m.a(), m.b())\n"
        "    return asyncio.run(go())"
    ),
    "space": (
        "from types import SimpleNamespace\ndef scenario(m):\n    return m.f(SimpleNamespace(a=1))"
    ),
    "sqlite": (
        "import sqlite3\ndef scenario(m):\n"
        "    return m.find(sqlite3.connect(':memory:'), \"' or 1=1\")"
    ),
    "own private": (
        "class A:\n    def __init__(self): self._x = 1\n"
        "    def __enter__(self): return self._x\ndef scenario(m):\n    return m.f(A())"
    ),
    "subject": (
        "from subject import load\nimport json\ndef scenario(m):\n    return json.loads(load('a'))"
    ),
    "dates": (
        "import datetime\ndef scenario(m):\n"
        "    return m.day(datetime.datetime(2024, 1, 1)).isoformat()"
    ),
}


@pytest.mark.parametrize("code", HONEST_REPRODUCTIONS.values(), ids=HONEST_REPRODUCTIONS)
def test_honest_reproduction(code: str) -> None:
    """A scenario that shows a defect is run."""
    assert refused_reproduction(code, clock=False) is None


FORGED_REPRODUCTIONS = {
    "no scenario": ("x = 1", "define it"),
    "no parameter": ("def scenario(): return 1", "define it"),
    "async": ("async def scenario(m): return 1", "define it"),
    "time": ("import time\ndef scenario(m): return time.time()", "imports 'time'"),
    "inspect": (
        ("import inspect\ndef scenario(m): return inspect.getsource(m)"),
        "imports 'inspect'",
    ),
    "dis": ("import dis\ndef scenario(m): return 1", "imports 'dis'"),
    "sys": ("import sys\ndef scenario(m): return 1", "imports 'sys'"),
    "traceback": ("import traceback\ndef scenario(m): return 1", "imports 'traceback'"),
    "id": ("def scenario(m): return id(m)", "'id'"),
    "hash": ("def scenario(m): return hash(m.f)", "'hash'"),
    "dir": ("def scenario(m): return dir(m)", "'dir'"),
    "vars": ("def scenario(m): return vars(m)", "'vars'"),
    "code": ("def scenario(m): return m.f.__code__.co_code", "'co_code'"),
    "doc": ("def scenario(m): return m.f.__doc__", "'__doc__'"),
    "dict": ("def scenario(m): return sorted(m.__dict__)", "'__dict__'"),
    "defaults": ("def scenario(m): return m.f.__defaults__", "'__defaults__'"),
    "wrapped": ("def scenario(m): return m.f.__wrapped__", "'__wrapped__'"),
    "private": ("def scenario(m): return m.A()._rows", "private attribute '_rows'"),
    "exit": ("import os\ndef scenario(m): os._exit(0)", "'_exit'"),
    "unpickle": ("import pickle\ndef scenario(m): return pickle.loads(b'')", "pickle.loads"),
    "unpickle by name": ("from pickle import loads\ndef scenario(m): return 1", "pickle.loads"),
    "unpickle renamed": (
        ("import pickle\np = pickle\ndef scenario(m): return p.loads(b'')"),
        "passes 'pickle' on",
    ),
    "yaml": ("import yaml\ndef scenario(m): return yaml.unsafe_load('')", "yaml.unsafe_load"),
    "mock": (
        ("from unittest import mock\ndef scenario(m): return mock.patch.object(m.f, '__code__')"),
        "'__code__'",
    ),
    "mock original": (
        ("from unittest import mock\ndef scenario(m): return mock.patch('x.y').get_original()"),
        "'get_original'",
    ),
    "getattr": ("def scenario(m): return getattr(m, chr(102))", "computed"),
    "long": ("#" * 7_000, "shorten it to 6000"),
}


@pytest.mark.parametrize(("code", "words"), FORGED_REPRODUCTIONS.values(), ids=FORGED_REPRODUCTIONS)
def test_forged_reproduction(code: str, words: str) -> None:
    """A scenario that looks at how code is written is refused, and told what to do."""
    reason = refused_reproduction(code, clock=False)
    assert reason is not None
    assert words in reason
    assert reason.endswith(".")


def test_a_defect_of_time_may_be_shown_with_the_clock() -> None:
    """Only there `time` may be imported."""
    code = "import time\ndef scenario(m): return time.perf_counter()"
    assert refused_reproduction(code, clock=True) is None


@given(st.text() | st.text(alphabet="()[]{}:,.'\"=+-\n \tdefxm_"))
def test_any_text_is_screened(text: str) -> None:
    """Screening never raises, whatever it is given."""
    for reason in (refused_patch(text, ORIGINAL), refused_reproduction(text, clock=False)):
        assert reason is None or reason.endswith(".")
