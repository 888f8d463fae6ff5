"""Twins: two mails alike, and one detail that changes label or team."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="night-sensor",
    slots={
        "firma, shorta": (
            ("Cattermole Frozen Foods", "Cattermole"),
            ("Wharram Catering", "Wharram"),
            ("Ellerthwaite Foods", "Ellerthwaite"),
            ("Burdock & Lisle", "Burdock"),
            ("Sandholme Canteens", "Sandholme"),
        ),
        "firmb, shortb": (
            ("Tranmoor Provisions", "Tranmoor"),
            ("Gilderdale Larder", "Gilderdale"),
            ("Pockley Foodservice", "Pockley"),
            ("Rushby & Vane", "Rushby"),
            ("Osgodcroft Suppers", "Osgodcroft"),
        ),
        "palletsa, palletsb": (
            ("14", "22"),
            ("17", "26"),
            ("19", "31"),
            ("23", "16"),
            ("27", "18"),
        ),
        "goodsa": (
            "fish fingers",
            "ice lollies",
            "oven chips",
            "garlic baguettes",
            "potato waffles",
            "spring rolls",
        ),
        "goodsb": (
            "dumplings",
            "sweetcorn",
            "apple turnovers",
            "prawn rings",
            "onion bhajis",
            "yeast rolls",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="Screen for chamber {chamber1}",
                timestamp="{d2.iso}T19:05:00",
                body=cleandoc("""
                    Evening,

                    {person1.first} on nights. First round done, kettle on. The screen for chamber
                    {chamber1} has stood at -9 since about six, where -20 is what it ought to say.
                    In there are {palletsa} pallets of {goodsa} for {firma}, and their lorry is not
                    booked till Thursday {d10}.

                    So I took the hand thermometer in with me and pushed it between the cartons,
                    front, middle and back, five minutes each. It says -9 as well, and the top
                    cartons give when I lean a thumb on them. The sensor hangs on its hook as it
                    should, so that was not the trouble. The fans turn, but what they blow is no
                    colder than my larder at home. By daylight the lot will be mush.

                    Have put it in the book too, page and line, as the contract wants it.

                    {person1.first} {person1.last}, night round
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="cold_store",
                facts=facts(
                    "chamber {chamber1} | {shorta}",
                    "-9 | hand thermometer | warm | too warm | warming | cooling failure | cooling "
                    "failed",
                    "mush | soft | softening | soften | thaw | thawing | defrosting | defrost | "
                    "melt | melting | spoil | spoiled | ruined | lost",
                ),
                reference_summary=(
                    "Chamber {chamber1} really is at -9, as the hand thermometer confirmed; "
                    "{palletsa} pallets of {goodsa} for {firma} are softening and will be "
                    "ruined before morning."
                ),
                about=(
                    "{person1} 20 instead cartons temperature fans run 18:00 {d2} {d3} sensor fix "
                    "shift help immediate intervention restored although"
                ),
            ),
            why=(
                "Rule 1: the goods thaw overnight unless somebody acts. Not archive although"
                " the screen is often to blame: the hand thermometer confirms it. Not "
                "dispatch: the lorry is not concerned (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@kestrelmoor.example>",
                subject="Screen for chamber {chamber2}",
                timestamp="{d9.iso}T19:20:00",
                body=cleandoc("""
                    Evening,

                    {person2.first} on nights. First round done, soup on. The screen for chamber
                    {chamber2} stood at -9 from about five, where -20 is what it ought to say. In
                    there are {palletsb} pallets of {goodsb} for {firmb}, and their lorry is not
                    booked till Thursday {d17}.

                    So I took the hand thermometer in with me and pushed it between the cartons,
                    front, middle and back, five minutes each. It says -20 everywhere, and the top
                    cartons knock like brick when I lean a knuckle on them. The sensor had come off
                    its hook and dangled in the doorway, so that was the trouble. I hung it back and
                    tied it fast, and the screen has said -20 ever since. The fans turn, and what
                    they blow bites. By daylight the lot will be as hard as it is now.

                    Have put it in the book too, page and line, as the contract wants it.

                    {person2.first} {person2.last}, night round
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="cold_store",
                facts=facts(
                    "chamber {chamber2} | {shortb}",
                    "sensor | probe | false reading | hook | doorway",
                    "hung back | rehung | put back | refitted | reattached | fixed | fixing | "
                    "corrected | resolved | remounted | secured | tied",
                ),
                reference_summary=(
                    "In chamber {chamber2} the sensor had slipped into the doorway; the "
                    "night worker rehung it, and the pallets of {firmb} kept -20 all along."
                ),
                about=(
                    "{person2} {palletsb} {goodsb} 9 screen thermometer showed looked warm "
                    "temperature measured inside fell fallen came dislodged displaced traced "
                    "frozen solid good logged event sorted further necessary"
                ),
            ),
            why=(
                "Rule 3: false reading, sensor put back, goods at -20, nothing left. Not "
                "urgent although the screen showed -9. Not dispatch: the lorry is only "
                "scenery (Rule 14)."
            ),
        ),
    ),
)
