"""One plain reason to act before the end of the next working day."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="deli-insurer",
    slots={
        "firm, short, domain": (
            ("Quince & Caper Delicatessen", "Quince", "quinceandcaper.example"),
            ("Bellwether Fine Foods", "Bellwether", "bellwetherfine.example"),
            ("The Juniper Larder", "Juniper", "juniperlarder.example"),
            ("Pomfret Delicatessen", "Pomfret", "pomfretdeli.example"),
            ("Sorrel Street Deli", "Sorrel", "sorrelstreetdeli.example"),
            ("Larkspur Provisions", "Larkspur", "larkspurprovisions.example"),
        ),
        "boxes, goods, amount": (
            ("18", "burrata", "£1,476.00"),
            ("26", "smoked trout", "£2,184.00"),
            ("34", "goat cheese", "£1,938.00"),
            ("21", "cured ham", "£2,415.00"),
            ("29", "game terrine", "£2,059.00"),
        ),
        "insurer": (
            "Tollgate Mutual",
            "Haven & Shire",
            "Fairwater Assurance",
            "Brookside Mutual",
            "Old Exchange Assurance",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="My complaint: the damaged {goods} of the week before last",
                timestamp="{d1.iso}T07:20:00",
                body=cleandoc("""
                    Dear Sir or Madam,

                    May I say first that in eleven years of trading with your house I have seldom
                    had cause to complain. You will recall my complaint about the {boxes} boxes of
                    {goods} which came to my shop warm on Friday {d-10} and had to go into the bin.
                    I sent you photographs of the damaged goods, and {person2} of your house kindly
                    telephoned to say that my complaint would be looked into.

                    My insurers, {insurer}, are willing to pay my claim for the {amount}. Their one
                    condition is that your answer to the complaint lies on their desk, in writing,
                    by noon on Wednesday {d2}. Unless they have it by then they close the claim and
                    I lose the whole sum: no trifle, for a shop like mine.

                    Forgive the typing, my desk stands in the passage this week.

                    With every good wish,
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="customer_care",
                facts=facts(
                    "{short} | {person1.last} | {person1.first} | {insurer} | deli owner",
                    "written answer | written account | written reply | written response | "
                    "written statement | written version | written explanation | written "
                    "decision | written verdict | writing | decision | verdict | statement | "
                    "version",
                    "noon | {d2} | Wednesday",
                ),
                reference_summary=(
                    "{short}'s insurer pays {amount} for the spoilt {goods} only if it holds"
                    " our written answer by noon on {d2}."
                ),
                about=(
                    "{person1} {firm} complaint claim {boxes} boxes warm damaged spoiled ruined "
                    "{d-10} delivered insurance underwriters shopkeeper reach condition failing "
                    "close refuse lose forfeits payout money urges"
                ),
            ),
            why=(
                "Rule 1: without our reply by noon tomorrow the customer loses the money. "
                "Not normal although it is gentle and long (Rule 5). Not billing although a "
                "sum is named: the insurer pays; we answer a complaint about damaged goods "
                "(Rule 14)."
            ),
        ),
    ),
)
