"""Which mail of different inboxes tells the same story, from its words alone.

Inboxes are dealt from storylines, so that scores of mail from one storyline are no independent
samples; an evaluation has to know which those are.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Final, NamedTuple

from tools.episodes.playing import Episode

# Mail of different storylines shares no run of so many words, and what fills a storyline's slots
# leaves longer runs than that untouched; tests/native holds it against the deck.
SHARED_WORDS: Final = 8
_VERSION: Final = re.compile(r"(?<=\d)[a-z]$")


def place_of(email_id: str) -> str:
    """Return the id without the letter that says which version of a follow-up it is."""
    return _VERSION.sub("", email_id)


def stories_of(episodes: Iterable[Episode]) -> dict[str, dict[str, int]]:
    """Group emails by the storyline they were made from.

    Two emails are of one storyline if they share a run of words, if they are versions of one
    follow-up, or if their like occur in exactly the same inboxes. Few inboxes cannot part
    storylines that happen to come together, so there may be fewer groups than storylines and an
    interval over them is rather too wide than too narrow.

    Args:
        episodes: Any episodes, of any policies.

    Returns:
        By task id and place, the number of the group.
    """
    groups = _Groups()
    mails: set[_Mail] = set()
    for episode in episodes:
        for step in episode.steps:
            mail = _Mail(episode.task_id, place_of(step.observation.email_id))
            mails.add(mail)
            for run in _runs(step.observation.body):
                groups.join(mail, run)
    inboxes: dict[Hashable, set[str]] = defaultdict(set)
    for mail in mails:
        inboxes[groups.of(mail)].add(mail.task_id)
    for group, tasks in inboxes.items():
        groups.join(group, frozenset(tasks))
    # Numbered in the order of the ids, so that the same mail always gives the same numbers.
    numbers: dict[Hashable, int] = {}
    stories: dict[str, dict[str, int]] = defaultdict(dict)
    for mail in sorted(mails):
        group = groups.of(mail)
        stories[mail.task_id][mail.place] = numbers.setdefault(group, len(numbers))
    return dict(stories)


class _Mail(NamedTuple):
    """An email in whatever version it came."""

    task_id: str
    place: str


class _Groups:
    """Things that belong together, because somebody joined them or what they were joined to."""

    def __init__(self) -> None:
        self._towards: dict[Hashable, Hashable] = {}

    def of(self, thing: Hashable) -> Hashable:
        """Return what stands for the group of a thing."""
        while (above := self._towards.setdefault(thing, thing)) != thing:
            # Halving the way up keeps it short.
            self._towards[thing] = thing = self._towards[above]
        return thing

    def join(self, first: Hashable, second: Hashable) -> None:
        """Make the groups of two things one."""
        self._towards[self.of(first)] = self.of(second)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z']+", text.lower())
    # A shorter text is a run of its own.
    count = max(1, len(words) - SHARED_WORDS + 1)
    return {tuple(words[i : i + SHARED_WORDS]) for i in range(count)}
