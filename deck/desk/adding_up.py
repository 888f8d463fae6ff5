"""Whose a mail is because of what came before it: lists, rules that count, and notices."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from deck.circumstances import Circumstances, CustomerList, Notice
from deck.desk.answer import Decided, Mail, Reason
from deck.desk.settings import Desk

LISTED: Final = 25


def listed(mail: Mail, what: Circumstances, earlier: Sequence[Decided]) -> CustomerList | None:
    """Rule 25: return the list that names the customer who writes, at that time.

    Args:
        mail: The mail and what is true of it.
        what: The same in the light of earlier mail.
        earlier: The mails before it with their right answers, oldest first.

    Returns:
        The list that counts; of two the later one. None if none does.
    """
    for lists in (one.mail.what.lists for one in reversed(earlier)):
        if lists is not None and what.customer in lists.names:
            begin, end = map(datetime.fromisoformat, (lists.since, lists.until))
            if begin <= mail.arrived <= end:
                return lists
    return None


def counted(
    mail: Mail, what: Circumstances, desk: Desk, earlier: Sequence[Decided]
) -> tuple[str, Reason] | None:
    """Rules 18 to 20: whose a mail is because of what there was before it.

    Args:
        mail: The mail and what is true of it.
        what: The same in the light of earlier mail.
        desk: Whose rules hold.
        earlier: The mails before it with their right answers, oldest first.

    Returns:
        The team and the rule that names it, or None if nothing adds up.
    """
    before = [one for one in earlier if _same_party(one, what)]
    counting = desk.counting
    if what.counted == "complaint":
        since = mail.arrived - timedelta(days=counting.days)
        number = 1 + sum(
            one.mail.what.counted == "complaint" and one.mail.arrived >= since for one in before
        )
        if number >= counting.complaints:
            clause = f"complaint {number} about {what.party} within {counting.days} days"
            return desk.teams[counting.complaints_to], Reason(18, clause)
    if what.amount is not None and what.quotes is not None:
        week = mail.arrived.isocalendar()[:2]
        total = _pounds(what.amount) + sum(
            _pounds(one.mail.what.amount)
            for one in before
            if one.mail.what.quotes is not None and one.mail.arrived.isocalendar()[:2] == week
        )
        if total > counting.weekly_sum:
            clause = f"bills of {what.party} come to £{total:,.2f} this week"
            return desk.teams[counting.bills_to], Reason(19, clause)
    claims = [one.mail for one in before if one.mail.what.counted in ("claim", "claim_closed")]
    if claims and claims[-1].what.counted == "claim":
        clause = f"{what.party} has an open claim ({claims[-1].mail_id})"
        return desk.does["claim"], Reason(20, clause)
    return None


def in_force(
    mail: Mail, what: Circumstances, team: str, desk: Desk, earlier: Sequence[Decided]
) -> Notice | None:
    """Rule 12: return the last notice that hands over a team's genuine mail at that time.

    Args:
        mail: The mail and what is true of it.
        what: The same in the light of earlier mail.
        team: Whose it is by the other rules.
        desk: Whose rules hold.
        earlier: The mails before it with their right answers, oldest first.

    Returns:
        The notice, or None.
    """
    notices = [(one.mail.mail_id, one.mail.what.notice) for one in earlier]
    held = [(mail_id, notice) for mail_id, notice in notices if notice is not None]
    ended = {
        notice.ends for _, notice in held if datetime.fromisoformat(notice.since) <= mail.arrived
    }
    for mail_id, notice in reversed(held):
        begin, end = datetime.fromisoformat(notice.since), datetime.fromisoformat(notice.until)
        if (
            notice.ends is None
            and mail_id not in ended
            and desk.teams[notice.of] == team
            and begin <= mail.arrived <= end
            and what.work not in notice.excepted
        ):
            return notice
    return None


def _pounds(amount: str | None) -> float:
    return float((amount or "0").replace(",", ""))


def _same_party(one: Decided, what: Circumstances) -> bool:
    """Whether an earlier genuine mail is about the same customer, supplier or haulier."""
    same = what.party is not None and one.mail.what.party == what.party
    return same and one.answer.label != "spam"
