"""Customers claim for goods that came damaged or not at all."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="crushed-cases",
        role="claim",
        slots={
            "goods": ("pastry cases", "soft fruit", "egg custards", "filled rolls", "trifles"),
            "cases, sum": (
                ("14", "312.40"),
                ("17", "268.90"),
                ("22", "451.75"),
                ("26", "389.20"),
                ("31", "534.60"),
            ),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Claim: order {order1}",
                    timestamp="{d0.iso}T10:50:00",
                    body=cleandoc("""
                        Dear Sir or Madam,

                        We hereby claim £{sum} for {cases} cases of {goods} which reached us crushed
                        with order {order1}. The note was marked accordingly before it was signed,
                        and photographs lie here, should you wish to see them. The rest of the order
                        was in good condition and has been sold.

                        We would be glad of your decision by {d21.weekday} {d21}, when our quarter
                        is added up.

                        Yours faithfully
                        {person1}
                        {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{customer} | {order1} | {person1.last}",
                        "{sum} | {goods} | {cases}",
                        "crushed | damaged | damage | squashed | broken",
                    ),
                    reference_summary=(
                        "{customer} claims £{sum} for {cases} cases of {goods} crushed on order "
                        "{order1} and would like a decision by {d21}."
                    ),
                    about=(
                        "{person1} {d21} claim compensation photographs marked note signed rest "
                        "sold good condition decide quarter pay compensated reimbursed refund "
                        "response evidence pictures delivery unsellable remainder accounts value "
                        "loss"
                    ),
                ),
                why=(
                    "Rule 2: a claim to decide, three weeks away. Not billing, although a sum is "
                    "asked for: a claim for damaged goods is no bill and is customer_care's "
                    "(Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="short-trays",
        role="claim",
        slots={
            "goods": ("chicken thighs", "smoked haddock", "lamb mince", "yoghurt", "feta"),
            "trays, sum": (
                ("4", "96.80"),
                ("5", "118.50"),
                ("6", "147.60"),
                ("9", "205.20"),
                ("12", "283.20"),
            ),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="{trays} trays short",
                    timestamp="{d0.iso}T17:45:00",
                    body=cleandoc("""
                        Hello there

                        {order1} came without {trays} trays of {goods}. Counted it twice with your
                        driver stood next to me, he wrote it on the sheet himself. I have looked in
                        both fridges since, in case you ask. They are not here so I am claiming for
                        them, £{sum}, what they cost me.

                        Does it need a form? If so send me one. If not, have a look at your end and
                        let me have a yes or a no.

                        {person1.first}, {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{customer} | {order1} | {person1.last}",
                        "{sum} | {goods} | {trays}",
                        "short | missing | without | lacking | lacked | shortage | undelivered | "
                        "not delivered | never came",
                    ),
                    reference_summary=(
                        "{customer} claims £{sum} for {trays} trays of {goods} missing from order "
                        "{order1}, and asks whether a form is needed."
                    ),
                    about=(
                        "{person1} claim compensation driver sheet counted twice fridges yes "
                        "decision cost delivery looked form reimbursed refund investigate "
                        "shortfall recorded noted confirmed value fridge searched loss accept "
                        "refuse compensated"
                    ),
                ),
                why=(
                    "Rule 2: a claim to look into, with no day set. Not dispatch, although a "
                    "driver is named, and not cold_store although goods were counted: missing "
                    "goods that are claimed for are customer_care's (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="thawed-edge",
        role="claim",
        slots={
            "goods": ("garden peas", "fish fingers", "vegetable lasagne", "oven chips", "sorbet"),
            "boxes, sum": (
                ("18", "421.20"),
                ("24", "607.20"),
                ("30", "735.00"),
                ("36", "867.60"),
                ("42", "1,075.20"),
            ),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Returns and Claims <claims@{domain}>",
                    subject="Notification of loss, {order1}, {boxes} boxes",
                    timestamp="{d0.iso}T08:05:00",
                    body=cleandoc("""
                        {customer}
                        NOTIFICATION OF LOSS

                        Carrier: Kestrelmoor Chilled Logistics
                        Order: {order1}
                        Goods: {goods}, {boxes} boxes
                        What was found: outer boxes thawed and frozen anew, refused and destroyed
                        What is claimed: £{sum}, cost price
                        Papers: probe printout and photographs, on file here
                        Your position on this claim, please, by: {d14}

                        A new load was taken from our own reserve; none is asked for.

                        Filled in by {person1}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{customer} | {order1}",
                        "{sum} | {goods} | {boxes}",
                        "thawed | thaw | refrozen | frozen anew | defrosted | spoiled | spoilt | "
                        "damaged | destroyed | ruined",
                    ),
                    reference_summary=(
                        "{customer} claims £{sum} for {boxes} boxes of {goods} that came thawed "
                        "with order {order1}, and wants our position by {d14}."
                    ),
                    about=(
                        "{person1} {d14} claim loss notification refused refrozen destroyed probe "
                        "printout photographs cost price reserve compensation respond documents "
                        "printouts pictures evidence replacement disposed temperature rejected "
                        "statement thawing cartons value reserves"
                    ),
                ),
                why=(
                    "Rule 2: a claim with an answer wanted in two weeks; the goods are already "
                    "gone. Not urgent although it speaks of loss (Rule 5). Not cold_store: no "
                    "chamber of ours is warm (Rule 14)."
                ),
            ),
        ),
    ),
)
