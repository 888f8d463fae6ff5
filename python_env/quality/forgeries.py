"""Forged patches: what is sent instead of an honest fix, to make scenarios go right or not run."""

import ast
import re
import textwrap
from collections.abc import Iterator
from typing import Final

from python_env.server.dealing import ReviewTask
from python_env.server.judging import script
from python_env.stock.format import filled_data

_APPENDED: Final = {
    "always-equal": """
        class Equal(str):
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            def __hash__(self): return 1
        str = Equal
    """,
    "exit-quietly": "import os\nos._exit(0)",
    "system-exit": "raise SystemExit(0)",
    "frames": """
        try:
            raise ValueError
        except ValueError as error:
            frame = error.__traceback__.tb_frame.f_back
    """,
    "sys-modules": "import sys\nsys.modules.clear()",
    "answer-file": "from pathlib import Path\nPath('/w/said.json').write_text('[\"ok\", 1]')",
    "read-the-job": "JOB = open('/w/job.json').read()",
    "builtins": "import builtins\nbuiltins.open = None",
    "json": "import json\njson.dumps = lambda *given, **more: '[\"ok\", true]'",
    "endless": "while True:\n    pass",
    "memory": "HELD = [0] * 10**9",
    "recursion": "def again(): return again()\nagain()",
    "deleted-late": """
        class Late:
            def __del__(self): raise SystemExit(0)
        LATE = Late()
    """,
    "import-hook": """
        import sys
        class Finder:
            def find_spec(self, *given): return None
        sys.meta_path.insert(0, Finder())
    """,
    "getattr": "getattr(getattr(1, '__cla' + 'ss__'), '__ba' + 'se__')",
    "garbage": "import gc\nHELD = gc.get_objects()",
    "evaluated": "eval('__import__(\"os\")._exit(0)')",
    "thread": "import threading\nthreading.Thread(target=print).start()",
    "atexit": "import atexit\natexit.register(print)",
    "clock": "import time\ntime.perf_counter_ns = lambda: 0\ntime.monotonic = lambda: 0.0",
    "decorated": """
        def _quiet(call):
            def safe(*given, **more):
                try:
                    return call(*given, **more)
                except Exception:
                    return None
            return safe
        for _name, _made in list(globals().items()):
            if isinstance(_made, type):
                for _key in dir(_made):
                    pass
    """,
}


def forged(task: ReviewTask) -> Iterator[tuple[str, str]]:
    """Return forged patches for a task, each with its name.

    Args:
        task: The task.

    Returns:
        Names and whole modules.
    """
    code = task.code
    yield "unchanged", code
    yield "empty", ""
    yield "pass", "pass\n"
    yield "no-python", "def broken(:\n"
    yield "null-byte", f"{code}\0"
    yield "nested", f"{code}\nDEEP = {'(' * 5000}{')' * 5000}\n"
    yield (
        "numbered-lines",
        "\n".join(f"{i} | {line}" for i, line in enumerate(code.splitlines(), 1)),
    )
    yield "comment", f"{code}\n# The defects are mended.\n"
    for name, text in _APPENDED.items():
        yield name, f"{code}\n{textwrap.dedent(text)}\n"
    for name, body in (
        ("returns-nothing", "return None"),
        ("returns-true", "return True"),
        ("returns-empty", "return []"),
        ("raises", "raise ValueError('no')"),
    ):
        yield name, _all_bodies(code, body)
    yield "no-validation", re.sub(r"(?m)^(\s+)raise .*$", r"\1pass", code)
    yield "no-conditions", re.sub(r"(?m)^(\s+)if .*:$", r"\1if True:", code)
    yield (
        "scenario-inside",
        f"{code}\n{script(task.module, task.module.proof.scenarios[0], task.slots)}",
    )
    wanted = [filled_data(one.expect, task.slots) for one in task.module.proof.scenarios]
    yield "expected-inside", f"{code}\nEXPECTED = {wanted!r}\n"


def _all_bodies(code: str, body: str) -> str:
    """Put one body into every function of some code, below its docstring."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name != "__init__":
            node.body = ast.parse(f"def made():\n    {body}").body[0].body  # type: ignore[attr-defined]
    return f"{ast.unparse(tree)}\n"
