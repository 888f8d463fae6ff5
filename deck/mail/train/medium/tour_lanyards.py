"""A thread whose newest message decides."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="tour-lanyards",
    slots={
        "firm, short, domain": (
            ("Swaledene Grocers", "Swaledene", "swaledenegrocers.example"),
            ("Tillotson Deli Group", "Tillotson", "tillotsondeli.example"),
            ("Oxenhope Kitchens", "Oxenhope", "oxenhopekitchens.example"),
            ("Haverbrack Hotels", "Haverbrack", "haverbrackhotels.example"),
            ("Plumgarth Bistros", "Plumgarth", "plumgarthbistros.example"),
        ),
        "nold, nnew": (("7", "12"), ("9", "14"), ("6", "13"), ("12", "16"), ("10", "15")),
        "code": ("QX5831", "LT7264", "RB4097", "WN6385", "HK9142", "VD3576"),
        "buyers": ("cheese", "fish", "ice-cream", "pastry", "poultry"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Re: our tour",
                timestamp="{d10.iso}T16:50:00",
                thread_history=(
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domain}>, Fri {d4} 2026 10:12 Our tour
                        is fixed for Thursday {d17}, and we shall be {nold} visitors. Each will want
                        a lanyard and a code of their own for the turnstile, I suppose?
                        {person1.first}
                    """),
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Mon {d7} 2026 08:37
                        They will. {nold} lanyards and {nold} codes are noted for Thursday {d17}.
                        For your own walk round beforehand the little gate takes {code}.
                        {person2.first}
                    """),
                ),
                body=cleandoc("""
                    It is me again, {person2.first}, and I blush.

                    The coach people have let us down, they promised one vehicle to two weddings and
                    to us. On top of that the {buyers} buyers have got wind of the thing and want to
                    see where their stuff sleeps. So please forget what I wrote before. We come one
                    week later, on Thursday {d24}, 10:00, and we shall be {nnew}. May I ask you to
                    make up {nnew} lanyards, with that many codes for the turnstile? A list of the
                    names comes to you the Friday before, spelt properly, I promise, we have a
                    Siobhán this time.

                    The agreement about photographs is already with your lawyer, signed, so that is
                    off my chest. And nobody minds cold, we all have grandmothers who knit.

                    Warmly and rather late for my bus,
                    {person1.first}, {firm}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="security",
                facts=facts(
                    "{short} | visitors | visiting | visitor group | tour | {person1.first} | "
                    "{person1.last}",
                    "{nnew}",
                    "{d24}",
                    "lanyards | lanyard | passes | badges | codes | turnstile",
                ),
                reference_summary=(
                    "The tour of {firm} has grown: please prepare {nnew} lanyards with "
                    "turnstile codes for Thursday {d24}, 10:00."
                ),
                about=(
                    "{person2} {d18} names list people individual gate site moves postpones "
                    "enlarges follows"
                ),
                stale=("{d17}", "{nold} lanyards"),
                secrets=("{code}",),
            ),
            why=(
                "Rule 2: lanyards and codes to make by a date two weeks off; Rule 6: the "
                "newest number and day hold. Not urgent: two weeks remain. Not legal: the "
                "agreement is done (Rule 14)."
            ),
        ),
    ),
)
