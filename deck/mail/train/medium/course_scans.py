"""A thread whose newest message decides."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="course-scans",
    slots={
        "firm, short, domain, false": (
            (
                "Hexthorpe Driver College",
                "Hexthorpe",
                "hexthorpecollege.example",
                "hexthorpe-college.example",
            ),
            (
                "Quarrendon Road Academy",
                "Quarrendon",
                "quarrendonacademy.example",
                "quarrendonacadamy.example",
            ),
            (
                "Bellerby Wheel School",
                "Bellerby",
                "bellerbyschool.example",
                "bellerby-school.example",
            ),
            (
                "Tamerton Transport College",
                "Tamerton",
                "tamertoncollege.example",
                "tamertoncolledge.example",
            ),
            (
                "Ravenglade Driver Centre",
                "Ravenglade",
                "ravengladecentre.example",
                "ravenglade-centre.example",
            ),
        ),
        "room": (
            "the hall with the piano",
            "the room over the tyre bay",
            "the portable cabin",
            "the old chapel room",
            "the canteen annexe",
        ),
        "tea": ("flapjacks", "shortbread", "currant buns", "ginger biscuits", "samosas"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{false}>",
                subject="Three chairs on the {d30.ordinal}",
                timestamp="{d10.iso}T16:05:00",
                thread_history=(
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domain}>, Mon {d0} 2026 08:50

                        Three chairs are kept for your drivers on Wednesday {d30}, in {room}. Names
                        are enough for now, the rest is done at the door.
                    """),
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Tue {d1} 2026 13:15

                        Lovely. They are {person3}, {person4} and {person5}. Is there lunch?
                    """),
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domain}>, Tue {d1} 2026 15:30

                        Soup, and {tea} at three. Then that is that.
                    """),
                ),
                body=cleandoc("""
                    Dear {person2.first},

                    The soup stands, do not worry. Only, the office above ours has taken up a new
                    habit: at {firm} a likeness of everybody who sits down with us is now to lie in
                    a drawer beforehand.

                    Would you put the passports of {person3.first}, {person4.first} and
                    {person5.first} on your copier, opened where the face is and again where the
                    name is written by hand, and let me have all six pages in reply to this? Monday
                    {d21} is early enough, as the drawer is shut the day after. If one of them is
                    away with a lorry that week, the other two can come first.

                    The invoice stays as it was, so does the booking, and the fire drill at 10:00
                    tomorrow that I mentioned on the phone has been put off.

                    Until the {d30.ordinal},
                    {person1}
                    Course desk
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="people",
                facts=facts(
                    "{short} | {person1.last} | three drivers | 3 drivers",
                    "passport | passports",
                ),
                reference_summary=(
                    "Someone posing as {short} from a lookalike domain wants passport scans "
                    "of three drivers by {d21}."
                ),
                about=(
                    "{person3} {person4} {person5} {person2} {firm} course booking desk college "
                    "{d30} copies images signatures employees hooked wrong different attempt "
                    "fulfilled"
                ),
            ),
            why=(
                "Rule 7: the newest message comes from another domain than the provider's. "
                "Not normal although the thread is real. Not security: it asks for no "
                "passwords; the staff papers would come from people (Rule 16)."
            ),
        ),
    ),
)
