"""A genuine mail that leaves nothing to do."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="wandering-jack",
    slots={
        "firm, short, domain": (
            ("Brackenthwaite Haulage", "Brackenthwaite", "brackenthwaitehaulage.example"),
            ("Oxspring Carriers", "Oxspring", "oxspringcarriers.example"),
            ("Vanderhoek Traction", "Vanderhoek", "vanderhoektraction.example"),
            ("Killearn Roadways", "Killearn", "killearnroadways.example"),
            ("Tiverley Freight", "Tiverley", "tiverleyfreight.example"),
        ),
        "goods": ("yoghurt", "frozen peas", "cheesecake", "margarine", "fish cakes"),
        "trailer": ("117", "124", "138", "142", "156"),
        "spot": (
            "bottle bank",
            "drinks crates",
            "paper baler",
            "tyre stack",
            "dead ice cream machine",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Your trailer {trailer}: the wanderer has come home",
                timestamp="{d4.iso}T14:20:00",
                body=cleandoc("""
                    Hi folks,

                    you remember the hand jack that rides on the headboard of your trailer
                    {trailer}, and that was gone after the {goods}? We turned our whole place upside
                    down for it, and this morning {person2.first} went to look for a football and
                    found it behind the {spot}.

                    It travelled back on its own bracket with two straps round it. The trailer has
                    stood in your yard since noon today, and your driver {person3.first} has pumped
                    the jack up, let it down, rolled it round a puddle and ticked it off as sound on
                    the trailer's kit sheet. So the set is whole again for the next load and the
                    page in our lost book has a nice fat line through it.

                    You could have made us buy a new one after a week. You didn't, and that was
                    decent, so we sleep well again, and on Monday at ten {person2.first} gets the
                    good chair at the staff breakfast. Thank you from all of us here,

                    {person1.first} at {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="dispatch",
                facts=facts(
                    "jack | pallet truck | pump truck | hand truck",
                    "returned | back | found | came back | recovered | return | located | brought "
                    "back",
                    "{trailer} | {short} | checked | tested | ticked off | sound | noon",
                ),
                reference_summary=(
                    "{firm} found the missing jack of trailer {trailer}; it came back at "
                    "noon, was checked and the matter is closed."
                ),
                about=(
                    "{person1} {d4} {person3} driver yard unit kit set sheet lost passed recorded "
                    "complete turned"
                ),
            ),
            why=(
                "Rule 3: back, checked and ticked off, nothing left. Not normal although it "
                "mentions a new jack nobody has to buy. Not cold_store: the jack is kit of a"
                " trailer, so dispatch would act if anybody had to (Rule 14)."
            ),
        ),
    ),
)
