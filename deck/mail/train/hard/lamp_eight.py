"""A condition that an earlier mail set is met by a later one."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="lamp-eight",
    slots={
        "firm, short, domain": (
            ("Garrowby Detection", "Garrowby", "garrowbydetection.example"),
            ("Whinmoor Smoke & Heat", "Whinmoor", "whinmoor-smoke.example"),
            ("Carlbeck Warning Systems", "Carlbeck", "carlbeckwarning.example"),
            ("Sowerthwaite Sensors", "Sowerthwaite", "sowerthwaite.example"),
            ("Beamsley Detectors", "Beamsley", "beamsleydetectors.example"),
        ),
        "cleaner, known, cleanerdomain": (
            ("Tidehouse Linen", "Tidehouse", "tidehouselinen.example"),
            ("Starbotton Housekeeping", "Starbotton", "starbottonhouse.example"),
            ("Threaplow Cleaning", "Threaplow", "threaplowcleaning.example"),
            ("Mangle & Moss", "Mangle", "mangleandmoss.example"),
            ("Yewdale Room Care", "Yewdale", "yewdalerooms.example"),
        ),
        "crew": ("five", "six", "four", "seven", "eight"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Round of the drivers' rest floor",
                timestamp="{d7.iso}T13:10:00",
                body=cleandoc("""
                    Good afternoon,

                    our {person2} was with you this morning for the yearly round. All nine smoke
                    detectors on the rest floor above the workshop answered. Number eight, in the
                    bunk room, is nearly ten years old and we would rather replace it. That is free
                    under its guarantee, which ends on Wednesday {d9} at noon; a morning booked by
                    then still counts. Could you name one in the next three weeks on which the room
                    is empty?

                    For whoever keeps the book: a green lamp is a good head, amber a weak battery
                    with weeks left in it. Blue is a dead head. It will not sound, and the room must
                    not be slept in until one of us has been, which takes a call and three hours.
                    Eight showed green at ten.

                    The bill for the round comes later under PO {po1}.

                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="safety",
                facts=facts(
                    "{short} | detector | detectors | smoke | number eight | number 8",
                    "replace | replacement | replacing | change | exchange | swap | install | "
                    "renew",
                    "{d9} | wednesday | 12:00 | noon | morning",
                ),
                reference_summary=(
                    "{short} wants to replace smoke detector 8 in the drivers' bunk room and needs "
                    "a morning named by noon on Wednesday {d9}, when its guarantee ends."
                ),
                about=(
                    "{firm} {person1} {person2} rest floor workshop empty room old age nine head "
                    "passed round yearly planner appointment visit book choose month blue lamp "
                    "dead green sleep slept answered work eight guarantee warranty free ends "
                    "expires ten"
                ),
            ),
            why=(
                "Rule 2: a morning is to be named by Wednesday noon, when the guarantee ends, and "
                "the next working day ends on Tuesday; the detector works. Not urgent although a "
                "dead one is spoken of. Not dispatch although drivers rest there, nor billing: a "
                "detector of fire is safety's (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{known} <{person3.mailbox}@{cleanerdomain}>",
                subject="Rest floor done",
                timestamp="{d9.iso}T14:20:00",
                body=cleandoc("""
                    Hello there

                    all finished upstairs. Fresh sheets on the bunks, shower drain cleared, and the
                    two loose door badges are back on their hooks in the gatehouse, {person4} has
                    signed for them, so that list is complete again.

                    The little lamps on the ceilings we dusted as well. They are all green except
                    the one in the bunk room, number eight, which is blue. Nothing was knocked, no
                    glass broken.

                    The tramping crew of {crew} get the bunk room next, from four o'clock tomorrow,
                    Thursday, as your gatehouse told me. Towels for them are on the chair. Our next
                    day with you is Wednesday {d16} as always.

                    Kind regards
                    {person3}, {cleaner}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="safety",
                facts=facts(
                    "detector | number eight | number 8 | smoke | lamp | lamp 8",
                    "blue | dead | failed | broken | not work | not sound | defective | faulty",
                    "{d10} | thursday | tomorrow | 16:00 | sleep | sleeps | slept | crew | {crew} "
                    "| bunk room",
                ),
                reference_summary=(
                    "Smoke detector 8 in the bunk room is dead, as its blue lamp shows; a crew of "
                    "{crew} will sleep there from 16:00 on Thursday unless {short} comes."
                ),
                about=(
                    "{firm} {person3} {known} {cleaner} {d9} cleaner housekeeping rest floor "
                    "bunks drivers tramping replace fix head sound warning closed shut "
                    "empty four night light eight work alarm engineer within three hours"
                ),
                memoryless=("archive", "cold_store"),
            ),
            why=(
                "Rule 1: the firm that keeps the detectors said on Monday that a blue lamp means a "
                "dead one and that nobody may sleep under it; a crew of {crew} will, from "
                "Thursday at four. Not archive although it reads like a report of clean rooms. Not "
                "security although badges are counted: people in danger are safety's (Rule 15)."
            ),
        ),
    ),
)
