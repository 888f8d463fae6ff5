"""Review tasks by number, without randomness: the same id gives the same bytes everywhere.

A deal takes a module of its split, fills its slots with names and puts one variant into each site.
"""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from math import gcd, prod
from typing import Final, Literal, get_args

from python_env.kinds import Severity
from python_env.stock import modules
from python_env.stock.format import (
    LOUD,
    QUIET,
    RIGHT,
    WRONG_LOUD,
    WRONG_QUIET,
    Assembled,
    Headline,
    Module,
    Site,
    Wrong,
    assembled,
    defect_lines,
    filled,
)

Difficulty = Literal["easy", "medium", "hard"]
DIFFICULTIES: Final[tuple[Difficulty, ...]] = get_args(Difficulty)

# One deal in so many has no defect.
CLEAN_ONE_IN: Final = 8
MOST_DEFECTS: Final = 3


@dataclass(frozen=True)
class Defect:
    """A defect of a task.

    Attributes:
        site: The site of the module.
        kind: Which kind it is.
        severity: How severe it is.
        first: Its first line in the code that is shown, from 1.
        last: Its last line.
        function: The function or method around it; `<module>` if there is none.
        why: What it breaks.
    """

    site: str
    kind: str
    severity: Severity
    first: int
    last: int
    function: str
    why: str


@dataclass(frozen=True)
class ReviewTask:
    """A task: what is shown, and all that is true of it.

    Attributes:
        task_id: Its id.
        difficulty: Its level.
        module: The module of the stock.
        code: The code that is shown.
        defects: What is wrong with it, from top to bottom.
        chosen: By site, the variant.
        slots: By slot, the name.
    """

    task_id: str
    difficulty: Difficulty
    module: Module
    code: str
    defects: tuple[Defect, ...]
    chosen: Mapping[str, str]
    slots: Mapping[str, str]

    def twins(self, site: str) -> tuple[str, str]:
        """Return the code with one site put right, in both ways to do so."""
        return self._with({site: QUIET}), self._with({site: LOUD})

    def mended(self) -> str:
        """Return the code with every defect put right: a patch that earns all there is."""
        return self._with({defect.site: QUIET for defect in self.defects})

    def mended_wrongly(self, site: str) -> str:
        """Return the code with a site changed to the other wrong way, as if that were a fix."""
        other = WRONG_LOUD if self.chosen[site] == WRONG_QUIET else WRONG_QUIET
        return self._with({site: other})

    def _with(self, changes: Mapping[str, str]) -> str:
        return assembled(self.module.code, {**self.chosen, **changes}, self.slots).code


def number(key: str, bound: int) -> int:
    """Return a number from 0 below `bound` that is always the same for a key."""
    return int.from_bytes(sha256(key.encode()).digest()[:8], "big") % bound


