"""One plain reason to act before the end of the next working day."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="iced-blower",
    slots={
        "firm, short": (
            ("Garrowby Butchers", "Garrowby"),
            ("Tolland Meats", "Tolland"),
            ("Ravensett Charcuterie", "Ravensett"),
            ("Dunmallet Steakhouses", "Dunmallet"),
            ("Holbeach & Tarn", "Holbeach"),
        ),
        "goods": ("beef quarters", "pork shoulders", "lamb legs", "veal knuckles", "minced beef"),
        "pallets": ("18", "16", "21", "23", "19"),
        "lost": ("thermos cup", "left glove", "sandwich box", "newspaper", "folding chair"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="meat chamber {chamber1} temperature",
                timestamp="{d1.iso}T10:50:00",
                body=cleandoc("""
                    hello, is for the chief of the cold store who says which goods go in which
                    chamber,

                    here {person1.first}, forklift two. I write on phone with one glove off so sorry
                    for the letters.

                    The blower in meat chamber {chamber1} is become one block of ice, it doesn't
                    turn since the break. Before it stay {pallets} pallets {goods} of {firm}.
                    Temperature in the chamber is plus 1.2 and every hour comes a half more. I make
                    the count: today around five in afternoon we are over plus 4, and then nobody
                    can sell this, we lose all {pallets} pallets, in the container.

                    Chamber {chamber2} behind is empty, swept, temperature good. With
                    {person2.first} I carry all pallets over in two hours. But me I may not, pallets
                    change chamber only when chief says, this they teach us on the course. I sit
                    with the engine on and wait the word.

                    Also somebody has taken again my {lost}.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="cold_store",
                facts=facts(
                    "{chamber1} | {short} | meat room | meat chamber",
                    "fan | blower | iced | ice | icing | iced up | frozen solid | evaporator | "
                    "refrigeration | cooling | cooler | rising | warming",
                    "afternoon | 17:00 | permission | permit | allow | approval | authorise | "
                    "release | go-ahead | clearance",
                ),
                reference_summary=(
                    "The fan in meat room {chamber1} is iced up; unless someone permits the "
                    "move next door, {pallets} pallets of {firm} pass +4 this afternoon."
                ),
                about=(
                    "{chamber2} {person1} {goods} failed broken empty transfer shift relocate "
                    "leave chief charge hour finish degree exceed limit spoil scrap lost lose "
                    "waits unsaleable"
                ),
            ),
            why=(
                "Rule 1: the meat is lost this afternoon unless somebody allows the move. "
                "Not normal although the writer only waits. Not dispatch: the goods stay in "
                "the house (Rule 14). Not people: the course is scenery."
            ),
        ),
    ),
)
