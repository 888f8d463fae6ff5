"""Everyday mail of somebody at a supplier who may have sent something else before."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="too-much-for-the-van",
        role="afterwards",
        slots={
            "load": (
                "five tall pallets",
                "six wide crates",
                "seven pallets",
                "eight long cartons and a pallet",
                "nine wire cages",
            )
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="What you ordered under {order1}",
                    timestamp="{d0.iso}T07:45:00",
                    body=cleandoc("""
                        Good morning,

                        what you ordered under {order1} stands ready here from {d14.weekday} {d14}.
                        It makes {load}, too much for the van, so a lorry with a tail lift will
                        bring it.

                        Last time our driver was at your gate at half past four and found it shut,
                        which was our own fault. Until when in the afternoon do you take goods in
                        now? Name me a weekday and an hour in the seven days after the {d14.ordinal}
                        and he will be there.

                        {person1}
                        {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="dispatch",
                    facts=facts(
                        "{supplier} | {order1}",
                        "delivery | deliver | lorry | bring | unload",
                        "slot | hour | hours | time | appointment | opening",
                    ),
                    reference_summary=(
                        "{supplier} will deliver order {order1} by lorry, ready from {d14}, and "
                        "asks for a day and hour and how late we take goods in."
                    ),
                    about=(
                        "{person1} {load} {d14} following afternoon opening closing hours "
                        "goods-in receiving tail lift van driver gate shut appointment {d21} "
                        "names weekday latest cartons pallet ready offer order slots"
                    ),
                ),
                why=(
                    "Rule 2: somebody has to name a day and an hour, and the goods are not even "
                    "ready for two weeks. Not cold_store, although its people take them in: what "
                    "is asked for is a time of delivery (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="chairs-kept",
        role="afterwards",
        slots={"places": ("two", "three", "four", "five", "six")},
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Load securing, your people among ours",
                    timestamp="{d0.iso}T14:25:00",
                    body=cleandoc("""
                        Hello,

                        you had asked whether some of yours could sit in when our own drivers learn
                        how to secure a load. They can, and it costs you nothing, as the trainer
                        comes for us anyway. It is on {d21.weekday} {d21} at our yard, from eight
                        till four.

                        I have kept {places} chairs. For the certificates I need the names of those
                        who come, spelt as they should be printed; {d14.weekday} {d14} is early
                        enough. They should bring boots and something to eat.

                        Regards
                        {person1}, {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="normal",
                    route_to="people",
                    facts=facts(
                        "{supplier} | {person1.first} | {person1.last}",
                        "load securing | secure load | course | training | trainer | "
                        "load-securing | secure loads | securing loads",
                        "name | participant | attendee | list",
                    ),
                    reference_summary=(
                        "{supplier} keeps {places} free places on its load-securing course on "
                        "{d21} and needs the names of our people by {d14}."
                    ),
                    about=(
                        "{person1} {places} {d14} {d21} chairs seats participants attendees "
                        "drivers trainer free certificates printed spelt boots food yard join "
                        "offered held reserved 8 4 08:00 16:00 correct correctly exact session "
                        "places secure saved event workshop"
                    ),
                ),
                why=(
                    "Rule 2: names have to be sent, and there are two weeks for it. Not spam: "
                    "we asked for the places. Not dispatch, although it is about loads: who goes "
                    "to a course is for people to arrange (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="both-papers-in-drawers",
        role="afterwards",
        slots={
            "agreement": (
                "supply agreement",
                "framework agreement",
                "agreement on returns",
                "confidentiality agreement",
                "agreement on delivery terms",
            )
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Your envelope has come",
                    timestamp="{d0.iso}T17:05:00",
                    body=cleandoc("""
                        Dear all,

                        your copy of the {agreement}, signed on the last page, was in this morning's
                        post. Ours went off to you on {d-7}, and your reception told me that it lies
                        in your folder. So each side has both signatures now, and the wording is the
                        one we agreed.

                        Why are there initials on page three? Our street was spelt wrongly there, it
                        was put right by hand, and both sides signed beside it before anything was
                        posted.

                        Kind regards
                        {person1}
                        {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="legal",
                    facts=facts(
                        "{supplier} | {person1.first} | {person1.last}",
                        "agreement | contract",
                        "signed | signature | sign | arrived | received",
                    ),
                    reference_summary=(
                        "{supplier} has our copy of the {agreement}, so that both sides now hold "
                        "it signed."
                    ),
                    about=(
                        "{person1} {agreement} contract copy received returned post envelope "
                        "folder wording agreed initials page street corrected hand complete "
                        "executed filed parties {d-7} houses sits explains matter open 3 name "
                        "mistake sides hold fully duly reception countersigned done dusted"
                    ),
                ),
                why=(
                    "Rule 3: both sides have the signed paper, and the question is answered in "
                    "the mail itself. Not normal: nothing is to be checked or sent. Contracts "
                    "would be legal's (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="under-the-curtain",
        role="afterwards",
        slots={
            "gap": (
                "a hand",
                "twenty centimetres",
                "a good foot",
                "ten inches",
                "thirty centimetres",
            )
        },
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="{person1} <{person1.mailbox}@{domain}>",
                    subject="Height of our lorry",
                    timestamp="{d0.iso}T10:40:00",
                    body=cleandoc("""
                        Hi,

                        your warehouse wanted to know how high our new lorry is, because of the
                        curtain over dock {dock1}. I had gone to look it up, but your foreman was
                        quicker and simply had our driver back in the other day. With the tail lift
                        folded it has {gap} to spare, and both of them are happy with it. The driver
                        now knows the lower gate, too. Should anybody still wonder, it is the white
                        one.

                        Bye for now
                        {person1.first}, {supplier}
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="cold_store",
                    facts=facts(
                        "{supplier} | {person1.first} | {person1.last}",
                        "dock {dock1} | curtain",
                        "fits | spare | clears | clearance | room | enough | passes | height",
                    ),
                    reference_summary=(
                        "The new lorry of {supplier} fits under the curtain of dock {dock1} with "
                        "{gap} to spare, as our foreman tried out."
                    ),
                    about=(
                        "{person1} {gap} height vehicle truck tested tried checked foreman driver "
                        "backed reversed tail lift folded lower gate white warehouse clearance "
                        "high question settled comfortably resolved easily foot well measure try "
                        "happy"
                    ),
                ),
                why=(
                    "Rule 3: what was asked has been tried out, and it fits. Not normal: nobody "
                    "waits for a figure any more. Not dispatch, although a lorry is named: docks "
                    "and curtains would be cold_store's (Rule 14)."
                ),
            ),
        ),
    ),
)
