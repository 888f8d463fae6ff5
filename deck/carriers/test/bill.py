"""Bills of suppliers: they add up within a week, and each uses up its purchase order."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="quarter-rent",
        role="bill",
        slots={
            "place": (
                "back yard",
                "end garage",
                "parking strip",
                "upper store room",
                "fenced corner",
            ),
            "mended": ("lamp", "padlock", "gutter", "gate hinge", "drain cover"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Accounts <accounts@{domain}>",
                    subject="The {place}: rent for the coming quarter",
                    timestamp="{d0.iso}T10:40:00",
                    body=cleandoc("""
                        Dear tenants,

                        for the {place} that you rent from us the coming quarter costs £{amount}, no
                        more than the last. We ask for it by {due.weekday} {due}; the order you gave
                        us for it is PO {po}.

                        The {mended} you wrote about was seen to on {d-7}. Does it hold? If ever it
                        does not, our caretaker {person2} is there most mornings.

                        Yours faithfully
                        {person1}, {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="billing",
                    facts=facts(
                        "{amount}",
                        "{po} | {supplier}",
                        "rent | quarter | {place} | {due} | {due.ordinal}",
                    ),
                    reference_summary=(
                        "{supplier} bills £{amount} under PO {po} for a quarter's rent of the "
                        "{place}, to be paid by {due}."
                    ),
                    about=(
                        "{person1} {person2} {due.weekday} next coming pay payment payable rental "
                        "invoice costs owed settle quoting purchase order lease landlord {mended} "
                        "{d-7} mended repaired fixed leak rented tenant"
                    ),
                ),
                why=(
                    "Rule 2: a bill to be paid, weeks ahead, and it quotes our purchase order "
                    "(Rule 8), so not spam. Not legal: nothing of the lease changes, it asks for "
                    "a payment (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="foremans-sum",
        role="bill",
        slots={
            "place": (
                "wash bay",
                "upstairs corridor",
                "boiler room",
                "drivers' room",
                "side entrance",
            ),
            "hours": ("6", "9", "11", "13", "14"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="done, with the figure",
                    timestamp="{d0.iso}T16:55:00",
                    body=cleandoc("""
                        Evening. The {place} at yours is finished, swept out, key's back at your
                        reception. Two off sick in our office so you get the paper from me.

                        All in £{amount}, please pay by {due}. It's your PO {po}, and on the sheet
                        your people signed stands your own number {order1}. {hours} hours on site,
                        in case anybody counts.

                        {person1}, foreman
                        {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="billing",
                    facts=facts(
                        "{amount}",
                        "{po} | {order1} | {supplier}",
                        "{place} | {due} | {due.ordinal} | {person1.last} | foreman",
                    ),
                    reference_summary=(
                        "{supplier}'s foreman asks £{amount} for the finished {place}, PO {po}, "
                        "payable by {due}."
                    ),
                    about=(
                        "{person1} {order1} {hours} hours job work completed bill invoice billed "
                        "charge charges paid payment quoting site pay sheet order finishing "
                        "electrician latest sum reference"
                    ),
                ),
                why=(
                    "Rule 2: a bill that is to be paid by a day weeks ahead; it quotes our "
                    "purchase order (Rule 8), so not spam. Not cold_store: the work is done and "
                    "the payment is next (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="sent-ahead-of-time",
        role="bill",
        slots={
            "invoice": ("30217", "30584", "31126", "31493", "31870"),
            "extension": ("21", "34", "46", "52", "67"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Credit control <credit.control@{domain}>",
                    subject="Our invoice {invoice}: reminder ahead of its day",
                    timestamp="{d0.iso}T08:20:00",
                    body=cleandoc("""
                        This reminder goes to every customer of {supplier} before an invoice falls
                        due.

                        Invoice: {invoice}
                        Your purchase order: PO {po}
                        To pay: £{amount}
                        Day: {due.weekday} {due}

                        There is nothing else open on your account. Is a figure not what you
                        expected? {person1} on extension {extension} has the file. Our counter is
                        shut for stocktaking on {d7}, the telephone isn't.
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="billing",
                    facts=facts(
                        "{amount}",
                        "{po} | {supplier}",
                        "{invoice} | {due} | {due.ordinal}",
                    ),
                    reference_summary=(
                        "{supplier} reminds us to pay £{amount} on invoice {invoice}, PO {po}, by "
                        "{due}."
                    ),
                    about=(
                        "{person1} {due.weekday} {extension} reminder reminding advance upcoming "
                        "payment payable falls bill owe owed outstanding queries contact remind "
                        "open statement automatic purchase settle settled remittance forthcoming "
                        "notifies total query"
                    ),
                ),
                why=(
                    "Rule 2: a payment to make by a day weeks ahead. Not archive, although the "
                    "reminder goes to everybody: the invoice is still to be paid. Not spam: it "
                    "quotes our purchase order (Rule 8)."
                ),
            ),
        ),
    ),
    Carrier(
        name="one-line-statement",
        role="bill",
        slots={
            "invoice": ("B-612", "B-648", "B-673", "B-705", "B-731"),
            "credit": ("14.20", "17.85", "22.40", "26.10", "31.75"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Your sheet: one line, invoice {invoice}",
                    timestamp="{d0.iso}T13:10:00",
                    body=cleandoc("""
                        Dear {person2.first},

                        your sheet with us has a single line on it:

                        {d-14.short} / invoice {invoice} / your order {order1} / PO {po} / £{amount}

                        Please pay it by {due}. The small credit of £{credit} went into the invoice
                        before that one, you'll remember the telephone call, so there is none left
                        to take off.

                        I'm here until two, {person3} after that.

                        With best wishes
                        {person1}
                        {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="billing",
                    facts=facts(
                        "{amount}",
                        "{po} | {order1} | {supplier}",
                        "{invoice} | {due} | {due.ordinal}",
                    ),
                    reference_summary=(
                        "{supplier} asks us to pay £{amount} by {due} for invoice {invoice}, PO "
                        "{po}; no credit is left to deduct."
                    ),
                    about=(
                        "{person1} {person2} {person3} {order1} {d-14} {credit} statement account "
                        "open single line payment bill outstanding owed used entry deducted "
                        "deduct deducting settle remittance purchase reference remaining deducts "
                        "applied balance owing settled lists"
                    ),
                ),
                why=(
                    "Rule 2: one invoice to pay, weeks ahead, quoting our purchase order "
                    "(Rule 8), so not spam. Not archive although it looks like a sheet for the "
                    "file: the sum is asked for."
                ),
            ),
        ),
    ),
    Carrier(
        name="in-black-and-white",
        role="bill",
        slots={
            "visit": ("first visit", "yearly check", "second fitting", "call-out", "service visit"),
            "trip": ("the drive", "the parking", "the ferry", "the toll bridge", "the overnight"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="What the {visit} comes to",
                    timestamp="{d0.iso}T15:30:00",
                    body=cleandoc("""
                        Hello {person2.first},

                        there you have it in black and white: parts and labour together, {trip} on
                        us, VAT in it, £{amount} for the {visit} on {d-7}. Your purchase order for
                        it was PO {po}. Pay us by {due.weekday} {due} and we're square.

                        You asked what the next one would cost. Can't say before we've seen what is
                        worn, and it'll be an order of its own anyway.

                        Best
                        {person1}, {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="billing",
                    facts=facts(
                        "{amount}",
                        "{po} | {supplier}",
                        "{visit} | {due} | {due.ordinal} | parts | labour",
                    ),
                    reference_summary=(
                        "{supplier} charges £{amount} for the {visit}, PO {po}, parts and labour, "
                        "payable by {due}."
                    ),
                    about=(
                        "{person1} {person2} {d-7} {due.weekday} {trip} VAT included bill invoice "
                        "billed pay payment service work done future visit price square settle "
                        "including inclusive repair maintenance itemised total quoting purchase "
                        "separately next charged travel finished"
                    ),
                ),
                why=(
                    "Rule 2: a bill to pay by a day weeks ahead, with our purchase order "
                    "(Rule 8), so not spam. Not customer_care: the price of a next visit is none "
                    "of ours to quote (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="esteemed-colleagues",
        role="bill",
        slots={
            "invoice": ("4417/A", "4462/B", "4508/A", "4573/C", "4629/B"),
            "minutes": ("15", "20", "30", "35", "40"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="With our thanks, invoice {invoice}",
                    timestamp="{d0.iso}T11:45:00",
                    body=cleandoc("""
                        Esteemed colleagues,

                        with many thanks for your confidence we send you the invoice {invoice} of
                        £{amount}, for what we have brought you on your order {order1}, your
                        purchase order PO {po}. We hope politely for the payment not later than
                        {due}.

                        Our {person2} has waited {minutes} minutes at your gate on {d-7}; this is
                        forgiven and not on the invoice, the coffee was good.

                        With friendly greeting
                        {person1}, book-keeping, {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="billing",
                    facts=facts(
                        "{amount}",
                        "{po} | {order1} | {supplier}",
                        "{invoice} | {due} | {due.ordinal}",
                    ),
                    reference_summary=(
                        "{supplier} sends invoice {invoice} for £{amount} on order {order1}, PO "
                        "{po}, to be paid by {due}."
                    ),
                    about=(
                        "{person1} {person2} {d-7} delivered delivery goods supplied pay payment "
                        "bill quoting gate waiting {minutes} minutes free charged polite invoiced "
                        "settle purchase driver waited forgiven total bookkeeping charge "
                        "deliveries"
                    ),
                ),
                why=(
                    "Rule 2: a bill to pay, weeks ahead; it quotes our purchase order (Rule 8), "
                    "so not spam for its foreign politeness. Not dispatch: the wait at the gate "
                    "is forgiven (Rule 14)."
                ),
            ),
        ),
    ),
)
