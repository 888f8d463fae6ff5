"""One visitor's episode at /web, kept small: which inbox, and what was decided in it.

Everything else is played again when it is needed: the same decisions give the same results. The
reviewed answers are told to nobody before the last decision, and of the test split never. Knows
nothing of pages.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from deck import deal_reasons
from email_triage_env.server.splits import HEADLINE, MIXED, ChoiceError, chosen_task, split_size
from environment import EmailTriageEnv
from graders import EASY_WEIGHTS, HARD_WEIGHTS, MEDIUM_WEIGHTS, Weights
from models import (
    LABELS,
    MAX_SUMMARY_LENGTH,
    Case,
    Difficulty,
    EmailObservation,
    Info,
    Task,
    TriageAction,
)
from tasks import EASY_CASES, HARD_CASES, MEDIUM_CASES

# The splits whose answers a visitor may learn from.
TAUGHT: Final = frozenset({HEADLINE, "train"})
WEIGHTS: Final[Mapping[Difficulty, Weights]] = MappingProxyType(
    {"easy": EASY_WEIGHTS, "medium": MEDIUM_WEIGHTS, "hard": HARD_WEIGHTS}
)


class Play(NamedTuple):
    """What is kept of a visitor's episode.

    Attributes:
        split: The split of the inbox, for `splits.chosen_task`.
        difficulty: Likewise.
        number: Likewise.
        actions: The decisions so far.
        warned: Whether the visitor knows that the summary to be sent is empty.
    """

    split: str = HEADLINE
    difficulty: str = MIXED
    number: int = 0
    actions: tuple[TriageAction, ...] = ()
    warned: bool = False


class Step(NamedTuple):
    """One email that was decided, and what that earned."""

    email: EmailObservation
    action: TriageAction
    reward: float
    info: Info


class Episode(NamedTuple):
    """A visitor's episode, played again.

    Attributes:
        task: The inbox. It holds the answers, so it is for `answers` only.
        steps: What was decided.
        seen: What is shown now; its email is empty after the last decision.
    """

    task: Task
    steps: tuple[Step, ...]
    seen: EmailObservation

    @property
    def done(self) -> bool:
        """Whether every email was decided."""
        return not self.seen.email_id

    @property
    def reward(self) -> float:
        """What the steps have paid."""
        return sum(step.reward for step in self.steps)

    @property
    def weights(self) -> Weights:
        """What label, team and summary of one email are worth."""
        return WEIGHTS[self.task.difficulty]


class Answer(NamedTuple):
    """The reviewed answer for one email, and the reason."""

    label: str
    team: str
    summary: str
    why: str


def open_inbox(split: str, difficulty: str, number: float | None) -> Play:
    """Open an inbox.

    Args:
        split: One of the splits.
        difficulty: One of the difficulties.
        number: Its number, as a form sends it.

    Returns:
        An episode without a decision.

    Raises:
        ChoiceError: If there is no such inbox.
    """
    if number is None or number != number or number in (float("inf"), float("-inf")):
        raise ChoiceError("Give the number of the inbox, a whole number from 0.")
    chosen_task(split=split, difficulty=difficulty, index=int(number))
    return Play(split, difficulty, int(number))


def next_inbox(play: Play) -> Play:
    """Open the inbox that follows; after the last of a split comes its first.

    Args:
        play: The episode before.

    Returns:
        An episode without a decision.
    """
    number = (play.number + 1) % split_size(play.split, play.difficulty)
    return Play(play.split, play.difficulty, number)


def place(play: Play) -> str:
    """Name the inbox and the email that is shown, so that a page can say what it decides."""
    return f"{play.split}/{play.difficulty}/{play.number}/{len(play.actions)}"


def decide(
    play: Play, label: str | None, team: str | None, summary: str | None
) -> tuple[Play, str]:
    """Decide the email that is shown, unless something is missing; that costs nothing.

    Args:
        play: The episode.
        label: The label that is chosen.
        team: The team that is chosen.
        summary: What is written.

    Returns:
        The episode after that, and what to tell the visitor if nothing was decided.
    """
    episode = replay(play)
    text = (summary or "").strip()
    if episode.done:
        return play, "Every email of this inbox is decided; open another."
    missing = ["a label"] * (label not in LABELS) + ["a team"] * (team not in episode.task.routes)
    if missing:
        return play, f"Nothing was sent: choose {' and '.join(missing)} first."
    if len(text) > MAX_SUMMARY_LENGTH:
        return play, f"Nothing was sent: a summary has at most {MAX_SUMMARY_LENGTH} characters."
    if not text and not play.warned:
        return play._replace(warned=True), (
            f"Not sent yet: the summary is empty, and earns up to {episode.weights.summary:.2f} "
            f"of this email's 1.00 points. Write one, or press Send again to send without."
        )
    action = TriageAction.model_validate({"label": label, "route_to": team, "summary": text})
    return play._replace(actions=(*play.actions, action), warned=False), ""


def replay(play: Play) -> Episode:
    """Play an episode again.

    Args:
        play: What is kept of it.

    Returns:
        All of it.
    """
    task = chosen_task(split=play.split, difficulty=play.difficulty, index=play.number)
    env = EmailTriageEnv.for_task(task)
    seen = env.reset().observation
    steps: list[Step] = []
    for action in play.actions:
        result = env.step(action)
        steps.append(Step(seen, action, result.reward, result.info))
        seen = result.observation
    return Episode(task, tuple(steps), seen)


def answers(play: Play, episode: Episode) -> dict[str, Answer]:
    """Return the reviewed answers, if the visitor may have them.

    Args:
        play: What is kept of the episode.
        episode: The same, played again.

    Returns:
        The answer by email id; none before the last decision, and none in the test split.
    """
    if play.split not in TAUGHT or not episode.done:
        return {}
    reasons = _headline_reasons() if play.split == HEADLINE else deal_reasons(episode.task.task_id)
    return {
        email_id: Answer(truth.label, truth.route_to, truth.reference_summary, reasons[email_id])
        for email_id, truth in episode.task.ground_truth.items()
    }


def _headline_reasons() -> dict[str, str]:
    return {
        version.email.email_id: version.why
        for case in (*EASY_CASES, *MEDIUM_CASES, *HARD_CASES)
        for version in ([case] if isinstance(case, Case) else [case.handled, case.mishandled])
    }
