"""A mail that is not what it looks like at first."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="rude-driver",
    slots={
        "mailer": (
            "postmarlow.example",
            "henhousemail.example",
            "oldlanemail.example",
            "rookerypost.example",
            "gablemail.example",
        ),
        "street": ("Pound Lane", "Almond Hill", "Cobbler Rise", "Bakehouse Lane", "Vicarage Row"),
        "plant": ("box hedge", "holly bush", "ivy", "yew hedge", "rosemary bush"),
        "insult": (
            "a parking cone",
            "an old turnip",
            "a garden gnome",
            "a speed bump",
            "a deaf goose",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{mailer}>",
                subject="The person in your number 9 lorry",
                timestamp="{d7.iso}T18:20:00",
                body=cleandoc("""
                    Thirty-four years of teaching infants, and I know rude when I hear it.

                    On Friday {d4} at ten past four one of your refrigerated monsters stood along my
                    fence in {street}. I went out, in slippers, and asked whether it might move
                    along a little. The driver turned the radio UP, called me {insult}, and then ate
                    an egg sandwich at me for a quarter of an hour.

                    I don't want anybody's licence taken away. I don't want the wages docked, nor
                    flowers; the {plant} survived. The lorry itself was parked perfectly legally, my
                    nephew in the police says so.

                    What I DO want is a letter in which your firm tells me what it thinks of such
                    manners. I am away walking the coast path until well into next month, so towards
                    the end of that month will be quite early enough.

                    {person1}
                    (the house with the blue gate)
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="customer_care",
                facts=facts(
                    "{person1.last} | {street} | resident | {person1.first}",
                    "rude | insulted | insult | rudeness | manners | abusive | impolite | "
                    "behaviour | insulting | insolence | insolent",
                    "letter | written explanation | written apology | explanation | written answer "
                    "| written reply | written response | next month | answer in writing | reply "
                    "in writing | writing | written statement",
                ),
                reference_summary=(
                    "{person1} of {street} was insulted by a rude driver on {d4} and expects"
                    " a letter towards the end of next month."
                ),
                about=(
                    "9 number lorry complains conduct view think company late close appreciate "
                    "sought punishment smarts pen"
                ),
            ),
            why=(
                "Rule 2: a letter is wanted at the end of next month. Not urgent although it"
                " is cross (Rule 5). Not people or dispatch although it names wages, licence"
                " and lorry: answering a complaint is customer_care's (Rule 14)."
            ),
        ),
    ),
)
