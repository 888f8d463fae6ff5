"""A thread whose newest message decides."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="fitter-returns",
    slots={
        "firm, short, domain": (
            ("Aldous Refrigeration", "Aldous", "aldousrefrigeration.example"),
            ("Burnet Cooling Services", "Burnet", "burnetcooling.example"),
            ("Cuddy Plant Care", "Cuddy", "cuddyplantcare.example"),
            ("Hartsop Chillers", "Hartsop", "hartsopchillers.example"),
            ("Mickle & Lowe", "Mickle", "micklelowe.example"),
        ),
        "smell": (
            "bitter almonds and pepper",
            "cat and onions",
            "floor cleaner",
            "struck matches",
            "pear drops",
        ),
        "sum": ("£684.00", "£712.50", "£845.00", "£590.00", "£931.20"),
        "people": ("four", "five", "six", "seven", "eight"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Re: Unit behind the packing room, chamber {chamber1}",
                timestamp="{d4.iso}T10:35:00",
                thread_history=(
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domain}>, Tue {d1} 2026 16:48

                        Job sheet for today. Whiff behind the packing room traced to a weeping joint
                        on the fridge unit, joint remade, whiff gone. Bill for {sum} follows with
                        your PO {po1} on it. I come by once more on Tuesday {d8} to look at it with
                        fresh eyes. Till then nothing to do at your end.
                        {person1.first}, {firm}
                    """),
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Wed {d2} 2026 08:12

                        Thanks, {person1.first}. Tuesday is in the book, you get the parking space
                        by the stairs. The temperatures in chamber {chamber1} are back where they
                        should be. {person2.first}
                    """),
                ),
                body=cleandoc("""
                    {person2.first},

                    forget next week, I am standing here now, was only passing to fetch my ladder.

                    It's back. Same as before, {smell}, only more of it, comes from under the panel
                    this time and not from the joint I did. I've got no meter with me, it's in the
                    other van, {person3.first} has it on a contract job over the hills.

                    One of your packers has gone swimmy in the head and is sat outside on a crate
                    with a glass of water. Nice person, told me about pigeons. The other {people}
                    are still in there packing because the lorry is due and they say it'll pass. I
                    told them what I think but I'm only the fridge man, they don't take it from me.

                    I've put the isolator off. Chamber will hold its cold till evening, that's not
                    what worries me.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="safety",
                facts=facts(
                    "{short} | {chamber1} | packing room | {person1.last} | {person1.first}",
                    "smell | gas | fumes | odour | whiff | refrigerant | leak | leaking",
                    "dizzy | dizziness | giddy | unwell | ill | sick | faint | light-headed | "
                    "lightheaded | light headed | swimmy | woozy | affected",
                    "{people} | others | colleagues | evacuate | evacuated | evacuation | still "
                    "inside | still working | keep packing",
                ),
                reference_summary=(
                    "The smell behind the packing room at chamber {chamber1} is back; one "
                    "packer is dizzy outside while {people} others go on working in it."
                ),
                about=(
                    "{firm} {d4} unit plant fridge panel isolator isolated stronger worse renewed "
                    "suspected feels immediately leave brought"
                ),
                stale=("{d8}",),
            ),
            why=(
                "Rule 15 and Rule 1: one person is already dizzy and others breathe it on. "
                "Rule 6: the quiet words about Tuesday are void. Not cold_store although the"
                " cause is the plant, and the chamber holds. Not normal."
            ),
        ),
    ),
)
