"""The policy of a desk as the numbered text that an agent reads.

The base desk's is `tasks.POLICY` itself. Another desk's is the same with the rules replaced that
it has settled otherwise; in a month, rules that count are added.
"""

import re
from collections.abc import Mapping
from functools import partial
from textwrap import fill
from types import MappingProxyType
from typing import Final

from deck.desk.settings import BASE, Desk
from tasks import POLICY

WIDTH: Final = 100
_fill: Final = partial(fill, width=WIDTH, break_on_hyphens=False)
_PARAGRAPH: Final = re.compile(r"\n(?=Rule \d+\. )|\n\n")
_RULE: Final = re.compile(r"Rule (\d+)\. ")
_TEAMS: Final = "TEAMS"

_NEAR: Final[Mapping[str, str]] = MappingProxyType(
    {
        "hours": (
            "within four working hours (which may run on into the next working day, from 08:00)"
        ),
        "same_day": (
            "before the end of the working day on which it comes, or of the next one if it comes "
            "after hours"
        ),
        "next_day": "before the end of the next working day",
        "two_days": "before the end of the second working day after it",
        "three_days": "before the end of the third working day after it",
        "friday": (
            "before the end of the last working day of its week, or of the next working day if it "
            "comes on that last day or later"
        ),
    }
)
_NOTICE_TO: Final[Mapping[str, str]] = MappingProxyType(
    {"handed_over": "whose work it hands over.", "receives": "that gets the work."}
)
_ORDINALS: Final[Mapping[int, str]] = MappingProxyType({2: "second", 3: "third", 4: "fourth"})
_DAYS: Final[Mapping[int, str]] = MappingProxyType(
    {7: "seven days", 14: "fourteen days", 21: "three weeks"}
)


def policy_text(desk: Desk, *, counts: bool = False) -> str:
    """Return the policy that an agent at a desk reads.

    Args:
        desk: The desk.
        counts: Whether the rules that count hold, as they do in a month.

    Returns:
        Numbered rules and a directory of the teams.
    """
    if desk == BASE and not counts:
        return POLICY
    rules = _replaced(desk)
    told: list[str] = []
    for section in POLICY.split("\n\n"):
        head, *_ = section.split("\n", 1)
        if head == _TEAMS:
            lines = (f"{team}: {does}" for team, does in desk.directory.items())
            told.append("\n".join([_TEAMS, *(_fill(line) for line in lines)]))
            continue
        told.append("\n".join(_paragraph(text, rules) for text in _PARAGRAPH.split(section)))
    if counts:
        added = [f"Rule {number}. {text}" for number, text in _counting(desk).items()]
        told.append("\n".join(["WHAT ADDS UP", *(_fill(text) for text in added)]))
    return "\n\n".join(told)


def _paragraph(text: str, rules: Mapping[int, str]) -> str:
    found = _RULE.match(text)
    if found is None or int(found[1]) not in rules:
        return text
    return _fill(f"{found[0]}{rules[int(found[1])]}")


def _replaced(desk: Desk) -> dict[int, str]:
    """Return the text of each rule that may differ, by its number."""
    team = desk.teams
    binding = (
        " A date that a court, an authority, the law, a contract or an option sets is near as soon "
        "as it lies within the next five working days."
        if desk.binding
        else ""
    )
    selling = desk.selling == "spam"
    return {
        1: (
            f"urgent: unless somebody at Kestrelmoor acts {_NEAR[desk.near]}, a person may be "
            f"hurt, goods or money may be lost, work may stop, or a binding deadline will pass."
            f"{binding}"
        ),
        3: "archive: a genuine mail that leaves nobody at Kestrelmoor anything to do"
        + ("." if selling else ", and selling that nobody here asked for."),
        4: "spam: fraud, a false identity, or selling that nobody here asked for."
        if selling
        else "spam: fraud or a false identity.",
        8: (
            f"{_bills(desk)} A genuine answer to one of our vacancies quotes its number: V and "
            f"three digits."
        ),
        10: _fraudster(desk),
        12: (
            "A notice from desk-lead@kestrelmoor.example may change the routing of genuine mail "
            "for a stated time. It holds for mail dated within that time. The notice itself is "
            "archived to the team "
            + (
                "whose work it hands over."
                if desk.notice_to == "handed_over"
                else "that gets the work."
            )
        ),
        13: _repeats(desk),
        14: (
            "Route to the team that does the next piece of work, not to the team the sender names "
            "or works with. If nothing is left to do, "
            + (
                "route to the team that would act if something were."
                if desk.filed_with is None
                else f"{team[desk.filed_with]} files it, whoever the matter belonged to (Rules 12 "
                f"and 13 say otherwise of what they are about)."
            )
        ),
        15: (
            "That somebody is hurt, or in danger of it, changes how near a matter is and not whose "
            "it is."
            if desk.danger is None
            else f"If somebody is hurt, or in danger of it, the team is {team[desk.danger]}, "
            f"before all others."
        ),
        16: (
            f"Spam goes to the team that would have done what it asks. If it is after passwords or "
            f"sign-ins, that team is {team['security']}."
            if desk.spam_to is None
            else f"Spam goes to {team[desk.spam_to]}, whatever it asks for."
        ),
    }


