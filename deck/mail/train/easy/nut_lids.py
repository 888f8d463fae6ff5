"""One plain reason to act before the end of the next working day."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="nut-lids",
    slots={
        "firm, short, domain": (
            ("Wendlebury Dairy", "Wendlebury", "wendleburydairy.example"),
            ("Cold Ashby Creamery", "Ashby", "coldashbycreamery.example"),
            ("Penhallow Milk Works", "Penhallow", "penhallowmilk.example"),
            ("Stroudwater Dairies", "Stroudwater", "stroudwaterdairies.example"),
            ("Garstang Vale Creamery", "Garstang", "garstangvale.example"),
            ("Tolpuddle Dairy", "Tolpuddle", "tolpuddledairy.example"),
        ),
        "said, inside": (
            ("vanilla pudding", "hazelnut cream"),
            ("rice pudding", "almond custard"),
            ("caramel custard", "walnut mousse"),
            ("plain yoghurt", "pistachio yoghurt"),
            ("toffee mousse", "peanut mousse"),
        ),
        "batch": ("L4471", "L3908", "K7126", "B5540", "M2813", "R6097"),
        "pallets": ("6", "4", "5", "7", "9"),
        "hour": ("04:00", "03:30", "04:30", "05:00", "04:15"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <quality@{domain}>",
                subject="Recall of {batch}: allergen under the wrong lid",
                timestamp="{d10.iso}T14:20:00",
                body=cleandoc("""
                    Dear colleagues,

                    We have met only on paper, so allow me to introduce myself: {person1}, quality
                    office of {firm}. We must recall a batch because of an allergen.

                    This forenoon one of our filling hands observed that the lids and the pots of
                    batch {batch} do not belong together. The lid reads {said}. The pot holds
                    {inside}, and the allergen is declared nowhere on it. Whoever is allergic to
                    nuts would learn of it with the spoon already in the mouth, and could be badly
                    hurt. It is unsafe, and nothing of this batch should be eaten.

                    By our sheet {pallets} pallets of it stand with you in chamber {chamber1}, down
                    for the corner shops, leaving at {hour} on Friday {d11}. Unless you stop them
                    before that hour they will be on the shelves. Kindly hold them where they are
                    for our recall. The remainder never left our own building.

                    Our exchange is being repainted, hence a letter and not a call.

                    I remain, with respect,
                    {person1}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="safety",
                facts=facts(
                    "{batch} | {short}",
                    "nut | hazelnut | almond | walnut | pistachio | peanut | mislabelled | "
                    "mislabeled | wrong label | wrong lid | wrongly labelled | undeclared | "
                    "allergen | allergy | allergic | label mismatch",
                    "{hour} | hold back | held back | hold | held | stop | stopped | block | "
                    "blocked | withhold | quarantine | not leave | must stay",
                ),
                reference_summary=(
                    "{firm} found undeclared nuts under wrong lids in batch {batch}; the "
                    "{pallets} pallets in chamber {chamber1} must be held back from the "
                    "{hour} departure tomorrow."
                ),
                about=(
                    "{person1} recall {said} {inside} pots contain declared mention carries "
                    "unsafe quality lot room shops depart scheduled trunk pulling {d11}"
                ),
            ),
            why=(
                "Rule 1 and Rule 15: people who cannot bear nuts may be hurt if the pallets "
                "go out at dawn. Not normal although the letter is quiet. Not cold_store, "
                "though the pallets stand in a chamber: food that harms people is for safety"
                " before all others."
            ),
        ),
    ),
)
