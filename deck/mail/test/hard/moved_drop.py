"""An earlier mail tells who is behind a change that a later one reports."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="moved-drop",
    slots={
        "board, short, domain": (
            ("Loadquarry", "Loadquarry", "loadquarry.example"),
            ("Wagonledger", "Wagonledger", "wagonledger.example"),
            ("Tripslate", "Tripslate", "tripslate.example"),
            ("Haulshelf", "Haulshelf", "haulshelf.example"),
            ("Dropcolumn", "Dropcolumn", "dropcolumn.example"),
        ),
        "haulier, hshort, hdomain": (
            ("Yanwath Carriers", "Yanwath", "yanwathcarriers.example"),
            ("Cautley Transport", "Cautley", "cautley-transport.example"),
            ("Smardale Wagons", "Smardale", "smardalewagons.example"),
            ("Birkdault Haulage", "Birkdault", "birkdault-haulage.example"),
            ("Wharton Fell Trucking", "Wharton", "whartonfelltrucking.example"),
        ),
        "customer": (
            "Ellerbank Foods",
            "Skelgill Catering",
            "Brathay Larders",
            "Mosedale Kitchens",
            "Whelter Hotels",
        ),
        "pallets, goods": (
            ("20", "prawns"),
            ("22", "lamb legs"),
            ("24", "salmon sides"),
            ("25", "duck breasts"),
            ("26", "beef joints"),
        ),
        "place": (
            "Marsh Row",
            "Quarry End",
            "Staithe Road",
            "Brickfield Way",
            "Sidings Lane",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Order {order1} on the board",
                timestamp="{d1.iso}T11:10:00",
                body=cleandoc("""
                    Good morning,

                    {person1} from {board}, where your planners put up their loads.

                    Order {order1}, the {pallets} pallets of {goods} for {customer}, stands on the
                    board with its old drop. I am told it is to go to the shed at {place} instead,
                    and should like to put that right for you before it leaves on Thursday.
                    Unluckily I see only what a visitor sees. If one of your planners lets me have
                    the name and the word with which they get onto the board, I do it in half a
                    minute and you need not touch it again.

                    I am at my screen until seven. Next week would do for the other loads, there is
                    no change in those. The fee for the month has been received, thank you.

                    Kind regards,
                    {person1}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="security",
                facts=facts(
                    "{short} | load board",
                    "password | login | credentials | planner sign-in | board sign-in | user name",
                    "{place} | redirect | divert | reroute | destination",
                ),
                reference_summary=(
                    "{person1}, posing as {board}, wants a planner's sign-in to the load board "
                    "so as to send order {order1} to {place}."
                ),
                about=(
                    "{customer} {pallets} pallets {goods} planners dispatch name word access "
                    "phishing redirect divert change destination shed delivery Thursday pretends "
                    "claims support obtain steal withhold theft {order1} {goods} board access drop"
                ),
            ),
            why=(
                "Rule 4: whoever runs a board needs no planner's sign-in, so this is fraud. Not "
                "normal although it is civil and knows the load. Not dispatch: it is after a "
                "sign-in, so security (Rule 16)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@{hdomain}>",
                subject="Re: {order1}, Thursday",
                timestamp="{d2.iso}T08:40:00",
                thread_history=(
                    cleandoc("""
                        From: {person4} <{person4.mailbox}@kestrelmoor.example>, Mon {d0} 2026 10:05
                        {person2.first}, yours for Thursday: order {order1}, {pallets} pallets of
                        {goods}, our dock {dock1} at 05:30, to {customer}. Papers follow.
                        {person4.first}
                    """),
                ),
                body=cleandoc("""
                    Morning {person4.first},

                    the papers came over, ta. {person1}, who does the board at {board}, rang on your
                    behalf last night and gave us the shed at {place} as the drop instead of
                    {customer}, so that's what is on our sheet now.

                    {person3} has it. Loads at yours on Thursday {d3} at 05:30, all {pallets}, and
                    tips about 11:00, back here for three. Money stays what it was, it's near enough
                    the same miles. Wasn't that road dug up last month? It was, but I rang the
                    council and they've finished.

                    The trailer's been washed and the unit holds its cold, in case your lot wondered
                    after last time.

                    {person2.first}
                    traffic office, {haulier}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="dispatch",
                facts=facts(
                    "{order1} | {hshort} | {goods} | {pallets} pallets",
                    "{place} | drop | diverted | redirected | destination | changed",
                    "{d3} | Thursday | tomorrow | 05:30 | 11:00",
                ),
                reference_summary=(
                    "{haulier} will take order {order1} to {place} on Thursday {d3} because "
                    "{person1}, who was after our sign-in, told them; stop the diversion."
                ),
                about=(
                    "{person2} {person3} {person4} {customer} {goods} {pallets} pallets load "
                    "05:30 11:00 dock {dock1} {board} phone driver haulier shed instructed theft "
                    "stolen lose correct original delivery restore reinstate redirect phoned back "
                    "head put redirection swallowed fell misled tricked deceived duped believes "
                    "accepted swapped sheet revert"
                ),
                memoryless=("archive", "dispatch"),
            ),
            why=(
                "Rule 1 with the first mail: the one who changed the drop had tried to get our "
                "sign-in for this very load, so the goods go to a stranger tomorrow unless the "
                "haulier is told. Not archive although nothing is asked. Not security: the lorry "
                "must be sent right (Rule 14)."
            ),
        ),
    ),
)
