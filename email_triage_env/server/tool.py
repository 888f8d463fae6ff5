"""The environment's step as a tool of MCP, for clients that call tools: `triage`.

OpenEnv's routes at /mcp look for a client of MCP at the environment and ask it for tools and calls.
This is one, without a server behind it: a call becomes the same step as an action, good or bad.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic import ValidationError

from email_triage_env.models import EmailTriageObservation
from email_triage_env.server.received import ReceivedAction
from models import TriageAction
from tasks import ROUTES

TOOL: Final = "triage"
_DESCRIPTION: Final = (
    "Decide the email that is shown: one label, the one team that gets it, and a summary for that "
    "team. The answer is the next email with the reward of this decision. An invalid call costs a "
    "step and decides nothing. An episode is opened by a reset over the WebSocket /ws."
)
# A list of tools is the same in every session, and teams are not.
_TEAMS: Final = (
    f"One of the teams of the episode's own desk, which its reset lists as routes. Easy, medium "
    f"and hard inboxes have {', '.join(ROUTES)}; each varied inbox and each month has others."
)


class UnknownToolError(LookupError):
    """There is no tool of that name."""


class TriageTool:
    """What OpenEnv calls a client of MCP: lists the one tool, and calls it."""

    def __init__(self, step: Callable[[ReceivedAction], EmailTriageObservation]) -> None:
        """Call `step` for every call."""
        self._step = step

    # There is no connection, so it is always open; OpenEnv would open and close one otherwise.
    def is_connected(self) -> bool:
        """Say that calls can be made."""
        return True

    async def __aenter__(self) -> "TriageTool":
        return self

    async def __aexit__(self, *_error: object) -> None:
        pass

    async def list_tools(self) -> list[dict[str, Any]]:
        """Return the tool with the strict schema of an action."""
        schema = TriageAction.model_json_schema()
        team = {**schema["properties"]["route_to"], "description": _TEAMS}
        properties = {**schema["properties"], "route_to": team}
        return [
            {
                "name": TOOL,
                "description": _DESCRIPTION,
                "inputSchema": {**schema, "properties": properties},
            }
        ]

    async def call_tool(self, name: object, arguments: object) -> dict[str, Any]:
        """Decide the current email.

        Args:
            name: The tool.
            arguments: The decision; what is none costs a step.

        Returns:
            The observation with `reward`, `done` and `metadata`: as text, as MCP's structured
            content, and as the `data` that OpenEnv's client returns.

        Raises:
            UnknownToolError: If it is another tool; the environment does not hear of it.
        """
        if name != TOOL:
            raise UnknownToolError(f"Unknown tool {name!r:.60}; there is {TOOL!r}.")
        told = self._step(_as_action(arguments)).model_dump()
        return {
            "content": [{"type": "text", "text": json.dumps(told)}],
            "structuredContent": told,
            "isError": "error" in told["metadata"],
            "data": told,
        }


def called_by(sent: Mapping[str, Any]) -> Any:  # noqa: ANN401 # whatever the client sent
    """Return the decision in an action that calls the tool over /ws, as OpenEnv's clients may.

    Args:
        sent: The fields of an action.

    Returns:
        The arguments of the call; what was sent if it is none.
    """
    if "tool_name" not in sent:
        return sent
    call = {"type": "call_tool", "tool_name": TOOL}
    arguments = sent.get("arguments")
    is_call = sent.keys() <= {*call, "arguments"} and sent.items() >= call.items()
    return arguments if is_call and isinstance(arguments, dict) else sent


def _as_action(arguments: object) -> ReceivedAction:
    try:
        action: ReceivedAction = ReceivedAction.model_validate(arguments)
    except ValidationError:
        return ReceivedAction()
    return action
