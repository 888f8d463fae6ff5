"""What static checks say of any code, and that nothing makes them fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from python_env.server.static_review import static_review


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        pytest.param("try:\n    f()\nexcept:\n    g()\n", "bare-except", id="bare-except"),
        pytest.param("try:\n    f()\nexcept OSError:\n    pass\n", "ignored-error", id="ignored"),
        pytest.param("def f(x={}): ...\n", "mutable-default", id="dict"),
        pytest.param("def f(*, x=list()): ...\n", "mutable-default", id="call"),
        pytest.param("async def f(x=[1]): ...\n", "mutable-default", id="async"),
        pytest.param("eval(text)\n", "evaluates-text", id="eval"),
        pytest.param("import pickle\npickle.loads(b)\n", "loads-objects", id="pickle"),
        pytest.param("import yaml\nyaml.load(b)\n", "loads-objects", id="yaml"),
        pytest.param("import os\nos.system(c)\n", "runs-a-shell", id="system"),
        pytest.param("run(c, shell=True)\n", "runs-a-shell", id="shell"),
        pytest.param('db.execute(f"SELECT a FROM {t}")\n', "composed-sql", id="f-string"),
        pytest.param('db.execute("DELETE FROM t WHERE a = " + b)\n', "composed-sql", id="plus"),
        pytest.param('db.execute("select a from t where a = %s" % b)\n', "composed-sql", id="mod"),
        pytest.param('db.execute("DROP {}".format(t))\n', "composed-sql", id="format"),
        pytest.param("assert x\n", "assert", id="assert"),
        pytest.param("x is 'a'\n", "is-literal", id="is"),
        pytest.param("def f(:\n", "syntax", id="syntax"),
        pytest.param("x = '\0'\n", "syntax", id="null"),
    ],
)
def test_it_sees(code: str, rule: str) -> None:
    """Each rule finds its example, on a line that there is."""
    told = static_review(code)
    assert rule in {one.rule for one in told.observations}
    assert all(1 <= one.line <= told.lines for one in told.observations)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "try:\n    f()\nexcept OSError:\n    log()\n",
        "def f(x=None, y=()): ...\n",
        'db.execute("SELECT a FROM t WHERE a = ?", (a,))\n',
        'db.execute(f"SELECT")\n',
        'log.info(f"select {a} from the menu")\n',
        "import yaml\nyaml.load(b, Loader=yaml.SafeLoader)\n",
        "x is None or x is True or x is ...\n",
        "run(c, shell=False)\n",
    ],
)
def test_it_lets_be(code: str) -> None:
    """What is as it should be is not remarked upon."""
    assert static_review(code).observations == []


def test_it_says_what_the_sandbox_would_not_run() -> None:
    """A patch that reaches for frames would be refused, and an ordinary one would not."""
    assert static_review("import sys\nsys._getframe()\n").refused
    assert static_review("import json\n\n\ndef f(x):\n    return json.dumps(x)\n").refused is None


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("(" * 9_000 + ")" * 9_000, id="parentheses"),
        pytest.param("-" * 19_000 + "1", id="minus"),
        pytest.param("a" + ".b" * 9_000, id="attributes"),
        pytest.param("f" + "()" * 9_000, id="calls"),
        pytest.param("x = " + "1+" * 9_000 + "1", id="sum"),
        pytest.param('db.execute("select a from b"' + '+"x"' * 4_000 + ")", id="sql"),
        pytest.param("".join(f"{' ' * i}if 1:\n" for i in range(150)), id="blocks"),
        pytest.param("lambda: " * 2_000 + "1", id="lambdas"),
        pytest.param("x = [" + "0," * 9_000 + "]", id="wide"),
        pytest.param("f'{" * 100 + "1" + "}'" * 100, id="f-strings"),
        pytest.param("\\" * 20_000, id="backslashes"),
        pytest.param("\ud800", id="half-a-character"),
        pytest.param("def f(x=[]): ...\n" * 1_000, id="many"),
    ],
)
def test_nothing_breaks_it(code: str) -> None:
    """However deep or long, there is an answer, and it is not long."""
    told = static_review(code)
    assert len(told.observations) <= 100
    assert len(told.model_dump_json()) < 20_000


@given(some.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    """Whatever comes, something can be said."""
    assert static_review(text).note
