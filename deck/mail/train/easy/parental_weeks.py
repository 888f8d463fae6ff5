"""One plain request that can wait."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="parental-weeks",
    slots={
        "weeks, spread": (
            ("8", "sixteen"),
            ("6", "twelve"),
            ("10", "twenty"),
            ("12", "twenty-four"),
            ("9", "eighteen"),
        ),
        "baby": ("Wren", "Otis", "Juno", "Ezra", "Flora", "Ned"),
        "job": (
            "a loader",
            "a pallet wrapper",
            "a label checker",
            "a tail-lift hand",
            "a night porter",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="a small question, sorry",
                timestamp="{d10.iso}T12:50:00",
                body=cleandoc("""
                    Hello, I hope this is the right place and I am not bothering anyone.

                    I am {person1.first} {person1.last}, {job} by dock {dock1}. We have little
                    {baby} at home since a while now. I still have {weeks} weeks of parental leave
                    that I have not used. I was going to stay away in one go, but {person2.first}
                    from the lorries said that one can spread it out, a few days each week.

                    So please could you tell me, only if it is allowed, whether mine could be half
                    weeks, {spread} of them, beginning on Monday {d35}? I do not know what that does
                    to my wages, or if there is a form to fill in. My shift lead is fine with it
                    either way.

                    The notice board says that weeks not stamped before the child is one year old
                    are gone by law. That is Wednesday {d16}, so by 17:00 when your counter shuts.
                    The bigger cot is coming tomorrow at ten, by carrier. Thank you for reading, and
                    sorry that it got long.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="people",
                facts=facts(
                    "{person1.last} | {person1.first} | {job}",
                    "parental | parent | parental leave | half weeks | spread | part-time",
                    "{d35} | {d16} | wednesday",
                ),
                reference_summary=(
                    "{person1} asks whether {weeks} unused weeks of parental leave can be half "
                    "weeks from {d35}; what is not stamped by 17:00 on {d16} lapses."
                ),
                about=(
                    "dock {dock1} {spread} split begin starting become allowed wages pay effect "
                    "changes form including shift lead agrees enquires wonders stamp stamped lapse "
                    "lost expire birthday year old {baby} law"
                ),
            ),
            why=(
                "Rule 2: by law the weeks are gone unless they are applied for by {d16} at 17:00, "
                "the fourth working day from here. Not urgent: that is later than the next working "
                "day. Not dispatch: the drivers are only mentioned (Rule 14)."
            ),
        ),
    ),
)
