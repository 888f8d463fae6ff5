"""The server as it really runs: gunicorn with two workers in a process of its own."""

import http.client
import json
import os
import random
import resource
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from processes import ROOT, Server, running_server
from quality.search import key_actions
from server import _Socket
from tasks import TASKS

KEY_REWARDS = [0.99, 0.98, 0.97, 0.96, 0.95, 0.94, 0.93, 1.0]
TIMEOUT = 10
# What a client that speaks at once may have to wait on a busy machine.
PROMPT_SECONDS = 2.0

RESET = b"POST /reset HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"
CHUNKED = b"POST %s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a running server, for all tests that only talk to it, however badly."""
    with running_server(tmp_path_factory.mktemp("server")) as server:
        workers = server.workers()
        yield server
        assert server.workers() == workers, "A test has ended a worker."


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Server]:
    """Return a running server that shares nothing with another test."""
    with running_server(tmp_path) as server:
        yield server


def _address(server: Server) -> tuple[str, int]:
    parts = urlsplit(server.url)
    return str(parts.hostname), int(parts.port or 0)


def _connect(server: Server) -> socket.socket:
    return socket.create_connection(_address(server), TIMEOUT)


def _read_all(link: socket.socket) -> bytes:
    """Read until the server closes, however it does that."""
    received = b""
    with suppress(ConnectionError):
        while data := link.recv(65536):
            received += data
    return received


def _say(server: Server, *parts: bytes) -> bytes:
    """Send the parts one after the other, half-close, and return everything that is answered."""
    with _connect(server) as link:
        with suppress(ConnectionError):
            for part in parts:
                link.sendall(part)
            link.shutdown(socket.SHUT_WR)
        return _read_all(link)


def _assert_prompt(server: Server) -> None:
    """A new client is answered at once; the best of three, because the machine may be busy."""
    seconds = []
    for _ in range(3):
        started = time.monotonic()
        assert requests.post(f"{server.url}/reset", timeout=TIMEOUT).status_code == 200
        seconds.append(time.monotonic() - started)
    assert min(seconds) < PROMPT_SECONDS


def _step(session: requests.Session, url: str, action: object) -> dict[str, object]:
    reply = session.post(f"{url}/step", json=vars(action), timeout=TIMEOUT)
    assert reply.status_code == 200
    return dict(reply.json())


def _play(url: str, task_id: str) -> list[dict[str, object]]:
    with requests.Session() as session:
        session.post(f"{url}/reset", json={"task_id": task_id}, timeout=TIMEOUT)
        return [_step(session, url, action) for action in key_actions(TASKS[task_id])]


def test_two_workers(served: Server) -> None:
    """Two workers are forked from one preloaded process."""
    assert len(served.workers()) == 2


