"""What the episode so far says about a mail: the policy's memory, from what a client was told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

import numpy as np

from email_triage_env.models import LABELS
from training.reader.reading import OUR_DOMAIN, Floats, Mail, alike, gaps, is_notice

# So many rare words in common make two mails one matter.
FEWEST_RARE: Final = 3
# Of the mail before this one that has to do with it: the label it proved to have, or none.
LINKS: Final = 2 * (len(LABELS) + 1) + 2
TEAM_TRAITS: Final = 7


class Decided(NamedTuple):
    """An earlier mail of the episode, what was decided, and which of it the reward proved right."""

    mail: Mail
    label: int
    team: int
    label_proven: bool
    team_proven: bool


class Context(NamedTuple):
    """What the episode so far says about a mail: in all, and per team."""

    links: Floats
    teams: Floats


def context(mail: Mail, before: Sequence[Decided], teams: int) -> Context:
    """Return what the decisions so far say about a mail.

    It does not count which labels were right so far: an inbox has two mails of each, and a policy
    that knows which are left over has found out about inboxes, not about mail.

    Args:
        mail: The mail to decide.
        before: The decisions of the episode so far.
        teams: How many teams there are.

    Returns:
        Links to earlier mail, and traits of each team.
    """
    links = np.zeros(LINKS)
    team_traits = np.zeros((teams, TEAM_TRAITS))
    team_traits[:, 0], team_traits[:, 1] = mail.overlap, mail.named
    today = datetime.fromisoformat(mail.observation.timestamp).date()
    unproven = len(LABELS)
    for past in before:
        if past.mail.host == mail.host != OUR_DOMAIN:
            links[past.label if past.label_proven else unproven] = 1.0
            team_traits[past.team, 2] = past.team_proven
        links[-1] += alike(past.mail.host, mail.host)
        if is_notice(past.mail) and max(gaps(past.mail.observation.body, today), default=0) > 0:
            links[-2] = 1.0
            team_traits[:, 4] += past.mail.named
            team_traits[past.team, 5] = past.team_proven
    shared = [len(past.mail.rare & mail.rare) for past in before]
    if max(shared, default=0) >= FEWEST_RARE:
        past = before[shared.index(max(shared))]
        links[unproven + 1 + (past.label if past.label_proven else unproven)] = 1.0
        team_traits[past.team, 3 if past.team_proven else 6] = 1.0
    return Context(links, team_traits)
