"""Earlier mail proves who may write, and from where."""

from inspect import cleandoc
from typing import Final

from deck.storyline import Storyline
from models import Case, Email, GroundTruth
from tasks import facts

STORYLINE: Final = Storyline(
    name="old-carriage",
    slots={
        "firm, short, client, domain, false": (
            (
                "Pennard Stope",
                "Pennard",
                "Orchard Gate Foods",
                "pennardstope.example",
                "pennardstope-law.example",
            ),
            (
                "Ludwell Hathern",
                "Ludwell",
                "Mill Brow Dairies",
                "ludwellhathern.example",
                "ludwellhathern-office.example",
            ),
            (
                "Corsley Trubshaw",
                "Corsley",
                "Pine Elder Larder",
                "corsleytrubshaw.example",
                "corsley-trubshaw.example",
            ),
            (
                "Winterslow Parry",
                "Winterslow",
                "Tamblyn Creamery",
                "winterslowparry.example",
                "winterslow-parry.example",
            ),
            (
                "Edgmond Vyse",
                "Edgmond",
                "Salter Row Foods",
                "edgmondvyse.example",
                "edgmondvyse-partners.example",
            ),
        ),
        "year": ("2017", "2018", "2019", "2020", "2021"),
        "junction": (
            "the Tollbar roundabout",
            "the Mere Lane junction",
            "the Anchor bridge",
            "the Ropery crossroads",
            "the cattle market lights",
        ),
    },
    cases=(
        Case(
            email=Email(
                email_id="1",
                sender="{person1} <{person1.mailbox}@{domain}>",
                subject="{client} and Kestrelmoor, papers of {year}",
                timestamp="{d2.iso}T11:15:00",
                body=cleandoc("""
                    Dear Sirs,

                    We act for {client}, for whom you have carried chilled goods these many years.

                    In putting the deed boxes of our client in order we find everything but one
                    paper: the agreement on carriage which the two houses signed in {year}, with its
                    schedule of delivery hours. Mice are suspected. Since a copy was made for each
                    side, yours should still be on your shelves.

                    We should be obliged for a photocopy, both sides of each sheet. There is no
                    quarrel between the parties and none in prospect; but the paper gives our client
                    an option to prolong, which must be taken up by 12:00 on Monday {d7} and then
                    falls, and we cannot advise on what we have not read. Copying at the usual rate
                    will gladly be borne by us.

                    A receipt from the weighbridge, found in the same box, is yours and follows by
                    post.

                    Yours faithfully,
                    {person1}
                    Solicitor, {firm}
                """),
            ),
            truth=GroundTruth(
                label="normal",
                route_to="legal",
                facts=facts(
                    "{short} | {client} | {person1.last} | {person1.first}",
                    "agreement | contract | copy | photocopy",
                    "{d7} | {year}",
                ),
                reference_summary=(
                    "{short}, solicitors for {client}, ask us to copy the carriage agreement of "
                    "{year}, as its option to prolong ends at noon on Monday {d7}."
                ),
                about=(
                    "{person1} {firm} client delivery schedule hours side sheets quarrel copying "
                    "paid lost missing lack dispute lawyer haulage timetable cost expense "
                    "reimburse list carried papers option prolong extend renew lapses expires "
                    "monday noon 12:00"
                ),
            ),
            why=(
                "Rule 2: a copy is wanted before an option ends on {d7} at 12:00, the third "
                "working day from here, later than the next one. Not urgent although solicitors "
                "write. Not dispatch or billing: carriage and copying costs are scenery; an old "
                "contract asked for by a lawyer is for legal (Rule 14)."
            ),
        ),
        Case(
            email=Email(
                email_id="2",
                sender="{person1} <{person1.mailbox}@{false}>",
                subject="Driver {person2}",
                timestamp="{d9.iso}T15:25:00",
                body=cleandoc("""
                    Good afternoon,

                    {person1} of {firm}. On a wet evening last week {person2}, who drives for you,
                    was standing at {junction} when a van took the mirror off a parked car. Nobody
                    came to harm and no vehicle of yours is involved. {person2.first} simply had the
                    best view of it, and might one day be so kind as to tell what was seen.

                    I would rather call in person than send a stiff letter to the depot. May I
                    trouble whoever keeps the personal files for two lines: the home address of
                    {person2.first}, and the hours at which the shifts begin and end, so that I do
                    not ring at the door when somebody is asleep? By Friday {d25} is early enough.

                    It need not go through your own solicitors, nothing is being claimed and there
                    is nothing to sign. Two lines from the file will do.

                    With thanks,
                    {person1}
                """),
            ),
            truth=GroundTruth(
                label="spam",
                route_to="people",
                facts=facts(
                    "{person2.last} | {person2.first}",
                    "home address | home | shift | shifts | working hours | private address | "
                    "residence | lives",
                ),
                reference_summary=(
                    "Someone using the name of solicitor {person1} from a different domain "
                    "wants the home address and shifts of driver {person2} by {d25}."
                ),
                about=(
                    "{firm} {domain} {false} file begin end witness real law imitate trick "
                    "disclose release provide data information car seen accident {junction}"
                ),
                memoryless=("normal", "people"),
            ),
            why=(
                "Rule 7: the same solicitor wrote a week ago from another domain, and each "
                "partner has one only. Not normal although it sounds harmless. Not legal: "
                "the file entry asked for would come from people (Rule 16)."
            ),
        ),
    ),
)
