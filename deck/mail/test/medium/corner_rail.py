"""A thread whose newest message decides."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="corner-rail",
    slots={
        "firm, short, domain": (
            ("Stanchion & Rooney", "Rooney", "stanchionrooney.example"),
            ("Bollardine Works", "Bollardine", "bollardine.example"),
            ("Upright Metalcraft", "Upright", "uprightmetalcraft.example"),
            ("Kerbstone Fabrications", "Kerbstone", "kerbstonefab.example"),
            ("Yellowgate Ironworks", "Yellowgate", "yellowgateiron.example"),
        ),
        "metres": ("4", "6", "7", "9", "12"),
        "spot": (
            "the battery bay",
            "the label store",
            "the wash room",
            "the drivers' hatch",
            "the tea counter",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Re: The corner at {spot}",
                timestamp="{d7.iso}T08:20:00",
                thread_history=(
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Tue {d1} 2026 17:20
                        {person1.first}, a fork truck came round the corner at {spot} today and
                        missed {person3} by the breadth of a hand. We have closed the walkway.
                        How fast can you put a rail there?
                    """),
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domain}>, Wed {d2} 2026 07:55 Lord.
                        Measured from your photograph, {metres} metres. I could come on Thursday
                        {d10}, not sooner, the galvaniser has my van.
                    """),
                ),
                body=cleandoc("""
                    {person2.first}, the van came home before its time, so forget the day I named.
                    We did it on Friday {d4} after your early shift, with {person3} holding the lamp
                    and giving out instructions.

                    The rail is in, all {metres} metres of it, eight bolts to the post. I leaned a
                    loaded truck on it, then my brother-in-law, who is the heavier. Your own
                    inspector from upstairs went along it with the list on Friday evening, found it
                    good and signed, I signed under, and the page in the red book is ruled off. The
                    walkway is open again and the tape is in your bin. The price was in what you
                    paid us at the start of the year, stock on the docks was never touched, and the
                    paint is dry.

                    A grand corner now. I would nearly walk round it for pleasure.

                    {person1.first}, {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="safety",
                facts=facts(
                    "{short} | {person3.last} | {spot} | corner",
                    "rail | barrier | guard",
                    "signed | signed off | inspected | checked | approved | closed | {d4} | "
                    "reopened | complete",
                ),
                reference_summary=(
                    "The rail at {spot}, where {person3} had a lucky escape, is fitted, was "
                    "inspected and signed off on {d4}; the walkway is open."
                ),
                about=(
                    "{firm} {person1} {metres} metre near miss nearly hit inspector inspection "
                    "passed installed mounted fixed finished way foot footpath footway route "
                    "pedestrians use paid prepaid costs extra work matter"
                ),
                stale=("{d10}",),
            ),
            why=(
                "Rule 3 and Rule 6: fitted, tested, signed and closed. Not urgent although "
                "the thread tells of a narrow escape. Not cold_store: a near miss would be "
                "safety's if anything were left (Rule 14)."
            ),
        ),
    ),
)
