"""A partner tells that strangers wrote from one of its mailboxes."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="shut-mailbox",
    slots={
        "firm, short, domain": (
            ("Pellbrook Fire Care", "Pellbrook", "pellbrookfirecare.example"),
            ("Stainmoor Extinguishers", "Stainmoor", "stainmoor-extinguishers.example"),
            ("Calderwick Fire Checks", "Calderwick", "calderwickfire.example"),
            ("Hobdale Fire Upkeep", "Hobdale", "hobdalefire.example"),
            ("Winterscale Alarms", "Winterscale", "winterscale-alarms.example"),
        ),
        "bill": (
            "£486.00",
            "£612.00",
            "£738.00",
            "£594.00",
            "£867.00",
        ),
        "number, found": (
            ("38", "36"),
            ("44", "42"),
            ("52", "49"),
            ("57", "55"),
            ("63", "60"),
        ),
        "others": (
            "thirty",
            "forty",
            "fifty",
            "sixty",
            "seventy",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="{person2.mailbox}@{domain}",
                timestamp="{d2.iso}T14:45:00",
                body=cleandoc("""
                    Dear customer,

                    last Thursday strangers got into the mailbox {person2.mailbox}@{domain} and sent
                    a bill over {bill}, with a foreign account under it, to some {others} of the
                    firms we look after. Yours was among them.

                    Your {person3} and I went through it by telephone on Monday. The thing had stuck
                    in your filter, nobody had opened it, and the mailbox was put on your blocked
                    list while we spoke. I write all the same because our insurers want each
                    customer to have it on paper, and now you have.

                    We have given the mailbox up for good, and whatever is sent from it from now on
                    is not from us. {person2} is well, somewhat embarrassed, and uses mine. The
                    visit booked for {d22} stands, and so does its price.

                    With apologies,
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="security",
                facts=facts(
                    "{short} | {person2.last} | {person1.last}",
                    "mailbox | hacked | strangers | bill | account | compromised | taken over | "
                    "broke into",
                    "blocked | filter | filtered | unopened | opened | given up | abandoned | "
                    "closed",
                ),
                reference_summary=(
                    "{firm} confirm that strangers sent a {bill} bill from {person2}'s mailbox; "
                    "our filter caught it and the mailbox is blocked and given up."
                ),
                about=(
                    "{person1} {person3} {others} customers insurers foreign bank phone Monday "
                    "list visit {d22} stands apologises paper writing break-in caught harm "
                    "recorded matter shut {domain} misused abused stolen fell confirmation "
                    "filtering"
                ),
            ),
            why=(
                "Rule 3: the mailbox is blocked here and given up there, and the letter is for "
                "the insurers. Not normal although a fraud is told. Not billing: nobody paid; a "
                "mailbox in strangers' hands is for security (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@{domain}>",
                subject="Extinguishers, before the {d22.ordinal}",
                timestamp="{d8.iso}T17:20:00",
                body=cleandoc("""
                    Hello,

                    the visit on {d22} is coming up and I am packing the van on paper first. Last
                    time I found {found} of your {number} extinguishers and ran out of afternoon.

                    Can you send me the plan with the ways out and the place of every extinguisher
                    on it, floor by floor? And is the ammonia plant still behind the second fire
                    door, with the shut-off to the left, or has that been moved? If a hall has been
                    emptied since, mark it and I will leave it till last.

                    I lay out the rounds on Friday {d11} after 12:00, so before then. Tomorrow I am
                    at a school all day. The ladders I bring myself.

                    Thanks,
                    {person2}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="safety",
                facts=facts(
                    "{short} | {person2.last}",
                    "plan | ammonia | extinguishers | extinguisher | escape | fire door | "
                    "ways out | shut-off | exits | floor plans | floor plan",
                    "mailbox | hijacked | stolen | compromised | hacked | taken over | abandoned "
                    "| given up | shut down | defunct",
                ),
                reference_summary=(
                    "From the mailbox of {person2} that strangers had used for fraud, somebody "
                    "asks for our plan of extinguishers, exits and the ammonia shut-off."
                ),
                about=(
                    "{firm} {number} {found} {d22} {d11} visit fire emergency route layout "
                    "drawing photo door plant compromised hacked blocked abandoned bill {bill} "
                    "location details site hall service {person1} floor exits angling "
                    "drawings stolen supplied mailboxes"
                ),
                memoryless=("normal", "safety"),
            ),
            why=(
                "Rule 10: the mailbox has sent a false bill, so whatever comes from it is spam, "
                "though the domain is right. Not normal although the visit is booked. Not "
                "security: a fire plan is asked for, which safety keeps (Rule 16)."
            ),
        ),
    ),
)
