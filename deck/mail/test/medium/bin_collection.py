"""A thread whose newest message decides."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="bin-collection",
    slots={
        "firm, short, domain": (
            ("Grubblesworth Reclaim", "Grubblesworth", "grubblesworthreclaim.example"),
            ("Clattermoor Skips", "Clattermoor", "clattermoorskips.example"),
            ("Ironcross Residues", "Ironcross", "ironcrossresidues.example"),
            ("Bonnyrigg Binmen", "Bonnyrigg", "bonnyriggbinmen.example"),
            ("Ottershaw Disposal", "Ottershaw", "ottershawdisposal.example"),
        ),
        "amount": ("£2,184.00", "£1,936.50", "£2,742.80", "£3,118.00", "£2,465.40"),
        "bins": ("26", "31", "34", "38", "42"),
        "scraps": (
            "fish trimmings",
            "returned poultry",
            "split yoghurts",
            "spoiled mince",
            "burst milk",
        ),
        "lorries": (
            "two lorries",
            "three wagons",
            "two tippers",
            "three flatbeds",
            "two low-loaders",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Re: The open sum under PO {po1}",
                timestamp="{d2.iso}T11:05:00",
                thread_history=(
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Fri {d-3} 2026
                        15:15 Hello {person1.first}, your sheet for {amount} lacked the weights and
                        went round the houses. May it wait a little? {person2.first}
                    """),
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domain}>, Mon {d0} 2026 09:50 Of course
                        it may, {person2.first}. Take the three weeks, until Monday {d21}, the bins
                        stay where they are and nobody here loses sleep. {person1.first}, {firm}
                    """),
                ),
                body=cleandoc("""
                    {person2.first}, hello,

                    I've been putting off this mail since breakfast and have even watered the office
                    fern.

                    What I wrote to you on Monday wasn't mine to give. Head office has read it and
                    takes it back: no three weeks, for anybody. There are {lorries} down for your
                    address tomorrow, Thursday {d3}, at 08:00 and their crews have it in writing
                    that all {bins} bins come home with them, the sealed ones for the {scraps} too.
                    The only thing that stops them is the {amount} under PO {po1} being paid today,
                    to the account you've always used.

                    I know what it means: without sealed bins you aren't allowed to take in anything
                    that can rot, and your drivers would be turned round at the gate. I argued. I
                    lost. I am sorry.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="billing",
                facts=facts(
                    "{short} | waste firm | waste company | waste contractor | waste bins | waste "
                    "collector",
                    "{amount}",
                    "bins removed | removed | removal bins | bins go | remove bins | collect bins "
                    "| bins collected | take bins | take {bins} bins | bins taken | taken away | "
                    "fetch bins | fetch waste bins | lose bins | bins leave | containers leave | "
                    "containers removed | containers taken",
                ),
                reference_summary=(
                    "{firm} withdraw their grace: unless {amount} (PO {po1}) is paid today, "
                    "all bins are removed tomorrow at 08:00 and goods-in stops."
                ),
                about=(
                    "head office three extension {lorries} {bins} sealed perishable rot usual "
                    "account {d2} {d3} drivers gate turned accept intake morning containers leave "
                    "halting work existing reaches extra {po1} {person1} unpaid paid pay "
                    "payment withdraws withdrawn revoked overruled takes back"
                ),
                stale=("{d21}",),
            ),
            why=(
                "Rule 6: the newest message withdraws the three weeks; Rule 1: unless the "
                "sum is paid today, work stops. Not spam: same domain, PO quoted, account "
                "unchanged (Rule 8). Not dispatch: paying comes next (Rule 14)."
            ),
        ),
    ),
)
