"""Twins: two mails alike, and one detail that changes label or team."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="the-talk",
    slots={
        "joba": (
            "yard planner",
            "forklift instructor",
            "shift planner",
            "night clerk",
            "pallet controller",
        ),
        "jobb": (
            "route planner",
            "goods-in clerk",
            "yard marshal",
            "reefer mechanic",
            "stock clerk",
        ),
        "placea": ("ferry company", "sugar works", "county museum", "tram depot", "bottling plant"),
        "placeb": (
            "eye clinic",
            "passport office",
            "adult college",
            "dental hospital",
            "driving centre",
        ),
        "houra": ("10:15", "11:30", "14:00", "15:45", "09:30"),
        "hourb": ("10:45", "11:00", "14:30", "15:15", "09:45"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@northpost.example>",
                subject="V-{vacancy1}",
                timestamp="{d3.iso}T18:10:00",
                body=cleandoc("""
                    Dear Kestrelmoor,

                    {person1} here, about V-{vacancy1}, the {joba}. {person2} of your office kindly
                    gave me Friday {d18} at {houra} for the talk.

                    Now the {placea} has written to me: they take me on from that very week, and I
                    have signed with them. I spoke with {person2} on the telephone this morning, who
                    has already crossed my hour out and given it to the next in the row, and wished
                    me well there.

                    I would like to say thank you to all of you in this way too. When I brought my
                    papers in, your driver at the gate walked with me through the rain to the right
                    door, past all the lorries, and somebody in the cold hall lent me a jacket. One
                    does not find that everywhere.

                    With friendly greetings,
                    {person1}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="people",
                facts=facts(
                    "{vacancy1} | {person1.last} | {person1.first} | {joba}",
                    "withdraw | withdrawn | withdraws | another job | another post | another "
                    "employer | elsewhere | new job | found job | found work | cancels interview | "
                    "cancelled interview | {placea} | declines | turned down | bows | signed",
                    "{d18} | {person2.last} | {houra} | interview | talk | slot | appointment",
                ),
                reference_summary=(
                    "{person1} has withdrawn from V-{vacancy1} for another employer, and "
                    "{person2} has already cancelled the interview."
                ),
                about=(
                    "applicant vacancy thanks kindness accepted telephone given away reallocated "
                    "chase step staff simply"
                ),
            ),
            why=(
                "Rule 3 and Rule 8: a genuine candidate bows out, the hour is already given "
                "to another. Not normal although a day for the talk is named: nothing is "
                "left to arrange. Not dispatch."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <{person3.mailbox}@westletter.example>",
                subject="V-{vacancy2}",
                timestamp="{d8.iso}T18:35:00",
                body=cleandoc("""
                    Dear Kestrelmoor,

                    {person3} here, about V-{vacancy2}, the {jobb}. {person4} of your office kindly
                    gave me Friday {d18} at {hourb} for the talk.

                    Now the {placeb} has written to me: they want me on that very day, and I have
                    waited half a year for them. I spoke with {person4} on the telephone this
                    morning, who has already crossed my hour out and given it to the next in the
                    row, and told me to write here for another. Any day from Monday {d21} to Friday
                    {d25} would suit me.

                    I would like to say thank you to all of you in this way too. When I brought my
                    papers in, your driver at the gate walked with me through the fog to the right
                    door, past all the lorries, and somebody in the cold hall lent me a torch. One
                    does not find that everywhere.

                    With friendly greetings,
                    {person3}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="people",
                facts=facts(
                    "{vacancy2} | {person3.last} | {person3.last} not | {person3.first} | {jobb}",
                    "another day | asks another | asks new | new time | different day | new day | "
                    "another date | new date | different date | another interview | new interview "
                    "| another appointment | new appointment | another slot | new slot | another "
                    "time | new time | interview day | interview date | interview slot | "
                    "alternative | rearrange | rearranged | rebook | reschedule | rescheduled | "
                    "rescheduling | move | postpone | fresh slot",
                    "{d21} | {d25}",
                ),
                reference_summary=(
                    "{person3}, a candidate for V-{vacancy2}, asks for another interview "
                    "date between {d21} and {d25}."
                ),
                about=(
                    "applicant {person4} {placeb} {d18} {hourb} original visit suits offer "
                    "something reassigned released"
                ),
            ),
            why=(
                "Rule 2 and Rule 8: a new day must be found, any in a week that is well "
                "ahead. Not archive, though the old hour is already given away: a request is"
                " left. Not dispatch."
            ),
        ),
    ),
)
