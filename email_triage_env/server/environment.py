"""The root's environment behind OpenEnv's interface: one instance is one session.

Translates and does nothing else: whose turn it is and what a decision is worth, the root knows.
"""

import gc
from typing import Any, Final
from uuid import uuid4

from openenv.core.env_server.interfaces import Environment
from openenv.core.env_server.types import EnvironmentMetadata

from email_triage_env import VERSION
from email_triage_env.models import EmailTriageObservation, EmailTriageState
from email_triage_env.server.briefing import briefing
from email_triage_env.server.received import ReceivedAction
from email_triage_env.server.rubric import TriageRubric
from email_triage_env.server.splits import (
    LISTED,
    MIXED,
    ChoiceError,
    chosen_task,
    listed_split,
    split_size,
    task_id_at,
)
from email_triage_env.server.tool import TriageTool, called_by
from email_triage_env.server.web import draw_email, label_actions
from environment import EmailTriageEnv
from graders import SCORE_DIGITS

NAME: Final = "email_triage"
DESCRIPTION: Final = "A language-model agent works a shared company inbox, one email a step."
_TYPES: Final = {"train": "train", "test": "test"}


class SessionClosedError(RuntimeError):
    """The session has ended, for example because it was idle for too long."""


class NotResetError(RuntimeError):
    """A step came before the session's first reset."""


