"""One plain request that can wait."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="trolley-wheel",
    slots={
        "count": ("9", "11", "12", "13", "14", "15"),
        "place": (
            "THE CHEESE AISLE",
            "THE FISH HALL",
            "THE PICKING TUNNEL",
            "THE OLD ANNEXE",
            "THE SORTING BAY",
        ),
        "maker": ("HOLDSTOCK", "BRINDLE", "TRUNDLEWAY", "CASTORLY", "DUNMORE"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="NEAR MISS, {maker} TROLLEYS",
                timestamp="{d3.iso}T06:25:00",
                body=cleandoc("""
                    CAPS KEY IS JAMMED SINCE THE TEA WENT IN. I AM NOT SHOUTING.

                    THIS IS A NEAR MISS REPORT. LAST THURSDAY ONE OF THE {maker} TROLLEYS IN {place}
                    LET GO OF A FRONT WHEEL. IT SHOT OVER THE FLOOR LIKE A BOWLING BALL AND MISSED
                    THE LEFT FOOT OF {person2.caps} BY AN INCH!!! NO INJURY, BIG LAUGH, THEN NOT SO
                    BIG A LAUGH. THAT UNSAFE TROLLEY IS IN THE CAGE BEHIND THE TIME CLOCK, PADLOCK
                    ON, KEY ROUND MY NECK.

                    THE OTHER {count} ARE CHAINED UP WITH IT, EMPTY, SO NOBODY GETS HURT. WE MANAGE
                    WITH HAND PALLET TRUCKS. COULD YOU PLEASE INSPECT EACH ONE OF THOSE, WHEEL BY
                    WHEEL, IN CASE MORE ARE UNSAFE, BEFORE WE LET THEM ROLL AGAIN.

                    MAKER GIVES TWO YEARS GUARANTEE, AND THOSE ARE OVER ON TUESDAY {d8.caps} AT
                    12:00. WHAT YOU FIND AND REPORT BEFORE THAT THEY MUST MEND FOR NOTHING, AFTER IT
                    NOTHING AT ALL. THE LORRY LADS SAY HA HA. I SAY NOTHING.

                    {person1.caps}
                    EARLY SHIFT
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="safety",
                facts=facts(
                    "trolleys | trolley | {maker}",
                    "inspected | inspect | inspection | check | examine",
                    "{count} | {d8} | rest of the trolleys | remaining",
                ),
                reference_summary=(
                    "After a trolley lost its wheel near {person2}, {person1} wants the other "
                    "{count}, all locked away, inspected before the guarantee ends on Tuesday {d8} "
                    "at 12:00."
                ),
                about=(
                    "{place} miss narrowly almost hit foot injury front came shed unsafe faulty "
                    "chained padlocked secured reuse await others guarantee warranty maker expires "
                    "free repair noon"
                ),
            ),
            why=(
                "Rule 2: all trolleys are chained up, so nobody is in danger; the guarantee ends "
                "on {d8} at 12:00, the third working day from here, later than the next one. Not "
                "urgent although it shouts (Rule 5). Not cold_store: unsafe equipment is for "
                "safety (Rules 14 and 15)."
            ),
        ),
    ),
)
