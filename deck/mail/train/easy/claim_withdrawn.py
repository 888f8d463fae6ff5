"""A genuine mail that leaves nothing to do."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="claim-withdrawn",
    slots={
        "firm, short": (
            ("Applethwaite Desserts Ltd", "Applethwaite"),
            ("Brockholes Catering Ltd", "Brockholes"),
            ("Cautley Fine Meats Ltd", "Cautley"),
            ("Dunsop Provisions Ltd", "Dunsop"),
            ("Ewecross Dairy Ltd", "Ewecross"),
        ),
        "town, domain": (
            ("Silverdyke", "silverdykecourt.example"),
            ("Harthope", "harthopecourt.example"),
            ("Ludwell", "ludwellcourt.example"),
            ("Fenwater", "fenwatercourt.example"),
            ("Ramsgill", "ramsgillcourt.example"),
        ),
        "amount": ("£7,420.00", "£9,185.00", "£11,640.00", "£6,375.00", "£8,230.00"),
        "claim": ("K41QX207", "M73RD518", "H26TW934", "P58LB163", "N94VC672"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="County Court Listing System <no-reply@{domain}>",
                subject="Court notice, claim {claim}: Kestrelmoor Chilled Logistics",
                timestamp="{d4.iso}T15:15:00",
                body=cleandoc("""
                    COUNTY COURT, {town}
                    Automated notice of the court, series 4

                      Claim number: {claim}
                      Claimant: {firm}
                      Defendant: Kestrelmoor Chilled Logistics
                      Sum in dispute: {amount}, being the value of goods said to have arrived warm

                    TAKE NOTICE that on Wednesday {d2} the Claimant filed at this court a withdrawal
                    of the whole of the above claim. The withdrawal takes effect on filing and does
                    not require the consent of, or any step by, the Defendant.

                    The trial fixed for 10:00 on Tuesday {d22} is vacated. There is no order as to
                    costs. The Defendant is discharged from every direction made so far, and the
                    court file was closed at 16:00 on Thursday {d3}. Nothing further is required of
                    the Defendant or its solicitors.

                    For your records. Produced by machine at 15:15. It bears no signature. This
                    address cannot receive mail.
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="legal",
                facts=facts(
                    "{short} | {claim}",
                    "withdrawn | withdrew | withdrawal | dropped | took back | taken back | "
                    "discontinued | abandoned | ended | closed | cancelled | called off",
                    "{amount} | {d2} | {d3} | {d22} | costs | trial",
                ),
                reference_summary=(
                    "{firm} has withdrawn its court claim {claim} over {amount}; the case is"
                    " closed and each side bears its own costs."
                ),
                about=(
                    "county {town} notice goods warm allegedly hearing vacated happen ordered pay "
                    "defendant discharged dispute file records automatic automated duty "
                    "obligation consent released step effective"
                ),
            ),
            why=(
                "Rule 3: the claim is gone and every step is lifted; nothing is left to do. "
                "Not urgent although it sounds grave (Rule 5). Not customer_care although it"
                " began with warm goods: a court case is for legal (Rule 14)."
            ),
        ),
    ),
)