class TriageEnvironment(Environment[ReceivedAction, EmailTriageObservation, EmailTriageState]):
    """One session: an inbox, worked email by email."""

    SUPPORTS_CONCURRENT_SESSIONS = True

    _env: EmailTriageEnv | None
    _episode_id: str | None
    _teams: tuple[str, ...]
    _total: float

    def __init__(self) -> None:
        """Prepare a session; `state` can be read at once, a step needs a reset."""
        super().__init__(rubric=TriageRubric())
        task = chosen_task()
        self._begin(EmailTriageEnv.for_task(task), None)
        self._teams = tuple(task.routes)

    # A client may send an option called "self", too.
    def reset(
        self,
        /,
        seed: int | None = None,
        episode_id: str | None = None,
        **choice: Any,  # noqa: ANN401 # whatever the client sent
    ) -> EmailTriageObservation:
        """Start an episode.

        Args:
            seed: Selects the inbox where `choice` does not name one.
            episode_id: What `state` will call the episode; a new random id if there is none.
            **choice: `task_id`, or any of `split`, `index` and `difficulty`; see
                `email_triage_env.server.splits.chosen_task`.

        Returns:
            The first email and the desk's policy; the metadata hold the policy, too, the labels,
            the teams and what the parts of a decision are worth.

        Raises:
            ChoiceError: If that names no inbox; the episode before goes on.
            SessionClosedError: If the session has ended.
        """
        self._open()
        unknown = choice.keys() - {"task_id", "split", "index", "difficulty"}
        if unknown:
            raise ChoiceError(
                f"Unknown reset option {min(unknown)!r:.60}; there are seed, episode_id, task_id, "
                f"split, index and difficulty."
            )
        # Here the young objects are few. Left alone, Python counts only how many more there are
        # than before, finds tens of thousands at once in some later reset, and all sessions wait.
        gc.collect(0)
        task = chosen_task(seed=seed, **choice)
        env = EmailTriageEnv.for_task(task)
        result = env.reset()
        self._begin(env, str(episode_id or uuid4()))
        self._teams = tuple(task.routes)
        first: EmailTriageObservation = EmailTriageObservation.model_validate(
            {
                **vars(result.observation),
                "policy": task.description,
                "metadata": {**result.info, **briefing(task)},
            }
        )
        return first

    def step(
        self,
        action: ReceivedAction,
        timeout_s: float | None = None,  # noqa: ARG002 # a step takes microseconds
        **_options: Any,  # noqa: ANN401 # OpenEnv's signature
    ) -> EmailTriageObservation:
        """Decide the current email; an action that is none costs a step and decides nothing.

        Args:
            action: The decision.
            timeout_s: Ignored.

        Returns:
            The next email, the reward and, in the metadata, what the reward is made of.

        Raises:
            NotResetError: If the session has not been reset. OpenEnv's client opens a new
                session without a word when it has lost one, and must not play on in another
                inbox.
            SessionClosedError: If the session has ended.
        """
        env = self._open()
        if self._episode_id is None:
            raise NotResetError(
                "No episode is open in this session: it is new, or the connection was lost and "
                "made again; call reset()."
            )
        given = {**vars(action), **(action.model_extra or {})}
        sent = {name: given[name] for name in action.model_fields_set if name != "metadata"}
        result = env.step(called_by(sent))
        self._total += float(result.info.get("score", 0.0))
        leaves = self.rubric.read(result.info)
        self._apply_rubric(action, result.observation)
        seen: EmailTriageObservation = EmailTriageObservation.model_validate(
            {
                **vars(result.observation),
                "reward": result.reward,
                "done": result.done,
                "metadata": {**result.info, "rubric": leaves},
            }
        )
        return seen

    # OpenEnv runs what is not async in a thread; the hop costs more than a step does.
    async def reset_async(
        self,
        /,
        seed: int | None = None,
        episode_id: str | None = None,
        **choice: Any,  # noqa: ANN401 # whatever the client sent
    ) -> EmailTriageObservation:
        """Do as `reset` does."""
        return self.reset(seed, episode_id, **choice)

    async def step_async(
        self,
        action: ReceivedAction,
        timeout_s: float | None = None,
        **options: Any,  # noqa: ANN401 # OpenEnv's signature
    ) -> EmailTriageObservation:
        """Do as `step` does."""
        return self.step(action, timeout_s, **options)

    @property
    def state(self) -> EmailTriageState:
        """The whole episode so far, as the root tells it."""
        state = self._open().state()
        told: EmailTriageState = EmailTriageState.model_validate(
            {
                **state.model_dump(),
                "episode_id": self._episode_id,
                "step_count": state.current_step,
                "episode_score": round(self._total / state.total_steps, SCORE_DIGITS),
            }
        )
        return told

    # OpenEnv looks for it by this name. Made anew each time, because a session that held it would
    # hold itself, and stay until Python looks for circles.
    @property
    def mcp_client(self) -> TriageTool:
        """The environment's step as a tool, for the routes at /mcp."""
        return TriageTool(self.step)

    def close(self) -> None:
        """End the session; OpenEnv calls this when it has been idle for too long, too."""
        self._env = None

    def get_metadata(self) -> EnvironmentMetadata:
        """Return what `/metadata` shows."""
        return EnvironmentMetadata(
            name=NAME,
            description=DESCRIPTION,
            version=VERSION,
        )

    def list_splits(self) -> list[dict[str, str]]:
        """Return the splits of the Task API."""
        return [
            {"name": name, "type": _TYPES.get(split, "validation")}
            for name, (split, _) in LISTED.items()
        ]

    def num_tasks(self, split: str) -> int:
        """Return how many inboxes a split has."""
        return split_size(*listed_split(split))

    def get_task(self, split: str, index: int) -> dict[str, Any]:
        """Return the arguments of a reset that opens one inbox; the answers stay here."""
        origin, level = listed_split(split)
        choice = {"task_id": task_id_at(origin, index, level), "split": origin, "index": index}
        return choice if level == MIXED else {**choice, "difficulty": level}

    def list_tasks(self, split: str) -> list[dict[str, Any]]:
        """Return `get_task` of every inbox of a split."""
        return self.get_task_range(split)

    def get_task_range(
        self, split: str, start: int | None = None, stop: int | None = None
    ) -> list[dict[str, Any]]:
        """Return `get_task` of a range of inboxes, bounds as in a slice."""
        return [
            self.get_task(split, i) for i in range(split_size(*listed_split(split)))[start:stop]
        ]

    def render_web(self, observation: dict[str, Any]) -> str:
        """Draw the current email for `/web`."""
        return draw_email(observation, sum(self.state.reward_history))

    def web_actions(self, observation: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
        """Return the one-click decisions of `/web`."""
        return label_actions(observation, self._teams)

    def _open(self) -> EmailTriageEnv:
        if self._env is None:
            raise SessionClosedError(
                "This session has ended, perhaps because nothing was asked of it for a while; "
                "connect again and reset."
            )
        return self._env

    def _begin(self, env: EmailTriageEnv, episode_id: str | None) -> None:
        self._env = env
        self._episode_id = episode_id
        self._total = 0.0
        self._reset_rubric()
