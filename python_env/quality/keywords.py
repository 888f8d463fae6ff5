"""Keyword rules: what a reviewer finds who looks for words and reads nothing.

Each rule is a pattern for a line and the kind that it makes one think of, as the cheat sheets of
secure and careful coding name them. One finding a function and kind, the surest rules first.
"""

import re
from collections.abc import Iterator
from typing import Final

from python_env.quality.places import bodies
from python_env.quality.playing import Action, Plan, Shown, finding, plain_code

# From the surest to the least sure.
_ROWS: Final = (
    (
        "unsafe-deserialization",
        r"pickle\.loads?|yaml\.(?:unsafe_)?load\(|UnsafeLoader|FullLoader|marshal|shelve",
    ),
    ("command-injection", r"shell=True|os\.system|os\.popen|subprocess\.\w+\(\s*f[\"']|\bsh\b.*-c"),
    ("code-injection", r"\beval\(|\bexec\(|\.format\(\*\*|\.format_map\(|Template\("),
    (
        "sql-injection",
        r"f[\"'].*\b(?:SELECT|INSERT|UPDATE|DELETE|ORDER BY|WHERE|LIKE)\b.*\{|(?:SELECT|"
        r"WHERE|ORDER BY).*[\"'] ?(?:\+|%)|execute\(\s*f[\"']",
    ),
    (
        "timing-leak",
        r"(?:digest|signature|token|secret|mac|expected|hash)\w* ?[!=]= |"
        r"[!=]= ?\w*(?:digest|signature|token|secret|mac|expected)",
    ),
    (
        "weak-randomness",
        r"random\.(?:random|randint|choice|choices|getrandbits|randrange)|random\.Random|"
        r"uuid1|token_hex\([1-7]\)",
    ),
    (
        "path-traversal",
        r"os\.path\.join|extractall|\.extract\(|startswith\(str\(|/ name\b|\.\./|normpath",
    ),
    ("ssrf", r"urlopen|urlsplit|urlparse|\.hostname|\.netloc|redirect"),
    ("header-injection", r"Subject|\\r\\n|headers?\[|splitlines|\\n\" ?\+"),
    (
        "secret-exposure",
        r"log(?:ger|ging)?\.\w+\(.*(?:password|token|secret|key|headers|email|card|body)|"
        r"print\(.*(?:password|token)",
    ),
    (
        "shared-state",
        r"(?:=|:.*=) ?(?:\{\}|\[\]|set\(\)|dict\(\)|list\(\))\s*[,)]|^\s+\w+: ?(?:dict|"
        r"list|set)\b.*= ?(?:\{\}|\[\])|global ",
    ),
    ("swallowed-error", r"except Exception|except:|except BaseException|suppress\(|^\s+pass$"),
    ("regex-backtracking", r"re\.\w+\(.*(?:\+\)[+*]|\*\)[+*]|\.\*.*\.\*|\\s\*\)\*)"),
    (
        "missing-timeout",
        r"timeout=None|\.get\(\)|\.wait\(\)|\.join\(\)|urlopen\([^,]*\)|await \w+\.\w+\(\)",
    ),
    ("resource-leak", r"= open\(|\.open\(|sqlite3\.connect|= \w+\.acquire\(|\.acquire\(\)"),
    ("retry-misuse", r"for attempt in|while attempt|\battempts?\b|backoff|retries"),
    ("partial-write", r"write_text|write_bytes|open\(.*[\"']w|\.commit\(\)|executescript"),
    (
        "race-condition",
        r"exists\(\)|if \w+ not in self\.|is_file\(\)|await .*\n?.*self\._\w+ [-+]=",
    ),
    ("money-rounding", r"float\(|round\(|\* 0\.\d|/ 100\b|quantize"),
    (
        "time-zone",
        r"utcnow|datetime\.now\(\)|fromtimestamp|replace\(tzinfo|timedelta\(hours|"
        r"\.date\(\)",
    ),
    ("text-encoding", r"encode\(|decode\(|\.lower\(\)|casefold|errors=[\"']ignore|latin-1"),
    ("unit-mismatch", r"\* 1000|/ 1000|\* 60\b|_ms\b|_seconds|milliseconds|1024"),
    ("quadratic-time", r"not in \w+:|\.index\(|\.pop\(0\)|\.insert\(0|\+= \[|\.count\("),
    ("unbounded-memory", r"\.read\(\)|readlines\(\)|\.append\(|fetchall|setdefault"),
    ("cache-misuse", r"cache|lru_cache|_seen\[|_memo|ttl|expires"),
    ("off-by-one", r"\+ 1\b|- 1\b|<=|>=|\[1:\]|\[:-1\]|range\("),
    ("auth-bypass", r"role|owner|permission|allowed|admin|is_admin|verify"),
    ("wrong-condition", r"if not \w+:| or \w+ (?:==|is)|if \w+:$|\bis not\b"),
)  # fmt: skip
RULES: Final = tuple((kind, re.compile(pattern)) for kind, pattern in _ROWS)


def hits(code: str) -> Iterator[tuple[int, str, str, int]]:
    """Return the rank of a rule, its kind, the function and the line of each hit in some code."""
    lines = code.splitlines()
    for rank, (kind, pattern) in enumerate(RULES):
        for name, (first, last) in bodies(code).items():
            for line in range(first, last + 1):
                if pattern.search(lines[line - 1]):
                    yield rank, kind, name, line
                    break


def keyword_rules(most: int, rules: int = len(RULES)) -> Plan:
    """Return a plan that reports the surest hits.

    Args:
        most: How many.
        rules: How many of the rules are used, from the surest.

    Returns:
        The plan.
    """

    def plan(seen: Shown) -> Iterator[Action]:
        found = [hit for hit in hits(plain_code(seen)) if hit[0] < rules]
        for _, kind, _, line in sorted(found)[:most]:
            yield finding(kind, line, line)

    return plan
