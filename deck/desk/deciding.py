"""The right answer to a mail: what follows from its circumstances, a desk's rules and memory.

Each function is one rule of the policy or two that belong together, and cites it. Nothing here
reads the mail itself, and nothing is random.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from deck.circumstances import Circumstances, Notice
from deck.desk.adding_up import LISTED, counted, in_force, listed
from deck.desk.answer import Answer, Decided, Mail, Reason
from deck.desk.hours import acted_on, limit
from deck.desk.settings import Desk
from models import Label

_HARM: Final = {
    "money": "money is lost",
    "goods": "goods are lost",
    "work": "work stops",
    "date": "a binding date passes",
    "danger": "a person may be hurt",
    "hurt": "a person is hurt",
}
_DANGER: Final = ("danger", "hurt")


def decide(mail: Mail, desk: Desk, earlier: Sequence[Decided] = ()) -> Answer:
    """Return what is right for a mail.

    Args:
        mail: The mail and what is true of it.
        desk: Whose rules hold.
        earlier: The mails before it with their right answers, oldest first. Without them it is
            the answer of a careful reader who saw this mail alone.

    Returns:
        Label and team, and the rules that led there.
    """
    what = _in_light_of(mail.what, earlier)
    if what.notice is not None:
        return _notice(what.notice, desk)
    if what.lists is not None:
        reasons = [
            Reason(3, "nobody has anything to do"),
            Reason(LISTED, "a list goes to the team that gets the customers"),
        ]
        return _answer("archive", desk.teams[what.lists.to], reasons)
    if reason := _false(mail, what, desk, earlier):
        return _spam(what, desk, [reason], fraud=reason.rule not in (VOID_ORDER, UNCONFIRMED))
    if what.doubt == "selling" and desk.selling == "spam":
        return _spam(what, desk, [Reason(4, "selling that nobody asked for")], fraud=False)
    if (first := _first_report(what, earlier)) and not what.adds:
        said = Reason(13, f"{first.mail.mail_id} reported it and this adds nothing to do")
        return _answer(desk.repeats, first.answer.team, [said])
    label, reasons = _label(mail, what, desk, earlier)
    team, further = _team(mail, what, desk, earlier, filed=label == "archive")
    return _answer(label, team, [*reasons, *further])


def _answer(label: Label, team: str, reasons: Sequence[Reason], *, fraud: bool = False) -> Answer:
    return Answer(
        label, team, tuple(one.rule for one in reasons), tuple(one.clause for one in reasons), fraud
    )


def _in_light_of(what: Circumstances, earlier: Sequence[Decided]) -> Circumstances:
    """Return what is true of a mail for whoever has read the ones before it."""
    known = what.known
    if known is None or not any(known.after == one.mail.mail_id for one in earlier):
        return what
    given = {name: getattr(known, name) for name in known.model_fields_set - {"after"}}
    if given.get("doubt") == "none":
        given["doubt"] = None
    return what.model_copy(update=given)


def _notice(notice: Notice, desk: Desk) -> Answer:
    """Rule 12: a notice is archived, and to whom depends on the desk."""
    kept = notice.of if desk.notice_to == "handed_over" else notice.to
    told = "whose work it hands over" if desk.notice_to == "handed_over" else "that gets the work"
    reason = Reason(12, f"a notice goes to the team {told}")
    return _answer("archive", desk.teams[kept], [reason])


# By these rules a mail is spam and its address no fraudster's.
VOID_ORDER: Final = 23
UNCONFIRMED: Final = 22


def _false(
    mail: Mail, what: Circumstances, desk: Desk, earlier: Sequence[Decided]
) -> Reason | None:
    """Rules 4, 7 to 10, 22 and 23: say why a mail is not genuine, if it is not."""
    if what.doubt == "domain" or _unconfirmed(mail, earlier):
        rule = 7 if what.doubt == "domain" else UNCONFIRMED
        return Reason(rule, f"{mail.sender} is not where they write from")
    if what.doubt == "bank":
        return Reason(9, "it asks to change where we pay")
    if what.doubt == "deceit":
        return Reason(4, "what it is after is fraud")
    if what.doubt == "vacancy":
        return Reason(8, "it answers no vacancy by its number")
    if what.quotes is not None and desk.bill not in what.quotes:
        return Reason(8, "a bill without the numbers that prove it")
    if desk.fraudster == "spam":
        if what.doubt == "fraudster":
            return Reason(10, f"{mail.sender} is known to have sent fraud")
        for one in earlier:
            if one.answer.fraud and one.mail.sender == mail.sender:
                return Reason(10, f"{mail.sender} has sent fraud ({one.mail.mail_id})")
    if what.quotes is not None and (spent := _spent(what.reference, earlier)):
        return Reason(VOID_ORDER, f"PO {what.reference} is void since {spent}")
    return None


def _unconfirmed(mail: Mail, earlier: Sequence[Decided]) -> bool:
    """Rule 22: whether the sender's domain was announced and is not confirmed yet."""
    domain = mail.sender.rpartition("@")[2]
    announced = any(one.mail.what.announces == domain for one in earlier)
    return announced and not any(one.mail.what.confirms == domain for one in earlier)


