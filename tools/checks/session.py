"""A session with a server, frame by frame.

Raw frames, because what a typed client leaves out is what these checks look for.
"""

import json
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

from websockets.sync.client import connect

from tools.checks.parsing import decoded, part, read
from tools.episodes.playing import ServerError

ANSWER_SECONDS: Final = 30.0


class ErrorFrameError(ServerError):
    """The server answered with an error."""


class Frame(NamedTuple):
    """What a reset or a step was answered with.

    Attributes:
        data: All of it, as it came.
        observation: The observation in it.
        told: The metadata, which come beside the observation or within it.
        reward: The reward; a reset has none.
        done: Whether the episode is over.
    """

    data: dict[str, Any]
    observation: dict[str, Any]
    told: dict[str, Any]
    reward: float | None
    done: bool

    def paid(self) -> float:
        """Return the reward of a step."""
        return read(float, self.reward, "the reward of a step")

    def score(self) -> float:
        """Return the score of the episode, which its last step tells."""
        return part(self.told, "episode_score", float)

    def rubric(self) -> dict[str, float]:
        """Return the reward of a step by leaf."""
        return part(self.told, "rubric", dict[str, float])


class Session:
    """One WebSocket session, open within a `with` block.

    Attributes:
        heard: Every frame as it came.
    """

    _socket: Any

    def __init__(self, url: str) -> None:
        """Name the server at `url`."""
        address = f"{url.replace('http', 'ws', 1)}/ws"
        self._connecting = connect(address, max_size=None, open_timeout=ANSWER_SECONDS)
        self.heard: list[str] = []

    def __enter__(self) -> Self:
        """Connect."""
        self._socket = self._connecting.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Hang up."""
        self._connecting.__exit__(kind, error, trace)

    def send(self, text: str) -> str:
        """Send any text and return the text that answers it."""
        self._socket.send(text)
        answer = str(self._socket.recv(timeout=ANSWER_SECONDS))
        self.heard.append(answer)
        return answer

    def reset(self, **choice: object) -> Frame:
        """Reset, and return the answer."""
        return _frame(self._ask("reset", choice))

    def step(self, action: Mapping[str, Any]) -> Frame:
        """Send an action, and return the answer."""
        return _frame(self._ask("step", action))

    def state(self) -> dict[str, Any]:
        """Return the state."""
        return self._ask("state", None)

    def _ask(self, kind: str, data: Mapping[str, Any] | None) -> dict[str, Any]:
        body = {"type": kind} if data is None else {"type": kind, "data": dict(data)}
        frame = decoded(self.send(json.dumps(body)))
        answer = part(frame, "data", dict[str, Any])
        if part(frame, "type", str) == "error":
            raise ErrorFrameError(f"{kind} was answered by {answer.get('message')!r:.200}.")
        return answer


def _frame(data: dict[str, Any]) -> Frame:
    observation = part(data, "observation", dict[str, Any])
    # Servers of OpenEnv before 0.5 leave them inside the observation.
    told = read(
        dict[str, Any], data.get("metadata") or observation.get("metadata") or {}, "'metadata'"
    )
    reward = read(float | None, data.get("reward"), "'reward'")  # type: ignore[arg-type]
    return Frame(data, observation, told, reward, part(data, "done", bool))
