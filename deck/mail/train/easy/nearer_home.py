"""A genuine mail that leaves nothing to do."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="nearer-home",
    slots={
        "employer, work": (
            ("the bakery on our own road", "bakery"),
            ("the village sawmill", "sawmill"),
            ("the school kitchen round the corner", "school kitchen"),
            ("the pottery at the end of our lane", "pottery"),
            ("the brewery by our bus stop", "brewery"),
        ),
        "provider": (
            "tarnmail.example",
            "moorpost.example",
            "clogmail.example",
            "becksidemail.example",
            "rowanpost.example",
        ),
        "pet": ("whippet", "tomcat", "parrot", "terrier", "greyhound"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{provider}>",
                subject="V-{vacancy1}",
                timestamp="{d10.iso}T18:45:00",
                body=cleandoc("""
                    Dear {person2.first},

                    I'm no great hand at letters so this will be short. Thank you for the talk we
                    had over V-{vacancy1} and for showing me round. I'd never stood in a chamber
                    that cold, and the two on the dock who let me have a go with the scanner were
                    very patient.

                    As I said to you on the telephone at dinner time, I have said yes to a job at
                    {employer}. I start on Monday {d14}. It's less pay, but it is four minutes on
                    foot, and the {pet} gets let out at noon. You told me there and then that you
                    had crossed me off and shredded my papers, which was quick, so I'll not be
                    troubling your postman again after this.

                    I wanted it said in writing as well that I was treated decently. There's many
                    don't.

                    All the best to you and to whoever does get it,
                    {person1}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="people",
                facts=facts(
                    "{person1.last} | {person1.first} | {vacancy1} | candidate | applicant",
                    "{work} | another job | another post | another position | other work | "
                    "other job | elsewhere | nearer home | closer to home | near home | "
                    "different job | withdrew | withdrawn | pulled out | declined | local job "
                    "| new job | took a job | taken a job",
                    "thanks | thanked | thank | grateful | gratitude | {d14} | appreciation | "
                    "appreciated | crossed off | struck off | removed | application closed | "
                    "closed | shredded | destroyed | kind words | decently",
                ),
                reference_summary=(
                    "{person1.last}, candidate for V-{vacancy1}, sends thanks after "
                    "accepting a {work} job nearer home from {d14}; already removed from the"
                    " list."
                ),
                about=(
                    "{person1} {person2} vacancy interview papers paperwork telephone starting "
                    "expresses outstanding follows"
                ),
            ),
            why=(
                "Rule 3: thanks and a farewell, already noted by telephone; nothing is left "
                "to do. Not normal: no answer or paper is wanted. Not cold_store although it"
                " speaks of a chamber; a candidate belongs to people (Rule 14)."
            ),
        ),
    ),
)
