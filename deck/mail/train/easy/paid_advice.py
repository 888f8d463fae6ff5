"""A genuine mail that leaves nothing to do."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="paid-advice",
    slots={
        "firm, short, domain": (
            ("TAVYWELL CATERING GROUP", "TAVYWELL", "tavywellcatering.example"),
            ("CRAWSHAY MENU SERVICES", "CRAWSHAY", "crawshaymenu.example"),
            ("LIDDESDON KITCHENS", "LIDDESDON", "liddesdonkitchens.example"),
            ("OTTERSHAM FOOD HALLS", "OTTERSHAM", "ottershamhalls.example"),
            ("BRADDAFORD DINING", "BRADDAFORD", "braddaforddining.example"),
        ),
        "rent, haul, total": (
            ("£1,240.00", "£620.00", "£1,860.00"),
            ("£2,015.00", "£485.00", "£2,500.00"),
            ("£890.00", "£345.50", "£1,235.50"),
            ("£3,120.00", "£760.00", "£3,880.00"),
            ("£1,575.00", "£412.40", "£1,987.40"),
        ),
        "run": ("PR-0931", "PR-0947", "PR-0962", "PR-0978", "PR-0985"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="PAYABLES ROBOT <payrun@{domain}>",
                subject="PAYMENT ADVICE {run}, INVOICE FOR ORDER {order1} PAID",
                timestamp="{d8.iso}T14:15:00",
                body=cleandoc("""
                    {firm} *** PAYABLES *** RUN {run}

                    PAYEE ........... KESTRELMOOR CHILLED LOGISTICS
                    PAYMENT DATE .... TUESDAY {d8.caps}
                    YOUR INVOICE .... FOR ORDER {order1}

                    INVOICE LINE 1  STORAGE .................. {rent}
                    INVOICE LINE 2  CARRIAGE ................. {haul}
                    TOTAL PAYMENT ............................ {total}

                    YOUR INVOICE WAS PAID IN FULL TODAY INTO THE ACCOUNT THAT WE HAVE ALWAYS PAID.
                    YOUR SYSTEM CONFIRMED RECEIPT OF THE PAYMENT AND MATCHED BOTH INVOICE LINES AT
                    14:02. OPEN INVOICES ON OUR STATEMENT AFTER THIS RUN: 0. CREDIT NOTES OPEN: 0.
                    AMOUNT IN DISPUTE: 0.00.
                    THE ITEM IS CLOSED. THIS ADVICE IS FOR YOUR RECORDS, NO REPLY NEEDED.

                    THE NEXT RUN IS ON WEDNESDAY {d9.caps} AND CONTAINS NOTHING FOR YOU. RUNS ARE
                    SENT TO EVERY PAYEE WITHOUT HUMAN HAND; THIS MAILBOX CANNOT READ. THANK YOU.

                    END OF ADVICE {run} PAGE 1 OF 1
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="billing",
                facts=facts(
                    "{order1} | {short}",
                    "paid | payment | pays | transferred | transfer | settled | settles | "
                    "remitted | remittance | cleared",
                    "{total} | {d8}",
                ),
                reference_summary=(
                    "{short} has paid {total} in full for order {order1}; both lines are "
                    "matched and nothing stays open."
                ),
                about=(
                    "{firm} {run} advice invoice bill storage carriage receipt balance dispute "
                    "closed account statement books agree records automated automatic altogether "
                    "leaving response slip lingers"
                ),
            ),
            why=(
                "Rule 3: paid and matched, nothing open. Not normal although it lists sums. "
                "Not cold_store or dispatch: if anything were left, it would be about the "
                "payment (Rule 14)."
            ),
        ),
    ),
)
