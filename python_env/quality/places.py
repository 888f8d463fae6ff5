"""Policies that point by place: constants, every place, and what was learned of other modules."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from math import log
from typing import Final

from python_env.actions import MAX_FINDING_LINES
from python_env.kinds import KINDS
from python_env.quality.playing import (
    Action,
    Shown,
    finding,
    plain_code,
    tasks,
)
from python_env.server.dealing import ReviewTask

# How many deals of each level of train are learned from.
LEARNED: Final = 300
_WORD: Final = re.compile(r"[A-Za-z_]{3,}|[=<>!+%]=?|except|0\.\d+")


@cache
def bodies(code: str) -> dict[str, tuple[int, int]]:
    """Return by name the first and last line of the body of each function, from top to bottom."""
    found: dict[str, tuple[int, int]] = {}
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name != "__init__":
            documented = ast.get_docstring(node) is not None and len(node.body) > 1
            found[node.name] = (node.body[1 if documented else 0].lineno, node.end_lineno or 0)
    return dict(sorted(found.items(), key=lambda item: item[1]))


def everywhere(seen: Shown) -> Iterator[Action]:
    """Say every kind of every eight lines, as far as findings go."""
    lines = len(seen.code.splitlines())
    for first in range(1, lines, MAX_FINDING_LINES):
        for kind in KINDS:
            yield finding(kind, first, min(lines, first + MAX_FINDING_LINES - 1))


def whole_file(seen: Shown) -> Iterator[Action]:
    """Say of each kind that it is somewhere in the whole file, with the file as the evidence."""
    lines = len(seen.code.splitlines())
    for kind in KINDS:
        yield finding(kind, 1, lines, "critical", plain_code(seen)[:900])


class Learned:
    """What train shows of functions: how often which words stand in those with which defect.

    A naive Bayes classifier (Maron, 1961) of the words of a function, over the kinds and none.
    """

    def __init__(self) -> None:
        """Learn from the first deals of train."""
        self._words: dict[str, Counter[str]] = defaultdict(Counter)
        self._seen: Counter[str] = Counter()
        self._names: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        for task in tasks("train", LEARNED):
            self._learn(task)

    def _learn(self, task: ReviewTask) -> None:
        wrong = {defect.function: defect for defect in task.defects}
        lines = task.code.splitlines()
        for name, (first, last) in bodies(task.code).items():
            kind = wrong[name].kind if name in wrong else ""
            words = set(_WORD.findall("\n".join(lines[first - 1 : last])))
            self._words[kind].update(words)
            self._seen[kind] += 1
            if name in wrong:
                self._names[name][kind, wrong[name].severity] += 1

    def by_name(self, seen: Shown) -> Iterator[Action]:
        """Point at functions whose names had a defect, most frequent first."""
        known = {
            name: self._names[name].most_common(1)[0]
            for name in bodies(plain_code(seen))
            if name in self._names
        }
        for name, ((kind, severity), _) in sorted(known.items(), key=lambda item: -item[1][1])[:2]:
            first, last = bodies(plain_code(seen))[name]
            yield finding(kind, first, min(last, first + MAX_FINDING_LINES - 1), severity)

    def by_words(self, seen: Shown) -> Iterator[Action]:
        """Point at the function that is most like one with a defect."""
        code = plain_code(seen)
        lines = code.splitlines()
        best: list[tuple[float, str, str]] = []
        for name, (first, last) in bodies(code).items():
            words = set(_WORD.findall("\n".join(lines[first - 1 : last])))
            odds = {kind: self._odds(kind, words) for kind in self._seen}
            kind = max((kind for kind in odds if kind), key=lambda kind: odds[kind])
            best.append((odds[kind] - odds[""], name, kind))
        for _, name, kind in sorted(best, reverse=True)[:1]:
            first, last = bodies(code)[name]
            yield finding(kind, first, min(last, first + MAX_FINDING_LINES - 1))

    def _odds(self, kind: str, words: set[str]) -> float:
        seen, counted = self._words[kind], self._seen[kind]
        return log(counted) + sum(log((seen[word] + 0.5) / (counted + 1)) for word in words)
