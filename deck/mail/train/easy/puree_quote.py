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

                    Third go at writing this today! First the phone, then the fire drill, and I've
                    only just got my breath back, because of course I'd left my keys on the desk.

                    So. I do the buying for {firm}, six little places and a van, and please could
                    you do us a quote? We have gone and bought far more {fruit} puree than we can
                    ever keep ourselves, {pallets} pallets of it, in tubs, rock hard at minus 20. It
                    comes off the boat on Friday {d4} at 10:00 and would want a home for about
                    {months} months, with a pallet or so let out each week. We would bring it and
                    fetch it ourselves, you would not have to drive a yard. What would you charge
                    us, all in?

                    Our bookkeeper lets nothing go into a store without a price on paper. If I have
                    none by that hour the tubs stand on the quay and go soft, and that is the whole
                    summer's puree in the bin.

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
                    "{d4} | friday | 10:00",
                ),
                reference_summary=(
                    "{firm} would like a quote for frozen storage of {pallets} pallets of {fruit} "
                    "puree, landing on Friday {d4} at 10:00, which spoil unless priced by then."
                ),
                about=(
                    "{person1} {months} months minus 20 storing arriving weekly releases fetch "
                    "transport haulage total bookkeeper bookkeeping covers kindly boat quay soft "
                    "melt lost spoilt ship store bin tubs"
                ),
            ),
            why=(
                "Rule 2: the puree spoils on the quay unless a price is there by {d4} at 10:00, "
                "the third working day from here, later than the next one. Not urgent, therefore, "
                "although it mentions a fire drill. Not cold_store: nothing can be stored before "
                "somebody has quoted (Rule 14). Not spam: a customer asks us."
            ),
        ),
    ),
)
