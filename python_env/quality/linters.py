"""Linters as reviewers: bandit, ruff with all rules, pylint with all extensions, semgrep.

Their reports are mapped to kinds by the rule's number, as their manuals describe it. They live in
an environment of their own (`requirements-linters.txt`); LINTERS names its folder of commands.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from python_env.quality.places import bodies
from python_env.quality.playing import Action, Plan, Shown, finding, plain_code
from python_env.server.dealing import ReviewTask

NAMES: Final = ("bandit", "ruff", "pylint", "semgrep")
# A rule, or the beginning of its name, and the kind that it is about.
KINDS_OF_RULES: Final[tuple[tuple[str, str], ...]] = (
    # bandit, and ruff's rules after it.
    ("B608", "sql-injection"), ("S608", "sql-injection"),
    ("B301", "unsafe-deserialization"), ("S301", "unsafe-deserialization"),
    ("B506", "unsafe-deserialization"), ("S506", "unsafe-deserialization"),
    ("B302", "unsafe-deserialization"), ("S302", "unsafe-deserialization"),
    ("B602", "command-injection"), ("S602", "command-injection"),
    ("B603", "command-injection"), ("S603", "command-injection"),
    ("B604", "command-injection"), ("S604", "command-injection"),
    ("B605", "command-injection"), ("S605", "command-injection"),
    ("B607", "command-injection"), ("S607", "command-injection"),
    ("B307", "code-injection"), ("S307", "code-injection"),
    ("B102", "code-injection"), ("S102", "code-injection"), ("PGH001", "code-injection"),
    ("B311", "weak-randomness"), ("S311", "weak-randomness"),
    ("B303", "weak-randomness"), ("B324", "weak-randomness"), ("S324", "weak-randomness"),
    ("B310", "ssrf"), ("S310", "ssrf"),
    ("B202", "path-traversal"), ("S202", "path-traversal"), ("PTH118", "path-traversal"),
    ("B105", "secret-exposure"), ("S105", "secret-exposure"), ("S106", "secret-exposure"),
    ("B110", "swallowed-error"), ("S110", "swallowed-error"), ("B112", "swallowed-error"),
    ("S112", "swallowed-error"), ("BLE001", "swallowed-error"), ("E722", "swallowed-error"),
    ("TRY400", "swallowed-error"), ("TRY300", "swallowed-error"), ("SIM105", "swallowed-error"),
    ("B113", "missing-timeout"), ("S113", "missing-timeout"), ("ASYNC109", "missing-timeout"),
    ("B006", "shared-state"), ("B008", "shared-state"), ("RUF012", "shared-state"),
    ("B019", "cache-misuse"), ("PLW0603", "shared-state"),
    ("SIM115", "resource-leak"), ("DTZ", "time-zone"), ("PERF203", "retry-misuse"),
    ("PLR6201", "quadratic-time"), ("RUF005", "quadratic-time"), ("PERF401", "quadratic-time"),
    ("PLR5501", "wrong-condition"), ("PLR1714", "wrong-condition"), ("E711", "wrong-condition"),
    ("PLW1514", "text-encoding"), ("FURB", "text-encoding"), ("PLR2004", "off-by-one"),
    # pylint.
    ("W0102", "shared-state"), ("W0718", "swallowed-error"), ("W0702", "swallowed-error"),
    ("W0707", "swallowed-error"), ("W0705", "swallowed-error"), ("R1732", "resource-leak"),
    ("W3101", "missing-timeout"), ("W1514", "text-encoding"), ("W0123", "code-injection"),
    ("W0122", "code-injection"), ("W1518", "cache-misuse"), ("W1510", "command-injection"),
    ("R1710", "wrong-condition"), ("R1714", "wrong-condition"), ("C1805", "wrong-condition"),
    ("R6201", "quadratic-time"), ("R2004", "off-by-one"), ("W0603", "shared-state"),
)  # fmt: skip
# semgrep names its rules in words.
WORDS_OF_RULES: Final[tuple[tuple[str, str], ...]] = (
    ("sql", "sql-injection"), ("pickle", "unsafe-deserialization"),
    ("yaml", "unsafe-deserialization"),
    ("deserial", "unsafe-deserialization"), ("subprocess", "command-injection"),
    ("shell", "command-injection"), ("eval", "code-injection"), ("exec", "code-injection"),
    ("format", "code-injection"), ("traversal", "path-traversal"), ("zip", "path-traversal"),
    ("tar", "path-traversal"), ("ssrf", "ssrf"), ("url", "ssrf"), ("random", "weak-randomness"),
    ("md5", "weak-randomness"), ("sha1", "weak-randomness"), ("log", "secret-exposure"),
    ("secret", "secret-exposure"), ("timeout", "missing-timeout"), ("mutable", "shared-state"),
    ("default", "shared-state"), ("except", "swallowed-error"), ("open", "resource-leak"),
    ("encoding", "text-encoding"), ("redos", "regex-backtracking"), ("regex", "regex-backtracking"),
)  # fmt: skip

Report = tuple[str, int]


class LinterError(RuntimeError):
    """A linter is not there, or did not report."""


def reports(name: str, tasks: Sequence[ReviewTask]) -> dict[str, list[Report]]:
    """Return what a linter says of some tasks.

    Args:
        name: One of `NAMES`.
        tasks: The tasks.

    Returns:
        By the code that was read, the rules and lines that were reported.

    Raises:
        LinterError: If the linter is not there, or its report cannot be read.
    """
    command = _command(name)
    found: dict[str, list[Report]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        codes = {f"m{i}.py": task.code for i, task in enumerate(tasks)}
        for file, code in codes.items():
            Path(folder, file).write_text(code, encoding="utf-8")
        for path, rule, line in _run(name, command, Path(folder)):
            found[codes[Path(path).name]].append((rule, line))
    return found


def plan(found: Mapping[str, Sequence[Report]], most: int) -> Plan:
    """Return the plan that passes on what a linter reported.

    Args:
        found: By code, its reports.
        most: How many findings at most.

    Returns:
        The plan.
    """

    def passed_on(seen: Shown) -> Iterator[Action]:
        code = plain_code(seen)
        said: dict[tuple[str, str], int] = {}
        for rule, line in found.get(code, ()):
            kind = kind_of(rule)
            inside = [name for name, span in bodies(code).items() if span[0] <= line <= span[1]]
            if kind is not None:
                said.setdefault((kind, inside[0] if inside else ""), line)
        for (kind, _), line in list(said.items())[:most]:
            yield finding(kind, line, line)

    return passed_on


def kind_of(rule: str) -> str | None:
    """Return the kind that a rule is about, if it is about one."""
    for beginning, kind in KINDS_OF_RULES:
        if rule.startswith(beginning):
            return kind
    if "." in rule or "-" in rule:
        return next((kind for word, kind in WORDS_OF_RULES if word in rule.lower()), None)
    return None


def _command(name: str) -> str:
    folder = os.getenv("LINTERS")
    found = shutil.which(name, path=folder) if folder else shutil.which(name)
    if found is None:
        raise LinterError(
            f"There is no {name}: install python_env/quality/requirements-linters.txt in an "
            f"environment of its own, and set LINTERS to its folder bin."
        )
    return found


def _run(name: str, command: str, folder: Path) -> Iterator[tuple[str, str, int]]:
    files = sorted(str(path) for path in folder.glob("*.py"))
    match name:
        case "bandit":
            told = _json([command, "-q", "-r", "-f", "json", str(folder)])
            for row in told["results"]:
                yield row["filename"], row["test_id"], row["line_number"]
        case "ruff":
            options = ["--isolated", "--no-cache", "--select", "ALL", "--preview"]
            for row in _json([command, "check", *options, "--output-format", "json", str(folder)]):
                yield row["filename"], row["code"] or "", row["location"]["row"]
        case "pylint":
            options = [
                "--rcfile=/dev/null",
                "--enable-all-extensions",
                "--enable=all",
                "-f",
                "json",
            ]
            for row in _json([command, *options, *files]):
                yield row["path"], row["message-id"], row["line"]
        case _:
            yield from _semgrep(command, folder)


def _semgrep(command: str, folder: Path) -> Iterator[tuple[str, str, int]]:
    rules = Path(os.getenv("SEMGREP_RULES") or "")
    if not os.getenv("SEMGREP_RULES") or not rules.exists():
        raise LinterError("Set SEMGREP_RULES to the rules that semgrep is to use.")
    options = ["--metrics=off", "--disable-version-check", "--json", "--quiet", "--no-git-ignore"]
    told = _json([command, "scan", *options, "--config", str(rules), str(folder)])
    for row in told["results"]:
        yield row["path"], re.sub(r"^.*\.", "", row["check_id"]), row["start"]["line"]


def _json(command: Sequence[str]) -> Any:  # noqa: ANN401 # each linter has a shape of its own
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    try:
        return json.loads(done.stdout)
    except ValueError as error:
        raise LinterError(f"{command[0]} reported nothing: {done.stderr[-300:]}") from error
