"""Fraud, a false identity or selling that nobody asked for."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="pictogram-year",
    slots={
        "firm, short, domain": (
            ("Pictoguard Publishing", "Pictoguard", "pictoguardpublishing.example"),
            ("Signpost & Standard", "Signpost", "signpoststandard.example"),
            ("Yellow Triangle Library", "Triangle", "yellowtrianglelibrary.example"),
            ("Clearsign Register", "Clearsign", "clearsignregister.example"),
            ("Exitway Pictograms", "Exitway", "exitwaypictograms.example"),
        ),
        "net, vat, sum": (
            ("£410.00", "£82.00", "£492.00"),
            ("£325.00", "£65.00", "£390.00"),
            ("£560.00", "£112.00", "£672.00"),
            ("£480.00", "£96.00", "£576.00"),
            ("£285.00", "£57.00", "£342.00"),
        ),
        "folder": ("SG-118", "SG-127", "SG-134", "SG-146", "SG-159"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Your safety signs, twelve months from {d14}",
                timestamp="{d10.iso}T09:20:00",
                body=cleandoc("""
                    Dear friends at Kestrelmoor,

                    May we thank you most warmly for another year of confidence. Your annual
                    subscription to the safety-signs service of {firm} renews on Monday {d14}, and
                    it is our pleasure to set out the account:

                      Wall signs, floor signs and the fire-point supplement: {net}
                      VAT at 20%: {vat}
                      Together: {sum}

                    Our reference: {folder}
                    Your reference: not given

                    We should be grateful for your transfer within fourteen days, to the bank that
                    is printed at the foot of the page. The first parcel, with the new symbols for
                    wet floors and for low-oxygen rooms, then leaves us within the week. Should the
                    parcel be better sent to one of your depots, a line is enough.

                    With every good wish for an accident-free year, and with greetings from our
                    office cat,

                    {person1}
                    Subscriber Relations
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="billing",
                facts=facts(
                    "{short} | {person1.last} | signs | signage",
                    "subscription | renewal | renews | bill | invoice",
                    "{sum} | {net}",
                ),
                reference_summary=(
                    "{short} sends a bill of {sum} for a yearly safety-signs subscription; "
                    "it quotes no purchase order."
                ),
                about=(
                    "{firm} {person1} {d14} po number year annual vat wall floor cites pay "
                    "payment unpaid transfer bank charge claims"
                ),
            ),
            why=(
                "Rule 8: a bill without PO number is no genuine bill. Not normal although it"
                " is courteous. Not safety: it asks for a payment, which billing would make "
                "(Rule 16)."
            ),
        ),
    ),
)
