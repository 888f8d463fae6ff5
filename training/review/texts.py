"""What a small model reads of a module under review, and what it writes.

Instructions and taxonomy take a thousand tokens, the module two thousand more; so a prompt holds
the names of the kinds and the module, and an answer is one operation: the finding, or `approve`.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from python_env.kinds import KINDS

APPROVE: Final = {"operation": "finalize", "verdict": "approve"}
REQUEST: Final = {"operation": "finalize", "verdict": "request_changes"}
FINDING: Final = ("operation", "kind", "severity", "first_line", "last_line", "rationale")
SYSTEM: Final = (
    "You review a Python module that has one defect or none. Answer with one JSON object and "
    "nothing else: either\n"
    '{"operation": "add_finding", "kind": one of the kinds; "severity": critical, high, medium or '
    'low; "first_line" and "last_line": the numbers of the wrong lines; "rationale": what the code '
    "does, in a sentence} or\n"
    f"{json.dumps(APPROVE)}\n"
    f"Kinds: {', '.join(KINDS)}."
)


def review_messages(code: str) -> list[dict[str, str]]:
    """Return the prompt for a module.

    Args:
        code: The module as the environment shows it, each line with its number.

    Returns:
        Chat messages.
    """
    return [{"role": "system", "content": SYSTEM}, {"role": "user", "content": code}]


def review_text(action: Mapping[str, Any]) -> str:
    """Return the first operation of a review as a model should write it.

    Args:
        action: A finding, whose reproduction and recommendation are left out, or an approval.

    Returns:
        One line of JSON.
    """
    kept = {name: action[name] for name in FINDING if name in action}
    return json.dumps(kept if "kind" in action else dict(action), ensure_ascii=False)
