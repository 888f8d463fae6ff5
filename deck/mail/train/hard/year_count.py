"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="year-count",
    slots={
        "firm, short, domain, domain2": (
            (
                "Skirbeck Butter",
                "Skirbeck",
                "skirbeck-butter.example",
                "skirbeckfoods.example",
            ),
            (
                "Ellonby Turkeys",
                "Ellonby",
                "ellonbyturkeys.example",
                "ellonbypoultry.example",
            ),
            (
                "Cammeringham Peas",
                "Cammeringham",
                "cammeringham-peas.example",
                "cammeringham.example",
            ),
            (
                "Gowdall Fruit Pulp",
                "Gowdall",
                "gowdallpulp.example",
                "gowdallfruit.example",
            ),
            (
                "Fraisthorpe Fish Blocks",
                "Fraisthorpe",
                "fraisthorpefish.example",
                "fraisthorpeseafood.example",
            ),
        ),
        "total, lots, lot, some": (
            ("312", "eleven", "B-118", "16"),
            ("268", "nine", "B-204", "14"),
            ("405", "thirteen", "B-163", "20"),
            ("354", "twelve", "B-142", "18"),
            ("287", "ten", "B-187", "15"),
        ),
        "carrier": (
            "Ambergate Logistics",
            "Tolson Brothers",
            "Northcliffe Road Freight",
            "Jessop & Kay",
            "Wragby Vans",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Year count, chamber {chamber1}",
                timestamp="{d2.iso}T17:05:00",
                body=cleandoc("""
                    Dear {person2},

                    I have laid your count of Monday beside our books and they agree, {total}
                    pallets in {lots} lots. The three that I missed in spring were on the top beam
                    of chamber {chamber1} after all, as you had said. What can I say? We were wrong
                    and the note I wrote then can be forgotten.

                    And did you really count for seven hours with the strip curtain down? {person3}
                    told me it was up again by Tuesday, so I needn't have worried about the cold
                    either.

                    Our auditor has the signed sheet from me, and the fee is in the storage bill.
                    All of it lies with you untouched until the week of Monday {d35}, not a pallet
                    before, and I shall write about that myself from here.

                    Kind regards
                    {person1}
                    Stocks, {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="cold_store",
                facts=facts(
                    "{short} | {person1.last} | {person1.first}",
                    "count | counted | {total} pallets | stock",
                    "agree | agrees | match | matches | tally | tallies | correct | right | "
                    "confirms | confirmed | accepts | accepted | withdraws | withdrew",
                ),
                reference_summary=(
                    "{short} confirms that our count of {total} pallets agrees with its books; "
                    "they stay untouched in chamber {chamber1} for now."
                ),
                about=(
                    "{firm} {person1} {person2} {person3} {lots} {d0} {d35} missing three found "
                    "top beam spring error admits wrong auditor sheet curtain door repaired lots "
                    "yearly annual stocktake stock signed leaves moves withdraws query put "
                    "matched untouched stays withdrawn complaint"
                ),
            ),
            why=(
                "Rule 3: the count agrees, the auditor has the sheet, the curtain is up. Not "
                "normal although it asks something: the mail answers it itself. Not customer_care: "
                "a missing pallet is not claimed but found, and counts are cold_store's (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person4} <{person4.mailbox}@{domain2}>",
                subject="{some} pallets out of {lot}",
                timestamp="{d3.iso}T11:30:00",
                body=cleandoc("""
                    Hi,

                    could you give us a time on Tuesday {d8} to collect {some} pallets of lot {lot}
                    from chamber {chamber1}? Anything between 08:00 and 13:00 is good. The vehicle
                    comes from {carrier}, an ordinary fridge trailer with a tail lift, and the
                    driver will carry the lot number on paper, so that nobody at your dock has to
                    search.

                    I'd like to tell the carrier by Monday {d7} in the afternoon. If Tuesday is full
                    then say Wednesday, the buyer isn't waiting for it. The rest of the lot can stay
                    where it is and the count sheet need not be changed before the month's end.

                    Thanks a lot
                    {person4}
                    Orders, {firm}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="dispatch",
                facts=facts(
                    "{short} | {person4.last} | {person4.first} | {domain2}",
                    "{some} pallets | {lot}",
                    "collect | collected | collection | pick up | pick-up | pickup | slot | "
                    "release | fetch",
                ),
                reference_summary=(
                    "Somebody posing as {short} from {domain2} wants a slot on {d8} for {carrier} "
                    "to collect {some} pallets of lot {lot}."
                ),
                about=(
                    "{firm} {domain} {person4} {person1} {d7} {d8} chamber {chamber1} tuesday "
                    "different other domain real partner theft steal stolen goods untouched "
                    "stay truck trailer carrier orders refuse release posing"
                ),
                memoryless=("normal", "dispatch"),
            ),
            why=(
                "Rule 7: {firm} writes from {domain} only, as on Wednesday, when it also said that "
                "not a pallet moves before its own word; this other domain is a false identity. "
                "Not normal although a slot is a small thing to ask. Dispatch would have given it "
                "(Rule 16), not cold_store."
            ),
        ),
    ),
)
