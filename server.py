"""The environment over HTTP: parse, call, serialise.

The server keeps no episode. An episode is its `EnvironmentState`, which travels in Flask's signed
session cookie, so any worker or replica can serve any step and a killed one loses nothing.
Clients without cookies share one default episode, kept in a small file beside the workers.

Nothing here knows a rule of the game (environment.py) or an answer (tasks.py).
"""

import fcntl
import logging
import os
import re
import secrets
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import socket
from stat import S_ISDIR
from typing import Any, Final

from flask import Flask, Response, request, session
from flask.sessions import SecureCookieSessionInterface
from gunicorn.app.base import BaseApplication
from gunicorn.http.errors import LimitRequestHeaders, ParseException
from gunicorn.http.message import Request
from gunicorn.workers.gthread import TConn, ThreadWorker
from itsdangerous import BadData, Signer
from itsdangerous.encoding import base64_decode, base64_encode
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from environment import EmailTriageEnv, InvalidStateError, Tally, UnknownTaskError
from models import EnvironmentState

DEFAULT_TASK: Final = "task_easy"
DEFAULT_PORT: Final = 7860
MAX_BODY_BYTES: Final = 64 * 1024
COOKIE_NAME: Final = "session"
EPISODE_KEY: Final = "episode"
# curl and browsers drop a cookie of more than 4 KB; this leaves room for the rest of one.
MAX_EPISODE_LETTERS: Final = 3700
# Compressing takes as long as grading; below this it would save nobody anything.
LONG_EPISODE_BYTES: Final = 2048
LEFT_OUT: Final = "(left out: too long for the cookie)"

MAX_HEADER_BYTES: Final = 32 * 1024
MAX_REQUEST_LINE_BYTES: Final = 2048
# A client that falls silent in mid-request gives its thread back after this.
SILENCE_SECONDS: Final = 10
GUNICORN_SETTINGS: Final[Mapping[str, Any]] = {
    "worker_class": f"{__name__}._Worker",
    "workers": 2,
    "threads": 8,
    "preload_app": True,
    "graceful_timeout": 10,
    "limit_request_line": MAX_REQUEST_LINE_BYTES,
    "limit_request_field_size": MAX_HEADER_BYTES,
    "limit_request_fields": 64,
}

_JSON_OBJECT: Final = TypeAdapter(dict[str, Any])
_LOGGER: Final = logging.getLogger(__name__)


class ErrorReply(BaseModel):
    """The one shape of every error."""

    error: str


class IndexReply(BaseModel):
    """What answers at the root, where a Space is pinged."""

    name: str = "email_triage"
    routes: list[str] = ["POST /reset", "POST /step", "POST /state"]


class ResetRequest(BaseModel):
    """The body of `/reset`; `seed` and `episode_id` are OpenEnv's and change nothing here."""

    model_config = ConfigDict(extra="forbid", strict=True)

    task_id: str = DEFAULT_TASK
    seed: int | None = None
    episode_id: str | None = None


class InvalidBodyError(ValueError):
    """The body of a request is not what the route takes."""


class NoEpisodeError(ValueError):
    """There is no episode to step: none was started, or its cookie is not ours."""

    def __init__(self, text: str = "There is no episode here; POST /reset first.") -> None:
        super().__init__(text)


def create_app() -> Flask:
    """Build the application; each has its own signing key unless SESSION_SECRET is set.

    Returns:
        A Flask application with three routes.
    """
    # static_folder would add a fourth route.
    app = Flask(__name__, static_folder=None)
    app.config.update(
        SECRET_KEY=os.getenv("SESSION_SECRET") or secrets.token_hex(),
        SESSION_COOKIE_NAME=COOKIE_NAME,
        SESSION_COOKIE_SAMESITE="Lax",
        # A chunked body is cut off here without a word, so one byte more tells it from a whole one.
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES + 1,
    )
    app.session_interface = _Sessions(app.config["SECRET_KEY"])
    for path, view in (("/reset", _reset), ("/step", _step), ("/state", _state)):
        app.add_url_rule(path, view_func=view, methods=["POST"], provide_automatic_options=False)
    app.register_error_handler(InvalidBodyError, _bad_request)
    app.register_error_handler(UnknownTaskError, _bad_request)
    app.register_error_handler(NoEpisodeError, _no_episode)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _own_bug)
    return app


