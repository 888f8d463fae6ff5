"""A thread whose newest message decides."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="missing-cartons",
    slots={
        "firm, short, domain": (
            ("Luddfoot Grocers", "Luddfoot", "luddfootgrocers.example"),
            ("Scammonden Stores", "Scammonden", "scammondenstores.example"),
            ("Mytholm Corner Shop", "Mytholm", "mytholmcornershop.example"),
            ("Addlebrough & Niece", "Addlebrough", "addlebroughandniece.example"),
            ("Gawthwaite Greens", "Gawthwaite", "gawthwaitegreens.example"),
        ),
        "cartons, amount": (
            ("6", "£148.20"),
            ("8", "£193.60"),
            ("9", "£215.10"),
            ("11", "£271.70"),
            ("14", "£338.80"),
        ),
        "goods": ("oat bars", "goat cheese", "vegan sausages", "custard pots", "potato salad"),
        "hiding": ("yoghurt", "crates of milk", "tubs of lard", "coleslaw", "cheesecakes"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="RE: RE: {order1}, short again",
                timestamp="{d7.iso}T16:25:00",
                thread_history=(
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domain}>, Fri {d4} 2026 17:31 Not good
                        enough. {cartons} cartons of {goods} short on {order1}, that is {amount} I
                        have sold to folk and cannot give them. I want to see that money by
                        Wednesday {d9} or I go elsewhere.
                    """),
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Fri {d4} 2026 17:52
                        Sorry to hear it. Before I open anything, would you have one more look round
                        your cooler over the weekend? I will hold it here on a sticky note and not
                        in the books till you say.
                    """),
                ),
                body=cleandoc("""
                    {person2.first},

                    Humble pie, and a large slice. I shifted the {hiding} on Saturday night to mop
                    under the rack and there they were against the back wall, all {cartons} cartons
                    of {goods}, cold as you like and in date till {d16}. My nephew had put them
                    there to be tidy. He was spoken to this morning.

                    So you can forget every word of what I wrote on Friday, the money and the going
                    elsewhere and the rest. I rang you at seven to say so and you said the sticky
                    note was already in the bin, so we are quits.

                    I am sorry I barked. It had been a long day, a lorry had blocked my door since
                    four and the till roll was jammed.

                    {person1.last}, {short}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="customer_care",
                facts=facts(
                    "{order1} | {short} | {person1.last} | {person1.first}",
                    "found | located | discovered | not missing | mislaid | misplaced | reappeared "
                    "| turned rack | cartons turned | tidied | lurking | chiller | cooler",
                    "withdrawn | withdraws | withdraw | dropped | drops | retracts | retracted | "
                    "takes back | recants | apologises | apologizes | sorry | no money | no "
                    "shortage | no refund | closed",
                ),
                reference_summary=(
                    "{firm} has found the {cartons} cartons of {goods} from order {order1} "
                    "in its own cooler, apologises and drops the complaint."
                ),
                about=(
                    "{person2} {hiding} short allegation nephew relative shelving premises boxes "
                    "absent supposedly payment owed claim case opened recorded thrown away left "
                    "apologies sheepishly customer"
                ),
                stale=("{amount}", "{d9}"),
            ),
            why=(
                "Rule 6 and Rule 3: the newest message takes the complaint back, and the "
                "note is already thrown away. Not normal although the thread demands money. "
                "Rule 14: customer_care would act if the complaint stood, not billing."
            ),
        ),
    ),
)
