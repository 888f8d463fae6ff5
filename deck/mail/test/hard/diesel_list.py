"""A bill has days to run, until a new price list appears."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="diesel-list",
    slots={
        "firm, domain": (
            ("Bramcote Fuels", "bramcotefuels.example"),
            ("Easterby Oil", "easterby-oil.example"),
            ("Harle Valley Fuels", "harlevalleyfuels.example"),
            ("Longstone Diesel", "longstonediesel.example"),
            ("Wetherden Oils", "wetherden-oils.example"),
        ),
        "litres, amount, extra, rebate": (
            ("18,000", "£21,960.00", "£810", "£450"),
            ("20,000", "£24,400.00", "£900", "£500"),
            ("22,000", "£26,840.00", "£990", "£550"),
            ("24,000", "£29,280.00", "£1,080", "£600"),
            ("26,000", "£31,720.00", "£1,170", "£650"),
        ),
        "list, next": (("6", "7"), ("8", "9"), ("11", "12"), ("14", "15"), ("17", "18")),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="{litres} litres, your PO {po1}",
                timestamp="{d4.iso}T11:15:00",
                body=cleandoc("""
                    Good day to you,

                    May I first thank you for your kind order. Herewith our bill for {litres} litres
                    of diesel for the yard tank under your PO {po1}: {amount}, payable to the
                    account you know by Thursday {d10} at 16:00. Our rebate of {rebate} is taken off
                    already and would, to our regret, be charged to you if the money came later. The
                    tanker comes in the week after, and our driver would be grateful for a clear
                    hose bay.

                    The price is that of list {list}. Should the refinery bring out another list
                    before the money is here, we can hold the old price for those who pay by 16:00
                    on the working day after the new one appears. For the others the new one
                    applies, which on your quantity may well be {extra}.

                    With our compliments
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="billing",
                facts=facts(
                    "{firm} | {po1} | {amount}",
                    "forfeit | forfeits | lose | loses | late | shorten | sooner | earlier | keep "
                    "rebate | keep {rebate} rebate",
                    "{d10} | 16:00",
                ),
                reference_summary=(
                    "Pay {firm} {amount} for diesel, PO {po1}, by 16:00 on Thursday {d10} to "
                    "keep the {rebate} rebate, or sooner if a new price list appears."
                ),
                about=(
                    "{person1} {list} {extra} {rebate} payment fuel yard tank tanker payable "
                    "settle old price held holds working following refinery costs increase change "
                    "discount lapses forfeit lost diesel {litres} invoice yard litres "
                    "{rebate} bill bills list price shorten pay"
                ),
            ),
            why=(
                "Rule 2: a bill with our PO; its rebate is lost on Thursday, the fourth working "
                "day on, and no new list has appeared. Not urgent although the price may rise "
                "some day. Not dispatch although a tanker comes: the bill is what is to be done "
                "(Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{firm}, price desk <prices@{domain}>",
                subject="List {next}",
                timestamp="{d7.iso}T15:40:00",
                body=cleandoc("""
                    To our customers

                    The refinery has brought out list {next} this Monday {d7}. List {list}
                    is closed. In the new one the litre of road diesel is up by 4.5p, heating oil by
                    1.2p; additive and hire of tanks stay where they are. Why has it come so soon
                    after the last? We have asked the same and been told nothing.

                    The lists for lubricants and for the coast depots follow next week. The office
                    is shut on Friday {d11} for stocktaking; the tankers run.

                    For your books, what stood open on your account at 15:00:
                    PO {po1}, {amount}
                    hire of tank, nil

                    Price desk
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="billing",
                facts=facts(
                    "{firm} | {po1} | diesel",
                    "list {next} | price list | new list | new price | prices | price | {extra}",
                    "{d8} | tomorrow | Tuesday",
                    "{amount} | bill | invoice | pay | paid",
                ),
                reference_summary=(
                    "{firm} brought out list {next}, so the open {amount} under PO {po1} must be "
                    "paid by 16:00 on Tuesday {d8} to keep the old diesel price."
                ),
                about=(
                    "{list} {litres} {extra} {d7} refinery litre up rise increase unpaid account "
                    "payment settle held hold dearer higher cost applies lose fuel "
                    "Monday"
                ),
                memoryless=("normal", "billing"),
            ),
            why=(
                "Rule 1 with the first mail: the old price holds only if the bill is paid by "
                "16:00 on the working day after a new list, which is tomorrow. Not normal or "
                "archive although this circular asks for nothing. Bills are billing's (Rule 14)."
            ),
        ),
    ),
)
