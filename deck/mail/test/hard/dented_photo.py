"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="dented-photo",
    slots={
        "firm, short, domain, pictures": (
            (
                "Ballinoran Creamery",
                "Ballinoran",
                "ballinorancreamery.example",
                "parcelpeep.example",
            ),
            (
                "Rushlight Provisions",
                "Rushlight",
                "rushlightprovisions.example",
                "boxglimpse.example",
            ),
            (
                "Tinnakilly Preserves",
                "Tinnakilly",
                "tinnakillypreserves.example",
                "doorsnap-view.example",
            ),
            ("Dulcimer Desserts", "Dulcimer", "dulcimerdesserts.example", "cartonlook.example"),
            ("Hawthornbeg Dairy", "Hawthornbeg", "hawthornbegdairy.example", "pallet-peek.example"),
        ),
        "other, oshort, odomain": (
            ("Clabberstown Butter", "Clabberstown", "clabberstownbutter.example"),
            ("Mulvanny Soups", "Mulvanny", "mulvannysoups.example"),
            ("Oatfield & Quirke", "Quirke", "oatfieldquirke.example"),
            ("Saltpan Kitchens", "Saltpan", "saltpankitchens.example"),
            ("Trumpeter Pies", "Trumpeter", "trumpeterpies.example"),
        ),
        "product, product2": (
            ("leek soup", "rice pudding"),
            ("garlic butter", "lemon curd"),
            ("chicken broth", "sour cream"),
            ("cheese sauce", "stewed plums"),
            ("bean stew", "vanilla custard"),
        ),
        "ours, theirs": (("40", "36"), ("42", "38"), ("44", "48"), ("39", "45"), ("46", "41")),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Picture of a box, order {order1}",
                timestamp="{d1.iso}T15:50:00",
                body=cleandoc("""
                    Hello all,

                    {person1.first} at {firm}. Order {order1} came in grand, only that one box has a
                    dint in it, and before I say whose elbow did that I would like you all to see
                    it. It is a good picture, {person2.first} took it with the new telephone.

                    It sits at https://{pictures}/kestrelmoor. The page asks who you are, so give it
                    your Kestrelmoor address and the word you type at your desk in the mornings, the
                    same as for your mail. It may say wrong the first time; type it a second time,
                    slower. Each of you should do it on your own account, the whole office if you
                    can, drivers too, because it counts the visitors.

                    It comes down on Friday {d4}. No bad feeling at all about the box, we ate the
                    contents.

                    Bye now, bye, bye,
                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="security",
                facts=facts(
                    "{short} | {order1} | {pictures}",
                    "password | passwords | login | logins | credentials | sign-in details | mail "
                    "word",
                    "photo | photos | photograph | image | box picture | picture page | picture "
                    "link | picture box | damage picture | dented box | damaged box",
                ),
                reference_summary=(
                    "Under the name of {firm}, a mail wants all our staff to type their "
                    "password on a strange page to see a photo of a box."
                ),
                about=(
                    "{person1} {d4} order link website web outside office people employees "
                    "colleague member work everyone enter put open details collect lures baits "
                    "trap dressed supposedly uses avoided picture"
                ),
            ),
            why=(
                "Rule 4: a page elsewhere that collects the staff's mail passwords is fraud,"
                " even from a known address. Not normal although friendly. Not "
                "customer_care: it is after passwords (Rule 16)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <{person3.mailbox}@{odomain}>",
                subject="{product}, new labels",
                timestamp="{d7.iso}T11:05:00",
                body=cleandoc("""
                    Kestrelmoor,

                    {other}. Short one.

                    You hold {ours} pallets of our {product}. Printer put the founder's portrait on
                    upside down. All the words are right, weight, dates, what's in it, I went
                    through them with a ruler. But the chairman's mother saw it, and it is her
                    father, and so here we are.

                    What would you want per pallet to put a new label over the old one, each carton,
                    our labels, your hands? And would it be all in one go or in bits, between
                    lorries? No sense telling me roughly. I would like a figure that I can show to
                    the chairman, by Thursday {d24}. The pallets aren't going anywhere before that,
                    nobody has ordered any.

                    I was told you have a new canteen. Ours has a toaster.

                    {person3}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="customer_care",
                facts=facts(
                    "{oshort} | {person3.last} | {product} | {ours}",
                    "relabel | relabelling | relabeling | labels | label | labelling | stickers | "
                    "stickering",
                    "price | prices | pricing | quote | quotation | cost | costs | rate | figure "
                    "| estimate",
                    "{d24}",
                ),
                reference_summary=(
                    "{other} asks us for a price per pallet for relabelling {ours} pallets "
                    "of {product}, to be given by {d24}."
                ),
                about=(
                    "{person3} old cover misprinted portrait upside printer carton chairman exact "
                    "firm go run piecemeal lorries stored labour hands work done proceed "
                    "scheduled putting we'd"
                ),
            ),
            why=(
                "Rule 2: a price is wanted by a date more than two weeks away. Not urgent: "
                "nothing moves before. Not cold_store although the pallets stand there: "
                "pricing comes first (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="3",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Labels for the {product2}",
                timestamp="{d9.iso}T16:15:00",
                body=cleandoc("""
                    Dear all at Kestrelmoor,

                    I hope this finds the kettle on. We have {theirs} pallets of {product2} standing
                    with you, and our new owner has taken against the colour of the label. Brown,
                    says the owner, is for parcels. So now there's a cream one, ten thousand of
                    them, in my hall, and my children have started on the walls.

                    Could you work out for us what it would cost to have them stuck on, every
                    carton, pallet by pallet, when your people have a slack hour? We'd bring the
                    rolls. No great rush with it; if I had your figure by Friday {d25} I could put
                    it before the owner, who is in Portugal looking at tiles. Whatever suits your
                    own rota and the drivers.

                    Thanks a million, as ever,
                    {person1.first}, {firm}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="customer_care",
                facts=facts(
                    "{short} | {person1.last} | {person1.first} | {product2} | {theirs}",
                    "relabel | relabelling | relabeling | labels | label | labelling",
                    "password | passwords | login | logins | credentials",
                ),
                reference_summary=(
                    "The address at {short} that earlier tried to collect our passwords now "
                    "asks what relabelling {theirs} pallets of {product2} would cost, by "
                    "{d25}."
                ),
                about=(
                    "{firm} {person1} price quote quotation figure owner colour carton mailbox "
                    "{d1} bait trap steal obtain enquiry came"
                ),
                memoryless=("normal", "customer_care"),
            ),
            why=(
                "Rule 10: this address sent fraud on {d1}, so whatever it sends is spam. Not"
                " normal although the request is harmless. Not security: it asks for a price"
                " (Rule 16)."
            ),
        ),
    ),
)
