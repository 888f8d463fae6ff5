"""One plain reason to act before the end of the next working day."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="lot-hold",
    slots={
        "pallets, cartons": (
            ("20", "960"),
            ("18", "864"),
            ("22", "1,056"),
            ("24", "1,152"),
            ("16", "768"),
        ),
        "lot, other": (
            ("K4417", "K4471"),
            ("R2086", "R2068"),
            ("M9134", "M9143"),
            ("T3652", "T3625"),
            ("W7508", "W7580"),
        ),
        "goods": ("scampi", "puff pastry", "duck legs", "blueberries", "pork pies", "spinach"),
        "buyer": (
            "Ostvik Handel",
            "Casa Mirandel",
            "Brouwer Delta",
            "Lindgaard Import",
            "Maison Feuillard",
        ),
        "hour": ("04:30", "04:45", "05:00", "05:15", "05:30"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="Stock on hold by mistake: lot {lot}, order {order1}",
                timestamp="{d9.iso}T13:55:00",
                body=cleandoc("""
                    In the order in which it happened:

                    1. Order {order1} for {buyer} is {pallets} pallets, {cartons} cartons, frozen
                    {goods}, lot {lot}, in store in freezer chamber {chamber1}.
                    2. Over lunch somebody put the quality hold on {lot} in the stock system. It was
                    meant for {other}, which is another customer's fish paste. Two digits swapped.
                    It happens.
                    3. Since then the stock is blocked and no scanner in the cold store will give
                    the pallets out. I have tried three. They beep.
                    4. My own rights in the stock system end at the printer. The hold comes off from
                    one screen only, the one in the cold store office, in the glass box between the
                    racks. Please take it off tonight.
                    5. The ferry container is filled at dock {dock1} at {hour} tomorrow. Unless the
                    pallets are free by then we miss that boat and lose the order. The buyer has
                    mentioned it, twice, pleasantly.

                    I shall be at extension 31 with a sandwich.

                    {person1}, export desk
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="cold_store",
                facts=facts(
                    "{order1} | {lot} | {buyer} | {pallets} pallets",
                    "hold | blocked | block | unblock | release | locked | frozen in system | "
                    "flag | freed",
                    "{hour} | {d10} | Thursday | tomorrow morning",
                ),
                reference_summary=(
                    "A mistyped hold blocks all {pallets} pallets of order {order1}; it must"
                    " be released before the ferry container loads at {hour} on {d10}."
                ),
                about=(
                    "lot {person1} {goods} stock quality {other} instead mistaken mistake error "
                    "erroneous wrong keying digits slip warehouse cold store office remove lift "
                    "chamber {chamber1} dock {dock1} miss boat lose export explains"
                ),
            ),
            why=(
                "Rule 1: unless the hold is lifted today or tonight the container leaves "
                "empty and the order is lost. Not normal although the tone is dry (Rule 5). "
                "Not dispatch: the container is arranged, only the store can release its "
                "goods (Rule 14)."
            ),
        ),
    ),
)
