"""One plain reason to act before the end of the next working day."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="gate-keypad",
    slots={
        "code": ("7294", "4816", "9357", "6148", "8265"),
        "coat": ("raincoat", "fleece", "cardigan", "anorak", "duffel coat"),
        "office": ("tender office", "drawing office", "print room", "sample room", "post room"),
        "colour": ("yellow", "orange", "purple", "turquoise", "pink"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="Security at the staff gate",
                timestamp="{d8.iso}T15:25:00",
                body=cleandoc("""
                    Dear security,

                    {person1.first} from the front desk, with cold hands, and it isn't the draught.

                    Last Thursday and again yesterday a person in a grey {coat} strolled in by the
                    staff gate, round the neck a guest badge on one of my {colour} lanyards. It was
                    from the week before, I pencil the week on the back. No host, nothing in my
                    book. Both times they tapped the gate code {code} on the keypad without looking,
                    it'll be on the camera, and the second time they went out with a carton from the
                    {office} under one arm. I took them for a painter, stupid me.

                    Now {person2.first}, who does our floors, tells me over the biscuits that this
                    person was ever so chatty and means to come "for the rest" tonight after eight,
                    when the whole house is dark and everyone has gone home.

                    So unless that gate gets a new code by 20:00 tonight, we are robbed again. I
                    have only the key for the post.

                    Yours, rather shaken,
                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="security",
                facts=facts(
                    "keypad | gate code | gate number | code staff gate | entry code | entry "
                    "combination | access code | combination",
                    "change | changed | changes | reset | resetting | new code | new combination "
                    "| new number | alter | replace | replaced",
                    "20:00 | tonight | evening",
                ),
                reference_summary=(
                    "A stranger with an old guest lanyard knows the staff gate's keypad "
                    "number and plans to return tonight; it must be changed before 20:00."
                ),
                about=(
                    "{person1} reception front desk {person2} carton {office} twice yesterday "
                    "{d8} back come eight steal stole stolen theft robbed pilfer pinch camera "
                    "seen pass used using reset alter set code staff gate eight"
                ),
                secrets=("{code}",),
            ),
            why=(
                "Rule 1: unless the number is changed by 20:00 more is carried off tonight. "
                "Not safety (Rule 15): the house is empty then and nobody was threatened. "
                "Not normal although chatty."
            ),
        ),
    ),
)
