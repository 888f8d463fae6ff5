"""What every reference policy earns, held against the bars: `python -m python_env.quality.report`.

The bars are for the mean over the deals that have a defect; the clean ones are reported apart.
Exits 1 if a bar is missed. Linters take part where they are installed; see `linters.py`.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from python_env.quality import constants, key, linters
from python_env.quality.forgeries import forged
from python_env.quality.keywords import RULES, keyword_rules
from python_env.quality.places import Learned, everywhere, whole_file
from python_env.quality.playing import (
    APPROVE,
    REQUEST,
    Decide,
    Played,
    Policy,
    in_turn,
    mean,
    play,
    reading,
    tasks,
)
from python_env.server.dealing import DIFFICULTIES, ReviewTask
from python_env.server.sandbox import Sandbox

# Deals of each level that are played; of those that run code, fewer.
EACH: Final = 100
EACH_WITH_CODE: Final = 12
EACH_FORGED: Final = 2
SPLITS: Final = ("train", "test")
FOLDER: Final = Path(__file__).parents[1]
FORGED: Final = "best of the forged patches"
# What the folder's README shows, with the best linter in their middle.
SHOWN: Final = (
    "request changes at once", "best constant review", "keyword rules", "words learned on train",
    "all hints, then guesses", FORGED, "answer key",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """What a policy earned on the deals of a split.

    Attributes:
        name: The policy.
        split: The split.
        bar: The most that its mean on deals with defects may be.
        least: The least that it may be.
        defective: That mean.
        worst: The highest mean of a level.
        highest: The highest score of one episode with a defect.
        everything: The mean over all deals.
        clean: The mean over the clean ones.
        note: What was chosen, if something was searched.
    """

    name: str
    split: str
    bar: float
    least: float
    defective: float
    worst: float
    highest: float
    everything: float
    clean: float
    note: str = ""

    def missed(self) -> bool:
        """Return whether the bar is missed."""
        return not self.least - 1e-9 <= self.defective <= self.bar + 1e-9


def rows(split: str, each: int, sandbox: Sandbox) -> Iterator[Row]:
    """Measure every policy on the deals of a split.

    Args:
        split: The split.
        each: How many deals of each level.
        sandbox: Runs patches and reproductions.

    Returns:
        A row for each policy.
    """
    some = tasks(split, each)
    few = tasks(split, min(each, EACH_WITH_CODE))

    def row(name: str, policy: Policy, bar: float, least: float = 0.0, note: str = "") -> Row:
        return _row(name, split, [play(one, policy, sandbox) for one in some], bar, least, note)

    yield row("approve at once", _always(APPROVE), 0.0)
    yield row("request changes at once", _always(REQUEST), 0.0)
    chosen, _ = constants.best([task for task in some if task.defects])
    note = "; ".join(f"{one.kind}, function {one.place}" for one in chosen)
    yield row("best constant review", reading(constants.plan_of(chosen)), 0.15, note=note)
    yield row("every kind everywhere", reading(everywhere), 0.0)
    yield row("whole file as evidence", reading(whole_file), 0.0)
    yield from _searched("keyword rules", split, some, sandbox, _keyword_plans())
    learned = Learned()
    yield row("places learned on train", reading(learned.by_name), 0.20 if split == "test" else 1.0)
    yield row("words learned on train", reading(learned.by_words), 0.20 if split == "test" else 1.0)
    for name in linters.NAMES:
        yield from _linter(name, split, some, sandbox)
    yield row("all hints, then guesses", key.hints_and_guesses, 0.30)
    yield row("one hint, then a guess", key.one_hint_and_guess, 0.30)
    yield row("right place, wrong kind", key.wrong_kind, 0.0)
    yield row("key without patch", key.key_without_patch, 0.56, 0.54)
    without = [play(one, key.patch_without_finding, sandbox) for one in few]
    yield _row("patch without finding", split, without, 0.0, 0.0)
    yield _forged_row(split, tasks(split, min(each, EACH_FORGED)), sandbox)
    whole = [play(one, key.answer_key(sandbox), sandbox) for one in few]
    yield _row("answer key", split, whole, 1.0, 1.0)


def _searched(
    name: str,
    split: str,
    some: Sequence[ReviewTask],
    sandbox: Sandbox,
    policies: Sequence[tuple[str, Policy]],
    bar: float = 0.20,
) -> Iterator[Row]:
    """Measure some ways to use the same reports, and return the best."""
    measured = [(what, [play(one, policy, sandbox) for one in some]) for what, policy in policies]
    what, played = max(measured, key=lambda item: mean(item[1], clean=False))
    yield _row(name, split, played, bar, 0.0, what)


def _keyword_plans() -> list[tuple[str, Policy]]:
    return [
        (f"{rules} rules, {most} findings", reading(keyword_rules(most, rules)))
        for most in (1, 2, 4, 8)
        for rules in (12, len(RULES))
    ]


def _linter(name: str, split: str, some: Sequence[ReviewTask], sandbox: Sandbox) -> Iterator[Row]:
    try:
        found = linters.reports(name, some)
    except linters.LinterError as error:
        sys.stderr.write(f"{name} was left out: {error}\n")
        return
    plans = [(f"{most} findings", reading(linters.plan(found, most))) for most in (1, 2, 4, 8)]
    yield from _searched(name, split, some, sandbox, plans)


def _forged_row(split: str, some: Sequence[ReviewTask], sandbox: Sandbox) -> Row:
    """Return what the best forged patch adds to a review that names every defect."""
    gained: list[Played] = []
    for task in some:
        for _, patch in forged(task):
            findings = [key.found(defect) for defect in task.defects]
            decide = [*findings, {"operation": "submit_patch", "patch": patch}]
            played = play(task, lambda _task, decide=decide: in_turn(decide), sandbox)  # type: ignore[misc]
            gained.append(played)
    names = len(list(forged(some[0])))
    patches = [one.evaluation.patch for one in gained if one.task.defects]
    highest = max(patches)
    return Row(
        FORGED, split, 0.0, 0.0, highest, highest, highest, highest, 0.0,
        f"{names} kinds; points of the patch leaf",
    )  # fmt: skip


def _row(
    name: str, split: str, played: Sequence[Played], bar: float, least: float, note: str = ""
) -> Row:
    levels = [
        mean([one for one in played if one.task.difficulty == level], clean=False)
        for level in DIFFICULTIES
    ]
    scores = [one.evaluation.score for one in played if one.task.defects]
    return Row(
        name, split, bar, least, mean(played, clean=False), max(levels), max(scores),
        mean(played), mean(played, clean=True), note,
    )  # fmt: skip


def _always(action: object) -> Policy:
    def policy(_task: ReviewTask) -> Decide:
        return lambda _seen: action  # type: ignore[return-value]

    return policy


def as_markdown(measured: Sequence[Row]) -> str:
    """Return a table of what was measured."""
    lines = [
        "| policy | split | bar | with a defect | best level | best episode | all | clean | |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in measured:
        marks = " **missed**" if row.missed() else ""
        lines.append(
            f"| {row.name} | {row.split} | {_bar(row)} | {row.defective:.3f}{marks} | "
            f"{row.worst:.3f} | {row.highest:.3f} | {row.everything:.3f} | {row.clean:.3f} | "
            f"{row.note} |"
        )
    return "\n".join(lines)


def brief(measured: Sequence[Row]) -> str:
    """Return the eight rows that the folder's README shows: cheats and the key, on test."""
    rows = {row.name: row for row in measured if row.split == "test"}
    played = [rows[name] for name in linters.NAMES if name in rows]
    chosen = [rows[name] for name in SHOWN[:4]]
    if played:
        best = max(played, key=lambda row: row.defective)
        chosen.append(replace(best, name=f"best of {len(played)} linters ({best.name})"))
    chosen += [rows[name] for name in SHOWN[4:]]
    lines = [
        "| policy | bar | mean | best level | best episode |",
        "| --- | --- | --- | --- | --- |",
    ]
    for row in chosen:
        lines.append(
            f"| {row.name} | {_bar(row)} | {row.defective:.3f} | {row.worst:.3f} | "
            f"{row.highest:.3f} |"
        )
    return "\n".join(lines)


