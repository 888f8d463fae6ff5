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
                subject="Three places on the {d30.ordinal}",
                timestamp="{d10.iso}T16:05:00",
                thread_history=(
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domain}>, Mon {d0} 2026 08:50

                        Three places are kept for your drivers on Wednesday {d30}, in {room}. Names
                        are enough for the register, the rest is done at the door.
                    """),
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Tue {d1} 2026 13:15

                        Lovely. They are {person3}, {person4} and {person5}. Is there lunch?
                    """),
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domain}>, Tue {d1} 2026 15:30

                        Soup, and {tea} at three. All booked and settled.
                    """),
                ),
                body=cleandoc("""
                    Dear {person2.first},

                    The soup stands, do not worry. One small thing has come up since we last wrote.
                    For the register of {firm} we now keep a picture of each candidate on file.

                    Would you scan the passports of {person3.first}, {person4.first} and
                    {person5.first}, the page with the photograph and the one with the signature,
                    and send all six pages back to me in reply to this? By Monday {d21} would suit
                    us, as the list is closed the day after. If one of them is out on the road that
                    week, the two others can come first.

                    You need not alter the booking, there is nothing extra to pay, and the fire
                    drill that I mentioned on the phone has been put off.

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
                    "{d21} | domain | false identity | lookalike | look-alike | impersonator | "
                    "impersonation | imposter | impostor",
                ),
                reference_summary=(
                    "Someone posing as {short} from a lookalike domain wants passport scans "
                    "of three drivers by {d21}."
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
