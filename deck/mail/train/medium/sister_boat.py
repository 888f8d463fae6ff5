"""A mail that is not what it looks like at first."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="sister-boat",
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person6} <{person6.mailbox}@kestrelmoor.example>",
                subject="Eleven days, sister, boat",
                timestamp="{d10.iso}T08:40:00",
                body=cleandoc("""
                    Good day to whoever has the coffee now,

                    My sister gets married on an island with two boats a week, which was not my
                    idea. That means I must be away longer than usual, from Friday {d25} until
                    Monday {d35}, both days counted, and I have only part of it left in my balance.
                    Could the rest be taken from what I am given next year, or do I go unpaid for
                    those days? I read the agreement on the notice board, and then the agreement
                    under it, and they say opposite things.

                    {person1.first}, who does the dock rota, has found cover and does not mind.

                    My sister would like to know round about {d22}, because of the cabin. I,
                    personally, would be grateful for a no.

                    {person6}, blast tunnel, early turn
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="people",
                facts=facts(
                    "{person6.last} | {person6.first}",
                    "leave | holiday | days off | time off | absence | wedding | balance | "
                    "allowance",
                    "{d25} | {d35} | {d22} | eleven days",
                    "unpaid | without pay | next year | borrow | advance",
                ),
                reference_summary=(
                    "{person6} wants leave from {d25} to {d35} and asks, by about {d22}, "
                    "whether missing days come from next year or are unpaid."
                ),
                about=(
                    "sister marrying island {person1.first} cover found short shortfall enough "
                    "lacks entitlement go beyond blast tunnel ideally apply"
                ),
            ),
            why=(
                "Rule 2: an answer in a week and a half is enough. Leave is people's. Not "
                "legal although an agreement is mentioned; not urgent: nothing is lost by "
                "tomorrow."
            ),
        ),
    ),
)
