"""A problem opens, is reported again, and moves on."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="wrong-file",
    slots={
        "run, count, sum": (
            ("BX-0417", "19", "£41,260.00"),
            ("BX-0392", "23", "£52,815.00"),
            ("BX-0458", "17", "£38,470.00"),
            ("BX-0506", "26", "£61,940.00"),
            ("BX-0371", "21", "£47,325.00"),
        ),
        "cake": ("coffee cake", "parkin", "plum crumble", "seed cake", "lemon sponge"),
        "town": ("Hexrigg", "Stellworth", "Marbury Cross", "Pennyholm", "Owlerby"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@kestrelmoor.example>",
                subject="Notes from the {town} train",
                timestamp="{d2.iso}T13:50:00",
                body=cleandoc("""
                    Hello all,

                    typed on my knees between two tunnels, so forgive the commas. The {cake} for
                    {person3} was eaten down to the board, the drill has been put back by a week,
                    and the new contract for the water cooler lies in my tray, signed by everyone
                    but the cooler.

                    The other thing is my doing. At ten I let file {run} go to the bank, and I see
                    now that I took the one of a week ago: {count} firms, {sum} altogether, and
                    every one of them had exactly that from us last Wednesday. The bank is rather
                    sweet about it. A call from anyone else who is on our mandate, and they pull the
                    lot back; they can do that up to 17:00 today. After that it is gone, and we may
                    write {count} begging letters. My telephone lets mail through out here but no
                    voices, and I am in {town} at seven.

                    The window seat, at least, was worth it.

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="billing",
                facts=facts(
                    "{run} | {sum} | {count} firms | {count} suppliers | {count} companies | "
                    "{count} payees | {person1.last} | {person1.first}",
                    "wrong file | twice | second time | double | wrongly | mistaken | mistake | "
                    "mistakenly | old file | old payment | last week | previous week | week ago "
                    "| stop | recall | cancel | halt | pull back | call back | reverse",
                    "17:00 | 5pm | {d2}",
                ),
                reference_summary=(
                    "File {run} would send {count} firms a total of {sum} a second time; "
                    "somebody on the mandate must ring the bank before 17:00 today."
                ),
                about=(
                    "{person1} released paying run holder person signatory authorised colleague "
                    "telephone gone ten altogether"
                ),
            ),
            why=(
                "Rule 1: {sum} leaves twice unless one of ours rings the bank by 17:00 "
                "today. Not normal although it is told between cake and cooler (Rule 5). Not"
                " legal: the contract is scenery; what we pay our suppliers is billing's "
                "(Rule 14). Not spam: a colleague at our own domain, no change of payee."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@kestrelmoor.example>",
                subject="Am I seeing ghosts?",
                timestamp="{d4.iso}T10:40:00",
                body=cleandoc("""
                    Dear everybody,

                    I have walked round the table three times before typing this, and nobody would
                    be happier than me to be told that I cannot read. I only wanted to know what the
                    new lamps for the forklifts had cost. But {run} has gone out with the sums of
                    the file before it, line for line: {count} names, {sum}, and all of them had had
                    theirs already. I laid the two printouts on top of each other against the
                    window. The lamp people, the ice people, even the firm that winds the clock at
                    reception.

                    They are decent, most of them, but who ever sent a windfall home unasked? I have
                    no word to say at a bank. I only know from my aunt that what is not called back
                    quickly is never seen again.

                    I am at the little desk by dock {dock1}, with cold hands and no appetite.

                    {person2}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="billing",
                facts=facts(
                    "{run} | {person2.last} | {person2.first}",
                    "twice | two times | double | second time | already paid | wrong file | "
                    "wrong sums | wrong amounts | old sums | previous sums | previous file | "
                    "previous run | paid {count} firms | paid {count} suppliers | repeated {run} "
                    "| repeated {sum} | repeated payments",
                ),
                reference_summary=(
                    "{person2.last} has noticed what was reported before: {run} sent {count}"
                    " firms {sum} twice. Nothing new."
                ),
                about=(
                    "{person1} {person2} line printouts bank saw compare work independently total"
                ),
                memoryless=("urgent", "billing"),
            ),
            why=(
                "Rule 13: the same file with the same sums was reported on Wednesday and "
                "this note adds nothing to do, whether or not the bank was stopped in time. "
                "Not urgent although it sounds like money about to be lost. It goes to "
                "billing, which had the first report; not cold_store."
            ),
        ),
    ),
)
