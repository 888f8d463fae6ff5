"""How much of the summary's credit texts earn behind right decisions: honest, false, mechanical.

Each row is a series of texts with the bar that it is held to. The headline tasks' honest series
stand among the policies as well (quality/headline.py).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, groupby
from operator import attrgetter
from statistics import fmean
from typing import Final, NamedTuple

from deck import deal
from deck.dealing import DIFFICULTIES
from graders import GRADERS
from models import (
    MAX_SUMMARY_LENGTH,
    Difficulty,
    EmailObservation,
    GroundTruth,
    Task,
    TriageAction,
)
from quality import mails, written
from quality.attacks import attacks
from quality.bars import NO_BAR, Bar
from quality.picker import learn
from quality.policies import Writer
from quality.written import Text
from tasks import TASKS, versions

HONEST: Final = Bar(0.95, 1.0)
AT_FIRST_SIGHT: Final = Bar(0.93, 1.0)
WITH_DENYING_WORDS: Final = Bar(0.85, 1.0)
POOR_SHARE: Final = 0.5
MOST_POOR: Final = 0.02
WRONG: Final = Bar(0.0, 0.2)
# One statement that does not hold costs at least a fact of three: two thirds cubed are left.
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


def credit_share(difficulty: Difficulty, truth: GroundTruth, summary: str) -> float:
    """Return the share of its summary credit that a summary earns behind a right decision.

    Args:
        difficulty: Of the inbox.
        truth: The answer for the mail.
        summary: What was written about it.

    Returns:
        The share in [0, 1].
    """
    bare = TriageAction(label=truth.label, summary="", route_to=truth.route_to)
    grade = GRADERS[difficulty]
    missing = 1.0 - grade(bare, truth).score
    written_out = bare.model_copy(update={"summary": summary[:MAX_SUMMARY_LENGTH]})
    return 1.0 - (1.0 - grade(written_out, truth).score) / missing


def share_of(mail: str, summary: str) -> float:
    """Return what a summary earns of its credit, by the name of the mail (quality/mails.py)."""
    reviewed = mails.find(mail)
    return credit_share(reviewed.difficulty, reviewed.truth, summary)


def measure() -> Iterator[Share]:
    """Grade every series of texts.

    Yields:
        The honest series, those read at first sight, the wrong and the false ones, each kind by
        itself, and what mechanical writers make of test mail and of the three tasks' mail.
    """
    yield from _honest()
    yield _of_texts("wrong", written.texts(written.WRONG), WRONG)
    false = sorted(written.texts(written.FALSE), key=attrgetter("kind"))
    for kind, texts in groupby(false, key=attrgetter("kind")):
        bar = FALSE if kind in NOTICED else NO_BAR
        yield _of_texts(f"false ({kind.replace('_', ' ')})", texts, bar)
    yield from _with_the_key()
    yield from _mechanical()


def _honest() -> Iterator[Share]:
    deck = {name: _shares(texts.items()) for name, texts in written.series(written.DECK).items()}
    for name, shares in deck.items():
        yield _share(f"honest ({name})", shares, HONEST)
    yield _share("honest, all on the deck", [*chain.from_iterable(deck.values())], HONEST)
    headline = [texts.items() for texts in written.series(written.HEADLINE).values()]
    yield _share("honest, all on the three tasks", _shares(chain.from_iterable(headline)), HONEST)
    for name, texts in written.series(written.FIRST_SIGHT).items():
        yield _share(f"honest, at first sight ({name})", _shares(texts.items()), AT_FIRST_SIGHT)
    yield _of_texts(
        'honest, with words such as "far from"', written.texts(written.DENYING), WITH_DENYING_WORDS
    )
    yield _of_texts("honest, of rare wording", written.texts(written.STRESS), NO_BAR)


def _with_the_key() -> Iterator[Share]:
    """Reference summaries out of order: whoever has them needs no such trick, so no bar."""
    key = [pair for task in TASKS.values() for pair in task.ground_truth.items()]
    orders: dict[str, Callable[[list[str]], list[str]]] = {
        "backwards": lambda words: words[::-1],
        "in alphabetical order": sorted,
        "every third word first": lambda words: words[::3] + words[1::3] + words[2::3],
    }
    for name, order in orders.items():
        texts = [(mail, " ".join(order(truth.reference_summary.split()))) for mail, truth in key]
        yield _share(f"the answer key, {name}", _shares(texts), NO_BAR)


@cache
def mechanical_writers() -> dict[str, Writer]:
    """Return the mechanical summarisers by name, with what they learn on train deals."""
    lessons = (deal(kind, "train", i) for kind in DIFFICULTIES for i in range(DEALS_LEARNED))
    return attacks(learn(lessons))


@cache
def tried_deals() -> list[list[Task]]:
    """Return the deals of test mail that they are tried on: some easy, medium and hard ones."""
    return [[deal(kind, "test", i) for i in DEALS_TRIED] for kind in DIFFICULTIES]


def _mechanical() -> Iterator[Share]:
    dealt = list(chain.from_iterable(tried_deals()))
    for place, tasks in (("test mail", dealt), ("three tasks", list(TASKS.values()))):
        for name, writer in mechanical_writers().items():
            shares = [share for task in tasks for share in _earned_by(writer, task)]
            yield _share(f"mechanical, {place} ({name})", shares, MECHANICAL)


def _earned_by(writer: Writer, task: Task) -> Iterator[float]:
    for email in (versions(item)[0] for item in task.emails):
        seen = EmailObservation(
            **email.model_dump(), task_id=task.task_id, step_number=1, total_emails=1
        )
        truth = task.ground_truth[email.email_id]
        yield credit_share(task.difficulty, truth, writer(seen, truth))


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


def _of_texts(name: str, texts: Iterable[Text], bar: Bar) -> Share:
    return _share(name, _shares((text.mail, text.summary) for text in texts), bar)


def _shares(summaries: Iterable[tuple[str, str]]) -> list[float]:
    return [share_of(mail, summary) for mail, summary in summaries]


def _share(name: str, shares: Sequence[float], bar: Bar) -> Share:
    poor = sum(share < POOR_SHARE for share in shares) / len(shares)
    return Share(name, fmean(shares), poor, len(shares), bar)
