"""What an agent is told before it begins: the job, the operations, the rules of the score."""

from typing import Final

from python_env.actions import (
    MAX_FINDING_LINES,
    MAX_FINDINGS,
    MAX_HINTS,
    MAX_PATCHES,
    MAX_STEPS,
)
from python_env.kinds import KINDS_OF_TIME, taxonomy
from python_env.server.grading import (
    DUPLICATE_COST,
    FALSE_COST,
    HINT_COSTS,
    LEAST_WORDS,
    WEIGHTS,
)

_JOB: Final = f"""\
You review a Python module. Its docstrings are its contract; its callers, and everything that is
passed in, do what they promise. It has no defect, one or a few. Find each, show it if you can, mend
it, and end the review. Style, naming and missing tests are no defects.

Answer each time with one JSON object, which is one operation:
{{"operation": "add_finding", "kind": K, "severity": S, "first_line": N, "last_line": N,
 "rationale": "what the code does, and what it promises", "recommendation": "...",
 "reproduction": "def scenario(m): ..."}}
{{"operation": "submit_patch", "patch": "the whole module, mended, without line numbers"}}
{{"operation": "request_hint", "slot": 1, "level": 1}}
{{"operation": "finalize", "verdict": "approve" or "request_changes"}}

A finding covers the lines that are wrong, as the code is numbered, at most {MAX_FINDING_LINES}.
recommendation and reproduction may be left out. A reproduction is Python of its own that defines
scenario(m), where m is the module, and returns plain data (numbers, texts, lists, dicts): other
data than any right version of the module would give. It must not read the module's code. Only
{", ".join(sorted(KINDS_OF_TIME))} may be shown by the module time,
whose clock counts instructions. The code of a patch may also stand in a ```python block beside the
object.

You have {MAX_STEPS} steps, {MAX_FINDINGS} findings, {MAX_PATCHES} patches and {MAX_HINTS} hints.
The score is between 0 and 1:
- {WEIGHTS["findings"]:.2f} for naming the defects: most for the kind at the right place, the
  rest for exact lines and for the severity;
- {WEIGHTS["shown"]:.2f} for reproductions that show them;
- {WEIGHTS["patch"]:.2f} for the last patch, which must keep all behaviour that is right and mend
  defects that were named before it;
- {WEIGHTS["verdict"]:.2f} for request_changes at the end, if no finding was false.
- A false finding costs {FALSE_COST:.2f}, and so does one whose rationale has fewer than
  {LEAST_WORDS} different words; naming a defect again costs {DUPLICATE_COST:.2f}.
- A hint costs {HINT_COSTS[0]:.2f} for the function of one defect, counted from the top of the
  module, and {HINT_COSTS[1]:.2f} more for its kind (level 2); the defect is then worth half.
- If there is no defect, approve without a finding is worth 1.
"""

INSTRUCTIONS: Final = f"{_JOB}\n{taxonomy()}"


def numbered(code: str) -> str:
    """Return code with the number of each line before it, from 1."""
    lines = code.splitlines()
    width = len(str(len(lines)))
    return "\n".join(f"{i:>{width}} | {line}" for i, line in enumerate(lines, 1))
