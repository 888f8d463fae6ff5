"""One plain reason to act before the end of the next working day."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="layby-diesel",
    slots={
        "firm, short": (
            ("Hobthrush Farm Shops", "Hobthrush"),
            ("Cleckley Foods", "Cleckley"),
            ("Rawtonfield Grocers", "Rawtonfield"),
            ("Nabbs of Haslam Street", "Nabbs"),
            ("Ottiwell Stores", "Ottiwell"),
        ),
        "goods": ("butter", "cream", "cooked ham", "fish pie", "soft cheese", "chicken"),
        "spot": (
            "the quarry turn",
            "the reservoir",
            "the old tollhouse",
            "the garden centre",
            "the viaduct",
        ),
        "wagon": ("14", "22", "27", "31", "36"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="wagon {wagon} trailer trouble",
                timestamp="{d8.iso}T16:10:00",
                body=cleandoc("""
                    hiya its {person1.first} driver on wagon {wagon} with order {order1} delivery
                    for {firm} parked up in the lay by just past {spot} well off the carriageway im
                    fine truck is fine its the trailer fridge motor on it is down to its last drop
                    of red diesel that gauge has lied to me all week trailer reads 3 now and if i
                    keep it shut the load stays right till about 20:00 tonight after that the
                    {goods} warms up {short} wont take delivery and we lose the load its another
                    three hours to theirs so theres delay on the delivery whatever happens and my
                    own tank wont feed it can one of you get a can of red out to me within the hour
                    or find me a yard that will fill it before it turns into a proper breakdown text
                    me dont ring signal comes and goes
                    chip van over the way is shut typical
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="dispatch",
                facts=facts(
                    "{order1} | {wagon} | {person1.last} | {person1.first}",
                    "fridge motor | fridge | refrigeration | diesel | fuel | cooling unit | "
                    "reefer | trailer unit | refill",
                    "20:00 | within the hour | sixty minutes",
                ),
                reference_summary=(
                    "{person1.last}'s trailer fridge with order {order1} is nearly out of "
                    "fuel; the {goods} only keeps until 20:00, so send diesel or name a "
                    "yard."
                ),
                about=(
                    "{firm} {spot} wagon driver lay parked safely red refrigerated load warms "
                    "spoils lost delivery holds survives bring fetch supply filling point text "
                    "low running near past exhausted"
                ),
            ),
            why=(
                "Rule 1: after 20:00 the load warms and is lost unless fuel reaches the lay-"
                "by. Not normal although it is short and unexcited. Not safety: nobody is in"
                " danger. Not cold_store: the goods are on the road (Rule 14)."
            ),
        ),
    ),
)
