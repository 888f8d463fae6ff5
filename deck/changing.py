"""What a desk makes of a storyline by itself: its labels, and what the base desk says otherwise.

With it an inbox is chosen before any of its mail is filled.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import chain
from types import MappingProxyType
from typing import Final, NamedTuple

from deck.answering import filled_circumstances, mail_of
from deck.circumstances import circumstances_of
from deck.desk import BASE, Answer, Decided, Desk, Mail, decide
from deck.lists import MONDAYS
from deck.mail import MAIL
from deck.storyline import Numbered, Storyline, cases_filled, drawn_slots
from models import Label
from tasks import versions

# The rules that decide little mail, by the setting that changes them, and how much one such mail
# counts.
_RARE: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {"fraudster": (10, 2), "selling": (4, 2), "danger": (15, 2), "bill": (8, 3), "repeats": (13, 1)}
)


class Outlook(NamedTuple):
    """What a desk makes of a storyline.

    Attributes:
        labels: The label of each of its mails.
        changed: How many of them have another answer than at the base desk; what a desk calls its
            teams changes nothing.
        rare: On how many a rule decides that is settled otherwise here and changes little mail in
            all.
        remembered: How many are answered wrongly by whoever forgot the earlier ones.
        sound: Whether no mail is a matter of taste here: none hangs on an earlier one that is
            genuine at the base desk and spam at this one.
    """

    labels: tuple[Label, ...]
    changed: int
    rare: int
    remembered: int
    sound: bool


def outlook(name: str, own: Desk) -> Outlook:
    """Return what a desk makes of a storyline, with its own earlier mail in mind and no other."""
    mails = _mails(name)
    here = _answers(mails, own)
    # The first mail has nothing before it to remember.
    alone = [here[0], *(decide(mail, own) for mail in mails[1:])]
    there = _base_answers(name)
    hung_on = {
        ref
        for mail in mails
        for ref in (mail.what.repeats, mail.what.known and mail.what.known.after)
    }
    return Outlook(
        labels=tuple(answer.label for answer in here),
        changed=sum(
            one.label != other.label or own.teams[one.team] != other.team
            for one, other in zip(there, here, strict=True)
        ),
        rare=_rare(there, here, own),
        remembered=sum(one[:2] != other[:2] for one, other in zip(here, alone, strict=True)),
        sound=not any(
            mail.mail_id in hung_on and one.label == "spam" != other.label
            for mail, one, other in zip(mails, here, there, strict=True)
        ),
    )


def _rare(there: Sequence[Answer], here: Sequence[Answer], own: Desk) -> int:
    """Count mail on which a rule with little mail decides, and mail that is near only here."""
    settled = [_RARE[name] for name in _RARE if getattr(own, name) != getattr(BASE, name)]
    ruled = sum(counts for rule, counts in settled for one in there if rule in one.rules)
    nearer = [
        one.label == "normal" and other.label == "urgent"
        for one, other in zip(there, here, strict=True)
    ]
    return ruled + sum(nearer)


def _answers(mails: tuple[Mail, ...], own: Desk) -> list[Answer]:
    earlier: list[Decided] = []
    for mail in mails:
        earlier.append(Decided(mail, decide(mail, own, earlier)))
    return [one.answer for one in earlier]


@cache
def _base_answers(name: str) -> tuple[Answer, ...]:
    return tuple(_answers(_mails(name), BASE))


@cache
def _mails(name: str) -> tuple[Mail, ...]:
    """Return the mail of a storyline, filled in one way, as a desk decides about it."""
    storyline = _storylines()[name]
    slots = drawn_slots(storyline, Numbered(name), date.fromisoformat(MONDAYS[0]))
    firsts = [versions(case)[0] for case in cases_filled(storyline, slots)]
    every = circumstances_of()
    return tuple(
        mail_of(case, filled_circumstances(every[f"{name}/{case.email.email_id}"], slots))
        for case in firsts
    )


@lru_cache(maxsize=1)
def _storylines() -> dict[str, Storyline]:
    return {storyline.name: storyline for storyline in chain.from_iterable(MAIL.values())}
