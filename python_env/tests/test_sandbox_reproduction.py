"""Which reproductions show a defect: those that tell the code from both twins by what it does."""

import pytest

from python_env.server.sandbox import Sandbox
from python_env.server.sandbox.reproduction import shows

CODE = '''
import random
import secrets

PLACES = 2

class Till:
    def __init__(self, rows: list = []) -> None:
        self.rows = rows

    def add(self, price: float) -> None:
        """Put a price in."""
        self.rows.append(price)

    def total(self) -> float:
        {total}

def token() -> str:
    return secrets.token_hex(4)
{more}
'''


def written(total: str, more: str) -> str:
    """Return the code with a body of its total and more below."""
    return CODE.replace("{total}", total).replace("{more}", more)


SHIPPED = written(total="return sum(self.rows[1:])", more="")
TWINS = (
    written(total="return round(sum(self.rows), PLACES)", more=""),
    written(
        total=(
            "total = 0\n        for row in self.rows:\n            total += row\n"
            "        return round(total, PLACES)"
        ),
        more="",
    ),
)
SHOWING = "def scenario(m):\n    t = m.Till([1.5, 2])\n    return t.total()\n"


def test_a_defect_is_shown(sandbox: Sandbox) -> None:
    """A scenario in which the code fails and both twins do not shows the defect."""
    assert shows(sandbox, SHIPPED, TWINS, SHOWING, clock=False)


def test_order_of_twins_does_not_matter(sandbox: Sandbox) -> None:
    """Nor does it which of the twins is the base."""
    assert shows(sandbox, SHIPPED, TWINS[::-1], SHOWING, clock=False)


def test_right_code_shows_nothing(sandbox: Sandbox) -> None:
    """Nothing can be shown of code that is one of the twins."""
    assert not shows(sandbox, TWINS[0], TWINS, SHOWING, clock=False)


def test_twins_must_agree(sandbox: Sandbox) -> None:
    """A scenario in which the twins differ says nothing about the defect."""
    assert not shows(sandbox, TWINS[0], (SHIPPED, TWINS[1]), SHOWING, clock=False)
    assert not shows(sandbox, TWINS[0], (TWINS[1], SHIPPED), SHOWING, clock=False)


HEAD = "def scenario(m):\n    t = m.Till([1.5, 2])\n"
TRICKS = {
    "constant": "    return 1\n",
    "raises in the twins": "    return 1 if t.total() != 3.5 else 1 / 0\n",
    "never ends in the code": "    while t.total() != 3.5:\n        pass\n    return 1\n",
    "never ends in the twins": "    while t.total() == 3.5:\n        pass\n    return 1\n",
    "address": "    return repr(m.Till)\n",
    "length of address": "    return [repr(m.Till)[-4:], repr(t.total)]\n",
    "order of addresses": (
        "    names = [m.Till, m.token, t.add, t]\n"
        "    order = {x: i for i, x in enumerate(names)}\n"
        "    return [order[x] for x in {*names}]\n"
    ),
    "clock of asyncio": (
        "    import asyncio\n    loop = asyncio.new_event_loop()\n"
        "    begin = loop.time()\n    t.total()\n    return loop.time() - begin > 0\n"
    ),
    "clock of dates": (
        "    import datetime\n    begin = datetime.datetime.now()\n    t.total()\n"
        "    return str(datetime.datetime.now() - begin)\n"
    ),
    "clock of logging": (
        "    import logging\n    t.total()\n    return logging.makeLogRecord({}).created\n"
    ),
    "clock of files": (
        "    import os\n    t.total()\n    open('/w/a', 'w').close()\n"
        "    return os.stat('/w/a').st_mtime_ns\n"
    ),
    "clock of random": "    import random\n    t.total()\n    return random.random()\n",
    "docstring": "    return t.add.__doc__\n",
    "bytecode": "    return t.total.__code__.co_code\n",
    "line": "    import logging\n    return logging.Logger('a').findCaller()[1]\n",
}


def test_the_code_may_raise(sandbox: Sandbox) -> None:
    """Where both twins return what they should, an error shows the defect as well."""
    scenario = f"{HEAD}    assert t.total() == 3.5\n    return 1\n"
    assert shows(sandbox, SHIPPED, TWINS, scenario, clock=False)


@pytest.mark.parametrize("trick", TRICKS.values(), ids=TRICKS)
def test_trick(sandbox: Sandbox, trick: str) -> None:
    """What owes nothing to behaviour shows nothing, though the code differs from the twins."""
    assert not shows(sandbox, SHIPPED, TWINS, HEAD + trick, clock=False)


NAMES = {
    "attribute": "    return hasattr(m, 'spare')\n",
    "access": (
        "    try:\n        return bool(m.spare)\n    except AttributeError:\n        return None\n"
    ),
    "import": (
        "    try:\n        from subject import spare\n        return 1\n"
        "    except ImportError:\n        return 2\n"
    ),
    "getattr": "    return str(getattr(m, 'spare', None))[:5]\n",
    "mock": (
        "    from unittest import mock\n    try:\n"
        "        with mock.patch('subject.spare'):\n            return 1\n"
        "    except AttributeError:\n        return 2\n"
    ),
    "keyword": (
        "    try:\n        return t.add(1, spare=2)\n    except TypeError:\n        return 1\n"
    ),
}


@pytest.mark.parametrize("trick", NAMES.values(), ids=NAMES)
def test_names_that_only_the_code_has_show_nothing(sandbox: Sandbox, trick: str) -> None:
    """How a defect is written down, such as a name of its own, is not what it does."""
    shipped = written(total="return sum(self.rows[1:])", more="def spare(spare=1): return 1")
    assert shows(sandbox, shipped, TWINS, SHOWING, clock=False)
    assert not shows(sandbox, shipped, TWINS, HEAD + trick, clock=False)


def test_lines_show_nothing(sandbox: Sandbox) -> None:
    """A warning tells where it was raised, but not in a reproduction."""
    code = "import warnings\n{}def f():\n    warnings.warn('old')\n"
    text = (
        "from unittest import mock\ndef scenario(m):\n    seen = []\n"
        "    with mock.patch('warnings.showwarning', lambda *a: seen.append(a[3])):\n"
        "        m.f()\n    return seen\n"
    )
    codes = [code.replace("{}", f"{'#' * i}\n" * i) for i in (2, 0, 0)]
    usual = [sandbox.run(one, [text])[0].value for one in codes]
    assert usual == [[5], [3], [3]]
    assert not shows(sandbox, codes[0], (codes[1], codes[2]), text, clock=False)


def test_time_shows_only_defects_of_time(sandbox: Sandbox) -> None:
    """The clock counts where the defect is one of time, and stands elsewhere."""
    code = "def same(a, b):\n    return {}\n"
    shipped = code.replace("{}", "all(x == y for x, y in zip(a, b))")
    twins = (
        code.replace("{}", "sum(x != y for x, y in zip(a, b)) == 0"),
        code.replace("{}", "not sum([x != y for x, y in zip(a, b)])"),
    )
    text = (
        "import time\ndef took(m, b):\n    begin = time.perf_counter()\n    m.same('a' * 500, b)\n"
        "    return time.perf_counter() - begin\n"
        "def scenario(m):\n    return took(m, 'a' * 500) > 3 * took(m, 'b' * 500)\n"
    )
    assert shows(sandbox, shipped, twins, text, clock=True)
    assert not shows(sandbox, shipped, twins, text, clock=False)
