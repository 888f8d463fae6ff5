"""How a running server behaves: seeds, repetition, separate sessions, records, attribution."""

from itertools import chain
from typing import Final

from pydantic import ValidationError

from graders import SCORE_DIGITS
from models import TriageAction
from quality.policies import answer_key
from tasks import TASKS
from tools.checks.captures import (
    EPISODE_ID,
    Capture,
    erratic,
    interleaved,
    perform,
    repeat,
    repeated,
    sample,
    told,
)
from tools.checks.findings import Finding, Target, declared, judged, skipped
from tools.checks.session import Session

SEEDS: Final = range(8)
FRESH_SESSIONS: Final = 3
# One in ten thousandth is what rounding leaves.
TINY: Final = 10**-SCORE_DIGITS / 2


def seed_control(target: Target) -> Finding:
    """Different seeds open different inboxes, and the same seed the same one, move for move."""
    opened = {}
    problems = []
    for seed in SEEDS:
        with Session(target.url) as session, Session(target.url) as other:
            first = session.reset(seed=seed, episode_id=EPISODE_ID)
            same = other.reset(seed=seed, episode_id=EPISODE_ID)
            action = {"label": "normal", "summary": "", "route_to": "billing"}
            if (first, session.step(action)) != (same, other.step(action)):
                problems.append(f"seed {seed} gave two different openings")
            opened[str(first["observation"])] = seed
    if len(opened) != len(SEEDS):
        problems.insert(0, f"{len(SEEDS)} seeds gave {len(opened)} inboxes")
    return judged(
        problems, f"{len(SEEDS)} seeds opened {len(opened)} inboxes, each the same one twice"
    )


def episode_determinism(target: Target) -> Finding:
    """The same actions give the same frames in fresh sessions and in another process."""
    episodes = _played(target.url, number=1)
    problems = [
        f"{episode.task_id}: a fresh session differs {_where(episode, again)}"
        for episode in episodes
        for again in (repeated(target.url, episode) for _ in range(FRESH_SESSIONS))
        if again.seen() != episode.seen()
    ]
    if target.twin is None:
        return judged(problems, "") if problems else skipped("no second process; leave out --url")
    problems += [
        f"{episode.task_id}: another process differs {_where(episode, again)}"
        for episode in episodes
        if (again := repeated(target.twin, episode)).seen() != episode.seen()
    ]
    frames = sum(2 * len(episode.steps) + 1 for episode in episodes)
    return judged(
        problems,
        f"{len(episodes)} episodes ({frames} frames) are the same in {FRESH_SESSIONS} fresh "
        f"sessions and in a fresh process with another PYTHONHASHSEED",
    )


def episode_isolation(target: Target) -> Finding:
    """Sessions that play in turn, and a session that plays twice, see what one alone sees."""
    alone = _played(target.url, number=2)
    # The last two work the same inbox in different ways.
    with Session(target.url) as session:
        alone.append(perform(session, TASKS[alone[0].task_id], erratic(3)))
    together = interleaved(target.url, alone)
    problems = [
        f"{before.task_id}: differs {_where(before, after)} while others play"
        for before, after in zip(alone, together, strict=True)
        if before.seen() != after.seen()
    ]
    with Session(target.url) as session:
        for episode in alone:
            list(repeat(session, episode))
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
    episodes = [*_played(target.url, number=4), *_played(target.url, number=None)]
    problems = [
        f"{episode.task_id}, step {i}: {problem}"
        for episode in episodes
        for i in range(1, len(episode.steps) + 1)
        if (problem := _misrecorded(episode, i))
    ]
    steps = sum(len(episode.steps) for episode in episodes)
    with Session(target.url) as session:
        last = list(repeat(session, episodes[-1]))[-1]
        session.step(last.actions[-1])
        if session.state() != last.states[-1]:
            problems.append("a step after the end changed the record")
    return judged(
        problems,
        f"{steps} steps of {len(episodes)} episodes: actions, rewards, count, id and score of the "
        f"state equal the client's capture; a step after the end leaves no trace",
    )


def reward_attribution(target: Target) -> Finding:
    """The clipped sum of the rubric's leaves is the reward of each step, whatever was done."""
    low, high = declared(target.root)["reward"]["range"]
    episodes = [*_played(target.url, number=None)]
    for number in range(5, 9):
        episodes += _played(target.url, number)
    problems = []
    moved: dict[str, int] = {}
    steps = list(chain.from_iterable(episode.steps for episode in episodes))
    for step in steps:
        leaves = told(step).get("rubric") or {}
        for name, points in leaves.items():
            moved[name] = moved.get(name, 0) + (points != 0)
        total = min(high, max(low, sum(leaves.values())))
        if not leaves or abs(total - step["reward"]) > TINY:
            problems.append(f"the leaves {leaves} do not add up to the reward {step['reward']}")
    still = [name for name, times in moved.items() if not times]
    problems += [f"the leaf {name!r} never moved" for name in still]
    shown = ", ".join(f"{name} {times}" for name, times in moved.items())
    return judged(
        problems,
        f"{len(steps)} steps of {len(episodes)} right, wrong, harmful and invalid episodes add up; "
        f"steps in which a leaf moved: {shown}",
    )


def _played(url: str, number: int | None) -> list[Capture]:
    """Play some inboxes erratically, or by the answer key."""
    episodes = []
    for i, task in enumerate(sample(1)):
        policy = answer_key if number is None else erratic(number * 100 + i)
        with Session(url) as session:
            episodes.append(perform(session, task, policy))
    return episodes


def _where(before: Capture, after: Capture) -> str:
    if before.first != after.first:
        return "at the reset"
    for i, pair in enumerate(zip(before.steps, after.steps, strict=False), start=1):
        if pair[0] != pair[1]:
            return f"at step {i}"
    return "in the state"


def _misrecorded(episode: Capture, count: int) -> str | None:
    state = episode.states[count - 1]
    score = round(
        sum(told(step).get("score", 0.0) for step in episode.steps[:count]) / state["total_steps"],
        SCORE_DIGITS,
    )
    expected = {
        "episode_id": EPISODE_ID,
        "step_count": count,
        "current_step": count,
        "done": episode.steps[count - 1]["done"],
        "action_history": [_decision(action) for action in episode.actions[:count]],
        "reward_history": episode.rewards()[:count],
        "episode_score": score,
    }
    for name, value in expected.items():
        if state.get(name) != value:
            return f"{name} is {state.get(name)!r:.80}, not {value!r:.80}"
    return None


def _decision(action: dict[str, object]) -> dict[str, object] | None:
    try:
        return TriageAction.model_validate(action).model_dump()
    except ValidationError:
        return None
