"""Workers of Ray that play batches of inboxes, and are replaced when they die.

A worker is one process with one policy and several WebSocket sessions. Which worker plays an
episode leaves no trace in it: all make the same policy, with the same seed, and one that draws must
draw by that seed, the inbox and the email, not in the order it is asked. Nothing here knows how an
episode is played (tools/episodes/playing.py), who answers (players.py) or where Ray runs
(rollouts_ray.py).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import ceil
from typing import Any, Final, TypedDict

import ray
from ray.exceptions import ObjectLostError, OutOfMemoryError, RayActorError, RayTaskError
from websockets.exceptions import WebSocketException

from email_triage_env import EmailTriageClient
from tools.episodes.playing import Episode, LostEpisodeError, Player, play_all
from training.command import RefusedError
from training.rewards import parts_of

SESSIONS: Final = 4
# A worker that dies loses at most this many rounds of its sessions.
ROUNDS: Final = 2
# A batch that has cost so many workers is what kills them.
MAX_LOSSES: Final = 3
START_SECONDS: Final = 600.0
PREPARING: Final = -1
LOST: Final = (RayActorError, ObjectLostError, OutOfMemoryError)


class ClusterError(RefusedError):
    """Ray cannot do the work."""

    status = 1


class Row(TypedDict):
    """One episode, as its line in the output says it.

    Attributes:
        task_id: Which inbox.
        choice: What the reset asked for.
        score: The environment's score.
        parts: The parts of the training reward, each in [0, 1].
        actions: What was answered, step by step.
        rewards: What each step paid.
    """

    task_id: str
    choice: dict[str, Any]
    score: float
    parts: dict[str, float]
    actions: list[dict[str, Any]]
    rewards: list[float]


def row_of(choice: Mapping[str, Any], episode: Episode) -> Row:
    """Return what is kept of an episode.

    Args:
        choice: What the reset asked for.
        episode: What became of it.

    Returns:
        Its row.
    """
    return Row(
        task_id=episode.task_id,
        choice=dict(choice),
        score=episode.score,
        parts=parts_of(episode.brief, episode.steps)._asdict(),
        actions=[dict(step.answer.action) for step in episode.steps],
        rewards=[step.reward for step in episode.steps],
    )


class Worker:
    """Runs in a process of its own: one policy, and the sessions it answers."""

    def __init__(self, url: str, make_policy: Callable[[], Player], sessions: int) -> None:
        """Keep what is needed.

        Args:
            url: Where the environment's native server runs.
            make_policy: Makes the policy.
            sessions: How many WebSockets it opens.
        """
        self._url = url
        self._make_policy = make_policy
        self._sessions = sessions

    # Not in __init__, because Ray reports whatever fails there as the death of a worker.
    def prepare(self) -> None:
        """Make the policy."""
        self._policy = self._make_policy()

    def play(self, choices: Sequence[Mapping[str, Any]]) -> list[Row]:
        """Play a batch.

        Args:
            choices: What each reset asks for.

        Returns:
            Their rows, in that order.

        Raises:
            LostEpisodeError: If the server does not answer, or no longer.
        """
        try:
            episodes = play_all(EmailTriageClient, self._url, self._policy, choices, self._sessions)
        # A server that dies amid an episode is told by the library of the WebSockets.
        except WebSocketException as error:
            raise LostEpisodeError(
                f"The server at {self._url} hung up ({error}); see why it ended, and start it with "
                f"`python -m email_triage_env.server.app`."
            ) from error
        return [row_of(choice, episode) for choice, episode in zip(choices, episodes, strict=True)]


class _Crew:
    """Workers that come and go, and the batch that each of them has."""

    def __init__(
        self, hire: Callable[[], Any], batches: Sequence[Sequence[Mapping[str, Any]]]
    ) -> None:
        self._hire = hire
        self._batches = batches
        self._waiting = list(range(len(batches)))[::-1]
        self._hired: list[Any] = []
        self._idle: list[Any] = []
        self._running: dict[Any, tuple[Any, int]] = {}
        self._losses: Counter[int] = Counter()

    def grow(self) -> None:
        """Start one more worker; it gets no batch before it is ready."""
        worker = self._hire()
        self._hired.append(worker)
        self._running[worker.prepare.remote()] = worker, PREPARING

    def advance(self) -> dict[int, list[Row]]:
        """Hand out batches and wait until one call ends; return its rows by batch, if any."""
        while self._idle and self._waiting:
            worker, number = self._idle.pop(), self._waiting.pop()
            self._running[worker.play.remote(self._batches[number])] = worker, number
        playing = any(number != PREPARING for _, number in self._running.values())
        ended, _ = ray.wait(list(self._running), timeout=None if playing else START_SECONDS)
        if not ended:
            raise ClusterError(
                f"No worker was ready in {START_SECONDS:.0f} s; see with `ray status` what the "
                f"cluster lacks, and ask for fewer --workers or --gpus."
            )
        worker, number = self._running.pop(ended[0])
        try:
            rows = ray.get(ended[0])
        except LOST as error:
            self._replace(number, error)
            return {}
        except RayTaskError as error:
            raise error.cause from error
        self._losses[number] = 0
        self._idle.append(worker)
        return {} if number == PREPARING else {number: rows}

    def _replace(self, number: int, error: Exception) -> None:
        self._losses[number] += 1
        if self._losses[number] == MAX_LOSSES:
            doing = "making the policy" if number == PREPARING else f"{self._batches[number][0]}"
            raise ClusterError(
                f"{MAX_LOSSES} workers died in a row at the same work ({doing}); look for a crash "
                f"or for too little memory in Ray's logs, and try fewer --workers. {error}"
            ) from error
        if number != PREPARING:
            self._waiting.append(number)
        self.grow()

    def dismiss(self) -> None:
        """End all workers, whatever they are doing."""
        for worker in self._hired:
            ray.kill(worker)


def rollouts(
    url: str,
    make_policy: Callable[[], Player],
    choices: Sequence[Mapping[str, Any]],
    workers: int,
    sessions: int = SESSIONS,
    gpus: float = 0.0,
) -> Iterator[Row]:
    """Play inboxes on a Ray that is connected already.

    Args:
        url: Where the environment's native server runs, as every worker can reach it.
        make_policy: Makes the policy, once in every worker; must be picklable.
        choices: What each reset asks for, such as `{"split": "train", "index": 17}`.
        workers: How many processes.
        sessions: How many WebSockets each of them opens.
        gpus: The share of a GPU that each worker reserves.

    Yields:
        One row for each of `choices`, in their order.

    Raises:
        LostEpisodeError: If the environment's server does not answer.
        ClusterError: If no worker starts, or one batch kills worker after worker.
    """
    size = max(1, min(sessions * ROUNDS, ceil(len(choices) / workers)))
    batches = [choices[start : start + size] for start in range(0, len(choices), size)]
    actor = ray.remote(num_cpus=1, num_gpus=gpus)(Worker)
    crew = _Crew(lambda: actor.remote(url, make_policy, sessions), batches)
    try:
        for _ in range(min(workers, len(batches))):
            crew.grow()
        done: dict[int, list[Row]] = {}
        for number in range(len(batches)):
            while number not in done:
                done.update(crew.advance())
            yield from done.pop(number)
    finally:
        crew.dismiss()