def slots_for(module: Module, key: str, turn: int = 0) -> dict[str, str]:
    """Return the names that fill a module's slots; `Name` is `name` with a capital, if missing.

    Args:
        module: The module.
        key: Where to begin among all fillings.
        turn: How many fillings further to go: as many turns as there are fillings differ.

    Returns:
        By slot, the name.
    """
    rows = list(module.code.slots.items())
    whole = prod(len(choices) for _, choices in rows)
    # A stride without a common divisor reaches every filling before it repeats one.
    stride = next(i for i in range(whole // 2 + 1, 2 * whole + 2) if gcd(i, whole) == 1)
    place = (number(f"{key}/filling", whole) + turn * stride) % whole
    slots: dict[str, str] = {}
    for names, choices in rows:
        place, i = divmod(place, len(choices))
        slots |= zip(names.split(), choices[i], strict=True)
    return slots | {
        name.capitalize(): text.capitalize()
        for name, text in slots.items()
        if name.islower() and name.capitalize() not in slots
    }


def task_from(
    task_id: str,
    difficulty: Difficulty,
    module: Module,
    chosen: Mapping[str, str],
    slots: Mapping[str, str],
) -> ReviewTask:
    """Return the task in which a module's sites are written as `chosen` says.

    Args:
        task_id: Its id.
        difficulty: Its level.
        module: The module of the stock.
        chosen: By site, the variant.
        slots: By slot, the name.

    Returns:
        The task.
    """
    shown = assembled(module.code, chosen, slots)
    tree = ast.parse(shown.code)
    defects = [
        _defect(module, site, chosen[site.name], slots, shown, tree)
        for site in module.code.sites
        if chosen[site.name] not in RIGHT
    ]
    ordered = tuple(sorted(defects, key=lambda defect: defect.first))
    return ReviewTask(task_id, difficulty, module, shown.code, ordered, dict(chosen), dict(slots))


@lru_cache(maxsize=4096)
def deal(split: str, difficulty: Difficulty, index: int) -> ReviewTask:
    """Return a task by its number.

    Args:
        split: `train` or `test`.
        difficulty: The level.
        index: The number, from 0.

    Returns:
        The task.
    """
    key = f"{split}-{difficulty}-{index}"
    stock = list(modules(split).values())
    # Each module once in every round, so that none is rare and its fillings can take turns.
    turn, place = divmod(index, len(stock))
    stock.sort(key=lambda one: number(f"{split}-{difficulty}/{turn}/{one.name}", 1 << 40))
    module = stock[place]
    clean = number(f"{key}/clean", CLEAN_ONE_IN) == 0
    wrong = {} if clean else _defective(key, difficulty, module)
    right = _right(key, difficulty, module, wrong)
    slots = slots_for(module, f"{split}-{difficulty}-{module.name}", turn)
    return task_from(key, difficulty, module, right | wrong, slots)


def _right(
    key: str, difficulty: Difficulty, module: Module, wrong: Mapping[str, str]
) -> dict[str, str]:
    """Return the variants of the sites that are right; all but easy tasks have a decoy."""
    names = [site.name for site in module.code.sites if site.name not in wrong]
    if difficulty == "easy":
        return dict.fromkeys(names, QUIET)
    drawn = {name: QUIET if number(f"{key}/loud/{name}", 2) else LOUD for name in names}
    decoys = sum(variant == LOUD for variant in drawn.values())
    # A clean task has an odd number of them on medium and an even one on hard, so that none of one
    # level is one of the other.
    if decoys == 0 or (not wrong and decoys % 2 != (difficulty == "medium")):
        name = names[number(f"{key}/decoy", len(names))]
        drawn[name] = QUIET if drawn[name] == LOUD else LOUD
    return drawn


def headline_task(headline: Headline) -> ReviewTask:
    """Return a task that was chosen by hand.

    Args:
        headline: The choice.

    Returns:
        The task.
    """
    module = modules("train")[headline.module]
    chosen = {site.name: QUIET for site in module.code.sites}
    chosen |= dict.fromkeys(headline.decoys, LOUD) | dict(headline.wrong)
    slots = slots_for(module, f"{headline.task_id}-{headline.filling}")
    return task_from(headline.task_id, headline.difficulty, module, chosen, slots)


def _defective(key: str, difficulty: Difficulty, module: Module) -> dict[str, str]:
    """Return the variants of the sites that are to be wrong."""
    ordered = sorted(
        module.code.sites, key=lambda site: number(f"{key}/order/{site.name}", 1 << 40)
    )
    if difficulty == "easy":
        # Without decoys a loud defect would be the only loud place.
        plain = [site for site in ordered if not site.wrong_quiet.subtle]
        return {plain[0].name: WRONG_QUIET}
    if difficulty == "medium":
        chosen: Sequence[Site] = ordered[:2]
    else:
        chosen = _related_first(ordered, module)[: 1 + number(f"{key}/count", MOST_DEFECTS)]
    return {site.name: _wrong(key, site, subtle=difficulty == "hard") for site in chosen}


def _related_first(ordered: Sequence[Site], module: Module) -> list[Site]:
    """Put first what relies on what comes first, so that hard tasks have defects that interact."""
    first = ordered[0].name
    related = {name for pair in module.code.interacting if first in pair for name in pair}
    return sorted(ordered, key=lambda site: (site.name != first, site.name not in related))


def _wrong(key: str, site: Site, *, subtle: bool) -> str:
    """Choose a wrong variant, of two that differ in it the one that is as subtle as wanted."""
    quiet, loud = site.wrong_quiet, site.wrong_loud
    if quiet.subtle != loud.subtle and number(f"{key}/subtle/{site.name}", 2):
        return WRONG_QUIET if quiet.subtle == subtle else WRONG_LOUD
    return WRONG_QUIET if number(f"{key}/wrong/{site.name}", 2) else WRONG_LOUD


def _defect(
    module: Module,
    site: Site,
    variant: str,
    slots: Mapping[str, str],
    shown: Assembled,
    tree: ast.Module,
) -> Defect:
    wrong: Wrong = getattr(site, variant)
    begin, end = defect_lines(module.code, site, variant, slots)
    first, last = (shown.spans[site.name][0] + line - 1 for line in (begin, end))
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.lineno <= last
        and (node.end_lineno or 0) >= first
    ]
    function = max(around, key=lambda node: node.lineno).name if around else "<module>"
    why = filled(wrong.why, slots)
    return Defect(site.name, wrong.kind, wrong.severity, first, last, function, why)
