"""The desk lead declares a day on which nobody works."""

from inspect import cleandoc
from typing import Final

from deck.carriers.carrier import Carrier
from models import Case, Email, GroundTruth
from tasks import facts

CARRIERS: Final = (
    Carrier(
        name="company-day",
        role="holiday",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="{holiday.weekday} {holiday}, all depots",
                    timestamp="{d0.iso}T10:20:00",
                    body=cleandoc("""
                        Dear all,

                        the company gives everybody {holiday.weekday} {holiday}. It is a holiday:
                        depots, offices and yards are shut and nobody works. The customers have had
                        it by post.

                        It comes off nobody's leave, {person1.first} in the pay room has put it in
                        for all of us. Will the coffee machine get by for a day? I dare say it will.

                        Ines
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="people",
                    facts=facts(
                        "{holiday} | {holiday.weekday}",
                        "holiday | shut | closed | nobody works | day off | no work | free day",
                    ),
                    reference_summary=(
                        "{holiday.weekday} {holiday} is a company holiday: depots and offices are "
                        "shut and nobody loses leave."
                    ),
                    about=(
                        "ines calloway desk lead {person1} company holiday depots offices yards "
                        "shut closed staff everyone leave allowance off free lose customers work "
                        "works working deducted pay payroll room entered declares used recorded "
                        "extra additional whole company-wide annual credited"
                    ),
                ),
                why=(
                    "Rule 3: the free day is arranged and nobody has anything left to do. People "
                    "would act if something were, because it is about leave (Rule 14). Not "
                    "cold_store although the depots are shut."
                ),
            ),
        ),
    ),
    Carrier(
        name="free-day-settled",
        role="holiday",
        cases=(
            Case(
                email=Email(
                    email_id="1",
                    sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                    subject="The free day that was talked about",
                    timestamp="{d0.iso}T13:55:00",
                    body=cleandoc("""
                        Hello all,

                        you have heard it in the canteen already and it is true. Kestrelmoor keeps
                        {holiday}, a {holiday.weekday}, as a holiday at all sites, by day and by
                        night. The gates stay locked, there are no shifts and no one is on call.

                        It is marked on every leave card as a free day on top of your own.

                        {person1.first} asks who waters the plants. They can wait, I am told.

                        Ines Calloway
                    """),
                ),
                truth=GroundTruth(
                    label="archive",
                    route_to="people",
                    facts=facts(
                        "{holiday} | {holiday.weekday}",
                        "holiday | shut | closed | nobody works | no shifts | day off | free day | "
                        "no work",
                    ),
                    reference_summary=(
                        "Kestrelmoor keeps {holiday.weekday} {holiday} as a holiday at all sites, "
                        "with no shifts, on top of everyone's own leave."
                    ),
                    about=(
                        "ines calloway desk lead {person1} holiday sites gates locked shut closed "
                        "shifts staff everyone leave card extra top own free off company work "
                        "works working night clock marked paid show duty standby recorded annual "
                        "additional closure"
                    ),
                ),
                why=(
                    "Rule 3: the leave cards are marked and nobody has anything left to do. "
                    "People would act if something were (Rule 14). Not security although gates "
                    "stay locked."
                ),
            ),
        ),
    ),
)
