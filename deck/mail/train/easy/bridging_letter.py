"""One plain reason to act before the end of the next working day."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="bridging-letter",
    slots={
        "load": ("yoghurt", "fish pies", "cut salads", "pizza dough", "chicken thighs"),
        "town": ("Marlowby", "Threapham", "Cold Ashwick", "Nether Sallow", "Brindleford"),
        "plant": (
            "yucca",
            "rubber plant",
            "dead fern",
            "wall calendar with the goats",
            "broken clock",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="Driving licence paper for {person2}",
                timestamp="{d4.iso}T14:35:00",
                body=cleandoc("""
                    Good afternoon from the night side,

                    I have planned the shifts for Monday {d7} so beautifully that I almost framed
                    them. Nineteen runs, all staffed. Then {person2.first} {person2.last} mentioned
                    over a sandwich that the driver card for the tachograph, which goes with the
                    driving licence, runs out on Sunday {d6} at midnight. The new one is travelling
                    towards us at the speed of a pilgrim.

                    Unless we have a bridging letter for the licence today, {person2.first} may not
                    work on Monday, and the {town} run at 05:00, {load} for forty shops, does not
                    leave. All other staff are on shift or on leave; I have counted, twice,
                    including the caretaker.

                    The letter comes out of the staff file and carries the HR stamp, so please, one
                    of you, print it in the office with the {plant} before you go home at six today.
                    I cannot pick that lock, I have tried for biscuits.

                    Put it into the planners' pigeonhole and I collect it at ten tonight.

                    {person1.first}, night planning
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="people",
                facts=facts(
                    "{person2.last} | {person2.first}",
                    "bridging letter | bridging | tachograph card | tacho card | tachograph | "
                    "driver card | driving card | card expires | card runs | stamped letter | "
                    "hr letter",
                    "Monday | {d7} | 05:00 | Sunday | {d6} | midnight | 18:00 | {d4}",
                ),
                reference_summary=(
                    "Print a bridging letter for {person2}, whose tachograph card ends at "
                    "midnight on Sunday, as the run to {town} leaves at 05:00 the next "
                    "morning."
                ),
                about=(
                    "{person1} licence night planner issue office staff file pigeonhole placed "
                    "{load} shops delivery shift work go"
                ),
            ),
            why=(
                "Rule 1: without the paper the Monday run at 05:00 stands still, and the "
                "office closes at 18:00. Not normal although it jokes. Not dispatch: the "
                "plan is made, the licence paper from the staff file is missing (Rule 14)."
            ),
        ),
    ),
)
