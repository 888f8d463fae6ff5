"""Twins: two mails alike, and one detail that changes label or team."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="fan-hum",
    slots={
        "firma, shorta, domaina": (
            ("Wexholme Planning Office", "Wexholme", "wexholmeplanning.example"),
            ("Dalbury Planning Office", "Dalbury", "dalburyplanning.example"),
            ("Fernhoe Planning Office", "Fernhoe", "fernhoeplanning.example"),
            ("Scaldwick Planning Office", "Scaldwick", "scaldwickplanning.example"),
            ("Monkshaw Planning Office", "Monkshaw", "monkshawplanning.example"),
        ),
        "firmb, shortb, domainb": (
            ("Harnley Planning Office", "Harnley", "harnleyplanning.example"),
            ("Trowell Moss Planning Office", "Trowell", "trowellmossplanning.example"),
            ("Lissenden Planning Office", "Lissenden", "lissendenplanning.example"),
            ("Ockbridge Planning Office", "Ockbridge", "ockbridgeplanning.example"),
            ("Pinfold Planning Office", "Pinfold", "pinfoldplanning.example"),
        ),
        "streeta": ("Saddler Row", "Glebe Close", "Weir Terrace", "Sexton Lane", "Maltings Walk"),
        "streetb": ("Chantry Mews", "Tenter Bank", "Beadle Street", "Osier Lane", "Farrier Court"),
        "signersa, signersb": (
            ("14", "23"),
            ("17", "11"),
            ("19", "26"),
            ("22", "16"),
            ("27", "13"),
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domaina}>",
                subject="Night hum, {streeta}",
                timestamp="{d3.iso}T10:35:00",
                thread_history=(
                    cleandoc("""
                        From: {person1} <{person1.mailbox}@{domaina}>, Mon {d-7} 2026 11:05

                        The committee of {firma} sits on your night-running permission on Friday
                        {d25}. Neighbours in {streeta} have sent a paper against the hum of the roof
                        fans. We need Kestrelmoor to answer it in writing, over a director's name,
                        by 12:00 that day.
                    """),
                    cleandoc("""
                        From: {person2} <{person2.mailbox}@kestrelmoor.example>, Wed {d-5} 2026
                        14:40

                        Received with thanks. We shall write it and have a director sign.
                    """),
                ),
                body=cleandoc("""
                    Good morning,

                    Following the messages below: the sitting has been moved by three weeks. The
                    chair had a word with the clerk and the room plan was changed; such is local
                    government.

                    The objection from {streeta} now bears {signersa} names. The committee will hear
                    it on Friday {d4}, and your written answer must be with me by 12:00 that day.
                    Without it the members decide on the objection alone, and in my experience they
                    then withdraw the permission to run fans and lorries between ten and six.

                    No new measurements are wanted, the engineers' sheets on the compressors are
                    with us and are good. Only the letter is missing. I sit in the annexe, behind
                    the photocopier that hums rather more than your roof.

                    Kind regards,
                    {person1}
                    Case officer, {firma}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="legal",
                facts=facts(
                    "{shorta} | {streeta} | {person1.first} | {person1.last}",
                    "answer | reply | response | objection | letter | written statement | "
                    "night-running | night permission",
                    "{d4} | tomorrow",
                ),
                reference_summary=(
                    "{shorta} hears the night fan objection from {streeta} three weeks "
                    "sooner: our signed reply is needed by noon tomorrow, {d4}."
                ),
                about=(
                    "{firma} director committee meets advanced noise hum roof neighbours "
                    "{signersa} lose withdrawn risk"
                ),
                stale=("{d25}",),
            ),
            why=(
                "Rule 6 and Rule 1: the date has moved to tomorrow noon, after which the "
                "permission may be lost. Not normal although the thread names a far date. "
                "Not cold_store: the measurements are good, the letter to the authority is "
                "missing (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <{person3.mailbox}@{domainb}>",
                subject="Night hum, {streetb}",
                timestamp="{d8.iso}T10:50:00",
                thread_history=(
                    cleandoc("""
                        From: {person3} <{person3.mailbox}@{domainb}>, Tue {d-6} 2026 09:25

                        The committee of {firmb} sits on your night-running permission on Wednesday
                        {d9}. Neighbours in {streetb} have sent a paper against the hum of the roof
                        fans. We need Kestrelmoor to answer it in writing, over a director's name,
                        by 12:00 that day.
                    """),
                    cleandoc("""
                        From: {person4} <{person4.mailbox}@kestrelmoor.example>, Thu {d-4} 2026
                        16:10

                        Received with thanks. We shall write it and have a director sign.
                    """),
                ),
                body=cleandoc("""
                    Good morning,

                    Following the messages below: the sitting has been moved by three weeks. The
                    chair had a word with the clerk and the room plan was changed; such is local
                    government.

                    The objection from {streetb} now bears {signersb} names. The committee will hear
                    it on Wednesday {d30}, and your written answer must be with me by 12:00 that
                    day. Without it the members decide on the objection alone, and in my experience
                    they then withdraw the permission to run fans and lorries between ten and six.

                    No new measurements are wanted, the engineers' sheets on the compressors are
                    with us and are good. Only the letter is missing. I sit on the top floor, beside
                    the stairs that creak rather more than your roof.

                    Kind regards,
                    {person3}
                    Case officer, {firmb}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="legal",
                facts=facts(
                    "{shortb} | {streetb} | {person3.first} | {person3.last}",
                    "answer | reply | response | objection | letter | written statement | "
                    "night-running | night permission",
                    "{d30}",
                ),
                reference_summary=(
                    "{shortb} hears the night fan objection from {streetb} three weeks "
                    "later: our signed reply is needed by noon on {d30}."
                ),
                about=(
                    "{firmb} director committee meeting postponed postponement moved put back "
                    "extends limit noise hum roof neighbours {signersb} objecting signature "
                    "measurements awaits"
                ),
                stale=("{d9}",),
            ),
            why=(
                "Rule 6 and Rule 2: the hearing has moved three weeks back, so the letter "
                "can wait. Not urgent although the thread names tomorrow. Not cold_store: "
                "the measurements are good, the letter to the authority is missing (Rule "
                "14)."
            ),
        ),
    ),
)
