"""One plain request that can wait."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="corner-mirror",
    slots={
        "place": (
            "THE OLD WEIGHBRIDGE",
            "THE DIESEL TANK",
            "THE EMPTIES CAGE",
            "THE CARDBOARD PRESS",
            "THE BICYCLE STAND",
        ),
        "size": ("80", "90", "100", "60", "120"),
        "cones": ("7", "9", "11", "12", "14"),
        "drink": ("tea", "cocoa", "tomato soup", "lemonade", "gravy"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="MIRROR",
                timestamp="{d10.iso}T06:45:00",
                body=cleandoc("""
                    RIGHT. LISTEN.

                    THE ROUND MIRROR AT THE BLIND CORNER BY {place} IS CRACKED FROM TOP TO BOTTOM!!!
                    THAT THING HANGS THERE SO THAT A FORKLIFT DOES NOT FLATTEN SOMEBODY ON FOOT!
                    SINCE I SAW IT I HAVE {cones} CONES AND TWO CHAINS ACROSS BOTH ENDS AND NOBODY
                    WALKS OR DRIVES THERE. NOBODY!!! THEY ALL GO ROUND BY THE INVOICE OFFICE AND IT
                    HURTS NO ONE!

                    There, got the key loose. There is {drink} in the keyboard and I only noticed
                    now that I was bellowing. Sorry.

                    On Tuesday {d15} at 09:00 they dig up the way round by the invoice office for
                    the new drain. Then this lane is all there is to the lorries, and with no mirror
                    I keep it shut and nothing gets loaded. A new mirror, {size} cm across with the
                    bracket, has to be up before that. Shop has them.

                    {person1.first} {person1.last}
                    yard lead
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="safety",
                facts=facts(
                    "mirror | glass",
                    "cracked | split | broken | damaged | order | replacement | replace | buy "
                    "| bought | procure | new mirror | new corner mirror | new safety mirror "
                    "| new {size} cm | broke | breaks | smashed | shattered | needs a {size} "
                    "cm | need a {size} cm",
                    "{d15} | Tuesday | closed | closed off | shut | blocked off | blocked | "
                    "cordoned | chained off | barricaded | {size} cm",
                ),
                reference_summary=(
                    "A cracked mirror at a blind corner of the yard needs replacing by 09:00 on "
                    "Tuesday {d15}, or the lane, now coned off, stays shut and loading stops."
                ),
                about=(
                    "{place} {person1} lead bracket fixing near bend area passage way drain "
                    "forklift foot pedestrians exposed safely convex wide across supply delivery "
                    "beforehand ahead stays racks lorries standstill broke dig digger dug detour "
                    "alternative route hang hung mounted fitted roped barred barrier corner halt "
                    "access unloaded start going loading traffic blind"
                ),
            ),
            why=(
                "Rule 2: the lane is shut, so nobody can be hurt, and loading stops only on "
                "Tuesday, the third working day on. Not urgent although it shouts (Rule 5): the "
                "next working day is Friday. Not cold_store or dispatch: it protects people on "
                "foot (Rule 14, Rule 15)."
            ),
        ),
    ),
)
