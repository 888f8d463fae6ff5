"""Fraud, a false identity or selling that nobody asked for."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="five-stars",
    slots={
        "firm, short, domain": (
            ("Starrily", "Starrily", "starrily.example"),
            ("Grumblebee", "Grumblebee", "grumblebee-app.example"),
            ("Moanmuffle", "Moanmuffle", "moanmuffle.example"),
            ("Ratingfizz", "Ratingfizz", "ratingfizz.example"),
            ("Cheerscore", "Cheerscore", "cheerscore.example"),
        ),
        "price, setup": (
            ("£89.00", "£150.00"),
            ("£119.00", "£200.00"),
            ("£65.00", "£95.00"),
            ("£140.00", "£240.00"),
            ("£79.00", "£125.00"),
        ),
        "rating": ("3.1", "3.2", "3.3", "3.4", "3.6"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1.first} from {firm} <hello@{domain}>",
                subject="Special offer: fewer complaints than your {rating} stars show!",
                timestamp="{d3.iso}T13:05:00",
                body=cleandoc("""
                    Heyyy Kestrelmoor team,

                    {person1.first} here, I started {firm} in my gran's garage and we've never met,
                    so hi! I was nosing round the review sites with my porridge this morning and saw
                    you lovely cold people sit at {rating} stars. Ouch! Some customer's complaint is
                    still up there about a damaged box of trifles from ages ago.

                    Here's the fun bit, our services! We answer every complaint and every claim your
                    customers send you, write the sorry-letter in your own tone, and nudge the happy
                    ones to leave five stars. Special offer, this week only: introductory price
                    {price} a month, {setup} to set you up, leave whenever you like.

                    Could whoever handles customer complaints book a free demo with me, fifteen
                    minutes on Tuesday {d8}? Places are limited! I'll bring the slides, you bring
                    the biscuits.

                    Big wave,
                    {person1.first}
                    Founder, dreamer, still unloading my own van
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="customer_care",
                facts=facts(
                    "{short} | {person1.first}",
                    "review | reviews | rating | ratings | star | stars | complaint | "
                    "complaints | complaint-handling | reputation",
                    "{price} | {setup} | {d8} | fifteen minutes | 15-minute | demo | demonstration",
                ),
                reference_summary=(
                    "{short}, unknown to us, offers to answer complaints and lift our star "
                    "ratings for {price} a month."
                ),
                about=(
                    "{rating} founder stranger firm start sell service introductory price monthly "
                    "fee plus setup set front free customers improve boost burnish promote online "
                    "management marketing sales pitch cold approach"
                ),
            ),
            why=(
                "Rule 4: selling that nobody here asked for. Not normal although a meeting "
                "is asked for. Not billing: customer care would have to take up the offer "
                "(Rule 16)."
            ),
        ),
    ),
)
