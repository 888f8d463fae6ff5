"""What a desk decides about, and what it decides."""

from datetime import datetime
from typing import NamedTuple

from deck.circumstances import Circumstances
from models import Label


class Mail(NamedTuple):
    """A mail as a desk decides about it.

    Attributes:
        mail_id: Its id, by which later mail refers to it.
        sender: The address it comes from.
        arrived: When it is dated.
        what: What is true of it, every slot filled.
    """

    mail_id: str
    sender: str
    arrived: datetime
    what: Circumstances


class Answer(NamedTuple):
    """What is right for a mail.

    Attributes:
        label: The label.
        team: The team, by the desk's own name for it.
        rules: The numbers of the rules that led there, in their order of use.
        because: Why, a clause for each of those rules.
        fraud: Whether it is fraud or a false identity (Rule 10).
    """

    label: Label
    team: str
    rules: tuple[int, ...]
    because: tuple[str, ...]
    fraud: bool = False

    def why(self) -> str:
        """Return the reasons as one text."""
        said = zip(self.rules, self.because, strict=True)
        return " ".join(f"Rule {rule}: {clause}." for rule, clause in said)


class Decided(NamedTuple):
    """A mail and what was right for it."""

    mail: Mail
    answer: Answer


class Reason(NamedTuple):
    """One step on the way to an answer: a rule's number, and what makes it hold."""

    rule: int
    clause: str
