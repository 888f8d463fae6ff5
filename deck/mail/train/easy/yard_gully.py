"""One plain reason to act before the end of the next working day."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="yard-gully",
    slots={
        "firm, short, domain": (
            ("Ravelstone Borough Council", "Ravelstone", "ravelstoneborough.example"),
            ("Quernford Borough Council", "Quernford", "quernfordborough.example"),
            ("Hexley Vale Borough Council", "Hexley", "hexleyvaleborough.example"),
            ("Burscombe Borough Council", "Burscombe", "burscombeborough.example"),
            ("Stannick Borough Council", "Stannick", "stannickborough.example"),
        ),
        "notice": ("EH/2207", "EH/2418", "EH/2583", "EH/2691", "EH/2875", "EH/2940"),
        "visited": (
            "the second bay from the weighbridge",
            "the wash-down slab",
            "the corner behind the empties",
            "the strip along the north wall",
            "the ground below the condensers",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Legal notice {notice}, answer outstanding",
                timestamp="{d9.iso}T08:25:00",
                body=cleandoc("""
                    Dear Sir or Madam,

                    I write on behalf of the environmental health office of {firm}, the authority
                    under whose permit your store yard is used.

                    On Friday {d-3} our officer inspected {visited} and found that meltwater had
                    been reaching the surface drain. Legal notice {notice} was served at your
                    gatehouse the same day. Our officer has since been back, has seen the new
                    pipework and has no further concern about the plant itself.

                    The notice, however, calls in law for a written answer over the signature of a
                    director, and the authority has none. Unless it is in our hands by 16:00 on
                    Thursday {d10}, the permit is suspended from that hour, all work in the yard
                    must stop, and the matter goes to our solicitor and before the court. The
                    officers have no discretion. Your own lawyer may of course draft the answer.

                    The enquiry desk on the ground floor receives papers by hand. Visitors are
                    advised that the lift is being repaired.

                    Yours faithfully,
                    {person1}
                    Environmental Health
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="legal",
                facts=facts(
                    "{notice} | {short} | environmental health | council | authority",
                    "written answer | written reply | written response | signed answer | "
                    "signed reply | signed response | director signature | director signed | "
                    "signed by a director | suspend | suspended | suspension | permit",
                    "{d10} | 16:00 | Thursday",
                ),
                reference_summary=(
                    "A director must sign our reply to {notice} and get it to {short} by "
                    "16:00 tomorrow; otherwise the store yard loses its permit."
                ),
                about=(
                    "{firm} {person1} legal notice drain drainage meltwater pipework physical "
                    "repair accepted arrives stop work court proceedings solicitor follow"
                ),
            ),
            why=(
                "Rule 1: a binding date tomorrow at 16:00, after which the yard stops. Not "
                "normal although the tone is calm. Not cold_store: the plant is repaired, "
                "only the answer to the council is missing (Rule 14)."
            ),
        ),
    ),
)
