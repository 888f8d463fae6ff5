"""A genuine mail that leaves nothing to do."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="empty-boxes",
    slots={
        "firm, short, domain": (
            ("Mousehouse & Tierney", "Tierney", "mousehousetierney.example"),
            ("Whiskerless Sites", "Whiskerless", "whiskerless-sites.example"),
            ("Pied Cottage Control", "Pied", "piedcottage.example"),
            ("Scuttleby Field Hygiene", "Scuttleby", "scuttlebyhygiene.example"),
            ("Nibblestop Partners", "Nibblestop", "nibblestop.example"),
        ),
        "boxes": ("28", "34", "41", "46", "52", "63"),
        "report": ("30871", "41926", "52083", "60417", "73590"),
        "creature": (
            "one elderly moth",
            "a paper crane",
            "half a digestive biscuit",
            "a child's marble",
            "a guitar pick",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{firm} <reports@{domain}>",
                subject="Report {report}, visit to Kestrelmoor",
                timestamp="{d8.iso}T16:25:00",
                body=cleandoc("""
                    Report {report}. Rodents and insects. Site: Kestrelmoor, all cold rooms, loading
                    side, loft.

                    Date of visit: Tuesday {d8}. Technician: {person1}. Let in by: {person2}.

                    Found: nothing. No droppings, no gnawing, no tracks in the dust, no wings. The
                    technician adds that the only visitor was {creature} under the vending machine,
                    which was not charged with anything.

                    Done: all {boxes} bait boxes opened, emptied, renewed and locked. Gaps along the
                    skirting tried with a card, none wide enough. The plan of boxes on your wall was
                    exchanged by us for the new one.

                    Next: in about a quarter of a year. Our office fixes the day and lets us in with
                    our own pass. Cost: nil, being part of the yearly plan you paid in advance. The
                    findings have been put in the folder for your auditors, lawyers and anyone else
                    who reads folders.

                    This page was made by a tablet. The remarks are by a human being.
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="cold_store",
                facts=facts(
                    "{short} | {report} | pest | rodents | vermin | bait | insects | no pests | no "
                    "rodents | no insects | no vermin",
                    "nothing found | found nothing | clear | clean | pest free | free of pests | "
                    "empty handed | no pests | no signs | no trace | no rodents | no insects | no "
                    "mice | no vermin | no droppings | no infestation | no activity",
                    "{boxes} | boxes renewed | renewed | replaced | {d8}",
                ),
                reference_summary=(
                    "The visit by {firm} on {d8} found nothing in our cold rooms; {boxes} "
                    "bait boxes were renewed under the prepaid plan."
                ),
                about=(
                    "inspection inspector technician contractor control loading side loft traps "
                    "tracks checked stocked fresh quarter quarterly three months next arrange "
                    "books cost charge extra payable pay paid advance"
                ),
            ),
            why=(
                "Rule 3: all is done, paid and filed, the next visit is theirs to fix. Not "
                "normal although it has the form of a report. Not safety: pests would be "
                "dealt with by those who run the warehouse (Rule 14)."
            ),
        ),
    ),
)