def write(measured: Sequence[Row]) -> None:
    """Put the tables between their marks in both READMEs."""
    for path, mark, table in (
        (FOLDER / "README.md", "bars", brief(measured)),
        (FOLDER / "quality" / "README.md", "report", as_markdown(measured)),
    ):
        text = path.read_text(encoding="utf-8")
        before, opened, rest = text.partition(f"<!-- {mark} -->\n")
        _, closed, after = rest.partition(f"<!-- /{mark} -->")
        path.write_text(f"{before}{opened}{table}\n{closed}{after}", encoding="utf-8")


def _bar(row: Row) -> str:
    if row.bar >= 1.0 > row.least:
        return "no bar"
    if row.least == row.bar:
        return f"= {row.bar:.2f}"
    return f"<= {row.bar:.2f}" if not row.least else f"{row.least:.2f} to {row.bar:.2f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, and return 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--each", type=int, default=EACH, help="deals of each level")
    parser.add_argument("--split", choices=SPLITS, nargs="+", default=list(SPLITS))
    parser.add_argument("--write", action="store_true", help="put the tables into the READMEs")
    options = parser.parse_args(arguments)
    sandbox = Sandbox()
    try:
        measured: list[Row] = []
        for split in options.split:
            for row in rows(split, options.each, sandbox):
                sys.stderr.write(f"{row.split} {row.name}: {row.defective:.3f}\n")
                measured.append(row)
    finally:
        sandbox.close()
    sys.stdout.write(f"{as_markdown(measured)}\n")
    if options.write:
        write(measured)
    return int(any(row.missed() for row in measured))


if __name__ == "__main__":
    sys.exit(main())
