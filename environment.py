"""The environment: whose turn it is.

An episode is an inbox worked email by email. Nothing here knows which emails exist (tasks.py) or
how a decision is scored (graders.py). Nothing here is random, reads a clock or touches anything
outside: the same actions give the same results, so a state is all it takes to resume an episode.
"""

from typing import Final, NamedTuple

from pydantic import ValidationError

from graders import (
    EXACT_BONUS,
    GRADERS,
    SCORE_DIGITS,
    STEP_COST,
    arriving_email,
    is_right,
    obeys,
    penalty,
)
from models import (
    LABELS,
    Email,
    EmailObservation,
    EnvironmentState,
    Info,
    ResetResult,
    RewardResult,
    StepResult,
    Task,
    TriageAction,
)
from tasks import TASKS

# So many answers may be invalid without a mail being left over.
SPARE_STEPS: Final = 2
# An agent may give a field any name; an error quotes so much of it.
MAX_FIELD_NAME_LENGTH: Final = 40

_EPISODE_OVER: Final = "The episode is over; call reset() to start another."
_NO_EMAIL: Final = Email(email_id="", sender="", subject="", body="", timestamp="")


class UnknownTaskError(ValueError):
    """There is no task with that id."""


class InvalidStateError(ValueError):
    """A state does not describe an episode that can have happened."""


class Tally(NamedTuple):
    """What the decisions so far add up to: with it a state is resumed without grading any again.

    Attributes:
        score: The sum of the graders' scores.
        exact: How many emails were decided exactly right.
        harmed: Whether any decision was penalised.
    """

    score: float
    exact: int
    harmed: bool


class _Judged(NamedTuple):
    """One decision, held against the reviewed answer.

    Attributes:
        email_id: The email that was decided.
        graded: What the grader says.
        exact: Whether label and team are both right.
        obeyed: Whether it did what an instruction found in the mail asks for.
        cost: The sum of the penalties.
    """

    email_id: str
    graded: RewardResult
    exact: bool
    obeyed: bool
    cost: float


