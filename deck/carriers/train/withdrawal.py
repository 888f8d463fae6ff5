"""Our own people withdraw a purchase order."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="struck-out",
        role="withdrawal",
        slots={
            "thing": (
                "cable ties and clips",
                "rubber mats",
                "squeegees",
                "marker paint",
                "door wedges",
            )
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                    subject="{thing} from {supplier}",
                    timestamp="{d0.iso}T14:35:00",
                    body=cleandoc("""
                        All,

                        I had raised PO {po} to {supplier} for {thing}, and I have withdrawn it:
                        there was a shelf full of them in the old store. {supplier} knows, nothing
                        had been packed and there will be no invoice for it. The number is struck
                        out in the order book.

                        Would I have needed to buy any, had I walked across first? Hardly.

                        {person1}
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="billing",
                    facts=facts(
                        "{po}",
                        "withdrawn | withdrew | withdraws | withdrawal | cancelled | cancels | "
                        "cancellation | void | struck out | called off | dropped",
                        "{supplier} | {thing}",
                    ),
                    reference_summary=(
                        "{person1} has withdrawn PO {po} to {supplier} for {thing}; the supplier "
                        "knows and will not invoice it."
                    ),
                    about=(
                        "purchase order {person1} raised shelf old store found stock plenty "
                        "packed invoice bill order book struck out informed buy unnecessary"
                    ),
                ),
                why=(
                    "Rule 3: the order is withdrawn, the supplier knows and the book is right. Not "
                    "normal: no bill is to come. Not cold_store, although a store is named: a "
                    "purchase order is for billing (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="fitters-did-it",
        role="withdrawal",
        slots={
            "job": (
                "the loose handrail",
                "the bent bollard",
                "the dripping downpipe",
                "the sticking shutter",
                "the cracked step",
            )
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                    subject="PO {po} off",
                    timestamp="{d0.iso}T07:35:00",
                    body=cleandoc("""
                        Just so it stands somewhere. {supplier} was going to see to {job} under PO
                        {po}. Our own fitters put it right last night, so that order is cancelled.
                        Rang {person2} there at seven, was fine about it, wants no money. I've
                        crossed it off the sheet as well.

                        {person1.first}, nights
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="billing",
                    facts=facts(
                        "{po}",
                        "cancelled | cancels | cancellation | withdrawn | withdrew | "
                        "withdraws | void | called off | dropped | crossed off | dead | "
                        "scrapped | no longer needed | revoked",
                        "{supplier} | {job} | {person2.last}",
                    ),
                    reference_summary=(
                        "PO {po} to {supplier} is cancelled, as our own fitters mended {job}; the "
                        "supplier agrees and wants no money."
                    ),
                    about=(
                        "purchase order {person1} {person2} night shift repaired fixed crossed "
                        "sheet charge bill money agreed phoned rang leak overnight dead mended "
                        "themselves consent valid handyman"
                    ),
                ),
                why=(
                    "Rule 3: the work is done, the order is cancelled and the supplier agrees. Not "
                    "normal, and not cold_store although a repair is named: what would follow is a "
                    "bill, which is billing's (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="order-register",
        role="withdrawal",
        slots={
            "reason": (
                "spending moved to next year",
                "quantity typed wrong by me",
                "plan for the canteen changed",
                "trial ended before it began",
                "wrong cost centre",
            )
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1}, Buying <{person1.mailbox}@kestrelmoor.example>",
                    subject="Order register, one change",
                    timestamp="{d0.iso}T17:10:00",
                    body=cleandoc("""
                        Change to the register of purchase orders, {d0}

                          Number: PO {po}
                          Supplier: {supplier}
                          Was: released
                          Is: withdrawn, not to be used
                          Reason: {reason}
                          Supplier told: by telephone, agreed, has sent no bill and will send none

                        The other forty-one lines of the register are as they were.

                        Entered and checked by {person1}
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="billing",
                    facts=facts(
                        "{po}",
                        "withdrawn | withdrew | withdraws | withdrawal | not used | cancelled "
                        "| cancels | void | not valid | taken back | pulled | revoked | "
                        "withdrawing | may not be used | must not be used",
                        "{supplier}",
                    ),
                    reference_summary=(
                        "The register shows PO {po} to {supplier} as withdrawn; the supplier "
                        "agreed by telephone and sends no bill."
                    ),
                    about=(
                        "{person1} {reason} purchase order buying change entered checked released "
                        "used invoice informed phone agreed number line status pulled consents "
                        "accepts honour plans canteen cancelled removed records register usable "
                        "bill"
                    ),
                ),
                why=(
                    "Rule 3: the change is entered and the supplier has agreed. Not normal: "
                    "nobody has to pay, write or ring. Billing would have paid its bill (Rule 14)."
                ),
            ),
        ),
    ),
)
