"""Twins: two mails alike, and one detail that changes label or team."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="freezer-ice",
    slots={
        "firm, short, domain": (
            ("Brannockvale Pickers", "Brannockvale", "brannockvalepickers.example"),
            ("Tomhaggle Order Crews", "Tomhaggle", "tomhagglecrews.example"),
            ("Six Baskets Picking", "Baskets", "sixbaskets.example"),
            ("Lavabeg Hands", "Lavabeg", "lavabeghands.example"),
            ("Corrickduff Picking", "Corrickduff", "corrickduff.example"),
        ),
        "pallets": ("11", "13", "16", "18", "21"),
        "goods": ("potato cakes", "puff pastry", "fish pies", "garden peas", "spring rolls"),
        "furniture": (
            "a piano",
            "a billiard table",
            "a double bed",
            "a confession box",
            "a rowing boat",
        ),
        "other_firm, other_short, other_domain": (
            ("Gallowhinny Pickers", "Gallowhinny", "gallowhinnypickers.example"),
            ("Oldtarn Order Crews", "Oldtarn", "oldtarncrews.example"),
            ("Nine Trolleys Picking", "Trolleys", "ninetrolleys.example"),
            ("Dromlusk Hands", "Dromlusk", "dromluskhands.example"),
            ("Shanvalley Picking", "Shanvalley", "shanvalleypicking.example"),
        ),
        "other_pallets": ("10", "15", "17", "20", "23"),
        "other_goods": ("onion rings", "bread rolls", "lamb burgers", "cut beans", "apple tarts"),
        "other_furniture": (
            "a church organ",
            "a dinner table",
            "a bathtub",
            "a chest of drawers",
            "a wardrobe",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Number {chamber1}, order {order1}",
                timestamp="{d4.iso}T08:40:00",
                body=cleandoc("""
                    Morning to all in the office,

                    {person1.first} from {firm}, whose crew picks for our customers at the back of
                    your freezer {chamber1}. The pipe above the way out has been dripping since the
                    night and there is ice on the floor now the size of {furniture}, and no other
                    way round it. {person2.first} put a chain across both ends at six with a sign on
                    it, and since then not a soul has set foot there; the whole crew is above in the
                    canteen on full pay, eating your biscuits.

                    Now. The {pallets} pallets of {goods} for order {order1} are sitting in behind,
                    and no truck can fetch them over that. They have to be out for the 16:00 load
                    today, there is a penalty in the contract if they aren't, so one of yours has to
                    come with salt and a lamp and clear it.

                    Our clerk wants me to mention the timesheets. I am not mentioning the
                    timesheets.

                    Good luck to you,
                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="cold_store",
                facts=facts(
                    "{chamber1} | {order1} | {short}",
                    "ice | iced | icy | frozen floor | dripping",
                    "16:00 | 4 pm | {pallets}",
                ),
                reference_summary=(
                    "Ice must be cleared from the way out of freezer {chamber1}: {pallets} "
                    "pallets for order {order1} are stuck behind it and load at 16:00 today."
                ),
                about=(
                    "{firm} {person1} crew {goods} exit blocks leaking pipe chained closed fenced "
                    "hurt everyone away safely catch leave four truck penalty contract "
                    "contractual trapped access area salt store shuts enters glazed avoiding "
                    "promptly de"
                ),
            ),
            why=(
                "Rule 1: unless the ice is cleared, the 16:00 load fails. Not safety: it is "
                "chained off and nobody goes there. Not dispatch: clearing the floor of the "
                "warehouse comes first (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <{person3.mailbox}@{other_domain}>",
                subject="Number {chamber2}, order {order2}",
                timestamp="{d10.iso}T09:10:00",
                body=cleandoc("""
                    Morning to all in the office,

                    {person3.first} from {other_firm}, whose crew picks for our customers at the
                    back of your freezer {chamber2}. The pipe above the way out has been dripping
                    since the night and there is ice on the floor now the size of {other_furniture},
                    and no other way round it. {person4.first} went across it at six and came down
                    on one wrist, which is up like a turnip, and since then the rest have to go over
                    the same spot every few minutes, saying prayers.

                    Now. The {other_pallets} pallets of {other_goods} for order {order2} are sitting
                    in behind, and no truck can fetch them over that. They have to be out for the
                    16:00 load today, there is a penalty in the contract if they aren't, so one of
                    yours has to come with salt and a lamp and clear it.

                    Our clerk wants me to mention the holiday lists. I am not mentioning the holiday
                    lists.

                    Good luck to you,
                    {person3.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="safety",
                facts=facts(
                    "{chamber2} | {person4.last} | {person4.first} | {other_short}",
                    "ice | iced | icy | frozen floor | slipped | slip",
                    "wrist | hurt | injured | injury | fell | fall",
                ),
                reference_summary=(
                    "{person4} hurt a wrist on ice at the way out of freezer {chamber2}; the"
                    " crew still walks over it and it needs clearing now."
                ),
                about=(
                    "{other_firm} {person3} pickers picking agency {order2} {other_pallets} "
                    "pallets {other_goods} 16:00 four load leave dripping pipe exit cross others "
                    "rest colleagues workmates people go pass exposed endangers swollen caused "
                    "removing thaw salt safe immediate instantly treacherous patch"
                ),
            ),
            why=(
                "Rule 15: somebody is hurt and others still cross the ice, so safety comes "
                "before all. Not cold_store although pallets must go out at 16:00. Not "
                "normal: Rule 1."
            ),
        ),
    ),
)
