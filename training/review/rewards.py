"""What reviews earn, while training and when they are measured: the environment's own numbers."""

import json
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean
from typing import Any, Final

from python_env.client import PythonEnv
from tools.episodes.playing import Answer, Episode, Player, Sessions, Step
from tools.evaluation.bootstrap import Sample, interval
from training.review.policy import review_of
from training.review.texts import REQUEST

SESSIONS: Final = 8
# The score is what counts; the other only tells what is no operation from a wrong one.
WEIGHTS: Final[Mapping[str, float]] = {"score": 1.0, "readable": 0.1}
DIGITS: Final = 4
Completion = Sequence[Mapping[str, str]]


def saying(answer: Answer) -> Player:
    """Return the player that gives one answer and asks for changes after it."""

    def player(_brief: Mapping[str, Any], _observation: object, past: Sequence[Step]) -> Answer:
        return Answer("", REQUEST) if past else answer

    return player


class ReviewRewards:
    """The rewards of answers as functions of TRL's trainer, for rows that have a `choice`."""

    def __init__(self, url: str) -> None:
        """Prepare; the server is asked when answers come.

        Args:
            url: Where the environment's server runs.
        """
        self._url = url
        self._played: tuple[object, list[Episode]] = (None, [])

    def functions(self) -> list[Callable[..., list[float]]]:
        """Return one function for each of `WEIGHTS`, in their order."""

        def score(
            completions: Sequence[Completion],
            choice: Sequence[str],
            **_: Any,  # noqa: ANN401 # whatever else the trainer passes
        ) -> list[float]:
            return [episode.score for episode in self._episodes(completions, choice)]

        def readable(
            completions: Sequence[Completion],
            **_: Any,  # noqa: ANN401 # whatever else the trainer passes
        ) -> list[float]:
            return [float(bool(review_of(said[0]["content"], True).action)) for said in completions]

        return [score, readable]

    def _episodes(self, completions: Sequence[Completion], choice: Sequence[str]) -> list[Episode]:
        if self._played[0] is not completions:
            players = [saying(review_of(said[0]["content"], True)) for said in completions]
            with Sessions(PythonEnv, self._url, min(SESSIONS, len(players))) as sessions:
                asked = [json.loads(each) for each in choice]
                self._played = (completions, sessions.play(players.__getitem__, asked))
        return self._played[1]


def figures(episodes: Sequence[Episode]) -> dict[str, Any]:
    """Measure reviews.

    Args:
        episodes: One of each module.

    Returns:
        The mean score with its 95 % interval over them, and in shares of the reviews: what could
        be read, what found the defect, what was false, what approved, and what was right to.
    """
    first = [episode.steps[0] for episode in episodes]
    approved = [step.answer.action.get("verdict") == "approve" for step in first]
    found = [step.parts.get("findings", 0.0) > 0 for step in first]
    named = ["kind" in step.answer.action for step in first]
    return {
        "deals": len(episodes),
        "score": _mean([episode.score for episode in episodes]),
        "interval": interval(Sample(each.score, "", each.task_id) for each in episodes),
        "readable": _mean([bool(step.answer.action) for step in first]),
        "found": _mean(found),
        "false": _mean([name and not right for name, right in zip(named, found, strict=True)]),
        "approved": _mean(approved),
        "approved rightly": _mean(
            [yes and each.score == 1 for yes, each in zip(approved, episodes, strict=True)]
        ),
    }


def _mean(values: Sequence[float | bool]) -> float:
    return round(fmean(map(float, values)), DIGITS)
