"""An earlier mail tells in passing that what a later one asks has been done."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="fire-passage",
    slots={
        "insurer, ishort, idomain": (
            ("Garsdale Mutual", "Garsdale", "garsdalemutual.example"),
            ("Ambersett Assurance", "Ambersett", "ambersettassurance.example"),
            ("Old Keld Insurance", "Keld", "oldkeldinsurance.example"),
            ("Thwaite Provident", "Thwaite", "thwaite-provident.example"),
            ("Wensley Row Cover", "Wensley", "wensleyrowcover.example"),
        ),
        "firm, short, domain": (
            ("Rosgill Patisserie", "Rosgill", "rosgillpatisserie.example"),
            ("Fellbeck Pizza", "Fellbeck", "fellbeckpizza.example"),
            ("Muncaster Pies", "Muncaster", "muncaster-pies.example"),
            ("Lorton Vale Bakers", "Lorton", "lortonvale-bakers.example"),
            ("Harter Soups", "Harter", "hartersoups.example"),
        ),
        "pallets": (
            "18",
            "19",
            "21",
            "22",
            "24",
        ),
        "months": (
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
        ),
        "metres": (
            "1.30",
            "1.40",
            "1.50",
            "1.60",
            "1.70",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{idomain}>",
                subject="Round of Monday evening",
                timestamp="{d1.iso}T15:15:00",
                body=cleandoc("""
                    Dear Kestrelmoor,

                    my notes from last night's round with your {person3}, for the policy.

                    Passage behind chamber {chamber1}. When we came, {pallets} pallets of {firm}
                    stood along the wall. Your late shift took all {pallets} into chamber {chamber2}
                    while I looked on and booked them there. The way out is free now, {metres}
                    metres wide, and its door and lamp work.

                    That leaves the fire extinguisher at the far end. It is full, and another hangs
                    nearby, but its last test was {months} months ago and the policy says twelve. I
                    would have it tested or changed for one that is in date, and a photograph of the
                    tag by 17:00 on Thursday {d3}, when I sign off. Else it goes into my remarks, at
                    no cost to you.

                    Hoses and alarm bells are in order.

                    {person1}
                    surveyor, {insurer}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="safety",
                facts=facts(
                    "extinguisher | extinguishers",
                    "overdue | expired | lapsed | test out of date | extinguisher out of date | "
                    "late test",
                    "{d3} | tag photo | tag photograph | photograph tag | photo tag",
                ),
                reference_summary=(
                    "{insurer}'s surveyor found an extinguisher behind chamber {chamber1} "
                    "overdue; it needs a test or replacement, with a photograph of its tag, by "
                    "17:00 on {d3}."
                ),
                about=(
                    "{person1} {person3} passage corridor escape exit fire route {metres} metres "
                    "pallets {firm} {pallets} cleared moved chamber {chamber2} overdue inspected "
                    "service replaced swapped out months {months} twelve remarks quarter round "
                    "inspection working free {ishort} surveyor insurer photo"
                ),
            ),
            why=(
                "Rule 2: a test and a picture by Thursday, after the next working day, and "
                "nothing is lost if not. Not urgent although it is a way out: it is free. Not "
                "cold_store: the pallets have been moved; an extinguisher is for safety (Rule "
                "14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@{domain}>",
                subject="Ours in the passage",
                timestamp="{d2.iso}T09:50:00",
                body=cleandoc("""
                    Hi there,

                    our driver was in your place on Monday at noon and says that {pallets} pallets
                    of ours were standing in the passage behind chamber {chamber1}. We'd like all we
                    have with you in one place, so that whoever picks for us has one walk and not
                    two.

                    Could they go into chamber {chamber2}, where the rest of ours is? We rent it by
                    the month whether it's full or not, so it costs nobody anything. Any time up to
                    Friday {d4} at 15:00 suits me, that's when our own sheet for the weekend is
                    made. You needn't write back, we can see on your stock page which chamber things
                    are in.

                    Tomorrow's load is as ordered, 06:30.

                    Cheers,
                    {person2}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="cold_store",
                facts=facts(
                    "{short} | {person2.last} | {pallets} pallets",
                    "chamber {chamber2} | passage | corridor | chamber {chamber1}",
                    "moved | done | already | taken | inside | Monday",
                ),
                reference_summary=(
                    "{firm} would like their {pallets} pallets brought from the passage into "
                    "chamber {chamber2}, which our late shift has done on Monday."
                ),
                about=(
                    "{person2} chamber {chamber1} driver saw noon film torn rent Friday {d4} "
                    "stock page surveyor {insurer} evening move shifted relocated completed "
                    "since fulfilled wish booked carried"
                ),
                memoryless=("normal", "cold_store"),
            ),
            why=(
                "Rule 3 with the first mail: the pallets went into that chamber on Monday "
                "evening, after the driver had seen them, and no answer is wanted. Not normal "
                "although it asks for a move. Not safety: nothing of the passage is left in it "
                "(Rule 14)."
            ),
        ),
    ),
)
