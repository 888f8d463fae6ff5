"""A genuine mail that leaves nothing to do."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="shredded-papers",
    slots={
        "firm, short, domain": (
            ("Pellingham Strake LLP", "Pellingham", "pellinghamstrake.example"),
            ("Ormathwaite Cole LLP", "Ormathwaite", "ormathwaitecole.example"),
            ("Dacre Whinfell LLP", "Dacre", "dacrewhinfell.example"),
            ("Sallowfield Rooke LLP", "Sallowfield", "sallowfieldrooke.example"),
            ("Tredinnick Hale LLP", "Tredinnick", "tredinnickhale.example"),
        ),
        "client, clientshort": (
            ("Bellwether Patisserie", "Bellwether"),
            ("Sorrel Lane Creamery", "Sorrel"),
            ("Fairhaven Sushi", "Fairhaven"),
            ("Windrush Puddings", "Windrush"),
            ("Kingfisher Canteens", "Kingfisher"),
        ),
        "amount": ("£14,250.00", "£9,870.00", "£18,400.00", "£22,615.00", "£11,930.00"),
        "file": ("PS 2217", "PS 3048", "PS 1936", "PS 4405", "PS 2752"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="{client}, court case, our file {file}",
                timestamp="{d9.iso}T11:30:00",
                body=cleandoc("""
                    Dear Sirs and Mesdames,

                    We refer to the above court case, in which we, as solicitors for {client}, have
                    had the privilege of opposing you and your lawyers for the better part of three
                    years.

                    The settlement of {amount} agreed between the parties reached us in full on
                    Friday {d4} and was passed to our client on the same day. On Monday {d7}, in
                    accordance with point 6 of the settlement contract, the witness papers and
                    temperature charts in our keeping were shredded, and your own solicitors have
                    certified to us that the copies held on your side met the same end. The
                    certificates have been exchanged.

                    Our client has released you from every claim arising from the matter, the court
                    has confirmed that the case is at an end, and our file was closed this morning.
                    Nothing further is required. The undersigned takes the liberty of remarking that
                    the cupboard has not been so empty since the carpet was laid.

                    We remain, with respect,
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="legal",
                facts=facts(
                    "{short} | {clientshort} | {file} | {client}",
                    "settled | settlement | paid | payment | arrived | came | received | got money "
                    "| closed | concluded | finished | ended | resolved | buried",
                    "{amount} | destroyed | shredded | destruction | shredding | claim released | "
                    "released | released us | paid full | full payment | full sum",
                ),
                reference_summary=(
                    "Opposing solicitors {firm} confirm the {client} dispute is settled: "
                    "{amount} was received, both sides' papers are destroyed and the file "
                    "closed."
                ),
                about=(
                    "{person1} {d4} lawyer client court case lawsuit litigation matter quarrel "
                    "old long three years evidence documents witness receipt reference waived "
                    "done free information"
                ),
            ),
            why=(
                "Rule 3: paid, released, destroyed, closed; nothing left. Not normal "
                "although it is stiff and names sums. Not billing: the money has arrived; "
                "the opposing side's solicitors are for legal (Rule 14)."
            ),
        ),
    ),
)
