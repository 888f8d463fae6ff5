"""One plain request that can wait."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="rack-tally",
    slots={
        "firm, short, domain": (
            ("Tregarrow Audit Partners", "Tregarrow", "tregarrowaudit.example"),
            ("Folkard & Dunne", "Folkard", "folkarddunne.example"),
            ("Isherby Assurance", "Isherby", "isherbyassurance.example"),
            ("Mellanby Reviewers", "Mellanby", "mellanbyreviewers.example"),
            ("Cotterstock Assurance", "Cotterstock", "cotterstockassurance.example"),
        ),
        "lines": ("140", "165", "180", "210", "235", "260"),
        "start": ("09:00", "09:15", "09:45", "10:15", "10:45"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Your balance sheet, our visit on {d7.short}",
                timestamp="{d1.iso}T08:40:00",
                body=cleandoc("""
                    To whom it may concern

                    {firm}, auditors of your annual accounts. Plan for our attendance:

                    - Day: Monday {d7}, {start} until done, usually five hours.
                    - Place: chamber {chamber1}, all aisles.
                    - Purpose: every pallet to be tallied and set against the book figure, {lines}
                    lines.
                    - From your side: two people who know the racks of that room and may drive the
                    reach truck.
                    - From our side: {person2}, warm boots and a clipboard.

                    The invoices and the bank letters for the same year have been with us since last
                    week and are complete. Your finance colleagues have been most helpful and need
                    do nothing further.

                    Kindly give us the names of the two before we come. By law the accounts must lie
                    at the registry by Tuesday {d8}, 17:00; we may not sign them without the tally,
                    and there is no other day for it. Should goods be moved in or out during those
                    hours, we begin again at the first aisle.

                    {person1}, audit senior
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="cold_store",
                facts=facts(
                    "chamber {chamber1} | room {chamber1} | {short} | {person1.last} | "
                    "{person2.last}",
                    "count | stocktake | stock-taking | stock check | tally | counted | "
                    "tallied | two people | two staff | two colleagues | two names | names of "
                    "two | two workers | inventory",
                    "{d7} | {d8} | monday",
                ),
                reference_summary=(
                    "Auditors from {short} will count chamber {chamber1} on Monday {d7} and want "
                    "two of our rack hands named, or the accounts miss the registry's date."
                ),
                about=(
                    "{firm} {person1} {person2} audit {start} pallet reach truck drivers "
                    "operators qualified assistants helpers savvy wise nominate provide goods "
                    "move movements motionless avoid meanwhile annual accounts registry registrar "
                    "sign filing filed late tuesday {d8} legal five hours {lines} lines first "
                    "stock freeze attend visit licensed licence"
                ),
            ),
            why=(
                "Rule 2: two people are to be named and lent on {d7}, the fourth working day from "
                "here, or the accounts miss the date that the law sets. Not urgent, for it is "
                "later than the next working day; not archive although it reads like a plan. Not "
                "billing: the accounts are complete; the count in the chamber is the next work "
                "(Rule 14)."
            ),
        ),
    ),
)
