"""A later mail moves the day that an earlier one hangs on."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="barrier-list",
    slots={
        "firm, short, domain": (
            ("Ladlewright Field Kitchens", "Ladlewright", "ladlewrightfield.example"),
            ("Potager & Pike", "Potager", "potagerandpike.example"),
            ("Broadspoon Caterers", "Broadspoon", "broadspooncaterers.example"),
            ("Tureen House Kitchens", "Tureen", "tureenhouse.example"),
            ("Messtin Brothers", "Messtin", "messtinbrothers.example"),
        ),
        "site": (
            "the naval yard at Corrow",
            "the barracks on Tarn Hill",
            "the mint at Ludsey",
            "the airfield at Ousel Ness",
            "the royal stables at Byre End",
        ),
        "pallets, goods": (
            ("9", "duck legs"),
            ("14", "fish pies"),
            ("11", "lamb shanks"),
            ("16", "rice puddings"),
            ("12", "game terrines"),
        ),
        "lost": ("trout", "custard tarts", "oysters", "quails", "profiteroles"),
        "nook": ("flour bin", "piano", "laundry basket", "umbrella stand", "invoice drawer"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Order {order1}, coming home to you",
                timestamp="{d0.iso}T10:30:00",
                body=cleandoc("""
                    To Kestrelmoor, with a nail and a hammer.

                    {firm} cook for {site}. After the great dinner there, {pallets} pallets of
                    frozen {goods} will be left, and these we want back in your keeping: order
                    {order1}, at nine on Tuesday {d8}, please fetch them.

                    Now for what to nail above somebody's desk. The guards want it in writing who
                    sits at the wheel and what stands on the plate, and they want it by 15:00 of the
                    working day before, whichever day it may be; mail it to me and I carry it over.
                    As soon as they have it you get two words from me at this address, "they know".
                    As long as you have not had those, they don't. Then the barrier stays down, and
                    at noon the cold room is cleared into the crusher with all that is in it. We
                    lost eleven crates of {lost} that way, and the chef wept on the contract.

                    {person1}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="dispatch",
                facts=facts(
                    "{short} | {order1} | {person1.last} | {person1.first}",
                    "driver | plate | registration | guards | gate | fetch | collect | collection "
                    "| pick up | pickup",
                    "{d8} | {d7} | 15:00 | tuesday",
                ),
                reference_summary=(
                    "{short} wants order {order1} collected on {d8}; the guards need driver and "
                    "plate by 15:00 the working day before, or it is destroyed."
                ),
                about=(
                    "{firm} {person1} {site} {pallets} pallets frozen {goods} 09:00 nine name "
                    "barrier noon cold room crusher vehicle lorry details arrive lose food back "
                    "book security dinner monday"
                ),
            ),
            why=(
                "Rule 2: the names for the guards must be there by {d7} at 15:00, the fifth "
                "working day from here, or the food is crushed. Not urgent, therefore. Not "
                "security although guards want a list, nor cold_store: sending a lorry and naming "
                "its driver is dispatch's (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Order {order1} and a toe",
                timestamp="{d3.iso}T08:20:00",
                body=cleandoc("""
                    Good morning from the soup side,

                    the guest of honour goes in for a toe next week and the dinner is tonight
                    instead, so you fetch our {pallets} pallets at nine on Friday {d4}. All else as
                    I wrote. Your {person2} promised over the telephone last evening that somebody
                    would come, squeezed in between the butter and the market, which I call
                    handsome.

                    One more thing, for a rainy hour: on Wednesday {d30} there are the empty
                    trolleys to take away from the same place. Would eight suit you there, or rather
                    ten? Monday {d21} is soon enough to tell me.

                    The stock here is counted, nothing is short, and the cat has had four kittens in
                    the {nook}. We have told the chef that they are on leave.

                    {person1}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="dispatch",
                facts=facts(
                    "{short} | {order1} | {person1.last} | {person1.first}",
                    "{d4} | tomorrow | moved | earlier | brought forward | friday",
                    "15:00 | 3pm | plate | plates | registration | guards | gate | barrier | "
                    "driver details | driver name | driver and lorry | driver and vehicle",
                ),
                reference_summary=(
                    "{short} moved order {order1} to {d4}, so the guards must have driver and "
                    "plate by 15:00 today or the food is destroyed."
                ),
                about=(
                    "{firm} {person1} {site} {pallets} pallets {goods} 09:00 nine fetch {person2} "
                    "trolleys {d30} {d21} eight ten crushed collection pickup trolley hour lose "
                    "dinner empty promised {d3}"
                ),
                memoryless=("normal", "dispatch"),
            ),
            why=(
                "Rule 1: by the first mail driver and plate must be with the guards by 15:00"
                " on the working day before, which is now today, or the load is crushed; no "
                '"they know" has come. Not normal although the lorry is promised and the '
                "trolleys can wait. Not cold_store (Rule 14)."
            ),
        ),
    ),
)
