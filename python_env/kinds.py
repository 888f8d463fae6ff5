"""What a defect can be, and how severe: the closed taxonomy that a reviewer answers in.

Each kind names its weakness as MITRE's Common Weakness Enumeration does (https://cwe.mitre.org).
Where two kinds could fit, the meaning says which one it is. Nothing here knows any code.
"""

from dataclasses import dataclass
from typing import Final, Literal, get_args

Area = Literal["security", "correctness", "reliability", "performance"]
Severity = Literal["critical", "high", "medium", "low"]

AREAS: Final[tuple[Area, ...]] = get_args(Area)
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)

# Read from the top: the first line that fits is the severity.
SEVERITY_RULES: Final[dict[Severity, str]] = {
    "critical": "someone without the right to it can run code or commands, act as someone else, or "
    "read, change or delete what belongs to others",
    "high": "secrets or personal data get out, data or money is silently lost, doubled or wrong, "
    "or one input can stop the service for everyone",
    "medium": "the caller gets a wrong answer or an error where the contract promises better, or "
    "work is done twice or too late; nothing is lost for good and nobody else is harmed",
    "low": "results stay right; only memory, handles, time or other resources are wasted",
}


@dataclass(frozen=True)
class Kind:
    """One kind of defect.

    Attributes:
        name: What a finding calls it.
        area: What it is a question of.
        cwe: Its number in the Common Weakness Enumeration; `None` if that has no entry for it.
        meaning: What it is, and what it is not where another kind is near.
    """

    name: str
    area: Area
    cwe: int | None
    meaning: str


_ROWS: Final = (
    # Security.
    ("sql-injection", "security", 89, "outside text becomes part of the text of an SQL statement"),
    ("command-injection", "security", 78, "outside text becomes a command, or an option of one"),
    ("code-injection", "security", 95, "outside text is evaluated as Python, or as a template or "
     "format that reaches objects"),
    ("unsafe-deserialization", "security", 502, "outside bytes are loaded by a loader that can "
     "build any object: pickle, YAML with tags and the like"),
    ("path-traversal", "security", 22, "an outside name leads to a file outside its folder, also "
     "through an archive or a link"),
    ("ssrf", "security", 918, "an outside address makes the service call hosts or schemes that it "
     "should not"),
    ("auth-bypass", "security", 863, "a check of who someone is, or of what they may do, is "
     "missing, can be got round, or looks at the wrong thing"),
    ("timing-leak", "security", 208, "how long a comparison of a secret takes tells a stranger "
     "about it"),
    ("secret-exposure", "security", 532, "a secret or personal data reaches a log, an error text "
     "or an answer that must not hold it"),
    ("weak-randomness", "security", 330, "a token, code or key can be predicted or is too short"),
    ("header-injection", "security", 93, "line breaks in outside text add lines to a header, a "
     "log or another format of lines"),
    # Correctness.
    ("off-by-one", "correctness", 193, "a bound, index, page or count is one too far or too near"),
    ("wrong-condition", "correctness", 697, "a test compares the wrong things, joins them wrongly, "
     "or treats an empty, zero or missing value as the other case; not a bound that is one off"),
    ("money-rounding", "correctness", 1339, "an amount is computed in floats, or rounded wrongly, "
     "too early or not at all"),
    ("time-zone", "correctness", None, "moments of different zones, or with and without one, are "
     "mixed, or a day or hour is taken in the wrong zone"),
    ("text-encoding", "correctness", 838, "text is encoded, escaped, folded or normalised "
     "differently on two sides, or bytes are counted as characters"),
    ("shared-state", "correctness", None, "a value meant for one call, object or caller is shared "
     "by several: a mutable default, a class attribute, a list handed out without a copy"),
    ("unit-mismatch", "correctness", None, "numbers of different units or scales are mixed: "
     "seconds and milliseconds, cents and whole units, percent and shares"),
    # Reliability.
    ("race-condition", "reliability", 362, "between a check or read and the act that rests on it, "
     "another task, process or caller can change what was seen"),
    ("resource-leak", "reliability", 772, "a file, connection, lock or other handle is not given "
     "back on some path"),
    ("swallowed-error", "reliability", 390, "a failure is hidden: it looks like success, like an "
     "empty result, or as if nothing had happened"),
    ("retry-misuse", "reliability", None, "what must not be repeated is retried, what should be is "
     "not, or pauses, their growth or the number of attempts are not as promised"),
    ("missing-timeout", "reliability", 1088, "a wait for something outside has no limit, or not "
     "the promised one"),
    ("partial-write", "reliability", 460, "a failure on the way leaves half of a change behind: no "
     "transaction, no rollback, a file overwritten in place"),
    # Performance.
    ("quadratic-time", "performance", 407, "the time grows with the square of the input, or worse, "
     "where the contract promises less; not by a regular expression"),
    ("regex-backtracking", "performance", 1333, "a regular expression takes exponential or "
     "polynomial time on some input"),
    ("unbounded-memory", "performance", 770, "memory grows with all that was ever seen, or with "
     "an input that should be read piece by piece"),
    ("cache-misuse", "performance", None, "a cache answers with what is not right for this key or "
     "not right any more, or never answers at all"),
)  # fmt: skip

KINDS: Final[dict[str, Kind]] = {row[0]: Kind(*row) for row in _ROWS}
# Only these may be shown by the clock: any two codes differ in how long they take.
KINDS_OF_TIME: Final = frozenset({"timing-leak", "quadratic-time", "regex-backtracking"})


def taxonomy() -> str:
    """Return the kinds and the rules of severity as text, one line each."""
    kinds = [
        f"- {kind.name} ({kind.area}{f', CWE-{kind.cwe}' if kind.cwe else ''}): {kind.meaning}"
        for kind in KINDS.values()
    ]
    rules = [f"- {name}: {rule}" for name, rule in SEVERITY_RULES.items()]
    return "\n".join(["Kinds:", *kinds, "Severity, the first that fits:", *rules])
