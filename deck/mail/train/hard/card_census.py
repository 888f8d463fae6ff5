"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="card-census",
    slots={
        "firm, short, domain, domain2": (
            (
                "Wicketthorn Entry",
                "Wicketthorn",
                "wicketthornentry.example",
                "wicketthorn-entry.example",
            ),
            (
                "Sneckgarth Locks",
                "Sneckgarth",
                "sneckgarthlocks.example",
                "sneckgarth-locks.example",
            ),
            ("Tumblerby Works", "Tumblerby", "tumblerbyworks.example", "tumblerby-group.example"),
            ("Hasplow & Ward", "Hasplow", "hasplowward.example", "hasplow-ward.example"),
            (
                "Boltrigg Entry Systems",
                "Boltrigg",
                "boltriggentry.example",
                "boltrigg-systems.example",
            ),
        ),
        "cards, colour": (
            ("184", "green"),
            ("212", "yellow"),
            ("167", "white"),
            ("239", "grey"),
            ("195", "red"),
        ),
        "pastime": (
            "a week after carp",
            "a week on a narrow boat",
            "my sister's wedding",
            "a long walk with a short dog",
            "a week of choir practice",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="What is still round a neck",
                timestamp="{d1.iso}T11:15:00",
                body=cleandoc("""
                    Good day to you,

                    the little box above the kettle in your reception, which decides who may come
                    in, has by its own counter now said yes two million times. At {firm} we drank a
                    glass of milk to it. All the same it is old, and on the night of Thursday {d3} I
                    put in its heir. The price stands in the contract, the lorries and the cold will
                    notice nothing.

                    What the heir cannot guess is your people. Of the {cards} {colour} cards with a
                    face on, I should like to have it in a table: which number hangs round whose
                    neck, and which ones have been handed in, drowned or never heard of again. A
                    card that is not in the table opens nothing on Friday, and without one nobody
                    gets in to load; one baker of ours baked no bread that day.

                    I start at 17:00 that Thursday with the table. Last week I had {pastime}, hence
                    the late letter.

                    With respect,
                    {person1}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="security",
                facts=facts(
                    "{short} | {cards} | {person1.last} | {person1.first}",
                    "list | listed | table | register | inventory | overview | record of holders "
                    "| holders | holds | owners | who wears | assigned | still in use | still used",
                    "{d3} | {d4} | thursday | friday",
                ),
                reference_summary=(
                    "{short} wants a register of all {cards} entry cards and who carries each by "
                    "17:00 on {d3}; unlisted ones stop working after the swap."
                ),
                about=(
                    "{firm} {person1} {colour} door reception box number access night replace "
                    "change system reader controller unit returned lost missing handed names staff "
                    "opens locked fail flag badges passes people morning 17:00 work load"
                ),
            ),
            why=(
                "Rule 2: the table is wanted on Thursday at 17:00, or nobody gets in to work on "
                "Friday; the next working day is Wednesday. Not urgent, therefore. Not people "
                "although it names who works here, nor cold_store although doors open: cards that "
                "let people in are security's badges (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person1} <{person1.mailbox}@{domain2}>",
                subject="The sheet for the side gate",
                timestamp="{d8.iso}T14:55:00",
                body=cleandoc("""
                    Hello there,

                    nothing that hurries, I am only tidying. My colleague {person2} will soon write
                    down on a sheet what the four new cylinders at your side gate come to, under PO
                    {po1} as you ordered them. The last such sheet we posted to you came home after
                    a fortnight with "gone away" on it and a footprint, well travelled for a piece
                    of paper.

                    So, before the next one sets out: at which address of yours is it read by
                    somebody with a stamp, in an envelope or better by mail? And would you like
                    anything printed at the top besides the number above, such as a cost place or a
                    name? Apart from this all stays the way it was between us.

                    Monday {d28} would suit us nicely. The side gate itself, I hear, closes like
                    butter, and your cameras have seen me wave.

                    All the best from the bench,
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="billing",
                facts=facts(
                    "{short} | {domain2} | {person1.last} | {person1.first} | po {po1} | side "
                    "gate | cylinders",
                    "invoice | invoices | bill | bills | billing | paperwork",
                ),
                reference_summary=(
                    "Posing as {short} from another domain, a stranger asks to which address"
                    " invoices for PO {po1} should go, by {d28}."
                ),
                about=(
                    "{firm} {person1} {person2} sheet stamp read posted number partner real wrong "
                    "probe fish information details supply receive locks printed cost place"
                ),
                memoryless=("normal", "billing"),
            ),
            why=(
                "Rule 7: last week this firm wrote from its own domain, and a partner has "
                "one only, so this other one is a false identity. Not normal although the "
                "question is harmless and the PO is quoted. Not security although locks are "
                "its trade: billing would have answered (Rule 16)."
            ),
        ),
    ),
)
