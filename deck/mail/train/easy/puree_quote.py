"""One plain request that can wait."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="puree-quote",
    slots={
        "firm, short, domain": (
            ("Dollywagon Cafes", "Dollywagon", "dollywagoncafes.example"),
            ("Pikelet & Pot", "Pikelet", "pikeletandpot.example"),
            ("Bobbinmill Coffee", "Bobbinmill", "bobbinmillcoffee.example"),
            ("Clogmaker Tearooms", "Clogmaker", "clogmakertearooms.example"),
            ("Snicket Cafes", "Snicket", "snicketcafes.example"),
        ),
        "pallets, months": (
            ("8", "three"),
            ("10", "four"),
            ("11", "five"),
            ("13", "three"),
            ("16", "six"),
        ),
        "fruit": ("mango", "raspberry", "apricot", "blackcurrant", "pear", "peach"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="{pallets} pallets of {fruit}, could you quote?",
                timestamp="{d1.iso}T11:35:00",
                body=cleandoc("""
                    Hiya,

                    Third go at writing this! First the phone, then the fire drill, and I've only
                    just got my breath back, because of course I'd left my keys on the desk.

                    So. I do the buying for {firm}, six little places and a van, and please could
                    you do us a quote? We have gone and bought far more {fruit} puree than we can
                    ever keep ourselves, {pallets} pallets of it, in tubs, rock hard at minus 20. It
                    lands on Monday {d35} and it would want a home for about {months} months, with a
                    pallet or so let out each week. We would fetch it ourselves, you would not have
                    to drive a yard. What would you charge us, all in?

                    No hurry. I sit down with our bookkeeper on Monday {d21}, so if I had your quote
                    by then I would look ever so organised.

                    Ta very much,
                    {person1.first}, {short}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="customer_care",
                facts=facts(
                    "{short} | {pallets} pallets | {person1.last} | {person1.first}",
                    "quote | quotation | price | charge | cost | rate",
                    "{d35} | {d21}",
                ),
                reference_summary=(
                    "{firm} would like a quote for frozen storage of {pallets} pallets of "
                    "{fruit} puree from {d35}, answered by {d21}."
                ),
                about=(
                    "{person1} {months} months minus 20 storing arriving weekly releases fetch "
                    "transport haulage total meeting bookkeeper bookkeeping covers kindly"
                ),
            ),
            why=(
                "Rule 2: a price is wanted by {d21}, almost three weeks off. Not urgent "
                "although it mentions a fire drill. Not cold_store: nothing can be stored "
                "before somebody has quoted (Rule 14). Not spam: a customer asks us."
            ),
        ),
    ),
)
