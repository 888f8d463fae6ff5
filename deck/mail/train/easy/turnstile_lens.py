"""One plain request that can wait."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="turnstile-lens",
    slots={
        "site": ("Stubb Lane", "Millrace Road", "Tenter Field", "Canal Side", "Foundry Street"),
        "role": ("fitter", "yard clerk", "pallet sorter", "weighbridge clerk", "cleaner"),
        "colour": ("magnolia", "pale green", "battleship grey", "cream", "sky blue"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="{site}: two small jobs",
                timestamp="{d9.iso}T13:50:00",
                body=cleandoc("""
                    Afternoon.

                    Two things from {site}, neither of them worth getting out of a chair for this
                    week.

                    One. {person2} joins us as {role} on Monday {d28}. Wages set up, boots ordered,
                    all that is done and dusted. What is missing is the thing on a string that makes
                    the turnstile go round. The last new face here came without a badge and was let
                    in by the bread lorry for a fortnight, and I would sooner not repeat it. Could
                    you make one up, please?

                    Two. The painters did the bike shed in {colour} and while they were up the
                    ladder they gave the camera above the east gate a shove. Since then it has been
                    watching forty square feet of {colour} wall, day and night, in fine detail.
                    Whoever brings the one could turn the other back to the gate. If both are right
                    before {d28} I shall be content.

                    Fire drill tomorrow at ten, otherwise the kettle is on, as ever.

                    {person1}
                    Site manager, {site}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="security",
                facts=facts(
                    "{person2.last} | {person2.first} | starter | recruit | newcomer | new "
                    "employee | new colleague | {role}",
                    "badge | lens | camera | cctv | turnstile | access | pass | id card",
                    "{d28}",
                ),
                reference_summary=(
                    "{person2.last} joins {site} on {d28} and needs a badge; the east gate's"
                    " camera, knocked during painting, wants turning round."
                ),
                about=(
                    "{person1} entry manager painters decorators shove left wall staring towards "
                    "back realigned realignment sort"
                ),
            ),
            why=(
                "Rule 2: a badge and a camera to see to, by {d28}. Not urgent: nothing is "
                "lost before then. Not people: hiring and pay are done, what is left is "
                "entry and the camera (Rule 14)."
            ),
        ),
    ),
)
