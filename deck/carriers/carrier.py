"""A carrier: one short, plain mail of a month whose answer depends on what came before it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from deck.storyline import Storyline

Role = Literal[
    "afterwards",
    "announcement",
    "bill",
    "claim",
    "confirmation",
    "customer",
    "end",
    "fraud",
    "holiday",
    "listing",
    "matter",
    "notice",
    "complaint",
    "settlement",
    "withdrawal",
]
_CUSTOMER: Final = frozenset({"customer", "domain"})
_DUE: Final = frozenset({"due", "hour"})
# Which slots a month fills in the carriers of each role, beside those that all mail may use.
BOUND: Final[Mapping[Role, frozenset[str]]] = MappingProxyType(
    {
        "afterwards": frozenset({"supplier", "domain", "person1"}),
        "announcement": _CUSTOMER | {"new_domain", "since"},
        "bill": frozenset({"supplier", "domain", "po", "amount", "due"}),
        "claim": _CUSTOMER,
        "complaint": _CUSTOMER | {"haulier"},
        "confirmation": frozenset({"customer", "new_domain"}),
        "customer": _CUSTOMER | _DUE,
        "end": frozenset({"of_team", "to_team", "since"}),
        "fraud": frozenset({"supplier", "domain", "person1"}),
        "holiday": frozenset({"holiday"}),
        "listing": frozenset({"to_team", "since", "until", "customers"}),
        "matter": _DUE,
        "notice": frozenset({"of_team", "to_team", "since", "until", "excepted"}),
        "settlement": _CUSTOMER,
        "withdrawal": frozenset({"supplier", "po"}),
    }
)


class Carrier(Storyline):
    """One mail with its answer on the base desk, and what it does in a month.

    Day 0 is the day on which it arrives, whatever day of the week that is.

    Attributes:
        role: What it does; a month fills the slots of its role (`BOUND`).
    """

    role: Role
