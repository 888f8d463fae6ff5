"""A genuine mail that leaves nothing to do."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="probe-report",
    slots={
        "firm, short, domain": (
            ("Metron Dale Laboratory", "Metron", "metrondale.example"),
            ("Ansley Calibration House", "Ansley", "ansleycalibration.example"),
            ("Fenwick Gauge Laboratory", "Fenwick", "fenwickgauge.example"),
            ("Trueline Instruments", "Trueline", "truelineinstruments.example"),
            ("Cobalt Reference Laboratory", "Cobalt", "cobaltreference.example"),
        ),
        "probes, largest": (
            ("42", "0.21"),
            ("38", "0.18"),
            ("46", "0.24"),
            ("51", "0.19"),
            ("36", "0.27"),
        ),
        "helper": (
            "a ginger cat",
            "a young magpie",
            "a grey kitten",
            "a tame pigeon",
            "a three-legged cat",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{firm} <reports@{domain}>",
                subject="Yearly report, chamber temperature probes, Kestrelmoor site",
                timestamp="{d10.iso}T11:35:00",
                body=cleandoc("""
                    Dear Sirs,

                    The undersigned has the honour to report, for your records, upon the yearly
                    comparison of the temperature probes in your chambers and freezers, carried out
                    at your cold store on Tuesday {d8}.

                    Each of your {probes} temperature probes was held against our reference
                    instrument. The greatest departure found was {largest} K, where 0.5 K is
                    allowed. None had to be adjusted and none was exchanged. Every chamber shows its
                    true temperature. The certificates were handed over on paper to {person2}
                    against signature.

                    Our fee under PO {po1} was met by you yesterday. The visit for next year has
                    been reserved by our planning office and entered by {person2} in your own
                    calendar. All is complete on both sides, and nothing further is required of you.

                    It is recorded for completeness that {helper} accompanied our fitter along the
                    whole gantry above the freezers and behaved impeccably.

                    I remain, dear Sirs, yours faithfully,
                    {person1}
                    Head of Verification
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="cold_store",
                facts=facts(
                    "{short} | {person1.last} | laboratory | calibration | probes | sensors | "
                    "thermometers",
                    "tolerance | allowed limit | within limits | passed | accurate | within "
                    "the limit | allowed range | no adjustment | needed no adjustment | none "
                    "adjusted | permitted | acceptable | 0.5 K | none needed adjusting | "
                    "adjusted none | nothing adjusted | true temperature | temperatures "
                    "correct | correct | read true | reads fine | good | no fault",
                    "{probes} | {d8} | {largest} | {po1}",
                ),
                reference_summary=(
                    "{short} found each of the {probes} probes within tolerance on {d8}; fee"
                    " and next visit are already settled."
                ),
                about=(
                    "{firm} {person2} po chamber yearly annual year checked comparison deviation "
                    "maximum error certificates certifies paper delivered given holds paid booked "
                    "planned fixed appointment inside file"
                ),
            ),
            why=(
                "Rule 3: all is in tolerance, paid and booked, so nothing remains. Not "
                "normal although it is an official report. Not billing although a fee is "
                "named: if anything were left, the probes would be for cold_store (Rule 14)."
            ),
        ),
    ),
)
