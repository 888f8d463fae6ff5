"""The answers to an inbox at a desk: each mail's circumstances, filled, and what follows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from deck.arranging import Placed, Strand
from deck.circumstances import (
    INSTANTS,
    Circumstances,
    CircumstancesError,
    Known,
    Notice,
    circumstances_of,
)
from deck.desk import Decided, Desk, Mail, decide
from deck.slots import Slots
from models import Case, FollowUpCase, Label
from tasks import versions


def answered(
    strands: Sequence[Strand], placed: Sequence[Placed], desk: Desk
) -> list[Case | FollowUpCase]:
    """Answer an inbox by a desk's rules.

    Args:
        strands: The mail that belongs together, with its slots.
        placed: The same mail by time.
        desk: Whose rules hold.

    Returns:
        The mail with label, team and reasons replaced by what the rules give. What a follow-up
        leaves to later mail is what its first version does.
    """
    ids = {
        (one.strand, own): version.email.email_id
        for one in placed
        for own, version in zip(one.own_ids, versions(one.case), strict=True)
    }
    refers: list[dict[str, str]] = [{} for _ in strands]
    for (number, own), mail_id in ids.items():
        refers[number][own] = mail_id
    earlier: list[Decided] = []
    cases: list[Case | FollowUpCase] = []
    for one in placed:
        strand = strands[one.strand]
        both: list[Case] = []
        decided: list[Decided] = []
        for own, version in zip(one.own_ids, versions(one.case), strict=True):
            what = _in_inbox(circumstances_of()[f"{strand.name}/{own}"], strand, refers[one.strand])
            if strand.notice is not None:
                ended = None if strand.ends is None else ids[strand.ends, "1"]
                notice = strand.notice.model_copy(update={"ends": ended})
                what = what.model_copy(update={"notice": notice})
            if strand.lists is not None:
                what = what.model_copy(update={"lists": strand.lists})
            mail = mail_of(version, what)
            decided.append(Decided(mail, decide(mail, desk, earlier)))
            both.append(_answered(version, decided[-1], desk))
        earlier.append(decided[0])
        cases.append(_again(one.case, both))
    return cases


def mail_of(case: Case, what: Circumstances) -> Mail:
    """Return a mail as a desk decides about it."""
    email = case.email
    address = email.sender.rpartition("<")[2].rstrip(">")
    return Mail(email.email_id, address, datetime.fromisoformat(email.timestamp), what)


def filled_circumstances(what: Circumstances, slots: Slots) -> Circumstances:
    """Fill the slots of a mail's circumstances, which keep referring to mail by its own ids."""
    changes = _filled(what, slots)
    if what.known is not None:
        changes["known"] = what.known.model_copy(update=_filled(what.known, slots))
    if what.notice is not None:
        changes["notice"] = what.notice.model_copy(update=_filled(what.notice, slots))
    return what.model_copy(update=changes)


def _filled(what: Circumstances | Known | Notice, slots: Slots) -> dict[str, Any]:
    texts = {name: getattr(what, name) for name in what.model_fields_set}
    texts = {name: text for name, text in texts.items() if isinstance(text, str) and "{" in text}
    try:
        filled = {name: text.format_map(slots) for name, text in texts.items()}
        # Filled texts are validated again, which model_copy does not.
        for name in INSTANTS & filled.keys():
            datetime.fromisoformat(filled[name])
    except (AttributeError, ValueError) as error:
        raise CircumstancesError(f"{texts} cannot be filled: {error}.") from error
    return filled


def _in_inbox(what: Circumstances, strand: Strand, refer: dict[str, str]) -> Circumstances:
    """Fill circumstances and let them refer to mail by the ids that the inbox gives."""
    if strand.notice is not None:
        what = what.model_copy(update={"notice": None})
    if strand.lists is not None:
        what = what.model_copy(update={"lists": None})
    what = filled_circumstances(what, strand.slots)
    changes: dict[str, Any] = {}
    if what.repeats is not None:
        changes["repeats"] = _referred(what.repeats, refer)
    if what.known is not None:
        after = {"after": _referred(what.known.after, refer)}
        changes["known"] = what.known.model_copy(update=after)
    return what.model_copy(update=changes)


def _referred(own_id: str, refer: dict[str, str]) -> str:
    try:
        return refer[own_id]
    except KeyError as error:
        raise CircumstancesError(
            f"Circumstances refer to {own_id!r}; choose one of: {', '.join(refer)}."
        ) from error


def _answered(case: Case, decided: Decided, desk: Desk) -> Case:
    answer, alone = decided.answer, decide(decided.mail, desk)
    right, forgetful = (answer.label, answer.team), (alone.label, alone.team)
    truth = case.truth.model_copy(
        update={
            "label": answer.label,
            "route_to": answer.team,
            "second_route": None,
            "memoryless": None if forgetful == right else forgetful,
            "demanded": _demanded(case.truth.demanded, right, desk),
        }
    )
    return case.model_copy(update={"truth": truth, "why": answer.why()})


def _demanded(
    demanded: tuple[Label, str] | None, right: tuple[Label, str], desk: Desk
) -> tuple[Label, str] | None:
    """Return what an order in the mail asks for, unless it agrees with what is right here."""
    if demanded is None:
        return None
    label, team = demanded[0], desk.teams[demanded[1]]
    return None if label == right[0] or team == right[1] else (label, team)


def _again(case: Case | FollowUpCase, both: Sequence[Case]) -> Case | FollowUpCase:
    if isinstance(case, Case):
        return both[0]
    return case.model_copy(update={"handled": both[0], "mishandled": both[1]})
