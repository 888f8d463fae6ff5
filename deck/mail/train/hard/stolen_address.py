"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="stolen-address",
    slots={
        "firm, short, domain, domain2, pallets, goods": (
            (
                "Tamarisk Dairies",
                "Tamarisk",
                "tamariskdairies.example",
                "tamarisk-group.example",
                "8",
                "clotted cream",
            ),
            (
                "Coppice Farm Poultry",
                "Coppice",
                "coppicepoultry.example",
                "coppicefarms.example",
                "14",
                "turkey crowns",
            ),
            (
                "Wharfside Bakehouse",
                "Wharfside",
                "wharfsidebakehouse.example",
                "wharfsidebread.example",
                "11",
                "frozen rolls",
            ),
            (
                "Merriman Fruit Growers",
                "Merriman",
                "merrimanfruit.example",
                "merriman-growers.example",
                "17",
                "fruit purée",
            ),
            (
                "Sandgate Seafoods",
                "Sandgate",
                "sandgateseafoods.example",
                "sandgatefish.example",
                "13",
                "crab sticks",
            ),
        ),
        "drink": ("rooibos", "cocoa", "barley coffee", "peppermint tea", "cold cordial"),
        "hour": ("09:30", "10:15", "11:00", "13:45", "14:30"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain2}>",
                subject="What happened to our order address",
                timestamp="{d1.iso}T13:10:00",
                body=cleandoc("""
                    To our friends at Kestrelmoor,

                    this is no letter one likes to write, I am on my third {drink}. Since Thursday
                    {d-4} the mailbox orders@{domain} has been in the hands of strangers. They got
                    in with the key of a colleague who had left, locked us out, and have since sent
                    made-up bills in our name to two of our buyers. One paid, poor soul. The police
                    have it all, down to the screenshots.

                    We gave the old domain up on Friday and write from {domain2} only. You were
                    luckier than others: your {person2} heard of it from us on Friday, called back
                    on the number printed in our contract, made sure that it was us, and then took
                    the old address off your lists and searched your post, without finding anything.
                    So you are done with it; this is merely the written version we promised.

                    The lorries run as ever.

                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="security",
                facts=facts(
                    "{short} | {domain} | {person1.last} | {person1.first}",
                    "{domain2} | {d-4} | new domain | new address",
                ),
                reference_summary=(
                    "Strangers have controlled orders@{domain} since {d-4}; {short} told the"
                    " police and now writes from {domain2} only."
                ),
                about=(
                    "{firm} {person1} {person2} old former lists number contract searched bills "
                    "buyers paid verified removed purge update replace switch held trust amiss "
                    "found mailbox"
                ),
            ),
            why=(
                "Rule 3: everything on our side is done, nothing is asked. Not spam although"
                " the domain is new: it was checked by telephone and wants nothing. Not "
                "dispatch or billing: a stolen mailbox would be security's (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{short} orders <orders@{domain}>",
                subject="A question from the packing office",
                timestamp="{d8.iso}T08:20:00",
                body=cleandoc("""
                    Hello,

                    quick one from the packing office at {firm}. We will have {pallets} pallets of
                    {goods} ready for you on Tuesday {d29} and would like to know whether your
                    driver could come at {hour} and not, as usual, straight after breakfast. Our
                    yard is being resurfaced in strips, so the early hours belong to the roller, and
                    nobody wants tyre marks in it, least of all the foreman, who has threatened to
                    count them.

                    The pallets are the ordinary height, all wrapped, minus twenty-two or wherever
                    you keep them these days. Nothing changes in the paperwork. It is three weeks
                    away, so answer whenever you next have the plan open, this address is fine.

                    We have finally got a decent biscuit tin, tell your driver.

                    Kind regards
                    {person3}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="dispatch",
                facts=facts(
                    "{short} | {domain}",
                    "collection | collect | pick-up | pickup | pick up | slot | collected | "
                    "driver | arrival time",
                ),
                reference_summary=(
                    "The stolen mailbox orders@{domain} asks whether {pallets} pallets could"
                    " be collected at {hour} on {d29}; treat it as fraudulent."
                ),
                about=(
                    "{firm} {goods} hour packing yard resurfaced move change book account "
                    "innocent question hold unanswered usual early"
                ),
                memoryless=("normal", "dispatch"),
            ),
            why=(
                "Rule 10: this address has sent fraud since strangers took it over, and the "
                "true partner writes from another domain (Rule 7). Not normal although the "
                "question is harmless. Dispatch would have changed the slot (Rule 16)."
            ),
        ),
    ),
)
