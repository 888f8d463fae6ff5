"""Proves the stock: `python -m python_env.quality.proving [MODULE ...]`.

Every right variant passes all scenarios of its module, and every wrong one fails at least one of
its own site and none of another. Deals with several defects fail what their defects fail, and
nothing else. All of it is run in the sandbox, with two fillings of the slots.
"""

import ast
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Final

from python_env.kinds import KINDS, SEVERITIES
from python_env.quality.key import reproduction_of
from python_env.server.dealing import number, slots_for, task_from
from python_env.server.judging import as_expected, script, scripts
from python_env.server.sandbox import Answer, Sandbox
from python_env.stock import SPLITS, modules
from python_env.stock.format import (
    LOUD,
    QUIET,
    RIGHT,
    WRONG,
    Module,
    Site,
    StockError,
    Wrong,
    assembled,
    defect_lines,
    filled_data,
)

FILLINGS: Final = 2
# Assemblies of each module in which two or three sites are wrong.
COMBINATIONS: Final = 4
FEWEST_LINES: Final = 60
MOST_LINES: Final = 170
LONGEST_LINE: Final = 100
MOST_DEFECT_LINES: Final = 8
# Of easy tasks each module of train is dealt some two hundred times, and none twice.
FEWEST_FILLINGS: Final = 240


@dataclass(frozen=True)
class Case:
    """A module with one variant at each site, and the sites that are wrong."""

    label: str
    chosen: Mapping[str, str]

    def wrong_sites(self) -> set[str]:
        """Return the sites whose proofs must fail."""
        return {site for site, variant in self.chosen.items() if variant in WRONG}


def cases(module: Module) -> Iterator[Case]:
    """Return what must be proved of a module.

    All right versions together, then each wrong one alone, then some of them together among right
    ones of both ways.
    """
    base = {site.name: QUIET for site in module.code.sites}
    yield from _all_right(base)
    for site in module.code.sites:
        for variant in WRONG:
            yield Case(f"{site.name}: {variant}", base | {site.name: variant})
    names = sorted(base)
    for i in range(COMBINATIONS):
        key = f"{module.name}/combination/{i}"
        drawn = sorted(names, key=lambda name: number(f"{key}/{name}", 1 << 40))[: 2 + i % 2]
        others = {name: RIGHT[number(f"{key}/right/{name}", 2)] for name in names}
        wrong = {name: WRONG[number(f"{key}/wrong/{name}", 2)] for name in drawn}
        yield Case(f"together {wrong}", others | wrong)


def grouped(module: Module) -> Iterator[Case]:
    """Return fewer cases in which each wrong version occurs once, with three others."""
    names = [site.name for site in module.code.sites]
    yield from _all_right(dict.fromkeys(names, QUIET))
    for variant in WRONG:
        for first, right in ((0, QUIET), (1, LOUD)):
            chosen = dict.fromkeys(names, right) | dict.fromkeys(names[first::2], variant)
            yield Case(f"{variant} in {names[first::2]}", chosen)


def _all_right(base: Mapping[str, str]) -> Iterator[Case]:
    yield Case("all quiet", base)
    yield Case("all loud", dict.fromkeys(base, LOUD))


def faults(module: Module, sandbox: Sandbox, *, quick: bool = False) -> Iterator[str]:
    """Say what is not proved of a module, one sentence each; nothing if all is well.

    Args:
        module: The module.
        sandbox: Runs it.
        quick: Whether to prove wrong versions in groups, with one filling of the slots.

    Returns:
        The faults of form and of proof.
    """
    yield from faults_of_form(module)
    for i in range(1 if quick else FILLINGS):
        slots = slots_for(module, f"proof-{i}")
        drawn = list(grouped(module) if quick else cases(module))
        played = scripts(module, slots)
        codes = [assembled(module.code, case.chosen, slots).code for case in drawn]
        answers = sandbox.run_all([(code, played) for code in codes])
        for case, found in zip(drawn, answers, strict=True):
            yield from _faults_of_case(module, case, found, slots)
    yield from faults_of_reproduction(module, sandbox)


def _faults_of_case(
    module: Module, case: Case, answers: Sequence[Answer], slots: Mapping[str, str]
) -> Iterator[str]:
    wrong, place = case.wrong_sites(), f"{module.name}, {case.label}"
    failed_sites: set[str] = set()
    for one, answer in zip(module.proof.scenarios, answers, strict=True):
        expect = filled_data(one.expect, slots)
        if as_expected(answer, expect):
            continue
        if one.site in wrong:
            failed_sites.add(one.site)
            continue
        told = json.dumps(answer.value)[:300]
        yield f"{place}: {one.name} gives {answer.outcome} {told}, not {json.dumps(expect)[:300]}"
    for site in sorted(wrong - failed_sites):
        yield f"{place}: nothing proves the defect of {site}"


