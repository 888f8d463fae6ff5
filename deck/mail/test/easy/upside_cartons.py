"""One plain request that can wait."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="upside-cartons",
    slots={
        "school, short, domain": (
            ("Ballyskerrin Primary School", "Ballyskerrin", "ballyskerrinprimary.example"),
            ("Rossvarna Grammar School", "Rossvarna", "rossvarnagrammar.example"),
            ("Kilnashara Grove School", "Kilnashara", "kilnasharagrove.example"),
            ("Monatrim Convent School", "Monatrim", "monatrimconvent.example"),
            ("Dromgarrow Village School", "Dromgarrow", "dromgarrowschool.example"),
        ),
        "soft, hard": (
            ("custard tarts", "turnips"),
            ("trifles", "frozen mince"),
            ("strawberries", "butter blocks"),
            ("cream slices", "lard"),
            ("meringues", "swede"),
        ),
        "children": ("140", "210", "265", "330", "480"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1}, school kitchen <kitchen@{domain}>",
                subject="A COMPLAINT. How do you pack a carton",
                timestamp="{d9.iso}T13:15:00",
                body=cleandoc("""
                    Who taught ye? I want the name. This is a complaint and I am your customer! The
                    {soft} underneath, the {hard} on top, and every blessed label turned to the
                    wall, so that I have {person2.first} walking round the pile with a torch like a
                    man looking for a lost budgie! {children} dinners before noon and I am playing
                    jigsaws. I said a word on Tuesday {d8} that the infants now know.

                    I have had my tea now and read that over. The complaint stands, quieter.

                    Nothing was damaged, to be just about it, and nothing was missing, so this is no
                    claim. But the service is not good. What I would like, please, is for one of
                    your customer people to come to us some afternoon next month, no hurry, sit down
                    with the three of us and go through how the cartons are packed. Thursdays are
                    choir. Any other day, pick it yourselves, and there will be scones. Your lorry
                    man is a dote, by the way.

                    Kindest regards, honestly,
                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="customer_care",
                facts=facts(
                    "{short} | school | kitchen",
                    "carton packing | cartons packed | pack cartons | packing | packed | packs | "
                    "cartons | boxes | labels",
                    "next month | month | afternoon",
                ),
                reference_summary=(
                    "The kitchen at {school} is cross about carton packing and asks somebody"
                    " to visit one afternoon next month, except Thursdays, to talk it "
                    "through."
                ),
                about=(
                    "{person1} cook customer care service colleague invite come discuss stacked "
                    "clumsily badly complain grumble displeased {soft} {hard} upside {d8} "
                    "delivery claim damaged missing spoilt lacking compensation"
                ),
            ),
            why=(
                "Rule 2: a visit to arrange for some day next month. Not urgent although it "
                "shouts (Rule 5). Not dispatch: the customer grumbles about our service, not"
                " about a run (Rule 14)."
            ),
        ),
    ),
)
