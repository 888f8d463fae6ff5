"""How a running server behaves: seeds, repetition, separate sessions, records, attribution."""

from itertools import chain
from typing import Any, Final

from tools.checks.captures import (
    EPISODE_ID,
    Capture,
    interleaved,
    perform,
    performed,
    repeat,
    repeated,
)
from tools.checks.findings import Finding, Target, declared, judged, skipped
from tools.checks.session import Session

SEEDS: Final = range(8)
FRESH_SESSIONS: Final = 3
# Rewards are rounded to one in ten thousand.
TINY: Final = 0.5e-4


def seed_control(target: Target) -> Finding:
    """Different seeds open different tasks, and the same seed the same one, move for move."""
    opened = {}
    problems = []
    plain = target.subject.bench.plain
    for seed in SEEDS:
        with Session(target.url) as session, Session(target.url) as other:
            first = session.reset(seed=seed, episode_id=EPISODE_ID)
            same = other.reset(seed=seed, episode_id=EPISODE_ID)
            if (first, session.step(plain)) != (same, other.step(plain)):
                problems.append(f"seed {seed} gave two different openings")
            opened[str(first.observation)] = seed
    if len(opened) != len(SEEDS):
        problems.insert(0, f"{len(SEEDS)} seeds gave {len(opened)} tasks")
    return judged(
        problems, f"{len(SEEDS)} seeds opened {len(opened)} tasks, each the same one twice"
    )


def episode_determinism(target: Target) -> Finding:
    """The same actions give the same frames in fresh sessions and in another process."""
    captures = performed(target.url, target.subject, target.subject.bench.erratic, 1)
    problems = [
        f"{capture.task_id}: a fresh session differs {_where(capture, again)}"
        for capture in captures
        for again in (repeated(target.url, capture) for _ in range(FRESH_SESSIONS))
        if again.seen() != capture.seen()
    ]
    if target.twin is None:
        return judged(problems, "") if problems else skipped("no second process; leave out --url")
    problems += [
        f"{capture.task_id}: another process differs {_where(capture, again)}"
        for capture in captures
        if (again := repeated(target.twin, capture)).seen() != capture.seen()
    ]
    frames = sum(2 * len(capture.steps) + 1 for capture in captures)
    return judged(
        problems,
        f"{len(captures)} episodes ({frames} frames) are the same in {FRESH_SESSIONS} fresh "
        f"sessions and in a fresh process with another PYTHONHASHSEED",
    )


def episode_isolation(target: Target) -> Finding:
    """Sessions that play in turn, and a session that plays twice, see what one alone sees."""
    subject = target.subject
    alone = performed(target.url, subject, subject.bench.erratic, 2)
    # The last two work the same task in different ways.
    task_id = alone[0].task_id
    with Session(target.url) as session:
        alone.append(perform(session, subject, task_id, subject.bench.erratic(task_id, 3)))
    together = interleaved(target.url, alone)
    problems = [
        f"{before.task_id}: differs {_where(before, after)} while others play"
        for before, after in zip(alone, together, strict=True)
        if before.seen() != after.seen()
    ]
    with Session(target.url) as session:
        for capture in alone:
            list(repeat(session, capture))
        again = list(repeat(session, alone[0]))[-1]
    if again.seen() != alone[0].seen():
        problems.append(f"{again.task_id}: differs {_where(alone[0], again)} in a used session")
    return judged(
        problems,
        f"{len(alone)} interleaved sessions and one used {len(alone)} times before equal the same "
        f"episodes played alone",
    )


def trajectory_record(target: Target) -> Finding:
    """What the server's state holds after each step is what the client sent and was paid."""
    bench = target.subject.bench
    captures = performed(target.url, target.subject, bench.erratic, 4)
    captures += performed(target.url, target.subject, bench.oracle)
    problems = [
        f"{capture.task_id}, step {i}: {problem}"
        for capture in captures
        for i in range(1, len(capture.steps) + 1)
        if (problem := _misrecorded(target, capture, i))
    ]
    steps = sum(len(capture.steps) for capture in captures)
    with Session(target.url) as session:
        last = list(repeat(session, captures[-1]))[-1]
        session.step(last.actions[-1])
        if session.state() != last.states[-1]:
            problems.append("a step after the end changed the record")
    return judged(
        problems,
        f"{steps} steps of {len(captures)} episodes: actions, rewards, count, id and score of the "
        f"state equal the client's capture; a step after the end leaves no trace",
    )


def reward_attribution(target: Target) -> Finding:
    """The clipped sum of the rubric's leaves is the reward of each step, whatever was done."""
    bench = target.subject.bench
    low, high = declared(target.subject.root, tuple[float, float], "reward", "range")
    captures = performed(target.url, target.subject, bench.oracle)
    for number in range(5, 9):
        captures += performed(target.url, target.subject, bench.erratic, number)
    problems = []
    moved = dict.fromkeys(bench.leaves, 0)
    steps = list(chain.from_iterable(capture.steps for capture in captures))
    for step in steps:
        leaves = step.rubric()
        for name, points in leaves.items():
            moved[name] = moved.get(name, 0) + (points != 0)
        total = min(high, max(low, sum(leaves.values())))
        if not leaves or abs(total - step.paid()) > TINY:
            problems.append(f"the leaves {leaves} do not add up to the reward {step.reward}")
    still = [name for name, times in moved.items() if not times]
    problems += [f"the leaf {name!r} never moved" for name in still]
    shown = ", ".join(f"{name} {times}" for name, times in moved.items())
    return judged(
        problems,
        f"{len(steps)} steps of {len(captures)} right, wrong, harmful and invalid episodes add up; "
        f"steps in which a leaf moved: {shown}",
    )


def _where(before: Capture, after: Capture) -> str:
    if before.first != after.first:
        return "at the reset"
    for i, pair in enumerate(zip(before.steps, after.steps, strict=False), start=1):
        if pair[0] != pair[1]:
            return f"at step {i}"
    return "in the state"


def _misrecorded(target: Target, capture: Capture, count: int) -> str | None:
    steps, state = capture.steps[:count], capture.states[count - 1]
    expected: dict[str, Any] = {
        "episode_id": EPISODE_ID,
        "task_id": capture.task_id,
        "step_count": count,
        "done": steps[-1].done,
        "reward_history": [step.reward for step in steps],
        **target.subject.bench.recorded(
            capture.task_id, capture.actions[:count], [step.told for step in steps]
        ),
    }
    if steps[-1].done:
        expected["episode_score"] = steps[-1].score()
    for name, value in expected.items():
        if state.get(name) != value:
            return f"{name} is {state.get(name)!r:.80}, not {value!r:.80}"
    return None