def faults_of_reproduction(module: Module, sandbox: Sandbox) -> Iterator[str]:
    """Say which defects no scenario shows that an agent could have sent as a reproduction."""
    slots = slots_for(module, "proof-0")
    base = {site.name: QUIET for site in module.code.sites}
    for site in module.code.sites:
        for variant in WRONG:
            task = task_from("proof", "hard", module, base | {site.name: variant}, slots)
            if reproduction_of(task, task.defects[0], sandbox) is None:
                yield f"{module.name}/{site.name}/{variant}: no scenario can be a reproduction"


def faults_of_form(module: Module) -> Iterator[str]:
    """Say what is wrong with how a module is written."""
    names = {site.name for site in module.code.sites}
    proved = {one.site for one in module.proof.scenarios}
    if names - proved:
        yield f"{module.name}: no scenario proves {sorted(names - proved)}"
    if None not in proved:
        yield f"{module.name}: no scenario holds what must be kept"
    if len({one.name for one in module.proof.scenarios}) < len(module.proof.scenarios):
        yield f"{module.name}: two scenarios share a name"
    if unknown := {name for pair in module.code.interacting for name in pair} - names:
        yield f"{module.name}: interacting names {sorted(unknown)}"
    fillings = prod(len(rows) for rows in module.code.slots.values())
    if fillings < FEWEST_FILLINGS:
        yield f"{module.name}: its slots have {fillings} fillings, not {FEWEST_FILLINGS}"
    slots = slots_for(module, "proof-0")
    for one in module.proof.scenarios:
        compile(script(module, one, slots), one.name, "exec")
    for site in module.code.sites:
        yield from _faults_of_site(module, site, slots)


def _faults_of_site(module: Module, site: Site, slots: Mapping[str, str]) -> Iterator[str]:
    base = {other.name: QUIET for other in module.code.sites}
    for variant in (*RIGHT, *WRONG):
        place = f"{module.name}/{site.name}/{variant}"
        code = assembled(module.code, base | {site.name: variant}, slots).code
        try:
            ast.parse(code)
        except SyntaxError as error:
            yield f"{place}: {error}"
            continue
        lines = code.splitlines()
        if not FEWEST_LINES <= len(lines) <= MOST_LINES:
            yield f"{place}: {len(lines)} lines, not {FEWEST_LINES} to {MOST_LINES}"
        if any(len(line) > LONGEST_LINE for line in lines):
            yield f"{place}: a line has more than {LONGEST_LINE} characters"
        if variant in WRONG:
            yield from _faults_of_defect(module, site, variant, slots)


def _faults_of_defect(
    module: Module, site: Site, variant: str, slots: Mapping[str, str]
) -> Iterator[str]:
    wrong: Wrong = getattr(site, variant)
    place = f"{module.name}/{site.name}/{variant}"
    if wrong.kind not in KINDS:
        yield f"{place}: unknown kind {wrong.kind!r}"
    if wrong.severity not in SEVERITIES:
        yield f"{place}: unknown severity {wrong.severity!r}"
    try:
        first, last = defect_lines(module.code, site, variant, slots)
    except StockError as error:
        yield f"{error}"
        return
    if not 1 <= first <= last <= len(wrong.text.strip("\n").splitlines()):
        yield f"{place}: the lines {first} to {last} are not in its text"
    if last - first >= MOST_DEFECT_LINES:
        yield f"{place}: a defect has at most {MOST_DEFECT_LINES} lines, not {last - first + 1}"


def main(names: Sequence[str]) -> int:
    """Prove the named modules, or all; return how many have a fault."""
    stock = {name: found for split in SPLITS for name, found in modules(split).items()}
    if unknown := set(names) - stock.keys():
        sys.stderr.write(f"No module {min(unknown)!r}; there are: {', '.join(stock)}.\n")
        return 2
    sandbox, broken = Sandbox(), 0
    try:
        for name in names or stock:
            begin = time.perf_counter()
            found = list(faults(stock[name], sandbox))
            broken += bool(found)
            seconds = time.perf_counter() - begin
            sys.stdout.write(f"{name}: {len(found)} faults ({seconds:.1f} s)\n")
            sys.stdout.write("".join(f"  {fault}\n" for fault in found))
            sys.stdout.flush()
    finally:
        sandbox.close()
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