class EmailTriageEnv:
    """A shared inbox in which every step decides one email."""

    _task: Task
    _email: Email
    _actions: list[TriageAction | None]
    _rewards: list[float]
    _decisions: dict[str, TriageAction]
    _tally: Tally

    def __init__(self, task_id: str) -> None:
        """Start an episode of a headline task.

        Args:
            task_id: One of `tasks.TASKS`.

        Raises:
            UnknownTaskError: If there is no such task.
        """
        self._start(find_task(task_id))

    @classmethod
    def for_task(cls, task: Task) -> "EmailTriageEnv":
        """Start an episode of any task, also one that is not among `tasks.TASKS`.

        Args:
            task: The inbox to work.

        Returns:
            An environment that is already reset.
        """
        env = cls.__new__(cls)
        env._start(task)
        return env

    @classmethod
    def from_state(
        cls, state: EnvironmentState, task: Task | None = None, tally: Tally | None = None
    ) -> "EmailTriageEnv":
        """Resume an episode where `state()` left it.

        Args:
            state: What `state()` returned, here or on another machine.
            task: The inbox, if it is not among `tasks.TASKS`.
            tally: What `tally()` returned beside the state. It is taken as it is, and with it
                nothing that follows depends on the summaries in the state.

        Returns:
            An environment that continues exactly as the original would.

        Raises:
            UnknownTaskError: If the state names no task of ours and none is given.
            InvalidStateError: If the actions of the state do not lead to where it claims to be.
                The rewards are taken as they are.
        """
        env = cls.for_task(find_task(state.task_id) if task is None else task)
        for action in state.action_history:
            if env._is_over():
                break
            if action is not None and tally is None:
                env._judge(action)
            env._move_on(action)
        if tally is not None:
            env._tally = tally
        env._rewards = list(state.reward_history)
        steps = len(env._actions)
        follows = (
            steps == state.current_step == len(state.action_history) == len(state.reward_history)
            and state.total_steps == len(env._task.emails)
            and state.done == env._is_over()
        )
        if not follows:
            raise InvalidStateError(
                f"The state of {state.task_id!r} does not follow from its actions; "
                f"resume from an unchanged state() or reset."
            )
        return env

    def reset(self) -> ResetResult:
        """Start the episode again.

        Returns:
            The first email, and in `info` the policy, the labels and the teams: everything
            that the right answers follow from.
        """
        self._start(self._task)
        return ResetResult(
            observation=self._observation(),
            info={
                "task_id": self._task.task_id,
                "description": self._task.description,
                "labels": ", ".join(LABELS),
                "routes": ", ".join(self._task.routes),
            },
        )

    def step(self, action: TriageAction) -> StepResult:
        """Decide the current email.

        An invalid action costs a step and decides nothing; after the end nothing counts.
        Neither raises.

        Args:
            action: The decision, or a mapping with its fields.

        Returns:
            The next email and what the decision earned.
        """
        if self._is_over():
            return self._report(0.0, {"error": _EPISODE_OVER})
        try:
            decision = TriageAction.model_validate(action)
        except ValidationError as error:
            self._move_on(None)
            return self._pay(0.0, {"error": _describe(error)})
        judged = self._judge(decision)
        self._move_on(decision)
        bonus = self._bonus()
        base = judged.graded.score - STEP_COST * len(self._actions)
        reward = round(min(1.0, max(-1.0, base + bonus - judged.cost)), SCORE_DIGITS)
        return self._pay(reward, _graded_info(judged, bonus))

    def state(self) -> EnvironmentState:
        """Return the whole episode so far; changing it changes nothing here."""
        return EnvironmentState(
            task_id=self._task.task_id,
            current_step=len(self._actions),
            total_steps=len(self._task.emails),
            done=self._is_over(),
            action_history=list(self._actions),
            reward_history=list(self._rewards),
        )

    def tally(self) -> Tally:
        """Return what the decisions so far add up to."""
        return self._tally

    def _start(self, task: Task) -> None:
        self._task = task
        self._actions = []
        self._rewards = []
        self._decisions = {}
        self._tally = Tally(score=0.0, exact=0, harmed=False)
        self._email = arriving_email(task, self._decisions) or _NO_EMAIL

    def _is_over(self) -> bool:
        return self._email is _NO_EMAIL or len(self._actions) >= max_steps(self._task)

    def _judge(self, decision: TriageAction) -> _Judged:
        """Hold a decision against the answer to the current email, and count it."""
        truth = self._task.ground_truth[self._email.email_id]
        judged = _Judged(
            self._email.email_id,
            graded=GRADERS[self._task.difficulty](decision, truth),
            exact=is_right(decision, truth),
            obeyed=obeys(decision, truth),
            cost=penalty(decision, truth),
        )
        self._tally = _with_one_more(self._tally, judged)
        return judged

    def _move_on(self, decision: TriageAction | None) -> None:
        """Take one step; only a decision brings the next email."""
        self._actions.append(decision)
        if decision is not None:
            self._decisions[self._email.email_id] = decision
            self._email = arriving_email(self._task, self._decisions) or _NO_EMAIL

    def _bonus(self) -> float:
        """Return the trajectory bonus of the step just taken: only the last one has any."""
        if self._tally.harmed or not self._is_over():
            return 0.0
        return EXACT_BONUS * self._tally.exact / len(self._task.emails)

    def _pay(self, reward: float, info: Info) -> StepResult:
        self._rewards.append(reward)
        if self._is_over():
            mean = self._tally.score / len(self._task.emails)
            info["episode_score"] = round(mean, SCORE_DIGITS)
        return self._report(reward, info)

    def _report(self, reward: float, info: Info) -> StepResult:
        return StepResult(
            observation=self._observation(),
            reward=reward,
            done=self._is_over(),
            info={"step": len(self._actions), "task_id": self._task.task_id, **info},
        )

    def _observation(self) -> EmailObservation:
        over = self._is_over()
        email = _NO_EMAIL if over else self._email
        return EmailObservation(
            email_id=email.email_id,
            subject=email.subject,
            body=email.body,
            sender=email.sender,
            timestamp=email.timestamp,
            thread_history=list(email.thread_history),
            task_id=self._task.task_id,
            step_number=len(self._actions) + (not over),
            total_emails=len(self._task.emails),
        )


def max_steps(task: Task) -> int:
    """Return how many steps an episode of a task may have."""
    return len(task.emails) + SPARE_STEPS


def find_task(task_id: str) -> Task:
    """Return the headline task with that id.

    Args:
        task_id: One of `tasks.TASKS`.

    Returns:
        The task.

    Raises:
        UnknownTaskError: If there is no such task.
    """
    try:
        return TASKS[task_id]
    except (KeyError, TypeError) as error:
        known = ", ".join(TASKS)
        shown = f"{task_id!r:.60}"
        raise UnknownTaskError(f"Unknown task {shown}; choose one of: {known}.") from error


def _with_one_more(tally: Tally, judged: _Judged) -> Tally:
    return Tally(
        tally.score + judged.graded.score,
        tally.exact + judged.exact,
        tally.harmed or judged.cost > 0,
    )


def _graded_info(judged: _Judged, bonus: float) -> Info:
    graded, parts = judged.graded, judged.graded.breakdown
    return {
        "email_id": judged.email_id,
        "score": graded.score,
        "label_score": parts["label"],
        "route_score": parts["route"],
        "summary_score": parts["summary"],
        "bonus": round(bonus, SCORE_DIGITS),
        "penalty": round(judged.cost, SCORE_DIGITS),
        "obeyed": judged.obeyed,
        "feedback": graded.feedback,
    }


def _describe(error: ValidationError) -> str:
    """Name the first field that is wrong, without quoting what the agent sent."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"])[:MAX_FIELD_NAME_LENGTH] or "action"
    return f"Invalid action, {field!r}: {first['msg']}; send label, summary and route_to."
