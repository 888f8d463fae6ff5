"""A genuine mail that leaves nothing to do."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="own-fridge",
    slots={
        "firm, short, domain": (
            ("Lavender Hill Café", "Lavender", "lavenderhillcafe.example"),
            ("Quayside Tearoom", "Quayside", "quaysidetearoom.example"),
            ("Old Forge Bistro", "Forge", "oldforgebistro.example"),
            ("Mulberry Bakehouse", "Mulberry", "mulberrybakehouse.example"),
            ("Hatters Deli", "Hatters", "hattersdeli.example"),
        ),
        "goods": ("clotted cream", "brie", "cream cakes", "smoked salmon", "butter"),
        "relative": ("nephew", "brother-in-law", "neighbour", "cousin", "godson"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="My complaint, order {order1} - I was quite wrong",
                timestamp="{d9.iso}T17:25:00",
                body=cleandoc("""
                    Dear everyone,

                    I hardly know where to begin. On Friday {d4} I wrote you a dreadful complaint
                    from {firm} about the {goods} in order {order1}, how all of it had come to us
                    damaged, warm as soup, and that I should claim every penny, and I believe I used
                    the word "shameful". I have not slept well on it.

                    Yesterday my {relative}, who does electrics, put a thermometer in our own
                    fridge. Eighteen degrees! The motor must have been dead for a week, and the
                    light inside went on smiling at me all the while. Your driver brought everything
                    ice cold and I did the rest.

                    So I take back the whole complaint, and the claim with it. I rang {person2} at
                    your end at lunchtime and the complaint was closed while I listened, confirmed
                    and struck from your book. I have paid in full and I want nothing more; I only
                    could not bear not to have said sorry and thank you to all of you.

                    Yours, shamefaced,
                    {person1}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="customer_care",
                facts=facts(
                    "{order1} | {short} | {person1.last} | {person1.first}",
                    "withdraw | withdrawn | withdrew | take back | took back | retract | "
                    "apologise | apology | apologises | apologize | sorry | drop | unfounded | "
                    "mistaken | cancel | unjustified",
                    "fridge | refrigerator | chiller | never our fault | not our fault",
                ),
                reference_summary=(
                    "{person1} of {firm} withdraws the complaint about order {order1}: its "
                    "own fridge had failed, and {person2} has already closed it."
                ),
                about=(
                    "{goods} claim case warm damaged {d4} paid settled account struck file open "
                    "grievance broken dead died defective caused found fully"
                ),
            ),
            why=(
                "Rule 3: the complaint is withdrawn and already struck from the book, "
                "nothing is owed. Not normal although the letter is long and moved. Not "
                "cold_store: the fridge is the customer's."
            ),
        ),
    ),
)
