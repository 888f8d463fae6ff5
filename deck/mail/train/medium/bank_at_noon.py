"""Twins: two mails alike, and one detail that changes label or team."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="bank-at-noon",
    slots={
        "firma, shorta, domaina": (
            ("Dunnock Wholesale", "Dunnock", "dunnockwholesale.example"),
            ("Belper Provisions", "Belper", "belperprovisions.example"),
            ("Tideswell Foods", "Tideswell", "tideswellfoods.example"),
            ("Oxlade Trading", "Oxlade", "oxladetrading.example"),
            ("Finch & Farrow", "Farrow", "finchfarrow.example"),
        ),
        "firmb, shortb, domainb": (
            ("Kirkby Larder", "Kirkby", "kirkbylarder.example"),
            ("Staveley Grocers", "Staveley", "staveleygrocers.example"),
            ("Wexcombe Supply", "Wexcombe", "wexcombesupply.example"),
            ("Pargate Foods", "Pargate", "pargatefoods.example"),
            ("Rudd & Rowan", "Rowan", "ruddrowan.example"),
        ),
        "goodsa, amounta, oweda": (
            ("tomato tarts", "£6,480.00", "£3,125.00"),
            ("egg custards", "£5,910.00", "£2,870.00"),
            ("filo parcels", "£7,245.00", "£4,060.00"),
            ("trifles", "£4,835.00", "£2,390.00"),
            ("cheese flans", "£8,120.00", "£3,745.00"),
        ),
        "goodsb, amountb, owedb": (
            ("raspberries", "£5,360.00", "£2,615.00"),
            ("meringue nests", "£6,725.00", "£3,480.00"),
            ("soft rolls", "£4,290.00", "£2,140.00"),
            ("salad bowls", "£7,530.00", "£3,905.00"),
            ("cream slices", "£8,015.00", "£4,230.00"),
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domaina}>",
                subject="Order {order1}, the flat ones",
                timestamp="{d2.iso}T12:25:00",
                body=cleandoc("""
                    Hello,

                    {person1.first} at {firma}, the place with the squeaky gate.

                    It is still about order {order1}, the {goodsa} that came off your trailer as
                    flat as bed sheets. {person2} of yours has heard me out twice and was very
                    decent about it, and has said yes in writing: they were crushed on your side,
                    {amounta} in all. What we lack now is the credit itself, made out to us.

                    Our bank goes through our books at noon on Thursday {d3}. If that paper is not
                    among them they shut our facility, the whole lot stays our loss, and the {oweda}
                    that we were going to pay you on Friday {d4} will not come either. I have tried
                    to put them off and they will not be put off.

                    The radio here has been stuck on brass bands since Monday, so forgive me if this
                    marches a bit.

                    All good wishes,
                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="billing",
                facts=facts(
                    "{order1} | {shorta} | {person1.first} | {person1.last}",
                    "credit",
                    "12:00 | tomorrow | {d3}",
                ),
                reference_summary=(
                    "{firma} must have the agreed credit of {amounta} for order {order1} "
                    "before its bank checks at noon on {d3}."
                ),
                about=(
                    "{person2} {goodsa} crushed claim liability accepted conceded issued {oweda} "
                    "{d4} facility shuts closes books review payment unpaid goes lose hinges"
                ),
            ),
            why=(
                "Rule 1: without the paper at noon tomorrow the customer's facility closes "
                "and our own money does not come. Not customer_care: the claim was accepted "
                "in writing, the next work is making out the credit (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <{person3.mailbox}@{domainb}>",
                subject="Order {order2}, the flat ones",
                timestamp="{d9.iso}T11:50:00",
                body=cleandoc("""
                    Hello,

                    {person3.first} at {firmb}, the place behind the laundry.

                    It is still about order {order2}, the {goodsb} that came off your trailer as
                    flat as bed sheets. {person4} of yours has heard me out twice and was very
                    decent about it, but has not said yes or no: were they crushed on your side or
                    not, {amountb} in all. What we lack now is that answer on paper, made out to us.

                    Our bank goes through our books at noon on Thursday {d10}. If that paper is not
                    among them they shut our facility, the whole lot stays our loss, and the {owedb}
                    that we were going to pay you on Friday {d11} will not come either. I have tried
                    to put them off and they will not be put off.

                    The lift here has been stuck between floors since Monday, so forgive me if this
                    puffs a bit.

                    All good wishes,
                    {person3.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="customer_care",
                facts=facts(
                    "{order2} | {shortb} | {person3.first} | {person3.last}",
                    "decision | decide | ruling | verdict | written | liability | responsibility | "
                    "answer on paper | still no | no answer | no decision | not decided | not said",
                    "12:00 | tomorrow | {d10}",
                ),
                reference_summary=(
                    "{firmb} needs our decision whether order {order2} was crushed in our "
                    "hands, worth {amountb}, before its bank checks at noon on {d10}."
                ),
                about=(
                    "{person4} {goodsb} flattened flat squashed damaged damage claim side caused "
                    "{owedb} {d11} facility shuts closes books twelve depends jeopardises paid "
                    "silence value"
                ),
            ),
            why=(
                "Rule 1: without our answer by noon tomorrow the customer's facility closes "
                "and our own money does not come. Not billing, though bank and money fill "
                "the mail: nobody has accepted the claim yet, and that is the next work "
                "(Rule 14)."
            ),
        ),
    ),
)
