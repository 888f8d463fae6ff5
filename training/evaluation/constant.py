"""The best answer that looks at no mail: what a policy must beat to have read anything."""

from collections.abc import Mapping
from statistics import fmean
from typing import Any, Final, NamedTuple

from email_triage_env import EmailTriageClient
from email_triage_env.models import LABELS
from tools.episodes.playing import Sessions
from training.players import load

SESSIONS: Final = 16


class Inboxes(NamedTuple):
    """Some inboxes that follow each other.

    Attributes:
        split: Of the environment.
        difficulty: One of its difficulties, or what takes them in turn.
        start: The number of the first one.
        many: How many.
    """

    split: str
    difficulty: str
    start: int
    many: int

    def choices(self) -> list[dict[str, Any]]:
        """Return what their resets ask for."""
        return [
            {"split": self.split, "difficulty": self.difficulty, "index": self.start + i}
            for i in range(self.many)
        ]


def best_constant(url: str, sets: Mapping[str, Inboxes]) -> dict[str, Any]:
    """Find the label and team that earn most when given to every mail.

    Args:
        url: Where the environment's native server runs.
        sets: Inboxes by a name; the first set decides which is the best.

    Returns:
        Its `name`, and its mean score on each set.

    Raises:
        LostEpisodeError: If the server does not answer.
    """
    first = next(iter(sets.values()))
    with Sessions(EmailTriageClient, url, SESSIONS) as sessions:

        def score(name: str, inboxes: Inboxes) -> float:
            policy = load(f"constant:{name}")
            episodes = sessions.play(lambda _place: policy, inboxes.choices())
            return round(fmean(episode.score for episode in episodes), 4)

        any_policy = load("keyword")
        brief = sessions.play(lambda _place: any_policy, [{}])[0].brief
        tried = [f"{label}/{team}" for label in LABELS for team in brief["teams"]]
        best = max(tried, key=lambda name: score(name, first))
        return {"name": best} | {name: score(best, inboxes) for name, inboxes in sets.items()}
