"""The desk lead ends an earlier notice before its time."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="screens-are-in",
        role="end",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="Sooner than we thought",
                    timestamp="{d0.iso}T15:20:00",
                    body=cleandoc("""
                        The work upstairs went faster than anyone dared to say. So what was handed
                        from {of_team} to {to_team} is back with {of_team} from {since}, 08:00,
                        which is earlier than I wrote at first. All of it, and for good.

                        Thank you for carrying boxes. The trolley lives in the basement and would
                        like to go home.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="dispatch",
                    facts=facts("{of_team}", "{to_team}", "{since} | {since.weekday}"),
                    reference_summary=(
                        "From {since} 08:00, sooner than planned, {of_team} has its own mail again "
                        "and {to_team} stops covering."
                    ),
                    about=(
                        "ines calloway desk lead returns returned back resumes ends ended early "
                        "notice routing arrangement over finished handed work covers 8:00 first "
                        "original ahead handover good permanent permanently apply notified "
                        "notification named schedule completely regains"
                    ),
                ),
                why=(
                    "Rule 12: it changes a notice and is archived like one, to the team whose "
                    "work had been handed over, {of_team}. Not {to_team}, which loses it. Not "
                    "normal for the trolley, which is banter."
                ),
            ),
        ),
    ),
    Carrier(
        name="early-finish",
        role="end",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="{to_team} has done its share",
                    timestamp="{d0.iso}T08:10:00",
                    body=cleandoc("""
                        Morning,

                        may something here end early for once? It does. {to_team} reads for
                        {of_team} until {since}, 08:00, and no longer. From that hour {of_team} has
                        everything back that had been passed across, before the day I had given you.

                        {person1.first} still has two spare headsets, if you are missing yours.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="cold_store",
                    facts=facts("{of_team}", "{to_team}", "{since} | {since.weekday}"),
                    reference_summary=(
                        "The handover ends early: from {since} 08:00 {of_team} gets its own mail "
                        "again instead of {to_team}."
                    ),
                    about=(
                        "ines calloway desk lead {person1} returns returned back resumes ended "
                        "sooner notice routing arrangement over finished handed work covers 8:00 "
                        "read shortens stops regains reach void mornings forward"
                    ),
                ),
                why=(
                    "Rule 12: it changes a notice and is archived like one, to the team whose "
                    "work had been handed over, {of_team}. Not {to_team}, and not normal for its "
                    "question, which is rhetorical."
                ),
            ),
        ),
    ),
)
