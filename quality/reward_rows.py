"""The eight rows that tell in short what the reward pays for.

Each is measured on the three headline tasks and on deals of test mail.
"""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Final, NamedTuple

from deck.dealing import DIFFICULTIES
from deck.mail import MAIL
from models import Difficulty, Task
from quality import written
from quality.deals import DealsRow
from quality.headline import RIGHT, Row
from quality.policies import Writer, play, summarising
from quality.shares import mechanical_writers, share_of, tried_deals
from tasks import TASKS

# What a row is called here, and among all rows.
PLAYED: Final = {
    "the answer key": "answer key",
    "nothing, blank or invalid answers": "best of nothing, blank, invalid",
    "one answer for every mail, the best of 320": "best of 320 constants",
    "random answers": "random draws",
    "keyword rules written from the policy": "keyword rules",
    "the answer key without memory of earlier mail": "answer key without memory",
}
SCORE_OF_RIGHT_DECISIONS: Final = f"{RIGHT}no summary"
HONEST: Final = f"{RIGHT}honest summaries"


class RewardRow(NamedTuple):
    """What is earned by whom: on the easy, the medium and the hard task, and on deals of each."""

    name: str
    headline: tuple[float, ...]
    deals: tuple[float, ...]


def measure(headline: Sequence[Row], deals: Sequence[DealsRow]) -> list[RewardRow]:
    """Choose and measure the rows.

    Args:
        headline: What `headline.measure` yielded for the headline tasks.
        deals: What `deals.measure_deals` returned.

    Returns:
        Eight rows.
    """
    played = {row.name: row.scores for row in headline}
    dealt = {
        row.name: tuple(column.mean for column in row.columns)
        for row in deals
        if row.split == "test"
    }
    rows = [RewardRow(name, played[row_name], dealt[row_name]) for name, row_name in PLAYED.items()]
    writers = mechanical_writers()
    name = f"right decisions, text of the best of {len(writers)} mechanical writers"
    three_tasks = [[task] for task in TASKS.values()]
    rows.append(RewardRow(name, _best(writers, three_tasks), _best(writers, tried_deals())))
    honest = [scores for name, scores in played.items() if name.startswith(HONEST)]
    bare = dict(zip(DIFFICULTIES, dealt[SCORE_OF_RIGHT_DECISIONS], strict=True))
    rows.append(
        RewardRow(
            "right decisions, honest summaries",
            tuple(map(fmean, zip(*honest, strict=True))),
            tuple(_honest_on_test(difficulty, bare[difficulty]) for difficulty in DIFFICULTIES),
        )
    )
    return rows


def _best(writers: Mapping[str, Writer], inboxes: Sequence[Sequence[Task]]) -> tuple[float, ...]:
    """Return, for each list of inboxes, the mean score of the writer that is best on them."""
    return tuple(
        max(
            fmean(play(task, summarising(writer)).score for task in tasks)
            for writer in writers.values()
        )
        for tasks in inboxes
    )


def _honest_on_test(difficulty: Difficulty, bare: float) -> float:
    """Return the score that right decisions with the deck's honest summaries come to."""
    names = {storyline.name for storyline in MAIL["test", difficulty]}
    shares = [
        share_of(mail, summary)
        for summaries in written.series(written.DECK).values()
        for mail, summary in summaries.items()
        if mail.partition("/")[0] in names
    ]
    return bare + (1.0 - bare) * fmean(shares)
