"""One plain request that can wait."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="swapped-figures",
    slots={
        "firm, short, domain": (
            ("Feenavagh Puddings", "Feenavagh", "feenavaghpuddings.example"),
            ("Coolderrin Cheeses", "Coolderrin", "coolderrincheeses.example"),
            ("Templeshee Larder", "Templeshee", "templesheelarder.example"),
            ("Lisnabrack Ices", "Lisnabrack", "lisnabrackices.example"),
            ("Aghavarra Smokehouse", "Aghavarra", "aghavarrasmokehouse.example"),
        ),
        "wrong, right": (
            ("417", "471"),
            ("962", "926"),
            ("538", "583"),
            ("290", "209"),
            ("864", "846"),
        ),
        "otherjob": (
            "a dog groomer",
            "a choir",
            "a maker of oars",
            "two dentists",
            "a riding school",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <books@{domain}>",
                subject="Your invoices for orders {order1}, {order2} and {order3}",
                timestamp="{d4.iso}T09:50:00",
                body=cleandoc("""
                    Good morning. I hope that I have the right address; the website offered four.

                    On Fridays I keep the books of {firm}. On the other days I keep those of
                    {otherjob}. Going through the folder I noticed that the last three invoices you
                    posted to us, for orders {order1}, {order2} and {order3}, carry the VAT number
                    of your own company with two figures changed about: it ends in {wrong} on these
                    and in {right} on every older invoice and statement of yours.

                    The amounts are all correct and payment of all three invoices went to you last
                    week. It is only that the tax office will not accept them like this. Our claim
                    for the quarter has to be lodged there by Tuesday {d8}, 15:00; the law knows no
                    later day, and these three would be out of it for good. Could you please issue
                    them again with the proper VAT number?

                    With apologies for the fuss,
                    {person1}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="billing",
                facts=facts(
                    "{short} | {person1.last} | {order1} | {order2} | {order3}",
                    "VAT | tax number | wrong number | misprint | misprinted | swapped digits | "
                    "swapped figures | wrong digits | corrected invoices | transposed",
                    "{d8} | Tuesday",
                ),
                reference_summary=(
                    "{firm} wants the paperwork for three orders, including {order1}, reissued "
                    "with our correct VAT number before its tax claim closes at 15:00 on Tuesday "
                    "{d8}."
                ),
                about=(
                    "{person1} bookkeeper {right} {wrong} ends issue ones copies paid settled "
                    "payment spotted reach office claim quarter lodged lodge law refused amounts "
                    "right correct reissue instead sums unaffected fix"
                ),
            ),
            why=(
                "Rule 2: three invoices must be issued again by Tuesday, the second working day "
                "on, when the law closes a tax claim. Not urgent although a tax office is named: "
                "the next working day is Monday. Not legal: correcting our invoices is billing's "
                "work (Rule 14)."
            ),
        ),
    ),
)
