"""Fraud, a false identity or selling that nobody asked for."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="eyewash-offer",
    slots={
        "firm, short, domain": (
            ("Plasterwell Direct", "Plasterwell", "plasterwelldirect.example"),
            ("Mendable Workplace Supplies", "Mendable", "mendableworkplace.example"),
            ("Kindly Cabinets", "Kindly", "kindlycabinets.example"),
            ("Soothewall Supplies", "Soothewall", "soothewall.example"),
            ("Greenbox Care", "Greenbox", "greenboxcare.example"),
        ),
        "price, trays": (
            ("£189.00", "four"),
            ("£214.00", "five"),
            ("£169.00", "three"),
            ("£239.00", "six"),
            ("£198.00", "two"),
        ),
        "estate": ("Holm Road", "Cattle Bridge", "Sluice Lane", "Ironstone Way", "Ferry Close"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <hello@{domain}>",
                subject="Something small for the wall by your battery chargers",
                timestamp="{d0.iso}T11:40:00",
                body=cleandoc("""
                    Good morning,

                    We have not met. I drove past your gate on my way to another firm on {estate}
                    and thought: busy yard, plenty of forklifts, I wonder what hangs on their walls?

                    We make tidy green first-aid cabinets ({trays} trays, mirror inside the door)
                    and eyewash stations which need no plumbing. A cabinet and one station together
                    come to {price}, fitted, and the refills travel with our van so you never sign a
                    contract.

                    What I'd love to do is walk round with whoever looks after such things at yours,
                    an hour at most, Thursday {d10} after the lorries have gone, and leave you a
                    little floor plan with crosses on it. The plan is yours to keep even if you buy
                    nothing at all.

                    Would that suit?

                    Warmly,
                    {person1.first}
                    {firm}, new to your part of the county
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="safety",
                facts=facts(
                    "first-aid | aid cabinets | eyewash | eyewash stations | cabinets",
                    "{price} | walk | site walk | site visit | visit | {d10} | tour | survey",
                ),
                reference_summary=(
                    "Uninvited, {short} offers first-aid cabinets and eyewash stations for "
                    "{price} and wants to walk our site on {d10}."
                ),
                about=(
                    "{person1} {firm} wall refills boxes set kit equipment supplies premises plan "
                    "selling sales cold pitch approach advertises decline silence"
                ),
            ),
            why=(
                'Rule 4: selling that nobody asked for ("we have not met"). Not normal '
                "although it proposes a date. Not cold_store: the team that would buy and "
                "arrange it is safety (Rule 16)."
            ),
        ),
    ),
)
