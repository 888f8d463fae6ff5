"""What policies earn that do not read the rules of a desk, on varied inboxes and on months.

All of them are helped: they know what a desk calls the team that does the core of a base desk's
team's work, and all but the constants write the reviewed summary.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from statistics import fmean
from typing import Final, Literal, NamedTuple

from deck import deal
from deck.dealing import SPLITS, Split, inbox_of
from deck.varied import Inbox
from models import LABELS, EmailObservation, GroundTruth, Label, TriageAction
from quality.bag import Bag, bag_of
from quality.bars import EXACTLY_ONE, EXACTLY_ZERO, NO_BAR, Bar
from quality.deals import Column
from quality.policies import EMPTY_ANSWERS, Policy, always, answer_key, memoryless, play
from quality.policies import keyword as keyword_rules
from tasks import ROUTES, versions

Level = Literal["varied", "month"]
LEVELS: Final[tuple[Level, ...]] = ("varied", "month")
MEASURED: Final[Mapping[Level, int]] = {"varied": 150, "month": 40}
# From how many inboxes to train on the reader of words learns.
LEARNED: Final[Mapping[Level, int]] = {"varied": 2_000, "month": 300}

BY_HEART: Final = "every mail's answer by heart, for the base desk"
KEYWORD: Final = "keyword rules"
BAG: Final = "bag of words, learned on train"
MEMORYLESS: Final = "answer key without memory"
CONSTANT: Final = "best of 32 constants"
BARS: Final[Mapping[tuple[str, Level], Bar]] = {
    # What is learned by heart on train is known there, so that has a bar on test alone.
    ("answer key", "varied"): EXACTLY_ONE,
    ("answer key", "month"): EXACTLY_ONE,
    ("best of nothing, blank, invalid", "varied"): EXACTLY_ZERO,
    ("best of nothing, blank, invalid", "month"): EXACTLY_ZERO,
    (CONSTANT, "varied"): Bar(0.0, 0.25),
    # Most work of a month is normal, as in life; an inbox of eight is balanced.
    (CONSTANT, "month"): Bar(0.0, 0.30),
    (BY_HEART, "varied"): Bar(0.0, 0.55),
    (KEYWORD, "varied"): Bar(0.0, 0.30),
    (KEYWORD, "month"): Bar(0.0, 0.30),
    (BAG, "varied"): Bar(0.0, 0.40),
    (BAG, "month"): Bar(0.0, 0.40),
    (MEMORYLESS, "month"): Bar(0.0, 0.60),
}
Maker = Callable[[Inbox], Policy]


class DesksRow(NamedTuple):
    """One policy on one split: a column for varied inboxes and one for months."""

    name: str
    split: Split
    columns: tuple[Column, ...]

    def missed(self) -> bool:
        """Say whether a column misses its bar."""
        return any(column.missed() for column in self.columns)


def measure(counts: Mapping[Level, int] = MEASURED) -> list[DesksRow]:
    """Play every policy on the first inboxes of both levels and splits, on all processors.

    Args:
        counts: How many inboxes of each level.

    Returns:
        One row per policy and split.
    """
    work = [
        (split, level, index)
        for split in SPLITS
        for level in LEVELS
        for index in range(counts[level])
    ]
    scores: dict[tuple[Split, str, Level], list[float]] = {}
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        played = pool.map(_played, work, chunksize=20)
        for (split, level, _), earned in zip(work, played, strict=True):
            for name, score in earned.items():
                scores.setdefault((split, name, level), []).append(score)
    return list(_rows(scores))


def _rows(scores: Mapping[tuple[Split, str, Level], list[float]]) -> Iterator[DesksRow]:
    names = dict.fromkeys(name for _, name, _ in scores)
    shown = [name for name in names if not name.startswith("constant:")]
    for split in SPLITS:
        for name in shown:
            columns = [_column(name, split, level, scores[split, name, level]) for level in LEVELS]
            yield DesksRow(name, split, tuple(columns))
        constants = [
            max((scores[split, name, level] for name in names if name not in shown), key=fmean)
            for level in LEVELS
        ]
        columns = [
            _column(CONSTANT, split, level, earned)
            for level, earned in zip(LEVELS, constants, strict=True)
        ]
        yield DesksRow(CONSTANT, split, tuple(columns))


def _column(name: str, split: Split, level: Level, earned: list[float]) -> Column:
    learned_here = (name, split) == (BAG, "train")
    bar = NO_BAR if learned_here else BARS.get((name, level), NO_BAR)
    worst = min(earned) if bar == EXACTLY_ONE else max(earned)
    return Column(fmean(earned), worst, bar)


def _played(work: tuple[Split, Level, int]) -> dict[str, float]:
    split, level, index = work
    inbox, task = inbox_of(level, split, index), deal(level, split, index)
    earned = {name: play(task, maker(inbox)).score for name, maker in _makers(level).items()}
    empty = max(play(task, always(answer)).score for answer in EMPTY_ANSWERS.values())
    return earned | {"best of nothing, blank, invalid": empty}


def _makers(level: Level) -> dict[str, Maker]:
    constants = {
        f"constant:{label}/{team}": _constant(label, team) for label in LABELS for team in ROUTES
    }
    return {
        "answer key": lambda _: answer_key,
        MEMORYLESS: lambda _: memoryless,
        BY_HEART: by_heart,
        KEYWORD: keyword,
        BAG: lambda inbox: of_words(level, inbox),
        **constants,
    }


def by_heart(inbox: Inbox) -> Policy:
    """Return the policy that knows each mail's answer at the base desk and skips the rules."""

    def policy(observation: EmailObservation, truth: GroundTruth) -> TriageAction:
        label, team = inbox.written[observation.email_id]
        return _helped(inbox, label, team, truth)

    return policy


def keyword(inbox: Inbox) -> Policy:
    """Return the keyword rules of the base desk, with the reviewed summary."""

    def policy(observation: EmailObservation, truth: GroundTruth) -> TriageAction:
        decided = keyword_rules(observation, truth)
        return _helped(inbox, decided.label, decided.route_to, truth)

    return policy


def of_words(level: Level, inbox: Inbox) -> Policy:
    """Return the policy that learned on train which words go with which label and which team."""
    labels, teams = _learned(level)

    def policy(observation: EmailObservation, truth: GroundTruth) -> TriageAction:
        words = bag_of(observation)
        return _helped(inbox, labels.guess(words), teams.guess(words), truth)

    return policy


@cache
def _learned(level: Level) -> tuple[Bag[Label], Bag[str]]:
    inboxes = [inbox_of(level, "train", index) for index in range(LEARNED[level])]
    labels: list[tuple[frozenset[str], Label]] = []
    teams: list[tuple[frozenset[str], str]] = []
    for inbox in inboxes:
        cores = {name: team for team, name in reversed(inbox.desk.teams.items())}
        for case in (versions(item)[0] for item in inbox.cases):
            words = bag_of(case.email)
            labels.append((words, case.truth.label))
            if case.truth.route_to in cores:
                teams.append((words, cores[case.truth.route_to]))
    return Bag(labels), Bag(teams)


def _constant(label: Label, team: str) -> Maker:
    return lambda inbox: always(
        TriageAction(label=label, summary="", route_to=inbox.desk.teams[team])
    )


def _helped(inbox: Inbox, label: Label, team: str, truth: GroundTruth) -> TriageAction:
    return TriageAction(
        label=label, summary=truth.reference_summary, route_to=inbox.desk.teams[team]
    )
