"""A mail that is not what it looks like at first."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="lay-by",
    slots={
        "bureau, short, domain": (
            ("Merrily Moving Bureau", "Merrily", "merrilymoving.example"),
            ("Cardwise Bureau", "Cardwise", "cardwise-bureau.example"),
            ("Happy Axle Bureau", "Axle", "happyaxle-bureau.example"),
            ("Wheelhouse Bureau", "Wheelhouse", "wheelhousebureau.example"),
            ("Roverline Bureau", "Roverline", "roverlinebureau.example"),
        ),
        "each, count, sum": (
            ("£65.00", "20", "£1,300.00"),
            ("£70.00", "30", "£2,100.00"),
            ("£58.00", "25", "£1,450.00"),
            ("£80.00", "15", "£1,200.00"),
            ("£45.00", "40", "£1,800.00"),
        ),
        "stop": (
            "the lay-by with the tea van",
            "the ferry queue",
            "the lights at the hospital",
            "the car wash",
            "the weighbridge",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="A small weight off your shoulders",
                timestamp="{d9.iso}T11:45:00",
                body=cleandoc("""
                    Good day to you all,

                    We have never met, so forgive me for walking in. I was sitting at {stop} last
                    week and counted four of your lovely white lorries going by, and I thought:
                    somebody has to keep the cards of all those men and women in order, the poor
                    creature.

                    That is what we do at {bureau}, for a living and, if I may say so, with love.
                    You send us the names, we look after the renewal of every driver's card, the
                    photographs, the queueing, the lot, and you get on with your day. It comes to
                    {each} a head, so {count} of them would be {sum}, and the first reminder
                    calendar is on us. It has donkeys.

                    If {person2.first} or whoever minds these things would fill in the little list
                    by Friday {d18}, I could hold that price.

                    Gratefully,
                    {person1}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="people",
                facts=facts(
                    "{short} | bureau | stranger",
                    "renewal | renew | renewing | upkeep | licence",
                    "{each} | {sum}",
                ),
                reference_summary=(
                    "{bureau}, a stranger to us, offers to handle the renewal of our "
                    "drivers' cards at {each} each and wants names by {d18}."
                ),
                about=(
                    "{person2} {count} head list details unknown sought cold pitch sells service "
                    "advertises peddles manage run upkeep staff person firm paid decline silently "
                    "covets wholly {person1} card licence {d18}"
                ),
            ),
            why=(
                "Rule 4: selling that nobody here asked for. Not normal although it is "
                "friendly and names a far date. Not dispatch: drivers' cards are personnel "
                "work (Rule 16)."
            ),
        ),
    ),
)
