"""Fraud, a false identity or selling that nobody asked for."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="helmet-scheme",
    slots={
        "firm, short, domain": (
            ("Noggin Guard", "Noggin", "nogginguard.example"),
            ("Brightwall Posters", "Brightwall", "brightwallposters.example"),
            ("Topknot Workwear", "Topknot", "topknotworkwear.example"),
            ("Mindthat Displays", "Mindthat", "mindthatdisplays.example"),
            ("Bumper & Crown", "Bumper", "bumperandcrown.example"),
            ("Hardlid Partners", "Hardlid", "hardlidpartners.example"),
        ),
        "posters, helmets, price": (
            ("24", "30", "£1,180.00"),
            ("36", "25", "£1,340.00"),
            ("20", "40", "£1,495.00"),
            ("28", "35", "£1,260.00"),
            ("32", "20", "£990.00"),
        ),
        "colour": ("mint green", "apricot", "sky blue", "raspberry", "lemon"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} of {short} <{person1.mailbox}@{domain}>",
                subject="Friendlier walls, safer heads",
                timestamp="{d4.iso}T14:20:00",
                body=cleandoc("""
                    Hi there Kestrelmoor team!!

                    You don't know me from Adam, I just spotted one of your trucks at the lights and
                    thought: now there's a company that deserves nicer hazard posters :-)

                    So here is the {firm} Safe Heads special offer, fresh this week: {posters}
                    hazard posters (slips, trips, fire, the lot) plus {helmets} helmets in {colour},
                    all for {price}, with a second year at a 30 % discount. Our customers tell us
                    their near misses drop like a stone. One of them framed the forklift poster!

                    I'm doing a round of your estate on Monday {d21} with the samples in my boot.
                    Shall I pop in at half past ten, and could your safety person gather the gang
                    for a 40-minute demo? I bring doughnuts, you bring coffee, deal?

                    Toodle-pip,
                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="safety",
                facts=facts(
                    "{short} | {person1.last} | {person1.first}",
                    "posters | helmets | placards | hard hats",
                    "{price} | {d21}",
                ),
                reference_summary=(
                    "{short} is selling hazard posters and helmets unasked for {price} and "
                    "wants to visit with samples."
                ),
                about=(
                    "{firm} {person1} {posters} {helmets} offer safety demo demonstration "
                    "demonstrate show present pitch sales advertising tout hawk cold stranger "
                    "unknown invited discount crew 10:30"
                ),
            ),
            why=(
                "Rule 4: selling that nobody here asked for. Not normal although it names a "
                "visit far off. Safety would have received the seller (Rule 16), not "
                "dispatch, whose truck was merely seen."
            ),
        ),
    ),
)
