"""The desk lead declares a day on which nobody works."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="shut-depots",
        role="holiday",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="{holiday.weekday} {holiday}",
                    timestamp="{d0.iso}T13:05:00",
                    body=cleandoc("""
                        Good afternoon,

                        {holiday.weekday} {holiday} is a holiday for the whole of Kestrelmoor. The
                        depots and this office are shut and nobody works, nights included. It has
                        not been taken off anybody's leave, the cards are done already. The working
                        day after it is an ordinary one.

                        Hauliers and the large customers heard it from their own contacts.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="people",
                    facts=facts(
                        "{holiday} | {holiday.weekday}",
                        "holiday | closed | shut | nobody works | free | closure",
                    ),
                    reference_summary=(
                        "{holiday.weekday} {holiday} is a company holiday: depots and office stay "
                        "closed, and it costs nobody any leave."
                    ),
                    about=(
                        "ines calloway desk lead depot whole company nights shifts cards staff "
                        "hauliers customers informed deducted entitlement working included taken "
                        "untouched unaffected entirely adds adjusted step necessary notice extra "
                        "ordinary following"
                    ),
                ),
                why=(
                    "Rule 3: a day off is announced, the cards are done and everybody has been "
                    "told. Not normal although it concerns all. Not dispatch: leave is people's "
                    "work (Rule 14)."
                ),
            ),
        ),
    ),
    Carrier(
        name="asked-in-the-lift",
        role="holiday",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="Do we or don't we?",
                    timestamp="{d0.iso}T17:45:00",
                    body=cleandoc("""
                        Are we really off on {holiday}? I have been asked on the stairs, at the
                        kettle and once through a closed door.

                        We are. On {holiday.weekday} {holiday} the gates stay locked, no one has a
                        shift and no lorry goes out. It comes on top of your leave, and the rotas
                        you find in your trays have it in already. What arrives that day lies until
                        we open again.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="people",
                    facts=facts(
                        "{holiday} | {holiday.weekday}",
                        "holiday | closed | shut | locked | no one works | free | closure",
                    ),
                    reference_summary=(
                        "Ines Calloway says that {holiday.weekday} {holiday} is a day off on top "
                        "of leave, with everything closed."
                    ),
                    about=(
                        "desk lead depots gates shifts lorries rotas extra additional staff whole "
                        "company works working entitlement rota shift lorry deducted charged "
                        "recorded confirms confirmed reopens reopening roster allowance counted "
                        "site arrivals"
                    ),
                ),
                why=(
                    "Rule 3: a day off is announced and the rotas have it already. Not normal: "
                    "the question is answered in the same mail. Not dispatch although no lorry "
                    "goes: leave is people's work (Rule 14)."
                ),
            ),
        ),
    ),
)
