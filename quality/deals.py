"""What every reference policy earns on numbered deals of the deck, and its bars.

The bars are those of the headline tasks. A bar holds for the mean over the deals; where it is
exact (the answer key earns 1.0), it holds for every single deal.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from statistics import fmean
from typing import Final, NamedTuple

from deck import deal
from deck.dealing import DIFFICULTIES, SPLITS, Split
from models import (
    Difficulty,
    EmailObservation,
    GroundTruth,
    Label,
    Task,
    TriageAction,
)
from quality.bars import Bar, at_most
from quality.exploits import SUMMARY_EXPLOITS
from quality.headline import RIGHT, Row, measure
from quality.policies import Policy, play
from tasks import versions

DEALS_MEASURED: Final = 200
SEARCH_ROUNDS: Final = 10
PROGRESS_EVERY: Final = 50
# From how many train deals the answers by place are learned.
DEALS_LEARNED: Final = 300


class Column(NamedTuple):
    """What a policy earns on the measured deals of one split and difficulty.

    `worst` is the deal that is nearest to missing the bar, or misses it most.
    """

    mean: float
    worst: float
    bar: Bar

    def missed(self) -> bool:
        """Say whether the mean lies outside the bar, or a single deal breaks an exact one."""
        held = [self.mean, self.worst] if self.bar.is_exact() else [self.mean]
        return not all(map(self.bar.holds, held))


class DealsRow(NamedTuple):
    """One policy on the deals of one split: a column per difficulty."""

    name: str
    split: Split
    columns: tuple[Column, ...]

    def missed(self) -> bool:
        """Say whether a column misses its bar."""
        return any(column.missed() for column in self.columns)


def measure_deals(count: int = DEALS_MEASURED) -> list[DealsRow]:
    """Play every policy on the first deals of each split and difficulty, on all processors.

    Args:
        count: How many deals of each.

    Returns:
        One row per policy and split.
    """
    work = [(split, index) for split in SPLITS for index in range(count)]
    rows: dict[Split, list[list[Row]]] = {split: [] for split in SPLITS}
    # Spawned, because forking a process that has threads (a test runner's) can hang.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for done, measured in enumerate(pool.map(_measured, work, chunksize=5), start=1):
            rows[work[done - 1][0]].append(measured)
            if done % PROGRESS_EVERY == 0 or done == len(work):
                print(f"Played {done} of {len(work)} inboxes of each kind.", file=sys.stderr)
    return [_summed_up(split, same) for split in SPLITS for same in zip(*rows[split], strict=True)]


def _measured(work: tuple[Split, int]) -> list[Row]:
    split, index = work
    tasks: dict[str, Task] = {
        difficulty: deal(difficulty, split, index) for difficulty in DIFFICULTIES
    }
    rows = list(measure(tasks, draws=(index,), search_rounds=SEARCH_ROUNDS, series={}))
    by_place = tuple(play(task, answers_by_place(task.difficulty)).score for task in tasks.values())
    return [*rows, Row("answers by place, learned on train", by_place, at_most(0.30, 0.25, 0.25))]


def _summed_up(split: Split, same: Sequence[Row]) -> DealsRow:
    columns = []
    for i in range(len(DIFFICULTIES)):
        scores = [row.scores[i] for row in same]
        bars = [row.bars[i] for row in same]
        bar = Bar(fmean(bar.low for bar in bars), fmean(bar.high for bar in bars))
        worst = max(scores, key=partial(_excess, bar))
        columns.append(Column(fmean(scores), worst, bar))
    return DealsRow(same[0].name, split, tuple(columns))


def _excess(bar: Bar, score: float) -> float:
    """Return by how much a score lies outside the bar; inside it is negative."""
    return max(bar.low - score, score - bar.high)


@cache
def answers_by_place(difficulty: Difficulty) -> Policy:
    """Return the policy that knows, for each place in an inbox, what was most often right there.

    If storylines always began on Monday with a notice, this would earn something.

    Args:
        difficulty: Whose training deals it learns from.

    Returns:
        The policy; it writes no summaries.
    """
    seen: list[Counter[tuple[Label, str]]] = []
    for index in range(DEALS_LEARNED):
        truths = _expected_truths(deal(difficulty, "train", index))
        for place, truth in enumerate(truths):
            if place == len(seen):
                seen.append(Counter())
            seen[place][truth.label, truth.route_to] += 1
    answers = [counter.most_common(1)[0][0] for counter in seen]

    def policy(observation: EmailObservation, _truth: GroundTruth) -> TriageAction:
        label, route_to = answers[min(observation.step_number, len(answers)) - 1]
        return TriageAction(label=label, summary="", route_to=route_to)

    return policy


def _expected_truths(task: Task) -> list[GroundTruth]:
    """Return the answers along the path on which every mail is handled right."""
    return [task.ground_truth[versions(item)[0].email_id] for item in task.emails]


def folded(rows: Sequence[DealsRow]) -> list[DealsRow]:
    """Put the summary exploits into one row per split that shows the best of them.

    Args:
        rows: What `measure_deals` returned.

    Returns:
        The other rows, and one more at the end of each split.
    """
    exploits = {f"{RIGHT}{name}" for name in SUMMARY_EXPLOITS}
    shown = [row for row in rows if row.name not in exploits]
    for split in SPLITS:
        same = [row.columns for row in rows if row.name in exploits and row.split == split]
        best = tuple(
            Column(
                max(column.mean for column in columns),
                max(column.worst for column in columns),
                columns[0].bar,
            )
            for columns in zip(*same, strict=True)
        )
        place = max(i for i, row in enumerate(shown) if row.split == split) + 1
        shown.insert(place, DealsRow(f"{RIGHT}best of {len(same)} exploits", split, best))
    return shown