def test_interleaved_clients_are_isolated(served: Server) -> None:
    """Eight clients at once, over both workers, see what each would see alone."""
    alone = {task_id: _play(served.url, task_id) for task_id in TASKS}
    results: dict[int, list[dict[str, object]]] = {}
    tasks = [list(TASKS)[i % 3] for i in range(8)]

    def run(number: int) -> None:
        results[number] = _play(served.url, tasks[number])

    threads = [threading.Thread(target=run, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert {number: alone[tasks[number]] for number in range(8)} == results


def test_default_episode_is_right_with_any_worker(served: Server) -> None:
    """Plain requests without cookies play one whole episode, whichever worker answers."""
    requests.post(f"{served.url}/reset", timeout=TIMEOUT)
    rewards = [
        requests.post(f"{served.url}/step", json=vars(action), timeout=TIMEOUT).json()["reward"]
        for action in key_actions(TASKS["task_easy"])
    ]
    assert rewards == KEY_REWARDS


def test_default_episode_under_concurrency(served: Server) -> None:
    """Of many steps at once none is lost and none counts twice."""
    requests.post(f"{served.url}/reset", timeout=TIMEOUT)
    steps: list[int] = []

    def step() -> None:
        reply = requests.post(f"{served.url}/step", json={"label": "x"}, timeout=TIMEOUT)
        steps.append(reply.json()["info"]["step"])

    threads = [threading.Thread(target=step) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    # After the end nothing counts.
    assert sorted(steps) == [*range(1, 11), *[10] * 22]


def test_killed_workers_lose_nothing(fresh: Server) -> None:
    """With every worker killed in mid-episode the rewards go on as if nothing had happened."""
    actions = key_actions(TASKS["task_hard"])
    with requests.Session() as session:
        session.post(f"{fresh.url}/reset", json={"task_id": "task_hard"}, timeout=TIMEOUT)
        rewards = [_step(session, fresh.url, action)["reward"] for action in actions[:4]]
        killed = fresh.workers()
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        fresh.workers(without=killed)
        for action in actions[4:]:
            rewards.append(_step_through_restart(session, fresh.url, action))
    assert rewards == KEY_REWARDS


def test_workers_killed_again_and_again(fresh: Server) -> None:
    """Many clients play whole episodes while one worker after the other is killed."""

    def play(_number: int) -> list[object]:
        with requests.Session() as session:
            _through_restart(session, f"{fresh.url}/reset", {"task_id": "task_hard"})
            return [
                _step_through_restart(session, fresh.url, action)
                for action in key_actions(TASKS["task_hard"])
            ]

    with ThreadPoolExecutor(16) as pool:
        episodes = pool.map(play, range(64))
        for _ in range(4):
            killed = fresh.workers()
            os.kill(killed[0], signal.SIGKILL)
            fresh.workers(without=killed[:1])
        assert list(episodes) == [KEY_REWARDS] * 64


def _step_through_restart(session: requests.Session, url: str, action: object) -> object:
    return _through_restart(session, f"{url}/step", vars(action)).json()["reward"]


def _through_restart(
    session: requests.Session, url: str, body: dict[str, object]
) -> requests.Response:
    # A connection that a killed worker held is reset; the cookie makes a retry safe.
    for _ in range(50):
        try:
            reply = session.post(url, json=body, timeout=TIMEOUT)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            assert reply.status_code == 200
            return reply
    raise AssertionError("The server did not come back.")


def test_restart_with_a_secret_loses_nothing(tmp_path: Path) -> None:
    """With SESSION_SECRET set, an episode goes on at a server that was started later."""
    secret = {"SESSION_SECRET": "kept"}
    actions = key_actions(TASKS["task_easy"])
    with running_server(tmp_path, secret) as first, requests.Session() as session:
        session.post(f"{first.url}/reset", timeout=TIMEOUT)
        _step(session, first.url, actions[0])
        cookies = session.cookies.get_dict()
    with running_server(tmp_path, secret) as second, requests.Session() as session:
        session.cookies.update(cookies)
        assert _step(session, second.url, actions[1])["reward"] == KEY_REWARDS[1]


def test_sigterm_stops_cleanly(tmp_path: Path) -> None:
    """SIGTERM ends the server with exit status 0, and nothing of it is left."""
    with running_server(tmp_path) as server:
        workers = server.workers()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=15) == 0
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def test_body_limit(served: Server) -> None:
    """A body over 64 KiB is refused, also one that does not say how long it is."""
    reply = requests.post(f"{served.url}/step", data=b" " * (65536 + 1), timeout=TIMEOUT)
    assert reply.status_code == 413
    assert "over 65536 bytes" in reply.json()["error"]
    chunks = iter([b" " * 40000] * 3)
    reply = requests.post(f"{served.url}/step", data=chunks, timeout=TIMEOUT)
    assert reply.status_code == 413


def test_malformed_json_and_tampered_cookie(served: Server) -> None:
    """Bad input gets its own status over the wire, too."""
    assert requests.post(f"{served.url}/reset", data="{", timeout=TIMEOUT).status_code == 400
    tampered = {"session": "eyJ4IjoxfQ.a.b"}
    reply = requests.post(f"{served.url}/step", json={}, cookies=tampered, timeout=TIMEOUT)
    assert reply.status_code == 409


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_ping_at_the_root(served: Server, method: str) -> None:
    """The root answers 200 with JSON."""
    reply = requests.request(method, served.url, timeout=TIMEOUT)
    assert reply.status_code == 200
    assert reply.headers["Content-Type"] == "application/json"


def test_oversized_header_is_refused(served: Server) -> None:
    """A header over the limit is refused, and the server goes on serving."""
    host = urlsplit(served.url).netloc
    connection = http.client.HTTPConnection(host, timeout=TIMEOUT)
    connection.request("POST", "/reset", headers={"X-Large": "x" * 40000})
    reply = connection.getresponse()
    assert reply.status == 431
    assert reply.headers["Content-Type"] == "application/json"
    assert set(json.loads(reply.read())) == {"error"}
    connection.close()
    assert requests.post(f"{served.url}/reset", timeout=TIMEOUT).status_code == 200


HEAD = b"POST /reset HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    ("parts", "statuses"),
    [
        pytest.param([RESET], [200], id="half-closed"),
        pytest.param([bytes([byte]) for byte in RESET], [200], id="byte-by-byte"),
        pytest.param([RESET * 20], [200] * 20, id="pipelined"),
        pytest.param([RESET, b"GARBAGE\r\n\r\n"], [200, 400], id="garbage-behind"),
        pytest.param([RESET, RESET[:-1]], [200], id="cut-short-behind"),
        pytest.param([RESET.replace(b"1.1", b"1.0") * 2], [200], id="old-clients-are-closed"),
        pytest.param([CHUNKED % b"/reset", b"1;a=b\r\n{\r\n1\r\n}\r\n0\r\nX: y\r\n\r\n"], [200],
                     id="chunks-with-extension-and-trailer"),
        pytest.param([HEAD + b"Content-Length: 65537\r\nExpect: 100-continue\r\n\r\n"], [413],
                     id="refused-before-it-is-sent"),
        pytest.param([HEAD + b"Content-Length: 9999999\r\n\r\n", b" " * 9999999], [413],
                     id="refused-and-sent-all-the-same"),
        pytest.param([HEAD + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
                     [400], id="length-and-chunks"),
        pytest.param([HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} "], [400],
                     id="two-lengths"),
        pytest.param([HEAD + b"Content-Length: -1\r\n\r\n"], [400], id="negative-length"),
        pytest.param([HEAD + b"X: y\r\n" * 100 + b"\r\n"], [431], id="too-many-headers"),
        pytest.param([HEAD + b"X: " + b"y" * 99999], [431], id="endless-header"),
        pytest.param([b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n"], [400], id="tls"),
        pytest.param([b"", b""], [], id="nothing"),
    ],
)  # fmt: skip
def test_conversations(served: Server, parts: list[bytes], statuses: list[int]) -> None:
    """Whatever a client sends and however it is cut, it gets the answers it should, in JSON."""
    answer = _say(served, *parts)
    assert [int(part[2:5]) for part in answer.split(b"HTTP/1.")[1:]] == statuses
    assert answer.count(b"Content-Type: application/json") == len(statuses)


def test_client_that_asks_before_it_sends(served: Server) -> None:
    """A client that waits for `100 Continue` gets it, and once only."""
    with _connect(served) as link:
        link.sendall(HEAD + b"Content-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        assert link.recv(4096) == b"HTTP/1.1 100 Continue\r\n\r\n"
        link.sendall(b"{}")
        link.shutdown(socket.SHUT_WR)
        assert _read_all(link).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("path", [b"/step", b"/nothing"])
@pytest.mark.parametrize(
    "chunks",
    [
        pytest.param(b"\r\n", id="empty"),
        pytest.param(b";x\r\n", id="extension-only"),
        pytest.param(b"-1\r\n", id="negative"),
        pytest.param(b"0x1\r\n{\r\n", id="prefixed"),
        pytest.param(b"1_0\r\n", id="underscore"),
        pytest.param(b"1 \r\n{\r\n", id="space"),
        pytest.param(b"1\n{\n\r\n", id="bare-newline"),
        pytest.param(b"1\r\n{}\r\n", id="longer-than-it-says"),
        pytest.param(b"1\r\n{\r\n\r\n", id="empty-second"),
        pytest.param(b"ffffffffffff\r\n", id="huge"),
    ],
)
def test_malformed_chunks(served: Server, path: bytes, chunks: bytes) -> None:
    """A chunk that says no size is refused in JSON, whether or not the application reads it."""
    answer = _say(served, CHUNKED % path + chunks)
    assert answer.startswith(b"HTTP/1.1 400")
    assert json.loads(answer.partition(b"\r\n\r\n")[2]).keys() == {"error"}


def test_vanished_clients_cost_nothing(served: Server) -> None:
    """A thousand clients go away in mid-chunk, which gunicorn 22 waits for at full speed."""
    beginnings = [b"1\r\n{", b"1\r\n{\r", b"1\r\n", b"1", b"5\r\n{", b"1\r\n{\r\n", b"0\r\n", b""]
    for i in range(1000):
        with _connect(served) as link:
            link.sendall(CHUNKED % b"/step" + beginnings[i % len(beginnings)])
            if i % 2:
                # Closed like this, the connection is reset.
                link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    _assert_prompt(served)


def test_slow_clients_do_not_block_the_others(served: Server) -> None:
    """Of 500 clients that never finish none delays another client or lasts over ten seconds."""
    halves = [b"POST /reset HT", HEAD + b"Content-Length: 9999\r\n\r\n{", CHUNKED % b"/step" + b"5"]
    answers = dict.fromkeys(range(500), b"")
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        links = [stack.enter_context(_connect(served)) for _ in answers]
        for i, link in enumerate(links):
            link.sendall(halves[i % len(halves)])
            link.setblocking(False)
            selector.register(link, selectors.EVENT_READ, i)
        started = time.monotonic()
        _assert_prompt(served)
        while selector.get_map() and time.monotonic() - started < 3 * TIMEOUT:
            for key, _ in selector.select(0.5):
                data = links[key.data].recv(4096)
                answers[key.data] += data
                if not data:
                    selector.unregister(links[key.data])
            for key in selector.get_map().values():
                # Every byte would keep a server waiting that only counts the silence.
                with suppress(OSError):
                    links[key.data].send(b"0")
        assert not selector.get_map()
    assert {answer[:12] for answer in answers.values()} == {b"HTTP/1.1 408"}
    assert all(b"application/json" in answer for answer in answers.values())


def test_nobody_waits_for_a_client_that_does_not_read() -> None:
    """What a client does not take is kept for it, so that no thread waits in between."""
    near, far = socket.socketpair()
    with far, _Socket(near) as client:
        client.setblocking(False)
        client.sendall(b"x" * 9_999_999)
        assert not client.flush()
        received = 0
        while not client.flush():
            received += len(far.recv(1_000_000))
        client.shutdown(socket.SHUT_WR)
        assert received + len(_read_all(far)) == 9_999_999


def test_idle_clients_do_not_use_up_the_files(fresh: Server) -> None:
    """With more clients than a worker may open files, those that say nothing make room."""
    for pid in fresh.workers():
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (64, 64))
    workers = fresh.workers()
    with ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(_connect(fresh))
        _assert_prompt(fresh)
    assert fresh.workers() == workers


def test_fuzzed_requests(served: Server) -> None:
    """Of many requests broken at random each is answered in JSON or dropped, and none is a 5xx."""
    draw = random.Random(4)  # noqa: S311 # numbered, not secret
    whole = [
        RESET,
        HEAD + b'Cookie: session="a b"; x=y\r\nContent-Length: 23\r\n\r\n{"task_id": "task_hard"}',
        CHUNKED % b"/step" + b'7;x=y\r\n{"label\r\n3\r\n":1\r\n1\r\n}\r\n0\r\nX: y\r\n\r\n',
        b"GET / HTTP/1.0\r\nConnection: keep-alive\r\nExpect: 100-continue\r\n\r\n",
    ]
    for _ in range(1500):
        text = bytearray(draw.choice(whole) + draw.choice([b"", *whole]))
        for _ in range(draw.randint(1, 4)):
            place = draw.randrange(len(text))
            text[place : place + draw.choice([0, 0, 1, 1, 8])] = draw.choice(
                [b"", b"\r\n", b"\0", b"\xff", b" ", b":", b"9", b"%", text[place : place + 30]]
            )
        answer = _say(served, bytes(text[: draw.choice([draw.randrange(len(text)), len(text)])]))
        for part in answer.replace(b"HTTP/1.1 100 Continue\r\n\r\n", b"").split(b"HTTP/1.")[1:]:
            assert part[2:3] in b"24", (text, part)
            assert b"application/json" in part, (text, part)
    _assert_prompt(served)


def test_server_does_not_import_the_client_library() -> None:
    """The server starts without `openai`, which alone takes half a second."""
    code = "import sys, server; sys.exit('openai' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)  # noqa: S603
