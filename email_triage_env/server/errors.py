"""What goes wrong over plain HTTP, as JSON that names the remedy.

Nothing that was sent is quoted: it may hold what no JSON can, and then the answer would fail, too.
"""

import json
from typing import Any, Final

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError

from email_triage_env.server.environment import NotResetError
from email_triage_env.server.splits import ChoiceError

NO_SESSION: Final = (
    "No episode is open here: over HTTP OpenEnv keeps no session, so that every request meets a "
    "new environment; use the WebSocket /ws, send a reset and then steps."
)
FAILED: Final = "The server has failed, and its log says why; ask again, or ask for something else."
_BAD_REQUEST: Final = 400
_CONFLICT: Final = 409
_UNPROCESSABLE: Final = 422
_SERVER_ERROR: Final = 500


def answer_errors(app: FastAPI) -> None:
    """Let an application answer every error by JSON with a `detail`.

    Args:
        app: The application.
    """
    app.add_exception_handler(ChoiceError, _no_such_inbox)
    app.add_exception_handler(NotResetError, _no_episode)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _failed)


async def _no_such_inbox(_request: Request, error: Exception) -> Response:
    return _answer(_BAD_REQUEST, str(error))


async def _no_episode(_request: Request, _error: Exception) -> Response:
    return _answer(_CONFLICT, NO_SESSION)


async def _invalid(_request: Request, error: RequestValidationError) -> Response:
    return _answer(_UNPROCESSABLE, _places(error.errors()))


async def _refused(request: Request, error: HTTPException) -> Response:
    if isinstance(error.detail, list):
        return _answer(error.status_code, _places(error.detail))
    return await http_exception_handler(request, error)


async def _failed(_request: Request, _error: Exception) -> Response:
    return _answer(_SERVER_ERROR, FAILED)


def _places(errors: Any) -> list[dict[str, Any]]:  # noqa: ANN401 # pydantic's own
    """Say which fields are wrong, and why, as FastAPI does."""
    return [{name: error[name] for name in ("type", "loc", "msg")} for error in errors]


def _answer(status: int, detail: object) -> Response:
    # In ASCII: a field's own name may hold half of a character.
    return Response(json.dumps({"detail": detail}), status, media_type="application/json")
