"""A mail that is not what it looks like at first."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="mussel-buyer",
    slots={
        "firm, short, domain": (
            ("Mariscos Velouria", "Velouria", "mariscosvelouria.example"),
            ("Kapetanaki Thalassa", "Kapetanaki", "kapetanakithalassa.example"),
            ("Muschelkontor Ohlrogge", "Ohlrogge", "muschelkontor-ohlrogge.example"),
            ("Frutti Bellamarea", "Bellamarea", "fruttibellamarea.example"),
            ("Coquillages Trévarec", "Trévarec", "coquillages-trevarec.example"),
        ),
        "pallets": ("25", "22", "28", "35", "45"),
        "goods": (
            "cooked mussels",
            "frozen mussels",
            "mussel meat",
            "smoked mussels",
            "mussels in the half shell",
        ),
        "animal": ("my parrot", "my old dog", "my mother", "the harbour cat", "my barber"),
        "port": ("Harwold", "Portreagh", "Selmouth", "Tynewick", "Easthaven"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Compliment and one demand of price",
                timestamp="{d7.iso}T18:10:00",
                body=cleandoc("""
                    Most esteemed house of the cold,

                    permit that I salute you. Since thirty years I buy and sell shells of the sea,
                    and in all the fish halls they tell me: {person1.first}, who sleeps at
                    Kestrelmoor sleeps well! Such words one does not even hear of a hotel. I told it
                    to {animal}, who also was impressed.

                    So here my little wish. From Monday {d28} I have {pallets} pallets {goods}, all
                    minus 18, arriving by ship in {port}, and they must rest two months before the
                    restaurants want them. What makes that with you, per pallet and week, entrance
                    and exit comprised? The lorry from the port I have already, also the insurance
                    and the paper of the veterinary. If your price comes to me until the end of next
                    week I am happy like a mussel at high water.

                    With embrace of the sea,
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="customer_care",
                facts=facts(
                    "{short} | mussels | mussel",
                    "quote | quotation | storage price | storing | store | keeping {pallets} | "
                    "keep {pallets} | tariff | price {pallets} pallets | storage",
                    "{d28} | two months | {pallets} pallets | {d18}",
                ),
                reference_summary=(
                    "{firm} would like a price for storing {pallets} pallets of mussels with"
                    " us for two months, beginning {d28}."
                ),
                about=(
                    "{person1} {goods} frozen storage minus 18 {port} arriving handling included "
                    "entry exit comprised weekly end next lorry insurance merchant shellfish "
                    "prospective customer enquires mid {person1.last} price cost rate charge "
                    "offer"
                ),
            ),
            why=(
                "Rule 2: a genuine buyer wants a price by the end of next week. Not spam: "
                "nothing is sold, no money or secret is asked, own domain. Not cold_store or"
                " dispatch: the quote comes first and the lorry is arranged (Rule 14)."
            ),
        ),
    ),
)
