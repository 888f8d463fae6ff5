"""What runs inside the guest: it warms CPython up, then plays one scenario and tells the answer.

The worker passes this file to the guest as its command, and forks the guest at two checkpoints:
once per job, with everything imported, and once per scenario, with the job's code compiled. Code
under test runs only after the second, so nothing that it does outlives its scenario.

It can reach everything in its own scenario but one thing: the password without which the host takes
no answer. No frame below the tested code holds it, because the stages are called from C. After that
code has run, nothing that it could have replaced is used: what counts is bound before it runs.
"""

import asyncio
import collections
import decimal
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import json
import json.encoder
import operator
import os
import sqlite3
import sys
from collections.abc import Callable, Sequence
from types import CodeType, ModuleType
from typing import Any, Final

# What code under test may import: done here, it costs a scenario nothing.
WARM: Final = """
abc argparse array ast base64 binascii bisect builtins calendar collections.abc configparser
contextlib contextvars copy csv dataclasses datetime difflib email.message email.mime.text
email.utils enum errno fnmatch fractions functools getpass glob gzip hashlib heapq hmac html
html.parser http.client http.cookies importlib.resources inspect io ipaddress itertools keyword
linecache locale logging logging.handlers math mimetypes numbers optparse pathlib pickle platform
posixpath pprint queue random re reprlib secrets select selectors shelve shlex shutil signal smtplib
socket stat statistics string struct subprocess tarfile tempfile textwrap threading time timeit
traceback tracemalloc types typing unicodedata unittest.mock urllib.error urllib.parse
urllib.request uuid warnings weakref xml.dom.minidom xml.etree.ElementTree zipfile zlib zoneinfo
"""
CHECKPOINT: Final = 0
ANSWERS: Final = 1
PASSWORD_SIZE: Final = 32
LONGEST_ANSWER: Final = 50_000
DEEPEST_ANSWER: Final = 50
PIECE: Final = 1 << 16


class LibraryFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports libraries from their sources, since the guest has no folder that holds them."""

    def __init__(self, sources: dict[str, str]) -> None:
        self._sources = sources

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Say how to import a module whose source is here."""
        if fullname not in self._sources:
            return None
        is_package = any(name.startswith(f"{fullname}.") for name in self._sources)
        return importlib.util.spec_from_loader(fullname, self, is_package=is_package)

    def exec_module(self, module: ModuleType) -> None:
        """Run a module's source."""
        name = module.__name__
        exec(compile(self._sources[name], f"{name}.py", "exec"), module.__dict__)  # noqa: S102


class Loop(asyncio.SelectorEventLoop):
    """An event loop without the pair of sockets that wakes it from other threads."""

    def _make_self_pipe(self) -> None:
        self._internal_fds = 0

    def _close_self_pipe(self) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


class LoopPolicy(asyncio.DefaultEventLoopPolicy):
    """Makes event loops that work here."""

    _loop_factory = Loop


class TooLongError(Exception):
    """A value is too long or too deep for an answer."""


def read_input(read: Callable[[int, int], bytes] = os.read) -> bytes:
    """Return all that the host has put on the standard input."""
    pieces = []
    while piece := read(0, PIECE):
        pieces.append(piece)
    return b"".join(pieces)


def make_plain() -> Callable[[object], object]:
    """Return the function that turns a value into plain data, whatever is replaced later."""
    kind_of, as_is, rows, table = type, (bool, int, float, type(None)), (list, tuple), dict
    text, size_of, error = str, len, TooLongError
    name_of = type.__dict__["__name__"].__get__

    def copied(value: Any, depth: int, room: list[int]) -> object:  # noqa: ANN401 # any at all
        kind = kind_of(value)
        room[0] -= size_of(value) if kind is text else 1
        if room[0] < 0 or depth > DEEPEST_ANSWER:
            raise error
        if kind is text or kind in as_is:
            return value
        if kind in rows:
            return [copied(item, depth + 1, room) for item in value]
        if kind is table:
            return {key_of(key, room): copied(item, depth + 1, room) for key, item in value.items()}
        return f"<{name_of(kind)}>"

    def key_of(key: Any, room: list[int]) -> str:  # noqa: ANN401 # any at all
        kind = kind_of(key)
        if kind is text:
            room[0] -= size_of(key)
            return text(key)
        return text(key) if kind in as_is else f"<{name_of(kind)}>"

    def plain(value: object) -> object:
        """Return exact bool, int, float, str, None, list or dict; `<type>` stands for others."""
        return copied(value, 0, [LONGEST_ANSWER])

    return plain


