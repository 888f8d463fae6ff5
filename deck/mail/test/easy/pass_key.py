"""A genuine mail that leaves nothing to do."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="pass-key",
    slots={
        "firm, short, domain": (
            ("Tumblewick Locks", "Tumblewick", "tumblewicklocks.example"),
            ("Hasp & Heron", "Heron", "haspandheron.example"),
            ("Escutcheon Brothers", "Escutcheon", "escutcheonbrothers.example"),
            ("Deadbolt Dolan Locksmiths", "Dolan", "deadboltdolan.example"),
            ("Wards & Levers", "Wards", "wardsandlevers.example"),
        ),
        "keys": ("5", "6", "7", "9", "12"),
        "garment": ("raincoat", "fleece", "apron", "wet anorak", "football scarf"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{firm} <bench@{domain}>",
                subject="Your key and badge cabinet, gatehouse",
                timestamp="{d2.iso}T12:05:00",
                body=cleandoc("""
                    Kestrelmoor.

                    Job: change the lock on the security cabinet at your gatehouse, where the staff
                    badges and the door keys are kept. Reason given on Tuesday {d1}: a key gone
                    missing.

                    Called this morning. Opened up with the spare. Missing key was inside, on its
                    own hook, under somebody's {garment}. Counted in front of {person1} from your
                    security gate: {keys} keys in the book, {keys} keys on the board, stamps all
                    match. Badges counted too, none gone. No sign the lock was forced, alarm never
                    touched. {person1.first} wrote it in the key book and we both put our names.

                    So the lock stays where it is. Old one is a good one, better than they make now.
                    We were going by to a fishmonger in any case, so no charge, and the job is
                    closed. All complete, nothing further is required from you. This is for the file
                    alone; you need not write back.

                    Thank you. {person2.first}, the bench
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="security",
                facts=facts(
                    "{short} | gatehouse cabinet | gatehouse | pass cabinet | badge cabinet | key "
                    "cabinet | badges | locksmith",
                    "key found | found | recovered | located | key located | turned up | hanging",
                    "lock stays | lock remains | cylinder remains | free | no charge | without "
                    "charge | no cost | nothing payable | nothing owed | job closed | closed | "
                    "case closed | all keys | all {keys} | counted | complete | {keys} keys",
                ),
                reference_summary=(
                    "The key reported missing has been found inside the gatehouse cabinet by"
                    " {firm}; all {keys} are accounted for and the cylinder remains, free of"
                    " charge."
                ),
                about=(
                    "{d2} {person1} change cancelled replace replacement swap lost thought hook "
                    "board tally present full verified witnessed visit security finished further "
                    "planned bill response"
                ),
            ),
            why=(
                "Rule 3: found, counted, entered, nothing to pay. Not normal although a key "
                "to the badge cabinet was missing. Not billing: nothing is charged; a lost "
                "key to the badges would be security's (Rule 14)."
            ),
        ),
    ),
)
