"""What goes wrong over plain HTTP, as JSON that names the remedy.

Nothing that was sent is quoted: it may hold what no JSON can, and then the answer would fail, too.
"""

import json
from typing import Any, Final

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError

from python_env.server.code_review_environment import NoReviewError
from python_env.server.episode import NotRunError, OutdatedEpisodeError
from python_env.server.journal import JournalError, TakenEpisodeError, UnknownEpisodeError
from python_env.server.splits import UnknownTaskChoiceError

FAILED: Final = "The server has failed, and its log says why; ask again, or ask for something else."
_UNPROCESSABLE: Final = 422
_SERVER_ERROR: Final = 500
_STATUSES: Final[dict[type[Exception], int]] = {
    UnknownTaskChoiceError: 400,
    UnknownEpisodeError: 404,
    NoReviewError: 409,
    TakenEpisodeError: 409,
    OutdatedEpisodeError: 409,
    JournalError: 503,
    NotRunError: 503,
}


def answer_errors(app: FastAPI) -> None:
    """Let an application answer every error by JSON with a `detail`.

    Args:
        app: The application.
    """
    for kind in _STATUSES:
        app.add_exception_handler(kind, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _failed)


async def _ours(_request: Request, error: Exception) -> Response:
    status = next(code for kind, code in _STATUSES.items() if isinstance(error, kind))
    return _answer(status, str(error))


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