def flat(code: CodeType) -> CodeType:
    """Put all of a code on line 1, so that line numbers tell nothing about it."""
    # One entry covers up to eight instructions of two bytes and says: no columns, the same line.
    units = len(code.co_code) // 2
    entries = [min(8, units - begin) for begin in range(0, units, 8)]
    return code.replace(
        co_firstlineno=1,
        co_linetable=b"".join(bytes([0x80 | 13 << 3 | size - 1, 0]) for size in entries),
        co_consts=tuple(
            flat(constant) if isinstance(constant, CodeType) else constant
            for constant in code.co_consts
        ),
    )


def ballast(layout: int) -> list[bytes]:
    """Fill some of the heap, so that objects lie at other addresses in each layout."""
    return [
        bytes(size)
        for size in range(1, 512, 16)
        for _ in range(layout * 7 + layout * size % 11 if layout else 0)
    ]


def compiled(source: str, name: str) -> CodeType | BaseException:
    """Return the code of a source, or why there is none."""
    try:
        return compile(source, name, "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return error.with_traceback(None)


def usable(code: CodeType | BaseException) -> CodeType:
    """Return a code, or raise what kept it from being one."""
    if isinstance(code, BaseException):
        raise code
    return code


def make_stages() -> list[Callable[[], None]]:
    """Return what to call one after another, from C: load, play, tell."""
    password, body = b"", b""
    code: CodeType | BaseException
    scenario = ""
    kept: list[Any] = []
    settle = make_settle()
    plain, encode, compile_one = make_plain(), make_encode(), compiled
    run, modules, make_module, kind_of = exec, sys.modules, ModuleType, type
    name_of, failure = type.__dict__["__name__"].__get__, BaseException
    write, leave = os.write, os._exit
    too_long = TooLongError

    def load() -> None:
        nonlocal password, code, scenario
        os.write(CHECKPOINT, b"")  # the first checkpoint: a fork for each job
        job = json.loads(read_input())
        kept.append(ballast(job["layout"]))
        code = compiled(job["code"], "subject.py")
        if job["layout"] and isinstance(code, CodeType):
            code = flat(code)
        gc.freeze()
        os.write(CHECKPOINT, b"")  # the second one: a fork for each scenario
        given = read_input()
        password, scenario = given[:PASSWORD_SIZE], json.loads(given[PASSWORD_SIZE:])

    def play() -> None:
        nonlocal body
        try:
            module = modules["subject"] = make_module("subject")
            space: dict[str, Any] = {"__name__": "scenario", "m": module, "plain": plain}
            kept.extend((module, space))
            run(usable(code), module.__dict__)
            run(usable(compile_one(scenario, "scenario.py")), space)
            value = space["scenario"](module)
            kept.append(value)
            answer = ["ok", plain(value)]
        except too_long:
            answer = ["too long", None]
        except failure as error:
            kept.append(error)
            answer = ["raised", name_of(kind_of(error))]
        settle()
        body = encode(answer)

    def tell() -> None:
        try:
            write(ANSWERS, password + body)
        finally:
            leave(0)

    return [load, play, tell]


def make_encode() -> Callable[[object], bytes]:
    """Return what writes an answer as JSON; only C code is used after it was made."""
    # One of the two ways in which json itself calls it: no check of circles, no indent.
    parts: Any = json.encoder
    encoder = parts.c_make_encoder(
        None, repr, parts.c_encode_basestring_ascii, None, ":", ",", False, False, True
    )
    too_long = b'["too long",null]'
    join, size_of, failure = "".join, len, Exception

    def encode(answer: object) -> bytes:
        try:
            text = join(encoder(answer, 0)).encode()
        except failure:  # a number of more digits than CPython writes down
            return too_long
        return text if size_of(text) <= LONGEST_ANSWER else too_long

    return encode


def make_settle() -> Callable[[], None]:
    """Return what stops all that tested code may have left to run later."""
    system: Any = sys  # `monitoring` came with the guest's CPython
    collect_no_more, trace, profile = gc.disable, sys.settrace, sys.setprofile
    watching, watch = system.monitoring.get_tool, system.monitoring.set_events
    tools = tuple(range(6))

    def settle() -> None:
        collect_no_more()
        trace(None)
        profile(None)
        for tool in tools:
            if watching(tool) is not None:
                watch(tool, 0)

    return settle


def warm_up() -> None:
    """Import the libraries and leave as little as possible to do after the checkpoints."""
    for name in WARM.split():
        importlib.import_module(name)
    finder = LibraryFinder(json.loads(read_input()))
    sys.meta_path.append(finder)
    importlib.import_module("yaml")
    sys.meta_path.remove(finder)
    asyncio.set_event_loop_policy(LoopPolicy())
    sqlite3.connect(":memory:").execute("create table warm (up)")
    asyncio.run(asyncio.sleep(0))
    decimal.Decimal(1) / 3
    json.loads(json.dumps({"warm": [1, 2.5, None]}))
    gc.collect()


warm_up()
gc.collect()
gc.freeze()
# No name may hold the stages: from them one could find the password.
collections.deque(map(operator.call, make_stages()), maxlen=0)
