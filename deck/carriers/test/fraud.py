"""Mail from a supplier's own address that would have us pay elsewhere: the address is spent."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="rest-of-the-load",
        role="fraud",
        slots={
            "left": ("six", "nine", "eleven", "fourteen", "fifteen"),
            "town": ("Skelby", "Thirnsall", "Wendham", "Ellerholt", "Ruddington Vale"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="{order1}: most of it on {d7.short}",
                    timestamp="{d0.iso}T10:25:00",
                    body=cleandoc("""
                        Hello {person2.first},

                        {order1} is made up and comes with our own van on {d7.weekday} {d7}, all but
                        {left} items that the works owes us. Those follow on {d21}.

                        While I have you: the branch in {town} where we always banked is shut for
                        good, and we've gone to another bank. The form with the account is attached.
                        Could you have it put in, so that whatever you pay us goes there, beginning
                        with the next run?

                        The driver will ring from the ring road, as ever.

                        {person1}
                        {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="spam",
                    route_to="billing",
                    facts=facts(
                        "{supplier} | {person1.last} | {person1.first}",
                        "account | bank | payment details | bank details",
                        "pay | paid | payment | payments | redirect | divert | payee | "
                        "redirecting | diverting | diverted",
                    ),
                    reference_summary=(
                        "In a mail about delivery of {order1}, {supplier} wants our payments to go "
                        "to another bank account, on an attached form."
                    ),
                    about=(
                        "{person1} {person2} {d7} {d7.weekday} {town} {left} {d21} order van "
                        "supplier details change changing changed branch closed closure switch "
                        "run delivery amid attachment tucked hidden hides slips enter form payee "
                        "payments existing unchanged verify trick cover beside"
                    ),
                ),
                why=(
                    "Rule 9: a mail asks us to pay to another account, so it is fraud although "
                    "address and order are the supplier's own. Not normal for the delivery around "
                    "it. Billing would have done what it asks (Rule 16)."
                ),
            ),
        ),
    ),
    Carrier(
        name="scan-a-little-pale",
        role="fraud",
        slots={
            "payee": (
                "Tarrow Vane Collections",
                "Ledbrook Finance House",
                "Osmund Keld Receivables",
                "Farrant Quay Settlements",
                "Penwright Sayle Factors",
            ),
            "soaked": ("got wet", "were torn", "went astray", "are unreadable", "lack a page"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Re: Delivery notes of {d-14.short}",
                    timestamp="{d0.iso}T15:45:00",
                    thread_history=(
                        cleandoc("""
                            From: {person2} <{person2.mailbox}@kestrelmoor.example>, {d-7} 2026
                            Hello {person1.first}, can I have both delivery notes of {d-14} a second
                            time? Ours {soaked}. {person2.first}
                        """),
                    ),
                    body=cleandoc("""
                        Dear {person2.first},

                        both delivery notes are attached as a scan, each signed by your goods-in;
                        the upper one is a little pale.

                        The second sheet is for whoever keeps your supplier list. {payee} now
                        collects for {supplier} whatever our customers owe. Kindly enter them as
                        payee in our stead, with the particulars given there, for what is open and
                        for all that follows. Prices and delivery days stay as agreed in the spring.

                        Kind regards
                        {person1}
                        {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="spam",
                    route_to="billing",
                    facts=facts(
                        "{supplier} | {person1.last} | {person1.first}",
                        "{payee} | payee | third party",
                        "pay | paid | payment | payments | payee | collects | redirect | divert",
                    ),
                    reference_summary=(
                        "With delivery notes of {d-14}, {supplier} asks us to enter {payee} as "
                        "payee for everything open and all that follows."
                    ),
                    about=(
                        "{person1} {person2} scan sheet supplier list details change changing "
                        "changed instead bank account owed sums future thread inside amid "
                        "attachment signed"
                    ),
                ),
                why=(
                    "Rule 9: it would have us pay somebody else, which is fraud even inside a real "
                    "thread. Not archive, although what was asked for in the thread is there. "
                    "Billing would have changed the payee (Rule 16)."
                ),
            ),
        ),
    ),
)
