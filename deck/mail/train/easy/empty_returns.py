"""Fraud, a false identity or selling that nobody asked for."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="empty-returns",
    slots={
        "firm, short, domain": (
            ("Zippa Loads", "Zippa", "zippaloads.example"),
            ("Roamright Freight Exchange", "Roamright", "roamrightfreight.example"),
            ("Backhop Haul Market", "Backhop", "backhophaul.example"),
            ("Loadlark", "Loadlark", "loadlark.example"),
            ("Homerun Cargo Match", "Homerun", "homeruncargo.example"),
        ),
        "price": ("£0.62", "£0.58", "£0.71", "£0.66", "£0.54"),
        "from, to": (
            ("Carlisle", "Felixstowe"),
            ("Aberdeen", "Hull"),
            ("Swansea", "Norwich"),
            ("Truro", "Leeds"),
            ("Fort William", "Dover"),
        ),
        "dog": ("spaniel", "whippet", "terrier", "beagle", "labrador"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <hello@{domain}>",
                subject="Your trailers, homeward bound",
                timestamp="{d7.iso}T07:20:00",
                body=cleandoc("""
                    Morning team!

                    We don't know each other yet (that's the fun bit). I'm {person1.first}, I look
                    after fresh faces at {firm}, and I was sat behind one of your trailers on the
                    way to walk the {dog} on Sunday, thinking: bet that one's going home without a
                    load, nothing but air in it.

                    Here's our special offer. You tell us tonight which of your trucks come back
                    empty on the {from} to {to} leg this week, we put chilled part loads on them at
                    an introductory price of {price} a mile. You plan nothing, we do the lot,
                    collection to delivery. First fortnight costs you zilch, after that our services
                    are a small monthly plan, at a discount, and you can hop off whenever you fancy.

                    Forty hauliers like you hopped on already, places are limited! Just book a free
                    demo, or send the list of empty trailers back to me, and your drivers are
                    rolling with a load by tomorrow teatime!

                    Keep it breezy,
                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="dispatch",
                facts=facts(
                    "{short} | {person1.last} | {person1.first}",
                    "empty | backload | return load | return trip | part load | part-load | "
                    "backhaul | return leg",
                    "{price} | {from} | {to} | monthly | subscription | trailer list | list of "
                    "trailers | demo",
                ),
                reference_summary=(
                    "Unknown broker {firm} touts chilled loads for our empty return legs "
                    "between {from} and {to} at {price} a mile, uninvited."
                ),
                about=(
                    "{person1} offers trucks lorries vehicles run fill matching freight "
                    "introductory sales selling pitch cold advertising service stranger"
                ),
            ),
            why=(
                "Rule 4: selling by a stranger that nobody here asked for. Not normal or "
                "urgent although it wants a list tonight. Not billing: what it asks, a list "
                "of empty trailers, dispatch would do (Rule 16)."
            ),
        ),
    ),
)
