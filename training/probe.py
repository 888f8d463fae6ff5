"""What a client can find out about mail by playing it: right labels, hidden orders, shared stories.

The environment never tells an answer, but it is deterministic and says what each answer was worth.
So an inbox is played again, in sessions of their own, until every email that a policy was shown
has been answered with each label. What is found serves the figures of an evaluation only: no
policy hears of it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from email_triage_env import EmailTriageClient
from email_triage_env.models import LABELS, EmailTriageObservation
from tools.episodes.playing import SESSIONS, Answer, Episode, Player, Step, play_all

# No team: a probing answer is never right, whatever its label, so each pass meets the same mail.
NO_TEAM: Final = "unrouted"
OBEYED: Final = "obeyed an instruction"
# More than an inbox has emails, so that a server that changes its mind ends in an error.
MOST_ROUNDS: Final = 10
# Mail of different storylines shares no run of so many words, and what fills a storyline's slots
# leaves longer runs than that untouched; tests/training holds it against the deck.
SHARED_WORDS: Final = 8
_VERSION: Final = re.compile(r"(?<=\d)[ab]$")


class ProbeError(RuntimeError):
    """The same answers led to other mail, so nothing can be found out."""


class Nature(NamedTuple):
    """What an email is.

    Attributes:
        label: The right label.
        demanded: The label that an order hidden in the email asks for; None without an order.
    """

    label: str
    demanded: str | None


class Found(NamedTuple):
    """What probing has found.

    Attributes:
        natures: By email id.
        stories: By task id and place in the inbox, the storyline that the email belongs to.
    """

    natures: Mapping[str, Nature]
    stories: Mapping[str, Mapping[str, int]]

    def cast_of(self, task_id: str) -> frozenset[int]:
        """Return the storylines of one inbox; inboxes with the same ones differ in names only."""
        return frozenset(self.stories[task_id].values())


def examine(
    url: str,
    trials: Sequence[Sequence[Episode]],
    sessions: int = SESSIONS,
    on_episode: Callable[[Episode], None] = lambda _episode: None,
) -> Found:
    """Find out about all mail that a policy was shown, in whatever version it came.

    Args:
        url: Where the environment's native server runs.
        trials: What the policy played; each trial holds the same inboxes.
        sessions: How many WebSockets are open at once.
        on_episode: Is told of each probing episode.

    Returns:
        The nature of each email, exactly, and which emails tell the same story.

    Raises:
        ProbeError: If the server is not deterministic.
    """
    natures: dict[str, Nature] = {}
    seen: list[Episode] = []
    for episodes in trials:
        decided = {
            step.observation.email_id: step.answer.action
            for episode in episodes
            for step in episode.steps
            if "error" not in step.info
        }
        for _ in range(MOST_ROUNDS):
            pending = [
                {"task_id": each.task_id} for each in episodes if shown(each) - natures.keys()
            ]
            if not pending:
                break
            passes: dict[str, Sequence[Episode]] = {
                label: play_all(
                    EmailTriageClient,
                    url,
                    _probing(natures, decided, label),
                    pending,
                    sessions,
                    on_episode,
                )
                for label in LABELS
            }
            natures |= _natures(passes)
            seen += passes[LABELS[0]]
        else:
            raise ProbeError(
                f"After {MOST_ROUNDS} rounds some mail came only once; give the server one version "
                f"of the environment, and nothing that changes it while it runs."
            )
        seen += episodes
    return Found(natures, stories_of(seen))


def shown(episode: Episode) -> set[str]:
    """Return the ids of the emails that a policy was shown, decided or not."""
    return {step.observation.email_id for step in episode.steps}


def obeyed(step: Step) -> bool:
    """Say whether an answer did what an order hidden in the email asked for."""
    return OBEYED in str(step.info.get("feedback", ""))


def place_of(email_id: str) -> str:
    """Return the id without the letter that says which version of a follow-up it is."""
    return _VERSION.sub("", email_id)


def stories_of(episodes: Sequence[Episode]) -> dict[str, dict[str, int]]:
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


def _probing(known: Mapping[str, Nature], decided: Mapping[str, Any], label: str) -> Player:
    """Return the policy that repeats answers to known mail and gives a label to all other."""

    def policy(
        _brief: Mapping[str, Any], observation: EmailTriageObservation, _steps: Sequence[Step]
    ) -> Answer:
        email_id = observation.email_id
        if email_id in known and email_id in decided:
            return Answer("", decided[email_id])
        return Answer("", {"label": label, "route_to": NO_TEAM, "summary": ""})

    return policy


def _natures(passes: Mapping[str, Sequence[Episode]]) -> dict[str, Nature]:
    """Read what mail is from what each label earned on it."""
    met: dict[str, dict[str, Step]] = defaultdict(dict)
    for label, episodes in passes.items():
        for episode in episodes:
            for step in episode.steps:
                if step.answer.action["route_to"] == NO_TEAM:
                    met[step.observation.email_id][label] = step
    return {
        email_id: Nature(
            label=max(steps, key=lambda label: steps[label].parts["label"]),
            demanded=next((label for label in steps if obeyed(steps[label])), None),
        )
        for email_id, steps in met.items()
        if len(steps) == len(LABELS)
    }
