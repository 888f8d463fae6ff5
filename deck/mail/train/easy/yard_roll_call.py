"""A genuine mail that leaves nothing to do."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="yard-roll-call",
    slots={
        "heads, minutes": (("31", "3"), ("28", "4"), ("42", "5"), ("37", "4"), ("26", "3")),
        "insurer": (
            "Harrowgate Mutual",
            "Pennine Provident",
            "Staithes Insurance",
            "Calder Assurance",
            "Ribble Mutual",
        ),
        "spot": (
            "the bicycle shed",
            "the weighbridge",
            "the flagpole",
            "the lower gate",
            "the big oak",
        ),
        "clock": ("10:02", "10:17", "09:48", "11:04", "10:31"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="Evacuation drill, north building, Monday {d0}, {clock}",
                timestamp="{d1.iso}T13:50:00",
                body=cleandoc("""
                    Evacuation drill of Monday {d0}, north building, for your records.

                    {clock}: fire alarm. Smoke (from the theatre machine) fills the corridor behind
                    the packing hall. Lights off. The stair on the east side counts as lost,
                    {person2} lies down on it and plays unconscious. Everyone drops what they hold:
                    a load stands half on the lorry, a telephone goes on talking to a customer.

                    {minutes} minutes later: {heads} heads at {spot}, {heads} names on the list.
                    {person2} carried, laughing. No injury, no near miss. Both fire doors closed by
                    themselves. The siren was heard in the freezer, which had been the open point
                    from the previous drill.

                    Findings: none. Measures: none. Form signed by the site manager and the
                    observer; {insurer} confirmed this morning that it is in their file. Next drill
                    is in the calendar already, in half a year. All complete, all closed, no reply
                    needed.

                    One person got cocoa over a shirt while running. It has been washed.

                    {person1}, fire warden north
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="safety",
                facts=facts(
                    "evacuation | evacuate | evacuated | drill | exercise | rehearsal | fire "
                    "practice",
                    "{heads} | {minutes} minutes | everyone | everybody",
                    "{insurer} | insurer | insurance | no findings | without findings | "
                    "findings none | no issues | no problems | without problems | no faults | "
                    "no measures | no follow-up | no injuries | no injury | nobody hurt | form "
                    "signed | signed form | filed | successful | succeeded",
                ),
                reference_summary=(
                    "Monday's evacuation exercise in the north building brought all {heads} "
                    "people out in {minutes} minutes, and {insurer} has the signed form."
                ),
                about=(
                    "{person1} warden {d0} accounted alarm doors clean fine went closed complete "
                    "record paperwork block submits"
                ),
            ),
            why=(
                "Rule 3: the drill went well, no findings, form signed and already with the "
                "insurer. Not urgent although it begins with sirens and smoke (Rule 5). Not "
                "legal: if something were left to do about an evacuation it would be "
                "safety's (Rule 14)."
            ),
        ),
    ),
)
