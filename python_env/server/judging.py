"""What some code does in the scenarios of a module, and whether that is what it must do.

The scenarios go into the sandbox; what they must return never does.
"""

import json
import textwrap
from collections.abc import Mapping
from typing import Any

from python_env.server.sandbox import Answer, Sandbox
from python_env.stock.format import Module, Scenario, filled, filled_data


def script(module: Module, scenario: Scenario, slots: Mapping[str, str]) -> str:
    """Return a scenario as the sandbox runs it: a text that defines `scenario(m)`."""
    body = textwrap.indent(filled(scenario.body, slots).strip("\n"), "    ")
    return f"{filled(module.proof.prelude, slots)}\ndef scenario(m):\n{body}\n"


def scripts(module: Module, slots: Mapping[str, str]) -> list[str]:
    """Return all scenarios of a module as the sandbox runs them."""
    return [script(module, one, slots) for one in module.proof.scenarios]


def passed(
    module: Module, code: str, slots: Mapping[str, str], sandbox: Sandbox
) -> dict[str, bool]:
    """Return by name whether each scenario of a module goes as it must with some code.

    Args:
        module: The module.
        code: Any code.
        slots: By slot, the name.
        sandbox: Runs it.

    Returns:
        By scenario, whether what it returned is what is expected.
    """
    answers = sandbox.run(code, scripts(module, slots))
    return {
        one.name: as_expected(answer, filled_data(one.expect, slots))
        for one, answer in zip(module.proof.scenarios, answers, strict=True)
    }


def as_expected(answer: Answer, expect: Any) -> bool:  # noqa: ANN401 # what JSON can hold
    """Return whether a scenario returned what it must; `1`, `1.0` and `True` are three things."""
    return answer.outcome == "ok" and _written(answer.value) == _written(expect)


def _written(value: Any) -> str:  # noqa: ANN401 # what JSON can hold
    return json.dumps(value, sort_keys=True)
