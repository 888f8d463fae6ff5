"""The environment over HTTP: parse, call, serialise.

The server keeps no episode. An episode is its `EnvironmentState`, which travels in Flask's signed
session cookie, so any worker or replica can serve any step and a killed one loses nothing.
Clients without cookies share one default episode, kept in a small file beside the workers.

Requests are collected by the worker's poller and cost a thread only when they are whole, so that
slow, silent and broken clients take nothing from the others.

Nothing here knows a rule of the game (environment.py) or an answer (tasks.py).
"""

import errno
import fcntl
import logging
import os
import re
import secrets
import tempfile
import time
import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from selectors import EVENT_READ, EVENT_WRITE
from socket import SHUT_WR, socket
from stat import S_ISDIR
from typing import Any, Final

from flask import Flask, Response, request, session
from flask.sessions import SecureCookieSessionInterface
from gunicorn.app.base import BaseApplication
from gunicorn.http.errors import LimitRequestHeaders, ParseException
from gunicorn.http.message import Request
from gunicorn.http.unreader import IterUnreader
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

MAX_HEAD_BYTES: Final = 32 * 1024
MAX_REQUEST_LINE_BYTES: Final = 2048
MAX_LINE_BYTES: Final = 256
MAX_FIELDS: Final = 64
RECEIVE_BYTES: Final = 16 * 1024
# Each of these has so long: a request from its first byte, a client to take its answer, and the
# silence before another request.
PATIENCE_SECONDS: Final = 10
TICK_SECONDS: Final = 1
# Where there is no room for another client, so many make room for the next ones.
LEAVING_TOGETHER: Final = 16
GUNICORN_SETTINGS: Final[Mapping[str, Any]] = {
    "worker_class": f"{__name__}._Worker",
    "workers": 2,
    "threads": 8,
    # Below the 1,024 files that a process may often open.
    "worker_connections": 900,
    "preload_app": True,
    "graceful_timeout": 10,
    "limit_request_line": MAX_REQUEST_LINE_BYTES,
    "limit_request_field_size": MAX_HEAD_BYTES,
    "limit_request_fields": MAX_FIELDS,
}

_CHUNK_SIZE: Final = re.compile(rb"([0-9A-Fa-f]{1,8})(?:[ \t]*;[^\r\n]*)?\r\n")
_JSON_OBJECT: Final = TypeAdapter(dict[str, Any])
_TOO_LARGE: Final = f"The body is over {MAX_BODY_BYTES} bytes; send a shorter one."
_OWN_BUG: Final = "Internal error; the server's log has the cause."
# What never comes to the application, the special before the general.
_REFUSALS: Final[Mapping[type[Exception], tuple[int, str]]] = {
    TimeoutError: (408, f"The request was not whole in {PATIENCE_SECONDS} seconds; send it again."),
    RequestEntityTooLarge: (413, _TOO_LARGE),
    LimitRequestHeaders: (431, "The headers are too large; send fewer or shorter ones."),
    ParseException: (400, "This is no HTTP request; send a well-formed one."),
    Exception: (500, _OWN_BUG),
}
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
    app.register_error_handler(Exception, _own_bug_reply)
    return app


class _Episode(BaseModel):
    """What travels in the cookie: an episode, and what its steps add up to."""

    model_config = ConfigDict(extra="forbid")

    state: EnvironmentState
    tally: Tally


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


class _Socket(socket):
    """A client's socket as gunicorn writes to it: nobody waits until the client has read."""

    def __init__(self, accepted: socket) -> None:
        super().__init__(accepted.family, accepted.type, accepted.proto, accepted.detach())
        self.unsent = bytearray()

    def sendall(self, data: bytes, _flags: int = 0) -> None:  # type: ignore[override]
        self.unsent += data

    def flush(self) -> bool:
        """Send what the client takes, and return whether that was all."""
        with suppress(BlockingIOError):
            del self.unsent[: self.send(self.unsent)]
        return not self.unsent


