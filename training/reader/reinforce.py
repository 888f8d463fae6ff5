"""How the reader learns: from a few demonstrations, then from what the environment pays.

Policy gradient with a baseline from the other attempts at the same mail, as in RLOO (Ahmadian et
al. 2024, https://arxiv.org/abs/2402.14740) and GRPO (Shao et al. 2024,
https://arxiv.org/abs/2402.03300). Each head is paid by its own component of the reward, less the
penalties. Adam with decoupled weight decay (Loshchilov and Hutter 2019,
https://arxiv.org/abs/1711.05101).
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from tools.episodes.playing import Episode, Step
from training.reader.policy import QUOTED_WORDS, Decision, Params, Reader
from training.reader.reading import Floats

SHRINKING: Final = 0.1
ENTROPY: Final = 0.01
WARM_RATE: Final = 0.02
WARM_ROUNDS: Final = 10
RATE: Final = 0.03
MOMENTUM: Final = 0.9
MEMORY_OF_SQUARES: Final = 0.99
# From so many points for label and team on, what a summary earned says something about it.
DECIDED: Final = 0.25
# What an advantage of each head is multiplied by: the components are fractions of a reward.
SCALES: Final = np.array([3.0, 3.0, 6.0])


class Learner:
    """A reader and the state of its optimiser."""

    def __init__(self, reader: Reader) -> None:
        """Begin with an optimiser that knows nothing.

        Args:
            reader: Its weights are changed in place.
        """
        self.reader = reader
        self.updates = 0
        self.first, self.second = self._zeros(), self._zeros()

    def imitate(self, demonstrations: Sequence[Episode], rounds: int = WARM_ROUNDS) -> None:
        """Learn by maximum likelihood from whole episodes that somebody else played right.

        Args:
            demonstrations: The episodes.
            rounds: How often to go through them.
        """
        for _ in range(rounds):
            for brief, steps in ((each.brief, each.steps) for each in demonstrations):
                gradient = self._zeros()
                choices = [self.reader.demonstrated(step) for step in steps]
                for decision in self.reader.reconsider(brief, steps, choices):
                    _add(gradient, decision, np.ones(len(SCALES)), entropy=0.0)
                self._climb(gradient, len(steps), WARM_RATE)
        self.updates = 0
        self.first, self.second = self._zeros(), self._zeros()

    def reinforce(self, groups: Sequence[Sequence[Episode]], progress: float) -> None:
        """Learn from what the environment paid.

        Args:
            groups: Attempts of this reader, drawn with its present weights, at the same inbox.
            progress: Which share of the training is done; the rate falls to a tenth.
        """
        gradient = self._zeros()
        steps = 0
        for group in groups:
            decisions = [
                self.reader.reconsider(
                    attempt.brief,
                    attempt.steps,
                    [self.reader.choice_of(step) for step in attempt.steps],
                )
                for attempt in group
            ]
            for place in range(min(len(attempt.steps) for attempt in group)):
                gains = _advantages([attempt.steps[place] for attempt in group]) * SCALES
                for attempt, gain in zip(decisions, gains, strict=True):
                    _add(gradient, attempt[place], gain, ENTROPY)
                    steps += 1
        self._climb(gradient, steps, RATE * (1.0 - 0.9 * progress))

    def _climb(self, gradient: Params, steps: int, rate: float) -> None:
        self.updates += 1
        for name, total in gradient.items():
            mean = total / steps
            self.first[name] = MOMENTUM * self.first[name] + (1 - MOMENTUM) * mean
            squares = (1 - MEMORY_OF_SQUARES) * mean**2
            self.second[name] = MEMORY_OF_SQUARES * self.second[name] + squares
            first = self.first[name] / (1.0 - MOMENTUM**self.updates)
            second = self.second[name] / (1.0 - MEMORY_OF_SQUARES**self.updates)
            params = self.reader.params[name]
            params *= 1.0 - rate * SHRINKING
            params += rate * first / (np.sqrt(second) + 1e-6)
        # Words outside the vocabulary share the last place, which stays at 0.
        self.reader.params["words"][-1] = 0.0

    def _zeros(self) -> Params:
        return {name: np.zeros_like(values) for name, values in self.reader.params.items()}


def _add(gradient: Params, decision: Decision, gains: Floats, entropy: float) -> None:
    """Add the gradient of a decision's log-probability, times what each head gained."""
    mail, seen, choice = decision.mail, decision.context, decision.choice
    labels = _pull(decision.label_odds, choice.label, gains[0], entropy)
    teams = _pull(decision.team_odds, choice.team, gains[1], entropy)
    heads = np.concatenate([labels, teams])
    gradient["mail"][mail.ids] += np.outer(mail.values, heads)
    gradient["bias"] += heads
    gradient["links"] += np.outer(seen.links, heads)
    gradient["teams"] += teams @ seen.teams
    windows = _pull(decision.window_odds, choice.window, gains[2], 0.0)
    words = np.convolve(windows, np.ones(QUOTED_WORDS))[: len(mail.quoted)]
    np.add.at(gradient["words"], mail.quoted_ids, words)
    gradient["quoted"] += words @ mail.quoted_traits
    for figure, odds in zip(choice.figures, decision.figure_odds, strict=True):
        gradient["figures"] += _pull(odds, figure, gains[2], 0.0) @ mail.figure_traits


def _pull(odds: Floats, chosen: int, gain: float, entropy: float) -> Floats:
    """Return the gradient with respect to the scores of a softmax."""
    pull = -gain * odds
    pull[chosen] += gain
    if entropy:
        logs = np.log(odds + 1e-9)
        pull -= entropy * odds * (logs - odds @ logs)
    return pull


def _advantages(steps: Sequence[Step]) -> Floats:
    """Return per attempt what each head earned above the mean of the other attempts.

    The summary is paid in proportion to how right label and team are, so it is compared as a share
    of what they earned, and only among attempts in which they earned something.
    """
    leaves = ("label", "route", "summary", "penalties")
    label, route, summary, penalty = np.array(
        [[float(step.parts[leaf]) for leaf in leaves] for step in steps]
    ).T
    decided = label + route > DECIDED
    share = np.divide(summary, label + route, out=np.zeros_like(summary), where=decided)
    usual = share[decided].mean() if decided.any() else 0.0
    gains = np.stack([label + penalty, route + penalty, np.where(decided, share, usual)], axis=1)
    return np.asarray((gains - gains.mean(axis=0)) * len(steps) / (len(steps) - 1))
