"""What the server says of itself at /, where there is no page for people."""

from typing import Any, Final

from fastapi import FastAPI

from email_triage_env import VERSION
from email_triage_env.server.environment import DESCRIPTION, NAME

WELCOME: Final[dict[str, Any]] = {
    "name": NAME,
    "version": VERSION,
    "description": DESCRIPTION,
    "routes": {
        "/ws": "A session over OpenEnv's protocol: reset, step and state as JSON frames.",
        "/mcp": "The step as a tool of MCP.",
        "/schema": "What an action and an observation are.",
        f"/{NAME}/splits": "Which inboxes there are.",
        "/docs": "All routes over HTTP.",
    },
}


def say_what_this_is(app: FastAPI) -> None:
    """Let an application answer at /, unless it has a route there already.

    Args:
        app: The application.
    """
    app.get("/", include_in_schema=False)(lambda: WELCOME)
