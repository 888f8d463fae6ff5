"""A notice changes the routing of later mail for a while."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="swapped-desks",
    hands_over="customer_care",
    slots={
        "firm, short, domain": (
            ("Pottergate Fine Foods", "Pottergate", "pottergatefine.example"),
            ("Saltersgill Village Shop", "Saltersgill", "saltersgillshop.example"),
            ("Fennimore Grocers", "Fennimore", "fennimoregrocers.example"),
            ("Three Geese Larder", "Geese", "threegeeselarder.example"),
            ("Mardle & Wray", "Mardle", "mardlewray.example"),
            ("Applebury Corner", "Applebury", "appleburycorner.example"),
        ),
        "trays, goods, bid": (
            ("86", "chicken livers", "£1,032.00"),
            ("64", "turkey mince", "£896.00"),
            ("92", "salmon trimmings", "£1,288.00"),
            ("78", "ox heart", "£1,170.00"),
            ("105", "rabbit pieces", "£1,365.00"),
        ),
        "tripfirm, tripshort, tripdomain": (
            ("Backroad Bargain Carriers", "Backroad", "backroadbargain.example"),
            ("Halfload Harry", "Halfload", "halfloadharry.example"),
            ("Emptyrun Exchange", "Emptyrun", "emptyrunexchange.example"),
            ("Pennymile Transport", "Pennymile", "pennymile.example"),
            ("Spareaxle Trips", "Spareaxle", "spareaxletrips.example"),
        ),
        "mile, offer": (
            ("£0.94", "£188.00"),
            ("£1.02", "£204.00"),
            ("£0.88", "£176.00"),
            ("£1.10", "£220.00"),
            ("£0.97", "£194.00"),
        ),
        "buyer, buyershort, buyerdomain": (
            ("Ferrowby Court Hotel", "Ferrowby", "ferrowbycourthotel.example"),
            ("Lowmoor Pastry Works", "Lowmoor", "lowmoorpastry.example"),
            ("The Bluegate Kitchens", "Bluegate", "bluegatekitchens.example"),
            ("Wharnley Ice Parlours", "Wharnley", "wharnleyparlours.example"),
            ("Yeavering Foods", "Yeavering", "yeaveringfoods.example"),
        ),
        "pallets": ("22", "34", "46", "60", "75"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                subject="Carpet, and what it means for us",
                timestamp="{d7.iso}T08:05:00",
                body=cleandoc("""
                    Morning, dear desk,

                    as the older hands among you know, the carpet upstairs has been promised since
                    the flood. The fitters are here now, whistling, and the whole corner by the big
                    window has been moved to the training room, where there are chairs, plugs and a
                    piano but no screens. So from Monday {d7} 09:00 to Wednesday {d9} 18:00 what
                    comes for {team.customer_care} is handed to {team.legal}. They know, they have
                    read me two clauses on the subject, they have been given cake. Everyone else
                    gets what they always get, and after those three days the old order is back
                    without another word from me.

                    In other news the plant by the printer is not dead, it is resting. {person5}
                    waters it from a sense of duty.

                    Ines
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="customer_care",
                facts=facts(
                    "{team.customer_care} | customer care | customer service",
                    "{team.legal}",
                    "{d9} | wednesday",
                ),
                reference_summary=(
                    "Until Wednesday {d9} at 18:00 {team.legal} takes over the mail of "
                    "{team.customer_care} while its office gets a carpet."
                ),
                about=(
                    "ines calloway desk lead {d7} 9:00 upstairs fitted goes routing post covered "
                    "receives returns back afterwards usual unchanged information notice work"
                ),
            ),
            why=(
                "Rule 12: the notice is archived to the team whose work it hands over, "
                "customer_care. Not normal although it changes our sorting. Not legal, which"
                " only receives the work."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="The {goods} of yesterday",
                timestamp="{d8.iso}T15:10:00",
                body=cleandoc("""
                    Afternoon,

                    {person1.first} at {firm}. The {trays} trays of {goods} from order {order1} came
                    off your lorry yesterday smelling of Sunday, you've had the pictures and I have
                    had your kind note that somebody's looking into what you owe me for them. Fair
                    enough.

                    Here's the thing though. There's a chap breeds ferrets and does pet food, and
                    he'll give {bid} for the lot as it stands. His van goes at noon tomorrow. After
                    that they're past even a ferret and I pay the tip to burn them, so that money's
                    gone for whichever of us ends up standing the loss.

                    Only I can't let them go on my own say. The sticker on your cages has it that
                    spoilt goods stay put until you have seen enough of them. So: have you, yes or
                    no? One word does me. I'm at the till till seven, then darts, but my phone's in
                    my apron.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="legal",
                facts=facts(
                    "{short} | {order1} | {person1.last} | {person1.first}",
                    "sell | sold | sale | selling | release | released | let go | buyer | pet "
                    "food | dispose | disposal | salvage",
                    "noon | {d9} | tomorrow",
                ),
                reference_summary=(
                    "{short} needs our word by noon on {d9} whether the {trays} spoilt trays"
                    " may be sold as pet food for {bid}."
                ),
                about=(
                    "{firm} {person1} {goods} order pays van collects pickup leaves goes seen "
                    "enough inspected inspection finished spoiled destroyed ferret confirmation "
                    "rather"
                ),
                memoryless=("urgent", "customer_care"),
            ),
            why=(
                "Rule 1: after noon tomorrow {bid} are lost. Rule 12: a damage claim is "
                "customer_care work, and legal has that work until Wednesday evening, so not"
                " customer_care. Not normal although the tone is easy. Not dispatch: the "
                "goods are off the road."
            ),
        ),
        Case(
            email=Email(
                email_id="3",
                sender="{person2} <{person2.mailbox}@{tripdomain}>",
                subject="Our trucks pass your gate",
                timestamp="{d9.iso}T11:25:00",
                body=cleandoc("""
                    Hi, good day to you,

                    We haven't met. I am {person2.first} from {tripfirm}, and I picked your address
                    from the back of one of your trailers in a queue.

                    Our refrigerated wagons run home empty past your gate every evening. What a pity
                    for all that cold air! We would sooner carry your pallets for {mile} a mile,
                    which makes a trip of 200 miles just {offer}, fuel and tolls included. Compare
                    that with what you pay today and then sit down first.

                    This price is for new customers and for the first ten trips. Send me three loads
                    that you want moved from Monday {d14} on, with the times when we may come for
                    them, and I'll give each a driver by return. No contract, no complaints
                    department, we simply have no complaints, ha.

                    Rolling regards,
                    {person2.first}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="dispatch",
                facts=facts(
                    "{tripshort} | {person2.last}",
                    "trips | trip | loads | backloads | carry | carrying | haulage | haulier | "
                    "transport | freight | journeys",
                    "{mile} | {offer} | {d14}",
                ),
                reference_summary=(
                    "{tripshort}, a haulier unknown to us, is advertising cheap trips at "
                    "{mile} a mile and wants our loads."
                ),
                about=(
                    "{tripfirm} {person2} trucks refrigerated empty return leg three moved price "
                    "offers selling pushing cold used name bin"
                ),
            ),
            why=(
                "Rule 4: selling nobody asked for. Not normal although it wants loads for a "
                "later date. Dispatch would have booked the loads (Rule 16); the notice "
                "moves genuine mail only (Rule 12), and not this team's."
            ),
        ),
        Case(
            email=Email(
                email_id="4",
                sender="{person3} <{person3.mailbox}@{buyerdomain}>",
                subject="From spring water to sorbet",
                timestamp="{d11.iso}T12:30:00",
                body=cleandoc("""
                    Dear people at Kestrelmoor,

                    I run the stores of {buyer} and have never rented cold from anybody. Our old
                    freezer house is being pulled down and its current goes off on Wednesday {d16}.
                    While the new one is built our {pallets} pallets of frozen sorbet and pastry
                    must live elsewhere, for about five months, with two lorry runs a week back to
                    us.

                    What would you ask for that, storage and runs together? And would it come
                    cheaper if we took the space for a full year? A page with figures would do me.
                    Our board meets for the last time before the move on Tuesday {d15} at 16:00 and
                    signs nothing without them. Nobody else near us has room, so the whole lot would
                    thaw where it stands.

                    I heard about you from my sister-in-law, who thinks highly of your drivers'
                    manners.

                    Best wishes,
                    {person3}
                    {buyer}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="customer_care",
                facts=facts(
                    "{buyershort} | {buyer}",
                    "quote | quotation | price | prices | cost | costs | pricing | figures | rates "
                    "| estimate | offer",
                    "{d15} | {pallets} pallets",
                    "five months | weekly | twice a week | two runs | two deliveries | transport",
                ),
                reference_summary=(
                    "{buyershort} needs a quotation for storing {pallets} pallets with two "
                    "weekly runs by 16:00 on Tuesday {d15}, or its goods thaw."
                ),
                about=(
                    "{person3} frozen sorbet pastry five months full year twelve option "
                    "alternative lorry deliveries transport regular twice storage space freezer "
                    "built customer enquiry covering plus board demolished power cut spoil lost "
                    "{d16}"
                ),
            ),
            why=(
                "Rule 2: without figures by Tuesday, the second working day on, pallets thaw. "
                "Not urgent although goods are at stake: the next working day is Monday. Quotes "
                "are customer_care work, and the notice ended on Wednesday (Rule 12), so not "
                "legal. Not dispatch although runs are part of it."
            ),
        ),
    ),
)
