"""Everyday business of a customer, whose open claims and new domains the month knows."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="yard-full",
        role="customer",
        slots={
            "pallets": ("14", "16", "18", "22", "24"),
            "goods": ("yoghurt", "soft cheese", "fresh pasta", "chilled soup", "ready meals"),
            "site": ("Colnebank", "Withy Road", "Garth Mill", "Upper Fold", "Sandhole"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Trailer for {pallets} pallets of {goods}",
                    timestamp="{d0.iso}T07:10:00",
                    body=cleandoc("""
                        Good morning,

                        we should like to book a chilled trailer at {site}, {pallets} pallets of
                        {goods}. Our own cold room is full to the door. If no trailer of yours is in
                        the yard by {hour} on {due.weekday} {due}, the packing line has nowhere to
                        put its output and we have to stop it.

                        Loading takes forty minutes and gate 2 is always manned. The two runs last
                        month went well, by the way.

                        {person1}
                        {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="dispatch",
                    facts=facts(
                        "{customer} | {site} | {person1.last} | {person1.first}",
                        "trailer | vehicle | lorry | truck | {pallets}",
                        "{hour} | {due} | {due.weekday}",
                    ),
                    reference_summary=(
                        "{customer} needs a chilled trailer for {pallets} pallets at {site} by "
                        "{hour} on {due}, or its packing line stops."
                    ),
                    about=(
                        "{customer} {person1} {goods} {site} customer book booking load loading "
                        "collect collection line halt production cold room full space output book "
                        "arrange works plant yard"
                    ),
                ),
                why=(
                    "Rule 1 if the day is the next working day or nearer: the line stops; Rule 2 "
                    "if it is later. Not cold_store for the full cold room, which is theirs: the "
                    "next work is the booking of a vehicle (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="moved-window",
        role="customer",
        slots={
            "buyer": (
                "Tattenhoe Stores",
                "Wexmarsh Superstores",
                "Ruddock Grocery",
                "Pennyfold Markets",
                "Hollinside Discount",
            ),
            "fine": ("£640", "£580", "£710", "£525", "£690"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="{order1}, other unloading slot",
                    timestamp="{d0.iso}T16:35:00",
                    body=cleandoc("""
                        Hi, {person1.first} of {customer}, from the car so short

                        {buyer} have given our unloading slot for order {order1} to somebody else.
                        You have to get a new slot off their page, they only give it to the carrier.
                        That goes up to {hour} on {due.weekday} {due}, after that the load counts as
                        unannounced and costs {fine}, half of it yours under our terms.

                        I asked for the old time back and was told no. Load itself unchanged, 11
                        pallets.
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="dispatch",
                    facts=facts(
                        "{order1} | {buyer} | {customer}",
                        "slot | unloading time | delivery time | time slot | window | book | "
                        "booking | rebook",
                        "{hour} | {due} | {due.weekday}",
                    ),
                    reference_summary=(
                        "{buyer} gave away the unloading slot of order {order1}; we must get a "
                        "new one by {hour} on {due}, or {fine} is charged."
                    ),
                    about=(
                        "{customer} {person1} {buyer} {fine} unloading delivery carrier page "
                        "penalty fine half cost charge lost reassigned load unannounced customer "
                        "site money avoid 11 pallet order rebook secure obtain share"
                    ),
                ),
                why=(
                    "Rule 1 if the day is the next working day or nearer: money is lost; Rule 2 if "
                    "it is later. Not billing for the charge: booking the slot is what is left to "
                    "do (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="nights-counted",
        role="customer",
        slots={
            "invoice": ("K-7714", "K-7802", "K-7659", "K-7931", "K-7588"),
            "billed, counted": (("14", "12"), ("9", "8"), ("21", "19"), ("17", "16"), ("11", "9")),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{customer} Purchase Ledger <ledger@{domain}>",
                    subject="Your invoice {invoice}, storage of {order1}",
                    timestamp="{d0.iso}T13:20:00",
                    body=cleandoc("""
                        Dear colleagues,

                        on invoice {invoice} you charge {billed} nights of storage for order
                        {order1}. By our own sheet the goods lay with you for {counted} nights. It
                        may be that the day of arrival was counted as a night.

                        Would you look it up and tell us which number stands? The sheet is in the
                        tray for open questions and the other lines are paid as usual.

                        Kind regards
                        {person1}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="billing",
                    facts=facts(
                        "{invoice} | {order1} | {customer}",
                        "nights | {billed} | {counted} | storage",
                    ),
                    reference_summary=(
                        "{customer} asks why invoice {invoice} charges {billed} nights for "
                        "{order1} when their own record has only {counted}."
                    ),
                    about=(
                        "{customer} {person1} {order1} {invoice} customer query question check "
                        "correct count dispute discrepancy difference charged invoiced arrival "
                        "sheet record storage overcharge figure right unaffected line order "
                        "instead verify billed holds arrived eight settled"
                    ),
                ),
                why=(
                    "Rule 2: a query on one of our invoices, with no date and nothing at stake. "
                    "Not cold_store although it counts nights there: the invoice is billing's "
                    "(Rule 14); not archive: an answer is owed."
                ),
            ),
        ),
    ),
    Carrier(
        name="second-range",
        role="customer",
        slots={
            "pallets": ("60", "80", "45", "90", "70"),
            "goods": (
                "frozen berries",
                "frozen pastry",
                "ice lollies",
                "frozen chips",
                "frozen herbs",
            ),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="What would {pallets} more cost?",
                    timestamp="{d0.iso}T10:45:00",
                    body=cleandoc("""
                        Hello,

                        we are adding {goods} to what we sell, and they have to lie somewhere. Could
                        you tell me what {pallets} pallets would cost us by the week, at minus 20,
                        and what they would cost if it became twice as many?

                        One sheet is plenty. It goes before our directors when they next sit
                        together, for which nobody has named a day, so whenever you come to it.

                        Our present goods carry on as they are.

                        {person1}, {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{customer} | {person1.last} | {person1.first}",
                        "{pallets} | {goods}",
                        "price | prices | cost | costs | quote | quotation | rate | rates",
                    ),
                    reference_summary=(
                        "{customer} would like a weekly price for storing {pallets} pallets of "
                        "{goods} at minus 20, and for double that number."
                    ),
                    about=(
                        "{person1} customer storage store stored frozen 20 twice double weekly "
                        "directors sheet quote offer enquiry inquiry additional extra product "
                        "range"
                    ),
                ),
                why=(
                    "Rule 2: a quote is wanted and no day is set. Not cold_store, which would "
                    "have the pallets later: quotes are customer_care's (Rule 14); not archive: "
                    "the price has yet to be worked out."
                ),
            ),
        ),
    ),
    Carrier(
        name="duty-figure",
        role="customer",
        slots={
            "goods": ("wine vinegar", "frozen prawns", "olive oil", "cured ham", "cane sugar"),
            "cases": ("412", "388", "455", "297", "536"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Half-yearly return on {goods}",
                    timestamp="{d0.iso}T09:05:00",
                    body=cleandoc("""
                        Good day,

                        every half year we declare to customs what we hold under duty. The return
                        closes at {hour} on {due.weekday} {due}, as the statute has it, and is only
                        taken with a figure counted by the keeper of the goods.

                        May we ask you to count the {goods} that you hold for us and to send the
                        signed figure before then? Our books say {cases} cases, but ours is not the
                        figure they go by.

                        Yours faithfully
                        {person1}
                        {customer}, Accounts and Duty
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="cold_store",
                    facts=facts(
                        "{customer} | {person1.last} | {person1.first} | {goods}",
                        "count | counted | stock count | figure | customs | stock figure | "
                        "stocktake | return",
                        "{hour} | {due} | {due.weekday}",
                    ),
                    reference_summary=(
                        "{customer} asks us to count its {goods} and send the signed figure by "
                        "{hour} on {due}, when the customs return closes."
                    ),
                    about=(
                        "{person1} {cases} cases signed stock held store duty statute declare "
                        "declaration half yearly close binding legal number customer books keeper"
                    ),
                ),
                why=(
                    "Rule 1 if the day is the next working day or nearer: a date set by statute "
                    "passes; Rule 2 if it is later. Not legal for the customs office: the next "
                    "piece of work is the count in the store (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="seal-numbers",
        role="customer",
        slots={
            "goods": ("oysters", "lamb", "salmon", "crab meat", "venison"),
            "port": ("Scarwick", "Portlenna", "Ravenshoe", "Eastmouth", "Tarbost"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Load {order1}, paper for {port}",
                    timestamp="{d0.iso}T14:50:00",
                    body=cleandoc("""
                        Hello, here is {person1.first} from {customer}, export side.

                        For load {order1} by ferry from {port} I have the invoice and the
                        certificate. What fails is the loading list with the seal numbers, which
                        your side has to write and stamp. The port wants it at latest {hour} on
                        {due.weekday} {due}, by mail is good. Without it the load does not go on the
                        boat, a second boat is not running, and the {goods} will be for the bin.

                        Is the driver still the same one? Not so important.

                        {person1}
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="dispatch",
                    facts=facts(
                        "{order1} | {customer} | {person1.last} | {person1.first}",
                        "loading list | list | seal numbers | papers | document | seals",
                        "{hour} | {due} | {due.weekday}",
                    ),
                    reference_summary=(
                        "{port} needs our stamped loading list with seal numbers for load "
                        "{order1} by {hour} on {due}, otherwise the goods miss the ferry and "
                        "spoil."
                    ),
                    about=(
                        "{customer} {person1} {port} {goods} port ferry boat export seal stamp "
                        "stamped missing miss lost waste bin spoil board refuse shipment paperwork "
                        "customer sail supply"
                    ),
                ),
                why=(
                    "Rule 1 if the day is the next working day or nearer: the goods are lost; "
                    "Rule 2 if it is later. Not legal: the paper travels with the load and is no "
                    "permit (Rule 14); not normal for its polite tone (Rule 5)."
                ),
            ),
        ),
    ),
    Carrier(
        name="boxes-even",
        role="customer",
        slots={
            "boxes": ("42", "56", "38", "64", "48"),
            "box": ("fish boxes", "bread trays", "meat crates", "blue crates", "milk crates"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{customer} Goods In <goods-in@{domain}>",
                    subject="{boxes} {box}",
                    timestamp="{d0.iso}T15:30:00",
                    body=cleandoc("""
                        Hello,

                        your driver has taken the {boxes} empty {box} along and signed for them. Are
                        we even now? I first thought we were six short, then I found the slip of
                        last month under the stapler, and we are: {boxes} on your sheet, {boxes} on
                        ours.

                        The yellow ones by the wall are another firm's and get picked up by them.

                        {person1}
                        {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="dispatch",
                    facts=facts(
                        "{customer} | {person1.last} | {person1.first}",
                        "{boxes} | {box} | empties | boxes",
                        "collected | picked up | taken | even | agree | agrees | match | "
                        "matches | tally | signed | balanced | settled | returned | took back "
                        "| square | quits | handed over | cleared | equal",
                    ),
                    reference_summary=(
                        "The {boxes} empty {box} of {customer} were collected and signed for; "
                        "both sheets agree."
                    ),
                    about=(
                        "{person1} empty empties boxes driver collection signed slip count "
                        "account balance side missing customer sheet records back yellow ones "
                        "square six suspicion cleared returns tally stapler quits"
                    ),
                ),
                why=(
                    "Rule 3: the boxes are fetched and the counts agree, so nothing is left to "
                    "do. Not normal for its question, which it answers itself; not billing: empty "
                    "boxes are dispatch's (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="two-names",
        role="customer",
        slots={
            "name": ("North Annexe", "Rear Bay", "Old Bakery", "Lower Yard", "Mill Side"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Why {name} stood there twice",
                    timestamp="{d0.iso}T11:15:00",
                    body=cleandoc("""
                        Dear {person2.first}, dear all,

                        thank you for the call. Why did our place {name} stand twice in your
                        customer page? Because we had entered it twice ourselves, once with a full
                        stop behind it, and you had that out of me in two minutes. I have taken the
                        second one off, and the page looks right here and at our other office.

                        I had expected to be put through five times, so it was a pleasant change.

                        {person1}
                        {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="customer_care",
                    facts=facts(
                        "{customer} | {person1.last} | {person1.first} | {name}",
                        "customer page | page | listed twice | twice | double entry | entry | "
                        "entered",
                        "thanks | thank | grateful | removed | solved | right | corrected | "
                        "cleared | fixed | resolved",
                    ),
                    reference_summary=(
                        "{customer} thanks us for help: it had entered {name} twice on the "
                        "customer page and has removed the second entry."
                    ),
                    about=(
                        "{person1} {person2} help helped explained rang question double place site "
                        "office mistake own customer pleased quick service"
                    ),
                ),
                why=(
                    "Rule 3: the question was answered by telephone and they mended the entry. "
                    "Not normal for its question mark; not security, which has nothing to do with "
                    "a name on the page (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="stay-option",
        role="customer",
        slots={
            "years": ("two", "three", "four", "five", "six"),
            "clause": ("9", "11", "14", "16", "18"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Clause {clause} of the storage agreement",
                    timestamp="{d0.iso}T17:20:00",
                    body=cleandoc("""
                        Good afternoon,

                        clause {clause} lets both of us prolong the storage agreement for {years}
                        years on the present terms. The right to do so lapses at {hour} on
                        {due.weekday} {due}.

                        Our directors have put their names to the enclosed sheet. Yours has to carry
                        a signature for Kestrelmoor, too; a scan will do. Without it the agreement
                        runs out with the year and neither house can bring the clause back.

                        The schedule of rates, page 12, may be left as it is.

                        {person1}
                        Secretary's office, {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="urgent",
                    route_to="legal",
                    facts=facts(
                        "{customer} | {person1.last} | {person1.first}",
                        "agreement | contract | clause {clause} | signature | sign | signed | "
                        "countersign | {years} years",
                        "{hour} | {due} | {due.weekday}",
                    ),
                    reference_summary=(
                        "{customer} needs our signature by {hour} on {due} to prolong the storage "
                        "agreement for {years} years; afterwards the option lapses."
                    ),
                    about=(
                        "{person1} clause {clause} storage prolong extend extension renew renewal "
                        "terms right lapse expire scan sheet directors binding present rates "
                        "customer years"
                    ),
                ),
                why=(
                    "Rule 1 if the day is the next working day or nearer: a binding date passes; "
                    "Rule 2 if it is later. Not customer_care although a customer writes about "
                    "terms: agreements are legal's (Rule 14)."
                ),
            ),
        ),
    ),
)