class _Connection(TConn):
    """A client, as a conversation that stops wherever it has to wait."""

    sock: _Socket

    def __init__(self, worker: "_Worker", accepted: socket, client: Any, server: Any) -> None:  # noqa: ANN401 # addresses of any family
        super().__init__(worker.cfg, _Socket(accepted), client, server)
        self.steps = self._talk()
        self.since = time.monotonic()
        self.keep_alive = True
        self._received = bytearray()

    def _talk(self) -> Generator[int | Request, None, None]:
        """Yield each request when it is whole, and until then the event to wait for."""
        while self.keep_alive:
            if not self._received:
                yield from self._receive()
            self.since = time.monotonic()
            try:
                request = yield from self._read_request()
            except (ParseException, RequestEntityTooLarge, TimeoutError) as error:
                yield from self._refuse(error)
            else:
                yield request
                self.since = time.monotonic()
                yield from self._flush()

    def _refuse(self, error: Exception) -> Generator[int, None, None]:
        self.sock.sendall(_refusal(error))
        yield from self._flush()
        self.sock.shutdown(SHUT_WR)
        # Closed now, the connection would be reset, and the client might lose the answer.
        while True:
            yield from self._receive()
            self._received.clear()

    def _read_request(self) -> Generator[int, None, Request]:
        """Read one request.

        gunicorn's own readers of bodies would hold a thread until the last byte; and until
        gunicorn 23 they wait for ever, at full speed, for the rest of a chunk from a client that
        is gone. With 23 the second reason goes, the first stays.
        """
        head = yield from self._read_until(b"\r\n\r\n", MAX_HEAD_BYTES)
        request = Request(self.cfg, IterUnreader([head]), self.client)
        length = getattr(request.body and request.body.reader, "length", None)
        if length is not None and length > MAX_BODY_BYTES:
            raise RequestEntityTooLarge
        asks = [field for field in request.headers if field[0] == "EXPECT"]
        if asks:
            # Removed, because gunicorn would say so once more, with the answer.
            request.headers = [field for field in request.headers if field not in asks]
            self.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            yield from self._flush()
        body = yield from (self._read_chunks() if length is None else self._read(length))
        request.body = BytesIO(body)  # type: ignore[assignment] # a file is what WSGI wants
        return request

    def _read_chunks(self) -> Generator[int, None, bytearray]:
        body = bytearray()
        while size := _chunk_size((yield from self._read_until(b"\r\n", MAX_LINE_BYTES))):
            if len(body) + size > MAX_BODY_BYTES:
                raise RequestEntityTooLarge
            body += yield from self._read(size)
            if (yield from self._read(2)) != b"\r\n":
                raise ParseException("A chunk is longer than it says.")
        for _ in range(MAX_FIELDS):
            if (yield from self._read_until(b"\r\n", MAX_LINE_BYTES)) == b"\r\n":
                return body
        raise LimitRequestHeaders("There are too many trailers.")

    def _read_until(self, mark: bytes, limit: int) -> Generator[int, None, bytes]:
        while (found := self._received.find(mark)) < 0:
            if len(self._received) > limit:
                raise LimitRequestHeaders("There is no end to the head, or to a line.")
            yield from self._receive()
        return (yield from self._read(found + len(mark)))

    def _read(self, length: int) -> Generator[int, None, bytes]:
        while len(self._received) < length:
            yield from self._receive()
        data = bytes(self._received[:length])
        del self._received[:length]
        return data

    def _receive(self) -> Generator[int, None, None]:
        yield EVENT_READ
        data = self.sock.recv(RECEIVE_BYTES)
        if not data:
            raise ConnectionError("The client is gone.")
        self._received += data

    def _flush(self) -> Generator[int, None, None]:
        while not self.sock.flush():
            yield EVENT_WRITE


