"""A customer says what goods bear, and a later mail what they are given."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="culture-lots",
    slots={
        "firm, short, domain": (
            ("Laithe Cultures", "Laithe", "laithecultures.example"),
            ("Swaleholm Ferments", "Swaleholm", "swaleholm-ferments.example"),
            ("Brockhole Starters", "Brockhole", "brockholestarters.example"),
            ("Ravenber Dairy Science", "Ravenber", "ravenberdairy.example"),
            ("Hoddlesden Rennet", "Hoddlesden", "hoddlesden-rennet.example"),
        ),
        "pallets, amount": (
            ("4", "£25,600.00"),
            ("6", "£38,400.00"),
            ("7", "£44,800.00"),
            ("8", "£51,200.00"),
            ("17", "£108,800.00"),
        ),
        "fruit": (
            "melons",
            "pineapples",
            "mangoes",
            "avocados",
            "sweet potatoes",
        ),
        "dial": (
            "+7",
            "+8",
            "+9",
            "+10",
            "+11",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="Lots in chamber {chamber1}",
                timestamp="{d2.iso}T13:40:00",
                body=cleandoc("""
                    Good afternoon,

                    our {pallets} pallets of yoghurt culture went into chamber {chamber1} on Monday
                    and stay there until {d23}. Thank you for taking them at short notice, and for
                    the probe print, which shows +1 to +3.

                    Our auditors have asked for the lot number of each pallet with the place where
                    it stands. The labels face inwards, I fear. Might we have the list by 12:00 on
                    Monday {d7}? A lot that cannot be traced by then counts as unsafe under their
                    rules, and we have to have it destroyed. Tomorrow's lorry for the cheese need
                    not wait for it.

                    For your own file, as this is the first time you have them: up to +4 they come
                    to no harm, and above it they keep for 24 hours. With the end of those hours
                    the pallets are fit for the drain. They stand in our books at {amount}.

                    Regards,
                    {person1}
                    {firm}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="cold_store",
                facts=facts(
                    "{short} | culture | cultures",
                    "lot number | lot numbers | batch numbers | lot list",
                    "{d7}",
                ),
                reference_summary=(
                    "{firm} want the lot number and place of each of their {pallets} culture "
                    "pallets in chamber {chamber1} by 12:00 on {d7}, or untraced lots must be "
                    "destroyed."
                ),
                about=(
                    "{person1} yoghurt auditors audit list labels rack location position stay "
                    "{d23} +4 24 hours die limit {amount} above temperature worth physical walk "
                    "noted tolerate maximum untraced traced destroy destroyed unsafe lost chamber "
                    "{chamber1} lots"
                ),
            ),
            why=(
                "Rule 2: lots that are not on a list by Monday noon, the third working day on, "
                "are destroyed. Not archive although it thanks. Not urgent although the goods "
                "are dear: the next working day is Thursday, and the chamber is at +3. Not "
                "dispatch: the lorry has its slot (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person2} <{person2.mailbox}@kestrelmoor.example>",
                subject="Handover Tuesday, lates",
                timestamp="{d8.iso}T16:20:00",
                body=cleandoc("""
                    Days to lates, not much to tell.

                    Dock {dock1}: two artics tipped, papers in the tray. Curtain strip replaced, the
                    old one is by the skip.

                    Chamber {chamber1}: the {fruit} came in at 10:00 and their card says {dial}, so
                    I put the setting up from +2 as it asks. Air passed +4 at 11:30 and was at
                    {dial} by 13:00, dead steady since. Card says leave it so till Friday {d11},
                    06:00, so I have, and the sheet is signed. Did anybody ever see {fruit} want it
                    colder? Not me.

                    Truck 9 is back from the workshop with its fork straightened. Battery room
                    swept. {person3} has swapped Thursday with me, the planner knows.

                    All counts for the day are in and agree.

                    {person2.first}
                """),
            ),
            truth=GroundTruth(
                label="urgent",
                route_to="cold_store",
                facts=facts(
                    "culture | cultures | {short} | {pallets} pallets",
                    "chamber {chamber1} | ch {chamber1}",
                    "{dial} | warm | warmed | above +4 | too high | 11:30 | lost | die | ruined",
                ),
                reference_summary=(
                    "Chamber {chamber1} was set to {dial} for {fruit}; the {pallets} culture "
                    "pallets of {firm} there die by 11:30 on {d9} unless cooled or moved."
                ),
                about=(
                    "{person2} shift raised setpoint setting temperature air since {d8} 24 hours "
                    "+4 limit spoil {amount} back down lower card Friday {d11} handover yoghurt "
                    "tolerate destroyed exceeded cells worth stored relocate"
                ),
                memoryless=("archive", "cold_store"),
            ),
            why=(
                "Rule 1 with the first mail: the cultures in this chamber are worth nothing "
                "after 24 hours above +4, which ends at 11:30 on the next working day. Not "
                "archive although the note asks for nothing. Not customer_care: no claim is made "
                "yet (Rule 14)."
            ),
        ),
    ),
)
