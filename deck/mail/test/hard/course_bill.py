"""A colleague files a finished course, and a bill for it comes from somewhere else."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="course-bill",
    slots={
        "firm, domain, falsedomain": (
            ("Rodmell Training", "rodmelltraining.example", "rodmellcourses.example"),
            ("Ashwick Safety School", "ashwickschool.example", "ashwickinstruction.example"),
            ("Thirlby Instruction", "thirlbyinstruction.example", "thirlbyacademy.example"),
            ("Cold Ashby Skills", "coldashbyskills.example", "coldashbytraining.example"),
            ("Nunwell Lift Truck School", "nunwellschool.example", "nunwelltrucks.example"),
        ),
        "drivers, amount": (
            ("7", "£1,365.00"),
            ("8", "£1,560.00"),
            ("9", "£1,755.00"),
            ("11", "£2,145.00"),
            ("12", "£2,340.00"),
        ),
        "truck": ("reach truck", "counterbalance truck", "order picker", "side loader", "stacker"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="Fwd: results {truck}",
                timestamp="{d1.iso}T15:10:00",
                thread_history=[
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@{domain}>, Mon {d0} 2026 16:45

                        Hello {person1.first}, all {drivers} of yours are through, theory and
                        practice. The cards went to each of them by post. It was a good group.
                        {person2.first}, {firm}
                    """),
                ],
                body=cleandoc("""
                    Hello,

                    the results of the {truck} course are below. All {drivers} have passed. I sat
                    down with {person3} in your office this noon and we put every one of them into
                    the training file, with the day on which the card runs out. The missing surname
                    is also in. {person3.first} has printed the list for the wall and I have put it
                    up.

                    Who would have thought that of the two from the freezer, after last spring? They
                    were the best of the lot.

                    The next course is not before next year and the school will write to me about
                    it. I am back on the early shift from tomorrow.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="people",
                facts=facts(
                    "{drivers} | everybody | everyone | whole group",
                    "passed | pass | results | success | successfully",
                    "{truck} | course | training file | training | {firm}",
                ),
                reference_summary=(
                    "All {drivers} of ours passed the {truck} course at {firm}; {person1} and "
                    "{person3} have entered them in the training file."
                ),
                about=(
                    "{person2} {domain} theory practice cards card post recorded listed printed "
                    "wall school drivers colleagues staff completed next year expiry forwards "
                    "exam qualified"
                ),
            ),
            why=(
                "Rule 3: everybody passed, the file is up to date and the list hangs. Not normal "
                "although it asks something, of nobody. Not safety: training of our own staff is "
                "for people (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{firm}, accounts <accounts@{falsedomain}>",
                subject="Course {truck}, PO {po1}",
                timestamp="{d8.iso}T11:05:00",
                body=cleandoc("""
                    Dear customer,

                    We hope that your staff enjoyed their days with us. For the {truck} course in
                    which {drivers} of them took part we have entered the following:

                    Your order: PO {po1}
                    Course, examination and cards: {amount}
                    Room and tea: included
                    Payable by: Friday {d11}, 12:00

                    Our bank details are those that you have always used. Should you want the hours
                    of each person set out on a sheet of their own, do ask, it is little trouble.
                    The desk is staffed until 15:30, tomorrow until noon because of a funeral.

                    Yours sincerely
                    {person4}
                    Accounts, {firm}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="billing",
                facts=facts(
                    "{firm} | {falsedomain} | {po1}",
                    "{amount} | bill | invoice",
                    "domain | different address | wrong address | another address | other address "
                    "| {falsedomain}",
                ),
                reference_summary=(
                    "Somebody at {falsedomain}, which is not the domain of {firm}, bills us "
                    "{amount} for the {truck} course under PO {po1}."
                ),
                about=(
                    "{person4} {domain} {drivers} {d11} 12:00 pay payable accounts training school "
                    "partner examination cards money charges claims strange foreign staff {truck}"
                ),
                memoryless=("normal", "billing"),
            ),
            why=(
                "Rule 7: the school wrote to our colleague from another domain, so this bill has "
                "a false identity. Not normal although it quotes a PO and leaves the bank alone. "
                "Not people: what it wants is a payment, so billing (Rule 16)."
            ),
        ),
    ),
)
