"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="paid-racking",
    slots={
        "firm, short, domain, fake": (
            (
                "Tarnbeck Racking",
                "Tarnbeck",
                "tarnbeckracking.example",
                "tarnbeck-accounts.example",
            ),
            ("Ullock & Vine Shelving", "Ullock", "ullockandvine.example", "ullock-ledger.example"),
            ("Moorfoot Steelwork", "Moorfoot", "moorfootsteel.example", "moorfoot-finance.example"),
            (
                "Gaddesby Uprights",
                "Gaddesby",
                "gaddesbyuprights.example",
                "gaddesby-office.example",
            ),
            ("Scalebor Beams", "Scalebor", "scaleborbeams.example", "scalebor-collect.example"),
        ),
        "thing": ("beams", "end frames", "post guards", "floor anchors", "wire decks"),
        "amount": ("£4,312.00", "£2,948.50", "£3,675.00", "£5,120.80", "£1,987.40"),
        "town": (
            "the quarry sidings",
            "the harbour works",
            "the old mill",
            "the upper works",
            "the canal foundry",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="PO {po1}",
                timestamp="{d3.iso}T15:50:00",
                body=cleandoc("""
                    Dear colleagues in the cold,

                    I must confess to a small ceremony. When an account comes to nothing, which
                    happens here about as often as an eclipse, I ring the bell that hangs over the
                    ledger, and {town} can hear it.

                    This morning I rang it for you. {amount} came in yesterday for PO {po1}, the
                    {thing}, to the last penny, and as you have nothing else on order, your account
                    was ruled off at £0.00 and closed. Our fitters signed off the work in the racks
                    long ago, and nobody got hurt. Till you want more steel I shall dust the bell.

                    Yours, deaf in one ear,
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="billing",
                facts=facts(
                    "{short} | {po1} | {person1.last} | {person1.first}",
                    "received | receipt | arrived | arrival | payment confirmed | confirms "
                    "payment | full payment | paid in full | fully paid | acknowledges | settled "
                    "| cleared | closed | shut | zero | nil | owe nothing | nothing owed",
                    "{amount} | £0.00 | in full | fully",
                ),
                reference_summary=(
                    "{firm} has received our {amount} for PO {po1}, and our account there is"
                    " closed at nil."
                ),
                about=(
                    "{person1} {d2} {thing} ledger ruled balance supplied debt order penny "
                    "outstanding"
                ),
            ),
            why=(
                "Rule 3: paid in full, account closed, nothing asked. Not normal: no sum is "
                "due. Not cold_store although racks are named: it is about a payment (Rule "
                "14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@{fake}>",
                subject="PO {po1}, {thing}",
                timestamp="{d11.iso}T15:30:00",
                body=cleandoc("""
                    Hello,

                    I have taken over a shelf of papers here at {firm}, and as I am going through it
                    from the front to the back I have arrived at you, which is nice, because yours
                    are at least legible.

                    Under PO {po1} we brought you {thing} in two lots, both signed for at your dock
                    by the same hand. Against that I find {amount} still standing open. It may be
                    that our paper never reached you, it has been a restless time here with the move
                    of the desks; a copy is with this mail, quoting your number. Could it be seen to
                    by Monday {d28}? If part of the goods were not as they should be, tell me, then
                    we talk about it first.

                    It is my third week, so please be gentle.

                    Best from {town},
                    {person2}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="billing",
                facts=facts(
                    "{short} | {po1} | {person2.last} | {person2.first} | {thing}",
                    "{amount} | {d28}",
                    "already paid | already settled | settled in full | paid in full | confirmed "
                    "full payment | paid before | settled | discharged | spurious | charlatan | "
                    "domain",
                ),
                reference_summary=(
                    "A stranger using the name of {firm} from another domain demands "
                    "{amount} for PO {po1}, which we paid before the account was closed."
                ),
                about=(
                    "{person2} {fake} {domain} {d3} copy open bill debt owe outstanding unpaid "
                    "real supplier borrow refuse money invoice quoting number"
                ),
                memoryless=("normal", "billing"),
            ),
            why=(
                "Rule 7: the supplier writes from one domain only, known from its earlier "
                "mail, and PO was paid in full. Not normal although the right PO number is "
                "quoted. Not customer_care: billing would have paid (Rule 16)."
            ),
        ),
    ),
)
