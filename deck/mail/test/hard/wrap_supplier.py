"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, FollowUpCase, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="wrap-supplier",
    slots={
        "firm, short, domain": (
            ("Filmore Stretchwrap", "Filmore", "filmorestretchwrap.example"),
            ("Cellowrap Tarrant", "Tarrant", "cellowraptarrant.example"),
            ("Ovington Pallet Film", "Ovington", "ovingtonfilm.example"),
            ("Shearling Packaging", "Shearling", "shearlingpackaging.example"),
            ("Loxwood Hoods & Film", "Loxwood", "loxwoodfilm.example"),
        ),
        "rolls, price, amount": (
            ("240", "£6.50", "£1,560.00"),
            ("300", "£5.80", "£1,740.00"),
            ("260", "£7.20", "£1,872.00"),
            ("320", "£6.15", "£1,968.00"),
            ("280", "£7.45", "£2,086.00"),
        ),
        "bank": (
            "Weirbridge Mutual",
            "Northgate Savings House",
            "Kirkmere Union",
            "Old Harbour Credit",
            "Selby Vale Mutual",
        ),
        "account": ("30 418 772", "51 209 346", "28 664 915", "47 035 281", "63 190 558"),
        "pallets": ("18", "20", "22", "24", "26"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Re: {rolls} rolls, PO {po1}",
                timestamp="{d1.iso}T14:15:00",
                thread_history=(
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Thu {d-4} 2026
                        09:20 Hello {person1.first}, the {rolls} rolls came whole and dry, PO {po1}.
                        Your paper for {amount} is with us and has its stamp. {person2.first}
                    """),
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domain}>, Fri {d-3} 2026 11:35
                        Wonderful, {person2.first}. Pay when the calendar says so, we know where you
                        live. {person1.first}
                    """),
                ),
                body=cleandoc("""
                    Hi {person2.first},

                    me again, between two forklift batteries and a birthday cake for our oldest
                    colleague.

                    One small thing about PO {po1}, the {rolls} rolls at {price}. Our treasurer has
                    fallen out with the old bank, something about a queue and one single open
                    counter, and has carried our affairs over to {bank}. Would you let the {amount}
                    go there this time, and the ones after it as well? The new numbers are in the
                    frame below, copy them once and you're through with it:

                    {firm}
                    {bank}, branch 4
                    Account {account}

                    Nothing else changes, film as sticky as ever.

                    Cheers and crumbs,
                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="billing",
                facts=facts(
                    "{short} | {person1.last} | {person1.first} | supplier | {po1}",
                    "new bank | different bank | another bank | bank change | bank details | "
                    "bank account | bank numbers | payment details | payee | new account | "
                    "{bank} | account number",
                    "{amount}",
                ),
                reference_summary=(
                    "{firm} ask that {amount} under PO {po1} and later sums go to a "
                    "different bank, which counts as fraud even within this thread."
                ),
                about=(
                    "{person2} {rolls} rolls altered switch redirect diversion instead pay "
                    "remitted future subsequent copy existing untouched stand instruction inside "
                    "real writer author posing followed worth leave"
                ),
            ),
            why=(
                "Rule 9: a mail that asks to change where we pay is fraud, even inside a "
                "real thread. Not normal although domain, PO and history fit. Not security: "
                "it wants a payment, so billing (Rule 16)."
            ),
        ),
        FollowUpCase(
            after="1",
            handled=Case(
                email=Email(
                    email_id="2a",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="A roof over our heads",
                    timestamp="{d9.iso}T15:10:00",
                    body=cleandoc("""
                        Good afternoon Kestrelmoor,

                        our shed is to have a new roof, the old one showing more sky than tin. While
                        the roofers are about, {pallets} pallets of film must sit somewhere dry,
                        from Monday {d35} and for two months. Warm or cold is all one to them, so
                        any spare corner would do.

                        What would such a corner set us back, all told? And would it be much dearer
                        if the roofers dawdle and it turns into three? We should fetch and carry
                        ourselves, your lorries may stay in bed. Two barns down the road are on my
                        list as well, and the boss picks on Monday {d28}, so your number by Friday
                        {d25} is in good time.

                        It is only film, but one grows fond of it.

                        {person1.first}, {firm}
                    """),
                ),
                truth=GroundTruth(
                    label="spam",
                    route_to="customer_care",
                    facts=facts(
                        "{short} | {person1.last} | {person1.first} | supplier | film | {pallets} "
                        "pallets",
                        "storage | storing | store | stored | keep | keeping | housing | space | "
                        "room | shelter | dry corner | price | cost | costs | charge | charges | "
                        "quote | quotation",
                        "bank | divert | diverted | reroute | redirect | redirected | swindle | "
                        "swindler",
                    ),
                    reference_summary=(
                        "{firm}, whose address sent a fraudulent bank change before, asks "
                        "our price for keeping {pallets} pallets two months, by {d25}."
                    ),
                    about=(
                        "roof {d35} three detail payment {amount} {d1} tried attempted lately "
                        "enquiry room redone source tainted terms offer counts came leave "
                        "unanswered"
                    ),
                    memoryless=("normal", "customer_care"),
                ),
                why=(
                    "Rule 10: this address has sent fraud, so whatever it sends is spam. Not"
                    " normal although the question is harmless. Not cold_store: nothing is "
                    "brought yet; a price is asked, so customer_care (Rule 16)."
                ),
            ),
            mishandled=Case(
                email=Email(
                    email_id="2b",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="A roof over our heads",
                    timestamp="{d9.iso}T15:10:00",
                    body=cleandoc("""
                        Good afternoon Kestrelmoor,

                        first of all thank you for the {amount}, it has arrived safe and sound at
                        {bank} and our treasurer went about whistling. Now for something airier:

                        our shed is to have a new roof, the old one showing more sky than tin. While
                        the roofers are about, {pallets} pallets of film must sit somewhere dry,
                        from Monday {d35} and for two months. Warm or cold is all one to them, so
                        any spare corner would do.

                        What would such a corner set us back, all told? And would it be much dearer
                        if the roofers dawdle and it turns into three? We should fetch and carry
                        ourselves, your lorries may stay in bed. Two barns down the road are on my
                        list as well, and the boss picks on Monday {d28}, so your number by Friday
                        {d25} is in good time.

                        It is only film, but one grows fond of it.

                        {person1.first}, {firm}
                    """),
                ),
                truth=GroundTruth(
                    label="spam",
                    route_to="customer_care",
                    facts=facts(
                        "{short} | {person1.last} | {person1.first} | supplier | film | wrap | "
                        "{pallets} pallets",
                        "storage | storing | store | stored | keep | keeping | housing | "
                        "warehousing | space | shelter | dry corner | price | cost | costs | "
                        "charge | charges | quote | quotation",
                        "{amount} | {bank} | payment | money",
                    ),
                    reference_summary=(
                        "{firm}, whose address sent a fraudulent bank change and has our "
                        "money, asks the price for keeping {pallets} pallets two months, by "
                        "{d25}."
                    ),
                    about=(
                        "roof {d35} account details switch thanks arrived reached landed received "
                        "receipt acknowledges claims paid committed deceit correspondent invites "
                        "solicits offer fishes respond seems"
                    ),
                    memoryless=("normal", "customer_care"),
                ),
                why=(
                    "Rule 10: this address has sent fraud, so whatever it sends is spam. Not"
                    " normal although the question is harmless. Not billing: the thanks ask "
                    "for nothing; a price is asked, so customer_care (Rule 16)."
                ),
            ),
        ),
    ),
)