class _Worker(ThreadWorker):
    """gunicorn's threaded worker, whose threads wait for nobody."""

    def run(self) -> None:
        """Serve until told to stop, then answer what was received whole."""
        # Only this thread takes connections out; any thread puts them in.
        self._waiting: set[_Connection] = set()
        # A signal writes here, so that stopping does not wait for the next tick.
        self.poller.register(self.PIPE[0], EVENT_READ, partial(os.read, self.PIPE[0], 1))
        for listener in self.sockets:
            listener.setblocking(False)
            self.poller.register(listener, EVENT_READ, partial(self._accept, listener))
        next_tick = 0.0
        while self.alive:
            for key, _ in self.poller.select(TICK_SECONDS):
                key.data()
            if time.monotonic() >= next_tick:
                next_tick = time.monotonic() + TICK_SECONDS
                self._tick()
        for listener in self.sockets:
            listener.close()
        self.tpool.shutdown()

    def _tick(self) -> None:
        self.notify()
        if not self.is_parent_alive():
            self.alive = False
        late = time.monotonic() - PATIENCE_SECONDS
        for connection in self._longest_waiting():
            if connection.since < late:
                self._wake(connection, TimeoutError())

    def _accept(self, listener: socket) -> None:
        try:
            accepted, client = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self._make_room()
            return
        if len(self._waiting) >= self.worker_connections:
            self._make_room()
        self._go_on(_Connection(self, accepted, client, listener.getsockname()))

    def _longest_waiting(self) -> list[_Connection]:
        return sorted(self._waiting.copy(), key=lambda connection: connection.since)

    def _make_room(self) -> None:
        """Part with those who have waited longest; a client that speaks at once is served."""
        for connection in self._longest_waiting()[:LEAVING_TOGETHER]:
            self._wake(connection, ConnectionError("There are too many connections."))

    def _wake(self, connection: _Connection, error: Exception | None = None) -> None:
        # It may have been closed since, by an earlier event of the same round.
        if connection in self._waiting:
            self._waiting.remove(connection)
            self.poller.unregister(connection.sock)
            self._go_on(connection, error)

    def _go_on(self, connection: _Connection, error: Exception | None = None) -> None:
        """Let a conversation go on until it waits for its client or for a thread."""
        try:
            wanted = connection.steps.throw(error) if error else next(connection.steps)
            if isinstance(wanted, Request):
                self.tpool.submit(self._serve, connection, wanted)
            else:
                self.poller.register(connection.sock, wanted, partial(self._wake, connection))
                self._waiting.add(connection)
        except (StopIteration, OSError):
            connection.close()
        except Exception:
            # The conversation of one client must not end those of the others.
            self.log.exception("Unhandled error in a connection")
            connection.close()

    def _serve(self, connection: _Connection, request: Request) -> None:
        """Answer a request, in a thread."""
        try:
            connection.keep_alive = self.handle_request(request, connection)
        except Exception as error:
            self.log.exception("Unhandled error in a request")
            connection.keep_alive = False
            connection.sock.sendall(_refusal(error))
        self._go_on(connection)


def _chunk_size(line: bytes) -> int:
    found = _CHUNK_SIZE.fullmatch(line)
    if found is None:
        raise ParseException("A chunk begins with no size.")
    return int(found[1], 16)


def _refusal(error: BaseException) -> bytes:
    status, text = next(reply for kind, reply in _REFUSALS.items() if isinstance(error, kind))
    body = ErrorReply(error=text).model_dump_json()
    return (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


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
    if COOKIE_NAME in request.cookies:
        return True
    # Flask leaves out a malformed cookie, and its client would play the default episode without
    # knowing. A comma stands between two headers, of which there may be only one.
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
        text = _TOO_LARGE
    else:
        text = f"{error.name}; the routes are POST /reset, POST /step and POST /state."
    reply = _reply(ErrorReply(error=text), status)
    if status == 405:
        reply.headers["Allow"] = "POST"
    return reply


def _own_bug_reply(error: Exception) -> Response:
    # Logged in full and answered with a fixed sentence, because the cause can quote an answer.
    _LOGGER.error("Unhandled error", exc_info=error)
    return _reply(ErrorReply(error=_OWN_BUG), 500)


if __name__ == "__main__":
    main()