def _spent(reference: str | None, earlier: Sequence[Decided]) -> str | None:
    """Rule 23: return the mail since which a purchase order is void."""
    for one in earlier:
        what = one.mail.what
        used = what.quotes is not None and what.reference == reference
        if reference and ((used and one.answer.label != "spam") or what.withdraws == reference):
            return one.mail.mail_id
    return None


def _spam(what: Circumstances, desk: Desk, reasons: list[Reason], *, fraud: bool) -> Answer:
    """Rule 16: who gets spam."""
    if desk.spam_to is not None:
        team, clause = desk.teams[desk.spam_to], "all spam goes there"
    elif what.signs_in:
        team, clause = desk.teams["security"], "it is after sign-ins"
    else:
        team, clause = desk.does[what.work], f"the team of such work ({what.work})"
    return _answer("spam", team, [*reasons, Reason(16, clause)], fraud=fraud)


def _first_report(what: Circumstances, earlier: Sequence[Decided]) -> Decided | None:
    """Rule 13: return the mail that reported the same problem first."""
    return next((one for one in earlier if one.mail.mail_id == what.repeats), None)


def _label(
    mail: Mail, what: Circumstances, desk: Desk, earlier: Sequence[Decided]
) -> tuple[Label, list[Reason]]:
    """Rules 1 to 3: how soon somebody must act, if at all."""
    if not what.left_to_do or what.doubt == "selling":
        return "archive", [Reason(3, "nobody has anything to do")]
    if what.due is None or what.at_stake == "nothing":
        return "normal", [Reason(2, "something to do, and no harm is near")]
    binds = what.at_stake == "date" and desk.binding is not None
    near = desk.binding if binds and desk.binding else desk.near
    free = list(_free_days(earlier))
    until = limit(near, mail.arrived, free)
    due = datetime.fromisoformat(what.due)
    harm = f"{_HARM[what.at_stake]} unless somebody acts by {due:%a %d %b %H:%M}"
    # What is lost before work begins again is lost unless somebody acts before it ends.
    if due <= until or due < acted_on(until, free):
        return "urgent", [Reason(1, f"{harm}, and {until:%a %d %b %H:%M} counts as near")]
    return "normal", [Reason(2, f"{harm}, later than {until:%a %d %b %H:%M}")]


def _free_days(earlier: Sequence[Decided]) -> Iterator[date]:
    """Rule 21: yield the days that were announced to be free."""
    for one in earlier:
        if one.mail.what.holiday is not None:
            yield date.fromisoformat(one.mail.what.holiday)


def _team(
    mail: Mail, what: Circumstances, desk: Desk, earlier: Sequence[Decided], *, filed: bool
) -> tuple[str, list[Reason]]:
    """Rules 15, 25, 18 to 20, 14 and then 12: whose a genuine mail is."""
    if what.at_stake in _DANGER and desk.danger is not None:
        return desk.teams[desk.danger], [Reason(15, "somebody is hurt or in danger of it")]
    if found := listed(mail, what, earlier):
        return desk.teams[found.to], [Reason(LISTED, f"{what.customer} is on its list")]
    team, reason = counted(mail, what, desk, earlier) or _doer(what, desk, filed=filed)
    if notice := in_force(mail, what, team, desk, earlier):
        return desk.teams[notice.to], [reason, Reason(12, f"{team} is handed over")]
    return team, [reason]


def _doer(what: Circumstances, desk: Desk, *, filed: bool) -> tuple[str, Reason]:
    """Rule 14: who does the next piece of work, or keeps what leaves none."""
    if filed and desk.filed_with is not None:
        return desk.teams[desk.filed_with], Reason(14, "what leaves nothing to do is filed there")
    return desk.does[what.work], Reason(14, f"the team of such work ({what.work})")
