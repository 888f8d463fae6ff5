"""A session with a server, frame by frame.

Raw frames, because what a typed client leaves out is what these checks look for.
"""

import json
from types import TracebackType
from typing import Any, Final, Self

from websockets.sync.client import connect

ANSWER_SECONDS: Final = 30.0


class RefusedError(RuntimeError):
    """The server answered with an error."""


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

    def send(self, text: str) -> dict[str, Any]:
        """Send any text and return the frame that answers it.

        Args:
            text: What to send.

        Returns:
            The frame.
        """
        self._socket.send(text)
        answer = str(self._socket.recv(timeout=ANSWER_SECONDS))
        self.heard.append(answer)
        frame: dict[str, Any] = json.loads(answer)
        return frame

    def reset(self, **choice: object) -> dict[str, Any]:
        """Reset, and return the data of the answer."""
        return self._ask("reset", choice)

    def step(self, action: dict[str, Any]) -> dict[str, Any]:
        """Send an action, and return the data of the answer."""
        return self._ask("step", action)

    def state(self) -> dict[str, Any]:
        """Return the data of the state."""
        return self._ask("state", None)

    def _ask(self, kind: str, data: dict[str, Any] | None) -> dict[str, Any]:
        frame = self.send(json.dumps({"type": kind} | ({} if data is None else {"data": data})))
        answer: dict[str, Any] = frame["data"]
        if frame["type"] == "error":
            raise RefusedError(f"{kind} was answered by {answer.get('message')!r:.200}.")
        return answer
