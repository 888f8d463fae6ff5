"""The server as it really runs: gunicorn with two workers in a process of its own."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from processes import ROOT, Server, running_server
from quality.search import key_actions
from tasks import TASKS

KEY_REWARDS = [0.99, 0.98, 0.97, 0.96, 0.95, 0.94, 0.93, 1.0]
TIMEOUT = 10


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Server]:
    """Return a running server that shares nothing with another test."""
    with running_server(tmp_path) as server:
        yield server


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

    threads = [threading.Thread(target=step) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(steps) == list(range(1, 11))


def test_killed_workers_lose_nothing(served: Server) -> None:
    """With every worker killed in mid-episode the rewards go on as if nothing had happened."""
    actions = key_actions(TASKS["task_hard"])
    with requests.Session() as session:
        session.post(f"{served.url}/reset", json={"task_id": "task_hard"}, timeout=TIMEOUT)
        rewards = [_step(session, served.url, action)["reward"] for action in actions[:4]]
        killed = served.workers()
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        served.workers(without=killed)
        for action in actions[4:]:
            rewards.append(_step_through_restart(session, served.url, action))
    assert rewards == KEY_REWARDS


def _step_through_restart(session: requests.Session, url: str, action: object) -> object:
    # A connection that a killed worker held is reset; the cookie makes a retry safe.
    for _ in range(50):
        try:
            return _step(session, url, action)["reward"]
        except requests.ConnectionError:
            time.sleep(0.1)
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


def test_ambiguous_framing_is_refused(served: Server) -> None:
    """A request with both a length and chunks is not taken, so none can be smuggled in."""
    parts = urlsplit(served.url)
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), TIMEOUT) as link:
        link.sendall(
            b"POST /reset HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        )
        reply = link.recv(4096)
    assert reply.startswith(b"HTTP/1.1 400")
    assert b"application/json" in reply


def test_silent_clients_do_not_block_the_others(served: Server) -> None:
    """More half-sent requests than there are threads hold the server up for seconds only."""
    parts = urlsplit(served.url)
    address = str(parts.hostname), int(parts.port or 0)
    with ExitStack() as links:
        for _ in range(20):
            link = links.enter_context(socket.create_connection(address, TIMEOUT))
            link.sendall(b"POST /reset HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{")
        reply = requests.post(f"{served.url}/reset", timeout=40)
    assert reply.status_code == 200


def test_server_does_not_import_the_client_library() -> None:
    """The server starts without `openai`, which alone takes half a second."""
    code = "import sys, server; sys.exit('openai' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)  # noqa: S603
