"""Fraud, a false identity or selling that nobody asked for."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="mark-gazette",
    slots={
        "firm, short, domain": (
            ("European Gazette of Marks", "Gazette", "gazetteofmarks.example"),
            ("Central Index of Trade Names", "Index", "centralindexnames.example"),
            ("Universal Crest Ledger", "Crest", "crestledger.example"),
            ("Federal Roll of Emblems", "Roll", "rollofemblems.example"),
            ("National Cabinet of Logos", "Logos", "cabinetoflogos.example"),
        ),
        "fee": ("£890.00", "£1,240.00", "£975.00", "£1,485.00", "£760.00"),
        "file": ("TM/20718", "TM/33946", "TM/18502", "TM/27461", "TM/30685"),
        "years": ("three", "four", "five", "six", "seven"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{firm} <entries@{domain}>",
                subject="Notice {file}: listing of KESTRELMOOR, word and bird",
                timestamp="{d4.iso}T08:55:00",
                body=cleandoc("""
                    {firm}
                    Section II - Entries and Renewals
                    File {file}

                    NOTICE TO THE LEGAL DEPARTMENT

                    Dear Sir or Madam,

                    Our records show that your trade mark KESTRELMOOR (word, with bird in flight)
                    has been selected for inclusion in our forthcoming illustrated volume; places
                    are limited. The proof of your entry and the terms of the contract are set out
                    on the reverse.

                    Kindly examine the spelling, have the contract form signed by your solicitor or
                    another person entitled to bind the company, and return it by Friday {d18}. By
                    the signature the contract for your listing runs for a term of {years} years at
                    the introductory price of {fee} per year, payable only once the volume has
                    appeared. Renewal of your listing follows by itself.

                    The volume is a private compilation and independent of any authority or public
                    register. Your earlier consent is not required and has not been sought.
                    Specimens may be viewed in our reading room, Tuesdays, where there is also a
                    lift.

                    With the compliments of Section II
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="legal",
                facts=facts(
                    "{short} | {file} | private | publisher | vanity register | official register",
                    "listing | entry | inclusion | volume | publication | directory | trade "
                    "mark | trademark | brand",
                    "sign | signed | signature | contract | {fee} | {d18} | {years} years | "
                    "paid entry | paid listing",
                ),
                reference_summary=(
                    "{firm}, a private compiler nobody here approached, wants a signed form "
                    "that binds us to a paid listing of our mark at {fee} a year."
                ),
                about=(
                    "legal lawyer solicitor name word bird offer yearly annually apiece term "
                    "renewal book printing solicits solicitation presses presents disguised "
                    "looking outfit tied ordered"
                ),
            ),
            why=(
                "Rule 4: a private volume sells a paid entry that nobody here asked for. Not"
                " normal, although it looks like an office and gives two weeks. Not billing:"
                " it asks for a signature that binds the company, which legal would judge "
                "(Rule 16)."
            ),
        ),
    ),
)
