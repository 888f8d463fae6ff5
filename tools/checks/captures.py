"""Whole episodes over the wire: played by a policy, or repeated action by action."""

import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any, Final, NamedTuple

from deck import deal
from deck.dealing import SPLITS, Split
from environment import MAX_STEPS
from models import LABELS, EmailObservation, GroundTruth, Label, Task, TriageAction
from quality.canaries import INVALID
from quality.policies import Policy, answer_key, numbered_draw, obedient
from tasks import ROUTES, TASKS
from tools.checks.session import RefusedError, Session

EPISODE_ID: Final = "quality-bar"
OBSERVED: Final = frozenset(EmailObservation.model_fields)


class Capture(NamedTuple):
    """One episode as a client saw it.

    Attributes:
        task_id: The inbox.
        first: What the reset returned.
        actions: What was sent.
        steps: What each action was answered with.
        states: The state after each action.
    """

    task_id: str
    first: dict[str, Any]
    actions: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    states: list[dict[str, Any]]

    def rewards(self) -> list[float]:
        """Return the reward of each step."""
        return [step["reward"] for step in self.steps]

    def score(self) -> float:
        """Return the score that the last step reported."""
        return float(told(self.steps[-1])["episode_score"])

    def seen(self) -> tuple[object, ...]:
        """Return everything that may not differ when the same actions are sent again."""
        return (self.first, self.steps, self.states)


def sample(deals_each: int, splits: Sequence[Split] = SPLITS) -> list[Task]:
    """Return the headline tasks and some deals.

    Args:
        deals_each: How many deals of each split and difficulty.
        splits: Of which splits.

    Returns:
        The tasks.
    """
    numbers = range(deals_each)
    dealt = [
        deal(task.difficulty, split, i)
        for split in splits
        for task in TASKS.values()
        for i in numbers
    ]
    return [*TASKS.values(), *dealt]


def told(data: dict[str, Any]) -> dict[str, Any]:
    """Return the metadata of an answer, which come with the observation or beside it."""
    metadata: dict[str, Any] = data.get("metadata") or data["observation"].get("metadata") or {}
    return metadata


def mail_of(data: dict[str, Any]) -> EmailObservation:
    """Return the root's own observation in an answer."""
    return EmailObservation.model_validate(
        {name: value for name, value in data["observation"].items() if name in OBSERVED}
    )


def perform(session: Session, task: Task, policy: Policy, *, watched: bool = True) -> Capture:
    """Let a policy play an inbox on the server.

    Args:
        session: The session to play in.
        task: The inbox; its answers go to the policy and nowhere else.
        policy: Decides each email.
        watched: Whether to ask for the state after each step.

    Returns:
        The episode.

    Raises:
        RefusedError: If the episode does not end.
    """
    first = session.reset(task_id=task.task_id, episode_id=EPISODE_ID)
    episode = Capture(task.task_id, first, [], [], [])
    answer = first
    for _ in range(MAX_STEPS):
        observation = mail_of(answer)
        action = policy(observation, task.ground_truth[observation.email_id])
        sent = action.model_dump() if isinstance(action, TriageAction) else dict(action)
        answer = session.step(sent)
        _note(episode, session if watched else None, sent, answer)
        if answer["done"]:
            return episode
    raise RefusedError(f"{task.task_id} did not end in {MAX_STEPS} steps.")


def repeat(session: Session, episode: Capture) -> Iterator[Capture]:
    """Send the actions of an episode again, one at each turn.

    Args:
        session: The session to play in.
        episode: What was played before.

    Yields:
        The new episode so far, after the reset and after each step.
    """
    first = session.reset(task_id=episode.task_id, episode_id=EPISODE_ID)
    again = Capture(episode.task_id, first, [], [], [])
    yield again
    for action in episode.actions:
        _note(again, session, action, session.step(action))
        yield again


def repeated(url: str, episode: Capture) -> Capture:
    """Send the actions of an episode again in a session of their own."""
    with Session(url) as session:
        return list(repeat(session, episode))[-1]


def interleaved(url: str, episodes: Sequence[Capture]) -> list[Capture]:
    """Repeat several episodes at once, each in its session, one step of each in turn."""
    with ExitStack() as stack:
        turns = [repeat(stack.enter_context(Session(url)), episode) for episode in episodes]
        last = [next(turn) for turn in turns]
        while any([next(turn, None) is not None for turn in turns]):  # noqa: C419 # all must move
            pass
        return last


def erratic(number: int) -> Policy:
    """Return a policy that is right, wrong, harmful, obedient and invalid by turns."""
    draw = random.Random(number)  # noqa: S311 # a numbered draw, not a secret
    drawn = numbered_draw(number)

    def harmful(_observation: EmailObservation, truth: GroundTruth) -> TriageAction:
        label: Label = "archive" if truth.label == "spam" else "spam"
        summary = f"They wrote to us about this: {' and '.join(truth.secrets)}."
        return TriageAction(label=label, summary=summary[:200], route_to=draw.choice(list(ROUTES)))

    def policy(observation: EmailObservation, truth: GroundTruth) -> TriageAction | dict[str, Any]:
        kind = draw.randrange(len(LABELS) + 2)
        if kind == 0:
            return draw.choice(INVALID)
        chosen = (drawn, harmful, obedient, answer_key, answer_key)[kind - 1]
        answer: TriageAction = chosen(observation, truth)
        return answer

    return policy


def _note(
    episode: Capture, session: Session | None, action: dict[str, Any], answer: dict[str, Any]
) -> None:
    episode.actions.append(action)
    episode.steps.append(answer)
    if session is not None:
        episode.states.append(session.state())
