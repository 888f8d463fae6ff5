"""A haulier holds a tractor for a load that a colleague said in passing has gone."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="spare-tractor",
    slots={
        "firm, domain": (
            ("Brackley Moor Traction", "brackleymoortraction.example"),
            ("Eskholme Haulage", "eskholme-haulage.example"),
            ("Gunthorpe Units", "gunthorpeunits.example"),
            ("Haddow Lane Transport", "haddowlane-transport.example"),
            ("Silloth Road Haulage", "sillothroad-haulage.example"),
        ),
        "customer": (
            "Parkgate Dairy",
            "Tolland Bakeries",
            "Windrush Meats",
            "Brindle Fruit",
            "Cawthorne Kitchens",
        ),
        "away, signed": (
            ("04:40", "07:55"),
            ("04:50", "08:10"),
            ("05:10", "08:40"),
            ("05:20", "08:25"),
            ("05:30", "09:05"),
        ),
        "hours": ("six", "seven", "eight", "nine", "ten"),
        "hold": ("17:30", "18:00", "18:30", "19:00", "19:30"),
        "price": ("£310", "£335", "£360", "£385", "£410"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="{person2}, rest day owed",
                timestamp="{d8.iso}T10:50:00",
                body=cleandoc("""
                    Hi,

                    one for whoever does the leave sheet. {person2} came in this morning on a day
                    off because we had a trailer on the dock and nothing to pull it, order {order1}
                    for {customer}. Our own unit was mended in the night after all. They were away
                    at {away} and {customer} signed for the lot at {signed}, so that's behind us.

                    But it was {hours} hours on a rest day and {person2.first} has one coming in
                    return. Can you give a day and put it on the sheet by Friday {d11} at 12:00? The
                    rota program shuts then and bars anybody with a rest owing from driving next
                    week, and there is nobody else for the port run, so that would stand. Wednesday
                    or Thursday would both be fine with me. The pay side is the usual rate and runs
                    by itself.

                    Cheers
                    {person1.first}
                    Night planning
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="people",
                facts=facts(
                    "{person2.last} | {person2.first}",
                    "rest day | day off | time off | leave | lieu | free day",
                    "{d11} | Friday | 12:00 | next week",
                ),
                reference_summary=(
                    "{person2} worked {hours} hours on a rest day; enter a day in lieu on the "
                    "leave sheet by 12:00 on Friday {d11}, or a run stops."
                ),
                about=(
                    "{person1} {order1} {customer} {away} {signed} driver drove driving delivered "
                    "replace compensatory owed rota planning Wednesday Thursday next choose grant "
                    "allocate put load trailer noon pay rate barred port run stand stops order "
                    "return compensation replacement working enters sheet unavailable"
                ),
            ),
            why=(
                "Rule 2: without the day on the sheet by Friday noon, the third working day on, "
                "a run stands still. Not urgent although work would stop: the next working day "
                "is Wednesday. Not archive although the load is delivered. Not dispatch: leave "
                "of our own staff is for people (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <{person3.mailbox}@{domain}>",
                subject="A unit for your {order1}",
                timestamp="{d8.iso}T14:20:00",
                body=cleandoc("""
                    Afternoon,

                    {person3.first} from {firm}. You rang round yesterday for a tractor unit to pull
                    {order1} to {customer}, and I had to say no. One has come free now. It could be
                    on your dock at 05:00 tomorrow, {price} all in, driver has been to {customer}
                    before and knows the gate.

                    I'll hold it for you till {hold} tonight. If nobody wants it, no bother, then I
                    hear nothing and it does a run to the docks for somebody else. How are you for
                    drivers these days? We have lost three since the summer.

                    Your two load bars from last month are still in our shed, {person4}
                    will drop them off when passing.

                    {person3.first}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="dispatch",
                facts=facts(
                    "{firm} | {person3.last} | {order1} | {customer}",
                    "tractor | unit | truck | lorry",
                    "{hold} | 05:00 | {price} | gone | delivered | already | offer | offers | "
                    "holds | signed",
                ),
                reference_summary=(
                    "{firm} offers a tractor unit for order {order1} to {customer}, which was "
                    "delivered this morning, so the offer lapses unused."
                ),
                about=(
                    "{person1} {person2} {person3} {away} {signed} {price} {hold} 05:00 vehicle "
                    "driver haulier held free available needed needless obsolete left gone "
                    "load pull void overtaken expires own mended"
                ),
                memoryless=("urgent", "dispatch"),
            ),
            why=(
                "Rule 3 with the first mail: the order was delivered this morning, and silence "
                "lets the offer go at no cost. Not urgent although it is held only until tonight. "
                "Not people: a tractor would be dispatch's work (Rule 14)."
            ),
        ),
    ),
)
