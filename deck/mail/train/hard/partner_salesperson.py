"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="partner-salesperson",
    slots={
        "firm, short, domain, falsedomain": (
            ("Scarside Haulage", "Scarside", "scarsidehaulage.example", "scarside-haulage.example"),
            (
                "Millgarth Carriers",
                "Millgarth",
                "millgarthcarriers.example",
                "millgarth-carriers.example",
            ),
            (
                "Butterbump Transport",
                "Butterbump",
                "butterbump-transport.example",
                "butterbumptransport.example",
            ),
            ("Nessgate Freight", "Nessgate", "nessgatefreight.example", "nessgate-group.example"),
            (
                "Ullathorne Trucking",
                "Ullathorne",
                "ullathornetrucking.example",
                "ullathorne-trucks.example",
            ),
        ),
        "line": ("4", "6", "7", "9", "12"),
        "goods": ("cheese", "poultry", "pastry", "salad", "seafood"),
        "hall": ("Tanner Street", "Bobbin Yard", "Ropewalk Lane", "Gasworks Road", "Weir Side"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Line {line} of your price list",
                timestamp="{d0.iso}T14:15:00",
                body=cleandoc("""
                    Now then,

                    It is {person1.first} at {firm}, the ones who pull your overflow trailers of a
                    weekend. I carry your printed price list about with me, because half the
                    shippers I visit want a cold shed as well as a lorry and I send them your way.

                    Line {line} has me stumped. It says "handling, per lift". One buyer in {goods}
                    reads that as once in and once out, so two lifts a pallet. I have always taken
                    it as one. Which is it, and does it also cover wrapping? I see them again on
                    Wednesday {d2} at 15:00. They sign for the year there and then, with you if I
                    can say, and with the shed down the road if I cannot, and that would be forty
                    pallets a week gone.

                    Our yard dog has had the list in its mouth, hence the state of my copy.

                    {person1}
                    Sales, {firm}
                    Depot 2, {hall}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="customer_care",
                facts=facts(
                    "{short} | {person1.last} | {person1.first}",
                    "price list | handling | per lift | line {line} | tariff | pricing",
                    "{d2} | wednesday | 15:00",
                ),
                reference_summary=(
                    "{person1.last} of {firm} asks what the handling charge in line {line} of the "
                    "price list covers; without an answer by 15:00 on {d2} a buyer signs "
                    "elsewhere."
                ),
                about=(
                    "{person1} {goods} pallet wrapping buyer shippers count mean clarify explain "
                    "include recommend entry definition sign year lose lost forty elsewhere "
                    "competitor wednesday"
                ),
            ),
            why=(
                "Rule 2: without an answer by {d2} at 15:00 we lose a customer's money, and the "
                "next working day is Tuesday. Not urgent, therefore. Not spam: a partner asks "
                "about our prices and sells nothing. Rule 14: prices and service questions are for "
                "customer_care, not dispatch."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person1} <{person1.mailbox}@{falsedomain}>",
                subject="One for your sheet",
                timestamp="{d8.iso}T09:30:00",
                body=cleandoc("""
                    Morning,

                    Getting this in good and early for once. Order {order1}, the {goods} you are
                    minding for us, is down to stay till further notice. The shipper now wants it on
                    the coast, so we would like to take it out on Tuesday {d29}. One of our own,
                    {person2}, would come for it with a rigid at about 11:00.

                    Could you put the name on your sheet for that day and tell me if 11:00 suits, or
                    what hour would? No rush with the answer, any day next week does me. The papers
                    stay as they are and the hire of the pallets is between us and the shipper.

                    Pie and peas at our place tomorrow, if anybody from yours is passing.

                    {person1}
                    Sales, {firm}
                    Depot 2, {hall}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="dispatch",
                facts=facts(
                    "{short} | {person1.last} | {person1.first}",
                    "{order1} | {goods}",
                ),
                reference_summary=(
                    "Sender posing as {person1.last} of {firm} from another domain wants "
                    "order {order1} released to a driver on {d29}."
                ),
                about=(
                    "{person1} {person2} {domain} {falsedomain} 11:00 rigid name sheet shipper "
                    "collection collect pick remove removal book enter arrange partner real "
                    "stored add coast suits hour"
                ),
                memoryless=("normal", "dispatch"),
            ),
            why=(
                "Rule 7: the partner writes from one domain only, which an earlier mail of "
                "this person showed; this is another. Not normal although the wish is "
                "ordinary. Rule 16: dispatch would have booked the collection, not "
                "customer_care."
            ),
        ),
    ),
)
