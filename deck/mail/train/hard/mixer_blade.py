"""A problem opens, is reported again, and moves on."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="mixer-blade",
    slots={
        "firm, short, domain, fake": (
            ("Aysgill Kitchens", "Aysgill", "aysgillkitchens.example", "aysgill-kitchens.example"),
            (
                "Brockwell Fine Foods",
                "Brockwell",
                "brockwellfinefoods.example",
                "brockwell-finefoods.example",
            ),
            ("Corfe Ladle Company", "Corfe", "corfeladle.example", "corfe-ladle.example"),
            ("Denholme Meals", "Denholme", "denholmemeals.example", "denholme-meals.example"),
            ("Eskmouth Pantry", "Eskmouth", "eskmouthpantry.example", "eskmouth-pantry.example"),
            (
                "Fulbeck Home Cooking",
                "Fulbeck",
                "fulbeckcooking.example",
                "fulbeck-cooking.example",
            ),
        ),
        "goods": (
            "leek soup",
            "lentil stew",
            "potato salad",
            "cottage pie",
            "macaroni cheese",
            "vegetable curry",
        ),
        "batch": ("H2207", "H3184", "H1956", "H4420", "H2863"),
        "cases, each, claim": (
            ("12", "£18.50", "£222.00"),
            ("9", "£21.00", "£189.00"),
            ("14", "£16.50", "£231.00"),
            ("11", "£19.00", "£209.00"),
            ("8", "£24.00", "£192.00"),
        ),
        "shopname, shopshort, shopdomain": (
            ("Gullane Corner Shop", "Gullane", "gullanecorner.example"),
            ("Dibden Village Stores", "Dibden", "dibdenvillage.example"),
            ("Plum Street Minimarket", "Plum", "plumstreetmini.example"),
            ("Farthing Food & News", "Farthing", "farthingfood.example"),
            ("Wharf Row Groceries", "Wharf", "wharfrow.example"),
        ),
        "grocer, grocerdomain": (
            ("Nettlebed Greengrocers", "nettlebedgreens.example"),
            ("Sorrel & Daughters", "sorreldaughters.example"),
            ("Ampleford Fruit", "amplefordfruit.example"),
            ("Market Cross Produce", "marketcrossproduce.example"),
            ("Tansy Lane Veg", "tansylaneveg.example"),
        ),
        "pallets": ("7", "10", "12", "15", "17"),
        "comp": ("£1,460.00", "£1,875.00", "£2,120.00", "£1,690.00", "£2,345.00"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="{goods}, batch {batch}",
                timestamp="{d0.iso}T15:15:00",
                body=cleandoc("""
                    Afternoon. {person1}, works manager, {firm}. I'll be brief because I still have
                    a line to strip.

                    We had the big mixer apart at dinner time and one blade is short by about a
                    thumbnail. It did not wear off, it broke. We put six tubs of {goods} under the
                    magnet and found bright splinters in two. All of it is batch {batch}, nothing
                    else went over that shaft.

                    A first drop of that batch went to small shops last Thursday and our reps are
                    ringing every one of them. The rest, {pallets} pallets, is with you in chamber
                    {chamber1}. It is picked for the round that leaves you at 05:30 on Tuesday {d1}.
                    Those tubs must not get onto anybody's table.

                    Storage charges carry on as per contract, I won't quarrel about a week more or
                    less.

                    I've a grandchild who eats that {goods}.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="safety",
                facts=facts(
                    "{batch} | {short}",
                    "metal | splinter | splinters | steel | blade | fragments | shards",
                    "05:30 | tomorrow | {d1} | tuesday",
                ),
                reference_summary=(
                    "{firm} found metal in batch {batch}; stop the {pallets} pallets in "
                    "chamber {chamber1} from leaving at 05:30 on {d1}."
                ),
                about=(
                    "{person1} {goods} tubs mixer broke eat table picked round shops "
                    "contamination recall quarantine withhold pull block isolate hold consumer "
                    "injure swallow lot room stored run departure dispatch works manager small "
                    "reps"
                ),
            ),
            why=(
                "Rule 1 and Rule 15: people may swallow splinters if the pallets leave "
                "tomorrow at dawn. Not cold_store or dispatch, though the goods stand in a "
                "chamber and are picked for a round: danger to people goes to safety before "
                "all others. Not normal."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@{shopdomain}>",
                subject="{cases} cases in my skip",
                timestamp="{d3.iso}T19:05:00",
                body=cleandoc("""
                    Hi, its {person2.first} from {shopname}, typing on the phone between customers
                    so excuse.

                    Thursday {d-4} your van brought me {cases} cases of {goods} from {firm}, batch
                    {batch}, it says Kestrelmoor on the slip, top left. Then their rep calls, do not
                    sell, so I didnt. Not one tub was opened, all in the skip, lid down, skip man
                    took it Wednesday, photos I have.

                    {cases} times {each} is {claim} and thats my whole margin for the freezer aisle.
                    {short} says ask who brought it to me, you say nothing yet because I didnt ask
                    yet. So I ask. Do you make it good, yes or no, and how much? My stock insurance
                    takes the papers until 12:00 on Wednesday {d9}, only with your answer in, and
                    after that I get nothing from anybody. Tomorrow and Monday I am at my sisters
                    wedding and dont look at anything.

                    Somebody wants lottery, bye

                    {person2.first}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="customer_care",
                facts=facts(
                    "{shopshort} | {person2.last} | {person2.first}",
                    "compensation | compensated | reimburse | reimbursed | reimbursement | refund "
                    "| claim | claims | make good | money back | discarded | thrown away | threw "
                    "away | binned | dumped | skip | wants {claim}",
                    "{d9} | {claim}",
                ),
                reference_summary=(
                    "{shopname} claims {claim} for {cases} discarded cases of batch {batch}; its "
                    "insurance needs our decision by noon on Wednesday {d9}."
                ),
                about=(
                    "{person2} {firm} {goods} {d-4} delivered rep recall unopened photos pay "
                    "amount decide liability lot {each} van yes sell insurance insurer papers lose"
                ),
            ),
            why=(
                "Rule 2 and Rule 13: the shop's claim for its lost goods is new; its insurance "
                "wants our answer by {d9} at 12:00, the fourth working day from here, so it is not "
                "urgent. Not safety: everything was thrown away unopened, nobody is in danger. Not "
                "billing: first the claim has to be judged (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="3",
                sender="{person3} <{person3.mailbox}@{grocerdomain}>",
                subject="Fwd: {firm}: notice to the trade",
                timestamp="{d4.iso}T14:20:00",
                thread_history=(
                    cleandoc("""
                        From: {firm} <{person1.mailbox}@{domain}>, Thu {d3} 2026 17:30

                        To all who stock, store or carry our goods. In batch {batch} of our {goods}
                        splinters of steel have been found, from a broken mixer blade. Nothing of
                        this batch may be eaten or handed on. No other batch is affected.
                        {person1}, works manager
                    """),
                ),
                body=cleandoc("""
                    OH MY GOODNESS have you SEEN this?!

                    I nearly dropped the beetroot. Steel! In {goods}! And I said to {person4.first}
                    who does our till, I said, that is the lot whose pallets always stand at
                    Kestrelmoor, I see those lorries with the bird on go up the hill every blessed
                    morning, and imagine, some little mite with a spoon!

                    We only do fruit and veg so there has never been a tub of it in this shop, thank
                    the stars, and {person4.first} is vegan besides. I don't know how it is that
                    they write to greengrocers. Perhaps we are on a list. They spelt our street
                    wrong as well.

                    I am sending it on just as it came, it took me a while to find the button. My
                    heart is still going like a sewing machine.

                    {person3}
                    {grocer}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="safety",
                facts=facts(
                    "{batch} | {short} | {goods}",
                    "metal | steel | splinter | splinters | blade | recall | warning",
                    "{grocer} | {person3.last} | {person3.first} | greengrocer | forwards | "
                    "earlier report | passes | reported on Monday",
                ),
                reference_summary=(
                    "{grocer} sends on the producer's warning about steel splinters in batch"
                    " {batch}, which we had been told of, and adds nothing."
                ),
                about=(
                    "{person3} {firm} {d0} {d3} shop fruit stock mixer broken notice trade alarm "
                    "product lot hold {person1} veg found"
                ),
                memoryless=("urgent", "safety"),
            ),
            why=(
                "Rule 13: the producer itself reported batch and cause on Monday; the "
                "forwarded notice adds nothing to do. Not urgent, although the alarm is "
                "great. Safety, the team of the first report."
            ),
        ),
        Case(
            email=Email(
                email_id="4",
                sender="{person1} <{person1.mailbox}@{fake}>",
                subject="Batch {batch}: what we owe you",
                timestamp="{d9.iso}T10:40:00",
                body=cleandoc("""
                    Good morning,

                    Now that the {goods} of batch {batch} has gone to be burnt and our line is
                    running again since this morning, it is time we put things straight with our
                    friends at Kestrelmoor.

                    You have had shelves blocked by our pallets, people working late and, I hear,
                    some sour faces at shop doors. We have set aside {comp} for you as a gesture,
                    over and above the storage charges. You need not write us a bill for it. Our
                    cashier merely asks for the details of the account that it should go to: bank,
                    name of the holder, sort code and number, and who may sign for it at your end.

                    Friday {d25} is the next day on which she sends such sums out, so any time
                    before then will do.

                    The new blade, by the way, is a beauty.

                    {person1}
                    Works manager, {firm}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="billing",
                facts=facts(
                    "{short} | {fake} | {person1.last} | {person1.first}",
                    "account | bank",
                ),
                reference_summary=(
                    "Somebody posing as {firm} from {fake} wants our bank account details "
                    "for an alleged payment of {comp}."
                ),
                about=(
                    "{person1} {goods} {batch} {d25} gesture goodwill money cashier sort code "
                    "number holder sign signatory authorised information offer promise exchange "
                    "dangle hyphen wrong obtain supply hand receive trouble works manager bill"
                ),
                memoryless=("normal", "billing"),
            ),
            why=(
                "Rule 7: the producer writes from one domain only, and this one differs from"
                " that of the first notice. Not normal although it offers money and leaves "
                "weeks. Not safety: account details are what it wants, billing would send "
                "them (Rule 16)."
            ),
        ),
    ),
)
