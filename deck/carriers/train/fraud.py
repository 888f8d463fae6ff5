"""Somebody at a supplier has us pay elsewhere, in the midst of ordinary business."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="ledger-passed-on",
        role="fraud",
        slots={
            "factor": (
                "Ellenside Receivables",
                "Ormerton Factors",
                "Brightlea Invoice Finance",
                "Cotterhope Trade Finance",
                "Pinderby Debtor Services",
            )
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Van back on its round, and one change",
                    timestamp="{d0.iso}T08:50:00",
                    body=cleandoc("""
                        Morning,

                        Our van is out of the workshop, so what you have on order comes on the usual
                        day again.

                        The other thing is for whoever pays us. We have passed our sales ledger to
                        {factor}, a factoring firm, and no longer look after it ourselves. Whatever
                        you owe us, what is open and what is still to come, goes to them. You find
                        their account on the sheet I have attached. Our office is being painted, so
                        the phone may ring for a while.

                        {person1.first}
                        {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="spam",
                    route_to="billing",
                    facts=facts(
                        "{supplier} | {person1.first} | {person1.last}",
                        "{factor} | factoring | factor",
                        "pay | payment | account | owe | payee",
                    ),
                    reference_summary=(
                        "{person1} of {supplier} wants whatever we owe paid to the factoring firm "
                        "{factor} and its account."
                    ),
                    about=(
                        "{person1} sales ledger invoices open future redirect divert payee "
                        "attached sheet van workshop usual bank details changed"
                    ),
                ),
                why=(
                    "Rule 9: it asks us to pay to somebody else. Not normal, although firms do "
                    "sell their ledgers and the rest of the mail is everyday. Rule 16: billing "
                    "would have changed the payee."
                ),
            ),
        ),
    ),
    Carrier(
        name="new-letterhead",
        role="fraud",
        slots={"sum": ("318.60", "742.15", "1,064.80", "1,390.25", "2,217.40")},
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="With thanks for last week's transfer",
                    timestamp="{d0.iso}T13:35:00",
                    body=cleandoc("""
                        Dear colleagues,

                        Allow me to thank you for the £{sum} of last week. It was among the last to
                        reach the old account: our bank is giving up its branch in the market place,
                        and we have gone to another. Would you be so kind as to send all that
                        follows to the account on our new letterhead, of which I enclose a copy? The
                        old one is no longer to be used.

                        Our prices and telephone numbers stay as they were.

                        With kind regards
                        {person1}
                        {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="spam",
                    route_to="billing",
                    facts=facts(
                        "{supplier} | {person1.first} | {person1.last}",
                        "new account | another account | different account | other account | "
                        "new bank | another bank | different bank | bank change | bank details | "
                        "account change | change account | letterhead",
                        "pay | payment | transfer | money | send | remit",
                    ),
                    reference_summary=(
                        "{person1} of {supplier} asks for all further payments to go to a new bank "
                        "account, shown on the new letterhead."
                    ),
                    about=(
                        "{person1} {sum} thanks received branch closing moved switched market "
                        "place old bank account copy enclosed letterhead redirect future"
                    ),
                ),
                why=(
                    "Rule 9: it asks us to pay into another account. Not normal, although it is "
                    "polite and thanks for a real payment. Rule 16: billing would have entered "
                    "the account."
                ),
            ),
        ),
    ),
    Carrier(
        name="two-under-one-roof",
        role="fraud",
        slots={
            "sister": (
                "Quillbrook Holdings",
                "Tamberley Trading",
                "Ostlow Services",
                "Fernhythe Management",
                "Copsegate Holdings",
            )
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="how we do it now",
                    timestamp="{d0.iso}T16:10:00",
                    body=cleandoc("""
                        Hello,

                        the empty crates from your yard are all here, thanks for stacking them.

                        Since some days we are two firms under one roof. {supplier} does the work
                        and writes the papers like always, {sister} holds the money. So the name on
                        top stays, only you pay to the account of {sister}, also what lies on your
                        desk already. It stands on page two of what I hang on here. Next month you
                        see me again more often.

                        Greetings
                        {person1}
                    """),
                ),
                truth=GroundTruth(
                    label="spam",
                    route_to="billing",
                    facts=facts(
                        "{supplier} | {person1.first} | {person1.last}",
                        "{sister} | sister company | sister firm | another company | "
                        "another firm | other company | other firm | different company",
                        "pay | payment | account | money | payee",
                    ),
                    reference_summary=(
                        "{person1} of {supplier} wants us to pay into the account of {sister} "
                        "from now on, open bills included."
                    ),
                    about=(
                        "{person1} sister company group redirect payee bank details invoices open "
                        "split firms roof attached page crates returned name change future "
                        "existing paid divert letterhead switch"
                    ),
                ),
                why=(
                    "Rule 9: it asks us to pay into another firm's account. Not normal, although "
                    "the papers are to stay in the supplier's name. Rule 16: billing would have "
                    "paid there; dispatch has nothing to do with crates that are back."
                ),
            ),
        ),
    ),
)
