"""All mail of an inbox by time, each with an id that says its place and nothing else."""

from collections.abc import Sequence
from string import ascii_lowercase
from typing import Final, NamedTuple

from deck.circumstances import CustomerList, Notice
from deck.slots import Slots
from deck.storyline import Numbered
from models import Case, FollowUpCase
from tasks import versions

# What tells the two versions of a follow-up apart; which letter is whose says nothing.
_LETTERS: Final = ascii_lowercase


class Strand(NamedTuple):
    """Mail that belongs together in one inbox, its slots filled.

    Attributes:
        name: Whose circumstances it has: the name of its storyline or carrier.
        slots: What its slots are filled with.
        cases: Its mail, with its own ids.
        notice: What its notice changes, where an inbox decides that.
        ends: Which other strand's notice it ends, by its number.
        lists: Which customers its list gives to a team, likewise.
    """

    name: str
    slots: Slots
    cases: Sequence[Case | FollowUpCase]
    notice: Notice | None = None
    ends: int | None = None
    lists: CustomerList | None = None


class Placed(NamedTuple):
    """A mail, or the two versions of a follow-up, where it stands in an inbox.

    Attributes:
        case: With ids that say the place.
        strand: The number of its strand.
        own_ids: The ids that the versions have within their strand.
    """

    case: Case | FollowUpCase
    strand: int
    own_ids: tuple[str, ...]


def in_order(task_id: str, strands: Sequence[Strand]) -> list[Placed]:
    """Return all mail by time, each with an id that says its place.

    Args:
        task_id: With what the ids begin.
        strands: The mail.

    Returns:
        The mail, oldest first. What tells the ids of the two versions of a follow-up apart is
        drawn, so that it does not say which of them came.
    """
    mails = [(case, number) for number, strand in enumerate(strands) for case in strand.cases]
    mails.sort(key=lambda mail: versions(mail[0])[0].email.timestamp)
    numbered = Numbered(task_id)
    renamed: dict[tuple[int, str], str] = {}
    placed: list[Placed] = []
    for place, (case, number) in enumerate(mails, start=1):
        own_ids = tuple(version.email.email_id for version in versions(case))
        mail_id = f"{task_id}-{place:02}"
        ids = [mail_id] if len(own_ids) == 1 else _apart(mail_id, numbered)
        renamed |= {(number, own): new for own, new in zip(own_ids, ids, strict=True)}
        named = [_renamed(version, new) for version, new in zip(versions(case), ids, strict=True)]
        if isinstance(case, FollowUpCase):
            after = renamed[number, case.after]
            whole = FollowUpCase(after=after, handled=named[0], mishandled=named[1])
            placed.append(Placed(whole, number, own_ids))
        else:
            placed.append(Placed(named[0], number, own_ids))
    return placed


def _apart(mail_id: str, numbered: Numbered) -> list[str]:
    """Return two ids for the two versions of a follow-up."""
    first, step = divmod(numbered.number(mail_id), len(_LETTERS))
    first %= len(_LETTERS)
    other = (first + 1 + step % (len(_LETTERS) - 1)) % len(_LETTERS)
    return [f"{mail_id}{_LETTERS[first]}", f"{mail_id}{_LETTERS[other]}"]


def _renamed(case: Case, email_id: str) -> Case:
    email = case.email.model_copy(update={"email_id": email_id})
    return case.model_copy(update={"email": email})
