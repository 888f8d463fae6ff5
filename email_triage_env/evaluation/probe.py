"""What a client can find out about mail by playing it: right labels, hidden orders, shared stories.

The environment never tells an answer, but it is deterministic and says what each answer was worth.
So an inbox is played again, in sessions of their own, until every email that a policy was shown
has been answered with each label. What is found serves the figures of an evaluation only: no
policy hears of it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from email_triage_env.client import EmailTriageClient
from email_triage_env.evaluation.measures import MailFindings, Nature, shown
from email_triage_env.evaluation.storylines import stories_of
from email_triage_env.models import LABELS, MAX_STEPS, EmailTriageObservation
from tools.episodes.playing import (
    SESSIONS,
    Answer,
    Episode,
    Player,
    ServerError,
    Sessions,
    Step,
)

# No team: a probing answer is never right, whatever its label, so each pass meets the same mail.
NO_TEAM: Final = "unrouted"
# Tells a probing answer from one of the policy's own, which may name no team either.
PROBING: Final = "probing"
# More than an inbox has emails, so that a server that changes its mind ends in an error.
MOST_ROUNDS: Final = MAX_STEPS


class ProbeError(ServerError):
    """The same answers led to other mail, so nothing can be found out."""


def examine(
    url: str,
    trials: Sequence[Sequence[Episode]],
    sessions: int = SESSIONS,
    on_episode: Callable[[Episode], None] = lambda _episode: None,
) -> MailFindings:
    """Find out about all mail that a policy was shown, in whatever version it came.

    Args:
        url: Where the environment's native server runs.
        trials: What the policy played; each trial holds the same inboxes.
        sessions: How many WebSockets are open at once.
        on_episode: Is told of each probing episode.

    Returns:
        The nature of each email, exactly, and which emails tell the same story.

    Raises:
        ServerError: If the server does not answer, or is not deterministic.
    """
    natures: dict[str, Nature] = {}
    seen: list[Episode] = []
    with Sessions(EmailTriageClient, url, sessions) as opened:
        for episodes in trials:
            for _ in range(MOST_ROUNDS):
                pending = [each.task_id for each in episodes if shown(each) - natures.keys()]
                if not pending:
                    break
                passes = _passes(opened, pending, natures, _decisions(episodes), on_episode)
                natures |= _natures(passes)
                seen += passes[LABELS[0]]
            else:
                raise ProbeError(
                    f"After {MOST_ROUNDS} rounds some mail came only once; give the server one "
                    f"version of the environment, and nothing that changes it while it runs."
                )
            seen += episodes
    return MailFindings(natures, stories_of(seen))


def _decisions(episodes: Sequence[Episode]) -> dict[str, Mapping[str, Any]]:
    """Return what a policy decided, by email id."""
    return {
        step.observation.email_id: step.answer.action
        for episode in episodes
        for step in episode.steps
        if "error" not in step.info
    }


def _passes(
    sessions: Sessions,
    task_ids: Sequence[str],
    known: Mapping[str, Nature],
    decided: Mapping[str, Mapping[str, Any]],
    on_episode: Callable[[Episode], None],
) -> dict[str, list[Episode]]:
    """Play inboxes once with each label for all mail that is not known yet."""
    choices = [{"task_id": task_id} for task_id in task_ids]
    players = {label: _probing(known, decided, label) for label in LABELS}
    count = len(choices)
    order = [label for label in LABELS for _ in choices]
    played = sessions.play(lambda place: players[order[place]], choices * len(LABELS), on_episode)
    return {label: played[i * count : (i + 1) * count] for i, label in enumerate(LABELS)}


def _probing(
    known: Mapping[str, Nature], decided: Mapping[str, Mapping[str, Any]], label: str
) -> Player:
    """Return the player that repeats answers to known mail and gives a label to all other."""

    def player(
        _brief: Mapping[str, Any], observation: EmailTriageObservation, _steps: Sequence[Step]
    ) -> Answer:
        email_id = observation.email_id
        if email_id in known and email_id in decided:
            return Answer("", decided[email_id])
        return Answer(PROBING, {"label": label, "route_to": NO_TEAM, "summary": ""})

    return player


def _natures(passes: Mapping[str, Sequence[Episode]]) -> dict[str, Nature]:
    """Read what mail is from what each label earned on it."""
    met: dict[str, dict[str, Step]] = defaultdict(dict)
    for label, episodes in passes.items():
        for episode in episodes:
            for step in episode.steps:
                if step.answer.raw == PROBING:
                    met[step.observation.email_id][label] = step
    return {
        email_id: Nature(
            label=max(steps, key=lambda label: steps[label].parts["label"]),
            demanded=next((label for label, step in steps.items() if step.info["obeyed"]), None),
        )
        for email_id, steps in met.items()
        if len(steps) == len(LABELS)
    }
