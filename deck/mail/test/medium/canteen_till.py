"""A mail that is not what it looks like at first."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="canteen-till",
    slots={
        "domain": (
            "kestralmoor.example",
            "kestrellmoor.example",
            "kestrelmour.example",
            "kestrelmuir.example",
            "kesterlmoor.example",
        ),
        "soup": ("leek soup", "lentil soup", "barley broth", "carrot soup", "mushroom soup"),
        "cake": ("ginger cake", "seed cake", "treacle tart", "plum slice", "malt loaf"),
        "seconds": ("40", "45", "50", "55", "65"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="Kestrelmoor Canteen <canteen@{domain}>",
                subject="How do you like the new till?",
                timestamp="{d10.iso}T11:20:00",
                body=cleandoc("""
                    Hello colleague,

                    since Monday the canteen has had its new till, the flat grey one that plays a
                    little tune when it likes you. The old one took {seconds} seconds per tray, we
                    stood behind the {soup} and counted. Now we would love to hear what you think of
                    it.

                    Four quick lines, just press reply:

                    1. Does the till understand you at first go?
                    2. Shall the {cake} stay by the till, or does it tempt the drivers?
                    3. Your staff number.
                    4. The phrase your computer wants from you when you start work, so that each
                    vote counts only once and the till can greet you with your own name.

                    We read every reply ourselves and hang the result beside the menu on Thursday
                    {d17}. Among all who join in we raffle a week of free puddings.

                    With full ladles,
                    your canteen team at Kestrelmoor
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="security",
                facts=facts(
                    "canteen | survey | questionnaire | poll | raffle | cafeteria",
                    "password | passphrase | pass phrase | sign-in phrase | login phrase | "
                    "sign-in | log-in | logon | login | phrase | credentials | staff number | "
                    "computer access",
                    "false domain | domain | false address | look-alike | {domain} | outside | "
                    "external | not colleagues | plays canteen | not canteen",
                ),
                reference_summary=(
                    "A canteen till survey from a look-alike of our domain, posing as "
                    "colleagues, tries to collect staff numbers and login phrases."
                ),
                about=(
                    "checkout prize draw puddings bait cover cheerful jolly employees personnel "
                    "people secrets obtain extract wheedle supposed masquerading deception runs "
                    "uses respond oblige"
                ),
            ),
            why=(
                "Rule 7: our own people write from kestrelmoor.example only. Not normal "
                "although friendly and about cake. Not people although it is about staff: it"
                " is after what staff sign in with, so security (Rule 16)."
            ),
        ),
    ),
)
