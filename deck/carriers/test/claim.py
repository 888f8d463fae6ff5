"""Claims of customers: while one is open, all mail of that customer belongs to it."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="crushed-corners",
        role="claim",
        slots={
            "number, goods, sum": (
                ("11", "cartons of quiche", "£246.40"),
                ("14", "trays of ravioli", "£308.70"),
                ("9", "boxes of cheesecake", "£261.90"),
                ("16", "cases of custard", "£283.20"),
                ("13", "cartons of spinach pies", "£319.80"),
            ),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Damage on {order1}, our claim",
                    timestamp="{d0.iso}T10:25:00",
                    body=cleandoc("""
                        Dear Kestrelmoor,

                        on {d-7.weekday} {d-7} we took in order {order1} and signed the sheet with a
                        remark. {number} {goods} had crushed corners, could not be sold and have
                        been binned before two witnesses. We claim {sum} for them. Photographs and
                        the sheet are attached.

                        Would you tell us by {d21.weekday} {d21} whether you accept the claim? The
                        rest of the order is on our shelves and in good shape.

                        Yours sincerely
                        {person1}, {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{customer} | {order1}",
                        "{number} {goods} | {goods} | crushed | damaged | damage | unsaleable",
                        "{sum} | {d21} | {d21.ordinal}",
                    ),
                    reference_summary=(
                        "{customer} claims {sum} for {number} {goods} crushed in order {order1} "
                        "and wants to hear by {d21} whether we accept."
                    ),
                    about=(
                        "{person1} {d-7} {d-7.weekday} {d21.weekday} compensation corners photos "
                        "evidence attached binned disposed response decision liable claim claimed "
                        "unsellable refusal refuse reject acceptance accepting thrown away "
                        "witnesses spoilt payout settle remark sold delivery pastry unharmed "
                        "remainder"
                    ),
                ),
                why=(
                    "Rule 2: the claim must be looked at and answered, and nothing is lost after "
                    "the day named. Not billing: whether to pay is the claim's question "
                    "(Rule 14). Not spam: a claim is no bill (Rule 8)."
                ),
            ),
        ),
    ),
    Carrier(
        name="cases-not-there",
        role="claim",
        slots={
            "number, goods, sum": (
                ("7", "cases of kippers", "£193.20"),
                ("6", "cases of goat butter", "£227.40"),
                ("8", "cases of frozen plums", "£164.80"),
                ("12", "cases of oat yoghurt", "£178.80"),
                ("9", "cases of fish fingers", "£211.50"),
            ),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Goods In <goods.in@{domain}>",
                    subject="{order1}, count doesn't agree",
                    timestamp="{d0.iso}T17:20:00",
                    body=cleandoc("""
                        Counted {order1} twice, then {person2.first} counted it as well. {number}
                        {goods} not there, and your sheet says full. I wrote it on both copies
                        before the driver went.

                        Take this as our claim please, {sum} at cost. The shelves are full so we
                        aren't after the goods any more, only what they're worth. Who looks after
                        that at your end these days? Whoever it is can have me on extension 5, most
                        afternoons.

                        {person1}, goods in, {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{customer} | {order1}",
                        "missing | short | shortage | shortfall | absent | lacking | "
                        "lacked | not delivered | undelivered",
                        "{sum} | {number} {goods} | {goods}",
                    ),
                    reference_summary=(
                        "{customer} claims {sum} for {number} {goods} missing from order {order1}; "
                        "no replacement is wanted."
                    ),
                    about=(
                        "{person1} {person2} counted count delivery sheet full compensation value "
                        "cost claim claimed worth replace money noted driver contact extension 5"
                    ),
                ),
                why=(
                    "Rule 2: a claim for missing goods to be looked at, with no day at all. Not "
                    "dispatch: nothing is to be brought (Rule 14). Not archive for its question: "
                    "an answer is owed."
                ),
            ),
        ),
    ),
    Carrier(
        name="broken-seals",
        role="claim",
        slots={
            "number, goods, sum": (
                ("22", "tubs of hummus", "£96.80"),
                ("30", "pots of cream", "£84.00"),
                ("24", "jars of pesto", "£112.80"),
                ("36", "tubs of coleslaw", "£90.00"),
                ("28", "bottles of kefir", "£106.40"),
            ),
            "reference": ("Q-318", "Q-327", "Q-344", "Q-356", "Q-369"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Quality Office <quality.office@{domain}>",
                    subject="Claim {reference} of {customer}",
                    timestamp="{d0.iso}T14:05:00",
                    body=cleandoc("""
                        Our claim: {reference}
                        Your order: {order1}

                        Of this order {number} {goods} reached us with broken seals. They were
                        destroyed on {d-7} under our own rules, the note of it is in the post.
                        {customer} claims their value from you, that is {sum}; carriage is not
                        claimed.

                        Kindly look into it and write to us how you see the matter. Four weeks are
                        customary, we have put {d28} into our calendar.

                        On behalf of {person1}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{customer} | {order1} | {reference}",
                        "broken seals | seals | {goods} | damaged | damage | unsealed",
                        "{sum} | {d28} | {d28.ordinal}",
                    ),
                    reference_summary=(
                        "{customer} claims {sum} for {number} {goods} of order {order1} that came "
                        "with broken seals; they expect our view by {d28}."
                    ),
                    about=(
                        "{person1} {reference} {d-7} destroyed arrived delivered quality "
                        "compensation value claim claimed response opinion investigate four weeks "
                        "disposed carriage excluded position compensate refund refused unsafe "
                        "evidence note decision loss worth assess"
                    ),
                ),
                why=(
                    "Rule 2: a claim to look into, with four weeks for it. Not legal for its "
                    "stiff tone: no lawyer writes (Rule 14). Not safety: the goods are destroyed "
                    "and nothing is recalled."
                ),
            ),
        ),
    ),
)
