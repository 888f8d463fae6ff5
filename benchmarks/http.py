"""Requests a second of `/step` under gunicorn, against bare Flask routes on the same settings.

    python -m benchmarks.http

Needs `wrk` (a Debian package of that name). The servers run one after the other, several times in
turn, with 16 connections that keep alive. Each `/step` carries the cookie of an episode in
progress, is graded and answered with the next email and a new cookie. The bare routes get the same
requests and return a constant; one of them also keeps a number in Flask's own session cookie. The
last step of the episode is sent in turn with the one in its middle, to the same server.
"""

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection

import requests

from quality.search import key_actions
from tasks import TASKS

CONNECTIONS = 16
SECONDS = 1
TRIES = 12
ROUNDS = 3
PORT = 17861
URL = f"http://127.0.0.1:{PORT}"
ROOT = Path(__file__).parents[1]
MIDDLE = 4
LAST = 7
WORKERS = 2
KIB_PER_MIB = 1024

BARE = """
import server
from flask import Flask, Response, session

def create_app():
    app = Flask("bare", static_folder=None)
    app.secret_key = "of no use"
    app.add_url_rule("/step", view_func=step, methods=["POST"])
    return app

def step():
    {cookie}
    return Response('{"ok":true}', mimetype="application/json")

server.create_app = create_app
server.main()
"""
SERVERS = {
    "/step": ["server.py"],
    "bare route": ["-c", BARE.replace("{cookie}", "pass")],
    "bare route with a cookie": ["-c", BARE.replace("{cookie}", "session['number'] = 1")],
}


@contextmanager
def running(command: list[str]) -> Iterator[tuple[float, subprocess.Popen[bytes]]]:
    """Run a server; yield how many seconds it took to its first answer, and its process."""
    environment = {**os.environ, "PORT": str(PORT)}
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 # our own server
        [sys.executable, *command],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while True:
            if process.poll() is not None:
                raise SystemExit(f"The server ended with {process.returncode}.")
            try:
                create_connection(("127.0.0.1", PORT), 1).close()
                requests.post(f"{URL}/step", timeout=5)
                break
            except OSError:
                time.sleep(0.005)
        seconds = time.perf_counter() - started
        # With one worker up all connections would stay with it.
        while len(workers(process)) < WORKERS:
            time.sleep(0.005)
        yield seconds, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def best_rate(script: Path) -> float:
    """Return the best of several runs: in some, one worker happens to take every connection."""
    return max(rate(script) for _ in range(TRIES))


def rate(script: Path) -> float:
    """Return requests a second as wrk measures them, and fail if any was not answered 200."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("wrk is missing; install it (Debian: apt-get install wrk).")
    output = subprocess.run(  # noqa: S603
        [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", str(script), f"{URL}/step"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    if "Non-2xx" in output:
        raise SystemExit(f"Some requests failed:\n{output}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    return float(found[1]) if found else 0.0


def lua(cookie: str, body: str) -> str:
    """Return a wrk script that sends one request again and again."""
    return (
        f"wrk.method = 'POST'\nwrk.body = [==[{body}]==]\n"
        f"wrk.headers['Content-Type'] = 'application/json'\n"
        f"wrk.headers['Cookie'] = 'session={cookie}'\n"
    )


def episode(played: int) -> tuple[str, str]:
    """Play so many steps of an episode and return its cookie and the body of the next one."""
    actions = key_actions(TASKS["task_hard"])
    with requests.Session() as session:
        session.post(f"{URL}/reset", json={"task_id": "task_hard"}, timeout=5)
        for action in actions[:played]:
            session.post(f"{URL}/step", json=vars(action), timeout=5)
        return str(session.cookies["session"]), actions[played].model_dump_json()


def workers(process: subprocess.Popen[bytes]) -> list[str]:
    """Return the process ids of the workers."""
    return Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("utf-8").split()


def memory(process: subprocess.Popen[bytes]) -> list[float]:
    """Return the resident memory of each worker, in MiB."""
    found = []
    for pid in workers(process):
        text = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        size = re.search(r"VmRSS:\s+(\d+)", text)
        found.append(int(size[1]) / KIB_PER_MIB if size else 0.0)
    return found


def main() -> None:
    """Print the figures."""
    rates: dict[str, list[float]] = {name: [] for name in SERVERS}
    lasts: list[float] = []
    starts: list[float] = []
    sizes: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        script, last = Path(folder) / "step.lua", Path(folder) / "last.lua"
        for _ in range(ROUNDS):
            for name, command in SERVERS.items():
                with running(command) as (start, process):
                    if name == "/step":
                        starts.append(start)
                        script.write_text(lua(*episode(MIDDLE)), encoding="utf-8")
                        last.write_text(lua(*episode(LAST)), encoding="utf-8")
                    rates[name].append(best_rate(script))
                    if name == "/step":
                        lasts.append(rates[name][-1] / best_rate(last))
                        sizes = memory(process)
    for name, found in rates.items():
        ratios = [mine / other for mine, other in zip(rates["/step"], found, strict=True)]
        print(
            f"{name:<26}{statistics.median(found):8,.0f} a second"
            f"   /step is {statistics.median(ratios):.2f} of it"
        )
    print(f"last step over a middle one {statistics.median(lasts):6.2f}")
    print(f"start to first answer     {statistics.median(starts):8.2f} seconds")
    print(f"memory after the load     {max(sizes):8.0f} MiB a worker")


if __name__ == "__main__":
    main()
