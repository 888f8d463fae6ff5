"""The tables about desks of their own: policies, readers, settings, give-aways."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Final

from deck.dealing import SPLITS, Split
from quality import desks, giveaways, readings, settings_bite
from quality.bars import NO_BAR
from quality.deals import Column
from quality.desks import BAG, BY_HEART, KEYWORD, MEMORYLESS, DesksRow
from quality.readings import Found

# The least share of its mail on which a careful reader agrees with the rules.
CAREFUL_AGREES: Final = 0.97
# The most that a reader in an agent's own situation may earn on months: the best have room to fail.
HURRIED_EARNS: Final = 0.85
SHOWN_IN_BRIEF: Final = (BY_HEART, KEYWORD, BAG, MEMORYLESS)


def of_desks(rows: Iterable[DesksRow]) -> str:
    """Write what policies earn at desks of their own, with the worst inbox and the bar."""
    lines = ["| policy | split | varied | month |", "| --- | --- | --- | --- |"]
    for row in rows:
        cells = " | ".join(map(_cell, row.columns))
        lines.append(f"| {row.name} | {row.split} | {cells} |")
    return "\n".join(lines)


def of_readings(found: Iterable[Found]) -> str:
    """Write how readers did who saw policy and mail and no answer."""
    lines = [
        "| reader | how it read | level | mails | label and team as the rules give | score |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {one.reader} | {one.manner} | {one.level} | {one.mails} | {one.agreed:.1%} "
        f"| {one.score:.2f} |"
        for one in found
    ]
    return "\n".join(lines)


def of_settings(bites: Mapping[Split, Mapping[settings_bite.Setting, float]]) -> str:
    """Write how much mail each setting of a desk changes."""
    lines = ["| setting | train | test |", "| --- | --- | --- |"]
    for setting in sorted({key for found in bites.values() for key in found}, key=str):
        cells = " | ".join(
            f"{found[setting]:.0%}" if setting in found else "none has it"
            for found in bites.values()
        )
        lines.append(f"| {setting[0]}: {_said(setting[1])} | {cells} |")
    return "\n".join(lines)


def of_giveaways(found: Mapping[Split, Mapping[str, float]]) -> str:
    """Write how often each trait of form alone gives the label."""
    lines = ["| trait | train | test |", "| --- | --- | --- |"]
    lines += [
        f"| {name} | {found['train'][name]:.2f} | {found['test'][name]:.2f} |"
        for name in found["train"]
    ]
    return "\n".join(lines)


def of_desks_in_brief(rows: Iterable[DesksRow], found: Iterable[Found]) -> str:
    """Write the eight lines that tell what desks of their own do to whom, on test inboxes."""
    lines = ["| who plays, on test inboxes | varied | month |", "| --- | --- | --- |"]
    means = {
        row.name: [column.mean for column in row.columns] for row in rows if row.split == "test"
    }
    for name in ("answer key", *SHOWN_IN_BRIEF):
        lines.append(f"| {name} | {' | '.join(f'{mean:.2f}' for mean in means[name])} |")
    scores: dict[str, dict[str, list[Found]]] = {}
    for one in found:
        scores.setdefault(one.manner, {}).setdefault(one.level, []).append(one)
    for manner, levels in scores.items():
        cells = [_mean_score(levels.get(level, [])) for level in ("varied", "month")]
        lines.append(f"| {manner} language-model readers | {' | '.join(cells)} |")
    return "\n".join(lines)


def _mean_score(found: list[Found]) -> str:
    mails = sum(one.mails for one in found)
    if not mails:
        return "not read"
    return f"{sum(one.score * one.mails for one in found) / mails:.2f}"


def missed() -> list[str]:
    """Return the names of all rows about desks that miss their bar."""
    names = [f"{row.name} ({row.split})" for row in _desks() if row.missed()]
    names += [
        f"{split}: {setting[0]} changes {share:.1%} of the mail, not {settings_bite.LEAST:.0%}"
        for split, found in _bites().items()
        for setting, share in found.items()
        if share < settings_bite.LEAST
    ]
    names += [
        f"{split}: {trait} gives {share:.2f} of the labels away, not {giveaways.MOST:.2f}"
        for split, found in _giveaways().items()
        for trait, share in found.items()
        if share > giveaways.MOST
    ]
    careful: dict[str, list[Found]] = {}
    for one in _readings():
        if one.manner == "careful":
            careful.setdefault(one.reader, []).append(one)
    names += [name for name, found in careful.items() if _agreed(found) < CAREFUL_AGREES]
    names += [
        f"{one.reader} earns {one.score:.2f} on months, not at most {HURRIED_EARNS}"
        for one in _readings()
        if one.manner == "hurried" and one.level == "month" and one.score > HURRIED_EARNS
    ]
    return names


def _agreed(found: list[Found]) -> float:
    """Return in how large a share of all mail that it read a reader agrees with the rules."""
    mails = sum(one.mails for one in found)
    return sum(one.agreed * one.mails for one in found) / mails


@cache
def _desks() -> list[DesksRow]:
    return desks.measure()


@cache
def _readings() -> list[Found]:
    return readings.measure()


@cache
def _bites() -> dict[Split, dict[settings_bite.Setting, float]]:
    return {split: settings_bite.measure(split) for split in SPLITS}


@cache
def _giveaways() -> dict[Split, dict[str, float]]:
    return giveaways.measure()


BLOCKS: Final[Mapping[str, Callable[[], str]]] = {
    "desks": lambda: of_desks(_desks()),
    "desks-brief": lambda: of_desks_in_brief(_desks(), _readings()),
    "readings": lambda: of_readings(_readings()),
    "settings": lambda: of_settings(_bites()),
    "giveaways": lambda: of_giveaways(_giveaways()),
}


def _cell(column: Column) -> str:
    worst = "" if column.bar == NO_BAR else f", worst {column.worst:.2f}"
    mark = " **MISSED**" if column.missed() else ""
    return f"{column.mean:.2f}{worst} ({column.bar}){mark}"


def _said(value: object) -> str:
    return " and ".join(map(str, value)) if isinstance(value, tuple) else str(value)
