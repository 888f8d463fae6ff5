"""What a policy's episodes amount to: means, intervals, reliability, failures, tokens.

Pure functions of played episodes and of what an environment found out about them. Nothing here
plays, and nothing here knows an environment.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from tools.episodes.players import FAILURES
from tools.episodes.playing import Episode
from tools.evaluation.bootstrap import DIGITS, pass_power
from tools.evaluation.estimates import Estimates, level_of
from tools.evaluation.findings import Findings, Trials

ALL: Final = "all"
More = Callable[[Estimates], Mapping[str, Any]]


def evaluate(
    trials: Trials,
    findings: Findings,
    difficulties: Sequence[str],
    pass_score: float,
    seed: int = 0,
    more: More = lambda _estimates: {},
) -> dict[str, Any]:
    """Measure a policy by difficulty and over all.

    Args:
        trials: What it played; each trial holds the same tasks in the same order.
        findings: What was found out about them.
        difficulties: All there are, in the order in which they are told.
        pass_score: From which score on an episode is a success.
        seed: Of the bootstrap.
        more: Returns further figures of some episodes.

    Returns:
        By difficulty (and `all`): how many tasks there are, the score, the reward's components,
        what the environment's findings add, replies that were no decision, tokens, and pass^k.
    """
    found = {level_of(episode) for trial in trials for episode in trial}
    by_level = {
        level: [[each for each in trial if level_of(each) == level] for trial in trials]
        for level in difficulties
        if level in found
    }
    return {
        level: _measured(some, findings, pass_score, seed, more)
        for level, some in {**by_level, ALL: trials}.items()
    }


def passes(trials: Trials, pass_score: float) -> list[float]:
    """Return pass^1, pass^2 and so on: how likely k fresh trials of a task all succeed.

    Args:
        trials: What was played.
        pass_score: From which score on an episode is a success.

    Returns:
        One number per k, up to the number of trials.
    """
    successes = [
        sum(episode.score >= pass_score for episode in task) for task in zip(*trials, strict=True)
    ]
    return [
        round(
            math.fsum(pass_power(count, len(trials), power) for count in successes)
            / len(successes),
            DIGITS,
        )
        for power in range(1, len(trials) + 1)
    ]


def lines(trials: Trials, findings: Findings) -> Iterator[dict[str, Any]]:
    """Return what is written of each episode.

    Args:
        trials: What was played.
        findings: What was found out about it.

    Yields:
        Its score, and the kind and the score of each of its items.
    """
    for trial, episodes in enumerate(trials):
        for episode in episodes:
            yield {
                "task_id": episode.task_id,
                "difficulty": level_of(episode),
                "trial": trial,
                "score": episode.score,
                "steps": len(episode.steps),
                "items": [
                    [item.kind, item.score] for _, item in sorted(findings.items(episode).items())
                ],
            }


def _measured(
    trials: Trials, findings: Findings, pass_score: float, seed: int, more: More
) -> dict[str, Any]:
    episodes = [episode for trial in trials for episode in trial]
    estimates = Estimates(episodes, findings, seed)
    task_ids = {episode.task_id for episode in episodes}
    kinds = {item.kind for items in estimates.items for item in items.values()}
    return {
        **{
            name: len({cluster(task_id) for task_id in task_ids})
            for name, cluster in findings.clusters.items()
        },
        findings.kinds: len(kinds),
        "score": estimates.by_item(lambda _episode, item: item.score),
        "components": _components(estimates, findings),
        **more(estimates),
        **findings.figures(episodes),
        "replies": _replies(episodes),
        "tokens": _tokens(episodes),
        "pass": passes(trials, pass_score),
    }


def _components(estimates: Estimates, findings: Findings) -> dict[str, dict[str, Any]]:
    """Return by leaf of the rubric the points per item and, where it has one, the share."""
    points: dict[str, list[float]] = {}
    for episode in estimates.episodes:
        for step in episode.steps:
            for leaf, earned in step.parts.items():
                points.setdefault(leaf, []).append(earned)
    count = sum(map(len, estimates.items))
    shares = findings.shares(estimates)
    return {
        leaf: {"points": round(math.fsum(earned) / count, DIGITS)}
        | ({"share": shares[leaf]} if leaf in shares else {})
        for leaf, earned in points.items()
    }


def _replies(episodes: Sequence[Episode]) -> dict[str, int]:
    answers = [step.answer for episode in episodes for step in episode.steps]
    failures = Counter(answer.failure for answer in answers if answer.failure)
    return {"steps": len(answers), **{name: failures[name] for name in FAILURES}}


def _tokens(episodes: Sequence[Episode]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for episode in episodes:
        for step in episode.steps:
            total.update(step.answer.usage)
    return dict(sorted(total.items()))
