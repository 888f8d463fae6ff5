"""A genuine mail that leaves nothing to do."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="bacon-roll",
    slots={
        "firm, short, domain": (
            ("Hobday Superstores", "Hobday", "hobdaysuperstores.example"),
            ("Greenfinch Grocers", "Greenfinch", "greenfinchgrocers.example"),
            ("Tuppence Market", "Tuppence", "tuppencemarket.example"),
            ("Copperpot Foods", "Copperpot", "copperpotfoods.example"),
            ("Wendle Family Stores", "Wendle", "wendlestores.example"),
        ),
        "cages": ("13", "16", "21", "23", "27", "31"),
        "goods": ("yoghurt", "ready meals", "cream cakes", "sausages", "custard"),
        "hour": ("01:50", "02:20", "02:40", "03:10", "03:35"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="I have lost a bet ({order1})",
                timestamp="{d2.iso}T13:05:00",
                body=cleandoc("""
                    Oi oi, night owls!

                    I bet our butcher one bacon roll that {order1} would never make it past the
                    dug-up roundabout. So last night I'm stood there like a lemon with my clipboard
                    and in comes {person2} at {hour}, twenty minutes EARLY, whistling. Whistling! At
                    that hour! There ought to be a law.

                    Counted the lot twice because I wanted that bacon roll. {cages} cages of
                    {goods}, {cages} on the sheet, not a dent, thermometer smug. Signed it, both
                    copies, with a pen that worked (a first for this branch). Empties went back on
                    the same wagon, everything's on the shelves and the first of it was sold this
                    morning.

                    No moan, no bill, no small print, you can stop scrolling. Our bay's got a disco
                    ball now and that was the night it earned its keep.

                    Poorer by one roll,
                    {person1.first}, {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="dispatch",
                facts=facts(
                    "{order1} | {short} | {person1.last} | {person1.first}",
                    "complete | early | ahead of time | in full | intact | undamaged | arrived "
                    "| delivered | landed | received | praise",
                    "{cages} | {hour} | signed | last night | overnight | twenty minutes",
                ),
                reference_summary=(
                    "{short} reports that order {order1} arrived complete and early; {cages}"
                    " cages were signed for at {hour}."
                ),
                about=(
                    "{firm} {person1} {person2} {goods} driver drop load counted sheet papers "
                    "clean safe cheerful nice feedback thanks complaint file"
                ),
            ),
            why=(
                "Rule 3: all came, all is signed, nothing is asked. Not normal: there is no "
                "question in it. Not customer_care: no complaint; a run on the road is "
                "dispatch's (Rule 14)."
            ),
        ),
    ),
)
