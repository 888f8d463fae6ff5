"""A problem opens, is reported again, and moves on."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, FollowUpCase, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="torn-rubber",
    slots={
        "firm, short, domain, firmcaps": (
            (
                "Applegarth Preserves",
                "Applegarth",
                "applegarthpreserves.example",
                "APPLEGARTH PRESERVES",
            ),
            ("Fosdyke Jam Kitchen", "Fosdyke", "fosdykejam.example", "FOSDYKE JAM KITCHEN"),
            ("Loweswood Fruit", "Loweswood", "loweswoodfruit.example", "LOWESWOOD FRUIT"),
            (
                "Thornbarrow Puddings",
                "Thornbarrow",
                "thornbarrowpuddings.example",
                "THORNBARROW PUDDINGS",
            ),
            (
                "Kettlesing Preserves",
                "Kettlesing",
                "kettlesingpreserves.example",
                "KETTLESING PRESERVES",
            ),
        ),
        "berries, berriescaps": (
            ("raspberries", "RASPBERRIES"),
            ("blackcurrants", "BLACKCURRANTS"),
            ("bilberries", "BILBERRIES"),
            ("blackberries", "BLACKBERRIES"),
            ("redcurrants", "REDCURRANTS"),
            ("gooseberries", "GOOSEBERRIES"),
        ),
        "pallets, rest, amount": (
            ("14", "12", "£1,720.00"),
            ("17", "15", "£1,940.00"),
            ("11", "9", "£1,385.00"),
            ("19", "17", "£2,060.00"),
            ("16", "14", "£1,655.00"),
        ),
        "beside, besides": (
            ("cherry sorbet", "4"),
            ("elderflower sorbet", "5"),
            ("vanilla ice cream", "6"),
            ("plum puree", "7"),
            ("lemon sorbet", "9"),
        ),
        "haul, haulshort, hauldomain, price": (
            ("Quickhoof Reefers", "Quickhoof", "quickhoofreefers.example", "£1.15"),
            ("Palfrey Cold Runs", "Palfrey", "palfreycoldruns.example", "£1.22"),
            ("Zephyr & Gaunt Haulage", "Zephyr", "zephyrgaunt.example", "£1.08"),
            ("Bluebonnet Trucking", "Bluebonnet", "bluebonnettrucking.example", "£1.30"),
            ("Larkfoot Logistics", "Larkfoot", "larkfootlogistics.example", "£1.26"),
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="Something I saw downstairs",
                timestamp="{d0.iso}T11:20:00",
                body=cleandoc("""
                    Hi, sorry, I only went down after a driver with the wrong delivery note, and I
                    may be making a fool of myself.

                    On the way past chamber {chamber1} I felt a draught on my ankles. The black
                    rubber down the hinge side is torn from the floor to about my knee, my arm fits
                    through it up to the elbow, and the edge has grown a white beard. The needle
                    over it stood at -13, and while I was looking for somebody it went up another
                    line. The card says {berries}, {pallets} tall ones, {firm}; their contract sends
                    them out on Friday {d11}. They ought to be marbles; on my sums one can put a
                    thumb into them by nine this evening.

                    I'm from invoices, I mayn't drive the little truck. But number {chamber2} across
                    the aisle is next to bare, and in there my breath smoked. The foreman is having
                    a crown fitted and nobody else was about.

                    Sorry again if you all know.
                    {person1.first} (upstairs, by the photocopier)
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="cold_store",
                facts=facts(
                    "chamber {chamber1} | room {chamber1} | {short}",
                    "rubber | seal | gasket | torn | tear | ripped | split",
                    "soft | softening | soften | tonight | today | evening | thaw | thawing | "
                    "thawed | defrost | melt | spoil | spoiling | warming | 21:00 | nine | "
                    "chamber {chamber2} | move | moved | moving | transfer",
                ),
                reference_summary=(
                    "The rubber of the door to chamber {chamber1} is torn; {pallets} pallets"
                    " of {berries} for {firm} will thaw this evening unless moved across to "
                    "chamber {chamber2}."
                ),
                about=(
                    "{person1} 13 needle hinge side cold bare invoices temperature rise shift "
                    "space opposite empty nearly notice endanger"
                ),
            ),
            why=(
                "Rule 1: the berries soften by tonight unless somebody moves them. Not "
                "normal although the writer apologises and the goods leave late next week. "
                "Not billing: the clerk's own team does not move pallets (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@kestrelmoor.example>",
                subject="NIGHT LOG GATE 2",
                timestamp="{d2.iso}T06:40:00",
                body=cleandoc("""
                    NIGHT LOG, GATE 2, {person2.caps}. MONDAY NIGHT, LODGE COMPUTER WAS DEAD TILL
                    NOW, SO IT COMES LATE AND IT COMES ALL IN CAPITALS BECAUSE THE KEY STICKS.

                    18:50 CHAMBER {chamber1}, BIG DOOR, RUBBER RIPPED OPEN ON THE HINGE SIDE FROM
                    THE BOTTOM TO MY KNEE!! COLD WIND OUT OF IT. NEEDLE -11 AND RISING.
                    {berriescaps} OF {firmcaps} IN THERE, BOXES SWEATING. THAT FRUIT WILL NOT STAND
                    FOR LONG. THIS IS NO WAY TO TREAT A CUSTOMER!!!

                    21:15 DRIVER AT THE BARRIER WITHOUT PAPERS, SENT ROUND TO THE OFFICE.

                    23:40 FOX.

                    02:10 CAMERA 4 WIPED, COBWEB.

                    WEDNESDAY 05:30, WALKED PAST CHAMBER {chamber1} AGAIN, RUBBER AS RIPPED AS
                    EVER!! DID NOT GO IN, MY RELIEF WAS AT THE BARRIER.

                    COMING OFF NOW. WHOEVER TOOK MY MUG CAN KEEP IT.
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="cold_store",
                facts=facts(
                    "chamber {chamber1} | room {chamber1} | {short}",
                    "rubber | seal | gasket | torn | tear | ripped | rip | split",
                    "late night log | earlier report | belated | nothing new | first reported | "
                    "reported before | "
                    "reported earlier | reported {d0} | reported on Monday",
                ),
                reference_summary=(
                    "The guard's late night log repeats what the desk already knew: the "
                    "rubber at chamber {chamber1} is torn, with {berries} of {firm} behind "
                    "it."
                ),
                about=(
                    "{person1} {person2} {d2} gate door hinge 05:30 fruit warming damage record "
                    "diary watchman delayed fault problem flag unrepaired endanger side needle "
                    "rising sweating"
                ),
                memoryless=("urgent", "cold_store"),
            ),
            why=(
                "Rule 13: the same tear, chamber and goods were reported on Monday and it "
                "adds nothing to do. Not urgent although it shouts and the rubber is still "
                "torn. Not security: the team of the first report."
            ),
        ),
        FollowUpCase(
            after="1",
            handled=Case(
                email=Email(
                    email_id="3a",
                    sender="{person3} <{person3.mailbox}@{domain}>",
                    subject="Our {berries} with you",
                    timestamp="{d4.iso}T10:30:00",
                    body=cleandoc("""
                        To the cold rooms,

                        First my thanks to whoever carried our {berries} across on Monday. {rest} of
                        the {pallets} pallets are as good as when you took them in and may stay
                        where they are.

                        The two that had stood nearest to the torn rubber are another matter. They
                        went soft and have frozen again into one lump each; no jam pan of ours will
                        have them, and the man with the pig farm has them already. I put their worth
                        at {amount} and would like to have it from you. The slip with the pallet
                        numbers and six photographs are attached.

                        By our contract a claim that you have not disputed in writing within two
                        working days is owed, which makes it 17:00 on Tuesday {d8}. I should like
                        your yes or no, with reasons, before our board asks me in the week after.

                        Kind regards,
                        {person3}
                        Fruit buying, {firm}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{short} | {person3.last} | {person3.first} | {berries}",
                        "two pallets | 2 pallets | {amount} | claim | claims | compensation | "
                        "worth | reimburse | reimbursement | damaged | spoiled",
                        "{d8} | tuesday | 17:00",
                    ),
                    reference_summary=(
                        "{firm} wants {amount} for two pallets of {berries} that went soft; under "
                        "the contract we must dispute it by 17:00 on Tuesday {d8} or owe it."
                    ),
                    about=(
                        "{person3} {pallets} {rest} carried thanks torn lump photographs photos "
                        "slip board reasons yes berries fruit refrozen thawed ruined door seal "
                        "storage pay recompense verdict grounds liability moving frozen good "
                        "chamber {chamber1} attached contract dispute disputed contest owe owed "
                        "writing thrown away"
                    ),
                ),
                why=(
                    "Rule 2: by the contract the claim must be answered by {d8} at 17:00, and the "
                    "next working day is Monday. Not urgent, therefore: the rest is sound. Not "
                    "cold_store: nothing is left to move; not billing: first somebody decides on "
                    "the claim (Rule 14)."
                ),
            ),
            mishandled=Case(
                email=Email(
                    email_id="3b",
                    sender="{person3} <{person3.mailbox}@{domain}>",
                    subject="Our {berries} with you",
                    timestamp="{d4.iso}T10:30:00",
                    body=cleandoc("""
                        To the cold rooms,

                        My sleeve is wet and I stand in front of your chamber {chamber1}. I drove
                        over because I wanted a look at our {berries} before the jam people came,
                        and what I found was {pallets} pallets behind a torn rubber, the upper half
                        of each run together into one sauce. I would not give you tuppence for most
                        of it. Of money and contracts we can talk another time.

                        What matters to me now is behind them: {besides} pallets of our {beside},
                        same order, same row. I put a knife in at ten o'clock and the middle is
                        still hard, the rim is not. Left in there they go the way of the fruit by
                        this evening. Over the aisle chamber {chamber2} is half empty and has frost
                        on the walls, but I have no truck, no keys and no say here, and the foreman
                        is out at the bank.

                        {person3}
                        Fruit buying, {firm}
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="cold_store",
                    facts=facts(
                        "chamber {chamber1} | {short} | {person3.last} | {person3.first}",
                        "{beside} | sorbet | ice cream | puree",
                        "today | evening | tonight | {d4} | Friday | move | moved | moving | "
                        "shift | chamber {chamber2} | rescue",
                    ),
                    reference_summary=(
                        "The {berries} in chamber {chamber1} are mostly lost; {besides} "
                        "pallets of {beside} behind them must be moved to chamber {chamber2}"
                        " today before they soften too."
                    ),
                    about=(
                        "{person3} {firm} {pallets} fruit torn door row across aisle cold half "
                        "empty frost thawed ruined spoiled seal save salvage transfer find beg "
                        "nightfall hard"
                    ),
                ),
                why=(
                    "Rule 1: the goods behind are lost by this evening. Not archive under "
                    "Rule 13 although the tear was reported: it adds other goods to rescue. "
                    "Not customer_care: no claim yet, the goods must be moved first (Rule "
                    "14)."
                ),
            ),
        ),
        Case(
            email=Email(
                email_id="4",
                sender="{person4} <{person4.mailbox}@{hauldomain}>",
                subject="A wheel in reserve",
                timestamp="{d8.iso}T07:30:00",
                body=cleandoc("""
                    Good morning at the ramp,

                    you do not know us and you did not call, so I take my cap off first. {haul},
                    eight refrigerated units, two brothers and an aunt who does the telephone. We
                    have a speciality. When a cold room somewhere goes lukewarm, we load what can be
                    saved and drive it where it is cold, at night too, and on Sundays.

                    For new friends the first five such trips are {price} a mile instead of double
                    that, if you put them down with us by Friday {d18}; fruit, fish and sorbet
                    alike. Two lines from you with the days on which you would like one of us
                    standing ready, and we are yours.

                    Keep it frozen!
                    {person4.first}, {haul}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="dispatch",
                facts=facts(
                    "{haulshort} | {person4.last} | {person4.first}",
                    "offers | offer | offering | trips | haulage | runs | lorries | transport | "
                    "units | trucks | rescue",
                    "{price} | nobody asked | never asked | not asked | unknown | advertising | "
                    "sales | selling | cold call | {d18} | pitch",
                ),
                reference_summary=(
                    "{haul}, unknown to us, is selling standby rescue trips at {price} a "
                    "mile that nobody here asked for."
                ),
                about=(
                    "{person4} refrigerated room lukewarm five save emergency advertisement "
                    "beginner introductory rate register enrol sign book canvass peddle fail "
                    "store double night drive goods"
                ),
            ),
            why=(
                "Rule 4: selling that nobody here asked for. Not normal although warm goods "
                "are a real worry. Not cold_store: trips would be booked by dispatch (Rule "
                "16)."
            ),
        ),
    ),
)
