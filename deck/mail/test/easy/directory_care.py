"""Fraud, a false identity or selling that nobody asked for."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="directory-care",
    slots={
        "firm, short, domain": (
            ("Northlight Web Index", "Northlight", "northlightindex.example"),
            ("Trade Compass Listings", "Compass", "tradecompasslist.example"),
            ("Pagefinder Registry", "Pagefinder", "pagefinderreg.example"),
            ("Bluebook Online", "Bluebook", "bluebookonline.example"),
            ("Whereabouts Directory", "Whereabouts", "whereaboutsdir.example"),
            ("Cityscroll Entries", "Cityscroll", "cityscrollentries.example"),
        ),
        "care, extra, total": (
            ("£640.00", "£145.00", "£785.00"),
            ("£590.00", "£130.00", "£720.00"),
            ("£710.00", "£185.00", "£895.00"),
            ("£825.00", "£115.00", "£940.00"),
            ("£465.00", "£210.00", "£675.00"),
        ),
        "lift": ("Mondays", "Tuesdays", "Wednesdays", "Fridays", "second Thursdays"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="Accounts desk <accounts@{domain}>",
                subject="Statement of care, Kestrelmoor entry",
                timestamp="{d8.iso}T08:35:00",
                body=cleandoc("""
                    {firm}
                    INVOICE FOR WEB DIRECTORY CARE

                    Entry: Kestrelmoor Chilled Logistics
                    Section: Transport and Storage
                    Period: twelve months from Monday {d7}

                    Directory care, standard: {care}
                    Display of your opening hours in bold: {extra}
                    Total for payment by Friday {d18}: {total}

                    Our records show that the listing above has renewed itself under the conditions
                    on our website. Kindly pay the total by wire transfer to the account on the
                    enclosed slip. You need not look for a purchase order, as none exists: the
                    appearance of your name in the directory counts as your order.

                    Clients who settle early keep a golden frame round their entry at no charge. The
                    accounts desk is open from ten to three, except on {lift}, when the lift is
                    serviced.
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="billing",
                facts=facts(
                    "{short} | {firm}",
                    "directory | listing | web entry | directory care | renewal | directory entry"
                    " | entry | nobody ordered | never ordered",
                    "{total} | {d18}",
                ),
                reference_summary=(
                    "{short} bills {total} for a directory listing without quoting any "
                    "purchase order of ours."
                ),
                about=(
                    "accounts invoice website online yearly annual twelve months period renewed "
                    "themselves automatically supposedly exists po number bought admits claims "
                    "pay paid payment transfer wire totalling"
                ),
            ),
            why=(
                "Rule 8: a genuine bill quotes our purchase order, this one has none. Not "
                "normal although it sets a date to pay. Billing would have paid it (Rule "
                "16), not legal although it speaks of conditions."
            ),
        ),
    ),
)
