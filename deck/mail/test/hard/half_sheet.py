"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="half-sheet",
    slots={
        "firm, short, domain, other": (
            ("Gwernant Brushes", "Gwernant", "gwernantbrushes.example", "gwernant-brushes.example"),
            ("Pendarwen Brooms", "Pendarwen", "pendarwenbrooms.example", "pendarwen-works.example"),
            ("Clydwen Mops", "Clydwen", "clydwenmops.example", "clydwen-mops.example"),
            ("Rhiwfach Sweepers", "Rhiwfach", "rhiwfachsweepers.example", "rhiwfach-group.example"),
            (
                "Tregarnedd Bristle",
                "Tregarnedd",
                "tregarneddbristle.example",
                "tregarnedd-bristle.example",
            ),
        ),
        "brushes, sum": (
            ("48", "£1,104.00"),
            ("36", "£846.00"),
            ("60", "£1,290.00"),
            ("54", "£1,215.00"),
            ("72", "£1,656.00"),
        ),
        "animal": ("a hedgehog", "a badger", "a mole", "a squirrel", "a wren"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Half a sheet of paper",
                timestamp="{d3.iso}T11:15:00",
                body=cleandoc("""
                    Good morning from the loft of {firm},

                    where I have been put among the shoeboxes. In one of them lies half a sheet, the
                    mice having dined on the rest. It set out what passed between your house and
                    ours two years back under PO {po1}: {brushes} brushes for the scrubber that goes
                    round your chambers, {sum}. All is square, nothing is owing in either direction.
                    It is only that our bookkeeper will not shut the folder on half a sheet.

                    Would you look up on which day the {sum} left you, and whether it travelled by
                    itself or together with something else of ours? One line will do, I can copy it
                    on to the torn edge. The books of that year go to the companies register by
                    12:00 on Wednesday {d9}; it is the last hour the register allows us, and it
                    takes none with a hole in them.

                    {person1}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="billing",
                facts=facts(
                    "{short} | {po1} | {person1.last}",
                    "paid | pay | payment | payments | paying | remittance | settled | "
                    "transferred | transfer | money left",
                    "{d9} | Wednesday | {sum}",
                ),
                reference_summary=(
                    "{firm} needs to know by 12:00 on Wednesday {d9}, for the companies "
                    "register, when we paid {sum} under PO {po1}, and whether alone or with "
                    "other items."
                ),
                about=(
                    "{person1} {brushes} brushes scrubber years bookkeeper sheet old owed singly "
                    "together combined others covering went books register closes filing ate "
                    "eaten find record remittance history proof damaged alone purchase owing "
                    "separately transfer {animal}"
                ),
            ),
            why=(
                "Rule 2: a look into old books for a register that closes on Wednesday, the "
                "fourth working day on, so not urgent. Not spam: it asks for no money and quotes "
                "the PO (Rule 8). Not archive although all is square: a question is open. Not "
                "cold_store although chambers are named (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person1} <{person1.mailbox}@{other}>",
                subject="Something for the pegs",
                timestamp="{d10.iso}T09:50:00",
                body=cleandoc("""
                    Bore da,

                    {person1.first} of {firm}. A nice thing for once. Our apprentices have been
                    turning offcuts into small hand brushes in the shape of {animal}, rather well,
                    and the window sill is full. The idea came up at tea that everybody who begins
                    at a house we supply should find one hanging on the peg on the first morning,
                    with no printing on it and nothing to sign.

                    Might I know on which days in the two months after Monday {d28} you have fresh
                    faces coming in, and how many each time? I want neither names nor what they will
                    drive or stack, merely the days, so that the parcel is with you before they are.
                    Any time up to Monday {d28} does nicely; the varnish has to harden as it is.

                    Kind wishes,
                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="people",
                facts=facts(
                    "{short} | {person1.last}",
                    "starters | starter | new staff | recruits | recruit | joiners | newcomers | "
                    "new employees | new colleagues | new hires | new workers | new people | "
                    "start dates | starting dates | starting days | new start",
                ),
                reference_summary=(
                    "Somebody posing as {person1} of {firm} from a different domain asks "
                    "when new starters join us, supposedly for gifts, by {d28}."
                ),
                about=(
                    "{other} brushes {animal} apprentices hand months numbers many free offers "
                    "pretext cover headcounts begin supplier fishes information given"
                ),
                memoryless=("normal", "people"),
            ),
            why=(
                "Rule 7: the same person wrote from another domain a week ago, and each "
                "partner has one only. Not normal although the wish is kind. Not billing, to"
                " which the earlier question went: days of new starters are for people (Rule"
                " 16)."
            ),
        ),
    ),
)
