"""A later mail moves the day that an earlier one hangs on."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="sworn-statement",
    slots={
        "firm, short, domain": (
            ("Haverthwaite Bligh", "Haverthwaite", "haverthwaitebligh.example"),
            ("Conistone Marr", "Conistone", "conistonemarr.example"),
            ("Swarthmoor Pell", "Swarthmoor", "swarthmoorpell.example"),
            ("Penistone Akers", "Penistone", "penistoneakers.example"),
            ("Garstang Veale", "Garstang", "garstangveale.example"),
        ),
        "claimant, claimshort": (
            ("Bluebell Confectionery", "Bluebell"),
            ("Tamarind Takeaways", "Tamarind"),
            ("Copperpan Caterers", "Copperpan"),
            ("Hollyhock Nurseries", "Hollyhock"),
            ("Lanternfish Imports", "Lanternfish"),
        ),
        "seat, seatdomain": (
            ("Ullesthorpe", "ullesthorpe-court.example"),
            ("Brockleby", "brockleby-court.example"),
            ("Cranmouth", "cranmouth-court.example"),
            ("Eddlestow", "eddlestow-court.example"),
            ("Farrowdale", "farrowdale-court.example"),
        ),
        "file": ("3 C 118", "4 C 226", "2 C 307", "6 C 154", "5 C 281"),
        "room": ("2", "4", "5", "7", "9"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="{claimant}, {file}: what your night manager knows",
                timestamp="{d2.iso}T09:20:00",
                body=cleandoc("""
                    Dear friends at Kestrelmoor,

                    your insurers are sending me to {seat} in my robe to speak for you in {file},
                    and as I cannot abide mails that begin with Latin, here is what bites.

                    {claimant} say the compressor of their chamber slept for a night and their
                    pallets went soft. Only {person2}, who had the late round, saw it run, and that
                    must be set down on oath. It answers what the other side says when we are heard,
                    so it cannot go in sooner, and it must lie on the desk at {seat} by 16:00 on the
                    second working day after the hearing, that day itself not counted. An hour later
                    the bench decides without it, and the money is gone.

                    We are down for Wednesday {d23}. Would whoever keeps your folder of {file} find
                    me an hour with {person2.first} in the week before, away from the forklifts, and
                    see afterwards that the paper is signed and goes in on time?

                    The biscuits are better than our reputation.

                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="legal",
                facts=facts(
                    "{short} | {claimshort} | {file} | {person1.last} | {person2.last}",
                    "statement | affidavit | sworn | testimony | oath | evidence | deposition",
                    "{d23} | {d25} | second working day | two working days",
                    "hour | meeting | meet | interview | appointment",
                ),
                reference_summary=(
                    "For {file} against {claimant}, {person2} must give a sworn statement "
                    "due two working days after the hearing of {d23}; arrange a meeting "
                    "beforehand."
                ),
                about=(
                    "{firm} {person1} counsel advocate barrister lawyer insurers witness night "
                    "manager case court {seat} 16:00 shift round compressor paper signed filed "
                    "lodged reach account book goes follows afterwards currently"
                ),
            ),
            why=(
                "Rule 2: the hearing is three weeks off and the meeting a week before it. "
                "Not urgent although much hangs on it. Not cold_store or people: the plant "
                "is only the subject; a court matter and its papers are for legal (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="Usher at {seat} <usher@{seatdomain}>",
                subject="{file}, copy of the list sheet",
                timestamp="{d9.iso}T12:15:00",
                body=cleandoc("""
                    LIST SHEET, COPY TO THE PARTIES
                      File: {file}
                      Parties: {claimant} v. Kestrelmoor Chilled Logistics
                      Entry of Wednesday {d23}: struck out
                      Entry in its place: Tuesday {d8}, 10:30, room {room}
                      Held: yes. Both sides heard, yours by the advocate from your insurers.
                      Length: 55 minutes

                    The hearing was pulled forward to Tuesday {d8} after another matter had fallen
                    out of the list; the advocates agreed by telephone on Monday evening. It took
                    place, and the record was read aloud and approved by all who were present. The
                    fee for the room is covered by the advance that was paid at the outset.

                    A green umbrella left on the bench has been returned to its owner. The pipes in
                    room {room} knock, which is known to us and not part of the record.

                    The usher at {seat}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="legal",
                facts=facts(
                    "{file} | {claimshort} | {person2.last} | {seat}",
                    "statement | affidavit | sworn | testimony | oath | evidence | deposition",
                    "{d10} | tomorrow | Thursday",
                    "{d8} | yesterday | Tuesday | brought forward",
                ),
                reference_summary=(
                    "The hearing in {file} took place on Tuesday {d8}, so the sworn "
                    "statement of {person2} must be lodged at {seat} by 16:00 tomorrow, "
                    "{d10}."
                ),
                about=(
                    "{claimant} case court usher list held heard early advanced moved pulled came "
                    "paper signed filing reach witness bound compressor working afterwards "
                    "consequently therefore shows means"
                ),
                stale=("{d23}",),
                memoryless=("archive", "legal"),
            ),
            why=(
                "Rule 1 with the first mail: the hearing was held on Tuesday, so the "
                "statement must be in on Thursday, tomorrow, at 16:00. Not archive although "
                "this sheet asks for nothing. Not billing: the fee is covered (Rule 14)."
            ),
        ),
    ),
)
