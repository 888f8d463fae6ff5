"""Customers call their claim settled."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="back-on-shelf",
        role="settlement",
        slots={
            "folder": (
                "the thin folder",
                "the grey folder",
                "the blue binder",
                "the file",
                "the box",
            )
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Our claim",
                    timestamp="{d0.iso}T15:15:00",
                    body=cleandoc("""
                        Good afternoon,

                        for us at {customer} the claim against you is settled. Your colleague and I
                        agreed on it by telephone, what was agreed has been done, and I have put
                        {folder} back on its shelf.

                        Who would have thought that it would take so few letters? My predecessor
                        warned me of much worse when I took over this post.

                        Regards
                        {person1}
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{customer} | {person1.last} | {person1.first}",
                        "settled | settles | settlement | closed | resolved | agreed | "
                        "finished | concluded | honoured",
                    ),
                    reference_summary=(
                        "{customer} says that its claim against us is settled: what was agreed by "
                        "telephone has been done."
                    ),
                    about=(
                        "{person1} {folder} claim customer settlement agreement fulfilled phone "
                        "colleague folder shelf letters few predecessor done regards considers "
                        "carried file step terms met smooth concluded honoured"
                    ),
                ),
                why=(
                    "Rule 3: the claim is settled and nothing is asked. Not normal, although it "
                    "has a question: that one expects no answer. customer_care would act on a "
                    "claim (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="status-changed",
        role="settlement",
        slots={"grade": ("S1", "S2", "C4", "E3", "Z9")},
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{customer} Claims Register <register@{domain}>",
                    subject="Status of one entry has changed",
                    timestamp="{d0.iso}T07:20:00",
                    body=cleandoc("""
                        Claims register of {customer}

                        Entry: our claim, against Kestrelmoor Chilled Logistics
                        Old status: open
                        New status: {grade} (settled with the other side, file closed)
                        Changed by: {person1}
                        Last check by finance: passed
                        Next review: none

                        You receive this because you are named in the entry. Do you want fewer of
                        these? They stop by themselves when an entry is closed.
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{customer}",
                        "settled | settles | settlement | closed | resolved | finished",
                        "claim",
                    ),
                    reference_summary=(
                        "The register of {customer} shows its claim against us as settled, with "
                        "the file closed."
                    ),
                    about=(
                        "{person1} {grade} status changed entry open finance check passed review "
                        "customer automatic notification dispute ended settlement {d0} marks "
                        "meaning notice shut lists automated planned further update"
                    ),
                ),
                why=(
                    "Rule 3: a settled claim and no further review. Not normal and not billing, "
                    "although finance is named: theirs has checked it, and claims are "
                    "customer_care's (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="off-my-list",
        role="settlement",
        slots={"left": ("three", "four", "five", "six", "seven")},
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="one off my list",
                    timestamp="{d0.iso}T12:25:00",
                    body=cleandoc("""
                        Hi all, quick one between two meetings. Our claim is settled, we have what
                        we wanted from you and my boss at {customer} has signed it off. So that is
                        one off my list, {left} to go and those are with other carriers. Whoever it
                        was on your side that kept ringing me back, that was decent.

                        {person1.first}
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{customer} | {person1.last} | {person1.first}",
                        "settled | settles | settlement | closed | resolved | signed off | "
                        "finished",
                    ),
                    reference_summary=(
                        "{customer} calls its claim settled and signed off, and thanks whoever "
                        "kept ringing back."
                    ),
                    about=(
                        "{person1} {left} claim customer boss satisfied wanted carriers list "
                        "meetings phoned calls praise happy decent approved approval superior "
                        "manager management higher caller persistent persistence friendly word "
                        "goes thanked sign-off"
                    ),
                ),
                why=(
                    "Rule 3: the claim is settled and signed off. Not normal, although other "
                    "claims are named: they are with others. customer_care would act on a claim "
                    "(Rule 14)."
                ),
            ),
        ),
    ),
)
