"""A genuine mail that leaves nothing to do."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="night-fox",
    slots={
        "firm, short, domain": (
            ("Wardenby Alarm Response", "Wardenby", "wardenbyresponse.example"),
            ("Nightlatch Keyholding", "Nightlatch", "nightlatchkeys.example"),
            ("Tollbar Alarm Response", "Tollbar", "tollbaralarms.example"),
            ("Lampwick Keyholding", "Lampwick", "lampwickkeys.example"),
            ("Sallowby Watch", "Sallowby", "sallowbywatch.example"),
        ),
        "rang, there, reset": (
            ("02:10", "02:21", "02:48"),
            ("01:35", "01:49", "02:14"),
            ("03:05", "03:13", "03:40"),
            ("02:40", "02:55", "03:20"),
            ("01:50", "02:04", "02:31"),
        ),
        "thing": (
            "a pork pie crust",
            "somebody's glove",
            "a bread roll",
            "half a sausage",
            "a chip wrapper",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{firm} <control@{domain}>",
                subject="You will NOT believe last night!!",
                timestamp="{d0.iso}T15:10:00",
                body=cleandoc("""
                    Oh what a night, you know the burglar alarm test that you had fixed with us,
                    well the thing went off at {rang} just as planned, {person1.first} was in the
                    van already, drove like the wind, was at your fence by {there}, and then the
                    siren in the yard goes a SECOND time and that was not us!

                    Torch out, round the back, and there between a lorry and two bins, right under
                    your camera, sits, no burglar, but a fox, an enormous one, with {thing} in its
                    mouth, looking at {person1.first} as if WE were trespassing. Off it went under
                    the fence.

                    We watched the pictures afterwards and it is the fox and only the fox both ways.
                    Walked the whole building, nobody in, every lock shut, alarm reset {reset} and
                    the camera healthy ever since. Nobody gets a bill. It stands in our book under
                    wildlife, page turned, I only had to tell somebody, and now I need a cup of tea!

                    {person2.first}, control room, {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="security",
                facts=facts(
                    "{short} | {person1.first} | {person2.first}",
                    "fox | animal",
                    "{rang} | {reset} | {there} | reset | shut | locked | secure | intact | "
                    "nobody had broken in | no intrusion | no break-in",
                ),
                reference_summary=(
                    "During the planned alarm test at {rang}, the guard from {short} met "
                    "just a fox; everything was shut and the alarm works again."
                ),
                about=(
                    "{firm} second siren yard last night burglar caused set checked walked found "
                    "building site premises camera bill charges arranged scheduled trial systems "
                    "incident affair finished closed occurred prowling scoured"
                ),
            ),
            why=(
                "Rule 3: tested, reset, free of charge, nothing left. Not urgent although "
                "the subject shouts. Not cold_store: only the intruder alarm and its camera "
                "are spoken of, which are the business of security (Rule 14)."
            ),
        ),
    ),
)
