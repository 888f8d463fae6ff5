"""A thread whose newest message decides."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="three-passes",
    slots={
        "firm, short, domain": (
            ("Clutchworthy Training", "Clutchworthy", "clutchworthy.example"),
            ("The Gearwell School", "Gearwell", "gearwellschool.example"),
            ("Tailboard Tutors", "Tailboard", "tailboardtutors.example"),
            ("Wayfarer Instruction", "Wayfarer", "wayfarerinstruction.example"),
            ("Halfmoon Driver Centre", "Halfmoon", "halfmoondrivers.example"),
            ("Trundle & Pask", "Trundle", "trundlepask.example"),
        ),
        "course": (
            "tanker refresher",
            "load restraint course",
            "tail-lift course",
            "night driving course",
            "trailer coupling course",
        ),
        "snag": (
            "the projector sulked",
            "the kettle blew a fuse",
            "a wasp sat the exam with us",
            "the blinds fell down",
            "the chalk ran out",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Re: Places for three",
                timestamp="{d4.iso}T15:35:00",
                thread_history=(
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domain}>, Thu {d-4} 2026 08:50

                        Good morning. For the three places on the {course} I still lack a copy of
                        both sides of each pink card, and the doctor's slip for {person4}. Without
                        these by noon on Tuesday {d1} I must give the chairs to the next on the
                        list.
                        {person1}
                    """),
                    cleandoc("""
                        From: {person5} <{person5.mailbox}@kestrelmoor.example>, Fri {d-3} 2026
                        16:05

                        Dear {person1.first}, all seven sheets attached, the doctor's slip being the
                        crooked one. Do let me know how they get on.
                        {person5.first}
                    """),
                ),
                body=cleandoc("""
                    Dear {person5.first},

                    You wished to hear how they got on, and it gives me pleasure to tell it.
                    {person2}, {person3} and {person4} had their two days of the {course}, Wednesday
                    and Thursday, and all three are through, {person4.first} with the best paper of
                    the room, although {snag} in the middle of question nine.

                    Their new cards went into the post last night, to the door each of them lives
                    behind, and since noon the national register knows it too, should a constable
                    look into the cab. What you paid when you wrote to us covers it to the penny.
                    With that I have laid the folder in the cupboard of finished things.

                    On Monday {d7} at 08:00 the next dozen come in, bailiffs of the county court,
                    and I doubt that they will ask why as often as yours did.

                    Yours truly,
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="people",
                facts=facts(
                    "{short} | {person2.last} | {person3.last} | {person4.last} | three drivers | "
                    "drivers | {person2.first} | {person3.first} | {person4.first}",
                    "passed | pass | passing | success | successful | succeeded | completed",
                    "cards | card | {course} | register | registered",
                ),
                reference_summary=(
                    "{short} reports that all three of our staff passed the {course}; their "
                    "cards are on the way to them by post."
                ),
                about=(
                    "{firm} {person1} {d3} {d4} fee paid pay owed covered settled national "
                    "updated best file closed course training sort"
                ),
                stale=("{d1}",),
            ),
            why=(
                "Rules 3 and 6: the newest message reports a success and leaves nothing "
                "open; the papers asked for were sent. Not normal although the thread made a"
                " request. People would act on training (Rule 14), not dispatch."
            ),
        ),
    ),
)
