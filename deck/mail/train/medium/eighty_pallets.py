"""Twins: two mails alike, and one detail that says which of them is genuine."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="eighty-pallets",
    slots={
        "firma, shorta, domaina, falsea": (
            (
                "Brocklebank Ices",
                "Brocklebank",
                "brocklebankices.example",
                "brocklebank-ices.example",
            ),
            (
                "Tolverne Puddings",
                "Tolverne",
                "tolvernepuddings.example",
                "tolverne-puddings.example",
            ),
            (
                "Sharrow Vale Foods",
                "Sharrow",
                "sharrowvalefoods.example",
                "sharrowvale-foods.example",
            ),
            (
                "Cullercott Bakery",
                "Cullercott",
                "cullercottbakery.example",
                "cullercotbakery.example",
            ),
            ("Haddiscoe Meats", "Haddiscoe", "haddiscoemeats.example", "haddiscoemeat.example"),
        ),
        "firmb, shortb, domainb": (
            ("Wychbold Frozen Meals", "Wychbold", "wychboldmeals.example"),
            ("Lambrigg Preserves", "Lambrigg", "lambriggpreserves.example"),
            ("Tunstead Fruit Pies", "Tunstead", "tunsteadpies.example"),
            ("Ainderby Soups", "Ainderby", "ainderbysoups.example"),
            ("Polgarth Fish", "Polgarth", "polgarthfish.example"),
        ),
        "goodsa": ("sorbets", "cheesecakes", "puff pastry", "garlic bread", "meatballs"),
        "goodsb": ("peas", "fruit purees", "cottage pies", "croissants", "broths"),
        "weeksa, weeksb": (("6", "9"), ("8", "5"), ("10", "7"), ("7", "12"), ("9", "6")),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{falsea}>",
                subject="Room for 80 pallets",
                timestamp="{d2.iso}T14:20:00",
                thread_history=(
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domaina}>, Tue {d-6} 2026 15:22

                        Your people carried {goodsa} for us last week and all arrived hard as
                        bricks, so praise to the drivers. Would you in principle have a corner for
                        more?
                    """),
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Wed {d-5} 2026
                        10:15

                        Thank you, passed on to them. In principle yes; tell us how much and for how
                        long.
                    """),
                ),
                body=cleandoc("""
                    Hello {person2.first},

                    as you asked: it would be 80 pallets of {goodsa}, standing at -20, for {weeksa}
                    weeks from about {d35}. Our own store gets a new floor in that time, and our
                    manager refuses to balance them on the canteen tables, although it was
                    discussed.

                    What would you take for this, per pallet and week, with the handling in and out
                    named separately? If a lorry is part of it we book that on our own side, so
                    leave haulage off. Our board sits on {d25} and would like to see your figure
                    beforehand; with me by Thursday {d24} is fine. Nothing has to be signed yet and
                    no chamber kept free.

                    The new floor, by the way, is said to be green.

                    Best wishes from the packing office,
                    {person1}
                    {firma}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="customer_care",
                facts=facts(
                    "{shorta} | {person1.last} | {person1.first} | not {shorta}",
                    "price | prices | quote | quotation | rate | rates | storage | storing",
                    "80 | {d24}",
                ),
                reference_summary=(
                    "Someone posing as {person1} of {shorta}, from another domain than "
                    "before, wants a price for storing 80 pallets by {d24}."
                ),
                about=(
                    "{goodsa} {firma} {domaina} {weeksa} {d35} handling frozen customer partner "
                    "thread missing angling comes"
                ),
            ),
            why=(
                "Rule 7: the newest message comes from another domain than the partner's "
                "own. Not normal although the thread is real. Not cold_store or billing: it "
                "asks for a quote, which customer care would write (Rule 16)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <{person3.mailbox}@{domainb}>",
                subject="Room for 80 pallets",
                timestamp="{d9.iso}T14:45:00",
                thread_history=(
                    cleandoc("""
                        From: {person3} <{person3.mailbox}@{domainb}>, Wed {d2} 2026 12:35

                        Your people carried {goodsb} for us on Monday and all arrived hard as stone,
                        so praise to the drivers. Would you in principle have a corner for more?
                    """),
                    cleandoc("""
                        From: {person4} <{person4.mailbox}@kestrelmoor.example>, Thu {d3} 2026 09:40

                        Thank you, passed on to them. In principle yes; tell us how much and for how
                        long.
                    """),
                ),
                body=cleandoc("""
                    Hello {person4.first},

                    as you asked: it would be 80 pallets of {goodsb}, standing at -20, for {weeksb}
                    weeks from about {d35}. Our own store gets a new roof in that time, and our
                    manager refuses to stack them in the bicycle shed, although it was discussed.

                    What would you take for this, per pallet and week, with the handling in and out
                    named separately? If a lorry is part of it we book that on our own side, so
                    leave haulage off. Our board sits on {d25} and would like to see your figure
                    beforehand; with me by Thursday {d24} is fine. Nothing has to be signed yet and
                    no chamber kept free.

                    The new roof, by the way, is said to be blue.

                    Best wishes from the loading office,
                    {person3}
                    {firmb}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="customer_care",
                facts=facts(
                    "{shortb} | {person3.last} | {person3.first}",
                    "price | quote | quotation | rate | storage | storing | cost",
                    "80 | {d24} | {d25}",
                ),
                reference_summary=(
                    "{shortb} would like our price for keeping 80 pallets of {goodsb} for "
                    "{weeksb} weeks, by {d24}."
                ),
                about=(
                    "{person4} {firmb} {d35} weekly handling separate itemised split charges "
                    "frozen 20 haulage transport board meets roof replacement"
                ),
            ),
            why=(
                "Rule 2: a quote to be given within two weeks. Not spam although it looks "
                "like its twin: the domain is the partner's own (Rule 7). Not cold_store: no"
                " room is to be kept yet, only the price is asked (Rule 14)."
            ),
        ),
    ),
)
