"""A condition that an earlier mail set is met by a later one."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="second-half",
    slots={
        "firm, short, domain, old": (
            (
                "Ravenglass Shellfish",
                "Ravenglass",
                "ravenglass-shellfish.example",
                "R. G. Bivalves",
            ),
            ("Lunds Fell Venison", "Lunds", "lundsfellvenison.example", "Fell Game Dealers"),
            ("Borrowby Orchards", "Borrowby", "borrowbyorchards.example", "Borrowby Fruit Pool"),
            ("Seathwaite Cheese", "Seathwaite", "seathwaitecheese.example", "Valley Curd Makers"),
            ("Oldstead Mushrooms", "Oldstead", "oldsteadmushrooms.example", "Stead Cellar Crops"),
        ),
        "bill": ("K-20418", "K-20573", "K-20286", "K-20631", "K-20397"),
        "one, two": (
            ("£6,140.00", "£5,820.00"),
            ("£4,385.00", "£4,610.00"),
            ("£7,260.00", "£6,975.00"),
            ("£5,730.00", "£5,480.00"),
            ("£3,945.00", "£4,120.00"),
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="{bill}, the name at the top",
                timestamp="{d1.iso}T14:30:00",
                body=cleandoc("""
                    Dear all,

                    your bill {bill} is right in the sum, {one}, but made out to {old}, as we were
                    called until last year. The county pays storage back to producers like us, and
                    its office turns away any paper with an old name on it.

                    Its book for the first half closes on Wednesday {d2} at 17:00. Could you let me
                    have {bill} again, made out to {firm}? After that the {one} is gone, and by our
                    agreement we may keep back from you what your paper cost us.

                    The second half, {two}, needs a bill of its own, dated after the county's letter
                    on the first, and in their hands by 17:00 on the third working day after it, or
                    that is gone too. I will tell you when that letter is here.

                    With thanks, and sorry for the trouble,
                    {person1}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="billing",
                facts=facts(
                    "{bill} | {short} | {person1.last} | {person1.first}",
                    "name | made out | addressed | reissue | reissued | re-issue | correct | "
                    "corrected | amended | {old}",
                    "{d2} | wednesday | 17:00 | tomorrow",
                ),
                reference_summary=(
                    "{short} needs invoice {bill} reissued in its present name by 17:00 on "
                    "Wednesday {d2}, or the county refuses {one}, which we would bear."
                ),
                about=(
                    "{firm} {person1} {two} old former wrong bill grant subsidy scheme refund "
                    "reimburse half storage lose lost withhold deduct back agreement office "
                    "closes close paper company current money first second"
                ),
            ),
            why=(
                "Rule 1: {one} is lost unless the bill is made out anew by Wednesday 17:00, within "
                "the next working day. Not normal although it is put so gently (Rule 5). Not legal "
                "although an agreement and a county are named: our bills are billing's (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Thank you",
                timestamp="{d7.iso}T11:45:00",
                thread_history=(
                    cleandoc("""
                        From: {person3} <{person3.mailbox}@kestrelmoor.example>, Wed {d2} 2026 16:35
                        Here is {bill} with the name as you want it, the sum is unchanged.
                        {person3.first}
                    """),
                ),
                body=cleandoc("""
                    Dear all,

                    you made it with a quarter of an hour to spare on Wednesday, and I wanted to
                    thank whoever ran to the printer. The county's letter lay on my desk this
                    morning. The first half is accepted in full, all {one} of it, and will be in our
                    account within the month.

                    My director has asked me to say that we were glad of your help, after the week
                    we had with the blocked road and the lorry that had to turn round. Those crates
                    were sold all the same, at nearly the full price.

                    From tomorrow I am on leave until Monday {d28}. {person2} has my post and knows
                    about everything.

                    With kind regards
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="billing",
                facts=facts(
                    "{short} | {person1.last} | {person1.first}",
                    "accepted | approved | accepts | letter | first half",
                    "second half | second bill | second invoice | other half | next invoice | "
                    "{two} | third working day | three working days | {d10} | thursday",
                ),
                reference_summary=(
                    "The county has accepted {short}'s first half of {one}; as agreed, our bill "
                    "for the second half must reach it by 17:00 on Thursday {d10}."
                ),
                about=(
                    "{firm} {person1} {person2} {two} grant subsidy scheme storage invoice issue "
                    "separate own office leave absent thanks thank corrected paper in full accept "
                    "promised {d10} within three working days reach hands county {d7} afterwards "
                    "receive receipt therefore separately passed approved"
                ),
                memoryless=("archive", "billing"),
            ),
            why=(
                "Rule 2: last week's mail said that the bill for the second half must be in the "
                "county's hands by 17:00 on the third working day after its letter, or the money "
                "is gone; the letter came on {d7}, so that is {d10}. Not urgent: that is later "
                "than the next working day. Not archive although this is a thank-you on its face. "
                "Not dispatch although a lorry turned round: bills are billing's (Rule 14)."
            ),
        ),
    ),
)
