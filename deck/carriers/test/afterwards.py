"""Harmless mail of a supplier's, from an address that may have sent fraud before."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="pair-at-the-gatehouse",
        role="afterwards",
        slots={
            "arrival": ("08:30", "09:15", "10:00", "11:30", "13:00"),
            "minutes": ("15", "20", "25", "35", "40"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="{person2} and {person3}, {d14.short}",
                    timestamp="{d0.iso}T16:10:00",
                    body=cleandoc("""
                        Good afternoon,

                        once a year we go round with everybody who has our things in use and look at
                        what is worn and what isn't. To you we send {person2} and {person3}, on
                        {d14.weekday} {d14} at {arrival}.

                        Would you have a visitor's badge made out for each and left at the
                        gatehouse? Our last pair stood there for {minutes} minutes over the spelling
                        of a name, so best copy them from here. Tomorrow the two are in Wales and
                        out of reach, but I am not.

                        {person1}
                        {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="security",
                    facts=facts(
                        "{supplier} | {person1.last} | {person2.last} | {person3.last}",
                        "badge | badges | passes",
                        "{d14} | {d14.ordinal} | {arrival}",
                    ),
                    reference_summary=(
                        "{supplier} asks for visitor's badges at the gatehouse for {person2} and "
                        "{person3}, who come on {d14} at {arrival}."
                    ),
                    about=(
                        "{person1} {d14.weekday} yearly annual inspection inspect check worn round "
                        "pair visitors visit visiting prepare issue ready spelling names supplier "
                        "entry"
                    ),
                ),
                why=(
                    "Rule 2: two badges are to be made out, two weeks ahead; not urgent for its "
                    "tomorrow, when the two are elsewhere. Not cold_store, where the pair will "
                    "go round: badges are next, and security's work (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="off-a-clipboard",
        role="afterwards",
        slots={
            "count": ("14", "17", "23", "26", "31"),
            "things": ("grey crates", "wooden boxes", "roll cages", "stillages", "blue tubs"),
            "place": ("side yard", "back fence", "lower ramp", "old canopy", "end bay"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="{count} {things}",
                    timestamp="{d0.iso}T08:05:00",
                    body=cleandoc("""
                        Hi, {person1.first} here from {supplier}

                        by my list {count} of our {things} are standing at yours, empty, from the
                        last three drops. We've a lorry coming past you on {d7.weekday} {d7} and
                        again on {d21}, either will do for us. Which one shall I put you down for,
                        and where will your people hand them over? Was the {place} the other time

                        if my number's off go by what is there, it's only off a clipboard. Out on
                        the road till tomorrow lunch, mail finds me

                        {person1.first}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="dispatch",
                    facts=facts(
                        "{supplier} | {person1.last} | {person1.first}",
                        "{count} | {things} | empties",
                        "{d7} | {d7.ordinal} | {d21} | {d21.ordinal} | collection | collect | "
                        "fetch | pick up | hand over",
                    ),
                    reference_summary=(
                        "{supplier} would fetch its {count} empty {things} on {d7} or {d21} and "
                        "asks which suits us, and where."
                    ),
                    about=(
                        "{person1} {d7.weekday} {place} collected collecting picked handed "
                        "handover lorry choose chosen drops standing returned return place spot "
                        "approximate number supplier"
                    ),
                ),
                why=(
                    "Rule 2: a day is to be chosen for fetching empties, and either will do. Not "
                    "urgent for its tomorrow, which is about the writer's round. Not cold_store, "
                    "in whose yard they stand: empties are dispatch's work (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="half-day-in-the-room",
        role="afterwards",
        slots={
            "count": ("seven", "eight", "nine", "ten", "twelve"),
            "room": ("canteen", "long room", "upper meeting room", "drivers' room", "old office"),
            "years": ("two", "three", "four", "five", "six"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="The half day in your {room}",
                    timestamp="{d0.iso}T14:20:00",
                    body=cleandoc("""
                        Dear colleagues,

                        the half day of instruction that goes with what you have from us was held in
                        your {room} on {d-7}. All {count} of your people came and passed. Each went
                        home with the certificate, good for {years} years, and your training file
                        had its copies from {person2} before our van was out of the gate.

                        Who would have thought that most of the questions would be about parking?
                        The projector was ours and is back on its shelf.

                        Kind regards
                        {person1}, {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="people",
                    facts=facts(
                        "{supplier} | {person1.last} | {person1.first}",
                        "instruction | training | course | half day | trained | trainees | {d-7}",
                        "{count} | certificate | certificates | passed",
                    ),
                    reference_summary=(
                        "{supplier} held its half day of instruction on {d-7}; all {count} of our "
                        "staff passed and have their certificates."
                    ),
                    about=(
                        "{person1} {person2} {room} {years} years valid copies training file "
                        "records attended trained participants completed handed filed employees "
                        "supplier session last learners everyone successful instructed open "
                        "outstanding"
                    ),
                ),
                why=(
                    "Rule 3: the instruction was held, and the certificates and their copies are "
                    "handed over. Not normal for its question, which asks nobody. Training of our "
                    "own staff is people's work, not customer_care's (Rule 14)."
                ),
            ),
        ),
    ),
)
