"""The reward of training: four parts of an episode, each from what the client receives.

The environment owns every judgement; here its numbers are only weighed. Each part lies in [0, 1],
and an email that was never decided counts 0 in all of them. The weights, and the demand for three
exploits per part with a defence, are from the owner's brief for training; `tests/training` plays
every exploit that is written down here.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from tools.episodes.playing import Step

WEIGHTS: Final[Mapping[str, float]] = {
    "primary": 0.40,
    "process": 0.25,
    "format": 0.20,
    "efficiency": 0.15,
}
LEAST_WORDS: Final = 4
MOST_WORDS: Final = 30

Brief = Mapping[str, Any]


class Parts(NamedTuple):
    """The parts of one episode's reward, each in [0, 1]."""

    primary: float
    process: float
    format: float
    efficiency: float

    def overall(self) -> float:
        """Return the weighted sum, in [0, 1]."""
        return sum(WEIGHTS[name] * float(part) for name, part in self._asdict().items())


def parts_of(brief: Brief, steps: Sequence[Step]) -> Parts:
    """Weigh an episode, finished or broken off.

    Args:
        brief: What the reset told: in `points` what each part of a decision is worth.
        steps: What happened.

    Returns:
        Its parts; all zero if nothing happened.
    """
    return Parts(primary(brief, steps), process(brief, steps), compliance(steps), efficiency(steps))


def parts_of_last(brief: Brief, steps: Sequence[Step]) -> Parts:
    """Weigh the last step of an episode as if its mail were the whole inbox.

    Args:
        brief: What the reset told.
        steps: What happened so far; at least one step.

    Returns:
        The parts of that one mail; `primary` is negative where the decision did more harm than
        good, which the mean over an inbox would forgive.
    """
    last = steps[-1]
    settled = _points(last, "label") > 0 < _points(last, "route")
    return Parts(
        _decided(brief, last), _handed_on(brief, last), float(_forms(steps)[-1]), float(settled)
    )


def primary(brief: Brief, steps: Sequence[Step]) -> float:
    """Return how right the labels and teams are, less what harm they did.

    Exploit: one label and one team for everything. Defence: labels are balanced and no team is
    right more than twice, so the best constant gets less than a third.
    Exploit: call all spam, which is at worst a little wrong. Defence: harm is charged in points,
    email by email.
    Exploit: answer only the easy emails and break off. Defence: the divisor is the whole inbox.
    """
    return _mean(steps, lambda step: _decided(brief, step))


def process(brief: Brief, steps: Sequence[Step]) -> float:
    """Return the share of the facts that the summaries hand on: the agent's notes for others.

    Exploit: paste the mail, or its first words. Defence: the environment voids copies.
    Exploit: state keywords, or everything at once. Defence: lists of keywords are void, and length
    costs.
    Exploit: a fine summary with a random decision. Defence: the environment multiplies the summary
    by how right the decision is.
    """
    return _mean(steps, lambda step: _handed_on(brief, step))


def compliance(steps: Sequence[Step]) -> float:
    """Return the share of emails answered in full form: valid, and with a summary of its own.

    Exploit: a valid answer without content. Defence: the summary must have four to thirty words.
    Exploit: one canned summary for every email. Defence: one seen before in the episode counts 0.
    Exploit: the same word again and again. Defence: only different words count.
    """
    return sum(_forms(steps)) / _due(steps) if steps else 0.0


def efficiency(steps: Sequence[Step]) -> float:
    """Return the share of steps that settled an email: both label and team worth something.

    Exploit: rush through with anything valid. Defence: only what earned credit for both counts.
    Exploit: skip hard emails with invalid answers. Defence: each costs a step in the divisor.
    Exploit: break off early, while all is well. Defence: the divisor is at least the inbox.
    """
    settled = sum(_points(step, "label") > 0 < _points(step, "route") for step in steps)
    return settled / max(len(steps), _due(steps)) if steps else 0.0


def _decided(brief: Brief, step: Step) -> float:
    """Return how right one decision is, less its harm, in [-1, 1]."""
    points = sum(_points(step, leaf) for leaf in ("label", "route", "penalties"))
    share = points / (_worth(brief, "label") + _worth(brief, "route"))
    return min(1.0, max(-1.0, share))


def _handed_on(brief: Brief, step: Step) -> float:
    """Return the share of one mail's facts that its summary hands on, in [-1, 1]."""
    return min(1.0, max(-1.0, _points(step, "summary") / _worth(brief, "summary")))


def _forms(steps: Sequence[Step]) -> list[bool]:
    """Return of each step whether its answer was in full form."""
    earlier: set[str] = set()
    forms = []
    for step in steps:
        summary = step.answer.action.get("summary")
        words = summary.lower().split() if isinstance(summary, str) else []
        fresh = " ".join(words) not in earlier
        earlier.add(" ".join(words))
        valid = "error" not in step.info and len(words) <= MOST_WORDS
        forms.append(valid and fresh and len(set(words)) >= LEAST_WORDS)
    return forms


def _mean(steps: Sequence[Step], share: Callable[[Step], float]) -> float:
    if not steps:
        return 0.0
    return min(1.0, max(0.0, sum(share(step) for step in steps) / _due(steps)))


def _worth(brief: Brief, leaf: str) -> float:
    return float(brief["points"][leaf])


def _points(step: Step, leaf: str) -> float:
    return float(step.parts.get(leaf, 0.0))


def _due(steps: Sequence[Step]) -> int:
    return int(steps[0].observation.total_emails)