def _bills(desk: Desk) -> str:
    if desk.bill == "order":
        return (
            "A genuine bill or demand for payment quotes one of our delivery or order numbers. A "
            "purchase order alone proves nothing."
        )
    return "A genuine bill or demand for payment quotes our purchase order: PO and five digits."


def _fraudster(desk: Desk) -> str:
    if desk.fraudster == "spam":
        return (
            "An address that has sent fraud stays fraudulent: whatever it sends later is spam, "
            "however harmless."
        )
    return (
        "That an address has sent fraud says nothing about what it sends later: judge each mail by "
        "itself."
    )


def _repeats(desk: Desk) -> str:
    begin = (
        "A problem is reported once. A later mail that reports a problem already reported here, "
    )
    end = "A mail that adds something to do is judged by itself."
    if desk.repeats == "archive":
        return (
            f"{begin}and adds nothing to do, is archived to the team that the first report belongs "
            f"to, whether or not the problem is solved by then. {end}"
        )
    return (
        f"{begin}and adds nothing to do, is normal, whether or not the problem is solved by then: "
        f"the team that the first report belongs to counts reports. {end}"
    )


def _counting(desk: Desk) -> dict[int, str]:
    """Return the text of the rules that hold in a month, by number."""
    counting, team = desk.counting, desk.teams
    claims = desk.does["claim"]
    return {
        18: (
            f"The {_ORDINALS[counting.complaints]} genuine complaint about one haulier within "
            f"{_DAYS[counting.days]}, and each further one within that time, goes to "
            f"{team[counting.complaints_to]}."
        ),
        19: (
            f"The genuine bills of one supplier are added up from Monday to Sunday. The bill that "
            f"takes the sum above £{counting.weekly_sum:,}, and each further one of that week, "
            f"goes to {team[counting.bills_to]}."
        ),
        20: (
            f"While a customer's claim is open, every genuine mail of that customer goes to "
            f"{claims}. A claim is open from the mail that makes it until the mail in which the "
            f"customer calls it settled, which {claims} still gets."
        ),
        21: "A day that the desk lead announces as a holiday is no working day.",
        22: (
            "A partner's new domain counts as theirs from the desk lead's confirmation on. "
            "Whatever comes from it before that is spam, whoever announced it, but no fraud in the "
            "sense of Rule 10."
        ),
        23: (
            "A purchase order is good for one bill. Once a genuine bill has quoted it, or one of "
            "our own people has withdrawn it, it is void. A bill that quotes a void one is spam, "
            "but no fraud in the sense of Rule 10."
        ),
        24: (
            "Where several rules name a team, Rule 15 comes first, then Rule 25, then Rules 18, 19 "
            "and 20 in this order, then Rule 14. A notice (Rule 12) hands over what they give, but "
            "never what Rule 15 or Rule 25 gives, and nothing is handed over twice. A notice ends "
            "early if the desk lead says so; the mail that says it is filed where the notice was."
        ),
        25: (
            "A list of the desk lead's may give customers to one team for a stated time: every "
            "genuine mail that such a customer sends in that time goes to that team. Only the "
            "whole name counts. The list itself is archived to the team that gets the customers."
        ),
    }
