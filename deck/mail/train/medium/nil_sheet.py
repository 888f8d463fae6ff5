"""Twins: two mails alike, and one detail that says which of them is genuine."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="nil-sheet",
    slots={
        "firma, shorta, domaina": (
            ("Dunnockshaw Packaging", "Dunnockshaw", "dunnockshawpackaging.example"),
            ("Thrushgill Supplies", "Thrushgill", "thrushgillsupplies.example"),
            ("Wrapson & Moss", "Wrapson", "wrapsonandmoss.example"),
            ("Helmshaw Film and Board", "Helmshaw", "helmshawfilm.example"),
            ("Cobbett Strapping", "Cobbett", "cobbettstrapping.example"),
        ),
        "firmb, shortb, domainb": (
            ("Levenhall Packaging", "Levenhall", "levenhallpackaging.example"),
            ("Garstow Supplies", "Garstow", "garstowsupplies.example"),
            ("Bindlow & Peel", "Bindlow", "bindlowandpeel.example"),
            ("Nunburn Board and Film", "Nunburn", "nunburnboard.example"),
            ("Tarleby Cartons", "Tarleby", "tarlebycartons.example"),
        ),
        "goodsa": ("stretch film", "strapping", "pallet collars", "corner boards", "slip sheets"),
        "goodsb": ("bubble film", "pallet covers", "carton tape", "layer pads", "dunnage bags"),
        "amounta, amountb": (
            ("£1,846.00", "£2,318.00"),
            ("£963.50", "£1,407.00"),
            ("£2,674.20", "£885.40"),
            ("£1,129.00", "£3,046.00"),
            ("£3,215.60", "£1,752.30"),
        ),
        "bank": (
            "Hallam Provident",
            "Tidewell Bank",
            "the Northmere Mutual",
            "Castlegate Trust",
            "the Wold Savings House",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domaina}>",
                subject="Your sheet, {goodsa}",
                timestamp="{d4.iso}T11:05:00",
                body=cleandoc("""
                    Dear Kestrelmoor,

                    {person2.first} in our cash office likes a clean desk, and yours is the thinnest
                    folder in the drawer. So here, for once, is a sheet with nothing sour on it.

                    PO {po1}, {goodsa}
                    To be received: {amounta}
                    Received: {amounta}, on Tuesday {d1}, in full
                    Carried over: £0.00

                    What came before was squared long ago, and there is nothing between us either
                    way. The empty cages came home on your lorry last week, so those are struck off
                    as well, and the contract price stays as it is.

                    From the next order onwards our sheets are going to be a single page, on thicker
                    paper, with the sums at the foot. {person2.first} is very proud of the layout.

                    The folder is back in the drawer and the drawer is shut. A pleasure, as ever.

                    {person1}
                    Ledger, {firma}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="billing",
                facts=facts(
                    "{shorta} | {po1} | {person1.first} | {person1.last} | {goodsa}",
                    "received | paid | settled | settles | squared | cleared | arrived | nothing "
                    "open | nothing owed | nothing outstanding | account clear | receipt | landed "
                    "| discharged",
                    "{amounta} | {d1} | £0.00 | in full | fully | nil | zero | balance",
                ),
                reference_summary=(
                    "{firma} has our payment of {amounta} for PO {po1}; the account is "
                    "settled and nothing is left open."
                ),
                about=(
                    "{person2} statement sheets layout future different change cages returned "
                    "empty back side even leaving showing stands file acknowledge informative "
                    "further"
                ),
            ),
            why=(
                "Rule 3: paid, squared, nothing asked or to correct. Not normal although "
                "sums stand in it: none is due. Not spam: a PO stands on it and no payment "
                "details change."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <{person3.mailbox}@{domainb}>",
                subject="Your sheet, {goodsb}",
                timestamp="{d10.iso}T09:50:00",
                body=cleandoc("""
                    Dear Kestrelmoor,

                    {person4.first} in our cash office likes a clean desk, and yours is the thinnest
                    folder in the drawer. So here, for once, is a sheet with nothing sour on it.

                    PO {po2}, {goodsb}
                    To be received: {amountb}
                    Received: {amountb}, on Monday {d7}, in full
                    Carried over: £0.00

                    What came before was squared long ago, and there is nothing between us either
                    way. The empty crates came home on your lorry last week, so those are struck off
                    as well, and the contract price stays as it is.

                    From the next order onwards kindly send our money to {bank}, where we now have
                    our account, with the numbers at the foot. {person4.first} is very proud of the
                    layout.

                    The folder is back in the drawer and the drawer is shut. A pleasure, as ever.

                    {person3}
                    Ledger, {firmb}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="billing",
                facts=facts(
                    "{shortb} | {po2} | {person3.first} | {person3.last} | {goodsb}",
                    "{bank} | new account | new bank | different bank | different account | change "
                    "bank | bank change | change account | bank details | bank account | account "
                    "details | payment details | redirect | redirecting | redirects | diverting | "
                    "divert | change where we pay | elsewhere",
                    "next order | future | onwards | later payments | further payments | next "
                    "payment | next time | settled | {amountb} | subsequent | upcoming | nil | "
                    "zero | cleared | coming payments",
                ),
                reference_summary=(
                    "{firmb} confirms that PO {po2} is settled but wants future payments "
                    "sent to a new account at {bank}, which marks it as fraud."
                ),
                about=(
                    "statement sheet figures balance paid fully cheery friendly harmless pleasant "
                    "beneath tucked slips name instruction plea money go remit steer diversion "
                    "supplier existing alter force stay leave regard trickery showing"
                ),
            ),
            why=(
                "Rule 9: it asks us to change where we pay, which is fraud even in a true-"
                "looking file. Not archive although all is settled. Not legal: billing would"
                " have changed the payee (Rule 16)."
            ),
        ),
    ),
)
