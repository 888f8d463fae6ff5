"""Twins: two mails alike, and one detail that changes label or team."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="market-pallets",
    slots={
        "firma, shorta, domaina": (
            ("Hebblewhite Fine Foods", "Hebblewhite", "hebblewhitefinefoods.example"),
            ("Coppull Market Stores", "Coppull", "coppullstores.example"),
            ("Lathom & Daughter", "Lathom", "lathomanddaughter.example"),
            ("Birkdene Delicatessen", "Birkdene", "birkdenedeli.example"),
            ("Scarth Counter", "Scarth", "scarthcounter.example"),
        ),
        "firmb, shortb, domainb": (
            ("Fenwold Savouries", "Fenwold", "fenwoldsavouries.example"),
            ("Arkendale Traders", "Arkendale", "arkendaletraders.example"),
            ("Mossop & Kent", "Mossop", "mossopandkent.example"),
            ("Yafforth Produce", "Yafforth", "yafforthproduce.example"),
            ("Kirkbrae Stall", "Kirkbrae", "kirkbraestall.example"),
        ),
        "goodsa": ("smoked mackerel", "cooked ham", "pork pies", "black pudding", "soft cheese"),
        "goodsb": ("cream cheese", "liver sausage", "potted shrimps", "cheddar", "salted butter"),
        "yard": ("Quarry Lane", "Tannery Road", "Canal Wharf", "Ropewalk", "Old Gasworks"),
        "signed": ("13:40", "14:15", "14:50", "15:10", "15:35"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domaina}>",
                subject="Order {order1}, six short",
                timestamp="{d3.iso}T15:40:00",
                body=cleandoc("""
                    Good afternoon,

                    {person1} of {firma}, the corner stand with the green awning. My order {order1}
                    has come up six pallets of {goodsa} short, and the bell at the market goes at
                    05:00 on Friday {d4}. After seven the buyers have gone home and I can feed the
                    gulls.

                    I rang you between two customers. Your {person2.first} was so kind as to read me
                    the papers. According to them the six never came off the trailer: it was left in
                    the {yard} yard, the wrong one, and there they stand to this minute with the
                    engine humming over them. Our own van is at your main gate at 03:30 and takes
                    them the rest of the way, so all that is wanted is that they are there to be
                    had.

                    I am after no credit note and no apology, only my {goodsa}. And your
                    {person2.first} should see somebody about that cough.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="dispatch",
                facts=facts(
                    "{order1} | {shorta} | {person1.last} | {person1.first}",
                    "trailer | lorry | truck | wrong yard | {yard} | vehicle",
                    "{d4} | 05:00 | 03:30 | tomorrow",
                ),
                reference_summary=(
                    "Six pallets of {firma}, order {order1}, sit on a trailer in the wrong "
                    "yard; bring them to the main gate by 03:30 tomorrow for the market."
                ),
                about=(
                    "{person2} {goodsa} fish van left dropped mistake mistakenly ahead arrives "
                    "brought collects shunt"
                ),
            ),
            why=(
                "Rule 1: without them the customer misses the market at 05:00 tomorrow. Not "
                "cold_store: the goods never left the trailer, which must be fetched (Rule "
                "14). Not customer_care: no claim is made."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <{person3.mailbox}@{domainb}>",
                subject="Order {order2}, six short",
                timestamp="{d8.iso}T16:20:00",
                body=cleandoc("""
                    Good afternoon,

                    {person3} of {firmb}, the long stand by the fountain. My order {order2} has come
                    up six pallets of {goodsb} short, and the bell at the market goes at 05:00 on
                    Wednesday {d9}. After seven the buyers have gone home and I can feed the
                    pigeons.

                    I rang you between two customers. Your {person4.first} was so kind as to read me
                    the papers. According to them the six came off the trailer yesterday at
                    {signed}: they were signed into your store, but the line for the row was left
                    blank, and there they stand to this minute where none of you can lay a hand on
                    them. Our own van is at your main gate at 03:30 and takes them the rest of the
                    way, so all that is wanted is that they are there to be had.

                    I am after no credit note and no apology, only my {goodsb}. And your
                    {person4.first} should see somebody about that bicycle bell.

                    {person3.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="cold_store",
                facts=facts(
                    "{order2} | {shortb} | {person3.last} | {person3.first}",
                    "misplaced | mislaid | search | locate | located | find | found | not found | "
                    "cannot found | cannot be located | not located | nobody can find | nobody can "
                    "locate | unlocated | missing | lost | untraceable | row | location | "
                    "whereabouts | traced | trace | signed into",
                    "{d9} | 05:00 | 03:30 | tomorrow",
                ),
                reference_summary=(
                    "Six pallets of {firmb}, order {order2}, were signed in yesterday but "
                    "are mislaid somewhere in our store; find them before the van comes at "
                    "03:30 tomorrow."
                ),
                about=(
                    "{goodsb} {d7} {signed} booked entered recorded blank racking main gate "
                    "market ready arrives"
                ),
            ),
            why=(
                "Rule 1: without them the customer misses the market at 05:00 tomorrow. Not "
                "dispatch: the goods are in our store and must be found there (Rule 14). Not"
                " customer_care: no claim is made."
            ),
        ),
    ),
)
