"""Fraud, a false identity or selling that nobody asked for."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="door-curtains",
    slots={
        "firm, short, domain": (
            ("Ickornshaw Curtains", "Ickornshaw", "ickornshawcurtains.example"),
            ("Flapwright Doors", "Flapwright", "flapwrightdoors.example"),
            ("Mossdraught Supplies", "Mossdraught", "mossdraught.example"),
            ("Heptonfold Strip & Seal", "Heptonfold", "heptonfoldseal.example"),
            ("Slaithdene Coldware", "Slaithdene", "slaithdenecoldware.example"),
        ),
        "price": ("£46.00", "£52.50", "£58.00", "£61.50", "£39.00"),
        "saving": ("18", "21", "24", "27", "31"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Draughts at Kestrelmoor",
                timestamp="{d2.iso}T08:40:00",
                body=cleandoc("""
                    Dear Sir or Madam,

                    You will not know my name. I drive past your premises twice a week on my way to
                    see my aunt, and each time a great white cloud rolls out of the third opening
                    from the left. That is your electricity, paid for and let go.

                    {firm} is three people and a cutting table. We make hanging PVC strips for cold
                    rooms, measured on the spot, at {price} per running metre, and wall thermometers
                    with figures that a man can read from a moving forklift. A pie maker not far
                    from you saved {saving} per cent in the first year.

                    I happen to be in your parts on Wednesday {d9} and would gladly call with
                    samples; it takes twenty minutes and I bring my own tape measure. One word to
                    the address above and I will put you in the book.

                    Yours faithfully,
                    {person1}
                    Proprietor
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="cold_store",
                facts=facts(
                    "{short} | {person1.last} | {person1.first} | salesman | tradesman",
                    "curtain | strips | thermometers | pvc",
                    "{d9} | {price} | visit | samples",
                ),
                reference_summary=(
                    "Uninvited sales letter: {firm} offers door strips and thermometers for "
                    "our chambers at {price} a metre and a visit on {d9}."
                ),
                about=(
                    "{person1} draughts cold rooms air escaping building hanging plastic wall "
                    "selling advertising pitch approach promotes praises flog drop passing "
                    "quoting angling soliciting unknown dealings junk"
                ),
            ),
            why=(
                "Rule 4: selling that nobody here asked for, from a stranger. Not normal "
                "although it offers a polite visit. Rule 16: cold_store would have chosen "
                "the strips, not billing."
            ),
        ),
    ),
)
