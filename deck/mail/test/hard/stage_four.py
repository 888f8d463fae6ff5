"""An earlier mail says what a number means that a later one shows."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="stage-four",
    slots={
        "firm, short, domain": (
            ("Dunmallet Stores", "Dunmallet", "dunmalletstores.example"),
            ("Fellgate Foodhalls", "Fellgate", "fellgate-foodhalls.example"),
            ("Kirkhaven Markets", "Kirkhaven", "kirkhavenmarkets.example"),
            ("Oxenber Grocery", "Oxenber", "oxenber-grocery.example"),
            ("Pendlewick Shops", "Pendlewick", "pendlewickshops.example"),
        ),
        "goods": (
            "lasagne",
            "fish pie",
            "quiche",
            "chicken kiev",
            "moussaka",
        ),
        "cartons, amount": (
            ("64", "£1,472.00"),
            ("72", "£1,836.00"),
            ("85", "£2,040.00"),
            ("96", "£2,496.00"),
            ("110", "£2,695.00"),
        ),
        "file": (
            "C-20418",
            "C-20733",
            "C-21096",
            "C-21350",
            "C-21784",
        ),
        "paid": (
            "£318.40",
            "£402.75",
            "£276.90",
            "£531.20",
            "£448.60",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Stages on the claims page",
                timestamp="{d1.iso}T16:10:00",
                body=cleandoc("""
                    Dear all,

                    our claims page has shown stages 1 to 5 since Monday, where it used to have
                    words. {person2} of your claims desk went through it with me on the telephone.

                    At 1 a claim is open, at 2 and 3 we are talking, at 5 it is paid and shut. 4
                    means that the carrier's statement did not come within its time. The goods then
                    go to the crusher at noon on the working day after the change, and the value
                    comes off what we pay the carrier, for good. A statement that reaches us before
                    that noon stops both.

                    None of yours is at 4, I have just looked. All seven stand at 5, the last with
                    the {paid} that you sent on Friday.

                    Kind regards,
                    {person1}
                    Claims office, {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="customer_care",
                facts=facts(
                    "{short} | {person1.last} | claims page",
                    "stage | stages | stage 4 | numbering | numbers",
                    "noon | 12:00 | crusher | crushed | destroyed | destroys | settled | paid | "
                    "stage 5 | none",
                ),
                reference_summary=(
                    "{firm} explains its claim stages: at 4 goods are crushed at noon the next "
                    "working day; all seven of ours are paid."
                ),
                about=(
                    "{person1} {person2} office carrier statement late deducted deduction value "
                    "{paid} explained telephone writing confirms shows system codes status closed "
                    "open destruction scrapped means stand docked money uses used numbers arrives "
                    "overdue lose replaced explanation"
                ),
            ),
            why=(
                "Rule 3: it tells how a page is read, and none of our claims is at the bad "
                "stage. Not normal although goods can be lost later: nothing is open. Not "
                "billing: the sums are about claims (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="Claims page <page@{domain}>",
                subject="{file}, history",
                timestamp="{d8.iso}T14:25:00",
                body=cleandoc("""
                    Claim {file}
                      Carrier: Kestrelmoor Chilled Logistics
                      Delivery: {order1}, taken in on Thursday {d3}
                      Goods: {cartons} cartons of {goods}, corners wet, core at the door -19
                      Value: {amount}
                      With us: {person3}, claims office

                    History
                      Friday {d4}, 09:10   stage 1
                      Friday {d4}, 15:35   stage 2, pictures added by the shop
                      Tuesday {d8}, 14:20  stage 4

                    The cartons lie in our returns shed, bay 6. The shop has filled its freezer from
                    another delivery, so none is wanted in their place. The pictures can be opened
                    under the number of the claim for ninety days. The lorry's time at the door is
                    kept under a number of its own.

                    This page goes to the carrier when a line is added to the history.
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="customer_care",
                facts=facts(
                    "{file} | {short} | {order1} | {goods}",
                    "statement | stage 4 | stage four",
                    "{d9} | tomorrow | noon | 12:00 | {amount} | Wednesday",
                ),
                reference_summary=(
                    "Claim {file} of {firm} has reached stage 4; our statement must be there "
                    "before noon on {d9}, or the {cartons} cartons are crushed and {amount} is "
                    "lost."
                ),
                about=(
                    "{person3} {goods} {order1} carrier delivery wet corners value deducted "
                    "crusher destroyed working submit lodge response file claims office overdue "
                    "{d8} deduction charged pictures history stop prevent"
                ),
                memoryless=("normal", "customer_care"),
            ),
            why=(
                "Rule 1 with the first mail: stage 4 means that the goods are crushed and their "
                "value taken at noon on the next working day. Not normal although the page asks "
                "for nothing and names no day. Not billing: a statement on a claim is next (Rule "
                "14)."
            ),
        ),
    ),
)
