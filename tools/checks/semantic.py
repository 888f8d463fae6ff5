"""What the reward means: the oracle earns all of it, nobody else can, and it is always the same."""

from collections.abc import Mapping
from statistics import mean
from typing import Any, Final, Literal

from pydantic import BaseModel

from tools.checks.captures import Capture, perform, performed, repeated, sample
from tools.checks.findings import Finding, Target, declared, failed, judged, read_json
from tools.checks.oracle import oracle_scores
from tools.checks.parsing import part
from tools.checks.session import Session
from tools.subject import Decide

ORACLE_TASKS: Final = 10


class Canary(BaseModel):
    """A way to be paid without doing the work.

    Attributes:
        id: What it is called.
        counts: Whether its best score in a task counts, or the mean of several: one lucky draw
            among many proves nothing, what they earn on average does.
        knows_decisions: Whether it is told a part of the answers.
        ceiling: The most that it may score in any task.
    """

    id: str
    counts: Literal["best", "mean"]
    knows_decisions: bool
    ceiling: float


class Canaries(BaseModel):
    """What the file of canaries holds."""

    canaries: list[Canary]


def oracle_max(target: Target) -> Finding:
    """The answers, played by the typed client, score the maximum in every task tried."""
    root = target.subject.root
    location = declared(root, str, "capabilities", "oracle", "location")
    least = 1.0 - declared(root, float, "reward", "oracle_tolerance")
    task_ids = sample(target.subject.splits, ORACLE_TASKS)
    scores = oracle_scores(target.url, target.subject, task_ids)
    problems = [f"{task_id} scored {score}" for task_id, score in scores.items() if score < least]
    if not (root / location).is_file():
        problems.append(f"the declared oracle {location} does not exist")
    return judged(
        problems,
        f"score {min(scores.values()):.4f} or more in {len(scores)} tasks (up to {ORACLE_TASKS} of "
        f"each split and difficulty); at least {least:.4f} is due",
    )


def floor_gap(target: Target) -> Finding:
    """Doing nothing, or sending what is no decision, leaves the declared margin to the maximum."""
    bench = target.subject.bench
    margin = declared(target.subject.root, float, "reward", "floor_margin")
    floors = []
    for task_id in sample(target.subject.splits, 1):
        with Session(target.url) as session:
            first = session.reset(task_id=task_id)
            floors += [first.reward or 0.0, part(session.state(), "episode_score", float)]
        for action in bench.invalid:
            with Session(target.url) as session:
                capture = perform(session, target.subject, task_id, _always(action), watched=False)
            floors += [capture.score(), max(capture.rewards())]
    oracles = performed(target.url, target.subject, bench.oracle)
    most = min(capture.score() for capture in oracles)
    problems = []
    if most - max(floors) < margin:
        problems.append(f"oracle {most} - floor {max(floors)} is less than {margin}")
    return judged(
        problems,
        f"oracle {most:.2f} - floor {max(floors):.2f} = {most - max(floors):.2f}, declared at "
        f"least {margin}; floor of {len(floors)} measurements: nothing done, blank, invalid",
    )


def canary_floor(target: Target) -> Finding:
    """Each shipped way to cheat scores at most its ceiling in every task tried."""
    subject, file = target.subject, target.subject.files.canaries
    if declared(subject.root, str, "capabilities", "canaries") != file:
        return failed(f"capabilities.canaries does not name {file}")
    floor = 1.0 - declared(subject.root, float, "reward", "floor_margin")
    problems, shown, task_ids = [], [], sample(subject.splits, 1)
    canaries = read_json(subject.root / file, Canaries).canaries
    if not canaries:
        problems.append(f"{file} names no canary")
    for canary in canaries:
        scores = [
            [_score(target, task_id, decide) for decide in subject.bench.canary(canary.id, task_id)]
            for task_id in task_ids
        ]
        if not all(scores):
            problems.append(f"nobody plays the canary {canary.id!r} of {file}")
            continue
        highest = max(mean(row) if canary.counts == "mean" else max(row) for row in scores)
        shown.append(f"{canary.id} {highest:.2f} (<= {canary.ceiling:.2f})")
        if highest > canary.ceiling:
            problems.append(f"{canary.id} scored {highest}, more than {canary.ceiling}")
        if not canary.knows_decisions and canary.ceiling > floor + 1e-9:
            problems.append(f"the ceiling of {canary.id} is above the floor of {floor:.2f}")
    return judged(problems, f"highest score in {len(task_ids)} tasks: {', '.join(shown)}")


def replayability(target: Target) -> Finding:
    """The record that the server keeps, replayed elsewhere, gives the recorded rewards."""
    bench = target.subject.bench
    problems = []
    steps = 0
    captures = performed(target.url, target.subject, bench.erratic, 50)
    for capture in captures:
        record = capture.states[-1]
        task_id = capture.task_id
        if record.get("task_id") != task_id:
            problems.append(f"the record of {task_id} is of {record.get('task_id')!r:.60}")
        paid = part(record, "reward_history", list[float])
        kept = part(record, "action_history", list[dict[str, Any] | None])
        # An empty action stands for one that was none.
        actions = [action or {} for action in kept]
        again = Capture(task_id, capture.first, list(actions), [], [])
        rewards = repeated(target.twin or target.url, again).rewards()
        steps += len(rewards)
        if rewards != paid or not rewards:
            problems.append(f"{task_id}: {paid} replays as {rewards}")
        if rewards != bench.replay(task_id, actions):
            problems.append(f"{task_id}: the record replays otherwise without a server")
    place = "another process" if target.twin else "another session"
    return judged(
        problems,
        f"{len(captures)} records ({steps} steps, taken from the state) replayed in {place} and "
        f"without a server give the recorded rewards",
    )


def _always(action: Mapping[str, Any]) -> Decide:
    return lambda _brief, _observation: action


def _score(target: Target, task_id: str, decide: Decide) -> float:
    with Session(target.url) as session:
        return perform(session, target.subject, task_id, decide, watched=False).score()