class _Episode(BaseModel):
    """What travels in the cookie: an episode, and what its steps add up to."""

    model_config = ConfigDict(extra="forbid")

    state: EnvironmentState
    tally: Tally | None


class _Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie, with one signer: making one takes as long as using it."""

    def __init__(self, secret: str) -> None:
        key = Signer(secret, self.salt, key_derivation=self.key_derivation).derive_key()
        # The hash by its name, because Python's HMAC is slow with a function.
        self._signer = Signer(key, key_derivation="none", digest_method="sha1")

    def get_signing_serializer(self, app: Flask) -> "_Sessions":  # type: ignore[override] # noqa: ARG002
        """Return what signs: this, because a session is one text and needs no JSON."""
        return self

    def dumps(self, session: Mapping[str, str]) -> str:
        """Return a session signed."""
        return self._signer.sign(session[EPISODE_KEY]).decode()

    # No episode is too old, and replicas whose clocks differ must read each other's.
    def loads(self, text: str, max_age: int) -> dict[str, str]:  # noqa: ARG002
        """Return the session that was signed."""
        return {EPISODE_KEY: self._signer.unsign(text).decode()}


def main() -> None:
    """Serve with gunicorn on PORT, 7860 unless set."""
    _Server().run()


class _Server(BaseApplication):
    """gunicorn with our settings; the application is built once, before the workers fork."""

    def load_config(self) -> None:
        """Take the settings above, and the port from the environment."""
        port = os.getenv("PORT") or DEFAULT_PORT
        for name, value in {**GUNICORN_SETTINGS, "bind": f"0.0.0.0:{port}"}.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:  # type: ignore[override] # a Flask application is what WSGI wants
        """Return the application that every worker serves."""
        return create_app()


class _Worker(ThreadWorker):
    """gunicorn's threaded worker, which waits for nobody for ever and answers in JSON."""

    def handle(self, conn: TConn) -> bool:
        """Serve a connection."""
        conn.sock.settimeout(SILENCE_SECONDS)
        return super().handle(conn)

    def handle_error(
        self,
        req: Request | None,
        client: socket,
        addr: str | int | tuple[str, int],
        exc: BaseException,
    ) -> None:
        """Answer a request that is none, before it reaches the application."""
        if isinstance(exc, LimitRequestHeaders):
            status, text = "431 Request Header Fields Too Large", "The headers are too large."
        elif isinstance(exc, ParseException):
            status, text = "400 Bad Request", "This is no HTTP request; send a well-formed one."
        else:
            return super().handle_error(req, client, addr, exc)
        body = ErrorReply(error=text).model_dump_json().encode()
        head = (
            f"HTTP/1.1 {status}\r\nConnection: close\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with suppress(OSError):
            client.sendall(head.encode() + body)
        return None


def _reset() -> Response:
    body = _parse_body()
    try:
        wanted = ResetRequest.model_validate(body)
    # Translated here, and only here: a ValidationError from our own code is a bug, not a 400.
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InvalidBodyError(
            f"Invalid field {field!r} ({first['msg']}); "
            f'send {{}} or {{"task_id": "{DEFAULT_TASK}"}}.'
        ) from error
    env = EmailTriageEnv(wanted.task_id)
    result = env.reset()
    session[EPISODE_KEY] = _pack(env)
    # A client on its first request and one that keeps no cookies look the same: serve both.
    if not _has_cookie():
        try:
            with _default_episode() as file:
                file.write(env)
        except NoEpisodeError as error:
            _LOGGER.warning("No default episode for clients without cookies: %r", error.__cause__)
    return _reply(result)


def _step() -> Response:
    action: Any = _parse_body()
    if _has_cookie():
        env = _from_cookie()
        result = env.step(action)
        session[EPISODE_KEY] = _pack(env)
        return _reply(result)
    with _default_episode() as file:
        env = file.read()
        result = env.step(action)
        file.write(env)
    return _reply(result)


def _state() -> Response:
    _parse_body()
    if _has_cookie():
        return _reply(_from_cookie().state())
    with _default_episode() as file:
        return _reply(file.read().state())


def _parse_body() -> dict[str, Any]:
    body = request.get_data(cache=False)
    if len(body) > MAX_BODY_BYTES:
        raise RequestEntityTooLarge
    try:
        return _JSON_OBJECT.validate_json(body.strip() or b"{}")
    except ValidationError as error:
        raise InvalidBodyError("The body is no JSON object; send one, or none at all.") from error


def _has_cookie() -> bool:
    # Flask's cookies leave out a malformed one, and its client would play the default episode
    # without knowing. A comma stands between two headers, of which there may be only one.
    pairs = re.split("[;,]", request.headers.get("Cookie", ""))
    return any(pair.partition("=")[0].strip() == COOKIE_NAME for pair in pairs)


def _from_cookie() -> EmailTriageEnv:
    try:
        data = base64_decode(session[EPISODE_KEY])
        return _resume(data if data.startswith(b"{") else zlib.decompress(data))
    # Flask has checked the signature: an unsigned or changed cookie gives an empty session.
    except (KeyError, BadData, zlib.error) as error:
        raise NoEpisodeError from error


def _pack(env: EmailTriageEnv) -> str:
    """Return an episode as letters that fit a cookie, without its oldest summaries if need be."""
    episode = _Episode(state=env.state(), tally=env.tally())
    actions = episode.state.action_history
    packed = _letters(episode)
    for i, action in enumerate(actions):
        if len(packed) <= MAX_EPISODE_LETTERS:
            break
        if action is not None:
            actions[i] = action.model_copy(update={"summary": LEFT_OUT})
            packed = _letters(episode)
    return packed


def _letters(episode: _Episode) -> str:
    data = episode.model_dump_json().encode()
    packed = base64_encode(zlib.compress(data) if len(data) > LONG_EPISODE_BYTES else data)
    return packed.decode()


def _resume(data: bytes) -> EmailTriageEnv:
    try:
        episode = _Episode.model_validate_json(data)
        return EmailTriageEnv.from_state(episode.state, tally=episode.tally)
    # An episode of an older version of the server or of the mail: nothing to resume.
    except (ValidationError, InvalidStateError, UnknownTaskError) as error:
        raise NoEpisodeError from error


class _EpisodeFile:
    """The default episode, held while the lock is."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> EmailTriageEnv:
        try:
            return _resume(self._path.read_bytes())
        except FileNotFoundError as error:
            raise NoEpisodeError from error

    def write(self, env: EmailTriageEnv) -> None:
        fresh = self._path.with_suffix(".new")
        episode = _Episode(state=env.state(), tally=env.tally())
        fresh.write_text(episode.model_dump_json(), encoding="utf-8")
        fresh.replace(self._path)


@contextmanager
def _default_episode() -> Iterator[_EpisodeFile]:
    """Lock the default episode, which all workers on this machine share."""
    folder = Path(tempfile.gettempdir()) / f"email-triage-{os.getuid()}"
    name = os.getenv("PORT") or str(DEFAULT_PORT)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        # The temporary folder is everybody's: what another user put there is not ours to follow.
        if not S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
            raise PermissionError(f"{folder} is not ours alone; remove it.")
        with (folder / f"{name}.lock").open("w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield _EpisodeFile(folder / f"{name}.json")
    # A temporary folder that cannot be used leaves only the clients with cookies.
    except OSError as error:
        raise NoEpisodeError(
            "No episode can be kept here without a cookie; send back the cookie of /reset."
        ) from error


def _reply(model: BaseModel, status: int = 200) -> Response:
    return Response(model.model_dump_json(), status, content_type="application/json")


def _bad_request(error: ValueError) -> Response:
    return _reply(ErrorReply(error=str(error)), 400)


def _no_episode(error: NoEpisodeError) -> Response:
    return _reply(ErrorReply(error=str(error)), 409)


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status == 404 and request.path == "/" and request.method in ("GET", "HEAD"):
        # A Space is pinged at its root; a fourth route is not ours to add.
        return _reply(IndexReply())
    if isinstance(error, RequestEntityTooLarge):
        text = f"The body is over {MAX_BODY_BYTES} bytes; send a shorter one."
    else:
        text = f"{error.name}; the routes are POST /reset, POST /step and POST /state."
    reply = _reply(ErrorReply(error=text), status)
    if status == 405:
        reply.headers["Allow"] = "POST"
    return reply


def _own_bug(error: Exception) -> Response:
    # Logged in full and answered with a fixed sentence, because the cause can quote an answer.
    _LOGGER.error("Unhandled error", exc_info=error)
    return _reply(ErrorReply(error="Internal error; the server's log has the cause."), 500)


if __name__ == "__main__":
    main()
