"""Twins: two mails alike, and one detail that says which of them is genuine."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="later-run",
    slots={
        "firma, shorta, domaina, fakea": (
            (
                "Dunmallet Haulage",
                "Dunmallet",
                "dunmallethaulage.example",
                "dunmalethaulage.example",
            ),
            (
                "Croftend Carriers",
                "Croftend",
                "croftendcarriers.example",
                "croftendcariers.example",
            ),
            (
                "Pennistone Freight",
                "Pennistone",
                "pennistonefreight.example",
                "penistonefreight.example",
            ),
            (
                "Ollerbeck Transport",
                "Ollerbeck",
                "ollerbecktransport.example",
                "olerbecktransport.example",
            ),
            (
                "Wendlebury Trunking",
                "Wendlebury",
                "wendleburytrunking.example",
                "wendlburytrunking.example",
            ),
        ),
        "firmb, shortb, domainb": (
            ("Skirwith Haulage", "Skirwith", "skirwithhaulage.example"),
            ("Bramcote Carriers", "Bramcote", "bramcotecarriers.example"),
            ("Nettlebed Freight", "Nettlebed", "nettlebedfreight.example"),
            ("Ivelbury Transport", "Ivelbury", "ivelburytransport.example"),
            ("Stainmoor Trunking", "Stainmoor", "stainmoortrunking.example"),
        ),
        "palletsa, palletsb": (
            ("20", "24"),
            ("23", "15"),
            ("17", "26"),
            ("25", "19"),
            ("13", "22"),
        ),
        "goodsa": ("custard tarts", "frozen carrots", "filo pastry", "crinkle chips", "fish cakes"),
        "goodsb": ("frozen spinach", "pizza bases", "prawn crackers", "pie lids", "broad beans"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{fakea}>",
                subject="Re: order {order1}",
                timestamp="{d1.iso}T10:20:00",
                thread_history=(
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domaina}>, Wed {d-5} 2026 15:48 We can
                        have the {palletsa} pallets of {goodsa} off you on Thursday {d10}, order
                        {order1}, 07:30 at your ramp. {person1.first}, {firma}
                    """),
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Thu {d-4} 2026
                        09:02 You're down for Thursday {d10}, 07:30, ramp {dock1}. Bring straps,
                        ours have legs. {person2.first}
                    """),
                ),
                body=cleandoc("""
                    {person2.first}, once more about the {palletsa} pallets of {goodsa}, order
                    {order1}.

                    I am writing this on my knee in a lay-by, so forgive the thumbs. One of mine is
                    laid up after a tooth was pulled, the spare tractor is in pieces on the workshop
                    floor, and that leaves me a unit and a half short. Would you move our run by two
                    weeks, from Thursday {d10} to Thursday {d24}? Same ramp, same hour, same straps.

                    The shop at the far end knows and can live with it, their shelf is full until
                    then. The goods keep, and you told me on the telephone that the row they stand
                    in is not wanted. A line back in the course of the week will do nicely.

                    Tell the gate cat I asked after it.

                    {person1.first}
                    {firma}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="dispatch",
                facts=facts(
                    "{order1} | {shorta} | {person1.last} | {person1.first}",
                    "two weeks | two-week | fortnight | 14 days | defer | deferred | deferring | "
                    "change | changing | push | pushed | move | moved | moving | postpone | "
                    "postponed | postponing | postponement | shift | shifted | delay | delayed | "
                    "later | reschedule | rescheduled | rescheduling | put back | push back",
                ),
                reference_summary=(
                    "Someone posing as {firma} from a misspelt domain asks to move the "
                    "collection of order {order1} by two weeks to Thursday {d24}."
                ),
                about=(
                    "{palletsa} pallets {goodsa} {d10} 07:30 ramp {dock1} driver tractor vehicles "
                    "short booking stays collecting consent sought wishes dropped l firm whoever "
                    "enough"
                ),
            ),
            why=(
                "Rule 7: the partner writes from one domain only, as its older message "
                "shows; this one is spelt differently. Not normal although the request is "
                "modest. Not security: dispatch would have moved the run (Rule 16)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <{person3.mailbox}@{domainb}>",
                subject="Re: order {order2}",
                timestamp="{d7.iso}T13:35:00",
                thread_history=(
                    cleandoc("""
                        From: {person3} <{person3.mailbox}@{domainb}>, Wed {d2} 2026 16:31 We can
                        have the {palletsb} pallets of {goodsb} off you on Wednesday {d16}, order
                        {order2}, 06:15 at your ramp. {person3.first}, {firmb}
                    """),
                    cleandoc("""
                        From: {person4} <{person4.mailbox}@kestrelmoor.example>, Thu {d3} 2026 08:44
                        You're down for Wednesday {d16}, 06:15, ramp {dock2}. Bring gloves, ours
                        walk off. {person4.first}
                    """),
                ),
                body=cleandoc("""
                    {person4.first}, once more about the {palletsb} pallets of {goodsb}, order
                    {order2}.

                    I am writing this on my knee in a filling station, so forgive the thumbs. One of
                    mine is laid up after a knee was mended, the spare tractor is in pieces on the
                    workshop floor, and that leaves me a unit and a half short. Would you move our
                    run by two weeks, from Wednesday {d16} to Wednesday {d30}? Same ramp, same hour,
                    same gloves.

                    The shop at the far end knows and can live with it, their shelf is full until
                    then. The goods keep, and you told me on the telephone that the row they stand
                    in is not wanted. A line back in the course of the week will do nicely.

                    Tell the lodge dog I asked after it.

                    {person3.first}
                    {firmb}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="dispatch",
                facts=facts(
                    "{order2} | {shortb} | {person3.last} | {person3.first}",
                    "two weeks | two-week | fortnight | 14 days | defer | deferred | deferring | "
                    "change | changing | push | pushed | move | moved | moving | postpone | "
                    "postponed | postponing | postponement | shift | shifted | delay | delayed | "
                    "later | reschedule | rescheduled | rescheduling | put back | push back | "
                    "rebook | instead | new date | new collection date | another date | different "
                    "date",
                    "{d30}",
                ),
                reference_summary=(
                    "{firmb} asks to have the collection of order {order2} moved by two "
                    "weeks to Wednesday {d30} and expects an answer within the week."
                ),
                about=(
                    "{palletsb} pallets {goodsb} {d16} 06:15 ramp {dock2} driver tractor short "
                    "lacking fetch shop customer agrees approve decline awaits response rather "
                    "she'd"
                ),
            ),
            why=(
                "Rule 2: a slot to move, over a week away, an answer within the week. Not "
                "spam: the domain is the one of the thread. Not cold_store: the run is to be"
                " rebooked (Rule 14)."
            ),
        ),
    ),
)
