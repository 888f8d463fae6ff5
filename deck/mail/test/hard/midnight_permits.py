"""A problem opens, is reported again, and moves on."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="midnight-permits",
    slots={
        "agency, short, domain": (
            ("Jarveygate Permits Agency", "Jarveygate", "jarveygate.example"),
            ("Turnpike & Toohey Agency", "Toohey", "turnpiketoohey.example"),
            ("Lanternway Permits Agency", "Lanternway", "lanternwayagency.example"),
            ("Crossroads Mulhearty Agency", "Mulhearty", "crossroadsmulhearty.example"),
            ("Kilbracken Vane Agency", "Vane", "kilbrackenvane.example"),
        ),
        "list": ("3308", "4417", "5526", "6639", "7741"),
        "island": ("Inishdoon", "Carrigvarra", "Skerrymoyle", "Oileanard", "Dunbeg Point"),
        "cake": ("porter cake", "seed cake", "soda bread", "ginger loaf", "apple tart"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="List {list}",
                timestamp="{d2.iso}T13:40:00",
                body=cleandoc("""
                    Hello there,

                    {person1} here from {agency}, who keep the night permits for your own drivers. I
                    won't sit down, I left the {cake} in the oven at home.

                    I was putting list {list} into its envelope and it struck me as thin. So I
                    looked. {person2}, {person3} and {person4} should have been on the one before
                    it, and they weren't, and that is on us, it fell behind a radiator. Theirs stop
                    at midnight tonight. All three are down for the {island} run at one in the
                    morning, and with a stopped permit they may not turn a wheel.

                    I can put it right from here until 23:00, but the register will only take the
                    name of the employer's personnel office beside mine; I am not let sign for you,
                    nor is the transport office. It is three ticks on the page we always use.
                    There's no charge, I would be ashamed.

                    Mortified,
                    {person1.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="people",
                facts=facts(
                    "{list} | {person2.last} | {person3.last} | {person4.last} | {short} | three "
                    "drivers | three permits",
                    "permit | permits | tickets | renewal | authorisation | cannot legally drive "
                    "| off road",
                    "personnel | HR | human resources | countersign | countersigned | "
                    "countersignature",
                    "23:00 | midnight",
                ),
                reference_summary=(
                    "Night permits of {person2}, {person3} and {person4} end at midnight; "
                    "personnel must countersign with {short} before 23:00 tonight."
                ),
                about=(
                    "{agency} {person1} {island} 1:00 run trip list page online web ticks office "
                    "name {d2} sign approve renew expire lapse stop finish lose omitted forgot "
                    "missed ahead leave free charge entry job put"
                ),
            ),
            why=(
                "Rule 1: three drivers must stop at midnight unless we countersign tonight. "
                "Not normal although it is breezy. Not dispatch: only the personnel office "
                "can sign (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{agency} <lists@{domain}>",
                subject="LIST {list} / KESTRELMOOR / NIGHT PERMITS",
                timestamp="{d4.iso}T06:40:00",
                body=cleandoc("""
                    *** LIST PRINTER 2 *** PAGE 1 OF 1 ***

                    EMPLOYER: KESTRELMOOR CHILLED LOGISTICS
                    LIST: {list}
                    LIST DATED: WEDNESDAY {d2.caps}
                    KIND: NIGHT PERMIT, DRIVERS

                    1. {person2.caps}: STOPS AT MIDNIGHT
                    2. {person3.caps}: STOPS AT MIDNIGHT
                    3. {person4.caps}: STOPS AT MIDNIGHT

                    STATE: NAME OF PERSONNEL OFFICE MISSING (3 OF 3).
                    HOLDERS MAY NOT TURN A WHEEL WITH A STOPPED PERMIT. THE NAME OF THE EMPLOYER'S
                    PERSONNEL OFFICE MUST STAND BESIDE THAT OF THE AGENCY. THREE TICKS ON THE USUAL
                    PAGE.

                    ROUTE PLANNED: ISLAND RUN. CHARGE: NONE.

                    THIS SHEET IS SENT BY A MACHINE IN A CUPBOARD. IT CANNOT READ REPLIES. IT DOES
                    NOT KNOW WHAT DAY IT IS. TONER LOW.

                    *** END OF LIST {list} ***
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="people",
                facts=facts(
                    "{list} | {person2.last} | {person3.last} | {person4.last} | {short} | three "
                    "drivers | three permits | drivers permits",
                    "permit | permits | tickets | countersign | countersigned | countersignature | "
                    "personnel | HR | sign-off | authorisation",
                    "repeats | repeat | restates | resent | duplicate | duplicates | copy | same | "
                    "already | prints again | reported | raised | told | first report | wrote",
                ),
                reference_summary=(
                    "The machine of {agency} sends list {list} of {d2} once more: the same "
                    "three drivers whose night permits were reported already."
                ),
                about=(
                    "{person1} {person2} {person3} {person4} midnight sheet printer prints "
                    "printout copy automatic automated computer generated office name approval "
                    "confirmation lacked missing expired lapse stopped raised shows first filed "
                    "late ago problem task additional further added spat"
                ),
                memoryless=("urgent", "people"),
            ),
            why=(
                "Rule 13: the same list, names and hour were reported on {d2}; nothing is "
                "added, whether or not it was solved. Not urgent although in capitals (Rule "
                "5). Not dispatch: the first report was for people."
            ),
        ),
    ),
)
