"""A problem opens, is reported again, and moves on."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="racking-upright",
    slots={
        "row, upright": (("F", "6"), ("H", "11"), ("J", "4"), ("K", "9"), ("M", "7")),
        "goods": ("tinned cream", "frozen pasties", "tubs of lard", "apple sauce", "cooking fat"),
        "tonnes": ("two", "three", "four", "five", "six"),
        "agency, domain": (
            ("Handcart Personnel", "handcartpersonnel.example"),
            ("Flatcap Temps", "flatcaptemps.example"),
            ("Snapbox Staffing", "snapboxstaffing.example"),
            ("Early Bell Labour", "earlybelllabour.example"),
            ("Whippin Temporary Staff", "whippintemps.example"),
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="Chamber {chamber1}, row {row}",
                timestamp="{d1.iso}T18:50:00",
                body=cleandoc("""
                    Evening.

                    {person1.first} from the late shift, chamber {chamber1}. Stock count came out
                    right for once, so I had ten minutes and walked the aisles. In row {row} the
                    upright with the number {upright} has a bend in it at about knee height, I would
                    say from a fork, and the beam above has lifted half out of its hook. On that
                    beam stand {tonnes} tonnes of {goods}, and under it is the short cut that the
                    pickers take to the tea room, some forty of them a shift. I put a chair across.
                    They move the chair. I put a pallet across. They walk round the pallet, one of
                    them waved.

                    I have no keys to shut the aisle and cannot empty the bay on my own. The night
                    crew comes on at ten.

                    Invoice for new gloves is in the tray, and the scale wants a battery.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="safety",
                facts=facts(
                    "chamber {chamber1} | row {row} | upright {upright} | {person1.last} | "
                    "{person1.first}",
                    "racking | upright | bent upright | beam | rack | bent | buckled | damaged",
                    "pickers | walk underneath | walkway | underneath | staff | people | workers "
                    "| pedestrians | short cut | shortcut | collapse | fall | falling | {tonnes} "
                    "tonnes | night crew | tea room",
                ),
                reference_summary=(
                    "Upright {upright} in chamber {chamber1}, row {row} is bent and its beam"
                    " half unhooked above pickers' route; close it before the night crew "
                    "starts."
                ),
                about=(
                    "{person1} {goods} hook bay aisle empty shut keys late shift ten 10:00 unload "
                    "block seal hanging beneath danger immediately post busy loom knee fork"
                ),
            ),
            why=(
                "Rule 1: a loaded beam may come down on people who pass below it. Rule 15: "
                "danger to persons is for safety, not cold_store, whose racking it is. Not "
                "normal although it is told calmly."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@{domain}>",
                subject="HAVE YOU PEOPLE GOT EYES",
                timestamp="{d3.iso}T07:40:00",
                body=cleandoc("""
                    I check pallets for you through {agency} and I have NEVER seen the like. Written
                    on Tuesday on my break, only it sat in my outbox because there is no signal
                    behind your wall, so if it comes late that is why.

                    CHAMBER {chamber1}!! ROW {row}!! Number {upright}, the leg of it is BENT LIKE A
                    BANANA and the cross piece is hanging by a fingernail!!! There are tonnes up
                    there of {goods} and FOLK UNDERNEATH on the way to their tea! One good sneeze
                    and somebody is FLAT!!! I have thirty years in sheds and I have seen one come
                    down, you do not forget the noise. My wages were four pounds out as well but I
                    have had that put right.

                    I shall get home all right, thank you, no thanks to the 36 bus.

                    {person2}
                    CHECKER
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="safety",
                facts=facts(
                    "chamber {chamber1} | row {row} | {person2.last} | {person2.first} | {agency}",
                    "upright | racking | rack | leg | post | beam | bent | buckled",
                ),
                reference_summary=(
                    "Agency checker {person2.last} repeats the already reported bent racking"
                    " upright in chamber {chamber1}, row {row}, seen Tuesday; nothing new."
                ),
                about=(
                    "{person1} {person2} {upright} {goods} {d3} number hanging tea room folk path "
                    "danger delayed complain angry describe damaged alert duty tonnes underneath"
                ),
                memoryless=("urgent", "safety"),
            ),
            why=(
                "Rule 13: the same upright was reported on Tuesday and this adds nothing to "
                "do. Not urgent although it is loud; not people although an agency and wages"
                " are named."
            ),
        ),
    ),
)
