"""A later mail moves the day that an earlier one hangs on."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="card-course",
    slots={
        "firm, short, domain": (
            ("Roadwise Academy", "Roadwise", "roadwiseacademy.example"),
            ("Axle & Ladder Learning", "Axle", "axleladder.example"),
            ("Milepost Tuition", "Milepost", "mileposttuition.example"),
            ("Steerwell College", "Steerwell", "steerwellcollege.example"),
            ("Tachograph House", "Tachograph", "tachographhouse.example"),
        ),
        "first, second, third": (
            ("Birch", "Lomas", "Tennant"),
            ("Farrow", "Pym", "Sadler"),
            ("Gill", "Horrocks", "Vance"),
            ("Noble", "Quill", "Stead"),
            ("Crane", "Dyson", "Marl"),
        ),
        "reason": (
            "the car park is dug up next week",
            "the hall is wanted for a count of votes",
            "the examiner has a hip to be mended",
            "the roof men have moved their scaffold",
            "the hall floor is to be sanded",
        ),
        "fee": ("£1,140.00", "£1,260.00", "£1,185.00", "£1,320.00", "£1,095.00"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Driver cards: {first}, {second}, {third}",
                timestamp="{d0.iso}T10:50:00",
                body=cleandoc("""
                    Dear Kestrelmoor,

                    Here is how it stands with your three at {firm}. Drivers {first}, {second} and
                    {third} have places on the card course on Tuesday {d8}. The {fee} has been paid,
                    thank you, and the lunch is included (soup).

                    What we still need from your side is proof of who they are: for each a copy of
                    passport and of the present card, certified by the employer. All three sets must
                    be with us on the day before the course, by close of our counter at 17:00. It is
                    not our whim, the examiner takes the pile away that evening. Anybody who is
                    missing from it sits the course for nothing and may not be put on a lorry of
                    yours until the next one, which is half a year off.

                    The moment the sets have reached us you get a one-line receipt at this address
                    from me; as long as you haven't had that, we have nothing.

                    Yours,
                    {person1}
                    Registrar
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="people",
                facts=facts(
                    "{short} | {first} | {second} | {third} | three drivers | drivers | "
                    "{person1.last} | {person1.first}",
                    "passport | passports | proof | papers | certified copies | certified | id",
                    "{d8} | {d7}",
                ),
                reference_summary=(
                    "{short} needs certified passport and card copies for three drivers by "
                    "17:00 on {d7}, the day before their course."
                ),
                about=(
                    "{firm} {person1} registrar examiner present current employer attested "
                    "identification documents licence fee paid reach receipt half year six months "
                    "drive barred lorry training attend duplicates grounded missing counter "
                    "places"
                ),
            ),
            why=(
                "Rule 2: the papers are due on the day before the course, Monday {d7}, the fifth "
                "working day from here. Not urgent although the drivers may lose their cards. Not "
                "dispatch although lorries would stand: staff papers and courses are people's "
                "(Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="{first}, {second}, {third}: other day",
                timestamp="{d2.iso}T12:30:00",
                body=cleandoc("""
                    Once more from the registry,

                    with a change on our side: {reason}, and so the course for your three is held on
                    Friday {d4} instead of Tuesday {d8}. Same house, same soup.

                    I have spoken to {first}, {second} and {third} on the telephone and all of them
                    can come; your planner {person2} has already given their lorries to others for
                    that Friday. Nothing else in my letter of Monday changes, and the fee stays as
                    paid.

                    {person1}
                    Registrar
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="people",
                facts=facts(
                    "{short} | {first} | {second} | {third} | three drivers | drivers | "
                    "{person1.last} | {person1.first}",
                    "{d4} | friday | brought forward | moved | earlier",
                    "{d3} | tomorrow | thursday | passport | passports | proof | papers | "
                    "certified",
                ),
                reference_summary=(
                    "{short} moved the three drivers' course to {d4}, so their certified identity "
                    "papers are now due tomorrow, {d3}, 17:00."
                ),
                about=(
                    "{firm} {person1} registrar change sets receipt copies card employer attested "
                    "documents missing acknowledged advanced training drive barred instead held"
                ),
                stale=("{d8}",),
                memoryless=("archive", "people"),
            ),
            why=(
                "Rule 1: by the first letter the papers must be there on the day before the "
                "course, now tomorrow, or three drivers may not drive. Not archive although "
                "drivers and lorries are seen to: no receipt has come for the papers. Not "
                "dispatch (Rule 14)."
            ),
        ),
    ),
)
