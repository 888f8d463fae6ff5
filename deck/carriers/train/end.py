"""The desk lead ends a handing over before the day that was named at first."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="quicker-than-planned",
        role="end",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="Quicker than planned",
                    timestamp="{d0.iso}T09:50:00",
                    body=cleandoc("""
                        Dear all,

                        things went quicker than planned. {of_team} has its own mail back from
                        {to_team} at 08:00 on {since.weekday} {since}, and the later day that I
                        first gave you no longer counts.

                        My thanks to {to_team} for the help, and to the canteen for the extra chairs
                        at lunch.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{of_team}",
                        "{since} | {since.weekday}",
                        "{to_team} | back | ends | ended | returns | return | returned | "
                        "resumes | stops | early | sooner",
                    ),
                    reference_summary=(
                        "The work that {to_team} had taken over is back with {of_team} from "
                        "{since} 08:00, sooner than first said."
                    ),
                    about=(
                        "ines calloway desk lead {to_team} work taken handed handover cover "
                        "arrangement early sooner quicker planned first 08:00 routing notice "
                        "resume goes again own help {since.weekday}"
                    ),
                ),
                why=(
                    "Rule 12: a notice of the desk lead is archived to the team whose work it is "
                    "about. Not to the one that had it meanwhile; not normal: nothing is asked of "
                    "anybody (Rule 3)."
                ),
            ),
        ),
    ),
    Carrier(
        name="own-hands-again",
        role="end",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="Back in its own hands",
                    timestamp="{d0.iso}T16:10:00",
                    body=cleandoc("""
                        Hello everybody,

                        did I say it would last longer? I did, and I was wrong. At 08:00 on
                        {since.weekday} {since} the cover by {to_team} ends. From that hour on
                        {of_team} gets its own mail again, all of it, as before I handed it over.

                        The lost umbrella hangs at the front desk.

                        Ines Calloway
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{of_team}",
                        "{since} | {since.weekday}",
                        "{to_team} | back | ends | ended | returns | return | returned | "
                        "resumes | stops | early | sooner",
                    ),
                    reference_summary=(
                        "Mail for {of_team} is no longer handed to {to_team}: the arrangement is "
                        "over early, from {since} 08:00."
                    ),
                    about=(
                        "ines calloway desk lead {to_team} work handed handover cover arrangement "
                        "early sooner first planned 08:00 routing notice resume goes again own "
                        "before {since.weekday}"
                    ),
                ),
                why=(
                    "Rule 12: a notice of the desk lead is archived to the team whose work it is "
                    "about. Not to the one that covered; not normal for its question, which is "
                    "her own and answered."
                ),
            ),
        ),
    ),
)
