"""A problem is reported, and again by somebody who met it on the road."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="bridge-tags",
    slots={
        "firm, domain": (
            ("Wendle Crossings", "wendle-crossings.example"),
            ("Marrick Bridge Company", "marrickbridge.example"),
            ("Ottershaw Tunnels", "ottershaw-tunnels.example"),
            ("Stannick Ferry Bridge", "stannickferrybridge.example"),
            ("Calderwick Crossings", "calderwick-crossings.example"),
        ),
        "tags": ("19", "22", "24", "27", "31"),
        "amount": ("£1,480.00", "£1,625.00", "£1,790.00", "£2,050.00", "£2,340.00"),
        "rest": ("£14.20", "£21.60", "£33.40", "£38.10", "£46.80"),
        "account": ("K-2207", "K-3118", "K-4162", "K-5093", "K-6241"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Account {account}, state of the deposit",
                timestamp="{d8.iso}T15:35:00",
                body=cleandoc("""
                    Good afternoon,

                    Going through the accounts I see that the deposit behind your {tags} windscreen
                    tags is down to {rest}. The top-up of {amount}, PO {po1}, of which you had our
                    bill on {d-11}, has not come in. These things get stuck on desks here as well,
                    so take this as a line from one office to another.

                    The barrier computer does not ask me, though. Tags without cover come off its
                    list on Wednesday {d9} at 17:00, and from then on your lorries are turned round
                    at the booth. To put them back takes us four working days. A transfer to the
                    usual account that is made before that hour counts, even if we only see it on
                    Thursday.

                    The price sheet for next year is another matter and comes by post.

                    Kind regards
                    {person1}
                    Customer accounts, {firm}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="billing",
                facts=facts(
                    "{firm} | {account} | {amount}",
                    "four working days | refused | blocked | barred | turned back | turned away | "
                    "stopped | stop | locked out",
                    "{d9} | 17:00",
                ),
                reference_summary=(
                    "{firm} must receive the outstanding {amount} for our {tags} tags, PO {po1}, "
                    "by 17:00 on Wednesday {d9}, or lorries are refused at the barrier."
                ),
                about=(
                    "{person1} {account} {rest} account windscreen toll bridge tunnel crossing pay "
                    "payment transfer unpaid overdue open bill invoice low nearly empty cover "
                    "blocked removed list turned away back vehicles four working days tags {po1} "
                    "deposit top-up"
                ),
            ),
            why=(
                "Rule 1: unless the bill is paid by Wednesday 17:00 no lorry gets across for "
                "days. Not normal although it is so patient. Not dispatch: paying the bill is "
                "the next piece of work (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@kestrelmoor.example>",
                subject="What they told me at the booth",
                timestamp="{d9.iso}T08:05:00",
                body=cleandoc("""
                    Morning,

                    Back from nights, so this is short. On the way home with order {order1} the
                    woman in the booth at {firm} held me up for ten minutes. She had on her screen
                    that our boxes in the windows have next to no credit left and somebody in our
                    office should send them the money. At five this afternoon they go dead, the lot
                    of them, and after that nobody of ours gets over.

                    Do they expect me to pay that out of my own pocket? She let me through and I
                    said I would pass it on, which I do with this.

                    Trailer is on the wash, tyres were done on Monday, log is in the tray.

                    {person2.first}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="billing",
                facts=facts(
                    "{person2.first} | {person2.last} | driver | booth | {order1}",
                    "credit | boxes | box | tags | tag | deposit",
                    "17:00 | five | {d9} | this afternoon | yesterday | {d8} | first report | "
                    "same | nothing new | reported before",
                ),
                reference_summary=(
                    "Driver {person2} was told at the booth of {firm} that our window boxes have "
                    "hardly any credit and go dead at 17:00, as reported yesterday."
                ),
                about=(
                    "{order1} {amount} {tags} {d8} {d9} {po1} night held up screen money pay "
                    "office windscreen toll barrier bridge crossing tags stop work vehicles "
                    "lorries passes adds repeated low run out account"
                ),
                memoryless=("urgent", "billing"),
            ),
            why=(
                "Rule 13: the bridge's own office reported the empty deposit on Tuesday and the "
                "driver adds nothing to do. Not urgent although the hour is still ahead. Not "
                "dispatch: the first report belongs to billing."
            ),
        ),
    ),
)
