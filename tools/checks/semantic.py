"""What the reward means: the oracle earns all of it, nobody else can, and it is always the same."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from statistics import mean
from tempfile import gettempdir
from typing import Any, Final

from deck import find_deal
from environment import EmailTriageEnv
from models import Task
from quality import canaries
from quality.canaries import INVALID
from quality.policies import Policy, always, answer_key
from tasks import TASKS
from tools.checks.captures import (
    Capture,
    erratic,
    perform,
    repeated,
    sample,
)
from tools.checks.findings import (
    ROOT,
    Finding,
    Target,
    declared,
    failed,
    judged,
    passed,
    read_json,
    skipped,
)
from tools.checks.oracle import play_key
from tools.checks.session import Session

ORACLE_DEALS: Final = 10
CANARY_DEALS: Final = 1
SESSIONS: Final = 3
SECONDS: Final = 60
HASH_SEEDS: Final = ("0", "1", "12345")
REGRADE: Final = "quality.regrade"
# A namespace without a network, as an ordinary user may make one.
NO_NETWORK: Final = ("unshare", "--user", "--map-root-user", "--net")
OTHER_PYTHONS: Final = tuple(
    f"python3.{minor}" for minor in range(11, 16) if minor != sys.version_info.minor
)


class GradingError(RuntimeError):
    """The batch could not be graded in another process."""


def oracle_max(target: Target) -> Finding:
    """The reviewed answers, played by the typed client, score the maximum in every inbox tried."""
    block = declared(target.root)
    if not (block["capabilities"].get("oracle") or {}).get("location"):
        return failed("no capabilities.oracle is declared")
    location = target.root / block["capabilities"]["oracle"]["location"]
    least = 1.0 - block["reward"]["oracle_tolerance"]
    scores = {task.task_id: play_key(target.url, task) for task in sample(ORACLE_DEALS)}
    problems = [f"{task_id} scored {score}" for task_id, score in scores.items() if score < least]
    if not location.is_file():
        problems.append(f"the declared oracle {location.name} does not exist")
    return judged(
        problems,
        f"score {min(scores.values()):.4f} or more in {len(scores)} inboxes ({len(TASKS)} headline "
        f"tasks and {ORACLE_DEALS} deals of each kind); at least {least:.4f} is due",
    )


def floor_gap(target: Target) -> Finding:
    """Doing nothing, or sending what is no decision, leaves the declared margin to the maximum."""
    margin = declared(target.root)["reward"]["floor_margin"]
    floors = []
    for task in sample(1):
        with Session(target.url) as session:
            first = session.reset(task_id=task.task_id)
            floors += [float(first.get("reward") or 0.0), session.state()["episode_score"]]
        for answer in INVALID:
            with Session(target.url) as session:
                episode = perform(session, task, always(answer), watched=False)
            floors += [episode.score(), max(episode.rewards())]
    with Session(target.url) as session:
        most = perform(session, TASKS["task_hard"], answer_key).score()
    problems = []
    if most - max(floors) < margin:
        problems.append(f"oracle {most} - floor {max(floors)} is less than {margin}")
    return judged(
        problems,
        f"oracle {most:.2f} - floor {max(floors):.2f} = {most - max(floors):.2f}, declared at "
        f"least {margin}; floor of {len(floors)} measurements: nothing done, blank, invalid",
    )


def canary_floor(target: Target) -> Finding:
    """Each shipped way to cheat scores at most its ceiling in every inbox tried."""
    block = declared(target.root)
    if block["capabilities"].get("canaries") != canaries.FILE:
        return failed(f"capabilities.canaries does not name {canaries.FILE}")
    floor = 1.0 - block["reward"]["floor_margin"]
    problems, shown, inboxes = [], [], sample(CANARY_DEALS, ("test",))
    for canary in read_json(target.root / canaries.FILE)["canaries"]:
        scores = [
            [_score(target.url, task, policy) for policy in canaries.policies(canary["id"], task)]
            for task in inboxes
        ]
        # One lucky draw among many proves nothing, what they earn on average does.
        highest = max(mean(row) if canary["counts"] == "mean" else max(row) for row in scores)
        shown.append(f"{canary['id']} {highest:.2f} (<= {canary['ceiling']:.2f})")
        if highest > canary["ceiling"]:
            problems.append(f"{canary['id']} scored {highest}, more than {canary['ceiling']}")
        if not canary["knows_decisions"] and canary["ceiling"] > floor + 1e-9:
            problems.append(f"the ceiling of {canary['id']} is above the floor of {floor:.2f}")
    return judged(problems, f"highest score in {len(inboxes)} inboxes: {', '.join(shown)}")


def verifier_determinism(target: Target) -> Finding:
    """The same action is graded alike in repeated sessions and under other hash seeds."""
    problems = []
    urls = [url for url in (target.url, target.twin) if url]
    steps = 0
    for i, task in enumerate(sample(1)):
        with Session(target.url) as session:
            episode = perform(session, task, erratic(i))
        expected = _local_rewards(episode)
        steps += len(expected)
        for again in (repeated(url, episode) for url in urls for _ in range(SESSIONS)):
            if again.rewards() != expected:
                problems.append(f"{task.task_id} is graded differently: {again.rewards()}")
    if problems:
        return judged(problems, "")
    with ThreadPoolExecutor() as pool:
        variables = [{"PYTHONHASHSEED": seed} for seed in HASH_SEEDS]
        reports = list(pool.map(_regraded, variables))
    if len({report["digest"] for report in reports}) != 1:
        problems.append("processes with different PYTHONHASHSEED grade differently")
    return judged(
        problems,
        f"{reports[0]['grades']} grades are equal under PYTHONHASHSEED {', '.join(HASH_SEEDS)}; "
        f"{steps} served rewards equal those graded here, in {SESSIONS * len(urls)} replays each",
    )


def verifier_portability(_target: Target) -> Finding:
    """The grader needs no network, folder, locale, time zone or particular Python of ours."""
    places: dict[str, Callable[[], dict[str, Any]]] = {
        "here": lambda: _regraded({}),
        "an empty environment": lambda: _regraded({}, bare=True),
        "another locale and time zone": lambda: _regraded(
            {"LC_ALL": "C", "TZ": "Pacific/Kiritimati"}
        ),
        "another folder": lambda: _regraded({"PYTHONPATH": str(ROOT)}, folder=gettempdir()),
    }
    offline = shutil.which(NO_NETWORK[0]) and _works([*NO_NETWORK, "true"])
    if offline:
        places["no network"] = lambda: _regraded({}, before=NO_NETWORK)
    others = [path for name in OTHER_PYTHONS if (path := shutil.which(name))]
    for path in others:
        if _works([path, "-c", "import pydantic"]):
            places[path] = partial(_regraded, {}, python=path)
    with ThreadPoolExecutor() as pool:
        reports = pool.map(lambda regrade: regrade(), places.values())
        elsewhere = dict(zip(places, reports, strict=True))
    here = elsewhere.pop("here")
    versions = {str(report["python"]) for report in (here, *elsewhere.values())}
    problems = [
        f"{place} grades differently"
        for place, report in elsewhere.items()
        if report["digest"] != here["digest"]
    ]
    if problems:
        return judged(problems, "")
    if not offline:
        return skipped("cutting the network off needs unshare and user namespaces (Linux)")
    alone = "" if len(versions) > 1 else "; no other Python with pydantic was found"
    return passed(
        f"{here['grades']} grades have one digest, {here['digest'][:12]}, with "
        f"{', '.join(elsewhere)}; Python {', '.join(sorted(versions))}{alone}"
    )


def replayability(target: Target) -> Finding:
    """The record that the server keeps, replayed elsewhere, gives the recorded rewards."""
    problems = []
    steps = 0
    for i, task in enumerate(sample(1)):
        with Session(target.url) as session:
            record = perform(session, task, erratic(50 + i)).states[-1]
        actions = [action or {} for action in record["action_history"]]
        recorded = Capture(record["task_id"], {}, actions, [], [])
        rewards = repeated(target.twin or target.url, recorded).rewards()
        steps += len(rewards)
        if rewards != record["reward_history"] or not rewards:
            problems.append(f"{task.task_id}: {record['reward_history']} replays as {rewards}")
        if rewards != _local_rewards(recorded):
            problems.append(f"{task.task_id}: the record replays otherwise without a server")
    place = "another process" if target.twin else "another session"
    return judged(
        problems,
        f"{len(sample(1))} records ({steps} steps, taken from the state) replayed in {place} and "
        f"without a server give the recorded rewards",
    )


def _score(url: str, task: Task, policy: Policy) -> float:
    with Session(url) as session:
        return perform(session, task, policy, watched=False).score()


def _local_rewards(episode: Capture) -> list[float]:
    task = TASKS.get(episode.task_id) or find_deal(episode.task_id)
    env = EmailTriageEnv.for_task(task)
    # The environment itself validates what was sent.
    return [env.step(action).reward for action in episode.actions]  # type: ignore[arg-type]


def _regraded(
    variables: Mapping[str, str],
    *,
    bare: bool = False,
    before: Sequence[str] = (),
    python: str = sys.executable,
    folder: str | None = None,
) -> dict[str, Any]:
    environment = {} if bare else dict(os.environ)
    done = subprocess.run(  # noqa: S603 # our own module
        [*before, python, "-m", REGRADE], cwd=folder or ROOT, env={**environment, **variables},
        capture_output=True, text=True, check=False, timeout=SECONDS,
    )  # fmt: skip
    if done.returncode != 0:
        raise GradingError(f"Grading failed: {done.stderr.strip()[-300:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _works(command: Sequence[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False, timeout=20).returncode == 0  # noqa: S603
