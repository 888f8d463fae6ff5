"""Customers complain about a haulier that drives for us."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="packaging-bay",
        role="complaint",
        slots={"minutes": ("25", "35", "40", "50", "55")},
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Order {order1} at the wrong door",
                    timestamp="{d0.iso}T07:50:00",
                    body=cleandoc("""
                        Morning,

                        the {haulier} lorry with your order {order1} backed onto our packaging bay
                        at 06:30 and not onto chilled goods-in, which is signed from the gate. Any
                        door would do, the driver said. We took the pallets across ourselves,
                        {minutes} minutes, all still cold.

                        Does nobody show them a plan of our yard? Take it up with {haulier} and tell
                        me what they say to it.

                        {person1}
                        goods-in, {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{haulier}",
                        "wrong door | wrong bay | wrong dock | packaging bay | packaging door | "
                        "wrong place | wrong loading | "
                        "wrong entrance | goods-in",
                        "{customer} | {order1} | {person1.last} | {person1.first}",
                    ),
                    reference_summary=(
                        "{customer} complains that {haulier} delivered order {order1} to the "
                        "wrong door, and wants to hear what the haulier says."
                    ),
                    about=(
                        "{person1} {minutes} minutes complaint driver lorry backed signed pallets "
                        "moved cold packaging bay chilled goods-in yard plan raise haulier "
                        "respond explanation 06:30"
                    ),
                ),
                why=(
                    "Rule 2: the haulier must be spoken to and the customer answered; the goods "
                    "are cold, so nothing is lost. Not dispatch, although a lorry and a dock are "
                    "named: complaints about hauliers are customer_care's (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="barrier-horn",
        role="complaint",
        slots={"plate": ("KV19 ROU", "LM68 TZE", "PK21 WDO", "RJ70 HNA", "TX18 GLY")},
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Gatehouse <gatehouse@{domain}>",
                    subject="Gate log, vehicle {plate}",
                    timestamp="{d0.iso}T15:35:00",
                    body=cleandoc("""
                        Copy of our log for the forwarding company (Kestrelmoor).

                        13:40 vehicle {plate} at barrier, {haulier}, with your goods 13:42 driver
                        asked for name and company, as everybody is 13:43 driver swears at
                        {person1}, leans on horn until barrier lifts 14:20 vehicle leaves, load
                        complete and signed for

                        The site manager asks you to speak to {haulier} about it and to write to us
                        how it was dealt with. No day was set for that.

                        {customer}, gatehouse
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{haulier}",
                        "swore | swears | swearing | rude | rudeness | abusive | abuse | horn "
                        "| insulted | cursed | behaviour | impolite | insult | insulting | "
                        "cursing | offensive",
                        "{customer} | {person1.last} | {person1.first} | gatehouse | barrier",
                    ),
                    reference_summary=(
                        "{customer} complains that a driver of {haulier} swore at its gatehouse, "
                        "and wants to know how we deal with it."
                    ),
                    about=(
                        "{person1} {plate} vehicle registration driver lorry barrier horn sounded "
                        "leaned name company site manager log load complete signed complaint "
                        "speak haulier dealt 13:40 13:43 {d0} back given account follow-up "
                        "undated reprimand tackle talk swearing blasted honked offended guard "
                        "outcome"
                    ),
                ),
                why=(
                    "Rule 2: somebody must speak to the haulier and answer, on no given day. Not "
                    "people: the driver is the haulier's and not ours. Not security, although it "
                    "comes from a gatehouse (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="paid-to-stand",
        role="complaint",
        slots={
            "booked, came": (
                ("07:30", "09:45"),
                ("08:00", "10:20"),
                ("08:15", "10:40"),
                ("08:30", "11:05"),
                ("09:00", "11:25"),
            )
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                    subject="Call taken: {person2}, {customer}",
                    timestamp="{d0.iso}T12:10:00",
                    body=cleandoc("""
                        Hello,

                        I took a call that was not for me, from {person2} of {customer}.

                        {haulier} brought order {order1} at {came} this morning. Booked was
                        {booked}, and nobody had phoned them. "I paid four people to look at a
                        gate." It is all unloaded now and the count is right.

                        What {person2.first} would like is a call some time next week from whoever
                        sees to such things, and that {haulier} explains itself.

                        {person1.first}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{haulier}",
                        "late | lateness | delayed | delay | {came} | waited | waiting",
                        "{customer} | {order1} | {person2.last} | {person2.first}",
                    ),
                    reference_summary=(
                        "{person2} of {customer} complains that {haulier} brought order {order1} "
                        "late, and would like a call next week."
                    ),
                    about=(
                        "{person1} {booked} {came} hours customer complaint ring phone callback "
                        "haulier explain explanation staff paid stood gate unloaded count complete "
                        "morning phoned"
                    ),
                ),
                why=(
                    "Rule 2: a call is wanted next week; the load is in. Not dispatch, although a "
                    "load was late: it is no longer on the road, and what is left is a complaint "
                    "about a haulier (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="trailer-floor",
        role="complaint",
        slots={
            "dirt": (
                "dried fish scale",
                "old lettuce leaves",
                "wet cardboard and straw",
                "dried mud and pallet splinters",
                "flattened egg boxes",
            )
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1}, Quality <{person1.mailbox}@{domain}>",
                    subject="Observation on trailer condition, {order1}",
                    timestamp="{d0.iso}T16:45:00",
                    body=cleandoc("""
                        Complaint for our supplier file

                        Haulier: {haulier}, on behalf of Kestrelmoor
                        Order: {order1}
                        Seen: {dirt} over the rear third of the trailer floor
                        Goods: wrapped, probed, accepted in full, nothing lost
                        Asked of you: put this to {haulier}, send us their reply
                        Reply hoped for by: {d14.weekday} {d14}

                        The driver was courteous and swept up with our broom.

                        {person1}
                        {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{haulier}",
                        "dirty | dirt | unclean | filthy | {dirt} | not clean | not swept | "
                        "unswept | soiled | mess | cleanliness | straw | cardboard | lettuce "
                        "| splinters | fish scale | mud | egg boxes | debris | litter",
                        "{customer} | {order1} | {person1.last} | {d14}",
                    ),
                    reference_summary=(
                        "{customer} complains of a dirty {haulier} trailer on order {order1} and "
                        "hopes for the haulier's answer by {d14}."
                    ),
                    about=(
                        "{person1} {dirt} floor trailer quality observation rear third wrapped "
                        "probed accepted goods intact driver courteous swept broom complaint "
                        "raise haulier response loss lost harm unharmed grumbles fine order sound "
                        "complains forward"
                    ),
                ),
                why=(
                    "Rule 2: the haulier's reply is hoped for in two weeks and nothing was lost. "
                    "Not a claim: the goods were accepted. Not cold_store, although a floor is "
                    "dirty: the trailer is the haulier's (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="blank-sheet",
        role="complaint",
        slots={"pallets": ("6", "8", "9", "12", "14")},
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="An empty page to sign",
                    timestamp="{d0.iso}T14:05:00",
                    body=cleandoc("""
                        Good afternoon,

                        I do not like to complain, but our store asked me to. When {haulier} came
                        with order {order1}, {pallets} pallets, there was no delivery note. The
                        driver held out a blank sheet and a pen. I have since printed the note from
                        the portal, so the papers are complete.

                        May I ask you to make clear to {haulier} that nobody here signs an empty
                        page, and to answer me in a few lines?

                        With kind regards
                        {person1}, {customer}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{haulier}",
                        "blank | empty page | empty sheet | no delivery note | no papers | "
                        "without papers | without delivery note | lacked papers | missing note | "
                        "no paperwork | without paperwork",
                        "{customer} | {order1} | {person1.last} | {person1.first}",
                    ),
                    reference_summary=(
                        "{customer} complains that {haulier} brought order {order1} without a "
                        "delivery note and offered a blank sheet to sign; it asks for an answer."
                    ),
                    about=(
                        "{person1} {pallets} pallets driver pen signature store printed portal "
                        "papers complete complaint haulier clear explain refuse empty page "
                        "delivery"
                    ),
                ),
                why=(
                    "Rule 2: the haulier must be told and the customer answered, with nothing at "
                    "stake. Not dispatch, although papers of a load are named: they are complete, "
                    "and a complaint about a haulier is left (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="under-windows",
        role="complaint",
        slots={
            "place": (
                "the lane behind us",
                "the street beside our yard",
                "the close opposite",
                "the road by our fence",
                "the turning before our gate",
            )
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="lorry of {haulier}",
                    timestamp="{d0.iso}T09:20:00",
                    body=cleandoc("""
                        Hi its {person1} from {customer}. Load was fine and on time but the lorry
                        from {haulier} stood in {place} from 4 till nearly 6 with the fridge motor
                        on, right under the bedroom windows, and now I have two neighbours at my
                        gate. Do they all do that? the others wait on the main road.

                        can you get them to stop it and write me when its done, next week or the one
                        after is ok

                        sent from my phone
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{haulier}",
                        "noise | noisy | neighbours | neighbour | parked | stood | waited | "
                        "waiting | motor | engine | windows | residents",
                        "{customer} | {person1.last} | {person1.first}",
                    ),
                    reference_summary=(
                        "{customer} complains that a {haulier} lorry waited under neighbours' "
                        "windows with its motor on, and wants it stopped."
                    ),
                    about=(
                        "{person1} {place} fridge running bedroom early morning street residents "
                        "gate main road load fine punctual complaint haulier driver stop "
                        "fortnight hear disturbed 4 6 hours nearly almost beneath ran idled upset "
                        "noisy annoyed refrigeration refrigerated"
                    ),
                ),
                why=(
                    "Rule 2: the haulier must be told and the customer written to, next week or "
                    "later. Not dispatch, although it speaks of parking and a load: the load is "
                    "in, and it is a complaint about a haulier (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="gone-before-count",
        role="complaint",
        slots={"pallets": ("7", "10", "11", "13", "16")},
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                    subject="Fwd: this morning",
                    timestamp="{d0.iso}T17:25:00",
                    body=cleandoc("""
                        This came to my own address, I only look after their labels. From {person2}
                        at {customer}:

                        "The {haulier} driver put {pallets} pallets of {order1} in the middle of the
                        yard and was gone. No waiting for the count, not a word. Nothing was short
                        and nothing warm. All the same I expect a letter about it, from you and not
                        from {haulier}."

                        I told {person2.first} that a letter would come. I cannot write it.

                        {person1}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="customer_care",
                    facts=facts(
                        "{haulier}",
                        "count | yard | left | gone | drove off | drove away | dumped | did "
                        "not wait | not waiting | without waiting | dropped | mid-yard | "
                        "uncounted | abandoned",
                        "{customer} | {order1} | {person2.last} | {person2.first} | letter",
                    ),
                    reference_summary=(
                        "{customer} complains that the {haulier} driver left order {order1} in the "
                        "yard without waiting for the count, and expects a letter."
                    ),
                    about=(
                        "{person1} {person2} {pallets} pallets middle inside quickly cold "
                        "complete drove waiting served complaint apology haulier promised "
                        "colleague forwarded labels morning lost order mid mid-yard uncounted "
                        "objects objection carrier upset dropping outside awaiting unload "
                        "unattended"
                    ),
                ),
                why=(
                    "Rule 2: a letter is expected, on no day; nothing was short or warm. Not "
                    "archive, although a colleague passes it on and has answered: the letter is "
                    "still to be written. Not cold_store: no stock of ours is counted (Rule 14)."
                ),
            ),
        ),
    ),
)
