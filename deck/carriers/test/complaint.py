"""Complaints about hauliers: each counts towards what becomes of the next one."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="standing-about",
        role="complaint",
        slots={
            "booked, came, waited": (
                ("05:30", "06:50", "80"),
                ("05:45", "07:00", "75"),
                ("06:00", "07:05", "65"),
                ("05:15", "06:45", "90"),
                ("06:00", "07:10", "70"),
            ),
            "hands": ("Three", "Four", "Five", "Six", "Seven"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Goods In <goodsin@{domain}>",
                    subject="{haulier} and our {booked} booking",
                    timestamp="{d0.iso}T07:35:00",
                    body=cleandoc("""
                        Order {order1} was down for {booked} and rolled in at {came}, {waited}
                        minutes behind. The driver of {haulier} put it on the traffic, word for word
                        what the last one said. The load was all there and is put away, we have
                        nothing to say about that side.

                        {hands} of my people stood about meanwhile. Can somebody take it up with
                        {haulier} and ring me with what they say? {person2.first} has my phone next
                        week.

                        {person1}, goods in, {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{haulier}",
                        "late | delay | {waited} | {came} | overdue | unpunctual | overran",
                        "{order1} | {customer} | {person1.last}",
                    ),
                    reference_summary=(
                        "{customer} complains that {haulier} came {waited} minutes late with order "
                        "{order1} and wants them spoken to."
                    ),
                    about=(
                        "{person1} {person2} {booked} {hands} driver arrived traffic excuse staff "
                        "waiting idle complaint complain raise haulier phone respond punctuality "
                        "delivery"
                    ),
                ),
                why=(
                    "Rule 2: somebody must talk to the haulier and ring back, and nothing is at "
                    "stake. Not dispatch: the load has arrived; what is left is a complaint "
                    "about a haulier (Rule 14). Not archive: an answer is wanted."
                ),
            ),
        ),
    ),
    Carrier(
        name="words-at-the-gate",
        role="complaint",
        slots={
            "years": ("14", "17", "19", "23", "26"),
            "said": (
                "to learn to count",
                "to get a proper job",
                "to open their eyes",
                "where they could put their list",
                "to stop talking and fetch somebody",
            ),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="NOT IN MY YARD",
                    timestamp="{d0.iso}T16:20:00",
                    body=cleandoc("""
                        {years} YEARS I have run this yard and nobody speaks to my staff like that!!
                        When order {order1} came in on {d-7.weekday} {d-7}, the driver whom
                        {haulier} sent told {person2.first} at the gate {said}, because the bay was
                        still taken. Two of our own buyers stood next to it!

                        I'm not after money and I don't need flowers. I want {haulier} TOLD, and a
                        line from you when they have been.

                        {person1}
                        Yard manager, {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{haulier}",
                        "rude | rudeness | insult | abusive | manners | disrespectful | "
                        "impolite | offensive | unpleasant | insolent | abuse | {said} | spoke",
                        "{order1} | {customer} | {person1.last} | {person2.first} | gate",
                    ),
                    reference_summary=(
                        "The {haulier} driver was rude to {person2.first} at the gate of "
                        "{customer}; the yard manager wants the haulier told."
                    ),
                    about=(
                        "{person1} {d-7} {order1} behaviour staff colleague bay occupied yard "
                        "complaint complain angry reprimand confirmation delivery verbal line "
                        "order bring drop protest furious upset insulted arrival haulier carrier"
                    ),
                ),
                why=(
                    "Rule 2: the haulier has to be told and the customer answered, some time. "
                    "Not urgent for its capitals (Rule 5). Not people: the driver is the "
                    "haulier's, so it is a complaint (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="papers-behind-the-load",
        role="complaint",
        slots={"times": ("three", "four", "five", "six", "seven")},
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Loads without their sheets",
                    timestamp="{d0.iso}T11:05:00",
                    body=cleandoc("""
                        Good morning,

                        since {d-14} {haulier} has brought us {times} loads with no papers in the
                        cab, most lately order {order1}. Each time your office sent copies within
                        minutes, thank you, so that our files are whole.

                        What we complain about is the habit. Could you find out why their drivers
                        set off like that, and write to me what will be different? Any day before
                        {d21} suits, I fill in our supplier sheets until then.

                        Kind regards
                        {person1}, {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{haulier}",
                        "paper | paperwork | document | documentation | sheets | paperless",
                        "{order1} | {customer} | {person1.last} | {times} | {d21}",
                    ),
                    reference_summary=(
                        "{customer} complains that {haulier} has delivered {times} loads without "
                        "papers, and asks for the reason and a remedy before {d21}."
                    ),
                    about=(
                        "{person1} {order1} {d-14} missing drivers lacking repeatedly complaint "
                        "habit explain explanation improve change office copies supplied delivery "
                        "accompanying cause reason latest lately recent recently order lastly "
                        "paperless planned measures prevent load remedies feedback"
                    ),
                ),
                why=(
                    "Rule 2: the haulier is to be asked and the customer answered; nothing is "
                    "lost after the day named. Not dispatch: no papers are wanted, it is a "
                    "complaint about a haulier (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="other-dock-again",
        role="complaint",
        slots={
            "wrong, right": (("3", "5"), ("8", "2"), ("4", "11"), ("6", "1"), ("7", "9")),
            "pallets": ("12", "15", "18", "21", "24"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                    subject="Told to me by {customer}",
                    timestamp="{d0.iso}T14:50:00",
                    body=cleandoc("""
                        Hi all,

                        {person2.first} at {customer} only rang for our extension list, then it came
                        out: the {haulier} driver with order {order1} unloaded at their dock {wrong}
                        instead of {right} and left them {pallets} pallets to shift across the yard.
                        In their words: "The driver has heard it twice. Maybe the firm will hear it
                        from you."

                        I said one of us would have it out with {haulier} and ring back in the next
                        week or two. I merely picked up the phone.

                        {person1.first}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{haulier}",
                        "wrong dock | dock {wrong} | other dock | different dock | dock {right} | "
                        "incorrect dock | wrong door | wrong bay",
                        "{order1} | {customer} | {person2.last} | {person2.first} | "
                        "{pallets} pallets",
                    ),
                    reference_summary=(
                        "{customer} complains that {haulier} unloaded order {order1} at dock "
                        "{wrong} instead of {right}; speak to the haulier and ring "
                        "back."
                    ),
                    about=(
                        "{person1} {pallets} driver moved shift across yard shunt phone promised "
                        "complaint raise haulier repeatedly twice delivery tip left rather "
                        "instead lug confront tackle fortnight haulage speak crossing unloading "
                        "misdelivered order"
                    ),
                ),
                why=(
                    "Rule 2: a call to the haulier and one back, promised for the next two "
                    "weeks. Not cold_store: it is the customer's dock; a complaint about a "
                    "haulier comes next (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="engine-under-the-windows",
        role="complaint",
        slots={
            "minutes": ("25", "35", "40", "45", "50"),
            "left": (
                "paper cups",
                "sandwich boxes",
                "cigarette ends",
                "crisp bags",
                "orange peel",
            ),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="your lorry outside our office",
                    timestamp="{d0.iso}T17:40:00",
                    body=cleandoc("""
                        hi, {haulier} again. {minutes} min under our windows, engine and radio
                        running, {left} on the ground after. went out and asked nicely, the window
                        was wound up in my face. this was with order {order1}, goods fine and even
                        on time, I'll give them that.

                        can you get on to them and tell me what comes of it? back at my desk on
                        {d7.weekday} the {d7.ordinal}

                        {person1.first} ({customer}), from my phone
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{haulier}",
                        "engine | noise | radio | idling | litter | rubbish | {left} | mess",
                        "{order1} | {customer} | {person1.last} | {minutes} minutes | "
                        "{minutes} min | {d7}",
                    ),
                    reference_summary=(
                        "{customer} complains that the {haulier} driver stood {minutes} minutes "
                        "outside, engine and radio on, and left {left}; they want it taken up."
                    ),
                    about=(
                        "{person1} {order1} {d7.weekday} lorry running office windows loud ignored "
                        "refused complaint outcome result haulier noisy behaviour driver parked "
                        "litter ground"
                    ),
                ),
                why=(
                    "Rule 2: the haulier is to be spoken to and the customer told; nothing is "
                    "at stake. Not dispatch: no vehicle needs anything, it is a complaint about "
                    "a haulier (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="unswept-floor",
        role="complaint",
        slots={
            "dirt": ("cement dust", "sawdust", "torn film", "gravel", "straw"),
            "came": ("07:10", "07:25", "07:40", "08:05", "08:15"),
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Quality <quality@{domain}>",
                    subject="Receipt sheet {order1}",
                    timestamp="{d0.iso}T09:15:00",
                    body=cleandoc("""
                        Customer: {customer}
                        Order: {order1}, carried by {haulier}
                        Arrived: {came}, as booked
                        Goods: complete, sealed, temperature in order
                        Trailer: floor not swept, {dirt} along both walls
                        Driver: friendly, had got it like that

                        Remark: The driver can't help it, {haulier} can. We complain of the state of
                        their trailers, this being the second one. Would you raise it with them and
                        send us their reply before we meet you on {d28}?

                        Filled in by {person1}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{haulier}",
                        "dirty | not swept | unswept | dirt | {dirt} | unclean | clean | "
                        "cleanliness | sweep | filthy | state of trailer | condition of trailer",
                        "{order1} | {customer} | {person1.last} | trailer",
                    ),
                    reference_summary=(
                        "{customer} complains that the {haulier} trailer with order {order1} was "
                        "dirty, and wants the haulier's reply to that."
                    ),
                    about=(
                        "{person1} {dirt} trailers floor walls second driver complaint raise "
                        "condition quality goods fine delivery unsatisfactory {d28} meeting "
                        "unharmed sound undamaged unaffected objects response order carrier"
                    ),
                ),
                why=(
                    "Rule 2: the haulier is to be asked for a reply; the goods are well. Not "
                    "dispatch: the load has arrived as booked, a complaint about a haulier is "
                    "left (Rule 14). Not safety: nothing was harmed."
                ),
            ),
        ),
    ),
)
