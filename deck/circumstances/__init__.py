"""What is true of each mail, whatever a desk wants done about it.

Answers follow from circumstances and a desk's rules (`deck.desk.decide`). Circumstances were
written by hands that saw the mail and the policy and not the answers; the files beside this one
hold them, a table per mail. A text in them may have the slots of its mail.
"""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

from deck.circumstances.works import WORKS, Work

__all__ = [
    "INSTANTS",
    "WORKS",
    "Circumstances",
    "CircumstancesError",
    "CustomerList",
    "Known",
    "Notice",
    "Quoted",
    "Work",
    "circumstances_of",
]

FOLDER: Final = Path(__file__).parent
Stake = Literal["nothing", "money", "goods", "work", "date", "danger", "hurt"]
Doubt = Literal["domain", "vacancy", "bank", "deceit", "selling"]
Quoted = Literal["po", "order", "contract"]
Counted = Literal["complaint", "claim", "claim_closed"]


class CircumstancesError(ValueError):
    """The circumstances of mail are not written, or not as they have to be."""


class _ByMail(dict[str, "Circumstances"]):
    """Circumstances by the name of their mail."""

    def __missing__(self, name: str) -> "Circumstances":
        raise CircumstancesError(
            f"Nobody wrote what is true of {name!r}; add a table of that name to a file of "
            f"deck/circumstances/."
        )


def _known_work(work: str) -> str:
    if work not in WORKS:
        raise ValueError(f"there is no work {work!r}; choose one of: {', '.join(WORKS)}")
    return work


def _instant(text: str) -> str:
    if "{" not in text:
        datetime.fromisoformat(text)
    return text


# Fields that are instants once their slots are filled.
INSTANTS: Final = frozenset({"due", "since", "until", "holiday"})
Instant = Annotated[str, AfterValidator(_instant)]
WorkName = Annotated[str, AfterValidator(_known_work)]


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Notice(_Facts):
    """How a notice of the desk lead changes the routing of genuine mail.

    Attributes:
        of: The team whose mail is handed over, by its name on the base desk.
        to: The team that gets it instead, likewise.
        since: The instant from which it holds.
        until: The instant until which it holds.
        excepted: Kinds of work that stay where they are.
        ends: The id of an earlier notice that ends at `since`; then nothing is handed over.
    """

    of: str
    to: str
    since: Instant
    until: Instant
    excepted: tuple[WorkName, ...] = ()
    ends: str | None = None


class CustomerList(_Facts):
    """Customers whose genuine mail goes to one team for a while.

    Attributes:
        to: The team that gets it, by its name on the base desk.
        since: The instant from which it does.
        until: The instant until which it does.
        names: The customers.
    """

    to: str
    since: Instant
    until: Instant
    names: frozenset[str]


class Known(_Facts):
    """What is true for whoever has read an earlier mail, where it differs.

    Attributes:
        after: The id of that earlier mail.
        work: As for `Circumstances`, and so on; what is not given is as it was.
        doubt: Likewise; `none` where the earlier mail clears what looked doubtful, `fraudster`
            where it tells that the address has sent fraud.
    """

    after: str
    work: WorkName | None = None
    due: Instant | None = None
    at_stake: Stake | None = None
    left_to_do: bool | None = None
    doubt: Doubt | Literal["none", "fraudster"] | None = None


class Circumstances(_Facts):
    """What is true of one mail, as a careful reader who sees it alone would say.

    Attributes:
        work: The kind of work that has to be done next, or that would follow if something were
            left to do; of fraud and selling, the work that doing what it asks would be.
        due: The instant by which somebody here must have acted, or harm is done; none if the mail
            sets none.
        at_stake: What is lost or broken when `due` passes.
        left_to_do: Whether somebody here has to do anything at all.
        doubt: The sign by which it is not genuine, or that it sells what nobody asked for;
            `deceit` is fraud without any of the policy's other signs, such as phishing.
        signs_in: Whether it is after passwords or sign-ins.
        quotes: Of a bill or a demand for payment, which numbers of ours it quotes; none of other
            mail.
        repeats: The id of the mail in which the same problem was reported first.
        adds: Whether a mail that repeats a report adds something to do.
        known: What an earlier mail makes of it.
        notice: What it changes, if it is a notice of the desk lead.
        orders: Label and team that words addressed to the reader of the inbox demand.
        party: The customer, supplier or haulier whom it is about, where rules count.
        customer: The customer who writes, where a list of customers may name it.
        lists: Which customers it gives to a team, if it is a list of the desk lead.
        amount: Of a bill, its sum in pounds, such as `1,240.50`.
        reference: Of a bill, the purchase order that it quotes.
        counted: What it is for rules that count: a complaint about the party, a claim of the
            party that is opened, or one that is closed.
        withdraws: A purchase order that it withdraws.
        announces: A domain from which a partner says that it will write.
        confirms: A domain that the desk lead confirms.
        holiday: A day that the desk lead declares to be no working day.
    """

    work: WorkName
    due: Instant | None = None
    at_stake: Stake = "nothing"
    left_to_do: bool = True
    doubt: Doubt | Literal["fraudster"] | None = None
    signs_in: bool = False
    quotes: tuple[Quoted, ...] | None = None
    repeats: str | None = None
    adds: bool = False
    known: Known | None = None
    notice: Notice | None = None
    orders: tuple[str, str] | None = None
    party: str | None = None
    customer: str | None = None
    lists: CustomerList | None = None
    amount: str | None = None
    reference: str | None = None
    counted: Counted | None = None
    withdraws: str | None = None
    announces: str | None = None
    confirms: str | None = None
    holiday: Instant | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.adds and self.repeats is None:
            raise ValueError("`adds` is for mail that repeats a report; name it in `repeats`")
        if self.at_stake != "nothing" and not self.left_to_do:
            raise ValueError("something is at stake, so something is left to do")
        return self


@lru_cache(maxsize=1)
def circumstances_of() -> Mapping[str, Circumstances]:
    """Return the circumstances of every mail, by `<storyline>/<id>` or headline id.

    A mail that is not there raises a `CircumstancesError` when it is asked for.

    Raises:
        CircumstancesError: If a file holds what is no circumstance, or a mail twice.
    """
    found = _ByMail()
    for path in sorted(FOLDER.glob("*.toml")):
        for name, given in _tables(path).items():
            if name in found:
                raise CircumstancesError(f"{path.name}: {name!r} has two tables; take one out.")
            try:
                found[name] = Circumstances.model_validate(given)
            except ValueError as error:
                raise CircumstancesError(f"{path.name}, {name!r}: {error}") from error
    return MappingProxyType(found)


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CircumstancesError(f"{path.name} is no TOML: {error}") from error
