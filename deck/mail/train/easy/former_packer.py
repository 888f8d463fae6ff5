"""One plain request that can wait."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="former-packer",
    slots={
        "years, staff": (
            ("four", "2281"),
            ("five", "1937"),
            ("six", "1746"),
            ("seven", "1562"),
            ("three", "2408"),
        ),
        "mailer": (
            "fernpost.example",
            "inkwellmail.example",
            "bluepigeon.example",
            "corkmail.example",
            "pebblebox.example",
        ),
        "street": (
            "14 Tannery Row",
            "9 Weir Bank",
            "27 Chandler Street",
            "3 Saddler Yard",
            "41 Maltings Lane",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{mailer}>",
                subject="data protection request, my number {staff}",
                timestamp="{d8.iso}T19:10:00",
                body=cleandoc("""
                    Good evening,

                    to which office I must write I am not sure. It is a data protection request. I
                    have packed on nights by you, {years} years, number {staff}, and left the year
                    before last.

                    Now I like to see what personal data lies about me in your house. The folder
                    with my name, what the foremen have written, my clock times, pictures of the
                    gate camera when my face is in it, also mails where I stand, and to which people
                    you gave any of my data. Not a list please. A copy of each thing. The data
                    protection authority writes that this request is my right by law and that you
                    have one month for it, from today.

                    There is no hurry. I have no fight with nobody and no lawyer, I only want to
                    know.

                    Paper is better for me, our printer has eaten a spoon (my youngest). {street},
                    second bell. My passport I can show when you want to see it.

                    Thank you for the trouble,
                    {person1}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="legal",
                facts=facts(
                    "{person1.last} | {person1.first} | {staff} | former packer | former "
                    "employee | ex-employee | former worker | former staff",
                    "copy | copies | everything we hold | records | personal data | access "
                    "request | information held | data protection request | data request | "
                    "data held",
                    "month | {street} | on paper",
                ),
                reference_summary=(
                    "{person1}, formerly a night packer, wants copies of everything we keep "
                    "about them, on paper, within one month."
                ),
                about=(
                    "number {years} years left camera pictures images cctv recipients received "
                    "disclosures subject right legal law statutory limit period runs began "
                    "exercises including plus post {d8} {d36} {d38} {d39}"
                ),
            ),
            why=(
                "Rule 2: a month to answer. Not urgent although it names a right with a "
                "term. Not people although a former packer asks for the personnel folder: a "
                "request for all personal data is legal's work (Rule 14)."
            ),
        ),
    ),
)
