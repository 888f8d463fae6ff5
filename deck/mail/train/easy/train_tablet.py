"""One plain reason to act before the end of the next working day."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="train-tablet",
    slots={
        "round": ("Saltmarsh", "Harbour", "Upper Dale", "Ring Road", "Canal Side"),
        "station": ("Elmswell Halt", "Barrow Junction", "Tarnside", "Cope Street", "Fenny Cross"),
        "count": ("84", "112", "67", "139", "96"),
        "mins": ("an hour", "about an hour", "just over an hour", "one hour", "a good hour"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="Lost tablet, I have to own up to it",
                timestamp="{d2.iso}T15:35:00",
                body=cleandoc("""
                    Good afternoon, and I am sorry to trouble you, I have lost my works tablet and
                    have been walking round the kitchen working out how to put it.

                    I drive the {round} nights. Today I went home by rail, which I never do, and I
                    had the tablet on the seat next to me because of my flask. I got off at
                    {station}. It did not. That was {mins} ago. The railway people were very kind
                    but the carriages go on to the coast and they only look through on Monday {d7}.

                    If it was just the lost tablet itself I would say no more. But the customers'
                    door codes for the night drops are on there, {count} of them with the address to
                    each, and there is no password, I had taken it off because it will not have
                    gloves. Lift the cover and you are signed in. Unless you shut off my login
                    today, whoever finds it can open those doors tonight.

                    I am so sorry.
                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="security",
                facts=facts(
                    "tablet | device",
                    "train | {station} | railway | rail | unlocked | unprotected | no password | "
                    "without password",
                    "codes | entry details | access details",
                ),
                reference_summary=(
                    "{person1} left an unprotected tablet on a train at {station}; anyone "
                    "opening it sees the door codes of {count} customers."
                ),
                about=(
                    "driver works {round} login account shut block disabled lost drops night "
                    "clients holds inside exposed uses intrusion prevent aboard coast travelling "
                    "{d2}"
                ),
            ),
            why=(
                "Rule 1: whoever picks the tablet up can open customers' doors tonight, so "
                "it must be shut off and the codes changed. Not normal although the railway "
                "only looks on Monday. Not dispatch, though a driver of ours writes."
            ),
        ),
    ),
)
