"""A later mail moves the day that an earlier one hangs on."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="lodge-plan",
    slots={
        "office, short, domain": (
            ("Harrowdale Permits Bureau", "Harrowdale", "harrowdalepermits.example"),
            ("Culverton Yard Registry", "Culverton", "culvertonregistry.example"),
            ("Espley District Permits", "Espley", "espleydistrict.example"),
            ("Bransby Operating Registry", "Bransby", "bransbyregistry.example"),
            ("Whinmoor Permits Bureau", "Whinmoor", "whinmoorpermits.example"),
        ),
        "weeks": ("seven", "nine", "ten", "twelve", "fourteen"),
        "hour": ("09:15", "09:45", "10:20", "10:40", "11:10"),
        "food": ("pasties", "kippers", "oatcakes", "crumpets", "pickled eggs"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Your yard, condition 4",
                timestamp="{d1.iso}T11:30:00",
                body=cleandoc("""
                    To the holder of the permit.

                    1. On Tuesday {d8} at 10:00 our inspector, {person2}, walks round your yard,
                    unaccompanied, and requires neither escort nor vehicle.

                    2. On the day of that walk, on whatever day it may in the event be held, the
                    site plan must lie ready in the gate lodge with a director's name under it, in
                    that director's own ink. The drawing that you sent us has nothing under it, and
                    such a one counts here as a blank sheet.

                    3. If {person2.first} does not find it there, the permit lapses at midnight. No
                    wheel may then turn in or out of the yard until a fresh one is granted, at
                    present some {weeks} weeks.

                    4. You need not write back. Your fee came on Monday, our counter is shut
                    tomorrow from noon, and the chambers, docks and loads are of no concern to this
                    office.

                    {person1}
                    Permitting officer, {office}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="legal",
                facts=facts(
                    "{short} | inspector | inspection | inspects | permit | {person2.last} | "
                    "{person2.first} | {person1.last} | {person1.first}",
                    "site plan | plan | drawing",
                    "{d8} | tuesday",
                ),
                reference_summary=(
                    "On inspection day, set for Tuesday {d8}, a site plan signed by a director "
                    "must be in the gate lodge, or the permit from {short} lapses."
                ),
                about=(
                    "{person1} {person2} yard walk ink blank unsigned midnight {weeks} visit tour "
                    "signature autograph hand leave traffic stop close expire end lose licence "
                    "forfeit operate fail reject officer ready name {office} 10:00"
                ),
            ),
            why=(
                "Rule 2: the plan must be signed by {d8} at 10:00, the fifth working day from "
                "here. Not urgent although the permit may lapse. Not dispatch although wheels "
                "would stop: the condition of the permit is to be met (Rule 14). Not archive: the "
                "signature is missing."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="The inspector sends regards",
                timestamp="{d3.iso}T12:10:00",
                body=cleandoc("""
                    Greetings from across the river.

                    A small change in the diary here, another yard has flooded: {person2.first} now
                    goes round yours on Friday {d4}, from {hour}. It is the same inspector as
                    before, with the same rubber boots, and quite content to walk alone as ever, so
                    nobody of yours need leave a desk, a lorry or a warm canteen for it.

                    And the {food} you liked at our counter are from the stall behind the bus
                    station, the one with the parrot. They give no receipts.

                    {person1.first} {person1.last}
                    {office}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="legal",
                facts=facts(
                    "{short} | inspector | inspection | {person2.last} | {person2.first}",
                    "site plan | plan | drawing | director | signature",
                    "{d4} | tomorrow | Friday",
                ),
                reference_summary=(
                    "The {short} inspector now comes tomorrow, Friday {d4}; the director's "
                    "signature must be on the site plan in the lodge by then, or the permit "
                    "lapses."
                ),
                about=(
                    "{person2} {office} {hour} yard walk gate signed ink midnight morning visit "
                    "arrive brought forward move reschedule beforehand place leave bear ready "
                    "lose end stop traffic shut expire {person1} change"
                ),
                memoryless=("archive", "legal"),
            ),
            why=(
                "Rule 1: the signed plan of the first letter must lie ready on the day of "
                "the inspection, now tomorrow, or the permit lapses. Not archive although "
                "the mail asks for nothing. Not dispatch: the condition is to be met by "
                "legal (Rule 14)."
            ),
        ),
    ),
)
