"""Desks: the same mail under other rules, with answers that a machine derives.

`decide` gives the answer to a mail, `policy_text` the rules as an agent reads them, `desk` a
numbered desk.
"""

from deck.desk.answer import Answer, Decided, Mail
from deck.desk.deciding import decide
from deck.desk.drawing import UnknownDeskError, desk, desks
from deck.desk.settings import BASE, Counting, Desk
from deck.desk.wording import policy_text

__all__ = [
    "BASE",
    "Answer",
    "Counting",
    "Decided",
    "Desk",
    "Mail",
    "UnknownDeskError",
    "decide",
    "desk",
    "desks",
    "policy_text",
]
