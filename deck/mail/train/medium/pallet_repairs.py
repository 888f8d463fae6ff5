"""Twins: two mails alike, and one detail that says which of them is genuine."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="pallet-repairs",
    slots={
        "firm, short, domain": (
            ("Nailbourne Pallets", "Nailbourne", "nailbournepallets.example"),
            ("Deckboard Brothers", "Deckboard", "deckboardbrothers.example"),
            ("Stringer & Block", "Stringer", "stringerandblock.example"),
            ("Holmroyd Timber", "Holmroyd", "holmroydtimber.example"),
            ("Gomersall Sawyers", "Gomersall", "gomersallsawyers.example"),
        ),
        "count, each, sum": (
            ("120", "£4.50", "£540.00"),
            ("160", "£5.25", "£840.00"),
            ("200", "£4.80", "£960.00"),
            ("240", "£5.10", "£1,224.00"),
            ("180", "£4.65", "£837.00"),
        ),
        "ref": ("4071", "3186", "5529", "2940", "6613"),
        "other_firm, other_short, other_domain": (
            ("Thackley Pallets", "Thackley", "thackleypallets.example"),
            ("Clenchnail & Co", "Clenchnail", "clenchnail.example"),
            ("Bearer & Lath", "Bearer", "bearerandlath.example"),
            ("Ossenby Timberworks", "Ossenby", "ossenbytimberworks.example"),
            ("Plankside Repairs", "Plankside", "planksiderepairs.example"),
        ),
        "other_count, other_each, other_sum": (
            ("140", "£4.60", "£644.00"),
            ("150", "£5.40", "£810.00"),
            ("220", "£4.75", "£1,045.00"),
            ("260", "£5.20", "£1,352.00"),
            ("190", "£4.90", "£931.00"),
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="A gentle nudge",
                timestamp="{d1.iso}T09:40:00",
                body=cleandoc("""
                    Hello there,

                    A first soft knock from the shed at {firm}, before the wife of one of us and the
                    cat of the other start asking where the {sum} has got to. That is {count}
                    pallets of yours, new boards on every one, at {each} apiece. They rode home on
                    your own lorry, and your lad at the dock counted them twice and found none
                    damaged.

                    The sheet with the sum on it went out a while ago, with our order ref {ref} at
                    the top. We hope to hear it drop in our tin on Tuesday {d29}, which is the best
                    part of a month, and until then nobody will fall out with you. If it is in hand
                    already, think no more of this.

                    Nails have gone up again, from tomorrow noon, but I said a price and I stand by
                    it.

                    Cheers for now,
                    {person1.first}
                    Repairs and books
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="billing",
                facts=facts(
                    "{short} | {ref} | pallets | {person1.first} | {person1.last}",
                    "{sum} | {each}",
                    "lacks po | no po | without po | missing po | not po | not quote po | no "
                    "purchase order | purchase order | own reference | own ref | only ref | "
                    "suspect",
                ),
                reference_summary=(
                    "Suspect reminder: {firm} wants {sum} for pallet repairs by {d29}, "
                    "quoting only its own reference {ref}."
                ),
                about=(
                    "{count} number bill payment alleged mending boards chasing citing pay proper "
                    "settled unpaid considered left"
                ),
            ),
            why=(
                "Rule 8: a demand for payment that quotes no purchase order of ours is no "
                "genuine bill. Not normal although it is friendly and the rest fits. Rule "
                "16: billing would have paid it, not cold_store."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@{other_domain}>",
                subject="A gentle prod",
                timestamp="{d9.iso}T11:10:00",
                body=cleandoc("""
                    Hello there,

                    A first soft knock from the shed at {other_firm}, before the husband of one of
                    us and the dog of the other start asking where the {other_sum} has got to. That
                    is {other_count} pallets of yours, new boards on every one, at {other_each}
                    apiece. They rode home on your own lorry, and your lass at the dock counted them
                    twice and found none damaged.

                    The sheet with the sum on it went out a while ago, with your PO {po1} at the
                    top. We hope to hear it drop in our tin on Monday {d35}, which is the best part
                    of a month, and until then nobody will fall out with you. If it is in hand
                    already, think no more of this.

                    Glue has gone up again, from tomorrow noon, but I said a price and I stand by
                    it.

                    Cheers for now,
                    {person2.first}
                    Repairs and books
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="billing",
                facts=facts(
                    "{other_short} | {po1} | pallets | {person2.first} | {person2.last}",
                    "{other_sum}",
                    "{d35}",
                ),
                reference_summary=(
                    "First reminder from {other_firm}: {other_sum} for mended pallets under "
                    "PO {po1} must be paid by {d35}."
                ),
                about=(
                    "{other_count} {other_each} repair boards fixing covering bill reminds money "
                    "owed open pay payment check progress friendly"
                ),
            ),
            why=(
                "Rule 8 and Rule 2: the bill quotes our PO and is due weeks later. Not "
                "urgent: nothing is lost before {d35}. Not spam, for the PO is there. Not "
                "cold_store: the next piece of work is the payment (Rule 14)."
            ),
        ),
    ),
)
