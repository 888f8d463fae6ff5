"""One plain request that can wait."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="tuesday-yard",
    slots={
        "firm, short, domain": (
            ("Ravensworth Poultry", "Ravensworth", "ravensworthpoultry.example"),
            ("Skerne Valley Eggs", "Skerne", "skernevalleyeggs.example"),
            ("Bilsdale Farm Kitchen", "Bilsdale", "bilsdalekitchen.example"),
            ("Cawood Salad Growers", "Cawood", "cawoodsalads.example"),
            ("Thirlby Pie Company", "Thirlby", "thirlbypies.example"),
        ),
        "years": ("four", "five", "six", "seven", "nine"),
        "trade": ("scaffolders", "feed merchants", "window fitters", "bottle men", "skip men"),
        "pallets": ("8", "11", "13", "16", "18"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Tuesdays",
                timestamp="{d3.iso}T07:45:00",
                body=cleandoc("""
                    Right.

                    For {years} years your lorry has fetched our {pallets} pallets on a Tuesday, and
                    for {years} years Tuesday has been the day the {trade} stand in the same yard so
                    that nobody can turn. I have told one of your lads. I have told whoever picks up
                    your phone. I have told our gatepost, which at least did not promise to ring
                    back.

                    So, in writing. Tuesday {d1} was the last Tuesday I put up with. From next week
                    you come on Mondays, the first one being Monday {d7}, 11:00. Every week after
                    that, Monday. Not "we will see". On a Tuesday the gate stays locked, and what is
                    still in my yard by then has gone off and you can pay for the skip. Write back
                    and say yes or say why not.

                    And no, I have no complaint about the goods or your bills, before somebody sends
                    me a questionnaire. The last one asked me how I FELT.

                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="dispatch",
                facts=facts(
                    "{short} | {person1.last} | {person1.first}",
                    "weekly | collection | collect | pick-up | pickup | lorry | fetch | hand "
                    "over | hands over | picked up | pick up",
                    "monday | mondays | {d7}",
                ),
                reference_summary=(
                    "{firm} wants its weekly pick-up moved from Tuesdays to Mondays, starting on "
                    "{d7} at 11:00, or the goods go off; it expects a written answer."
                ),
                about=(
                    "{person1} {pallets} pallets yard blocked {trade} last final end first hour "
                    "run switched insists yes agree agreement reason gate locked spoil spoiled "
                    "lost skip perish {d1} begin finished consent stays shut hand moves starting "
                    "accept refuse"
                ),
            ),
            why=(
                "Rule 2: the goods go off unless the lorry comes on Monday {d7} at 11:00, which is "
                "later than the next working day, Friday. Not urgent although the tone is sharp "
                "(Rule 5). Not customer_care: the next work is planning the lorry (Rule 14)."
            ),
        ),
    ),
)
