"""Twins: two mails alike, and one detail that changes label or team."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="mast",
    slots={
        "truck": ("R-14", "R-16", "R-19", "R-21", "R-23"),
        "line": ("label line", "repack bench", "crate wash", "gift-box line", "sleeving bench"),
        "hour": ("19:00", "19:30", "20:00", "20:30", "21:00"),
        "other_truck": ("R-31", "R-34", "R-36", "R-38", "R-42"),
        "other_line": (
            "tray line",
            "relabel bench",
            "pallet wash",
            "hamper line",
            "weighing bench",
        ),
        "other_hour": ("19:15", "19:45", "20:15", "20:45", "21:15"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="Reach truck {truck}",
                timestamp="{d4.iso}T14:40:00",
                body=cleandoc("""
                    Hiya, {person1.first} from the {line}.

                    The mast of {truck} does not stay where you put it. I had an empty skid up at
                    the third beam before dinner, went off to find my gloves, and when I came back
                    the forks had come down by two hands, all on their own. There is oil along the
                    left ram as well, I have laid a mop under it.

                    It is still out on the floor, key in it: nights have it on their plan for the
                    top beams from {hour}, full pallets, and six of our people stand below those
                    beams all shift. {person2} knows it creeps and said mind your heads.

                    Could one of you look at it some time before Friday {d25}? The hire contract is
                    up then, and billing have been asking about the tyres on it anyway.

                    Kettle is mended, so you would get a tea.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="safety",
                facts=facts(
                    "{truck} | reach truck",
                    "mast | forks | creeps | sinks | creeping | sinking | oil",
                    "tonight | {hour} | night shift | nights | this evening | people underneath | "
                    "six people",
                ),
                reference_summary=(
                    "Reach truck {truck} lets its forks sink under load, yet nights will use"
                    " it above six people from {hour} tonight."
                ),
                about=(
                    "{person1} full pallets beams floor key leaks drops themselves unaided "
                    "defective lift colleagues workers withdraw pull service stopped start work "
                    "saw {d25}"
                ),
            ),
            why=(
                "Rule 1: people stand under a sinking mast tonight. Not normal although the "
                "sender gives weeks (Rule 5: only consequences count). Not cold_store: "
                "danger to people is safety's (Rule 15)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <{person3.mailbox}@kestrelmoor.example>",
                subject="Reach truck {other_truck}",
                timestamp="{d10.iso}T15:05:00",
                body=cleandoc("""
                    Hello, {person3.first} from the {other_line}.

                    The mast of {other_truck} does not stay where you put it. I had an empty skid up
                    at the third beam before dinner, went off to find my phone, and when I came back
                    the forks had come down by two hands, all on their own. There is oil along the
                    right ram as well, I have laid a rag under it.

                    It is off the floor now, behind the locked grille, key handed in: nights have a
                    hired one for the top beams from {other_hour}, full pallets, and five of our
                    people stand below those beams all shift. {person4} knows it creeps and has put
                    the card on it.

                    Could one of you look at it some time before Monday {d28}? The hire contract is
                    up then, and billing have been asking about the battery on it anyway.

                    Toaster is mended, so you would get a slice.

                    {person3.first}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="safety",
                facts=facts(
                    "{other_truck} | reach truck",
                    "mast | forks | creeps | sinks | creeping | sinking | oil",
                    "{d28}",
                ),
                reference_summary=(
                    "The mast of reach truck {other_truck} creeps and leaks; it is locked "
                    "away, and {person3} would like it examined before {d28}."
                ),
                about=(
                    "hired replaced substitute grille key handed tagged ram weeps slip safely "
                    "risk inspection examination ends"
                ),
            ),
            why=(
                "Rule 2: the truck is locked away and another is used, so the look has over "
                "two weeks. Not urgent although the mast sinks. Not cold_store: unsafe "
                "equipment is safety's (Rules 14 and 15)."
            ),
        ),
    ),
)
