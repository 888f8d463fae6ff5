"""Fraud, a false identity or selling that nobody asked for."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="agency-drivers",
    slots={
        "firm, short, domain": (
            ("Truckmates Staffing", "Truckmates", "truckmatesstaffing.example"),
            ("Handson Crew", "Handson", "handsoncrew.example"),
            ("Shiftwise Labour", "Shiftwise", "shiftwiselabour.example"),
            ("Redcap Personnel", "Redcap", "redcappersonnel.example"),
            ("Forklads Resourcing", "Forklads", "forkladsresourcing.example"),
        ),
        "heads, rate": (
            ("6", "£19.40"),
            ("8", "£18.75"),
            ("9", "£20.10"),
            ("7", "£19.85"),
            ("5", "£18.95"),
        ),
        "town": ("Marsh End", "Copley Vale", "Thornbeck", "Ashby Weir", "Upper Dray"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} at {short} <{person1.mailbox}@{domain}>",
                subject="Forklift staff for ur shifts, {town} area",
                timestamp="{d7.iso}T09:30:00",
                body=cleandoc("""
                    Hey team, {person1.first} here from {firm}, temp staff agency (sorry for thumbs,
                    am on train, no table, coffee on knee)

                    We never spoke b4 but was told by one of my boys u have a banner on ur fence
                    saying u want forklift staff. Well!! I got {heads} of them sat in {town}
                    twiddling keys. All with reach + counterbalance licence, training up to date,
                    all ok with minus 25, two did night shift at a fish place, one can even do the
                    clamp. Start any Monday

                    Special offer for new clients, introductory price {rate} an hour all in, nothing
                    up front, discount if u take the lot. If 1 is no good I swap him same day, like
                    a library book 😀 If u like them after 12 wks u keep them on ur own payroll

                    Just ping me back how many staff + which shift & what boot sizes lol and I bring
                    them round for interview myself, could do this Wed {d9}

                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="people",
                facts=facts(
                    "{short} | {person1.last} | {person1.first}",
                    "forklift | drivers | temporary staff | agency staff | temps | temp staff "
                    "| temporary workers | agency workers | candidates",
                    "{heads} | {rate} | vacancy number | {d9} | introductory",
                ),
                reference_summary=(
                    "Staffing agency {short}, without quoting any vacancy number, offers "
                    "{heads} forklift drivers at {rate} an hour."
                ),
                about=(
                    "{firm} {person1} {town} shifts interviews operators hourly price licensed "
                    "labour sales selling pitch touting pushing representative prior dealings "
                    "relationship business"
                ),
            ),
            why=(
                "Rule 8: an answer to our search for staff without a V number, and selling "
                "nobody asked for (Rule 4). Not normal although it asks a simple question. "
                "Not dispatch: taking on staff is people's work (Rule 16)."
            ),
        ),
    ),
)
