"""An address that a colleague told of writes about something harmless."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="payslip-link",
    slots={
        "firm, short, domain": (
            ("Cobhurst Forklift Tuition", "Cobhurst", "cobhursttuition.example"),
            ("Ravelin Truck Schooling", "Ravelin", "ravelinschooling.example"),
            ("Whinfield Truck Tests", "Whinfield", "whinfieldtests.example"),
            ("Marlbeck Instruction", "Marlbeck", "marlbeckinstruction.example"),
            ("Stoneraise Forklift School", "Stoneraise", "stoneraiseschool.example"),
        ),
        "depot": (
            "Goole",
            "Swindon",
            "Carlisle",
            "Thetford",
            "Ludlow",
        ),
        "many": (
            "five",
            "six",
            "seven",
            "eight",
            "nine",
        ),
        "fee": (
            "£185.00",
            "£210.00",
            "£235.00",
            "£260.00",
            "£295.00",
        ),
        "licence": (
            "reach truck",
            "counterbalance",
            "order picker",
            "pallet stacker",
            "side loader",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="{depot}, Friday evening",
                timestamp="{d1.iso}T11:20:00",
                body=cleandoc("""
                    Hello, {person1.first} here, late shift lead at {depot}.

                    On Friday {many} of my lot had a mail from {person2.mailbox}@{domain} with a
                    button, "your payslip is on the new page". All but one binned it. {person3}
                    pressed it, typed in what opens the depot mailbox and rang your night number at
                    once. They called it a plain trap, changed it inside ten minutes and took the
                    mail off all the phones, so nobody can get in with that any more.

                    What I still need. The mailbox keeps a list of who opened it and when. Can
                    somebody who knows how to read such a list go through those ten minutes and tell
                    {person4} what was looked at, if anything? It has to stand in the report to the
                    data authority, which {person4.first} has written but for that, and by law they
                    take none after Thursday {d3} at 16:00. I am off tomorrow.

                    The real payslips came on paper and are right.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="security",
                facts=facts(
                    "{depot} | {person3.last} | {domain}",
                    "check | checked | examine | examined | log | logs | accesses",
                    "{d3} | 16:00",
                ),
                reference_summary=(
                    "After a false payslip mail, the mailbox list at {depot} must be checked for "
                    "ten minutes of access and {person4} told by {d3}, 16:00, for the authority."
                ),
                about=(
                    "{person1} {person2} {person3} {short} phishing link button typed entered "
                    "password sign-in credentials changed colleague pressed clicked Friday shift "
                    "staff data authority law depot viewed read review examine access logins "
                    "{person1} list record opened"
                ),
            ),
            why=(
                "Rule 2: what was given away has been changed; the law shuts the report on "
                "Thursday, after the next working day. Not urgent although somebody typed it in. "
                "Not people: payslips are right; nor legal: the report is written but for the "
                "list that has to be read (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@{domain}>",
                subject="Spelling on a card",
                timestamp="{d9.iso}T08:55:00",
                body=cleandoc("""
                    Good morning,

                    we are tidying the files of those who took the {licence} test with us in the
                    last half-year. One of yours, {person5}, passed with two faults, and the plastic
                    card has not been printed because our two sheets spell the name in two ways.

                    Would you look up how it stands in your papers and let me have it, with the day
                    on which the employment began? That day goes on the back. It would help to hear
                    as well whether the card should come to the depot or be kept here until somebody
                    is passing.

                    The next print run is on Monday {d14} at 10:00, so Friday does nicely. The paper
                    slip from the test counts until then. The card was in the {fee} for the test.

                    {person2}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="people",
                facts=facts(
                    "{short} | {person2.last} | {domain} | payslip",
                    "{person5.last} | {person5.first} | employee | name | spelling | spelt | "
                    "card | start date",
                ),
                reference_summary=(
                    "{person2} of {firm}, whose address sent the false payslip link, asks how "
                    "{person5}'s name is spelt and when the employment began."
                ),
                about=(
                    "{licence} test card print {d14} Friday employee personal details data "
                    "training {fee} licence staff phishing colleague ours depot start wants "
                    "obtain certificate trap {d11} {depot} exact exactly stays deserves "
                    "supposedly working first began hired provide disclose pretext fooled"
                ),
                memoryless=("normal", "people"),
            ),
            why=(
                "Rule 10: this address sent the false payslip page, so whatever it sends is "
                "spam. Not normal although the question is harmless. Not security: no sign-in is "
                "asked for; people keeps names and licences (Rule 16)."
            ),
        ),
    ),
)
