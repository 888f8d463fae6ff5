"""A mail that is not what it looks like at first."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="paid-rinse",
    slots={
        "firm, short, domain": (
            ("Winnowby Board of Cold Hygiene", "Winnowby", "winnowbyboard.example"),
            ("Crossmere Hygiene Commission", "Crossmere", "crossmerehygiene.example"),
            ("Ambergill Wholesome Stores Office", "Ambergill", "ambergillstores.example"),
            ("Ibbotsford Purity Council", "Ibbotsford", "ibbotsfordpurity.example"),
            ("Vennery Cold Hygiene Chamber", "Vennery", "vennerychamber.example"),
            ("Underbarrow Hygiene Bureau", "Underbarrow", "underbarrowbureau.example"),
        ),
        "fee": ("£2,340.00", "£1,975.00", "£2,610.00", "£3,120.00", "£1,790.00"),
        "foam": ("citrus foam", "ozone mist", "peroxide fog", "pine lather", "hot vapour"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{firm} <programme@{domain}>",
                subject="Programme sheet 7, Kestrelmoor",
                timestamp="{d1.iso}T10:15:00",
                body=cleandoc("""
                    {firm}
                    Programme sheet 7: Chilled and frozen premises

                    To the management.

                    1. {short} is an association of private contractors. The crest above is our own.
                    2. Your company has been entered in the current programme on our own initiative.
                    You have not written to us and no visit to your premises has yet taken place.
                    3. The programme covers one wash of each chamber with {foam}, walls, racks and
                    evaporators, at {fee} a chamber. The wash is recommended to all companies seen
                    on the road with refrigerated vehicles.
                    4. You are requested to name by Friday {d11} the day on which the first chamber
                    will stand empty from 05:00, and to which other chambers its pallets will be
                    moved.
                    5. A plaque for the reception desk, brass colour, comes with each wash.

                    Companies outside the programme cannot be listed in our yearbook.

                    Programme Office
                    {person1}, Clerk
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="cold_store",
                facts=facts(
                    "{short} | hygiene association | contractors | contractor | private firm | "
                    "private association | private outfit",
                    "wash | washing | cleaning | {foam} | chamber cleaning | clean | fogging",
                    "{fee} | {d11} | empty",
                ),
                reference_summary=(
                    "{short}, private contractors posing as an official body, are selling "
                    "chamber washing at {fee} that nobody requested."
                ),
                about=(
                    "{firm} programme crest authority dressed presented offer sales pitch "
                    "advertising pushes touting approached contacted enrolled scheme name first "
                    "emptying room steam apiece response home"
                ),
            ),
            why=(
                "Rule 4: selling nobody asked for in an official dress. Not normal although "
                "it sets a date. Cold_store would have emptied the chamber (Rule 16), not "
                "legal: the sender is no authority."
            ),
        ),
    ),
)
