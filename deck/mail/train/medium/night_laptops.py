"""A mail that is not what it looks like at first."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="night-laptops",
    slots={
        "fake": (
            "kestrelmoor-it.example",
            "kestrelmoor-nightwork.example",
            "kestrelmoor-systems.example",
            "kestrelmoor-chilled.example",
            "kestrelmoor-support.example",
        ),
        "hour": ("21:00", "21:30", "22:00", "22:30", "23:00"),
        "floor": ("ground floor", "first floor", "second floor", "third floor", "planning floor"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="Kestrelmoor IT, {person1.first} <{person1.mailbox}@{fake}>",
                subject="IT night work, {floor}",
                timestamp="{d1.iso}T15:50:00",
                body=cleandoc("""
                    Hi everyone on the {floor},

                    small favour for tonight. We did not get round to the last laptops on Friday,
                    the lift was out and nobody fancied the stairs with a trolley, so we carry on
                    from {hour} and should be through well before the early shift clocks on.

                    To save us waking you at home: leave the machine on the desk, lid open, plugged
                    in, with you still logged on and the screen lock off. Mail and the booking
                    screens may stay open, we work around them. If you have a contract or a
                    half-written quote on there, save it first, we have all cried over one of those.

                    Drop me a line with your initials and desk so that I can tick you off. Phones
                    and scanners are not affected. Biscuits on the windowsill are ours, hands off!

                    {person1.first}
                    your IT crew
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="security",
                facts=facts(
                    "laptops | laptop | machines | computers",
                    "logged | signed | unlocked | initials | screen lock | laptops open | "
                    "computers open | machines open",
                    "{hour} | tonight | overnight | {d1}",
                ),
                reference_summary=(
                    "A false IT crew at {fake} wants laptops left logged on and unlocked "
                    "tonight from {hour}, and staff initials."
                ),
                about=(
                    "{person1} {floor} desk leave guise internal maintenance coaxes urged "
                    "abandoning attempted intrusion numbers person comply followed refuse"
                ),
            ),
            why=(
                "Rule 7: it passes itself off as our own IT from a domain that is not "
                "kestrelmoor.example. Not urgent although it is for tonight, not normal "
                "although it is kindly put. It is after signed-in machines: security (Rule "
                "16)."
            ),
        ),
    ),
)
