"""One plain request that can wait."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="lift-course",
    slots={
        "town": ("Wexcombe", "Tarnside", "Great Ollerby", "Port Merrion", "Stanbeck"),
        "maker": (
            "Hubertine tail lifts",
            "Corvax tail lifts",
            "Steadman tail lifts",
            "Liftrite tail lifts",
            "Elevon tail lifts",
        ),
        "trailer": ("9", "14", "22", "27", "31"),
        "cost": ("£340.00", "£385.00", "£410.00", "£455.00", "£470.00"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="A question for upstairs",
                timestamp="{d3.iso}T12:35:00",
                body=cleandoc("""
                    Greetings from underneath trailer {trailer}.

                    The makers of {maker} hold a course in {town}, a good month off: Monday {d35}
                    until the Friday of that week. I'd like to be there, since each time one of the
                    things sulks we ring them and a voice plays us the harp at so much a minute.
                    They keep a chair warm for me till Friday {d25}. The {cost} is settled.

                    What is not settled is who lets me off my shifts for the five days. There is a
                    form, pale green, I found it behind the grease tins. At the bottom it says
                    "signed by" and then a line and that is all the guidance it gives. My foreman
                    says it's for upstairs. Upstairs was at lunch. Could you tell me who signs the
                    line? And do the five days come off my holidays or count as worked? Tomorrow I
                    have two lorries to get out by noon, so don't ring. Any day before the
                    {d25.ordinal} finds me happy.

                    Back under.
                    {person1.first}, mechanic (oily thumbs, sorry keyboard)
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="people",
                facts=facts(
                    "{person1.last} | {person1.first} | mechanic",
                    "course | training | {town} | tail lift",
                    "form | sign | signature | approve | approval | authorise | leave",
                    "{d35} | {d39} | {d25} | {d25.ordinal}",
                ),
                reference_summary=(
                    "Mechanic {person1} wants five days away for a tail lift course from "
                    "{d35} and asks whose signature the form needs."
                ),
                about=(
                    "{maker} shift rota release absence application holiday count work paid cost "
                    "{cost} settled place reserved fitter eats"
                ),
            ),
            why=(
                "Rule 2: the place is kept until Friday of the third week after. Not urgent:"
                " nothing is lost by tomorrow. Not billing: the price is settled; not "
                "dispatch: the trailer is scenery. Training and leave are for people (Rule "
                "14)."
            ),
        ),
    ),
)
