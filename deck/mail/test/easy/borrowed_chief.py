"""Fraud, a false identity or selling that nobody asked for."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="borrowed-chief",
    slots={
        "mailhost": (
            "lanternmail.example",
            "thimblepost.example",
            "harebellmail.example",
            "pigeonloft.example",
            "brasspost.example",
            "heronbox.example",
        ),
        "shop": (
            "Fotheringale Foods",
            "Marram Pantry",
            "Cressbrook Kitchen",
            "Tansley Grocers",
            "Oddie's Larder",
        ),
        "boxes, goods, amount": (
            ("34", "brie", "£1,258.00"),
            ("48", "raspberry mousse", "£1,536.00"),
            ("27", "smoked haddock", "£1,701.00"),
            ("52", "cream buns", "£1,144.00"),
            ("39", "potato salad", "£897.00"),
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="Head of Customer Service, Kestrelmoor <{person1.mailbox}@{mailhost}>",
                subject="Complaint from {shop}",
                timestamp="{d10.iso}T17:10:00",
                body=cleandoc("""
                    Team,

                    {person1} here, your head of customer service at Kestrelmoor. My office mail has
                    frozen again, so you get this from my private one. I am on the train with two
                    sandwiches and no time, the line drops at every tunnel.

                    {shop} complains that {boxes} boxes of {goods} came crushed on Tuesday {d8}.
                    They are good people and I know the owner. Accept the damage claim today, the
                    full {amount}, and write back to {person2} there that Kestrelmoor takes the
                    blame. The photographs and the usual form can follow, I have seen the boxes with
                    my own eyes. Nor is there any point in ringing me or asking the warehouse, they
                    know nothing of it.

                    I will put it in the file myself when I am back on Monday.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="customer_care",
                facts=facts(
                    "{shop} | {person1.last} | head customer service | customer service head",
                    "accept | acceptance | approve | grant | admit | liability | claim | damage | "
                    "crushed",
                    "{amount} | {boxes} | {goods}",
                ),
                reference_summary=(
                    "Somebody posing as our customer service head from an outside mailbox "
                    "wants the {amount} claim of {shop} accepted today."
                ),
                about=(
                    "{person1} {mailhost} example private impersonate company {person2} {d8} "
                    "squashed boxes goods immediate blame compensation evidence photographs proof "
                    "checks unchecked warehouse pushes presses waved comply con refuse"
                ),
            ),
            why=(
                "Rule 7: our own people write from kestrelmoor.example only. Not urgent "
                "although it says today. Customer_care would have accepted the claim (Rule "
                "16), not billing: no credit note is asked for."
            ),
        ),
    ),
)
