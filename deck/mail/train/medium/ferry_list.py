"""Twins: two mails alike, and one detail that changes label or team."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="ferry-list",
    slots={
        "firm, short, domain": (
            ("Saltwick Ferries", "Saltwick", "saltwickferries.example"),
            ("Cloughton Sea Lines", "Cloughton", "cloughtonsealines.example"),
            ("Ravenscar Ropax", "Ravenscar", "ravenscarropax.example"),
            ("Filbrigg Crossings", "Filbrigg", "filbriggcrossings.example"),
            ("Hornsea Reach Shipping", "Hornsea", "hornseareach.example"),
        ),
        "goods": ("bacon", "mozzarella", "frozen peas", "pork pies", "sorbet"),
        "weight, plug": (
            ("18,200", "32 amp"),
            ("19,450", "16 amp"),
            ("20,100", "32 amp"),
            ("17,860", "16 amp"),
            ("21,300", "32 amp"),
        ),
        "other_firm, other_short, other_domain": (
            ("Skinningrove Ferries", "Skinningrove", "skinningroveferries.example"),
            ("Blackhall Straits", "Blackhall", "blackhallstraits.example"),
            ("Kettleness Marine", "Kettleness", "kettlenessmarine.example"),
            ("Seaton Sluice Lines", "Seaton", "seatonsluicelines.example"),
            ("Tidewrack Freight Ferries", "Tidewrack", "tidewrackferries.example"),
        ),
        "other_goods": ("smoked fish", "yoghurt", "lamb", "frozen chips", "pastry"),
        "other_trailer": ("KM 4417", "KM 5208", "KM 3962", "KM 6134", "KM 2875"),
        "other_weight, other_plug": (
            ("16,900", "16 amp"),
            ("22,050", "32 amp"),
            ("18,740", "16 amp"),
            ("20,660", "32 amp"),
            ("19,180", "16 amp"),
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="RE: order {order1}, boat on Friday {d4}",
                timestamp="{d3.iso}T15:45:00",
                thread_history=(
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Thu {d3} 2026 09:12
                        Morning. Order {order1}, {goods}, for tomorrow's boat: weight {weight} kg
                        height 4.10 m fridge plug {plug} driver {person3} trailer number to follow,
                        they are still washing it
                        {person2.first}
                    """),
                ),
                body=cleandoc("""
                    Hello {person2.first},

                    Thank you for this, and for not sending it as a photograph of a whiteboard like
                    last time.

                    I have gone through your morning mail and typed the lot into my sheet for Friday
                    {d4}. Weight, height, plug and driver are in. The box for the trailer number is
                    empty; it is nowhere in your mail, and your driver cannot read it out to me
                    because only your office knows which trailer it will be. The ship's list closes
                    at 20:00 tonight. Whatever is not complete by then stays on the quay until
                    Monday, and the quay has no plugs. So that one line is with you.

                    Our insurance contract with you runs on until {d30}, no worry there.

                    The tea urn here has given up. We are on squash.

                    Regards,
                    {person1}
                    Freight desk, {firm}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="dispatch",
                facts=facts(
                    "{order1} | {short} | ferry | sailing | boat | {goods} | {person1.first} | "
                    "{person1.last}",
                    "trailer number | trailer registration | trailer id | trailer details | "
                    "trailer identification | trailer",
                    "20:00 | tonight | this evening | {d3}",
                    "lacks | lack | lacking | missing | needs | need | needed | owes | owed | "
                    "except | incomplete | without | awaits | waiting for | wants | furnish | "
                    "supply",
                ),
                reference_summary=(
                    "{firm} still needs the trailer number for order {order1} by 20:00 "
                    "tonight, else the {goods} cannot sail before Monday."
                ),
                about=(
                    "{d4} ship list closes office quay plugs unplugged unpowered power stays sits "
                    "load cargo freight stranded refrigeration manifest they're"
                ),
            ),
            why=(
                "Rule 1: without the number by 20:00 tonight the chilled load misses the "
                "boat and stands without power. Not archive although the rest is complete. "
                "Not legal although a contract is named; the booking is dispatch's work "
                "(Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person4} <{person4.mailbox}@{other_domain}>",
                subject="RE: order {order2}, boat on Wednesday {d9}",
                timestamp="{d8.iso}T16:05:00",
                thread_history=(
                    cleandoc("""
                        From: {person5} <{person5.mailbox}@kestrelmoor.example>, Tue {d8} 2026 08:51
                        Morning. Order {order2}, {other_goods}, for tomorrow's boat: weight
                        {other_weight} kg height 4.05 m fridge plug {other_plug} driver {person6}
                        trailer number {other_trailer}, they have just washed it
                        {person5.first}
                    """),
                ),
                body=cleandoc("""
                    Hello {person5.first},

                    Thank you for this, and for not sending it as a scrawl on a napkin like last
                    time.

                    I have gone through your morning mail and typed the lot into my sheet for
                    Wednesday {d9}. Weight, height, plug and driver are in. The box for the trailer
                    number was empty; then I found it at the bottom of your mail, and your driver
                    has since read the same one out to me off the back doors. The ship's list closes
                    at 20:00 tonight. Whatever is not complete by then stays on the quay until
                    Friday, and the quay has no plugs. Yours is complete, every line of it.

                    Our insurance contract with you runs on until {d32}, no worry there.

                    The toaster here has given up. We are on crackers.

                    Regards,
                    {person4}
                    Freight desk, {other_firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="dispatch",
                facts=facts(
                    "{order2} | {other_short} | ferry | sailing | boat | {other_goods} | "
                    "{person4.first} | {person4.last}",
                    "trailer number | trailer registration | trailer id | trailer details | "
                    "trailer | {other_trailer}",
                    "complete | completed | entered | recorded | confirmed | confirms | settled | "
                    "copied | full details | booked | manifested | detail in place | nothing "
                    "missing | nothing outstanding | nothing left | everything for order",
                ),
                reference_summary=(
                    "{other_firm} confirms that the sheet for order {order2} is complete for"
                    " Wednesday's boat, trailer number included."
                ),
                about=(
                    "{d9} {person6} driver found verified checked cross particulars information "
                    "input owe further done"
                ),
            ),
            why=(
                "Rule 3: the ferry line has everything for order and trailer; nothing is "
                "left to do. Not urgent although the list closes tonight. Rule 14: dispatch "
                "would act if something lacked, not legal."
            ),
        ),
    ),
)
