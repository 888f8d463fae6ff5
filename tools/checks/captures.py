"""Whole episodes over the wire: played by a policy, or repeated action by action."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from tools.checks.parsing import MalformedError
from tools.checks.session import ErrorFrameError, Frame, Session
from tools.subject import Decide, Policy, Splits, Subject

EPISODE_ID: Final = "quality-bar"


class Capture(NamedTuple):
    """One episode as a client saw it.

    Attributes:
        task_id: The task.
        first: What the reset was answered with.
        actions: What was sent.
        steps: What each action was answered with.
        states: The state after each action.
    """

    task_id: str
    first: Frame
    actions: list[Mapping[str, Any]]
    steps: list[Frame]
    states: list[dict[str, Any]]

    def rewards(self) -> list[float]:
        """Return the reward of each step."""
        return [step.paid() for step in self.steps]

    def score(self) -> float:
        """Return the score that the last step reported."""
        return self.steps[-1].score()

    def seen(self) -> tuple[object, ...]:
        """Return everything that may not differ when the same actions are sent again."""
        return (self.first, self.steps, self.states)


def sample(splits: Splits, each: int) -> list[str]:
    """Return the first tasks of each split and difficulty.

    Args:
        splits: Which tasks there are.
        each: How many of each split and difficulty, if there are as many.

    Returns:
        Their ids.
    """
    return [
        task_id
        for split in splits.split_sizes()
        for difficulty in splits.DIFFICULTIES
        if difficulty != splits.MIXED
        for task_id in _first(splits, split, difficulty, each)
    ]


def _first(splits: Splits, split: str, difficulty: str, most: int) -> Iterator[str]:
    for i in range(most):
        try:
            yield splits.task_id_at(split, i, difficulty)
        except IndexError:
            return


def seen_as(subject: Subject, frame: Frame) -> Any:  # noqa: ANN401 # the environment's own model
    """Return the observation of an answer as the environment's client shows it.

    Args:
        subject: The environment.
        frame: The answer; what its observation has beyond what it may is left out.

    Returns:
        The observation.

    Raises:
        MalformedError: If it is none.
    """
    known = subject.observation.model_fields
    shown = {name: value for name, value in frame.observation.items() if name in known}
    try:
        return subject.observation.model_validate(shown)
    except ValidationError as error:
        raise MalformedError(f"An observation is none: {str(error)!r:.200}") from error


def perform(
    session: Session, subject: Subject, task_id: str, decide: Decide, *, watched: bool = True
) -> Capture:
    """Let a policy play a task on the server.

    Args:
        session: The session to play in.
        subject: The environment.
        task_id: The task.
        decide: The policy, for one episode.
        watched: Whether to ask for the state after each step.

    Returns:
        The episode.

    Raises:
        ErrorFrameError: If the episode does not end.
    """
    first = session.reset(task_id=task_id, episode_id=EPISODE_ID)
    capture = Capture(task_id, first, [], [], [])
    answer = first
    for _ in range(subject.max_steps):
        action = dict(decide(first.told, seen_as(subject, answer)))
        answer = session.step(action)
        _note(capture, session if watched else None, action, answer)
        if answer.done:
            return capture
    raise ErrorFrameError(f"{task_id} did not end in {subject.max_steps} steps.")


def performed(
    url: str, subject: Subject, policy: Policy, number: int = 0, each: int = 1
) -> list[Capture]:
    """Let a policy play the first tasks of each split and difficulty, each in a session of its own.

    Args:
        url: The server.
        subject: The environment.
        policy: The policy.
        number: What it draws by, together with the place of the task.
        each: How many of each split and difficulty.

    Returns:
        The episodes.
    """
    captures = []
    for i, task_id in enumerate(sample(subject.splits, each)):
        with Session(url) as session:
            captures.append(perform(session, subject, task_id, policy(task_id, number * 100 + i)))
    return captures


def repeat(session: Session, capture: Capture) -> Iterator[Capture]:
    """Send the actions of an episode again, one at each turn.

    Args:
        session: The session to play in.
        capture: What was played before.

    Yields:
        The new episode so far, after the reset and after each step.
    """
    first = session.reset(task_id=capture.task_id, episode_id=EPISODE_ID)
    again = Capture(capture.task_id, first, [], [], [])
    yield again
    for action in capture.actions:
        _note(again, session, action, session.step(action))
        yield again


def repeated(url: str, capture: Capture) -> Capture:
    """Send the actions of an episode again in a session of their own."""
    with Session(url) as session:
        return list(repeat(session, capture))[-1]


def interleaved(url: str, captures: Sequence[Capture]) -> list[Capture]:
    """Repeat several episodes at once, each in its session, one step of each in turn."""
    with ExitStack() as stack:
        turns = [repeat(stack.enter_context(Session(url)), capture) for capture in captures]
        last = [next(turn) for turn in turns]
        while any([next(turn, None) is not None for turn in turns]):  # noqa: C419 # all must move
            pass
        return last


def _note(
    capture: Capture, session: Session | None, action: Mapping[str, Any], answer: Frame
) -> None:
    capture.actions.append(action)
    capture.steps.append(answer)
    if session is not None:
        capture.states.append(session.state())
