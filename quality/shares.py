"""How much of the summary's credit texts earn behind right decisions: honest, false, mechanical.

Each row is a series of texts with the bar that it is held to. The headline tasks' honest series
stand among the policies as well (quality/headline.py).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from statistics import fmean
from typing import Any, Final, NamedTuple

from deck import deal, find_deal
from deck.dealing import DIFFICULTIES
from graders import GRADERS
from models import MAX_SUMMARY_LENGTH, Email, EmailObservation, Task, TriageAction
from quality.attacks import attacks
from quality.bars import NO_BAR, Bar
from quality.picker import learn
from tasks import TASKS, versions

FOLDER: Final = Path(__file__).parent
SUMMARIES: Final = FOLDER / "summaries"
HONEST: Final = Bar(0.95, 1.0)
AT_FIRST_SIGHT: Final = Bar(0.93, 1.0)
WITH_DENYING_WORDS: Final = Bar(0.85, 1.0)
POOR_SHARE: Final = 0.5
MOST_POOR: Final = 0.02
WRONG: Final = Bar(0.0, 0.2)
# One statement that does not hold costs at least a fact of three: two thirds squared are left.
FALSE: Final = Bar(0.0, 0.5)
MECHANICAL: Final = Bar(0.0, 0.3)
# Mechanical writers learn from so many train deals of each difficulty and are tried on these.
DEALS_LEARNED: Final = 40
DEALS_TRIED: Final = range(0, 40, 4)
WORTH_SHOWING: Final = 0.2
# What a false summary says that the rules can notice; the other kinds have no bar.
NOTICED: Final = ("amount", "party", "void", "other_matter", "verdict")


class Share(NamedTuple):
    """What a series of texts earns, and the bar it is held to.

    Attributes:
        name: Which series.
        mean: The mean share of the summary's credit, in [0, 1].
        poor: The share of its texts that earn less than half, in [0, 1].
        number: How many texts there are.
        bar: The interval for the mean; honest series may not have many poor texts either.
    """

    name: str
    mean: float
    poor: float
    number: int
    bar: Bar

    def missed(self) -> bool:
        """Say whether the mean lies outside the bar or too many honest summaries earn little."""
        too_poor = self.bar == HONEST and self.poor > MOST_POOR
        return too_poor or not self.bar.holds(self.mean)


def credit_share(email_id: str, summary: str) -> float:
    """Return the share of its summary credit that a summary earns behind a right decision.

    Args:
        email_id: The mail, such as `hard-02` or, of a deal, `train-hard-17-05a`.
        summary: What was written about it.

    Returns:
        The share in [0, 1].
    """
    task = _task(email_id)
    truth = task.ground_truth[email_id]
    bare = TriageAction(label=truth.label, summary="", route_to=truth.route_to)
    grade = GRADERS[task.difficulty]
    missing = 1.0 - grade(bare, truth).score
    written = bare.model_copy(update={"summary": summary[:MAX_SUMMARY_LENGTH]})
    return 1.0 - (1.0 - grade(written, truth).score) / missing


@cache
def _deal(task_id: str) -> Task:
    return find_deal(task_id)


def _task(email_id: str) -> Task:
    for task in TASKS.values():
        if email_id in task.ground_truth:
            return task
    return _deal(email_id.rpartition("-")[0])


def measure() -> Iterator[Share]:
    """Grade every series of texts.

    Yields:
        The honest series, those read at first sight, the false ones, each kind by itself, and
        what mechanical writers make of test mail and of the three tasks' mail.
    """
    every: list[float] = []
    for path in sorted((SUMMARIES / "deck").glob("*.json")):
        shares = _shares(_read(path).items())
        every += shares
        yield _share(f"honest ({path.stem})", shares, HONEST)
    yield _share("honest, all on the deck", every, HONEST)
    headline = [
        share for path in SUMMARIES.glob("*.json") for share in _shares(_read(path).items())
    ]
    yield _share("honest, all on the three tasks", headline, HONEST)
    for path in sorted((SUMMARIES / "first_sight").glob("*.json")):
        yield _share(
            f"honest, at first sight ({path.stem})", _shares(_read(path).items()), AT_FIRST_SIGHT
        )
    yield _share(
        'honest, with words such as "far from"',
        _shares(_pairs("denying_summaries.json")),
        WITH_DENYING_WORDS,
    )
    yield _share("honest, of rare wording", _shares(_pairs("stress_summaries.json")), NO_BAR)
    yield _share("wrong", _shares(_pairs("wrong_summaries.json")), WRONG)
    false = sorted(_read(FOLDER / "false_summaries.json"), key=itemgetter("kind"))
    for kind, lines in groupby(false, key=itemgetter("kind")):
        shares = _shares((line["email_id"], line["summary"]) for line in lines)
        yield _share(
            f"false ({kind.replace('_', ' ')})", shares, FALSE if kind in NOTICED else NO_BAR
        )
    yield from _with_the_key()
    yield from _mechanical()


def _with_the_key() -> Iterator[Share]:
    """Reference summaries out of order: whoever has them needs no such trick, so no bar."""
    key = [(eid, truth) for task in TASKS.values() for eid, truth in task.ground_truth.items()]
    orders: dict[str, Callable[[list[str]], list[str]]] = {
        "backwards": lambda words: words[::-1],
        "in alphabetical order": sorted,
        "every third word first": lambda words: words[::3] + words[1::3] + words[2::3],
    }
    for name, order in orders.items():
        texts = [(eid, " ".join(order(truth.reference_summary.split()))) for eid, truth in key]
        yield _share(f"the answer key, {name}", _shares(texts), NO_BAR)


def _mechanical() -> Iterator[Share]:
    lessons = (deal(kind, "train", i) for kind in DIFFICULTIES for i in range(DEALS_LEARNED))
    writers = attacks(learn(lessons))
    dealt = [deal(kind, "test", i) for kind in DIFFICULTIES for i in DEALS_TRIED]
    for place, tasks in (("test mail", dealt), ("three tasks", list(TASKS.values()))):
        mails = [(task, email) for task in tasks for email in _mails(task)]
        for name, writer in writers.items():
            shares = []
            for task, email in mails:
                seen = EmailObservation(
                    **email.model_dump(), task_id=task.task_id, step_number=1, total_emails=1
                )
                truth = task.ground_truth[email.email_id]
                shares.append(credit_share(email.email_id, writer(seen, truth)))
            yield _share(f"mechanical, {place} ({name})", shares, MECHANICAL)


def _mails(task: Task) -> list[Email]:
    return [versions(item)[0] for item in task.emails]


def folded(shares: Sequence[Share]) -> list[Share]:
    """Keep, of the mechanical writers that earn little, only how many there are.

    Args:
        shares: What `measure` yielded.

    Returns:
        The same, with one row for those below a fifth of the credit.
    """
    kept = [share for share in shares if share.bar != MECHANICAL or share.mean >= WORTH_SHOWING]
    low = [share for share in shares if share not in kept]
    number = max((share.number for share in low), default=0)
    best = max((share.mean for share in low), default=0.0)
    poor = min((share.poor for share in low), default=1.0)
    return [
        *kept,
        Share(f"mechanical, the best of {len(low)} more", best, poor, number, MECHANICAL),
    ]


def _read(path: Path) -> Any:  # noqa: ANN401 # what a file of ours holds
    return json.loads(path.read_text(encoding="utf-8"))


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    for line in _read(FOLDER / name):
        yield line["email_id"], line["summary"]


def _shares(written: Iterable[tuple[str, str]]) -> list[float]:
    return [credit_share(email_id, text) for email_id, text in written]


def _share(name: str, shares: Sequence[float], bar: Bar) -> Share:
    poor = sum(share < POOR_SHARE for share in shares) / len(shares)
    return Share(name, fmean(shares), poor, len(shares), bar)
