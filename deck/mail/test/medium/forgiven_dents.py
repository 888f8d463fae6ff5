"""Twins: two mails alike, and one detail that says which of them is genuine."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="forgiven-dents",
    slots={
        "firm, short, domain, lookalike": (
            ("Quarlecote Farm Shops", "Quarlecote", "quarlecote.example", "quarelcote.example"),
            ("Oakshaw Larders", "Oakshaw", "oakshawlarders.example", "oakshawladers.example"),
            (
                "Wetherley Kitchens",
                "Wetherley",
                "wetherleykitchens.example",
                "wetherlykitchens.example",
            ),
            (
                "Yokefield Grocers",
                "Yokefield",
                "yokefieldgrocers.example",
                "yokefeildgrocers.example",
            ),
            ("Tattersby Foods", "Tattersby", "tattersbyfoods.example", "tatersbyfoods.example"),
            (
                "Linden Row Provisions",
                "Linden",
                "lindenrowprovisions.example",
                "lindenrowprovision.example",
            ),
        ),
        "dented, all": (("14", "60"), ("17", "72"), ("22", "96"), ("13", "48"), ("26", "84")),
        "goods": ("custard tarts", "quiches", "cheese straws", "fish cakes", "lemon tarts"),
        "seller": ("café", "counter", "market stall", "farm gate", "tea room"),
        "other_firm, other_short, other_domain": (
            ("Pellerin Delicatessen", "Pellerin", "pellerindeli.example"),
            ("Cragside Lane Bakers", "Cragside", "cragsidelane.example"),
            ("Umberleigh Foodhall", "Umberleigh", "umberleighfood.example"),
            ("Quillstone Dairies", "Quillstone", "quillstonedairies.example"),
            ("Hazelrigg Stores", "Hazelrigg", "hazelriggstores.example"),
            ("Rushmere Catering", "Rushmere", "rushmerecatering.example"),
        ),
        "other_dented, other_all": (
            ("12", "54"),
            ("19", "80"),
            ("15", "66"),
            ("23", "90"),
            ("16", "64"),
        ),
        "other_goods": ("pork pies", "fruit yoghurts", "pasties", "rice puddings", "cheesecakes"),
        "other_seller": ("shop", "kiosk", "canteen", "deli counter", "bakery"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{lookalike}>",
                subject="Re: Order {order1}",
                timestamp="{d3.iso}T09:40:00",
                thread_history=(
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domain}>, Thu {d-4} 2026 15:22

                        Dear Kestrelmoor, {dented} of the {all} cartons of {goods} on order {order1}
                        reached us with their corners pushed in. We cannot put them before our
                        customers. What happened, and when may we have good ones?
                        {person1}, {firm}
                    """),
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Mon {d0} 2026 10:31

                        Dear {person1.first}, I am sorry. A strap was drawn too tight over the top
                        layer. {dented} fresh cartons go out to you tonight at our cost. Would you
                        like something for the lost sales as well?
                        {person2.first}
                    """),
                ),
                body=cleandoc("""
                    Dear {person2.first},

                    The {dented} fresh cartons of {goods} stood at our door on Tuesday, corners as
                    sharp as a bishop's hat, and our {seller} had sold the first dozen by eleven. I
                    have read your words about the strap aloud to my colleagues, who found them
                    honest.

                    Lost sales there were hardly any. {firm} regards the matter of the dented
                    cartons as closed, thank you, and expects nothing further from your house,
                    neither a form nor a cheque nor a call. The lorry that brought the new lot even
                    waited while we found the door key, which had slipped behind the radiator with
                    two pencils and a raffle ticket.

                    Kind regards from all of us,
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="customer_care",
                facts=facts(
                    "{short} | {order1} | {person1.first} | {person1.last}",
                    "cartons | dented | {goods} | complaint",
                    "closed | close | settled | withdrawn | waives | drops | ended | resolved | "
                    "closing | closes | dropped | waived | withdraws | waiving | fine | "
                    "satisfied | happy | nothing further",
                ),
                reference_summary=(
                    "Somebody writing as {short} from a misspelt domain says the complaint "
                    "over dented cartons is closed."
                ),
                about=(
                    "{firm} customer order {dented} fresh replacement came {domain} differs real "
                    "claims declares statement matter trust rely unreliable respond signed"
                ),
            ),
            why=(
                "Rule 7: the newest message comes from a misspelling of the partner's own "
                "domain in the thread. Not archive although it wants nothing. Customer_care "
                "handles the complaint (Rule 16)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <{person3.mailbox}@{other_domain}>",
                subject="Re: Order {order2}",
                timestamp="{d8.iso}T13:15:00",
                thread_history=(
                    cleandoc("""
                        From: {person3} <{person3.mailbox}@{other_domain}>, Tue {d1} 2026 11:08

                        Dear Kestrelmoor, {other_dented} of the {other_all} cartons of {other_goods}
                        on order {order2} reached us with their corners pushed in. We cannot put
                        them before our customers. What happened, and when may we have good ones?
                        {person3}, {other_firm}
                    """),
                    cleandoc("""
                        From: {person4} <{person4.mailbox}@kestrelmoor.example>, Thu {d3} 2026 16:47

                        Dear {person3.first}, I am sorry. A strap was drawn too tight over the top
                        layer. {other_dented} fresh cartons go out to you tonight at our cost. Would
                        you like something for the lost sales as well?
                        {person4.first}
                    """),
                ),
                body=cleandoc("""
                    Dear {person4.first},

                    The {other_dented} fresh cartons of {other_goods} stood at our door on Friday,
                    corners as sharp as a bishop's hat, and our {other_seller} had sold the first
                    dozen by three. I have read your words about the strap aloud to my partner, who
                    found them honest.

                    Lost sales there were hardly any. {other_firm} regards the matter of the dented
                    cartons as closed, thank you, and expects nothing further from your house,
                    neither a form nor a cheque nor a call. The lorry that brought the new lot even
                    waited while we found the gate key, which had slipped behind the freezer with a
                    spoon and a birthday candle.

                    Kind regards from both of us,
                    {person3}
                    {other_firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="customer_care",
                facts=facts(
                    "{other_short} | {order2}",
                    "replacement | replacements | new cartons | fresh cartons | dented cartons | "
                    "complaint | damage | damaged | {other_goods}",
                    "settled | resolved | finished | done | happy | satisfied | complaint closed "
                    "| closes complaint | cartons closed | matter closed | case closed | waives | "
                    "waived | ended | declines compensation | nothing more",
                ),
                reference_summary=(
                    "{other_short} has received its replacements, regards the complaint over"
                    " dented cartons as closed and wants nothing more."
                ),
                about=(
                    "{other_firm} {person4} order {other_dented} fresh arrived delivery receipt "
                    "safely lost sales compensation declines strap explanation accepts considers "
                    "further step pudding {person3} cartons closed dented"
                ),
            ),
            why=(
                "Rule 3: the customer closes the matter and wants nothing more. Not spam: "
                "the address is the one of the thread (Rule 7). Rule 14: customer_care would"
                " act if the complaint were still open, not dispatch."
            ),
        ),
    ),
)
