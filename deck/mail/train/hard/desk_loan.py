"""A notice changes the routing of later mail for a while."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="desk-loan",
    hands_over="people",
    slots={
        "reason": (
            "a burst pipe over their filing room",
            "the carpet fitters in their corridor",
            "a leaking skylight above their desks",
            "new wiring in their whole wing",
            "wet plaster in both their rooms",
        ),
        "cake": ("lemon drizzle", "carrot cake", "parkin", "bread pudding", "date slices"),
        "agency, short, domain": (
            ("Plentyhand Recruitment", "Plentyhand", "plentyhandrecruit.example"),
            ("Nightowl Labour Finders", "Nightowl", "nightowllabour.example"),
            ("Copperboot Recruitment", "Copperboot", "copperbootrecruit.example"),
            ("Anvil Labour Finders", "Anvil", "anvillabour.example"),
            ("Harbourlight Recruitment", "Harbourlight", "harbourlightrecruit.example"),
        ),
        "fee, hands": (
            ("£480.00", "five"),
            ("£395.00", "four"),
            ("£620.00", "six"),
            ("£545.00", "three"),
            ("£710.00", "seven"),
        ),
        "run": ("Whitby Moss", "Carr Hollow", "Upper Stenning", "Langthwaite Cross", "Penmarrow"),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="Ines Calloway <desk-lead@kestrelmoor.example>",
                subject="This and that from the desk",
                timestamp="{d1.iso}T07:10:00",
                body=cleandoc("""
                    Morning all,

                    First the cheerful part. {person1.first} has brought {cake} again, look beside
                    the scales, and whoever took the big knife is asked by no one in particular to
                    bring it home.

                    You will have heard that our colleagues in {team.people} have {reason}. They sit
                    in three places with half a telephone between them, so what would have gone to
                    {team.people} goes to {team.legal} from Tuesday {d1} 08:00 to Tuesday {d8}
                    18:00, and after that the old order is back without any further word from me.
                    {person2.first} upstairs knows and has cleared a shelf. As far as this goes, the
                    rest of the post runs as before, {team.cold_store} included, whatever the rumour
                    by the docks says.

                    The lift works. The clock in the hall is still wrong, in case somebody catches a
                    train by it.

                    Ines
                """),
            ),
            truth=GroundTruth(
                label="archive",
                route_to="people",
                facts=facts(
                    "{team.people}",
                    "{team.legal}",
                    "{d8} | {d1} | 18:00 | 08:00",
                ),
                reference_summary=(
                    "The desk lead sends mail for {team.people} to {team.legal}, starting {d1} at "
                    "08:00 and ending {d8} at 18:00."
                ),
                about=(
                    "ines calloway {reason} {person2} goes notice routing rest post "
                    "{team.cold_store} old back colleagues correspondence handle cover redirect "
                    "forward divert temporary return revert resume automatically unchanged "
                    "unaffected rewiring repairs arrangement information"
                ),
            ),
            why=(
                "Rule 12: a notice is archived to the team whose work it hands over. Not "
                "legal although legal gets the work. Not normal: nobody has anything left to"
                " do."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person3} <{person3.mailbox}@kestrelmoor.example>",
                subject="my doctor slip",
                timestamp="{d3.iso}T15:55:00",
                body=cleandoc("""
                    hi its {person3.first} {person3.last} on the {run} artic, typing in the cab with
                    one thumb so sorry for the mess

                    went through my wallet for a parking ticket and found that the medical on my
                    lorry entitlement stops at midnight on Friday {d4}. doctor has done their half,
                    all fine, blood pressure of a trout apparently. the other half of the form is
                    the employers half, staff number, start date, stamp, and that has to come off my
                    file with you lot. {person4.first} at the depot cant do it

                    the counter takes the form till 13:00 on the friday. if i havent got your half
                    by then i cant drive after midnight and im down for saturday and all of next
                    week, trailer full of chilled and nobody else knows that drop

                    parked up by the diesel pump till six, or ring, you have my number

                    {person3.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="legal",
                facts=facts(
                    "{person3.last} | {person3.first}",
                    "medical | entitlement | licence | form | stamp | employer half",
                    "13:00 | {d4} | tomorrow | Friday",
                ),
                reference_summary=(
                    "Driver {person3} needs the employer part of a medical form stamped "
                    "before 13:00 tomorrow, otherwise the lorry entitlement lapses at "
                    "midnight."
                ),
                about=(
                    "file staff number start side counter closes stops ends driving load chilled "
                    "next artic barred section portion complete hand lodge draw personnel hgv "
                    "doctor done"
                ),
                memoryless=("urgent", "people"),
            ),
            why=(
                "Rule 1: without the form tomorrow the driver may not drive. Rule 12: the "
                "mail falls into the notice's window, so legal. Not people although licences"
                " are theirs; not dispatch: the form is the next work (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="3",
                sender="{person5} <{person5.mailbox}@{domain}>",
                subject="Your advert for loaders",
                timestamp="{d7.iso}T11:30:00",
                body=cleandoc("""
                    Dear house of Kestrelmoor,

                    With interest we at {agency} have read your advert for loaders at the gate and
                    in the newspaper, and we answer it with pleasure.

                    On our books stand {hands} strong persons, all with own boots, two with the
                    ticket for the counterbalance truck, who are not afraid of minus twenty. They
                    could start from Monday {d21}. For each person that you take on, our house
                    charges {fee} once, after four weeks of trial, and if one of them goes away
                    before, we send another without cost.

                    Please let us know which day is good for a first conversation, we bring the life
                    stories with us. A colleague has told that your car park is difficult, so we
                    would come with the tram.

                    With friendly greetings,
                    {person5}
                    {agency}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="people",
                facts=facts(
                    "{short} | {person5.last} | {person5.first}",
                    "loaders | loader | workers | candidates | recruit | recruiter | recruitment "
                    "| recruiting | labour | hiring | agency | applicants | hands",
                    "{fee} | vacancy number | vacancy | reference number | v number | {d21}",
                ),
                reference_summary=(
                    "The agency {short} offers loaders for {fee} each in reply to an advert,"
                    " but quotes no vacancy number."
                ),
                about=(
                    "{agency} {person5} {hands} persons start trial charges head placement fee "
                    "warehouse application sales selling pitch canvass advertisement cite claim "
                    "meeting conversation four cost"
                ),
            ),
            why=(
                "Rule 8 and Rule 4: an answer to a vacancy without its number, selling "
                "hands. Not normal although polite. Not legal: the notice changes genuine "
                "mail only (Rule 12), and people would have done what it asks (Rule 16)."
            ),
        ),
    ),
)
