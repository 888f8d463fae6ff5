"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="no-lawyers",
    slots={
        "firm, short, domain": (
            ("Wetherden Deli Counters", "Wetherden", "wetherdendeli.example"),
            ("Bickerstaff Salads", "Bickerstaff", "bickerstaff-salads.example"),
            ("Coverham Ready Meals", "Coverham", "coverhammeals.example"),
            ("Tunstead Sandwiches", "Tunstead", "tunsteadsandwiches.example"),
            ("Ribdale Soups", "Ribdale", "ribdalesoups.example"),
        ),
        "lawyers, lawyer, lawdomain": (
            ("Thorley Penn Solicitors", "Thorley Penn", "thorleypenn.example"),
            ("Aldwark Moss Solicitors", "Aldwark Moss", "aldwarkmoss.example"),
            ("Crosier & Hale Solicitors", "Crosier", "crosierhale.example"),
            ("Vesper Lyle Solicitors", "Vesper Lyle", "vesperlyle.example"),
            ("Gainford Roe Solicitors", "Gainford Roe", "gainfordroe.example"),
        ),
        "wrong, right, cases": (
            ("ham and pea", "vegetable", "62"),
            ("prawn", "chicken", "48"),
            ("tomato", "mushroom", "74"),
            ("egg", "cheese", "56"),
            ("tuna", "bean", "66"),
        ),
        "cost": ("£2,350.00", "£1,920.00", "£2,780.00", "£2,140.00", "£2,465.00"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Order {order1}, wrong cases",
                timestamp="{d3.iso}T16:10:00",
                body=cleandoc("""
                    Hello,

                    Order {order1} came in this afternoon with {cases} cases of the {wrong} line. We
                    ordered {right}, and {right} is what your picking list says too. The driver saw
                    it and wrote it down.

                    Another supplier keeps {cases} of the {right} line for me until noon tomorrow,
                    Friday, at {cost} more. I take them if you say that you bear the difference,
                    otherwise our weekend order to the stations falls out and we come to you for all
                    of it. The {wrong} cases are fine in my chiller and can go back on Tuesday's
                    trailer.

                    By the way, {lawyers} have been telling our suppliers that we are their client.
                    We are not and never were, and in this we want no lawyer anyway.

                    {person1.first} {person1.last}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="customer_care",
                facts=facts(
                    "{order1} | {short} | {person1.last} | {person1.first}",
                    "{cost} | wrong cases | wrong line | wrong goods | wrong product | wrong | "
                    "difference | instead of {right}",
                    "{d4} | friday | 12:00 | noon | tomorrow",
                ),
                reference_summary=(
                    "{short} received the wrong {cases} cases on order {order1} and must hear by "
                    "noon on Friday whether we bear {cost} for a replacement."
                ),
                about=(
                    "{firm} {person1} {wrong} {right} {d3} {d4} {lawyers} client substitute "
                    "elsewhere supplier extra difference cover pay agree accept delivered delivery "
                    "weekend stations lose lost misdelivered picked claim ordered return tuesday "
                    "disowns whole"
                ),
            ),
            why=(
                "Rule 1: the other supplier keeps the cases until Friday noon, then the weekend's "
                "order is lost. Not normal although the cases are fine and go back on Tuesday. Not "
                "dispatch, legal or billing: whether we bear a wrong delivery's cost is a claim, "
                "customer_care's (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@{lawdomain}>",
                subject="{firm}: order {order1}",
                timestamp="{d8.iso}T10:15:00",
                body=cleandoc("""
                    Dear Sirs,

                    {firm}

                    We are instructed by the above in connection with a delivery made to its
                    premises on Thursday {d3}. We appreciate that the parties remain on good terms,
                    and we write at this stage only to establish the formal position.

                    We should be grateful if you would let us know (1) the name and address of the
                    person who accepts correspondence of this kind on behalf of the company, (2)
                    which edition of your storage conditions was in force on that day, enclosing a
                    copy, and (3) your insurer's name.

                    No sum is claimed by this letter. {person3}, who has the conduct of the matter,
                    is in court until Thursday, and a reply by Friday {d18} would be convenient.

                    Yours faithfully,
                    {person2}
                    Secretary to {person3}
                    {lawyers}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="legal",
                facts=facts(
                    "{lawyer} | {lawyers} | solicitors | lawyers | {person2.last} | "
                    "{person2.first}",
                    "{short} | not client | not their client | not instructed | never instructed "
                    "| disowned | disowns | false claim | falsely | no client",
                    "storage conditions | conditions | terms | insurer | insurance | contact | "
                    "person who accepts | correspondence",
                ),
                reference_summary=(
                    "{lawyers}, who falsely claim {short} as a client, ask for our storage "
                    "conditions, insurer and contact over the delivery of {d3}."
                ),
                about=(
                    "{firm} {order1} {person1} {person2} {person3} {d18} acts acting instructed "
                    "disowned behalf secretary firm details name wrong copy represent "
                    "disown denied denies customer"
                ),
                memoryless=("normal", "legal"),
            ),
            why=(
                "Rule 4: {firm} told us on Thursday that these people are not its lawyers and say "
                "so falsely; whoever claims to act for it has a false identity. Not normal "
                "although the letter claims nothing. Legal would have answered it (Rule 16), not "
                "customer_care."
            ),
        ),
    ),
)
